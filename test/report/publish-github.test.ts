/** Holds the publisher of the pull-request comment to its promises against a stand-in that checks each request by GitHub's own description. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { commentMark, isOurComment } from '../../src/report/pr-comment.ts';
import { type CommentOutcome, type CommentPlace, publishComment } from '../../src/report/publish-github.ts';
import type { Patience } from '../../src/report/publish-requests.ts';
import {
  actionsBot,
  type Fault,
  type GithubComment,
  GithubStandIn,
  type GithubToken,
  type GithubUser,
} from '../stand-ins/github.ts';

const repository = 'octo/shop';
const number = 7;
const jobToken = 'ghs_job';
const personalToken = 'ghp_personal';
const alice: GithubUser = { id: 5001, login: 'alice', type: 'User' };
const mallory: GithubUser = { id: 5002, login: 'mallory', type: 'User' };
const echoBot: GithubUser = { id: 5003, login: 'echo[bot]', type: 'Bot' };
const writes: GithubToken['permissions'] = { pull_requests: 'write' };
const patience: Patience = {
  requestMs: 10_000,
  totalMs: 60_000,
  attempts: 3,
  pauseMs: 2,
  longestWaitMs: 1500,
};
/** For the stand-in that never answers. */
const briefly: Patience = { ...patience, requestMs: 500 };

interface Run {
  readonly token?: string;
  readonly run?: number;
  readonly attempt?: number;
  readonly text?: string;
  readonly key?: string;
  readonly create?: boolean;
  readonly readOnly?: CommentPlace['readOnly'];
}

/** Runs a test with a stand-in of its own; whatever the test did, each request must have been one that GitHub describes. */
async function withGithub(
  test: (github: GithubStandIn) => Promise<void>,
  options: ConstructorParameters<typeof GithubStandIn>[0] & { readonly locked?: boolean } = {},
): Promise<void> {
  const github = await new GithubStandIn(options).start();
  github.addToken(jobToken, { user: actionsBot, permissions: writes });
  github.addToken(personalToken, { user: alice, permissions: writes });
  github.addPull(repository, number, { locked: options.locked ?? false });
  try {
    await test(github);
    assert.deepEqual(github.problems, []);
  } finally {
    await github.stop();
  }
}

function publish(github: GithubStandIn, run: Run = {}, patient = patience): Promise<CommentOutcome> {
  const key = run.key ?? '';
  return publishComment(
    {
      apiUrl: github.url,
      token: run.token ?? jobToken,
      owner: 'octo',
      repository: 'shop',
      pullNumber: number,
      run: { id: run.run ?? 100, attempt: run.attempt ?? 1, commit: 'ab'.repeat(20) },
      readOnly: run.readOnly ?? null,
    },
    { key, body: `${commentMark(key)}\n${run.text ?? 'first text'}\n`, create: run.create ?? true },
    patient,
  );
}

function comments(github: GithubStandIn): readonly GithubComment[] {
  return github.comments(repository, number);
}

function patienceWith(fault: Fault): Patience {
  return fault.cut === 'hang' ? briefly : patience;
}

function unpublished(outcome: CommentOutcome): string {
  assert.equal(outcome.kind, 'unpublished');
  return (outcome as { reason: string }).reason;
}

