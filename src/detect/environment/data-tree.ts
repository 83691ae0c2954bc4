/** Turns JSON, YAML and TOML into one tree of data in which every value has its place in the file. */
import type * as t from '@babel/types';
import { parse as parseToml } from 'smol-toml';
import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseAllDocuments, type Range } from 'yaml';
import type { Location } from '../../model/location.ts';
import { parseJsonTree } from '../code/resolve-module.ts';

/** `text` of a scalar is how a variable would hold it; null where it is none that a reader could know (a tag, `null`). */
export type DataNode =
  | { readonly kind: 'scalar'; readonly text: string | null; readonly location: Location }
  | { readonly kind: 'map'; readonly entries: readonly DataEntry[]; readonly location: Location }
  | { readonly kind: 'list'; readonly items: readonly DataNode[]; readonly location: Location };

export interface DataEntry {
  readonly key: string;
  /** From the key to the value's end. */
  readonly location: Location;
  readonly value: DataNode;
}

/** Larger files are data. */
const maxLength = 131_072;
const maxNodes = 20_000;
const maxDepth = 40;
const maxDocuments = 50;

/** The value of a key; null where the node is no mapping or has none. Where a key stands twice the last counts, as parsers have it. */
export function valueAt(node: DataNode | null, ...path: readonly string[]): DataNode | null {
  let at = node;
  for (const key of path) {
    if (at?.kind !== 'map') return null;
    at = at.entries.findLast((entry) => entry.key === key)?.value ?? null;
  }
  return at;
}

export function textAt(node: DataNode | null, ...path: readonly string[]): string | null {
  const found = valueAt(node, ...path);
  return found?.kind === 'scalar' ? found.text : null;
}

export function itemsOf(node: DataNode | null): readonly DataNode[] {
  return node?.kind === 'list' ? node.items : [];
}

export function entriesOf(node: DataNode | null): readonly DataEntry[] {
  return node?.kind === 'map' ? node.entries : [];
}

/** JSON, with comments and trailing commas; null where it does not parse. */
export function jsonTree(text: string, file: string): DataNode | null {
  if (text.length > maxLength) return null;
  const tree = parseJsonTree(text);
  return tree === null ? null : fromSyntax(tree, file, 0);
}

function fromSyntax(node: t.Node, file: string, depth: number): DataNode {
  const location = locate(node, file);
  if (depth > maxDepth) return { kind: 'scalar', text: null, location };
  switch (node.type) {
    case 'StringLiteral':
      return { kind: 'scalar', text: node.value, location };
    case 'NumericLiteral':
    case 'BooleanLiteral':
      return { kind: 'scalar', text: String(node.value), location };
    case 'ArrayExpression':
      return {
        kind: 'list',
        items: node.elements.flatMap((element) =>
          element === null ? [] : [fromSyntax(element, file, depth + 1)],
        ),
        location,
      };
    case 'ObjectExpression':
      return {
        kind: 'map',
        entries: node.properties.flatMap((property) => {
          if (property.type !== 'ObjectProperty' || property.computed) return [];
          const key =
            property.key.type === 'StringLiteral'
              ? property.key.value
              : property.key.type === 'Identifier'
                ? property.key.name
                : null;
          if (key === null) return [];
          return [
            { key, location: locate(property, file), value: fromSyntax(property.value, file, depth + 1) },
          ];
        }),
        location,
      };
    default:
      return { kind: 'scalar', text: null, location };
  }
}

function locate(node: t.Node, file: string): Location {
  const { start, end } = node.loc ?? { start: { line: 1, column: 0 }, end: { line: 1, column: 0 } };
  return {
    file,
    line: start.line,
    column: start.column + 1,
    endLine: end.line,
    endColumn: end.column + 1,
  };
}

/** The documents of a YAML file; those that do not parse are left out. */
export function yamlTrees(text: string, file: string): DataNode[] {
  if (text.length > maxLength) return [];
  const lines = new LineCounter();
  try {
    const documents = parseAllDocuments(text, {
      lineCounter: lines,
      uniqueKeys: false,
      prettyErrors: false,
      merge: true,
      logLevel: 'silent',
    });
    if (!Array.isArray(documents)) return [];
    return documents.slice(0, maxDocuments).flatMap((document) => {
      if (document.errors.length > 0 || document.contents === null) return [];
      return [new YamlReader(document, lines, file).read(document.contents, 0)];
    });
  } catch {
    return [];
  }
}

type YamlDocument = { readonly contents: Node | null } & Parameters<typeof resolveAlias>[1];

function resolveAlias(
  node: Node,
  document: Parameters<Extract<Node, { resolve: unknown }>['resolve']>[0],
): Node | null {
  return isAlias(node) ? (node.resolve(document) ?? null) : node;
}

class YamlReader {
  private readonly document: YamlDocument;
  private readonly lines: LineCounter;
  private readonly file: string;
  private nodes = 0;

