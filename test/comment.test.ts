/** The second workflow: dist/comment.js reads the report of a run that could only read, however hostile, and writes the one comment. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { removeCheckouts } from './action/checkout.ts';
import { runSurrounded } from './action/surroundings.ts';
import { activeText, renderHtml, tagsOf } from './report/github-markdown.ts';
import { readRunnerCommands } from './report/runner-commands.ts';
import { actionsBot, GithubStandIn } from './stand-ins/github.ts';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const temporary = mkdtempSync(join(tmpdir(), 'express-gate-comment-'));
const repository = 'octo/shop';
const number = 7;
const token = 'ghs_job';
const commit = 'd'.repeat(40);
const fork = { repository: 'mallory/shop', branch: 'feature' };
const manifest = parse(readFileSync(join(root, 'comment/action.yml'), 'utf8')) as {
  readonly inputs: Readonly<Record<string, { readonly default: string }>>;
  readonly runs: { readonly using: string; readonly main: string };
};

/** What the tests change of a report. */
interface Report {
  schemaVersion: number;
  pullRequest?: number;
  verdict: string;
  readonly counts: { blocking: number };
  findings: { ruleId: string; help: string; readonly location: object; fix?: object }[];
  readonly checks: object[];
  readonly undecided: object[];
}

let told: string;

before(async () => {
  const { end, checkout } = await runSurrounded('pull_request from a fork', 'read-only', 'new finding', {
    inputs: { 'report-file': 'report.json' },
  });
  assert.equal(end.code, 1, end.log);
  told = readFileSync(join(checkout.workspace, 'report.json'), 'utf8');
});
after(async () => {
  rmSync(temporary, { recursive: true, force: true });
  await removeCheckouts();
});

interface World {
  readonly inputs?: Readonly<Record<string, string>>;
  readonly run?: Readonly<Record<string, unknown>>;
  readonly event?: string;
  /** In place of the file with the report. */
  readonly prepare?: (folder: string) => void;
  readonly head?: string;
  readonly from?: { readonly repository: string; readonly branch: string };
  readonly permissions?: Readonly<Record<string, 'read' | 'write'>>;
  readonly times?: number;
}

interface Outcome {
  readonly code: number | null;
  readonly log: string;
  readonly comments: readonly { readonly body: string }[];
  readonly operations: readonly string[];
  readonly problems: readonly string[];
}

/** Runs the commenting action with `report` as the downloaded artifact. */
async function comment(report: string, world: World = {}): Promise<Outcome> {
  const workspace = join(temporary, randomUUID());
  mkdirSync(workspace);
  if (world.prepare === undefined) writeFileSync(join(workspace, 'report.json'), report);
  else world.prepare(workspace);
  const github = await new GithubStandIn().start();
  github.addToken(token, { user: actionsBot, permissions: world.permissions ?? { pull_requests: 'write' } });
  github.addPull(repository, 3, { head: 'e'.repeat(40), from: { repository, branch: 'feature' } });
  github.addPull(repository, number, { head: world.head ?? commit, from: world.from ?? fork });
  try {
    let end = { code: null as number | null, log: '' };
    for (let time = 0; time < (world.times ?? 1); time++) end = await start(workspace, github.url, world);
    return {
      ...end,
      comments: github.comments(repository, number),
      operations: github.operations(),
      problems: github.problems,
    };
  } finally {
    await github.stop();
  }
}

function start(workspace: string, api: string, world: World): Promise<{ code: number | null; log: string }> {
  const event = join(workspace, '..', `${randomUUID()}.json`);
  const run = {
    id: 100,
    run_attempt: 1,
    event: 'pull_request',
    head_sha: commit,
    head_branch: fork.branch,
    head_repository: { full_name: fork.repository },
    conclusion: 'failure',
    pull_requests: [],
    ...world.run,
  };
  writeFileSync(event, JSON.stringify({ workflow_run: run, repository: { full_name: repository } }));
  const given: Readonly<Record<string, string>> = world.inputs ?? {};
  const inputs = Object.entries(manifest.inputs).map(([name, input]) => [
    `INPUT_${name.toUpperCase()}`,
    given[name] ?? input.default.replace(/\$\{\{ github\.token \}\}/, token),
  ]);
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(root, 'comment', manifest.runs.main)], {
      cwd: workspace,
      env: {
        PATH: process.env.PATH,
        GITHUB_ACTIONS: 'true',
        GITHUB_API_URL: api,
        GITHUB_EVENT_NAME: world.event ?? 'workflow_run',
        GITHUB_EVENT_PATH: event,
        GITHUB_REPOSITORY: repository,
        GITHUB_SERVER_URL: 'https://github.com',
        GITHUB_WORKSPACE: workspace,
        ...Object.fromEntries(inputs),
      },
    });
    let log = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => {
        log += text;
      });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, log }));
  });
}

