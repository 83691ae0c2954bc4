/** Hostile text on a terminal: it is shown, it does nothing, and plain text stays as it is. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { displayWidth, terminalJson, terminalLine, terminalText } from '../../src/report/terminal-escape.ts';
import { hostileText } from './verdict-fixtures.ts';

/** Controls (C0, DEL, C1), bidi and other format characters, line separators, lone surrogates. */
const dangerous = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u;
const ciCommand = /^\s*::|##[a-z]*\[/im;

const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({
    unit: fc.constantFrom(
      '\u001b',
      '\u009b',
      '\u202e',
      '\u2066',
      '\u200b',
      '\n',
      '\r',
      '\t',
      ' ',
      ':',
      '#',
      '[',
      'a',
      '漢',
      '\ud800',
    ),
  }),
);

test('property: nothing unseen, no line break and no CI command is left', () => {
  fc.assert(
    fc.property(anyText, fc.integer({ min: 1, max: 50 }), (text, most) => {
      for (const shown of [terminalLine(text), terminalLine(text, most), terminalText(text)]) {
        assert.doesNotMatch(shown, dangerous);
        assert.doesNotMatch(shown, ciCommand);
      }
    }),
  );
});

test('property: text of printable ASCII without command marks comes through unchanged', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme-ascii' }), (text) => {
      fc.pre(!text.includes('##') && !text.trimStart().startsWith('::'));
      assert.equal(terminalText(text), text);
    }),
  );
});

test('what is dangerous is spelt out where it stands', () => {
  assert.equal(terminalText('a\u001b[31mb'), 'a[U+001B][31mb');
  assert.equal(terminalText('user\u202egnp.exe'), 'user[U+202E]gnp.exe');
  assert.equal(terminalText('a\nb\tc'), 'a[U+000A]b[U+0009]c');
  assert.equal(terminalText('tag\u{e0041}'), 'tag[U+E0041]');
  assert.equal(terminalLine('  two\r\n\twords '), 'two words');
  assert.equal(terminalText('Grüße, 漢字'), 'Grüße, 漢字');
});

test('what a CI system would obey is disarmed', () => {
  assert.equal(terminalText('::error::x'), '[U+003A]:error::x');
  assert.equal(terminalText('std::vector'), 'std::vector');
  assert.equal(terminalText('x ##[add-mask]y'), 'x #[U+0023][add-mask]y');
  assert.equal(terminalText('##vso[task.x]'), '#[U+0023]vso[task.x]');
  assert.equal(terminalText('## heading'), '## heading');
  assert.equal(terminalText('##\u200b[x]'), '#[U+0023][U+200B][x]');
});

test('property: JSON keeps its value and loses its teeth', () => {
  fc.assert(
    fc.property(fc.dictionary(anyText, fc.oneof(anyText, fc.array(anyText))), (value) => {
      const json = terminalJson(JSON.stringify(value, null, 2));
      assert.deepEqual(JSON.parse(json), JSON.parse(JSON.stringify(value)));
      assert.doesNotMatch(json.replaceAll('\n', ''), dangerous);
      assert.doesNotMatch(json, ciCommand);
    }),
  );
});

test('the width is in columns: two for wide characters, none for joining marks', () => {
  assert.equal(displayWidth('abc'), 3);
  assert.equal(displayWidth('漢字か한'), 8);
  assert.equal(displayWidth('ｆ'), 2);
  assert.equal(displayWidth('e\u0301'), 1);
  assert.equal(displayWidth('\u{1f600}'), 2);
  assert.equal(displayWidth('äöü€'), 4);
  assert.ok(displayWidth(terminalText(hostileText)) > hostileText.length);
});
