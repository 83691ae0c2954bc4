/** A repository's state, an event and a token's permissions -> one run of dist/index.js between stand-ins, and every request that it made. */
import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { cp } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { promisify } from 'node:util';
import { GitServer } from '../stand-ins/git-server.ts';
import { actionsBot, GithubStandIn } from '../stand-ins/github.ts';
import { pullFilesOf } from '../stand-ins/github-pulls.ts';
import { type StandInRegistry, startRegistry } from '../stand-ins/registry.ts';
import {
  type ActionEnd,
  type EventPayload,
  jobToken,
  pullNumber,
  repository,
  runAction,
} from './action-run.ts';
import { type Checkout, type Files, makeCheckout } from './checkout.ts';
import { faultyShop, inFolder, mendedShop, packages } from './shops.ts';

const execute = promisify(execFile);

export interface RepositoryState {
  readonly before: Files;
  readonly files: Files;
  /** The advisory endpoint answers 503; without it, nobody is asked for advisories. */
  readonly registryDown?: true;
  /** Neither git nor the API gives the base. */
  readonly unreachable?: true;
  /** Git gives nothing, the API does. */
  readonly onlyApi?: true;
  /** Where in the repository the application is. */
  readonly directory?: string;
}

const more = { 'NOTES.md': 'one more file\n' };
const { 'package-lock.json': _lockfile, ...unlockedShop } = mendedShop;
const oldDependencies: Files = { ...faultyShop, 'app.js': mendedShop['app.js']! };

/** More places than a log, and than one request for a check run, can mark. */
function manyFaults(number: number): Files {
  const files = Array.from({ length: number }, (_, index) => [`shop-${index}.js`, faultyShop['app.js']!]);
  return { ...mendedShop, ...Object.fromEntries(files) };
}

export const states = {
  clean: { before: mendedShop, files: { ...mendedShop, ...more } },
  'new finding': { before: mendedShop, files: faultyShop },
  'old finding': { before: faultyShop, files: { ...faultyShop, ...more } },
  'fixed finding': { before: faultyShop, files: mendedShop },
  'policy edited': {
    before: mendedShop,
    files: { ...faultyShop, '.github/express-gate.yml': 'fail-on: never\n' },
  },
  'no lockfile': { before: unlockedShop, files: { ...unlockedShop, ...more } },
  'registry down, equal lockfiles': {
    before: oldDependencies,
    files: { ...oldDependencies, ...more },
    registryDown: true,
  },
  'registry down, changed lockfile': { before: oldDependencies, files: mendedShop, registryDown: true },
  'many new findings': { before: mendedShop, files: manyFaults(70) },
  'base not reachable': { before: faultyShop, files: { ...faultyShop, ...more }, unreachable: true },
  'base by the API': {
    before: faultyShop,
    files: { ...faultyShop, 'app.js': `// more\n${faultyShop['app.js']}` },
    onlyApi: true,
  },
  'new finding, base by the API': { before: mendedShop, files: faultyShop, onlyApi: true },
  'new finding in apps/shop': {
    before: inFolder('apps/shop', mendedShop),
    files: inFolder('apps/shop', faultyShop),
    directory: 'apps/shop',
  },
} as const satisfies Record<string, RepositoryState>;

export type StateName = keyof typeof states;

export interface EventCase {
  /** GITHUB_EVENT_NAME */
  readonly event: string;
  /** Which commit the workflow has checked out; the merge commit by default. */
  readonly checkedOut?: 'head' | 'base';
  readonly payload?: (payload: EventPayload, checkout: Checkout) => unknown;
  readonly environment?: Readonly<Record<string, string>>;
  readonly private?: true;
  /** Where GitHub Enterprise Server has its API. */
  readonly basePath?: string;
  /** The folder of the workspace into which the repository is checked out. */
  readonly folder?: string;
  /** A run of the same event goes before, and its requests do not count. */
  readonly again?: true;
}

const pullRequest = { event: 'pull_request' } as const;

function inPull(change: (pull: NonNullable<EventPayload['pull_request']>) => object) {
  return (payload: EventPayload) => ({
    ...payload,
    pull_request: { ...payload.pull_request, ...change(payload.pull_request!) },
  });
}

const fromFork = inPull(({ head }) => ({ head: { ...head, repo: { full_name: 'mallory/shop' } } }));

