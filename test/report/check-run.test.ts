/** Holds the check run to GitHub's limits at any number of findings, and to a colour that no verdict can be mistaken by. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { allAnnotations } from '../../src/report/annotations.ts';
import { renderCheckRun } from '../../src/report/check-run.ts';
import { checkRunFaults } from '../stand-ins/github-checks.ts';
import { activeText, renderHtml } from './github-markdown.ts';
import { hostileReport, sampleReport } from './verdict-fixtures.ts';

const context = {
  repositoryUrl: 'https://github.com/octo/shop',
  commit: 'ab'.repeat(20),
  pathPrefix: 'apps/shop/',
  runUrl: 'https://github.com/octo/shop/actions/runs/1',
  commentKey: '',
  policyFile: null,
};

describe('the check run', () => {
  for (const number of [0, 1, 10, 1000, 3000]) {
    it(`of ${number} findings is within GitHub's limits, and counts what it leaves out`, () => {
      const report = sampleReport(number);
      const { annotations, leftOut, summary, title } = renderCheckRun(report, context);
      assert.deepEqual(checkRunFaults({ output: { summary, annotations } }), []);
      assert.ok(Buffer.byteLength(summary) <= 65_535 && title.length <= 255);
      assert.ok(annotations.length <= 1000);
      assert.equal(annotations.length + leftOut, allAnnotations(report, context).length);
      assert.ok(annotations.every(({ path }) => path.startsWith('apps/shop/')));
    });
  }

  it('of a hostile report is within the limits, and its text does nothing', () => {
    const { annotations, summary, title } = renderCheckRun(hostileReport(), context);
    assert.deepEqual(checkRunFaults({ output: { summary, annotations } }), []);
    assert.deepEqual(activeText(renderHtml(summary)), []);
    assert.doesNotMatch(title, /\n/);
  });

  it('is green for a pass alone', () => {
    const { verdict, ...rest } = sampleReport(1);
    const conclusions = (['pass', 'fail', 'incomplete'] as const).map(
      (word) => renderCheckRun({ ...rest, verdict: { ...verdict, verdict: word } }, context).conclusion,
    );
    assert.deepEqual(conclusions, ['success', 'failure', 'failure']);
  });

  it('has a name of its own for each gate', () => {
    const name = (commentKey: string) => renderCheckRun(sampleReport(0), { ...context, commentKey }).name;
    assert.deepEqual([name(''), name('api')], ['express-gate findings', 'express-gate findings (api)']);
  });
});
