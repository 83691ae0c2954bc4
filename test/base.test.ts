/** The base of a change, end to end: dist/index.js finds it, brings it here by git or by GitHub's API, and judges by its policy. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import {
  type ActionEnd,
  type ActionRun,
  type EventPayload,
  jobToken,
  repository,
  runAction,
} from './action/action-run.ts';
import { type Checkout, type Files, makeCheckout, removeCheckouts } from './action/checkout.ts';
import { faultyShop, mendedShop } from './action/shops.ts';
import { GitServer } from './stand-ins/git-server.ts';
import { actionsBot, GithubStandIn } from './stand-ins/github.ts';

after(removeCheckouts);

interface World {
  /** Who may read the repository by git: null for everybody. */
  readonly gitToken?: string | null;
  readonly contents?: boolean;
  readonly inputs?: ActionRun['inputs'];
  readonly event?: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly payload?: (payload: EventPayload, checkout: Checkout) => unknown;
  /** Does something to the checkout before the action runs. */
  readonly prepare?: (checkout: Checkout) => void;
}

interface Result extends ActionEnd {
  readonly report: {
    readonly verdict: string;
    readonly counts: Record<string, number>;
    readonly checks: readonly { readonly name: string; readonly state: string; readonly detail: string }[];
    readonly findings: readonly {
      readonly ruleId: string;
      readonly status: string;
      readonly outcome: string;
    }[];
  };
  readonly git: GitServer;
  readonly github: GithubStandIn;
  readonly checkout: Checkout;
}

/** Runs the action on a checkout of depth 1, GitHub stood in for, and returns what it did. */
async function act(files: Files, before: Files, world: World = {}, depth = 1): Promise<Result> {
  const checkout = await makeCheckout(files, before, depth);
  world.prepare?.(checkout);
  const git = await new GitServer(world.gitToken ?? null).start();
  git.add(repository, join(checkout.origin, '.git'));
  const github = await new GithubStandIn({ private: true }).start();
  github.repositoryDirectory = checkout.origin;
  const permissions: Record<string, 'read'> = world.contents === false ? {} : { contents: 'read' };
  github.addToken(jobToken, { user: actionsBot, permissions });
  try {
    const end = await runAction({
      checkout,
      api: github.url,
      inputs: { audit: 'off', comment: 'never', 'report-file': 'report.json', ...world.inputs },
      environment: { GITHUB_SERVER_URL: git.url, ...world.environment },
      ...(world.event === undefined ? {} : { event: world.event }),
      ...(world.payload === undefined ? {} : { payload: (each) => world.payload!(each, checkout) }),
    });
    assert.deepEqual(github.problems, []);
    const report = JSON.parse(
      readFileSync(join(checkout.workspace, 'report.json'), 'utf8'),
    ) as Result['report'];
    return { ...end, report, git, github, checkout };
  } finally {
    await git.stop();
    await github.stop();
  }
}

function baseCheck({ report }: Result): { readonly state: string; readonly detail: string } | undefined {
  return report.checks.find(({ name }) => name === 'base');
}

function statuses({ report }: Result): string[] {
  return [...new Set(report.findings.map(({ status }) => status))].sort();
}

