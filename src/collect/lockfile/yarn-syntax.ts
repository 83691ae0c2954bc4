/** Turns the text of a yarn.lock, that of yarn 1 or the YAML that later ones write, into its entries with their lines. */
import { InputError } from '../../model/input-error.ts';
import { checkPackageCount } from './entry-checks.ts';

/** What stands below a key. A Map, for a package may be called `__proto__`. */
export type YarnBlock = Map<string, string | YarnBlock>;

export interface YarnEntry {
  /** As written, a comma and what follows it included where that stands within the quotes. */
  readonly keys: readonly string[];
  /** 1-based. */
  readonly line: number;
  readonly fields: YarnBlock;
}

/** The texts of yarn nest three levels deep. */
const deepestNesting = 16;

export const yarnRepair = 'run `yarn install`, which writes the lockfile anew, and commit the result';

/**
 * Both programs write a small subset of YAML: keys with texts, or with further keys below them. Only that is read, in one pass over the lines
 * and without recursion. A YAML parser takes ten times as long for it, and `@yarnpkg/parsers`, which reads both forms, says no lines, overflows
 * the stack where a text is nested deeply, and gives `__proto__` to plain objects.
 * Where a key is written twice the last one counts, as for yarn.
 * @throws InputError with file, line and column where it is broken or left in a merge conflict.
 */
export function readYarnSyntax(file: string, text: string): YarnEntry[] {
  const entries: YarnEntry[] = [];
  const open: { readonly indent: number; readonly block: YarnBlock }[] = [];
  // What the last line left to be filled by deeper ones; null where it held a value.
  let opened: YarnBlock | null = null;
  let longKey: string | null = null;
  let requests = 0;
  let number = 0;
  for (const written of linesOf(text)) {
    number++;
    const refuse = (column: number, problem: string): never => {
      throw new InputError(`${problem}: ${yarnRepair}`, { file, line: number, column });
    };
    if (/^(?:<{7}|={7}|>{7}|\|{7})(?:\s|$)/.test(written)) {
      throw new InputError(
        'a merge conflict was left in this lockfile: run `yarn install`, which resolves it, and commit the result',
        { file, line: number, column: 1 },
      );
    }
    let indent = 0;
    while (written.charCodeAt(indent) === space) indent++;
    const first = written[indent];
    if (first === undefined || first === '#' || first === '\r') continue;
    if (first === '\t') refuse(indent + 1, 'a tab stands where there should be spaces');
    if (first === '-' && written[indent + 1] === ' ') {
      // No list means anything here.
      if (opened === null) refuse(indent + 1, 'a list stands where a name should');
      continue;
    }

    const line = new LineReader(written, indent, refuse);
    let keys: string[];
    if (longKey === null && line.take('? ')) {
      // YAML's way to write a key of over 1024 characters: the colon follows on the next line.
      longKey = line.readText();
      line.expectEnd();
      continue;
    }
    if (longKey !== null) {
      if (first !== ':') refuse(indent + 1, 'a colon should stand here');
      keys = [longKey];
      longKey = null;
    } else keys = line.readKeys(indent === 0);
    const value = line.readValue();

    if (open.length > 0 && indent > open.at(-1)!.indent) {
      if (opened === null) refuse(indent + 1, 'this line is indented further than the one above it admits');
      if (open.length >= deepestNesting)
        refuse(indent + 1, `it is nested more than ${deepestNesting} levels deep`);
      open.push({ indent, block: opened! });
    }
    while (open.length > 1 && open.at(-1)!.indent > indent) open.pop();
    if (open.length === 0) {
      if (indent > 0) refuse(indent + 1, 'the first name should not be indented');
      open.push({ indent: 0, block: new Map() });
    } else if (open.at(-1)!.indent !== indent)
      refuse(indent + 1, 'this line is indented as no line above it is');

    opened = value === null ? new Map() : null;
    if (indent > 0) open.at(-1)!.block.set(keys[0]!, value ?? opened!);
    else if (opened === null) refuse(1, 'an entry has a text instead of lines below it');
    else {
      requests += keys.length;
      checkPackageCount(file, requests);
      entries.push({ keys, line: number, fields: opened });
    }
  }
  if (longKey !== null)
    throw new InputError(`it ends in the middle of an entry: ${yarnRepair}`, {
      file,
      line: number,
      column: 1,
    });
  return entries;
}

