/** Audits one tree as each package manager has locked it, by the built command line: what is found must be the same, and what the real npm audit says. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import { isReadableLockfile } from '../src/collect/lockfile/read-lockfile.ts';
import { type LockfileKind, lockfileKinds } from './audited-tree/kinds.ts';
import { advisories, manifests, publishedNow } from './audited-tree/world.ts';
import { cli } from './cli-process.ts';
import { plainEnvironment } from './collect/npm-audit-case.ts';
import { type StandInFailure, type StandInRegistry, startRegistry } from './stand-ins/registry.ts';

interface Advisory {
  readonly id: string;
  readonly package: string;
  readonly installed: string;
  readonly vulnerable: string;
  readonly patched: string | null;
  readonly paths: readonly (readonly string[])[];
  readonly morePaths: number;
  readonly dev: boolean;
  readonly direct: boolean;
  readonly action: { readonly package: string; readonly version: string; readonly major: boolean } | null;
}

interface Report {
  readonly verdict: string;
  readonly findings: readonly {
    readonly ruleId: string;
    readonly severity: string;
    readonly project: string;
    readonly advisory?: Advisory;
  }[];
  readonly checks: readonly { readonly name: string; readonly state: string; readonly detail: string }[];
}

interface Found extends Advisory {
  readonly project: string;
  readonly severity: string;
}

let registry: StandInRegistry;
let home: string;
before(async () => {
  registry = await startRegistry({ packages: publishedNow, advisories });
  home = await mkdtemp(join(tmpdir(), 'express-gate-tree-'));
});
after(async () => {
  await registry.close();
  await rm(home, { recursive: true, force: true });
});

async function treeOf(kind: LockfileKind): Promise<string> {
  const folder = await mkdtemp(join(home, `${kind}-`));
  for (const [directory, manifest] of Object.entries(manifests)) {
    await mkdir(join(folder, directory), { recursive: true });
    await writeFile(join(folder, directory, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  }
  if (kind.startsWith('pnpm')) await writeFile(join(folder, 'pnpm-workspace.yaml'), "packages: ['apps/*']\n");
  const file = lockfileKinds[kind];
  await cp(join(import.meta.dirname, 'audited-tree', kind, file), join(folder, file));
  return folder;
}

function run(
  program: string,
  args: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv,
): Promise<{ code: number; stdout: string }> {
  const shell = process.platform === 'win32' && program === 'npm';
  return new Promise((settle) => {
    execFile(program, args, { cwd, env, shell, maxBuffer: 64 * 1024 * 1024 }, (error, stdout) =>
      settle({ code: typeof error?.code === 'number' ? error.code : 0, stdout }),
    );
  });
}

interface Ways {
  /** False: the gate finds no npm. */
  readonly npm?: boolean;
  readonly url?: string;
  readonly more?: readonly string[];
  readonly policy?: string;
}

async function gate(kind: LockfileKind, { npm = true, url, more = [], policy }: Ways = {}) {
  const environment = { ...plainEnvironment(home), ...(npm ? {} : { PATH: '', Path: '' }) };
  const folder = await treeOf(kind);
  if (policy !== undefined) await writeFile(join(folder, '.express-gate.yml'), policy);
  const args = [cli, '.', '--format', 'json', '--registry', url ?? registry.url, ...more];
  const { code, stdout } = await run(process.execPath, args, folder, environment);
  return { code, report: JSON.parse(stdout) as Report };
}