  constructor(document: YamlDocument, lines: LineCounter, file: string) {
    this.document = document;
    this.lines = lines;
    this.file = file;
  }

  read(written: Node | null, depth: number): DataNode {
    const location = this.locate(written?.range, written?.range);
    const nothing: DataNode = { kind: 'scalar', text: null, location };
    // Aliases of aliases can stand for more nodes than the file has bytes.
    if (written === null || depth > maxDepth || ++this.nodes > maxNodes) return nothing;
    const node = resolveAlias(written, this.document);
    if (isScalar(node)) {
      // `!Ref Name` and its like are asked of something else.
      const own = node.tag === undefined || node.tag.startsWith('tag:yaml.org,2002:');
      const plain = node.type === 'PLAIN' && typeof node.value !== 'string';
      const text =
        node.value === null || !own ? null : plain ? (node.source ?? String(node.value)) : String(node.value);
      return { kind: 'scalar', text, location };
    }
    if (isSeq(node))
      return {
        kind: 'list',
        items: node.items.map((item) => this.read(item as Node | null, depth + 1)),
        location,
      };
    if (!isMap(node)) return nothing;
    const entries: DataEntry[] = [];
    for (const pair of node.items) {
      const key = pair.key as Node | null;
      if (!isScalar(key)) continue;
      const value = pair.value as Node | null;
      if (key.value === '<<' || typeof key.value === 'symbol') {
        const merged = this.read(value, depth + 1);
        // What is merged in gives way to what is written.
        for (const from of merged.kind === 'list' ? [...merged.items].reverse() : [merged])
          entries.unshift(...entriesOf(from));
        continue;
      }
      entries.push({
        key: String(key.source ?? key.value),
        location: this.locate(key.range, value?.range ?? key.range),
        value: this.read(value, depth + 1),
      });
    }
    return { kind: 'map', entries, location };
  }

  private locate(from: Range | null | undefined, to: Range | null | undefined): Location {
    const start = this.lines.linePos(from?.[0] ?? 0);
    const end = this.lines.linePos(to?.[1] ?? from?.[1] ?? 0);
    return {
      file: this.file,
      line: Math.max(start.line, 1),
      column: Math.max(start.col, 1),
      endLine: Math.max(end.line, 1),
      endColumn: Math.max(end.col, 1),
    };
  }
}

/** TOML; null where it does not parse. Places are those of the lines in which keys stand: the parser tells none. */
export function tomlTree(text: string, file: string): DataNode | null {
  if (text.length > maxLength) return null;
  let data: unknown;
  try {
    data = parseToml(text);
  } catch {
    return null;
  }
  return fromData(data, [], tomlPlaces(text, file), file, 0);
}

/** Where each key stands, by its whole path. */
function tomlPlaces(text: string, file: string): Map<string, Location> {
  const places = new Map<string, Location>();
  let table: string[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    const header = /^\s*\[\[?([^[\]]+)\]\]?/.exec(line);
    if (header !== null) {
      table = keyParts(header[1]!);
      continue;
    }
    const equals = line.indexOf('=');
    if (equals === -1 || /^\s*#/.test(line)) continue;
    const at = (path: readonly string[], from: number, to: number): void => {
      const column = from + 1;
      const key = path.join('\n');
      if (!places.has(key))
        places.set(key, { file, line: index + 1, column, endLine: index + 1, endColumn: to + 1 });
    };
    const path = [...table, ...keyParts(line.slice(0, equals))];
    const { length } = line.trimEnd();
    at(path, line.length - line.trimStart().length, length);
    // An inline table has its keys in the same line.
    for (const inner of line.slice(equals + 1).matchAll(/([\w-]+)\s*=/g))
      at([...path, inner[1]!], equals + 1 + inner.index, length);
  }
  return places;
}

function keyParts(text: string): string[] {
  return text.split('.').map((part) => part.trim().replace(/^(["'])(.*)\1$/, '$2'));
}

function fromData(
  data: unknown,
  path: readonly string[],
  places: ReadonlyMap<string, Location>,
  file: string,
  depth: number,
): DataNode {
  const location = places.get(path.join('\n')) ?? { file, line: 1, column: 1, endLine: 1, endColumn: 1 };
  if (depth > maxDepth) return { kind: 'scalar', text: null, location };
  if (Array.isArray(data))
    return {
      kind: 'list',
      items: data.map((item) => fromData(item, path, places, file, depth + 1)),
      location,
    };
  if (typeof data === 'object' && data !== null && !(data instanceof Date))
    return {
      kind: 'map',
      entries: Object.entries(data).map(([key, value]) => {
        const value_ = fromData(value, [...path, key], places, file, depth + 1);
        return { key, location: value_.location, value: value_ };
      }),
      location,
    };
  return { kind: 'scalar', text: data === undefined || data === null ? null : String(data), location };
}
