/** Reading the texts of a directory: what is read, what is left out, and which of that somebody must hear of. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { fileKind, sourceSizeLimit } from '../../src/collect/file-kinds.ts';
import { readSourceFiles } from '../../src/collect/source-files.ts';
import { commitAll, makeTree } from './file-tree.ts';

const large = Buffer.alloc(20 * 1024 * 1024, 'x');

test('what the gate judges by is read, the rest is not', async (context) => {
  const read = [
    'app.js',
    'a.cjs',
    'b.mjs',
    'c.jsx',
    'd.ts',
    'e.cts',
    'f.mts',
    'g.tsx',
    'package.json',
    'package-lock.json',
    'npm-shrinkwrap.json',
    'yarn.lock',
    'pnpm-lock.yaml',
    'bun.lock',
    'config/default.json',
    'compose.yml',
    'fly.toml',
    '.env',
    '.env.production',
    'Dockerfile',
    'Dockerfile.prod',
    'Procfile',
    '.nvmrc',
    '.node-version',
    '.tool-versions',
    '.npmrc',
    '.github/workflows/ci.yml',
    'certs/server.pem',
    'certs/server.key',
  ];
  const unread = [
    'README.md',
    'types.d.ts',
    'style.css',
    'photo.png',
    '.yarn/releases/yarn-4.0.0.cjs',
    '.pnp.cjs',
    'log.conf',
  ];
  const root = makeTree(
    context,
    Object.fromEntries([...read, ...unread].map((path) => [path, `text of ${path}`])),
  );
  const { files, leftOut } = await readSourceFiles(root);
  assert.deepEqual([...files.keys()], read.toSorted());
  for (const [path, file] of files) assert.deepEqual(file, { path, text: `text of ${path}` });
  assert.deepEqual(leftOut, []);
});

test('what may configure a proxy is read where its text does, and a key store as text', async (context) => {
  const nginx = 'server {\n  listen 80;\n}\n';
  const read = {
    'nginx.conf': nginx,
    'nginx/site.conf': nginx,
    'deploy/nginx/conf.d/app.conf.template': '  proxy_set_header Host $host;\n',
    'etc/sites-enabled/default': nginx,
    'docker/web.conf': '<VirtualHost *:443>\n</VirtualHost>\n',
    'haproxy/haproxy.cfg': 'frontend web\n  bind *:80\n',
    Caddyfile: 'example.org {\n  reverse_proxy app:3000\n}\n',
  };
  const root = makeTree(context, {
    ...read,
    'log.conf': 'level = debug\n',
    'etc/sites-enabled/README': 'Nothing here.\n',
    'nginx/blob.conf': Buffer.from([0, 1, 2]),
    'huge.conf': `server {\n${' '.repeat(300_000)}`,
    'server.p12': Buffer.from([0x30, 0x03, 0x02, 0x01, 0x00]),
  });
  const { files, leftOut } = await readSourceFiles(root);
  assert.deepEqual([...files.keys()], [...Object.keys(read), 'server.p12'].toSorted());
  assert.equal(files.get('server.p12')?.text, '-----BEGIN PKCS12-----\nMAMCAQA=\n-----END PKCS12-----\n');
  assert.deepEqual(leftOut, []);
});

test("a file without an ending in bin is read where it starts Node.js, as Express' generator writes it", async (context) => {
  const root = makeTree(context, {
    'bin/www': '#!/usr/bin/env node\nrequire("../app");\n',
    'bin/deploy': '#!/bin/sh\n',
    'bin/tool': Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0]),
  });
  const { files, leftOut } = await readSourceFiles(root);
  assert.deepEqual([...files.keys()], ['bin/www']);
  assert.deepEqual(leftOut, []);
});

test('a byte order mark is no part of the text, and bytes that are no UTF-8 do not stop the reading', async (context) => {
  const root = makeTree(context, {
    'a.js': Buffer.from('\uFEFFapp();'),
    'b.js': Buffer.from([0x2f, 0x2f, 0xe9, 0x0a, 0x61]),
  });
  const { files } = await readSourceFiles(root);
  assert.equal(files.get('a.js')?.text, 'app();');
  assert.equal(files.get('b.js')?.text, '//\uFFFD\na');
});

test('a source of 20 MB is not read; it matters unless it is certainly no server code', async (context) => {
  const quiet = [
    'public/bundle.js',
    'dist/server.js',
    'lib/jquery.min.js',
    'test/fixtures/huge.js',
    '.next/server/page.js',
  ];
  const loud = ['server.js', 'src/app.ts'];
  const root = makeTree(context, {
    ...Object.fromEntries([...quiet, ...loud].map((path) => [path, large])),
    'data.json': large,
    'openapi.yaml': large,
    'limit.js': Buffer.alloc(sourceSizeLimit, ' '),
  });
  const { files, leftOut } = await readSourceFiles(root);
  assert.deepEqual([...files.keys()], ['limit.js']);
  const named = (matters: boolean) =>
    leftOut
      .filter((each) => each.matters === matters && each.reason === 'too-large')
      .map(({ path }) => path)
      .sort();
  assert.deepEqual(named(true), loud.toSorted());
  assert.deepEqual(named(false), [...quiet, 'data.json', 'openapi.yaml'].sort());
});

test('a file that is no text is named, unless it is a video or a key', async (context) => {
  const video = Buffer.alloc(188 * 4, 0);
  for (let packet = 0; packet < 4; packet += 1) video[packet * 188] = 0x47;
  const root = makeTree(context, {
    'app.js': Buffer.from('a\0b'),
    'clip.ts': video,
    'server.key': Buffer.from([0x30, 0x82, 0]),
    'public/blob.js': Buffer.from('a\0b'),
  });
  const { files, leftOut } = await readSourceFiles(root);
  assert.equal(files.size, 0);
  assert.deepEqual(leftOut, [
    { path: 'app.js', reason: 'not-text', matters: true },
    { path: 'public/blob.js', reason: 'not-text', matters: false },
  ]);
});

test('links that leave the directory are named and not followed; those inside are read once, under their real path', async (context) => {
  const outside = makeTree(context, { 'secret.js': 'secret', 'code/more.js': 'secret' });
  const root = makeTree(context, { 'lib/real.js': 'real', 'app.js': 'app' });
  symlinkSync(join(outside, 'secret.js'), join(root, 'leak.js'));
  symlinkSync(join(outside, 'code'), join(root, 'code'));
  symlinkSync(outside, join(root, 'docs'));
  symlinkSync('lib/real.js', join(root, 'alias.js'));
  symlinkSync('lib', join(root, 'library'));
  symlinkSync('nowhere.js', join(root, 'dangling.js'));
  symlinkSync('loop.js', join(root, 'loop.js'));
  const { files, leftOut } = await readSourceFiles(root);
  assert.deepEqual(
    [...files],
    [
      ['app.js', { path: 'app.js', text: 'app' }],
      ['lib/real.js', { path: 'lib/real.js', text: 'real' }],
    ],
  );
  assert.deepEqual(
    leftOut.toSorted((a, b) => (a.path < b.path ? -1 : 1)),
    [
      { path: 'code', reason: 'link-outside', matters: true },
      { path: 'dangling.js', reason: 'link-broken', matters: true, code: 'ENOENT' },
      { path: 'docs', reason: 'link-outside', matters: false },
      { path: 'leak.js', reason: 'link-outside', matters: true },
      { path: 'loop.js', reason: 'link-broken', matters: true, code: 'ELOOP' },
    ],
  );
});

test('a tracked directory that became a link out of the tree is not followed', async (context) => {
  const outside = makeTree(context, { 'app.js': 'secret' });
  const root = makeTree(context, { 'src/app.js': 'mine', 'package.json': '{}' });
  commitAll(root);
  rmSync(join(root, 'src'), { recursive: true });
  symlinkSync(outside, join(root, 'src'));
  const { files, leftOut } = await readSourceFiles(root);
  assert.deepEqual([...files.keys()], ['package.json']);
  assert.deepEqual(leftOut, [{ path: 'src/app.js', reason: 'link-outside', matters: true }]);
});

test('a link into node_modules or .git is not read', async (context) => {
  const root = makeTree(context, { 'node_modules/x/index.js': 'x', '.git/hook.js': 'x' });
  symlinkSync('node_modules/x/index.js', join(root, 'x.js'));
  symlinkSync('.git/hook.js', join(root, 'y.js'));
  const { files, leftOut } = await readSourceFiles(root);
  assert.equal(files.size, 0);
  assert.deepEqual(leftOut, []);
});

const whatMayNotBeRead = (context: TestContext) => {
  const root = makeTree(context, { 'app.js': 'app', 'closed.js': 'no', 'closed/in.js': 'no' });
  chmodSync(root, 0o755);
  chmodSync(join(root, 'closed.js'), 0);
  chmodSync(join(root, 'closed'), 0);
  // Root may read everything, so the reading is done as nobody.
  const module = new URL('../../src/collect/source-files.ts', import.meta.url);
  const script = `
    const { readSourceFiles } = await import(${JSON.stringify(module.href)});
    if (process.getuid() === 0) process.seteuid(65534);
    const { files, leftOut } = await readSourceFiles(${JSON.stringify(root)});
    console.log(JSON.stringify({ files: [...files.keys()], leftOut }));`;
  const output = execFileSync(process.execPath, ['--input-type=module', '--eval', script], {
    cwd: fileURLToPath(new URL('.', import.meta.url)),
    encoding: 'utf8',
  });
  chmodSync(join(root, 'closed'), 0o755);
  assert.deepEqual(JSON.parse(output), {
    files: ['app.js'],
    leftOut: [
      { path: 'closed', reason: 'unreadable', matters: true, code: 'EACCES' },
      { path: 'closed.js', reason: 'unreadable', matters: true, code: 'EACCES' },
    ],
  });
};
// Windows has other rights, which chmod does not set.
if (process.platform !== 'win32') test('what may not be read is named, file and directory', whatMayNotBeRead);

test('beyond the bounds the least important files are left out, and named', async (context) => {
  const root = makeTree(context, {
    'a.json': '{}',
    'b.js': '1',
    'c.js': '2',
    'package.json': '{}',
    'package-lock.json': '{}',
  });
  const byCount = await readSourceFiles(root, undefined, { files: 3, bytes: 1000 });
  assert.deepEqual([...byCount.files.keys()], ['b.js', 'package-lock.json', 'package.json']);
  assert.deepEqual(
    byCount.leftOut.map(({ path, reason }) => `${path} ${reason}`),
    ['c.js over-count', 'a.json over-count'],
  );
  const byBytes = await readSourceFiles(root, undefined, { files: 100, bytes: 5 });
  assert.deepEqual([...byBytes.files.keys()], ['b.js', 'package-lock.json', 'package.json']);
});

test('manifests and lockfiles are known to be there even where they are not read', async (context) => {
  const root = makeTree(context, {
    'package.json': large,
    'bun.lockb': Buffer.from([0, 1]),
    'a/package.json': Buffer.from('\0'),
  });
  const { present, files } = await readSourceFiles(root);
  assert.deepEqual([...present].sort(), ['a/package.json', 'bun.lockb', 'package.json']);
  assert.equal(files.size, 0);
});

test('what the policy excludes is read all the same, and its loss is no matter', async (context) => {
  const root = makeTree(context, { 'legacy/a.js': 'a', 'legacy/b.js': Buffer.from('\0') });
  const { files, leftOut } = await readSourceFiles(root, (path) => path.startsWith('legacy/'));
  assert.deepEqual([...files.keys()], ['legacy/a.js']);
  assert.deepEqual(leftOut, [{ path: 'legacy/b.js', reason: 'not-text', matters: false }]);
});

test('the kind of a file goes by its name', () => {
  assert.equal(fileKind('src/index.d.mts'), null);
  assert.equal(fileKind('src/data.d.json.ts'), null);
  assert.equal(fileKind('APP.JS'), 'source');
  assert.equal(fileKind('bin/www.js'), 'source');
  assert.equal(fileKind('bin/nested/www'), null);
  assert.equal(fileKind('etc/nginx/sites-enabled/default'), 'proxy');
});
