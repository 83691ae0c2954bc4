/** A token -> its client of GitHub's API, and what its own account wrote of all that stands under our mark, since anybody can copy a mark. */
import type { getOctokit } from '@actions/github';
import { Refusal, type Requests } from './publish-requests.ts';

export type Octokit = ReturnType<typeof getOctokit>;

/** What octokit would log holds text that GitHub's answer decides, unescaped. */
const silent = { debug() {}, info() {}, warn() {}, error() {} };

/** `apiUrl`: `https://api.github.com`, or the API of a GitHub Enterprise Server. */
export async function connect(place: { readonly apiUrl: string; readonly token: string }): Promise<Octokit> {
  // Loaded here, because most of the time of a run without anything to publish would be spent on it.
  const { getOctokit } = await import('@actions/github');
  return getOctokit(place.token, { baseUrl: place.apiUrl, userAgent: 'express-gate', log: silent });
}

export interface Author {
  readonly id: number;
  readonly login: string;
  readonly type: string;
}

interface Written {
  readonly author: Author | null;
}

/**
 * The id of the account that this token writes as, or null where GitHub does not tell: installation tokens (`ghs_`, GITHUB_TOKEN among
 * them) may not ask.
 * @throws Refusal
 */
export async function ownAccount(
  token: string,
  octokit: Octokit,
  requests: Requests,
): Promise<number | null> {
  if (token.startsWith('ghs_')) return null;
  try {
    const { data } = await requests.send((signal) =>
      octokit.rest.users.getAuthenticated({ request: { signal } }),
    );
    return data.id;
  } catch (error) {
    if (error instanceof Refusal && (error.status === 403 || error.status === 404)) return null;
    throw error;
  }
}

/** Of what has our mark, that which the account wrote; with no account known, that of one bot. */
export function writtenBy<T extends Written>(account: number | null, marked: readonly T[]): T[] {
  return account === null ? byOneBot(marked) : marked.filter(({ author }) => author?.id === account);
}

/**
 * Who may have copied the mark is kept out: people, whatever their comment says, are no bots, and only an app that the repository has
 * installed can write as one. Among several bots it is GitHub Actions' own, else the first.
 */
function byOneBot<T extends Written>(marked: readonly T[]): T[] {
  const bots = marked.filter(({ author }) => author?.type === 'Bot');
  const chosen = bots.find(({ author }) => author?.login === 'github-actions[bot]') ?? bots[0];
  return bots.filter(({ author }) => author?.id === chosen?.author?.id);
}