describe('the comment on a pull request', { concurrency: true }, () => {
  it('is created once, and looked for again', () =>
    withGithub(async (github) => {
      const outcome = await publish(github);
      const [comment] = comments(github);
      assert.deepEqual(outcome, {
        kind: 'created',
        url: `https://github.com/octo/shop/pull/7#issuecomment-${comment!.id}`,
      });
      assert.equal(comments(github).length, 1);
      assert.match(comment!.body, /first text/);
      assert.deepEqual(github.operations(), [
        'issues/list-comments',
        'issues/create-comment',
        'issues/list-comments',
      ]);
    }));

  it('is brought up to date by the next run, in two requests', () =>
    withGithub(async (github) => {
      await publish(github);
      const { id } = comments(github)[0]!;
      github.requests.length = 0;
      assert.equal((await publish(github, { run: 101, text: 'second text' })).kind, 'updated');
      assert.deepEqual(
        comments(github).map((comment) => comment.id),
        [id],
      );
      assert.match(comments(github)[0]!.body, /second text/);
      assert.doesNotMatch(comments(github)[0]!.body, /first text/);
      assert.deepEqual(github.operations(), ['issues/list-comments', 'issues/update-comment']);
    }));

  it('is left alone where it says the same already', () =>
    withGithub(async (github) => {
      await publish(github);
      github.requests.length = 0;
      assert.equal((await publish(github)).kind, 'unchanged');
      assert.deepEqual(github.operations(), ['issues/list-comments']);
    }));

  it('is not created where none is wanted, but kept up to date where it is there', () =>
    withGithub(async (github) => {
      assert.deepEqual(await publish(github, { create: false }), { kind: 'none' });
      assert.deepEqual(github.operations(), ['issues/list-comments']);
      await publish(github);
      assert.equal((await publish(github, { run: 101, text: 'all is well', create: false })).kind, 'updated');
      assert.match(comments(github)[0]!.body, /all is well/);
    }));

  it('is one for each key', () =>
    withGithub(async (github) => {
      await publish(github, { key: 'shop', text: 'about the shop' });
      await publish(github, { key: 'api', text: 'about the api' });
      await publish(github, { key: 'shop', text: 'more about the shop', run: 101 });
      assert.equal(comments(github).length, 2);
      assert.match(comments(github)[0]!.body, /more about the shop/);
      assert.match(comments(github)[1]!.body, /about the api/);
    }));

  it('is found behind more comments than one page holds', () =>
    withGithub(async (github) => {
      for (let index = 0; index < 230; index++)
        github.addComment(repository, number, alice, `remark ${index}`);
      await publish(github);
      assert.equal((await publish(github, { run: 101, text: 'second text' })).kind, 'updated');
      assert.equal(comments(github).length, 231);
    }));

  it('is written to a GitHub Enterprise Server as well', () =>
    withGithub(
      async (github) => {
        assert.equal((await publish(github)).kind, 'created');
        assert.match(github.requests[0]!.path, /^\/api\/v3\/repos\/octo\/shop\//);
      },
      { basePath: '/api/v3' },
    ));
});

describe('whose comment it is', { concurrency: true }, () => {
  const copied = `${commentMark('')}\nmine\n<!-- express-gate-run 999999999.1 ${'cd'.repeat(20)} -->`;

  it("never touches a stranger's comment with a copied mark, and is not held up by it", () =>
    withGithub(async (github) => {
      github.addComment(repository, number, mallory, copied);
      assert.equal((await publish(github)).kind, 'created');
      github.addComment(repository, number, mallory, copied);
      assert.equal((await publish(github, { run: 101, text: 'second text' })).kind, 'updated');
      assert.deepEqual(
        comments(github).map((comment) => comment.user.login),
        ['mallory', 'github-actions[bot]', 'mallory'],
      );
      assert.ok(comments(github).every((comment) => comment.user !== mallory || comment.body === copied));
      assert.ok(
        !github.operations().includes('users/get-authenticated'),
        'GITHUB_TOKEN may not ask who it is',
      );
    }));

  it('asks who a personal token is before it takes a comment for its own', () =>
    withGithub(async (github) => {
      github.addComment(repository, number, mallory, copied);
      github.addComment(repository, number, actionsBot, `${commentMark('')}\nby the job's token`);
      assert.equal((await publish(github, { token: personalToken })).kind, 'created');
      assert.equal(
        (await publish(github, { token: personalToken, run: 101, text: 'second text' })).kind,
        'updated',
      );
      assert.deepEqual(
        comments(github).map((comment) => comment.user.login),
        ['mallory', 'github-actions[bot]', 'alice'],
      );
      assert.equal(comments(github)[0]!.body, copied);
      assert.match(comments(github)[1]!.body, /by the job's token/);
    }));

  it('asks nothing more than it must on a first run', () =>
    withGithub(async (github) => {
      await publish(github, { token: personalToken });
      assert.deepEqual(github.operations(), [
        'issues/list-comments',
        'issues/create-comment',
        'issues/list-comments',
      ]);
    }));

  it("prefers GitHub Actions' own comment to another bot's echo of it", () =>
    withGithub(async (github) => {
      github.addComment(repository, number, echoBot, copied);
      const ours = github.addComment(repository, number, actionsBot, `${commentMark('')}\nold`);
      assert.equal((await publish(github)).kind, 'updated');
      assert.equal(comments(github)[0]!.body, copied);
      assert.match(ours.body, /first text/);
    }));

  it('serves an app of the team as well', () =>
    withGithub(async (github) => {
      github.addToken('ghs_app', { user: echoBot, permissions: { issues: 'write' } });
      await publish(github, { token: 'ghs_app' });
      assert.equal(
        (await publish(github, { token: 'ghs_app', run: 101, text: 'second text' })).kind,
        'updated',
      );
      assert.equal(comments(github).length, 1);
    }));
});

describe('several runs', { concurrency: true }, () => {
  it('keep the text of the later one', () =>
    withGithub(async (github) => {
      await publish(github, { run: 105, text: 'newer' });
      assert.equal((await publish(github, { run: 104, attempt: 2, text: 'older' })).kind, 'superseded');
      assert.match(comments(github)[0]!.body, /newer/);
      assert.equal((await publish(github, { run: 105, attempt: 2, text: 'again' })).kind, 'updated');
      assert.equal((await publish(github, { run: 105, attempt: 1, text: 'newer' })).kind, 'superseded');
      assert.match(comments(github)[0]!.body, /again/);
    }));

  it('that meet leave one comment, whichever is faster', () =>
    withGithub(async (github) => {
      for (const operation of ['issues/list-comments', 'issues/create-comment', 'issues/list-comments']) {
        github.gather(operation, 2);
      }
      const outcomes = await Promise.all([
        publish(github, { run: 101, text: 'newer' }),
        publish(github, { run: 100, text: 'older' }),
      ]);
      assert.equal(comments(github).length, 1);
      assert.match(comments(github)[0]!.body, /newer/);
      const url = `https://github.com/octo/shop/pull/7#issuecomment-${comments(github)[0]!.id}`;
      assert.deepEqual(
        outcomes.map((outcome) => (outcome as { url: string }).url),
        [url, url],
      );
    }));

  it('leave one comment, the newer text in it, however their requests interleave', async () => {
    const delays = fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 12, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(delays, delays, (listing, creating) =>
        withGithub(async (github) => {
          for (const delay of listing) github.fail('issues/list-comments', { delay });
          for (const delay of creating) {
            github.fail('issues/create-comment', { delay });
            github.fail('issues/update-comment', { delay });
            github.fail('issues/delete-comment', { delay });
          }
          await Promise.all([
            publish(github, { run: 100, text: 'older' }),
            publish(github, { run: 101, text: 'newer' }),
          ]);
          assert.equal(comments(github).length, 1);
          assert.match(comments(github)[0]!.body, /newer/);
        }),
      ),
      { numRuns: 30 },
    );
  });

  it('clear away what earlier runs left double', () =>
    withGithub(async (github) => {
      for (const text of ['one', 'two', 'three']) {
        github.addComment(repository, number, actionsBot, `${commentMark('')}\n${text}`);
      }
      const first = comments(github)[0]!.id;
      assert.equal((await publish(github)).kind, 'updated');
      assert.deepEqual(
        comments(github).map((comment) => [comment.id, isOurComment(comment.body, '')]),
        [[first, true]],
      );
    }));
});

const refusals: readonly {
  readonly name: string;
  readonly permissions?: GithubToken['permissions'];
  readonly readOnly?: CommentPlace['readOnly'];
  readonly fault?: [operation: string, fault: Fault];
  readonly token?: string;
  readonly options?: Parameters<typeof withGithub>[1];
  readonly text?: string;
  readonly says: RegExp;
}[] = [
  {
    name: 'a token that only reads',
    permissions: { pull_requests: 'read' },
    says: /`permissions: pull-requests: write`/,
  },
  {
    name: 'a token without any permission',
    permissions: {},
    options: { private: true },
    says: /`permissions: pull-requests: write`/,
  },
  { name: 'a fork', permissions: {}, readOnly: 'fork', says: /comes from a fork.*only read/ },
  {
    name: 'Dependabot',
    permissions: {},
    readOnly: 'dependabot',
    says: /Dependabot.*`permissions: pull-requests: write`/,
  },
  {
    name: 'a locked conversation',
    options: { locked: true },
    says: /conversation of this pull request is locked/,
  },
  { name: 'an unknown token', token: 'ghs_gone', says: /did not accept the token \(401\)/ },
  { name: 'a text that is too long', text: 'x'.repeat(66_000), says: /422: Validation Failed/ },
  {
    name: 'no such pull request',
    fault: ['issues/list-comments', { status: 404 }],
    says: /404.*`permissions: pull-requests: write`/,
  },
  {
    name: 'a conversation that is gone',
    fault: ['issues/list-comments', { status: 410 }],
    says: /gone \(410\)/,
  },
  {
    name: 'the primary rate limit',
    fault: [
      'issues/create-comment',
      { status: 403, headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1798761600' } },
    ],
    says: /rate limit of this token is used up until 2027-01-01 00:00 UTC/,
  },
  {
    name: 'a secondary rate limit that would take too long',
    fault: ['issues/create-comment', { status: 403, headers: { 'retry-after': '3600' } }],
    says: /pause for 3600 seconds \(secondary rate limit\)/,
  },
  {
    name: 'a secondary rate limit without a time',
    fault: [
      'issues/create-comment',
      { status: 403, body: { message: 'You have exceeded a secondary rate limit.', documentation_url: '' } },
    ],
    says: /pause for at least a minute/,
  },
];

describe('a refusal', { concurrency: true }, () => {
  for (const { name, permissions, readOnly, fault, token, options, text, says } of refusals) {
    it(`is said in words and not repeated: ${name}`, () =>
      withGithub(async (github) => {
        if (permissions !== undefined) github.addToken(jobToken, { user: actionsBot, permissions });
        if (fault !== undefined) github.fail(fault[0], fault[1], Number.POSITIVE_INFINITY);
        assert.match(unpublished(await publish(github, { readOnly, token, text })), says);
        assert.equal(comments(github).length, 0);
        assert.equal(github.requests.filter(({ status }) => Number(status) >= 400).length, 1);
      }, options));
  }

  it('keeps the words of the other end to one bounded line', () =>
    withGithub(async (github) => {
      const message = `bad\n::error::forged\u001b[31m\u202e${'long '.repeat(500)}`;
      github.fail('issues/create-comment', { status: 422, body: { message, documentation_url: '' } });
      const reason = unpublished(await publish(github));
      assert.doesNotMatch(reason, /[\p{Cc}\p{Cf}]/u);
      assert.ok(reason.length < 300);
    }));
});

describe('a fault of GitHub', { concurrency: true }, () => {
  const faults: [string, Fault][] = [
    ['500', { status: 500 }],
    ['502', { status: 502 }],
    ['409', { status: 409 }],
    ['a reset', { cut: 'reset' }],
    ['no answer', { cut: 'hang' }],
    ['a slow answer', { delay: 60 }],
    ['429 for a second', { status: 429, headers: { 'retry-after': '1' } }],
    ['a secondary rate limit for a second', { status: 403, headers: { 'retry-after': '1' } }],
  ];
  for (const [name, fault] of faults) {
    for (const operation of ['issues/list-comments', 'issues/update-comment']) {
      it(`is outlasted once: ${name} at ${operation}`, () =>
        withGithub(async (github) => {
          await publish(github);
          github.fail(operation, fault);
          const outcome = await publish(github, { run: 101, text: 'second text' }, patienceWith(fault));
          assert.equal(outcome.kind, 'updated');
          assert.match(comments(github)[0]!.body, /second text/);
        }));
    }
    if (fault.status === 409) continue;
    it(`is outlasted once: ${name} at issues/create-comment`, () =>
      withGithub(async (github) => {
        github.fail('issues/create-comment', fault);
        assert.equal((await publish(github, {}, patienceWith(fault))).kind, 'created');
        assert.equal(comments(github).length, 1);
      }));
  }

  for (const [name, fault] of [
    ['502', { status: 502, applied: true }],
    ['a reset', { cut: 'reset', applied: true }],
    ['no answer', { cut: 'hang', applied: true }],
  ] as const) {
    it(`does not make a second comment where the first was created but ${name} came back`, () =>
      withGithub(async (github) => {
        github.fail('issues/create-comment', fault);
        assert.equal((await publish(github, {}, patienceWith(fault))).kind, 'created');
        assert.equal(comments(github).length, 1);
      }));
  }

  it('that lasts is given up soon, in words', () =>
    withGithub(async (github) => {
      github.fail('issues/list-comments', { status: 503 }, Number.POSITIVE_INFINITY);
      assert.equal(unpublished(await publish(github)), 'GitHub is in trouble (503)');
      assert.equal(github.requests.length, 3);
    }));

  it('that lasts at the creation is given up soon as well', () =>
    withGithub(async (github) => {
      github.fail('issues/create-comment', { status: 500 }, Number.POSITIVE_INFINITY);
      assert.equal(unpublished(await publish(github)), 'GitHub is in trouble (500)');
      assert.ok(github.requests.length <= 8);
    }));

  it('is told apart from a refusal where nothing answers at all', async () => {
    const github = await new GithubStandIn().start();
    await github.stop();
    assert.match(unpublished(await publish(github)), /^GitHub could not be reached \(.*ECONNREFUSED/);
  });

  it('at the removal of a duplicate does not matter', () =>
    withGithub(async (github) => {
      for (const text of ['one', 'two'])
        github.addComment(repository, number, actionsBot, `${commentMark('')}\n${text}`);
      github.fail('issues/delete-comment', { status: 403 });
      assert.equal((await publish(github)).kind, 'updated');
      await publish(github, { run: 101 });
      assert.equal(comments(github).length, 1);
    }));

  it('of a comment deleted in between leads to a new one', () =>
    withGithub(async (github) => {
      await publish(github);
      github.fail('issues/update-comment', { deleted: true });
      assert.equal((await publish(github, { run: 101, text: 'second text' })).kind, 'created');
      assert.equal(comments(github).length, 1);
    }));

  it('that shows a comment but does not let it be changed names the permission', () =>
    withGithub(async (github) => {
      await publish(github);
      github.fail('issues/update-comment', { status: 404 }, Number.POSITIVE_INFINITY);
      assert.match(unpublished(await publish(github, { run: 101 })), /`permissions: pull-requests: write`/);
      assert.ok(github.requests.length <= 12);
    }));
});
