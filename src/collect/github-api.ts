/** Turns a path of GitHub's REST API into what stands there, or into a clause that says why it cannot be had. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { GithubApi } from '../model/request.ts';

const attempts = 3;
const requestMs = 15_000;
const pauseMs = 500;

/** Why GitHub did not give what was asked for. `message` is a clause in plain words; what GitHub says in it is untrusted. */
export class GithubRefusal extends Error {
  /** The HTTP status, or null where no answer came. */
  readonly status: number | null;
  /** Whether only too much was asked for. */
  readonly limited: boolean;

  constructor(message: string, status: number | null, limited = false) {
    super(message);
    this.name = 'GithubRefusal';
    this.status = status;
    this.limited = limited;
  }
}

/** Where a request goes: one of the routes of the REST API that reading needs, with its parameters. */
export interface GithubQuestion {
  readonly route:
    | 'GET /repos/{owner}/{repo}/git/trees/{tree_sha}'
    | 'GET /repos/{owner}/{repo}/git/blobs/{file_sha}'
    | 'GET /repos/{owner}/{repo}/compare/{basehead}'
    | 'GET /repos/{owner}/{repo}/commits/{ref}'
    | 'GET /repos/{owner}/{repo}/contents/{path}';
  readonly parameters: Readonly<Record<string, string>>;
}

/** The repository that is asked about, where the question names no other. */
export interface GithubRepository extends GithubApi {
  readonly owner: string;
  readonly repository: string;
}

/** Asks as the given token, or as nobody. Faults of the network and of GitHub are tried again, bounded. */
export class GithubReader {
  readonly #github: GithubRepository;
  #request: ((question: GithubQuestion, signal: AbortSignal) => Promise<unknown>) | null = null;

  constructor(github: GithubRepository) {
    this.#github = github;
  }

  get isAnonymous(): boolean {
    return this.#github.token === null;
  }

  /**
   * The body of the answer.
   * @throws GithubRefusal
   */
  async get(question: GithubQuestion): Promise<unknown> {
    for (let attempt = 1; ; attempt++) {
      try {
        this.#request ??= await this.#connect();
        return await this.#request(question, AbortSignal.timeout(requestMs));
      } catch (error) {
        const refusal = readRefusal(error);
        const passing = refusal.status === null || refusal.status >= 500;
        if (!passing || attempt === attempts) throw refusal;
        await sleep(pauseMs * 2 ** (attempt - 1));
      }
    }
  }

  async #connect(): Promise<(question: GithubQuestion, signal: AbortSignal) => Promise<unknown>> {
    const { getOctokit } = await import('@actions/github');
    const silent = { debug() {}, info() {}, warn() {}, error() {} };
    const { token, apiUrl, owner, repository } = this.#github;
    const octokit = getOctokit(token ?? '', {
      baseUrl: apiUrl,
      log: silent,
      // It takes no empty token.
      ...(token === null ? { auth: 'none', authStrategy: nobody } : {}),
    });
    return async ({ route, parameters }, signal) => {
      // The routes are those of the type above; octokit's types want each with its own parameters.
      const ask = octokit.request as (route: string, options: object) => Promise<{ data: unknown }>;
      const answer = await ask(route, {
        owner,
        repo: repository,
        ...parameters,
        request: { signal },
      });
      return answer.data;
    };
  }
}

/** An authentication of octokit that adds nothing to a request. */
function nobody(): object {
  return { hook: (request: (options: unknown) => unknown, options: unknown) => request(options) };
}

/** Octokit throws errors with `status` and, where GitHub answered, `response`; without an answer it still says 500. */
function readRefusal(error: unknown): GithubRefusal {
  const { status, response } = error as {
    status?: number;
    response?: { headers?: Record<string, string>; data?: { message?: unknown } };
  };
  const said = response?.data?.message;
  const text = typeof said === 'string' ? said : error instanceof Error ? error.message : String(error);
  const words = text
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim()
    .slice(0, 200);
  if (response === undefined || status === undefined)
    return new GithubRefusal(`GitHub could not be reached (${words})`, null);
  const { 'x-ratelimit-remaining': remaining, 'retry-after': pause } = response.headers ?? {};
  const limited =
    status === 429 ||
    (status === 403 && (remaining === '0' || pause !== undefined || /secondary rate limit/i.test(words)));
  if (limited && remaining !== '0')
    return new GithubRefusal('GitHub asks the token to pause (secondary rate limit)', status, true);
  if (limited) return new GithubRefusal('the rate limit of the token is used up', status, true);
  if (status === 401) return new GithubRefusal('GitHub did not accept the token (401)', status);
  if (status === 403 || status === 404)
    return new GithubRefusal(
      `GitHub does not show it to this token (${status}): give the job \`permissions: contents: read\``,
      status,
    );
  return new GithubRefusal(`GitHub answered ${status}: ${words}`, status);
}
