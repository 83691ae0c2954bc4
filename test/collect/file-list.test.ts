/** Listing the files of a directory: by git's index, and by a walk that must say the same. */
import assert from 'node:assert/strict';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { listFiles } from '../../src/collect/file-list.ts';
import { depthLimit, walkFiles } from '../../src/collect/walked-files.ts';
import { addFiles, commitAll, git, makeTree } from './file-tree.ts';

/** Windows has no file names with quotes and control characters. */
const oddNames = ['a b.js', "it's.js", 'Ünïcødé-日本.js', '-dash.js', '#hash.js', '%41.js'].concat(
  process.platform === 'win32' ? [] : ['quo"te.js', 'new\nline.js', 'tab\t.js', 'escape\u001b[31m.js'],
);

test('git tells what is tracked or new, and what it ignores stays out', async (context) => {
  const root = makeTree(context, {
    '.gitignore': 'ignored.js\n/build/\n*.log\n!keep.log\n',
    'tracked.js': '',
    'ignored.js': '',
    'build/out.js': '',
    'keep.log': '',
    'other.log': '',
    'lib/.gitignore': '*.gen.js\n!wanted.gen.js\n',
    'lib/a.gen.js': '',
    'lib/wanted.gen.js': '',
    'node_modules/express/index.js': '',
    'lib/node_modules/x/index.js': '',
  });
  commitAll(root);
  git(root, 'add', '--force', 'ignored.js');
  addFiles(root, { 'untracked.js': '', 'build/again.js': '' });
  rmSync(join(root, 'keep.log'));
  const list = await listFiles(root);
  assert.deepEqual(list.files, [
    '.gitignore',
    'ignored.js',
    'keep.log',
    'lib/.gitignore',
    'lib/wanted.gen.js',
    'tracked.js',
    'untracked.js',
  ]);
  assert.deepEqual(list.leftOut, []);
  assert.deepEqual(list.notes, []);
});

test('a directory inside a work tree lists only what lies in it, by its own paths', async (context) => {
  const root = makeTree(context, { 'apps/shop/app.js': '', 'apps/other/app.js': '', 'top.js': '' });
  commitAll(root);
  assert.deepEqual((await listFiles(join(root, 'apps/shop'))).files, ['app.js']);
});

test('a directory that the repository around it ignores is walked', async (context) => {
  const root = makeTree(context, { '.gitignore': 'scratch/\n', 'scratch/app/app.js': '', 'a.js': '' });
  commitAll(root);
  assert.deepEqual((await listFiles(join(root, 'scratch/app'))).files, ['app.js']);
});

test('odd file names come through git and through the walk alike', async (context) => {
  const root = makeTree(context, Object.fromEntries(oddNames.map((name) => [`dir/${name}`, ''])));
  const expected = oddNames.map((name) => `dir/${name}`).sort();
  assert.deepEqual((await listFiles(root)).files, expected);
  git(root, 'init', '--quiet');
  assert.deepEqual((await listFiles(root)).files, expected);
  git(root, 'add', '--all');
  assert.deepEqual((await listFiles(root)).files, expected);
});

test('nothing that the repository configures is run', async (context) => {
  const root = makeTree(context, { 'app.js': '', '.gitattributes': '*.js filter=evil diff=evil\n' });
  commitAll(root);
  const proof = join(root, 'proof');
  const evil = join(root, 'evil.sh');
  writeFileSync(evil, `#!/bin/sh\ntouch "${proof}"\ncat\n`);
  chmodSync(evil, 0o755);
  mkdirSync(join(root, 'hooks'));
  for (const hook of ['post-index-change', 'fsmonitor-watchman', 'pre-auto-gc'])
    symlinkSync(evil, join(root, 'hooks', hook));
  for (const [key, value] of [
    ['core.fsmonitor', evil],
    ['core.hooksPath', join(root, 'hooks')],
    ['core.pager', evil],
    ['pager.ls-files', evil],
    ['core.editor', evil],
    ['core.sshCommand', evil],
    ['alias.ls-files', `!${evil}`],
    ['filter.evil.clean', evil],
    ['filter.evil.smudge', evil],
    ['filter.evil.process', evil],
    ['diff.external', evil],
    ['credential.helper', evil],
    ['protocol.ext.allow', 'always'],
    ['remote.origin.url', `ext::${evil}`],
    ['remote.origin.promisor', 'true'],
    ['extensions.partialClone', 'origin'],
  ]) {
    git(root, 'config', key!, value!);
  }
  rmSync(proof, { force: true });
  const list = await listFiles(root);
  assert.ok(list.files.includes('app.js'));
  assert.equal(existsSync(proof), false);
});

