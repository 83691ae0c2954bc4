/** Which directories a workspace root counts as its own. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { governingRoot, relativeTo, workspaceRoot } from '../../src/collect/workspaces.ts';

test('globs, directories and negations, the last one wins', () => {
  const root = workspaceRoot('.', [
    'packages/*',
    './apps/**/',
    '!packages/old',
    'tools/{a,b}',
    'packages/old/kept',
  ]);
  const included = (directory: string) => root.includes(directory);
  assert.deepEqual(
    [
      'packages/a',
      'packages/a/b',
      'packages/old',
      'packages/old/kept',
      'apps/x',
      'apps/x/y',
      'tools/a',
      'tools/c',
    ].filter(included),
    ['packages/a', 'packages/old/kept', 'apps/x', 'apps/x/y', 'tools/a'],
  );
  const again = ['!packages/old', 'packages/*'];
  assert.equal(workspaceRoot('.', again).includes('packages/old'), true);
  assert.equal(workspaceRoot('.', again, 'negated-wins').includes('packages/old'), false);
});

test('patterns made to take for ever, and empty ones, match nothing', () => {
  const hostile = [`${'*a'.repeat(30)}b`, '(a+)+b', '{a,aa}'.repeat(20), '', '/', './', '**/'.repeat(20)];
  const root = workspaceRoot('.', hostile);
  assert.equal(root.includes('a'.repeat(200)), false);
});

test('the nearest root governs', () => {
  const roots = [
    workspaceRoot('.', ['**']),
    workspaceRoot('apps', ['*']),
    workspaceRoot('apps/shop', ['nothing']),
  ];
  assert.equal(governingRoot('apps/shop', roots)?.directory, 'apps');
  assert.equal(governingRoot('apps/shop/api', roots)?.directory, '.');
  assert.equal(governingRoot('.', roots), null);
  assert.equal(governingRoot('application', [workspaceRoot('app', ['**'])]), null);
});

test('a directory seen from one above it', () => {
  assert.equal(relativeTo('a/b', '.'), 'a/b');
  assert.equal(relativeTo('a/b', 'a'), 'b');
  assert.equal(relativeTo('ab', 'a'), null);
  assert.equal(relativeTo('a', 'a'), null);
});
