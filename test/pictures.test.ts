/** Holds the reports to a phone's width in a real Chromium, where there is one: nothing has to be scrolled sideways but blocks of code. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Chromium, findChromium } from '../scripts/browser.ts';
import { diffPage, reportPage } from '../scripts/github-page.ts';
import { selectAnnotations } from '../src/report/annotations.ts';
import { renderJobSummary } from '../src/report/job-summary.ts';
import { renderPrComment } from '../src/report/pr-comment.ts';
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
