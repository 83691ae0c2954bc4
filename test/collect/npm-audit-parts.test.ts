/** Holds the parts of an audit to their bounds: npm's environment, the copy that it sees, its report, the registry's address, patience. */
import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { delimiter, join, relative, resolve } from 'node:path';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { type Asked, Patience, usualTiming } from '../../src/collect/audit-attempts.ts';
import { hostIn, judgeFailure, judgeStatus } from '../../src/collect/audit-failure.ts';
import { findRegistries } from '../../src/collect/audit-registry.ts';
import { readNpmAudit } from '../../src/collect/audit-report.ts';
import { readNpmLockfile } from '../../src/collect/lockfile/npm-lockfile.ts';
import { auditEnvironment, trustedPath } from '../../src/collect/npm-audit-environment.ts';
import { writeAuditTree } from '../../src/collect/npm-audit-tree.ts';
import type { Manifest } from '../../src/model/project.ts';
import { projectsOf, quickly, temporaryFolder } from './npm-audit-case.ts';

const scanned = resolve('/scanned/repository');

describe("npm's environment", () => {
  it('keeps the way to the registry and drops what bends an audit', () => {
    const environment = auditEnvironment(
      {
        HOME: '/home/user',
        HTTPS_PROXY: 'http://proxy.example',
        NODE_ENV: 'production',
        NPM_CONFIG_REGISTRY: 'https://registry.example/',
        'npm_config_@shop:registry': 'https://shop.example/',
        'npm_config_//registry.example/:_authToken': 'token',
        NPM_CONFIG_USERCONFIG: '/runner/.npmrc',
        npm_config_strict_ssl: 'false',
        NPM_CONFIG_OFFLINE: 'true',
        npm_config_omit: 'dev',
        NPM_CONFIG_AUDIT_LEVEL: 'none',
        npm_config_cache: '/cache',
        npm_config_workspace: 'a',
      },
      scanned,
      null,
    );
    assert.deepEqual(
      { ...environment },
      {
        HOME: '/home/user',
        HTTPS_PROXY: 'http://proxy.example',
        NPM_CONFIG_REGISTRY: 'https://registry.example/',
        'npm_config_@shop:registry': 'https://shop.example/',
        'npm_config_//registry.example/:_authToken': 'token',
        NPM_CONFIG_USERCONFIG: '/runner/.npmrc',
        npm_config_strict_ssl: 'false',
      },
    );
  });

  it("does not take a package manager's copy of the repository's .npmrc for the user's word", () => {
    const environment = auditEnvironment(
      {
        npm_execpath: '/npm',
        npm_config_registry: 'https://evil.example/',
        NPM_CONFIG_REGISTRY: 'https://user.example/',
      },
      scanned,
      null,
    );
    assert.deepEqual(
      { ...environment },
      { npm_execpath: '/npm', NPM_CONFIG_REGISTRY: 'https://user.example/' },
    );
  });

  it('has the registry that the user named, and no other', () => {
    const environment = auditEnvironment(
      { NPM_CONFIG_REGISTRY: 'https://other.example/' },
      scanned,
      'https://named.example/',
    );
    assert.deepEqual({ ...environment }, { npm_config_registry: 'https://named.example/' });
  });

  it('finds programs only where the repository has put none', () => {
    const good = [resolve('/usr/bin'), resolve('/scanned/repository-tools/bin')];
    const bad = [
      '',
      '.',
      'bin',
      scanned,
      join(scanned, 'bin'),
      join(scanned, 'node_modules', '.bin'),
      resolve('/scanned/node_modules/.bin'),
    ];
    assert.deepEqual(trustedPath([...bad, ...good, ...bad].join(delimiter), scanned), good);
  });
});

