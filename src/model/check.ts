/** What the gate looked at and how far it got: a gate that could not look never passes in silence. */

/**
 * `ok`: looked. `degraded`: looked with less than it should have had (an outage, an unparsable file).
 * `failed`: could not look at all. `skipped`: not asked for, or nothing to look at.
 */
export type CheckState = 'ok' | 'degraded' | 'failed' | 'skipped';

/** The names that the report's `checks` use; a policy's `require` has all but `policy`, without which there is no verdict anyway. */
export const checkNames = [
  'npm-audit',
  'snyk',
  'express-version',
  'code',
  'files',
  'base',
  'policy',
] as const;

export type CheckName = (typeof checkNames)[number];

export interface Check {
  readonly name: CheckName;
  /** The project's directory, `.` for the root. */
  readonly project: string;
  readonly state: CheckState;
  /** One sentence or more in plain words: what was looked at, or what failed and what to do. Untrusted text. */
  readonly detail: string;
  /** A sentence about the age of the embedded facts that were used, where they are old. The JSON report adds it to `detail`. */
  readonly oldFacts?: string;
  /** Milliseconds spent. */
  readonly ms: number;
  /**
   * Why an npm-audit is `degraded` or `failed`: `outage` (could not ask; incomplete where a dependency file changed),
   * `no-endpoint` (the registry has no audit endpoint: not an outage), `unreadable` (a lockfile or manifest that cannot be read). `stale`: what is checked out is not
   * what the event is about, so nothing could be judged for it. `hidden`: the change brings code that cannot be read, or makes it so.
   * Not part of the JSON report.
   */
  readonly cause?: 'outage' | 'no-endpoint' | 'unreadable' | 'limit' | 'stale' | 'hidden';
}
