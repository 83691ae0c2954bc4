/** Writes what npm audits into an empty directory: manifests and a lockfile made anew from what was read, holding nothing else of the repository. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { valid } from 'semver';
import type { LockedPackage, Lockfile } from '../model/lockfile.ts';
import { dependencyFields, type Manifest, type Project } from '../model/project.ts';
import { highestLink, isPackageName, locationProblem } from './lockfile/entry-checks.ts';
import { relativeTo } from './workspaces.ts';

/**
 * Writes the tree of one lockfile below `base` and returns the directory in which npm is to run.
 *
 * The lockfile is not copied but written anew, of version 3: npm fetches whatever a lockfile's `name` says (also
 * `github:owner/name`), follows its links out of the directory, and believes its `dev`. Here all that has been checked, and as the root's
 * own dependencies are only in its package.json, npm works out anew what is for development.
 */
export async function writeAuditTree(
  base: string,
  lockfile: Lockfile,
  workspaceRoot: string,
  projects: readonly Project[],
): Promise<string> {
  // A link may lead to a directory above (`../lib`): npm reads the package.json that it finds there, so there must be room for none.
  const directory = join(base, ...Array.from({ length: highestLink }, () => 'd'));
  await mkdir(directory, { recursive: true });
  const members: string[] = [];
  for (const project of projects) {
    const member = relativeTo(project.directory, workspaceRoot);
    if (member === null || locationProblem(member) !== null) continue;
    members.push(member);
    await mkdir(join(directory, member), { recursive: true });
    await writeJson(join(directory, member, 'package.json'), plainManifest(project.manifest));
  }
  const root = projects.find((project) => project.directory === workspaceRoot)?.manifest ?? {};
  await writeJson(join(directory, 'package.json'), {
    ...plainManifest(root),
    ...(members.length === 0 ? {} : { workspaces: members }),
  });
  await writeJson(join(directory, 'package-lock.json'), plainLockfile(lockfile));
  return directory;
}

function writeJson(file: string, value: unknown): Promise<void> {
  return writeFile(file, JSON.stringify(value));
}

/** Names, versions, dependencies and overrides: no script, no setting. */
function plainManifest(manifest: Manifest): Record<string, unknown> {
  const plain: Record<string, unknown> = {};
  if (manifest.name !== undefined && isPackageName(manifest.name)) plain.name = manifest.name;
  if (manifest.version !== undefined && valid(manifest.version) !== null) plain.version = manifest.version;
  for (const field of dependencyFields) {
    const entries = Object.entries(manifest[field] ?? {}).filter(([name]) => isPackageName(name));
    if (entries.length > 0) plain[field] = Object.fromEntries(entries);
  }
  const overrides = plainOverrides(manifest.overrides, deepestOverride);
  if (overrides !== null) plain.overrides = overrides;
  return plain;
}

const deepestOverride = 16;

function plainOverrides(value: unknown, depth: number): Record<string, unknown> | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || depth === 0) return null;
  const entries = Object.entries(value).flatMap(([key, inner]): [string, unknown][] => {
    const plain = typeof inner === 'string' ? inner : plainOverrides(inner, depth - 1);
    return plain === null ? [] : [[key, plain]];
  });
  return Object.fromEntries(entries);
}

function plainLockfile(lockfile: Lockfile): Record<string, unknown> {
  const packages: [string, unknown][] = [['', {}]];
  for (const [location, locked] of lockfile.packages) {
    if (location !== '') packages.push([location, plainPackage(locked)]);
  }
  for (const [location, target] of lockfile.links ?? [])
    packages.push([location, { resolved: target, link: true }]);
  return { lockfileVersion: 3, requires: true, packages: Object.fromEntries(packages) };
}

const requirementFields = {
  production: 'dependencies',
  development: 'devDependencies',
  optional: 'optionalDependencies',
  peer: 'peerDependencies',
} as const;

function plainPackage(locked: LockedPackage): Record<string, unknown> {
  const fields: Record<string, Record<string, string>> = {};
  for (const name of locked.requirements?.keys() ?? locked.edges.keys()) {
    const { range, type } = locked.requirements?.get(name) ?? { range: null, type: 'production' as const };
    const field = requirementFields[type];
    fields[field] ??= Object.create(null) as Record<string, string>;
    fields[field][name] = range ?? '*';
  }
  return {
    ...(locked.name === '' ? {} : { name: locked.name }),
    ...(locked.version === null ? {} : { version: locked.version }),
    ...fields,
  };
}
