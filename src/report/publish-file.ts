/** Writes a report to the file that the user named, never through a symbolic link that the scanned repository planted. */
import { randomUUID } from 'node:crypto';
import { mkdir, realpath, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { isInside } from '../model/path-inside.ts';

/**
 * Replaces the file whole, or leaves it as it was; missing folders are made. A path that leads out of `base` by its own words
 * (absolute, or with `..`) is the user's choice; one that is led out by a link is refused.
 * @throws Error in words that name no path of this machine.
 */
export async function writeReportFile(file: string, base: string, text: string): Promise<void> {
  const target = resolve(base, file);
  const folder = dirname(target);
  try {
    if (isInside(target, base) && !isInside(await realFolder(folder), await realpath(base))) {
      throw new Error('a symbolic link leads it out of the workspace');
    }
    await mkdir(folder, { recursive: true });
    // A link at the target itself is replaced by the rename, not followed.
    const draft = join(folder, `.express-gate-${randomUUID()}`);
    try {
      await writeFile(draft, text, { flag: 'wx' });
      await rename(draft, target);
    } catch (error) {
      await rm(draft, { force: true });
      throw error;
    }
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    throw code === undefined ? error : new Error(`it cannot be written (${code})`);
  }
}

/** The folder with links resolved, as far as it exists. */
async function realFolder(folder: string): Promise<string> {
  try {
    return await realpath(folder);
  } catch (error) {
    const parent = dirname(folder);
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || parent === folder) throw error;
    return realFolder(parent);
  }
}
