/** The team's choices, as the policy file states them (schema: docs/policy.schema.json). */
import type { CheckName } from './check.ts';
import type { FailOn, Severity } from './severity.ts';

export interface Waiver {
  /** Exactly one of `rule` and `advisory` is set. */
  readonly rule: string | null;
  readonly advisory: string | null;
  /** Glob over the finding's file. */
  readonly path: string | null;
  /** Package name (advisory waivers). */
  readonly package: string | null;
  readonly reason: string;
  /** ISO date; the waiver holds up to and including that day. */
  readonly expires: string;
  /** Line of the entry in the policy file. */
  readonly line: number;
  /** What the entry stands in, where that is not the policy file itself but something that it extends. */
  readonly file?: string;
}

/** The keys that a policy may leave to those that extend it. */
export const overridableKeys = [
  'fail-on',
  'scope',
  'rules',
  'exclude',
  'environment',
  'require',
  'waivers',
  'waivers-from',
] as const;

export type OverridableKey = (typeof overridableKeys)[number];

export interface Policy {
  /** Path of the file, or null where there is none and the defaults hold. */
  readonly file: string | null;
  readonly failOn: FailOn | null;
  readonly scope: 'new' | 'all' | null;
  readonly rules: ReadonlyMap<string, 'off' | Severity>;
  readonly exclude: readonly string[];
  /** What production sets, by variable name. */
  readonly environment: ReadonlyMap<string, string>;
  readonly require: readonly CheckName[];
  readonly waivers: readonly Waiver[];
  /** `head` (absent: `base`): on a pull request its own waivers count too, for teams whose policy file needs a code owner's review. */
  readonly waiversFrom?: 'head';
  /** A path, or `owner/repository:path@ref`. */
  readonly extends?: string;
  /** The keys in which a policy that extends this one may be less strict. */
  readonly overridable?: readonly OverridableKey[];
  /** Rules whose findings are at least this grave, whatever severity they have by themselves; none of them is in `rules`. */
  readonly atLeast?: ReadonlyMap<string, Severity>;
}

/** A policy that another builds on. */
export interface ExtendedPolicy {
  /** A path from the scanned directory, or `owner/repository:path@ref`. */
  readonly source: string;
  /** The commit from which it was read; null for a file of the directory as it stands. */
  readonly commit: string | null;
}

/** How a policy that counts was made of the file and of what that extends. */
export interface Inheritance {
  /** What the file says by itself. */
  readonly own: Policy;
  /** What it extends, the nearest first. */
  readonly sources: readonly ExtendedPolicy[];
  /** What the file says and what does not count, as it would make the gate less strict: a sentence for each key. */
  readonly ignored: readonly string[];
  /** Whether the file's own waivers count. */
  readonly waiversCount: boolean;
  /** Files of the repository that it extends and that the pull request changes. */
  readonly changed: readonly { readonly old: Policy; readonly young: Policy | null }[];
}

/** What a pull request would make of the policy by which it is judged. */
export interface ProposedPolicy {
  /** The pull request's own policy; null where it removes it, or where it is not valid. */
  readonly policy: Policy | null;
  /** Why it is not valid, with its places; untrusted text. */
  readonly problem: string | null;
}

/** The policy that counts, and where it comes from. */
export interface PolicyReading {
  readonly policy: Policy;
  /** Null where the pull request leaves the policy alone, or its own counts anyway. */
  readonly proposed: ProposedPolicy | null;
  /** Why the base's policy could not be read, as a clause: then the defaults count, or what is stricter in the pull request's own. */
  readonly unread: string | null;
  /** Absent where the policy extends no other. */
  readonly inheritance?: Inheritance;
}

export const emptyPolicy: Policy = {
  file: null,
  failOn: null,
  scope: null,
  rules: new Map(),
  exclude: [],
  environment: new Map(),
  require: [],
  waivers: [],
};
