/** A place in a file -> the lines of code around it for a terminal, with a marker under what is meant. */
import type { Location, RelatedLocation } from '../model/location.ts';
import type { SnapshotFile } from '../model/snapshot.ts';
import { displayWidth, terminalText } from './terminal-escape.ts';

/** One row of an excerpt. A marker row has no number. */
export interface ExcerptRow {
  readonly number: number | null;
  readonly text: string;
  readonly kind: 'context' | 'code' | 'marker';
}

export interface ExcerptSource {
  /** The rows for a place with one line of context on each side; none where the file or the line is not there. */
  rows(location: Location): ExcerptRow[];
  /** The one line of a related place. */
  line(place: RelatedLocation): string | null;
  /** The line as it is in the file. */
  raw(file: string, line: number): string | null;
}

/** Lines of the place itself that are shown. */
const longestPlace = 3;
/** Of a longer line, as minified files have, only the part around the place is shown. */
const longestLine = 110;
const beforePlace = 40;

/** Reads excerpts out of the files; each file is split into lines once. */
export function excerptSource(files: ReadonlyMap<string, SnapshotFile>): ExcerptSource {
  const split = new Map<string, readonly string[]>();
  const linesOf = (path: string): readonly string[] => {
    const known = split.get(path);
    if (known) return known;
    const lines = files.get(path)?.text.split(lineBreak(path)) ?? [];
    split.set(path, lines);
    return lines;
  };
  const raw = (file: string, line: number) => linesOf(file)[line - 1] ?? null;
  return {
    rows: (location) => excerpt(linesOf(location.file), location),
    line: (place) => {
      const text = raw(place.file, place.line);
      if (text === null) return null;
      const shown = show(text, windowStart(text, place.column)).trim();
      return shown === '' ? null : shown;
    },
    raw,
  };
}

/** ECMAScript counts two more characters as line breaks than other formats do. */
function lineBreak(path: string): RegExp {
  return /\.[cm]?[jt]sx?$/.test(path) ? /\r\n|[\n\r\u2028\u2029]/ : /\r\n|[\n\r]/;
}

function excerpt(lines: readonly string[], { line, column, endLine, endColumn }: Location): ExcerptRow[] {
  const first = lines[line - 1];
  if (first === undefined) return [];
  const last = Math.min(Math.max(line, endLine), lines.length);
  const shownLast = Math.min(last, line + longestPlace - 1);
  const start = windowStart(first, column);
  const rows: ExcerptRow[] = [];
  const context = (number: number) => {
    const text = lines[number - 1];
    if (text !== undefined && text.trim() !== '') {
      rows.push({ number, text: show(text, start), kind: 'context' });
    }
  };
  context(line - 1);
  rows.push({ number: line, text: show(first, start), kind: 'code' });
  // Where the place goes on over further lines, what is marked of the first one goes to its end.
  const end = endLine > line ? first.trimEnd().length + 1 : endColumn;
  rows.push({ number: null, text: marker(first, start, column, end), kind: 'marker' });
  for (let number = line + 1; number <= shownLast; number += 1) {
    rows.push({ number, text: show(lines[number - 1]!, start), kind: 'code' });
  }
  if (last > shownLast) rows.push({ number: null, text: '...', kind: 'context' });
  else context(last + 1);
  return rows;
}

function windowStart(text: string, column: number): number {
  if (text.length <= longestLine) return 0;
  return wholeCharacter(text, Math.max(0, Math.min(column - 1, text.length) - beforePlace));
}

function marker(text: string, start: number, column: number, end: number): string {
  const from = Math.min(Math.max(column - 1, start), text.length);
  const to = Math.min(Math.max(end - 1, from), windowEnd(text, start));
  const indent = displayWidth(show(text.slice(0, from), start));
  return `${' '.repeat(indent)}${'^'.repeat(Math.max(1, displayWidth(visible(text.slice(from, to)))))}`;
}

/** The part of a line in the window, everything in it visible, with `…` where something is missing. */
function show(text: string, start: number): string {
  const end = windowEnd(text, start);
  const before = start > 0 && text !== '' ? '…' : '';
  return `${before}${visible(text.slice(start, end))}${end < text.length ? '…' : ''}`;
}

function windowEnd(text: string, start: number): number {
  return text.length <= start + longestLine ? text.length : wholeCharacter(text, start + longestLine);
}

/** Not in the middle of a character of two units. */
function wholeCharacter(text: string, index: number): number {
  return /[\uDC00-\uDFFF]/.test(text.charAt(index)) ? index - 1 : index;
}

function visible(text: string): string {
  return terminalText(text.replaceAll('\t', '    '));
}
