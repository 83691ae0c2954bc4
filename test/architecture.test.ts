/** Holds the sources to the house's import table, and the table's checker to small trees that break it. */
import assert from 'node:assert/strict';
import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { breaches, type Tree } from './import-table.ts';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

function readTree(): Tree {
  const isData = (path: string) =>
    /^test\/(?:apps|rules)\b|\bfixtures\b|\bnode_modules\b/.test(path.replaceAll('\\', '/'));
  const paths = globSync(
    ['src/**/*.{ts,json}', 'docs/report.schema.json', 'scripts/**/*.ts', 'test/**/*.ts'],
    {
      cwd: root,
      exclude: isData,
    },
  );
  return new Map(paths.map((path) => [path.replaceAll('\\', '/'), readFileSync(join(root, path), 'utf8')]));
}

describe('the house', () => {
  const tree = readTree();

  it('is read whole', () => {
    for (const file of [
      'src/gate.ts',
      'src/action.ts',
      'src/cli.ts',
      'src/data/advisories.json',
      'scripts/build.ts',
      'test/build.test.ts',
    ]) {
      assert.ok(tree.has(file), file);
    }
  });

  it('keeps to its import table', () => {
    assert.deepEqual(breaches(tree), []);
  });

  it('has one file, one page and fixtures for each rule', async () => {
    const { rules } = await import('../src/detect/rule-list.ts');
    const ids = rules.map(({ id }) => id).sort();
    assert.deepEqual(
      readdirSync(join(root, 'src/detect/rules')).sort(),
      ids.map((id) => `${id}.ts`),
    );
    // That no page is missing is docs.test.ts' matter: the pages are made when the documentation is.
    const pages = readdirSync(join(root, 'docs/rules')).filter((name) => name !== 'README.md');
    assert.deepEqual(
      pages.filter((page) => !ids.includes(page.slice(0, -'.md'.length))),
      [],
    );
    for (const id of ids)
      assert.ok(existsSync(join(root, 'test/rules', id)), `no fixtures in test/rules/${id}`);
  });
});

const head = '/** Turns this into that, in one sentence. */\n';

/** The breaches of a tree of files that all have a head; each text is what follows it. */
function breachesOf(files: Record<string, string>): string[] {
  return breaches(new Map(Object.entries(files).map(([path, text]) => [path, head + text])));
}

/** The tree's only breach must fit the pattern. */
function assertBreach(files: Record<string, string>, pattern: RegExp): void {
  const found = breachesOf(files);
  assert.equal(found.length, 1, found.join('\n'));
  assert.match(found[0]!, pattern);
}

