/** Turns lifecycle.json into the release lines of Express and its published versions, with their state on a given day. */
import semver from 'semver';
import lifecycle from './lifecycle.json' with { type: 'json' };

/** One major line of Express. Dates are ISO, of a day or (in old history) of a month; null where the project announced none. */
export interface ExpressLine {
  /** `4.x` */
  readonly name: string;
  readonly major: number;
  /** Since when the line gets only critical and security fixes. */
  readonly maintenance: string | null;
  /** The announced earliest end: the project may end the line then, or extend it. */
  readonly endNotBefore: string | null;
  /** The end itself, once the project has said so. */
  readonly end: string | null;
  /** Whether the line got fixes on the day the facts were retrieved. */
  readonly supported: boolean;
}

/** `ending`: in maintenance, with an (earliest) end that has passed or is within 90 days, but not ended. */
export type ExpressLineState = 'unsupported' | 'ending' | 'supported';

const endingNoticeDays = 90;
const millisecondsPerDay = 86_400_000;

/** The day on which the older of these facts (the lines, checked by hand, and the versions) were read. Sources: `sources` in lifecycle.json. */
export const expressFactsRetrieved: string = [
  lifecycle.retrieved.express,
  lifecycle.retrieved.expressVersions,
].reduce((oldest, day) => (day < oldest ? day : oldest));

/** All lines, oldest first. */
export const expressLines: readonly ExpressLine[] = lifecycle.express.map((line) => ({
  name: line.line,
  major: Number.parseInt(line.line, 10),
  maintenance: line.maintenance ?? null,
  endNotBefore: line.endNotBefore ?? null,
  end: line.end,
  supported: line.supported,
}));

/** Every version that was ever published, prereleases included, in ascending order. */
export const expressVersions: readonly string[] = semver.sort([...lifecycle.expressVersions]);

/** The line that a version (valid semver) belongs to, or null where the facts are older than the line. */
export function expressLineOf(version: string): ExpressLine | null {
  const major = semver.major(version);
  return expressLines.find((line) => line.major === major) ?? null;
}

/** The newest known release (never a prerelease) of a line, or null where it has none. */
export function newestOfLine(line: ExpressLine): string | null {
  return (
    expressVersions.findLast(
      (version) => semver.major(version) === line.major && semver.prerelease(version) === null,
    ) ?? null
  );
}

/** The state of a line on `today` (ISO day). A line never counts as unsupported before the project has ended it. */
export function expressLineState(line: ExpressLine, today: string): ExpressLineState {
  if (!line.supported || (line.end !== null && daysUntil(line.end, today) < 0)) return 'unsupported';
  const end = line.end ?? line.endNotBefore;
  const inMaintenance = line.maintenance !== null && daysUntil(line.maintenance, today) <= 0;
  return inMaintenance && end !== null && daysUntil(end, today) <= endingNoticeDays ? 'ending' : 'supported';
}

/** Whole days from `today` to `date` (both ISO; a month counts as its first day), negative once it has passed. */
export function daysUntil(date: string, today: string): number {
  return Math.round((Date.parse(date) - Date.parse(today)) / millisecondsPerDay);
}
