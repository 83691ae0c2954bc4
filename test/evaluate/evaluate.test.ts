/** The stage as a whole: single cases in words, and what must hold for any input. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { EvaluationInput } from '../../src/evaluate/evaluate.ts';
import { evaluate } from '../../src/evaluate/evaluate.ts';
import { compareSeverity, severities } from '../../src/model/severity.ts';
import type { Verdict } from '../../src/model/verdict.ts';
import {
  advisoryFinding,
  anyInput,
  anyWaiver,
  check,
  detection,
  finding,
  input,
  policy,
  project,
  request,
  snapshot,
  waiver,
} from './detections.ts';

test('nothing found and everything looked at is a pass', () => {
  const verdict = evaluate(input({ head: detection({ checks: [check()] }) }));
  assert.equal(verdict.verdict, 'pass');
  assert.deepEqual(verdict.incompleteBecause, []);
  assert.equal(verdict.compared, false);
  assert.deepEqual(verdict.policy, {
    file: '.github/express-gate.yml',
    failOn: 'high',
    scope: 'all',
    notes: [],
  });
  assert.deepEqual(verdict.projects, [
    {
      directory: '.',
      name: 'shop',
      express: { declared: '^4.17.1', resolved: '4.17.1' },
      lockfile: 'package-lock.json',
    },
  ]);
});

test('a blocking finding fails, even where a required check could not run', () => {
  const down = check({ state: 'degraded', cause: 'outage' });
  const required = policy({ require: ['npm-audit'] });
  const verdict = evaluate(
    input({ policy: required, head: detection({ findings: [finding()], checks: [down] }) }),
  );
  assert.equal(verdict.verdict, 'fail');
  assert.equal(verdict.incompleteBecause.length, 1);
  assert.equal(
    evaluate(input({ policy: required, head: detection({ checks: [down] }) })).verdict,
    'incomplete',
  );
  assert.equal(evaluate(input({ head: detection({ checks: [down] }) })).verdict, 'pass');
});

test('with a base, what it has too only warns', () => {
  const old = finding();
  const fresh = finding({ fingerprint: 'f2' });
  const base = {
    snapshot: snapshot(),
    detection: detection({ findings: [old, finding({ fingerprint: 'gone' })] }),
  };
  const verdict = evaluate(input({ head: detection({ findings: [old, fresh] }), base }));
  assert.deepEqual(
    verdict.findings.map(({ fingerprint, status, outcome }) => [fingerprint, status, outcome]),
    [
      ['f2', 'new', 'block'],
      ['f1', 'unchanged', 'warn'],
    ],
  );
  assert.deepEqual(
    verdict.fixed.map(({ fingerprint }) => fingerprint),
    ['gone'],
  );
  assert.deepEqual(verdict.policy.scope, 'new');
  const all = evaluate(
    input({ request: { ...request, scope: 'all' }, head: detection({ findings: [old] }), base }),
  );
  assert.equal(all.verdict, 'fail');
});

test('scope new without a base counts everything', () => {
  const verdict = evaluate(
    input({ request: { ...request, scope: 'new' }, head: detection({ findings: [finding()] }) }),
  );
  assert.equal(verdict.verdict, 'fail');
  assert.equal(verdict.findings[0]?.status, 'unknown');
});

test('what the policy leaves out of the head is not called fixed either', () => {
  const base = { snapshot: snapshot(), detection: detection({ findings: [finding()] }) };
  for (const part of [
    { exclude: ['src'] },
    { rules: new Map([['session-cookie-not-secure', 'off'] as const]) },
  ]) {
    const verdict = evaluate(
      input({ policy: policy(part), head: detection({ findings: [finding()] }), base }),
    );
    assert.deepEqual(verdict.findings, []);
    assert.deepEqual(verdict.fixed, []);
  }
});

test('an outage blocks a change of dependencies and no other', () => {
  const down = detection({ checks: [check({ state: 'degraded', cause: 'outage' })] });
  const at = (text: string) => snapshot([project()], { 'package-lock.json': text });
  const against = (text: string) =>
    evaluate(input({ snapshot: at('1'), head: down, base: { snapshot: at(text), detection: down } })).verdict;
  assert.equal(against('1'), 'pass');
  assert.equal(against('2'), 'incomplete');
});

test('a blind spot of the base is reported among the checks', () => {
  const blind = check({ name: 'code', state: 'degraded', detail: 'src/app.js cannot be parsed.' });
  const verdict = evaluate(
    input({
      head: detection({ findings: [finding()] }),
      base: { snapshot: snapshot(), detection: detection({ checks: [blind] }) },
    }),
  );
  assert.equal(verdict.findings[0]?.status, 'unknown');
  assert.equal(verdict.verdict, 'fail');
  assert.match(verdict.checks[0]!.detail, /^At the base.*src\/app\.js cannot be parsed\.$/);
});

test('the order is: blocking, severity, file, line, rule', () => {
  const at = (file: string, line: number) => ({ file, line, column: 1, endLine: line, endColumn: 2 });
  const findings = [
    finding({ fingerprint: '6', severity: 'low', location: at('a.js', 1) }),
    finding({ fingerprint: '3', location: at('b.js', 10) }),
    finding({ fingerprint: '4', location: at('b.js', 10), ruleId: 'tls' }),
    finding({ fingerprint: '2', location: at('b.js', 9) }),
    finding({ fingerprint: '1', location: at('B.js', 9) }),
    advisoryFinding({ dev: true }, { fingerprint: '5', severity: 'critical', location: at('a.js', 1) }),
    finding({ fingerprint: '0', severity: 'critical', location: at('z.js', 1) }),
  ];
  const verdict = evaluate(input({ head: detection({ findings }) }));
  assert.equal(verdict.findings.map(({ fingerprint }) => fingerprint).join(''), '0123456');
});

const runs = { numRuns: 300 };

function shuffled(given: EvaluationInput): fc.Arbitrary<EvaluationInput> {
  const whole = <T>(list: readonly T[]) => fc.shuffledSubarray([...list], { minLength: list.length });
  const anyOrder = (part: EvaluationInput['head']) =>
    fc.record({
      findings: whole(part.findings),
      undecided: whole(part.undecided),
      checks: whole(part.checks),
    });
  return fc
    .record({
      head: anyOrder(given.head),
      base: given.base === null ? fc.constant(null) : anyOrder(given.base.detection),
      projects: whole(given.snapshot.projects),
    })
    .map(({ head, base, projects }) => ({
      ...given,
      head,
      base: base && given.base && { ...given.base, detection: base },
      snapshot: { ...given.snapshot, projects },
    }));
}

test('property: the order of what was detected does not matter, and the input is left as it was', () => {
  fc.assert(
    fc.property(
      anyInput.chain((given) => fc.tuple(fc.constant(given), shuffled(given))),
      ([given, other]) => {
        const before = structuredClone(given);
        const verdict = evaluate(given);
        assert.deepEqual(structuredClone(given), before);
        assert.equal(JSON.stringify(evaluate(other)), JSON.stringify(verdict));
      },
    ),
    runs,
  );
});

test('property: the totals add up, and the word follows from them', () => {
  fc.assert(
    fc.property(anyInput, (given) => {
      const { counts, findings, fixed, verdict, incompleteBecause, compared } = evaluate(given);
      const sum = severities.reduce((total, severity) => total + counts[severity], 0);
      const unknown = findings.filter(({ status }) => status === 'unknown').length;
      assert.equal(sum, findings.length);
      assert.equal(counts.new + counts.unchanged + unknown, findings.length);
      assert.equal(counts.fixed, fixed.length);
      assert.equal(counts.waived, findings.filter(({ waiver: held }) => held !== null).length);
      assert.equal(counts.blocking, findings.filter(({ outcome }) => outcome === 'block').length);
      if (!compared) assert.equal(unknown, findings.length);
      const expected = counts.blocking > 0 ? 'fail' : incompleteBecause.length > 0 ? 'incomplete' : 'pass';
      assert.equal(verdict, expected);
    }),
    runs,
  );
});

test('property: findings are in the order of the contract', () => {
  fc.assert(
    fc.property(anyInput, (given) => {
      const { findings } = evaluate(given);
      for (const [index, later] of findings.entries()) {
        const earlier = findings[index - 1];
        if (!earlier) continue;
        const blocks = [earlier, later].map(({ outcome }) => outcome === 'block');
        assert.ok(blocks[0] || !blocks[1]);
        if (blocks[0] === blocks[1]) assert.ok(compareSeverity(earlier.severity, later.severity) <= 0);
      }
    }),
    runs,
  );
});

test('property: compared with itself nothing is new or fixed, whatever the checks say', () => {
  fc.assert(
    fc.property(anyInput, (given) => {
      // Twins that differ only in `dev` may be paired across, which makes one of them new: left out here.
      const findings = given.head.findings.map((one) =>
        one.advisory ? { ...one, advisory: { ...one.advisory, dev: false } } : one,
      );
      const head = { ...given.head, findings };
      const verdict = evaluate({ ...given, head, base: { snapshot: given.snapshot, detection: head } });
      assert.equal(verdict.counts.unchanged, verdict.findings.length);
      assert.deepEqual(verdict.fixed, []);
    }),
    runs,
  );
});

test('property: a waiver changes no finding that it does not cover, and never turns pass into fail', () => {
  fc.assert(
    fc.property(anyInput, anyWaiver, (given, added) => {
      const before = evaluate(given);
      const after = evaluate({
        ...given,
        policy: { ...given.policy, waivers: [...given.policy.waivers, added] },
      });
      const plain = (verdict: Verdict) =>
        verdict.findings
          .map(({ outcome: _outcome, waiver: _waiver, ...rest }) => JSON.stringify(rest))
          .sort();
      assert.deepEqual(plain(after), plain(before));
      const untouched = (verdict: Verdict) =>
        verdict.findings.filter(
          ({ ruleId, advisory }) =>
            ruleId !== added.rule && ![advisory?.id, advisory?.cve].includes(added.advisory ?? ''),
        );
      assert.deepEqual(untouched(after), untouched(before));
      assert.deepEqual(after.undecided, before.undecided);
      if (before.verdict !== 'fail') assert.notEqual(after.verdict, 'fail');
      assert.ok(after.counts.blocking <= before.counts.blocking);
    }),
    runs,
  );
});

test('property: a higher threshold, or the narrower scope, never blocks more', () => {
  const levels = [...severities, 'never'] as const;
  fc.assert(
    fc.property(anyInput, (given) => {
      const blocking = levels.map(
        (failOn) => evaluate({ ...given, request: { ...given.request, failOn } }).counts.blocking,
      );
      assert.deepEqual(
        blocking,
        blocking.toSorted((a, b) => b - a),
      );
      assert.equal(blocking.at(-1), 0);
      const [all, fresh] = (['all', 'new'] as const).map(
        (scope) => evaluate({ ...given, request: { ...given.request, scope } }).counts.blocking,
      );
      assert.ok(fresh! <= all!);
    }),
    runs,
  );
});

test('property: requiring a check never passes what did not pass before', () => {
  const weight = { pass: 0, incomplete: 1, fail: 2 };
  fc.assert(
    fc.property(anyInput, (given) => {
      const strict = { ...given.policy, require: ['npm-audit', 'express-version', 'code', 'files'] as const };
      const loose = { ...given.policy, require: [] };
      assert.ok(
        weight[evaluate({ ...given, policy: strict }).verdict] >=
          weight[evaluate({ ...given, policy: loose }).verdict],
      );
    }),
    runs,
  );
});

test('hostile names of rules, packages and projects are only names', () => {
  const names = ['__proto__', 'constructor', 'toString'];
  const findings = names.map((name) =>
    advisoryFinding({ id: name, package: name }, { ruleId: name, project: name }),
  );
  const verdict = evaluate(input({ head: detection({ findings }), policy: policy({ waivers: [waiver()] }) }));
  assert.equal(verdict.counts.blocking, names.length);
});
