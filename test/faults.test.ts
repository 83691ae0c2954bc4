/** Each request that a run without faults makes of GitHub -> runs in which GitHub fails at it: the verdict stands, and the log says what is missing. */
import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { jobToken, pullNumber, repository } from './action/action-run.ts';
import { removeCheckouts } from './action/checkout.ts';
import {
  type EventName,
  type RunOptions,
  runSurrounded,
  type StateName,
  type SurroundedRun,
} from './action/surroundings.ts';
import type { Fault } from './stand-ins/github.ts';

after(removeCheckouts);

interface Scenario {
  readonly event: EventName;
  readonly state: StateName;
  readonly inputs?: RunOptions['inputs'];
}

/** Together they make every request that the action knows. All of them are blocked, whatever is known of the base. */
const scenarios: readonly Scenario[] = [
  { event: 'pull_request from a branch', state: 'new finding' },
  { event: 'pull_request, the second push', state: 'new finding' },
  { event: 'pull_request, its head checked out', state: 'new finding' },
  { event: 'merge_group', state: 'new finding, base by the API' },
  { event: 'push', state: 'many new findings' },
  { event: 'pull_request from a branch', state: 'new finding', inputs: { suggestions: 'true' } },
];

const always = Number.POSITIVE_INFINITY;

/** Longer pauses than a job should wait for, so that the request is given up. */
const faults: readonly { readonly name: string; readonly fault: Fault; readonly passing?: boolean }[] = [
  { name: '401', fault: { status: 401 } },
  { name: '403', fault: { status: 403 } },
  {
    name: '403, the primary rate limit',
    fault: { status: 403, headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1798761600' } },
  },
  {
    name: '403, a secondary rate limit',
    fault: {
      status: 403,
      headers: { 'retry-after': '600' },
      body: { message: 'You have exceeded a secondary rate limit.' },
    },
  },
  { name: '404', fault: { status: 404 } },
  { name: '409', fault: { status: 409 } },
  { name: '422', fault: { status: 422 } },
  { name: '500', fault: { status: 500 } },
  { name: '500, although it took effect', fault: { status: 500, applied: true } },
  { name: 'a reset', fault: { cut: 'reset' } },
  { name: 'a slow answer', fault: { delay: 1500 }, passing: true },
];

const run = ({ event, state, inputs = {} }: Scenario, prepare?: RunOptions['prepare']) =>
  runSurrounded(event, 'checks: write', state, { inputs, ...(prepare === undefined ? {} : { prepare }) });

/** Each request by its operation and how many of that operation went before it; what an earlier scenario has is left out. */
async function requestsOf(): Promise<
  { readonly scenario: Scenario; readonly operation: string; readonly before: number }[]
> {
  const ends = await Promise.all(scenarios.map((scenario) => run(scenario)));
  const seen = new Set<string>();
  return ends.flatMap(({ end, github }, index) => {
    assert.equal(end.code, 1, end.log);
    const operations = github.operations();
    return operations.flatMap((operation, place) => {
      const before = operations.slice(0, place).filter((one) => one === operation).length;
      // After a comment is created it is looked for again: that is another request than the first look. Files are alike.
      if (operation === 'git/get-blob' && before > 0) return [];
      const key = `${operation} ${before}`;
      if (seen.has(key)) return [];
      seen.add(key);
      return [{ scenario: scenarios[index]!, operation, before }];
    });
  });
}

const requests = await requestsOf();

describe('GitHub fails', { concurrency: 6 }, () => {
  for (const request of requests) {
    const { scenario, operation, before } = request;
    for (const each of faults) {
      const { name, fault, passing = false } = each;
      it(`at ${operation}, number ${before + 1}: ${name}`, async () => {
        const ended = await run(scenario, (github) =>
          github.fail(operation, fault, passing ? 1 : always, before),
        );
        const { end, github } = ended;
        assert.deepEqual(github.problems, []);
        assert.ok(github.operations().includes(operation));
        assert.equal(end.code, 1, end.log);
        assert.equal(end.outputs.get('verdict'), 'fail');
        assert.match(end.summary, /blocked by \d+ finding/);
        assert.match(
          end.log,
          /express-gate: fail \(exit code 1\), because \d+ findings? reach(?:es)? the threshold/,
        );
        assert.doesNotMatch(end.log, /failed unexpectedly|^\s+at /m);
        assert.ok(!end.log.includes(jobToken), 'the token is in the log');
        assertSaid(ended, request, each);
      });
    }
  }

  it('at every request that there is', () => {
    const operations = new Set(requests.map(({ operation }) => operation));
    for (const operation of ['issues/list-comments', 'issues/create-comment', 'issues/update-comment'])
      assert.ok(operations.has(operation), operation);
    for (const operation of ['git/get-tree', 'git/get-blob', 'repos/compare-commits-with-basehead'])
      assert.ok(operations.has(operation), operation);
    for (const operation of ['checks/create', 'checks/update', 'pulls/create-review'])
      assert.ok(operations.has(operation), operation);
  });
});

/** What a run should have published is there, with the text of this run, or the log says that it is not; the base likewise. */
function assertSaid(
  { end, github, eventName, runId }: SurroundedRun,
  { operation, scenario }: (typeof requests)[number],
  { fault, passing = false }: (typeof faults)[number],
): void {
  const isSaid = (words: RegExp) =>
    end.commands.filter(({ command, data }) => command === 'warning' && words.test(data)).length;
  if (operation.startsWith('git/')) {
    assert.equal(/^base is degraded in \.: .* could not be (?:had|read) /m.test(end.log), !passing, end.log);
  }
  if (operation.startsWith('checks/')) {
    // Without a check run its annotations are in the log, and how many have no place there.
    const marked = end.commands.some(({ properties }) => properties.has('line'));
    const isWhole = github.checkRuns.some(({ annotations }) => annotations.length > 50);
    const isTold = isSaid(/no annotation in the check run/) === 1;
    assert.ok(marked || isWhole || isTold, end.log);
    if (marked) assert.match(end.log, /^\d+ places have no annotation, because GitHub shows only 10/m);
    if (passing) assert.deepEqual([isWhole, isTold, marked], [true, false, false], end.log);
  }
  // A request that took effect may be told as one that did not: GitHub said so, each time.
  const isTold = (times: number, isThere: boolean) =>
    assert.ok(times === (isThere ? 0 : 1) || (fault.applied === true && isThere && times === 1), end.log);
  if (!eventName.startsWith('pull_request')) return;
  const mark = new RegExp(`<!-- express-gate-run ${runId}\\.1 `);
  const shown = github.comments(repository, pullNumber).filter(({ body }) => mark.test(body));
  assert.ok(shown.length <= 1);
  isTold(isSaid(/^The comment on the pull request was not written/), shown.length === 1);
  if (passing) assert.equal(shown.length, 1);
  if (scenario.inputs?.suggestions !== 'true') return;
  const reviews = github.reviews(repository, pullNumber).length;
  assert.ok(reviews <= 1);
  isTold(isSaid(/^The suggestions were not published/), reviews === 1);
  if (passing) assert.equal(reviews, 1);
}