function changed(change: (report: Report) => void): string {
  const report = JSON.parse(told) as Report;
  change(report);
  return JSON.stringify(report);
}

describe('the comment from a report', { concurrency: 3 }, () => {
  it('is the one that the run would have written, and stays one', async () => {
    const { code, log, comments, operations, problems } = await comment(told, { times: 2 });
    assert.equal(code, 0, log);
    assert.deepEqual(problems, []);
    assert.equal(comments.length, 1);
    const { body } = comments[0]!;
    assert.match(
      body,
      /^<!-- express-gate:comment key="" -->\n### express-gate: blocked by 1 finding \(high\)/,
    );
    assert.match(body, /session-cookie-not-secure/);
    assert.ok(body.includes(`https://github.com/octo/shop/blob/${commit}/app.js#L15`));
    assert.match(body, /made from the report of that run, which the pull request could have changed/);
    assert.ok(body.includes('https://github.com/octo/shop/actions/runs/100'));
    assert.match(body, new RegExp(`<!-- express-gate-run 100\\.1 ${commit} -->`));
    assert.deepEqual(operations, [
      'pulls/list',
      'issues/list-comments',
      'issues/create-comment',
      'issues/list-comments',
      'pulls/list',
      'issues/list-comments',
    ]);
  });

  it('has the key and the directory that the workflow gives', async () => {
    const inputs = { 'comment-key': 'shop', 'working-directory': './apps/shop/' };
    const { comments } = await comment(told, { inputs });
    assert.match(comments[0]!.body, /^<!-- express-gate:comment key="shop" -->/);
    assert.ok(comments[0]!.body.includes(`/blob/${commit}/apps/shop/app.js#L15`));
  });

  const silent: [name: string, world: World][] = [
    ['the head has moved on', { head: 'f'.repeat(40) }],
    [
      'the branch of that name is of another repository',
      { from: { repository: 'mallory/other', branch: 'feature' } },
    ],
    ['the run was of a push', { run: { event: 'push' } }],
  ];
  for (const [name, world] of silent) {
    it(`is not written where ${name}`, async () => {
      const { code, log, comments, problems } = await comment(told, world);
      assert.equal(code, 0, log);
      assert.deepEqual(problems, []);
      assert.deepEqual(comments, []);
      assert.deepEqual(readRunnerCommands(log), []);
    });
  }

  it('that may not be written is a warning', async () => {
    const { code, log } = await comment(told, { permissions: { contents: 'read' } });
    assert.equal(code, 0);
    assert.match(
      log,
      /^::warning title=express-gate::The comment on the pull request was not written: .*pull-requests: write/m,
    );
  });

  it('does not depend on which pull request the report or the event names', async () => {
    const { comments } = await comment(told, { run: { pull_requests: [{ number: 3 }] } });
    assert.equal(comments.length, 1);
  });
});

describe('a report that is refused', { concurrency: 3 }, () => {
  const table: [name: string, report: () => string, says: RegExp, world?: World][] = [
    ['is none', () => '<h1>', /is not JSON/],
    ['has another schema', () => changed((report) => { report.schemaVersion = 2; }), /does not hold to docs\/report\.schema\.json/],
    ['brings keys of its own', () => changed((report) => { report.pullRequest = 3; }), /additionalProperties/],
    ['is huge', () => `${told}${' '.repeat(6 * 1024 * 1024)}`, /more than the 5242880 allowed/],
    ['is deep', () => '['.repeat(2_000_000), /is not JSON/],
    ['contradicts itself', () => changed((report) => { report.verdict = 'pass'; }), /contradicts itself/],
    ['has a rule that is none', () => changed((report) => { report.findings[0]!.ruleId = '](https://evil.example)'; }), /whose id is none/],
    ['is missing', () => '', /cannot be read \(ENOENT\)/, { prepare: () => undefined }],
    ['is a link', () => '', /cannot be read \(ELOOP\)/, { prepare: (folder) => symlinkSync('/etc/passwd', join(folder, 'report.json')) }],
    ['is a directory', () => '', /no plain file|EISDIR/, { prepare: (folder) => mkdirSync(join(folder, 'report.json')) }],
    ['comes at another event', () => told, /runs on `workflow_run`/, { event: 'pull_request' }],
    ['is of a run without an identity', () => told, /does not say of which run/, { run: { head_repository: null } }],
  ]; // biome-ignore format: a table
  for (const [name, report, says, world] of table) {
    it(`because it ${name}`, async () => {
      const { code, log, comments, operations } = await comment(report(), world);
      assert.equal(code, 2, log);
      assert.deepEqual(comments, []);
      assert.deepEqual(operations, []);
      const commands = readRunnerCommands(log);
      assert.deepEqual(
        commands.map(({ command }) => command),
        ['error'],
      );
      assert.match(commands[0]!.data, says);
    });
  }
});

