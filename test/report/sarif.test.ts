/** The SARIF log: valid by the published schema, within GitHub's limits, nothing in it that becomes an alert by mistake, the same bytes each time. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { describe, it } from 'node:test';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import type { Result, Run } from 'sarif';
import { rules } from '../../src/detect/rule-list.ts';
import { evaluate } from '../../src/evaluate/evaluate.ts';
import type { JudgedFinding } from '../../src/model/finding.ts';
import { ruleUrl } from '../../src/model/rule.ts';
import type { Verdict } from '../../src/model/verdict.ts';
import type { ReportInput } from '../../src/report/report-input.ts';
import { repositoryPath, repositoryUri } from '../../src/report/repository-path.ts';
import { renderSarif, type SarifContext } from '../../src/report/sarif.ts';
import { anyInput } from '../evaluate/detections.ts';
import { hostileReportWith } from './hostile-substitution.ts';
import { hostileTexts } from './hostile-texts.ts';
import { isValidSarif, validRun } from './sarif-schema.ts';
import { hostileReport, sampleReport } from './verdict-fixtures.ts';

const plain: SarifContext = { rules, pathPrefix: '', commentKey: '', withAbsent: true, repository: null };

function run(input: ReportInput, context: Partial<SarifContext> = {}): Run {
  return validRun(renderSarif(input, { ...plain, ...context }));
}

function withVerdict(change: Partial<Verdict>, size = 10): ReportInput {
  const input = sampleReport(size);
  return { ...input, verdict: { ...input.verdict, ...change } };
}

/** The sample with its first finding changed. */
function withFinding(change: Partial<JudgedFinding>): ReportInput {
  const { findings } = sampleReport(10).verdict;
  return withVerdict({ findings: [{ ...findings[0]!, ...change }, ...findings.slice(1)] });
}

function firstResult(input: ReportInput, context: Partial<SarifContext> = {}): Result {
  return run(input, context).results![0]!;
}

/** Every string of a value, keys apart. */
function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsOf) : [];
}

describe('a SARIF log', () => {
  it('is valid by the published schema at every size, and with hostile text', () => {
    for (const input of [
      sampleReport(0),
      sampleReport(1),
      sampleReport(10),
      sampleReport(1000),
      hostileReport(),
    ])
      run(input, {
        pathPrefix: 'apps/shop/',
        repository: { url: 'https://github.com/octo/shop', commit: 'a1b2c3d' },
      });
  });

  it('would not pass with a word that SARIF does not have', () => {
    const log = JSON.parse(renderSarif(sampleReport(10), plain));
    assert.ok(isValidSarif(log));
    for (const breakIt of [
      (result: Result) => Object.assign(result, { baselineState: 'fixed' }),
      (result: Result) => Object.assign(result, { level: 'high' }),
      (result: Result) => Object.assign(result, { outcome: 'block' }),
      (result: Result) => Object.assign(result.locations![0]!.physicalLocation!.region!, { startLine: 0 }),
      (result: Result) =>
        Object.assign(result.locations![0]!.physicalLocation!.artifactLocation!, { uri: 'a b' }),
    ]) {
      const copy = structuredClone(log);
      breakIt(copy.runs[0].results[0]);
      assert.equal(isValidSarif(copy), false, String(breakIt));
    }
  });

  it('property: any verdict is valid, has a result for each finding, prints harmlessly and gives the same bytes', () => {
    fc.assert(
      fc.property(anyInput, (input) => {
        const verdict = evaluate(input);
        const report = { verdict, files: new Map(), version: '1.2.3' };
        const json = renderSarif(report, plain);
        const { results } = validRun(json);
        assert.equal(results!.length, verdict.findings.length + verdict.fixed.length);
        assert.doesNotMatch(json, /[^\n\P{Cc}]|\p{Cf}/u);
        assert.equal(renderSarif({ ...report, verdict: structuredClone(verdict) }, plain), json);
      }),
      { numRuns: 40 },
    );
  });

  it('property: whatever a repository or a registry writes, it is valid, holds nothing unseen and no link', () => {
    fc.assert(
      fc.property(hostileTexts, (text) => {
        const { tool, ...rest } = run(hostileReportWith(text));
        for (const each of textsOf({
          ...rest,
          results: rest.results!.map(({ fixes: _, ...result }) => result),
        })) {
          assert.doesNotMatch(each, /[^\n\P{Cc}]|\p{Cf}|\p{Cs}/u);
          assert.doesNotMatch(each, /\]\(/);
        }
        assert.deepEqual(tool.driver.rules, run(hostileReport()).tool.driver.rules);
      }),
      { numRuns: 60 },
    );
  });

  it('says which tool, which directory and which revision', () => {
    const { tool, automationDetails, versionControlProvenance, columnKind } = run(sampleReport(1), {
      commentKey: 'shop',
      repository: { url: 'https://github.com/octo/shop', commit: 'a1b2c3d' },
    });
    assert.equal(tool.driver.name, 'express-gate');
    assert.equal(tool.driver.semanticVersion, '0.1.0');
    assert.equal(columnKind, 'utf16CodeUnits');
    // What stands before the last slash is GitHub's category: it must differ from key to key.
    assert.equal(automationDetails?.id, 'express-gate/shop/');
    assert.equal(run(sampleReport(1)).automationDetails?.id, 'express-gate/');
    assert.deepEqual(versionControlProvenance, [
      {
        repositoryUri: 'https://github.com/octo/shop',
        revisionId: 'a1b2c3d',
        mappedTo: { uriBaseId: '%SRCROOT%' },
      },
    ]);
    assert.equal(run(sampleReport(1)).versionControlProvenance, undefined);
  });
});

