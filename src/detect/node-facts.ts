/** What the rule on Node.js may ask about one project: each place that says which Node.js it runs on, and what that admits. */
import type { NodeLine } from '../data/node-releases.ts';
import type { Location, RelatedLocation } from '../model/location.ts';
import type { Project } from '../model/project.ts';

export interface NodeFacts {
  readonly project: Project;
  /** ISO day. */
  readonly today: string;
  readonly declarations: readonly NodeDeclaration[];
}

/**
 * `production`: what a container or platform runs. `package`: what the package says it runs on. `development`: what a version manager
 * chooses. `ci`: what workflows run on.
 */
export type NodeRole = 'production' | 'package' | 'development' | 'ci';

export interface NodeDeclaration {
  readonly role: NodeRole;
  /** Of what it is told, free of places and versions, such as `engines`: fingerprints are made of it. */
  readonly kind: string;
  /** How a sentence begins that goes on with the lines: `The image node:16, on which production runs, brings`. */
  readonly sentence: string;
  readonly meaning: NodeMeaning;
  /** The value, exactly. */
  readonly location: Location;
  readonly related: readonly RelatedLocation[];
}

export type NodeMeaning =
  | {
      readonly kind: 'lines';
      /** Every line of which it admits a version, oldest first. */
      readonly lines: readonly NodeLine[];
      /** Whether it admits versions before those of Node's schedule, or after those that the facts know. */
      readonly older: boolean;
      readonly newer: boolean;
    }
  | { readonly kind: 'unknown'; readonly reason: string };
