/** What the user asked for, the same whether it came from the command line or from action inputs. */
import type { FailOn } from './severity.ts';

export type AuditMode = 'npm' | 'osv' | 'embedded' | 'off';
export type OmitType = 'dev' | 'optional' | 'peer';

/** What the head is to be compared with. */
export type BaseRequest =
  /** A revision that the user names (`--base`). */
  | { readonly kind: 'revision'; readonly revision: string }
  /**
   * A pull request: the first parent of the merge commit that is checked out; where its head is, the merge base. `head` is the commit
   * that the event names, `base` the tip of the base branch as the event knows it (it may be older), `merge` the commit that it would check out, `trusted` whether the event checks out the
   * base branch unless told otherwise (`pull_request_target`).
   */
  | {
      readonly kind: 'pull-request';
      readonly head: string;
      readonly base: string;
      readonly trusted: boolean;
      readonly merge?: string;
    }
  /** A commit that the event names: what a merge group is to be merged into, or what stood before a push. */
  | { readonly kind: 'commit'; readonly commit: string };

/** GitHub's REST API. */
export interface GithubApi {
  readonly apiUrl: string;
  /** Null: only what needs no rights can be had. */
  readonly token: string | null;
}

/** The repository on GitHub, for what the checkout does not hold. */
export interface GithubAccess extends GithubApi {
  /** `https://github.com`, or that of a GitHub Enterprise Server; no slash at the end. */
  readonly serverUrl: string;
  readonly owner: string;
  readonly repository: string;
}

/** A finding that the user wants to accept. */
export interface WaiverWish {
  readonly fingerprint: string;
  readonly reason: string;
  /** As it was written; the last day on which the waiver is to hold. */
  readonly expires: string;
}

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
  /** The output of `snyk test --json`, to be merged: relative to the scanned directory, or absolute. Absent where there is none. */
  readonly snykFile?: string;
  /** Absent: there is nothing to compare with. */
  readonly base?: BaseRequest;
  /** Whose policy counts: the base's, which a pull request cannot bend; absent: that of the directory as it stands. */
  readonly policyFrom?: 'base';
  /** Absent outside of GitHub. */
  readonly github?: GithubAccess;
  /** How other repositories on GitHub are read, whose policy this one's extends. Absent: as `github` says, else github.com without a token. */
  readonly githubApi?: GithubApi;
  /** ISO date on which the dated facts and waivers are judged. The middle stages have no clock. */
  readonly today: string;
}