describe('the base of a pull request', () => {
  it('is the first parent of the merge commit, fetched by git with a checkout of depth 1', async () => {
    const result = await act({ ...faultyShop, 'NOTES.md': 'one more file\n' }, faultyShop);
    assert.deepEqual(statuses(result), ['unchanged']);
    assert.equal(result.code, 0, result.log);
    assert.equal(baseCheck(result)?.state, 'ok');
    assert.match(
      baseCheck(result)!.detail,
      new RegExp(`^Compared with ${result.checkout.base.slice(0, 7)}, the tip`),
    );
    assert.ok(result.git.requests.some(({ path }) => path.endsWith('/git-upload-pack')));
    assert.deepEqual(result.github.operations(), []);
  });

  it('shows what is new and what is fixed', async () => {
    const worse = await act(faultyShop, mendedShop);
    assert.deepEqual(statuses(worse), ['new']);
    assert.equal(worse.code, 1);
    const better = await act(mendedShop, faultyShop);
    assert.equal(better.code, 0);
    assert.ok(better.report.counts.fixed! > 0);
    assert.equal(better.report.counts.new, 0);
  });

  it('of a private repository is fetched with the token, which goes nowhere else', async () => {
    const result = await act(faultyShop, faultyShop, { gitToken: jobToken });
    assert.deepEqual(statuses(result), ['unchanged']);
    assert.ok(result.git.requests.some(({ status }) => status === 200));
    assert.ok(!result.log.includes(jobToken));
  });

  it('is read by the API where git is not let in', async () => {
    const result = await act({ ...faultyShop, 'app.js': `// more\n${faultyShop['app.js']}` }, faultyShop, {
      gitToken: 'another token',
    });
    assert.deepEqual(statuses(result), ['unchanged']);
    assert.equal(baseCheck(result)?.state, 'ok');
    // The tree, and the one file that differs: the rest is here.
    assert.deepEqual(result.github.operations().sort(), ['git/get-blob', 'git/get-tree']);
  });

  it('that cannot be had leaves everything to count as new, and is said so', async () => {
    const result = await act(faultyShop, faultyShop, { gitToken: 'another token', contents: false });
    assert.deepEqual(statuses(result), ['unknown']);
    assert.equal(result.code, 1);
    assert.equal(baseCheck(result)?.state, 'degraded');
    assert.match(
      baseCheck(result)!.detail,
      /could not be had .*every finding counts as new: .*contents: read/,
    );
  });

  it('is not compared with where the merge commit is stale, and the verdict is incomplete', async () => {
    const result = await act(mendedShop, mendedShop, {
      payload: (payload) => {
        payload.pull_request!.head.sha = 'a'.repeat(40);
        return payload;
      },
    });
    assert.equal(result.code, 2);
    assert.match(result.log, /is a merge of [0-9a-f]{7}, and the head of this pull request is aaaaaaa/);
  });

  it('is the merge base where the head is checked out', async () => {
    const result = await act(
      faultyShop,
      faultyShop,
      {
        prepare: ({ workspace, head, origin }) => {
          const git = (...args: string[]) => execFileSync('git', args, { cwd: workspace, stdio: 'ignore' });
          git('fetch', '--quiet', origin, head);
          git('checkout', '--quiet', '--force', head);
        },
      },
      2,
    );
    assert.deepEqual(statuses(result), ['unchanged']);
    assert.match(baseCheck(result)!.detail, /where the branch left its base/);
  });

  it('is not what a merge of the branch’s own making says', async () => {
    const result = await act(faultyShop, mendedShop, {
      environment: { GITHUB_SHA: 'b'.repeat(40) },
      prepare: ({ workspace, head, origin }) => {
        const git = (...args: string[]) =>
          execFileSync('git', args, { cwd: workspace, encoding: 'utf8' }).trim();
        git('fetch', '--quiet', origin, head);
        const evil = git(...person, 'commit-tree', `${head}^{tree}`, '-m', 'Evil');
        const merge = git(...person, 'commit-tree', `${head}^{tree}`, '-p', evil, '-p', head, '-m', 'Merge');
        git('checkout', '--quiet', '--force', merge);
      },
    });
    assert.deepEqual(statuses(result), ['new']);
    assert.equal(result.code, 1);
  });

  it('and its files are found where a directory looks like a repository of its own', async () => {
    const inShop = (files: Files) =>
      Object.fromEntries(Object.entries(files).map(([path, text]) => [`shop/${path}`, text]));
    const bare = { HEAD: 'ref: refs/heads/main\n', 'objects/x': '', 'refs/x': '', '.gitignore': 'app.js\n' };
    const result = await act(inShop({ ...faultyShop, ...bare }), inShop(mendedShop), {
      inputs: { 'working-directory': 'shop' },
    });
    assert.equal(baseCheck(result)?.state, 'ok');
    assert.equal(result.code, 1, result.log);
  });

  it('is not what pull_request_target checks out: then the change was not looked at', async () => {
    const result = await act(faultyShop, mendedShop, {
      event: 'pull_request_target',
      prepare: ({ workspace, base, origin }) => {
        const git = (...args: string[]) => execFileSync('git', args, { cwd: workspace, stdio: 'ignore' });
        git('fetch', '--quiet', origin, base);
        git('checkout', '--quiet', '--force', base);
      },
    });
    assert.equal(result.code, 2);
    assert.match(
      result.log,
      /`pull_request_target` checks out the base branch, so the change itself was not looked at/,
    );
  });

  it('names the changed place of a finding on a line that the change leaves alone', async () => {
    const before = { ...mendedShop, 'config.js': 'module.exports = 1;\n' };
    const result = await act({ ...before, 'config.js': 'module.exports = 2;\n' }, before);
    assert.equal(result.report.counts.new, 0);
  });
});

