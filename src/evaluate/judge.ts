/** Applies the policy: which findings count at all, how grave they are, and what becomes of each. */
import type { Finding, JudgedFinding, Outcome, Status, Undecided } from '../model/finding.ts';
import { pathListMatcher } from '../model/path-glob.ts';
import type { Policy, Waiver } from '../model/policy.ts';
import type { Request } from '../model/request.ts';
import type { FailOn, Severity } from '../model/severity.ts';
import { reaches } from '../model/severity.ts';

/** What can block: the threshold, and whether what the base has too can. */
export interface Threshold {
  readonly failOn: FailOn;
  readonly scope: 'new' | 'all';
}

/** The command line (or the action's inputs) over the policy over the defaults. */
export function threshold(request: Request, policy: Policy, compared: boolean): Threshold {
  return {
    failOn: request.failOn ?? policy.failOn ?? 'high',
    scope: request.scope ?? policy.scope ?? (compared ? 'new' : 'all'),
  };
}

/** Leaves out what the policy switches off or excludes, and gives findings the severities that it sets. */
export function applyPolicy(
  policy: Policy,
  detected: { readonly findings: readonly Finding[]; readonly undecided: readonly Undecided[] },
): { findings: Finding[]; undecided: Undecided[] } {
  const isExcluded = pathListMatcher(policy.exclude);
  const counts = (item: Finding | Undecided) =>
    policy.rules.get(item.ruleId) !== 'off' && !isExcluded(item.location.file);
  return {
    findings: detected.findings.filter(counts).map((finding) => {
      const severity = policy.rules.get(finding.ruleId);
      if (severity !== undefined && severity !== 'off') return withSeverity(finding, severity);
      const least = policy.atLeast?.get(finding.ruleId);
      return least === undefined || reaches(finding.severity, least) ? finding : withSeverity(finding, least);
    }),
    undecided: detected.undecided.filter(counts),
  };
}

function withSeverity(finding: Finding, severity: Severity): Finding {
  return { ...finding, severity, detectedSeverity: finding.severity };
}

/** A finding's outcome, given its status and the waiver that covers it, if any. */
export function judge(
  finding: Finding,
  status: Status,
  waiver: Waiver | null,
  policy: Policy,
  { failOn, scope }: Threshold,
): JudgedFinding {
  return {
    ...finding,
    status,
    outcome: outcome(finding, status, waiver, policy, { failOn, scope }),
    waiver: waiver && { reason: waiver.reason, expires: waiver.expires },
  };
}

function outcome(
  finding: Finding,
  status: Status,
  waiver: Waiver | null,
  policy: Policy,
  { failOn, scope }: Threshold,
): Outcome {
  if (waiver) return 'waived';
  // `unknown` counts as new: where the base could not be had, nobody knows that it is old.
  if (scope === 'new' && status === 'unchanged') return 'warn';
  // What only development dependencies bring is not in production. A severity that the policy sets for the rule makes it count.
  const isSet = policy.rules.has(finding.ruleId) || policy.atLeast?.has(finding.ruleId) === true;
  if (finding.advisory?.dev && !isSet) return 'warn';
  return reaches(finding.severity, failOn) ? 'block' : 'warn';
}
