/** Finding and reading the policy file. */
import assert from 'node:assert/strict';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { readPolicy } from '../../src/collect/policy-file.ts';
import { policySizeLimit } from '../../src/collect/policy-layer.ts';
import { InputError } from '../../src/model/input-error.ts';
import { emptyPolicy, type Policy } from '../../src/model/policy.ts';
import type { Request } from '../../src/model/request.ts';
import { makeTree } from './file-tree.ts';

function request(directory: string, policyFile: string | null = null): Request {
  return {
    directory,
    policyFile,
    scope: null,
    failOn: null,
    audit: 'off',
    registry: null,
    omit: [],
    today: '2026-11-24',
  };
}

const refuses = (pattern: RegExp) => (error: unknown) => {
  assert.ok(error instanceof InputError);
  assert.match(error.describe(), pattern);
  return true;
};

test('the usual places, the first that is there, and none', async (context) => {
  const both = makeTree(context, {
    '.github/express-gate.yml': 'fail-on: low\n',
    '.express-gate.yml': 'fail-on: critical\n',
  });
  assert.deepEqual(await readOwn(request(both)), {
    ...emptyPolicy,
    file: '.github/express-gate.yml',
    failOn: 'low',
  });
  const second = makeTree(context, { '.express-gate.yml': '\uFEFFfail-on: critical\n' });
  assert.deepEqual(await readOwn(request(second)), {
    ...emptyPolicy,
    file: '.express-gate.yml',
    failOn: 'critical',
  });
  assert.deepEqual(await readOwn(request(makeTree(context, {}))), emptyPolicy);
});

/** The policy of a directory by itself. */
async function readOwn(asked: Request): Promise<Policy> {
  return (await readPolicy(asked)).policy;
}

test('a named policy is the one, from the scanned directory', async (context) => {
  const root = makeTree(context, {
    'shared.yml': 'fail-on: never\n',
    'shop/strict.yml': 'fail-on: low\n',
    'shop/.express-gate.yml': 'fail-on: critical\n',
  });
  const shop = join(root, 'shop');
  const read = async (file: string) => {
    const { file: name, failOn } = await readOwn(request(shop, file));
    return [name, failOn];
  };
  assert.deepEqual(await read('strict.yml'), ['strict.yml', 'low']);
  assert.deepEqual(await read(join(shop, 'strict.yml')), ['strict.yml', 'low']);
  assert.deepEqual(await read('../shared.yml'), ['../shared.yml', 'never']);
  await assert.rejects(read('absent.yml'), refuses(/^absent\.yml: there is no such policy file$/));
  await assert.rejects(read('.'), refuses(/the policy file cannot be read \(EISDIR\)/));
});

test('a policy under a name that is not read is refused, for it would do nothing', async (context) => {
  for (const name of ['.github/express-gate.yaml', '.express-gate.yaml', 'express-gate.yml']) {
    const root = makeTree(context, { [name]: 'fail-on: low\n' });
    await assert.rejects(
      readOwn(request(root)),
      refuses(/not read: rename it to \.github\/express-gate\.yml/),
    );
  }
});

test('what is no policy is refused by name', async (context) => {
  const read = (contents: string | Buffer) =>
    readOwn(request(makeTree(context, { '.express-gate.yml': contents })));
  await assert.rejects(read(Buffer.from('fail-on\0')), refuses(/^\.express-gate\.yml: this is no text/));
  await assert.rejects(read('#'.repeat(policySizeLimit + 1)), refuses(/at most 1 MiB/));
  const directory = makeTree(context, { '.express-gate.yml/a': '' });
  await assert.rejects(readOwn(request(directory)), refuses(/^\.express-gate\.yml: .*EISDIR/));
});

test('a link of the repository out of the directory is not read: errors would quote what it leads to', async (context) => {
  const secret = makeTree(context, { secrets: 'password: hunter2\n' });
  const root = makeTree(context, { 'policies/own.yml': 'fail-on: low\n' });
  symlinkSync(join(secret, 'secrets'), join(root, '.express-gate.yml'));
  await assert.rejects(readOwn(request(root)), (error) => {
    assert.ok(error instanceof InputError);
    assert.doesNotMatch(error.describe(), /password|hunter2/);
    return /symbolic link that leads out/.test(error.message);
  });
  const inside = makeTree(context, { 'policies/own.yml': 'fail-on: low\n' });
  symlinkSync('policies/own.yml', join(inside, '.express-gate.yml'));
  assert.equal((await readOwn(request(inside))).failOn, 'low');
});

test('a policy that is a device or a pipe is refused unopened, under a misspelt name too', {
  skip: process.platform === 'win32',
}, async (context) => {
  const directory = makeTree(context, { 'package.json': '{}' });
  symlinkSync('/dev/zero', join(directory, 'express-gate.yml'));
  await assert.rejects(
    readOwn(request(directory)),
    refuses(/express-gate\.yml: a policy of this name is not read/),
  );
  await assert.rejects(readOwn(request(directory, '/dev/zero')), refuses(/no ordinary file/));
});