const space = 0x20;

function* linesOf(text: string): Generator<string> {
  // A byte order mark is no part of the first line.
  for (let start = text.charCodeAt(0) === 0xfeff ? 1 : 0; start <= text.length; ) {
    const end = text.indexOf('\n', start);
    yield end === -1 ? text.slice(start) : text.slice(start, end);
    if (end === -1) return;
    start = end + 1;
  }
}

const afterBareKey = /[:,\s]/g;

/** Reads one line from left to right. */
class LineReader {
  readonly #line: string;
  readonly #refuse: (column: number, problem: string) => never;
  #at: number;

  constructor(line: string, at: number, refuse: (column: number, problem: string) => never) {
    this.#line = line;
    this.#at = at;
    this.#refuse = refuse;
  }

  take(text: string): boolean {
    if (!this.#line.startsWith(text, this.#at)) return false;
    this.#at += text.length;
    return true;
  }

  /** yarn 1 writes several keys with commas between them, each in quotes of its own. */
  readKeys(several: boolean): string[] {
    const keys = [this.readText()];
    while (several && this.take(',')) {
      this.#skipSpace();
      keys.push(this.readText());
    }
    return keys;
  }

  /** A text in double quotes, or one that goes on to a space, a colon or a comma. */
  readText(): string {
    const start = this.#at;
    if (this.#line[start] === '"') return this.#readQuoted();
    afterBareKey.lastIndex = start;
    const end = afterBareKey.exec(this.#line)?.index ?? this.#line.length;
    if (end === start) this.#refuse(start + 1, 'a name should stand here');
    this.#at = end;
    return this.#line.slice(start, end);
  }

  /** What follows a key: a text, with a colon before it or (yarn 1) without, or null where only a colon follows. */
  readValue(): string | null {
    const hasColon = this.take(':');
    const from = this.#at;
    this.#skipSpace();
    if (this.#at >= this.#line.length) {
      if (!hasColon) this.#refuse(this.#at + 1, 'it ends where a colon or a text should follow');
      return null;
    }
    if (this.#at === from) this.#refuse(from + 1, 'a space should stand here');
    if (this.#line[this.#at] === '"') {
      const value = this.#readQuoted();
      this.expectEnd();
      return value;
    }
    const value = this.#line.slice(this.#at).trimEnd();
    if (/^['[{&*!|>]/.test(value)) this.#refuse(this.#at + 1, 'yarn writes no text that begins like this');
    return value;
  }

  expectEnd(): void {
    this.#skipSpace();
    if (this.#at < this.#line.length) this.#refuse(this.#at + 1, 'nothing more should stand on this line');
  }

  #skipSpace(): void {
    while (/[ \t\r]/.test(this.#line[this.#at] ?? '')) this.#at++;
  }

  #readQuoted(): string {
    const start = this.#at;
    let at = start + 1;
    let escaped = false;
    while (at < this.#line.length && this.#line[at] !== '"') {
      if (this.#line[at] === '\\') {
        escaped = true;
        at++;
      }
      at++;
    }
    if (at >= this.#line.length)
      this.#refuse(start + 1, 'the text that begins here has no closing quote on its line');
    this.#at = at + 1;
    if (!escaped) return this.#line.slice(start + 1, at);
    try {
      return JSON.parse(this.#line.slice(start, at + 1)) as string;
    } catch {
      return this.#refuse(start + 1, 'a backslash in a text must be written twice');
    }
  }
}

/** The text of a field; null where there is none. */
export function textOf(fields: YarnBlock, key: string): string | null {
  const value = fields.get(key);
  return typeof value === 'string' ? value : null;
}

/** The block below a field; an empty one where there is none. */
export function blockOf(fields: YarnBlock, key: string): YarnBlock {
  const value = fields.get(key);
  return value === undefined || typeof value === 'string' ? new Map() : value;
}
