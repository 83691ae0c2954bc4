/** Turns the globs of a policy into tests of paths. */
import picomatch from 'picomatch';

/** The same answer on every machine: paths have `/`, case counts, and dot files are files like others. */
const options = { dot: true, windows: false, nocase: false, nonegate: true } as const;

/**
 * A test for one glob over paths relative to the scanned directory. A glob that names a directory covers everything below it
 * (`legacy`, `legacy/` and `legacy/**` are the same); one that begins with `!` covers what the rest of it does not.
 */
export function pathMatcher(glob: string): (path: string) => boolean {
  const negated = isNegated(glob);
  const pattern = (negated ? glob.slice(1) : glob).replace(/^\.\//, '');
  const name = pattern.replace(/\/+$/, '');
  if (name === '' || name === '.') return () => !negated;
  const below = `${name}/**`;
  // `src/*` means the files in src, not those of every directory in it.
  const mayBeDirectory = !/[*?[\](){}!+@]/.test(name.slice(name.lastIndexOf('/') + 1));
  const matches = picomatch(pattern !== name ? below : mayBeDirectory ? [name, below] : name, options);
  return (path) => matches(path) !== negated;
}

/**
 * A test for a list of globs, read from the first to the last: a later `!glob` takes back what an earlier one covered, and never
 * covers anything by itself. (A plain "any glob matches" would let `!src/**` exclude all the rest.)
 */
export function pathListMatcher(globs: readonly string[]): (path: string) => boolean {
  const steps = globs.map((glob) => {
    const takesBack = isNegated(glob);
    return { takesBack, matches: pathMatcher(takesBack ? glob.slice(1) : glob) };
  });
  return (path) => steps.reduce((covered, step) => (step.matches(path) ? !step.takesBack : covered), false);
}

/** `!(a|b)` is an extended glob, not a negation. */
function isNegated(glob: string): boolean {
  return glob.startsWith('!') && !glob.startsWith('!(');
}