describe('the copy that npm sees', () => {
  const lockfile = JSON.stringify({
    name: 'shop',
    lockfileVersion: 3,
    packages: {
      '': { name: 'shop', dependencies: { 'old-qs': 'npm:qs@6.5.2', lib: 'file:../lib' } },
      'node_modules/old-qs': {
        name: 'qs',
        version: '6.5.2',
        resolved: 'http://127.0.0.1/evil.tgz',
        integrity: 'sha512-x',
        dev: true,
        hasInstallScript: true,
        bin: { qs: 'qs.js' },
        dependencies: { ms: '^2.0.0' },
      },
      'node_modules/ms': { version: '2.0.0', peerDependencies: { a: '*' } },
      'apps/a': { name: 'a', devDependencies: { ms: '2.0.0' } },
      'node_modules/a': { resolved: 'apps/a', link: true },
      '../lib': { name: 'lib', version: '1.0.0' },
      'node_modules/lib': { resolved: '../lib', link: true },
    },
  });
  const root: Manifest = {
    name: 'shop',
    version: '1.0.0',
    private: true,
    main: 'index.js',
    scripts: { preinstall: 'evil' },
    engines: { node: '>=99' },
    workspaces: ['**', '../../..'],
    dependencies: { 'old-qs': 'npm:qs@6.5.2', 'github:evil/name': '*', lib: 'file:../lib' },
    overrides: { qs: '6.5.2', deep: { '.': '1.0.0', more: [1], __proto__: 'x' } },
  };
  const manifests = {
    '.': root,
    'apps/a': { name: 'a', devDependencies: { ms: '2.0.0' }, scripts: { test: 'evil' } },
  };

  it('holds names, versions, ranges, overrides and workspaces, and nothing else', async () => {
    const base = await temporaryFolder();
    const { projects } = projectsOf(manifests, 'package-lock.json', lockfile);
    const directory = await writeAuditTree(base, projects[0]!.lockfile!, '.', projects);
    const read = async (file: string) => JSON.parse(await readFile(join(directory, file), 'utf8'));
    assert.deepEqual(await read('package.json'), {
      name: 'shop',
      version: '1.0.0',
      dependencies: { 'old-qs': 'npm:qs@6.5.2', lib: 'file:../lib' },
      overrides: { qs: '6.5.2', deep: { '.': '1.0.0' } },
      workspaces: ['apps/a'],
    });
    assert.deepEqual(await read('apps/a/package.json'), { name: 'a', devDependencies: { ms: '2.0.0' } });
    assert.deepEqual(await read('package-lock.json'), {
      lockfileVersion: 3,
      requires: true,
      packages: {
        '': {},
        'node_modules/old-qs': { name: 'qs', version: '6.5.2', dependencies: { ms: '^2.0.0' } },
        'node_modules/ms': { name: 'ms', version: '2.0.0', peerDependencies: { a: '*' } },
        'apps/a': { name: 'a', devDependencies: { ms: '2.0.0' } },
        '../lib': { name: 'lib', version: '1.0.0' },
        'node_modules/a': { resolved: 'apps/a', link: true },
        'node_modules/lib': { resolved: '../lib', link: true },
      },
    });
    const files = (await readdir(base, { recursive: true, withFileTypes: true })).filter((entry) =>
      entry.isFile(),
    );
    assert.deepEqual(files.map(({ name }) => name).sort(), [
      'package-lock.json',
      'package.json',
      'package.json',
    ]);
  });

  it('lies so deep that no link leads out of it', async () => {
    const base = await temporaryFolder();
    const { projects } = projectsOf(manifests, 'package-lock.json', lockfile);
    const directory = await writeAuditTree(base, projects[0]!.lockfile!, '.', projects);
    const furthest = resolve(directory, '../'.repeat(16));
    assert.ok(!relative(base, furthest).startsWith('..'));
  });
});

