/** What a rule is: metadata and one check at the narrowest level that suffices. Rules import this file and the application model, nothing else of detect. */
import type { AuditAdvisory } from '../model/audit.ts';
import type { AdvisoryDetail, Confidence, Fix } from '../model/finding.ts';
import type { Location, RelatedLocation } from '../model/location.ts';
import type { Project } from '../model/project.ts';
import type { RuleMetadata } from '../model/rule.ts';
import type { Severity } from '../model/severity.ts';
import type { App, Program, SessionSetup } from './app-model.ts';
import type { DeprecatedDependency } from './deprecated-dependencies.ts';
import type { ExpressFacts } from './express-facts.ts';
import type { NodeFacts } from './node-facts.ts';

export type { NodeDeclaration, NodeFacts } from './node-facts.ts';

/** A finding as the rule states it; detect.ts adds the rule's metadata, the project and the fingerprint. */
export interface Draft {
  readonly location: Location;
  readonly message: string;
  /**
   * What the finding is about, free of places and formatting, such as `express-session cookie.secure false`: the fingerprint is made of it.
   * It must not change when lines move, files are renamed or options are reordered.
   */
  readonly subject: string;
  readonly related?: readonly RelatedLocation[];
  /** Only where it differs from the metadata's. */
  readonly severity?: Severity;
  readonly confidence?: Confidence;
  /** An advisory's own weaknesses. */
  readonly cwe?: readonly number[];
  /** Only where it can say more than the metadata's remedy. */
  readonly help?: string;
  readonly fix?: Fix;
  readonly advisory?: AdvisoryDetail;
}

/** What a check may answer; saying nothing means that all is well. */
export interface Judge {
  finding(draft: Draft): void;
  undecided(question: { readonly location: Location; readonly reason: string }): void;
}

/** An advisory, worked out for one project: which of its packages, by which paths. */
export interface ProjectAdvisory {
  readonly project: Project;
  readonly advisory: AuditAdvisory;
  readonly source: 'npm' | 'endpoint' | 'osv' | 'snyk' | 'embedded';
  readonly detail: AdvisoryDetail;
  /** What to do about it, in a sentence or two, with the command of the package manager at hand. */
  readonly help: string;
  /** The direct dependency's line in package.json, else the package's line in the lockfile. */
  readonly location: Location;
  /** Set where the packages are the Express that the project itself runs: `express-vulnerable` speaks of it, `dependency-vulnerable` does not. */
  readonly ownExpress?: boolean;
  /** Set where the repository applies a patch to one of the packages, which may have mended it. */
  readonly isPatched?: boolean;
}

export type RuleCheck =
  | {
      readonly level: 'session';
      /** True where a finding stands even if the program may take another set-up instead: a secret in the repository is one whatever decides. */
      readonly whicheverWay?: boolean;
      readonly check: (session: SessionSetup, judge: Judge, program: Program) => void;
    }
  | { readonly level: 'app'; readonly check: (app: App, judge: Judge, program: Program) => void }
  | { readonly level: 'program'; readonly check: (program: Program, judge: Judge) => void }
  | { readonly level: 'express'; readonly check: (facts: ExpressFacts, judge: Judge) => void }
  | { readonly level: 'dependency'; readonly check: (dependency: DeprecatedDependency, judge: Judge) => void }
  | { readonly level: 'node'; readonly check: (facts: NodeFacts, judge: Judge) => void }
  | { readonly level: 'advisory'; readonly check: (advisory: ProjectAdvisory, judge: Judge) => void };

export type Rule = RuleMetadata & RuleCheck;

/** Makes a rule; the type checker sees that metadata and check are whole. */
export function defineRule(rule: Rule): Rule {
  return rule;
}
