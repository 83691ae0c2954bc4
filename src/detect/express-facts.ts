/** What the Express rules may ask about one project: how it declares Express, what would run, and what is known about that. */
import type { ExpressLine } from '../data/express-releases.ts';
import type { AuditAdvisory } from '../model/audit.ts';
import type { AdvisoryDetail } from '../model/finding.ts';
import type { Location, RelatedLocation } from '../model/location.ts';
import type { DependencyField, ExpressUse, Project } from '../model/project.ts';
import type { Declaration } from './declared-range.ts';
import type { Installation } from './package-commands.ts';

export interface ExpressFacts {
  readonly project: Project;
  readonly use: ExpressUse;
  /** ISO day. */
  readonly today: string;
  /** `development` and `peer`: only devDependencies, or only peerDependencies, bring Express; it is then not what production runs. */
  readonly role: 'production' | 'development' | 'peer';
  /** The entry of package.json for Express, or null where it comes through a framework. */
  readonly declared: DeclaredExpress | null;
  /** The value that decides: that entry's (or the framework's) in package.json, or what an override or a catalog of the workspace root has for it. */
  readonly location: Location;
  /** The value of the entry in package.json, whatever decides. */
  readonly entry: Location;
  /** The entry in package.json, where the range stands elsewhere. */
  readonly related: readonly RelatedLocation[];
  /** Whether `location` is that value: else it is the head of the file, and nothing can be edited there. */
  readonly located: boolean;
  readonly lock: LockState;
  /** With the project's package manager; `where`: ` in shop` where that is not the scanned directory, else nothing. */
  readonly installation: Installation & { readonly where: string };
  /** Of the production projects that share a missing lockfile, the first: it speaks for all. */
  readonly speaksForLockfile: boolean;
  /** The version in the lockfile (valid semver), or null. */
  readonly resolved: string | null;
  /** What would run: `resolved`, else the newest published version that the declared range admits; null where neither is known. */
  readonly version: string | null;
  /** The lines of `resolved`, else of every version that the declared range admits; empty where none is known.
   * Where a range admits no published version, the line of the lowest that it could ever admit. */
  readonly lines: readonly ExpressLine[];
  /** Advisories for `resolved`, by id. */
  readonly advisories: readonly ExpressAdvisory[];
  /** The nearest newest release, on a line that still gets fixes, without a known advisory; null where there is none above `version`. */
  readonly upgrade: ExpressUpgrade | null;
  /** The same on the line with the longest future; null where `version` is on it. */
  readonly successor: ExpressUpgrade | null;
  /** The newest release, on the newest line, without a known advisory. */
  readonly newest: string | null;
  /** How to name it in a sentence: `Express 4.17.1`, `Express 4.17.1 (through @nestjs/platform-express)`, `Every version of Express that "^3.0.0" admits`. */
  readonly subject: string;
}

/**
 * `read`: the lockfile gives the version. `absent`: it was read and holds no Express. `unread`: it is there but cannot be read, or its
 * version is none. `missing`: there is no lockfile.
 */
export type LockState = 'read' | 'absent' | 'unread' | 'missing';

export interface DeclaredExpress extends Declaration {
  readonly field: DependencyField;
  /** The entry's key: `express`, unless it is installed under another name. */
  readonly name: string;
  /** The value that decides, as it is written, cut where it is absurdly long. */
  readonly text: string;
  /** Set where an override or a catalog of the workspace root decides in place of the entry. */
  readonly standsIn: StandsIn | null;
  /** Why a `catalog:` leads to no range, as a clause; else null. */
  readonly problem: string | null;
  /** Whether the range admits every release. */
  readonly open: boolean;
  /** The published versions that the range admits, ascending; empty for anything but a range. */
  readonly admitted: readonly string[];
  /** Those of them with a known advisory. */
  readonly vulnerable: readonly string[];
  /** The entry's value with the smallest change that admits no vulnerable version and still admits a maintained one; null where none is known. */
  readonly safeText: string | null;
  /** The same as it has to be written at the location, quotes and all; null where it cannot be. */
  readonly safeSource: string | null;
}

/** Where a range stands that is not in the entry itself. */
export interface StandsIn {
  /** The keys that lead to it, `overrides.express`; null where they are not fit for a sentence. */
  readonly keys: string | null;
  /** The name of the file, without its directory. */
  readonly file: string;
  readonly isOverride: boolean;
}

export interface ExpressAdvisory {
  readonly advisory: AuditAdvisory;
  readonly detail: AdvisoryDetail;
}

export interface ExpressUpgrade {
  readonly version: string;
  /** `4.x` */
  readonly line: string;
  /** Whether it is another major line than `version`'s. */
  readonly major: boolean;
  /** What to do, fit to begin a sentence: ``Run `npm install express@4.22.3` ``. */
  readonly how: string;
}
