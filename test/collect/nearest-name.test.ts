/** The known name nearest to a misspelt one. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { nearestName, suggestion } from '../../src/collect/nearest-name.ts';
import { ruleIds } from '../../src/model/rule-ids.ts';

test('letters missing, added, wrong or swapped', () => {
  const known = ['fail-on', 'format', 'exclude', 'require'];
  assert.equal(nearestName('failon', known), 'fail-on');
  assert.equal(nearestName('fail_on', known), 'fail-on');
  assert.equal(nearestName('formatt', known), 'format');
  assert.equal(nearestName('fromat', known), 'format');
  assert.equal(nearestName('EXCLUDE', known), 'exclude');
  assert.equal(nearestName('colour', known), null);
  assert.equal(nearestName('', known), null);
  assert.equal(nearestName('x'.repeat(10_000_000), known), null);
  assert.equal(suggestion('fialon', known), ' Did you mean `fail-on`?');
  assert.equal(suggestion('colour', known), '');
});

test('any rule id with one slip in it is found again', () => {
  const slip = fc
    .tuple(fc.constantFrom(...ruleIds), fc.nat(), fc.constantFrom('x', ''))
    .map(([id, at, put]) => {
      const place = at % id.length;
      return { id, misspelt: id.slice(0, place) + put + id.slice(place + 1) };
    })
    // `osql-injection` is as near to `sql-injection` as to `nosql-injection`: there either answer is right.
    .filter(({ id, misspelt }) => ruleIds.every((other) => other === id || !misspelt.endsWith(other)));
  fc.assert(fc.property(slip, ({ id, misspelt }) => id.length < 5 || nearestName(misspelt, ruleIds) === id));
});
