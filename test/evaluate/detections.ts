/** Makes findings, checks, projects and policies, one by one and at random, for the tests of evaluate and of the renderers. */
import fc from 'fast-check';
import type { EvaluationInput } from '../../src/evaluate/evaluate.ts';
import type { Check } from '../../src/model/check.ts';
import { checkNames } from '../../src/model/check.ts';
import type { Detection } from '../../src/model/detection.ts';
import type { AdvisoryDetail, Finding, Undecided } from '../../src/model/finding.ts';
import type { Policy, Waiver } from '../../src/model/policy.ts';
import { emptyPolicy } from '../../src/model/policy.ts';
import type { Project } from '../../src/model/project.ts';
import type { Request } from '../../src/model/request.ts';
import { severities } from '../../src/model/severity.ts';
import type { Snapshot, SnapshotFile } from '../../src/model/snapshot.ts';

export const today = '2026-11-23';

export const request: Request = {
  directory: '/repository',
  policyFile: null,
  scope: null,
  failOn: null,
  audit: 'npm',
  registry: null,
  omit: [],
  today,
};

/** A finding of high severity in src/app.js; what is given replaces the defaults. */
export function finding(part: Partial<Finding> = {}): Finding {
  return {
    ruleId: 'session-cookie-not-secure',
    severity: 'high',
    confidence: 'high',
    message: 'In production the session cookie is sent without Secure.',
    help: 'Set `cookie.secure`.',
    url: 'https://example.org/session-cookie-not-secure',
    cwe: [614],
    location: { file: 'src/app.js', line: 3, column: 5, endLine: 3, endColumn: 18 },
    related: [],
    project: '.',
    fingerprint: 'f1',
    ...part,
  };
}

/** An advisory's finding in package.json; `detail` replaces the defaults of the advisory. */
export function advisoryFinding(
  detail: Partial<AdvisoryDetail> = {},
  part: Partial<Finding> = {},
): Finding & { readonly advisory: AdvisoryDetail } {
  const advisory: AdvisoryDetail = {
    id: 'GHSA-aaaa-bbbb-cccc',
    cve: 'CVE-2026-0001',
    package: 'qs',
    installed: '6.7.0',
    vulnerable: '<6.7.3',
    patched: '6.7.3',
    paths: [['express', 'qs']],
    morePaths: 0,
    dev: false,
    direct: false,
    action: { package: 'express', version: '4.22.3', major: false },
    cvss: 7.5,
    sources: ['npm'],
    ...detail,
  };
  return {
    ...finding({
      ruleId: 'dependency-vulnerable',
      location: { file: 'package.json', line: 4, column: 5, endLine: 4, endColumn: 14 },
      fingerprint: `${advisory.id} ${advisory.package}`,
      ...part,
    }),
    advisory,
  };
}

export function check(part: Partial<Check> = {}): Check {
  return { name: 'npm-audit', project: '.', state: 'ok', detail: 'Looked.', ms: 1, ...part };
}

export function waiver(part: Partial<Waiver> = {}): Waiver {
  return {
    rule: part.advisory ? null : 'session-cookie-not-secure',
    advisory: null,
    path: null,
    package: null,
    reason: 'accepted',
    expires: '2027-06-30',
    line: 3,
    ...part,
  };
}

export function policy(part: Partial<Policy> = {}): Policy {
  return { ...emptyPolicy, file: '.github/express-gate.yml', ...part };
}

export function project(part: Partial<Project> = {}): Project {
  const directory = part.directory ?? '.';
  const prefix = directory === '.' ? '' : `${directory}/`;
  return {
    directory,
    name: 'shop',
    manifestFile: `${prefix}package.json`,
    manifest: { dependencies: { express: '^4.17.1' } },
    express: { declared: '^4.17.1', declaredIn: 'dependencies', resolved: '4.17.1', through: null },
    lockfile: null,
    lockfileFile: `${prefix}package-lock.json`,
    workspaceRoot: directory,
    ...part,
  };
}

