/** The built command line with OSV in npm's place, and with the output of Snyk beside the audit. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { cli, plainEnvironment, runCli } from './cli-process.ts';
import { commitAll, makeTree } from './collect/file-tree.ts';
import { type SampleIssue, sampleResult } from './snyk-sample.ts';
import { type StandInOsv, type StandInOsvOptions, startOsv } from './stand-ins/osv.ts';

const lockfile = {
  name: 'shop',
  version: '1.0.0',
  lockfileVersion: 3,
  packages: {
    '': { name: 'shop', version: '1.0.0', dependencies: { mail: '^1.0.0', qs: '6.7.0' } },
    'node_modules/mail': { version: '1.2.0', dependencies: { html: '^2.0.0' } },
    'node_modules/html': { version: '2.1.0' },
    'node_modules/qs': { version: '6.7.0' },
  },
};
const shop = {
  'package.json': JSON.stringify(
    { name: 'shop', version: '1.0.0', dependencies: { mail: '^1.0.0', qs: '6.7.0' } },
    null,
    2,
  ),
  'package-lock.json': JSON.stringify(lockfile, null, 2),
};

/** qs 6.7.0 is in an embedded advisory by this id. */
const known: SampleIssue = {
  id: 'SNYK-JS-QS-3153490',
  package: 'qs',
  version: '6.7.0',
  severity: 'high',
  cve: ['CVE-2022-24999'],
  ghsa: ['GHSA-hrpp-h998-j3pp'],
  vulnerable: ['<6.5.3', '>=6.7.0 <6.7.3'],
};
const alone: SampleIssue = {
  id: 'SNYK-JS-HTML-77',
  package: 'html',
  version: '2.1.0',
  severity: 'high',
  vulnerable: ['<2.1.4'],
  fixedIn: ['2.1.4'],
  paths: [['shop@1.0.0', 'mail@1.2.0', 'html@2.1.0']],
  upgrade: 'mail@1.3.0',
};

interface Report {
  readonly verdict: string;
  readonly findings: readonly {
    readonly ruleId: string;
    readonly severity: string;
    readonly status: string;
    readonly message: string;
    readonly help: string;
    readonly location: { readonly file: string; readonly line: number };
    readonly advisory?: {
      readonly id: string;
      readonly cve: string | null;
      readonly aliases?: readonly string[];
      readonly paths: readonly (readonly string[])[];
      readonly sources: readonly string[];
      readonly action: { readonly package: string; readonly version: string } | null;
    };
  }[];
  readonly checks: readonly { readonly name: string; readonly state: string; readonly detail: string }[];
}

const open: StandInOsv[] = [];
after(() => Promise.all(open.map((each) => each.close())));

async function osv(options: StandInOsvOptions): Promise<StandInOsv> {
  const started = await startOsv(options);
  open.push(started);
  return started;
}

/** Not spawnSync: the stand-in answers from this process. */
function run(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<{ code: number; report: Report }> {
  return new Promise((settle, fail) => {
    execFile(
      process.execPath,
      [cli, ...args, '--format', 'json', '--registry', 'http://127.0.0.1:9/'],
      { env: plainEnvironment(env), maxBuffer: 64 * 1024 * 1024 },
      (error, stdout, stderr) => {
        try {
          settle({ code: error === null ? 0 : Number(error.code), report: JSON.parse(stdout) });
        } catch {
          fail(new Error(`${stdout}\n${stderr}`));
        }
      },
    );
  });
}

function check({ checks }: Report, name: string): { readonly state: string; readonly detail: string } {
  return checks.find((each) => each.name === name)!;
}

test('--audit osv asks OSV, and its word blocks', async (context) => {
  const service = await osv({
    records: [
      {
        id: 'GHSA-aaaa-bbbb-cccc',
        summary: 'html runs scripts',
        aliases: ['CVE-2026-4242'],
        severity: [
          { type: 'CVSS_V4', score: 'CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N' },
        ],
        affected: [
          {
            package: { ecosystem: 'npm', name: 'html' },
            ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }, { fixed: '2.1.4' }] }],
          },
        ],
      },
    ],
    concerns: { 'html@2.1.0': ['GHSA-aaaa-bbbb-cccc'] },
  });
  const { code, report } = await run([makeTree(context, shop), '--audit', 'osv'], {
    EXPRESS_GATE_OSV_URL: service.url,
  });
  const found = report.findings.filter(({ advisory }) => advisory !== undefined);
  assert.deepEqual(
    found.map(({ ruleId, severity, advisory }) => [
      ruleId,
      severity,
      advisory!.id,
      advisory!.cve,
      advisory!.paths,
      advisory!.sources,
    ]),
    [
      [
        'dependency-vulnerable',
        'critical',
        'GHSA-aaaa-bbbb-cccc',
        'CVE-2026-4242',
        [['mail', 'html']],
        ['osv'],
      ],
    ],
  );
  assert.equal(code, 1);
  assert.deepEqual(
    [check(report, 'npm-audit').state, check(report, 'npm-audit').detail],
    ['ok', 'OSV looked at the 3 packages of package-lock.json: 1 advisory concerns them.'],
  );
});

