/** npm's severity words in order of weight; the only severities express-gate knows. */
export const severities = ['low', 'moderate', 'high', 'critical'] as const;

export type Severity = (typeof severities)[number];

/** A threshold: findings of this severity and above block; `never` blocks nothing. */
export type FailOn = Severity | 'never';

/** Negative where `a` is the graver one, so that sorting by it puts the gravest first. */
export function compareSeverity(a: Severity, b: Severity): number {
  return severities.indexOf(b) - severities.indexOf(a);
}

/** Whether a finding of `severity` reaches the threshold `failOn`. */
export function reaches(severity: Severity, failOn: FailOn): boolean {
  return failOn !== 'never' && severities.indexOf(severity) >= severities.indexOf(failOn);
}
