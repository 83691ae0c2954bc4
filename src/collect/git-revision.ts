/** Turns a commit of the repository around a directory into its files, read from git's objects and never from the work tree. */
import { runGit } from './git.ts';
import type { Revision, TreeEntry } from './revision-files.ts';

/** Bytes of contents that one git process is asked for. */
const batchBytes = 64 * 1024 * 1024;

/** @param prefix where the scanned directory lies in the repository: `` or `apps/shop/`. */
export function gitRevision(directory: string, commit: string, prefix: string): Revision {
  let listed: Promise<TreeEntry[]> | null = null;
  return {
    commit,
    prefix,
    list: () => {
      listed ??= listTree(directory, commit, prefix, prefix);
      return listed;
    },
    find: async (path) =>
      (await listTree(directory, commit, path, '')).find((each) => each.path === path) ?? null,
    read: async (entries) => {
      const contents = new Map<string, Buffer>();
      for (const batch of batches(entries)) await readBatch(directory, batch, contents);
      return contents;
    },
  };
}

/** The entries below a path (or at it), their own paths without `prefix`. */
async function listTree(
  directory: string,
  commit: string,
  below: string,
  prefix: string,
): Promise<TreeEntry[]> {
  const answer = await runGit(directory, [
    '--no-replace-objects',
    '--literal-pathspecs',
    'ls-tree',
    '-r',
    '-z',
    '-l',
    '--full-tree',
    commit,
    ...(below === '' ? [] : ['--', below]),
  ]);
  if (answer.kind !== 'done') throw new Error(reasonOf(answer));
  return answer.stdout
    .toString('utf8')
    .split('\0')
    .flatMap((line) => {
      const entry = /^(\d{6}) [a-z]+ ([0-9a-f]+) +(\d+|-)\t(.+)$/s.exec(line);
      if (entry === null || !entry[4]!.startsWith(prefix)) return [];
      const path = entry[4]!.slice(prefix.length);
      return path === ''
        ? []
        : [{ path, mode: entry[1]!, object: entry[2]!, size: entry[3] === '-' ? 0 : Number(entry[3]) }];
    });
}

function* batches(entries: readonly TreeEntry[]): Generator<string[]> {
  let names = new Set<string>();
  let bytes = 0;
  for (const { object, size } of entries) {
    if (names.size > 0 && bytes + size > batchBytes) {
      yield [...names];
      names = new Set();
      bytes = 0;
    }
    names.add(object);
    bytes += size;
  }
  if (names.size > 0) yield [...names];
}

/** `cat-file --batch` answers in the order of the question: `<object> <type> <size>`, a line feed, the contents, a line feed. */
async function readBatch(
  directory: string,
  names: readonly string[],
  contents: Map<string, Buffer>,
): Promise<void> {
  const answer = await runGit(directory, ['--no-replace-objects', 'cat-file', '--batch'], {
    input: `${names.join('\n')}\n`,
  });
  if (answer.kind !== 'done') throw new Error(reasonOf(answer));
  let at = 0;
  for (const name of names) {
    const end = answer.stdout.indexOf(0x0a, at);
    const [object, type, size] = answer.stdout.toString('latin1', at, Math.max(end, at)).split(' ');
    // A partial clone has the tree without the files.
    if (end < 0 || object !== name || type !== 'blob') throw new Error('not all of its files are here');
    contents.set(name, answer.stdout.subarray(end + 1, end + 1 + Number(size)));
    at = end + 1 + Number(size) + 1;
  }
}

function reasonOf(answer: { readonly kind: string; readonly reason?: string }): string {
  return answer.reason ?? 'this is no git repository';
}
