/** What a report of `snyk test --json` says, project by project, as far as it could be read; all of it is untrusted text. */
import type { Severity } from './severity.ts';

/** One vulnerability in one version of a package; Snyk writes it once for each path. */
export interface SnykIssue {
  /** `SNYK-JS-QS-3153490`, or `npm:qs:20140806` of old. */
  readonly id: string;
  readonly title: string;
  readonly severity: Severity;
  /** CVE and GHSA ids, sorted. */
  readonly identifiers: readonly string[];
  readonly cwe: readonly number[];
  readonly cvss: number | null;
  readonly package: string;
  readonly version: string;
  /** npm range, or null where Snyk gives none. */
  readonly vulnerable: string | null;
  /** Versions without it, as Snyk names them. */
  readonly fixedIn: readonly string[];
  /** What each path leads through, from the project's own dependency to the package, as `name@version`. */
  readonly paths: readonly (readonly string[])[];
  /** The direct dependencies that Snyk would upgrade. */
  readonly upgrades: readonly { readonly package: string; readonly version: string }[];
}

export interface SnykProject {
  /** What Snyk looked at, in words for reports: `services/api/package-lock.json`. */
  readonly target: string;
  /** Directories, relative to the scanned one, that may be meant, the likeliest first. */
  readonly directories: readonly string[];
  /** The name in its package.json, or null. */
  readonly name: string | null;
  /** `npm`, `yarn`, `pnpm`, `maven` …; `` where Snyk does not say. */
  readonly manager: string;
  readonly issues: readonly SnykIssue[];
  /** Issues about licences: no vulnerabilities. */
  readonly licenceIssues: number;
  /** Entries of `vulnerabilities` that are none. */
  readonly unreadable: number;
  /** Why Snyk could not test it, in Snyk's words; null where it did. */
  readonly error: string | null;
}

export interface SnykReading {
  /** Name of the file. */
  readonly file: string;
  readonly projects: readonly SnykProject[];
  readonly ms: number;
}
