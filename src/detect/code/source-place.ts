/** Turns a stretch of a file, given by offsets into its text, into a place with lines and columns, when somebody asks for them. */
import type { Place, Span } from './values.ts';

/** Offsets into a text at which its lines begin, in order. */
type LineStarts = readonly number[];

/** The lines of the files of one repository, found when a file is first asked about. */
export class Lines {
  private readonly byFile = new Map<string, LineStarts>();
  private readonly text: (file: string) => string | null;

  constructor(text: (file: string) => string | null) {
    this.text = text;
  }

  of(file: string): LineStarts {
    let starts = this.byFile.get(file);
    if (starts === undefined) {
      starts = lineStarts(this.text(file) ?? '');
      this.byFile.set(file, starts);
    }
    return starts;
  }
}

/** Lines end as the language says (ECMA-262, 12.3): LF, CR, CR LF, and the separators U+2028 and U+2029. */
function lineStarts(text: string): LineStarts {
  const starts = [0];
  for (const end of text.matchAll(/\r\n|[\n\r\u2028\u2029]/g)) starts.push(end.index + end[0].length);
  return starts;
}

function position(starts: LineStarts, offset: number): Span['start'] {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (starts[middle]! <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: offset - starts[low]! };
}

interface Offsets {
  readonly start?: number | null;
  readonly end?: number | null;
}

/** A place that knows its offsets: one is made for each node that is evaluated, and few are ever shown. */
export class SourcePlace implements Place {
  readonly file: string;
  readonly literal: boolean;
  private readonly from: number;
  private readonly to: number;
  private readonly lines: Lines;

  constructor(file: string, from: number, to: number, literal: boolean, lines: Lines) {
    this.file = file;
    this.from = from;
    this.to = to;
    this.literal = literal;
    this.lines = lines;
  }

  /** Whether it is the place of this node, in whatever file. */
  isOf({ start, end }: Offsets): boolean {
    return this.from === start && this.to === end;
  }

  /** Whether it lies in this node, in whatever file. */
  isIn({ start, end }: Offsets): boolean {
    return start != null && end != null && start <= this.from && this.to <= end;
  }

  /** Its text, and as much as `length` before it. */
  surroundings(text: string, length: number): string {
    return text.slice(Math.max(0, this.from - length), this.to);
  }

  /** Its end, from `offset` on. */
  beginningAt(offset: number): SourcePlace {
    return new SourcePlace(this.file, offset, this.to, false, this.lines);
  }

  get span(): Span {
    const starts = this.lines.of(this.file);
    return { start: position(starts, this.from), end: position(starts, this.to) };
  }
}
