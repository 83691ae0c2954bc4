/** Turns a commit that the checkout does not hold into its files, by GitHub's API: the tree, and of the files only those that are not here. */
import type { GithubReader } from './github-api.ts';
import { inParallel } from './in-parallel.ts';
import { isRecord } from './json-record.ts';
import type { Revision, TreeEntry } from './revision-files.ts';

/** Files that are asked for one by one; a pull request of more is compared without a base. */
const mostFiles = 400;
const mostAtOnce = 8;

/**
 * @param prefix where the scanned directory lies in the repository: `` or `apps/shop/`.
 * @param local the repository that is checked out: most files of the base are there as well, under the same name.
 */
export function githubRevision(
  reader: GithubReader,
  commit: string,
  prefix: string,
  local: Pick<Revision, 'read'> & { readonly objects: () => Promise<ReadonlySet<string>> },
): Revision {
  let listed: Promise<TreeEntry[]> | null = null;
  const whole = () => {
    listed ??= listTree(reader, commit);
    return listed;
  };
  return {
    commit,
    prefix,
    list: async () =>
      (await whole()).flatMap((entry) =>
        entry.path.startsWith(prefix) ? [{ ...entry, path: entry.path.slice(prefix.length) }] : [],
      ),
    find: async (path) => (await whole()).find((entry) => entry.path === path) ?? null,
    read: async (entries) => {
      const here = await local.objects();
      const contents = new Map(
        // A partial clone lacks files of its own commit, too.
        await local.read(entries.filter(({ object }) => here.has(object))).catch(() => []),
      );
      const missing = [...new Map(entries.map((each) => [each.object, each])).values()].filter(
        ({ object }) => !contents.has(object),
      );
      if (missing.length > mostFiles)
        throw new Error(`${missing.length} files differ, which is more than GitHub's API can be asked for`);
      await inParallel(missing, mostAtOnce, async ({ object }) => {
        contents.set(object, await readBlob(reader, object));
      });
      return contents;
    },
  };
}

/** Everything but the directories themselves, by paths from the repository's root. */
async function listTree(reader: GithubReader, commit: string): Promise<TreeEntry[]> {
  const answer = await reader.get({
    route: 'GET /repos/{owner}/{repo}/git/trees/{tree_sha}',
    parameters: { tree_sha: commit, recursive: '1' },
  });
  if (!isRecord(answer) || !Array.isArray(answer.tree)) throw new Error('GitHub gave no tree');
  if (answer.truncated === true) throw new Error('the repository is too large for GitHub to list');
  return answer.tree.flatMap((entry: unknown) => {
    if (!isRecord(entry)) return [];
    const { path, mode, sha, size, type } = entry;
    if (typeof path !== 'string' || typeof mode !== 'string' || typeof sha !== 'string') return [];
    if (type === 'tree') return [];
    return [{ path, mode, object: sha, size: typeof size === 'number' ? size : 0 }];
  });
}

async function readBlob(reader: GithubReader, object: string): Promise<Buffer> {
  const answer = await reader.get({
    route: 'GET /repos/{owner}/{repo}/git/blobs/{file_sha}',
    parameters: { file_sha: object },
  });
  if (!isRecord(answer) || typeof answer.content !== 'string')
    throw new Error('GitHub gave a file without contents');
  return Buffer.from(answer.content, answer.encoding === 'base64' ? 'base64' : 'utf8');
}
