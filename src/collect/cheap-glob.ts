/** Turns a glob of the scanned repository into whether it may be matched: matched as regular expressions, some take longer than anyone waits. */

/**
 * Wildcards in one segment of a path; each one more multiplies the worst case by the length of a name (255). GitHub's own template for
 * Node.js has four (`report.[0-9]*.[0-9]*.[0-9]*.[0-9]*.json`).
 */
const wildcardsPerSegment = 4;

/** `**` in one glob; each one more multiplies the worst case by the depth of the tree. */
const globstars = 4;

const braces = 2;
const length = 1024;

/** False for globs that no one writes by hand, such as `*a*a*a*a*a*b`. */
export function isCheapGlob(glob: string): boolean {
  if (glob.length > length || count(glob, /\{/g) > braces) return false;
  const segments = glob.split('/');
  return (
    segments.filter((segment) => segment.includes('**')).length <= globstars &&
    segments.every((segment) => count(segment, /\*+/g) <= wildcardsPerSegment)
  );
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}