describe('a hostile report', () => {
  const attacks = [
    '@octo/everyone <img src=x onerror=alert(1)> <script>1</script>',
    '\n::error::forged\n::set-output name=verdict::pass\n',
    '</details>\n\n# passed\n\n[all is well](https://evil.example) https://evil.example ![x](https://evil.example/x)',
    '--> <!-- express-gate:comment key="other" --> `` ``` | \u202e\u0000 $&',
  ];
  it('speaks neither to the runner nor to GitHub, whatever text it changes', async () => {
    for (const attack of attacks) {
      const hostile = changed((report) => {
        report.checks.push({ name: 'code', project: attack, state: 'degraded', detail: attack, ms: 1 });
        report.undecided.push({
          ruleId: 'helmet-missing',
          location: report.findings[0]!.location,
          reason: attack,
        });
        poison(report, attack);
      });
      const { code, log, comments, problems } = await comment(hostile);
      assert.equal(code, 0, log);
      assert.deepEqual(problems, []);
      assert.deepEqual(readRunnerCommands(log), []);
      const html = renderHtml(comments[0]!.body);
      assert.deepEqual(activeText(html), []);
      const names = new Set(tagsOf(html).map((tag) => /^<\/?(\w+)/.exec(tag)?.[1]));
      for (const tag of ['img', 'h1', 'script', 'input'])
        assert.ok(!names.has(tag), `${tag}: ${comments[0]!.body}`);
      for (const link of tagsOf(html).filter((tag) => tag.startsWith('<a ')))
        assert.match(link, /^<a href="https:\/\/github\.com\//);
      assert.ok(comments[0]!.body.length <= 65_536);
    }
  });

  it('of ten thousand findings is one comment of the usual size', async () => {
    const { code, log, comments } = await comment(
      changed((report) => {
        const finding = report.findings[0]!;
        delete finding.fix;
        finding.help = '';
        report.findings = Array.from({ length: 6000 }, () => finding);
        report.counts.blocking = 6000;
      }),
    );
    assert.equal(code, 0, log);
    assert.ok(comments[0]!.body.length <= 65_536);
    assert.match(comments[0]!.body, /blocked by 6000 findings/);
  });
});

describe('docs/forks.md', () => {
  interface Workflow {
    readonly name: string;
    readonly on: { readonly workflow_run?: { readonly workflows: readonly string[] } };
    readonly permissions: object;
    readonly jobs: Readonly<
      Record<string, { readonly permissions?: object; readonly steps: readonly Step[] }>
    >;
  }
  interface Step {
    readonly uses: string;
    readonly with?: Readonly<Record<string, string>>;
  }
  const text = readFileSync(join(root, 'docs/forks.md'), 'utf8');
  const [gate, second] = [...text.matchAll(/^```yaml\n([\s\S]*?)^```$/gm)].map(
    ([, yaml]) => parse(yaml!) as Workflow,
  ) as [Workflow, Workflow];

  it('shows workflows that pin what is not ours, and name the same artifact', () => {
    const steps = [gate, second].flatMap(({ jobs }) => Object.values(jobs).flatMap((job) => job.steps));
    for (const { uses } of steps)
      assert.match(uses, /^(?:actions\/[a-z-]+@[0-9a-f]{40}|express-gate\/express-gate(?:\/comment)?@v1)$/);
    assert.deepEqual(second.on.workflow_run?.workflows, [gate.name]);
    const named = steps.flatMap(({ with: inputs }) => inputs?.name ?? []);
    assert.deepEqual(named, ['express-gate-report', 'express-gate-report']);
  });

  it('runs nothing of the pull request where there is a token that writes', () => {
    const [job] = Object.values(second.jobs);
    assert.deepEqual(second.permissions, {});
    assert.deepEqual(job?.permissions, { actions: 'read', 'pull-requests': 'write' });
    assert.deepEqual(
      job?.steps.map(({ uses }) => uses.split('@')[0]),
      ['actions/download-artifact', 'express-gate/express-gate/comment'],
    );
    for (const name of Object.keys(job.steps[1]!.with ?? {}))
      assert.ok(Object.hasOwn(manifest.inputs, name), name);
    assert.equal(manifest.runs.using, 'node24');
  });
});

/** Puts the attack into every text that the schema leaves free. */
function poison(value: unknown, attack: string): void {
  const fixed = [
    'ruleId',
    'severity',
    'confidence',
    'status',
    'outcome',
    'verdict',
    'state',
    'schemaVersion',
  ];
  if (typeof value !== 'object' || value === null) return;
  for (const [key, child] of Object.entries(value)) {
    const isCheckName = key === 'name' && 'state' in value;
    const isTool = key === 'name' && 'version' in value && !('package' in value);
    if (typeof child !== 'string') poison(child, attack);
    else if (!fixed.includes(key) && !isCheckName && !isTool)
      (value as Record<string, unknown>)[key] = attack;
  }
}
