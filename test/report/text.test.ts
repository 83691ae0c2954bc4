/** The terminal report: what it says, how much of it, and that nothing in it does more than be read. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stripVTControlCharacters } from 'node:util';
import fc from 'fast-check';
import { evaluate } from '../../src/evaluate/evaluate.ts';
import type { Verdict } from '../../src/model/verdict.ts';
import type { ReportInput } from '../../src/report/report-input.ts';
import { renderText } from '../../src/report/text.ts';
import {
  advisoryFinding,
  anyInput,
  check,
  detection,
  finding,
  input,
  policy,
  waiver,
} from '../evaluate/detections.ts';
import { hostileReport, sampleReport } from './verdict-fixtures.ts';

const plain = (report: ReportInput) => renderText(report, { color: false });
const report = (verdict: Verdict): ReportInput => ({ verdict, files: new Map(), version: '1.2.3' });
const judged = (part: Parameters<typeof input>[0]) => plain(report(evaluate(input(part))));

function times(text: string, what: string): number {
  return text.split(what).length - 1;
}

test('a clean pass is two lines: the verdict, and what was looked at', () => {
  assert.equal(
    plain(sampleReport(0)),
    'express-gate: passed, nothing was found\nLooked at corner-shop (Express 4.17.1): npm-audit, express-version, code.\n',
  );
});

test('a finding shows rule, place, code with a marker, the way of the value, help, fix and documentation', () => {
  const text = plain(sampleReport(1));
  assert.ok(
    text.startsWith(`1 finding blocks:

high[session-cookie-not-secure]: In production the session cookie is sent without Secure: cookie.secure is false.
   --> src/config/session.js:4:5
    |
  3 |   cookie: {
  4 |     secure: process.env.NODE_ENV !== 'production',
    |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  5 |     sameSite: 'none',
    |
   --> src/app.js:10:9: the session is set up here
 10 | app.use(session({
    = help: Set \`cookie.secure\` to \`true\` in production, and \`trust proxy\` where TLS ends at a proxy.
    = fix: Compare the other way round, so that production gets true
  4 +     secure: process.env.NODE_ENV === 'production',
    = docs: https://`),
    text,
  );
});

test('advisories stand under the one change that ends them', () => {
  const text = plain(sampleReport(10));
  assert.match(text, /^update express to 4\.22\.3: ends 2 advisories \(1 high, 1 moderate\)$/m);
  assert.match(text, /^update multer to 2\.4\.0 \(a breaking change\): ends 1 advisory/m);
  assert.match(
    text,
    /^ {2}high {6}GHSA-9wv6-86v2-598j {2}path-to-regexp 0\.1\.7 -> 0\.1\.10 {2}express > path-to-regexp, and 4 other paths \[blocks\]$/m,
  );
  assert.match(
    text,
    /minimatch 3\.0\.4 -> 3\.0\.5 {2}nodemon > minimatch \[for development only: does not block\]$/m,
  );
  assert.ok(
    text.indexOf('update multer') < text.indexOf('Does not block') &&
      text.indexOf('update nodemon') > text.indexOf('Does not block'),
  );
});

test('few advisories are told with CVE, CVSS, CWE and vulnerable range', () => {
  const text = plain(sampleReport(10));
  assert.match(text, /^ {4}CVE-2024-45296, CVSS 7\.5, CWE-1333, vulnerable: <0\.1\.10$/m);
});

test('several versions of one line that a project should move to are one change, to the highest', () => {
  const to = (version: string, major = false) => ({ package: 'express', version, major });
  const text = judged({
    head: detection({
      findings: [
        advisoryFinding({ id: 'GHSA-1', action: to('4.20.0') }),
        advisoryFinding({ id: 'GHSA-2', action: to('4.22.3') }),
        advisoryFinding({ id: 'GHSA-3', action: to('4.19.2') }),
        advisoryFinding({ id: 'GHSA-4', action: to('5.3.0', true) }),
        advisoryFinding({
          id: 'GHSA-5',
          action: { package: 'qs', version: '6.7.3', major: false, updates: ['body-parser', 'qs'] },
        }),
      ],
    }),
  });
  assert.match(text, /^update express to 4\.22\.3: ends 3 advisories/m);
  assert.match(text, /^update express to 5\.3\.0 \(a breaking change\): ends 1 advisory/m);
  assert.match(text, /^update body-parser, qs within the declared ranges: ends 1 advisory/m);
});

test('an advisory without a known change says what there is to do', () => {
  const text = judged({
    head: detection({
      findings: [
        advisoryFinding({ action: null }),
        advisoryFinding({ id: 'GHSA-x', package: 'hbs', action: null, patched: null, paths: [] }),
      ],
    }),
  });
  assert.match(text, /^bring qs to 6\.7\.3: ends 1 advisory/m);
  assert.match(text, /^replace hbs, of which no fixed version is known: ends 1 advisory/m);
});

test('undecided, waived, fixed, notes and troubled checks are told in words; unchanged findings only counted', () => {
  const text = plain(sampleReport(10));
  assert.match(text, /2 questions are undecided/);
  assert.match(
    text,
    /admin\/server\.js:18:15: session-cookie-not-secure: cookie\.secure depends on the environment variable COOKIE_SECURE/,
  );
  assert.match(
    text,
    /1 finding is waived\n {2}tls-validation-disabled at src\/app\.js:\d+:\d+, until 2027-01-31: the upstream/,
  );
  assert.match(text, /1 finding of the base is fixed\n {2}session-cookie-not-secure/);
  assert.match(text, /note: .*expired on 2026-10-31/);
  assert.match(
    text,
    /Not everything could be looked at\n {2}DEGRADED npm-audit: The registry could not be asked/,
  );
  assert.doesNotMatch(text, /session-cookie-same-site/);
  assert.match(
    text,
    /10 findings: 1 critical, 5 high, 3 moderate, 1 low; 8 new, 2 unchanged, 1 waived\. 1 of the base is fixed\./,
  );
  assert.match(
    text,
    /Blocking: new findings of severity high and above \(policy: \.github\/express-gate\.yml\)\./,
  );
});

test('unchanged findings are shown where the policy lets them block', () => {
  const all = policy({ scope: 'all' });
  const base = { snapshot: input().snapshot, detection: detection({ findings: [finding()] }) };
  const head = detection({ findings: [finding()] });
  assert.match(
    judged({ policy: all, head, base }),
    /high\[session-cookie-not-secure\].*\(also in the base\)/,
  );
  assert.doesNotMatch(judged({ head, base }), /high\[session-cookie-not-secure\]/);
});

test('incomplete says why and what to do, and a failed check is loud', () => {
  const text = judged({
    policy: policy({ require: ['npm-audit'] }),
    head: detection({
      checks: [
        check({ state: 'failed', cause: 'unreadable', detail: 'package-lock.json is broken at line 3.' }),
      ],
    }),
  });
  assert.match(text, /^express-gate: could not judge$/m);
  assert.match(
    text,
    /^ {2}! The policy requires the check npm-audit, and it could not read what it needs: repair the file/m,
  );
  assert.match(text, /FAILED npm-audit: package-lock\.json is broken at line 3\./);
});

test('a skipped check is named, the same one in many projects once', () => {
  const skipped = ['.', 'a', 'b', 'c', 'd'].map((project) =>
    check({ name: 'code', state: 'skipped', project, detail: 'It does not use Express.' }),
  );
  const text = judged({ head: detection({ checks: [check(), ...skipped] }) });
  assert.match(text, /^Skipped code in the root, a, b and 2 more: It does not use Express\.$/m);
  assert.equal(times(text, 'It does not use Express.'), 1);
});

test('many questions are gathered by their reason', () => {
  const undecided = Array.from({ length: 60 }, (_, index) => ({
    ruleId: 'session-cookie-not-secure',
    location: {
      file: `src/s${String(index).padStart(2, '0')}.js`,
      line: 1,
      column: 1,
      endLine: 1,
      endColumn: 2,
    },
    reason: `depends on the environment variable ${index % 2 === 0 ? 'A' : 'B'}`,
    project: '.',
  }));
  const text = judged({ head: detection({ undecided }) });
  assert.match(text, /60 questions are undecided/);
  assert.match(
    text,
    /depends on the environment variable A \(session-cookie-not-secure at src\/s00\.js:1:1, src\/s02\.js:1:1, src\/s04\.js:1:1 and 27 more\)/,
  );
  assert.equal(times(text, 'environment variable B'), 1);
});

test('a thousand findings stay readable, every rule has its place, and what is left out is counted', () => {
  const text = plain(sampleReport(1000));
  assert.ok(text.split('\n').length < 200);
  assert.match(text, /400 findings block:/);
  for (const ruleId of [
    'session-secret-hardcoded',
    'session-cookie-not-secure',
    'helmet-missing',
    'x-powered-by-enabled',
  ]) {
    assert.match(
      text,
      new RegExp(`\\[${ruleId}\\]: the same at\\n(?: {2}--> .*\\n){4} {6}and 95 more places`),
    );
    assert.equal(times(text, `docs/rules/${ruleId}.md`), 1);
  }
  assert.match(text, /update express to 4\.22\.3: ends 2 advisories \(1 high, 1 moderate, in 100 projects\)/);
  assert.match(text, /380 findings are left out here: run with --format json for all of them\./);
});

test('many different advisories and updates are bounded and counted too', () => {
  const findings = Array.from({ length: 900 }, (_, index) =>
    advisoryFinding({
      id: `GHSA-${String(index).padStart(4, '0')}`,
      action: { package: `p${index % 30}`, version: '2.0.0', major: false },
    }),
  );
  const text = judged({ head: detection({ findings }) });
  const shown = times(text, '[blocks]');
  assert.equal(times(text, ': ends 30 advisories'), 20);
  assert.equal(shown, 120);
  assert.match(text, /and 24 advisories more/);
  assert.match(text, new RegExp(`${900 - shown} findings are left out here`));
});

test('colour changes nothing but colour', () => {
  for (const sample of [sampleReport(0), sampleReport(10), sampleReport(1000)]) {
    const colored = renderText(sample, { color: true });
    assert.match(colored, /\u001b\[/);
    assert.equal(stripVTControlCharacters(colored), plain(sample));
    assert.doesNotMatch(plain(sample), /\u001b/);
  }
});

const harmless = (text: string) => {
  assert.doesNotMatch(text.replaceAll('\n', ''), /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u);
  assert.doesNotMatch(text, /^\s*::|##[a-z]*\[/im);
};

test('a hostile repository controls neither the terminal nor the CI system, nor the number of lines', () => {
  const text = plain(hostileReport());
  harmless(text);
  assert.match(text, /\[U\+001B\]\[2J/);
  // One finding more or less: its two undecided places, related ones and rows of code are the same as in the friendly report.
  assert.ok(Math.abs(text.split('\n').length - plain(sampleReport(10)).split('\n').length) < 20);
});

test('property: any verdict is rendered harmlessly, the same each time, with its verdict in words', () => {
  const words = {
    pass: /express-gate: passed/,
    fail: /express-gate: blocked by/,
    incomplete: /express-gate: could not judge/,
  };
  fc.assert(
    fc.property(anyInput, (given) => {
      const verdict = evaluate(given);
      const text = plain(report(verdict));
      harmless(text);
      assert.match(text, words[verdict.verdict]);
      assert.equal(plain(report(structuredClone(verdict))), text);
      for (const reason of verdict.incompleteBecause) assert.ok(text.includes(reason));
    }),
  );
});

test('waivers in force are told with reason and last day, advisories by their id', () => {
  const text = judged({
    policy: policy({ waivers: [waiver({ advisory: 'GHSA-aaaa-bbbb-cccc', reason: 'not reachable' })] }),
    head: detection({ findings: [advisoryFinding()] }),
  });
  assert.match(
    text,
    /1 finding is waived\n {2}GHSA-aaaa-bbbb-cccc of qs at package\.json:4:5, until 2027-06-30: not reachable/,
  );
  assert.match(text, /express-gate: passed/);
});
