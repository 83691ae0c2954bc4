/** The JSON report: valid by its schema, complete, the same bytes each time, and harmless to print. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { evaluate } from '../../src/evaluate/evaluate.ts';
import type { Verdict } from '../../src/model/verdict.ts';
import { renderJson } from '../../src/report/json.ts';
import type { ReportInput } from '../../src/report/report-input.ts';
import { anyInput } from '../evaluate/detections.ts';
import { hostileReport, hostileText, sampleReport } from './verdict-fixtures.ts';

const schema = JSON.parse(readFileSync(new URL('../../docs/report.schema.json', import.meta.url), 'utf8'));
const validate = new Ajv2020({
  strict: true,
  strictRequired: false,
  allowUnionTypes: true,
  allErrors: true,
}).compile(schema);

function assertValid(json: string): void {
  assert.ok(validate(JSON.parse(json)), JSON.stringify(validate.errors, null, 1));
}

function report(verdict: Verdict): ReportInput {
  return { verdict, files: new Map(), version: '1.2.3' };
}

test('reports of every size, and a hostile one, are valid by the schema', () => {
  for (const input of [
    sampleReport(0),
    sampleReport(1),
    sampleReport(10),
    sampleReport(1000),
    hostileReport(),
  ]) {
    assertValid(renderJson(input));
  }
});

test('property: any verdict is valid by the schema, carries its totals and prints harmlessly', () => {
  fc.assert(
    fc.property(anyInput, (input) => {
      const verdict = evaluate(input);
      const json = renderJson(report(verdict));
      assertValid(json);
      const parsed = JSON.parse(json);
      assert.deepEqual(parsed.counts, { ...verdict.counts });
      assert.equal(parsed.findings.length, verdict.findings.length);
      assert.doesNotMatch(json, /[^\n\P{Cc}]|\p{Cf}/u);
      assert.equal(renderJson(report(structuredClone(verdict))), json);
    }),
  );
});

test('the schema refuses what the contract does not have', () => {
  const whole = JSON.parse(renderJson(sampleReport(10)));
  const broken: readonly ((copy: typeof whole) => void)[] = [
    (copy) => {
      copy.extra = 1;
    },
    (copy) => {
      copy.schemaVersion = 2;
    },
    (copy) => {
      delete copy.findings[0].waiver;
    },
    (copy) => {
      copy.findings[0].extra = true;
    },
    (copy) => {
      copy.fixed[0].status = 'new';
    },
    (copy) => {
      copy.findings[0].outcome = 'waived';
    },
    (copy) => {
      copy.findings[0].location.line = 0;
    },
    (copy) => {
      copy.checks[0].cause = 'outage';
    },
    (copy) => {
      copy.verdict = 'ok';
    },
  ];
  for (const breakIt of broken) {
    const copy = structuredClone(whole);
    breakIt(copy);
    assert.ok(!validate(copy), String(breakIt));
  }
});

test('keys stand in the order of the contract and values are the verdict’s own', () => {
  const json = renderJson(sampleReport(10));
  const parsed = JSON.parse(json);
  assert.deepEqual(Object.keys(parsed), [
    'schemaVersion',
    'tool',
    'verdict',
    'counts',
    'findings',
    'fixed',
    'undecided',
    'checks',
    'projects',
  ]);
  assert.deepEqual(parsed.tool, { name: 'express-gate', version: '0.1.0' });
  const { verdict } = sampleReport(10);
  assert.deepEqual(parsed.findings, verdict.findings);
  assert.deepEqual(parsed.fixed, verdict.fixed);
  assert.deepEqual(parsed.projects, verdict.projects);
  assert.ok(json.endsWith('}\n'));
});

test('the bytes do not depend on the order in which an object’s keys were made', () => {
  const { verdict } = sampleReport(10);
  const reversed = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(reversed);
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(
      Object.entries(value)
        .reverse()
        .map(([key, part]) => [key, reversed(part)]),
    );
  };
  assert.equal(renderJson(report(reversed(verdict) as Verdict)), renderJson(report(verdict)));
});

test('hostile text comes back unchanged from the parser, and its bytes command nothing', () => {
  const json = renderJson(hostileReport());
  assert.equal(JSON.parse(json).findings[0].message, hostileText);
  assert.doesNotMatch(json, /[^\n\x20-\x7e\u00a0-\uffff]|[\u200b\u202e\u2066\ufeff]/u);
  const logged: Verdict = {
    ...sampleReport(0).verdict,
    projects: [
      { directory: '.', name: '##[set-output name=verdict]pass ##vso[x]', express: null, lockfile: null },
    ],
  };
  const line = renderJson(report(logged));
  assert.doesNotMatch(line, /##(vso)?\[/);
  assert.equal(JSON.parse(line).projects[0].name, logged.projects[0]?.name);
});
