/**
 * A stand-in for GitHub's REST API on 127.0.0.1: keeps the comments and reviews of pull requests, check runs and the global advisories, enforces each token's permissions, checks every
 * request and its own answers against GitHub's OpenAPI description, records them, and fails on demand.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { type GithubAdvisory, listAdvisories } from './github-advisories.ts';
import {
  type CheckRun,
  checkRunFaults,
  newCheckRun,
  renderCheckRun,
  updateCheckRun,
} from './github-checks.ts';
import { answerGit } from './github-git.ts';
import { checkRequest, checkResponse, type MatchedOperation, matchOperation } from './github-openapi.ts';
import {
  type DraftReview,
  draftFaults,
  type PullFile,
  type PullSource,
  type Review,
  type ReviewComment,
  renderFile,
  renderPull,
  renderReview,
  renderReviewComment,
} from './github-pulls.ts';

export interface GithubUser {
  readonly id: number;
  readonly login: string;
  readonly type: 'User' | 'Bot';
}

/** Who the comments of GITHUB_TOKEN are by. */
export const actionsBot: GithubUser = { id: 41898282, login: 'github-actions[bot]', type: 'Bot' };

export interface GithubToken {
  readonly user: GithubUser;
  /** Scope -> level, as in a workflow's `permissions` but with underscores. */
  readonly permissions: Readonly<Record<string, 'read' | 'write'>>;
  /** Private repositories of the stand-in's `repositories` that it may read too. */
  readonly repositories?: readonly string[];
}

export interface GithubComment {
  readonly id: number;
  readonly user: GithubUser;
  body: string;
  readonly createdAt: string;
  updatedAt: string;
}

interface Pull {
  readonly from: PullSource;
  readonly repository: string;
  readonly number: number;
  readonly locked: boolean;
  readonly comments: GithubComment[];
  readonly head: string | null;
  readonly files: readonly PullFile[];
  readonly reviews: Review[];
  readonly reviewComments: ReviewComment[];
}

/** What happens to a request instead of, or besides, its ordinary answer. */
export interface Fault {
  /** Answered in place of the real answer. */
  readonly status?: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** The request takes effect all the same, and only the answer is lost. */
  readonly applied?: boolean;
  /** The connection is cut; `hang`: no answer ever comes. */
  readonly cut?: 'reset' | 'hang';
  /** Milliseconds to wait before the request takes effect. */
  readonly delay?: number;
  /** Somebody deletes the comment just before the request takes effect. */
  readonly deleted?: boolean;
}

export interface RecordedRequest {
  readonly operation: string;
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
  readonly status: number | 'reset' | 'hang';
}

interface Answer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

interface Call {
  readonly parameters: ReadonlyMap<string, string>;
  readonly query: URLSearchParams;
  readonly body: unknown;
  readonly token: GithubToken;
}

/** Operation -> what a token needs for it: one of the scopes, at this level. `null`: any token. */
const needs = new Map<
  string,
  { readonly level: 'read' | 'write'; readonly scopes: readonly string[] } | null
>([
  ['issues/list-comments', { level: 'read', scopes: ['issues', 'pull_requests'] }],
  ['issues/create-comment', { level: 'write', scopes: ['issues', 'pull_requests'] }],
  ['issues/update-comment', { level: 'write', scopes: ['issues', 'pull_requests'] }],
  ['issues/delete-comment', { level: 'write', scopes: ['issues', 'pull_requests'] }],
  ['pulls/list', { level: 'read', scopes: ['pull_requests'] }],
  ['pulls/list-files', { level: 'read', scopes: ['pull_requests'] }],
  ['pulls/list-review-comments', { level: 'read', scopes: ['pull_requests'] }],
  ['pulls/create-review', { level: 'write', scopes: ['pull_requests'] }],
  ['pulls/delete-review-comment', { level: 'write', scopes: ['pull_requests'] }],
  ['checks/create', { level: 'write', scopes: ['checks'] }],
  ['checks/update', { level: 'write', scopes: ['checks'] }],
  ['users/get-authenticated', null],
  ['git/get-tree', { level: 'read', scopes: ['contents'] }],
  ['repos/compare-commits-with-basehead', { level: 'read', scopes: ['contents'] }],
  ['git/get-blob', { level: 'read', scopes: ['contents'] }],
  ['repos/get-commit', null],
  ['repos/get-content', null],
  ['security-advisories/list-global-advisories', null],
]);

