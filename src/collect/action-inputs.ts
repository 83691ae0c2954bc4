/** Reads what GitHub hands an action (INPUT_* variables, the event's payload, the addresses) into a Request and the publishing wishes. */
import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import { InputError } from '../model/input-error.ts';
import { isInside } from '../model/path-inside.ts';
import type { AuditMode, OmitType, Request } from '../model/request.ts';
import { type FailOn, severities } from '../model/severity.ts';
import { isRecord } from './json-record.ts';

export type CommentMode = 'always' | 'on-findings' | 'on-failure' | 'never';

export interface PublishWishes {
  readonly comment: CommentMode;
  readonly commentKey: string;
  readonly annotations: boolean;
  readonly suggestions: boolean;
  /** Path as the user wrote it, or null. */
  readonly reportFile: string | null;
  /** As `reportFile`, for the SARIF report. */
  readonly sarifFile: string | null;
  /** Null: nothing can be written to GitHub. */
  readonly token: string | null;
}

export interface PullRequestEvent {
  readonly number: number;
  readonly headCommit: string;
  /** The tip of the base branch when the event was made, or `` where the payload does not say. */
  readonly baseCommit: string;
  /** True where the head is in another repository (or that is gone). */
  readonly fromFork: boolean;
  /** True for a private or internal repository, where administrators may let forks have a token that writes. */
  readonly private: boolean;
}

export interface GithubRun {
  readonly eventName: string;
  /** Null for every event but `pull_request` and `pull_request_target`, and where the payload does not tell. */
  readonly pullRequest: PullRequestEvent | null;
  readonly startedByDependabot: boolean;
  /** `https://github.com`, or that of a GitHub Enterprise Server. */
  readonly serverUrl: string;
  readonly apiUrl: string;
  readonly owner: string;
  readonly repository: string;
  /** The commit that permalinks name: a pull request's head, else the one checked out. */
  readonly commit: string;
  /** 0 where the runner does not say. */
  readonly runId: number;
  readonly runAttempt: number;
  /** Absolute path; files that the user names lie below it. */
  readonly workspace: string;
  /** Prefix of the scanned directory inside the repository, `` or `apps/shop/`. */
  readonly pathPrefix: string;
}

