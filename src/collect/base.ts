/** Turns what the event or the user says of the base into a commit whose files can be read, or into why there is none. */
import { InputError } from '../model/input-error.ts';
import type { BaseRequest, GithubAccess, Request } from '../model/request.ts';
import { runGit } from './git.ts';
import { findCommit, findMergeBase, hasTree, objectName, readCommit } from './git-commit.ts';
import { fetchCommit } from './git-fetch.ts';
import { readIndex, submodule } from './git-index.ts';
import { gitRevision } from './git-revision.ts';
import { GithubReader } from './github-api.ts';
import { githubRevision } from './github-revision.ts';
import { isRecord } from './json-record.ts';
import type { Revision } from './revision-files.ts';

export type Base =
  /** Nothing was to be compared with. `detail` says why, where somebody may wonder. */
  | { readonly kind: 'none'; readonly detail: string | null }
  /** `detail` says which commit it is, as a sentence. */
  | {
      readonly kind: 'found';
      readonly revision: Revision;
      readonly detail: string;
      /** Where the policy is read, if not at `revision`; null where that could not be had. */
      readonly policyRevision?: Revision | null;
    }
  /** It could not be had: `detail` says why, as a sentence. */
  | { readonly kind: 'missing'; readonly detail: string }
  /** What is checked out is not what the event is about: nothing that is found holds for it. */
  | { readonly kind: 'stale'; readonly detail: string };

/** Which commit is the base: by its hash, and how it was found out. */
type Choice =
  | {
      readonly kind: 'commit';
      readonly hash: string;
      readonly detail: string;
      /** The commit whose policy counts, if it is another one. */
      readonly policyHash?: string;
    }
  | Exclude<Base, { kind: 'found' }>;

/**
 * Finds the base and brings it here: from the repository, else by `git fetch`, else by GitHub's API.
 * @throws InputError where the user names a revision that is none.
 */
export async function findBase(request: Request): Promise<Base> {
  const { directory, base, github = null } = request;
  if (base === undefined) return { kind: 'none', detail: null };
  const reader = github?.token == null ? null : new GithubReader({ ...github, token: github.token });
  const answer = await runGit(directory, ['rev-parse', '--show-prefix']);
  if (answer.kind !== 'done') {
    const why =
      answer.kind === 'failed' ? `git cannot be asked: ${answer.reason}` : 'this directory is in none';
    if (base.kind === 'revision')
      throw new InputError(`\`--base ${base.revision}\` needs a git repository, and ${why}`);
    return {
      kind: 'missing',
      detail: `What this change brings is not known without its git repository (${why}): check it out with actions/checkout, and with git on the machine.`,
    };
  }
  // Where the scanned directory lies in its repository.
  const prefix = answer.stdout.toString('utf8').replace(/\n$/, '');
  const choice = await chooseCommit(directory, base, reader);
  if (choice.kind !== 'commit') return choice;
  const found = await bring(directory, prefix, choice, github, reader);
  const { policyHash = choice.hash } = choice;
  if (found.kind !== 'found' || policyHash === choice.hash) return found;
  const tip = await bring(directory, prefix, { ...choice, hash: policyHash }, github, reader);
  return { ...found, policyRevision: tip.kind === 'found' ? tip.revision : null };
}

async function chooseCommit(
  directory: string,
  base: BaseRequest,
  reader: GithubReader | null,
): Promise<Choice> {
  switch (base.kind) {
    case 'revision': {
      const hash = await findCommit(directory, base.revision);
      if (hash === null)
        throw new InputError(
          `\`--base ${base.revision}\`: there is no such revision in this repository; fetch it, or name another`,
        );
      return { kind: 'commit', hash, detail: `Compared with ${base.revision} (${short(hash)}).` };
    }
    case 'commit':
      // GitHub's word for "there was nothing before".
      if (/^0+$/.test(base.commit))
        return {
          kind: 'none',
          detail: 'This is the first push of the branch: there is nothing to compare with.',
        };
      if (!objectName.test(base.commit))
        return { kind: 'missing', detail: 'The event does not say what stood before this change.' };
      return { kind: 'commit', hash: base.commit, detail: `Compared with ${short(base.commit)}.` };
    case 'pull-request':
      return chooseForPullRequest(directory, base, reader);
  }
}

/**
 * GitHub checks out a merge of the head into the base branch, whose first parent is the base as it is now; the base that the event
 * names can be older.
 */
