/** A place in a file -> the code around it as a Markdown block: line numbers, and a marker under what is meant. */
import type { Location } from '../model/location.ts';
import type { SnapshotFile } from '../model/snapshot.ts';
import { codeBlock } from './markdown-escape.ts';
import { displayWidth } from './terminal-escape.ts';
import { visibleText } from './visible-text.ts';

/** Lines shown before and after, and at most of the place itself. */
const around = 1;
const longestPlace = 8;
/** Of a longer line, as minified files have, only the part around the place is shown. */
const longestLine = 160;
const beforePlace = 60;

export type Excerpt = (location: Location) => string;

/** A function that gives the block for a place in `files`, or an empty text where the file or the line is not there. */
export function excerptsOf(files: ReadonlyMap<string, SnapshotFile>): Excerpt {
  const split = new Map<string, readonly string[]>();
  return (location) => {
    const file = files.get(location.file);
    if (file === undefined) return '';
    const lines = split.get(location.file) ?? file.text.split(/\r\n|\n|\r/);
    split.set(location.file, lines);
    return location.line <= lines.length ? excerpt(lines, location) : '';
  };
}

function excerpt(lines: readonly string[], { line, column, endLine, endColumn }: Location): string {
  const last = Math.min(Math.max(line, endLine), line + longestPlace - 1, lines.length);
  const from = Math.max(1, line - around);
  const to = Math.min(lines.length, last + around);
  const start = lines[line - 1]!.length > longestLine ? Math.max(0, column - 1 - beforePlace) : 0;
  const gutter = String(to).length;
  const rows: string[] = [];
  for (let number = from; number <= to; number += 1) {
    const text = lines[number - 1]!;
    const inside = number >= line && number <= last;
    rows.push(`${inside ? '>' : ' '} ${String(number).padStart(gutter)} | ${show(text, start)}`.trimEnd());
    if (number === line && endLine === line) {
      const mark = text.slice(column - 1, endColumn - 1) || ' ';
      const width = displayWidth(show(text.slice(0, column - 1), start));
      const length = Math.min(displayWidth(show(mark, 0)), longestLine - width);
      rows.push(`  ${' '.repeat(gutter)} | ${' '.repeat(width)}${'^'.repeat(Math.max(1, length))}`);
    }
  }
  return codeBlock(rows.join('\n'), '');
}

/** The part of a line from `start` on, everything in it visible, with `…` where something is missing. */
function show(text: string, start: number): string {
  const part = text.slice(start, start + longestLine);
  const rest = text.length > start + longestLine ? '…' : '';
  return `${start > 0 && text !== '' ? '…' : ''}${visibleText(part.replaceAll('\t', '  '))}${rest}`;
}
