/** Turns what an OSV record says of affected versions into a range as npm writes them. */
import semver from 'semver';
import { array, isRecord } from './json-record.ts';

const options = { loose: true };
const matching = { loose: true, includePrerelease: true };

/** More parts than any record has; reading on would only cost time. */
const mostEvents = 2_000;

/**
 * The affected versions of one entry of `affected`, as an npm range to be matched with prereleases; null where it names none that can be
 * read (only commits, say). An enumerated version that the ranges do not hold already is added as it stands.
 * Source: https://ossf.github.io/osv-schema/#evaluation
 */
export function readOsvRange(affected: Readonly<Record<string, unknown>>): string | null {
  const parts: string[] = [];
  for (const range of array(affected.ranges)) {
    // npm's versions are semantic ones, whichever way the record calls its order.
    if (isRecord(range) && (range.type === 'SEMVER' || range.type === 'ECOSYSTEM'))
      parts.push(...intervals(array(range.events)));
  }
  const ranges = parts.length === 0 ? null : new semver.Range(parts.join(' || '), matching);
  for (const version of array(affected.versions).slice(0, mostEvents)) {
    const exact = typeof version === 'string' ? semver.valid(version, options) : null;
    if (exact === null) continue;
    if (ranges === null || !ranges.test(exact)) parts.push(exact);
  }
  return parts.length === 0 ? null : [...new Set(parts)].join(' || ');
}

interface Event {
  readonly kind: 'introduced' | 'fixed' | 'last_affected';
  /** Null: before every version. */
  readonly version: string | null;
}

/** The stretches between events, in their order, up to the furthest limit. */
function intervals(written: readonly unknown[]): string[] {
  const events = written
    .slice(0, mostEvents)
    .flatMap(readEvent)
    .sort((a, b) => compare(a.version, b.version));
  const limit = furthestLimit(written);
  const found: string[] = [];
  let start: string | null | undefined;
  for (const { kind, version } of events) {
    if (kind === 'introduced') {
      if (start === undefined) start = version;
    } else if (start !== undefined && version !== null) {
      add(found, start, kind === 'fixed' ? '<' : '<=', version, limit);
      start = undefined;
    }
  }
  if (start !== undefined) add(found, start, null, null, limit);
  return found;
}

function add(
  found: string[],
  start: string | null,
  operator: '<' | '<=' | null,
  end: string | null,
  limit: string | null,
): void {
  const isLimited = limit !== null && (end === null || semver.compare(limit, end, options) <= 0);
  const [sign, until] = isLimited ? ['<', limit] : [operator, end];
  if (start !== null && until !== null) {
    const order = semver.compare(start, until, options);
    if (order > 0 || (order === 0 && sign === '<')) return;
  }
  const parts = [...(start === null ? [] : [`>=${start}`]), ...(until === null ? [] : [`${sign}${until}`])];
  found.push(parts.join(' ') || '*');
}

function readEvent(event: unknown): Event[] {
  if (!isRecord(event)) return [];
  for (const kind of ['introduced', 'fixed', 'last_affected'] as const) {
    const value = event[kind];
    if (typeof value !== 'string') continue;
    if (kind === 'introduced' && value === '0') return [{ kind, version: null }];
    const version = semver.valid(value, options);
    return version === null ? [] : [{ kind, version }];
  }
  return [];
}

/** Null where there is none: without limits, and with `*`, nothing is cut off. */
function furthestLimit(events: readonly unknown[]): string | null {
  let furthest: string | null = null;
  for (const event of events.slice(0, mostEvents)) {
    if (!isRecord(event) || typeof event.limit !== 'string') continue;
    const limit = semver.valid(event.limit, options);
    if (limit === null) return null;
    if (furthest === null || semver.gt(limit, furthest, options)) furthest = limit;
  }
  return furthest;
}

function compare(a: string | null, b: string | null): number {
  if (a === null || b === null) return Number(a !== null) - Number(b !== null);
  return semver.compare(a, b, options);
}
