/** Builds believable reports of any size, and a hostile one, for the tests of every renderer. */
import type { Check } from '../../src/model/check.ts';
import type {
  AdvisoryDetail,
  Finding,
  JudgedFinding,
  Outcome,
  Status,
  Undecided,
} from '../../src/model/finding.ts';
import type { Location } from '../../src/model/location.ts';
import { compareText } from '../../src/model/location.ts';
import { ruleUrl } from '../../src/model/rule.ts';
import type { Severity } from '../../src/model/severity.ts';
import { compareSeverity } from '../../src/model/severity.ts';
import type { SnapshotFile } from '../../src/model/snapshot.ts';
import type { Counts, PolicyNote, Verdict } from '../../src/model/verdict.ts';
import type { ReportInput } from '../../src/report/report-input.ts';

const appText = `const fs = require('node:fs');
const https = require('node:https');
const express = require('express');
const session = require('express-session');
const { cookie } = require('./config/session');

const app = express();

app.use(express.urlencoded({ extended: true }));
app.use(session({
  secret: process.env.SESSION_SECRET || 'keyboard cat',
  resave: false,
  saveUninitialized: false,
  cookie,
}));

app.get('/', (request, response) => {
  response.render('index', { user: request.session.user });
});

\tconst upstream = new https.Agent({ keepAlive: true, rejectUnauthorized: false });

https.createServer({ key: fs.readFileSync(process.env.TLS_KEY) }, app).listen(443);
`;

const cookieText = `// Shared by the shop and the back office.
module.exports = {
  cookie: {
    secure: process.env.NODE_ENV !== 'production',
    sameSite: 'none',
    maxAge: 8 * 60 * 60 * 1000,
  },
};
`;

const manifestText = `{
  "name": "corner-shop",
  "dependencies": {
    "express": "^4.17.1",
    "express-session": "^1.17.1",
    "multer": "^1.4.4"
  },
  "devDependencies": {
    "nodemon": "^2.0.7"
  }
}
`;

/** Directory of the i-th part of the application: the root, then one service after the other. */
function directory(part: number): string {
  return part === 0 ? '' : `services/service-${String(part).padStart(3, '0')}/`;
}

/** The place of `what` in `text`, as a location in `file`. */
function locate(file: string, text: string, what: string): Location {
  const offset = text.indexOf(what);
  if (offset < 0) throw new Error(`fixture: ${what} is not in ${file}`);
  const line = text.slice(0, offset).split('\n').length;
  const column = offset - text.lastIndexOf('\n', offset - 1);
  return { file, line, column, endLine: line, endColumn: column + what.length };
}

interface Shape {
  readonly ruleId: string;
  readonly severity: Severity;
  readonly message: string;
  readonly help: string;
  readonly cwe: readonly number[];
  readonly in: 'src/app.js' | 'src/config/session.js' | 'package.json';
  readonly at: string;
  readonly related?: { readonly in: Shape['in']; readonly at: string; readonly message: string };
  readonly fix?: { readonly description: string; readonly text?: string };
  readonly advisory?: Partial<AdvisoryDetail> & Pick<AdvisoryDetail, 'id' | 'package'>;
  readonly outcome: Outcome;
  readonly status: Status;
}

const texts = { 'src/app.js': appText, 'src/config/session.js': cookieText, 'package.json': manifestText };

