/** Code excerpts: the marker stands under what is meant, whatever the line is made of. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { displayWidth } from '../../src/report/terminal-escape.ts';
import { excerptSource } from '../../src/report/text-excerpt.ts';

/** The excerpt of `what` in a file, as lines; lines without a number get none. */
function excerptOf(text: string, what: string, file = 'src/app.js'): string[] {
  const offset = text.indexOf(what);
  const before = text.slice(0, offset).split('\n');
  const inside = what.split('\n');
  const column = before.at(-1)!.length + 1;
  const location = {
    file,
    line: before.length,
    column,
    endLine: before.length + inside.length - 1,
    endColumn: inside.length > 1 ? inside.at(-1)!.length + 1 : column + what.length,
  };
  return excerptSource(new Map([[file, { path: file, text }]]))
    .rows(location)
    .map(({ number, text: row }) => `${number ?? ''}|${row}`);
}

test('the line, a line of context on each side, and a marker of the right length', () => {
  assert.deepEqual(excerptOf('a\nb\n  secure: false,\nc\nd', 'secure: false'), [
    '2|b',
    '3|  secure: false,',
    '|  ^^^^^^^^^^^^^',
    '4|c',
  ]);
});

test('blank lines are no context, and the first and last line have it on one side', () => {
  assert.deepEqual(excerptOf('x = 1\n\ny', 'x'), ['1|x = 1', '|^']);
  assert.deepEqual(excerptOf('y\r\nx = 1', 'x'), ['1|y', '2|x = 1', '|^']);
});

test('tabs, wide and control characters before the place keep the marker under it', () => {
  assert.deepEqual(excerptOf('\t\tx', 'x'), ['1|        x', '|        ^']);
  assert.deepEqual(excerptOf('漢字 x', 'x'), ['1|漢字 x', '|     ^']);
  assert.deepEqual(excerptOf('e\u0301 x', 'x'), ['1|e\u0301 x', '|  ^']);
  assert.deepEqual(excerptOf('\u001b[2J x', 'x'), ['1|[U+001B][2J x', '|            ^']);
  assert.deepEqual(excerptOf('漢x漢', 'x漢'), ['1|漢x漢', '|  ^^^']);
});

test('of a place over several lines the first is marked to its end and few are shown', () => {
  assert.deepEqual(excerptOf('app.use(session({\n  a,\n}));\nz', 'session({\n  a,\n})'), [
    '1|app.use(session({',
    '|        ^^^^^^^^^',
    '2|  a,',
    '3|}));',
    '4|z',
  ]);
  const long = `f(${'\n  x,'.repeat(20)}\n)`;
  assert.deepEqual(excerptOf(long, long), ['1|f(', '|^^', '2|  x,', '3|  x,', '|...']);
});

test('a long line is shown around the place only', () => {
  const rows = excerptOf(`${'a;'.repeat(500_000)}secure:false;${'b;'.repeat(500_000)}`, 'secure:false');
  const [line, mark] = rows;
  assert.equal(rows.length, 2);
  assert.ok(line!.length < 130);
  assert.match(line!, /^1\|….*…$/);
  assert.equal(line!.slice(mark!.indexOf('^') + 1, mark!.length + 1), 'secure:false');
});

test('a file or line that is not there gives no rows, and a place beyond the line’s end a marker at its end', () => {
  const source = excerptSource(new Map([['a.js', { path: 'a.js', text: 'abc' }]]));
  const at = (file: string, line: number, column: number) =>
    source.rows({ file, line, column, endLine: line, endColumn: column + 5 });
  assert.deepEqual(at('b.js', 1, 1), []);
  assert.deepEqual(at('a.js', 2, 1), []);
  assert.deepEqual(
    at('a.js', 1, 99).map(({ text }) => text),
    ['abc', '   ^'],
  );
  assert.equal(source.line({ file: 'b.js', line: 1, column: 1, message: '' }), null);
  assert.equal(source.line({ file: 'a.js', line: 1, column: 1, message: '' }), 'abc');
});

test('JavaScript has two line breaks more than JSON', () => {
  const text = 'a\u2028b';
  const rows = (file: string) =>
    excerptSource(new Map([[file, { path: file, text }]])).rows({
      file,
      line: 1,
      column: 1,
      endLine: 1,
      endColumn: 2,
    });
  assert.equal(rows('a.mjs')[0]?.text, 'a');
  assert.equal(rows('a.json')[0]?.text, 'a[U+2028]b');
});

test('property: the marker starts where the text of the place starts', () => {
  const piece = fc.string({
    unit: fc.constantFrom('a', '\t', '漢', '\u001b', '\u202e', 'é', ' ', '\u{1f600}'),
    maxLength: 60,
  });
  fc.assert(
    fc.property(piece, piece, (before, after) => {
      const [line, mark] = excerptOf(`${before}XYZ${after}`, 'XYZ');
      const column = displayWidth(line!.slice(0, line!.indexOf('XYZ'))) - '1|'.length;
      assert.equal(mark!.indexOf('^') - '|'.length, column);
      assert.equal(mark!.slice(mark!.indexOf('^')), '^^^');
    }),
  );
});
