/** A file's patch, as GitHub lists it -> the stretches of the new text that can be commented on. */
import { parsePatch } from 'diff';

/** Lines of the new text, from `start` on (1-based), without their ends. */
export interface DiffHunk {
  readonly start: number;
  readonly lines: readonly string[];
}

/** The hunks in their order; none where the patch is no patch. A file too large for a patch has none, and so is as good as not in the diff. */
export function readHunks(patch: string): DiffHunk[] {
  try {
    return parsePatch(patch).flatMap(({ hunks }) =>
      hunks.map(({ newStart, lines }) => ({
        start: newStart,
        lines: lines.filter((line) => /^[ +]/.test(line)).map((line) => withoutEnd(line.slice(1))),
      })),
    );
  } catch {
    return [];
  }
}

/** Lines to compare with lines, at most; a larger file is not searched. */
const mostComparisons = 10_000_000;

/**
 * The line of a text (1-based) at which each hunk's lines stand; null where they do not, or in several places but the one that the hunk names.
 * It differs from the hunk's own start where the text is the head merged into a base that has moved.
 */
export function findHunks(hunks: readonly DiffHunk[], textLines: readonly string[]): (number | null)[] {
  const own = textLines.map(withoutEnd);
  const size = hunks.reduce((sum, { lines }) => sum + lines.length, 0);
  const isSearched = size * own.length <= mostComparisons;
  return hunks.map(({ start, lines }) => {
    const stands = (at: number) => lines.every((line, index) => own[at - 1 + index] === line);
    if (lines.length === 0) return null;
    if (stands(start)) return start;
    if (!isSearched) return null;
    let found: number | null = null;
    for (let at = 1; at + lines.length - 1 <= own.length; at++) {
      if (!stands(at)) continue;
      if (found !== null) return null;
      found = at;
    }
    return found;
  });
}

function withoutEnd(line: string): string {
  return line.replace(/\r?\n?$/, '');
}
