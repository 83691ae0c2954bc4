/** Classifies what package.json declares for Express: the text of the entry -> what kind of thing it names, and which published versions it admits. */
import semver from 'semver';

/**
 * `range`: a semver range or exact version. `tag`: a distribution tag. `git`, `url`, `path`: a source other than the registry.
 * `workspace`, `catalog`: the range stands elsewhere in the repository. `patch`: a patched copy. `invalid`: no package manager reads it.
 */
export type DeclarationKind =
  | 'range'
  | 'tag'
  | 'git'
  | 'url'
  | 'path'
  | 'workspace'
  | 'catalog'
  | 'patch'
  | 'invalid';

export interface Declaration {
  readonly kind: DeclarationKind;
  /** The package that it names where that is not the entry's own name (`npm:other@1`), else null. */
  readonly alias: string | null;
  /** What stands before the range, such as `npm:express@`; a corrected range is written after it. */
  readonly prefix: string;
  /** The range or tag without the prefix; empty text is `*`, as package managers read it. */
  readonly spec: string;
}

/** Longer texts are no range that anyone wrote; reading them would only cost time. */
const longestRange = 256;

const protocols: readonly (readonly [RegExp, DeclarationKind])[] = [
  [/^workspace:/i, 'workspace'],
  [/^catalog:/i, 'catalog'],
  [/^patch:/i, 'patch'],
  [/^(?:file|link|portal|exec):/i, 'path'],
  [/^(?:\.|~\/|[/\\]|[a-z]:)/i, 'path'],
  [/^(?:git(?:\+[a-z]+)?|github|gitlab|bitbucket|gist|ssh):/i, 'git'],
  [/^[^@/\s]+@[^:.\s]+\.[^:\s]+:\S/, 'git'],
  [/^https?:\/\/[^#]*\.git(?:#|$)/i, 'git'],
  [/^https?:/i, 'url'],
  [/^[a-z][a-z\d+.-]*:/i, 'invalid'],
  [/\.(?:tgz|tar\.gz|tar)$/i, 'path'],
  [/^[^\s@:/#]+\/[^\s@:/#]+(?:#|$)/, 'git'],
  [/[/\\]/, 'path'],
];

/** Reads an entry's value as npm, Yarn, pnpm and Bun do. Any text is answered; none throws. */
export function classifyDeclaration(text: string): Declaration {
  const trimmed = text.trim();
  const aliased = /^npm:/i.test(trimmed) ? splitAlias(trimmed.slice('npm:'.length)) : null;
  const spec = aliased?.spec ?? trimmed;
  const before = aliased === null ? '' : trimmed.slice(0, trimmed.length - spec.length);
  const prefix = /^npm:[^@]/i.test(before) && !before.endsWith('@') ? `${before}@` : before;
  return { kind: kindOf(spec), alias: aliased?.name ?? null, prefix, spec: spec === '' ? '*' : spec };
}

/** `express@^4`, `@scope/name@^4`, `express` or, in Yarn, only a range. */
function splitAlias(text: string): { name: string | null; spec: string } {
  const at = text.indexOf('@', 1);
  if (at > 0) return { name: text.slice(0, at), spec: text.slice(at + 1) };
  return parseRange(text) === null ? { name: text, spec: '' } : { name: null, spec: text };
}

function kindOf(spec: string): DeclarationKind {
  if (parseRange(spec) !== null) return 'range';
  const protocol = protocols.find(([pattern]) => pattern.test(spec));
  if (protocol !== undefined) return protocol[1];
  return /^[\w.!~*'()-]+$/.test(spec) ? 'tag' : 'invalid';
}

/** A range as npm reads it, or null where the text is none. */
export function parseRange(spec: string): semver.Range | null {
  if (spec.length > longestRange) return null;
  try {
    return new semver.Range(spec, { loose: true });
  } catch {
    return null;
  }
}

/** Those of `versions` that a range admits, in their order: prereleases only where the range names one of the same release, as semver has it. */
export function admittedBy(range: semver.Range, versions: readonly string[]): string[] {
  return versions.filter((version) => range.test(version));
}

/** Whether a range admits every release that there ever was or will be: `*`, `x`, nothing at all, `>=0.0.0`. */
export function admitsEverything(range: semver.Range): boolean {
  return range.set.some((comparators) =>
    comparators.every(({ value }) => value === '' || value === '>=0.0.0'),
  );
}
