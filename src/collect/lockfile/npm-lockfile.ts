/** Turns the text of a package-lock.json or npm-shrinkwrap.json (versions 1, 2 and 3) into the graph of its packages. */
import { InputError } from '../../model/input-error.ts';
import type { LockedPackage, Lockfile } from '../../model/lockfile.ts';
import { isRecord, type JsonRecord } from '../json-record.ts';
import { checkPackageCount, isPackageName, locationProblem, splitLocation } from './entry-checks.ts';
import { findEntryLines } from './entry-lines.ts';
import { type LockfileEntry, recordOf } from './lockfile-entry.ts';
import { parseJsonLockfile, unknownVersion } from './lockfile-text.ts';
import { readNestedEntries } from './nested-entries.ts';
import { readPackageEntries } from './package-entries.ts';
import { EntryTree } from './resolution.ts';

const newestVersion = 3;

/**
 * Reads a lockfile of npm. As npm does, it goes by `packages` wherever there is one, and by the nested `dependencies` of version 1 else.
 * @param file the path for error messages, relative to the scanned directory.
 * @throws InputError with file, line and column where it is broken, left in a merge conflict, of an unknown version, or holds what npm never writes.
 */
export function readNpmLockfile(file: string, text: string): Lockfile {
  const data = parseJsonLockfile(file, text, {
    manager: 'npm',
    repair,
    conflict: 'run `npm install`, which resolves it',
  });
  const version = readVersion(file, text, data);
  const layout = Object.hasOwn(data, 'packages') && data.packages ? 'packages' : 'dependencies';
  checkPackageCount(file, Object.keys(recordOf(data, layout) ?? {}).length);
  const lines = findEntryLines(text, layout);
  // Those of version 1 are nested.
  checkPackageCount(file, lines.size);
  const refuse = (location: string, problem: string): never => {
    const shown = location.length > 100 ? `${location.slice(0, 100)}…` : location;
    throw new InputError(`the entry \`${shown}\` ${problem}: ${repair}`, {
      file,
      line: lines.get(location) ?? 1,
      column: 1,
    });
  };
  if (layout === 'dependencies' && version > 1 && !isRecord(data.dependencies)) {
    throw new InputError(`it holds neither \`packages\` nor \`dependencies\`: ${repair}`, {
      file,
      line: 1,
      column: 1,
    });
  }
  const entries = layout === 'packages' ? readPackageEntries(data, refuse) : readNestedEntries(data, refuse);
  for (const { location, name } of entries.values()) {
    const problem = locationProblem(location);
    if (problem !== null) refuse(location, problem);
    if (name !== null && !isPackageName(name)) refuse(location, 'is named as no package can be');
  }
  return { file, manager: 'npm', version, ...link(entries, lines, refuse) };
}

const repair = 'run `npm install`, which writes the lockfile anew, and commit the result';

/** npm before 5 wrote no version. */
function readVersion(file: string, text: string, data: JsonRecord): number {
  const version = Object.hasOwn(data, 'lockfileVersion') ? data.lockfileVersion : 1;
  if (typeof version === 'number' && Number.isInteger(version) && version >= 1 && version <= newestVersion)
    return version;
  throw unknownVersion(
    file,
    text,
    /^[ \t]*"lockfileVersion"/m,
    `its \`lockfileVersion\` is not 1, 2 or 3, the versions that express-gate reads: write it with \`npm install --lockfile-version=${newestVersion}\``,
  );
}

/** Resolves what every entry asks for. */
function link(
  entries: ReadonlyMap<string, LockfileEntry>,
  lines: ReadonlyMap<string, number>,
  refuse: (location: string, problem: string) => never,
): Pick<Lockfile, 'packages' | 'links'> {
  const tree = new EntryTree(entries.keys());
  const links = new Map<string, string>();
  for (const { location, target } of entries.values()) {
    if (target === null) continue;
    if (locationProblem(target) !== null) refuse(location, 'links to what is no directory of the repository');
    if (!entries.has(target)) refuse(location, 'links to a directory that the lockfile does not hold');
    if (entries.get(target)!.target !== null) refuse(location, 'links to another link');
    links.set(location, target);
  }
  const packages = new Map<string, LockedPackage>();
  for (const entry of entries.values()) {
    if (entry.target !== null) continue;
    const edges = new Map<string, string>();
    for (const name of entry.requirements?.keys() ?? entry.names) {
      const found = tree.resolve(entry.location, name);
      if (found !== null) edges.set(name, links.get(found) ?? found);
    }
    const installed = splitLocation(entry.location);
    packages.set(entry.location, {
      location: entry.location,
      name: entry.name ?? installed?.name ?? folderName(entry.location),
      version: entry.version,
      dev: entry.dev,
      optional: entry.optional,
      peer: entry.peer,
      own: installed === null,
      edges,
      ...(entry.requirements === null ? {} : { requirements: entry.requirements }),
      line: lines.get(entry.location) ?? null,
    });
  }
  return { packages, links };
}

/** What npm takes for the name of a directory's package where the lockfile does not write it. */
function folderName(location: string): string {
  const [scope = '', name = ''] = location.split('/').slice(-2);
  const found = scope.startsWith('@') ? `${scope}/${name}` : name || scope;
  return isPackageName(found) ? found : '';
}
