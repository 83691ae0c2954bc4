/** Turns what git's index holds into its entries: which paths are tracked, in which mode, as which object. */
import { type GitAnswer, runGit } from './git.ts';

export interface IndexEntry {
  /** As git writes it: `100644`, `120000` for a symbolic link, `160000` for a submodule. */
  readonly mode: string;
  readonly object: string;
  /** From the directory that was asked about. */
  readonly path: string;
}

export const symbolicLink = '120000';
export const submodule = '160000';

/** The entries below `directory` (of the whole repository where `whole` is set), or git's answer where it gave none. */
export async function readIndex(
  directory: string,
  whole = false,
): Promise<readonly IndexEntry[] | Exclude<GitAnswer, { kind: 'done' }>> {
  const answer = await runGit(directory, [
    'ls-files',
    '-z',
    '--stage',
    ...(whole ? ['--full-name', ':/'] : []),
  ]);
  return answer.kind === 'done' ? namesIn(answer.stdout).map(parseEntry) : answer;
}

/** What git ends with a NUL each. */
export function namesIn(output: Buffer): string[] {
  return output
    .toString('utf8')
    .split('\0')
    .filter((name) => name !== '');
}

/** `100644 <object> <stage>\t<path>`. */
function parseEntry(entry: string): IndexEntry {
  const tab = entry.indexOf('\t');
  const [mode = '', object = ''] = entry.slice(0, tab).split(' ');
  return { mode, object, path: entry.slice(tab + 1) };
}