/** What GitHub also answers to those who do not say who they are. */
const anonymous = new Set([
  'security-advisories/list-global-advisories',
  'repos/get-commit',
  'repos/get-content',
]);

const documentation = 'https://docs.github.com/rest';

export class GithubStandIn {
  /** The API's address, what GITHUB_API_URL holds. */
  url = '';
  /** What was wrong with requests or answers; a test ends by asserting that it is empty. */
  readonly problems: string[] = [];
  readonly requests: RecordedRequest[] = [];
  readonly #tokens = new Map<string, GithubToken>();
  readonly #pulls: Pull[] = [];
  readonly checkRuns: CheckRun[] = [];
  /** As the API words them, in its order. */
  readonly advisories: GithubAdvisory[] = [];
  readonly #faults: { readonly operation: string; readonly fault: Fault; times: number; skip: number }[] = [];
  readonly #gatherings: {
    readonly operation: string;
    readonly waiting: (() => void)[];
    readonly count: number;
  }[] = [];
  readonly #server = createServer((request, response) => {
    this.#serve(request, response).catch((error: unknown) => {
      this.problems.push(
        `the stand-in itself failed: ${error instanceof Error ? error.stack : String(error)}`,
      );
      response.destroy();
    });
  });
  /** The repository that the git routes read, of whatever name. */
  repositoryDirectory: string | null = null;
  /** Other repositories, by `owner/name`, whose commits and files are read. */
  readonly repositories = new Map<string, { readonly directory: string; readonly private: boolean }>();
  readonly #basePath: string;
  readonly #private: boolean;
  #ids = 1_000_000;
  #clock = Date.UTC(2026, 0, 1);

  /** `basePath`: `/api/v3` makes it look like GitHub Enterprise Server. `private`: reading needs a permission too. */
  constructor(options: { readonly basePath?: string; readonly private?: boolean } = {}) {
    this.#basePath = options.basePath ?? '';
    this.#private = options.private ?? false;
  }

  async start(): Promise<this> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    this.url = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}${this.#basePath}`;
    return this;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    if (this.#server.listening) await new Promise((resolve) => this.#server.close(resolve));
  }

  addToken(token: string, rights: GithubToken): void {
    this.#tokens.set(token, rights);
  }

  /** `head`: the only commit that reviews may be of; `files`: what its diff holds. */
  addPull(
    repository: string,
    number: number,
    options: {
      readonly locked?: boolean;
      readonly head?: string;
      readonly files?: readonly PullFile[];
      readonly from?: PullSource;
    } = {},
  ): void {
    const { locked = false, head = null, files = [], from = { repository, branch: 'feature' } } = options;
    this.#pulls.push({
      from,
      repository,
      number,
      locked,
      head,
      files,
      comments: [],
      reviews: [],
      reviewComments: [],
    });
  }

  /** Somebody pushes: the diff is another one. */
  push(repository: string, number: number, head: string, files: readonly PullFile[]): void {
    const at = this.#pulls.findIndex((pull) => pull.repository === repository && pull.number === number);
    this.#pulls[at] = { ...this.#pulls[at]!, head, files };
  }

  reviews(repository: string, number: number): readonly Review[] {
    return this.#pull(repository, number)?.reviews ?? [];
  }

  reviewComments(repository: string, number: number): ReviewComment[] {
    return this.#pull(repository, number)?.reviewComments ?? [];
  }

  /** A review comment that somebody writes past the API. */
  addReviewComment(repository: string, number: number, user: GithubUser, body: string): ReviewComment {
    const comment = { id: this.#ids++, reviewId: 1, user, path: 'README.md', line: 1, startLine: null, body };
    this.reviewComments(repository, number).push(comment);
    return comment;
  }

  comments(repository: string, number: number): readonly GithubComment[] {
    return this.#pull(repository, number)?.comments ?? [];
  }

  /** A comment that somebody writes past the API. */
  addComment(repository: string, number: number, user: GithubUser, body: string): GithubComment {
    const pull = this.#pull(repository, number);
    if (pull === undefined) throw new Error(`no pull request ${repository}#${number}`);
    const now = this.#now();
    const comment = { id: this.#ids++, user, body, createdAt: now, updatedAt: now };
    pull.comments.push(comment);
    return comment;
  }

  /** The next `times` requests of an operation, after `skip` more, meet the fault. */
  fail(operation: string, fault: Fault, times = 1, skip = 0): void {
    this.#faults.push({ operation, fault, times, skip });
  }

  /** The next `count` requests of an operation are all received before the first is answered, so that runs meet on purpose. */
  gather(operation: string, count: number): void {
    this.#gatherings.push({ operation, waiting: [], count });
  }

  /** The operations asked for, in order. */
  operations(): string[] {
    return this.requests.map((request) => request.operation);
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString('utf8');
    const body: unknown = text === '' ? undefined : JSON.parse(text);
    const method = request.method ?? '';
    const url = new URL(request.url ?? '', 'http://127.0.0.1');
    const note = { method, path: url.pathname + url.search, body };
    const matched = url.pathname.startsWith(this.#basePath)
      ? matchOperation(method, url.pathname.slice(this.#basePath.length))
      : null;
    if (matched === null) {
      this.problems.push(`GitHub has no operation ${method} ${url.pathname}`);
      this.requests.push({ ...note, operation: 'unknown', status: 404 });
      send(response, { status: 404, body: basicError('Not Found', 404) });
      return;
    }
    const { id } = matched.operation;
    const problems = [
      ...checkHeaders(request, anonymous.has(id)),
      ...checkRequest(matched, url.searchParams, request.headers['content-type'], body),
    ];
    this.problems.push(...problems);
    if (problems.length > 0) {
      this.requests.push({ ...note, operation: id, status: 400 });
      send(response, { status: 400, body: basicError(problems.join('; '), 400) });
      return;
    }
    await this.#meet(id);
    const fault = this.#takeFault(id);
    if (fault?.delay !== undefined) await sleep(fault.delay);
    if (fault?.deleted === true) this.#deleteComment({ parameters: matched.pathParameters });
    const replaced = fault !== undefined && (fault.status !== undefined || fault.cut !== undefined);
    const real =
      replaced && fault.applied !== true ? null : this.#answer(matched, request, url.searchParams, body);
    if (fault?.cut !== undefined) {
      this.requests.push({ ...note, operation: id, status: fault.cut });
      if (fault.cut === 'reset') request.socket.destroy();
      return;
    }
    const answer: Answer =
      fault?.status === undefined
        ? real!
        : {
            status: fault.status,
            body: fault.body ?? basicError('Injected', fault.status),
            headers: fault.headers,
          };
    this.problems.push(...checkResponse(matched.operation, answer.status, answer.body));
    this.requests.push({ ...note, operation: id, status: answer.status });
    send(response, answer);
  }

  async #meet(operation: string): Promise<void> {
    const gathering = this.#gatherings.find(
      (one) => one.operation === operation && one.waiting.length < one.count,
    );
    if (gathering === undefined) return;
    await new Promise<void>((resolve) => {
      gathering.waiting.push(resolve);
      if (gathering.waiting.length === gathering.count) for (const go of gathering.waiting) go();
    });
  }

  #takeFault(operation: string): Fault | undefined {
    const entry = this.#faults.find((one) => one.operation === operation && one.times > 0);
    if (entry === undefined) return undefined;
    if (entry.skip > 0) {
      entry.skip -= 1;
      return undefined;
    }
    entry.times -= 1;
    return entry.fault;
  }

  #answer(
    matched: MatchedOperation,
    request: IncomingMessage,
    query: URLSearchParams,
    body: unknown,
  ): Answer {
    const { operation, pathParameters: parameters } = matched;
    if (/^repos\/get-(?:commit|content)$/.test(operation.id)) return this.#readOther(matched, request, query);
    if (request.headers.authorization === undefined && anonymous.has(operation.id))
      return listAdvisories(this.advisories, query, `${this.url}/advisories`);
    const secret = /^(?:token|bearer) (.+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? '';
    const token = this.#tokens.get(secret);
    if (token === undefined) return { status: 401, body: basicError('Bad credentials', 401) };
    const need = needs.get(operation.id);
    if (need === undefined) {
      this.problems.push(`the stand-in does not know ${operation.id}`);
      return { status: 404, body: basicError('Not Found', 404) };
    }
    const isApp = token.user.type === 'Bot';
    if ((isApp && !operation.forApps) || (need !== null && !this.#allowed(token, need))) {
      return isApp
        ? { status: 403, body: basicError('Resource not accessible by integration', 403) }
        : { status: 404, body: basicError('Not Found', 404) };
    }
    const call: Call = { parameters, query, body, token };
    const git = this.repositoryDirectory;
    const fromGit = git && answerGit(git, operation.id, parameters, query, `${this.url}/repos/o/r`);
    if (fromGit) return fromGit;
    switch (operation.id) {
      case 'security-advisories/list-global-advisories':
        return listAdvisories(this.advisories, query, `${this.url}/advisories`);
      case 'issues/list-comments':
        return this.#listComments(call);
      case 'issues/create-comment':
        return this.#createComment(call);
      case 'issues/update-comment':
        return this.#updateComment(call);
      case 'issues/delete-comment':
        return this.#deleteComment(call);
      case 'pulls/list':
        return this.#listPulls(call);
      case 'pulls/list-files':
        return this.#listFiles(call);
      case 'pulls/list-review-comments':
        return this.#listReviewComments(call);
      case 'pulls/create-review':
        return this.#createReview(call);
      case 'pulls/delete-review-comment':
        return this.#deleteReviewComment(call);
      case 'checks/create':
      case 'checks/update':
        return this.#writeCheckRun(call);
      default:
        return { status: 200, body: publicUser(token.user) };
    }
  }

  /** What GitHub shows of a repository: of a private one nothing, not even that it is there, unless the token may read it. */
  #readOther(
    { operation, pathParameters: parameters }: MatchedOperation,
    { headers }: IncomingMessage,
    query: URLSearchParams,
  ): Answer {
    const secret = /^(?:token|bearer) (.+)$/i.exec(headers.authorization ?? '')?.[1];
    const token = secret === undefined ? undefined : this.#tokens.get(secret);
    if (secret !== undefined && token === undefined)
      return { status: 401, body: basicError('Bad credentials', 401) };
    const name = `${parameters.get('owner')}/${parameters.get('repo')}`;
    const other = this.repositories.get(name);
    const isShown = other?.private === false || token?.repositories?.includes(name) === true;
    if (other === undefined || !isShown) return { status: 404, body: basicError('Not Found', 404) };
    const address = `${this.url}/repos/${name}`;
    return answerGit(other.directory, operation.id, parameters, query, address)!;
  }

  #allowed(
    token: GithubToken,
    need: { readonly level: 'read' | 'write'; readonly scopes: readonly string[] },
  ): boolean {
    if (need.level === 'read' && !this.#private) return true;
    return need.scopes.some((scope) => {
      const has = token.permissions[scope];
      return has === 'write' || has === need.level;
    });
  }

  #listComments({ parameters, query }: Call): Answer {
    const pull = this.#pullOf(parameters);
    if (pull === undefined) return { status: 404, body: basicError('Not Found', 404) };
    return this.#page(query, pull.comments, (comment) => this.#rendered(pull, comment));
  }

  #page<T>(query: URLSearchParams, items: readonly T[], render: (item: T) => unknown): Answer {
    const size = Number(query.get('per_page') ?? 30);
    const page = Number(query.get('page') ?? 1);
    return {
      status: 200,
      body: items.slice((page - 1) * size, page * size).map(render),
      headers: items.length > page * size ? { link: `<${this.url}/next?page=${page + 1}>; rel="next"` } : {},
    };
  }

  #listPulls({ parameters, query }: Call): Answer {
    const name = `${parameters.get('owner')}/${parameters.get('repo')}`;
    const wanted = query.get('head');
    const body = this.#pulls
      .filter(({ repository }) => repository === name)
      .filter(({ from }) => wanted === null || `${from.repository.split('/')[0]}:${from.branch}` === wanted)
      .map(({ repository, number, head, from }) =>
        renderPull({ repository, number, head: head ?? '', from }),
      );
    return { status: 200, body };
  }

  #listFiles({ parameters, query }: Call): Answer {
    const pull = this.#pullOf(parameters);
    if (pull === undefined) return { status: 404, body: basicError('Not Found', 404) };
    const head = pull.head ?? 'HEAD';
    return this.#page(query, pull.files, (file) => renderFile(file, pull.repository, head));
  }

  #listReviewComments({ parameters, query }: Call): Answer {
    const pull = this.#pullOf(parameters);
    if (pull === undefined) return { status: 404, body: basicError('Not Found', 404) };
    return this.#page(query, pull.reviewComments, (comment) =>
      renderReviewComment(comment, simpleUser(comment.user), `${pull.repository}/pull/${pull.number}`),
    );
  }

  /** All or nothing, as with GitHub. */
  #createReview({ parameters, body, token }: Call): Answer {
    const pull = this.#pullOf(parameters);
    if (pull === undefined) return { status: 404, body: basicError('Not Found', 404) };
    const draft = body as DraftReview;
    const errors = draftFaults(draft, pull.files, pull.head);
    if (errors.length > 0) {
      return {
        status: 422,
        body: {
          message: 'Unprocessable Entity',
          errors,
          documentation_url: `${documentation}/pulls/reviews#create-a-review-for-a-pull-request`,
          status: '422',
        },
      };
    }
    const review: Review = {
      id: this.#ids++,
      user: token.user,
      body: draft.body ?? '',
      event: draft.event ?? 'PENDING',
      commit: draft.commit_id ?? pull.head ?? '',
    };
    pull.reviews.push(review);
    for (const { path, body: text, line, start_line: startLine = null } of draft.comments ?? []) {
      pull.reviewComments.push({
        id: this.#ids++,
        reviewId: review.id,
        user: token.user,
        path,
        line: line ?? 0,
        startLine,
        body: text,
      });
    }
    return {
      status: 200,
      body: renderReview(review, simpleUser(token.user), `${pull.repository}/pull/${pull.number}`),
    };
  }

  #deleteReviewComment({ parameters }: Call): Answer {
    for (const { reviewComments } of this.#pulls) {
      const at = reviewComments.findIndex(({ id }) => String(id) === parameters.get('comment_id'));
      if (at < 0) continue;
      reviewComments.splice(at, 1);
      return { status: 204 };
    }
    return { status: 404, body: basicError('Not Found', 404) };
  }

  #writeCheckRun({ parameters, body, token }: Call): Answer {
    // Only GitHub Apps, GITHUB_TOKEN among them, may write check runs.
    if (token.user.type !== 'Bot') {
      return {
        status: 403,
        body: basicError('You must authenticate via a GitHub App.', 403),
      };
    }
    const faults = checkRunFaults(body as Parameters<typeof checkRunFaults>[0]);
    if (faults.length > 0) return { status: 422, body: basicError(faults.join('; '), 422) };
    const id = parameters.get('check_run_id');
    const old = this.checkRuns.find((run) => String(run.id) === id);
    if (id !== undefined && old === undefined) return { status: 404, body: basicError('Not Found', 404) };
    if (old !== undefined) {
      updateCheckRun(old, body);
      return { status: 200, body: renderCheckRun(old) };
    }
    const run = newCheckRun(this.#ids++, `${parameters.get('owner')}/${parameters.get('repo')}`, body);
    this.checkRuns.push(run);
    return { status: 201, body: renderCheckRun(run) };
  }

  #createComment({ parameters, body, token }: Call): Answer {
    const pull = this.#pullOf(parameters);
    if (pull === undefined) return { status: 404, body: basicError('Not Found', 404) };
    if (pull.locked) {
      return { status: 403, body: basicError('Unable to create comment because issue is locked.', 403) };
    }
    const text = (body as { body: string }).body;
    const refusal = refuseBody(text);
    if (refusal !== null) return refusal;
    const comment = this.addComment(pull.repository, pull.number, token.user, text);
    return { status: 201, body: this.#rendered(pull, comment) };
  }

  #updateComment({ parameters, body }: Call): Answer {
    const found = this.#comment(parameters);
    if (found === undefined) return { status: 404, body: basicError('Not Found', 404) };
    const text = (body as { body: string }).body;
    const refusal = refuseBody(text);
    if (refusal !== null) return refusal;
    found.comment.body = text;
    found.comment.updatedAt = this.#now();
    return { status: 200, body: this.#rendered(found.pull, found.comment) };
  }

  #deleteComment({ parameters }: Pick<Call, 'parameters'>): Answer {
    const found = this.#comment(parameters);
    if (found === undefined) return { status: 404, body: basicError('Not Found', 404) };
    found.pull.comments.splice(found.pull.comments.indexOf(found.comment), 1);
    return { status: 204 };
  }

  #comment(parameters: ReadonlyMap<string, string>): { pull: Pull; comment: GithubComment } | undefined {
    for (const pull of this.#pulls) {
      if (pull.repository !== `${parameters.get('owner')}/${parameters.get('repo')}`) continue;
      const comment = pull.comments.find((one) => String(one.id) === parameters.get('comment_id'));
      if (comment !== undefined) return { pull, comment };
    }
    return undefined;
  }

  #pullOf(parameters: ReadonlyMap<string, string>): Pull | undefined {
    return this.#pull(
      `${parameters.get('owner')}/${parameters.get('repo')}`,
      Number(parameters.get('issue_number') ?? parameters.get('pull_number')),
    );
  }

  #pull(repository: string, number: number): Pull | undefined {
    return this.#pulls.find((pull) => pull.repository === repository && pull.number === number);
  }

  #now(): string {
    this.#clock += 1000;
    return new Date(this.#clock).toISOString().replace('.000Z', 'Z');
  }

  #rendered(pull: Pull, comment: GithubComment): unknown {
    const api = `${this.url}/repos/${pull.repository}/issues`;
    return {
      id: comment.id,
      node_id: `IC_${comment.id}`,
      url: `${api}/comments/${comment.id}`,
      html_url: `https://github.com/${pull.repository}/pull/${pull.number}#issuecomment-${comment.id}`,
      issue_url: `${api}/${pull.number}`,
      user: simpleUser(comment.user),
      created_at: comment.createdAt,
      updated_at: comment.updatedAt,
      author_association: comment.user.type === 'Bot' ? 'NONE' : 'CONTRIBUTOR',
      body: comment.body,
      performed_via_github_app: null,
    };
  }
}

