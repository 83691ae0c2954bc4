/** Events, permissions and states of a repository, each row one run of dist/index.js: its verdict, and exactly what it asks of GitHub. */
import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { pullNumber, repository } from './action/action-run.ts';
import { removeCheckouts } from './action/checkout.ts';
import {
  closeRegistry,
  type EventName,
  events,
  runSurrounded,
  type StateName,
  type SurroundedRun,
  states,
  type TokenName,
} from './action/surroundings.ts';

after(async () => {
  await closeRegistry();
  await removeCheckouts();
});

type VerdictWord = 'pass' | 'fail' | 'incomplete';
type Row = readonly [EventName, TokenName, StateName, VerdictWord, readonly string[]];

const exitCodes = { pass: 0, fail: 1, incomplete: 2 };

const fetched = 'git fetch';
/** Git has let in neither the checkout's credentials nor the token. */
const shut = 'git fetch 401';
const byApi = [shut, shut, 'git/get-tree', 'git/get-blob'];
const compared = 'repos/compare-commits-with-basehead';
/** A check run, where the log has no room for all annotations or an earlier attempt may have made one. */
const marked = ['checks/create', 'checks/update'];
const unmarked = 'checks/create 403';
const looked = 'issues/list-comments';
const unseen = 'issues/list-comments 403';
/** The second look is for another run that may have created one at the same moment. */
const commented = [looked, 'issues/create-comment', looked];
const rewritten = [looked, 'issues/update-comment'];
/** What a token may do cannot be asked: only the answer to the first writing request tells, and then no other is sent. */
const refused = [looked, 'issues/create-comment 403'];

