/** Turns the entries of a lockfile of yarn 1 and the manifests under it into the graph of its packages. */
import { satisfies } from 'semver';
import { InputError } from '../../model/input-error.ts';
import type { Lockfile, Requirement } from '../../model/lockfile.ts';
import { isPackageName } from './entry-checks.ts';
import { readVersionNumber } from './lockfile-entry.ts';
import type { LockfileMember } from './lockfile-member.ts';
import { manifestRequirements } from './manifest-requirements.ts';
import {
  type GrowingPackage,
  linkedDirectory,
  type UnflaggedPackage,
  withReachFlags,
} from './reach-flags.ts';
import { localDirectory, nameInRegistry, parseAlias, parseDescriptor } from './yarn-descriptor.ts';
import { blockOf, textOf, type YarnEntry, yarnRepair } from './yarn-syntax.ts';

/**
 * An entry's keys are the requests (`name@range`) that it answers. The repository's own packages have no entries: what they ask for is in
 * their manifests, and a request that names one of them and admits its version means that one.
 * Source: yarn 1.22, src/lockfile/index.js, src/package-request.js, src/workspace-layout.js.
 * @throws InputError where an entry is none that yarn writes.
 */
export function readYarnClassic(
  file: string,
  text: string,
  entries: readonly YarnEntry[],
  members: readonly LockfileMember[],
): Lockfile {
  checkVersion(file, text);
  const packages = new Map<string, GrowingPackage>();
  const locations = new Map<string, string>();
  for (const entry of entries) {
    const read = readEntry(file, entry);
    const known = packages.get(read.location);
    if (known === undefined) packages.set(read.location, read);
    else for (const [name, asked] of read.requirements) known.requirements.set(name, asked);
    for (const key of entry.keys) locations.set(key, read.location);
  }
  for (const { location, manifest } of members) {
    packages.set(location, {
      location,
      name: manifest.name ?? '',
      version: readVersionNumber(manifest.version),
      own: true,
      edges: new Map(),
      requirements: manifestRequirements(manifest),
      line: null,
    });
  }
  const requests = new Requests(locations, members);
  for (const each of [...packages.values()]) {
    for (const [name, { range, type }] of each.requirements) {
      if (range === null) continue;
      const target =
        type === 'peer'
          ? requests.provided(name)
          : (requests.resolve(each, name, range) ?? directoryBehind(packages, each, name, range));
      if (target !== null) each.edges.set(name, target);
    }
  }
  return {
    file,
    manager: 'yarn',
    version: 1,
    packages: withReachFlags(
      packages,
      members.map(({ location }) => location),
    ),
  };
}

/** As yarn 1 itself looks for it, in the comments. */
function checkVersion(file: string, text: string): void {
  const found = /^# yarn lockfile v(\d{1,9})\s*$/m.exec(text);
  if (found === null || Number(found[1]) <= 1) return;
  throw new InputError(
    'its version is not one that express-gate reads, which are that of yarn 1 and those of yarn 2 to 4: write it with one of these',
    { file, line: text.slice(0, found.index).split('\n').length, column: 1 },
  );
}

function readEntry(file: string, { keys, line, fields }: YarnEntry): GrowingPackage {
  const key = keys[0]!;
  const refuse = (problem: string): never => {
    const shown = key.length > 100 ? `${key.slice(0, 100)}…` : key;
    throw new InputError(`the entry \`${shown}\` ${problem}: ${yarnRepair}`, { file, line, column: 1 });
  };
  const version = textOf(fields, 'version') ?? refuse('has no version');
  const { name: installed, range } = parseDescriptor(key);
  const alias = parseAlias(range);
  // yarn writes a name where the key does not say it, and also beside an alias, where it is the alias.
  const name = alias?.name ?? nameInRegistry(range) ?? textOf(fields, 'name') ?? installed;
  if (!isPackageName(name)) refuse('is named as no package can be');
  const directory = localDirectory(range, '');
  // A git address, an archive or a directory is no release of the registry, though it may have the same name and version.
  const isRelease = alias !== null || !/[:/]/.test(range);
  const requirements = new Map<string, Requirement>();
  for (const [field, type] of [
    ['dependencies', 'production'],
    ['optionalDependencies', 'optional'],
  ] as const) {
    for (const [dependency, asked] of blockOf(fields, field))
      if (typeof asked === 'string') requirements.set(dependency, { range: asked, type });
  }
  return {
    location: directory ?? `${name}@${isRelease ? version : range}`,
    name,
    version: readVersionNumber(version),
    own: directory !== null,
    edges: new Map(),
    requirements,
    line,
  };
}

