/** Turns the entries of a lockfile of yarn 2, 3 or 4 and the manifests under it into the graph of its packages. */
import { InputError } from '../../model/input-error.ts';
import type { Lockfile, Requirement } from '../../model/lockfile.ts';
import type { Manifest } from '../../model/project.ts';
import { isPackageName } from './entry-checks.ts';
import { readVersionNumber } from './lockfile-entry.ts';
import type { LockfileMember } from './lockfile-member.ts';
import { manifestRequirements } from './manifest-requirements.ts';
import { addPeerEdges } from './peer-edges.ts';
import { type UnflaggedPackage, withReachFlags } from './reach-flags.ts';
import { type BerryEntry, BerryRequests } from './yarn-berry-requests.ts';
import type { Catalogs } from './yarn-catalogs.ts';
import { decode, localDirectory, nameInRegistry, parseDescriptor } from './yarn-descriptor.ts';
import { blockOf, textOf, type YarnEntry, yarnRepair } from './yarn-syntax.ts';

const oldestVersion = 4;
const newestVersion = 10;

/**
 * A workspace's entry does not tell development from production: that is in its manifest.
 * Source: @yarnpkg/core sources/Project.ts (setupResolutions, generateLockfile); version 4 is that of yarn 2, 10 that of yarn 4.18.
 * @throws InputError where the version is not known, or an entry is none that yarn writes.
 */
export function readYarnBerry(
  file: string,
  entries: readonly YarnEntry[],
  metadata: YarnEntry,
  members: readonly LockfileMember[],
  catalogs: Catalogs,
): Lockfile {
  const version = readVersion(file, metadata);
  const read: BerryEntry[] = [];
  const packages = new Map<string, BerryEntry['package']>();
  for (const entry of entries) {
    if (entry === metadata) continue;
    const next = readEntry(file, entry, packages);
    packages.set(next.package.location, next.package);
    read.push(next);
  }
  const known = new Map(read.map((entry) => [entry.package.location, entry]));
  for (const { location, manifest } of members) {
    const entry = known.get(location);
    const own = memberPackage(location, manifest, entry?.package);
    packages.set(location, own);
    const written = { descriptors: [], locator: '', reference: `workspace:${location || '.'}` };
    known.set(location, { ...(entry ?? written), package: own });
  }
  const requests = new BerryRequests(
    [...known.values()],
    members.find(({ location }) => location === '')?.manifest.resolutions ?? {},
    catalogs,
  );
  for (const entry of known.values()) {
    const { edges, requirements } = entry.package;
    for (const [name, { range, type }] of requirements) {
      const target = type === 'peer' || range === null ? null : requests.resolve(entry, name, range);
      if (target !== null) edges.set(name, target);
    }
  }
  for (const { entry, name } of requests.fromCatalog) {
    const target = requests.guessCatalog(name);
    if (target !== null) entry.package.edges.set(name, target);
  }
  addPeerEdges(packages);
  dropPatched(packages, [...known.values()]);
  return {
    file,
    manager: 'yarn',
    version,
    packages: withReachFlags(
      packages,
      members.map(({ location }) => location),
    ),
  };
}

function readVersion(file: string, metadata: YarnEntry): number {
  const written = textOf(metadata.fields, 'version') ?? '';
  const version = /^\d+$/.test(written) ? Number(written) : Number.NaN;
  if (version >= oldestVersion && version <= newestVersion) return version;
  throw new InputError(
    `its \`__metadata\` has no version from ${oldestVersion} to ${newestVersion}, those that express-gate reads: write it with a release of yarn 2, 3 or 4`,
    { file, line: metadata.line, column: 1 },
  );
}