/** Everything that is found, but for what tells only where it stands and who was asked. */
function found({ findings }: Report): Found[] {
  return findings
    .filter(({ ruleId }) => ruleId === 'dependency-vulnerable')
    .map(({ project, severity, advisory }) => {
      assert.ok(advisory);
      const {
        id,
        package: name,
        installed,
        vulnerable,
        patched,
        paths,
        morePaths,
        dev,
        direct,
        action,
      } = advisory;
      return {
        project,
        severity,
        id,
        package: name,
        installed,
        vulnerable,
        patched,
        paths,
        morePaths,
        dev,
        direct,
        action,
      };
    })
    .sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

const keyOf = (each: Found) => `${each.project} ${each.package} ${each.id}`;

interface NpmVulnerability {
  readonly via: readonly (
    | string
    | { readonly url: string; readonly severity: string; readonly range: string }
  )[];
  readonly effects: readonly string[];
  readonly fixAvailable:
    | boolean
    | { readonly name: string; readonly version: string; readonly isSemVerMajor: boolean };
}

async function npmAudit(...more: string[]): Promise<Readonly<Record<string, NpmVulnerability>>> {
  const args = ['audit', '--json', `--registry=${registry.url}`, ...more];
  const { stdout } = await run('npm', args, await treeOf('npm-3'), plainEnvironment(home));
  const report = JSON.parse(stdout);
  assert.equal(report.auditReportVersion, 2);
  return report.vulnerabilities;
}

/** What npm says of each advisory, in our words. */
function saidByNpm(vulnerabilities: Readonly<Record<string, NpmVulnerability>>): string[] {
  const said = Object.entries(vulnerabilities).flatMap(([name, { via }]) =>
    via.flatMap((each) =>
      typeof each === 'string'
        ? []
        : [`${/GHSA-\S+/.exec(each.url)![0]} ${name} ${each.severity} ${each.range}`],
    ),
  );
  return said.sort();
}

const saidByUs = (all: readonly Found[]) =>
  [...new Set(all.map((each) => `${each.id} ${each.package} ${each.severity} ${each.vulnerable}`))].sort();

/** The lockfiles of npm's version 1 and of Yarn 1 do not say what is asked for as a peer: the way from plugin to host cannot be seen. */
const withoutPeerWays = (all: readonly Found[]) =>
  all.map((each) => ({
    ...each,
    paths: each.paths.filter(([first, second]) => first !== 'plugin' || second !== 'host'),
  }));

const kinds = (Object.keys(lockfileKinds) as LockfileKind[]).filter((kind) =>
  isReadableLockfile(lockfileKinds[kind]),
);

describe('one tree, whoever locked it', { concurrency: 2 }, () => {
  let byNpm: readonly Found[];
  before(async () => {
    byNpm = found((await gate('npm-3')).report);
  });

  it('has what the real npm audit says, without npm as well', async () => {
    const { report } = await gate('npm-3', { npm: false });
    const directly = found(report);
    assert.match(
      report.checks.find(({ name }) => name === 'npm-audit')!.detail,
      /^npm is missing here, so the registry was asked directly about the 20 packages of package-lock\.json: 11 advisories/,
    );
    assert.deepEqual(directly, byNpm);
    const vulnerabilities = await npmAudit();
    assert.deepEqual(saidByUs(directly), saidByNpm(vulnerabilities));
    for (const each of directly) {
      const fix = vulnerabilities[each.package]!.fixAvailable;
      if (typeof fix !== 'object') {
        const within = each.action !== null && { ...each.action, version: null };
        assert.deepEqual(within, fix && { package: each.package, version: null, major: false }, keyOf(each));
        continue;
      }
      // Two direct dependencies have to move for query. npm keeps the change of only one of them with query itself; the other's is at
      // the dependency, among what query has effects on. We name the one with the shortest path.
      const names = [each.package, ...vulnerabilities[each.package]!.effects];
      const changes = names.map((name) => vulnerabilities[name]!.fixAvailable);
      const own = each.action && {
        name: each.action.package,
        version: each.action.version,
        isSemVerMajor: each.action.major,
      };
      assert.ok(
        changes.some((change) => isDeepStrictEqual(change, own)),
        keyOf(each),
      );
    }
  });

  it('shows every kind of fix', () => {
    const actions = Object.fromEntries(
      byNpm.map((each) => [`${each.package} ${each.id.slice(-2)}`, each.action]),
    );
    const changes = Object.entries(actions).map(([name, action]) => [
      name,
      action && `${action.package} ${action.version}${action.major ? ' major' : ''}`,
    ]);
    assert.deepEqual(Object.fromEntries(changes), {
      '@scope/token 35': '@scope/token 1.0.4',
      'arguments 25': 'arguments 1.2.6',
      'host 28': 'host 1.1.0',
      'merge 29': 'merge 1.2.0',
      'native 27': null,
      'pattern 26': 'pattern 1.0.1',
      'query 23': 'client 1.1.0',
      'query 24': 'web 4.21.2',
      'session 34': 'session 2.0.0 major',
      'upload 36': 'upload 2.1.0 major',
      'xml 33': null,
    });
    assert.deepEqual(
      byNpm.filter(({ dev }) => dev).map((each) => `${each.project} ${each.package}`),
      ['. pattern', 'apps/admin pattern'],
    );
  });

  for (const kind of kinds) {
    it(`is the same for ${kind}`, async () => {
      const { report } = await gate(kind);
      const isPlain = kind === 'npm-1' || kind === 'yarn-1';
      assert.deepEqual(found(report), isPlain ? withoutPeerWays(byNpm) : byNpm);
      const check = report.checks.find(({ name }) => name === 'npm-audit')!;
      assert.equal(check.state, 'ok');
      const file = lockfileKinds[kind];
      const how = kind.startsWith('npm')
        ? 'npm audit looked at'
        : `${file} is not npm's, so the registry was asked directly about`;
      assert.match(
        check.detail,
        new RegExp(`^${how} the \\d+ packages of ${file}: 11 advisories concern them\\.$`),
      );
    });
  }

  for (const omit of [['dev'], ['optional'], ['peer'], ['dev', 'optional', 'peer']]) {
    it(`leaves out what npm does with --omit ${omit.join(' ')}`, async () => {
      const expected = saidByNpm(await npmAudit(...omit.map((type) => `--omit=${type}`)));
      const more = omit.flatMap((type) => ['--omit', type]);
      for (const kind of kinds.filter((each) => !each.startsWith('npm-')))
        assert.deepEqual(saidByUs(found((await gate(kind, { more })).report)), expected, kind);
      assert.deepEqual(saidByUs(found((await gate('npm-2', { npm: false, more })).report)), expected);
    });
  }
});

describe('a registry that fails where it is asked directly', { concurrency: 4 }, () => {
  const outages: [string, StandInFailure, RegExp][] = [
    ['400', { status: 400 }, /answered HTTP 400, 3 attempts/],
    [
      '429',
      { status: 429, headers: { 'retry-after': '3600' } },
      /answered HTTP 429 and asks for a pause of 3600 seconds, 1 attempt/,
    ],
    ['503', { status: 503 }, /answered HTTP 503, 3 attempts/],
    ['403', { status: 403 }, /refused the request with HTTP 403: credentials/],
    ['a reset', 'reset', /broke the connection off, 3 attempts/],
    ['a page', 'html', /something that is not the JSON of an audit, 3 attempts/],
    ['half of the JSON', 'truncated', /something that is not the JSON of an audit, 3 attempts/],
    ['other JSON', 'other-json', /something that is not the JSON of an audit, 3 attempts/],
  ];
  const missing: [string, StandInFailure, RegExp][] = [404, 405, 410].map((status) => [
    String(status),
    { status },
    new RegExp(`has no audit endpoint: HTTP ${status}`),
  ]);
  for (const [name, always, words] of [...outages, ...missing]) {
    it(`by ${name} is no clean answer`, async () => {
      const broken = await startRegistry({ packages: publishedNow, always });
      try {
        const [plain, required] = await Promise.all([
          gate('yarn-1', { url: broken.url }),
          gate('yarn-1', { url: broken.url, policy: 'require: [npm-audit]\n' }),
        ]);
        assert.deepEqual([plain.code, plain.report.verdict], [0, 'pass']);
        assert.deepEqual([required.code, required.report.verdict], [2, 'incomplete']);
        for (const { report } of [plain, required]) {
          const { state, detail } = report.checks.find((check) => check.name === 'npm-audit')!;
          assert.equal(state, 'degraded');
          assert.match(detail, words);
          assert.match(detail, /^The registry could not be asked .* only the \d+ embedded advisories/);
        }
      } finally {
        await broken.close();
      }
    });
  }

  it('once is asked again', async () => {
    const shaky = await startRegistry({ packages: publishedNow, advisories, failures: [{ status: 503 }] });
    try {
      const { code, report } = await gate('yarn-1', { url: shaky.url, policy: 'require: [npm-audit]\n' });
      assert.deepEqual([code, report.verdict], [1, 'fail']);
      assert.equal(found(report).length, 13);
      assert.equal(shaky.audits().length, 2);
    } finally {
      await shaky.close();
    }
  });
});