describe('other events', () => {
  it('a merge group is compared with its base_sha, and judged by the policy there', async () => {
    const lax = { '.github/express-gate.yml': 'fail-on: never\n' };
    const result = await act({ ...faultyShop, ...lax }, mendedShop, {
      event: 'merge_group',
      payload: (payload, { base }) => ({ ...payload, merge_group: { base_sha: base } }),
    });
    assert.equal(result.code, 1, result.log);
    assert.equal(baseCheck(result)?.state, 'ok');
    assert.deepEqual(statuses(result), ['new']);
  });

  it('a push is compared with what stood before it, and judged by its own policy', async () => {
    const lax = { '.github/express-gate.yml': 'fail-on: never\n' };
    const result = await act({ ...faultyShop, ...lax }, mendedShop, {
      event: 'push',
      payload: (payload, { base }) => ({ ...payload, before: base }),
    });
    assert.deepEqual(statuses(result), ['new']);
    assert.equal(result.code, 0, result.log);
  });

  it('the first push of a branch has nothing to be compared with', async () => {
    const result = await act(faultyShop, mendedShop, {
      event: 'push',
      payload: (payload) => ({ ...payload, before: '0'.repeat(40) }),
    });
    assert.equal(result.code, 1);
    assert.equal(baseCheck(result)?.state, 'skipped');
  });
});

describe('the policy of a pull request', () => {
  const lax = { '.github/express-gate.yml': 'fail-on: never\nrules:\n  helmet-missing: off\n' };

  it('is the base’s: a pull request cannot switch its own gate off', async () => {
    const result = await act({ ...faultyShop, ...lax }, mendedShop);
    assert.equal(result.code, 1);
    assert.match(
      result.log,
      /This pull request brings a policy: fail-on: unset → never; rules: helmet-missing: unset → off; judged by the defaults/,
    );
  });

  it('counts once it is merged', async () => {
    const result = await act({ ...faultyShop, ...lax }, { ...mendedShop, ...lax });
    assert.equal(result.code, 0, result.log);
  });

  it('with waivers-from: head lets its own waivers count', async () => {
    const base = { '.github/express-gate.yml': 'waivers-from: head\n' };
    const waivers = faultyFindings.map(
      (rule) => `  - {rule: ${rule}, reason: accepted, expires: 2100-01-01}\n`,
    );
    const own = { '.github/express-gate.yml': `waivers-from: head\nwaivers:\n${waivers.join('')}` };
    const result = await act({ ...faultyShop, ...own }, { ...mendedShop, ...base });
    assert.equal(result.code, 0, result.log);
    assert.match(result.log, /is this pull request's own and counts, as the policy of the base allows/);
    const without = await act({ ...faultyShop, ...own }, mendedShop);
    assert.equal(without.code, 1);
    assert.match(without.log, /would cover \d+ findings? once it is merged/);
  });

  it('is judged strictly where the base cannot be had', async () => {
    const result = await act(
      { ...faultyShop, ...lax },
      { ...mendedShop, ...lax },
      { gitToken: 'another token', contents: false },
    );
    assert.equal(result.code, 1);
    assert.match(result.log, /The policy of the base could not be read/);
  });

  it('is the base’s also where the input names it by an absolute path in the repository', async () => {
    const files = Object.fromEntries(
      Object.entries({ ...faultyShop, ...lax }).map(([path, text]) => [
        path.startsWith('.github') ? path : `apps/shop/${path}`,
        text,
      ]),
    );
    const checkout = await makeCheckout(files, { 'apps/shop/README.md': 'empty\n' });
    const end = await runAction({
      checkout,
      inputs: {
        audit: 'off',
        comment: 'never',
        'working-directory': 'apps/shop',
        policy: join(checkout.workspace, '.github', 'express-gate.yml'),
      },
    });
    assert.equal(end.code, 1, end.log);
  });

  it('is not that of an old commit from which the branch was made', async () => {
    const result = await act(
      { ...faultyShop, ...lax },
      { ...mendedShop, ...lax },
      {
        payload: (payload, { workspace }) => {
          // The tip of the base branch has no such policy any more.
          const git = (...args: string[]) =>
            execFileSync('git', args, { cwd: workspace, encoding: 'utf8' }).trim();
          const tree = git('mktree', '--missing', '-z');
          const tip = git(
            ...person,
            'commit-tree',
            tree,
            '-p',
            payload.pull_request!.base.sha,
            '-m',
            'Strict',
          );
          git('checkout', '--quiet', '--force', payload.pull_request!.head.sha);
          payload.pull_request!.base.sha = tip;
          return payload;
        },
      },
      3,
    );
    assert.equal(result.code, 1, result.log);
    assert.match(baseCheck(result)!.detail, /where the branch left its base/);
  });

  it('that is broken at the base does not lock out the change that mends it', async () => {
    const broken = { '.github/express-gate.yml': 'fail-on: hihg\n' };
    const result = await act(
      { ...mendedShop, '.github/express-gate.yml': 'fail-on: high\n' },
      { ...mendedShop, ...broken },
    );
    assert.equal(result.code, 0, result.log);
  });
});

const person = ['-c', 'user.name=Test', '-c', 'user.email=test@example.com'];

const faultyFindings = [
  'session-cookie-not-secure',
  'session-secret-hardcoded',
  'session-memory-store',
  'helmet-missing',
];
