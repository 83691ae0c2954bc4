/** The comparison with the base: new, unchanged, fixed, and what cannot be told. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Side } from '../../src/evaluate/baseline.ts';
import { compareWithBase } from '../../src/evaluate/baseline.ts';
import type { Finding } from '../../src/model/finding.ts';
import { advisoryFinding, anyFinding, check, finding } from './detections.ts';

function side(findings: readonly Finding[], checks: Side['checks'] = []): Side {
  return { findings, checks };
}

function statuses(head: Side, base: Side | null): string[] {
  return compareWithBase(head, base).findings.map(({ status }) => status);
}

function at(file: string, line: number, part: Partial<Finding> = {}): Finding {
  return finding({ location: { file, line, column: 1, endLine: line, endColumn: 9 }, ...part });
}

test('without a base nothing is known to be new', () => {
  assert.deepEqual(statuses(side([finding()]), null), ['unknown']);
});

test('a finding that moved to another line and file is unchanged', () => {
  const comparison = compareWithBase(side([at('lib/server.js', 40)]), side([at('src/app.js', 3)]));
  assert.deepEqual(
    comparison.findings.map(({ status }) => status),
    ['unchanged'],
  );
  assert.deepEqual(comparison.fixed, []);
});

test('another fingerprint is new, and the old one fixed', () => {
  const old = finding({ fingerprint: 'old' });
  const comparison = compareWithBase(side([finding({ fingerprint: 'new' })]), side([old]));
  assert.deepEqual(
    comparison.findings.map(({ status }) => status),
    ['new'],
  );
  assert.deepEqual(comparison.fixed, [old]);
});

test('of equal findings as many are unchanged as the base has, the nearest ones', () => {
  const head = side([at('a.js', 1), at('b.js', 1), at('c.js', 7)]);
  const base = side([at('c.js', 2), at('b.js', 1)]);
  const byFile = compareWithBase(head, base).findings.map(({ finding: { location }, status }) => [
    location.file,
    status,
  ]);
  assert.deepEqual(byFile, [
    ['a.js', 'new'],
    ['b.js', 'unchanged'],
    ['c.js', 'unchanged'],
  ]);
});

test('an advisory is matched by id, package and project, not by fingerprint', () => {
  const base = side([advisoryFinding({ installed: '6.7.0' }, { fingerprint: 'x' })]);
  assert.deepEqual(statuses(side([advisoryFinding({ installed: '6.7.1' }, { fingerprint: 'y' })]), base), [
    'unchanged',
  ]);
  for (const other of [
    advisoryFinding({ id: 'GHSA-other' }),
    advisoryFinding({ package: 'other' }),
    advisoryFinding({}, { project: 'services/a' }),
  ]) {
    assert.deepEqual(statuses(side([other]), base), ['new']);
  }
});

test('an advisory that leaves development for production is new', () => {
  const comparison = compareWithBase(
    side([advisoryFinding({ dev: false })]),
    side([advisoryFinding({ dev: true })]),
  );
  assert.deepEqual(
    comparison.findings.map(({ status }) => status),
    ['new'],
  );
  assert.deepEqual(comparison.fixed, []);
});

test('what the head could not look at is not called fixed', () => {
  const base = side([finding(), advisoryFinding({}, { project: 'services/a' })], [check()]);
  const down = check({ state: 'degraded', detail: 'The registry did not answer.' });
  assert.deepEqual(
    compareWithBase(side([], [down]), base).fixed.map(({ ruleId }) => ruleId),
    ['session-cookie-not-secure'],
  );
  const elsewhere = check({ ...down, project: 'services/b' });
  assert.equal(compareWithBase(side([], [elsewhere]), base).fixed.length, 2);
});

test('what only the base could not look at is unknown, and the blind spot is named', () => {
  const blind = check({ name: 'code', state: 'degraded', detail: 'src/app.js cannot be parsed.' });
  const comparison = compareWithBase(side([finding(), advisoryFinding()]), side([], [blind]));
  assert.deepEqual(
    comparison.findings.map(({ finding: { ruleId }, status }) => [ruleId, status]),
    [
      ['dependency-vulnerable', 'new'],
      ['session-cookie-not-secure', 'unknown'],
    ],
  );
  assert.deepEqual(comparison.blindSpots, [blind]);
});

test('a check that is degraded alike on both sides hides no difference', () => {
  const alike = check({ name: 'code', state: 'degraded', detail: 'dist/x.js is too large.' });
  const comparison = compareWithBase(
    side([finding()], [alike]),
    side([finding({ fingerprint: 'old' })], [alike]),
  );
  assert.deepEqual(
    comparison.findings.map(({ status }) => status),
    ['new'],
  );
  assert.equal(comparison.fixed.length, 1);
  assert.deepEqual(comparison.blindSpots, []);
});

const anyFindings = fc.array(anyFinding, { maxLength: 12 });

test('property: compared with itself, in any order and at other places, nothing is new or fixed', () => {
  fc.assert(
    fc.property(
      anyFindings.chain((findings) =>
        fc.tuple(
          fc.constant(findings),
          fc.shuffledSubarray(findings, { minLength: findings.length }),
          fc.nat(50),
        ),
      ),
      ([findings, shuffled, shift]) => {
        const moved = shuffled.map((one) => ({
          ...one,
          location: { ...one.location, file: `moved/${one.location.file}`, line: one.location.line + shift },
        }));
        // Equal advisories that differ only in `dev` may be paired across; that is another test's matter.
        const plain = (one: Finding) =>
          one.advisory ? { ...one, advisory: { ...one.advisory, dev: true } } : one;
        const comparison = compareWithBase(side(moved.map(plain)), side(findings.map(plain)));
        assert.ok(comparison.findings.every(({ status }) => status === 'unchanged'));
        assert.deepEqual(comparison.fixed, []);
      },
    ),
  );
});

test('a defect that becomes graver is new', () => {
  const base = side([at('package.json', 3, { severity: 'low' })]);
  assert.deepEqual(statuses(side([at('package.json', 3, { severity: 'high' })]), base), ['new']);
  assert.deepEqual(statuses(side([at('package.json', 3, { severity: 'low' })]), base), ['unchanged']);
});

test('property: every base finding is either a partner or fixed', () => {
  fc.assert(
    fc.property(anyFindings, anyFindings, (head, base) => {
      // What becomes graver, or leaves development, is new although it has a partner.
      const plain = (one: Finding): Finding => ({
        ...one,
        severity: 'high',
        ...(one.advisory ? { advisory: { ...one.advisory, dev: false } } : {}),
      });
      const comparison = compareWithBase(side(head.map(plain)), side(base.map(plain)));
      const unchanged = comparison.findings.filter(({ status }) => status === 'unchanged').length;
      assert.equal(comparison.findings.length, head.length);
      assert.equal(unchanged + comparison.fixed.length, base.length);
    }),
  );
});
