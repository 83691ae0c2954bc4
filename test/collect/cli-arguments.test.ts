/** What the arguments of the command line ask for, and what is said of those that cannot be followed. */
import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { test } from 'node:test';
import { type CliCommand, parseCliArguments, renderHelp } from '../../src/collect/cli-arguments.ts';
import { cliOptions } from '../../src/collect/cli-options.ts';
import { InputError } from '../../src/model/input-error.ts';

const workingDirectory = resolve('/home/user/shop');
const surroundings = { workingDirectory, today: '2026-11-24', githubActions: false };
const parse = (...args: string[]) => parseCliArguments(args, surroundings);

function gate(...args: string[]): Extract<CliCommand, { kind: 'gate' }> {
  const command = parse(...args);
  assert.equal(command.kind, 'gate');
  return command as Extract<CliCommand, { kind: 'gate' }>;
}

function refusal(...args: string[]): string {
  try {
    parse(...args);
  } catch (error) {
    assert.ok(error instanceof InputError);
    return error.describe();
  }
  return 'accepted';
}

test('without arguments the current directory is judged, by the defaults', () => {
  assert.deepEqual(parse(), {
    kind: 'gate',
    request: {
      directory: workingDirectory,
      policyFile: null,
      scope: null,
      failOn: null,
      audit: 'npm',
      registry: null,
      omit: [],
      today: '2026-11-24',
    },
    reports: [{ format: 'text', file: null }],
  });
  assert.deepEqual(parseCliArguments([], { ...surroundings, githubActions: true }), {
    ...gate(),
    reports: [{ format: 'github', file: null }],
  });
});

test('every option of the request', () => {
  const { request, reports } = gate(
    'apps/web',
    '--format=json',
    '--fail-on',
    'low',
    '--scope',
    'all',
    '--audit',
    'osv',
    '--snyk-json',
    'snyk.json',
    '--registry',
    'https://registry.example.org/npm/',
    '--omit',
    'dev',
    '--omit=optional,dev',
  );
  assert.deepEqual(request, {
    directory: resolve(workingDirectory, 'apps/web'),
    policyFile: null,
    scope: 'all',
    failOn: 'low',
    audit: 'osv',
    snykFile: '../../snyk.json',
    registry: 'https://registry.example.org/npm/',
    omit: ['dev', 'optional'],
    today: '2026-11-24',
  });
  assert.deepEqual(reports, [{ format: 'json', file: null }]);
  assert.equal(gate('--fail-on', 'low', '--fail-on', 'high').request.failOn, 'high');
  assert.equal(gate('--', '--odd').request.directory, resolve(workingDirectory, '--odd'));
});

test('a policy lies where the shell says, and is named from the scanned directory', () => {
  const policy = (...args: string[]) => gate(...args).request.policyFile;
  assert.equal(policy('--policy', 'policy.yml'), 'policy.yml');
  assert.equal(policy('apps/web', '--policy', 'apps/web/policy.yml'), 'policy.yml');
  assert.equal(policy('apps/web', '--policy', 'policy.yml'), '../../policy.yml');
  assert.equal(policy('--policy', resolve(workingDirectory, 'a/policy.yml')), 'a/policy.yml');
  const elsewhere = resolve('/etc/policy.yml');
  assert.equal(policy('--policy', elsewhere), elsewhere);
  assert.equal(policy('--policy=-odd.yml'), '-odd.yml');
});

test('reports go to files by name or by FORMAT:FILE', () => {
  const reports = (...args: string[]) => gate(...args).reports;
  assert.deepEqual(reports('--output', 'report.txt'), [{ format: 'text', file: 'report.txt' }]);
  assert.deepEqual(reports('--format', 'json', '--output', 'a/report.json'), [
    { format: 'json', file: 'a/report.json' },
  ]);
  assert.deepEqual(reports('--output', 'json:report.json', '--output', 'markdown:r.md'), [
    { format: 'text', file: null },
    { format: 'json', file: 'report.json' },
    { format: 'markdown', file: 'r.md' },
  ]);
  assert.deepEqual(reports('--output', 'C:\\reports\\r.txt'), [
    { format: 'text', file: 'C:\\reports\\r.txt' },
  ]);
  assert.deepEqual(reports('--output', 'json:C:\\r.json')[1], { format: 'json', file: 'C:\\r.json' });
  assert.deepEqual(reports('--output', './odd:name'), [{ format: 'text', file: './odd:name' }]);
  assert.match(refusal('--output', 'a', '--output', 'b'), /can be given once/);
  assert.match(
    refusal('--output', 'jsno:report.json'),
    /no report format `jsno`.* Did you mean `json`\? .*`\.\/jsno:report\.json`/,
  );
  assert.match(refusal('--output', 'json:'), /lacks the name of the file/);
});

