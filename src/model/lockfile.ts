/** A lockfile as a graph: which package stands where, at which version, and what it resolves its dependencies to. */

/** What an entry asks of one of its dependencies. Development requirements only count for the package that one works on itself. */
export interface Requirement {
  /** The range (or other specifier) as written; null where the lockfile does not say it. */
  readonly range: string | null;
  readonly type: 'production' | 'development' | 'optional' | 'peer';
}

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
  /**
   * Installed name of each dependency -> location of the package that it resolves to. npm's version 1 does not say what the root
   * itself asks for: there the root has an edge to every package on the top level, and only the manifest tells which are its own.
   */
  readonly edges: ReadonlyMap<string, string>;
  /** What is asked of each edge, by installed name; absent where the lockfile does not say. */
  readonly requirements?: ReadonlyMap<string, Requirement>;
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
  /** Location of each link -> location of the package that it leads to (`node_modules/lib` -> `packages/lib`). Links are no packages. */
  readonly links?: ReadonlyMap<string, string>;
}
