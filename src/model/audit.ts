/** What an audit of one lockfile answered: the four answers (findings, clean, could not ask, could not read) are kept apart. */
import type { PublishedPackages } from './published-package.ts';
import type { OmitType } from './request.ts';
import type { Severity } from './severity.ts';

/** One advisory that concerns packages of the lockfile. */
export interface AuditAdvisory {
  readonly id: string;
  readonly cve: string | null;
  /** Further ids of the same vulnerability (GHSA, CVE, MAL, SNYK), sorted. */
  readonly aliases?: readonly string[];
  readonly package: string;
  readonly severity: Severity;
  readonly title: string;
  readonly url: string;
  readonly cwe: readonly number[];
  readonly cvss: number | null;
  readonly vulnerable: string;
  /** npm's report does not say which versions are patched; the embedded records and OSV do. */
  readonly patched: string | null;
  /** Locations in the lockfile of the vulnerable packages. */
  readonly nodes: readonly string[];
  /** The direct dependencies whose change ends it, keyed by package: what npm calls fixAvailable. */
  readonly fixes: readonly { readonly package: string; readonly version: string; readonly major: boolean }[];
  /** True where npm says that a fix within the declared ranges exists. */
  readonly fixInRange: boolean;
  /** Who knew it, sorted, where that is not just the one who gave the audit. */
  readonly sources?: readonly string[];
}

export type AuditAnswer =
  /** An audit report was had: `source` says whether npm, the endpoint (asked directly) or OSV gave it. */
  | {
      readonly kind: 'report';
      readonly source: 'npm' | 'endpoint' | 'osv';
      readonly advisories: readonly AuditAdvisory[];
      /** Why the endpoint was asked directly, as a clause: `npm is missing here`. Absent where npm made the report. */
      readonly why?: string;
      /**
       * What there is of the vulnerable packages and of those that lead to them: of it follow the fixes, which the endpoint does not
       * tell. Absent where npm made the report.
       */
      readonly published?: PublishedPackages;
    }
  /** Could not ask. */
  | { readonly kind: 'outage'; readonly detail: string }
  /** The registry has no audit endpoint (404, 405, 410): not an outage. */
  | { readonly kind: 'no-endpoint'; readonly detail: string }
  /** Could not read: the lockfile or manifest is broken or missing. */
  | { readonly kind: 'unreadable'; readonly detail: string }
  /** Not asked: `--audit embedded`, `--audit off`, or nothing to audit. */
  | { readonly kind: 'not-asked'; readonly mode: 'embedded' | 'off'; readonly detail: string };

export interface Audit {
  /** Directory of the lockfile's project or workspace root; it answers for all projects under that lockfile. */
  readonly workspaceRoot: string;
  /** Kinds of dependencies that the user leaves out (`--omit`); absent where none are. */
  readonly omit?: readonly OmitType[];
  /** Whom the user wanted asked instead of npm; absent for npm. */
  readonly asked?: 'osv';
  readonly answer: AuditAnswer;
  readonly ms: number;
}
