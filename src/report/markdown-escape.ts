/** Untrusted text -> Markdown in which it is only text, as GitHub renders comments, job summaries and files. */
import { shorten, visibleLine, visibleText } from './visible-text.ts';

/** Longer texts are cut: no sentence of a report needs more, and no one text may push the others out. */
const longest = 600;
const unbrokenPath = 24;
/** Signs of code in the cell of a table that may stand side by side: two such cells fit a phone of 375 px. */
const unbrokenInCell = 16;
/** Longer than the words that people read; a phone cannot show two of them side by side. */
const unbrokenWord = /[^\s-]{20}/;
/** A path of thousands of signs is no attempt at a readable link, but one at using up the report's room. */
const longestUrl = 1000;

/**
 * What GitHub turns into a link, a mention, an emoji or a formula after Markdown is done with, so that no backslash or entity
 * helps: @name, #12, GH-12, a commit hash, www., any address, :shortcode:, $formula$. Such a word is shown as code, where
 * GitHub leaves text alone and where it can still be read and copied.
 * Source: docs.github.com, "Autolinked references and URLs", "Writing mathematical expressions"; github/markup issue 1168.
 */
const activeWord = /[@$`]|#\d|:\S|www\.|(?<![0-9a-z])(?:gh-\d|[0-9a-f]{7,}(?![0-9a-z]))/i;

/** A word without the brackets, quotes and stops around it. */
const wordParts = /^([("'“‘[]*)(.*?)([.,;:!?)"'”’\]]*)$/s;

type Piece = { readonly kind: 'text' | 'code'; readonly value: string };

/**
 * Plain text for any inline position: paragraph, list item, table cell, link text. The reader sees the same words, in one line;
 * a word that GitHub would act on is shown as code.
 */
export function escapeText(text: string, most: number = longest, showCode: ShowCode = codeSpan): string {
  return renderPieces(wordPieces(visibleLine(text, most), showCode === cellCode), showCode);
}

type ShowCode = (text: string, most?: number) => string;

/** As escapeText, for sentences in which `backticks` mean code, as the rules write them. */
export function escapeProse(text: string, most: number = longest, showCode: ShowCode = codeSpan): string {
  const pieces = visibleLine(text, most)
    .split(/(`[^`]+`)/)
    .flatMap((part, index): Piece[] =>
      index % 2 === 1
        ? [{ kind: 'code', value: part.slice(1, -1) }]
        : wordPieces(part, showCode === cellCode),
    );
  return renderPieces(pieces, showCode);
}

/** Text as code, for any inline position. Spaces are kept; line breaks are shown as characters. */
export function codeSpan(text: string, most: number = longest): string {
  const code = shorten(visibleText(text.slice(0, most + 1)), most);
  // A backtick ends the span, a pipe a table cell around it, `]:` in a link's text makes a definition of the link, and `<!--`
  // should not even look like a mark: then the element itself is the way.
  const plain = /^[^\s`|\]](?:[^`|\]]*[^\s`|\]])?$/.test(code) && !code.includes('<!--');
  return plain ? `\`${code}\`` : htmlCode(code);
}

/** Text as a `code` element: also where GitHub reads HTML and not Markdown, as in `<summary>`. */
export function htmlCode(text: string): string {
  return `<code>${text === '' ? '(empty)' : encodeSigns(visibleText(text))}</code>`;
}

/** A path as code; a long one may be broken after each `/`, so that a table with it fits on a phone. */
export function pathSpan(path: string, most: number = longest): string {
  const code = shorten(visibleText(path.slice(0, most + 1)), most);
  if (code.length <= unbrokenPath || !code.includes('/')) return codeSpan(path, most);
  return `<code>${code.split('/').map(encodeSigns).join('/<wbr>')}</code>`;
}

/**
 * As codeSpan, for the cells of tables: a long run of signs may be broken after punctuation and before a capital letter, and where it has
 * neither, anywhere. The ending of a file's name stays with it. A table as wide as its longest name has to be scrolled on a phone, and nobody does.
 */
