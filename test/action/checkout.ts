/** Makes the folder that actions/checkout leaves on a runner: one commit, the merge of a pull request, without its parents. */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Path -> text. */
export type Files = Readonly<Record<string, string>>;

export interface Checkout {
  readonly workspace: string;
  /** The pull request's head. */
  readonly head: string;
  /** What is checked out: the merge of `head` into its base. */
  readonly merge: string;
  /** The tip of the base branch. */
  readonly base: string;
  /** The repository that it was checked out from. */
  readonly origin: string;
  /** A folder of this checkout's own, outside of the workspace. */
  readonly temporary: string;
}

const made: string[] = [];

/** Removes every folder that was made. */
export async function removeCheckouts(): Promise<void> {
  await Promise.all(made.splice(0).map((folder) => rm(folder, { recursive: true, force: true })));
}

/**
 * The base holds a README and `before`; the pull request brings `files`, and what `arrange` does to the repository besides: links and the like.
 */
export async function makeCheckout(
  files: Files,
  before: Files = {},
  depth = 2,
  arrange: (origin: string) => void = () => {},
): Promise<Checkout> {
  const folder = await mkdtemp(join(tmpdir(), 'express-gate-action-'));
  made.push(folder);
  const origin = join(folder, 'origin');
  const workspace = join(folder, 'work', 'shop', 'shop');
  const temporary = join(folder, 'temp');
  for (const each of [origin, workspace, temporary]) await mkdir(each, { recursive: true });

  const git = async (directory: string, ...args: string[]) =>
    (await run('git', args, { cwd: directory, env: gitEnvironment(folder) })).stdout.trim();
  await git(origin, 'init', '--quiet', '--initial-branch=main');
  await writeFiles(origin, { 'README.md': '# Shop\n', ...before });
  await git(origin, 'add', '--all');
  await git(origin, 'commit', '--quiet', '--message=Begin');
  const base = await git(origin, 'rev-parse', 'HEAD');
  await writeFiles(origin, files);
  arrange(origin);
  await git(origin, 'add', '--all');
  await git(origin, 'commit', '--quiet', '--allow-empty', '--message=Sell things');
  const head = await git(origin, 'rev-parse', 'HEAD');
  const merge = await git(origin, 'commit-tree', `${head}^{tree}`, '-p', base, '-p', head, '-m', 'Merge');
  await git(origin, 'update-ref', 'refs/pull/7/merge', merge);

  // As actions/checkout does it: by default with a depth of 1, here of 2, so that nobody has to be asked for the base.
  await git(workspace, 'init', '--quiet');
  await git(workspace, 'remote', 'add', 'origin', pathToFileURL(origin).href);
  await git(
    workspace,
    'fetch',
    '--quiet',
    '--no-tags',
    `--depth=${depth}`,
    'origin',
    `+${merge}:refs/remotes/pull/7/merge`,
  );
  await git(workspace, 'checkout', '--quiet', '--force', 'refs/remotes/pull/7/merge');
  return { workspace, head, merge, base, origin, temporary };
}

async function writeFiles(directory: string, files: Files): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    const file = join(directory, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  }
}

function gitEnvironment(home: string): NodeJS.ProcessEnv {
  const identity = { NAME: 'Test', EMAIL: 'test@example.com', DATE: '2026-01-01T00:00:00Z' };
  const named = ['AUTHOR', 'COMMITTER'].flatMap((who) =>
    Object.entries(identity).map(([what, value]) => [`GIT_${who}_${what}`, value]),
  );
  return {
    PATH: process.env.PATH,
    SystemRoot: process.env.SystemRoot,
    HOME: home,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: join(home, 'no-such-file'),
    ...Object.fromEntries(named),
  };
}
