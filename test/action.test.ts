/** Runs the built action as GitHub does, against stand-ins for GitHub and the registry with the real npm between, and looks at all it leaves. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import {
  type ActionEnd,
  type ActionRun,
  inputNames,
  jobToken,
  outputNames,
  pullNumber,
  repository,
  runAction,
} from './action/action-run.ts';
import { type Checkout, makeCheckout, removeCheckouts } from './action/checkout.ts';
import { advisories, faultyShop, hostileShop, inFolder, mendedShop, packages } from './action/shops.ts';
import { activeText, renderHtml, tagsOf } from './report/github-markdown.ts';
import { validRun } from './report/sarif-schema.ts';
import { actionsBot, type GithubComment, GithubStandIn, type GithubToken } from './stand-ins/github.ts';
import { type StandInRegistry, startRegistry } from './stand-ins/registry.ts';

const writes: GithubToken['permissions'] = { pull_requests: 'write' };
/** Most runs are about GitHub: they ask no registry. */
const offline = { audit: 'embedded' };
const oneByOne = 2;

let faulty: Checkout;
let mended: Checkout;
let registry: StandInRegistry;

before(async () => {
  [faulty, mended, registry] = await Promise.all([
    makeCheckout(faultyShop),
    makeCheckout(mendedShop),
    startRegistry({ packages, advisories }),
  ]);
});
after(async () => {
  await registry.close();
  await removeCheckouts();
});

interface Surroundings {
  readonly permissions?: GithubToken['permissions'];
  readonly basePath?: string;
  readonly private?: boolean;
  readonly locked?: boolean;
}

/** Runs a test with a GitHub of its own; whatever happened, each request must have been one that GitHub describes. */
async function withGithub(
  test: (github: GithubStandIn, act: (run: Omit<ActionRun, 'api'>) => Promise<ActionEnd>) => Promise<void>,
  { permissions = writes, locked = false, ...options }: Surroundings = {},
): Promise<void> {
  const github = await new GithubStandIn(options).start();
  github.addToken(jobToken, { user: actionsBot, permissions });
  github.addPull(repository, pullNumber, { locked });
  try {
    await test(github, (run) => runAction({ inputs: offline, ...run, api: github.url }));
    assert.deepEqual(github.problems, []);
  } finally {
    await github.stop();
  }
}

function comments(github: GithubStandIn): readonly GithubComment[] {
  return github.comments(repository, pullNumber);
}

function messages(end: ActionEnd, level: string): string[] {
  return end.commands.filter(({ command }) => command === level).map(({ data }) => data);
}

/** The gate's own warning about the comment; there must be exactly one. */
function commentWarning(end: ActionEnd): string {
  const found = messages(end, 'warning').filter((text) => /^The comment on the pull request/.test(text));
  assert.equal(found.length, 1, end.log);
  return found[0]!;
}

function assertBlocked(end: ActionEnd): void {
  assert.equal(end.code, 1, end.log);
  assert.equal(end.outputs.get('verdict'), 'fail');
  assert.match(
    end.log,
    /express-gate: fail \(exit code 1\), because \d+ findings? reach(?:es)? the threshold \(fail-on: high\)\.\n$/,
  );
}