function readEntry(
  file: string,
  { keys, line, fields }: YarnEntry,
  packages: ReadonlyMap<string, unknown>,
): BerryEntry {
  const key = keys.join(', ');
  const refuse = (problem: string): never => {
    const shown = key.length > 100 ? `${key.slice(0, 100)}…` : key;
    throw new InputError(`the entry \`${shown}\` ${problem}: ${yarnRepair}`, { file, line, column: 1 });
  };
  const locator = textOf(fields, 'resolution') ?? refuse('has no resolution');
  const version = textOf(fields, 'version') ?? refuse('has no version');
  const { name: written, range: reference } = parseDescriptor(locator);
  const name = nameInRegistry(reference) ?? written;
  if (!isPackageName(name)) refuse('is named as no package can be');
  const own = ownDirectory(reference, textOf(fields, 'linkType') === 'soft');
  const release = `${name}@${version}`;
  const isRelease = /^npm:/.test(reference) && !packages.has(release);
  return {
    descriptors: key.split(',').map((descriptor) => descriptor.trim()),
    locator,
    reference,
    package: {
      location: own ?? (isRelease ? release : locator),
      name,
      version: own !== null && version === localVersion ? null : readVersionNumber(version),
      own: own !== null,
      edges: new Map(),
      requirements: entryRequirements(fields),
      line,
    },
  };
}

/** What yarn writes for what has no version of its own. */
const localVersion = '0.0.0-use.local';

/** The directory of what is the repository's own: a workspace, or one that is linked to or copied. */
function ownDirectory(reference: string, isSoft: boolean): string | null {
  const workspace = /^workspace:(.*)$/s.exec(reference)?.[1];
  if (workspace !== undefined) return workspace === '.' ? '' : workspace;
  if (!isSoft && !reference.startsWith('file:')) return null;
  return localDirectory(reference, boundDirectory(reference));
}

/** The directory of the workspace that a local path is relative to: `link:./x::locator=shop%40workspace%3Apackages%2Fshop`. */
function boundDirectory(reference: string): string {
  const locator = /[:&]locator=([^&]*)/.exec(reference)?.[1];
  const directory = locator === undefined ? undefined : decode(locator).split('@workspace:')[1];
  return directory === undefined || directory === '.' ? '' : directory;
}

function entryRequirements(fields: YarnEntry['fields']): Map<string, Requirement> {
  const requirements = new Map<string, Requirement>();
  const optionalPeers = blockOf(fields, 'peerDependenciesMeta');
  for (const [name, range] of blockOf(fields, 'peerDependencies')) {
    // An optional peer is no reason for a package to be there: something else brought it.
    if (typeof range === 'string' && textOf(blockOf(optionalPeers, name), 'optional') !== 'true')
      requirements.set(name, { range, type: 'peer' });
  }
  const meta = blockOf(fields, 'dependenciesMeta');
  for (const [name, range] of blockOf(fields, 'dependencies')) {
    const isOptional = textOf(blockOf(meta, name), 'optional') === 'true';
    if (typeof range === 'string')
      requirements.set(name, { range, type: isOptional ? 'optional' : 'production' });
  }
  return requirements;
}

/** A member of the repository: its ranges are as the lockfile has them, what they are for as the manifest has it. */
function memberPackage(
  location: string,
  manifest: Manifest,
  locked: BerryEntry['package'] | undefined,
): BerryEntry['package'] {
  const requirements = manifestRequirements(manifest);
  for (const [name, { range }] of locked?.requirements ?? []) {
    const asked = requirements.get(name);
    if (asked !== undefined) requirements.set(name, { range, type: asked.type });
  }
  return {
    location,
    name: manifest.name ?? locked?.name ?? '',
    version: readVersionNumber(manifest.version),
    own: true,
    edges: new Map(),
    requirements,
    line: locked?.line ?? null,
  };
}

/** What is patched stands in the lockfile twice, before and after. It is installed once, unless something else asks for it as it was. */
function dropPatched(packages: Map<string, UnflaggedPackage>, entries: readonly BerryEntry[]): void {
  const patched = new Set<string>();
  for (const { reference } of entries) {
    const source = patchSource(reference);
    if (source !== null) patched.add(source);
  }
  if (patched.size === 0) return;
  const asked = new Set([...packages.values()].flatMap(({ edges }) => [...edges.values()]));
  for (const { locator, package: each } of entries)
    if (patched.has(locator) && !asked.has(each.location)) packages.delete(each.location);
}

/** The locator of what a patch is applied to, itself a patch maybe; null for what is no patch. */
function patchSource(reference: string): string | null {
  if (!reference.startsWith('patch:')) return null;
  const source = decode(reference.slice('patch:'.length).split('#', 1)[0]!);
  const { name, range } = parseDescriptor(source);
  return `${name}@${range.includes(':') ? range : `npm:${range}`}`;
}