describe('the checker of the import table', () => {
  it('accepts the road as it is drawn', () => {
    assert.deepEqual(
      breachesOf({
        'src/model/finding.ts': '',
        'src/data/facts.ts': '',
        'src/collect/collect.ts':
          "import fs from 'node:fs'; import { exec } from '@actions/exec'; import '../model/finding.ts';",
        'src/collect/policy-file.ts': "import { parse } from 'yaml';",
        'src/collect/action-inputs.ts': '',
        'src/detect/rule-contract.ts': "import type { F } from '../model/finding.ts';",
        'src/detect/app-model.ts': '',
        'src/detect/rules/good.ts':
          "import { defineRule } from '../rule-contract.ts'; import '../app-model.ts'; import '../../data/facts.ts'; export const good = defineRule({ id: 'good' });",
        'src/detect/detect.ts':
          "import './rules/good.ts'; import { createHash } from 'node:crypto'; import semver from 'semver'; new Date(0);",
        'src/evaluate/evaluate.ts': "import '../model/finding.ts';",
        'src/report/text.ts':
          "import '../model/finding.ts'; function f(process: string) { return process.length; }",
        'src/report/publish-github.ts': "import './text.ts'; console.log(process.env);",
        'src/gate.ts':
          "import './collect/collect.ts'; import './collect/policy-file.ts'; import './detect/detect.ts'; import './evaluate/evaluate.ts';",
        'src/version.ts': '',
        'src/action.ts':
          "import './collect/action-inputs.ts'; import './gate.ts'; await import('./report/publish-github.ts'); import './version.ts';",
      }),
      [],
    );
  });

  it('refuses each wrong way', () => {
    const wrong: [string, string][] = [
      ['src/model/a.ts', 'src/collect/b.ts'],
      ['src/model/a.ts', 'src/data/b.ts'],
      ['src/collect/a.ts', 'src/detect/b.ts'],
      ['src/collect/a.ts', 'src/report/b.ts'],
      ['src/detect/a.ts', 'src/collect/b.ts'],
      ['src/detect/a.ts', 'src/evaluate/b.ts'],
      ['src/evaluate/a.ts', 'src/detect/b.ts'],
      ['src/evaluate/a.ts', 'src/data/b.ts'],
      ['src/report/a.ts', 'src/evaluate/b.ts'],
      ['src/report/a.ts', 'src/report/publish-b.ts'],
      ['src/report/publish-a.ts', 'src/detect/b.ts'],
      ['src/gate.ts', 'src/detect/b.ts'],
      ['src/gate.ts', 'src/report/b.ts'],
      ['src/action.ts', 'src/collect/cli-arguments.ts'],
      ['src/action.ts', 'src/detect/detect.ts'],
      ['src/cli.ts', 'src/collect/action-inputs.ts'],
      ['src/cli.ts', 'src/evaluate/evaluate.ts'],
      ['src/version.ts', 'src/model/b.ts'],
    ];
    for (const [from, to] of wrong) {
      const specifier = from.split('/').length === 2 ? `./${to.slice(4)}` : `../${to.slice(4)}`;
      assertBreach(
        { [from]: `import type { X } from '${specifier}';`, [to]: '' },
        new RegExp(`^${from}: .* may not import ${to}$`),
      );
    }
  });

  it('refuses a rule that leans on another rule or on the analysis', () => {
    const rule = (imported: string) => `import '${imported}'; export default defineRule({ id: 'a' });`;
    const other = "export default defineRule({ id: 'b' });";
    assertBreach(
      { 'src/detect/rules/a.ts': rule('./b.ts'), 'src/detect/rules/b.ts': other },
      /a rule may not import src\/detect\/rules\/b\.ts/,
    );
    assertBreach(
      { 'src/detect/rules/a.ts': rule('../code/parse.ts'), 'src/detect/code/parse.ts': '' },
      /a rule may not import/,
    );
  });

  it('refuses a rule in a file of another name', () => {
    assertBreach({ 'src/detect/rules/a.ts': "defineRule({ id: 'b' });" }, /holds the rule b$/);
    assertBreach({ 'src/detect/rules/a.ts': 'export const a = 1;' }, /holds no defineRule/);
  });

  it('sees each way to import', () => {
    for (const text of [
      "import x from '../collect/b.ts';",
      "export { x } from '../collect/b.ts';",
      "export * from '../collect/b.ts';",
      "const x = await import('../collect/b.ts');",
      "type X = import('../collect/b.ts').X;",
      "const x = require('../collect/b.ts');",
    ]) {
      assertBreach(
        { 'src/evaluate/a.ts': text, 'src/collect/b.ts': '' },
        /evaluate may not import src\/collect\/b\.ts/,
      );
    }
    assertBreach({ 'src/collect/a.ts': 'await import(name);' }, /by a computed name/);
  });

  it('refuses input, output, clocks and chance in the middle', () => {
    for (const folder of ['model', 'detect', 'evaluate', 'report']) {
      for (const name of [
        'node:fs',
        'node:fs/promises',
        'fs',
        'node:child_process',
        'node:http',
        'node:os',
        '@actions/core',
        'undici',
      ]) {
        assertBreach({ [`src/${folder}/a.ts`]: `import '${name}';` }, /it does input or output$/);
      }
      for (const use of [
        'process.env',
        'console.log(1)',
        'fetch("x")',
        'Date.now()',
        'new Date()',
        'Math.random()',
        'setTimeout(f, 1)',
      ]) {
        assertBreach({ [`src/${folder}/a.ts`]: use }, /it has no input, output or clock$/);
      }
    }
  });

  it('refuses files that are not there, names that say nothing, and files without a place', () => {
    assertBreach({ 'src/model/a.ts': "import './b.ts';" }, /imports \.\/b\.ts, which is not there/);
    for (const name of ['utils', 'string-utils', 'helper', 'common', 'report-manager']) {
      assertBreach({ [`src/model/${name}.ts`]: '' }, /does not say what is in it/);
    }
    assertBreach({ 'src/model/camelCase.ts': '' }, /kebab-case/);
    assertBreach({ 'src/other/a.ts': '' }, /no place in the house/);
  });

  it('refuses orders that hang on the machine', () => {
    assertBreach({ 'src/collect/a.ts': 'a.sort((x, y) => x.localeCompare(y));' }, /localeCompare/);
  });

  it('finds circles, also of types, and tells each once', () => {
    const found = breachesOf({
      'src/model/a.ts': "import './b.ts';",
      'src/model/b.ts': "import type { C } from './c.ts';",
      'src/model/c.ts': "export * from './a.ts'; import './d.ts';",
      'src/model/d.ts': '',
    });
    assert.deepEqual(found, [
      'src/model/a.ts: imports itself: src/model/a.ts -> src/model/b.ts -> src/model/c.ts -> src/model/a.ts',
    ]);
  });

  it('asks for a sentence at the head', () => {
    const complaint = /no sentence at its head/;
    for (const text of [
      '',
      'const a = 1;',
      '/** Types. */',
      '/** Turns this into that without an end */',
      'const a = 1;\n// A sentence that comes too late.\n',
    ]) {
      const found = breaches(new Map([['src/model/a.ts', text]]));
      assert.equal(found.length, 1, text);
      assert.match(found[0]!, complaint);
    }
    for (const text of [
      '// Turns this into that, by hand.\n',
      '#!/usr/bin/env node\n/** Turns this into that. */',
      '/**\n * Turns this\n * into that.\n */',
    ]) {
      assert.deepEqual(breaches(new Map([['src/model/a.ts', text]])), [], text);
    }
  });
});
