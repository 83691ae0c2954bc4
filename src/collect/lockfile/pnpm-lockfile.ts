/** Turns the text of a pnpm-lock.yaml (lockfileVersion 5 to 9) into the graph of its packages. */
import { normalize } from 'node:path/posix';
import { InputError } from '../../model/input-error.ts';
import type { Lockfile } from '../../model/lockfile.ts';
import { isRecord, type JsonRecord, own } from '../json-record.ts';
import { checkPackageCount, isPackageName } from './entry-checks.ts';
import { readVersionNumber } from './lockfile-entry.ts';
import type { LockfileMember } from './lockfile-member.ts';
import { unknownVersion } from './lockfile-text.ts';
import { manifestRequirements } from './manifest-requirements.ts';
import { findPnpmLines, parsePnpmDocuments, pnpmRepair } from './pnpm-document.ts';
import { candidateKeys, parsePnpmKey, withoutPeers } from './pnpm-key.ts';
import { type GrowingPackage, linkedDirectory, withReachFlags } from './reach-flags.ts';

interface Peer {
  readonly range: string;
  readonly isOptional: boolean;
}

/** Later ones win. */
const importerFields = [
  ['devDependencies', 'development'],
  ['dependencies', 'production'],
  ['optionalDependencies', 'optional'],
] as const;

/**
 * @param file the path for error messages, relative to the scanned directory.
 * @param members the manifests under the lockfile: which dependencies are peers of a workspace stands only there.
 * @throws InputError with file, line and column where it is broken, left in a merge conflict, of an unknown version, or holds what pnpm never writes.
 */
export function readPnpmLockfile(file: string, text: string, members: readonly LockfileMember[]): Lockfile {
  // js-yaml takes ten times as long.
  const lines = findPnpmLines(text);
  checkPackageCount(file, lines.size);
  const { project, environment } = parsePnpmDocuments(file, text);
  const version = readVersion(file, text, project);
  const reading = new PnpmReading(file, version, lines, members);
  reading.addPackages(project);
  const importers = own(project, 'importers');
  // Before workspaces, and without any in version 5 and 6, the root's fields stand at the top.
  if (isRecord(importers))
    for (const [path, importer] of Object.entries(importers)) reading.addImporter(path, importer, project);
  else reading.addImporter('.', project, project);
  if (environment !== null) reading.addConfiguration(environment);
  reading.addOptionalPeers();
  const packages = withReachFlags(reading.packages, [...reading.importers]);
  return { file, manager: 'pnpm', version, packages };
}

function readVersion(file: string, text: string, project: JsonRecord): number {
  const written = own(project, 'lockfileVersion');
  const version = typeof written === 'string' ? Number.parseFloat(written) : Number.NaN;
  if (version >= 5 && version < 10) return version;
  throw unknownVersion(
    file,
    text,
    /^lockfileVersion/m,
    'its `lockfileVersion` is none of 5 to 9, the versions that express-gate reads: write it with `pnpm install` of pnpm 3 or newer',
  );
}

/** The packages found so far. Their own keys are their locations. */
class PnpmReading {
  readonly packages = new Map<string, GrowingPackage>();
  readonly importers = new Set<string>();
  readonly #file: string;
  readonly #version: number;
  readonly #lines: ReadonlyMap<string, number>;
  readonly #members: readonly LockfileMember[];
  /** By location, what optional peers lead to. */
  readonly #optionalPeers = new Map<string, { name: string; range: string; target: string }[]>();
  /** An alias gives the same object again; read each time anew, a short text would make endless work. */
  readonly #read = new Set<JsonRecord>();

  constructor(
    file: string,
    version: number,
    lines: ReadonlyMap<string, number>,
    members: readonly LockfileMember[],
  ) {
    this.#file = file;
    this.#version = version;
    this.#lines = lines;
    this.#members = members;
  }

