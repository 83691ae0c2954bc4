/** The snapshot of a whole directory: bad input is named and no more, and the same input gives the same snapshot. */
import assert from 'node:assert/strict';
import { cpSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { collectSnapshot } from '../../src/collect/collect.ts';
import { InputError } from '../../src/model/input-error.ts';
import { emptyPolicy, type Policy } from '../../src/model/policy.ts';
import type { Snapshot } from '../../src/model/snapshot.ts';
import { addFiles, commitAll, type FileTree, git, makeTree } from './file-tree.ts';

function collect(directory: string, policy: Partial<Policy> = {}): Promise<Snapshot> {
  return collectSnapshot(
    {
      directory,
      policyFile: null,
      scope: null,
      failOn: null,
      audit: 'off',
      registry: null,
      omit: [],
      today: '2026-11-24',
    },
    { ...emptyPolicy, ...policy },
  );
}

const app: FileTree = {
  'package.json': '{ "name": "shop", "dependencies": { "express": "^4.17.1" } }',
  'package-lock.json': JSON.stringify({
    lockfileVersion: 3,
    packages: { '': { dependencies: { express: '^4.17.1' } }, 'node_modules/express': { version: '4.17.1' } },
  }),
  'app.js': "require('express')();\n",
};

/** The snapshot without its times. */
function timeless({ files, projects, audits, checks, revision }: Snapshot): unknown {
  return {
    revision,
    files: [...files],
    projects,
    audits: audits.map((audit) => ({ ...audit, ms: 0 })),
    checks: checks.map((check) => ({ ...check, ms: 0 })),
  };
}

test('an application is read whole', async (context) => {
  const snapshot = await collect(makeTree(context, app));
  assert.equal(snapshot.revision, null);
  assert.deepEqual([...snapshot.files.keys()], ['app.js', 'package-lock.json', 'package.json']);
  assert.deepEqual(
    snapshot.projects.map(({ directory, name, express }) => [directory, name, express?.resolved]),
    [['.', 'shop', '4.17.1']],
  );
  assert.deepEqual(
    snapshot.checks.map((check) => ({ ...check, ms: 0 })),
    [{ name: 'files', project: '.', state: 'ok', detail: '3 files read.', ms: 0 }],
  );
  assert.deepEqual(
    snapshot.audits.map(({ workspaceRoot, answer }) => [workspaceRoot, answer.kind]),
    [['.', 'not-asked']],
  );
});

test('the same files give the same snapshot, wherever they lie and whoever lists them', async (context) => {
  const files: FileTree = {
    ...app,
    'b/package.json': '{}',
    'a/package.json': '{',
    '.gitignore': 'no.js\n',
    'no.js': '',
  };
  const walked = await collect(makeTree(context, files));
  const reversed = makeTree(context, Object.fromEntries(Object.entries(files).reverse()));
  assert.deepEqual(timeless(await collect(reversed)), timeless(walked));
  commitAll(reversed);
  assert.deepEqual(timeless(await collect(reversed)), timeless(walked));
  const odd = join(
    makeTree(context, {}),
    'a b\'c "é\n'.slice(0, process.platform === 'win32' ? 5 : undefined),
  );
  mkdirSync(odd);
  addFiles(odd, files);
  assert.deepEqual(timeless(await collect(odd)), timeless(walked));
  const link = join(makeTree(context, {}), 'link');
  symlinkSync(odd, link);
  assert.deepEqual(timeless(await collect(link)), timeless(walked));
});

test('what is no directory that can be read is refused by name', async (context) => {
  const root = makeTree(context, { 'package.json': '{}' });
  symlinkSync('loop', join(root, 'loop'));
  const refused = (name: string, pattern: RegExp) =>
    assert.rejects(collect(join(root, name)), (error) => {
      assert.ok(error instanceof InputError);
      assert.equal(error.file, join(root, name));
      assert.match(error.message, pattern);
      return true;
    });
  await refused('absent', /there is no such directory/);
  await refused('package.json', /this is no directory/);
  await refused('loop', /cannot be read \(ELOOP\)/);
  await assert.rejects(collect(makeTree(context, {})), /no package\.json .*nothing to judge/);
  await assert.rejects(
    collect(makeTree(context, { 'node_modules/x/package.json': '{}' })),
    /nothing to judge/,
  );
});

test('each kind of bad input is named in the check of its project, and the rest is read', async (context) => {
  const root = makeTree(context, {
    ...app,
    'server.js': Buffer.from('binary\0'),
    'huge.js': Buffer.alloc(20 * 1024 * 1024, 'x'),
    'public/app.min.js': Buffer.alloc(20 * 1024 * 1024, 'x'),
    'nested/package.json': '{\n  "name": }\n',
    'yarned/package.json': '{ "name": "yarned" }',
    'yarned/yarn.lock': '# yarn lockfile v1\n',
    'bunned/package.json': '{ "name": "bunned" }',
    'bunned/bun.lockb': 'of another kind',
    'locked/package.json': '{ "name": "locked" }',
    'locked/package-lock.json': '{ "lockfileVersion": 3, "packages": [',
  });
  symlinkSync(join(makeTree(context, { 'x.js': '' }), 'x.js'), join(root, 'outside.js'));
  const { checks, projects, files } = await collect(root);
  assert.ok(files.has('app.js'));
  assert.deepEqual(
    projects.map(({ directory, name, lockfileFile, lockfile }) => [
      directory,
      name,
      lockfileFile,
      lockfile !== null,
    ]),
    [
      ['.', 'shop', 'package-lock.json', true],
      ['bunned', 'bunned', 'bunned/bun.lockb', false],
      ['locked', 'locked', 'locked/package-lock.json', false],
      ['nested', null, null, false],
      ['yarned', 'yarned', 'yarned/yarn.lock', true],
    ],
  );
  assert.deepEqual(
    checks.map(({ name, project, state, cause }) => [name, project, state, cause]),
    [
      ['files', '.', 'degraded', 'unreadable'],
      ['files', 'bunned', 'degraded', undefined],
      ['files', 'locked', 'degraded', 'unreadable'],
      ['files', 'nested', 'degraded', 'unreadable'],
    ],
  );
  const [whole, bunned, locked, nested] = checks.map(({ detail }) => detail);
  assert.match(whole!, /1 file is too large to be read: huge\.js; /);
  assert.match(whole!, /1 file is not text: server\.js; /);
  assert.match(whole!, /1 symbolic link leads out of the directory and was not followed: outside\.js; /);
  assert.match(whole!, /1 file is too large to be read \(client-side, generated or test material\)\./);
  assert.match(locked!, /^locked\/package-lock\.json:1:\d+: /);
  assert.match(nested!, /^nested\/package\.json:2:11: this is not valid JSON: a value should stand here; /);
  assert.match(
    bunned!,
    /^bunned\/bun\.lockb: bun's binary lockfile is not read: run `bun install --save-text-lockfile`/,
  );
});

test('a bound that was reached is told from a fault', async (context) => {
  const { checks } = await collect(
    makeTree(context, { ...app, 'huge.js': Buffer.alloc(2 * 1024 * 1024, 'x') }),
  );
  assert.deepEqual(
    checks.map(({ state, cause }) => [state, cause]),
    [['degraded', 'limit']],
  );
});

test('generated and client-side files that are too large make no noise', async (context) => {
  const { checks } = await collect(
    makeTree(context, { ...app, 'public/bundle.js': Buffer.alloc(20 * 1024 * 1024, 'x') }),
  );
  assert.equal(checks[0]?.state, 'ok');
});

test('what the policy excludes makes no noise and is no project', async (context) => {
  const root = makeTree(context, {
    ...app,
    'fixtures/broken/package.json': '{',
    'legacy/blob.js': Buffer.from('\0'),
  });
  assert.equal((await collect(root)).projects.length, 2);
  const { checks, projects } = await collect(root, { exclude: ['fixtures', 'legacy/**'] });
  assert.deepEqual(
    checks.map(({ state }) => state),
    ['ok'],
  );
  assert.equal(projects.length, 1);
});

async function outerWorkspace(context: TestContext): Promise<[string, Snapshot]> {
  const root = makeTree(context, {
    'package.json': '{ "workspaces": ["apps/*"] }',
    'package-lock.json': '{ "lockfileVersion": 3, "packages": {} }',
    'apps/shop/package.json': app['package.json']!,
  });
  git(root, 'init', '--quiet');
  return [root, await collect(join(root, 'apps/shop'))];
}

test('one workspace scanned alone hears where its lockfile is', async (context) => {
  const [root, { checks }] = await outerWorkspace(context);
  assert.match(
    checks[0]!.detail,
    /This directory is a workspace of \.\.\/\.\., which holds the lockfile; .*`working-directory`/,
  );
  assert.equal(checks[0]!.state, 'degraded');
  writeFileSync(join(root, 'package.json'), '{ "workspaces": ["other/*"] }');
  assert.equal((await collect(join(root, 'apps/shop'))).checks[0]!.state, 'ok');
});

test('what lies above the repository is not looked at', async (context) => {
  const [root] = await outerWorkspace(context);
  const copy = makeTree(context, {});
  cpSync(join(root, 'package.json'), join(copy, 'package.json'));
  cpSync(join(root, 'package-lock.json'), join(copy, 'package-lock.json'));
  addFiles(copy, { 'apps/shop/package.json': app['package.json']! });
  assert.equal((await collect(join(copy, 'apps/shop'))).checks[0]!.state, 'ok');
});
