/** Turns a waiver into an entry of the policy file, and leaves every other byte of that as it is. */
import { mkdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { isMap, isScalar, isSeq, parseDocument, stringify } from 'yaml';
import { InputError } from '../model/input-error.ts';
import { isInside } from '../model/path-inside.ts';
import type { Policy, Waiver } from '../model/policy.ts';
import { policyFiles } from './policy-file.ts';
import { parsePolicy } from './policy-text.ts';
import { codeOf } from './walked-files.ts';

/** What a waiver says; where it stands is found here. */
export type WaiverEntry = Omit<Waiver, 'line' | 'file'>;

/** Lets editors check and complete what is written. */
const schemaLine =
  '# yaml-language-server: $schema=https://raw.githubusercontent.com/express-gate/express-gate/main/docs/policy.schema.json';

export interface WrittenWaiver {
  /** The policy file, from the scanned directory. */
  readonly file: string;
  readonly isNew: boolean;
  /** The lines of the entry. */
  readonly entry: string;
}

/**
 * Writes a waiver into the policy file, which is made where there is none.
 * @param file the policy in force, or null.
 * @throws InputError where the file cannot be written, or has a form in which nothing can be added.
 */
export function writeWaiver(directory: string, file: string | null, waiver: WaiverEntry): WrittenWaiver {
  const name = file ?? policyFiles[0];
  const entry = blockEntry(waiver, '').join('\n');
  try {
    const path = file === null ? makeRoom(directory, name) : resolve(directory, file);
    const old = file === null ? `${schemaLine}\n` : readFileSync(path, 'utf8');
    const text = addWaiver(old, waiver, name);
    writeFileSync(path, text, file === null ? { flag: 'wx' } : {});
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new InputError(`the policy file cannot be written (${codeOf(error)})`, { file: name });
  }
  return { file: name, isNew: file === null, entry };
}

/** The folder of a new file, which must not lie elsewhere by way of a link. */
function makeRoom(directory: string, name: string): string {
  const path = join(directory, name);
  mkdirSync(dirname(path), { recursive: true });
  if (!isInside(realpathSync(dirname(path)), realpathSync(directory)))
    throw new InputError('the folder of the policy is a symbolic link that leads out of the directory', {
      file: name,
    });
  return path;
}

/**
 * The policy's text with one more waiver. Comments, spaces and line ends stay as they are.
 * @throws InputError where the text is no valid policy, or has a form in which nothing can be added.
 */
export function addWaiver(text: string, waiver: WaiverEntry, file: string): string {
  const mark = text.startsWith('\uFEFF') ? '\uFEFF' : '';
  const body = text.slice(mark.length);
  const old = parsePolicy(body, file);
  for (const attempt of [insertText, insertNode]) {
    const changed = attempt(body, waiver);
    // Whatever form the file has: what comes out must say what it said, and the waiver.
    if (changed !== null && saysAlso(changed, old, waiver, (each) => parsePolicy(each, file)))
      return mark + changed;
  }
  throw new InputError(
    `nothing can be added to a policy of this form. Write it in by hand, under waivers:\n${blockEntry(waiver, '  ').join('\n')}`,
    { file },
  );
}

function saysAlso(text: string, old: Policy, waiver: WaiverEntry, parse: (text: string) => Policy): boolean {
  try {
    const { waivers, ...rest } = parse(text);
    const { waivers: before, ...others } = old;
    const plain = (each: Waiver): WaiverEntry => {
      const { line: _, ...said } = each;
      return said;
    };
    return (
      isDeepStrictEqual(rest, others) && isDeepStrictEqual(waivers.map(plain), [...before.map(plain), waiver])
    );
  } catch {
    return false;
  }
}

/** Adds lines to the text; null where the list is in no place to which lines can be added. */
function insertText(text: string, waiver: WaiverEntry): string | null {
  const end = text.includes('\r\n') ? '\r\n' : '\n';
  const document = parseDocument(text, { version: '1.2', schema: 'core' });
  const root = document.contents;
  const put = (at: number, lines: readonly string[], until = at) => {
    const before = text.slice(0, at);
    const begin = before === '' || before.endsWith('\n') ? '' : end;
    return `${before}${begin}${lines.map((line) => `${line}${end}`).join('')}${text.slice(until)}`;
  };
  if (root === null || (isScalar(root) && root.value === null))
    return put(text.length, ['waivers:', ...blockEntry(waiver, '  ')]);
  if (!isMap(root) || root.flow === true) return null;
  const pair = root.items.find(({ key }) => isScalar(key) && key.value === 'waivers');
  if (pair === undefined) {
    const last = root.items.at(-1)?.value ?? root.items.at(-1)?.key;
    const at = afterLine(text, endOf(last) ?? text.length);
    // Comments below the last key are as likely about the file as about that key.
    const rest = text.slice(at);
    return put(/^(?:\s*(?:#.*)?(?:\r?\n|$))*$/.test(rest) ? text.length : at, [
      'waivers:',
      ...blockEntry(waiver, '  '),
    ]);
  }
  const list = pair.value;
  if (isSeq(list) && list.items.length > 0) {
    const at = endOf(list.items.at(-1));
    if (at === null || list.range == null) return null;
    if (list.flow === true) return `${text.slice(0, at)}, ${flowEntry(waiver)}${text.slice(at)}`;
    const [start] = list.range;
    const indent = text.slice(text.lastIndexOf('\n', start - 1) + 1, start);
    return /^ *$/.test(indent) ? put(afterLine(text, at), blockEntry(waiver, indent)) : null;
  }
  const empty = isSeq(list) || (isScalar(list) && list.value === null) ? list.range : null;
  const key = endOf(pair.key);
  if (key === null) return null;
  const lines = blockEntry(waiver, '  ');
  if (empty == null || empty[0] === empty[1]) return put(afterLine(text, key), lines);
  // `[]` or `null` goes; what stands behind it on its line, a comment, stays.
  const line = `${text.slice(0, empty[0]).trimEnd()}${text.slice(empty[1], afterLine(text, empty[1]))}`;
  return `${line}${line.endsWith('\n') ? '' : end}${lines.map((each) => `${each}${end}`).join('')}${text.slice(afterLine(text, empty[1]))}`;
}

/** Adds a node and writes the whole file anew, which keeps its comments but not all of its spaces. */
function insertNode(text: string, waiver: WaiverEntry): string | null {
  const document = parseDocument(text, { version: '1.2', schema: 'core' });
  try {
    if (!document.hasIn(['waivers', 0])) document.set('waivers', document.createNode([]));
    document.addIn(['waivers'], document.createNode(Object.fromEntries(pairs(waiver))));
    const written = document.toString({ lineWidth: 0 });
    return text.includes('\r\n') ? written.replaceAll('\n', '\r\n') : written;
  } catch {
    return null;
  }
}

function endOf(node: unknown): number | null {
  const { range } = (node ?? {}) as { range?: readonly [number, number, number] | null };
  return range == null ? null : range[1];
}

/** Where the next line begins. */
function afterLine(text: string, offset: number): number {
  if (text[offset - 1] === '\n') return offset;
  const at = text.indexOf('\n', offset);
  return at === -1 ? text.length : at + 1;
}

function pairs({ rule, advisory, path, package: name, reason, expires }: WaiverEntry): [string, string][] {
  const all: [string, string | null][] = [
    ['rule', rule],
    ['advisory', advisory],
    ['package', name],
    ['path', path],
    ['reason', reason],
    ['expires', expires],
  ];
  return all.filter((pair): pair is [string, string] => pair[1] !== null);
}

function blockEntry(waiver: WaiverEntry, indent: string): string[] {
  return pairs(waiver).map(([key, value], index) => {
    const isPlain = stringify(value, { lineWidth: 0 }) === `${value}\n`;
    return `${indent}${index === 0 ? '- ' : '  '}${key}: ${isPlain ? value : JSON.stringify(value)}`;
  });
}

function flowEntry(waiver: WaiverEntry): string {
  // JSON's strings are YAML's too.
  return `{ ${pairs(waiver)
    .map(([key, value]) => `${key}: ${JSON.stringify(value)}`)
    .join(', ')} }`;
}
