/** Judged findings -> those that a reader is to act on: what blocks, and what warns and was not there before. */
import type { JudgedFinding } from '../model/finding.ts';

/** Waived findings are told with their waiver, unchanged ones are counted. */
export function isListed({ outcome, status }: JudgedFinding): boolean {
  return outcome === 'block' || (outcome === 'warn' && status !== 'unchanged');
}
