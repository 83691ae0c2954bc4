/** Suggestions and check runs, end to end: dist/index.js runs as GitHub runs it, and GitHub's stand-in refuses what GitHub would. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { after, before, describe, it } from 'node:test';
import {
  type ActionEnd,
  type ActionRun,
  jobToken,
  pullNumber,
  repository,
  runAction,
} from './action/action-run.ts';
import { type Checkout, type Files, makeCheckout, removeCheckouts } from './action/checkout.ts';
import { mendedShop, faultyShop as vulnerableShop } from './action/shops.ts';
import { renderHtml } from './report/github-markdown.ts';
import { actionsBot, GithubStandIn, type GithubToken } from './stand-ins/github.ts';
import { pullFilesOf } from './stand-ins/github-pulls.ts';

const writes: GithubToken['permissions'] = { pull_requests: 'write' };
const inputs = { audit: 'off', suggestions: 'true' };
const oneByOne = 2;
const cookie = "cookie: { secure: false, httpOnly: true, sameSite: 'lax', maxAge: 3600000 }";

/** Blocks by its cookie alone. */
const faultyShop: Files = { ...mendedShop, 'app.js': vulnerableShop['app.js']! };

/** Three cookies, far from one another. */
function shop(...cookies: readonly [string, string, string]): Files {
  const apps = cookies.map((each, index) =>
    faultyShop['app.js']!.replace(/cookie: \{.*\}/, each)
      .replaceAll(/\bapp\b/g, `app${index}`)
      .replaceAll(/\b(express|helmet|session|RedisStore)\b(?!['-])/g, (name) => `${name}${index}`)
      .replaceAll(`{ RedisStore${index} }`, `{ RedisStore: RedisStore${index} }`),
  );
  return { ...faultyShop, 'app.js': apps.join('') };
}

let checkout: Checkout;
let crowded: Checkout;

before(async () => {
  [checkout, crowded] = await Promise.all([
    makeCheckout(faultyShop, mendedShop),
    makeCheckout(manyFaults(34), mendedShop),
  ]);
});
after(removeCheckouts);

/** So many files with a cookie that blocks and one that warns. */
function manyFaults(number: number): Files {
  return {
    ...mendedShop,
    ...Object.fromEntries(
      Array.from({ length: number }, (_, index) => [`shop-${index}.js`, faultyShop['app.js']!]),
    ),
  };
}

function diffOf({ origin, base, head }: Checkout): string {
  return execFileSync('git', ['diff', '--no-color', '--no-ext-diff', `${base}...${head}`], {
    cwd: origin,
    encoding: 'utf8',
  });
}

interface World {
  readonly permissions?: GithubToken['permissions'];
  readonly private?: boolean;
  /** What GitHub says is in the diff, where that is not what git says. */
  readonly files?: ReturnType<typeof pullFilesOf>;
}

async function withGithub(
  at: Checkout,
  test: (github: GithubStandIn, act: (run?: Partial<ActionRun>) => Promise<ActionEnd>) => Promise<void>,
  { permissions = writes, files = pullFilesOf(diffOf(at)), ...options }: World = {},
): Promise<void> {
  const github = await new GithubStandIn(options).start();
  github.addToken(jobToken, { user: actionsBot, permissions });
  github.addPull(repository, pullNumber, { head: at.head, files });
  try {
    await test(github, (run = {}) => runAction({ checkout: at, inputs, ...run, api: github.url }));
    assert.deepEqual(github.problems, []);
  } finally {
    await github.stop();
  }
}

/** The gate's own, which are about no line. */
function warnings({ commands }: ActionEnd): string[] {
  return commands
    .filter(({ command, properties }) => command === 'warning' && !properties.has('line'))
    .map(({ data }) => data);
}

function ofAnnotations(end: ActionEnd): ActionEnd['commands'] {
  return end.commands.filter(({ properties }) => properties.has('line'));
}

/** The file as it is after all suggestions are committed. */
function committed(github: GithubStandIn, text: string): string {
  const lines = text.split('\n');
  const comments = github.reviewComments(repository, pullNumber).filter(({ path }) => path === 'app.js');
  for (const { body, line, startLine } of comments.toSorted((a, b) => b.line - a.line)) {
    const content = /^(`{3,})suggestion\n([\s\S]*?)\n?\1$/m.exec(body)![2]!;
    lines.splice((startLine ?? line) - 1, line - (startLine ?? line) + 1, ...content.split('\n'));
  }
  return lines.join('\n');
}

describe('suggestions', { concurrency: oneByOne }, () => {
  it('come in one review after the comment, once, and end what they are about', () =>
    withGithub(checkout, async (github, act) => {
      const end = await act();
      assert.equal(end.code, 1, end.log);
      assert.deepEqual(warnings(end), []);
      const operations = github.operations();
      assert.deepEqual(operations.slice(operations.indexOf('pulls/list-files')), [
        'pulls/list-files',
        'pulls/list-review-comments',
        'pulls/create-review',
        'pulls/list-review-comments',
      ]);
      assert.equal(github.comments(repository, pullNumber).length, 1);
      const [review] = github.reviews(repository, pullNumber);
      assert.equal(review?.commit, checkout.head);
      assert.equal(review?.event, 'COMMENT');
      const [comment] = github.reviewComments(repository, pullNumber);
      assert.match(comment!.body, /session-cookie-not-secure/);
      assert.match(renderHtml(comment!.body), /<pre><code class="language-suggestion">.*secure: true/s);
      assert.match(
        end.log,
        /Suggestions published: 1 in https:\/\/github\.com\/octo\/shop\/pull\/7#pullrequestreview-\d+/,
      );

      const mended = await makeCheckout(
        { ...faultyShop, 'app.js': committed(github, faultyShop['app.js']!) },
        mendedShop,
      );
      github.push(repository, pullNumber, mended.head, pullFilesOf(diffOf(mended)));
      const next = await act({ checkout: mended, run: 101 });
      assert.equal(next.code, 0, next.log);
      assert.equal(github.reviews(repository, pullNumber).length, 1);
    }));

  it('are not repeated by the next run, whatever was done with them', () =>
    withGithub(checkout, async (github, act) => {
      await act();
      const [comment] = github.reviewComments(repository, pullNumber);
      comment!.body += '\nResolved, and outdated.';
      for (let index = 0; index < 150; index++) {
        const mallory = { id: 5002, login: 'mallory', type: 'User' } as const;
        github
          .reviewComments(repository, pullNumber)
          .unshift(github.addReviewComment(repository, pullNumber, mallory, `remark ${index}`));
        github.reviewComments(repository, pullNumber).pop();
      }
      const asked = github.requests.length;
      const end = await act({ run: 101 });
      assert.equal(end.code, 1);
      assert.equal(github.reviews(repository, pullNumber).length, 1);
      assert.equal(
        github
          .operations()
          .slice(asked)
          .filter((name) => name === 'pulls/list-review-comments').length,
        2,
      );
    }));

  it("are made in spite of a stranger's copy of the mark", () =>
    withGithub(checkout, async (github, act) => {
      await act();
      const { body } = github.reviewComments(repository, pullNumber)[0]!;
      github.reviewComments(repository, pullNumber).length = 0;
      github.addReviewComment(repository, pullNumber, { id: 5002, login: 'mallory', type: 'User' }, body);
      await act({ run: 101 });
      assert.equal(github.reviews(repository, pullNumber).length, 2);
    }));

  it('are there once where two runs meet', () =>
    withGithub(checkout, async (github, act) => {
      github.gather('pulls/create-review', 2);
      const ends = await Promise.all([act({ run: 100 }), act({ run: 101 })]);
      assert.deepEqual(
        ends.map(({ code }) => code),
        [1, 1],
      );
      assert.equal(github.reviews(repository, pullNumber).length, 2);
      assert.equal(github.reviewComments(repository, pullNumber).length, 1);
    }));

  it('keep CRLF and name files from the root of the repository', async () => {
    const windows = Object.entries(faultyShop).map(([name, text]) => [
      `apps/shop/${name}`,
      name === 'app.js' ? text.replaceAll('\n', '\r\n') : text,
    ]);
    const folder = await makeCheckout(Object.fromEntries(windows));
    await withGithub(folder, async (github, act) => {
      const end = await act({ inputs: { ...inputs, 'working-directory': 'apps/shop' } });
      assert.equal(end.code, 1, end.log);
      const [comment] = github.reviewComments(repository, pullNumber);
      assert.equal(comment?.path, 'apps/shop/app.js');
      assert.match(comment!.body, /```suggestion\n {4}cookie: \{ secure: true,[^\n]*\},\r\n```\n$/);
    });
  });

  it('are made on pull_request_target for a fork too', () =>
    withGithub(checkout, async (github, act) => {
      await act({ event: 'pull_request_target', payload: fromFork });
      assert.equal(github.reviews(repository, pullNumber).length, 1);
    }));

  it('of several gates are kept apart by their keys', () =>
    withGithub(checkout, async (github, act) => {
      await act({ inputs: { ...inputs, 'comment-key': 'a' } });
      await act({ inputs: { ...inputs, 'comment-key': 'b' } });
      await act({ inputs: { ...inputs, 'comment-key': 'a' }, run: 101 });
      assert.equal(github.reviews(repository, pullNumber).length, 2);
    }));

  it('are none where nobody asks for them, or nothing is in the diff, and then nothing is asked either', async () => {
    await withGithub(checkout, async (github, act) => {
      await act({ inputs: { audit: 'off' } });
      assert.ok(github.operations().every((name) => name.startsWith('issues/')));
    });
    await withGithub(
      checkout,
      async (github, act) => {
        const end = await act();
        assert.deepEqual(warnings(end), []);
        assert.equal(github.operations().at(-1), 'pulls/list-files');
      },
      { files: [{ filename: 'README.md', patch: '@@ -1 +1 @@\n-a\n+b' }, { filename: 'app.js' }] },
    );
  });

  it('are none for what the base has as well', async () => {
    const old = await makeCheckout(
      { ...faultyShop, 'app.js': `// A shop.\n${faultyShop['app.js']}` },
      faultyShop,
    );
    await withGithub(old, async (github, act) => {
      const end = await act();
      assert.equal(end.code, 0, end.log);
      assert.deepEqual(
        github.operations().filter((name) => name.startsWith('pulls/')),
        [],
      );
    });
  });

  it('that GitHub does not take do not keep the others back', async () => {
    const three = await makeCheckout(
      shop(cookie, cookie, cookie),
      shop('cookie: {}', 'cookie: {}', 'cookie: {}'),
    );
    await withGithub(three, async (github, act) => {
      const files = pullFilesOf(diffOf(three));
      const [first] = files.filter(({ filename }) => filename === 'app.js');
      const hunks = first!.patch!.split(/^(?=@@)/m);
      assert.equal(hunks.length, 3, 'one hunk a cookie');
      github.fail('pulls/create-review', {
        status: 422,
        body: {
          message: 'Unprocessable Entity',
          errors: ['Pull request review thread line must be part of the diff'],
          documentation_url: 'https://docs.github.com/rest',
          status: '422',
        },
      });
      github.fail('pulls/create-review', { status: 422 });
      const end = await act();
      assert.equal(end.code, 1);
      // All three and the first two are refused; the third is taken, then each of the two by itself.
      assert.equal(github.operations().filter((name) => name === 'pulls/create-review').length, 5);
      assert.equal(github.reviewComments(repository, pullNumber).length, 3);
    });
  });

  it('are a warning where GitHub takes none', () =>
    withGithub(checkout, async (github, act) => {
      github.fail('pulls/create-review', { status: 422 }, Number.POSITIVE_INFINITY);
      const end = await act();
      assert.equal(end.code, 1);
      assert.match(
        warnings(end).join('\n'),
        /^The suggestions were not published: GitHub did not take the text \(422: Injected\)/m,
      );
      assert.equal(github.operations().filter((name) => name === 'pulls/create-review').length, 1);
    }));

  it('are not sent twice where only the answer was lost', () =>
    withGithub(checkout, async (github, act) => {
      github.fail('pulls/create-review', { status: 502, applied: true });
      github.fail('pulls/list-files', { status: 502 });
      const end = await act();
      assert.equal(end.code, 1);
      assert.deepEqual(warnings(end), []);
      assert.equal(github.reviews(repository, pullNumber).length, 1);
    }));

  const refusals: [string, Partial<ActionRun>, World, RegExp, number][] = [
    ['a fork', { payload: fromFork }, {}, /comes from a fork/, 0],
    ['no token', { inputs: { ...inputs, 'github-token': '' } }, {}, /github-token is empty/, 0],
    [
      'a token that only reads',
      {},
      { permissions: { pull_requests: 'read' } },
      /`permissions: pull-requests: write`/,
      5,
    ],
  ];
  for (const [name, run, world, says, requests] of refusals) {
    it(`are a warning in words where they cannot be published: ${name}`, () =>
      withGithub(
        checkout,
        async (github, act) => {
          const end = await act(run);
          assert.equal(end.code, 1, end.log);
          const said = warnings(end).filter((text) =>
            /^The suggestions were not published: |; nor were suggestions\. /.test(text),
          );
          assert.equal(said.length, 1, end.log);
          assert.match(said[0]!, says);
          assert.match(said[0]!, /The verdict stands/);
          assert.equal(github.requests.length, requests, github.operations().join());
        },
        world,
      ));
  }
});

function fromFork(payload: Parameters<NonNullable<ActionRun['payload']>>[0]) {
  payload.pull_request!.head.repo = { full_name: 'mallory/shop' };
  return payload;
}

describe('the check run', { concurrency: oneByOne }, () => {
  const granted = { permissions: { pull_requests: 'write', checks: 'write' } } as const;

  it('has every annotation where the log has no room for them, and the log then has none', () =>
    withGithub(
      crowded,
      async (github, act) => {
        const end = await act({ inputs: { audit: 'off' } });
        assert.equal(end.code, 1, end.log);
        const [run] = github.checkRuns;
        assert.equal(github.checkRuns.length, 1);
        assert.equal(run!.name, 'express-gate findings');
        assert.equal(run!.commit, crowded.head);
        assert.equal(run!.conclusion, 'failure');
        assert.match(run!.title, /blocked by 34 findings/);
        assert.match(run!.summary, /session-cookie-not-secure/);
        assert.equal(run!.annotations.length, 34);
        assert.ok(run!.annotations.every(({ annotation_level: level }) => level === 'failure'));
        assert.deepEqual(ofAnnotations(end), []);
        assert.doesNotMatch(
          end.log + end.summary + github.comments(repository, pullNumber)[0]!.body,
          /no annotation/,
        );
        assert.match(
          end.log,
          /The annotations are in a check run: https:\/\/github\.com\/octo\/shop\/runs\/\d+/,
        );
      },
      granted,
    ));

  it('is sent in parts of 50, and what is missing is counted', async () => {
    const many = await makeCheckout(manyFaults(120), mendedShop);
    await withGithub(
      many,
      async (github, act) => {
        await act({ inputs: { audit: 'off', 'comment-key': 'shop' } });
        assert.deepEqual(
          github.operations().filter((name) => name.startsWith('checks/')),
          ['checks/create', 'checks/update', 'checks/update'],
        );
        assert.equal(github.checkRuns[0]!.name, 'express-gate findings (shop)');
        assert.equal(new Set(github.checkRuns[0]!.annotations.map(({ path }) => path)).size, 120);

        github.fail('checks/update', { status: 500 });
        const end = await act({ inputs: { audit: 'off' }, run: 101 });
        assert.equal(end.code, 1);
        assert.match(
          warnings(end).join('\n'),
          /70 places have no annotation in the check run: GitHub is in trouble \(500\)/,
        );
        assert.deepEqual(ofAnnotations(end), []);
      },
      granted,
    );
  });

  it('is not missed where the token may not write one', () =>
    withGithub(crowded, async (github, act) => {
      const end = await act({ inputs: { audit: 'off' } });
      assert.equal(end.code, 1);
      assert.equal(github.operations()[0], 'checks/create');
      assert.deepEqual(github.checkRuns, []);
      assert.equal(ofAnnotations(end).length, 10);
      assert.match(end.log, /24 places have no annotation, because GitHub shows only 10 of each level\./);
      assert.deepEqual(warnings(end), []);
    }));

  it('that GitHub does not take is a warning, and the log has its annotations', () =>
    withGithub(
      crowded,
      async (github, act) => {
        github.fail('checks/create', { status: 422 });
        const end = await act({ inputs: { audit: 'off' } });
        assert.equal(end.code, 1);
        assert.match(
          warnings(end).join('\n'),
          /^The check run was not written: GitHub did not take the text \(422/m,
        );
        assert.equal(ofAnnotations(end).length, 10);
      },
      granted,
    ));

  it('is none where the log has room, annotations are off, or the token can only read', async () => {
    for (const [at, run] of [
      [checkout, {}],
      [crowded, { inputs: { audit: 'off', annotations: 'false' } }],
      [crowded, { payload: fromFork }],
    ] as const) {
      await withGithub(
        at,
        async (github, act) => {
          await act({ inputs: { audit: 'off' }, ...run });
          assert.deepEqual(
            github.operations().filter((name) => name.startsWith('checks/')),
            [],
          );
        },
        granted,
      );
    }
  });

  it('of an earlier attempt is followed by that of a repeated run', () =>
    withGithub(
      checkout,
      async (github, act) => {
        await act({ environment: { GITHUB_RUN_ATTEMPT: '2' }, inputs: { audit: 'off', 'fail-on': 'never' } });
        assert.equal(github.checkRuns[0]?.conclusion, 'success');
      },
      granted,
    ));

  it('is of the pushed commit on a push', () =>
    withGithub(
      crowded,
      async (github, act) => {
        await act({ event: 'push', inputs: { audit: 'off' } });
        assert.equal(github.checkRuns[0]?.commit, crowded.head);
        assert.equal(github.comments(repository, pullNumber).length, 0);
      },
      granted,
    ));
});
