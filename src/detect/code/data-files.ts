/** Turns the texts of data files (JSON, JSON5, YAML, TOML, ini, properties) into their content, each value with its place in the file. */
import type * as t from '@babel/types';
import { decode as parseIni } from 'ini';
import { parse as parseToml } from 'smol-toml';
import {
  type Alias,
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseAllDocuments,
  type Scalar,
} from 'yaml';
import type { Machine } from './machine.ts';
import { parseJsonTree } from './resolve-module.ts';
import { known, type Place, type Span, unknown, type Val } from './values.ts';

export type DataFormat = 'json' | 'yaml' | 'toml' | 'ini' | 'properties';

/** A value of a data file; aliases of YAML make it a graph. */
export type DataNode =
  | {
      readonly span: Span;
      readonly value: string | number | boolean | bigint | null;
      readonly exact: boolean;
    }
  | { readonly span: Span; readonly items: readonly DataNode[] }
  | { readonly span: Span; readonly entries: ReadonlyMap<string, Entry> };

interface Entry {
  /** Where the key stands, to the end of its value. */
  readonly span: Span;
  readonly node: DataNode;
}

/** Larger files hold data, not settings; the parser of YAML takes up to 10 ms for a kilobyte of what is none. */
const maxLength: Readonly<Record<DataFormat, number>> = {
  json: 262_144,
  yaml: 49_152,
  toml: 65_536,
  ini: 65_536,
  properties: 65_536,
};
const maxNodes = 20_000;
const maxDepth = 64;

const parsed = new Map<string, readonly DataNode[] | null>();
const maxParsed = 500;

/** The format of a file by its name; null where it is none of these. */
export function dataFormat(path: string): DataFormat | null {
  const ending = /\.(json|jsonc|json5|ya?ml|toml|ini|properties)$/i.exec(path)?.[1]?.toLowerCase();
  if (ending === undefined) return /(?:^|\/)\.[^./]+rc$/.test(path) ? 'json' : null;
  if (ending.startsWith('json')) return 'json';
  return ending === 'yml' ? 'yaml' : (ending as DataFormat);
}

/**
 * The documents of a text (one, but in YAML), or null where it does not parse or is very large. JSON is read as JSON5, which every JSON is.
 * Each text is parsed once, and counts as work of the program each time.
 */
export function parseDataFile(m: Machine, text: string, format: DataFormat): readonly DataNode[] | null {
  if (text.length > maxLength[format]) return null;
  // JSON is read fast, and its parts count as they are made.
  if (format !== 'json') m.state.onWork(text.length * (format === 'yaml' ? 4 : 1));
  const key = `${format}:${text}`;
  let documents = parsed.get(key);
  if (documents === undefined) {
    documents = parse(text, format);
    if (parsed.size >= maxParsed) parsed.clear();
    parsed.set(key, documents);
  }
  return documents;
}

function parse(text: string, format: DataFormat): readonly DataNode[] | null {
  try {
    switch (format) {
      case 'json': {
        const tree = parseJsonTree(text);
        const node = tree === null ? null : fromSyntax(tree, 0);
        return node === null ? null : [node];
      }
      case 'yaml':
        return parseYaml(text);
      case 'toml':
        return [fromPlain(parseToml(text, { integersAsBigInt: false }), [], linesOf(text), 0)];
      case 'ini':
        return [fromPlain(parseIni(text), [], linesOf(text), 0)];
      case 'properties':
        return [fromPlain(parseProperties(text), [], linesOf(text), 0)];
    }
  } catch {
    // Not of this format, or nested past the stack.
    return null;
  }
}

/** JSON and JSON5 are JavaScript literals. */
function fromSyntax(node: t.Node, depth: number): DataNode | null {
  const span = node.loc!;
  if (depth > maxDepth) return null;
  switch (node.type) {
    case 'StringLiteral':
    case 'NumericLiteral':
    case 'BooleanLiteral':
      return { span, value: node.value, exact: true };
    case 'NullLiteral':
      return { span, value: null, exact: true };
    case 'Identifier':
      return node.name === 'Infinity' || node.name === 'NaN'
        ? { span, value: Number(node.name), exact: true }
        : null;
    case 'UnaryExpression': {
      const inner = fromSyntax(node.argument, depth + 1);
      if (inner === null || !('value' in inner) || typeof inner.value !== 'number') return null;
      return { span, value: node.operator === '-' ? -inner.value : inner.value, exact: true };
    }
    case 'ArrayExpression': {
      const items = node.elements.map((element) =>
        element === null ? null : fromSyntax(element, depth + 1),
      );
      return items.every((item) => item !== null) ? { span, items } : null;
    }
    case 'ObjectExpression': {
      const entries = new Map<string, Entry>();
      for (const property of node.properties) {
        if (property.type !== 'ObjectProperty' || property.computed) return null;
        const { key } = property;
        const value = fromSyntax(property.value, depth + 1);
        if (value === null) return null;
        const name =
          key.type === 'Identifier'
            ? key.name
            : key.type === 'StringLiteral' || key.type === 'NumericLiteral'
              ? String(key.value)
              : null;
        if (name === null) return null;
        entries.set(name, { span: property.loc!, node: value });
      }
      return { span, entries };
    }
    default:
      return null;
  }
}

