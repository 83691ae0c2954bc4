/** The policy's say: what counts, how grave it is, and what blocks. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyPolicy, judge, threshold } from '../../src/evaluate/judge.ts';
import type { Status } from '../../src/model/finding.ts';
import type { FailOn } from '../../src/model/severity.ts';
import { advisoryFinding, finding, policy, request, waiver } from './detections.ts';

test('the command line goes before the policy, the policy before the defaults', () => {
  const stated = policy({ failOn: 'low', scope: 'all' });
  const asked = { ...request, failOn: 'critical', scope: 'new' } as const;
  assert.deepEqual(threshold(asked, stated, true), { failOn: 'critical', scope: 'new' });
  assert.deepEqual(threshold(request, stated, true), { failOn: 'low', scope: 'all' });
  assert.deepEqual(threshold(request, policy(), true), { failOn: 'high', scope: 'new' });
  assert.deepEqual(threshold(request, policy(), false), { failOn: 'high', scope: 'all' });
});

test('rules that are off and excluded files drop out, undecided questions too', () => {
  const question = {
    ruleId: 'session-cookie-not-secure',
    location: finding().location,
    reason: 'depends on the environment variable X',
    project: '.',
  };
  const detected = { findings: [finding(), advisoryFinding()], undecided: [question] };
  const off = applyPolicy(policy({ rules: new Map([['session-cookie-not-secure', 'off']]) }), detected);
  assert.deepEqual(off.findings, [advisoryFinding()]);
  assert.deepEqual(off.undecided, []);
  const excluded = applyPolicy(policy({ exclude: ['src'] }), detected);
  assert.deepEqual(excluded.findings, [advisoryFinding()]);
  assert.deepEqual(excluded.undecided, []);
  assert.deepEqual(applyPolicy(policy(), detected), detected);
});

test('a severity in the policy replaces the rule’s and the advisory’s', () => {
  const rules = new Map([['dependency-vulnerable', 'low'] as const]);
  const { findings } = applyPolicy(policy({ rules }), { findings: [advisoryFinding()], undecided: [] });
  assert.deepEqual(
    findings.map(({ severity }) => severity),
    ['low'],
  );
});

function outcome(status: Status, limit: { failOn?: FailOn; scope?: 'new' | 'all' } = {}): string {
  return judge(finding(), status, null, policy(), { failOn: 'high', scope: 'new', ...limit }).outcome;
}

test('what reaches the threshold and is in scope blocks', () => {
  assert.equal(outcome('new'), 'block');
  assert.equal(outcome('new', { failOn: 'critical' }), 'warn');
  assert.equal(outcome('new', { failOn: 'never' }), 'warn');
  assert.equal(outcome('unchanged'), 'warn');
  assert.equal(outcome('unchanged', { scope: 'all' }), 'block');
  assert.equal(outcome('unknown'), 'block');
});

test('a waived finding does not block and carries reason and expiry', () => {
  const judged = judge(finding(), 'new', waiver(), policy(), { failOn: 'low', scope: 'all' });
  assert.equal(judged.outcome, 'waived');
  assert.deepEqual(judged.waiver, { reason: 'accepted', expires: '2027-06-30' });
});

test('a development-only advisory blocks only where the policy sets a severity for its rule', () => {
  const limit = { failOn: 'high', scope: 'all' } as const;
  const dev = advisoryFinding({ dev: true });
  assert.equal(judge(dev, 'new', null, policy(), limit).outcome, 'warn');
  const rules = new Map([['dependency-vulnerable', 'high'] as const]);
  assert.equal(judge(dev, 'new', null, policy({ rules }), limit).outcome, 'block');
  assert.equal(judge(advisoryFinding(), 'new', null, policy(), limit).outcome, 'block');
});
