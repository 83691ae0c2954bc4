/** Turns the text of a yarn.lock (of yarn 1, or of the later ones that are called Berry) into the graph of its packages. */
import type { Lockfile } from '../../model/lockfile.ts';
import type { LockfileMember } from './lockfile-member.ts';
import { manifestRequirements } from './manifest-requirements.ts';
import { readYarnBerry } from './yarn-berry.ts';
import { type Catalogs, readYarnCatalogs } from './yarn-catalogs.ts';
import { readYarnClassic } from './yarn-classic.ts';
import { readYarnSyntax } from './yarn-syntax.ts';

/**
 * @param file the path for error messages, relative to the scanned directory.
 * @param members the manifests under the lockfile: that of yarn 1 does not say what they ask for, and neither tells development from production.
 * @param beside the text of a file of the lockfile's directory: the catalogs of later ones stand in .yarnrc.yml.
 * @throws InputError with file, line and column where it is broken, left in a merge conflict, of an unknown version, or holds what yarn never writes.
 */
export async function readYarnLockfile(
  file: string,
  text: string,
  members: readonly LockfileMember[],
  beside: (name: string) => string | null,
): Promise<Lockfile> {
  const entries = readYarnSyntax(file, text);
  const metadata = entries.find(({ keys }) => keys.length === 1 && keys[0] === '__metadata');
  if (metadata === undefined) return readYarnClassic(file, text, entries, members);
  const settings = members.some(asksCatalog) ? beside('.yarnrc.yml') : null;
  const catalogs: Catalogs = settings === null ? new Map() : await readYarnCatalogs(settings);
  return readYarnBerry(file, entries, metadata, members, catalogs);
}

function asksCatalog({ manifest }: LockfileMember): boolean {
  const ranges = [...manifestRequirements(manifest).values()].map(({ range }) => range ?? '');
  const replacements = Object.values(manifest.resolutions ?? {});
  return [...ranges, ...replacements].some((range) => range.startsWith('catalog:'));
}
