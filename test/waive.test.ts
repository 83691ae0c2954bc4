/** `express-gate --waive` as a process: the finding of a fingerprint is waived from then on, and nothing else is. */
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { faultyShop } from './action/shops.ts';
import { runCli } from './cli-process.ts';
import { makeTree } from './collect/file-tree.ts';

interface Reported {
  readonly ruleId: string;
  readonly fingerprint: string;
  readonly outcome: string;
  readonly location: { readonly file: string };
  readonly waiver: { readonly reason: string; readonly expires: string } | null;
  readonly advisory?: { readonly id: string; readonly package: string };
}

const policyFile = '.github/express-gate.yml';

function findings(directory: string, ...args: string[]): Reported[] {
  const { stdout, stderr } = runCli([directory, '--audit', 'embedded', '--format', 'json', ...args]);
  assert.equal(stderr, '');
  return (JSON.parse(stdout) as { findings: Reported[] }).findings;
}

function waive(directory: string, fingerprint: string, ...args: string[]) {
  return runCli([
    directory,
    '--audit',
    'embedded',
    '--waive',
    fingerprint,
    ...(args.includes('--reason') ? [] : ['--reason', 'accepted: "for now"']),
    ...(args.includes('--expires') ? [] : ['--expires', '2100-01-01']),
    ...args,
  ]);
}

function shop(context: TestContext, files: Readonly<Record<string, string>> = {}): string {
  return makeTree(context, { ...faultyShop, ...files });
}

test('a policy is made where there is none, and the finding is waived from then on', (context) => {
  const directory = shop(context);
  const before = findings(directory);
  const wanted = before.find(({ ruleId }) => ruleId === 'session-cookie-not-secure')!;
  const { code, stdout, stderr } = waive(directory, wanted.fingerprint.toUpperCase());
  assert.deepEqual([code, stderr], [0, '']);
  const text = readFileSync(join(directory, policyFile), 'utf8');
  assert.match(
    text,
    /^# yaml-language-server: \$schema=https:\S+policy\.schema\.json\nwaivers:\n {2}- rule: session-cookie-not-secure\n {4}path: app\.js\n {4}reason: "accepted: \\"for now\\""\n {4}expires: 2100-01-01\n$/,
  );
  assert.match(stdout, /^Made \.github\/express-gate\.yml:\n\n- rule: session-cookie-not-secure\n/);
  assert.match(stdout, /It waives 1 finding\./);
  const after = findings(directory);
  assert.deepEqual(
    after.filter(({ outcome }) => outcome === 'waived').map(({ fingerprint }) => fingerprint),
    [wanted.fingerprint],
  );
  assert.deepEqual(after.find(({ outcome }) => outcome === 'waived')!.waiver, {
    reason: 'accepted: "for now"',
    expires: '2100-01-01',
  });
  const again = waive(directory, wanted.fingerprint);
  assert.equal(again.code, 2);
  assert.match(again.stderr, /session-cookie-not-secure at app\.js:\d+ is waived already, until 2100-01-01/);
  assert.equal(readFileSync(join(directory, policyFile), 'utf8'), text);
});

test('an advisory is waived by its id and package: others of the same package stay', (context) => {
  const directory = shop(context);
  const advisories = findings(directory).filter(({ advisory }) => advisory !== undefined);
  const wanted = advisories.find(
    ({ advisory }) => advisories.filter((each) => each.advisory!.package === advisory!.package).length > 1,
  )!;
  assert.equal(waive(directory, wanted.fingerprint).code, 0);
  const waived = findings(directory).filter(({ outcome }) => outcome === 'waived');
  assert.ok(waived.length > 0);
  for (const { advisory } of waived) {
    assert.deepEqual([advisory?.id, advisory?.package], [wanted.advisory!.id, wanted.advisory!.package]);
  }
  assert.ok(
    findings(directory).some(
      ({ advisory, outcome }) =>
        advisory?.package === wanted.advisory!.package &&
        advisory.id !== wanted.advisory!.id &&
        outcome !== 'waived',
    ),
  );
});