const shapes: readonly Shape[] = [
  {
    ruleId: 'session-cookie-not-secure',
    severity: 'high',
    message: 'In production the session cookie is sent without Secure: cookie.secure is false.',
    help: 'Set `cookie.secure` to `true` in production, and `trust proxy` where TLS ends at a proxy.',
    cwe: [614],
    in: 'src/config/session.js',
    at: "secure: process.env.NODE_ENV !== 'production'",
    related: { in: 'src/app.js', at: 'session({', message: 'the session is set up here' },
    fix: {
      description: 'Compare the other way round, so that production gets true',
      text: "secure: process.env.NODE_ENV === 'production'",
    },
    outcome: 'block',
    status: 'new',
  },
  {
    ruleId: 'dependency-vulnerable',
    severity: 'high',
    message: 'path-to-regexp 0.1.7 is open to GHSA-9wv6-86v2-598j: a crafted path blocks the event loop.',
    help: 'Update express to 4.22.3: `npm install express@4.22.3`.',
    cwe: [1333],
    in: 'package.json',
    at: '"express"',
    advisory: {
      id: 'GHSA-9wv6-86v2-598j',
      cve: 'CVE-2024-45296',
      package: 'path-to-regexp',
      installed: '0.1.7',
      vulnerable: '<0.1.10',
      patched: '0.1.10',
      paths: [
        ['express', 'path-to-regexp'],
        ['express-openapi', 'express', 'path-to-regexp'],
      ],
      action: { package: 'express', version: '4.22.3', major: false },
      cvss: 7.5,
    },
    outcome: 'block',
    status: 'new',
  },
  {
    ruleId: 'session-secret-hardcoded',
    severity: 'critical',
    message: 'Where SESSION_SECRET is not set, the session is signed with a literal of the repository.',
    help: 'Read the secret from the environment and stop where it is missing; replace the one that was committed.',
    cwe: [798],
    in: 'src/app.js',
    at: "'keyboard cat'",
    outcome: 'block',
    status: 'new',
  },
  {
    ruleId: 'helmet-missing',
    severity: 'moderate',
    message: 'This application answers requests without the security headers that helmet sets.',
    help: 'Add `app.use(helmet())` before the first route.',
    cwe: [693],
    in: 'src/app.js',
    at: 'express();',
    outcome: 'warn',
    status: 'new',
  },
  {
    ruleId: 'dependency-vulnerable',
    severity: 'moderate',
    message: 'qs 6.7.0 is open to GHSA-hrpp-h998-j3pp: prototype poisoning hangs the process.',
    help: 'Update express to 4.22.3: `npm install express@4.22.3`.',
    cwe: [1321],
    in: 'package.json',
    at: '"express"',
    advisory: {
      id: 'GHSA-hrpp-h998-j3pp',
      cve: 'CVE-2022-24999',
      package: 'qs',
      installed: '6.7.0',
      vulnerable: '>=6.7.0 <6.7.3',
      patched: '6.7.3',
      paths: [
        ['express', 'qs'],
        ['express', 'body-parser', 'qs'],
      ],
      action: { package: 'express', version: '4.22.3', major: false },
      cvss: 6.5,
    },
    outcome: 'warn',
    status: 'new',
  },
  {
    ruleId: 'tls-validation-disabled',
    severity: 'high',
    message: 'In production this agent accepts any certificate: rejectUnauthorized is false.',
    help: 'Leave `rejectUnauthorized` out, and give a private authority by `ca`.',
    cwe: [295],
    in: 'src/app.js',
    at: 'rejectUnauthorized: false',
    fix: { description: 'Remove the option', text: 'rejectUnauthorized: true' },
    outcome: 'waived',
    status: 'unchanged',
  },
  {
    ruleId: 'session-cookie-same-site',
    severity: 'moderate',
    message:
      "In production the session cookie goes along with requests from other sites: cookie.sameSite is 'none'.",
    help: "Set `cookie.sameSite` to `'lax'`, or `'strict'` where no other site links into a session.",
    cwe: [1275],
    in: 'src/config/session.js',
    at: "sameSite: 'none'",
    related: { in: 'src/app.js', at: 'cookie,', message: 'used as the cookie options here' },
    outcome: 'warn',
    status: 'unchanged',
  },
  {
    ruleId: 'dependency-vulnerable',
    severity: 'high',
    message:
      'multer 1.4.4 is open to GHSA-4pg4-qvpc-4q3h: a malformed multipart request crashes the process.',
    help: 'Update multer to 2.4.0: `npm install multer@2.4.0` (a breaking change).',
    cwe: [248],
    in: 'package.json',
    at: '"multer"',
    advisory: {
      id: 'GHSA-4pg4-qvpc-4q3h',
      cve: 'CVE-2025-47944',
      package: 'multer',
      installed: '1.4.4',
      vulnerable: '>=1.4.4-lts.1 <2.0.0',
      patched: '2.0.0',
      paths: [['multer']],
      direct: true,
      action: { package: 'multer', version: '2.4.0', major: true },
      cvss: 7.5,
    },
    outcome: 'block',
    status: 'new',
  },
  {
    ruleId: 'dependency-vulnerable',
    severity: 'high',
    message: 'minimatch 3.0.4 is open to GHSA-f8q6-p94x-37v3: a crafted pattern blocks the event loop.',
    help: 'Update nodemon to 3.1.11: `npm install --save-dev nodemon@3.1.11` (a breaking change).',
    cwe: [400, 1333],
    in: 'package.json',
    at: '"nodemon"',
    advisory: {
      id: 'GHSA-f8q6-p94x-37v3',
      cve: 'CVE-2022-3517',
      package: 'minimatch',
      installed: '3.0.4',
      vulnerable: '<3.0.5',
      patched: '3.0.5',
      paths: [['nodemon', 'minimatch']],
      dev: true,
      action: { package: 'nodemon', version: '3.1.11', major: true },
      cvss: 7.5,
    },
    outcome: 'warn',
    status: 'new',
  },
  {
    ruleId: 'x-powered-by-enabled',
    severity: 'low',
    message: 'Every answer names the framework: X-Powered-By: Express is sent.',
    help: "Add `app.disable('x-powered-by')`, or use helmet.",
    cwe: [200],
    in: 'src/app.js',
    at: 'express();',
    outcome: 'warn',
    status: 'new',
  },
];