export interface ActionInputs {
  readonly request: Request;
  readonly publish: PublishWishes;
  readonly github: GithubRun;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * `today` is an ISO date.
 * @throws InputError naming the input and what it takes.
 */
export function readActionInputs(environment: Environment, today: string): ActionInputs {
  const read = (name: string) => (environment[`INPUT_${name.toUpperCase()}`] ?? '').trim();
  refuseUnbuilt(read);
  const workspace = realpathSync(environment.GITHUB_WORKSPACE || process.cwd());
  const directory = readDirectory(read('working-directory'), workspace);
  const github = readGithubRun(environment, workspace, directory);
  const token = read('github-token') || null;
  const snykFile = pathFrom(read('snyk-json'), workspace, directory);
  return {
    request: {
      ...readBase(environment, github, token),
      directory,
      policyFile: pathFrom(read('policy'), workspace, directory),
      scope: choose('scope', read('scope'), ['new', 'all'] as const),
      failOn: choose<FailOn>('fail-on', read('fail-on'), [...severities, 'never']),
      audit: choose<AuditMode>('audit', read('audit'), ['npm', 'osv', 'embedded', 'off']) ?? 'npm',
      registry: readRegistry(read('registry')),
      omit: readOmit(read('omit')),
      ...(snykFile === null ? {} : { snykFile }),
      today,
    },
    publish: {
      comment:
        choose<CommentMode>('comment', read('comment'), ['always', 'on-findings', 'on-failure', 'never']) ??
        'on-findings',
      commentKey: readCommentKey(read('comment-key')),
      annotations: readBoolean('annotations', read('annotations'), true),
      suggestions: readBoolean('suggestions', read('suggestions'), false),
      reportFile: read('report-file') || null,
      sarifFile: read('sarif-file') || null,
      token,
    },
    github,
  };
}

/** Inputs of the contract that a later version fulfils: ignoring one silently would be a gate that looks at less than it was told to. */
function refuseUnbuilt(read: (name: string) => string): void {
  const asked: [string, boolean][] = [['probe-url', read('probe-url') !== '']];
  const found = asked.find(([, is]) => is);
  if (found !== undefined)
    throw new InputError(`The input ${found[0]} is not available yet in this version: leave it out.`);
}

function choose<T extends string>(name: string, value: string, allowed: readonly T[]): T | null {
  if (value === '') return null;
  const found = allowed.find((one) => one === value);
  if (found === undefined)
    throw new InputError(`The input ${name} is ${quote(value)}: it takes ${list(allowed)}.`);
  return found;
}

function readBoolean(name: string, value: string, otherwise: boolean): boolean {
  if (value === '') return otherwise;
  const found = ['true', 'false'].indexOf(value.toLowerCase());
  if (found < 0) throw new InputError(`The input ${name} is ${quote(value)}: it takes true or false.`);
  return found === 0;
}

function readOmit(value: string): OmitType[] {
  const words = value.split(/[\s,]+/).filter((word) => word !== '');
  return [...new Set(words.map((word) => choose<OmitType>('omit', word, ['dev', 'optional', 'peer'])!))];
}

function readRegistry(value: string): string | null {
  if (value === '') return null;
  const protocol = URL.canParse(value) ? new URL(value).protocol : '';
  if (protocol !== 'https:' && protocol !== 'http:') {
    throw new InputError(
      `The input registry is ${quote(value)}: it takes an address that begins with https:// or http://.`,
    );
  }
  return value;
}

function readCommentKey(value: string): string {
  if (!/^[\w./ -]{0,100}$/.test(value)) {
    throw new InputError(
      `The input comment-key is ${quote(value)}: it takes up to 100 letters, digits, spaces and the characters . _ / -.`,
    );
  }
  return value;
}

/** The directory with symbolic links resolved: it must lie inside the workspace, wherever links of the repository lead. */
function readDirectory(value: string, workspace: string): string {
  let directory: string;
  try {
    directory = realpathSync(resolve(workspace, value || '.'));
    if (!statSync(directory).isDirectory()) throw new Error('not a directory');
  } catch {
    throw new InputError(
      `The input working-directory is ${quote(value)}, which is no directory of the workspace: give one relative to it, and run actions/checkout before this step.`,
    );
  }
  if (!isInside(directory, workspace)) {
    throw new InputError(`The input working-directory is ${quote(value)}, which leads out of the workspace.`);
  }
  // Behind a link of the repository the base has another directory than the one that is named, with another policy.
  const written = resolve(workspace, value || '.');
  if (isInside(written, workspace) && written.toLowerCase() !== directory.toLowerCase()) {
    throw new InputError(
      `The input working-directory is ${quote(value)}, which goes through a symbolic link: name the directory itself.`,
    );
  }
  return directory;
}

/** The user counts from the workspace, the gate from the scanned directory. */
function pathFrom(value: string, workspace: string, directory: string): string | null {
  if (value === '') return null;
  const path = resolve(workspace, value);
  if (isAbsolute(value) && !isInside(path, directory)) return value;
  return relative(directory, path).replaceAll(sep, '/');
}

function readGithubRun(environment: Environment, workspace: string, directory: string): GithubRun {
  const eventName = environment.GITHUB_EVENT_NAME ?? '';
  const pullRequest = /^pull_request(?:_target)?$/.test(eventName) ? readPullRequest(environment) : null;
  const [owner = '', repository = ''] = (environment.GITHUB_REPOSITORY ?? '').split('/');
  return {
    eventName,
    pullRequest,
    startedByDependabot: environment.GITHUB_ACTOR === 'dependabot[bot]',
    serverUrl: environment.GITHUB_SERVER_URL || 'https://github.com',
    apiUrl: environment.GITHUB_API_URL || 'https://api.github.com',
    owner,
    repository,
    commit: pullRequest?.headCommit || environment.GITHUB_SHA || '',
    runId: readCount(environment.GITHUB_RUN_ID),
    runAttempt: readCount(environment.GITHUB_RUN_ATTEMPT),
    workspace,
    pathPrefix: readPrefix(workspace, directory),
  };
}

/**
 * The few parts of the payload that are needed; whoever opened the pull request wrote much of the rest. Null where they are missing, as
 * with `act`: without them no comment can be written, but the gate can judge.
 */
function readPullRequest(environment: Environment): PullRequestEvent | null {
  let payload: {
    pull_request?: {
      number?: unknown;
      head?: { sha?: unknown; repo?: { full_name?: unknown } | null };
      base?: { sha?: unknown };
    } | null;
    repository?: { full_name?: unknown; private?: unknown } | null;
  } | null;
  try {
    payload = JSON.parse(readFileSync(environment.GITHUB_EVENT_PATH ?? '', 'utf8'));
  } catch {
    return null;
  }
  const { number, head, base } = payload?.pull_request ?? {};
  if (typeof number !== 'number' || !Number.isSafeInteger(number) || number < 1) return null;
  if (typeof head?.sha !== 'string' || !/^[0-9a-f]{40,64}$/.test(head.sha)) return null;
  return {
    number,
    headCommit: head.sha,
    baseCommit: typeof base?.sha === 'string' ? base.sha : '',
    fromFork: head.repo?.full_name !== payload?.repository?.full_name,
    private: payload?.repository?.private === true,
  };
}

/**
 * What the event is to be compared with, and whose policy counts: a pull request (and the merge queue that carries it) is judged by the
 * policy of its base. Every other event stands for itself.
 */
function readBase(
  environment: Environment,
  { eventName, pullRequest, serverUrl, apiUrl, owner, repository }: GithubRun,
  token: string | null,
): Pick<Request, 'base' | 'policyFrom' | 'github'> {
  const github = owner === '' ? {} : { github: { serverUrl, apiUrl, owner, repository, token } };
  if (pullRequest !== null) {
    const { headCommit, baseCommit } = pullRequest;
    const trusted = eventName === 'pull_request_target';
    return {
      ...github,
      base: {
        kind: 'pull-request',
        head: headCommit,
        base: baseCommit,
        trusted,
        merge: environment.GITHUB_SHA ?? '',
      },
      policyFrom: 'base',
    };
  }
  const payload = readPayload(environment);
  if (eventName === 'merge_group') {
    const group = isRecord(payload.merge_group) ? payload.merge_group : {};
    return { ...github, base: { kind: 'commit', commit: text(group.base_sha) }, policyFrom: 'base' };
  }
  if (eventName === 'push') return { ...github, base: { kind: 'commit', commit: text(payload.before) } };
  // Without its payload nobody knows what a pull request is to be compared with: `act` gives none.
  if (/^pull_request(?:_target)?$/.test(eventName))
    return { ...github, base: { kind: 'commit', commit: '' }, policyFrom: 'base' };
  return github;
}

function readPayload(environment: Environment): Record<string, unknown> {
  try {
    const payload: unknown = JSON.parse(readFileSync(environment.GITHUB_EVENT_PATH ?? '', 'utf8'));
    return isRecord(payload) ? payload : {};
  } catch {
    return {};
  }
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function readCount(value: string | undefined): number {
  return /^\d{1,15}$/.test(value ?? '') ? Number(value) : 0;
}

/** actions/checkout may have put the repository into a folder of the workspace; of nested ones the outermost is the checkout. */
function readPrefix(workspace: string, directory: string): string {
  const parts = relative(workspace, directory).split(sep).filter(Boolean);
  const ancestors = [...parts.keys(), parts.length];
  const root = ancestors.find((depth) => existsSync(join(workspace, ...parts.slice(0, depth), '.git'))) ?? 0;
  return parts
    .slice(root)
    .map((part) => `${part}/`)
    .join('');
}

/** A value on one line, bounded: it may come from an expression that a pull request fills. */
function quote(value: string): string {
  return JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}…` : value);
}

function list(words: readonly string[]): string {
  return `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}
