/** Checks which findings get a mark on their line, at which level, and that GitHub's limits take the least important ones. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { JudgedFinding } from '../../src/model/finding.ts';
import { annotationsPerLevel, selectAnnotations } from '../../src/report/annotations.ts';
import type { ReportInput } from '../../src/report/report-input.ts';
import { sampleReport } from './verdict-fixtures.ts';

const base = sampleReport(1).verdict.findings[0]!;

function report(...findings: Partial<JudgedFinding>[]): ReportInput {
  const input = sampleReport(0);
  const whole = findings.map((finding, index) => ({
    ...base,
    fingerprint: `${index}`,
    location: { ...base.location, line: index + 1, endLine: index + 1 },
    ...finding,
  }));
  return { ...input, verdict: { ...input.verdict, findings: whole } };
}

const select = (input: ReportInput) => selectAnnotations(input, { pathPrefix: 'apps/shop/' });

test('what blocks is an error, the rest a warning or a notice by severity', () => {
  const { annotations } = select(
    report(
      { outcome: 'warn', severity: 'low' },
      { outcome: 'warn', severity: 'moderate' },
      { outcome: 'warn', severity: 'critical' },
      { outcome: 'block', severity: 'low' },
    ),
  );
  assert.deepEqual(
    annotations.map(({ level, line }) => [level, line]),
    [
      ['error', 4],
      ['warning', 3],
      ['warning', 2],
      ['notice', 1],
    ],
  );
});

test('the place is from the repository root, the title names the rule, the message says what to write', () => {
  const [mark] = select(sampleReport(1)).annotations;
  assert.deepEqual(mark, {
    level: 'error',
    file: 'apps/shop/src/config/session.js',
    line: 4,
    column: 5,
    endLine: 4,
    endColumn: 50,
    title: 'session-cookie-not-secure (high)',
    message: `${base.message}\n${base.help}`,
  });
});

test('a new finding on a line that the change leaves alone names the changed place', () => {
  const cause = { file: 'config/production.json', line: 2, column: 1, message: 'this change makes it so' };
  const [mark] = select(report({ related: [cause] })).annotations;
  assert.equal(
    mark!.message,
    `${base.message}\nThis change makes it so: apps/shop/config/production.json:2.\n${base.help}`,
  );
});

test('waived and unchanged findings have no mark, unless they block', () => {
  const { annotations, leftOut } = select(
    report(
      { outcome: 'waived' },
      { outcome: 'warn', status: 'unchanged' },
      { outcome: 'block', status: 'unchanged' },
      { outcome: 'warn', status: 'unknown' },
    ),
  );
  assert.deepEqual(
    annotations.map(({ line }) => line),
    [3, 4],
  );
  assert.equal(leftOut, 0);
});

test('findings of one rule on one line share a mark of the gravest', () => {
  const line = { ...base.location, line: 7 };
  const { annotations } = select(
    report(
      { location: line, outcome: 'warn', severity: 'moderate', message: 'A.', help: 'Update.' },
      { location: line, outcome: 'block', severity: 'high', message: 'B.', help: 'Update.' },
      { location: line, outcome: 'warn', severity: 'low', message: 'A.', help: 'Update.' },
      { location: line, ruleId: 'helmet-missing', message: 'C.' },
    ),
  );
  assert.deepEqual(
    annotations.map(({ level, title, message }) => [level, title, message]),
    [
      ['error', 'helmet-missing (high)', `C.\n${base.help}`],
      ['error', 'session-cookie-not-secure (3 findings, the gravest high)', 'B.\nA.\nUpdate.'],
    ],
  );
});

test('what one update ends is one mark, whichever rules ask for it', () => {
  const advisory = {
    id: 'GHSA-1',
    cve: null,
    package: 'qs',
    installed: '6.7.0',
    vulnerable: '<6.7.3',
    patched: '6.7.3',
    paths: [['express', 'qs']],
    morePaths: 0,
    dev: false,
    direct: false,
    action: { package: 'express', version: '4.22.3', major: false },
    cvss: null,
    sources: ['npm'],
  };
  const at = (line: number) => ({ ...base.location, line, endLine: line });
  const told = (id: string, ruleId: string, line: number, outcome: 'block' | 'warn') => ({
    ruleId,
    location: at(line),
    outcome,
    message: `${id}.`,
    help: 'Run it.',
    advisory: { ...advisory, id },
  });
  const { annotations } = select(
    report(
      told('A', 'dependency-vulnerable', 4, 'warn'),
      told('B', 'express-vulnerable', 4, 'block'),
      told('C', 'dependency-vulnerable', 9, 'warn'),
    ),
  );
  assert.deepEqual(
    annotations.map(({ level, line, title, message }) => [level, line, title, message]),
    [
      [
        'error',
        4,
        'express-vulnerable (2 findings, the gravest high): update express to 4.22.3, which ends 2 advisories',
        'B.\nA.\nRun it.',
      ],
      [
        'warning',
        9,
        'dependency-vulnerable (high): update express to 4.22.3, which ends 1 advisory',
        'C.\nRun it.',
      ],
    ],
  );
});

test('of many findings in one mark the first are told and the others counted', () => {
  const { annotations } = select(
    report(
      ...Array.from({ length: 25 }, (_, index) => ({
        location: base.location,
        message: `M${index}.`,
        fingerprint: String(index + 10),
      })),
    ),
  );
  assert.equal(annotations.length, 1);
  assert.match(annotations[0]!.message, /^M0\.\n.*M9\.\nAnd 15 more\.\n/s);
});

test('within the limits of GitHub the least important are left out, and counted', () => {
  const input = report(
    ...Array.from(
      { length: 40 },
      (_, index): Partial<JudgedFinding> => ({
        outcome: index % 2 ? 'block' : 'warn',
        severity: index < 20 ? 'low' : 'high',
      }),
    ),
  );
  for (const findings of [input.verdict.findings, input.verdict.findings.toReversed()]) {
    const { annotations, leftOut } = select({ ...input, verdict: { ...input.verdict, findings } });
    const lines = (level: string) =>
      annotations.filter((mark) => mark.level === level).map(({ line }) => line);
    assert.deepEqual(lines('error'), [22, 24, 26, 28, 30, 32, 34, 36, 38, 40]);
    assert.deepEqual(lines('warning'), [21, 23, 25, 27, 29, 31, 33, 35, 37, 39]);
    assert.deepEqual(lines('notice'), [1, 3, 5, 7, 9, 11, 13, 15, 17, 19]);
    assert.equal(leftOut, 10);
  }
  assert.equal(annotationsPerLevel, 10);
});