function checkHeaders(request: IncomingMessage, mayBeAnonymous: boolean): string[] {
  const { accept, authorization, 'user-agent': agent, 'x-github-api-version': apiVersion } = request.headers;
  const problems: string[] = [];
  if (!/^application\/vnd\.github(?:\.v3)?\+json$/.test(accept ?? '')) problems.push(`accept: ${accept}`);
  if (!/^(?:token|bearer) \S+$/i.test(authorization ?? (mayBeAnonymous ? 'token none' : '')))
    problems.push('authorization is missing or ill-formed');
  if ((agent ?? '').trim() === '') problems.push('user-agent is missing: GitHub refuses such requests');
  if (apiVersion !== undefined && apiVersion !== '2022-11-28')
    problems.push(`x-github-api-version: ${apiVersion}`);
  return problems;
}

/** GitHub counts characters; the error text is the one that docker/scout-action#66 shows. */
function refuseBody(text: string): Answer | null {
  const message =
    text.trim() === ''
      ? 'body cannot be blank'
      : text.length > 65536
        ? 'body is too long (maximum is 65536 characters)'
        : null;
  if (message === null) return null;
  const errors = [{ resource: 'IssueComment', code: 'unprocessable', field: 'data', message }];
  return {
    status: 422,
    body: { message: 'Validation Failed', errors, documentation_url: documentation, status: '422' },
  };
}

