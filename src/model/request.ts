/** What the user asked for, the same whether it came from the command line or from action inputs. */
import type { FailOn } from './severity.ts';

export type AuditMode = 'npm' | 'embedded' | 'off';
export type OmitType = 'dev' | 'optional' | 'peer';

export interface Request {
  /** Absolute path of the scanned directory. */
  readonly directory: string;
  /** Policy file given by name, or null for the default places. */
  readonly policyFile: string | null;
  /** Null: the policy's, else the default (`new` with a base, else `all`). */
  readonly scope: 'new' | 'all' | null;
  /** Null: the policy's, else `high`. */
  readonly failOn: FailOn | null;
  readonly audit: AuditMode;
  /** Registry for npm audit, or null for the user's own configuration. */
  readonly registry: string | null;
  readonly omit: readonly OmitType[];
  /** ISO date on which the dated facts and waivers are judged. The middle stages have no clock. */
  readonly today: string;
}
