/** Answers questions about vulnerable ranges of advisories, which may be any text: what lies in one, and where it ends. */
import semver from 'semver';

const options = { loose: true, includePrerelease: true };

/** No advisory needs more; reading a longer range would only cost time. */
const longestRange = 4096;

/** Whether a version lies in an advisory's range. A range that cannot be read holds none. */
export function isInRange(version: string, range: string): boolean {
  return parse(range) !== null && semver.satisfies(version, range, options);
}

/**
 * The lowest version above `version` that is known to be fixed, or null.
 * @param patched first fixed versions from elsewhere.
 */
export function firstFixed(version: string, vulnerable: string, patched: readonly string[]): string | null {
  const known = [...patched, ...ends(vulnerable)].filter(
    (each) =>
      semver.valid(each) !== null && semver.gt(each, version, options) && !isInRange(each, vulnerable),
  );
  return semver.sort(known)[0] ?? null;
}

/** Whether what a dependent asks for (`^1.2.0`, also `npm:other@^1.2.0` and Yarn's `npm:^1.2.0`) admits a version. A tag or an address admits none for certain. */
export function admits(specifier: string, version: string): boolean {
  const range = /^npm:(?:@?[^@]+@)?(.*)$/s.exec(specifier)?.[1] ?? specifier;
  return (
    range.length <= longestRange &&
    semver.validRange(range, { loose: true }) !== null &&
    semver.satisfies(version, range, { loose: true })
  );
}

/** The versions with which the parts of a vulnerable range end: 1.20.6 and 2.3.0 for `<1.20.6 || >=2.0.0 <2.3.0`. */
function ends(vulnerable: string): string[] {
  return (parse(vulnerable)?.set ?? []).flatMap((comparators) => {
    const end = comparators.find(({ operator }) => operator === '<');
    // An end with `<=` says only which version was the last one seen to be vulnerable; `1.x` ends below 2.0.0-0, which says nothing of 2.0.0.
    return end === undefined || end.semver.prerelease[0] === 0 ? [] : [end.semver.version];
  });
}

function parse(range: string): semver.Range | null {
  if (range.length > longestRange) return null;
  try {
    return new semver.Range(range, options);
  } catch {
    return null;
  }
}
