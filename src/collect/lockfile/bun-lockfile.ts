/** Turns the text of a bun.lock (lockfileVersion 0 to 2) into the graph of its packages. */
import { InputError } from '../../model/input-error.ts';
import type { Lockfile, Requirement } from '../../model/lockfile.ts';
import { isRecord, type JsonRecord, own } from '../json-record.ts';
import { checkPackageCount, isPackageName, locationProblem } from './entry-checks.ts';
import { findEntryLines } from './entry-lines.ts';
import { readVersionNumber, recordOf } from './lockfile-entry.ts';
import { parseJsonLockfile, unknownVersion } from './lockfile-text.ts';
import { type UnflaggedPackage, withReachFlags } from './reach-flags.ts';
import { EntryTree } from './resolution.ts';

type Draft = UnflaggedPackage & { readonly edges: Map<string, string> };

const newestVersion = 2;

const repair = 'run `bun install`, which writes the lockfile anew, and commit the result';

/** Later ones win: a package may stand in two of them. */
const fields = [
  ['devDependencies', 'development'],
  ['peerDependencies', 'peer'],
  ['dependencies', 'production'],
  ['optionalDependencies', 'optional'],
] as const;

/**
 * The keys of `packages` are the way to a package through node_modules (`express/qs`), which begins with the name of a workspace where it
 * lies in that one's directory. Locations are those of node_modules, for a key may be the same text as a workspace's directory.
 * Source: https://bun.com/docs/pm/lockfile and the type BunLockFile of bun-types.
 * @param file the path for error messages, relative to the scanned directory.
 * @throws InputError with file, line and column where it is broken, left in a merge conflict, of an unknown version, or holds what bun never writes.
 */
export function readBunLockfile(file: string, text: string): Lockfile {
  const plain = toJson(text);
  const data = parseJsonLockfile(file, plain, {
    manager: 'bun',
    repair,
    conflict: 'take one side of it whole, run `bun install`',
  });
  const version = readVersion(file, plain, data);
  checkPackageCount(file, Object.keys(recordOf(data, 'packages') ?? {}).length);
  const lines = findEntryLines(plain, 'packages');
  const refuse = (key: string, problem: string): never => {
    const shown = key.length > 100 ? `${key.slice(0, 100)}…` : key;
    throw new InputError(`the entry \`${shown}\` ${problem}: ${repair}`, {
      file,
      line: lines.get(key) ?? 1,
      column: 1,
    });
  };
  const packages = new Map<string, Draft>();
  const directories = new Map<string, string>();
  for (const [directory, written] of Object.entries(recordOf(data, 'workspaces') ?? {})) {
    if (!isRecord(written)) return refuse(directory, 'is no object');
    if (locationProblem(directory) !== null) return refuse(directory, 'is no directory of the repository');
    const name = own(written, 'name');
    if (directory !== '' && typeof name === 'string') directories.set(name, directory);
    packages.set(directory, {
      location: directory,
      name: typeof name === 'string' && isPackageName(name) ? name : '',
      version: readVersionNumber(own(written, 'version')),
      own: true,
      edges: new Map(),
      requirements: readRequirements(written, data),
      line: null,
    });
  }
  const members = [...packages.keys()];
  const links = new Map<string, string>();
  for (const [key, written] of Object.entries(recordOf(data, 'packages') ?? {})) {
    if (!Array.isArray(written) || typeof written[0] !== 'string')
      return refuse(key, 'is no list that begins with what it resolves to');
    const location = locationOf(key, directories);
    if (location === null || locationProblem(location) !== null)
      return refuse(key, 'lies at no path that bun writes');
    const { name, resolution } = splitResolution(written[0]);
    if (!isPackageName(name)) return refuse(key, 'is named as no package can be');
    const directory = /^workspace:(.*)$/.exec(resolution)?.[1] ?? (resolution === 'root:' ? '' : null);
    if (directory !== null && packages.get(directory)?.own) {
      links.set(location, directory);
      continue;
    }
    const info: JsonRecord = written.find(isRecord) ?? {};
    packages.set(location, {
      location,
      name,
      version: readVersionNumber(resolution),
      // A directory of the repository that is copied or linked to.
      own: /^(?:workspace|link|file):/.test(resolution) && !/\.t(?:ar\.)?gz$/.test(resolution),
      edges: new Map(),
      requirements: readRequirements(info, data),
      line: lines.get(key) ?? null,
    });
  }
  const tree = new EntryTree([...packages.keys(), ...links.keys()]);
  for (const { location, edges, requirements } of packages.values()) {
    for (const name of requirements!.keys()) {
      const found = tree.resolve(location, name);
      if (found !== null) edges.set(name, links.get(found) ?? found);
    }
  }
  return { file, manager: 'bun', version, packages: withReachFlags(packages, members), links };
}