export function cellCode(text: string, most: number = longest): string {
  const code = shorten(visibleText(text.slice(0, most + 1)), most);
  const words = code.match(/[^\s-]+/g) ?? [];
  if (words.every((word) => word.length <= unbrokenInCell)) return codeSpan(text, most);
  const parts = code.split(
    /(?<=@)|(?<=[./\\_:=,;({[?&>|])(?![\d)\]}]|\w{1,4}(?::\d+)?$)|(?<=[\p{Ll}\d])(?=\p{Lu})/u,
  );
  const short = parts.flatMap((part) => part.match(/[^\s-]{1,16}(?:[\s-]+|$)|[^\s-]{1,16}|[\s-]+/gu) ?? []);
  return `<code>${short.map(encodeSigns).join('<wbr>')}</code>`;
}

/** Every sign that Markdown or an address may begin with, as an entity; what file names are made of stays readable. */
function encodeSigns(text: string): string {
  return text
    .replace(/[!-,:-@[-`{-~]/g, (sign) => `&#${sign.charCodeAt(0)};`)
    .replace(/(?<=www)\./gi, '&#46;');
}

/**
 * A fenced block on lines of its own. `language` is one of ours: GitHub draws some languages (mermaid, math) instead of showing them.
 */
export function codeBlock(text: string, language: string): string {
  const code = text
    .split('\n')
    .map((line) => line.split('\t').map(visibleText).join('\t'))
    .join('\n');
  const fence = codeFence(code);
  return `${fence}${language}\n${code}\n${fence}`;
}

/** A fence that nothing in `code` can end: longer than any run of backticks in it. */
export function codeFence(code: string): string {
  const runs = code.match(/`+/g) ?? [];
  return '`'.repeat(runs.reduce((most, run) => Math.max(most, run.length + 1), 3));
}

/** A link whose text is Markdown already; only the text where the address is none that a report may hold. */
export function link(markdown: string, url: string | null): string {
  const safe = url === null ? null : escapeUrl(url);
  return safe === null ? markdown : `[${markdown}](${safe})`;
}

/** An http(s) address for the target of a link, or null for anything else. */
export function escapeUrl(url: string): string | null {
  if (!URL.canParse(url)) return null;
  const { protocol, href } = new URL(url);
  if (protocol !== 'https:' && protocol !== 'http:') return null;
  if (href.length > longestUrl) return null;
  return href
    .replace(
      /[^\w\-.~:/?#@!$&+,;=%]/g,
      (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
    )
    .replaceAll('&', '&amp;');
}

/** The text of an attribute inside an HTML comment: nothing in it can end the comment, and no two (well-formed) texts become the same. */
export function escapeCommentKey(key: string): string {
  return encodeURIComponent(key.replace(/\p{Cs}/gu, '\ufffd')).replace(
    /[!'()*~]|-(?=-|$)/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** `text` is in one line and all visible. Leading and trailing spaces stay, as it may stand between two pieces of code. */
function wordPieces(text: string, inCell: boolean): Piece[] {
  return text.split(' ').flatMap((word, index): Piece[] => {
    const space: Piece = { kind: 'text', value: index === 0 ? '' : ' ' };
    if (!activeWord.test(word) && !(inCell && unbrokenWord.test(word)))
      return [space, { kind: 'text', value: escapeWord(word, index === 0) }];
    const [, before, core, after] = wordParts.exec(word)!;
    if (core === '') return [space, { kind: 'code', value: word }];
    return [
      space,
      { kind: 'text', value: escapeWord(before!, index === 0) },
      { kind: 'code', value: core! },
      { kind: 'text', value: escapeWord(after!, false) },
    ];
  });
}

function escapeWord(word: string, first: boolean): string {
  const escaped = word
    .replace(/[\\*[\]~#]|(?<![0-9a-z])_|_(?![0-9a-z])/gi, '\\$&')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('|', '&#124;');
  // What would be a list's sign, a rule or a heading at the start of a line.
  return first ? escaped.replace(/^[-+=](?=[-+=]*$)|(?<=^\d{1,9})[.)]$/, '\\$&') : escaped;
}

function renderPieces(pieces: readonly Piece[], showCode: ShowCode): string {
  const merged: Piece[] = [];
  for (const piece of pieces) {
    const last = merged.at(-1);
    if (piece.value === '') continue;
    // Two code spans side by side would be read as one with backticks in it.
    if (last?.kind === piece.kind)
      merged[merged.length - 1] = { kind: piece.kind, value: last.value + piece.value };
    else merged.push(piece);
  }
  return merged.map(({ kind, value }) => (kind === 'code' ? showCode(value) : value)).join('');
}
