/** Answers whether something happens on every way through a program, given the conditions under which it is seen to happen. */
import type { Answer, Reason } from '../app-model.ts';
import type { Condition } from './state.ts';

/** It happens under these conditions; `unknown` where even then only perhaps. */
export interface Evidence {
  readonly conditions: Condition | null;
  readonly unknown: Reason | null;
}

interface Clause {
  readonly literals: ReadonlyMap<string, boolean>;
  readonly unknown: Reason | null;
}

const maxQuestions = 10;

/**
 * Yes where it happens whichever way the conditions go, no where on none, unknown where it depends on one.
 * `given`: what holds anyhow wherever the question comes up.
 */
export function decide(evidence: readonly Evidence[], given: Condition | null = null): Answer {
  const reasons = new Map<string, Reason>();
  const held = new Map<string, boolean>();
  for (let condition = given; condition !== null; condition = condition.outer)
    held.set(condition.id, condition.holds);
  const clauses = evidence.flatMap((one): Clause[] => {
    const literals = new Map<string, boolean>();
    for (let condition = one.conditions; condition !== null; condition = condition.outer) {
      reasons.set(condition.id, condition.reason);
      const old = literals.get(condition.id);
      if (old !== undefined && old !== condition.holds) return [];
      literals.set(condition.id, condition.holds);
    }
    for (const [id, holds] of held) {
      if (literals.has(id) && literals.get(id) !== holds) return [];
      literals.delete(id);
    }
    return [{ literals, unknown: one.unknown }];
  });
  return decideClauses(clauses, reasons, 0);
}

function decideClauses(
  clauses: readonly Clause[],
  reasons: ReadonlyMap<string, Reason>,
  depth: number,
): Answer {
  if (clauses.some((clause) => clause.literals.size === 0 && clause.unknown === null)) return { kind: 'yes' };
  const open = clauses.find((clause) => clause.literals.size > 0);
  const doubtful = clauses.find((clause) => clause.literals.size === 0);
  if (open === undefined)
    return doubtful === undefined ? { kind: 'no' } : { kind: 'unknown', reason: doubtful.unknown! };
  const [id] = open.literals.keys();
  const reason = reasons.get(id!)!;
  if (depth >= maxQuestions) return { kind: 'unknown', reason };
  const assume = (holds: boolean): Answer => {
    const left = clauses.flatMap((clause): Clause[] => {
      const literal = clause.literals.get(id!);
      if (literal === undefined) return [clause];
      if (literal !== holds) return [];
      const literals = new Map(clause.literals);
      literals.delete(id!);
      return [{ ...clause, literals }];
    });
    return decideClauses(left, reasons, depth + 1);
  };
  const yes = assume(true);
  const no = assume(false);
  if (yes.kind === no.kind) return yes;
  if (yes.kind === 'unknown' || no.kind === 'unknown')
    return {
      kind: 'unknown',
      reason: yes.kind === 'unknown' ? yes.reason : no.kind === 'unknown' ? no.reason : reason,
    };
  return { kind: 'unknown', reason };
}