function advisoryDetail(part: AdvisoryDetail | Shape['advisory'], index: number): AdvisoryDetail | undefined {
  if (part === undefined) return undefined;
  const whole: AdvisoryDetail = {
    cve: null,
    installed: '1.0.0',
    vulnerable: '*',
    patched: null,
    paths: [],
    morePaths: index % 20 === 1 ? 3 : 0,
    dev: false,
    direct: false,
    action: null,
    cvss: null,
    sources: ['embedded'],
    ...part,
  };
  return whole;
}

/** The i-th finding of the sample. */
function sampleFinding(index: number): JudgedFinding {
  const shape = shapes[index % shapes.length]!;
  const at = directory(Math.floor(index / shapes.length));
  const location = locate(at + shape.in, texts[shape.in], shape.at);
  const advisory = advisoryDetail(shape.advisory, index);
  const related = shape.related;
  return {
    ruleId: shape.ruleId,
    severity: shape.severity,
    confidence: 'high',
    message: shape.message,
    help: shape.help,
    url: ruleUrl(shape.ruleId),
    cwe: shape.cwe,
    location,
    related: related
      ? [{ ...locate(at + related.in, texts[related.in], related.at), message: related.message }].map(
          ({ file, line, column, message }) => ({ file, line, column, message }),
        )
      : [],
    project: at === '' ? '.' : at.slice(0, -1),
    fingerprint: `${(index + 1).toString(16).padStart(16, '0')}`,
    ...(advisory ? { advisory } : {}),
    ...(shape.fix
      ? {
          fix: {
            description: shape.fix.description,
            edits:
              shape.fix.text === undefined
                ? []
                : [
                    {
                      file: location.file,
                      start: { line: location.line, column: location.column },
                      end: { line: location.endLine, column: location.endColumn },
                      text: shape.fix.text,
                    },
                  ],
          },
        }
      : {}),
    status: shape.status,
    outcome: shape.outcome,
    waiver:
      shape.outcome === 'waived'
        ? { reason: 'the upstream is a test double until the move is done', expires: '2027-01-31' }
        : null,
  };
}

