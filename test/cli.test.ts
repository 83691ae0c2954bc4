/** The built command line as a process: exit codes, what goes to which stream, and bad input. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { version } from '../src/version.ts';
import { cli, plainEnvironment, root, runCli } from './cli-process.ts';
import { commitAll, makeTree } from './collect/file-tree.ts';
import { validRun } from './report/sarif-schema.ts';

const insecure = join(root, 'test/apps/insecure-shop');
const offline = ['--audit', 'off'];

const formats = ['text', 'json', 'sarif', 'markdown', 'github', 'gitlab'];

/** An application with nothing to report: it declares no Express. */
const harmless = {
  'package.json': '{ "name": "harmless", "private": true }\n',
  'index.js': 'console.log(1);\n',
};

test('--version and --help answer at once: the gate itself is not even loaded', (context) => {
  const coverage = makeTree(context, {});
  const answers = [
    [['--version'], new RegExp(`^${version.replaceAll('.', '\\.')}\n$`)],
    [
      ['--help'],
      /^express-gate \[directory\].*Exit codes: 0 pass, 1 the policy blocks, 2 could not judge\.\n$/s,
    ],
  ] as const;
  for (const [args, pattern] of answers) {
    const { code, stdout, stderr } = runCli(args, { env: { NODE_V8_COVERAGE: coverage } });
    assert.deepEqual([code, stderr], [0, '']);
    assert.match(stdout, pattern);
  }
  const scripts = readdirSync(coverage).flatMap((name) => {
    const { result } = JSON.parse(readFileSync(join(coverage, name), 'utf8')) as {
      result: { url: string }[];
    };
    return result.map(({ url }) => url).filter((url) => url.startsWith('file:'));
  });
  const loaded = [...new Set(scripts)]
    .map((url) => fileURLToPath(url))
    .filter((path) => path.startsWith(dirname(cli)));
  assert.ok(loaded.includes(cli));
  const bytes = loaded.reduce((sum, path) => sum + statSync(path).size, 0);
  assert.ok(bytes < 100_000, `${bytes} bytes in ${loaded.join(', ')}`);
});

test('the exit code is the verdict: blocked, passed, could not judge', (context) => {
  const blocked = runCli([insecure, '--audit', 'embedded']);
  assert.deepEqual([blocked.code, blocked.stderr], [1, '']);
  assert.notEqual(blocked.stdout, '');
  assert.equal(runCli([insecure, '--audit', 'embedded', '--fail-on', 'never']).code, 0);
  const passed = runCli([makeTree(context, harmless), ...offline]);
  assert.deepEqual([passed.code, passed.stderr], [0, '']);
  const unable = runCli([
    makeTree(context, {
      ...harmless,
      '.express-gate.yml': 'require: [npm-audit]\n',
      'package.json': '{ "dependencies": { "ms": "^2.0.0" } }',
    }),
    ...offline,
  ]);
  assert.equal(unable.code, 2);
});

test('bad input is named on standard error with its place, and ends with 2', (context) => {
  const cases: [Record<string, string | Buffer>, RegExp][] = [
    [{ 'app.js': '' }, /^express-gate: no package\.json .*`working-directory`.*\n$/],
    [
      { 'package.json': '{\n  "name": "x",\n}' },
      /^express-gate: package\.json:3:1: this is not valid JSON: .*\n$/,
    ],
    [
      { ...harmless, '.express-gate.yml': 'fail-onn: high\nrules: [\n' },
      /^express-gate: \.express-gate\.yml:3:1: this is not valid YAML: .*\n$/,
    ],
    [
      { ...harmless, '.github/express-gate.yml': 'fail-onn: high\nscope: some\n' },
      /^express-gate: \.github\/express-gate\.yml:1:1: .*`fail-on`.*\nexpress-gate: \.github\/express-gate\.yml:2:8: .*\n$/,
    ],
  ];
  for (const [files, pattern] of cases) {
    const { code, stdout, stderr } = runCli([makeTree(context, files), ...offline]);
    assert.deepEqual([code, stdout], [2, '']);
    assert.match(stderr, pattern);
  }
  for (const args of [
    ['--formt', 'json'],
    ['/nowhere/at/all'],
    ['--policy', 'absent.yml'],
    ['a', 'b'],
    ['--base', 'no-such-revision'],
  ]) {
    const { code, stdout, stderr } = runCli(args);
    assert.deepEqual([code, stdout], [2, ''], args.join(' '));
    assert.match(stderr, /^express-gate: .+\n$/, args.join(' '));
    assert.doesNotMatch(stderr, /\n\s+at |this is a defect/);
  }
});

