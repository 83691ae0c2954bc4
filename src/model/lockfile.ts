/** A lockfile as a graph: which package stands where, at which version, and what it resolves its dependencies to. */

export interface LockedPackage {
  /** Where npm would install it, relative to the lockfile: `node_modules/a/node_modules/b`; a workspace's own directory; `` for the root. */
  readonly location: string;
  /** The real package name (not an alias under which it is installed). */
  readonly name: string;
  readonly version: string | null;
  readonly dev: boolean;
  readonly optional: boolean;
  readonly peer: boolean;
  /** True for a workspace package or the root: it is the repository's own, not something downloaded. */
  readonly own: boolean;
  /** Installed name of each dependency -> location of the package that it resolves to. */
  readonly edges: ReadonlyMap<string, string>;
  /** Line of the entry in the lockfile (1-based), where known. */
  readonly line: number | null;
}

export interface Lockfile {
  /** Path relative to the scanned directory. */
  readonly file: string;
  readonly manager: 'npm' | 'yarn' | 'pnpm' | 'bun';
  /** The format's own version number. */
  readonly version: number;
  readonly packages: ReadonlyMap<string, LockedPackage>;
}
