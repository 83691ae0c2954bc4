/** A project: a directory with a package.json, what it declares, and what its lockfile resolves. */
import type { Lockfile } from './lockfile.ts';

/** The parts of a package.json that express-gate reads; everything in it is untrusted. */
export interface Manifest {
  readonly name?: string;
  readonly version?: string;
  readonly private?: boolean;
  readonly type?: string;
  /** `pnpm@10.4.1`, with a hash after a `+` or without. */
  readonly packageManager?: string;
  readonly main?: string;
  readonly bin?: string | Readonly<Record<string, string>>;
  readonly exports?: unknown;
  readonly imports?: unknown;
  readonly scripts?: Readonly<Record<string, string>>;
  readonly engines?: Readonly<Record<string, string>>;
  readonly workspaces?: readonly string[] | { readonly packages?: readonly string[] };
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly overrides?: unknown;
  /** yarn's overrides. */
  readonly resolutions?: Readonly<Record<string, string>>;
}

export const dependencyFields = [
  'dependencies',
  'optionalDependencies',
  'devDependencies',
  'peerDependencies',
] as const;

export type DependencyField = (typeof dependencyFields)[number];

/** How a project comes to use Express. Where `declared` and `through` are both null it uses the Express that a project above it declares. */
export interface ExpressUse {
  /** The range in package.json, or null where Express comes only through a framework. */
  readonly declared: string | null;
  readonly declaredIn: DependencyField | null;
  /** The version the lockfile resolves for this project, or null without a lockfile. */
  readonly resolved: string | null;
  /** The framework that brings Express, such as `@nestjs/platform-express`, or null where the project declares Express itself. */
  readonly through: string | null;
}

export interface Project {
  /** Relative directory, `.` for the root. */
  readonly directory: string;
  readonly name: string | null;
  /** Path of its package.json. */
  readonly manifestFile: string;
  readonly manifest: Manifest;
  /** Null where the project does not use Express: it is then not judged by the Express and code rules. */
  readonly express: ExpressUse | null;
  /** The lockfile that governs it (its own, or its workspace root's), parsed; null where there is none or it cannot be read. */
  readonly lockfile: Lockfile | null;
  /** Path of the lockfile even where it cannot be parsed; null where there is none. */
  readonly lockfileFile: string | null;
  /** Why `lockfile` is null although there is a file: a clause with file and line, untrusted text; null (or absent) where nothing is wrong. */
  readonly lockfileProblem?: string | null;
  /** Directory of the workspace root whose lockfile governs this project; its own directory otherwise. */
  readonly workspaceRoot: string;
}
