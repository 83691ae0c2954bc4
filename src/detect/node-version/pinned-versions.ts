/** Turns package.json and the files of version managers into what they say about the version of Node.js. */
import type { Location } from '../../model/location.ts';
import type { SnapshotFile } from '../../model/snapshot.ts';
import { directoryOf, joinPath } from '../code/resolve-module.ts';
import { type DataNode, itemsOf, jsonTree, textAt, tomlTree, valueAt } from '../environment/data-tree.ts';
import { valuePlace } from './value-place.ts';

/** A version as it is written, and where. */
export interface Pin {
  /** `engines`, `volta`, … or the name of the file. */
  readonly kind: string;
  readonly text: string;
  /** What stands there, where it is more than the version. */
  readonly written?: string;
  readonly location: Location;
}

export type Files = ReadonlyMap<string, SnapshotFile>;

/** Files of version managers, by the path below the directory that they are for. */
export const versionFiles = [
  '.nvmrc',
  '.node-version',
  '.tool-versions',
  'mise.toml',
  '.mise.toml',
  '.config/mise.toml',
] as const;

/** What such a file pins, null where it pins no Node.js. Of several versions the first counts, as version managers have it. */
export function readVersionFile({ path, text }: SnapshotFile): Pin | null {
  if (path.endsWith('.toml')) return readMise(path, text);
  const isList = path.endsWith('.tool-versions');
  for (const [index, line] of text.split('\n').slice(0, 200).entries()) {
    const written = line.split('#', 1)[0]!;
    const match = isList ? /^\s*node(?:js)?\s+(\S+)/.exec(written) : /^\s*(\S+)/.exec(written);
    if (match === null) continue;
    const value = match[1]!;
    const column = match[0].length - value.length + 1;
    const kind = path.slice(path.lastIndexOf('/') + 1);
    const location = {
      file: path,
      line: index + 1,
      column,
      endLine: index + 1,
      endColumn: column + value.length,
    };
    return { kind, text: value, location };
  }
  return null;
}

function readMise(path: string, text: string): Pin | null {
  const tools = valueAt(tomlTree(text, path), 'tools');
  const written = valueAt(tools, 'node') ?? valueAt(tools, 'nodejs');
  const first = written?.kind === 'list' ? (itemsOf(written)[0] ?? null) : written;
  const value =
    first?.kind === 'map' ? textAt(first, 'version') : first?.kind === 'scalar' ? first.text : null;
  return value === null || written === null
    ? null
    : { kind: 'mise.toml', text: value, location: valuePlace(text, written.location, value) };
}

/** `engines.node`, null where there is none. */
export function readEngines(manifest: SnapshotFile): Pin | null {
  return pinOf('engines', valueAt(jsonTree(manifest.text, manifest.path), 'engines', 'node'));
}

/** `devEngines.runtime` of package.json, an object or a list of them. */
export function readDevEngines(manifest: SnapshotFile): Pin | null {
  const runtime = valueAt(jsonTree(manifest.text, manifest.path), 'devEngines', 'runtime');
  const each = runtime?.kind === 'list' ? runtime.items : runtime === null ? [] : [runtime];
  const node = each.find((one) => textAt(one, 'name') === 'node') ?? null;
  return pinOf('devEngines', valueAt(node, 'version'));
}

const mostExtends = 5;

/** `volta.node`, also where `volta.extends` leads to another file that has it. */
export function readVolta(manifest: SnapshotFile, files: Files): Pin | null {
  let file: SnapshotFile | undefined = manifest;
  for (let step = 0; step < mostExtends && file !== undefined; step++) {
    const volta: DataNode | null = valueAt(jsonTree(file.text, file.path), 'volta');
    const pin = pinOf('volta', valueAt(volta, 'node'));
    if (pin !== null) return pin;
    const next: string | null = textAt(volta, 'extends');
    file = next === null ? undefined : files.get(joinPath(directoryOf(file.path), next) ?? '');
  }
  return null;
}

function pinOf(kind: string, node: DataNode | null): Pin | null {
  return node?.kind === 'scalar' && node.text !== null
    ? { kind, text: node.text, location: node.location }
    : null;
}