test('variables that redirect git, as hooks have them, change nothing', async (context) => {
  const root = makeTree(context, { 'app.js': '' });
  const other = makeTree(context, { 'other.js': '' });
  commitAll(root);
  commitAll(other);
  const poison = {
    GIT_DIR: join(other, '.git'),
    GIT_WORK_TREE: other,
    GIT_INDEX_FILE: join(other, '.git/index'),
  };
  context.after(() => {
    for (const name of Object.keys(poison)) delete process.env[name];
  });
  Object.assign(process.env, poison);
  assert.deepEqual((await listFiles(root)).files, ['app.js']);
});

test("a checkout of another user's is listed by git all the same", async (context) => {
  const root = makeTree(context, { '.gitignore': 'secret.js\n', 'app.js': '', 'secret.js': '' });
  commitAll(root);
  git(root, 'add', '--force', 'secret.js');
  // Only root can give a directory away; anyone else sees that their own is listed. By a walk, secret.js would be missing.
  if (process.getuid?.() === 0) for (const path of [root, join(root, '.git')]) chownSync(path, 12345, 12345);
  const list = await listFiles(root);
  assert.deepEqual(list.files, ['.gitignore', 'app.js', 'secret.js']);
  assert.deepEqual(list.notes, []);
});

test('a broken index is no end: the files are walked, and that is said', async (context) => {
  const root = makeTree(context, { '.gitignore': 'no.js\n', 'app.js': '', 'no.js': '' });
  commitAll(root);
  writeFileSync(join(root, '.git/index'), 'this is no index');
  const list = await listFiles(root);
  assert.deepEqual(list.files, ['.gitignore', 'app.js']);
  assert.match(
    list.notes.join(),
    /git could not list the directory \(.*index.*\), so the files were found by a walk/,
  );
});

test('without git the files are walked, and that is said', async (context) => {
  const root = makeTree(context, { '.gitignore': 'no.js\n', 'app.js': '', 'no.js': '' });
  commitAll(root);
  const path = process.env.PATH;
  context.after(() => {
    process.env.PATH = path;
  });
  process.env.PATH = join(root, 'bin');
  const list = await listFiles(root);
  assert.deepEqual(list.files, ['.gitignore', 'app.js']);
  assert.match(list.notes.join(), /git is not installed/);
});

test('submodules are looked into where they are checked out; other nested repositories are named and left', async (context) => {
  const library = makeTree(context, { '.gitignore': 'out.js\n', 'lib.js': '', 'out.js': '' });
  commitAll(library);
  const root = makeTree(context, { 'app.js': '' });
  commitAll(root);
  git(root, 'submodule', '--quiet', 'add', library, 'libs/here');
  git(root, 'submodule', '--quiet', 'add', library, 'libs/absent');
  addFiles(root, { 'libs/here/new.js': '', 'libs/here/out.js': '', 'cloned/x.js': '' });
  rmSync(join(root, 'libs/absent'), { recursive: true });
  mkdirSync(join(root, 'libs/absent'));
  commitAll(join(root, 'cloned'));
  const list = await listFiles(root);
  assert.deepEqual(list.files, [
    '.gitmodules',
    'app.js',
    'libs/here/.gitignore',
    'libs/here/lib.js',
    'libs/here/new.js',
  ]);
  assert.deepEqual(list.leftOut, [
    { path: 'libs/absent', reason: 'submodule-absent', matters: false },
    { path: 'cloned', reason: 'nested-repository', matters: false },
  ]);
});

test('a submodule whose directory became a link out of the tree is not followed', async (context) => {
  const library = makeTree(context, { 'lib.js': '' });
  commitAll(library);
  const root = makeTree(context, { 'app.js': '' });
  commitAll(root);
  git(root, 'submodule', '--quiet', 'add', library, 'sub');
  rmSync(join(root, 'sub'), { recursive: true });
  symlinkSync(library, join(root, 'sub'));
  assert.deepEqual((await listFiles(root)).files, ['.gitmodules', 'app.js']);
});

test('several repositories side by side, in no repository, are each listed by git', async (context) => {
  const root = makeTree(context, {
    'one/a.js': '',
    'one/no.js': '',
    'one/.gitignore': 'no.js\n',
    'two/b.js': '',
    'c.js': '',
  });
  commitAll(join(root, 'one'));
  git(join(root, 'one'), 'add', '--force', 'no.js');
  commitAll(join(root, 'two'));
  assert.deepEqual((await listFiles(root)).files, [
    'c.js',
    'one/.gitignore',
    'one/a.js',
    'one/no.js',
    'two/b.js',
  ]);
});

