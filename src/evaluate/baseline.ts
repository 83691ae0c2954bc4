/** Compares the head's findings with the base's: which are new, which unchanged, and what is fixed. */
import type { Check, CheckName } from '../model/check.ts';
import type { Finding, Status } from '../model/finding.ts';
import { compareFindings } from './order.ts';

/** One side of the comparison: its findings (after the policy) and how well it was looked at. */
export interface Side {
  readonly findings: readonly Finding[];
  readonly checks: readonly Check[];
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
  const partners = pair(findings, [...base.findings].sort(compareFindings));
  const blindSpots = new Set<Check>();
  const onlyBlindAtBase = worseChecks(base.checks, head.checks);
  const onlyBlindAtHead = worseChecks(head.checks, base.checks);

  const compared = findings.map((finding) => {
    const partner = partners.get(finding);
    if (partner) {
      // The same advisory, but no longer confined to development: that is the change's doing.
      const reachesProduction = partner.advisory?.dev === true && finding.advisory?.dev === false;
      return { finding, status: reachesProduction ? ('new' as const) : ('unchanged' as const) };
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

/** Each head finding's partner in the base, no base finding used twice; the nearest place is preferred. */
function pair(head: readonly Finding[], base: readonly Finding[]): Map<Finding, Finding> {
  const partners = new Map<Finding, Finding>();
  const used = new Set<Finding>();
  const passes: ((finding: Finding) => unknown[])[] = [
    ({ location }) => [location.file, location.line, location.column],
    ({ location }) => [location.file],
    () => [],
  ];
  for (const place of passes) {
    const key = (finding: Finding) => JSON.stringify([identity(finding), place(finding)]);
    const free = new Map<string, Finding[]>();
    // Last first, so that pop() hands them out in order.
    for (const finding of base.toReversed()) {
      if (used.has(finding)) continue;
      const list = free.get(key(finding));
      if (list) list.push(finding);
      else free.set(key(finding), [finding]);
    }
    for (const finding of head) {
      if (partners.has(finding)) continue;
      const partner = free.get(key(finding))?.pop();
      if (!partner) continue;
      partners.set(finding, partner);
      used.add(partner);
    }
  }
  return partners;
}

/** What makes two findings the same: for an advisory its id, package and project, else the fingerprint. */
function identity(finding: Finding): readonly string[] {
  const { advisory } = finding;
  return advisory
    ? ['advisory', advisory.id, advisory.package, finding.project]
    : ['fingerprint', finding.fingerprint];
}

/** The checks of one side that saw less than they should, in a way that the other side's did not. */
function worseChecks(checks: readonly Check[], others: readonly Check[]): Check[] {
  const key = (check: Check) => JSON.stringify([check.name, check.project, check.state, check.detail]);
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
