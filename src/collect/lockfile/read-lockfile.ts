/** Turns the text of a lockfile of any package manager into the graph of its packages, by the reader that its name calls for. */
import { InputError } from '../../model/input-error.ts';
import type { Lockfile } from '../../model/lockfile.ts';
import { readBunLockfile } from './bun-lockfile.ts';
import type { LockfileMember } from './lockfile-member.ts';
import { readNpmLockfile } from './npm-lockfile.ts';
import { readPnpmLockfile } from './pnpm-lockfile.ts';
import { readYarnLockfile } from './yarn-lockfile.ts';

/**
 * @param file the path for error messages, relative to the scanned directory.
 * @param members what lies under the lockfile: not every format says itself what the manifests ask for.
 * @param beside the text of a file of the lockfile's directory by its name; null where there is none.
 * @throws InputError with file, line and column where it is broken, left in a merge conflict, or of a version that is not known.
 */
type Reader = (
  file: string,
  text: string,
  members: readonly LockfileMember[],
  beside: (name: string) => string | null,
) => Lockfile | Promise<Lockfile>;

/** By file name. */
const readers: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ['package-lock.json', readNpmLockfile],
  ['npm-shrinkwrap.json', readNpmLockfile],
  ['yarn.lock', readYarnLockfile],
  ['pnpm-lock.yaml', readPnpmLockfile],
  ['bun.lock', readBunLockfile],
]);

/** Whether a lockfile is of a kind that is read: one that cannot be read is then broken, not only unknown. */
export function isReadableLockfile(file: string): boolean {
  return readers.has(file.slice(file.lastIndexOf('/') + 1));
}

/** Reads a lockfile. @throws InputError where it cannot be read; the message says what to do. */
export async function readLockfile(
  file: string,
  text: string,
  members: readonly LockfileMember[],
  beside: (name: string) => string | null = () => null,
): Promise<Lockfile> {
  const reader = readers.get(file.slice(file.lastIndexOf('/') + 1));
  if (reader === undefined)
    throw new InputError(
      "bun's binary lockfile is not read: run `bun install --save-text-lockfile`, commit bun.lock and delete bun.lockb",
      { file },
    );
  return reader(file, text, members, beside);
}