function basicError(message: string, status: number): unknown {
  return { message, documentation_url: documentation, status: String(status) };
}

function simpleUser(user: GithubUser): Record<string, unknown> {
  const api = `https://api.github.com/users/${encodeURIComponent(user.login)}`;
  const collections = ['followers', 'subscriptions', 'organizations', 'repos', 'received_events'];
  return {
    login: user.login,
    id: user.id,
    node_id: `U_${user.id}`,
    avatar_url: `https://avatars.githubusercontent.com/u/${user.id}`,
    gravatar_id: '',
    url: api,
    html_url: `https://github.com/${user.login}`,
    ...Object.fromEntries(collections.map((name) => [`${name}_url`, `${api}/${name}`])),
    following_url: `${api}/following{/other_user}`,
    gists_url: `${api}/gists{/gist_id}`,
    starred_url: `${api}/starred{/owner}{/repo}`,
    events_url: `${api}/events{/privacy}`,
    type: user.type,
    site_admin: false,
  };
}

function publicUser(user: GithubUser): unknown {
  const counts = ['public_repos', 'public_gists', 'followers', 'following'];
  const unset = ['name', 'company', 'blog', 'location', 'email', 'hireable', 'bio', 'twitter_username'];
  return {
    ...simpleUser(user),
    user_view_type: 'public',
    ...Object.fromEntries(unset.map((name) => [name, null])),
    ...Object.fromEntries(counts.map((name) => [name, 0])),
    created_at: '2020-01-01T00:00:00Z',
    updated_at: '2020-01-01T00:00:00Z',
  };
}

function send(response: ServerResponse, answer: Answer): void {
  response.writeHead(answer.status, {
    ...(answer.body === undefined ? {} : { 'content-type': 'application/json; charset=utf-8' }),
    'x-ratelimit-limit': '1000',
    'x-ratelimit-remaining': '990',
    'x-ratelimit-reset': '1798761600',
    ...answer.headers,
  });
  response.end(answer.body === undefined ? undefined : JSON.stringify(answer.body));
}