export const events = {
  'pull_request from a branch': pullRequest,
  'pull_request from a fork': { ...pullRequest, payload: fromFork },
  'pull_request from a fork that is gone': {
    ...pullRequest,
    payload: inPull(({ head }) => ({ head: { ...head, repo: null } })),
  },
  'pull_request from a fork of a private repository': {
    ...pullRequest,
    payload: (payload) => ({
      ...(fromFork(payload) as object),
      repository: { full_name: repository, private: true },
    }),
    private: true,
  },
  'pull_request of a private repository': {
    ...pullRequest,
    payload: (payload) => ({ ...payload, repository: { full_name: repository, private: true } }),
    private: true,
  },
  'pull_request of Dependabot': { ...pullRequest, environment: { GITHUB_ACTOR: 'dependabot[bot]' } },
  'pull_request, a draft': { ...pullRequest, payload: inPull(() => ({ draft: true })) },
  'pull_request, its base edited': {
    ...pullRequest,
    // The base of the event is older than the merge commit's.
    payload: (payload) => ({
      ...(inPull(({ base }) => ({ base: { ...base, sha: 'b'.repeat(40) } }))(payload) as object),
      action: 'edited',
    }),
  },
  'pull_request, its merge commit stale': {
    ...pullRequest,
    payload: inPull(({ head }) => ({ head: { ...head, sha: 'a'.repeat(40) } })),
  },
  'pull_request, its head checked out': { ...pullRequest, checkedOut: 'head' },
  'pull_request, the second push': { ...pullRequest, again: true, environment: { GITHUB_RUN_ID: '101' } },
  'pull_request, attempt 2': { ...pullRequest, again: true, environment: { GITHUB_RUN_ATTEMPT: '2' } },
  'pull_request of GitHub Enterprise Server': { ...pullRequest, basePath: '/api/v3' },
  'pull_request, checked out into a folder': { ...pullRequest, folder: 'code/shop' },
  'pull_request of act': { ...pullRequest, payload: () => ({}), environment: { ACT: 'true' } },
  'pull_request_target, the merge checked out': { event: 'pull_request_target', payload: fromFork },
  pull_request_target: { event: 'pull_request_target', checkedOut: 'base', payload: fromFork },
  merge_group: {
    event: 'merge_group',
    checkedOut: 'head',
    payload: (payload, { base, head }) => ({
      ...payload,
      merge_group: { base_sha: base, head_sha: head, head_ref: 'refs/heads/gh-readonly-queue/main/pr-7' },
    }),
  },
  'merge_group without a payload': { event: 'merge_group', checkedOut: 'head', payload: () => ({}) },
  push: {
    event: 'push',
    checkedOut: 'head',
    payload: (payload, { base }) => ({ ...payload, before: base }),
  },
  'push, the first of a branch': {
    event: 'push',
    checkedOut: 'head',
    payload: (payload) => ({ ...payload, before: '0'.repeat(40) }),
  },
  'push by force, what stood before is gone': {
    event: 'push',
    checkedOut: 'head',
    payload: (payload) => ({ ...payload, before: 'c'.repeat(40), forced: true }),
  },
  schedule: { event: 'schedule', checkedOut: 'head' },
  workflow_dispatch: { event: 'workflow_dispatch', checkedOut: 'head' },
} as const satisfies Record<string, EventCase>;

export type EventName = keyof typeof events;

/** `permissions` of a workflow -> what the job's token may do; `empty`: the input github-token is empty. */
export const tokens = {
  none: {},
  'contents: read': { contents: 'read' },
  'pull-requests: write': { contents: 'read', pull_requests: 'write' },
  'checks: write': { contents: 'read', pull_requests: 'write', checks: 'write' },
  'read-only': { contents: 'read', pull_requests: 'read', checks: 'read' },
  empty: null,
} as const satisfies Record<string, Readonly<Record<string, 'read' | 'write'>> | null>;

export type TokenName = keyof typeof tokens;

export interface SurroundedRun {
  readonly end: ActionEnd;
  readonly github: GithubStandIn;
  readonly checkout: Checkout;
  readonly eventName: string;
  readonly runId: string;
  readonly serverUrl: string;
  /** `git fetch`, then the operations of the API, in their order; where they failed, with the status. */
  readonly requests: readonly string[];
}

export interface RunOptions {
  readonly inputs?: Readonly<Record<string, string>>;
  /** Before the run that counts. */
  readonly prepare?: (github: GithubStandIn) => void;
}