/** Finds what a request means. */
class Requests {
  readonly #locations: ReadonlyMap<string, string>;
  readonly #own = new Map<string, LockfileMember>();
  readonly #directories: ReadonlySet<string>;
  /** By name of the package that is replaced: where the replacement counts (`a/**`), and its range. */
  readonly #resolutions = new Map<string, { readonly parent: string | null; readonly range: string }[]>();
  readonly #root: LockfileMember | undefined;

  constructor(locations: ReadonlyMap<string, string>, members: readonly LockfileMember[]) {
    this.#locations = locations;
    this.#directories = new Set(members.map(({ location }) => location));
    this.#root = members.find(({ location }) => location === '');
    for (const member of members) {
      const { name, version } = member.manifest;
      if (member !== this.#root && name !== undefined && version !== undefined) this.#own.set(name, member);
    }
    for (const [pattern, range] of Object.entries(this.#root?.manifest.resolutions ?? {})) {
      const names = pattern.match(/(?:@[^/]+\/)?[^/]+/g) ?? [];
      const name = names.at(-1);
      if (name === undefined) continue;
      const parent = names.at(-2) ?? '**';
      const resolution = { parent: parent.includes('*') ? null : parent, range };
      const same = this.#resolutions.get(name);
      if (same === undefined) this.#resolutions.set(name, [resolution]);
      else same.push(resolution);
    }
  }

  resolve(from: UnflaggedPackage, name: string, range: string): string | null {
    const own = this.#own.get(name);
    if (own !== undefined && isSatisfiedBy(range, own.manifest.version!)) return own.location;
    const directory = localDirectory(range, from.own ? from.location : '');
    if (directory !== null && this.#directories.has(directory)) return directory;
    // Where `resolutions` replace a package, yarn writes the request that was made beside the one that replaced it.
    return (
      this.#locations.get(`${name}@${range}`) ??
      this.#replaced(from, name) ??
      (from.own ? this.#locations.get(name) : undefined) ??
      null
    );
  }

  /** yarn 1 installs no peers and locks none: one that a package of the repository asks for is found where the root has it. */
  provided(name: string): string | null {
    const root = this.#root;
    const asked = root === undefined ? undefined : manifestRequirements(root.manifest).get(name);
    if (asked === undefined || asked.type === 'peer') return null;
    return this.#locations.get(`${name}@${asked.range}`) ?? null;
  }

  #replaced(from: UnflaggedPackage, name: string): string | undefined {
    const resolutions = this.#resolutions.get(name) ?? [];
    const found =
      resolutions.find(({ parent }) => parent === from.name) ??
      resolutions.find(({ parent }) => parent === null);
    return found === undefined ? undefined : this.#locations.get(`${name}@${found.range}`);
  }
}

function isSatisfiedBy(range: string, version: string): boolean {
  // Not yarn 1's own, but what manifests say that were written for others.
  if (range.startsWith('workspace:')) return true;
  return satisfies(version, range, { loose: true });
}

/** A directory that is linked to is no entry: yarn has nothing to lock there. */
function directoryBehind(
  packages: Map<string, GrowingPackage>,
  from: UnflaggedPackage,
  name: string,
  range: string,
): string | null {
  const directory = from.own ? localDirectory(range, from.location) : null;
  if (directory === null) return null;
  if (!packages.has(directory)) packages.set(directory, linkedDirectory(directory, name));
  return directory;
}
