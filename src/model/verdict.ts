/** The gate's one answer; its JSON form is the report of schema version 1 (docs/report.schema.json). */
import type { Check } from './check.ts';
import type { Finding, JudgedFinding, Undecided } from './finding.ts';
import type { ExtendedPolicy } from './policy.ts';
import type { FailOn } from './severity.ts';

export type VerdictWord = 'pass' | 'fail' | 'incomplete';

export interface Counts {
  readonly critical: number;
  readonly high: number;
  readonly moderate: number;
  readonly low: number;
  readonly new: number;
  readonly unchanged: number;
  readonly fixed: number;
  readonly waived: number;
  readonly blocking: number;
}

export interface ReportedProject {
  readonly directory: string;
  readonly name: string | null;
  readonly express: { readonly declared: string | null; readonly resolved: string | null } | null;
  readonly lockfile: string | null;
}

/** Something about the policy that people should hear: an expired, unused or soon-expiring waiver, a changed policy, what of it does not count. */
export interface PolicyNote {
  readonly kind: 'waiver-expired' | 'waiver-unused' | 'waiver-expiring' | 'policy-changed' | 'policy-ignored';
  readonly message: string;
}

export interface Verdict {
  readonly verdict: VerdictWord;
  /** Why it is `incomplete`, one sentence each; empty otherwise. */
  readonly incompleteBecause: readonly string[];
  readonly counts: Counts;
  /** Blocking first, then severity, file, line, rule. */
  readonly findings: readonly JudgedFinding[];
  readonly fixed: readonly Finding[];
  readonly undecided: readonly Undecided[];
  readonly checks: readonly Check[];
  readonly projects: readonly ReportedProject[];
  readonly policy: {
    readonly file: string | null;
    readonly failOn: FailOn;
    readonly scope: 'new' | 'all';
    /** What the file extends, the nearest first; absent where it stands by itself. */
    readonly extends?: readonly ExtendedPolicy[];
    readonly notes: readonly PolicyNote[];
    /** `report`: the verdict was read from a report, which does not say the policy; the other facts here are then none. */
    readonly toldBy?: 'report';
  };
  /** Whether a base was compared with. */
  readonly compared: boolean;
}

/** The process exit code: 0 pass, 1 the policy blocks, 2 could not judge. */
export function exitCode(verdict: VerdictWord): 0 | 1 | 2 {
  return verdict === 'pass' ? 0 : verdict === 'fail' ? 1 : 2;
}
