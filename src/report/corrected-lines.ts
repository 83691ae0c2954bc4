/** A text and the edits of a correction -> the whole lines that the correction replaces, and what they become. */
import type { TextEdit } from '../model/finding.ts';

export interface CorrectedLines {
  /** 1-based, both inclusive. */
  readonly first: number;
  readonly last: number;
  /** What stands in their place: lines with their own ends; empty where they only go. */
  readonly text: string;
}

/** Line breaks to a parser of JavaScript, or to some tools, but not to git: their line numbers are not the same. */
const disputedBreak = /\r(?!\n)|[\u2028\u2029]/;

/** The lines with their ends, as git counts them; null where others count them differently. */
export function linesOf(text: string): string[] | null {
  return disputedBreak.test(text) ? null : splitLines(text);
}

/**
 * As few lines as hold the edits (equal ones count once); null where the edits overlap, lie outside of the text or change nothing.
 * @param lines of the text, with their ends
 */
export function correctLines(lines: readonly string[], edits: readonly TextEdit[]): CorrectedLines | null {
  const first = Math.min(...edits.map(({ start }) => start.line));
  const last = Math.max(...edits.map(({ end }) => end.line));
  if (!(first >= 1 && last <= lines.length)) return null;
  const old = lines.slice(first - 1, last);
  const starts = [0];
  for (const line of old) starts.push(starts.at(-1)! + line.length);
  const offsetOf = ({ line, column }: TextEdit['start']): number => {
    const length = old[line - first]?.replace(/\r?\n$/, '').length ?? -1;
    return column >= 1 && column <= length + 1 ? starts[line - first]! + column - 1 : Number.NaN;
  };
  const distinct = new Map<string, { readonly from: number; readonly to: number; readonly by: string }>();
  for (const { start, end, text: by } of edits) {
    const from = offsetOf(start);
    const to = offsetOf(end);
    if (!(from <= to)) return null;
    distinct.set(JSON.stringify([from, to, by]), { from, to, by });
  }
  const text = old.join('');
  let at = 0;
  let corrected = '';
  for (const { from, to, by } of [...distinct.values()].sort((a, b) => a.from - b.from || a.to - b.to)) {
    if (from < at) return null;
    corrected += text.slice(at, from) + by;
    at = to;
  }
  return narrow(first, old, splitLines(corrected + text.slice(at)));
}

/** Leaves out the lines at both ends that stay as they are, but for one to put the others before or behind. */
function narrow(first: number, old: readonly string[], corrected: readonly string[]): CorrectedLines | null {
  const most = Math.min(old.length - 1, corrected.length);
  let before = 0;
  while (before < most && old[before] === corrected[before]) before++;
  let after = 0;
  while (after < most - before && old.at(-1 - after) === corrected.at(-1 - after)) after++;
  const text = corrected.slice(before, corrected.length - after).join('');
  if (text === old.slice(before, old.length - after).join('')) return null;
  return { first: first + before, last: first + old.length - 1 - after, text };
}

/** Lines with their ends. */
function splitLines(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+/g) ?? [];
}
