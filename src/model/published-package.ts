/** What a registry has published of one package, as far as it matters for how an advisory can be ended. */

export interface PublishedVersion {
  /** Real name of each package that it asks for -> range; only those that lead to a vulnerable package. */
  readonly requirements: ReadonlyMap<string, string>;
  /** Those of them that it carries within itself. */
  readonly bundled: ReadonlySet<string>;
  readonly deprecated: boolean;
}

export interface PublishedPackage {
  /** Tag (`latest`) -> version. */
  readonly tags: ReadonlyMap<string, string>;
  readonly versions: ReadonlyMap<string, PublishedVersion>;
}

/**
 * By package name. Null: it was wanted and could not be had (out of bounds, say), so what hangs on it is not known. A name is missing where
 * what is installed of it asks for nothing that only vulnerable versions could give.
 */
export type PublishedPackages = ReadonlyMap<string, PublishedPackage | null>;
