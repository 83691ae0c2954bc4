/** The whole road, top to bottom: request -> base, policy, snapshots -> detections -> verdict. Only this file knows the order. */
import { findBase } from './collect/base.ts';
import { collectSnapshots } from './collect/collect.ts';
import { readPolicy } from './collect/policy-file.ts';
import { detect, explainChanges } from './detect/detect.ts';
import { evaluate } from './evaluate/evaluate.ts';
import type { Inheritance, Policy } from './model/policy.ts';
import type { Request } from './model/request.ts';
import type { Snapshot } from './model/snapshot.ts';
import type { Verdict } from './model/verdict.ts';

/** What the gate looks for; documentation and `--list-rules` are made of it. */
export { rules } from './detect/rule-list.ts';

export interface GateResult {
  readonly verdict: Verdict;
  /** The head snapshot: renderers take code excerpts from it. */
  readonly snapshot: Snapshot;
  readonly policy: Policy;
  /** What the policy extends; absent where that is nothing. */
  readonly inheritance?: Inheritance;
}

/**
 * Runs the gate once. `now` is the clock of the checks' times: milliseconds since some moment.
 * @throws InputError where the policy or the directory cannot be read (exit code 2).
 */
export async function runGate(request: Request, now: () => number = () => 0): Promise<GateResult> {
  const found = await findBase(request);
  const reading = await readPolicy(request, found);
  const { policy } = reading;
  const snapshots = await collectSnapshots(request, policy, found);
  const options = { environment: policy.environment, today: request.today, now };
  const head = detect(snapshots.head, options);
  const base = snapshots.base && {
    snapshot: snapshots.base,
    detection: detect(snapshots.base, options, head),
  };
  const related = base === null ? head : explainChanges(snapshots.head, head, base, options);
  const verdict = evaluate({ request, ...reading, snapshot: snapshots.head, head: related, base });
  return {
    verdict,
    snapshot: snapshots.head,
    policy,
    ...(reading.inheritance && { inheritance: reading.inheritance }),
  };
}