function readVersion(file: string, text: string, data: JsonRecord): number {
  const version = own(data, 'lockfileVersion');
  if (typeof version === 'number' && Number.isInteger(version) && version >= 0 && version <= newestVersion)
    return version;
  throw unknownVersion(
    file,
    text,
    /^[ \t]*"lockfileVersion"/m,
    `its \`lockfileVersion\` is not 0, 1 or ${newestVersion}, the versions that express-gate reads: write it with \`bun install\` of bun 1.2 to 1.4`,
  );
}

/** Blanks out the commas that JSON does not have, and comments, so that every place stays where it is. */
function toJson(text: string): string {
  const pieces: string[] = [];
  let kept = 0;
  let comma = -1;
  const blank = (from: number, to: number): void => {
    pieces.push(text.slice(kept, from), text.slice(from, to).replace(/[^\n]/g, ' '));
    kept = to;
  };
  for (let at = 0; at < text.length; at++) {
    const character = text[at]!;
    if (character === '"') {
      at++;
      while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
      comma = -1;
    } else if (character === '/' && (text[at + 1] === '/' || text[at + 1] === '*')) {
      const found = text[at + 1] === '/' ? text.indexOf('\n', at) : text.indexOf('*/', at + 2) + 2;
      const end = found < at + 2 ? text.length : found;
      // The comma before it is blanked out first, should it be one too many: only what has not been passed can be.
      if (comma !== -1 && /^\s*[}\]]/.test(text.slice(end, end + 200))) blank(comma, comma + 1);
      comma = -1;
      blank(at, end);
      at = end - 1;
    } else if (character === ',') comma = at;
    else if ((character === '}' || character === ']') && comma !== -1) {
      blank(comma, comma + 1);
      comma = -1;
    } else if (character > ' ') comma = -1;
  }
  pieces.push(text.slice(kept));
  return pieces.join('');
}

/** Where node_modules would hold what a key leads to; null where it is no key. */
function locationOf(key: string, directories: ReadonlyMap<string, string>): string | null {
  const parts = key.split('/');
  const names: string[] = [];
  for (let at = 0; at < parts.length; at++)
    names.push(
      parts[at]!.startsWith('@') && at + 1 < parts.length ? `${parts[at]}/${parts[++at]}` : parts[at]!,
    );
  const directory = names.length > 1 ? directories.get(names[0]!) : undefined;
  const below = directory === undefined ? names : names.slice(1);
  const location = below.map((name) => `node_modules/${name}`).join('/');
  return names.every(isPackageName) ? `${directory === undefined ? '' : `${directory}/`}${location}` : null;
}

function splitResolution(text: string): { name: string; resolution: string } {
  const at = text.indexOf('@', 1);
  return at === -1
    ? { name: text, resolution: '' }
    : { name: text.slice(0, at), resolution: text.slice(at + 1) };
}

function readRequirements(written: JsonRecord, data: JsonRecord): Map<string, Requirement> {
  const optional = own(written, 'optionalPeers');
  // An optional peer is no reason for a package to be there: something else brought it.
  const optionalPeers = new Set<unknown>(Array.isArray(optional) ? optional : []);
  const requirements = new Map<string, Requirement>();
  for (const [field, type] of fields) {
    for (const [name, range] of Object.entries(recordOf(written, field) ?? {})) {
      if (typeof range !== 'string' || (type === 'peer' && optionalPeers.has(name))) continue;
      requirements.set(name, { range: catalogRange(data, name, range), type });
    }
  }
  return requirements;
}

/** What `catalog:` or `catalog:name` stands for; any other range as it is. */
function catalogRange(data: JsonRecord, name: string, range: string): string {
  if (!range.startsWith('catalog:')) return range;
  const catalog = range.slice('catalog:'.length);
  const ranges =
    catalog === '' ? recordOf(data, 'catalog') : recordOf(recordOf(data, 'catalogs') ?? {}, catalog);
  const found = ranges === null ? null : own(ranges, name);
  return typeof found === 'string' ? found : range;
}
