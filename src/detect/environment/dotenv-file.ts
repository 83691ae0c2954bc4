/** Turns a .env file into the variables that it sets, as dotenv reads them. */
import { isVariableName, maxSettings, type Setting } from './setting.ts';

/** A line of a .env file. */
export interface DotenvSetting extends Setting {
  readonly value: string;
  /** The quotes around the value, `` where there are none: those who fill in `${…}` leave what stands in single quotes alone. */
  readonly quote: string;
}

/**
 * Reads as dotenv does (17.2, lib/main.js: `LINE` and `parse`): `NAME=value` or `NAME: value`, `export` before it, single, double and back
 * quotes over several lines, `\n` and `\r` in double quotes, comments after a `#`. Where a name stands twice the last counts.
 */
export function parseDotenv(text: string, file: string): DotenvSetting[] {
  const found = new Map<string, DotenvSetting>();
  const lines = text.replace(/\r\n?/g, '\n').split('\n');
  for (let index = 0; index < lines.length && found.size < maxSettings; index++) {
    const line = lines[index]!;
    const head = /^\s*(?:export\s+)?([\w.-]+)(?:\s*=|:\s)/.exec(
      line.length > 4_096 ? line.slice(0, 4_096) : line,
    );
    if (head === null) continue;
    const name = head[1]!;
    const rest = line.slice(head[0].length);
    const column = line.indexOf(name) + 1;
    const quoted = readQuoted(lines, index, rest);
    const value = quoted?.value ?? unquoted(rest);
    const endLine = quoted?.endLine ?? index;
    if (isVariableName(name)) {
      // The order is that of the file, the place that of the last line that counts.
      found.set(name, {
        name,
        value,
        fallback: null,
        quote: quoted?.quote ?? '',
        location: {
          file,
          line: index + 1,
          column,
          endLine: endLine + 1,
          endColumn: endLine === index ? line.trimEnd().length + 1 : lines[endLine]!.length + 1,
        },
      });
    }
    index = endLine;
  }
  return [...found.values()];
}

function unquoted(rest: string): string {
  const hash = rest.indexOf('#');
  const value = (hash === -1 ? rest : rest.slice(0, hash)).trim();
  const quote = value[0] ?? '';
  const isQuoted = value.length > 1 && /["'`]/.test(quote) && value.endsWith(quote);
  // A double quote that nothing closes is enough for `\n` to mean a new line.
  return unescaped(isQuoted ? value.slice(1, -1) : value, quote);
}

/** A value in quotes, after which only a comment may stand; null where it is none. */
function readQuoted(
  lines: readonly string[],
  index: number,
  rest: string,
): { readonly value: string; readonly quote: string; readonly endLine: number } | null {
  const start = rest.trimStart();
  const quote = start[0];
  if (quote !== '"' && quote !== "'" && quote !== '`') return null;
  /** Places at which it may end: the expression gives back an escaped quote where nothing else ends the value. */
  const ends: { readonly line: number; readonly length: number }[] = [];
  let text = '';
  let line = start.slice(1);
  for (let at = index; ; ) {
    for (let close = line.indexOf(quote); close !== -1; close = line.indexOf(quote, close + 1)) {
      const isEscaped = close > 0 && line[close - 1] === '\\';
      if (/^\s*(?:#.*)?$/.test(line.slice(close + 1))) ends.push({ line: at, length: text.length + close });
      if (!isEscaped) return endOf(ends, text + line, quote);
    }
    text += `${line}\n`;
    at++;
    if (at >= lines.length || text.length > 65_536) return endOf(ends, text, quote);
    line = lines[at]!;
  }
}

function endOf(
  ends: readonly { readonly line: number; readonly length: number }[],
  text: string,
  quote: string,
): { readonly value: string; readonly quote: string; readonly endLine: number } | null {
  const end = ends.at(-1);
  return end === undefined
    ? null
    : { value: unescaped(text.slice(0, end.length), quote), quote, endLine: end.line };
}

function unescaped(text: string, quote: string): string {
  return quote === '"' ? text.replaceAll('\\n', '\n').replaceAll('\\r', '\r') : text;
}
