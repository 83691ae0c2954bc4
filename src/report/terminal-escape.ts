/** Untrusted text -> text that a terminal, or the log of a CI system, only shows. */
import { visibleLine, visibleText } from './visible-text.ts';

/**
 * What the log of a CI system would take for a command although every character of it is visible: GitHub's `##[name]` and Azure's
 * `##vso[…]` count anywhere in a line, GitHub's `::name::` at the beginning of one (after blanks).
 * Source: actions/runner, src/Runner.Common/ActionCommand.cs; Azure Pipelines, "Logging commands".
 */
const commandMark = /#{2,}(?=[a-z]*\[)/gi;
const commandStart = /^(\s*):(?=:)/;

/** One line of words: blanks and line breaks become single spaces; at most `most` UTF-16 units. */
export function terminalLine(text: string, most = 600): string {
  return disarm(visibleLine(text, most));
}

/** Text in which every blank counts (a path, code): nothing is joined or cut; line breaks and tabs are spelt out. */
export function terminalText(text: string): string {
  return disarm(visibleText(text));
}

function disarm(text: string): string {
  return text
    .replace(commandMark, (run) => `#${'[U+0023]'.repeat(run.length - 1)}`)
    .replace(commandStart, '$1[U+003A]');
}

/** JSON text with what is unseen, or a CI system's command, written as JSON escapes: the same value, harmless on a terminal. */
export function terminalJson(json: string): string {
  return json
    .replace(/[^\n\x20-\x7e]/gu, (character) =>
      visibleText(character) === character ? character : jsonEscape(character),
    )
    .replace(commandMark, (run) => `#${'\\u0023'.repeat(run.length - 1)}`);
}

function jsonEscape(character: string): string {
  return character
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('');
}

const wide =
  /[\p{Emoji_Presentation}\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{16fe0}-\u{18cff}\u{1b000}-\u{1b2ff}\u{20000}-\u{3fffd}]/u;
const joined = /[\p{Mn}\p{Me}]/u;

/** How many columns a terminal gives to text that has been made visible: 2 for wide characters, 0 for marks that join another. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const character of text) {
    if (character < '\u0300') width += 1;
    else if (!joined.test(character)) width += wide.test(character) ? 2 : 1;
  }
  return width;
}
