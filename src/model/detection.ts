/** What detection makes of one snapshot. */
import type { Check } from './check.ts';
import type { Finding, Undecided } from './finding.ts';

export interface Detection {
  readonly findings: readonly Finding[];
  readonly undecided: readonly Undecided[];
  /** Including the snapshot's own. */
  readonly checks: readonly Check[];
}

/** What detection took, for those who measure it; no report shows it. Milliseconds are by the clock that was given. */
export interface Effort {
  /** Advisories and Express versions. */
  readonly versionsMs: number;
  readonly parseMs: number;
  /** The abstract execution of the programs, parsing apart. */
  readonly runMs: number;
  /** The application models and the rules that are put to them. */
  readonly rulesMs: number;
  readonly filesParsed: number;
  readonly programs: number;
  readonly steps: number;
}
