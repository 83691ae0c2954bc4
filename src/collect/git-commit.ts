/** Turns the name of a revision into the commit that it means, and a commit into its parents, by git's own objects. */
import { runGit } from './git.ts';

export const objectName = /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/;

export interface Commit {
  readonly hash: string;
  /** As the commit names them, whether they are here or not: with a checkout of depth 1 they are not. */
  readonly parents: readonly string[];
}

/** The commit that `revision` means in the repository around `directory`, or null where it has none such. */
export async function findCommit(directory: string, revision: string): Promise<string | null> {
  const answer = await runGit(directory, [
    'rev-parse',
    '--verify',
    '--quiet',
    '--end-of-options',
    `${revision}^{commit}`,
  ]);
  const hash = answer.kind === 'done' ? answer.stdout.toString('latin1').trim() : '';
  return objectName.test(hash) ? hash : null;
}

/** A commit that is here, or null. A grafted or shallow history does not hide the parents: they are read from the object itself. */
export async function readCommit(directory: string, hash: string): Promise<Commit | null> {
  const answer = await runGit(directory, ['--no-replace-objects', 'cat-file', 'commit', hash]);
  if (answer.kind !== 'done') return null;
  const [head = ''] = answer.stdout.toString('utf8').split('\n\n', 1);
  const parents = [...head.matchAll(/^parent ([0-9a-f]{40,64})$/gm)].map((match) => match[1]!);
  return { hash, parents };
}

/** Whether the commit and its tree are here. */
export async function hasTree(directory: string, hash: string): Promise<boolean> {
  const answer = await runGit(directory, ['--no-replace-objects', 'cat-file', '-e', `${hash}^{tree}`]);
  return answer.kind === 'done';
}

/** The commit from which both have grown, or null where the history that is here does not tell. */
export async function findMergeBase(directory: string, a: string, b: string): Promise<string | null> {
  const answer = await runGit(directory, ['--no-replace-objects', 'merge-base', a, b]);
  const hash = answer.kind === 'done' ? answer.stdout.toString('latin1').trim() : '';
  return objectName.test(hash) ? hash : null;
}
