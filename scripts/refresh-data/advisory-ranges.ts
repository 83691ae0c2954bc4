/** Turns vulnerable ranges as the GitHub Advisory Database writes them (`>= 2.0.0, < 2.3.0`) into one range as npm writes it. */
import semver from 'semver';

interface Part {
  readonly low: string | null;
  readonly lowInclusive: boolean;
  readonly text: string;
}

/** No entry needs more comparators or longer versions. */
const longestPart = 200;

/** The union of the ranges, lowest first; null where one of them cannot be read or holds no version. */
export function readRanges(ranges: readonly string[]): string | null {
  const parts = ranges.map(readPart);
  if (parts.length === 0 || parts.includes(null)) return null;
  const sorted = (parts as Part[]).sort(compareParts).map(({ text }) => text);
  if (sorted.includes('*')) return '*';
  return [...new Set(sorted)].join(' || ');
}

/** A version of three numbers: `0` and `1.2` are 0.0.0 and 1.2.0 there. Null where it is none. */
export function readVersion(text: string): string | null {
  const whole = /^\d{1,9}(?:\.\d{1,9})?$/.test(text) ? `${text}${text.includes('.') ? '.0' : '.0.0'}` : text;
  return semver.valid(whole) === whole ? whole : null;
}

function readPart(range: string): Part | null {
  if (range.length > longestPart) return null;
  const comparators = range.split(',').map((each) => /^\s*(>=|<=|>|<|=)\s*(\S+)\s*$/.exec(each));
  const lows: Part[] = [];
  const highs: string[] = [];
  for (const comparator of comparators) {
    const version = readVersion(comparator?.[2] ?? '');
    if (version === null) return null;
    const operator = comparator![1]!;
    if (operator === '=')
      return comparators.length === 1 ? { low: version, lowInclusive: true, text: version } : null;
    if (operator.startsWith('<')) highs.push(operator + version);
    else lows.push({ low: version, lowInclusive: operator === '>=', text: operator + version });
  }
  if (lows.length > 1 || highs.length > 1) return null;
  const [low, high] = [lows[0] ?? null, highs[0] ?? null];
  // "Every version": npm's comparators would leave the prereleases of 0.0.0 out.
  if (high === null && low?.text === '>=0.0.0') return { low: null, lowInclusive: true, text: '*' };
  const text = [low?.text === '>=0.0.0' ? null : low?.text, high].filter((each) => each != null).join(' ');
  if (semver.minVersion(text) === null) return null;
  return { low: low?.low ?? null, lowInclusive: low?.lowInclusive ?? true, text };
}

function compareParts(a: Part, b: Part): number {
  if (a.low === null || b.low === null) return Number(b.low === null) - Number(a.low === null);
  return (
    semver.compare(a.low, b.low) ||
    Number(b.lowInclusive) - Number(a.lowInclusive) ||
    (a.text < b.text ? -1 : Number(a.text > b.text))
  );
}