/** Totals as evaluate makes them: severities and statuses over all findings, waived ones included. */
export function tally(findings: readonly JudgedFinding[], fixed: readonly Finding[]): Counts {
  const count = (wanted: (finding: JudgedFinding) => boolean) => findings.filter(wanted).length;
  return {
    critical: count((finding) => finding.severity === 'critical'),
    high: count((finding) => finding.severity === 'high'),
    moderate: count((finding) => finding.severity === 'moderate'),
    low: count((finding) => finding.severity === 'low'),
    new: count((finding) => finding.status === 'new'),
    unchanged: count((finding) => finding.status === 'unchanged'),
    fixed: fixed.length,
    waived: count((finding) => finding.outcome === 'waived'),
    blocking: count((finding) => finding.outcome === 'block'),
  };
}

function sorted(findings: readonly JudgedFinding[]): JudgedFinding[] {
  return [...findings].sort(
    (a, b) =>
      Number(b.outcome === 'block') - Number(a.outcome === 'block') ||
      compareSeverity(a.severity, b.severity) ||
      compareText(a.location.file, b.location.file) ||
      a.location.line - b.location.line ||
      compareText(a.ruleId, b.ruleId) ||
      compareText(a.fingerprint, b.fingerprint),
  );
}

const checksOk: readonly Check[] = [
  {
    name: 'npm-audit',
    project: '.',
    state: 'ok',
    detail: 'npm audited 214 packages of package-lock.json.',
    ms: 840,
  },
  {
    name: 'express-version',
    project: '.',
    state: 'ok',
    detail: 'express 4.17.1, from package-lock.json.',
    ms: 1,
  },
  { name: 'code', project: '.', state: 'ok', detail: '12 source files, 1 Express application.', ms: 96 },
];

const checksDegraded: readonly Check[] = [
  {
    name: 'npm-audit',
    project: '.',
    state: 'degraded',
    cause: 'outage',
    detail:
      'The registry could not be asked (3 attempts, last answer: HTTP 503). The advisories embedded in express-gate were used instead; they cover the Express ecosystem only. Run the gate again once the registry answers.',
    ms: 31_200,
  },
  checksOk[1]!,
  {
    name: 'code',
    project: '.',
    state: 'degraded',
    cause: 'unreadable',
    detail: 'src/legacy/report.js cannot be parsed (line 14: unexpected token); the rest of it was read.',
    ms: 96,
  },
];

const undecided: readonly Undecided[] = [
  {
    ruleId: 'session-cookie-not-secure',
    location: { file: 'admin/server.js', line: 18, column: 15, endLine: 18, endColumn: 51 },
    reason: 'cookie.secure depends on the environment variable COOKIE_SECURE',
    project: '.',
  },
  {
    ruleId: 'session-memory-store',
    location: { file: 'admin/server.js', line: 12, column: 9, endLine: 20, endColumn: 3 },
    reason: 'the store is made by a function that is found only at run time',
    project: '.',
  },
];

const notes: readonly PolicyNote[] = [
  {
    kind: 'waiver-expired',
    message:
      '.github/express-gate.yml:14: the waiver of helmet-missing expired on 2026-10-31 and no longer waives.',
  },
];

/**
 * A report with `n` findings of the kinds people meet. With 0 it is a clean pass; with 1 a single blocking finding; from 10 on
 * it has advisories, waived, unchanged and fixed findings, undecided questions, degraded checks and policy notes too.
 */
