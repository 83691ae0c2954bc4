/** Builds directories of files for tests, with or without a git repository, and takes them away again. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { devNull, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { TestContext } from 'node:test';

/** Path -> contents. */
export type FileTree = Readonly<Record<string, string | Buffer>>;

/** A new directory (absolute, without symbolic links in it) that holds the files and is gone when the test ends. */
export function makeTree(test: TestContext, files: FileTree): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'express-gate-test-')));
  test.after(() => rmSync(root, { recursive: true, force: true }));
  addFiles(root, files);
  return root;
}

export function addFiles(root: string, files: FileTree): void {
  for (const [path, contents] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), contents);
  }
}

/** Runs git as a user without any configuration of their own would. */
export function git(directory: string, ...args: string[]): string {
  const environment = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_')),
  );
  return execFileSync(
    'git',
    [
      '-c',
      'user.name=test',
      '-c',
      'user.email=test@example.org',
      '-c',
      'protocol.file.allow=always',
      ...args,
    ],
    {
      cwd: directory,
      env: { ...environment, GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: devNull },
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
}

/** Makes the directory a repository in which all that is not ignored is committed. */
export function commitAll(directory: string): void {
  git(directory, 'init', '--quiet');
  git(directory, 'add', '--all');
  git(directory, 'commit', '--quiet', '--allow-empty', '--message', 'all');
}
