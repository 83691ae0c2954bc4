/** Turns source text into a syntax tree; JavaScript, JSX, TypeScript, CommonJS and ES modules, and survives syntax errors. */
import { type ParserOptions, type ParserPlugin, parse as parseBabel } from '@babel/parser';
import type * as t from '@babel/types';

export interface Parsed {
  readonly program: t.Program;
  /** What did not parse: the tree then lacks the statements that it names. */
  readonly problem: { readonly line: number; readonly message: string } | null;
}

const typescriptFile = /\.[cm]?tsx?$/;
const maxRepairs = 5;

/** The older grammar takes `@Column() [key]: string` for a decorator `Column()[key]`; TypeScript, and the newer one, do not. */
const newDecorators: ParserPlugin = 'decorators';

/** What a file's types are written in. */
type Types = 'typescript' | 'flow' | 'none';

function optionsFor(types: Types, jsx: boolean, decorators: ParserPlugin): ParserOptions {
  const plugins: ParserPlugin[] = [decorators, 'decoratorAutoAccessors', 'explicitResourceManagement'];
  if (types === 'typescript') plugins.push('typescript');
  else if (types === 'flow') plugins.push('flow', 'flowComments');
  if (jsx) plugins.push('jsx');
  return {
    sourceType: 'unambiguous',
    allowReturnOutsideFunction: true,
    allowAwaitOutsideFunction: true,
    allowImportExportEverywhere: true,
    allowNewTargetOutsideFunction: true,
    allowSuperOutsideMethod: true,
    allowUndeclaredExports: true,
    errorRecovery: true,
    attachComment: false,
    plugins,
  };
}

/**
 * Parses one file. A syntax error costs the top-level statement that holds it, not the file: the statement is blanked and the rest
 * parsed again, a few times at most. Never throws.
 */
export function parseSource(path: string, text: string): Parsed {
  const jsx = !/\.[cm]?ts$/.test(path);
  let rest = text.startsWith('#!') ? `//${text.slice(2)}` : text;
  let problem: Parsed['problem'] = null;
  for (let attempt = 0; attempt <= maxRepairs; attempt++) {
    try {
      return { program: parseEither(path, rest, jsx), problem };
    } catch (error) {
      const at = placeOf(error);
      problem ??= { line: at.line, message: at.message };
      const repaired = at.position === null ? null : blankStatement(rest, at.position);
      if (repaired === null || repaired === rest) break;
      rest = repaired;
    }
  }
  return { program: emptyProgram(), problem };
}

function parseEither(path: string, text: string, jsx: boolean): t.Program {
  const types = typescriptFile.test(path) ? 'typescript' : 'flow';
  if (types === 'flow' && !text.includes('@flow')) {
    // Next to no JavaScript has Flow's types, and without them it is read a good tenth faster.
    const plain = tryPlain(text, jsx);
    if (plain !== null) return plain;
  }
  try {
    return slim(parseBabel(text, optionsFor(types, jsx, 'decorators-legacy')).program);
  } catch (error) {
    if (error instanceof RangeError || !text.includes('@')) throw error;
    try {
      return slim(parseBabel(text, optionsFor(types, jsx, newDecorators)).program);
    } catch {
      throw error;
    }
  }
}

/** JavaScript as the language has it; null where it is anything more, or less. */
function tryPlain(text: string, jsx: boolean): t.Program | null {
  try {
    const { program, errors } = parseBabel(text, optionsFor('none', jsx, 'decorators-legacy'));
    return errors == null || errors.length === 0 ? slim(program) : null;
  } catch (error) {
    if (error instanceof RangeError) throw error;
    return null;
  }
}

/**
 * Takes lines and columns out of a tree, which has the offsets too (source-place.ts), and how its literals were written: together
 * they are half of what it takes in memory. Without recursion: trees may be deep.
 */
function slim(program: t.Program): t.Program {
  const waiting: Tree[] = [program as Tree];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    node.loc = undefined;
    if (node.extra !== undefined) node.extra = undefined;
    // Not `for … in`: Babel's nodes inherit a method that is enumerable, with which that is twice as slow.
    for (const value of Object.values(node)) {
      if (typeof value !== 'object' || value === null) continue;
      if (isNode(value)) waiting.push(value);
      else if (Array.isArray(value)) for (const one of value) if (isNode(one)) waiting.push(one);
    }
  }
  return program;
}

interface Tree {
  readonly type: string;
  loc?: unknown;
  extra?: unknown;
}

function isNode(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && typeof (value as Partial<Tree>).type === 'string';
}

function placeOf(error: unknown): { line: number; message: string; position: number | null } {
  const e = error as { loc?: { line: number; column: number }; pos?: number; message?: string };
  if (error instanceof RangeError)
    return { line: 1, message: 'it is nested too deeply to be read', position: null };
  const message = String(e.message ?? error).replace(/\s*\(\d+:\d+\)$/, '');
  return { line: e.loc?.line ?? 1, message, position: typeof e.pos === 'number' ? e.pos : null };
}

/** Blanks the lines from the last line before `position` that begins a top-level statement to the next line that does. */
function blankStatement(text: string, position: number): string | null {
  const starts = topLevelStarts(text);
  const index = starts.findLastIndex((start) => start <= position);
  const from = starts[index] ?? 0;
  const to = starts.find((start) => start > position && start > from) ?? text.length;
  const blanked = text.slice(from, to).replace(/[^\r\n]/g, ' ');
  return text.slice(0, from) + blanked + text.slice(to);
}

/** Offsets of lines that begin in column 0 with a word: where a top-level statement most likely begins. */
function topLevelStarts(text: string): number[] {
  const starts: number[] = [];
  const lines = /^[A-Za-z_$@(]/gm;
  for (let match = lines.exec(text); match !== null; match = lines.exec(text)) starts.push(match.index);
  return starts;
}

function emptyProgram(): t.Program {
  return parseBabel('').program;
}