test('help and version come before all else', () => {
  assert.deepEqual(parse('--nonsense', '--help'), { kind: 'help' });
  assert.deepEqual(parse('-h'), { kind: 'help' });
  assert.deepEqual(parse('--version'), { kind: 'version' });
  assert.deepEqual(parse('-v'), { kind: 'version' });
  assert.deepEqual(parse('--list-rules'), { kind: 'list-rules' });
  assert.deepEqual(parse('--explain', 'helmet-missing'), { kind: 'explain', ruleId: 'helmet-missing' });
  assert.match(
    refusal('--explain', 'helmet-mising'),
    /no rule `helmet-mising`\. Did you mean `helmet-missing`\?/,
  );
});

test('what is unknown names what is near, and what is allowed', () => {
  assert.match(refusal('--formt', 'json'), /no option `--formt`\. Did you mean `--format`\?/);
  assert.match(refusal('--quiet'), /no option `--quiet`\. `express-gate --help`/);
  assert.match(refusal('-x'), /no option `-x`/);
  assert.match(refusal('--fail-on', 'medium'), /one of low, moderate, high, critical, never, not `medium`/);
  assert.match(refusal('--audit', 'nmp'), /one of npm, osv, embedded, off, not `nmp`\. Did you mean `npm`\?/);
  assert.match(refusal('--omit', 'dev,prod'), /one of dev, optional, peer, not `prod`/);
  assert.match(refusal('--registry', 'registry.example.org'), /`--registry` must be an address/);
  assert.match(refusal('--registry', 'file:///etc/passwd'), /`--registry` must be an address/);
  assert.match(refusal('--list-rules=yes'), /takes no value/);
  assert.match(refusal('a', 'b'), /one directory at a time: `a` was named, and also `b`/);
  assert.match(refusal(''), /the directory is an empty text/);
  for (const args of [['--format'], ['--format='], ['--policy', '--audit', 'off']]) {
    assert.match(refusal(...args), new RegExp(`\`${args[0]!.replace('=', '')}\` needs a value`));
  }
});

test('a waiver needs a finding, a reason and a last day', () => {
  const wish = ['--waive', 'abc', '--reason', 'why', '--expires', '2030-01-01'];
  const command = parseCliArguments(['shop', ...wish], surroundings);
  assert.equal(command.kind, 'waive');
  assert.deepEqual(command.kind === 'waive' && command.wish, {
    fingerprint: 'abc',
    reason: 'why',
    expires: '2030-01-01',
  });
  assert.match(refusal('--waive', 'abc'), /`--waive` needs `--reason TEXT`/);
  assert.match(refusal('--waive', 'abc', '--reason', 'why'), /`--waive` needs `--expires YYYY-MM-DD`/);
  assert.match(refusal('--reason', 'why'), /`--reason` goes with `--waive FINGERPRINT`/);
  assert.match(refusal('--expires', '2030-01-01'), /`--expires` goes with `--waive FINGERPRINT`/);
  assert.match(refusal(...wish, '--waive', 'def'), /one finding at a time/);
  assert.match(refusal(...wish, '--format', 'json'), /writes no report: leave `--format` out/);
});

test('what the contract has and this version has not is said so', () => {
  for (const args of [
    ['--format', 'html'],
    ['--output', 'html:out.html'],
    ['--shard', '1/2'],
    ['--fix'],
    ['--init'],
    ['merge', 'a.json'],
    ['probe', 'http://127.0.0.1'],
  ]) {
    assert.match(refusal(...args), /is not available yet in this version/, args.join(' '));
  }
  assert.equal(gate('./merge').request.directory, resolve(workingDirectory, 'merge'));
});

test('the help names every option that can be used, and no other', () => {
  const help = renderHelp();
  for (const { name, help: own } of cliOptions) {
    assert.equal(new RegExp(`--${name}\\b(?!-)`).test(help), own !== null, name);
  }
  assert.ok(help.split('\n').every((line) => line.length <= 100));
});