test('what can be read is judged where other files cannot, and the report names them', (context) => {
  const directory = makeTree(context, {
    ...harmless,
    'nested/package.json': '{ "name": ',
    'blob.js': Buffer.from('\0\0'),
    'huge.js': Buffer.alloc(20 * 1024 * 1024, 'x'),
    'locked/package.json': '{ "name": "locked" }',
    'locked/package-lock.json': '{ "lockfileVersion": 3, ',
  });
  const { code, stdout, stderr } = runCli([directory, '--format', 'json', ...offline]);
  assert.deepEqual([code, stderr], [0, '']);
  const { checks } = JSON.parse(stdout) as {
    checks: { name: string; project: string; state: string; detail: string }[];
  };
  const files = new Map(
    checks.filter(({ name }) => name === 'files').map(({ project, ...check }) => [project, check]),
  );
  assert.deepEqual([...files.keys()].sort(), ['.', 'locked', 'nested']);
  for (const { state } of files.values()) assert.equal(state, 'degraded');
  assert.match(files.get('.')!.detail, /huge\.js/);
  assert.match(files.get('.')!.detail, /blob\.js/);
  assert.match(files.get('nested')!.detail, /nested\/package\.json:1:11/);
  assert.match(files.get('locked')!.detail, /locked\/package-lock\.json:1:\d+/);
  const required = runCli([
    directory,
    ...offline,
    '--policy',
    join(makeTree(context, { 'p.yml': 'require: [files]\n' }), 'p.yml'),
  ]);
  assert.equal(required.code, 2);
});

test('a directory without rights is named', (context) => {
  const directory = makeTree(context, { ...harmless, 'closed/app.js': '' });
  // Who may read everything (root, Windows) meets a directory that cannot be opened another way: its name leads nowhere.
  const closed = join(directory, 'closed');
  chmodSync(closed, 0);
  const { code, stderr } = runCli([closed, ...offline]);
  chmodSync(closed, 0o755);
  assert.equal(code, 2);
  assert.match(stderr, /^express-gate: .*(?:cannot be read \(EACCES\)|no package\.json)/);
});

test('paths with spaces, quotes, line breaks and letters of all kinds, in git and without', (context) => {
  const awkward = process.platform === 'win32' ? "a b's Ünï" : 'a b\'s "q" Ünï\n::error::x';
  const parent = makeTree(context, {});
  const directory = join(parent, awkward);
  cpSync(insecure, directory, { recursive: true, filter: (path) => !path.includes('node_modules') });
  mkdirSync(join(directory, awkward));
  cpSync(join(directory, 'package.json'), join(directory, awkward, 'package.json'));
  for (const format of formats) {
    const { code, stdout, stderr } = runCli([directory, '--format', format, '--audit', 'embedded']);
    assert.deepEqual([code, stderr], [1, ''], format);
    assert.doesNotMatch(stdout, /^\s*::error::x/m, format);
  }
  const walked = runCli([directory, '--format', 'json', '--audit', 'embedded']).stdout;
  commitAll(directory);
  assert.equal(
    withoutTimes(runCli([directory, '--format', 'json', '--audit', 'embedded']).stdout),
    withoutTimes(walked),
  );
  const absent = runCli([join(parent, 'absent\n::error::x')]);
  assert.equal(absent.code, 2);
  assert.doesNotMatch(absent.stderr, /^\s*::/m);
});

test('the same application gives the same bytes wherever it lies', (context) => {
  const copies = [makeTree(context, {}), join(makeTree(context, {}), 'deeper', 'down')];
  const reports = copies.map((copy) => {
    cpSync(insecure, copy, { recursive: true, filter: (path) => !path.includes('node_modules') });
    return formats.map((format) => {
      const { stdout } = runCli(['.', '--format', format, '--audit', 'embedded'], { cwd: copy });
      assert.equal(stdout.includes(copy), false);
      return withoutTimes(stdout);
    });
  });
  assert.deepEqual(reports[0], reports[1]);
});

test('reports go where they are asked for', (context) => {
  const directory = makeTree(context, harmless);
  const run = runCli(
    [
      directory,
      ...offline,
      '--format',
      'json',
      '--output',
      'out/main.json',
      '--output',
      'markdown:out/report.md',
    ],
    { cwd: directory },
  );
  assert.deepEqual(run, { code: 0, stdout: '', stderr: '' });
  assert.equal(JSON.parse(readFileSync(join(directory, 'out/main.json'), 'utf8')).verdict, 'pass');
  assert.ok(statSync(join(directory, 'out/report.md')).size > 0);
  const extra = runCli([directory, ...offline, '--output', 'json:more.json'], { cwd: directory });
  assert.equal(extra.code, 0);
  assert.notEqual(extra.stdout, '');
  assert.ok(existsSync(join(directory, 'more.json')));
});

test('a report that cannot be written is said, and does not hide that the policy blocks', (context) => {
  const directory = makeTree(context, harmless);
  const passed = runCli([directory, ...offline, '--output', 'package.json/report.txt'], { cwd: directory });
  assert.equal(passed.code, 2);
  assert.match(
    passed.stderr,
    /^express-gate: package\.json\/report\.txt: this report cannot be written \(E[A-Z]+\)\n$/,
  );
  assert.equal(runCli([insecure, '--audit', 'embedded', '--output', 'package.json/r.txt']).code, 1);
});

