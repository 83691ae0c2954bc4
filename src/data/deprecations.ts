/** Turns deprecations.json into the packages of Express applications that their projects have given up, with what takes their place. */
import deprecations from './deprecations.json' with { type: 'json' };

export interface Deprecation {
  readonly package: string;
  /** A semver range of what is deprecated; null where all of it is. */
  readonly versions: string | null;
  /** ISO day; null where no date was announced. */
  readonly since: string | null;
  /** A sentence. */
  readonly reason: string;
  /** What to use in its place and what changes: sentences. */
  readonly successor: string;
  /** Where the project says so. */
  readonly source: string;
}

/** The day on which the records were checked. */
export const deprecationsRetrieved: string = deprecations.retrieved;

/** Every record, by package. */
export const deprecatedPackages: ReadonlyMap<string, Deprecation> = new Map(
  deprecations.packages.map((record) => [record.package, record]),
);
