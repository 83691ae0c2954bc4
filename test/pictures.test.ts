/** Holds the reports to a phone's width in a real Chromium, where there is one: nothing has to be scrolled sideways but blocks of code. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { Chromium, findChromium } from '../scripts/browser.ts';
import { diffPage, reportPage } from '../scripts/github-page.ts';
import { judgeChange } from '../scripts/pictures-case.ts';
import { selectAnnotations } from '../src/report/annotations.ts';
import { renderJobSummary } from '../src/report/job-summary.ts';
import { renderPrComment } from '../src/report/pr-comment.ts';
import { renderHtml, textOf } from './report/github-markdown.ts';
import { hostileReportWith } from './report/hostile-substitution.ts';
import { hostileText, sampleReport } from './report/verdict-fixtures.ts';

const path = findChromium();
const phone = { width: 375, height: 0, scale: 1 };
const context = {
  repositoryUrl: 'https://github.example/acme/shop',
  commit: '0123456789abcdef0123456789abcdef01234567',
  pathPrefix: '',
  runUrl: 'https://github.example/acme/shop/actions/runs/42',
  commentKey: '',
  policyFile: '.github/express-gate.yml',
  annotationsLeftOut: 3,
};

describe('on a phone', { skip: path === null && 'there is no Chromium on this machine' }, () => {
  const look = async (pages: Iterable<readonly [string, string]>) => {
    const chromium = await Chromium.start(path!);
    try {
      for (const [name, html] of pages)
        assert.deepEqual((await chromium.look(html, phone, true)).tooWide, [], name);
    } finally {
      await chromium.close();
    }
  };
  const comment = (input: ReturnType<typeof sampleReport>) =>
    reportPage(renderPrComment(input, context), { kind: 'comment', title: 'bot', scheme: 'light' });
  const summary = (input: ReturnType<typeof sampleReport>) =>
    reportPage(renderJobSummary(input, context), { kind: 'summary', title: 'job', scheme: 'dark' });

  it('the comment fits, for 0, 1, 10 and 1,000 findings and for text that nobody would write', async () => {
    const odd = ['W'.repeat(700), `@${'scope/'.repeat(80)}x`, hostileText];
    await look([
      ...[0, 1, 10, 1000].map((n) => [`${n} findings`, comment(sampleReport(n))] as const),
      ...odd.map((text) => [text.slice(0, 20), comment(hostileReportWith(text))] as const),
    ]);
  });

  it('the job summary fits', async () => {
    await look([1, 10, 100].map((n) => [`${n} findings`, summary(sampleReport(n))] as const));
  });

  it('the annotations fit', async () => {
    const input = sampleReport(10);
    const { annotations } = selectAnnotations(input, context);
    const files = [...input.files.values()].map(({ path, text }) => ({ path, before: '', after: text }));
    await look([['annotations', diffPage(files, annotations, 'light')]]);
  });

  it('what does not fit is found', async () => {
    const wide = `| ${'W'.repeat(80)} | b |\n| --- | --- |\n| a | b |`;
    const page = reportPage(wide, { kind: 'comment', title: 'bot', scheme: 'light' });
    await assert.rejects(look([['a wide table', page]]), /table: W/);
  });
});

it('what the pictures show is a real run, which names the place of the change that makes an old line insecure', async () => {
  const { report, files } = await judgeChange(join(import.meta.dirname, '..'));
  const { verdict } = report;
  assert.deepEqual(
    verdict.checks.filter(({ state }) => state !== 'ok'),
    [],
  );
  assert.deepEqual(
    files.map(({ path }) => path),
    ['lib/session.js', 'config/production.json', 'lib/mailer.js', 'package.json'],
  );
  const comment = textOf(renderHtml(renderPrComment(report, context)));
  assert.match(comment, /^\s*express-gate: blocked by 3 findings \(3 high\)/);
  assert.match(comment, /lib\/session\.js:15This change makes it so: config\/production\.json:2/);
  assert.match(comment, /Update jsonwebtoken to 9\.0\.3 \(a breaking change\)/);
  const marks = selectAnnotations(report, context).annotations;
  assert.ok(
    marks.some(({ message }) => message.includes('This change makes it so: config/production.json:2.')),
  );
});
