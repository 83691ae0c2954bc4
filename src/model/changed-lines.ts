/** Turns two versions of a text into the lines of the newer one that the change touches. */
import { diffLines } from 'diff';

/** Insertions and removals after which a text counts as written anew. */
const mostEdits = 4_000;

export interface ChangedLines {
  /** Lines of the newer text (1-based, ascending) that are new or changed. */
  readonly added: readonly number[];
  /** Lines of the newer text before which something was removed and nothing put in its place; the last line where that was at the end. */
  readonly removedBefore: readonly number[];
}

/** Line ends count as the same whatever the system; `before` is null where the file is new. */
export function changedLines(before: string | null, after: string): ChangedLines {
  const young = after.replaceAll('\r\n', '\n');
  const count = lineCount(young);
  const all = { added: Array.from({ length: count }, (_, index) => index + 1), removedBefore: [] };
  if (before === null) return all;
  const parts = diffLines(before.replaceAll('\r\n', '\n'), young, { maxEditLength: mostEdits });
  if (parts === undefined) return all;
  const added: number[] = [];
  const removedBefore: number[] = [];
  let line = 1;
  for (const [index, part] of parts.entries()) {
    if (part.removed) {
      if (parts[index + 1]?.added !== true) removedBefore.push(Math.min(line, Math.max(count, 1)));
      continue;
    }
    if (part.added) for (let each = 0; each < part.count; each++) added.push(line + each);
    line += part.count;
  }
  return { added, removedBefore };
}

function lineCount(text: string): number {
  if (text === '') return 0;
  const breaks = text.split('\n').length;
  return text.endsWith('\n') ? breaks - 1 : breaks;
}
