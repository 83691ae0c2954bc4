/** What a policy extends, as it is judged: whatever a team writes, the gate is no laxer than the organisation's policy has it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { inherit } from '../../src/collect/policy-inheritance.ts';
import type { PolicyLayer } from '../../src/collect/policy-text.ts';
import { parsePolicyLayer } from '../../src/collect/policy-text.ts';
import { evaluate } from '../../src/evaluate/evaluate.ts';
import { overridableKeys, type Policy } from '../../src/model/policy.ts';
import type { Verdict } from '../../src/model/verdict.ts';
import { advisoryFinding, anyInput, anyPolicy, detection, finding, request, snapshot } from './detections.ts';

const source = 'acme/policies:gate.yml@v1';
const layer = (text: string): PolicyLayer => parsePolicyLayer(text, '.express-gate.yml');
const above = (text: string): Policy => parsePolicyLayer(text, source).policy;
const merge = (own: string, theirs: string) => inherit(layer(own), above(theirs), source);

/** As a file would have it: the keys are those on which it says something. */
function asLayer(policy: Policy): PolicyLayer {
  const keys = overridableKeys.filter((key) => {
    const value = { ...policy, 'fail-on': policy.failOn, 'waivers-from': policy.waiversFrom }[key];
    return value instanceof Map || Array.isArray(value)
      ? [...value].length > 0
      : value !== null && value !== undefined;
  });
  return { policy, keys: new Set(keys), extendsPlace: { line: 1, column: 1 } };
}

test('a team cannot make the gate laxer, whatever it writes', () => {
  fc.assert(
    fc.property(anyInput, anyPolicy, (input, own) => {
      const organisation: Policy = { ...input.policy, file: source };
      const { policy } = inherit(asLayer(own), organisation, source);
      assertNoLaxer(evaluate({ ...input, policy: organisation }), evaluate({ ...input, policy }));
    }),
    { numRuns: 400 },
  );
});

test('nor through a policy between them', () => {
  fc.assert(
    fc.property(
      anyInput,
      anyPolicy,
      anyPolicy,
      fc.subarray([...overridableKeys]),
      (input, middle, own, overridable) => {
        const organisation: Policy = { ...input.policy, file: source };
        const between = inherit(asLayer({ ...middle, overridable }), organisation, source).policy;
        const { policy } = inherit(asLayer(own), between, 'middle.yml');
        assertNoLaxer(evaluate({ ...input, policy: organisation }), evaluate({ ...input, policy }));
      },
    ),
    { numRuns: 300 },
  );
});

/** What blocks by the first also blocks by the second, and what keeps the first from judging also keeps the second. */
function assertNoLaxer(first: Verdict, second: Verdict): void {
  const blocking = (verdict: Verdict) =>
    new Set(
      verdict.findings
        .filter(({ outcome }) => outcome === 'block')
        .map(({ ruleId, fingerprint, project, location }) =>
          JSON.stringify([ruleId, fingerprint, project, location]),
        ),
    );
  assert.ok(second.counts.blocking >= first.counts.blocking);
  // Of equal findings, which the base has fewer of, another may be the new one once their severities are others.
  if (!first.compared) {
    const kept = blocking(second);
    for (const each of blocking(first)) assert.ok(kept.has(each), each);
  }
  assert.ok(first.incompleteBecause.length === 0 || second.incompleteBecause.length > 0);
  const weight = { pass: 0, incomplete: 1, fail: 2 };
  assert.ok(weight[second.verdict] >= weight[first.verdict]);
}

test('the stricter wins, key by key', () => {
  const { policy, ignored } = merge(
    `fail-on: low
scope: all
rules: {helmet-missing: critical, x-powered-by-enabled: moderate, csp-unsafe: high}
environment: {PORT: '80', HTTPS: 'on'}
require: [code]
`,
    `rules: {helmet-missing: low, csp-unsafe: off}
exclude: [legacy]
environment: {HTTPS: 'on'}
require: [npm-audit]
waivers: [{rule: csp-unsafe, reason: r, expires: 2030-01-01}]
`,
  );
  assert.equal(policy.failOn, 'low');
  assert.equal(policy.scope, 'all');
  assert.deepEqual(
    [...policy.rules],
    [
      ['helmet-missing', 'critical'],
      ['csp-unsafe', 'high'],
    ],
  );
  assert.deepEqual([...policy.atLeast!], [['x-powered-by-enabled', 'moderate']]);
  assert.deepEqual(policy.exclude, ['legacy']);
  assert.deepEqual(policy.require, ['npm-audit', 'code']);
  assert.deepEqual(
    policy.waivers.map(({ file, line }) => [file, line]),
    [[source, 5]],
  );
  assert.deepEqual(Object.fromEntries(policy.environment), { PORT: '80', HTTPS: 'on' });
  assert.deepEqual(ignored, []);
});

