/** Running git: what it is given, and what is made of its failures. */
import assert from 'node:assert/strict';
import { chmodSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { gitEnvironment, runGit } from '../../src/collect/git.ts';
import { makeTree } from './file-tree.ts';

/** Puts a shell script in the place of git for the length of a test. */
function standInForGit(context: TestContext, script: string): { directory: string; place: string } {
  const place = makeTree(context, { git: `#!/bin/sh\n${script}` });
  chmodSync(join(place, 'git'), 0o755);
  const path = process.env.PATH;
  context.after(() => {
    process.env.PATH = path;
  });
  process.env.PATH = `${place}:${path}`;
  return { directory: makeTree(context, {}), place };
}

test('the environment loses all that redirects git and keeps the rest', () => {
  const environment = gitEnvironment('/config', {
    PATH: '/bin',
    HOME: '/home/user',
    GIT_DIR: '/elsewhere',
    GIT_CONFIG_COUNT: '1',
    GIT_CONFIG_KEY_0: 'core.fsmonitor',
    GIT_EXTERNAL_DIFF: '/evil',
    git_index_file: '/elsewhere/index',
  });
  assert.equal(environment.PATH, '/bin');
  assert.equal(environment.HOME, '/home/user');
  assert.equal(environment.GIT_CONFIG_GLOBAL, '/config');
  for (const name of [
    'GIT_DIR',
    'GIT_CONFIG_COUNT',
    'GIT_CONFIG_KEY_0',
    'GIT_EXTERNAL_DIFF',
    'git_index_file',
  ]) {
    assert.equal(environment[name], undefined, name);
  }
});

// Windows has no shell scripts.
if (process.platform !== 'win32') {
  test('git 2.34 to 2.37, which believe a safe directory only from a file, are given one', async (context) => {
    const { directory, place } = standInForGit(
      context,
      `echo "$GIT_CONFIG_GLOBAL" >> "$(dirname "$0")/asked"
if grep -q 'directory = \\*' "$GIT_CONFIG_GLOBAL"; then printf 'app.js\\0'; exit 0; fi
echo "fatal: unsafe repository ('/repository' is owned by someone else)" >&2
exit 128
`,
    );
    const answer = await runGit(directory, ['ls-files']);
    assert.equal(answer.kind, 'done');
    assert.equal(answer.kind === 'done' && answer.stdout.toString(), 'app.js\0');
    const [first, second] = readFileSync(join(place, 'asked'), 'utf8').split('\n');
    assert.equal(first, '/dev/null');
    assert.throws(() => readFileSync(second!), /ENOENT/, 'the file is taken away again');
  });

  test('a failure is told in one line, and no repository from a failure', async (context) => {
    const { directory } = standInForGit(
      context,
      `case "$*" in
  *outside*) echo 'fatal: not a git repository (or any of the parent directories): .git' >&2; exit 128;;
  *silent*) exit 3;;
  *) printf 'warning: odd\\nfatal: index file corrupt\\nmore\\n' >&2; exit 128;;
esac
`,
    );
    assert.deepEqual(await runGit(directory, ['outside']), { kind: 'no-repository' });
    assert.deepEqual(await runGit(directory, ['silent']), { kind: 'failed', reason: 'git ended with 3' });
    assert.deepEqual(await runGit(directory, ['broken']), {
      kind: 'failed',
      reason: 'fatal: index file corrupt',
    });
  });

  test('what git says of a directory that it may not open is heard', async (context) => {
    const { directory } = standInForGit(
      context,
      `case "$*" in
  *--others*) printf "warning: could not open directory 'closed/': Permission denied\\n" >&2; printf 'new.js\\0';;
  *) printf '100644 0000 0\\tapp.js\\0';;
esac
`,
    );
    const { listFiles } = await import('../../src/collect/file-list.ts');
    const list = await listFiles(directory);
    assert.deepEqual(list.files, ['app.js', 'new.js']);
    assert.deepEqual(list.leftOut, [{ path: 'closed', reason: 'unreadable', matters: true, code: 'EACCES' }]);
  });
}