function parseYaml(text: string): readonly DataNode[] | null {
  const lines = new LineCounter();
  const documents = parseAllDocuments(text, {
    lineCounter: lines,
    logLevel: 'silent',
    merge: true,
    uniqueKeys: false,
    prettyErrors: false,
  });
  if (!Array.isArray(documents)) return [{ span: fileStart, value: null, exact: false }];
  const nodes: DataNode[] = [];
  for (const document of documents) {
    if (document.errors.length > 0) return null;
    nodes.push(new YamlReader(document, lines).read(document.contents, 0));
  }
  return nodes;
}

class YamlReader {
  private readonly document: Document;
  private readonly lines: LineCounter;
  private readonly done = new Map<Node, DataNode>();
  private count = 0;

  constructor(document: Document, lines: LineCounter) {
    this.document = document;
    this.lines = lines;
  }

  /** @throws RangeError where it is nested too deeply or is too much. */
  read(node: Node | null, depth: number): DataNode {
    if (node === null) return { span: fileStart, value: null, exact: false };
    if (++this.count > maxNodes || depth > maxDepth) throw new RangeError('too much');
    const done = this.done.get(node);
    if (done !== undefined) return done;
    const span = this.span(node, node);
    if (isAlias(node)) return this.read((node as Alias).resolve(this.document) ?? null, depth + 1);
    if (isScalar(node)) {
      const value = node.value;
      const plain = value === null || ['string', 'number', 'boolean', 'bigint'].includes(typeof value);
      return { span, value: plain ? (value as string) : String(node.source ?? ''), exact: true };
    }
    if (isSeq(node)) {
      const items: DataNode[] = [];
      const made: DataNode = { span, items };
      this.done.set(node, made);
      for (const item of node.items) items.push(this.read(item as Node | null, depth + 1));
      return made;
    }
    const entries = new Map<string, Entry>();
    const made: DataNode = { span, entries };
    this.done.set(node, made);
    if (!isMap(node)) return made;
    for (const { key, value } of node.items) {
      const name = !isScalar(key) ? null : typeof key.value === 'symbol' ? '<<' : String(key.value);
      if (name === null) continue;
      const content = this.read(value as Node | null, depth + 1);
      if (typeof (key as Scalar).value === 'symbol') this.merge(entries, content);
      else {
        entries.delete(name);
        entries.set(name, {
          span: this.span(key as Node, (value as Node | null) ?? (key as Node)),
          node: content,
        });
      }
    }
    return made;
  }

  /** `<<: *base`: what the map itself has not. */
  private merge(entries: Map<string, Entry>, content: DataNode): void {
    for (const source of 'items' in content ? content.items : [content]) {
      if (!('entries' in source)) continue;
      for (const [key, entry] of source.entries) {
        if (++this.count > maxNodes) throw new RangeError('too much');
        if (!entries.has(key)) entries.set(key, entry);
      }
    }
  }

  private span(from: Node, to: Node): Span {
    const [start] = from.range ?? [0];
    const [, end] = to.range ?? [0, start];
    const at = (offset: number): Span['start'] => {
      const { line, col } = this.lines.linePos(offset);
      return { line: Math.max(line, 1), column: Math.max(col - 1, 0) };
    };
    return { start: at(start), end: at(end) };
  }
}

const fileStart: Span = { start: { line: 1, column: 0 }, end: { line: 1, column: 0 } };

/** The parsers of TOML and ini give no places: the lines on which a key of a section is written, by `section.key`. */
function linesOf(text: string): ReadonlyMap<string, Span> {
  const found = new Map<string, Span>();
  let section = '';
  let quote: string | null = null;
  for (const [index, line] of text.split('\n').entries()) {
    const inside = quote !== null;
    for (const mark of ['"""', "'''"]) {
      if (quote !== null && quote !== mark) continue;
      if ((line.split(mark).length - 1) % 2 === 1) quote = quote === null ? mark : null;
    }
    if (inside) continue;
    const trimmed = line.trim();
    const header = /^\[{1,2}([^[\]]{1,200})\]/.exec(trimmed)?.[1];
    if (header !== undefined) {
      section = `${dotted(header)}.`;
      continue;
    }
    const key = /^["']?([^=:#;"'\s][^=:"']{0,200})["']?\s*[=:]/.exec(trimmed)?.[1];
    if (key === undefined) continue;
    const name = section + dotted(key);
    const column = line.length - line.trimStart().length;
    if (!found.has(name))
      found.set(name, {
        start: { line: index + 1, column },
        end: { line: index + 1, column: line.trimEnd().length },
      });
  }
  return found;
}

