/** The age of embedded facts in each report: one sentence, once, whatever the state of the checks that used them. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { embeddedAdvisoriesRetrieved } from '../../src/data/embedded-advisories.ts';
import { describeAge } from '../../src/data/facts-age.ts';
import { runGate } from '../../src/gate.ts';
import type { Check } from '../../src/model/check.ts';
import { renderGithub } from '../../src/report/github.ts';
import { renderJobSummary } from '../../src/report/job-summary.ts';
import { renderJson } from '../../src/report/json.ts';
import { renderMarkdown } from '../../src/report/markdown-report.ts';
import { renderPrComment } from '../../src/report/pr-comment.ts';
import { renderText } from '../../src/report/text.ts';
import { sampleReport } from './verdict-fixtures.ts';

const express = describeAge('facts about Express', '2026-11-23', '2027-03-01')!;
const advisories = describeAge('advisories', '2026-11-24', '2027-03-01')!;
const detail = 'Looked.';
const checks: readonly Check[] = [
  { name: 'express-version', project: 'a', state: 'ok', detail, oldFacts: express, ms: 0 },
  { name: 'express-version', project: 'b', state: 'ok', detail, oldFacts: express, ms: 0 },
  { name: 'npm-audit', project: '.', state: 'degraded', detail, oldFacts: advisories, ms: 0 },
  { name: 'code', project: '.', state: 'ok', detail, ms: 0 },
];

const github = {
  repositoryUrl: 'https://github.example/acme/shop',
  commit: '0123456789abcdef0123456789abcdef01234567',
  pathPrefix: '',
  runUrl: 'https://github.example/acme/shop/actions/runs/42',
  commentKey: '',
  policyFile: null,
  annotationsLeftOut: 0,
};

test('no report is silent on old facts, and none says it twice', () => {
  for (const size of [0, 10]) {
    const sample = sampleReport(size);
    const input = { ...sample, verdict: { ...sample.verdict, checks } };
    const texts = {
      text: renderText(input, { color: false }),
      github: renderGithub(input),
      markdown: renderMarkdown(input),
      comment: renderPrComment(input, github),
      summary: renderJobSummary(input, github),
    };
    for (const [format, text] of Object.entries(texts)) {
      for (const sentence of [express, advisories])
        assert.equal(text.split(sentence).length, 2, `${format} of ${size} findings`);
    }
    assert.deepEqual(
      JSON.parse(renderJson(input)).checks.map((check: { detail: string }) => check.detail),
      [`Looked. ${express}`, `Looked. ${express}`, `Looked. ${advisories}`, 'Looked.'],
    );
  }
});

test('the sentence begins on the sixty-first day', () => {
  assert.equal(describeAge('advisories', '2026-11-24', '2026-11-24'), null);
  assert.equal(describeAge('advisories', '2026-11-24', '2027-01-23'), null);
  assert.match(
    describeAge('advisories', '2026-11-24', '2027-01-24')!,
    /^The .* are 61 days old \(of 2026-11-24\):/,
  );
});

test('a whole run says it of what it used, and shows the scores of the embedded advisories', async () => {
  const report = async (today: string) => {
    const { verdict } = await runGate({
      directory: fileURLToPath(new URL('../apps/insecure-shop', import.meta.url)),
      policyFile: null,
      scope: null,
      failOn: null,
      audit: 'embedded',
      registry: null,
      omit: [],
      today,
    });
    return JSON.parse(renderJson({ ...sampleReport(0), verdict }));
  };
  const old = await report('2030-01-01');
  const naming = (word: string) => (check: { detail: string }) =>
    new RegExp(` The embedded ${word} are \\d+ days old \\(of 20\\d\\d-`).test(check.detail);
  const stale = (name: string) => old.checks.filter((check: { name: string }) => check.name === name);
  assert.ok(
    stale('express-version').length > 0 && stale('express-version').every(naming('facts about Express')),
  );
  assert.ok(stale('npm-audit').length > 0 && stale('npm-audit').every(naming('advisories')));
  assert.doesNotMatch(JSON.stringify((await report(embeddedAdvisoriesRetrieved)).checks), /days old/);
  const scores = old.findings.flatMap(
    ({ advisory }: { advisory?: { cvss: number | null } }) => advisory?.cvss ?? [],
  );
  assert.ok(scores.length > 5 && scores.every((score: number) => score > 0 && score <= 10));
});
