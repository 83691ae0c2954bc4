/** What detection makes of one snapshot. */
import type { Check } from './check.ts';
import type { Finding, Undecided } from './finding.ts';

export interface Detection {
  readonly findings: readonly Finding[];
  readonly undecided: readonly Undecided[];
  /** Including the snapshot's own. */
  readonly checks: readonly Check[];
}
