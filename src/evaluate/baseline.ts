/** Compares the head's findings with the base's: which are new, which unchanged, and what is fixed. */
import type { Check, CheckName } from '../model/check.ts';
import type { Finding, Status } from '../model/finding.ts';
import type { Location } from '../model/location.ts';
import { compareSeverity, type Severity } from '../model/severity.ts';
import type { SnapshotFile } from '../model/snapshot.ts';
import { compareFindings } from './order.ts';

/** One side of the comparison: its findings (after the policy) and how well it was looked at. */
export interface Side {
  readonly findings: readonly Finding[];
  readonly checks: readonly Check[];
  /** The texts of its snapshot, by path: what stands at a finding's place tells it from others of its kind. */
  readonly files?: ReadonlyMap<string, SnapshotFile>;
}

export interface Comparison {
  /** The head's findings in order, each with its status. */
  readonly findings: readonly { readonly finding: Finding; readonly status: Status }[];
  /** The base's findings that are gone. */
  readonly fixed: readonly Finding[];
  /** The base's checks that saw less than the head's, for which findings are `unknown` and not `new`. */
  readonly blindSpots: readonly Check[];
}

/**
 * Matches as a multiset: of three equal findings, of which the base has two, one is new. Without a base every status is `unknown`.
 * Where only one side could look (a file that does not parse, an audit that failed), a difference proves nothing: what only the head
 * shows is then `unknown`, and what only the base shows is not called fixed.
 */
export function compareWithBase(head: Side, base: Side | null): Comparison {
  const findings = [...head.findings].sort(compareFindings);
  if (base === null) {
    return {
      findings: findings.map((finding) => ({ finding, status: 'unknown' })),
      fixed: [],
      blindSpots: [],
    };
  }
  const partners = pair(
    { ...head, findings },
    { ...base, findings: [...base.findings].sort(compareFindings) },
  );
  const blindSpots = new Set<Check>();
  const onlyBlindAtBase = worseChecks(base.checks, head.checks);
  const onlyBlindAtHead = worseChecks(head.checks, base.checks);

  const compared = findings.map((finding) => {
    const partner = partners.get(finding);
    if (partner) {
      // The same advisory, but no longer confined to development: that is the change's doing.
      const reachesProduction = partner.advisory?.dev === true && finding.advisory?.dev === false;
      // So it is where the same defect has become graver: Express that moves from development to production.
      const isGraver = compareSeverity(detected(finding), detected(partner)) < 0;
      return { finding, status: reachesProduction || isGraver ? ('new' as const) : ('unchanged' as const) };
    }
    const hidden = onlyBlindAtBase.filter((check) => concerns(check, finding));
    for (const check of hidden) blindSpots.add(check);
    return { finding, status: hidden.length > 0 ? ('unknown' as const) : ('new' as const) };
  });

  const kept = new Set(partners.values());
  const fixed = base.findings
    .filter((finding) => !kept.has(finding))
    .filter((finding) => !onlyBlindAtHead.some((check) => concerns(check, finding)))
    .sort(compareFindings);
  return { findings: compared, fixed, blindSpots: [...blindSpots] };
}

/**
 * Each head finding's partner in the base, no base finding used twice. The nearest is preferred: the same words in the same file, then the
 * same file, then the same words elsewhere. Beyond that only a file that one side does not have can be the other's, renamed: a defect that
 * goes in one file does not excuse a new one in another.
 */
