/** Turns a command, as package scripts, Procfiles and containers have them, into what it sets in the environment of the program that it starts. */
import { baseName } from '../code/resolve-module.ts';
import { type Filled, fillIn, isVariableName } from './setting.ts';

/** `NAME=value` in a command; offsets are those of the command's text. */
export interface Assignment extends Filled {
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

/** A .env file that the command has loaded for the program. */
export interface LoadedFile {
  readonly path: string;
  /** True where the file wins over what the environment says already. */
  readonly overrides: boolean;
}

export interface Start {
  readonly assignments: readonly Assignment[];
  readonly files: readonly LoadedFile[];
  /** `-r dotenv/config`: the path given with it, or `` for the default. */
  readonly preloads: string | null;
  /** The package script that it runs; null where it starts a program itself. */
  readonly script: string | null;
  /** The process file of pm2 that it starts, and the environment of it that it asks for. */
  readonly processFile: { readonly path: string; readonly environment: string | null } | null;
  /** True for what only development starts: a watcher, a development server. */
  readonly development: boolean;
}

interface Word {
  readonly text: string;
  /** The text with its quotes. */
  readonly raw: string;
  readonly from: number;
  readonly to: number;
}

const maxLength = 8_192;

/** Programs that run JavaScript, or what then runs it. */
const runners =
  /^(?:node|nodejs|bun|deno|tsx|ts-node|ts-node-esm|ts-node-script|babel-node|swc-node|esr|sucrase-node|forever|supervisor|pm2|pm2-runtime|pm2-docker|nodemon|ts-node-dev|tsnd|node-dev|nest|sails|micro|moleculer-runner|lb|strapi|next|nuxt)$/;

const watchers =
  /^(?:nodemon|ts-node-dev|tsnd|node-dev|supervisor|webpack-dev-server|vite|vite-node|nodemon\.js)$/;

/** What stands before a program and starts it with its own environment. */
const wrappers =
  /^(?:npx|exec|sudo|time|nohup|tini|dumb-init|catchsegv|bunx|docker-entrypoint\.sh|\/docker-entrypoint\.sh|infisical|doppler|gosu|su-exec)$/;

/** The programs and package scripts that a command leaves running: what it starts last, and beside that what runs in the background. */
export function startsOf(command: string): Start[] {
  const found: Start[] = [];
  const exported: Assignment[] = [];
  let last: Start | null = null;
  for (const { words, isBeside } of simpleCommands(command.slice(0, maxLength))) {
    const start = startOf(words, exported);
    if (start === null) continue;
    if (isBeside) found.push(start);
    // A build, a migration: done before the next one begins.
    else last = start;
  }
  return last === null ? found : [...found, last];
}

function startOf(words: readonly Word[], exported: Assignment[]): Start | null {
  const assignments: Assignment[] = [];
  const files: LoadedFile[] = [];
  let at = 0;
  const word = (): string => words[at]?.text ?? '';
  const take = (): boolean => {
    const assignment = assignmentOf(words[at]);
    if (assignment === null) return false;
    assignments.push(assignment);
    at++;
    return true;
  };
  for (let guard = 0; guard < words.length; guard++) {
    if (take()) continue;
    const name = baseName(word());
    if (name === 'export' || name === 'set' || name === 'declare') {
      // Of `set NAME=value&& node` (Windows) and `export NAME=value; node` the rest of the line has it.
      for (at++; at < words.length; at++) {
        const assignment = assignmentOf(words[at]);
        if (assignment !== null) exported.push(assignment);
      }
      return null;
    }
    if (name === 'env' || name === 'cross-env' || name === 'cross-env-shell') at++;
    else if (wrappers.test(name)) at++;
    else if (name === '--') at++;
    else if (name === 'dotenv' || name === 'dotenvx' || name === 'dotenv-cli')
      at = dotenvCommand(words, at, files, assignments);
    else if (name === 'env-cmd') at = envCommand(words, at, files);
    else if (guard > 0 && word().startsWith('-') && !runners.test(name)) at++;
    else break;
  }
  if (at >= words.length) {
    // `A=1` alone sets a variable of the shell that no program sees unless it was exported.
    return null;
  }
  const name = baseName(word());
  const all = [...exported, ...assignments];
  const rest = words.slice(at + 1).map(({ text }) => text);
  const script = scriptOf(name, rest);
  const common = { assignments: all, files, preloads: null, script, processFile: null, development: false };
  if (script !== null) return common;
  if (!runners.test(name) && !watchers.test(name)) return null;
  const options = optionsOf(rest);
  return {
    ...common,
    files: [...files, ...options.files],
    preloads: options.preloads,
    processFile: name.startsWith('pm2') ? processFileOf(rest) : null,
    development:
      watchers.test(name) ||
      options.watches ||
      (name === 'nest' && rest.includes('--watch')) ||
      (/^(?:next|nuxt)$/.test(name) && (rest[0] === 'dev' || rest[0] === undefined)),
  };
}

/** `npm start`, `npm run x`, `yarn x`, `pnpm x`, `bun run x`, `npm run x -w pkg`. */
function scriptOf(name: string, rest: readonly string[]): string | null {
  if (!/^(?:npm|yarn|pnpm|bun|run-s|npm-run-all|cnpm)$/.test(name)) return null;
  const words = rest.filter(
    (word, index) =>
      !word.startsWith('-') &&
      !/^(?:-w|--workspace|--prefix|--filter|-C|--cwd|-F)$/.test(rest[index - 1] ?? ''),
  );
  let [first, second] = words;
  // `yarn workspace api start`
  if (name === 'yarn' && first === 'workspace') [first, second] = words.slice(2);
  if (first === undefined) return null;
  if (first === 'run' || first === 'run-script') return second ?? null;
  if (first === 'start') return 'start';
  if (name === 'npm' || name === 'cnpm') return null;
  // `bun server.js` runs a file, `pnpm install` no script.
  if (/[./]/.test(first) || /^(?:install|i|add|ci|build|exec|dlx|global|config|set|run-all)$/.test(first))
    return null;
  return first;
}

interface Options {
  readonly files: readonly LoadedFile[];
  readonly preloads: string | null;
  readonly watches: boolean;
}

/** Node's own options (doc/api/cli.md): `--env-file`, `--env-file-if-exists`, `--require`, `--import`, `--watch`. */
function optionsOf(rest: readonly string[]): Options {
  const files: LoadedFile[] = [];
  let preloads: string | null = null;
  let watches = false;
  rest.forEach((word, index) => {
    const equals = word.indexOf('=');
    const option = equals === -1 ? word : word.slice(0, equals);
    const value = equals === -1 ? (rest[index + 1] ?? '') : word.slice(equals + 1);
    if (option === '--env-file' || option === '--env-file-if-exists')
      files.push({ path: value, overrides: false });
    else if (option === '--watch' || option === '--watch-path') watches = true;
    else if (
      (option === '-r' || option === '--require' || option === '--import') &&
      /^dotenv(?:-flow)?\/config/.test(value)
    )
      preloads ??= '';
    else if (option === 'dotenv_config_path') preloads = value;
  });
  return { files, preloads, watches };
}

/** dotenv-cli 11 (cli.js): `-e FILE` (default .env), `-c [ENV]` cascades, `-v NAME=value`, `-o` overrides. */
function dotenvCommand(
  words: readonly Word[],
  from: number,
  files: LoadedFile[],
  assignments: Assignment[],
): number {
  const paths: string[] = [];
  let overrides = false;
  let at = from + 1;
  if (words[at]?.text === 'run') at++;
  for (; at < words.length && words[at]!.text.startsWith('-'); at++) {
    const { text } = words[at]!;
    if (text === '--') {
      at++;
      break;
    }
    if (text === '-o' || text === '--override' || text === '--overload') overrides = true;
    else if (text === '-e' || text === '-f' || text === '--env-file') paths.push(words[++at]?.text ?? '');
    else if (text === '-c') {
      const next = words[at + 1]?.text ?? '';
      const environment = /^(?:dev|test|prod|stag)/.test(next) ? next : null;
      if (environment !== null) at++;
      paths.push(
        ...(environment === null
          ? ['.env.local', '.env']
          : [`.env.${environment}.local`, '.env.local', `.env.${environment}`, '.env']),
      );
    } else if (text === '-v') {
      const assignment = assignmentOf(words[++at]);
      if (assignment !== null) assignments.push(assignment);
    }
  }
  for (const path of paths.length === 0 ? ['.env'] : paths) files.push({ path, overrides });
  return at;
}

/** env-cmd 11 (lib/parse-args.js, lib/env-cmd.js): `-f FILE` (default ./.env) wins over the environment unless `--no-override`. */
function envCommand(words: readonly Word[], from: number, files: LoadedFile[]): number {
  let path: string | null = './.env';
  let overrides = true;
  let at = from + 1;
  for (; at < words.length && words[at]!.text.startsWith('-'); at++) {
    const { text } = words[at]!;
    if (text === '--') {
      at++;
      break;
    }
    if (text === '-f' || text === '--file') path = words[++at]?.text ?? null;
    // Environments of an .env-cmdrc are not read.
    else if (text === '-e' || text === '--environments' || text === '-r' || text === '--rc-file') {
      at++;
      path = null;
    } else if (text === '--no-override') overrides = false;
  }
  // The old way: `env-cmd .env.production node app.js`.
  if (/(?:^|\/)\.env[\w.-]*$|\.env$/.test(words[at]?.text ?? '')) path = words[at++]!.text;
  if (path !== null) files.push({ path, overrides });
  return at;
}

function processFileOf(rest: readonly string[]): Start['processFile'] {
  const path = rest.find((word) => /\.(?:config\.[cm]?js|json|ya?ml)$/.test(word));
  if (path === undefined) return null;
  const index = rest.indexOf('--env');
  const joined = rest.find((word) => word.startsWith('--env='));
  return { path, environment: joined?.slice(6) ?? (index === -1 ? null : (rest[index + 1] ?? null)) };
}

function assignmentOf(word: Word | undefined): Assignment | null {
  const match = word === undefined ? null : /^([A-Za-z_]\w*)=/.exec(word.text);
  if (match === null || word === undefined || !isVariableName(match[1]!)) return null;
  const text = word.text.slice(match[0].length);
  const literal = /^[A-Za-z_]\w*='/.test(word.raw) || word.raw.startsWith("'");
  const filled = literal
    ? { value: text, fallback: null }
    : /`|\$\(/.test(text)
      ? { value: null, fallback: null }
      : fillIn(text);
  return { name: match[1]!, ...filled, from: word.from, to: word.to };
}

interface SimpleCommand {
  readonly words: readonly Word[];
  /** True where the next one does not wait for it: before `&` and `|`. */
  readonly isBeside: boolean;
}

/** Each command between `&&`, `;`, `|` and their like. */
function simpleCommands(text: string): SimpleCommand[] {
  const commands: { words: Word[]; isBeside: boolean }[] = [{ words: [], isBeside: false }];
  const next = (): void => void commands.push({ words: [], isBeside: false });
  let at = 0;
  while (at < text.length) {
    const character = text[at]!;
    if (/\s/.test(character)) {
      if (character === '\n') next();
      at++;
    } else if (/[;&|()]/.test(character)) {
      const isSingle = (character === '&' || character === '|') && text[at + 1] !== character;
      if (isSingle) commands.at(-1)!.isBeside = true;
      next();
      at += isSingle || text[at + 1] !== character ? 1 : 2;
    } else {
      const word = wordAt(text, at);
      commands.at(-1)!.words.push(word);
      at = word.to;
    }
  }
  return commands.filter(({ words }) => words.length > 0);
}

function wordAt(text: string, from: number): Word {
  let at = from;
  let quote = '';
  let plain = '';
  for (; at < text.length; at++) {
    const character = text[at]!;
    if (quote === '' && /[\s;&|()]/.test(character) && !(character === '(' && text[at - 1] === '$')) break;
    if (quote === '' && (character === '"' || character === "'")) quote = character;
    else if (quote !== '' && character === quote) quote = '';
    else if (character === '\\' && quote !== "'" && at + 1 < text.length) {
      at++;
      plain += text[at] === '$' ? '\\$' : text[at];
    } else plain += character;
  }
  return { text: plain, raw: text.slice(from, at), from, to: Math.max(at, from + 1) };
}
