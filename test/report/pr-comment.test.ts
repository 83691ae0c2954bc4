/** Reads comments as GitHub would, for no, few, many and hostile findings: verdict, links, counts, length, and nothing forged. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { JudgedFinding } from '../../src/model/finding.ts';
import type { Verdict } from '../../src/model/verdict.ts';
import { commentMark, isOurComment, renderPrComment } from '../../src/report/pr-comment.ts';
import type { ReportInput } from '../../src/report/report-input.ts';
import { activeText, renderHtml, tagsOf, textOf } from './github-markdown.ts';
import { hostileReportWith } from './hostile-substitution.ts';
import { hostileTexts } from './hostile-texts.ts';
import { hostileReport, hostileText, sampleReport, tally } from './verdict-fixtures.ts';

const commit = '0123456789abcdef0123456789abcdef01234567';
const context = {
  repositoryUrl: 'https://github.example/acme/shop',
  commit,
  pathPrefix: 'apps/shop/',
  runUrl: 'https://github.example/acme/shop/actions/runs/42',
  commentKey: 'shop',
  policyFile: '.github/express-gate.yml',
  annotationsLeftOut: 0,
};
const render = (input: ReportInput, more: Partial<typeof context> = {}) =>
  renderPrComment(input, { ...context, ...more });

/** `input` with parts of its verdict replaced, and the counts to match. */
function changed(input: ReportInput, parts: Partial<Verdict>): ReportInput {
  const verdict = { ...input.verdict, ...parts };
  return { ...input, verdict: { ...verdict, counts: tally(verdict.findings, verdict.fixed) } };
}

const firstLines = (body: string) => body.split('\n').slice(0, 2);

/** Addresses that a report may lead to. */
const ours = [
  'https://github.example/acme/shop/blob/',
  context.runUrl,
  'https://github.com/express-gate/express-gate/blob/main/docs/rules/',
  'https://github.com/advisories/GHSA-',
];

function assertHarmless(body: string): void {
  const html = renderHtml(body);
  assert.deepEqual(activeText(html), []);
  for (const tag of tagsOf(html)) {
    const href = /^<a href="([^"]*)">$/.exec(tag)?.[1];
    if (href !== undefined)
      assert.ok(
        ours.some((address) => href.startsWith(address)),
        tag,
      );
    else
      assert.match(
        tag,
        /^<\/?(?:a|p|h[345]|ul|li|table|thead|tbody|tr|th|td|br|wbr|code|pre|strong|blockquote|details|summary)(?: \/)?>$|^<code class="language-(?:yaml|mermaid)">$/,
      );
  }
  for (const name of ['details', 'summary', 'table', 'code']) {
    const opened = tagsOf(html).filter((tag) => tag.startsWith(`<${name}`)).length;
    assert.equal(tagsOf(html).filter((tag) => tag === `</${name}>`).length, opened, name);
  }
  assert.doesNotMatch(
    body,
    /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/,
  );
  assert.equal(body.indexOf('<!--'), 0);
  assert.equal(body.lastIndexOf('<!--'), 0);
}