function pair(head: Side, base: Side): Map<Finding, Finding> {
  const partners = new Map<Finding, Finding>();
  const used = new Set<Finding>();
  const isMoved = (finding: Finding, other: Side) =>
    head.files === undefined || base.files === undefined || !other.files?.has(finding.location.file);
  const otherThan = (side: Side) => (side === head ? base : head);
  const passes: {
    readonly key: (finding: Finding, side: Side) => readonly unknown[];
    readonly counts?: (finding: Finding, side: Side) => boolean;
  }[] = [
    { key: ({ location }, side) => [location.file, wordsAt(location, side), location.line] },
    { key: ({ location }, side) => [location.file, wordsAt(location, side)] },
    { key: ({ location }) => [location.file] },
    // What stands amid the same words on the other side has not moved: there it was right, or was put right.
    {
      key: ({ location }, side) => [wordsAt(location, side) ?? location],
      counts: (finding, side) => !isInPlace(finding.location, side, otherThan(side)),
    },
    { key: () => [], counts: (finding, side) => isMoved(finding, otherThan(side)) },
  ];
  for (const { key, counts = () => true } of passes) {
    const keyOf = (finding: Finding, side: Side) => JSON.stringify([identity(finding), key(finding, side)]);
    const free = new Map<string, Finding[]>();
    // Last first, so that pop() hands them out in order.
    for (const finding of base.findings.toReversed()) {
      if (used.has(finding) || !counts(finding, base)) continue;
      const name = keyOf(finding, base);
      const list = free.get(name);
      if (list) list.push(finding);
      else free.set(name, [finding]);
    }
    for (const finding of head.findings) {
      if (partners.has(finding) || !counts(finding, head)) continue;
      const partner = free.get(keyOf(finding, head))?.pop();
      if (!partner) continue;
      partners.set(finding, partner);
      used.add(partner);
    }
  }
  return partners;
}

/** What the policy makes of a rule is the same for both. */
function detected({ severity, detectedSeverity = severity }: Finding): Severity {
  return detectedSeverity;
}

/** Characters of a construct that are compared. */
const mostCompared = 2_000;

/** What stands at a place, without the spaces between; null where that is not known. */
function wordsAt({ file, line, column, endLine, endColumn }: Location, { files }: Side): string | null {
  const text = files?.get(file)?.text;
  if (text === undefined) return null;
  const lines = text.split('\n', endLine).slice(line - 1);
  if (lines.length === 0) return null;
  lines[lines.length - 1] = lines.at(-1)!.slice(0, endColumn - 1);
  lines[0] = lines[0]!.slice(column - 1);
  return condensed(lines.join('\n').slice(0, mostCompared));
}

/** Fewer characters are a bracket or a word that any file may hold. */
const tellingLength = 12;

/** Whether the other side has, in the same file, what stands around a construct: the rest of its line, or the lines before and after. */
function isInPlace(location: Location, side: Side, other: Side): boolean {
  const text = side.files?.get(location.file)?.text;
  const whole = other.files?.get(location.file)?.text;
  if (text === undefined || whole === undefined) return false;
  const lines = text.split('\n');
  const line = (number: number) => condensed(lines[number - 1] ?? '');
  const before = condensed((lines[location.line - 1] ?? '').slice(0, location.column - 1));
  const after = condensed((lines[location.endLine - 1] ?? '').slice(location.endColumn - 1));
  const around =
    before.length + after.length >= tellingLength
      ? [before, after]
      : [line(location.line - 1), line(location.endLine + 1)];
  const held = condensed(whole);
  return around.some((part) => part !== '') && around.every((part) => held.includes(part));
}

function condensed(text: string): string {
  return text.replace(/[\s;,]+/g, '');
}

/** What makes two findings alike: for an advisory its id, package and project, else rule, project and what it is about. */
function identity(finding: Finding): readonly string[] {
  const { advisory, ruleId, project, subject } = finding;
  if (advisory) return ['advisory', advisory.id, advisory.package, project];
  return subject === undefined ? ['fingerprint', finding.fingerprint] : ['subject', ruleId, project, subject];
}

/** The checks of one side that saw less than they should, in a way that the other side's did not. */
function worseChecks(checks: readonly Check[], others: readonly Check[]): Check[] {
  // Numbers of files and lines differ with every change.
  const key = ({ name, project, state, detail }: Check) =>
    JSON.stringify([name, project, state, detail.replace(/\d+/g, '#')]);
  const known = new Set(others.map(key));
  return checks.filter((check) => check.state !== 'ok' && !known.has(key(check)));
}

const advisoryChecks: readonly CheckName[] = ['npm-audit', 'files'];
const otherChecks: readonly CheckName[] = ['code', 'express-version', 'files'];

/** Whether a finding comes from what this check looks at. */
function concerns(check: Check, finding: Finding): boolean {
  const names = finding.advisory ? advisoryChecks : otherChecks;
  const inside =
    check.project === '.' ||
    finding.project === check.project ||
    finding.project.startsWith(`${check.project}/`);
  return inside && names.includes(check.name);
}