describe("npm's report", () => {
  const lockfile = readNpmLockfile(
    'package-lock.json',
    JSON.stringify({
      lockfileVersion: 3,
      packages: {
        '': {},
        'node_modules/a': { version: '1.0.0' },
        'node_modules/b/node_modules/a': { version: '2.0.0' },
      },
    }),
  );
  const read = (value: unknown) => readNpmAudit(JSON.stringify(value), lockfile);
  const vulnerability = (via: unknown, more: object = {}) => ({
    auditReportVersion: 2,
    vulnerabilities: {
      a: { via, nodes: ['node_modules/a', 'node_modules/b/node_modules/a'], fixAvailable: false, ...more },
    },
  });
  const advisoriesOf = (value: unknown) => {
    const asked = read(value);
    assert.ok(asked.kind === 'answered', JSON.stringify(asked));
    return asked.advisories;
  };

  it('gives each advisory the packages in its own range, and unites the records of one advisory', () => {
    const url = 'https://github.com/advisories/GHSA-2222-3333-4444';
    const found = advisoriesOf(
      vulnerability([
        'some-dependency',
        { source: 2, url, severity: 'moderate', range: '>=2.0.0 <2.1.0', title: 'Later' },
        { source: 1, url, severity: 'high', range: '<1.1.0', title: 'Earlier' },
        { source: 7, url: 'javascript:alert(1)', severity: 'info', range: '<1.1.0' },
        {
          source: 8,
          url: '',
          severity: 'dreadful',
          range: 'no range at all',
          cwe: ['CWE-79', 'CWE-79', 'CWE-20', 5],
        },
        { source: 9, range: '>=3.0.0', title: 'Of no package here' },
      ]),
    );
    assert.deepEqual(
      found.map(({ id, severity, vulnerable, nodes, title, url, cwe }) => ({
        id,
        severity,
        vulnerable,
        nodes: nodes.length,
        title,
        url,
        cwe,
      })),
      [
        {
          id: '7',
          severity: 'low',
          vulnerable: '<1.1.0',
          nodes: 1,
          title: 'Vulnerability in a',
          url: '',
          cwe: [],
        },
        {
          id: '8',
          severity: 'high',
          vulnerable: 'no range at all',
          nodes: 2,
          title: 'Vulnerability in a',
          url: '',
          cwe: [20, 79],
        },
        {
          id: 'GHSA-2222-3333-4444',
          severity: 'high',
          vulnerable: '<1.1.0 || >=2.0.0 <2.1.0',
          nodes: 2,
          title: 'Later',
          url,
          cwe: [],
        },
      ],
    );
  });

  it('collects the changes of direct dependencies along the effects, also in circles', () => {
    const via = [{ source: 1, url: 'https://github.com/advisories/GHSA-2222-3333-4444', range: '*' }];
    const fix = (name: string) => ({ name, version: '2.0.0', isSemVerMajor: true });
    const report = vulnerability(via, { effects: ['x', 'constructor'] });
    const [found] = advisoriesOf({
      ...report,
      vulnerabilities: {
        ...report.vulnerabilities,
        x: { via: ['a'], effects: ['y', 'a', 'x'], fixAvailable: fix('x') },
        y: { via: ['x'], effects: ['x'], fixAvailable: { name: 'github:evil/x', version: '1.0.0' } },
        z: { via: ['x'], effects: [], fixAvailable: fix('z') },
      },
    });
    assert.deepEqual(found!.fixes, [{ package: 'x', version: '2.0.0', major: true }]);
    assert.equal(found!.fixInRange, false);
  });

  it('needs auditReportVersion 2', () => {
    for (const value of [
      {},
      [],
      null,
      { vulnerabilities: {} },
      { auditReportVersion: 1, vulnerabilities: {} },
      { error: { code: 'ENOLOCK' } },
    ])
      assert.equal(read(value).kind, 'npm-unable', JSON.stringify(value));
    assert.equal(readNpmAudit('', lockfile).kind, 'npm-unable');
  });

  it('of any other form ends without an exception and without an advisory', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), fc.jsonValue(), (via, effects, nodes) => {
        const asked = read({
          auditReportVersion: 2,
          vulnerabilities: { a: { via, effects, nodes, fixAvailable: effects }, __proto__: via },
        });
        assert.equal(asked.kind, 'answered');
      }),
    );
  });
});

describe('the registry', () => {
  const find = async (
    npmrc: string,
    environment: Record<string, string> = {},
    configuration: string | null = null,
  ) => {
    const folder = await temporaryFolder();
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, '.npmrc'), npmrc);
    return (await findRegistries({ HOME: folder, ...environment }, configuration)).main;
  };

  it('is the public one where nothing else is said, without credentials', async () => {
    assert.deepEqual((await findRegistries({ HOME: await temporaryFolder() }, null)).main, {
      url: 'https://registry.npmjs.org/',
      headers: {},
    });
  });

  it('comes from the environment, from npm, from the file, in this order', async () => {
    const npmrc = '; comment\nregistry = https://file.example/npm\n';
    assert.equal((await find(npmrc)).url, 'https://file.example/npm/');
    assert.equal((await find(npmrc, {}, '{"registry":"https://npm.example/"}')).url, 'https://npm.example/');
    assert.equal(
      (await find(npmrc, { NPM_CONFIG_REGISTRY: 'https://environment.example/' })).url,
      'https://environment.example/',
    );
    assert.equal((await find('registry=nonsense\n')).url, 'https://registry.npmjs.org/');
  });

  it('gets the credentials of its own address or one above it, and no others', async () => {
    const at = (path: string, lines: string) => find(`registry=https://r.example/${path}\n${lines}`);
    const authorization = async (path: string, lines: string) =>
      (await at(path, lines)).headers.authorization;
    assert.equal(await authorization('', '//r.example/:_authToken=abc'), 'Bearer abc');
    assert.equal(await authorization('a/b/', '//r.example/a/:_authToken="abc"'), 'Bearer abc');
    assert.equal(await authorization('a/b', '//r.example:_authToken=abc'), 'Bearer abc');
    assert.equal(await authorization('', '//r.example/:_auth=dTpw'), 'Basic dTpw');
    assert.equal(
      await authorization('', '//r.example/:username=u\n//r.example/:_password=cA=='),
      'Basic dTpw',
    );
    for (const other of [
      '//other.example/:_authToken=abc',
      '//r.example/other/:_authToken=abc',
      '_authToken=abc',
      '//r.example:8080/:_authToken=abc',
    ])
      assert.equal(await authorization('a/', other), undefined, other);
    assert.equal(await authorization('', '//r.example/:_authToken=a\u0007b'), undefined);
  });

  it('has variables of the environment in its configuration, and none of its credentials in its address', async () => {
    const found = await find(`registry=https://u:p@r.example/\n`);
    assert.deepEqual(found, { url: 'https://r.example/', headers: { authorization: 'Basic dTpw' } });
    const token = '//r.example/:_authToken=$' + '{TOKEN}\nregistry=https://r.example/';
    assert.equal((await find(token, { TOKEN: 'abc' })).headers.authorization, 'Bearer abc');
  });

  it('of a scope is that of the user, with its own credentials, but not for advisories', async () => {
    const folder = await temporaryFolder();
    await writeFile(
      join(folder, '.npmrc'),
      '@own:registry=https://own.example/npm\n//own.example/npm/:_authToken=abc\n//r.example/:_authToken=def\n',
    );
    const { main, of } = await findRegistries(
      { HOME: folder, 'npm_config_@other:registry': 'https://other.example/' },
      '{"registry":"https://r.example/","__proto__:registry":"https://evil.example/"}',
    );
    assert.deepEqual(main, { url: 'https://r.example/', headers: { authorization: 'Bearer def' } });
    assert.deepEqual(of('@own/x'), {
      url: 'https://own.example/npm/',
      headers: { authorization: 'Bearer abc' },
    });
    assert.deepEqual(of('@other/x'), { url: 'https://other.example/', headers: {} });
    for (const name of ['own', '@none/x', '__proto__', '@own']) assert.deepEqual(of(name), main);
  });
});

