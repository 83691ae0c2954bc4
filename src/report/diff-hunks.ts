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

/** Whether the hunk shows these very lines of `text`, split at its line feeds: the line numbers of another text would mean other lines. */
export function isHunkOf(hunk: DiffHunk, textLines: readonly string[]): boolean {
  return hunk.lines.every((line, index) => {
    const own = textLines[hunk.start - 1 + index];
    return own !== undefined && withoutEnd(own) === line;
  });
}

function withoutEnd(line: string): string {
  return line.endsWith('\r') ? line.slice(0, -1) : line;
}