// biome-ignore format: a table
const table: readonly Row[] = [
  ['pull_request from a branch', 'pull-requests: write', 'clean', 'pass', [fetched, looked]],
  ['pull_request from a branch', 'pull-requests: write', 'new finding', 'fail', [fetched, ...commented]],
  ['pull_request from a branch', 'pull-requests: write', 'old finding', 'pass', [fetched, looked]],
  ['pull_request from a branch', 'pull-requests: write', 'fixed finding', 'pass', [fetched, looked]],
  ['pull_request from a branch', 'pull-requests: write', 'policy edited', 'fail', [fetched, ...commented]],
  ['pull_request from a branch', 'pull-requests: write', 'no lockfile', 'pass', [fetched, looked]],
  ['pull_request from a branch', 'pull-requests: write', 'registry down, equal lockfiles', 'pass', [fetched, looked]],
  ['pull_request from a branch', 'pull-requests: write', 'registry down, changed lockfile', 'incomplete', [fetched, ...commented]],
  ['pull_request from a branch', 'pull-requests: write', 'base not reachable', 'fail', [shut, shut, 'git/get-tree 404', ...commented]],
  ['pull_request from a branch', 'pull-requests: write', 'base by the API', 'pass', [...byApi, looked]],
  ['pull_request from a branch', 'pull-requests: write', 'new finding, base by the API', 'fail', [...byApi, 'git/get-blob', 'git/get-blob', ...commented]],
  ['pull_request from a branch', 'pull-requests: write', 'new finding in apps/shop', 'fail', [fetched, ...commented]],
  ['pull_request from a branch', 'none', 'clean', 'pass', [fetched, looked]],
  ['pull_request from a branch', 'none', 'new finding', 'fail', [fetched, ...refused]],
  ['pull_request from a branch', 'none', 'old finding', 'pass', [fetched, looked]],
  ['pull_request from a branch', 'none', 'base not reachable', 'fail', [shut, shut, 'git/get-tree 404', unseen]],
  ['pull_request from a branch', 'contents: read', 'clean', 'pass', [fetched, looked]],
  ['pull_request from a branch', 'contents: read', 'new finding', 'fail', [fetched, ...refused]],
  ['pull_request from a branch', 'contents: read', 'fixed finding', 'pass', [fetched, looked]],
  ['pull_request from a branch', 'contents: read', 'base by the API', 'pass', [...byApi, unseen]],
  ['pull_request from a branch', 'checks: write', 'clean', 'pass', [fetched, looked]],
  ['pull_request from a branch', 'checks: write', 'new finding', 'fail', [fetched, ...commented]],
  ['pull_request from a branch', 'checks: write', 'old finding', 'pass', [fetched, looked]],
  ['pull_request from a branch', 'empty', 'clean', 'pass', [fetched]],
  ['pull_request from a branch', 'empty', 'new finding', 'fail', [fetched]],
  ['pull_request from a branch', 'empty', 'base not reachable', 'fail', [shut]],
  ['pull_request from a branch', 'empty', 'base by the API', 'fail', [shut]],
  ['pull_request of a private repository', 'pull-requests: write', 'new finding', 'fail', [shut, fetched, ...commented]],
  ['pull_request of a private repository', 'pull-requests: write', 'old finding', 'pass', [shut, fetched, looked]],
  ['pull_request of a private repository', 'contents: read', 'clean', 'pass', [shut, fetched, unseen]],
  ['pull_request of a private repository', 'contents: read', 'new finding', 'fail', [shut, fetched, unseen]],
  ['pull_request of a private repository', 'none', 'old finding', 'pass', [shut, fetched, unseen]],
  ['pull_request from a fork', 'read-only', 'clean', 'pass', [fetched]],
  ['pull_request from a fork', 'read-only', 'new finding', 'fail', [fetched]],
  ['pull_request from a fork', 'read-only', 'old finding', 'pass', [fetched]],
  ['pull_request from a fork', 'read-only', 'fixed finding', 'pass', [fetched]],
  ['pull_request from a fork', 'read-only', 'policy edited', 'fail', [fetched]],
  ['pull_request from a fork', 'read-only', 'no lockfile', 'pass', [fetched]],
  ['pull_request from a fork', 'read-only', 'registry down, changed lockfile', 'incomplete', [fetched]],
  ['pull_request from a fork that is gone', 'read-only', 'new finding', 'fail', [fetched]],
  ['pull_request from a fork', 'empty', 'new finding', 'fail', [fetched]],
  ['pull_request from a fork of a private repository', 'read-only', 'new finding', 'fail', [shut, fetched, ...refused]],
  ['pull_request from a fork of a private repository', 'read-only', 'old finding', 'pass', [shut, fetched, looked]],
  ['pull_request from a fork of a private repository', 'pull-requests: write', 'new finding', 'fail', [shut, fetched, ...commented]],
  ['pull_request of Dependabot', 'read-only', 'clean', 'pass', [fetched, looked]],
  ['pull_request of Dependabot', 'read-only', 'new finding', 'fail', [fetched, ...refused]],
  ['pull_request of Dependabot', 'read-only', 'registry down, changed lockfile', 'incomplete', [fetched, ...refused]],
  ['pull_request of Dependabot', 'pull-requests: write', 'new finding', 'fail', [fetched, ...commented]],
  ['pull_request of Dependabot', 'pull-requests: write', 'fixed finding', 'pass', [fetched, looked]],
  ['pull_request, a draft', 'pull-requests: write', 'new finding', 'fail', [fetched, ...commented]],
  ['pull_request, its base edited', 'pull-requests: write', 'new finding', 'fail', [fetched, ...commented]],
  ['pull_request, its base edited', 'pull-requests: write', 'old finding', 'pass', [fetched, looked]],
  ['pull_request, its merge commit stale', 'pull-requests: write', 'clean', 'incomplete', [...commented]],
  ['pull_request, its merge commit stale', 'pull-requests: write', 'new finding', 'fail', [...commented]],
  ['pull_request, its merge commit stale', 'read-only', 'clean', 'incomplete', [...refused]],
  ['pull_request, its head checked out', 'pull-requests: write', 'new finding', 'fail', [fetched, compared, ...commented]],
  ['pull_request, its head checked out', 'pull-requests: write', 'old finding', 'pass', [fetched, compared, looked]],
  ['pull_request, its head checked out', 'none', 'old finding', 'pass', [fetched, compared, looked]],
  ['pull_request, its head checked out', 'empty', 'old finding', 'pass', [fetched]],
  ['pull_request, the second push', 'pull-requests: write', 'new finding', 'fail', [...rewritten]],
  ['pull_request, the second push', 'pull-requests: write', 'policy edited', 'fail', [...rewritten]],
  ['pull_request, the second push', 'read-only', 'new finding', 'fail', [...refused]],
  ['pull_request, attempt 2', 'pull-requests: write', 'new finding', 'fail', [unmarked, ...rewritten]],
  ['pull_request, attempt 2', 'checks: write', 'new finding', 'fail', ['checks/create', ...rewritten]],
  ['pull_request, attempt 2', 'pull-requests: write', 'clean', 'pass', [unmarked, looked]],
  ['pull_request from a branch', 'pull-requests: write', 'many new findings', 'fail', [fetched, unmarked, ...commented]],
  ['pull_request from a branch', 'checks: write', 'many new findings', 'fail', [fetched, ...marked, ...commented]],
  ['pull_request from a branch', 'empty', 'many new findings', 'fail', [fetched]],
  ['pull_request from a fork', 'read-only', 'many new findings', 'fail', [fetched]],
  ['push', 'checks: write', 'many new findings', 'fail', [fetched, ...marked]],
  ['push', 'contents: read', 'many new findings', 'fail', [fetched, unmarked]],
  ['pull_request of GitHub Enterprise Server', 'pull-requests: write', 'new finding', 'fail', [fetched, ...commented]],
  ['pull_request of GitHub Enterprise Server', 'pull-requests: write', 'old finding', 'pass', [fetched, looked]],
  ['pull_request of GitHub Enterprise Server', 'pull-requests: write', 'base by the API', 'pass', [...byApi, looked]],
  ['pull_request of GitHub Enterprise Server', 'contents: read', 'new finding', 'fail', [fetched, ...refused]],
  ['pull_request, checked out into a folder', 'pull-requests: write', 'new finding', 'fail', [fetched, ...commented]],
  ['pull_request, checked out into a folder', 'pull-requests: write', 'new finding in apps/shop', 'fail', [fetched, ...commented]],
  ['pull_request, checked out into a folder', 'pull-requests: write', 'old finding', 'pass', [fetched, looked]],
  ['pull_request of act', 'pull-requests: write', 'clean', 'pass', []],
  ['pull_request of act', 'pull-requests: write', 'new finding', 'fail', []],
  ['pull_request of act', 'pull-requests: write', 'old finding', 'fail', []],
  ['pull_request of act', 'empty', 'new finding', 'fail', []],
  ['pull_request_target, the merge checked out', 'pull-requests: write', 'clean', 'pass', [fetched, looked]],
  ['pull_request_target, the merge checked out', 'pull-requests: write', 'new finding', 'fail', [fetched, ...commented]],
  ['pull_request_target, the merge checked out', 'pull-requests: write', 'policy edited', 'fail', [fetched, ...commented]],
  ['pull_request_target, the merge checked out', 'contents: read', 'new finding', 'fail', [fetched, ...refused]],
  ['pull_request_target', 'pull-requests: write', 'new finding', 'incomplete', [...commented]],
  ['merge_group', 'contents: read', 'clean', 'pass', [fetched]],
  ['merge_group', 'contents: read', 'new finding', 'fail', [fetched]],
  ['merge_group', 'contents: read', 'old finding', 'pass', [fetched]],
  ['merge_group', 'contents: read', 'policy edited', 'fail', [fetched]],
  ['merge_group', 'contents: read', 'registry down, equal lockfiles', 'pass', [fetched]],
  ['merge_group', 'contents: read', 'registry down, changed lockfile', 'incomplete', [fetched]],
  ['merge_group', 'contents: read', 'base by the API', 'pass', [...byApi]],
  ['merge_group', 'contents: read', 'new finding in apps/shop', 'fail', [fetched]],
  ['merge_group', 'none', 'new finding', 'fail', [fetched]],
  ['merge_group', 'none', 'base not reachable', 'fail', [shut, shut, 'git/get-tree 404']],
  ['merge_group', 'empty', 'old finding', 'pass', [fetched]],
  ['merge_group without a payload', 'contents: read', 'clean', 'pass', []],
  ['merge_group without a payload', 'contents: read', 'old finding', 'fail', []],
  ['push', 'contents: read', 'clean', 'pass', [fetched]],
  ['push', 'contents: read', 'new finding', 'fail', [fetched]],
  ['push', 'contents: read', 'old finding', 'pass', [fetched]],
  ['push', 'contents: read', 'fixed finding', 'pass', [fetched]],
  ['push', 'contents: read', 'policy edited', 'pass', [fetched]],
  ['push', 'contents: read', 'no lockfile', 'pass', [fetched]],
  ['push', 'contents: read', 'base by the API', 'pass', [...byApi]],
  ['push', 'pull-requests: write', 'new finding', 'fail', [fetched]],
  ['push', 'none', 'base not reachable', 'fail', [shut, shut, 'git/get-tree 404']],
  ['push, the first of a branch', 'contents: read', 'clean', 'pass', []],
  ['push, the first of a branch', 'contents: read', 'old finding', 'fail', []],
  ['push by force, what stood before is gone', 'contents: read', 'clean', 'pass', [fetched, fetched, 'git/get-tree 404']],
  ['push by force, what stood before is gone', 'contents: read', 'old finding', 'fail', [fetched, fetched, 'git/get-tree 404']],
  ['push by force, what stood before is gone', 'empty', 'old finding', 'fail', [fetched]],
  ['schedule', 'contents: read', 'clean', 'pass', []],
  ['schedule', 'contents: read', 'new finding', 'fail', []],
  ['schedule', 'contents: read', 'policy edited', 'pass', []],
  ['schedule', 'none', 'new finding', 'fail', []],
  ['workflow_dispatch', 'contents: read', 'new finding', 'fail', []],
  ['workflow_dispatch', 'empty', 'clean', 'pass', []],
];