function dotted(key: string): string {
  return key
    .split('.')
    .map((part) => part.trim().replace(/^["']|["']$/g, ''))
    .join('.');
}

function fromPlain(
  value: unknown,
  path: readonly string[],
  lines: ReadonlyMap<string, Span>,
  depth: number,
): DataNode {
  if (depth > maxDepth) throw new RangeError('nested too deeply');
  const span = lines.get(path.join('.')) ?? fileStart;
  if (Array.isArray(value))
    return { span, items: value.map((item) => fromPlain(item, path, lines, depth + 1)) };
  if (value instanceof Date) return { span, value: value.toISOString(), exact: false };
  if (typeof value === 'object' && value !== null) {
    const entries = new Map<string, Entry>();
    for (const [key, item] of Object.entries(value)) {
      const node = fromPlain(item, [...path, key], lines, depth + 1);
      entries.set(key, { span: node.span, node });
    }
    return { span, entries };
  }
  const plain = ['string', 'number', 'boolean', 'bigint'].includes(typeof value);
  return { span, value: plain ? (value as string) : null, exact: false };
}

/** Java's properties as far as they are plain: `a.b = value` makes an object of `a` (properties 1.2, option `namespaces`). */
function parseProperties(text: string): Record<string, unknown> {
  const root: Record<string, unknown> = Object.create(null);
  let section = '';
  for (const line of text.split('\n')) {
    const trimmed = line.trim();
    if (trimmed === '' || trimmed.startsWith('#') || trimmed.startsWith('!') || trimmed.startsWith(';'))
      continue;
    const header = /^\[([^[\]]{1,200})\]$/.exec(trimmed)?.[1];
    if (header !== undefined) {
      section = `${header}.`;
      continue;
    }
    const split = trimmed.search(/[=:]/);
    const key = section + (split === -1 ? trimmed : trimmed.slice(0, split).trim());
    const value = split === -1 ? '' : trimmed.slice(split + 1).trim();
    const parts = key.split('.');
    let at = root;
    for (const part of parts.slice(0, -1)) {
      const next = at[part];
      if (typeof next === 'object' && next !== null) at = next as Record<string, unknown>;
      else {
        const made: Record<string, unknown> = Object.create(null);
        at[part] = made;
        at = made;
      }
    }
    at[parts.at(-1)!] = propertyValue(value);
  }
  return root;
}

function propertyValue(text: string): string | number | boolean | null {
  if (text === 'true' || text === 'false') return text === 'true';
  if (text === '') return null;
  return Number.isNaN(Number(text)) ? text : Number(text);
}

/** The abstract value of a data file's content; where a part stands is told by `placeOf`. */
export function fromDataNode(m: Machine, node: DataNode, placeOf: (span: Span) => Place, inFile = true): Val {
  const done = new Map<DataNode, Val>();
  const build = (at: DataNode, span: Span): Val => {
    const old = done.get(at);
    if (old !== undefined) return old;
    m.step();
    if ('value' in at)
      return known(at.value, at.exact && inFile ? { ...placeOf(at.span), literal: true } : placeOf(span));
    if ('items' in at) {
      const list = m.array([], placeOf(span));
      done.set(at, list);
      list.elements = at.items.map((item) => ({ value: build(item, item.span), place: placeOf(item.span) }));
      return list;
    }
    const made = m.object(placeOf(span));
    done.set(at, made);
    for (const [key, entry] of at.entries)
      made.slots.set(key, { value: build(entry.node, entry.span), place: placeOf(entry.span) });
    return made;
  };
  return build(node, node.span);
}

/** What a file of the repository holds, each value with its place there. */
export function readDataFile(m: Machine, path: string, text: string, format: DataFormat): Val {
  const [node] = parseDataFile(m, text, format) ?? [];
  if (node === undefined)
    return unknown({
      kind: 'file',
      text: `it is read from \`${path}\`, which does not parse or is very large`,
    });
  return fromDataNode(m, node, (span) => ({ file: path, span }));
}

/**
 * The documents in a text that the program has: with their places where it is all of a file of the repository, else at `place`.
 * Null where it does not parse.
 */
export function readDataText(m: Machine, value: Val, format: DataFormat, place: Place): Val[] | null {
  if (value.kind !== 'known' || typeof value.value !== 'string') return null;
  const file = m.filesRead.get(value.value.trim());
  const text = file === undefined ? value.value : (m.sourceText(file) ?? value.value);
  const documents = parseDataFile(m, text, format);
  if (documents === null) return null;
  const at = value.trace?.place ?? place;
  const placeOf = (span: Span): Place => (file === undefined ? at : { file, span });
  return documents.map((node) => fromDataNode(m, node, placeOf, file !== undefined));
}