test('an existing policy keeps its place, its comments and its line ends; a file’s name is taken as it is', (context) => {
  const policy =
    '# ours\r\nfail-on: low   # strict\r\n\r\nwaivers:\r\n  # old ones\r\n  - rule: csp-unsafe\r\n    reason: x\r\n    expires: 2100-01-01 # later\r\n';
  const { 'app.js': app, ...rest } = faultyShop;
  const directory = makeTree(context, {
    ...rest,
    'routes/[id](a)!{x}.js': app!,
    'routes/i.js': app!,
    'package.json': rest['package.json']!.replace(/"main":\s*"[^"]*"/, '"main": "routes/i.js"'),
    '.express-gate.yml': policy,
  });
  const wanted = findings(directory).find(({ location }) => location.file.includes('['))!;
  const { code, stderr } = waive(directory, wanted.fingerprint);
  assert.deepEqual([code, stderr], [0, '']);
  const text = readFileSync(join(directory, '.express-gate.yml'), 'utf8');
  assert.ok(text.startsWith(policy));
  assert.equal(text.replaceAll('\r\n', '').includes('\n'), false);
  const waived = findings(directory).filter(({ outcome }) => outcome === 'waived');
  assert.ok(waived.every(({ location }) => location.file === wanted.location.file));
  assert.ok(waived.some(({ fingerprint }) => fingerprint === wanted.fingerprint));
  assert.equal(existsSync(join(directory, policyFile)), false);
});

test('what cannot be right is refused, and nothing is written', (context) => {
  const directory = shop(context);
  const { fingerprint } = findings(directory)[0]!;
  const cases: [string, string[], RegExp][] = [
    [
      `${fingerprint.slice(0, -1)}${fingerprint.endsWith('0') ? '1' : '0'}`,
      [],
      new RegExp(`no finding has the fingerprint .*Did you mean \`${fingerprint}\` \\(.* at .*--format json`),
    ],
    [fingerprint.slice(0, 8), [], new RegExp(`Did you mean \`${fingerprint}\``)],
    ['zzzz', [], /no finding has the fingerprint "zzzz" \(there are \d+\)\. `express-gate/],
    [fingerprint, ['--expires', '2026-02-30'], /a day that the calendar has/],
    [fingerprint, ['--expires', '2020-01-01'], /`--expires 2020-01-01` has passed/],
    [fingerprint, ['--reason', ' \n '], /`--reason` must not be blank/],
  ];
  for (const [wanted, args, message] of cases) {
    const { code, stdout, stderr } = waive(directory, wanted, ...args);
    assert.deepEqual([code, stdout], [2, ''], stderr);
    assert.match(stderr, message);
    assert.equal(existsSync(join(directory, '.github')), false);
  }
});

test('a policy that is invalid, or that may not waive, is left as it is', (context) => {
  const invalid = shop(context, { [policyFile]: 'fail-on: hihg\n' });
  const { fingerprint } = findings(shop(context))[0]!;
  const refused = waive(invalid, fingerprint);
  assert.equal(refused.code, 2);
  assert.match(refused.stderr, /express-gate\.yml:1:10: `fail-on` must be/);
  const bound = shop(context, { [policyFile]: 'extends: strict.yml\n', 'strict.yml': 'fail-on: high\n' });
  const pointless = waive(bound, fingerprint);
  assert.equal(pointless.code, 2);
  assert.match(pointless.stderr, /would not count: strict\.yml, which it extends, does not list waivers/);
  assert.equal(readFileSync(join(bound, policyFile), 'utf8'), 'extends: strict.yml\n');
});

test('a folder that leads out of the directory is not written to', (context) => {
  const directory = shop(context);
  const elsewhere = makeTree(context, {});
  mkdirSync(join(elsewhere, 'github'));
  symlinkSync(join(elsewhere, 'github'), join(directory, '.github'));
  const { fingerprint } = findings(directory)[0]!;
  const { code, stderr } = waive(directory, fingerprint);
  assert.equal(code, 2);
  assert.match(stderr, /leads out of the directory/);
  assert.equal(existsSync(join(elsewhere, 'github/express-gate.yml')), false);
});
