/** A defect at one place, as the checks return it (Finding) and as the policy has judged it (JudgedFinding). */
import type { Location, RelatedLocation } from './location.ts';
import type { Severity } from './severity.ts';

export type Confidence = 'high' | 'medium' | 'low';

/** A text edit: positions 1-based, the end exclusive. */
export interface TextEdit {
  readonly file: string;
  readonly start: { readonly line: number; readonly column: number };
  readonly end: { readonly line: number; readonly column: number };
  readonly text: string;
}

/** What to write instead: always words, and edits only where the correction is certain. */
export interface Fix {
  readonly description: string;
  readonly edits: readonly TextEdit[];
}

/** The advisory behind a finding of `express-vulnerable` or `dependency-vulnerable`. */
export interface AdvisoryDetail {
  /** GHSA id where known, else the source's own id. */
  readonly id: string;
  readonly cve: string | null;
  /** Further ids of the same vulnerability, sorted; absent where there are none. */
  readonly aliases?: readonly string[];
  readonly package: string;
  /** The installed versions, sorted, joined by `, `. */
  readonly installed: string;
  readonly vulnerable: string;
  /** First fixed version(s) as a range, or null where none is known. */
  readonly patched: string | null;
  /** Each path from the project's root to the package, shortest first. Bounded; see `morePaths`. */
  readonly paths: readonly (readonly string[])[];
  /** How many paths were left out of `paths`. */
  readonly morePaths: number;
  /** True where only development dependencies lead to it. */
  readonly dev: boolean;
  /** True where the project itself declares the package. */
  readonly direct: boolean;
  /**
   * The one change that ends it, as npm (or the lockfile) sees it. `updates`: the packages whose update within the declared ranges brings it,
   * where that is not the package itself alone.
   */
  readonly action: {
    readonly package: string;
    readonly version: string;
    readonly major: boolean;
    readonly updates?: readonly string[];
  } | null;
  readonly cvss: number | null;
  /** Which sources knew it, sorted: `npm`, `endpoint`, `osv`, `snyk`, `embedded`. */
  readonly sources: readonly string[];
}

export interface Finding {
  readonly ruleId: string;
  readonly severity: Severity;
  readonly confidence: Confidence;
  /** One sentence on what production does, with the actual value. May hold text of the repository: escape it. */
  readonly message: string;
  /** What to do, in a sentence or two. */
  readonly help: string;
  /** The rule's documentation page. */
  readonly url: string;
  readonly cwe: readonly number[];
  readonly location: Location;
  readonly related: readonly RelatedLocation[];
  /** Directory of the project it belongs to, `.` for the root. */
  readonly project: string;
  /** Survives moved lines, renamed files and reordered options; equal constructs are told apart by an ordinal. */
  readonly fingerprint: string;
  /** The severity before the policy set another; absent where it did not. Not part of the reports. */
  readonly detectedSeverity?: Severity;
  /** What the fingerprint is made of beside rule and project; two findings of one subject are told apart by where they stand. Not part of the reports. */
  readonly subject?: string;
  readonly advisory?: AdvisoryDetail;
  readonly fix?: Fix;
}

/** A question that the repository alone cannot answer: neither a finding nor silence. */
export interface Undecided {
  readonly ruleId: string;
  readonly location: Location;
  /** In words, naming what it hangs on: `depends on the environment variable COOKIE_SECURE`. */
  readonly reason: string;
  readonly project: string;
}

export type Status = 'new' | 'unchanged' | 'unknown';
export type Outcome = 'block' | 'warn' | 'waived';

export interface JudgedFinding extends Finding {
  readonly status: Status;
  readonly outcome: Outcome;
  readonly waiver: { readonly reason: string; readonly expires: string } | null;
}