describe('patience', () => {
  const again = (waitMs: number | null = null): Asked => ({
    kind: 'try-again',
    detail: 'r answered HTTP 503',
    waitMs,
  });
  const asking = async (patience: Patience, answers: readonly Asked[]) => {
    let times = 0;
    const asked = await patience.ask(async () => answers[Math.min(times++, answers.length - 1)]!);
    return { asked, times };
  };
  const timing = { ...quickly, attempts: 4, pauseMs: 1 };

  it('ends with the first answer', async () => {
    for (const kind of ['no-endpoint', 'refused', 'npm-unable'] as const) {
      const { asked, times } = await asking(new Patience(timing), [again(), again(), { kind, detail: 'x' }]);
      assert.deepEqual([asked, times], [{ kind, detail: 'x' }, 3]);
    }
  });

  it('has an end, and the other audits of the run have a nearer one', async () => {
    const patience = new Patience(timing);
    const first = await asking(patience, [again()]);
    assert.deepEqual(
      [first.times, first.asked],
      [4, { ...again(), detail: 'r answered HTTP 503, 4 attempts' }],
    );
    assert.equal((await asking(patience, [again()])).times, 1);
    const well: Asked = { kind: 'answered', advisories: [] };
    assert.deepEqual((await asking(patience, [well])).asked, well);
  });

  it('does not wait longer than it may, and asks not sooner than it was told', async () => {
    const { asked, times } = await asking(new Patience(timing), [again(timing.longestPauseMs + 1)]);
    assert.equal(times, 1);
    assert.match('detail' in asked ? asked.detail : '', /asks for a pause of 3 seconds, 1 attempt$/);
    assert.equal((await asking(new Patience({ ...timing, totalMs: 0 }), [again()])).times, 1);
    assert.ok(usualTiming.totalMs <= 15 * 60_000);
  });
});

describe('the words for a failure', () => {
  it('name the host and never a credential', () => {
    assert.equal(hostIn('request to https://user:secret@r.example:8443/x failed'), 'r.example:8443');
    assert.equal(hostIn('nothing'), 'the registry');
    for (const message of [
      'request to https://u:secret@r.example/ failed, reason: connect ECONNREFUSED',
      'x',
      'ETIMEDOUT https://u:secret@r.example/',
    ])
      assert.doesNotMatch(JSON.stringify(judgeFailure(message)), /secret/);
  });

  it('tell the states apart by the number alone', () => {
    const kinds = (statuses: readonly number[]) => [
      ...new Set(statuses.map((status) => judgeStatus(status, 'r', null).kind)),
    ];
    assert.deepEqual(kinds([404, 405, 410]), ['no-endpoint']);
    assert.deepEqual(kinds([400, 408, 429, 500, 502, 503, 504, 599]), ['try-again']);
    assert.deepEqual(kinds([401, 403, 302, 418, 451]), ['refused']);
  });

  it('read Retry-After as seconds or as a date', () => {
    const wait = (value: unknown) => {
      const asked = judgeStatus(429, 'r', value);
      return asked.kind === 'try-again' ? asked.waitMs : assert.fail();
    };
    assert.equal(wait('7'), 7000);
    assert.equal(wait(['7']), 7000);
    assert.equal(wait('Thu, 01 Jan 1970 00:00:00 GMT'), 0);
    assert.ok(wait(new Date(Date.now() + 3_600_000).toUTCString())! > 3_500_000);
    for (const value of [null, undefined, 'soon', {}, -1]) assert.equal(wait(value), null);
  });
});