  /** Adds the packages of a document, then their edges. */
  addPackages(document: JsonRecord): void {
    const packages = this.#records(document, 'packages');
    // Since version 9 what concerns a package, and how it is installed with which peers, stand apart.
    const snapshots = this.#version >= 9 ? this.#records(document, 'snapshots') : packages;
    const added: { draft: GrowingPackage; snapshot: JsonRecord; peers: ReadonlyMap<string, Peer> }[] = [];
    const peersOf = new Map<JsonRecord, ReadonlyMap<string, Peer>>();
    for (const [key, snapshot] of snapshots) {
      if (this.packages.has(key)) continue;
      const about = packages.get(key) ?? packages.get(withoutPeers(key)) ?? snapshot;
      const draft = this.#draft(key, about);
      this.packages.set(key, draft);
      let peers = peersOf.get(about);
      if (peers === undefined) {
        peers = this.#peers(about);
        peersOf.set(about, peers);
      }
      added.push({ draft, snapshot, peers });
    }
    for (const { draft, snapshot, peers } of added) {
      this.#link(draft, snapshot, 'dependencies', 'production', peers);
      this.#link(draft, snapshot, 'optionalDependencies', 'optional', peers);
    }
  }

  #draft(key: string, about: JsonRecord): GrowingPackage {
    const parsed = parsePnpmKey(key, this.#version);
    const writtenName = own(about, 'name');
    const writtenVersion = own(about, 'version');
    const name = typeof writtenName === 'string' ? writtenName : parsed.name;
    if (name === null || !isPackageName(name)) return this.#refuse(key, 'is named as no package can be');
    const resolution = own(about, 'resolution');
    return {
      location: key,
      name,
      version: readVersionNumber(typeof writtenVersion === 'string' ? writtenVersion : parsed.version),
      // A directory of the repository, copied: an injected workspace, or `file:`.
      own: isRecord(resolution) && own(resolution, 'type') === 'directory',
      edges: new Map(),
      requirements: new Map(),
      line: this.#lines.get(key) ?? null,
    };
  }

