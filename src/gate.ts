/** The whole road, top to bottom: request -> policy, snapshots -> detections -> verdict. Only this file knows the order. */
import { collectSnapshot } from './collect/collect.ts';
import { readPolicy } from './collect/policy-file.ts';
import { detect } from './detect/detect.ts';
import { evaluate } from './evaluate/evaluate.ts';
import type { Policy } from './model/policy.ts';
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
}

/**
 * Runs the gate once. `now` is the clock of the checks' times: milliseconds since some moment.
 * @throws InputError where the policy or the directory cannot be read (exit code 2).
 */
export async function runGate(request: Request, now: () => number = () => 0): Promise<GateResult> {
  const policy = await readPolicy(request);
  const snapshot = await collectSnapshot(request, policy);
  const head = detect(snapshot, { environment: policy.environment, today: request.today, now });
  const verdict = evaluate({ request, policy, snapshot, head, base: null });
  return { verdict, snapshot, policy };
}