/** A snapshot of these projects; `texts` are its files, path by path. */
export function snapshot(
  projects: readonly Project[] = [project()],
  texts: Readonly<Record<string, string>> = {},
): Snapshot {
  const files = new Map<string, SnapshotFile>(
    Object.entries(texts).map(([path, text]) => [path, { path, text }]),
  );
  return { revision: null, files, projects, audits: [], checks: [] };
}

export function detection(part: Partial<Detection> = {}): Detection {
  return { findings: [], undecided: [], checks: [], ...part };
}

/** The input of evaluate, with the defaults of a command line without options. */
export function input(part: Partial<EvaluationInput> = {}): EvaluationInput {
  return { request, policy: policy(), snapshot: snapshot(), head: detection(), base: null, ...part };
}

const rule = fc.constantFrom(
  'session-cookie-not-secure',
  'helmet-missing',
  'dependency-vulnerable',
  'x-powered-by-enabled',
);
const file = fc.constantFrom(
  'src/app.js',
  'src/a b.js',
  'legacy/old.js',
  'package.json',
  'src/\u001b[31m.js',
);
const directory = fc.constantFrom('.', 'services/a', 'services/b');
const packageName = fc.constantFrom('qs', 'express', 'path-to-regexp', '__proto__');
const advisoryId = fc.constantFrom('GHSA-aaaa-bbbb-cccc', 'GHSA-aaaa-bbbb-dddd', 'GHSA-eeee-bbbb-cccc');
const words = fc.string({ unit: 'binary', maxLength: 30 });
const position = fc.integer({ min: 1, max: 9 });

const anyLocation = fc
  .record({ file, line: position, column: position, lines: fc.nat(2), columns: fc.nat(20) })
  .map((at) => ({
    file: at.file,
    line: at.line,
    column: at.column,
    endLine: at.line + at.lines,
    endColumn: at.lines > 0 ? 1 + at.columns : at.column + at.columns,
  }));

const anyAdvisory: fc.Arbitrary<AdvisoryDetail> = fc.record({
  id: advisoryId,
  cve: fc.constantFrom(null, 'CVE-2026-0001', 'CVE-2026-0002'),
  package: packageName,
  installed: fc.constantFrom('1.0.0', '1.0.0, 2.0.0'),
  vulnerable: fc.constantFrom('<2.0.0', '*'),
  patched: fc.constantFrom(null, '>=2.0.0'),
  paths: fc.array(fc.array(packageName, { minLength: 1, maxLength: 4 }), { maxLength: 4 }),
  morePaths: fc.nat(3),
  dev: fc.boolean(),
  direct: fc.boolean(),
  action: fc.option(
    fc.record({ package: packageName, version: fc.constantFrom('4.22.3', '5.3.0'), major: fc.boolean() }),
  ),
  cvss: fc.option(fc.constantFrom(3.7, 7.5, 9.8)),
  sources: fc.subarray(['embedded', 'npm'], { minLength: 1 }),
});

/** A finding of any kind; few distinct values, so that findings collide. */
export const anyFinding: fc.Arbitrary<Finding> = fc
  .record(
    {
      ruleId: rule,
      severity: fc.constantFrom(...severities),
      confidence: fc.constantFrom('high' as const, 'medium' as const, 'low' as const),
      message: words,
      help: words,
      url: fc.constant('https://example.org/rule'),
      cwe: fc.uniqueArray(fc.constantFrom(79, 614, 693), { maxLength: 2 }),
      location: anyLocation,
      related: fc.array(fc.record({ file, line: position, column: position, message: words }), {
        maxLength: 2,
      }),
      project: directory,
      fingerprint: fc.constantFrom('f1', 'f2', 'f3', 'f4'),
      advisory: anyAdvisory,
      fix: fc.record({
        description: words,
        edits: fc.array(
          fc.record({
            file,
            start: fc.record({ line: position, column: position }),
            end: fc.record({ line: position, column: position }),
            text: words,
          }),
          { maxLength: 2 },
        ),
      }),
    },
    {
      requiredKeys: [
        'ruleId',
        'severity',
        'confidence',
        'message',
        'help',
        'url',
        'cwe',
        'location',
        'related',
        'project',
        'fingerprint',
      ],
    },
  )
  .map((made) => (made.advisory ? { ...made, ruleId: 'dependency-vulnerable' } : made));