  #peers(about: JsonRecord): Map<string, Peer> {
    const meta = own(about, 'peerDependenciesMeta');
    const peers = new Map<string, Peer>();
    for (const [name, range] of this.#texts(about, 'peerDependencies')) {
      const told = isRecord(meta) ? own(meta, name) : null;
      peers.set(name, { range, isOptional: isRecord(told) && own(told, 'optional') === 'true' });
    }
    return peers;
  }

  #link(
    draft: GrowingPackage,
    snapshot: JsonRecord,
    field: string,
    type: 'production' | 'optional',
    peers: ReadonlyMap<string, Peer>,
  ): void {
    for (const [name, reference] of this.#texts(snapshot, field)) {
      const target = this.#resolve(name, reference, '');
      if (target === null) continue;
      const peer = peers.get(name);
      if (peer?.isOptional) {
        const known = this.#optionalPeers.get(draft.location);
        const next = { name, range: peer.range, target };
        if (known === undefined) this.#optionalPeers.set(draft.location, [next]);
        else known.push(next);
        continue;
      }
      draft.edges.set(name, target);
      if (peer !== undefined) draft.requirements.set(name, { range: peer.range, type: 'peer' });
      // What is asked for is not written.
      else if (type === 'optional') draft.requirements.set(name, { range: null, type });
    }
  }

  /** Adds a workspace, or the root (`.`). */
  addImporter(path: string, importer: unknown, document: JsonRecord): void {
    if (!isRecord(importer)) return;
    const location = toDirectory(path);
    const member = this.#members.find((each) => each.location === location);
    const declared = manifestRequirements(member?.manifest ?? {});
    const draft: GrowingPackage = {
      location,
      name: member?.manifest.name ?? '',
      version: readVersionNumber(member?.manifest.version),
      own: true,
      edges: new Map(),
      requirements: new Map(),
      line: null,
    };
    this.packages.set(location, draft);
    this.importers.add(location);
    const specifiers = this.#texts(importer, 'specifiers');
    for (const [field, fieldType] of importerFields) {
      for (const [name, written] of this.#entries(importer, field)) {
        const reference = isRecord(written) ? own(written, 'version') : written;
        const specifier = isRecord(written) ? own(written, 'specifier') : specifiers.get(name);
        if (typeof reference !== 'string') continue;
        const target = this.#resolve(name, reference, location);
        if (target === null) continue;
        draft.edges.set(name, target);
        // With auto-install-peers the peers of a workspace stand among its dependencies.
        const type = declared.get(name)?.type === 'peer' ? 'peer' : fieldType;
        const range = typeof specifier === 'string' ? catalogRange(document, name, specifier) : null;
        draft.requirements.set(name, { range, type });
      }
    }
  }

  /** Adds the config dependencies: they are installed, though no manifest declares them. pnpm itself, which may stand beside them, is no dependency. */
  addConfiguration(environment: JsonRecord): void {
    const importers = own(environment, 'importers');
    const importer = isRecord(importers) ? own(importers, '.') : null;
    if (!isRecord(importer)) return;
    const wanted = this.#entries(importer, 'configDependencies');
    if (wanted.length === 0) return;
    const before = new Set(this.packages.keys());
    this.addPackages(environment);
    const root = this.packages.get('');
    const reached = new Set<string>();
    for (const [name, written] of wanted) {
      const reference = isRecord(written) ? own(written, 'version') : written;
      const target = typeof reference === 'string' ? this.#resolve(name, reference, '') : null;
      if (target === null) continue;
      reached.add(target);
      if (root === undefined || root.edges.has(name)) continue;
      root.edges.set(name, target);
      root.requirements.set(name, { range: null, type: 'development' });
    }
    this.#extend(reached);
    for (const key of [...this.packages.keys()])
      if (!before.has(key) && !reached.has(key)) this.packages.delete(key);
  }

  /**
   * Adds the edges to optional peers that nothing else brings. An optional peer is otherwise no reason for a package to be there, as for
   * npm; but pnpm gives it what lies anywhere in the lockfile, and once the rest is gone it is what holds the package there.
   */
  addOptionalPeers(): void {
    const reached = new Set(this.importers);
    this.#extend(reached);
    for (const location of reached) {
      for (const { name, range, target } of this.#optionalPeers.get(location) ?? []) {
        if (reached.has(target)) continue;
        const { edges, requirements } = this.packages.get(location)!;
        edges.set(name, target);
        requirements.set(name, { range, type: 'peer' });
        const added = new Set([target]);
        this.#extend(added, reached);
        for (const each of added) reached.add(each);
      }
    }
  }

  /** Adds what the locations lead to, up to what is `known`. */
  #extend(locations: Set<string>, known: ReadonlySet<string> = locations): void {
    for (const location of locations)
      for (const target of this.packages.get(location)?.edges.values() ?? [])
        if (known === locations || !known.has(target)) locations.add(target);
  }

  /** The location that a reference of `name` means, as seen from a directory; null where the lockfile holds none. */
  #resolve(name: string, reference: string, from: string): string | null {
    if (reference.startsWith('link:')) {
      const path = reference.slice('link:'.length);
      const location = toDirectory(path.startsWith('/') || from === '' ? path : `${from}/${path}`);
      // What is linked to without being a workspace is the repository's own all the same.
      if (!this.packages.has(location)) this.packages.set(location, linkedDirectory(location, name));
      return location;
    }
    return candidateKeys(name, reference, this.#version).find((key) => this.packages.has(key)) ?? null;
  }

  #records(document: JsonRecord, field: string): Map<string, JsonRecord> {
    const records = new Map<string, JsonRecord>();
    for (const [key, value] of this.#entries(document, field)) {
      // An entry without anything to say is written as nothing by some formatters.
      if (value !== null && !isRecord(value)) return this.#refuse(key, 'is no mapping');
      records.set(key, value ?? {});
    }
    return records;
  }

  #texts(value: JsonRecord, field: string): Map<string, string> {
    return new Map(
      this.#entries(value, field).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
    );
  }

  #entries(value: JsonRecord, field: string): [string, unknown][] {
    const found = own(value, field);
    if (!isRecord(found)) return [];
    if (this.#read.has(found))
      return this.#refuse(field, 'repeats another through an alias, which pnpm never writes');
    this.#read.add(found);
    return Object.entries(found);
  }

  #refuse(key: string, problem: string): never {
    const shown = key.length > 100 ? `${key.slice(0, 100)}…` : key;
    throw new InputError(`the entry \`${shown}\` ${problem}: ${pnpmRepair}`, {
      file: this.#file,
      line: this.#lines.get(key) ?? 1,
      column: 1,
    });
  }
}

/** What `catalog:` or `catalog:name` stands for; any other specifier as it is. */
function catalogRange(document: JsonRecord, name: string, specifier: string): string {
  if (!specifier.startsWith('catalog:')) return specifier;
  let found: unknown = own(document, 'catalogs');
  for (const key of [specifier.slice('catalog:'.length) || 'default', name, 'specifier'])
    found = isRecord(found) ? own(found, key) : null;
  return typeof found === 'string' ? found : specifier;
}

function toDirectory(path: string): string {
  const directory = normalize(path).replace(/\/+$/, '');
  return directory === '.' ? '' : directory;
}
