/** Reads what GitHub hands the commenting action (INPUT_* variables, the payload of workflow_run) into a report's place and a run's identity. */
import { readFileSync } from 'node:fs';
import { posix, resolve } from 'node:path';
import { InputError } from '../model/input-error.ts';
import { isRecord } from './json-record.ts';

export { readReportFile, type ToldVerdict } from './report-file.ts';

/** The run that wrote the report: GitHub's own word, and none of the report's. */
export interface ReportedRun {
  readonly id: number;
  readonly attempt: number;
  readonly commit: string;
  readonly branch: string;
  /** `owner/name` of the repository that the commit is in, a fork or this one. */
  readonly headRepository: string;
}

export interface CommentInputs {
  /** Absolute path. */
  readonly reportFile: string;
  readonly token: string;
  readonly mode: 'always' | 'on-findings' | 'on-failure';
  readonly commentKey: string;
  /** `` or `apps/shop/`. */
  readonly pathPrefix: string;
  readonly serverUrl: string;
  readonly apiUrl: string;
  readonly owner: string;
  readonly repository: string;
  /** Null where the run was none of a pull request. */
  readonly run: ReportedRun | null;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** @throws InputError naming the input and what it takes. */
export function readCommentInputs(environment: Environment): CommentInputs {
  const read = (name: string) => (environment[`INPUT_${name.toUpperCase()}`] ?? '').trim();
  const mode = read('comment') || 'on-findings';
  if (mode !== 'always' && mode !== 'on-findings' && mode !== 'on-failure')
    throw new InputError('The input comment takes always, on-findings or on-failure.');
  const commentKey = read('comment-key');
  if (!/^[\w./ -]{0,100}$/.test(commentKey))
    throw new InputError(
      'The input comment-key takes up to 100 letters, digits, spaces and the characters . _ / -.',
    );
  const token = read('github-token');
  if (token === '')
    throw new InputError('The input github-token is empty: without it nothing can be written.');
  const [owner = '', repository = ''] = (environment.GITHUB_REPOSITORY ?? '').split('/');
  return {
    reportFile: resolve(environment.GITHUB_WORKSPACE || '.', read('report-file') || 'report.json'),
    token,
    mode,
    commentKey,
    pathPrefix: readPrefix(read('working-directory') || '.'),
    serverUrl: environment.GITHUB_SERVER_URL || 'https://github.com',
    apiUrl: environment.GITHUB_API_URL || 'https://api.github.com',
    owner,
    repository,
    run: readRun(environment),
  };
}

function readPrefix(value: string): string {
  const path = posix.normalize(value.replaceAll('\\', '/')).replace(/\/$/, '');
  if (path.startsWith('/') || path.split('/').includes('..'))
    throw new InputError('The input working-directory takes a directory relative to the repository.');
  return path === '.' ? '' : `${path}/`;
}

function readRun(environment: Environment): ReportedRun | null {
  if (environment.GITHUB_EVENT_NAME !== 'workflow_run')
    throw new InputError('This action runs on `workflow_run`, after the workflow that wrote the report.');
  let payload: unknown;
  try {
    payload = JSON.parse(readFileSync(environment.GITHUB_EVENT_PATH ?? '', 'utf8'));
  } catch {
    throw new InputError('The payload of the event cannot be read.');
  }
  const run = isRecord(payload) && isRecord(payload.workflow_run) ? payload.workflow_run : {};
  if (run.event !== 'pull_request' && run.event !== 'pull_request_target') return null;
  const { id, run_attempt: attempt, head_sha: commit, head_branch: branch, head_repository: from } = run;
  const headRepository = isRecord(from) ? from.full_name : null;
  if (
    !Number.isSafeInteger(id) ||
    !Number.isSafeInteger(attempt) ||
    typeof commit !== 'string' ||
    !/^[0-9a-f]{40,64}$/.test(commit) ||
    typeof branch !== 'string' ||
    typeof headRepository !== 'string'
  )
    throw new InputError('The event does not say of which run the report is (its fork may be gone).');
  return { id: id as number, attempt: attempt as number, commit, branch, headRepository };
}
