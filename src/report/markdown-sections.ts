/** Sections, whose pieces are kept or left out whole -> one text that is no longer than allowed and says what it leaves out. */

export interface Piece {
  readonly markdown: string;
  /** How many of the section's things it stands for. */
  readonly weight: number;
}

export interface Section {
  /** Heading, opening of a fold, head of a table: everything before the first piece. */
  readonly before: string;
  /** The most important first. */
  readonly pieces: readonly Piece[];
  /** Between two pieces: a line feed for the rows of a table, an empty line for paragraphs. */
  readonly between: string;
  /** At most so many pieces, however much room there is. */
  readonly most: number;
  /** What the pieces are: `finding`, `finding that does not block`. */
  readonly noun: readonly [one: string, many: string];
  /** The end of a fold. */
  readonly after: string | null;
}

/** A section that the reader opens. `summary` is HTML, and ours; `head` stands before the first piece. */
export function fold(
  summary: string,
  head: string,
  pieces: readonly Piece[],
  between: string,
  most: number,
  noun: Section['noun'],
): Section {
  const before = `<details>\n<summary>${summary}</summary>\n\n${head}`;
  return { before, pieces, between, most, noun, after: '</details>' };
}

/** How much room there is, in the unit of `sizeOf`, and where the reader finds what had none (Markdown). */
export interface Room {
  readonly limit: number;
  readonly sizeOf: (text: string) => number;
  readonly elsewhere: string;
}

const gap = '\n\n';

/**
 * Joins sections and fixed texts by empty lines. Fixed texts and the frames of sections always stand; the room that they leave goes
 * to pieces from the first section to the last, so the order of the sections is their importance too. Sections without pieces vanish.
 */
export function joinSections(parts: readonly (string | Section)[], room: Room): string {
  const present = parts.filter((part) => (typeof part === 'string' ? part !== '' : part.pieces.length > 0));
  const frames = present.map((part) =>
    typeof part === 'string' ? part : frame(part, part.before, leftOutNote(part, 0, true, room.elsewhere)),
  );
  let left = room.limit - room.sizeOf(`${frames.join(gap)}\n`);
  const texts = present.map((part) => {
    if (typeof part === 'string') return part;
    const kept: string[] = [];
    for (const { markdown } of part.pieces.slice(0, part.most)) {
      const size = room.sizeOf(markdown) + room.sizeOf(part.between);
      if (size > left) break;
      kept.push(markdown);
      left -= size;
    }
    if (kept.length === part.pieces.length) return frame(part, part.before + kept.join(part.between), '');
    const note = leftOutNote(part, kept.length, kept.length > 0, room.elsewhere);
    // A table without rows is no table, so its head goes too.
    const body =
      kept.length > 0 ? part.before + kept.join(part.between) : part.before.split('\n| ')[0]!.trimEnd();
    return frame(part, body, note);
  });
  return `${texts.join(gap)}\n`;
}

function frame(section: Section, body: string, note: string): string {
  return [body, note, section.after ?? ''].filter((text) => text !== '').join(gap);
}

function leftOutNote(section: Section, kept: number, more: boolean, elsewhere: string): string {
  const weight = section.pieces.slice(kept).reduce((sum, piece) => sum + piece.weight, 0);
  const [one, many] = section.noun;
  const what = `${weight}${more ? ' more' : ''} ${weight === 1 ? `${one} is` : `${many} are`}`;
  return `${what} left out here: ${elsewhere}.`;
}
