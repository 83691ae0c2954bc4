/** What every rule says of itself; docs pages, the README's table and SARIF's rules are made from it. */
import type { Confidence } from './finding.ts';
import type { Severity } from './severity.ts';

export const ruleSections = [
  'Versions and dependencies',
  'Transport',
  'Headers and fingerprints',
  'Sessions and cookies',
  'Additional considerations',
] as const;

export type RuleSection = (typeof ruleSections)[number];

export interface RuleMetadata {
  /** The id of the contract; file name, docs page and fixture folder carry it too. */
  readonly id: string;
  /** A noun phrase of a few words. */
  readonly title: string;
  readonly section: RuleSection;
  /** `advisory`: the advisory's own severity. */
  readonly severity: Severity | 'advisory';
  readonly confidence: Confidence;
  readonly cwe: readonly number[];
  /** Markdown: what goes wrong in production and why it matters; two to six sentences. */
  readonly why: string;
  /** Markdown: what to write instead; becomes the finding's `help` (keep it to two sentences). */
  readonly remedy: string;
  /** Code that the rule reports, and the corrected code, for the docs page. */
  readonly examples: {
    readonly bad: string;
    readonly good: string;
    readonly language: 'js' | 'json' | 'yaml';
  };
  /** Markdown: what is deliberately not reported, and what it cannot see. */
  readonly limits: string;
  readonly references: readonly string[];
}

/** The address of a rule's documentation page. */
export function ruleUrl(id: string): string {
  return `https://github.com/express-gate/express-gate/blob/main/docs/rules/${id}.md`;
}