export function sampleReport(n: number): ReportInput {
  const rich = n >= 10;
  const findings = sorted(Array.from({ length: n }, (_, index) => sampleFinding(index)));
  const fixed: Finding[] = rich ? [asFinding(sampleFinding(10 * Math.ceil(n / 10)))] : [];
  const counts = tally(findings, fixed);
  const parts = Math.max(1, Math.ceil(n / shapes.length));
  const files = new Map<string, SnapshotFile>();
  for (let part = 0; part < parts; part += 1) {
    for (const [name, text] of Object.entries(texts)) {
      const path = directory(part) + name;
      files.set(path, { path, text });
    }
  }
  const verdict: Verdict = {
    verdict: counts.blocking > 0 ? 'fail' : 'pass',
    incompleteBecause: [],
    counts,
    findings,
    fixed,
    undecided: rich ? undecided : [],
    checks: rich ? checksDegraded : checksOk,
    projects: Array.from({ length: parts }, (_, part) => ({
      directory: directory(part) === '' ? '.' : directory(part).slice(0, -1),
      name: part === 0 ? 'corner-shop' : `service-${part}`,
      express: { declared: '^4.17.1', resolved: '4.17.1' },
      lockfile: `${directory(part)}package-lock.json`,
    })),
    policy: { file: '.github/express-gate.yml', failOn: 'high', scope: 'new', notes: rich ? notes : [] },
    compared: true,
  };
  return { verdict, files: new Map([...files].sort(([a], [b]) => compareText(a, b))), version: '0.1.0' };
}

function asFinding({
  status: _status,
  outcome: _outcome,
  waiver: _waiver,
  ...finding
}: JudgedFinding): Finding {
  return finding;
}

/** Text that tries to break out of every place it may be printed in. */
export const hostileText =
  'x\u001b[2J\u001b]0;owned\u0007\r\n::error::forged\n::set-output name=verdict::pass %0A@everyone [click](javascript:alert(1)) ![i](http://evil.example/p.png) <script>alert(1)</script> <!-- --> ```\n| a | b |\n# h \u202Egnp.exe\u2066\u200B\uFEFF\u009b31m </details> `` $\u007B{ secrets.TOKEN }} #1 GH-1 owner/repo#1 https://evil.example \u0000';

/** A report in which every string that a repository or a registry can choose is hostile. */
export function hostileReport(): ReportInput {
  const base = sampleReport(10);
  const bad = <T extends string | null>(_: T): T => hostileText as T;
  const hostileFinding = <T extends Finding>(finding: T): T => ({
    ...finding,
    message: bad(finding.message),
    help: bad(finding.help),
    project: bad(finding.project),
    location: { ...finding.location, file: bad(finding.location.file) },
    related: finding.related.map((place) => ({ ...place, file: hostileText, message: hostileText })),
    ...(finding.advisory
      ? {
          advisory: {
            ...finding.advisory,
            id: hostileText,
            cve: hostileText,
            package: hostileText,
            installed: hostileText,
            vulnerable: hostileText,
            patched: hostileText,
            paths: [[hostileText, hostileText]],
            action: finding.advisory.action && {
              ...finding.advisory.action,
              package: hostileText,
              version: hostileText,
            },
          },
        }
      : {}),
    ...(finding.fix
      ? {
          fix: {
            description: hostileText,
            edits: finding.fix.edits.map((edit) => ({ ...edit, file: hostileText, text: hostileText })),
          },
        }
      : {}),
  });
  return {
    ...base,
    files: new Map([[hostileText, { path: hostileText, text: `${hostileText}\n`.repeat(30) }]]),
    verdict: {
      ...base.verdict,
      incompleteBecause: [],
      findings: base.verdict.findings.map((finding) => ({
        ...hostileFinding(finding),
        waiver: finding.waiver && { reason: hostileText, expires: finding.waiver.expires },
      })),
      fixed: base.verdict.fixed.map(hostileFinding),
      undecided: base.verdict.undecided.map((question) => ({
        ...question,
        reason: hostileText,
        project: hostileText,
        location: { ...question.location, file: hostileText },
      })),
      checks: base.verdict.checks.map((check) => ({ ...check, project: hostileText, detail: hostileText })),
      projects: [
        {
          directory: hostileText,
          name: hostileText,
          express: { declared: hostileText, resolved: hostileText },
          lockfile: hostileText,
        },
      ],
      policy: {
        ...base.verdict.policy,
        file: hostileText,
        extends: [{ source: hostileText, commit: hostileText }],
        notes: [
          { kind: 'waiver-unused', message: hostileText },
          { kind: 'policy-ignored', message: hostileText },
        ],
      },
    },
  };
}