test('SARIF and GitLab reports name files from the root of the repository, wherever the directory is', (context) => {
  const repository = makeTree(context, {});
  const directory = join(repository, 'apps', 'my shop');
  cpSync(insecure, directory, { recursive: true, filter: (path) => !path.includes('node_modules') });
  commitAll(repository);
  const outputs = ['--output', 'sarif:gate.sarif', '--output', 'gitlab:quality.json'];
  const { code, stderr } = runCli([directory, '--audit', 'embedded', ...outputs], { cwd: repository });
  assert.deepEqual([code, stderr], [1, '']);
  const { results } = validRun(readFileSync(join(repository, 'gate.sarif'), 'utf8'));
  const places = results!.map(({ ruleId, locations }) => {
    const { artifactLocation, region } = locations![0]!.physicalLocation!;
    return { ruleId, path: decodeURIComponent(artifactLocation!.uri!), line: region!.startLine };
  });
  assert.ok(places.length > 20);
  for (const { path, line } of places) {
    assert.match(path, /^apps\/my shop\//);
    assert.ok(readFileSync(join(repository, path), 'utf8').split('\n').length >= line!, path);
  }
  const issues: { check_name: string; location: { path: string; lines: { begin: number } } }[] = JSON.parse(
    readFileSync(join(repository, 'quality.json'), 'utf8'),
  );
  assert.deepEqual(
    issues.map(({ check_name, location }) => [check_name, location.path, location.lines.begin]),
    places.map(({ ruleId, path, line }) => [ruleId, path, line]),
  );
  const inside = runCli(['--audit', 'embedded', '--format', 'sarif'], { cwd: directory }).stdout;
  assert.deepEqual(validRun(inside).results, results);
});

test('what is fixed is told as absent, but not where code scanning would open an alert for it', (context) => {
  const directory = makeTree(context, {});
  cpSync(insecure, directory, { recursive: true, filter: (path) => !path.includes('node_modules') });
  commitAll(directory);
  writeFileSync(join(directory, 'admin/index.js'), '');
  const args = [directory, '--base', 'HEAD', '--audit', 'embedded', '--format', 'sarif'];
  const states = (env: Record<string, string>) =>
    new Set(validRun(runCli(args, { env }).stdout).results!.map(({ baselineState }) => baselineState));
  assert.ok(states({}).has('absent') && states({}).has('unchanged'));
  assert.ok(!states({ GITHUB_ACTIONS: 'true', GITHUB_WORKSPACE: directory }).has('absent'));
});

test('in GitHub Actions the log gets workflow commands, with paths from the repository', () => {
  const env = { GITHUB_ACTIONS: 'true', GITHUB_WORKSPACE: root };
  const { code, stdout } = runCli([insecure, '--audit', 'embedded'], { env });
  assert.equal(code, 1);
  assert.match(stdout, /^::error file=test\/apps\/insecure-shop\//m);
});

test('no colour where nobody looks', () => {
  assert.doesNotMatch(runCli([insecure, '--audit', 'embedded']).stdout, /\u001b/);
});

test('the rules are listed and explained', () => {
  const list = runCli(['--list-rules']);
  assert.deepEqual([list.code, list.stderr], [0, '']);
  const ids = [...list.stdout.matchAll(/^ {2}([a-z][a-z0-9-]+) /gm)].map((match) => match[1]!);
  assert.ok(ids.includes('session-cookie-not-secure') && ids.includes('express-unsupported'));
  const explained = runCli(['--explain', 'session-cookie-not-secure']);
  assert.equal(explained.code, 0);
  assert.match(explained.stdout, /^session-cookie-not-secure: .*\nseverity high · .*CWE-614.*\n/);
  assert.match(explained.stdout, /\/docs\/rules\/session-cookie-not-secure\.md\n/);
  const later = runCli(['--explain', 'template-injection']);
  assert.equal(later.code, ids.includes('template-injection') ? 0 : 2);
});

test('a reader that goes away is no fault', async () => {
  const child = spawn(process.execPath, [cli, insecure, '--format', 'json', '--audit', 'embedded'], {
    cwd: root,
    env: plainEnvironment(),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child.stdout.destroy();
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const code = await new Promise((settle) => child.on('close', settle));
  assert.deepEqual([code, stderr], [1, '']);
});

test('a defect of the gate is one line that asks for a report; its stack only where it is asked for', () => {
  const defect = 'performance.now = () => { throw new TypeError("broken\\n::error::x") };';
  const node = ['--import', `data:text/javascript,${encodeURIComponent(defect)}`];
  const run = runCli([insecure, ...offline], { node });
  assert.deepEqual([run.code, run.stdout], [2, '']);
  assert.match(
    run.stderr,
    /^express-gate: TypeError: broken; this is a defect of express-gate, please report it: https:\S+\n$/,
  );
  const debugged = runCli([insecure, ...offline], { node, env: { EXPRESS_GATE_DEBUG: '1' } });
  assert.match(debugged.stderr, /\nexpress-gate: +at /);
  assert.doesNotMatch(debugged.stderr, /^\s*::/m);
});

/** A JSON report with its times set to 0; other texts hold none. */
function withoutTimes(text: string): string {
  return text.replace(/"ms": ?\d+/g, '"ms": 0');
}
