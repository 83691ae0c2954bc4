/** Check runs, as GitHub's API keeps them: updates append annotations, and a completed run has a conclusion. */

export interface CheckAnnotation {
  readonly path: string;
  readonly start_line: number;
  readonly end_line: number;
  readonly start_column?: number;
  readonly end_column?: number;
  readonly annotation_level: string;
  readonly title?: string;
  readonly message: string;
}

interface CheckRunBody {
  readonly name?: string;
  readonly head_sha?: string;
  readonly status?: string;
  readonly conclusion?: string;
  readonly output?: {
    readonly title?: string;
    readonly summary: string;
    readonly annotations?: readonly CheckAnnotation[];
  };
}

export interface CheckRun {
  readonly id: number;
  readonly repository: string;
  readonly name: string;
  readonly commit: string;
  status: string;
  conclusion: string | null;
  title: string;
  summary: string;
  readonly annotations: CheckAnnotation[];
}

/** What is wrong with a request beyond what the description says; empty where nothing is. */
export function checkRunFaults({ output }: CheckRunBody): string[] {
  return (output?.annotations ?? []).flatMap((annotation) => {
    const { start_line: start, end_line: end, start_column: column, title = '', message } = annotation;
    return [
      ...(start < 1 || end < start ? ['annotation lines are wrong'] : []),
      ...(column !== undefined && start !== end ? ['columns of an annotation of several lines'] : []),
      ...(title.length > 255 ? ['the title is too long'] : []),
      ...(message === '' || Buffer.byteLength(message) > 65536 ? ['the message is blank or too long'] : []),
    ];
  });
}

export function newCheckRun(id: number, repository: string, body: unknown): CheckRun {
  const { name = '', head_sha: commit = '' } = body as CheckRunBody;
  const run: CheckRun = {
    id,
    repository,
    name,
    commit,
    status: 'queued',
    conclusion: null,
    title: '',
    summary: '',
    annotations: [],
  };
  updateCheckRun(run, body);
  return run;
}

export function updateCheckRun(run: CheckRun, body: unknown): void {
  const { status, conclusion, output } = body as CheckRunBody;
  run.status = conclusion === undefined ? (status ?? run.status) : 'completed';
  run.conclusion = conclusion ?? run.conclusion;
  run.title = output?.title ?? run.title;
  run.summary = output?.summary ?? run.summary;
  run.annotations.push(...(output?.annotations ?? []));
}

export function renderCheckRun(run: CheckRun): unknown {
  const api = `https://api.github.com/repos/${run.repository}/check-runs/${run.id}`;
  return {
    id: run.id,
    head_sha: run.commit,
    node_id: `CR_${run.id}`,
    external_id: '',
    url: api,
    html_url: `https://github.com/${run.repository}/runs/${run.id}`,
    details_url: null,
    status: run.status,
    conclusion: run.conclusion,
    started_at: '2026-01-01T00:00:00Z',
    completed_at: run.conclusion === null ? null : '2026-01-01T00:00:01Z',
    output: {
      title: run.title,
      summary: run.summary,
      text: null,
      annotations_count: run.annotations.length,
      annotations_url: `${api}/annotations`,
    },
    name: run.name,
    check_suite: { id: 1 },
    app: null,
    pull_requests: [],
  };
}
