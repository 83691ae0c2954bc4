/** Globs of a policy: what they cover, and above all what they must not cover. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pathListMatcher, pathMatcher } from '../../src/model/path-glob.ts';

test('a glob covers the paths it names', () => {
  const table: readonly (readonly [glob: string, path: string, covered: boolean])[] = [
    ['src/app.js', 'src/app.js', true],
    ['./src/app.js', 'src/app.js', true],
    ['src/app.js', 'other/src/app.js', false],
    ['src/**', 'src/deep/er/app.js', true],
    ['**/*.js', 'app.js', true],
    ['**/*.js', 'src/.hidden/app.js', true],
    ['src/*', 'src/app.js', true],
    ['src/*', 'src/deep/app.js', false],
    ['legacy', 'legacy/deep/app.js', true],
    ['legacy/', 'legacy/app.js', true],
    ['legacy', 'legacy-not/app.js', false],
    ['packages/*/legacy', 'packages/a/legacy/app.js', true],
    ['SRC/**', 'src/app.js', false],
    ['!src/**', 'src/app.js', false],
    ['!src/**', 'lib/app.js', true],
    ['!legacy', 'legacy/app.js', false],
    ['!(a|b)/app.js', 'c/app.js', true],
    ['!(a|b)/app.js', 'a/app.js', false],
    ['[', 'src/app.js', false],
  ];
  for (const [glob, path, covered] of table) {
    assert.equal(pathMatcher(glob)(path), covered, `${glob} on ${path}`);
  }
});

test('a list is read in order, and a negation takes back without covering the rest', () => {
  const isExcluded = pathListMatcher(['legacy/**', '!legacy/auth/**', 'legacy/auth/vendored.js']);
  assert.equal(isExcluded('legacy/app.js'), true);
  assert.equal(isExcluded('legacy/auth/login.js'), false);
  assert.equal(isExcluded('legacy/auth/vendored.js'), true);
  assert.equal(isExcluded('src/app.js'), false);
});

test('an empty list, an empty glob and a lone negation', () => {
  assert.equal(pathListMatcher([])('src/app.js'), false);
  assert.equal(pathListMatcher(['!src/**'])('lib/app.js'), false);
  assert.equal(pathListMatcher(['.'])('lib/app.js'), true);
});
