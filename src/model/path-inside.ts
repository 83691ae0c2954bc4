/** Turns two absolute paths into the answer whether one lies in the other: what a repository may not lead out of. */
import { isAbsolute, relative, resolve } from 'node:path';

/** Whether `path` is `directory` or lies below it; both absolute. */
export function isInside(path: string, directory: string): boolean {
  const way = relative(resolve(directory), resolve(path));
  return way === '' || (!isAbsolute(way) && way !== '..' && !/^\.\.[/\\]/.test(way));
}
