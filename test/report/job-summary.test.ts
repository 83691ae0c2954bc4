/** Reads the job summary and the Markdown file: every finding with its code, every advisory with its paths, within GitHub's limit. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { renderJobSummary } from '../../src/report/job-summary.ts';
import { renderMarkdown } from '../../src/report/markdown-report.ts';
import { activeText, renderHtml, tagsOf, textOf } from './github-markdown.ts';
import { hostileReportWith } from './hostile-substitution.ts';
import { hostileTexts } from './hostile-texts.ts';
import { hostileReport, sampleReport } from './verdict-fixtures.ts';

const context = {
  repositoryUrl: 'https://github.example/acme/shop',
  commit: '0123456789abcdef0123456789abcdef01234567',
  pathPrefix: '',
  runUrl: 'https://github.example/acme/shop/actions/runs/42',
  policyFile: '.github/express-gate.yml',
  annotationsLeftOut: 0,
};

function assertHarmless(markdown: string): void {
  const html = renderHtml(markdown);
  assert.deepEqual(activeText(html), []);
  for (const tag of tagsOf(html))
    assert.match(
      tag,
      /^<\/?(?:a|p|h[234]|ul|li|table|thead|tbody|tr|th|td|br|wbr|code|pre|strong|blockquote|details|summary)(?: \/)?>$|^<code class="language-yaml">$|^<a href="https:\/\/github\.(?:com|example)\/[^"]*">$/,
    );
}

describe('the job summary', () => {
  it('shows the code of each finding with a marker under what is meant', () => {
    const html = renderHtml(renderJobSummary(sampleReport(10), context));
    const code = [...html.matchAll(/<pre><code>(.*?)<\/code><\/pre>/gs)].map((found) => textOf(found[1]!));
    assert.ok(
      code.includes(
        [
          '  3 |   cookie: {',
          "> 4 |     secure: process.env.NODE_ENV !== 'production',",
          `    |     ${'^'.repeat("secure: process.env.NODE_ENV !== 'production'".length)}`,
          "  5 |     sameSite: 'none',",
          '',
        ].join('\n'),
      ),
      code.join('\n'),
    );
  });

  it('shows the paths to a vulnerable package and how many more there are', () => {
    const text = textOf(renderHtml(renderJobSummary(sampleReport(10), context)));
    assert.match(text, /express > path-to-regexp.*express-openapi > express > path-to-regexp.*and 3 more/s);
    assert.match(text, /CVE-2024-45296/);
  });

  it('lists what was there before, in a fold', () => {
    const html = renderHtml(renderJobSummary(sampleReport(10), context));
    assert.match(
      html,
      /<details>\n<summary>1 finding that was there before and does not block<\/summary>.*session-cookie-same-site/s,
    );
  });

  it('holds a thousand findings whole, and of ten thousand as many as GitHub takes', () => {
    const thousand = renderJobSummary(sampleReport(1000), context);
    assert.ok(!thousand.includes('left out here'));
    const fingerprints = new Set(thousand.match(/fingerprint `[0-9a-f]{16}`/g));
    // Four of the sample's ten kinds are in the code, not waived and new.
    assert.equal(fingerprints.size, 400);
    const most = renderJobSummary(sampleReport(10_000), context);
    assert.ok(Buffer.byteLength(most) <= 1_000_000);
    assert.match(most, /\d+ more findings that block are left out here: the JSON report has them\./);
    assert.ok(most.trimEnd().endsWith('express-gate 0.1.0'));
  });

  it('counts bytes, not characters', () => {
    const input = sampleReport(2000);
    const findings = input.verdict.findings.map((finding) => ({ ...finding, message: '漢字'.repeat(250) }));
    const bytes = Buffer.byteLength(
      renderJobSummary({ ...input, verdict: { ...input.verdict, findings } }, context),
    );
    assert.ok(bytes <= 1_000_000 && bytes > 900_000, `${bytes}`);
  });

  it('cannot be broken out of', () => {
    assertHarmless(renderJobSummary(hostileReport(), context));
    fc.assert(
      fc.property(hostileTexts, (text) => assertHarmless(renderJobSummary(hostileReportWith(text), context))),
      { numRuns: 100 },
    );
  });

  it('survives places that are not in the file', () => {
    const input = sampleReport(1);
    const finding = input.verdict.findings[0]!;
    for (const place of [
      { line: 9999, column: 1, endLine: 9999, endColumn: 2 },
      { line: 4, column: 9999, endLine: 4, endColumn: 10_001 },
      { line: 4, column: 3, endLine: 2, endColumn: 1 },
      { line: 1, column: 1, endLine: 9999, endColumn: 1 },
    ]) {
      const findings = [{ ...finding, location: { ...finding.location, ...place } }];
      const summary = renderJobSummary({ ...input, verdict: { ...input.verdict, findings } }, context);
      assert.ok(summary.includes(finding.message));
      assert.ok(summary.length < 5000);
    }
  });

  it('shows of a line without end only the part around the place', () => {
    const input = sampleReport(1);
    const finding = input.verdict.findings[0]!;
    const { file } = finding.location;
    const text = `${'a'.repeat(1_000_000)}secure:false${'b'.repeat(1_000_000)}`;
    const location = { file, line: 1, column: 1_000_001, endLine: 1, endColumn: 1_000_013 };
    const summary = renderJobSummary(
      {
        ...input,
        files: new Map([[file, { path: file, text }]]),
        verdict: { ...input.verdict, findings: [{ ...finding, location }] },
      },
      context,
    );
    const [code, marker] = /> (1 .*)\n(.*\^)\n/.exec(summary)!.slice(1);
    assert.ok(code!.length < 200);
    assert.equal(`> ${code}`.slice(marker!.indexOf('^'), marker!.lastIndexOf('^') + 1), 'secure:false');
  });
});

describe('the Markdown report', () => {
  it('is the whole report without links into a repository', () => {
    const report = renderMarkdown(sampleReport(1000));
    assert.ok(!report.includes('left out here'));
    assert.ok(!report.includes('/blob/0'));
    assert.ok(report.startsWith('## express-gate: blocked by 400 findings (100 critical, 300 high)\n'));
    assert.ok(report.includes('`src/config/session.js:4`'));
  });

  it('cannot be broken out of', () => {
    assertHarmless(renderMarkdown(hostileReport()));
  });

  it('says nothing of a base where there is none', () => {
    const input = sampleReport(1);
    const findings = input.verdict.findings.map((finding) => ({ ...finding, status: 'unknown' as const }));
    const report = renderMarkdown({ ...input, verdict: { ...input.verdict, compared: false, findings } });
    assert.doesNotMatch(report, /base|unknown/);
  });
});
