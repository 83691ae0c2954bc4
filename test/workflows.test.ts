/** The workflows of this repository, and the one that the README gives away: pinned, with no more rights than they need. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions?: unknown;
  readonly jobs: Readonly<
    Record<string, { readonly permissions?: unknown; readonly steps: readonly Step[] }>
  >;
}

/** What is unsafe in a workflow, one sentence each; `writes` are the rights that it may have beyond reading. */
function faultsOf(text: string, writes: readonly string[]): string[] {
  const workflow: Workflow = parse(text);
  const faults: string[] = [];
  if (typeof workflow.permissions !== 'object' || workflow.permissions === null) {
    faults.push('permissions are not listed at top level');
  } else {
    faults.push(...excessiveRights(workflow.permissions, writes));
  }
  if ('pull_request_target' in workflow.on || 'workflow_run' in workflow.on) {
    faults.push('runs with rights on code of a pull request');
  }
  for (const job of Object.values(workflow.jobs)) {
    if (job.permissions !== undefined) {
      faults.push(...excessiveRights(job.permissions, writes));
      const isWriter = Object.values(job.permissions ?? {}).includes('write');
      // What a package does when it is installed or run must not be able to write.
      if (
        isWriter &&
        job.steps.some(({ run }) => /(?:^|[\s;&|])(?:npm|npx|node|yarn|pnpm)\s/.test(run ?? ''))
      )
        faults.push('a job that may write runs the code of packages');
    }
    for (const step of job.steps) {
      if (
        step.uses !== undefined &&
        step.uses !== './' &&
        !/^[\w.-]+\/[\w./-]+@[0-9a-f]{40}$/.test(step.uses)
      ) {
        faults.push(`${step.uses} is not pinned`);
      }
      if (step.uses?.startsWith('actions/checkout@') && step.with?.['persist-credentials'] !== false) {
        faults.push('checkout leaves its token behind');
      }
      if (step.run?.includes('${{')) faults.push(`an expression is pasted into a script: ${step.run}`);
    }
  }
  for (const line of text.split('\n')) {
    if (/uses:.*@[0-9a-f]{40}/.test(line) && !/ # v\d+\.\d+\.\d+$/.test(line))
      faults.push(`no version beside the hash: ${line}`);
  }
  return faults;
}

/** Of a workflow or a job: whatever is more than reading and than `writes`. */
function excessiveRights(permissions: unknown, writes: readonly string[]): string[] {
  if (typeof permissions !== 'object' || permissions === null) return [`permissions: ${permissions}`];
  return Object.entries(permissions)
    .filter(
      ([right, level]) =>
        level !== 'read' && level !== 'none' && !(level === 'write' && writes.includes(right)),
    )
    .map(([right, level]) => `permission ${right}: ${level}`);
}

const folder = join(root, '.github/workflows');
const allowedWrites = new Map([
  ['gate.yml', ['pull-requests']],
  ['refresh-data.yml', ['contents', 'pull-requests']],
]);

describe('workflows', () => {
  for (const file of readdirSync(folder)) {
    it(`${file} is pinned and asks for no more than it needs`, () => {
      const text = readFileSync(join(folder, file), 'utf8');
      assert.deepEqual(faultsOf(text, allowedWrites.get(file) ?? []), []);
    });
  }

  it('check on the three systems, by the same script as everywhere', () => {
    const { jobs } = parse(readFileSync(join(folder, 'ci.yml'), 'utf8'));
    const systems = jobs.check.strategy.matrix.include.map((each: { os: string }) => each.os.split('-')[0]);
    assert.deepEqual([...new Set(systems)].sort(), ['macos', 'ubuntu', 'windows']);
    assert.ok(jobs.check.steps.some((step: Step) => step.run === 'bash .ci/run'));
  });

  it('run the gate on this repository', () => {
    const { jobs } = parse(readFileSync(join(folder, 'gate.yml'), 'utf8'));
    assert.ok(jobs.gate.steps.some((step: Step) => step.uses === './'));
  });

  it('would be caught if they were unsafe', () => {
    const unsafe = `
on: { pull_request_target: {} }
permissions: { contents: write }
jobs:
  a:
    permissions: write-all
    steps:
      - uses: actions/checkout@v7
      - uses: a/b@0123456789012345678901234567890123456789
      - run: echo \${{ github.head_ref }}
`;
    assert.equal(faultsOf(unsafe, []).length, 7);
    const writer = `
on: { push: {} }
permissions: { contents: read }
jobs:
  a:
    permissions: { contents: write, packages: write }
    steps:
      - run: npm ci
`;
    assert.deepEqual(faultsOf(writer, ['contents']), [
      'permission packages: write',
      'a job that may write runs the code of packages',
    ]);
    assert.deepEqual(faultsOf('on: {push: {}}\njobs: {}', []), ['permissions are not listed at top level']);
    assert.deepEqual(
      faultsOf('on: {push: {}}\npermissions: {contents: read, checks: write}\njobs: {}', ['checks']),
      [],
    );
  });
});

describe('the workflow that refreshes the facts', () => {
  interface RefreshJob {
    readonly permissions?: Readonly<Record<string, string>>;
    readonly needs?: string;
    readonly steps: readonly (Step & { readonly name?: string })[];
  }
  const { on, permissions, jobs }: Workflow & { readonly jobs: Readonly<Record<string, RefreshJob>> } = parse(
    readFileSync(join(folder, 'refresh-data.yml'), 'utf8'),
  );

  it('runs every week and when asked to, and only the job that runs no packages may write', () => {
    assert.deepEqual(Object.keys(on).sort(), ['schedule', 'workflow_dispatch']);
    assert.match((on.schedule as { cron: string }[])[0]!.cron, /^\d+ \d+ \* \* [0-6]$/);
    assert.deepEqual(permissions, { contents: 'read' });
    assert.deepEqual(
      Object.entries(jobs).map(([name, job]) => [name, job.permissions]),
      [
        ['refresh', undefined],
        ['propose', { contents: 'write', 'pull-requests': 'write' }],
      ],
    );
    const scripts = jobs.refresh!.steps.map(({ run }) => run ?? '').join('\n');
    for (const script of ['npm ci', 'npm run --silent refresh-data', 'npm run build', 'npm run docs'])
      assert.ok(scripts.includes(script), script);
  });

  const propose = jobs.propose!.steps.at(-1)!.run!;

  /** A repository with an origin, a `gh` that writes down what it is asked, and the artifact of the first job. */
  function prepare(test: TestContext, patched: Readonly<Record<string, string>>, pull = '') {
    const top = mkdtempSync(join(tmpdir(), 'refresh-workflow-'));
    test.after(() => rmSync(top, { recursive: true }));
    const at = (name: string) => join(top, name);
    const git = (...args: string[]) => {
      const identity = ['-c', 'user.name=t', '-c', 'user.email=t@localhost', '-c', 'init.defaultBranch=main'];
      const { status, stdout, stderr } = spawnSync('git', [...identity, ...args], {
        cwd: at('work'),
        encoding: 'utf8',
      });
      assert.equal(status, 0, stderr);
      return stdout;
    };
    const write = (files: Readonly<Record<string, string>>) => {
      for (const [name, text] of Object.entries(files)) {
        mkdirSync(dirname(join(at('work'), name)), { recursive: true });
        writeFileSync(join(at('work'), name), text);
      }
    };
    for (const name of ['work', 'bin', 'temp', 'temp/refresh']) mkdirSync(at(name));
    git('init', '-q');
    write({ 'src/data/a.json': '1\n', 'src/cli.ts': '1\n', 'dist/chunks/a.js': '1\n', 'README.md': '1\n' });
    git('add', '--all');
    git('commit', '-qm', 'first');
    git('init', '-q', '--bare', at('origin.git'));
    git('remote', 'add', 'origin', at('origin.git'));
    git('push', '-q', 'origin', 'main');
    write(patched);
    git('add', '--all');
    writeFileSync(at('temp/refresh/refresh.patch'), git('diff', '--cached', '--binary'));
    writeFileSync(at('temp/refresh/changes.md'), 'What changed.\n');
    git('reset', '-q', '--hard');
    writeFileSync(
      at('bin/gh'),
      `#!/bin/sh\necho "$@" >> '${at('gh.log')}'\n[ "$2" != list ] || echo "${pull}"\n`,
    );
    chmodSync(at('bin/gh'), 0o755);
    const run = () => {
      const { status, stderr } = spawnSync('bash', ['-eo', 'pipefail', '-c', propose], {
        cwd: at('work'),
        encoding: 'utf8',
        env: {
          ...process.env,
          PATH: `${at('bin')}:${process.env.PATH}`,
          RUNNER_TEMP: at('temp'),
          GH_TOKEN: 'x',
        },
      });
      assert.equal(status, 0, stderr);
      const asked = existsSync(at('gh.log')) ? readFileSync(at('gh.log'), 'utf8') : '';
      return asked.split('\n').filter((line) => /^pr (?!list)/.test(line));
    };
    return { git, run, at };
  }

  const bash = { skip: process.platform === 'win32' };

  it('opens one pull request with what is made of the facts, and with nothing else', bash, (test) => {
    const { git, run, at } = prepare(test, {
      'src/data/a.json': '2\n',
      'src/data/new.json': '2\n',
      'dist/chunks/b.js': '2\n',
      'docs/rules/a.md': '2\n',
      'README.md': '2\n',
      'src/cli.ts': '2\n',
      '.github/workflows/own.yml': '2\n',
      'package.json': '2\n',
    });
    assert.deepEqual(run(), [
      `pr create --head refresh-data --base main --title Refresh the embedded facts --body-file ${at('temp')}/refresh/changes.md`,
    ]);
    assert.deepEqual(git('diff', '--name-only', 'main', 'origin/refresh-data').trim().split('\n'), [
      'README.md',
      'dist/chunks/b.js',
      'docs/rules/a.md',
      'src/data/a.json',
      'src/data/new.json',
    ]);
    assert.equal(git('show', '-s', '--format=%an', 'origin/refresh-data').trim(), 'github-actions[bot]');
  });

  it('brings the pull request up to date that is open', bash, (test) => {
    const { git, run, at } = prepare(test, { 'src/data/a.json': '2\n' }, '17');
    git('push', '-q', 'origin', 'main:refresh-data');
    git('commit', '-q', '--allow-empty', '-m', 'another on main');
    assert.deepEqual(run(), [`pr edit 17 --body-file ${at('temp')}/refresh/changes.md`]);
    assert.equal(git('rev-parse', 'origin/refresh-data^'), git('rev-parse', 'main'));
  });

  it('proposes nothing where nothing changed', bash, (test) => {
    const { git, run } = prepare(test, {});
    assert.deepEqual(run(), []);
    assert.equal(git('ls-remote', 'origin', 'refresh-data'), '');
  });
});

describe('the workflow that the README gives away', () => {
  it('has the two triggers, the two permissions and the two steps', () => {
    const readme = readFileSync(join(root, 'README.md'), 'utf8');
    const block = /```ya?ml\n((?:(?!```)[\s\S])*uses: express-gate\/express-gate@[\s\S]*?)```/.exec(
      readme,
    )?.[1];
    assert.ok(block !== undefined, 'no workflow in the README');
    const workflow: Workflow = parse(block);
    assert.deepEqual(Object.keys(workflow.on).sort(), ['merge_group', 'pull_request']);
    assert.deepEqual(workflow.permissions, { contents: 'read', 'pull-requests': 'write' });
    const steps = Object.values(workflow.jobs).flatMap((job) => job.steps);
    assert.deepEqual(
      steps.map((step) => step.uses?.replace(/@.*/, '')),
      ['actions/checkout', 'express-gate/express-gate'],
    );
    assert.ok(steps.every((step) => step.with === undefined));
  });
});
