/** GitLab's code quality report: the form that GitLab reads, unique fingerprints, and nothing that is waived. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { evaluate } from '../../src/evaluate/evaluate.ts';
import { renderGitlab } from '../../src/report/gitlab.ts';
import { anyInput } from '../evaluate/detections.ts';
import { hostileReportWith } from './hostile-substitution.ts';
import { hostileTexts } from './hostile-texts.ts';
import { sampleReport } from './verdict-fixtures.ts';

interface Issue {
  readonly description: string;
  readonly check_name: string;
  readonly fingerprint: string;
  readonly severity: string;
  readonly location: { readonly path: string; readonly lines: { readonly begin: number } };
}

/** What GitLab's documentation demands of each object. */
const validate = new Ajv({ allErrors: true }).compile({
  type: 'array',
  items: {
    type: 'object',
    required: ['description', 'check_name', 'fingerprint', 'severity', 'location'],
    properties: {
      description: { type: 'string', minLength: 1 },
      check_name: { type: 'string', minLength: 1 },
      fingerprint: { type: 'string', minLength: 1 },
      severity: { enum: ['info', 'minor', 'major', 'critical', 'blocker'] },
      location: {
        type: 'object',
        required: ['path', 'lines'],
        properties: {
          path: { type: 'string', minLength: 1 },
          lines: {
            type: 'object',
            required: ['begin'],
            properties: { begin: { type: 'integer', minimum: 1 } },
          },
        },
      },
    },
  },
});

function issues(json: string): Issue[] {
  const parsed: Issue[] = JSON.parse(json);
  const isValid: boolean = validate(parsed);
  assert.ok(isValid, JSON.stringify(validate.errors?.slice(0, 5)));
  const fingerprints = parsed.map(({ fingerprint }) => fingerprint);
  assert.equal(new Set(fingerprints).size, fingerprints.length);
  return parsed;
}

test('every finding that is not waived is an issue, what blocks first', () => {
  for (const size of [0, 1, 10, 1000]) {
    const input = sampleReport(size);
    const open = input.verdict.findings.filter(({ outcome }) => outcome !== 'waived');
    const found = issues(renderGitlab(input, { pathPrefix: 'apps/shop/' }));
    assert.deepEqual(
      found.map(({ check_name, fingerprint, location }) => [
        check_name,
        fingerprint,
        location.path,
        location.lines.begin,
      ]),
      open.map(({ ruleId, fingerprint, location }) => [
        ruleId,
        fingerprint,
        `apps/shop/${location.file}`,
        location.line,
      ]),
    );
  }
  assert.equal(renderGitlab(sampleReport(0), { pathPrefix: '' }), '[]\n');
});

test('severities have the words of GitLab', () => {
  const input = sampleReport(10);
  const [template] = input.verdict.findings;
  const severities = ['critical', 'high', 'moderate', 'low'] as const;
  const findings = severities.map((severity) => ({ ...template!, severity }));
  const found = issues(
    renderGitlab({ ...input, verdict: { ...input.verdict, findings } }, { pathPrefix: '' }),
  );
  assert.deepEqual(
    found.map(({ severity }) => severity),
    ['blocker', 'critical', 'major', 'minor'],
  );
  assert.deepEqual(
    found.map(({ fingerprint }) => fingerprint),
    ['', '-2', '-3', '-4'].map((ordinal) => template!.fingerprint + ordinal),
  );
});

test('property: any verdict gives a valid report, the same bytes each time', () => {
  fc.assert(
    fc.property(anyInput, (input) => {
      const report = { verdict: evaluate(input), files: new Map(), version: '1.2.3' };
      const json = renderGitlab(report, { pathPrefix: '' });
      issues(json);
      assert.equal(renderGitlab(structuredClone(report), { pathPrefix: '' }), json);
    }),
    { numRuns: 40 },
  );
});

test('property: hostile text stays text in one line, and its bytes command nothing', () => {
  fc.assert(
    fc.property(hostileTexts, (text) => {
      const json = renderGitlab(hostileReportWith(text), { pathPrefix: '' });
      assert.doesNotMatch(json, /[^\n\P{Cc}]|\p{Cf}|\p{Cs}|##\[/u);
      for (const { description } of issues(json)) assert.doesNotMatch(description, /[\p{Cc}\p{Cf}]/u);
    }),
  );
});
