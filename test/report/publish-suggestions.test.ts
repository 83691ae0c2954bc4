/** Holds the publishers of suggestions and of check runs to their promises whatever GitHub answers, each fault at each request. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { JudgedFinding } from '../../src/model/finding.ts';
import type { CheckRun } from '../../src/report/check-run.ts';
import { publishCheckRun } from '../../src/report/publish-check-run.ts';
import type { Patience } from '../../src/report/publish-requests.ts';
import { publishSuggestions } from '../../src/report/publish-suggestions.ts';
import type { ReportInput } from '../../src/report/report-input.ts';
import { actionsBot, type Fault, GithubStandIn } from '../stand-ins/github.ts';
import { sampleReport } from './verdict-fixtures.ts';

const repository = 'octo/shop';
const number = 7;
const head = 'ab'.repeat(20);
const patience: Patience = {
  requestMs: 10_000,
  totalMs: 60_000,
  attempts: 3,
  pauseMs: 2,
  longestWaitMs: 1500,
};
const lines = 40;
const text = Array.from({ length: lines }, (_, index) => `line ${index + 1}\n`).join('');
const patch = `@@ -0,0 +1,${lines} @@\n${text
  .trimEnd()
  .split('\n')
  .map((line) => `+${line}`)
  .join('\n')}`;

/** A report with a certain correction on each of the first `count` lines. */
function report(count: number): ReportInput {
  const { verdict, version } = sampleReport(1);
  const findings = Array.from({ length: count }, (_, index): JudgedFinding => {
    const start = { line: index + 1, column: 1 };
    const edits = [{ file: 'app.js', start, end: start, text: '// ' }];
    return {
      ...verdict.findings[0]!,
      status: 'new',
      outcome: 'warn',
      fingerprint: `f${index}`,
      fix: { description: 'Write it right.', edits },
    };
  });
  return {
    verdict: { ...verdict, findings },
    files: new Map([['app.js', { path: 'app.js', text }]]),
    version,
  };
}

async function withGithub(test: (github: GithubStandIn) => Promise<void>): Promise<void> {
  const github = await new GithubStandIn().start();
  const permissions = { pull_requests: 'write', checks: 'write' } as const;
  github.addToken('ghs_job', { user: actionsBot, permissions });
  github.addPull(repository, number, { head, files: [{ filename: 'app.js', patch }] });
  try {
    await test(github);
    assert.deepEqual(github.problems, []);
  } finally {
    await github.stop();
  }
}

function place(github: GithubStandIn) {
  return {
    apiUrl: github.url,
    token: 'ghs_job',
    owner: 'octo',
    repository: 'shop',
    pullNumber: number,
    commit: head,
    readOnly: null,
  };
}

function suggest(github: GithubStandIn, count = 3, patient = patience) {
  return publishSuggestions(place(github), report(count), { commentKey: '', pathPrefix: '' }, patient);
}

const run: CheckRun = {
  name: 'gate',
  conclusion: 'failure',
  title: 'words',
  summary: 'words',
  annotations: Array.from({ length: 120 }, (_, index) => ({
    path: 'app.js',
    start_line: index + 1,
    end_line: index + 1,
    annotation_level: 'failure',
    title: 'words',
    message: 'words',
  })),
  leftOut: 0,
};