const lax = `fail-on: never
scope: new
rules: {helmet-missing: off, csp-unsafe: low, hsts-disabled: low}
exclude: [src]
environment: {HTTPS: 'on'}
require: []
waivers: [{rule: csp-unsafe, reason: ours, expires: 2030-01-01}]
waivers-from: head
`;
const strict = `fail-on: moderate
scope: all
rules: {csp-unsafe: high}
exclude: [legacy]
environment: {HTTPS: 'off'}
require: [npm-audit]
`;

test('what is laxer is named and does not count', () => {
  const { policy, ignored } = merge(lax, strict);
  assert.deepEqual(policy, {
    ...above(strict),
    file: '.express-gate.yml',
    overridable: [],
    atLeast: new Map([['hsts-disabled', 'low']]),
  });
  assert.deepEqual(ignored, [
    'fail-on: never (moderate is asked for)',
    'scope: new (all is asked for)',
    'rules: helmet-missing: off, csp-unsafe: low',
    'exclude: src',
    'environment: HTTPS',
    'waivers: the one that it has',
    'waivers-from: head',
  ]);
});

test('what is left open counts', () => {
  const { policy, ignored } = merge(lax, `${strict}overridable: [${overridableKeys.join(', ')}]\n`);
  assert.deepEqual(ignored, []);
  assert.equal(policy.failOn, 'never');
  assert.equal(policy.scope, 'new');
  assert.deepEqual(Object.fromEntries(policy.rules), {
    'csp-unsafe': 'low',
    'helmet-missing': 'off',
    'hsts-disabled': 'low',
  });
  assert.deepEqual(policy.exclude, ['legacy', 'src']);
  assert.deepEqual(Object.fromEntries(policy.environment), { HTTPS: 'on' });
  assert.deepEqual(policy.require, []);
  assert.deepEqual(
    policy.waivers.map(({ reason, file }) => [reason, file]),
    [['ours', undefined]],
  );
  assert.equal(policy.waiversFrom, 'head');
});

test('a key is open only where every policy above lists it', () => {
  const group = inherit(
    layer('overridable: [exclude, waivers]\n'),
    above('overridable: [waivers]\n'),
    source,
  );
  assert.deepEqual(group.policy.overridable, ['waivers']);
  const { policy, ignored } = inherit(layer(lax), group.policy, 'group.yml');
  assert.equal(policy.waivers.length, 1);
  assert.deepEqual(policy.exclude, []);
  assert.ok(ignored.includes('exclude: src'));
});

test('a severity that a team raises holds for what is less grave, and nothing else', () => {
  const { policy } = merge('rules: {dependency-vulnerable: high}\n', '');
  const verdict = (severity: 'low' | 'critical') =>
    evaluate({
      request,
      snapshot: snapshot([]),
      policy,
      head: detection({ findings: [advisoryFinding({ dev: true }, { severity }), finding()] }),
      base: null,
    }).findings.find(({ advisory }) => advisory !== undefined);
  assert.equal(verdict('low')?.severity, 'high');
  assert.equal(verdict('low')?.outcome, 'block');
  assert.equal(verdict('critical')?.severity, 'critical');
});

test('a severity that a team cannot lower is named, where a finding is graver by itself', () => {
  const own = layer('rules: {session-cookie-not-secure: low, helmet-missing: low}\n');
  const { policy, ignored } = inherit(own, above(''), source);
  const notes = (severity: 'low' | 'high') =>
    evaluate({
      request,
      snapshot: snapshot([]),
      policy,
      inheritance: {
        own: own.policy,
        sources: [{ source, commit: null }],
        ignored,
        waiversCount: false,
        changed: [],
      },
      head: detection({ findings: [finding({ severity })] }),
      base: null,
    }).policy.notes.map(({ message }) => message);
  assert.deepEqual(notes('low'), []);
  assert.match(
    notes('high').join(),
    /does not count \(rules: session-cookie-not-secure: low, where it is graver by itself\)/,
  );
});