const anyUndecided: fc.Arbitrary<Undecided> = fc.record({
  ruleId: rule,
  location: anyLocation,
  reason: words,
  project: directory,
});

const anyCheck: fc.Arbitrary<Check> = fc.record(
  {
    name: fc.constantFrom(...checkNames),
    project: directory,
    state: fc.constantFrom('ok' as const, 'degraded' as const, 'failed' as const, 'skipped' as const),
    detail: words,
    ms: fc.nat(1000),
    cause: fc.constantFrom(
      'outage' as const,
      'no-endpoint' as const,
      'unreadable' as const,
      'limit' as const,
    ),
  },
  { requiredKeys: ['name', 'project', 'state', 'detail', 'ms'] },
);

export const anyDetection: fc.Arbitrary<Detection> = fc.record({
  findings: fc.array(anyFinding, { maxLength: 12 }),
  undecided: fc.array(anyUndecided, { maxLength: 4 }),
  checks: fc.array(anyCheck, { maxLength: 5 }),
});

export const anyWaiver: fc.Arbitrary<Waiver> = fc
  .record({
    name: fc.oneof(rule, advisoryId, fc.constant('CVE-2026-0001')),
    path: fc.option(fc.constantFrom('src/**', 'legacy', '**/*.json', '!src/**')),
    package: fc.option(packageName),
    reason: words,
    expires: fc.constantFrom('2026-11-22', today, '2026-11-30', '2027-06-30'),
    line: position,
  })
  .map(({ name, ...rest }) => {
    const isAdvisory = /^(GHSA|CVE)-/.test(name);
    return { rule: isAdvisory ? null : name, advisory: isAdvisory ? name : null, ...rest };
  });

export const anyPolicy: fc.Arbitrary<Policy> = fc.record({
  file: fc.option(fc.constant('.github/express-gate.yml')),
  failOn: fc.option(fc.constantFrom(...severities, 'never' as const)),
  scope: fc.option(fc.constantFrom('new' as const, 'all' as const)),
  rules: fc
    .array(fc.tuple(rule, fc.constantFrom(...severities, 'off' as const)), { maxLength: 2 })
    .map((entries) => new Map(entries)),
  exclude: fc.subarray(['legacy', '**/*.json', '!package.json']),
  environment: fc.constant(new Map()),
  require: fc.subarray([...checkNames]),
  waivers: fc.array(anyWaiver, { maxLength: 3 }),
});

const anyProject: fc.Arbitrary<Project> = fc
  .record({
    directory,
    name: fc.option(words),
    express: fc.constantFrom(null, project().express),
    lockfileFile: fc.constantFrom(null, 'package-lock.json', 'services/a/package-lock.json'),
    workspaceRoot: directory,
    express_range: fc.constantFrom('^4.17.1', '^5.0.0'),
  })
  .map(({ express_range, ...part }) =>
    project({ ...part, manifest: { dependencies: { express: express_range } } }),
  );

export const anySnapshot: fc.Arbitrary<Snapshot> = fc
  .record({
    projects: fc.uniqueArray(anyProject, { selector: ({ directory: at }) => at, maxLength: 3 }),
    lock: fc.constantFrom('{}', '{"lockfileVersion":3}'),
  })
  .map(({ projects, lock }) => snapshot(projects, { 'package-lock.json': lock }));

/** Everything that evaluate may be given, with and without a base. */
export const anyInput: fc.Arbitrary<EvaluationInput> = fc.record({
  request: fc.record({
    ...Object.fromEntries(Object.entries(request).map(([key, value]) => [key, fc.constant(value)])),
    failOn: fc.option(fc.constantFrom(...severities, 'never' as const)),
    scope: fc.option(fc.constantFrom('new' as const, 'all' as const)),
  }) as fc.Arbitrary<Request>,
  policy: anyPolicy,
  snapshot: anySnapshot,
  head: anyDetection,
  base: fc.option(fc.record({ snapshot: anySnapshot, detection: anyDetection })),
});
