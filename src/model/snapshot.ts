/** What was read of one revision: everything that detection may know. Plain data, so it can be saved and replayed. */
import type { Audit } from './audit.ts';
import type { Check } from './check.ts';
import type { Project } from './project.ts';
import type { SnykReading } from './snyk.ts';

export interface SnapshotFile {
  /** Relative path with `/`. */
  readonly path: string;
  /** Decoded text, without a byte order mark. */
  readonly text: string;
}

export interface Snapshot {
  /** The git revision, or null for a directory as it stands. */
  readonly revision: string | null;
  /** Every file that was read (sources, configuration, manifests, lockfiles), keyed by path, in path order. */
  readonly files: ReadonlyMap<string, SnapshotFile>;
  /** Every project, in directory order. */
  readonly projects: readonly Project[];
  readonly audits: readonly Audit[];
  /** What Snyk said, where the user hands it in. */
  readonly snyk?: SnykReading;
  /** What could not be read, or was left out. */
  readonly checks: readonly Check[];
}
