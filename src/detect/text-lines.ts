/** Turns offsets in a text into the lines and columns of locations. */
import type { Location } from '../model/location.ts';

/** The lines of one file; made once for many places in it. */
export class TextLines {
  readonly file: string;
  readonly text: string;
  private readonly starts: readonly number[];

  constructor(file: string, text: string) {
    this.file = file;
    this.text = text;
    const starts = [0];
    for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
    this.starts = starts;
  }

  /** The stretch from offset `from` up to, not including, `to`. */
  location(from: number, to: number): Location {
    const start = this.position(from);
    const end = this.position(to);
    return { file: this.file, ...start, endLine: end.line, endColumn: end.column };
  }

  /** 1-based line and column of an offset. */
  position(offset: number): { readonly line: number; readonly column: number } {
    let low = 0;
    let high = this.starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.starts[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - this.starts[low]! + 1 };
  }

  /** The line in which an offset lies. */
  line(offset: number): string {
    const { line } = this.position(offset);
    return this.text.slice(this.starts[line - 1], this.starts[line] ?? this.text.length);
  }

  /** The whitespace with which the line of an offset begins. */
  indentation(offset: number): string {
    const start = this.starts[this.position(offset).line - 1]!;
    return /^[ \t]*/.exec(this.text.slice(start, start + 200))?.[0] ?? '';
  }
}