describe('the comment', () => {
  it('says the verdict in plain words in the first visible line', () => {
    assert.deepEqual(firstLines(render(sampleReport(10))), [
      '<!-- express-gate:comment key="shop" -->',
      '### express-gate: blocked by 4 findings (1 critical, 3 high)',
    ]);
    assert.equal(firstLines(render(sampleReport(1)))[1], '### express-gate: blocked by 1 finding (high)');
    assert.equal(firstLines(render(sampleReport(0)))[1], '### express-gate: passed, nothing was found');
  });

  it('names the rule with its page, the place at the judged commit, what production does and what to write', () => {
    const body = render(sampleReport(1));
    assert.match(
      body,
      /\[session-cookie-not-secure\]\(https:\/\/github\.com\/express-gate\/[^)]*\/session-cookie-not-secure\.md\)/,
    );
    const link = renderHtml(body).match(/<a href="([^"]*)"><code>src\/.*?<\/a>/)!;
    assert.equal(
      link[1],
      `https://github.example/acme/shop/blob/${commit}/apps/shop/src/config/session.js#L4`,
    );
    assert.equal(textOf(link[0]), 'src/config/session.js:4');
    assert.ok(
      body.includes('In production the session cookie is sent without Secure: cookie.secure is false.'),
    );
    assert.ok(body.includes('Set `cookie.secure` to `true` in production'));
  });

  it('groups advisories by the one update that ends them', () => {
    const html = renderHtml(render(sampleReport(10)));
    const rows = html.match(/<tr>.*?<\/tr>/gs)!.map(textOf);
    const express = rows.filter((row) => row.includes('Update express to 4.22.3'));
    assert.equal(express.length, 1);
    assert.match(express[0]!, /2 advisories \(1 high, 1 moderate\)/);
    assert.match(
      express[0]!,
      /GHSA-9wv6-86v2-598j in path-to-regexp 0\.1\.7.*GHSA-hrpp-h998-j3pp in qs 6\.7\.0/s,
    );
    assert.ok(rows.some((row) => row.includes('Update multer to 2.4.0 (a breaking change)')));
  });

  it('says what to do where no update ends an advisory', () => {
    const input = sampleReport(10);
    const findings = input.verdict.findings.map(
      (finding): JudgedFinding =>
        finding.advisory
          ? {
              ...finding,
              advisory: {
                ...finding.advisory,
                action: null,
                patched: finding.advisory.package === 'qs' ? '6.7.3' : null,
              },
            }
          : finding,
    );
    const text = textOf(renderHtml(render(changed(input, { findings }))));
    assert.ok(text.includes('Replace multer: no fixed version is known'));
    assert.ok(text.includes('Bring qs to 6.7.3, by an override if need be'));
  });

  it('keeps what does not block folded, and only counts what was there before', () => {
    const html = renderHtml(render(sampleReport(10)));
    const open = textOf(html.replace(/<details>.*?<\/details>/gs, ''));
    assert.ok(!open.includes('helmet-missing ('));
    assert.ok(textOf(html).includes('helmet-missing (moderate)'));
    const [old] = html.match(/<details>\s*<summary>1 finding that was there before .*?<\/details>/s)!;
    assert.match(textOf(old), /session-cookie-same-site \(moderate\) at src\/config\/session\.js:5/);
    assert.ok(!open.includes('session-cookie-same-site'));
    assert.ok(open.includes('Compared with the base: 8 new, 2 unchanged, 1 fixed.'));
    assert.ok(
      open.includes(
        '1 finding of the base is fixed, thank you: session-cookie-not-secure in services/service-001/src/config/session.js.',
      ),
    );
  });

  it('counts what was there before by kind: a line for each rule, and for each update', () => {
    const input = sampleReport(1000);
    const findings = input.verdict.findings.map(
      (finding): JudgedFinding => ({ ...finding, status: 'unchanged', outcome: 'warn', waiver: null }),
    );
    const body = render(changed(input, { findings, verdict: 'pass' }));
    assert.match(
      body,
      /^### express-gate: passed, (?:nothing new was found|but not everything could be looked at)$/m,
    );
    const [old] = body.match(
      /<summary>1000 findings that were there before and do not block.*?<\/details>/s,
    )!;
    assert.match(old, /^- \[session-secret-hardcoded\].* and 97 more$/m);
    assert.match(old, /^- Update `express` to `4\.22\.3`: 2 advisories \(1 high, 1 moderate\)$/m);
    assert.equal(old.match(/^- /gm)!.length, 9);
  });

  it('names the changed place of a new finding whose own line is not touched', () => {
    const input = sampleReport(1);
    const withCause = (message: string, more: Partial<JudgedFinding> = {}) =>
      textOf(
        renderHtml(
          render(
            changed(input, {
              findings: input.verdict.findings.map((finding) => ({
                ...finding,
                related: [
                  ...finding.related,
                  { file: 'config/production.json', line: 3, column: 1, message },
                ],
                ...more,
              })),
            }),
          ),
        ),
      );
    for (const message of ['this change makes it so', 'the value is written here; this change makes it so'])
      assert.match(
        withCause(message),
        /src\/config\/session\.js:4This change makes it so: config\/production\.json:3/,
      );
    assert.ok(!withCause('the value is written here').includes('config/production.json'));
    assert.ok(!withCause('this change makes it so', { status: 'unchanged' }).includes('This change'));
  });

  it('draws the ways by which a vulnerable package comes in, where there are several', () => {
    const graphs = (body: string) => body.match(/```mermaid\n.*?\n```/gs) ?? [];
    const [graph, ...more] = graphs(render(sampleReport(10)));
    assert.equal(more.length, 0);
    assert.equal(
      graph,
      [
        '```mermaid',
        'graph LR',
        '  n0(["path-to-regexp #40;vulnerable#41;"])',
        '  n1["express"]',
        '  n2["express-openapi"]',
        '  n1 --> n0',
        '  n2 --> n1',
        '```',
      ].join('\n'),
    );
    assert.deepEqual(graphs(render(sampleReport(1))), []);
    const input = sampleReport(10);
    const findings = input.verdict.findings.map((finding) =>
      finding.advisory === undefined
        ? finding
        : {
            ...finding,
            advisory: {
              ...finding.advisory,
              package: 'a"]; click n0 "javascript:x"\n%%{init: {}}%% `b` <img> end',
              paths: Array.from({ length: 400 }, (_, index) =>
                Array.from({ length: 30 }, (_, step) => `${index} --> ${step}"]\n\`\`\``),
              ),
            },
          },
    );
    const [hostile] = graphs(render(changed(input, { findings })));
    const lines = hostile!.split('\n').slice(2, -1);
    assert.ok(lines.length < 80 && hostile!.length < 8000);
    for (const line of lines)
      assert.match(line, /^ {2}n\d+(?: --> n\d+|(?:\(\[|\[)"(?:[\w./ -]|#\d+;)*"(?:\]\)|\]))$/);
    assertHarmless(render(changed(input, { findings })));
  });

  it('says once, in words, why there is nothing to compare with, and does not repeat the reason of an open verdict', () => {
    const detail = 'The directory is in no git repository.';
    const base = { name: 'base', project: '.', state: 'degraded', detail, ms: 1 } as const;
    const body = render(changed(sampleReport(1), { compared: false, checks: [base] }));
    assert.ok(
      body.includes(`> **There is no base to compare with.** ${detail} So every finding counts as new.`),
    );
    assert.equal(body.split(detail).length, 2);
    const stale = render(
      changed(sampleReport(0), {
        verdict: 'incomplete',
        incompleteBecause: [detail],
        checks: [{ ...base, state: 'failed', cause: 'stale' }],
      }),
    );
    assert.equal(stale.split(detail).length, 2);
  });

  it('lists unchanged findings that block all the same', () => {
    const input = sampleReport(1);
    const findings = input.verdict.findings.map((finding) => ({ ...finding, status: 'unchanged' as const }));
    assert.ok(textOf(renderHtml(render(changed(input, { findings })))).includes('src/config/session.js:4'));
  });

  it('says loudly, before the findings, which checks are degraded or failed', () => {
    const body = render(sampleReport(10));
    const warning = body.indexOf(
      '> [!WARNING]\n> **npm-audit is degraded**: The registry could not be asked',
    );
    assert.ok(warning > 0 && warning < body.indexOf('#### What blocks'));
    assert.ok(body.includes('> **code is degraded**'));
    const clean = sampleReport(0);
    const checks = [
      { name: 'code', project: 'web', state: 'failed', detail: 'It is broken.', ms: 1 },
    ] as const;
    const failed = render(changed(clean, { checks }));
    assert.match(failed, /^### express-gate: passed, but not everything could be looked at$/m);
    assert.ok(failed.includes('> **code could not run** (`web`): It is broken.'));
  });

  it('says why it could not judge', () => {
    const input = changed(sampleReport(0), {
      verdict: 'incomplete',
      incompleteBecause: ['npm-audit is required and could not run.'],
    });
    const body = render(input);
    assert.match(body, /^### express-gate: could not judge$/m);
    assert.ok(body.includes('> [!CAUTION]\n> npm-audit is required and could not run.'));
  });

  it('says near the top that the policy is edited, and lists undecided questions and waivers in force', () => {
    const input = sampleReport(10);
    const policy = {
      ...input.verdict.policy,
      notes: [
        { kind: 'policy-changed' as const, message: 'fail-on is changed.' },
        ...input.verdict.policy.notes,
      ],
    };
    const body = render(changed(input, { policy }));
    assert.ok(body.indexOf('- fail-on is changed.') < body.indexOf('#### What blocks'));
    assert.ok(body.includes('the waiver of helmet-missing expired on 2026-10-31'));
    assert.ok(body.includes('cookie.secure depends on the environment variable COOKIE_SECURE'));
    assert.match(
      body,
      /`tls-validation-disabled` at .*, until 2027-01-31: the upstream is a test double until the move is done/,
    );
  });

  it('says at the end how to waive and where the policy is', () => {
    const body = render(sampleReport(10));
    assert.ok(
      body.includes(
        '```yaml\nwaivers:\n  - rule: session-secret-hardcoded\n    path: src/app.js\n    reason: ',
      ),
    );
    assert.ok(
      body.includes(
        `The policy [\`.github/express-gate.yml\`](https://github.example/acme/shop/blob/${commit}/apps/shop/.github/express-gate.yml) blocks new findings of severity high and above.`,
      ),
    );
    assert.ok(
      render(sampleReport(1), { policyFile: null as never }).includes(
        'There is no policy file, so the default blocks',
      ),
    );
    const advisory = changed(sampleReport(10), {
      findings: sampleReport(10).verdict.findings.filter(({ advisory }) => advisory),
    });
    assert.ok(render(advisory).includes('  - advisory: GHSA-9wv6-86v2-598j\n    package: path-to-regexp\n'));
  });

  it('is short where all is well, and says what was looked at', () => {
    const clean = render(sampleReport(0));
    assert.ok(clean.length < 1000);
    assert.ok(clean.includes('- npm-audit: npm audited 214 packages of package-lock.json.'));
    assert.ok(!clean.includes('waivers:'));
    const fixed = render(changed(sampleReport(0), { fixed: sampleReport(1).verdict.findings }));
    assert.match(fixed, /^### express-gate: passed, everything is fixed$/m);
    const asked = render(changed(sampleReport(0), { undecided: sampleReport(10).verdict.undecided }));
    assert.match(asked, /^### express-gate: passed, 2 questions are undecided$/m);
  });

  it('names what was skipped', () => {
    const checks = [
      { name: 'npm-audit', project: '.', state: 'skipped', detail: 'It was switched off.', ms: 0 },
      { name: 'code', project: '.', state: 'skipped', detail: 'No Express.', ms: 0 },
      { name: 'code', project: 'web', state: 'ok', detail: '3 files.', ms: 0 },
    ] as const;
    assert.ok(render(changed(sampleReport(1), { checks })).includes('Skipped: npm-audit. '));
    assert.ok(!render(sampleReport(1)).includes('Skipped'));
  });

  it('says how many places have no annotation', () => {
    assert.ok(render(sampleReport(10), { annotationsLeftOut: 7 }).includes('7 places have no annotation'));
    assert.ok(!render(sampleReport(10)).includes('annotation'));
  });

  it('has no links where the commit is unknown or a path would lead elsewhere', () => {
    assert.ok(!render(sampleReport(1), { commit: '' }).includes('/blob/0'));
    const input = sampleReport(1);
    const findings = input.verdict.findings.map((finding) => ({
      ...finding,
      location: { ...finding.location, file: '../../evil/x.js' },
    }));
    assert.ok(!render(changed(input, { findings })).includes('evil/x.js#L'));
  });
});

describe('the comment of any size', () => {
  it('says once what many places share', () => {
    const body = render(sampleReport(1000));
    assert.ok(body.length < 12_000);
    assert.equal(body.split('**[session-cookie-not-secure]').length, 2);
    assert.ok(body.includes('and 97 more'));
  });

  it('leaves out whole rows, the least important first, and accounts for each finding', () => {
    const base = sampleReport(1).verdict.findings[0]!;
    const wordy = (index: number) => `${index}: ${'|`@a <b> #1 '.repeat(40)}`;
    for (const n of [150, 3000]) {
      const findings = Array.from({ length: n }, (_, index) => ({
        ...base,
        message: wordy(index),
        help: wordy(index),
        outcome: index < n / 2 ? ('block' as const) : ('warn' as const),
      }));
      const body = render(changed(sampleReport(1), { findings }));
      assert.ok(body.length <= 65_000, `${body.length}`);
      assertHarmless(body);
      const html = renderHtml(body);
      const rows = [...html.matchAll(/\(high\)<br \/>|\(high\)<br>/g)].length;
      const leftOut = [
        ...textOf(html).matchAll(/(\d+)(?: more)? findings that (?:do not )?block are left out here/g),
      ].reduce((sum, found) => sum + Number(found[1]), 0);
      assert.equal(rows + leftOut, n);
      assert.ok(rows > 20);
      const shown = [...textOf(html).matchAll(/\(high\)(\d+): /g)].map((found) => Number(found[1]));
      assert.deepEqual(
        shown,
        shown.map((_, index) => index),
      );
      assert.ok(body.includes(`are left out here: [the job summary has them](${context.runUrl}).`));
      assert.ok(body.includes('express-gate 0.1.0'));
    }
  });

  it('stays under the limit for hostile reports of any length', () => {
    const long = hostileReportWith(hostileText.repeat(3000));
    assert.ok(render(long).length <= 65_000);
    assertHarmless(render(long));
  });
});

describe('the comment on hostile input', () => {
  it('has no markup, link, mention or mark but its own', () => {
    assertHarmless(render(sampleReport(10)));
    assertHarmless(render(hostileReport()));
    fc.assert(
      fc.property(hostileTexts, (text) => assertHarmless(render(hostileReportWith(text)))),
      { numRuns: 150 },
    );
  });
});

describe('the mark', () => {
  it('tells our comment of this key from others', () => {
    const body = render(sampleReport(1));
    assert.ok(body.startsWith(commentMark('shop')));
    assert.ok(isOurComment(body, 'shop'));
    assert.ok(isOurComment(body.replaceAll('\n', '\r\n'), 'shop'));
    for (const key of ['', 'sho', 'shop2', 'SHOP', 'shop"']) assert.ok(!isOurComment(body, key), key);
    assert.ok(!isOurComment(`> ${body}`, 'shop'));
    assert.ok(!isOurComment(`text\n${commentMark('shop')}`, 'shop'));
  });

  it('is invisible and its own for any key', () => {
    fc.assert(
      fc.property(hostileTexts, hostileTexts, (key, other) => {
        const body = render(sampleReport(0), { commentKey: key });
        assert.ok(isOurComment(body, key));
        assert.equal(isOurComment(body, other), Buffer.from(key).equals(Buffer.from(other)));
        assert.match(renderHtml(body), /^<!--[^>]*-->\n<h3>express-gate: passed, nothing was found<\/h3>/);
      }),
      { numRuns: 300 },
    );
  });
});
