/** Finds the waiver that covers each finding, and says which waivers have expired, are unused, or end soon. */
import type { Check } from '../model/check.ts';
import type { Finding } from '../model/finding.ts';
import { pathMatcher } from '../model/path-glob.ts';
import type { Policy, Waiver } from '../model/policy.ts';
import type { PolicyNote } from '../model/verdict.ts';

const expiringWithinDays = 14;

/** A waiver made ready for use: whether it covers a finding, its expiry apart. */
interface Matcher {
  readonly waiver: Waiver;
  readonly covers: (finding: Finding) => boolean;
}

/**
 * The waiver of each covered finding (the longest-lived one where several cover it), and notes on the waivers themselves.
 * `today` is an ISO date; a waiver holds up to and including its last day.
 */
export function matchWaivers(
  policy: Policy,
  findings: readonly Finding[],
  checks: readonly Check[],
  today: string,
): { waivers: ReadonlyMap<Finding, Waiver>; notes: readonly PolicyNote[] } {
  const matchers = policy.waivers.map((waiver): Matcher => ({ waiver, covers: waiverMatcher(waiver) }));
  const covered = new Map<Finding, Waiver>();
  const uses = new Map<Waiver, number>();
  for (const finding of findings) {
    for (const { waiver, covers } of matchers) {
      if (!covers(finding)) continue;
      uses.set(waiver, (uses.get(waiver) ?? 0) + 1);
      if (expiredBy(waiver, today)) continue;
      const other = covered.get(finding);
      if (!other || other.expires < waiver.expires) covered.set(finding, waiver);
    }
  }
  const notes = policy.waivers
    .toSorted((a, b) => a.line - b.line)
    .flatMap((waiver) => note(policy, waiver, uses.get(waiver) ?? 0, checks, today));
  return { waivers: covered, notes };
}

/** Whether a waiver covers a finding, its expiry apart. */
export function waiverMatcher(waiver: Waiver): (finding: Finding) => boolean {
  const inPath = waiver.path === null ? () => true : pathMatcher(waiver.path);
  return (finding) =>
    isNamed(waiver, finding) &&
    (waiver.package === null || finding.advisory?.package === waiver.package) &&
    inPath(finding.location.file);
}

/** A waiver holds up to and including its last day; `today` is an ISO date. */
export function expiredBy(waiver: Waiver, today: string): boolean {
  return waiver.expires < today;
}

/** By rule, or by the one advisory: another advisory of the same package is not covered. */
function isNamed(waiver: Waiver, finding: Finding): boolean {
  if (waiver.rule !== null) return waiver.rule === finding.ruleId;
  if (waiver.advisory === null || !finding.advisory) return false;
  const wanted = waiver.advisory.toLowerCase();
  const { id, cve, aliases = [] } = finding.advisory;
  return [id, cve, ...aliases].some((each) => each?.toLowerCase() === wanted);
}

function note(
  policy: Policy,
  waiver: Waiver,
  uses: number,
  checks: readonly Check[],
  today: string,
): PolicyNote[] {
  // What an organisation waives for all of its repositories need not be found in each.
  if (waiver.file !== undefined && uses === 0) return [];
  const place = `${waiver.file ?? policy.file ?? 'policy'}:${waiver.line}`;
  const name = `the waiver of ${describeWaiver(waiver)}`;
  if (expiredBy(waiver, today)) {
    const rest =
      uses === 0
        ? 'nothing needs it any longer: remove it'
        : `${uses === 1 ? '1 finding counts' : `${uses} findings count`} again: fix ${uses === 1 ? 'it' : 'them'}, or renew the waiver`;
    return [{ kind: 'waiver-expired', message: `${place}: ${name} expired on ${waiver.expires}; ${rest}.` }];
  }
  if (uses === 0) {
    const blind = checks.filter((check) => sawLittle(check, waiver)).map((check) => check.name);
    const doubt = [...new Set(blind)].sort().join(', ');
    const rest =
      doubt === '' ? 'remove it, or correct it' : `but not everything could be looked at (${doubt})`;
    return [{ kind: 'waiver-unused', message: `${place}: ${name} matches no finding; ${rest}.` }];
  }
  const days = daysBetween(today, waiver.expires);
  if (days > expiringWithinDays) return [];
  const when = days === 0 ? 'today' : days === 1 ? 'tomorrow' : `in ${days} days`;
  return [
    { kind: 'waiver-expiring', message: `${place}: ${name} ends ${when} (last day ${waiver.expires}).` },
  ];
}

/** Whether what the waiver covers may only have gone unseen. Code is skipped where there is no Express: that hides nothing. */
function sawLittle(check: Check, waiver: Waiver): boolean {
  if (check.state === 'ok') return false;
  if (check.name === 'npm-audit' || check.name === 'snyk') return true;
  return waiver.advisory === null && check.state !== 'skipped';
}

/** What a waiver is about, as part of a sentence. */
export function describeWaiver(waiver: Waiver): string {
  const parts = [waiver.rule ?? waiver.advisory ?? 'nothing'];
  if (waiver.package !== null) parts.push(`of ${waiver.package}`);
  if (waiver.path !== null) parts.push(`in ${waiver.path}`);
  return parts.join(' ');
}

/** Whole days from one ISO date to another. */
function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
}
