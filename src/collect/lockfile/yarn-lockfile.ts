/** Turns the text of a yarn.lock (of yarn 1, or of the later ones that are called Berry) into the graph of its packages. */
import type { Lockfile } from '../../model/lockfile.ts';
import type { LockfileMember } from './lockfile-member.ts';
import { readYarnBerry } from './yarn-berry.ts';
import { readYarnClassic } from './yarn-classic.ts';
import { readYarnSyntax } from './yarn-syntax.ts';

/**
 * @param file the path for error messages, relative to the scanned directory.
 * @param members the manifests under the lockfile: that of yarn 1 does not say what they ask for, and neither tells development from production.
 * @throws InputError with file, line and column where it is broken, left in a merge conflict, of an unknown version, or holds what yarn never writes.
 */
export function readYarnLockfile(file: string, text: string, members: readonly LockfileMember[]): Lockfile {
  const entries = readYarnSyntax(file, text);
  const metadata = entries.find(({ keys }) => keys.length === 1 && keys[0] === '__metadata');
  return metadata === undefined
    ? readYarnClassic(file, text, entries, members)
    : readYarnBerry(file, entries, metadata, members);
}
