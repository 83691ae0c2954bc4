/** Reading JSON, and saying where text stops being JSON. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseJson } from '../../src/collect/json-text.ts';
import { InputError } from '../../src/model/input-error.ts';

function faultOf(text: string): string {
  try {
    parseJson(text, 'a.json');
  } catch (error) {
    assert.ok(error instanceof InputError);
    return error.describe();
  }
  return 'none';
}

test('the first fault is named with its place', () => {
  const said = (text: string) => faultOf(text).replace('this is not valid JSON: ', '');
  assert.equal(said(''), 'a.json:1:1: it ends where a value should follow');
  assert.equal(said('{\n  "a": 1,\n}'), 'a.json:3:1: a comma before it is one too many');
  assert.equal(said('[1,\n2,]'), 'a.json:2:3: a comma before it is one too many');
  assert.equal(said('{"a": 1 "b": 2}'), 'a.json:1:9: a comma or `}` should stand here');
  assert.equal(said('{"a" 1}'), 'a.json:1:6: a colon should stand here');
  assert.equal(said('{"a": }'), 'a.json:1:7: a value should stand here');
  assert.equal(said('{a: 1}'), 'a.json:1:2: a name in double quotes should stand here');
  assert.equal(said("{'a': 1}"), 'a.json:1:2: strings stand in double quotes');
  assert.equal(said('// hi\n{}'), 'a.json:1:1: comments are not allowed');
  assert.equal(said('{}\n{}'), 'a.json:2:1: nothing more should stand here');
  assert.equal(
    said('{"a": "b\n"}'),
    'a.json:1:7: the string that begins here has no closing quote on its line',
  );
  assert.equal(said('{"a": "C:\\dir"}'), 'a.json:1:10: a backslash in a string must be written twice');
  assert.equal(said('{"a": "b\tc"}'), 'a.json:1:9: a control character stands in a string');
  assert.equal(said('{\n<<<<<<< HEAD\n'), 'a.json:2:1: a merge conflict was left here');
  assert.equal(said('{"a": [1, 2'), 'a.json:1:12: it ends where a comma or `]` should follow');
  assert.equal(said('{"a": NaN}'), 'a.json:1:7: a value should stand here');
});

test('nesting of any depth is read, or its fault found', () => {
  assert.equal(faultOf(`${'['.repeat(200_000)}${']'.repeat(200_000)}`), 'none');
  assert.match(faultOf('['.repeat(200_000)), /^a\.json:1:200001: .*it ends where a value should follow$/);
});

test('text is JSON exactly where JSON.parse says so, and a fault lies within the text', () => {
  const damaged = fc
    .tuple(
      fc.json(),
      fc.nat(),
      fc.constantFrom('', '"', '{', '}', '[', ']', ',', ':', '\\', 'x', '\n', '-', '0', '.'),
    )
    .map(([text, at, insert]) => {
      const place = text.length === 0 ? 0 : at % text.length;
      return text.slice(0, place) + insert + text.slice(place + (at % 2));
    });
  fc.assert(
    fc.property(fc.oneof(damaged, fc.string()), (text) => {
      let expected: { value: unknown } | null = null;
      try {
        expected = { value: JSON.parse(text) };
      } catch {}
      try {
        assert.deepEqual({ value: parseJson(text, 'a.json') }, expected);
      } catch (error) {
        if (!(error instanceof InputError)) throw error;
        assert.equal(expected, null);
        const lines = text.split('\n');
        assert.ok(error.line! >= 1 && error.line! <= lines.length);
        assert.ok(error.column! >= 1 && error.column! <= lines[error.line! - 1]!.length + 1);
        assert.doesNotMatch(error.message, /it ends where nothing more/);
      }
    }),
    { numRuns: 2000 },
  );
});
