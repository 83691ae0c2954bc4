/** Turns the registry's document of Express and Node's release schedule into the versions and lines of lifecycle.json. */
import semver from 'semver';
import { SourceError } from './ask-json.ts';
import { isoDay, isRecord } from './plain-text.ts';

/** A release line of Node.js, keys in the order of lifecycle.json. Dates are ISO days. */
export interface NodeLine {
  readonly line: string;
  readonly start: string;
  readonly lts: string | null;
  readonly maintenance: string | null;
  readonly end: string;
}

export interface Refusal {
  /** Fit to be shown. */
  readonly id: string;
  readonly refused: string;
}

/** A registry that has lost more versions than that at once gave a broken answer: unpublishing is rare. */
const mostUnpublished = 3;
const mostVersions = 5_000;
const mostLines = 200;

/**
 * All published versions, ascending.
 * @throws SourceError where the document is not that of Express, or lacks many versions that were known.
 */
export function readExpressVersions(
  document: unknown,
  known: readonly string[],
): { readonly versions: string[]; readonly refused: Refusal[] } {
  if (!isRecord(document) || document.name !== 'express' || !isRecord(document.versions))
    throw new SourceError('The registry answered with something that is not the document of express.');
  const names = Object.keys(document.versions);
  if (names.length > mostVersions)
    throw new SourceError('The registry names more versions than there can be.');
  const valid = names.filter((name) => name.length <= 60 && semver.valid(name) === name);
  const lost = known.filter((version) => !valid.includes(version));
  if (lost.length > mostUnpublished)
    throw new SourceError(`The registry does not name ${lost.length} versions of express that are known.`);
  // What was published as 3.0.0beta1, before npm asked for more, never was in the list: no range of today reaches it.
  const refused = names
    .filter((name) => name.length > 60 || semver.valid(name, { loose: true }) === null)
    .map((name) => ({ id: `express ${name}`, refused: 'it is no version' }));
  return { versions: valid.sort((a, b) => semver.compareBuild(a, b)), refused };
}

/**
 * The lines, oldest first. A line of the schedule that cannot be read stays as it was; one that the schedule no longer names, too.
 * @throws SourceError where the schedule is of another form.
 */
export function readNodeLines(
  schedule: unknown,
  known: readonly NodeLine[],
): { readonly lines: NodeLine[]; readonly refused: Refusal[] } {
  if (!isRecord(schedule)) throw new SourceError("Node's schedule is of another form than before.");
  const entries = Object.entries(schedule);
  if (entries.length > mostLines)
    throw new SourceError("Node's schedule names more lines than there can be.");
  const lines = new Map(known.map((line) => [line.line, line]));
  const refused: Refusal[] = [];
  let read = 0;
  for (const [name, dates] of entries) {
    const line = readNodeLine(name, dates);
    if (typeof line === 'string') refused.push({ id: `Node.js ${name}`, refused: line });
    else {
      lines.set(line.line, line);
      read++;
    }
  }
  if (read === 0) throw new SourceError("Node's schedule has no line that can be read.");
  return { lines: [...lines.values()].sort((a, b) => compareLines(a.line, b.line)), refused };
}

function readNodeLine(name: string, dates: unknown): NodeLine | string {
  const line = /^v(\d{1,3}|0\.\d{1,2})$/.exec(name)?.[1];
  if (line === undefined) return 'its name is none of a line';
  if (!isRecord(dates)) return 'it has no dates';
  const days = (['start', 'lts', 'maintenance', 'end'] as const).map((key) =>
    dates[key] == null ? null : (isoDay(dates[key]) ?? 'none'),
  );
  if (days.includes('none')) return 'one of its dates is none';
  const [start, lts, maintenance, end] = days as [string | null, string | null, string | null, string | null];
  if (start === null || end === null) return 'its start or its end is missing';
  const order = [start, lts, maintenance, end].filter((day) => day !== null);
  if (order.some((day, index) => index > 0 && day < order[index - 1]!)) return 'its dates are not in order';
  return { line, start, lts, maintenance, end };
}

function compareLines(a: string, b: string): number {
  const [[majorA, minorA = 0], [majorB, minorB = 0]] = [a, b].map((line) => line.split('.').map(Number)) as [
    number[],
    number[],
  ];
  return majorA! - majorB! || minorA - minorB;
}