describe('events, permissions and states', { concurrency: 4 }, () => {
  for (const [event, token, state, verdict, requests] of table) {
    it(`${event}; permissions: ${token}; ${state}: ${verdict}`, async () => {
      const run = await runSurrounded(event, token, state);
      const { end, github } = run;
      assert.deepEqual(github.problems, []);
      assert.equal(end.outputs.get('verdict'), verdict, end.log);
      assert.equal(end.code, exitCodes[verdict], end.log);
      assert.deepEqual(run.requests, requests, end.log);
      assertPublished(run, verdict, requests);
      assertNamedFromTheRoot(run, state);
    });
  }

  it('with a token that can only read: one warning, of suggestions too', async () => {
    const { end, requests } = await runSurrounded('pull_request from a fork', 'read-only', 'new finding', {
      inputs: { suggestions: 'true' },
    });
    assert.deepEqual(requests, [fetched]);
    const warnings = end.commands.filter(
      ({ command, properties }) => command === 'warning' && !properties.has('line'),
    );
    assert.equal(warnings.length, 1, end.log);
    assert.match(
      warnings[0]!.data,
      /^The comment on the pull request was not written: .* only read; nor were suggestions\./,
    );
  });

  it('are combined in many ways', () => {
    const combinations = new Set(table.map(([event, token, state]) => [event, token, state].join()));
    assert.equal(combinations.size, table.length);
    assert.ok(combinations.size >= 60);
    assert.deepEqual([...new Set(table.map(([event]) => event))].sort(), Object.keys(events).sort());
    assert.deepEqual([...new Set(table.map(([, , state]) => state))].sort(), Object.keys(states).sort());
  });

  it('never ask what is known to be refused, and nothing twice that was refused', () => {
    for (const [event, token, , , requests] of table) {
      const asked = requests.filter((request) => !request.startsWith('git fetch'));
      if (token === 'empty') assert.deepEqual(asked, []);
      if (/fork$|fork that is gone$/.test(event)) assert.deepEqual(asked.filter(isAboutComments), []);
      const refusal = asked.findIndex((request) => / 40[13]$/.test(request) && isAboutComments(request));
      if (refusal >= 0) assert.deepEqual(asked.slice(refusal + 1).filter(isAboutComments), []);
    }
  });
});

