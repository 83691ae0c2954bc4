/** Tries hostile text in every place of a comment, and asks the reference renderer what became of it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  cellCode,
  codeBlock,
  codeSpan,
  escapeCommentKey,
  escapeProse,
  escapeText,
  escapeUrl,
  htmlCode,
  link,
  pathSpan,
} from '../../src/report/markdown-escape.ts';
import { visibleLine, visibleText } from '../../src/report/visible-text.ts';
import { activeText, renderHtml, searchedText, tagsOf, textOf } from './github-markdown.ts';
import { hostileTexts as hostile } from './hostile-texts.ts';
import { hostileText } from './verdict-fixtures.ts';

/** Where a report puts text: Markdown around it, and the tags that the place itself makes. */
const places: readonly [string, (text: string) => string][] = [
  ['a paragraph', (text) => text],
  ['a paragraph after a line', (text) => `above\n${text}`],
  ['the middle of a sentence', (text) => `before ${text} after`],
  ['a list item', (text) => `- ${text}`],
  ['a quotation', (text) => `> ${text}`],
  ['a heading', (text) => `### ${text}`],
  ['a table cell', (text) => `| a | b |\n| --- | --- |\n| ${text} | last |`],
  ['a link', (text) => `[${text}](https://example.com/)`],
  ['bold text', (text) => `**x ${text} x**`],
];

const runs = { numRuns: 400 };

/** The tags apart from code, which an escape may use. */
const structure = (html: string) => tagsOf(html).filter((tag) => !/^<(?:\/?code|wbr)>$/.test(tag));

test('plain text stays the same words, is never markup and never acted on, in every place', () => {
  for (const [place, put] of places) {
    const empty = structure(renderHtml(put('x')));
    fc.assert(
      fc.property(hostile, (text) => {
        const expected = visibleLine(text, 600);
        fc.pre(expected !== '');
        const html = renderHtml(put(escapeText(text)));
        assert.deepEqual(structure(html), empty, `${place}: ${html}`);
        assert.deepEqual(activeText(html), [], `${place}: ${html}`);
        assert.ok(textOf(html).includes(expected), `${place}: ${html}`);
      }),
      runs,
    );
  }
});

test('prose is as safe as plain text, and backticks in it are code', () => {
  assert.equal(
    renderHtml(escapeProse('Set `cookie.secure` to `true`, _now_.')),
    '<p>Set <code>cookie.secure</code> to <code>true</code>, _now_.</p>',
  );
  for (const [place, put] of places) {
    const empty = structure(renderHtml(put('x')));
    fc.assert(
      fc.property(hostile, (text) => {
        const expected = visibleLine(text, 600).replace(/`([^`]+)`/g, '$1');
        fc.pre(expected.trim() !== '');
        const html = renderHtml(put(escapeProse(text)));
        assert.deepEqual(structure(html), empty, `${place}: ${html}`);
        assert.deepEqual(activeText(html), [], `${place}: ${html}`);
        assert.ok(collapse(textOf(html)).includes(collapse(expected)), `${place}: ${html}`);
      }),
      runs,
    );
  }
});

test('code is one code element with exactly the text, in every place', () => {
  for (const write of [codeSpan, cellCode, htmlCode, pathSpan]) {
    for (const [place, put] of places) {
      const empty = structure(renderHtml(put('x')));
      fc.assert(
        fc.property(hostile, (text) => {
          const html = renderHtml(put(write(text)));
          assert.deepEqual(structure(html), empty, `${place}: ${html}`);
          const codes = [...html.matchAll(/<code>(.*?)<\/code>/gs)].map((found) => textOf(found[1]!));
          assert.deepEqual(codes, [text === '' ? '(empty)' : visibleText(text)], `${place}: ${html}`);
          assert.deepEqual(activeText(html), []);
        }),
        runs,
      );
    }
  }
});

test('code in HTML that GitHub does not read as Markdown is the text too', () => {
  fc.assert(
    fc.property(hostile, (text) => {
      const html = renderHtml(`<details>\n<summary>${htmlCode(text)}</summary>\n\nx\n\n</details>`);
      assert.deepEqual(tagsOf(html), [
        '<details>',
        '<summary>',
        '<code>',
        '</code>',
        '</summary>',
        '<p>',
        '</p>',
        '</details>',
      ]);
      assert.ok(textOf(html).includes(text === '' ? '(empty)' : visibleText(text)));
    }),
    runs,
  );
});

test('a code block holds every line and ends where it should', () => {
  fc.assert(
    fc.property(hostile, (text) => {
      const html = renderHtml(`before\n\n${codeBlock(text, 'js')}\n\nafter`);
      const found =
        /^<p>before<\/p>\n<pre><code class="language-js">(.*)<\/code><\/pre>\n<p>after<\/p>$/s.exec(html);
      assert.ok(found, html);
      const lines = text.split('\n').map((line) => line.split('\t').map(visibleText).join('\t'));
      assert.equal(textOf(found[1]!).trimEnd(), lines.join('\n').trimEnd());
    }),
    runs,
  );
});

test('invisible and bidirectional characters are spelt out', () => {
  assert.equal(escapeText('a\u202eb\u200bc\ud800'), 'a\\[U+202E\\]b\\[U+200B\\]c\\[U+D800\\]');
  assert.equal(codeSpan('a\u202e\nb'), '<code>a&#91;U&#43;202E&#93;&#91;U&#43;000A&#93;b</code>');
  for (const write of [escapeText, escapeProse, codeSpan, htmlCode, (text: string) => codeBlock(text, '')])
    assert.doesNotMatch(
      write(hostileText),
      /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/,
    );
});

test('what GitHub would link, mention or draw is code, and ordinary words are left alone', () => {
  assert.equal(
    escapeText('Update (express@4.22.3), see #12 and "GH-7" or https://evil.example.'),
    'Update (`express@4.22.3`), see `#12` and "`GH-7`" or `https://evil.example`.',
  );
  assert.equal(
    escapeText('The session cookie is sent: cookie.secure is false, feedback welcome.'),
    'The session cookie is sent: cookie.secure is false, feedback welcome.',
  );
  assert.equal(escapeText('commit 0123abc at 15552000'), 'commit `0123abc` at `15552000`');
});

test('texts of any length are cut to whole characters', () => {
  const long = escapeText('😀'.repeat(100_000), 11);
  assert.equal(long, '😀😀😀😀😀…');
  assert.equal(codeSpan('x'.repeat(1000), 5), '`xxxx…`');
});

test('a link has our text and an http(s) address, or is only text', () => {
  assert.equal(link('`a`', 'https://example.com/a b(1)'), '[`a`](https://example.com/a%20b%281%29)');
  for (const url of [
    `https://example.com/${'x'.repeat(2000)}`,
    'javascript:alert(1)',
    'data:text/html,x',
    '//evil.example',
    'x',
    'file:///etc/passwd',
  ])
    assert.equal(link('text', url), 'text');
  fc.assert(
    fc.property(hostile, (text) => {
      const url = `https://example.com/${text}`;
      const escaped = escapeUrl(url);
      if (escaped === null) return;
      const html = renderHtml(`| a |\n| - |\n| ${link('text', url)} |`);
      const href = /<a href="([^"]*)">text<\/a>/.exec(html);
      assert.ok(href, html);
      assert.equal(new URL(textOf(href[1]!)).host, 'example.com');
    }),
    runs,
  );
});