async function chooseForPullRequest(
  directory: string,
  { head, base, trusted, merge: ofEvent }: Extract<BaseRequest, { kind: 'pull-request' }>,
  reader: GithubReader | null,
): Promise<Choice> {
  const hash = await findCommit(directory, 'HEAD');
  const checkedOut = hash === null ? null : await readCommit(directory, hash);
  if (checkedOut === null)
    return {
      kind: 'missing',
      detail: 'The checkout has no commit, so it is not known what this change brings.',
    };
  if (checkedOut.hash === head || checkedOut.parents[0] === head) {
    const found = await mergeBaseOf(directory, head, base, reader);
    if (found !== null)
      return {
        kind: 'commit',
        hash: found,
        detail: `Compared with ${short(found)}, where the branch left its base.`,
        // Where the branch left it is for its author to choose, and may be long ago.
        policyHash: base,
      };
    return {
      kind: 'commit',
      hash: base,
      detail: `Compared with ${short(base)}, the tip of the base branch: where the branch left it is not known with this checkout (use the defaults of actions/checkout, or \`fetch-depth: 0\`).`,
    };
  }
  const merge = await mergeBelow(directory, checkedOut);
  if (merge?.second === head) {
    // A branch can hold a merge of its own making, with whatever its author likes for the other parent.
    const hash = merge.hash === ofEvent ? merge.first : base;
    return { kind: 'commit', hash, detail: `Compared with ${short(hash)}, the tip of the base branch.` };
  }
  if (merge !== null && !trusted) {
    const { second } = merge;
    return {
      kind: 'stale',
      detail: `What is checked out is a merge of ${short(second)}, and the head of this pull request is ${short(head)}: what was judged is not what would be merged. Run the workflow again; where it checks out a fixed \`ref\`, leave that out.`,
    };
  }
  const what = `What is checked out (${short(checkedOut.hash)}) is neither the head of this pull request (${short(head)}) nor its merge into the base branch`;
  return trusted
    ? {
        kind: 'stale',
        detail: `${what}: \`pull_request_target\` checks out the base branch, so the change itself was not looked at. Run the gate on \`pull_request\`, or check out the merge commit.`,
      }
    : {
        kind: 'missing',
        detail: `${what}, so it is not known what this change brings: use the defaults of actions/checkout.`,
      };
}

/** The merge commit that is checked out, or on which a step of the job has put one more commit; null where there is none. */
async function mergeBelow(
  directory: string,
  { hash, parents }: { readonly hash: string; readonly parents: readonly string[] },
): Promise<{ readonly hash: string; readonly first: string; readonly second: string } | null> {
  const below = parents.length === 1 ? await readCommit(directory, parents[0]!) : { hash, parents };
  return below?.parents.length === 2
    ? { hash: below.hash, first: below.parents[0]!, second: below.parents[1]! }
    : null;
}

async function mergeBaseOf(
  directory: string,
  head: string,
  base: string,
  reader: GithubReader | null,
): Promise<string | null> {
  const known = await findMergeBase(directory, base, head);
  if (known !== null) return known;
  try {
    const answer = await reader?.get({
      route: 'GET /repos/{owner}/{repo}/compare/{basehead}',
      parameters: { basehead: `${base}...${head}`, per_page: '1' },
    });
    const commit = isRecord(answer) ? answer.merge_base_commit : null;
    return isRecord(commit) && typeof commit.sha === 'string' && objectName.test(commit.sha)
      ? commit.sha
      : null;
  } catch {
    return null;
  }
}

async function bring(
  directory: string,
  prefix: string,
  { hash, detail }: { readonly hash: string; readonly detail: string },
  github: GithubAccess | null,
  reader: GithubReader | null,
): Promise<Base> {
  const local = gitRevision(directory, hash, prefix);
  if ((await hasTree(directory, hash)) && (await canList(local)))
    return { kind: 'found', revision: local, detail };
  const reasons: string[] = [];
  if (github !== null) {
    const reason = await fetchCommit(directory, hash, github);
    if (reason === null && (await canList(local))) return { kind: 'found', revision: local, detail };
    reasons.push(reason ?? 'the checkout is a partial clone');
  }
  if (reader !== null) {
    const revision = githubRevision(reader, hash, prefix, {
      read: local.read,
      objects: () => objectsHere(directory),
    });
    try {
      await revision.list();
      return { kind: 'found', revision, detail };
    } catch (error) {
      reasons.push(error instanceof Error ? error.message : String(error));
    }
  }
  const why = reasons.length === 0 ? 'the checkout does not hold it' : reasons.join('; ');
  return {
    kind: 'missing',
    detail: `The base ${short(hash)} could not be had (${why}), so every finding counts as new: let actions/checkout keep its credentials, or give the action a github-token with \`permissions: contents: read\`.`,
  };
}

/** A partial clone has a tree, and lacks what its listing needs. */
async function canList(revision: Revision): Promise<boolean> {
  return revision.list().then(
    () => true,
    () => false,
  );
}

/** The names of the files' objects that the checkout has for certain: those of its own commit. */
async function objectsHere(directory: string): Promise<ReadonlySet<string>> {
  const entries = await readIndex(directory, true);
  if ('kind' in entries) return new Set();
  return new Set(entries.filter(({ mode }) => mode.startsWith('100')).map(({ object }) => object));
}

/** The submodules of what is checked out, by path from the directory -> the commit at which they stand. */
export async function submodulesOf(directory: string): Promise<ReadonlyMap<string, string>> {
  const entries = await readIndex(directory);
  if ('kind' in entries) return new Map();
  return new Map(
    entries.flatMap(({ mode, object, path }): [string, string][] =>
      mode === submodule ? [[path, object]] : [],
    ),
  );
}

function short(hash: string): string {
  return /^[0-9a-f]{7,}$/.test(hash) ? hash.slice(0, 7) : 'an unnamed commit';
}