function isAboutComments(request: string): boolean {
  return request.startsWith('issues/');
}

/** The summary, the annotations and the exit code carry everything; the comment is there, or one warning says that it is not. */
function assertPublished(
  { end, github, serverUrl, eventName }: SurroundedRun,
  verdict: VerdictWord,
  requests: readonly string[],
): void {
  const headline = { pass: /passed/, fail: /blocked by \d+ finding/, incomplete: /could not judge/ }[verdict];
  assert.match(end.summary, headline);
  const errors = end.commands.filter(({ command }) => command === 'error');
  const isInCheckRun = github.checkRuns.some(({ conclusion }) => conclusion === 'failure');
  assert.equal(errors.length > 0 || isInCheckRun, verdict !== 'pass', end.log);
  const comments = github.comments(repository, pullNumber);
  const isWritten = requests.some((request) => /^issues\/(?:create|update)-comment$/.test(request));
  assert.equal(comments.length, isWritten ? 1 : 0);
  for (const { body } of comments) {
    assert.match(body, headline);
    if (verdict === 'fail') assert.ok(body.includes(`${serverUrl}/${repository}/blob/`));
  }
  const url = comments.map(({ id }) => `https://github.com/octo/shop/pull/7#issuecomment-${id}`).join();
  assert.equal(end.outputs.get('comment-url'), url);
  const warnings = end.commands.filter(
    ({ command, data }) =>
      command === 'warning' && /^The comment on the pull request was not written: /.test(data),
  );
  const isWanted = verdict !== 'pass' || requests.includes(unseen);
  const isPullRequest = eventName.startsWith('pull_request');
  assert.equal(warnings.length, isPullRequest && isWanted && !isWritten ? 1 : 0, end.log);
}

function assertNamedFromTheRoot({ end, github }: SurroundedRun, state: StateName): void {
  if (state !== 'new finding in apps/shop') return;
  const files = end.commands.flatMap(({ properties }) => properties.get('file') ?? []);
  assert.ok(files.length > 0 && files.every((file) => file.startsWith('apps/shop/')), files.join());
  for (const { body } of github.comments(repository, pullNumber))
    assert.match(body, /\/apps\/shop\/app\.js#L/);
}
