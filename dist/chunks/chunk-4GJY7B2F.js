import { createRequire as createRequireForBundle } from 'node:module'; const require = createRequireForBundle(import.meta.url);

// src/report/visible-text.ts
var unseen = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}]/gu;
var blanks = /[\t\n\v\f\r\u0085\p{Zs}\p{Zl}\p{Zp}]+/gu;
function visibleText(text) {
  return text.replace(
    unseen,
    (character) => `[U+${character.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}]`
  );
}
function visibleLine(text, most) {
  const line = visibleText(
    text.slice(0, 8 * most).replace(blanks, " ").trim()
  );
  return shorten(line, most);
}
function shorten(text, most) {
  if (text.length <= most) return text;
  const cut = text.slice(0, most - 1);
  return `${/[\uD800-\uDBFF]$/.test(cut) ? cut.slice(0, -1) : cut}…`;
}

// src/report/terminal-escape.ts
var commandMark = /#{2,}(?=[a-z]*\[)/gi;
var commandStart = /^(\s*):(?=:)/;
function terminalLine(text, most = 600) {
  return disarm(visibleLine(text, most));
}
function terminalText(text) {
  return disarm(visibleText(text));
}
function disarm(text) {
  return text.replace(commandMark, (run) => `#${"[U+0023]".repeat(run.length - 1)}`).replace(commandStart, "$1[U+003A]");
}
function terminalJson(json) {
  return json.replace(
    /[^\n\x20-\x7e]/gu,
    (character) => visibleText(character) === character ? character : jsonEscape(character)
  ).replace(commandMark, (run) => `#${"\\u0023".repeat(run.length - 1)}`);
}
function jsonEscape(character) {
  return character.split("").map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`).join("");
}
var wide = /[\p{Emoji_Presentation}\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{16fe0}-\u{18cff}\u{1b000}-\u{1b2ff}\u{20000}-\u{3fffd}]/u;
var joined = /[\p{Mn}\p{Me}]/u;
function displayWidth(text) {
  let width = 0;
  for (const character of text) {
    if (character < "̀") width += 1;
    else if (!joined.test(character)) width += wide.test(character) ? 2 : 1;
  }
  return width;
}

export {
  visibleText,
  visibleLine,
  shorten,
  terminalLine,
  terminalText,
  terminalJson,
  displayWidth
};