test('the walk does not follow links, and ends', (context) => {
  const root = makeTree(context, { 'a/b.js': '' });
  symlinkSync('..', join(root, 'a/up'));
  symlinkSync('b.js', join(root, 'a/link.js'));
  const walk = walkFiles(root);
  assert.deepEqual(walk.files, ['a/b.js', 'a/link.js', 'a/up']);
  assert.deepEqual(walk.links, ['a/link.js', 'a/up']);
});

test('the walk names directories nested too deeply, and goes no further', (context) => {
  const deep = Array.from({ length: depthLimit + 20 }, (_, level) => `d${level}`);
  const root = makeTree(context, {
    [`${deep.join('/')}/end.js`]: '',
    [`${deep.slice(0, depthLimit).join('/')}/in.js`]: '',
  });
  const walk = walkFiles(root);
  assert.deepEqual(walk.files, [`${deep.slice(0, depthLimit).join('/')}/in.js`]);
  assert.deepEqual(walk.leftOut, [
    { path: deep.slice(0, depthLimit + 1).join('/'), reason: 'too-deep', matters: true },
  ]);
});

test('the walk names a directory that it may not read, and goes on', (context) => {
  const root = makeTree(context, { 'a.js': '', 'closed/b.js': '', 'open/c.js': '' });
  const walk = walkFiles(root, (path) => {
    if (path.endsWith('closed/')) throw Object.assign(new Error('no'), { code: 'EACCES' });
    return readdirSync(path, { withFileTypes: true });
  });
  assert.deepEqual(walk.files, ['a.js', 'open/c.js']);
  assert.deepEqual(walk.leftOut, [{ path: 'closed', reason: 'unreadable', matters: true, code: 'EACCES' }]);
});

test('patterns made to take for ever are passed over, the others of the file are heeded', (context) => {
  const root = makeTree(context, {
    '.gitignore': `${'*a'.repeat(40)}b\n${'**/'.repeat(30)}x\nno.js\n`,
    [`${'a'.repeat(200)}.js`]: '',
    'no.js': '',
  });
  const walk = walkFiles(root);
  assert.deepEqual(walk.files, ['.gitignore', `${'a'.repeat(200)}.js`]);
  assert.deepEqual(walk.leftOut, [{ path: '.gitignore', reason: 'ignore-file', matters: false }]);
});

test('the walk ignores what git ignores', async (context) => {
  const name = fc.constantFrom('a', 'b', 'ab', 'A', 'a b', '.c', 'x.js', 'y.js', '#h', '!n');
  const pattern = fc
    .tuple(
      fc.constantFrom('', '', '!'),
      fc.constantFrom('', '', '/', '**/', './'),
      fc.array(
        fc.constantFrom(
          'a',
          'b',
          'ab',
          '*',
          '?',
          '.c',
          'x.js',
          '*.js',
          '**',
          '[ab]',
          '[!a]',
          '\\#h',
          '\\!n',
          'a\\ b',
        ),
        {
          minLength: 1,
          maxLength: 3,
        },
      ),
      fc.constantFrom('', '', '/', '/*', '/**', ' '),
    )
    .map(([negation, start, segments, end]) => negation + start + segments.join('/') + end);
  const path = fc.array(name, { minLength: 1, maxLength: 4 }).map((segments) => segments.join('/'));
  const ignoreFile = fc.tuple(
    fc.constantFrom('', 'a/', 'b/', 'a/b/'),
    fc.array(pattern, { minLength: 1, maxLength: 4 }).map((lines) => lines.join('\n')),
  );
  const trees = fc.tuple(
    fc.array(path, { minLength: 1, maxLength: 8 }),
    fc.array(ignoreFile, { maxLength: 3 }),
  );
  await fc.assert(
    fc.asyncProperty(trees, async ([paths, ignoreFiles]) => {
      const root = makeTree(context, {});
      for (const [directory, text] of ignoreFiles) addFiles(root, { [`${directory}.gitignore`]: text });
      for (const each of paths) {
        try {
          addFiles(root, { [each]: '' });
        } catch {
          // A file stands where a directory should: the tree is as good without it.
        }
      }
      const walked = walkFiles(root).files.toSorted();
      git(root, 'init', '--quiet');
      const listed = git(root, 'ls-files', '-z', '--others', '--exclude-standard').split('\0').slice(0, -1);
      assert.deepEqual(walked, listed.toSorted());
    }),
    { numRuns: 30 },
  );
});
