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