/** Runs the action once (or twice, see `again`) on a checkout of depth 1 as actions/checkout makes it. */
export async function runSurrounded(
  eventName: EventName,
  tokenName: TokenName,
  stateName: StateName,
  { inputs = {}, prepare }: RunOptions = {},
): Promise<SurroundedRun> {
  const event: EventCase = events[eventName];
  const state: RepositoryState = states[stateName];
  const permissions = tokens[tokenName];
  const template = await templateOf(stateName);
  const { workspace, repositoryFolder } = await copyCheckout(template, event);
  const checkout = { ...template, workspace };
  const isPrivate = event.private === true || state.unreachable === true || state.onlyApi === true;
  const gitIsShut = state.unreachable === true || state.onlyApi === true;
  const git = await new GitServer(gitIsShut ? 'another token' : isPrivate ? jobToken : null).start();
  git.add(repository, join(template.origin, '.git'));
  const github = await new GithubStandIn({
    private: isPrivate,
    ...(event.basePath === undefined ? {} : { basePath: event.basePath }),
  }).start();
  github.repositoryDirectory = template.origin;
  if (state.unreachable === true) github.fail('git/get-tree', { status: 404 }, Number.POSITIVE_INFINITY);
  if (permissions !== null) github.addToken(jobToken, { user: actionsBot, permissions });
  github.addPull(repository, pullNumber, {
    head: template.head,
    files: pullFilesOf(await diffOf(template)),
  });
  const audit: Readonly<Record<string, string>> =
    state.registryDown === true ? { audit: 'npm', registry: (await downRegistry()).url } : { audit: 'off' };
  const run = (environment: Readonly<Record<string, string>> = {}) =>
    runAction({
      checkout,
      api: github.url,
      event: event.event,
      payload: (payload) => event.payload?.(payload, checkout) ?? payload,
      inputs: {
        ...audit,
        'working-directory': posix.join(repositoryFolder, state.directory ?? '.'),
        ...(permissions === null ? { 'github-token': '' } : {}),
        ...inputs,
      },
      environment: { GITHUB_SERVER_URL: git.url, ...environment },
    });
  try {
    if (event.again === true) {
      await run();
      github.requests.length = 0;
      git.requests.length = 0;
    }
    prepare?.(github);
    const end = await run(event.environment);
    const runId = event.environment?.GITHUB_RUN_ID ?? '100';
    const fetches = git.requests.filter(({ path }) => path.includes('/info/refs'));
    const requests = [
      ...fetches.map(({ status }) => named('git fetch', status)),
      ...github.requests.map(({ operation, status }) => named(operation, status)),
    ];
    return { end, github, checkout, eventName: event.event, runId, serverUrl: git.url, requests };
  } finally {
    await Promise.all([git.stop(), github.stop()]);
  }
}

function named(operation: string, status: number | string): string {
  return typeof status === 'number' && status < 300 ? operation : `${operation} ${status}`;
}

const templates = new Map<StateName, Promise<Checkout>>();

function templateOf(name: StateName): Promise<Checkout> {
  const { files, before }: RepositoryState = states[name];
  const template = templates.get(name) ?? makeCheckout(files, before, 1);
  templates.set(name, template);
  return template;
}

async function diffOf({ origin, base, head }: Checkout): Promise<string> {
  const { stdout } = await execute('git', ['diff', '--no-color', '--no-ext-diff', `${base}...${head}`], {
    cwd: origin,
    maxBuffer: 1 << 26,
  });
  return stdout;
}

/** What a run does to its checkout (it fetches the base) must not help the next one. */
async function copyCheckout(
  { workspace, temporary, origin, head, base }: Checkout,
  { folder = '.', checkedOut }: EventCase,
): Promise<{ readonly workspace: string; readonly repositoryFolder: string }> {
  const copy = join(temporary, randomUUID(), 'shop');
  const target = join(copy, folder);
  await cp(workspace, target, { recursive: true });
  if (checkedOut !== undefined) {
    const commit = checkedOut === 'head' ? head : base;
    const git = (...args: string[]) => execute('git', args, { cwd: target });
    await git('fetch', '--quiet', '--no-tags', '--depth=1', origin, commit);
    await git('checkout', '--quiet', '--force', '--detach', commit);
  }
  return { workspace: copy, repositoryFolder: folder };
}

let down: Promise<StandInRegistry> | null = null;

function downRegistry(): Promise<StandInRegistry> {
  down ??= startRegistry({ packages, always: { status: 503 } });
  return down;
}

export async function closeRegistry(): Promise<void> {
  await (await down)?.close();
}
