/** The workflows of this repository, and the one that the README gives away: pinned, with no more rights than they need. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, it } from 'node:test';
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
    for (const [right, level] of Object.entries(workflow.permissions)) {
      if (level !== 'read' && level !== 'none' && !(level === 'write' && writes.includes(right))) {
        faults.push(`permission ${right}: ${level}`);
      }
    }
  }
  if ('pull_request_target' in workflow.on || 'workflow_run' in workflow.on) {
    faults.push('runs with rights on code of a pull request');
  }
  for (const job of Object.values(workflow.jobs)) {
    if (job.permissions !== undefined) faults.push('a job sets its own permissions');
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

const folder = join(root, '.github/workflows');
const allowedWrites = new Map([['gate.yml', ['pull-requests']]]);

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
    assert.deepEqual(faultsOf('on: {push: {}}\njobs: {}', []), ['permissions are not listed at top level']);
    assert.deepEqual(
      faultsOf('on: {push: {}}\npermissions: {contents: read, checks: write}\njobs: {}', ['checks']),
      [],
    );
  });
});

describe('the workflow that the README gives away', () => {
  it('has the three triggers, the two permissions and the two steps', () => {
    const readme = readFileSync(join(root, 'README.md'), 'utf8');
    const block = /```ya?ml\n((?:(?!```)[\s\S])*uses: express-gate\/express-gate@[\s\S]*?)```/.exec(
      readme,
    )?.[1];
    assert.ok(block !== undefined, 'no workflow in the README');
    const workflow: Workflow = parse(block);
    assert.deepEqual(Object.keys(workflow.on).sort(), ['merge_group', 'pull_request', 'push']);
    assert.deepEqual(workflow.permissions, { contents: 'read', 'pull-requests': 'write' });
    const steps = Object.values(workflow.jobs).flatMap((job) => job.steps);
    assert.deepEqual(
      steps.map((step) => step.uses?.replace(/@.*/, '')),
      ['actions/checkout', 'express-gate/express-gate'],
    );
    assert.ok(steps.every((step) => step.with === undefined));
  });
});
