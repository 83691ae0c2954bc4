/** Untrusted text -> the same text with every character that a reader cannot see, or that changes what others look like, spelt out. */

/** Control, format (bidi, zero width), private and unpaired surrogate characters, line separators, and what Unicode lets fonts leave out. */
const unseen =
  /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}]/gu;

const blanks = /[\t\n\v\f\r\u0085\p{Zs}\p{Zl}\p{Zp}]+/gu;

/** Every unseen character as `[U+202E]`; line feeds and tabs too. */
export function visibleText(text: string): string {
  return text.replace(
    unseen,
    (character) => `[U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}]`,
  );
}

/**
 * One line: runs of blanks and line breaks become one space, the rest as in visibleText. At most `most` UTF-16 units long;
 * what is longer ends in `…`.
 */
export function visibleLine(text: string, most: number): string {
  // Cut first, so that a text of megabytes costs no more than a long one.
  const line = visibleText(
    text
      .slice(0, 8 * most)
      .replace(blanks, ' ')
      .trim(),
  );
  return shorten(line, most);
}

/** At most `most` UTF-16 units of `text`, never half a character; `…` says that something is missing. */
export function shorten(text: string, most: number): string {
  if (text.length <= most) return text;
  const cut = text.slice(0, most - 1);
  return `${/[\uD800-\uDBFF]$/.test(cut) ? cut.slice(0, -1) : cut}…`;
}