describe('the action', { concurrency: oneByOne }, () => {
  it('comments once on a pull request, keeps the comment up to date, and says when all is mended', () =>
    withGithub(async (github, act) => {
      const inputs = { registry: registry.url };
      const first = await act({ checkout: faulty, inputs, run: 100 });
      assertBlocked(first);
      const { id, body } = comments(github)[0]!;
      assert.equal(comments(github).length, 1);
      assert.match(body, /blocked by \d+ findings?/);
      assert.match(body, /session-cookie-not-secure/);
      assert.match(body, /GHSA-hrpp-h998-j3pp/);
      assert.match(body, new RegExp(`https://github\\.com/octo/shop/blob/${faulty.head}/app\\.js#L\\d+`));
      assert.equal(
        first.outputs.get('comment-url'),
        `https://github.com/octo/shop/pull/7#issuecomment-${id}`,
      );
      assert.ok(registry.audits().length > 0, 'npm asked the registry');

      const again = await act({ checkout: faulty, inputs, run: 101 });
      assertBlocked(again);
      assert.equal(comments(github).length, 1);

      const last = await act({ checkout: mended, inputs, run: 102 });
      assert.equal(last.code, 0, last.log);
      assert.equal(last.outputs.get('verdict'), 'pass');
      assert.match(last.log, /express-gate: pass \(exit code 0\), because nothing blocks\.\n$/);
      assert.deepEqual(
        comments(github).map((comment) => comment.id),
        [id],
      );
      assert.match(comments(github)[0]!.body, /express-gate: passed, nothing was found/);
      assert.doesNotMatch(comments(github)[0]!.body, /session-cookie-not-secure|GHSA-/);
      assert.equal(last.outputs.get('comment-url'), first.outputs.get('comment-url'));
    }));

  it('gives annotations, a summary, outputs and a report that say the same', () =>
    withGithub(async (_github, act) => {
      const end = await act({ checkout: faulty, inputs: { ...offline, 'report-file': 'out/report.json' } });
      assertBlocked(end);
      const report = JSON.parse(await readFile(join(faulty.workspace, 'out/report.json'), 'utf8'));
      assert.deepEqual([...end.outputs.keys()].sort(), outputNames.toSorted());
      assert.equal(end.outputs.get('report-file'), 'out/report.json');
      assert.equal(end.outputs.get('findings'), String(report.findings.length));
      assert.equal(end.outputs.get('blocking'), String(report.counts.blocking));
      assert.equal(end.outputs.get('new-findings'), String(report.counts.new));
      assert.equal(report.verdict, 'fail');

      const blocking = report.findings.filter(({ outcome }: { outcome: string }) => outcome === 'block');
      const errors = end.commands.filter(({ command }) => command === 'error');
      assert.equal(errors.length, blocking.length);
      const cookie = errors.find(({ properties }) =>
        /session-cookie-not-secure/.test(properties.get('title') ?? ''),
      );
      const line = faultyShop['app.js']!.split('\n').findIndex((text) => text.includes('secure: false')) + 1;
      assert.equal(cookie?.properties.get('file'), 'app.js');
      assert.equal(cookie?.properties.get('line'), String(line));
      assert.match(end.summary, /blocked by \d+ findings?/);
      assert.match(end.summary, /session-cookie-not-secure/);
    }));

  it('writes SARIF for code scanning, from the root of the repository, with the revision and the key', async () => {
    const checkout = await makeCheckout(inFolder('apps/faulty', faultyShop));
    await withGithub(async (_github, act) => {
      const inputs = { ...offline, 'working-directory': 'apps/faulty', 'comment-key': 'faulty' };
      const end = await act({ checkout, inputs: { ...inputs, 'sarif-file': 'out/gate.sarif' } });
      assertBlocked(end);
      assert.equal(end.outputs.get('sarif-file'), 'out/gate.sarif');
      const run = validRun(await readFile(join(checkout.workspace, 'out/gate.sarif'), 'utf8'));
      assert.equal(run.results!.length, Number(end.outputs.get('findings')));
      for (const { locations, baselineState } of run.results!) {
        assert.match(locations![0]!.physicalLocation!.artifactLocation!.uri!, /^apps\/faulty\//);
        assert.notEqual(baselineState, 'absent');
      }
      assert.equal(run.automationDetails!.id, 'express-gate/faulty/');
      assert.deepEqual(run.versionControlProvenance, [
        {
          repositoryUri: 'https://github.com/octo/shop',
          revisionId: checkout.head,
          mappedTo: { uriBaseId: '%SRCROOT%' },
        },
      ]);
    });
  });

  it('writes no SARIF where nothing could be judged: code scanning would close every alert', async () => {
    const broken = await makeCheckout({ 'package.json': '{ "name": ' });
    await withGithub(async (_github, act) => {
      const end = await act({ checkout: broken, inputs: { ...offline, 'sarif-file': 'gate.sarif' } });
      assert.equal(end.code, 2);
      assert.equal(end.outputs.get('sarif-file'), '');
      assert.ok(!existsSync(join(broken.workspace, 'gate.sarif')));
      assert.match(end.log, /The SARIF file gate\.sarif was not written, because nothing could be judged\./);
    });
  });

  it('marks no lines where it is told not to, and still says all in the log', () =>
    withGithub(async (github, act) => {
      const end = await act({ checkout: faulty, inputs: { ...offline, annotations: 'false' } });
      assertBlocked(end);
      assert.deepEqual(end.commands, []);
      assert.match(end.log, /blocks \(high\) app\.js:\d+ session-cookie-not-secure/);
      assert.doesNotMatch(comments(github)[0]!.body, /no annotation/);
    }));

  it('has every input and output of the contract', () => {
    assert.deepEqual(
      inputNames.toSorted(),
      [
        'annotations', 'audit', 'comment', 'comment-key', 'fail-on', 'github-token', 'omit', 'policy', 'probe-url', 'registry', 'report-file',
        'sarif-file', 'scope', 'snyk-json', 'suggestions', 'working-directory',
      ], // biome-ignore format: a list
    );
    assert.deepEqual(outputNames.toSorted(), [
      'blocking', 'comment-url', 'findings', 'new-findings', 'report-file', 'sarif-file', 'verdict',
    ]); // biome-ignore format: a list
  });
});

describe('events', { concurrency: oneByOne }, () => {
  for (const event of ['push', 'workflow_dispatch', 'schedule', 'merge_group']) {
    it(`${event}: judges without asking GitHub for anything`, () =>
      withGithub(async (github, act) => {
        const end = await act({ checkout: faulty, event });
        assertBlocked(end);
        assert.match(end.summary, new RegExp(`octo/shop/blob/${faulty.head}/app\\.js`));
        assert.ok(messages(end, 'error').length > 0);
        assert.deepEqual(
          messages(end, 'warning').filter((text) => /comment/.test(text)),
          [],
        );
        assert.equal(end.outputs.get('comment-url'), '');
        assert.deepEqual(github.requests, []);
      }));
  }

  it('pull_request_target: comments, also where the head is in a fork', () =>
    withGithub(async (github, act) => {
      const end = await act({ checkout: faulty, event: 'pull_request_target', payload: fromFork });
      assertBlocked(end);
      assert.equal(comments(github).length, 1);
    }));

  it('pull_request without a payload: judges, and says why there is no comment', () =>
    withGithub(async (github, act) => {
      const end = await act({ checkout: faulty, payload: () => ({}) });
      assertBlocked(end);
      assert.match(commentWarning(end), /does not say which pull request/);
      assert.deepEqual(github.requests, []);
    }));
});

function fromFork(payload: Parameters<NonNullable<ActionRun['payload']>>[0]) {
  payload.pull_request!.head.repo = { full_name: 'mallory/shop' };
  return payload;
}

describe('when to comment', { concurrency: oneByOne }, () => {
  const table: [mode: string, checkout: () => Checkout, extra: Record<string, string>, comments: boolean][] =
    [
      ['always', () => mended, {}, true],
      ['on-findings', () => mended, {}, false],
      ['on-findings', () => faulty, { 'fail-on': 'never' }, true],
      ['on-failure', () => faulty, { 'fail-on': 'never' }, false],
      ['on-failure', () => faulty, {}, true],
      ['never', () => faulty, {}, false],
    ];
  for (const [mode, checkout, extra, expected] of table) {
    it(`${mode}, ${Object.keys(extra).length > 0 ? 'findings that do not block' : 'as it is'}: ${expected}`, () =>
      withGithub(async (github, act) => {
        const end = await act({ checkout: checkout(), inputs: { ...offline, ...extra, comment: mode } });
        assert.equal(comments(github).length, expected ? 1 : 0, end.log);
        if (mode === 'never') assert.deepEqual(github.requests, []);
      }));
  }

  it('brings a comment up to date that it would not create', () =>
    withGithub(async (github, act) => {
      await act({ checkout: faulty });
      await act({ checkout: mended, inputs: { ...offline, comment: 'on-failure' }, run: 101 });
      assert.match(comments(github)[0]!.body, /passed/);
    }));

  it('keeps several gates apart by their keys', () =>
    withGithub(async (github, act) => {
      for (const [key, checkout] of [
        ['shop', faulty],
        ['api', mended],
      ] as const) {
        await act({ checkout, inputs: { ...offline, comment: 'always', 'comment-key': key } });
      }
      assert.equal(comments(github).length, 2);
      assert.match(comments(github)[0]!.body, /blocked/);
      assert.match(comments(github)[1]!.body, /passed/);
    }));
});

describe('what cannot be published', { concurrency: oneByOne }, () => {
  const table: {
    readonly name: string;
    readonly says: RegExp;
    readonly run?: Partial<ActionRun>;
    readonly surroundings?: Surroundings;
    readonly prepare?: (github: GithubStandIn) => unknown;
    readonly requests?: number;
  }[] = [
    {
      name: 'the permission is missing',
      surroundings: { permissions: { contents: 'read' } },
      says: /`permissions: pull-requests: write`/,
    },
    {
      name: 'a private repository, and no permission at all',
      surroundings: { permissions: {}, private: true },
      says: /`permissions: pull-requests: write`/,
    },
    { name: 'a fork', run: { payload: fromFork }, says: /comes from a fork.*only read/, requests: 0 },
    {
      name: 'a fork of a private repository',
      surroundings: { permissions: { contents: 'read', pull_requests: 'read' }, private: true },
      run: {
        payload: (payload) => ({
          ...fromFork(payload),
          repository: { full_name: repository, private: true },
        }),
      },
      says: /comes from a fork.*only read/,
    },
    {
      name: 'Dependabot',
      surroundings: { permissions: { contents: 'read' } },
      run: { environment: { GITHUB_ACTOR: 'dependabot[bot]' } },
      says: /Dependabot.*`permissions: pull-requests: write`/,
    },
    {
      name: 'no token',
      run: { inputs: { ...offline, 'github-token': '' } },
      says: /github-token is empty/,
      requests: 0,
    },
    {
      name: 'a token that has expired',
      run: { inputs: { ...offline, 'github-token': 'ghs_old' } },
      says: /\(401\)/,
    },
    { name: 'a locked conversation', surroundings: { locked: true }, says: /locked/ },
    {
      name: 'the rate limit is used up',
      prepare: (github) =>
        github.fail('issues/list-comments', {
          status: 403,
          headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1798761600' },
        }),
      says: /rate limit of this token is used up until 2027-01-01 00:00 UTC/,
    },
    {
      name: 'a long secondary rate limit',
      prepare: (github) =>
        github.fail('issues/create-comment', { status: 429, headers: { 'retry-after': '600' } }),
      says: /pause for 600 seconds/,
    },
    {
      name: 'GitHub is down',
      prepare: (github) => github.fail('issues/list-comments', { status: 503 }, Number.POSITIVE_INFINITY),
      says: /GitHub is in trouble \(503\)/,
    },
    {
      name: 'nothing answers',
      prepare: (github) => github.stop(),
      says: /could not be reached/,
    },
  ];
  for (const { name, says, run, surroundings, prepare, requests } of table) {
    it(`is a warning in words, and the verdict stands: ${name}`, () =>
      withGithub(async (github, act) => {
        await prepare?.(github);
        const end = await act({ checkout: faulty, ...run });
        assertBlocked(end);
        assert.match(commentWarning(end), says);
        assert.match(commentWarning(end), /The verdict stands/);
        assert.equal(comments(github).length, 0);
        assert.equal(end.outputs.get('comment-url'), '');
        assert.match(end.summary, /blocked by/);
        if (requests !== undefined) assert.equal(github.requests.length, requests);
      }, surroundings));
  }

  it('is no reason to warn where there was nothing to say', () =>
    withGithub(async (github, act) => {
      for (const run of [{ payload: fromFork }, { inputs: { ...offline, 'github-token': '' } }]) {
        const end = await act({ checkout: mended, ...run });
        assert.equal(end.code, 0, end.log);
        assert.deepEqual(messages(end, 'warning'), []);
      }
      assert.deepEqual(github.requests, []);
    }));

  it('is a summary or a report that cannot be written, too', () =>
    withGithub(async (_github, act) => {
      const end = await act({
        checkout: faulty,
        inputs: { ...offline, 'report-file': 'app.js/report.json', 'sarif-file': 'app.js/gate.sarif' },
        environment: { GITHUB_STEP_SUMMARY: join(faulty.temporary, 'no-such-file') },
      });
      assertBlocked(end);
      assert.equal(end.outputs.get('report-file'), '');
      assert.equal(end.outputs.get('sarif-file'), '');
      const said = messages(end, 'warning');
      assert.ok(said.some((text) => /^The job summary was not written/.test(text)));
      assert.ok(
        said.some((text) =>
          /^The report file app\.js\/report\.json was not written: it cannot be written \(/.test(text),
        ),
      );
      assert.ok(said.some((text) => /^The SARIF file app\.js\/gate\.sarif was not written/.test(text)));
    }));
});

describe('a passing fault of GitHub', { concurrency: oneByOne }, () => {
  it('is outlasted', () =>
    withGithub(async (github, act) => {
      github.fail('issues/list-comments', { status: 502 });
      github.fail('issues/create-comment', { status: 403, headers: { 'retry-after': '1' } });
      const end = await act({ checkout: faulty });
      assertBlocked(end);
      assert.equal(comments(github).length, 1);
      assert.deepEqual(
        messages(end, 'warning').filter((text) => /comment/.test(text)),
        [],
      );
    }));
});

describe('runs that meet', { concurrency: oneByOne }, () => {
  it('leave one comment, the text of the later one in it', () =>
    withGithub(async (github, act) => {
      github.gather('issues/list-comments', 2);
      const ends = await Promise.all([
        act({ checkout: mended, run: 100, inputs: { ...offline, comment: 'always' } }),
        act({ checkout: faulty, run: 101 }),
      ]);
      assert.deepEqual(
        ends.map(({ code }) => code),
        [0, 1],
      );
      assert.equal(comments(github).length, 1);
      assert.match(comments(github)[0]!.body, /blocked/);
    }));

  it('do not put an older text over a newer one', () =>
    withGithub(async (github, act) => {
      await act({ checkout: mended, run: 101, inputs: { ...offline, comment: 'always' } });
      const late = await act({ checkout: faulty, run: 100 });
      assertBlocked(late);
      assert.match(late.log, /The comment shows a newer run/);
      assert.match(comments(github)[0]!.body, /passed/);
    }));

  it("leave a stranger's copy of the mark alone", () =>
    withGithub(async (github, act) => {
      await act({ checkout: faulty, run: 100 });
      const mallory = { id: 5002, login: 'mallory', type: 'User' } as const;
      const copy = comments(github)[0]!.body.replaceAll('100.1', '99999999.1');
      github.addComment(repository, pullNumber, mallory, copy);
      await act({ checkout: mended, run: 101 });
      assert.deepEqual(
        comments(github).map(({ body }) => /express-gate: passed/.test(body)),
        [true, false],
      );
      assert.equal(comments(github)[1]!.body, copy);
    }));
});

describe('GitHub Enterprise Server', () => {
  it('is addressed where the environment says', () =>
    withGithub(
      async (github, act) => {
        const server = { GITHUB_SERVER_URL: 'https://ghes.example.com' };
        assertBlocked(await act({ checkout: faulty, environment: server }));
        assert.match(comments(github)[0]!.body, /https:\/\/ghes\.example\.com\/octo\/shop\/blob\//);
        assert.doesNotMatch(comments(github)[0]!.body, /github\.com\/octo\/shop\/(?:blob|actions)/);
      },
      { basePath: '/api/v3' },
    ));
});

describe('what the action cannot judge', { concurrency: oneByOne }, () => {
  async function incomplete(
    run: Partial<ActionRun>,
    files: Record<string, string>,
    says: RegExp,
  ): Promise<void> {
    const checkout = await makeCheckout(files);
    await withGithub(async (github, act) => {
      const end = await act({ checkout, ...run });
      assert.equal(end.code, 2, end.log);
      assert.equal(end.outputs.get('verdict'), 'incomplete');
      assert.match(messages(end, 'error').join('\n'), says);
      assert.match(end.log, /express-gate: incomplete \(exit code 2\), because it could not judge\. .+\n$/);
      assert.doesNotMatch(end.log, /^\s+at .*:\d+:\d+/m);
      assert.ok(!end.log.includes(checkout.workspace), 'a path of the machine is in the log');
      assert.ok(comments(github).every(({ body }) => /could not judge/.test(body)));
    });
  }

  it('is an input with a wrong word', () =>
    incomplete(
      { inputs: { 'fail-on': 'hihg' } },
      mendedShop,
      /fail-on is "hihg": it takes low, moderate, high, critical or never/,
    ));
  it('is an input that is not built yet', () =>
    incomplete(
      { inputs: { 'probe-url': 'http://127.0.0.1' } },
      mendedShop,
      /probe-url is not available yet/,
    ));
  it('is a directory that is not there', () =>
    incomplete(
      { inputs: { 'working-directory': 'shop' } },
      mendedShop,
      /working-directory is "shop", which is no directory/,
    ));
  it('is a policy that does not hold to its schema', () =>
    incomplete(
      {},
      { ...mendedShop, '.github/express-gate.yml': 'fail-on: hihg\n' },
      /express-gate\.yml:1:\d+: /,
    ));

  it('is a fault of the gate itself, said in one line', async () => {
    const environment = { GITHUB_WORKSPACE: join(mended.temporary, 'no-such-folder') };
    const end = await runAction({ checkout: mended, environment });
    assert.equal(end.code, 2);
    assert.equal(end.outputs.get('verdict'), 'incomplete');
    assert.equal(messages(end, 'error').length, 1);
    assert.match(messages(end, 'error')[0]!, /failed unexpectedly: .*please report it/);
    assert.doesNotMatch(end.log, /^\s+at /m);
    const asked = await runAction({
      checkout: mended,
      environment: { ...environment, EXPRESS_GATE_DEBUG: '1' },
    });
    assert.match(asked.log, /^\s+at /m);
  });

  it('replaces the old text of the comment', () =>
    withGithub(async (github, act) => {
      await act({ checkout: faulty, run: 100 });
      const broken = await makeCheckout({ ...mendedShop, '.github/express-gate.yml': 'fail-no: high\n' });
      const end = await act({ checkout: broken, run: 101 });
      assert.equal(end.code, 2);
      assert.equal(comments(github).length, 1);
      assert.match(comments(github)[0]!.body, /could not judge/);
      assert.match(messages(end, 'error').join(), /express-gate\.yml:1:1: a policy has no key `fail-no`/);
      assert.match(end.summary, /could not judge/);
    }));
});

describe('working-directory', { concurrency: oneByOne }, () => {
  it('is judged alone, and named from the root of the repository', async () => {
    const checkout = await makeCheckout({
      ...inFolder('apps/faulty', faultyShop),
      ...inFolder('apps/mended', mendedShop),
    });
    await withGithub(async (github, act) => {
      const end = await act({ checkout, inputs: { ...offline, 'working-directory': 'apps/faulty' } });
      assertBlocked(end);
      const files = end.commands.flatMap(({ properties }) => properties.get('file') ?? []);
      assert.ok(files.length > 0 && files.every((file) => file.startsWith('apps/faulty/')), files.join());
      assert.match(comments(github)[0]!.body, new RegExp(`/blob/${checkout.head}/apps/faulty/app\\.js#L`));

      const other = await act({
        checkout,
        inputs: { ...offline, 'working-directory': 'apps/mended' },
        run: 101,
      });
      assert.equal(other.code, 0, other.log);
    });
  });

  it('does not move the policy that is named from the workspace', async () => {
    const files = { ...inFolder('apps/faulty', faultyShop), 'gate.yml': 'fail-on: never\n' };
    const inputs = { ...offline, 'working-directory': 'apps/faulty', policy: 'gate.yml' };
    const lenient = await makeCheckout(files, { 'gate.yml': 'fail-on: never\n' });
    await withGithub(async (github, act) => {
      const end = await act({ checkout: lenient, inputs });
      assert.equal(end.code, 0, end.log);
      assert.doesNotMatch(comments(github)[0]!.body, /apps\/faulty\/gate\.yml/);
    });
    const broken = await makeCheckout({ ...files, 'gate.yml': 'fail-on: hihg\n' });
    const end = await runAction({ checkout: broken, inputs: { ...inputs, comment: 'never' } });
    assertBlocked(end);
    assert.match(end.log, /makes the policy invalid.*gate\.yml:1:10: `fail-on` must be/);
  });

  it('cannot be led out of the workspace by a link', async () => {
    const checkout = await makeCheckout(mendedShop);
    await symlink(checkout.temporary, join(checkout.workspace, 'link'), 'junction');
    const end = await runAction({ checkout, inputs: { ...offline, 'working-directory': 'link' } });
    assert.equal(end.code, 2);
    assert.match(messages(end, 'error').join(), /leads out of the workspace/);
  });
});

describe('a hostile repository', () => {
  it('speaks neither to the runner nor to GitHub', async () => {
    const checkout = await makeCheckout(hostileShop());
    await withGithub(async (github, act) => {
      const end = await act({ checkout, inputs: { ...offline, 'report-file': 'report.json' } });
      assertBlocked(end);
      assert.ok(end.commands.length > 0);
      for (const { command, properties } of end.commands) {
        assert.ok(['error', 'warning', 'notice'].includes(command), command);
        assert.match(
          properties.get('title') ?? '',
          /^(?:[a-z-]+ \((?:\d+ findings, the gravest )?(?:low|moderate|high|critical)\)|express-gate)$/,
        );
        assert.notEqual(properties.get('file'), 'README.md');
      }
      assert.deepEqual([...end.outputs.keys()].sort(), outputNames.toSorted());
      assert.doesNotMatch(end.log, /[\u0000-\u0008\u000b-\u001f\u007f\u202e]/);
      for (const text of [comments(github)[0]!.body, end.summary]) {
        const html = renderHtml(text);
        assert.deepEqual(activeText(html), []);
        const tags = new Set(tagsOf(html).map((tag) => /^<\/?(\w+)/.exec(tag)?.[1]));
        for (const tag of ['img', 'h1', 'script', 'input']) assert.ok(!tags.has(tag), tag);
        for (const link of tagsOf(html).filter((tag) => tag.startsWith('<a '))) {
          assert.match(link, /^<a href="https:\/\/github\.com\//);
        }
      }
      assert.ok(existsSync(join(checkout.workspace, 'report.json')));
    });
  });
});