const faults: [string, Fault, RegExp][] = [
  ['401', { status: 401 }, /did not accept the token \(401\)/],
  ['403', { status: 403 }, /the token may not write to (?:pull requests|check runs) \(403/],
  [
    'the primary rate limit',
    { status: 403, headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1798761600' } },
    /rate limit of this token is used up/,
  ],
  ['the secondary rate limit', { status: 403, headers: { 'retry-after': '600' } }, /pause for 600 seconds/],
  ['404', { status: 404 }, /no such (?:pull request|check run) \(404\)/],
  ['409', { status: 409 }, /answered 409/],
  ['422', { status: 422 }, /did not take the text \(422/],
  ['500', { status: 500 }, /in trouble \(500\)/],
  ['a reset', { cut: 'reset' }, /could not be reached/],
  ['no answer', { cut: 'hang' }, /could not be reached/],
];

function patienceWith(fault: Fault): Patience {
  return fault.cut === 'hang' ? { ...patience, requestMs: 300 } : patience;
}

describe('suggestions', { concurrency: true }, () => {
  for (const operation of ['pulls/list-files', 'pulls/list-review-comments', 'pulls/create-review']) {
    for (const [name, fault, says] of faults) {
      it(`are unpublished, in words, where ${operation} always meets ${name}`, () =>
        withGithub(async (github) => {
          github.fail(operation, fault, Number.POSITIVE_INFINITY);
          const outcome = await suggest(github, 1, patienceWith(fault));
          assert.equal(outcome.kind, 'unpublished');
          assert.match((outcome as { reason: string }).reason, says);
          assert.deepEqual(github.reviews(repository, number), []);
        }));
    }
  }

  it('are published all the same where only the look afterwards fails', () =>
    withGithub(async (github) => {
      github.fail('pulls/list-review-comments', { delay: 0 });
      github.fail('pulls/list-review-comments', { status: 403 }, Number.POSITIVE_INFINITY);
      const outcome = await suggest(github);
      assert.equal(outcome.kind, 'published');
    }));

  it('are none where the pull request has another head by now', () =>
    withGithub(async (github) => {
      github.push(repository, number, 'cd'.repeat(20), [{ filename: 'app.js', patch }]);
      assert.deepEqual(await suggest(github), { kind: 'none' });
      assert.deepEqual(github.operations(), ['pulls/list-files']);
    }));

  it('of more than 20 findings come in portions', () =>
    withGithub(async (github) => {
      const first = await suggest(github, 30);
      assert.deepEqual(
        { ...first, url: '' },
        { kind: 'published', url: '', comments: 20, refused: 0, later: 10 },
      );
      const second = await suggest(github, 30);
      assert.deepEqual(
        { ...second, url: '' },
        { kind: 'published', url: '', comments: 10, refused: 0, later: 0 },
      );
      assert.deepEqual(await suggest(github, 30), { kind: 'none' });
      const all = github.reviewComments(repository, number).map(({ line }) => line);
      assert.equal(new Set(all).size, 30);
    }));

  it('that GitHub refuses by one are sent again in halves, and counted', () =>
    withGithub(async (github) => {
      // The diff is another one by now than the one that was listed: line 3 is no more in it.
      const cut = patch.split('\n').slice(1);
      const listed = { status: 200, body: [{ ...entry, patch }] };
      github.fail('pulls/list-files', listed);
      github.push(repository, number, head, [
        {
          filename: 'app.js',
          patch: `@@ -0,0 +1,2 @@\n${cut.slice(0, 2).join('\n')}\n@@ -1,0 +4,37 @@\n${cut.slice(3).join('\n')}`,
        },
      ]);
      const outcome = await suggest(github, 5);
      assert.deepEqual(
        { ...outcome, url: '' },
        { kind: 'published', url: '', comments: 4, refused: 1, later: 0 },
      );
      assert.ok(github.operations().filter((name) => name === 'pulls/create-review').length <= 12);
    }));
});

const entry = {
  sha: 'ab'.repeat(20),
  filename: 'app.js',
  status: 'added',
  additions: lines,
  deletions: 0,
  changes: lines,
  blob_url: 'https://github.com/octo/shop/blob/x/app.js',
  raw_url: 'https://github.com/octo/shop/raw/x/app.js',
  contents_url: 'https://api.github.com/repos/octo/shop/contents/app.js',
};

describe('a check run', { concurrency: true }, () => {
  for (const [name, fault, says] of faults) {
    it(`is unpublished where its creation always meets ${name}`, () =>
      withGithub(async (github) => {
        github.fail('checks/create', fault, Number.POSITIVE_INFINITY);
        const outcome = await publishCheckRun(place(github), run, patienceWith(fault));
        if (name === '403' || name === '404') assert.deepEqual(outcome, { kind: 'forbidden' });
        else assert.match((outcome as { reason: string }).reason, says);
        assert.deepEqual(github.checkRuns, []);
      }));

    it(`says what is missing where its second update meets ${name}`, () =>
      withGithub(async (github) => {
        github.fail('checks/update', { delay: 0 });
        github.fail('checks/update', fault, Number.POSITIVE_INFINITY);
        const outcome = await publishCheckRun(place(github), run, patienceWith(fault));
        assert.equal(outcome.kind, 'published');
        const { annotations, reason } = outcome as { annotations: number; reason: string };
        assert.equal(annotations, 100);
        assert.match(reason, says);
        assert.equal(github.checkRuns[0]?.annotations.length, 100);
      }));
  }

  it('has every annotation once, in their order', () =>
    withGithub(async (github) => {
      const outcome = await publishCheckRun(place(github), run, patience);
      assert.equal((outcome as { annotations: number }).annotations, 120);
      assert.deepEqual(
        github.checkRuns[0]?.annotations.map(({ start_line: line }) => line),
        run.annotations.map(({ start_line: line }) => line),
      );
      assert.equal(github.checkRuns[0]?.conclusion, 'failure');
    }));
});
