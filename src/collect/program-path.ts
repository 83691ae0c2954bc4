/** Turns the name of a program into the absolute path of the one on PATH, never one that the scanned directory brings. */
import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';
import { isInside } from '../model/path-inside.ts';

/**
 * The absolute path of `name`, such as `git`, or null where PATH has none.
 * Entries of PATH that are relative or lie in `directory` are passed over: there the repository says what would run. (Given a bare
 * name, Windows looks in the working directory first, which is the scanned one.)
 */
export function findProgram(
  name: string,
  directory: string,
  environment: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
): string | null {
  const windows = platform === 'win32';
  // Windows spells it `Path`, and the copy of an environment no longer ignores case.
  const path = windows
    ? Object.entries(environment).find(([key]) => key.toUpperCase() === 'PATH')?.[1]
    : environment.PATH;
  for (const entry of (path ?? '').split(delimiter)) {
    if (!isAbsolute(entry) || isInside(entry, directory)) continue;
    const candidate = join(entry, windows ? `${name}.exe` : name);
    if (isExecutable(candidate)) return candidate;
  }
  return null;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
