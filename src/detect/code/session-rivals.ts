/** Turns the conditions under which session set-ups are in use into those that are never in use together. */
import type { Reason, SessionSetup } from '../app-model.ts';
import type { SessionRecord } from './events.ts';
import { type Condition, statedCondition } from './state.ts';
import type { Single, Val } from './values.ts';

/** How a set-up is registered: under which conditions, and as which of several handlers. */
export interface Registered {
  readonly conditions: Condition | null;
  readonly choice: { readonly value: Val; readonly of: Single; readonly reason: Reason } | null;
}

/** The answers, by question, with which a set-up is in use. */
export interface Presence {
  readonly answers: ReadonlyMap<unknown, { readonly answer: unknown; readonly reason: Reason }>;
}

/** The conditions of each of a set-up's registrations, with those of its being made. */
export function presencesOf(made: Condition | null, registered: readonly Registered[]): Presence[] {
  if (registered.length === 0) return [presenceOf([made], null)];
  return registered.map(({ conditions, choice }) => presenceOf([made, conditions], choice));
}

function presenceOf(all: readonly (Condition | null)[], choice: Registered['choice']): Presence {
  const answers = new Map<unknown, { answer: unknown; reason: Reason }>();
  for (const conditions of all)
    for (let at = statedCondition(conditions); at !== null; at = statedCondition(at.outer))
      answers.set(at.id, { answer: at.holds, reason: at.reason });
  if (choice !== null) answers.set(choice.value, { answer: choice.of, reason: choice.reason });
  return { answers };
}

/** The reason why two are never in use together; null where they may be. */
function apart(a: Presence, b: Presence): Reason | null {
  for (const [question, { answer, reason }] of a.answers) {
    const other = b.answers.get(question);
    if (other !== undefined && other.answer !== answer) return reason;
  }
  return null;
}

/** The set-ups that are in use only where this one is not. */
export function rivalsOf(
  record: SessionRecord,
  presences: ReadonlyMap<SessionRecord, readonly Presence[]>,
  setups: ReadonlyMap<SessionRecord, SessionSetup>,
): SessionSetup['rivals'] {
  const own = presences.get(record) ?? [];
  const rivals: SessionSetup[] = [];
  let reason: Reason | null = null;
  for (const [other, theirs] of presences) {
    if (other === record || own.length === 0) continue;
    const reasons = own.flatMap((mine) => theirs.map((their) => apart(mine, their)));
    if (reasons.length === 0 || reasons.some((one) => one === null)) continue;
    reason ??= reasons[0]!;
    rivals.push(setups.get(other)!);
  }
  return reason === null ? null : { reason, setups: rivals };
}
