/** Which globs of a repository are matched at all. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isCheapGlob } from '../../src/collect/cheap-glob.ts';

test('what people write is matched, what only takes time is not', () => {
  for (const glob of [
    '*.log',
    'report.[0-9]*.[0-9]*.[0-9]*.[0-9]*.json',
    '**/packages/*/dist/**',
    'packages/{a,b}',
    '# a comment',
    '',
  ]) {
    assert.equal(isCheapGlob(glob), true, glob);
  }
  for (const glob of [`${'*a'.repeat(5)}b`, '**/'.repeat(5), '{a,b}'.repeat(3), 'x'.repeat(2000)]) {
    assert.equal(isCheapGlob(glob), false, glob);
  }
});
