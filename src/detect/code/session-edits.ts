/** Turns options that a session set-up lacks, or has in the wrong place, into edits of the object literals that it was given. */

import type * as t from '@babel/types';
import { sessionCookieOptions } from '../../data/session-cookie-options.ts';
import type { TextEdit } from '../../model/finding.ts';
import type { SessionRecord } from './events.ts';
import type { Machine } from './machine.ts';
import { type Obj, placeKey, singles, type Val } from './values.ts';

/** An object literal with the text of its file. */
interface Literal {
  readonly node: t.ObjectExpression;
  readonly file: string;
  readonly text: string;
}

/** What stands under a path: an object literal, nothing, or something that no edit can write into. */
type Container = Literal | 'absent' | 'closed';

const lineBreaks = /\r(?!\n)|[\u2028\u2029]/;

export class SessionEdits {
  private readonly m: Machine;
  private readonly record: SessionRecord;
  /** Whether another set-up, made elsewhere, is given the same literal. */
  private readonly isShared: (literal: unknown) => boolean;

  constructor(m: Machine, record: SessionRecord, isShared: (literal: unknown) => boolean) {
    this.m = m;
    this.record = record;
    this.isShared = isShared;
  }

  /** As `SessionSetup.write`. */
  write(
    options: ReadonlyMap<string, string>,
    companions: ReadonlyMap<string, string>,
  ): readonly TextEdit[] | null {
    const top = this.container([]);
    if (typeof top === 'string') return null;
    const wanted = new Map(options);
    // An empty object is written once, with all that belongs into it: edits of its several lacks would not go together.
    for (const path of options.keys()) {
      const inner = parentOf(path);
      if (inner.length === 0) continue;
      const container = this.container(inner);
      if (container === 'closed') return null;
      if (container === 'absent' || container.node.properties.length === 0)
        for (const [name, text] of companions) wanted.set(name, text);
    }
    const properties = new Map<Literal, string[]>();
    const absent = new Map<string, string[]>();
    const order = [...companions.keys()];
    const sorted = [...wanted].sort(([a], [b]) => order.indexOf(a) - order.indexOf(b));
    for (const [path, text] of sorted) {
      const name = path.slice(path.lastIndexOf('.') + 1);
      const inner = parentOf(path);
      const container = inner.length === 0 ? top : this.container(inner);
      if (container === 'closed') return null;
      const property = `${name}: ${text}`;
      if (container === 'absent') {
        if (inner.length > 1) return null;
        push(absent, inner[0]!, property);
      } else {
        if (mayHold(container.node, name)) return null;
        const same = [...properties.keys()].find(({ node }) => node === container.node) ?? container;
        push(properties, same, property);
      }
    }
    for (const [name, inner] of absent) {
      if (mayHold(top.node, name)) return null;
      // What stands at the top in its place is moved there by another correction.
      if (sessionCookieOptions.some((option) => mayHold(top.node, option))) return null;
      const same = [...properties.keys()].find(({ node }) => node === top.node) ?? top;
      properties.set(same, [`${name}: { ${inner.join(', ')} }`, ...(properties.get(same) ?? [])]);
    }
    // Into the empty options of `Object.assign({}, …)` each correction would write without knowing of the others.
    if ([...properties.keys()].some(({ node }) => node === top.node && node.properties.length === 0))
      return null;
    return [...properties].map(([literal, texts]) => insertion(literal, texts));
  }

  /** As `SessionSetup.move`. */
  move(paths: ReadonlyMap<string, string>, beside: readonly string[]): readonly TextEdit[] | null {
    const top = this.container([]);
    if (typeof top === 'string') return null;
    const [first] = paths;
    if (first === undefined) return null;
    return first[0].includes('.')
      ? this.unwrap(top, parentOf(first[0]), beside)
      : this.wrap(top, [...paths.keys()], parentOf(first[1]), beside);
  }

