/** How a project comes to use Express. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findExpressUse } from '../../src/collect/express-use.ts';
import { readNpmLockfile } from '../../src/collect/lockfile/npm-lockfile.ts';
import type { Lockfile } from '../../src/model/lockfile.ts';

function lock(packages: Record<string, object>, lockfileVersion = 3): Lockfile {
  return readNpmLockfile('package-lock.json', JSON.stringify({ lockfileVersion, packages }));
}

test('a declared Express is found in each field, the one that npm installs from first', () => {
  for (const field of [
    'dependencies',
    'optionalDependencies',
    'devDependencies',
    'peerDependencies',
  ] as const) {
    assert.deepEqual(findExpressUse({ [field]: { express: '^4.17.1' } }, null, ''), {
      declared: '^4.17.1',
      declaredIn: field,
      resolved: null,
      through: null,
    });
  }
  const both = findExpressUse(
    { devDependencies: { express: '5' }, dependencies: { express: '4' } },
    null,
    '',
  );
  assert.equal(both?.declaredIn, 'dependencies');
});

test('a project without Express, and one with a package that only looks like it', () => {
  assert.equal(findExpressUse({}, null, ''), null);
  assert.equal(findExpressUse({ dependencies: { 'express-session': '1', koa: '2' } }, null, ''), null);
  assert.equal(findExpressUse({ dependencies: { express: 'npm:@evil/express@4' } }, null, ''), null);
});

test('Express under another name is Express', () => {
  const lockfile = lock({
    '': { dependencies: { web: 'npm:express@^4.17.1' } },
    'node_modules/web': { name: 'express', version: '4.17.3' },
  });
  assert.deepEqual(findExpressUse({ dependencies: { web: 'npm:express@^4.17.1' } }, lockfile, ''), {
    declared: '^4.17.1',
    declaredIn: 'dependencies',
    resolved: '4.17.3',
    through: null,
  });
  assert.equal(findExpressUse({ dependencies: { web: 'npm:express' } }, null, '')?.declared, '*');
});

test('the version is the one that this project resolves', () => {
  const lockfile = lock({
    '': { workspaces: ['packages/*'], dependencies: { express: '4' } },
    'node_modules/express': { version: '4.18.0' },
    'node_modules/b': { resolved: 'packages/b', link: true },
    'packages/b': { name: 'b', dependencies: { express: '5' } },
    'packages/b/node_modules/express': { version: '5.0.0' },
    'packages/c': { name: 'c', dependencies: { express: '4' } },
  });
  const resolved = (location: string) =>
    findExpressUse({ dependencies: { express: '*' } }, lockfile, location)?.resolved;
  assert.equal(resolved(''), '4.18.0');
  assert.equal(resolved('packages/b'), '5.0.0');
  assert.equal(resolved('packages/c'), '4.18.0');
  assert.equal(resolved('packages/not-in-the-lockfile'), '4.18.0');
});

test('a lockfile of version 1 resolves it too', () => {
  const lockfile = readNpmLockfile(
    'package-lock.json',
    JSON.stringify({ lockfileVersion: 1, dependencies: { express: { version: '4.16.0' } } }),
  );
  assert.equal(findExpressUse({ dependencies: { express: '^4' } }, lockfile, '')?.resolved, '4.16.0');
});

test('a framework brings the Express that it resolves itself, however deep', () => {
  const lockfile = lock({
    '': { dependencies: { '@nestjs/platform-express': '^10', '@vendure/core': '3' } },
    'node_modules/@nestjs/platform-express': { version: '10.0.0', dependencies: { express: '4.18.2' } },
    'node_modules/@nestjs/platform-express/node_modules/express': { version: '4.18.2' },
    'node_modules/express': { version: '5.1.0' },
    'node_modules/@vendure/core': { version: '3.0.0', dependencies: { '@nestjs/platform-express': '10' } },
  });
  assert.deepEqual(findExpressUse({ dependencies: { '@nestjs/platform-express': '^10' } }, lockfile, ''), {
    declared: null,
    declaredIn: null,
    resolved: '4.18.2',
    through: '@nestjs/platform-express',
  });
  const vendure = findExpressUse({ dependencies: { '@vendure/core': '3' } }, lockfile, '');
  assert.equal(vendure?.resolved, '4.18.2');
  const unlocked = findExpressUse({ devDependencies: { sails: '^1' } }, null, '');
  assert.deepEqual([unlocked?.through, unlocked?.resolved], ['sails', null]);
});

test('versions of a framework that run on something else are no Express', () => {
  const uses = (name: string, range: string) =>
    findExpressUse({ dependencies: { [name]: range } }, null, '') !== null;
  assert.equal(uses('@apollo/server', '^4.0.0'), true);
  assert.equal(uses('@apollo/server', '^5.0.0'), false);
  assert.equal(uses('json-server', '^0.17.4'), true);
  assert.equal(uses('json-server', '1.0.0-beta.3'), false);
  assert.equal(uses('payload', '^3.1.0'), false);
  assert.equal(uses('@apollo/server', 'latest'), true);
  assert.equal(uses('@nestjs/core', '^10'), false);
});
