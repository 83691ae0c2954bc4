/** Shows that the stand-in for GitHub refuses what GitHub would, so that tests against it mean something. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { actionsBot, GithubStandIn } from './github.ts';

const comments = '/repos/octo/shop/issues/7/comments';

interface Attempt {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Record<string, string | undefined>;
  readonly body?: unknown;
}

/** Sends one request, right but for what the attempt changes; gives the answer's status and what the stand-in complained of. */
async function attempt({ method = 'POST', path = comments, headers = {}, ...rest }: Attempt) {
  const github = await new GithubStandIn().start();
  github.addToken('ghs_job', { user: actionsBot, permissions: { issues: 'write' } });
  github.addToken('ghs_reader', { user: actionsBot, permissions: { issues: 'read' } });
  github.addPull('octo/shop', 7);
  const body = 'body' in rest ? rest.body : { body: 'words' };
  const sent = {
    accept: 'application/vnd.github+json',
    authorization: 'token ghs_job',
    'user-agent': 'test',
    'content-type': 'application/json',
    ...headers,
  };
  const given = Object.entries(sent).filter((entry): entry is [string, string] => entry[1] !== undefined);
  try {
    const response = await fetch(github.url + path, {
      method,
      headers: Object.fromEntries(given),
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    await response.arrayBuffer();
    return { status: response.status, problems: github.problems.join('; ') };
  } finally {
    await github.stop();
  }
}

describe("GitHub's stand-in", { concurrency: true }, () => {
  it('accepts what is right', async () => {
    assert.deepEqual(await attempt({}), { status: 201, problems: '' });
    assert.deepEqual(
      await attempt({ method: 'GET', body: undefined, path: `${comments}?per_page=100&page=2` }),
      {
        status: 200,
        problems: '',
      },
    );
  });

  const wrong: [string, Attempt, RegExp][] = [
    ['an address that GitHub has not', { path: '/repos/octo/shop/pulls/7/remarks' }, /no operation POST/],
    ['a method that the address has not', { method: 'PUT' }, /no operation PUT/],
    [
      'an issue number that is none',
      { path: '/repos/octo/shop/issues/seven/comments' },
      /issue_number.*integer/,
    ],
    [
      'an unknown query parameter',
      { method: 'GET', body: undefined, path: `${comments}?perpage=9` },
      /unknown query.*perpage/,
    ],
    [
      'a page that is too large',
      { method: 'GET', body: undefined, path: `${comments}?per_page=101` },
      /per_page 101/,
    ],
    ['a body of another type', { body: { body: 7 } }, /body\/body: must be string/],
    ['a body without its text', { body: {} }, /must have required property 'body'/],
    ['no body', { body: undefined, headers: { 'content-type': undefined } }, /body is missing/],
    [
      'a property that GitHub does not know',
      { body: { body: 'words', text: 'words' } },
      /unknown property text/,
    ],
    [
      'a body that is said to be text',
      { headers: { 'content-type': 'text/plain' } },
      /content-type text\/plain/,
    ],
    ['another media type', { headers: { accept: 'text/html' } }, /accept: text\/html/],
    ['no authorization', { headers: { authorization: undefined } }, /authorization is missing/],
  ];
  for (const [name, request, complaint] of wrong) {
    it(`complains of ${name}`, async () => assert.match((await attempt(request)).problems, complaint));
  }

  it("enforces the token's permissions, which is no fault of the request's form", async () => {
    const reader = { authorization: 'token ghs_reader' };
    assert.deepEqual(await attempt({ headers: reader }), { status: 403, problems: '' });
    assert.deepEqual(await attempt({ method: 'GET', body: undefined, headers: reader }), {
      status: 200,
      problems: '',
    });
    assert.deepEqual(await attempt({ headers: { authorization: 'token ghs_other' } }), {
      status: 401,
      problems: '',
    });
    assert.deepEqual(await attempt({ method: 'GET', path: '/user', body: undefined }), {
      status: 403,
      problems: '',
    });
  });
});

const reviews = '/repos/octo/shop/pulls/7/reviews';
const checks = '/repos/octo/shop/check-runs';
/** Two hunks: lines 2 to 4, and 20. */
const patch = '@@ -2,2 +2,3 @@\n a\n+b\n c\n@@ -19 +20 @@\n-x\n+y';

async function ask(path: string, body: unknown, permissions: Record<string, 'read' | 'write'>) {
  const github = await new GithubStandIn().start();
  github.addToken('ghs_job', { user: actionsBot, permissions });
  github.addPull('octo/shop', 7, { head: 'ab'.repeat(20), files: [{ filename: 'app.js', patch }] });
  try {
    const response = await fetch(github.url + path, {
      method: 'POST',
      headers: {
        accept: 'application/vnd.github+json',
        authorization: 'token ghs_job',
        'user-agent': 'test',
        'content-type': 'application/json',
      },
      body: JSON.stringify(body),
    });
    const { errors = [] } = (await response.json()) as { errors?: string[] };
    return { status: response.status, errors, problems: github.problems.join('; '), github };
  } finally {
    await github.stop();
  }
}

describe('reviews', { concurrency: true }, () => {
  const pulls = { pull_requests: 'write' } as const;
  const draft = (...comments: object[]) => ({
    event: 'COMMENT',
    body: 'words',
    commit_id: 'ab'.repeat(20),
    comments: comments.map((comment) => ({ path: 'app.js', side: 'RIGHT', body: 'words', ...comment })),
  });

  it('are taken with comments on lines of one hunk of the new text', async () => {
    const { status, problems, github } = await ask(
      reviews,
      draft({ line: 2 }, { line: 4, start_line: 2 }, { line: 20 }),
      pulls,
    );
    assert.deepEqual([status, problems], [200, '']);
    assert.equal(github.reviewComments('octo/shop', 7).length, 3);
  });

  const wrong: [string, object, RegExp][] = [
    ['a line outside of the diff', { line: 5 }, /line must be part of the diff/],
    ['another file', { line: 2, path: 'other.js' }, /line must be part of the diff/],
    ['no line', {}, /line must be part of the diff/],
    ['a start on the same line', { line: 3, start_line: 3 }, /start line must precede the end line/],
    ['a start in another hunk', { line: 20, start_line: 3 }, /same hunk/],
  ];
  for (const [name, comment, says] of wrong) {
    it(`are refused as a whole for ${name}`, async () => {
      const { status, errors, problems, github } = await ask(reviews, draft({ line: 2 }, comment), pulls);
      assert.deepEqual([status, problems], [422, '']);
      assert.match(errors.join('; '), says);
      assert.deepEqual(github.reviewComments('octo/shop', 7), []);
    });
  }

  it('are refused without text, of another commit, and to a token that only reads', async () => {
    assert.equal((await ask(reviews, { ...draft({ line: 2 }), body: '' }, pulls)).status, 422);
    assert.equal(
      (await ask(reviews, { ...draft({ line: 2 }), commit_id: 'cd'.repeat(20) }, pulls)).status,
      422,
    );
    assert.equal((await ask(reviews, draft({ line: 2 }), { pull_requests: 'read' })).status, 403);
    assert.match((await ask(reviews, draft({ line: '2' }), pulls)).problems, /must be integer/);
  });
});

describe('check runs', { concurrency: true }, () => {
  const mark = { path: 'a.js', start_line: 1, end_line: 1, annotation_level: 'notice', message: 'words' };
  const run = (annotations: readonly object[]) => ({
    name: 'gate',
    head_sha: 'ab'.repeat(20),
    status: 'completed',
    conclusion: 'success',
    output: { title: 'words', summary: 'words', annotations },
  });
  const granted = { checks: 'write' } as const;

  it('are written with 50 annotations at most, by a token that may', async () => {
    const { status, problems, github } = await ask(checks, run(Array(50).fill(mark)), granted);
    assert.deepEqual([status, problems], [201, '']);
    assert.equal(github.checkRuns[0]?.annotations.length, 50);
    assert.match((await ask(checks, run(Array(51).fill(mark)), granted)).problems, /50 items/);
    assert.equal((await ask(checks, run([mark]), { pull_requests: 'write' })).status, 403);
  });

  it('are refused with columns of several lines', async () => {
    const wide = { ...mark, end_line: 2, start_column: 1, end_column: 2 };
    assert.equal((await ask(checks, run([wide]), granted)).status, 422);
  });
});