test('a comment key can neither end the comment nor pass for another key', () => {
  fc.assert(
    fc.property(hostile, hostile, (a, b) => {
      const html = renderHtml(`<!-- x key="${escapeCommentKey(a)}" -->\n\nafter`);
      assert.equal(html, `<!-- x key="${escapeCommentKey(a)}" -->\n<p>after</p>`);
      assert.match(escapeCommentKey(a), /^[\w%.-]*$/);
      assert.doesNotMatch(escapeCommentKey(a), /--/);
      assert.equal(escapeCommentKey(a) === escapeCommentKey(b), Buffer.from(a).equals(Buffer.from(b)));
    }),
    runs,
  );
});

test('the oracle sees what it must', () => {
  const html = renderHtml('hi @user #12 :tada: www.x.example `@code` $x$ abcdef0');
  assert.deepEqual(activeText(html), ['@u', '#1', ':tada:', '$', '$', 'abcdef0']);
  assert.ok(tagsOf(html).some((tag) => tag.startsWith('<a ')));
  assert.ok(!searchedText(html).join('').includes('@code'));
});

function collapse(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

test('code in the cell of a table may be broken every 16 signs, best where a name has a seam', () => {
  const seams = (text: string) =>
    cellCode(text)
      .replace(/&#(\d+);/g, (_all, code) => String.fromCodePoint(Number(code)))
      .split('<wbr>');
  assert.equal(cellCode('cookie.secure'), '`cookie.secure`');
  assert.deepEqual(seams('lib/store/session.js:13'), ['<code>lib/', 'store/', 'session.js:13</code>']);
  assert.deepEqual(seams('rejectUnauthorized'), ['<code>reject', 'Unauthorized</code>']);
  assert.deepEqual(seams('app.use(helmet())'), ['<code>app.', 'use(', 'helmet())</code>']);
  assert.deepEqual(seams('npm install jsonwebtoken@9.0.3'), [
    '<code>npm ',
    'install ',
    'jsonwebtoken@',
    '9.0.3</code>',
  ]);
  fc.assert(
    fc.property(hostile, (text) => {
      assert.equal(textOf(renderHtml(cellCode(text))), textOf(renderHtml(codeSpan(text))));
      for (const run of textOf(renderHtml(cellCode(text).replaceAll('<wbr>', ' '))).split(/[\s-]+/))
        assert.ok([...run].length <= 17, run);
    }),
    runs,
  );
});
