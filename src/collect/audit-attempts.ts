/** Asks for an audit again and again within bounds, until the registry answers or it is certain that it will not. */
import { setTimeout as pause } from 'node:timers/promises';
import type { AuditAdvisory } from '../model/audit.ts';

/** What came of asking once. `detail` is a clause in plain words that begins with the registry, such as `registry.example answered HTTP 503`. */
export type Asked =
  | { readonly kind: 'answered'; readonly advisories: readonly AuditAdvisory[] }
  | { readonly kind: 'no-endpoint'; readonly detail: string }
  /** Asking again would bring the same. */
  | { readonly kind: 'refused'; readonly detail: string }
  /** `waitMs`: the pause that the registry asked for. */
  | { readonly kind: 'try-again'; readonly detail: string; readonly waitMs: number | null }
  /** npm is missing, broken or too old: its word is none of the registry's. */
  | { readonly kind: 'npm-unable'; readonly detail: string };

/** Bounds of all audits of one run, in milliseconds but for `attempts`. */
export interface AuditTiming {
  readonly attempts: number;
  /** For one run of npm. */
  readonly attemptMs: number;
  /** For one answer of the registry. */
  readonly requestMs: number;
  /** Before the second attempt, more or less; twice as long before each further one. */
  readonly pauseMs: number;
  /** A registry that asks for a longer pause is not asked again. */
  readonly longestPauseMs: number;
  /** After so long no new attempt is begun. */
  readonly totalMs: number;
}

export const usualTiming: AuditTiming = {
  attempts: 3,
  attemptMs: 120_000,
  requestMs: 30_000,
  pauseMs: 1_000,
  longestPauseMs: 30_000,
  totalMs: 600_000,
};

/** The patience of one run of the gate, shared by its audits: a registry that failed one of them to the end is asked only once by the others. */
export class Patience {
  readonly timing: AuditTiming;
  readonly #end: number;
  #lost = false;

  constructor(timing: AuditTiming) {
    this.timing = timing;
    this.#end = Date.now() + timing.totalMs;
  }

  /** Asks until an answer is had that asking again would not change. A `try-again` that is left over says in its detail how often was asked. */
  async ask(once: () => Promise<Asked>): Promise<Asked> {
    const { attempts, pauseMs, longestPauseMs } = this.timing;
    for (let attempt = 1; ; attempt++) {
      const asked = await once();
      if (asked.kind !== 'try-again') return asked;
      // Between half and one and a half of the pause, lest many runs ask in step.
      const wait = asked.waitMs ?? pauseMs * 2 ** (attempt - 1) * (0.5 + Math.random());
      const isOver =
        attempt >= attempts || this.#lost || wait > longestPauseMs || Date.now() + wait > this.#end;
      if (isOver) {
        this.#lost = true;
        const often = attempt === 1 ? '1 attempt' : `${attempt} attempts`;
        const asks =
          asked.waitMs !== null && asked.waitMs > longestPauseMs
            ? ` and asks for a pause of ${Math.ceil(asked.waitMs / 1000)} seconds`
            : '';
        return { ...asked, detail: `${asked.detail}${asks}, ${often}` };
      }
      await pause(wait);
    }
  }
}
