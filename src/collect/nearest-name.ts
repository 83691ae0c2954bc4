/** Turns a misspelt name into the known one that was probably meant. */

/** Names longer than this are no misspellings, and comparing them costs the product of the lengths. */
const longestName = 64;

/**
 * The known name with the fewest slips (a letter missing, added, wrong, or two swapped) from `name`, or null where it would take more
 * than a third of its letters. Of equals the first.
 */
export function nearestName(name: string, known: readonly string[]): string | null {
  if (name.length > longestName) return null;
  const written = name.toLowerCase().replaceAll('_', '-');
  let nearest: string | null = null;
  let fewest = Math.max(1, Math.floor(name.length / 3)) + 1;
  for (const candidate of known) {
    const slips = countSlips(written, candidate.toLowerCase());
    if (slips < fewest) {
      fewest = slips;
      nearest = candidate;
    }
  }
  return nearest;
}

/** ` Did you mean X?`, or nothing. */
export function suggestion(
  name: string,
  known: readonly string[],
  show = (word: string) => `\`${word}\``,
): string {
  const nearest = nearestName(name, known);
  return nearest === null ? '' : ` Did you mean ${show(nearest)}?`;
}

/** The optimal string alignment distance. */
function countSlips(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const isSame = a[row - 1] === b[column - 1];
      let slips = Math.min(last[column]! + 1, current[column - 1]! + 1, last[column - 1]! + (isSame ? 0 : 1));
      if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]) {
        slips = Math.min(slips, beforeLast[column - 2]! + 1);
      }
      current.push(slips);
    }
    beforeLast = last;
    last = current;
  }
  return last[b.length]!;
}