  /** `cookie: { secure: true }` at the top becomes `secure: true`. */
  private unwrap(top: Literal, [name]: readonly string[], beside: readonly string[]): TextEdit[] | null {
    const property = plainProperty(top.node, name ?? '');
    const inner = this.container([name ?? '']);
    if (property === null || typeof inner === 'string') return null;
    const names = inner.node.properties.map((one) => keyOf(one));
    if (names.some((one) => one === null || mayHold(top.node, one))) return null;
    const content = inner.text.slice(inner.node.start! + 1, inner.node.end! - 1).trim();
    if (/\/[/*]/.test(content)) return null;
    const bare = content.endsWith(',') ? content.slice(0, -1).trimEnd() : content;
    if (bare === '') return null;
    const edit = replacement(top, property.start!, property.end!, [bare, ...beside].join(', '));
    return edit === null ? null : [edit];
  }

  /** `secure: true` at the top becomes `cookie: { secure: true }`, or goes into the `cookie: { … }` that is there. */
  private wrap(
    top: Literal,
    names: readonly string[],
    [target]: readonly string[],
    beside: readonly string[],
  ): TextEdit[] | null {
    const { properties } = top.node;
    const moved: t.Node[] = [];
    for (const name of names) {
      const property = plainProperty(top.node, name);
      if (property === null) return null;
      moved.push(property);
    }
    const texts = moved.map((property) => top.text.slice(property.start!, property.end!));
    const inner = this.container([target ?? '']);
    if (inner === 'closed') return null;
    const edits: (TextEdit | null)[] = [];
    const instead = [...beside];
    if (inner === 'absent') {
      if (mayHold(top.node, target ?? '')) return null;
      instead.unshift(`${target}: { ${texts.join(', ')} }`);
    } else {
      if (names.some((name) => mayHold(inner.node, name))) return null;
      edits.push(insertion(inner, texts));
    }
    const sorted = properties.filter((property) => moved.includes(property));
    const stays = properties.filter((property) => !moved.includes(property));
    const gone = instead.length > 0 ? sorted.slice(1) : sorted;
    if (instead.length > 0)
      edits.push(replacement(top, sorted[0]!.start!, sorted[0]!.end!, instead.join(', ')));
    const lastKept = instead.length > 0 ? [...stays, sorted[0]!] : stays;
    const end = Math.max(...lastKept.map((property) => property.end!));
    let trailingEnd = -1;
    for (const property of gone) {
      if (property.start! > end) {
        trailingEnd = Math.max(trailingEnd, property.end!);
        continue;
      }
      const comma = /^\s*,\s*/.exec(top.text.slice(property.end!));
      if (comma === null) return null;
      edits.push(replacement(top, property.start!, property.end! + comma[0].length, ''));
    }
    if (trailingEnd >= 0) {
      const last = Math.max(...gone.map((property) => property.end!));
      if (/\/[/*]/.test(top.text.slice(end, last))) return null;
      edits.push(replacement(top, end, last, ''));
    }
    return edits.every((edit) => edit !== null) ? edits : null;
  }

  /** The literal under a path of options. One inside must stand where the option is written: elsewhere others may use it too. */
  private container(path: readonly string[]): Container {
    let value: Val = this.record.options;
    let within: { start: number; end: number } | null = null;
    for (const name of path) {
      if (value.kind !== 'object' || value.open !== null) return 'closed';
      const slot = value.slots.get(name);
      if (slot === undefined) return value.proto === null ? 'absent' : 'closed';
      if (slot.value.kind === 'known' && slot.value.absent) return 'absent';
      const property = plainProperty(value.literal as t.ObjectExpression | null, name);
      if (property === null) return 'closed';
      within = { start: property.start!, end: property.end! };
      value = slot.value;
    }
    if (singles(value).length !== 1 || value.kind !== 'object') return 'closed';
    return this.literalOf(value, within);
  }

  private literalOf(object: Obj, within: { start: number; end: number } | null): Container {
    const node = object.literal as t.ObjectExpression | null;
    const file = object.place?.file;
    if (node === null || file === undefined || this.isShared(node)) return 'closed';
    if (within !== null && (node.start! < within.start || node.end! > within.end)) return 'closed';
    const text = this.m.sourceText(file);
    if (text === null || lineBreaks.test(text)) return 'closed';
    if (text[node.start!] !== '{' || text[node.end! - 1] !== '}') return 'closed';
    return { node, file, text };
  }
}

/** The object literals that set-ups are given, each with the places of those set-ups. */
export function literalsOf(records: readonly SessionRecord[]): Map<unknown, Set<string>> {
  const found = new Map<unknown, Set<string>>();
  for (const { options, created } of records) {
    const note = (value: Val, depth: number): void => {
      if (value.kind !== 'object' || value.external !== null || depth > 2) return;
      if (value.literal !== null)
        found.set(value.literal, (found.get(value.literal) ?? new Set()).add(placeKey(created)));
      for (const slot of value.slots.values()) note(slot.value, depth + 1);
    };
    for (const single of singles(options)) note(single, 0);
  }
  return found;
}

function parentOf(path: string): string[] {
  return path.split('.').slice(0, -1);
}

function push<K>(map: Map<K, string[]>, key: K, text: string): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [text]);
  else list.push(text);
}

function keyOf(property: t.ObjectExpression['properties'][number]): string | null {
  if (property.type === 'SpreadElement' || property.computed) return null;
  const { key } = property;
  if (key.type === 'Identifier') return key.name;
  return key.type === 'StringLiteral' ? key.value : null;
}

/** The edit that writes `added`, source texts by name, into the literal that made an object; null where none stands there, or it may hold them. */
export function insertInto(m: Machine, object: Obj, added: ReadonlyMap<string, string>): TextEdit | null {
  const node = object.literal as t.ObjectExpression | null;
  const file = object.place?.file;
  const text = file === undefined ? null : m.sourceText(file);
  if (node === null || file === undefined || text === null || lineBreaks.test(text)) return null;
  if (text[node.start!] !== '{' || text[node.end! - 1] !== '}') return null;
  if ([...added.keys()].some((name) => mayHold(node, name))) return null;
  return insertion(
    { node, file, text },
    [...added].map(([name, value]) => `${name}: ${value}`),
  );
}

/** The edit that writes an argument behind the last one, which ends at `offset`. */
export function appendArgument(m: Machine, file: string, offset: number, argument: string): TextEdit | null {
  const text = m.sourceText(file);
  if (text === null || lineBreaks.test(text)) return null;
  const at = positionOf(text, offset);
  return { file, start: at, end: at, text: `, ${argument}` };
}

/** Whether the literal writes the property itself, or may by a computed key. What it spreads is known not to hold it. */
function mayHold(node: t.ObjectExpression, name: string): boolean {
  return node.properties.some((property) => {
    if (property.type === 'SpreadElement') return false;
    const key = keyOf(property);
    return key === null || key === name;
  });
}

/** The one `name: value` of a literal; null where it is written otherwise. */
function plainProperty(node: t.ObjectExpression | null, name: string): t.ObjectProperty | null {
  const found = (node?.properties ?? []).filter(
    (property) => property.type !== 'SpreadElement' && keyOf(property) === name,
  );
  return found.length === 1 && found[0]!.type === 'ObjectProperty' ? found[0]! : null;
}

/** Writes properties behind the last one, in its manner; before the first where a spread may bring its own. */
function insertion({ node, file, text }: Literal, added: readonly string[]): TextEdit {
  const [first] = node.properties;
  const last = node.properties.at(-1);
  if (first === undefined || last === undefined) {
    const inner = text.slice(node.start! + 1, node.end! - 1);
    const at = positionOf(text, node.start! + 1);
    return { file, start: at, end: at, text: ` ${added.join(', ')}${inner === '' ? ' ' : ''}` };
  }
  const lineStart = text.lastIndexOf('\n', first.start! - 1) + 1;
  const indent = text.slice(lineStart, first.start!);
  const lines = /^[ \t]+$/.test(indent);
  const ending = lines ? (text[lineStart - 2] === '\r' ? '\r\n' : '\n') : '';
  const between = lines ? `,${ending}${indent}` : ', ';
  if (node.properties.some((property) => property.type === 'SpreadElement')) {
    const at = positionOf(text, first.start!);
    return { file, start: at, end: at, text: `${added.join(between)}${between}` };
  }
  const at = positionOf(text, last.end!);
  return { file, start: at, end: at, text: added.map((property) => `${between}${property}`).join('') };
}

function replacement({ file, text }: Literal, start: number, end: number, by: string): TextEdit {
  return { file, start: positionOf(text, start), end: positionOf(text, end), text: by };
}

/** Line and column, from 1, of an offset. */
function positionOf(text: string, offset: number): TextEdit['start'] {
  let line = 1;
  let lineStart = 0;
  for (let at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) {
    line++;
    lineStart = at + 1;
  }
  return { line, column: offset - lineStart + 1 };
}