describe('the rules of a SARIF log', () => {
  const descriptors = run(sampleReport(0)).tool.driver.rules!;

  it('are all there, with all that GitHub shows, within its lengths', () => {
    assert.deepEqual(
      descriptors.map(({ id }) => id),
      rules.map(({ id }) => id),
    );
    for (const {
      id,
      shortDescription,
      fullDescription,
      help,
      helpUri,
      defaultConfiguration,
      properties,
    } of descriptors) {
      const rule = rules.find((each) => each.id === id)!;
      assert.equal(shortDescription!.text, rule.title);
      assert.ok(fullDescription!.text.length > 40 && fullDescription!.text.length <= 1024, id);
      for (const part of [
        rule.remedy.trim(),
        rule.examples.bad.trim(),
        rule.examples.good.trim(),
        rule.limits.trim(),
      ])
        assert.ok(help!.markdown!.includes(part), id);
      assert.doesNotMatch(help!.text, /```/);
      assert.equal(helpUri, ruleUrl(id));
      assert.ok(['error', 'warning', 'note'].includes(defaultConfiguration!.level!));
      assert.equal(properties!.precision, rule.confidence);
      assert.ok(properties!.tags!.includes('security') && properties!.tags!.length <= 20);
      assert.match(properties!['security-severity'], /^(?:9\.5|8\.0|5\.5|3\.0)$/);
    }
  });

  it('name their weaknesses as CodeQL does', () => {
    const cookie = descriptors.find(({ id }) => id === 'session-cookie-not-secure')!;
    assert.deepEqual(cookie.properties!.tags, ['security', 'external/cwe/cwe-614']);
    assert.equal(cookie.defaultConfiguration!.level, 'error');
    assert.equal(cookie.properties!['security-severity'], '8.0');
  });

  it('hold no HTML, which SARIF forbids in its Markdown', () => {
    for (const { id, help } of descriptors) {
      const prose = help!
        .markdown!.replace(/^(`{3,})[\s\S]*?^\1/gm, '')
        .replace(/`[^`]*`|<https:[^>]*>/g, '');
      assert.doesNotMatch(prose, /<[a-z/!]/i, id);
    }
  });

  it('have the security severity of their gravest finding, as GitHub knows only one for all', () => {
    const { findings } = sampleReport(10).verdict;
    const severityOf = (input: ReportInput, id: string) =>
      run(input).tool.driver.rules!.find((rule) => rule.id === id)!.properties!['security-severity'];
    const low = findings.map((finding) => ({ ...finding, severity: 'low' as const }));
    assert.equal(severityOf(withVerdict({ findings: low }), 'dependency-vulnerable'), '3.0');
    const one = low.map((finding, index) =>
      index % 3 === 0 ? { ...finding, severity: 'critical' as const } : finding,
    );
    const grave = one.find(({ severity }) => severity === 'critical')!.ruleId;
    assert.equal(severityOf(withVerdict({ findings: one }), grave), '9.5');
    assert.equal(severityOf(sampleReport(0), 'dependency-vulnerable'), '8.0');
  });
});

describe('the results of a SARIF log', () => {
  const sample = sampleReport(10);
  const { findings, fixed } = sample.verdict;
  const results = run(sample).results!;
  const resultOf = (finding: { fingerprint: string }, all = results) =>
    all.find(({ partialFingerprints }) => partialFingerprints!['expressGate/v1'] === finding.fingerprint)!;

  it('carry rule, level, place and our own fingerprint, never the one that GitHub makes', () => {
    for (const finding of findings) {
      const { ruleId, ruleIndex, level, locations, message, partialFingerprints, rank } = resultOf(finding);
      assert.equal(ruleId, finding.ruleId);
      assert.equal(
        ruleIndex,
        rules.findIndex(({ id }) => id === finding.ruleId),
      );
      assert.equal(
        level,
        { critical: 'error', high: 'error', moderate: 'warning', low: 'note' }[finding.severity],
      );
      const { region } = locations![0]!.physicalLocation!;
      const { line, column, endLine, endColumn } = finding.location;
      assert.deepEqual(region, { startLine: line, startColumn: column, endLine, endColumn });
      assert.equal(message.text, `${finding.message}\n${finding.help}`);
      assert.deepEqual(Object.keys(partialFingerprints!), ['expressGate/v1']);
      assert.ok(rank! > 0 && rank! <= 100);
    }
  });

  it('are ordered: what blocks, what else is to be acted on, what was there, what is waived, what is gone', () => {
    const words = results.map(({ properties, baselineState }) =>
      baselineState === 'absent'
        ? 4
        : properties!.outcome === 'block'
          ? 0
          : properties!.outcome === 'waived'
            ? 3
            : baselineState === 'unchanged'
              ? 2
              : 1,
    );
    assert.deepEqual(words, words.toSorted());
    assert.deepEqual(new Set(words), new Set([0, 1, 2, 3, 4]));
  });

  it('score an advisory by its own CVSS', () => {
    const advisory = findings.find((finding) => finding.advisory?.id === 'GHSA-9wv6-86v2-598j')!;
    const { properties, rank } = resultOf(advisory);
    assert.deepEqual([properties!['security-severity'], rank], ['7.5', 75]);
    assert.equal(properties!.advisory.cve, 'CVE-2024-45296');
    const unscored = withFinding({ advisory: { ...advisory.advisory!, cvss: 0 }, severity: 'critical' });
    assert.equal(firstResult(unscored).properties!['security-severity'], '9.5');
  });

  it('lie below the root of the repository, wherever the directory is', () => {
    for (const { artifactLocation } of run(sample, { pathPrefix: 'apps/my shop/' }).results!.map(
      ({ locations }) => locations![0]!.physicalLocation!,
    )) {
      assert.equal(artifactLocation!.uriBaseId, '%SRCROOT%');
      assert.match(artifactLocation!.uri!, /^apps\/my%20shop\//);
    }
  });

  it('suppress what is waived, with the reason and its end, and nothing else', () => {
    for (const finding of findings) {
      const { suppressions } = resultOf(finding);
      if (finding.waiver === null) assert.deepEqual(suppressions, []);
      else
        assert.deepEqual(suppressions, [
          {
            kind: 'external',
            status: 'accepted',
            justification: 'the upstream is a test double until the move is done (until 2027-01-31)',
          },
        ]);
    }
    assert.ok(findings.some(({ waiver }) => waiver !== null));
  });

  it('say what is new only where a base was compared with', () => {
    for (const finding of findings) assert.equal(resultOf(finding).baselineState, finding.status);
    const alone = run(withVerdict({ compared: false, fixed: [] })).results!;
    assert.ok(alone.every((result) => !('baselineState' in result)));
    assert.ok(!('baselineState' in firstResult(withFinding({ status: 'unknown' }))));
  });

  it('tell what is fixed as absent, at its old place, but not to code scanning', () => {
    const absent = results.filter(({ baselineState }) => baselineState === 'absent');
    assert.equal(absent.length, fixed.length);
    assert.equal(absent[0]!.locations!.length, 1);
    const scanned = run(sample, { withAbsent: false }).results!;
    assert.equal(scanned.length, findings.length);
  });

  it('link to the places that help to understand them, as many as GitHub shows', () => {
    const related = { file: 'a b.js', line: 3, column: 5, message: 'set [here](https://evil.example)' };
    const { relatedLocations } = firstResult(withFinding({ related: Array(3000).fill(related) }));
    assert.equal(relatedLocations!.length, 100);
    assert.deepEqual(relatedLocations![1], {
      id: 2,
      message: { text: 'set [here] (https://evil.example)' },
      physicalLocation: {
        artifactLocation: { uri: 'a%20b.js', uriBaseId: '%SRCROOT%' },
        region: { startLine: 3, startColumn: 5 },
      },
    });
  });

  it('bring the correction, which applied gives the text of the fix', () => {
    const finding = findings.find(({ fix }) => fix !== undefined && fix.edits.length > 0)!;
    const [fix] = resultOf(finding).fixes!;
    assert.equal(fix!.description!.text, finding.fix!.description);
    const [change] = fix!.artifactChanges;
    const { deletedRegion, insertedContent } = change!.replacements[0]!;
    const line = sample.files.get(finding.location.file)!.text!.split('\n')[deletedRegion.startLine! - 1]!;
    const edited =
      line.slice(0, deletedRegion.startColumn! - 1) +
      insertedContent!.text +
      line.slice(deletedRegion.endColumn! - 1);
    assert.equal(edited.trim(), `${finding.fix!.edits[0]!.text},`);
  });

  it('bring no correction with characters that nobody sees, nor a huge one, nor one without edits', () => {
    const edit = { file: 'a.js', start: { line: 1, column: 1 }, end: { line: 1, column: 2 } };
    const fixesOf = (text: string) =>
      firstResult(withFinding({ fix: { description: 'x', edits: [{ ...edit, text }] } })).fixes;
    assert.equal(fixesOf('a\r\n\tb')!.length, 1);
    for (const text of ['a\u202eb', '\u0000', 'a\u200bb', 'x'.repeat(20_000)])
      assert.equal(fixesOf(text), undefined);
    assert.equal(firstResult(withFinding({ fix: { description: 'x', edits: [] } })).fixes, undefined);
  });

  it('are only for findings: undecided questions and troubled checks are notifications', () => {
    const { undecided, checks } = sample.verdict;
    const [invocation] = run(sample).invocations!;
    assert.equal(results.length, findings.length + fixed.length);
    const kinds = invocation!.toolExecutionNotifications!.map(({ descriptor }) => descriptor!.id);
    const number = (kind: string) => kinds.filter((each) => each === kind).length;
    assert.equal(number('undecided'), undecided.length);
    assert.equal(number('check-degraded'), checks.filter(({ state }) => state === 'degraded').length);
    const question = invocation!.toolExecutionNotifications!.find(
      ({ descriptor }) => descriptor!.id === 'undecided',
    )!;
    assert.equal(question.level, 'note');
    assert.match(question.message.text!, /COOKIE_SECURE/);
    assert.equal(question.associatedRule!.id, 'session-cookie-not-secure');
    assert.equal(question.locations![0]!.physicalLocation!.artifactLocation!.uri, 'admin/server.js');
    assert.deepEqual(
      invocation!.toolConfigurationNotifications!.map(({ descriptor }) => descriptor!.id),
      ['waiver-expired'],
    );
    const { notifications } = run(sample).tool.driver;
    for (const { descriptor } of invocation!.toolExecutionNotifications!)
      assert.equal(notifications![descriptor!.index!]!.id, descriptor!.id);
  });
});

describe('a run that could not judge', () => {
  it('is no success, and says why', () => {
    const [good] = run(sampleReport(10)).invocations!;
    assert.deepEqual([good!.executionSuccessful, good!.exitCode], [true, 1]);
    const [bad] = run(
      withVerdict({ verdict: 'incomplete', incompleteBecause: ['npm-audit is required and failed.'] }),
    ).invocations!;
    assert.deepEqual([bad!.executionSuccessful, bad!.exitCode], [false, 2]);
    assert.equal(bad!.toolExecutionNotifications![0]!.message.text, 'npm-audit is required and failed.');
    assert.equal(bad!.toolExecutionNotifications![0]!.level, 'error');
  });
});

describe("GitHub's limits", () => {
  const tenMegabytes = 10_000_000;

  it('hold for 6,000 findings: 5,000 results with all that blocks, and the rest is counted', () => {
    const input = sampleReport(6000);
    const json = renderSarif(input, plain);
    const { results, invocations } = validRun(json);
    assert.equal(results!.length, 5000);
    const blocking = results!.filter(({ properties }) => properties!.outcome === 'block').length;
    assert.equal(blocking, input.verdict.counts.blocking);
    assert.ok(
      invocations![0]!.toolExecutionNotifications!.some(({ message }) =>
        /^1001 findings are left out/.test(message.text!),
      ),
    );
    assert.ok(gzipSync(json).length < tenMegabytes);
  });

  it('hold for texts that do not compress', () => {
    const noise = (bytes: number) => randomBytes(bytes).toString('base64');
    const [template] = sampleReport(1).verdict.findings;
    const findings = Array.from({ length: 5000 }, (_, index) => ({
      ...template!,
      fingerprint: String(index),
      message: noise(3000),
      help: noise(3000),
      location: { ...template!.location, file: `${noise(3000)}.js` },
      related: Array.from({ length: 4 }, () => ({
        file: noise(90),
        line: 1,
        column: 1,
        message: noise(90),
      })),
    }));
    const json = renderSarif(withVerdict({ findings }), plain);
    const { results, invocations } = validRun(json);
    assert.ok(results!.length > 500 && results!.length < 5000);
    assert.ok(gzipSync(json).length < tenMegabytes);
    assert.match(
      invocations![0]!.toolExecutionNotifications!.map(({ message }) => message.text).join('\n'),
      new RegExp(`^${5000 - results!.length + 1} findings are left out`, 'm'),
    );
  });

  it('hold for thousands of open questions', () => {
    const [question] = sampleReport(10).verdict.undecided;
    const [invocation] = run(withVerdict({ undecided: Array(3000).fill(question) })).invocations!;
    const texts = invocation!.toolExecutionNotifications!.map(({ message }) => message.text);
    assert.ok(texts.length < 1100);
    assert.equal(texts.at(-1), 'And 2000 more.');
  });
});

describe('a path of the repository', () => {
  it('follows the steps of a path, and goes nowhere else', () => {
    const cases: [prefix: string, file: string, path: string, uri: string][] = [
      ['', 'src/app.js', 'src/app.js', 'src/app.js'],
      ['apps/shop/', '../../package-lock.json', 'package-lock.json', 'package-lock.json'],
      ['', '../package.json', '../package.json', '../package.json'],
      ['', 'javascript:alert(1)', 'javascript:alert(1)', 'javascript%3Aalert(1)'],
      ['', '//evil.example/a', 'evil.example/a', 'evil.example/a'],
      ['', 'a b#c?d%e\\f.js', 'a b#c?d%e\\f.js', 'a%20b%23c%3Fd%25e%5Cf.js'],
      ['', 'é漢\u202e.js', 'é漢\u202e.js', '%C3%A9%E6%BC%A2%E2%80%AE.js'],
    ];
    for (const [prefix, file, path, uri] of cases) {
      assert.equal(repositoryPath(prefix, file), path);
      assert.equal(repositoryUri(prefix, file), uri);
    }
  });

  it('property: any name is a relative reference that leads to itself, and to no other host', () => {
    fc.assert(
      fc.property(fc.oneof(hostileTexts, fc.string({ unit: 'binary' })), (name) => {
        const uri = repositoryUri('', name);
        const resolved = new URL(uri, 'https://root.example/');
        assert.deepEqual([resolved.host, resolved.search, resolved.hash], ['root.example', '', '']);
        assert.match(uri, /^[\w.!~*'()%/-]+$/);
        assert.equal(decodeURIComponent(uri), repositoryPath('', name).replace(/\p{Cs}/gu, '\ufffd'));
      }),
    );
  });
});
