/** The stage's entry: turns what was detected, at the head and perhaps at a base, into the verdict of the policy. */
import type { Detection } from '../model/detection.ts';
import { compareText } from '../model/location.ts';
import type { Inheritance, Policy, PolicyReading } from '../model/policy.ts';
import type { Request } from '../model/request.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { Verdict } from '../model/verdict.ts';
import { compareWithBase } from './baseline.ts';
import { incompleteReasons } from './completeness.ts';
import { applyPolicy, judge, threshold } from './judge.ts';
import { compareChecks } from './order.ts';
import {
  describeInheritance,
  describePolicyChange,
  inheritanceChecks,
  invalidPolicy,
  policyInForce,
} from './policy-change.ts';
import { composeVerdict } from './verdict.ts';
import { matchWaivers } from './waivers.ts';

export interface EvaluationInput {
  readonly request: Request;
  /** The policy that counts. */
  readonly policy: Policy;
  readonly proposed?: PolicyReading['proposed'];
  readonly unread?: PolicyReading['unread'];
  readonly inheritance?: Inheritance;
  /** The head. */
  readonly snapshot: Snapshot;
  readonly head: Detection;
  /** What to compare with; null where there is no base or it cannot be had. */
  readonly base: { readonly snapshot: Snapshot; readonly detection: Detection } | null;
}

/** Judges once. Pure: the same input in any order of findings gives the same verdict; `request.today` is the only date it knows. */
export function evaluate(input: EvaluationInput): Verdict {
  const { request, snapshot, head, base, proposed = null, unread = null, inheritance } = input;
  const reading = { policy: input.policy, proposed, unread, ...(inheritance && { inheritance }) };
  const policy = policyInForce(reading);
  const { findings, undecided } = applyPolicy(policy, head);
  const comparison = compareWithBase(
    { findings, checks: head.checks, files: snapshot.files },
    base && {
      findings: applyPolicy(policy, base.detection).findings,
      checks: base.detection.checks,
      files: base.snapshot.files,
    },
  );
  const { waivers, notes } = matchWaivers(policy, findings, head.checks, request.today);
  const limit = threshold(request, policy, base !== null);
  const checks = [
    ...head.checks,
    ...inheritanceChecks(reading),
    ...comparison.blindSpots.map((check) => ({
      ...check,
      state: 'degraded' as const,
      detail: `At the base, so what is new here cannot be told: ${check.detail}`,
    })),
  ];
  return composeVerdict({
    findings: comparison.findings.map(({ finding, status }) =>
      judge(finding, status, waivers.get(finding) ?? null, policy, limit),
    ),
    fixed: comparison.fixed,
    undecided,
    checks,
    projects: snapshot.projects.toSorted((a, b) => compareText(a.directory, b.directory)),
    policy: {
      file: policy.file,
      ...limit,
      ...(inheritance && { extends: inheritance.sources }),
      notes: [
        ...describePolicyChange(reading, findings, request.today),
        ...describeInheritance(reading, head.findings),
        ...notes,
      ],
    },
    incompleteBecause: [
      ...invalidPolicy(reading),
      ...incompleteReasons(policy, head.checks.toSorted(compareChecks), snapshot, base?.snapshot ?? null),
    ],
    compared: base !== null,
  });
}
