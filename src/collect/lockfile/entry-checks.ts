/** Judges what a lockfile entry calls itself and where it says it lies: what npm never writes is refused, for npm would act on it. */
import { InputError } from '../../model/input-error.ts';

/** Real trees nest about a dozen levels; deeper ones are made to cost time. */
const deepestNesting = 64;

/** Longer than any path that a file system takes in practice. */
const longestLocation = 2048;

/** How many levels above the lockfile a linked directory may lie. npm-audit-tree.ts keeps as many empty ones above its copy. */
export const highestLink = 16;

const packageName = /^(?:@[\w.~!'()*-]+\/)?[\w.~!'()*-]+$/;

/**
 * Whether npm accepts it as the name of a package in the registry. Anything else (`github:owner/name`, an address, a path) must not reach
 * npm as a name: it would fetch it from there.
 */
export function isPackageName(name: string): boolean {
  return name.length <= 214 && packageName.test(name) && !/(?:^|\/)\.{1,2}$/.test(name);
}

/** What is wrong with a location, in words fit after "the entry …"; null where nothing is. The root's is the empty text. */
export function locationProblem(location: string): string | null {
  if (location === '') return null;
  if (location.length > longestLocation) return 'lies at a path that is too long';
  const segments = location.split('/');
  const above = segments.findIndex((segment) => segment !== '..');
  const climbs = above === -1 ? segments.length : above;
  if (climbs > highestLink) return 'lies outside of what can be looked at';
  for (const segment of segments.slice(climbs)) {
    if (segment === '' || segment === '.' || segment === '..' || /[:\\\u0000-\u001f]/.test(segment))
      return 'lies at no path that npm writes';
  }
  if (segments.filter((segment) => segment === 'node_modules').length > deepestNesting)
    return `is nested more than ${deepestNesting} levels deep`;
  const installed = splitLocation(location);
  if (installed !== null && !isPackageName(installed.name)) return 'is named as no package can be';
  return null;
}

/** The directory in whose node_modules a package lies, and the name under which it is installed (`@scope/name`); null for a directory of the repository. */
export function splitLocation(location: string): { directory: string; name: string } | null {
  const at = location.lastIndexOf('node_modules/');
  if (at === -1 || (at > 0 && location[at - 1] !== '/')) return null;
  return {
    directory: location.slice(0, Math.max(at - 1, 0)),
    name: location.slice(at + 'node_modules/'.length),
  };
}

/** Ten times what the largest monorepos hold. Each takes 2 KB and some 10 µs, so that more of them would only be there to wear the gate out. */
const mostPackages = 200_000;

/** @throws InputError where a lockfile holds more packages than any real one. */
export function checkPackageCount(file: string, count: number): void {
  if (count <= mostPackages) return;
  throw new InputError(
    `it holds more than ${mostPackages.toLocaleString('en-US')} packages, and no lockfile of more is read: if its project is not part of the application, name it under \`exclude\` in the policy`,
    { file },
  );
}
