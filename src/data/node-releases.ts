/** Turns lifecycle.json into the release lines of Node.js, with their state on a given day and what ranges and aliases admit of them. */
import semver from 'semver';
import { daysUntil } from './express-releases.ts';
import lifecycle from './lifecycle.json' with { type: 'json' };

/** One release line of Node.js. Dates are ISO days. */
export interface NodeLine {
  /** `18`, in old history `0.12`. */
  readonly name: string;
  readonly start: string;
  /** Since when it has long-term support; null where it never gets it. */
  readonly lts: string | null;
  readonly end: string;
  /** In lower case, such as `hydrogen`; null where it has none. */
  readonly codename: string | null;
  /** Every version of it, and no other. */
  readonly range: string;
}

/** `ending`: supported, with an end that is at most 60 days away. */
export type NodeLineState = 'unsupported' | 'ending' | 'supported';

const endingNoticeDays = 60;

/** The names of the lines with long-term support, from 4 on, in order. Source: github.com/nodejs/Release, CODENAMES.md. */
const codenames = [
  'argon',
  'boron',
  'carbon',
  'dubnium',
  'erbium',
  'fermium',
  'gallium',
  'hydrogen',
  'iron',
  'jod',
  'krypton',
];

function describeLine(line: (typeof lifecycle.node)[number]): NodeLine {
  const [major, minor] = line.line.split('.').map(Number) as [number, number?];
  return {
    name: line.line,
    start: line.start,
    lts: line.lts,
    end: line.end,
    codename: major >= 4 && major % 2 === 0 ? (codenames[major / 2 - 2] ?? null) : null,
    range: minor === undefined ? `>=${major}.0.0 <${major + 1}.0.0-0` : `>=0.${minor}.0 <0.${minor + 1}.0-0`,
  };
}

/** All known lines, oldest first, those that are only announced too. */
export const nodeLines: readonly NodeLine[] = lifecycle.node.map(describeLine);

/** The lines that had started by `today` (ISO day), oldest first. */
export function startedNodeLines(today: string): NodeLine[] {
  return nodeLines.filter(({ start }) => daysUntil(start, today) <= 0);
}

/** The state of a line on `today` (ISO day); its last day still counts. A line that has not started yet is `supported`. */
export function nodeLineState({ end }: NodeLine, today: string): NodeLineState {
  const days = daysUntil(end, today);
  if (days < 0) return 'unsupported';
  return days <= endingNoticeDays ? 'ending' : 'supported';
}

/** Versions that belong to no line of the schedule and get no fixes: before 0.8, the odd lines of 0.x, io.js. */
const beforeSchedule = '<0.8.0 || >=0.9.0 <0.10.0-0 || >=0.11.0 <0.12.0-0 || >=0.13.0 <4.0.0-0';

export interface AdmittedLines {
  readonly lines: readonly NodeLine[];
  /** Whether it admits versions of which the schedule says nothing: older than all of it, or newer. */
  readonly older: boolean;
  readonly newer: boolean;
}

/** Which lines a range (as semver reads it) admits at least one version of. */
export function linesOfRange(range: semver.Range): AdmittedLines {
  const newest = Number.parseInt(nodeLines.at(-1)!.name, 10);
  const admits = (other: string): boolean => semver.intersects(range, other, { loose: true });
  return {
    lines: nodeLines.filter((line) => admits(line.range)),
    older: admits(beforeSchedule),
    newer: admits(`>=${newest + 1}.0.0`),
  };
}

/**
 * The line that a name stands for on `today` (ISO day), as nvm, setup-node, asdf and Docker's tags have them: `lts/*`, `lts`, `lts/-1`,
 * `lts/hydrogen`, `lts-hydrogen`, `hydrogen`, `node`, `latest`, `current`. Null where it is no such name, or none that the schedule knows.
 */
export function lineOfAlias(alias: string, today: string): NodeLine | null {
  const name = alias.trim().toLowerCase();
  const started = startedNodeLines(today);
  if (/^(?:node|latest|current|stable)$/.test(name)) return started.at(-1) ?? null;
  const withLts = started.filter(({ lts }) => lts !== null && daysUntil(lts, today) <= 0);
  if (/^lts(?:\/\*)?$/.test(name)) return withLts.at(-1) ?? null;
  const before = /^lts\/-(\d{1,2})$/.exec(name);
  if (before !== null) return withLts.at(-1 - Number(before[1])) ?? null;
  const codename = name.replace(/^lts[/-]/, '');
  return started.find((line) => line.codename === codename) ?? null;
}
