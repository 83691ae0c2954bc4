/** Turns a list of files into how many of them ESLint judged with the recommended rules of eslint-plugin-sonarjs: what the bench compares with. */
import { readFileSync } from 'node:fs';
import { createRequire, registerHooks } from 'node:module';
import { resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import * as babel from '@babel/eslint-parser';
import { ESLint, type Linter } from 'eslint';

// The plugin brings a TypeScript that its own dependencies must find too, in place of this repository's newer one.
const plugin = createRequire(fileURLToPath(import.meta.resolve('eslint-plugin-sonarjs')));
const typescript = pathToFileURL(plugin.resolve('typescript')).href;
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'typescript' ? { url: typescript, shortCircuit: true } : next(specifier, context),
});
const { default: sonarjs } = await import('eslint-plugin-sonarjs');

/** Babel's grammar for an ending; the repository's own Babel configuration is not read. */
function parserFor(plugins: readonly string[]): Linter.Config['languageOptions'] {
  return {
    parser: babel as unknown as Linter.Parser,
    parserOptions: {
      requireConfigFile: false,
      babelOptions: { babelrc: false, configFile: false, parserOpts: { plugins, errorRecovery: true } },
    },
  };
}

const [directory = '.', list = ''] = process.argv.slice(2);
const files = readFileSync(list, 'utf8')
  .split('\n')
  .filter((path) => path !== '');
const eslint = new ESLint({
  cwd: resolve(directory),
  overrideConfigFile: true,
  overrideConfig: [
    sonarjs.configs!.recommended as Linter.Config,
    { linterOptions: { reportUnusedDisableDirectives: 'off' } },
    {
      files: ['**/*.{js,jsx,cjs,mjs}', '**/bin/*'],
      languageOptions: parserFor(['jsx', 'decorators-legacy']),
    },
    { files: ['**/*.{ts,cts,mts}'], languageOptions: parserFor(['typescript', 'decorators-legacy']) },
    { files: ['**/*.tsx'], languageOptions: parserFor(['typescript', 'jsx', 'decorators-legacy']) },
  ],
  ignore: false,
  errorOnUnmatchedPattern: false,
});
let judged = 0;
let messages = 0;
let unparsed = 0;
// In portions, as what ESLint keeps of each file would not fit into memory.
for (let from = 0; from < files.length; from += 200) {
  // Names are names here, not patterns.
  const portion = files.slice(from, from + 200).map((path) => path.replaceAll(/[\\[\]{}()*?!+@]/g, '\\$&'));
  for (const result of await eslint.lintFiles(portion)) {
    judged++;
    messages += result.messages.length;
    if (result.messages.some(({ fatal }) => fatal === true)) unparsed++;
  }
}
console.log(JSON.stringify({ judged, messages, unparsed }));