test('where OSV cannot be asked, the embedded advisories are used and every report says so', async (context) => {
  const service = await osv({ always: { status: 429, headers: { 'retry-after': '900' } } });
  const env = { EXPRESS_GATE_OSV_URL: service.url };
  const { code, report } = await run([makeTree(context, shop), '--audit', 'osv', '--fail-on', 'never'], env);
  assert.equal(code, 0);
  assert.equal(check(report, 'npm-audit').state, 'degraded');
  assert.match(
    check(report, 'npm-audit').detail,
    /^OSV could not be asked \(127\.0\.0\.1:\d+ answered HTTP 429/,
  );
  assert.ok(report.findings.some(({ advisory }) => advisory?.id === 'GHSA-hrpp-h998-j3pp'));
  const strict = makeTree(context, {
    ...shop,
    '.express-gate.yml': 'require: [npm-audit]\nfail-on: never\n',
  });
  assert.equal((await run([strict, '--audit', 'osv'], env)).code, 2);
});

function snyk(
  context: Parameters<typeof makeTree>[0],
  output: unknown,
  args: readonly string[] = [],
  files: Readonly<Record<string, string>> = shop,
): { code: number | null; report: Report; stderr: string } {
  const directory = makeTree(context, files);
  const outside = makeTree(context, {
    'snyk.json': typeof output === 'string' ? output : JSON.stringify(output),
  });
  const { code, stdout, stderr } = runCli([
    directory,
    '--audit',
    'embedded',
    '--format',
    'json',
    '--snyk-json',
    join(outside, 'snyk.json'),
    ...args,
  ]);
  return { code, report: stdout === '' ? (null as unknown as Report) : JSON.parse(stdout), stderr };
}

test("--snyk-json merges Snyk's word: what both know is one finding, what Snyk alone knows is one of its own", (context) => {
  const { code, report } = snyk(context, sampleResult([known, alone]));
  assert.equal(code, 1);
  const of = (id: string) => report.findings.filter(({ advisory }) => advisory?.id === id);
  const [both, ...again] = of('GHSA-hrpp-h998-j3pp');
  assert.equal(again.length, 0);
  assert.deepEqual(both!.advisory!.sources, ['embedded', 'snyk']);
  assert.deepEqual(both!.advisory!.aliases, ['SNYK-JS-QS-3153490']);
  const [own] = of('SNYK-JS-HTML-77');
  assert.deepEqual(own!.advisory!.sources, ['snyk']);
  assert.deepEqual(own!.advisory!.paths, [['mail', 'html']]);
  assert.equal(own!.ruleId, 'dependency-vulnerable');
  assert.equal(own!.location.file, 'package.json');
  assert.ok(own!.location.line > 1);
  assert.deepEqual(
    [check(report, 'snyk').state, check(report, 'snyk').detail],
    [
      'ok',
      'snyk.json, the output of `snyk test` for 1 project: 2 vulnerabilities concern what is installed, 1 of which only Snyk knows.',
    ],
  );
});

test("Snyk's word without any audit, its errors, licences, other managers and old states", (context) => {
  const licence = { id: 'snyk:lic:npm:html:GPL-3.0', type: 'license', packageName: 'html', version: '2.1.0' };
  const first = sampleResult([alone, { ...known, version: '6.5.1' }]);
  (first.vulnerabilities as unknown[]).push(licence, licence, { id: 7 });
  const { report } = snyk(
    context,
    [
      first,
      {
        ok: false,
        error: 'Could not detect supported target files.',
        path: '/home/runner/work/shop/shop/docs',
      },
      sampleResult([alone], { packageManager: 'maven', displayTargetFile: 'pom.xml' }),
    ],
    ['--audit', 'off'],
  );
  assert.deepEqual(
    [check(report, 'snyk').state, check(report, 'snyk').detail],
    [
      'degraded',
      [
        'snyk.json, the output of `snyk test` for 3 projects: 2 vulnerabilities concern what is installed, 2 of which only Snyk knows.',
        'Snyk could not test docs: Could not detect supported target files.',
        'It is of another state than the lockfile, which does not hold qs 6.5.1: run `snyk test` again.',
        '1 entry could not be read.',
        'Left out: 1 issue about licences, 1 project of other package managers (maven).',
      ].join(' '),
    ],
  );
});

test('each project of --all-projects is told of what is its own', (context) => {
  const under = Object.fromEntries(
    Object.entries(shop).map(([file, text]) => [`services/api/${file}`, text]),
  );
  const { report } = snyk(
    context,
    [sampleResult([alone], { displayTargetFile: 'services/api/package-lock.json' }), sampleResult([])],
    [],
    { ...under, 'package.json': '{ "name": "root" }' },
  );
  assert.deepEqual(
    report.findings
      .filter(({ advisory }) => advisory?.id === 'SNYK-JS-HTML-77')
      .map(({ location }) => location.file),
    ['services/api/package.json'],
  );
});

test("without a lockfile Snyk's own paths tell", (context) => {
  const { report } = snyk(context, sampleResult([alone, known]), [], {
    'package.json': shop['package.json'],
  });
  assert.deepEqual(
    report.findings
      .filter(({ advisory }) => advisory !== undefined)
      .map(({ advisory, location, help }) => [
        advisory!.id,
        advisory!.paths,
        advisory!.sources,
        location.file,
        help,
      ]),
    [
      ['SNYK-JS-HTML-77', [['mail', 'html']], ['snyk'], 'package.json', 'Run `npm install mail@1.3.0`.'],
      ['GHSA-hrpp-h998-j3pp', [['qs']], ['embedded', 'snyk'], 'package.json', 'Run `npm install qs@6.7.3`.'],
    ],
  );
  assert.match(
    check(report, 'snyk').detail,
    /no lockfile that can be read, the paths are those that Snyk names/,
  );
});

test('a required Snyk must have tested everything, and a failed one is no pass', (context) => {
  const files = { ...shop, '.express-gate.yml': 'require: [snyk]\nfail-on: never\n' };
  assert.equal(snyk(context, sampleResult([]), [], files).code, 0);
  const error = { ok: false, error: 'Authentication failed', path: '/x' };
  const failed = snyk(context, error, [], files);
  assert.equal(failed.code, 2);
  assert.equal(check(failed.report, 'snyk').state, 'failed');
  const missing = runCli([makeTree(context, files), '--audit', 'embedded']);
  assert.equal(missing.code, 2);
  assert.match(missing.stdout, /requires the check snyk, and it did not run/);
});

test('what only Snyk knows is old where the base has the package too', (context) => {
  const directory = makeTree(context, shop);
  commitAll(directory);
  const outside = makeTree(context, { 'snyk.json': JSON.stringify(sampleResult([alone])) });
  const { stdout } = runCli([
    directory,
    ...[
      '--audit',
      'embedded',
      '--format',
      'json',
      '--base',
      'HEAD',
      '--snyk-json',
      join(outside, 'snyk.json'),
    ],
  ]);
  const report = JSON.parse(stdout) as Report;
  assert.deepEqual(
    report.findings.filter(({ advisory }) => advisory?.id === 'SNYK-JS-HTML-77').map(({ status }) => status),
    ['unchanged'],
  );
});

test('a file that is not the output of Snyk ends with 2 and says what to hand in', (context) => {
  const cases: [unknown, RegExp][] = [
    ['', /snyk\.json: this file is empty, so Snyk may have failed/],
    ['{\n  "ok": tru\n}', /snyk\.json:2:9: this is not valid JSON/],
    ['[]', /snyk\.json:1: this output of Snyk holds no project/],
    [{ auditReportVersion: 2 }, /output of npm audit, which the gate runs itself/],
    [{ version: '2.1.0', runs: [] }, /this is SARIF/],
    [{ hello: 1 }, /not the output of `snyk test --json`: write it with `snyk test/],
    ['[[[[1]]]]', /not the output of `snyk test --json`/],
  ];
  for (const [output, expected] of cases) {
    const { code, stderr } = snyk(context, output);
    assert.equal(code, 2, String(expected));
    assert.match(stderr, expected);
  }
  const linked = makeTree(context, shop);
  symlinkSync('/etc/hostname', join(linked, 'snyk.json'));
  const link = runCli([linked, '--snyk-json', join(linked, 'snyk.json')]);
  assert.deepEqual([link.code, /a link that leads out/.test(link.stderr)], [2, true]);
  const missing = runCli([makeTree(context, shop), '--snyk-json', 'nowhere/snyk.json']);
  assert.equal(missing.code, 2);
  assert.match(missing.stderr, /there is no such file.*let Snyk run before the gate/);
});

test('hostile output neither breaks nor forges anything', (context) => {
  const evil = sampleResult([
    { ...alone, id: 'SNYK-JS-HTML-78' },
    { ...alone, package: '__proto__', version: '1.0.0' },
    { ...alone, package: '../../x', version: '1.0.0' },
  ]);
  const text = JSON.stringify(evil).replaceAll(
    'What SNYK-JS-HTML-78 is about',
    '\\n::error::forged \\u001b[31m @team',
  );
  const directory = makeTree(context, shop);
  const outside = makeTree(context, { 'snyk.json': text });
  for (const format of ['github', 'text', 'markdown']) {
    const { stdout, code } = runCli([
      directory,
      ...['--audit', 'off', '--format', format, '--snyk-json', join(outside, 'snyk.json')],
    ]);
    assert.equal(code, 1);
    assert.match(stdout, /SNYK-JS-HTML-78/);
    assert.doesNotMatch(stdout, /^::error::forged/m);
    assert.ok(!stdout.includes('\u001b'));
  }
  // JSON.parse keeps the key; nothing may follow it.
  const polluted = snyk(
    context,
    JSON.stringify(sampleResult([alone])).replace('{', '{"__proto__":{"error":"x"},'),
  );
  assert.equal(check(polluted.report, 'snyk').state, 'ok');
});
