/** Works out what GitHub makes of Markdown: the reference GFM renderer, and then what GitHub looks for in text that is not code. */
import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';

/** The HTML of a comment, with raw HTML left in it, as GitHub reads it before it cleans it. */
export function renderHtml(markdown: string): string {
  return micromark(markdown, { allowDangerousHtml: true, extensions: [gfm()], htmlExtensions: [gfmHtml()] });
}

/** Every tag of `html` in order, with its attributes. */
export function tagsOf(html: string): string[] {
  return html.replace(/<!--.*?-->/gs, '').match(/<[^>]*>/g) ?? [];
}

/** What a reader sees, entities decoded. */
export function textOf(html: string): string {
  return decode(html.replace(/<!--.*?-->/gs, '').replace(/<[^>]*>/g, ''));
}

/** The text nodes that GitHub goes on to search: those outside code and links. */
export function searchedText(html: string): string[] {
  return html
    .replace(/<!--.*?-->/gs, '')
    .replace(/<pre>.*?<\/pre>|<code[^>]*>.*?<\/code>|<a [^>]*>.*?<\/a>/gs, '<>')
    .split(/<[^>]*>/)
    .map(decode);
}

/**
 * What GitHub would act on in `html` beyond its markup: mentions, references, commit hashes, addresses, emoji, formulas.
 * Wider than GitHub's own patterns.
 */
export function activeText(html: string): string[] {
  return searchedText(html).flatMap(
    (text) =>
      text.match(
        /@[a-z0-9]|#\d|(?<![a-z0-9])gh-\d|(?<![a-z0-9])[0-9a-f]{7,}(?![0-9a-z])|www\.|[a-z]+:\/\/|mailto:|xmpp:|:[a-z0-9_+-]+:|\$/gi,
      ) ?? [],
  );
}

const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"' };

function decode(text: string): string {
  return text.replace(/&(?:#(\d+)|#x([0-9a-f]+)|(\w+));/gi, (whole, decimal, hex, name) =>
    decimal
      ? String.fromCodePoint(Number(decimal))
      : hex
        ? String.fromCodePoint(Number.parseInt(hex, 16))
        : (named[name] ?? whole),
  );
}
