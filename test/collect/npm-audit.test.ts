/** Asks a local registry by the real npm (and without it), in each way in which a registry, npm or the repository can fail or cheat. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { chmod, readdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { delimiter, join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { promisify } from 'node:util';
import { readNpmLockfile } from '../../src/collect/lockfile/npm-lockfile.ts';
import { collectAudits } from '../../src/collect/npm-audit.ts';
import type { Audit, AuditAdvisory, AuditAnswer } from '../../src/model/audit.ts';
import { InputError } from '../../src/model/input-error.ts';
import type { Manifest } from '../../src/model/project.ts';
import {
  type StandInFailure,
  type StandInOptions,
  type StandInRegistry,
  startRegistry,
} from '../stand-ins/registry.ts';
import {
  advisories,
  auditOf,
  lockfileOf,
  manifest,
  packages,
  plainEnvironment,
  projectsOf,
  quickly,
  request,
  temporaryFolder,
} from './npm-audit-case.ts';

/** Each case keeps a processor busy for half a second, or only waits. */
const atOnce = { concurrency: 2 };

let world: StandInRegistry;
let lockfile: string;
const open: StandInRegistry[] = [];

before(async () => {
  world = await registry();
  lockfile = await lockfileOf(world.url, { '.': manifest });
});

after(() => Promise.all(open.map((each) => each.close())));

async function registry(options: StandInOptions = {}): Promise<StandInRegistry> {
  const started = await startRegistry({ packages, advisories, ...options });
  open.push(started);
  return started;
}

function report({ answer }: Audit): Extract<AuditAnswer, { kind: 'report' }> {
  assert.equal(answer.kind, 'report', JSON.stringify(answer));
  return answer as Extract<AuditAnswer, { kind: 'report' }>;
}

function found(audit: Audit): string[] {
  return report(audit).advisories.map(({ id, package: name, nodes }) => `${id} ${name} ${nodes.join(' ')}`);
}

const all = ['GHSA-xvch-5gv4-984h minimist node_modules/minimist', 'GHSA-hrpp-h998-j3pp qs node_modules/qs'];

const noNpm = () => ({ PATH: '', Path: undefined });

/** A program named npm in a folder of its own: `script` is the body of a CommonJS file. */
async function otherNpm(script: string): Promise<(folder: string) => Record<string, string>> {
  const folder = await temporaryFolder();
  await writeFile(join(folder, 'npm'), `#!/usr/bin/env node\n${script}`);
  await chmod(join(folder, 'npm'), 0o755);
  await writeFile(join(folder, 'npm.cmd'), '@node "%~dp0npm" %*\r\n');
  return (repository) => ({ PATH: [folder, plainEnvironment(repository).PATH].join(delimiter) });
}

describe('an audit', { concurrency: 2 }, () => {
  describe('npm audit', atOnce, () => {
    it('gives each advisory with its severity, weakness, score, packages and fix', async () => {
      const own = await registry();
      const audit = await auditOf(own.url, lockfile);
      const expected: AuditAdvisory[] = [
        {
          id: 'GHSA-xvch-5gv4-984h',
          cve: null,
          package: 'minimist',
          severity: 'critical',
          title: 'Prototype Pollution in minimist',
          url: 'https://github.com/advisories/GHSA-xvch-5gv4-984h',
          cwe: [1321],
          cvss: 9.8,
          vulnerable: '<1.2.6',
          patched: null,
          nodes: ['node_modules/minimist'],
          fixes: [{ package: 'minimist', version: '1.2.8', major: false }],
          fixInRange: false,
        },
        {
          id: 'GHSA-hrpp-h998-j3pp',
          cve: null,
          package: 'qs',
          severity: 'high',
          title: 'qs vulnerable to Prototype Pollution',
          url: 'https://github.com/advisories/GHSA-hrpp-h998-j3pp',
          cwe: [1321],
          cvss: 7.5,
          vulnerable: '<6.5.3 || >=6.7.0 <6.7.3',
          patched: null,
          nodes: ['node_modules/qs'],
          fixes: [{ package: 'express', version: '4.21.2', major: false }],
          fixInRange: false,
        },
      ];
      assert.deepEqual(audit.answer, { kind: 'report', source: 'npm', advisories: expected });
      assert.equal(audit.workspaceRoot, '.');
      assert.ok(audit.ms > 0);
      assert.equal(own.audits().length, 1);
      assert.match(String(own.audits()[0]!.headers['user-agent']), /^npm\//);
      assert.ok(
        own.requests.every(({ path }) => !path.endsWith('.tgz')),
        'nothing is installed',
      );
    });

    it('gives the same for the three versions of the lockfile', async () => {
      const [first, second] = await Promise.all([
        lockfileOf(world.url, { '.': manifest }, 1),
        lockfileOf(world.url, { '.': manifest }, 2),
      ]);
      assert.deepEqual(
        [first, second, lockfile].map((text) => readNpmLockfile('package-lock.json', text).version),
        [1, 2, 3],
      );
      const audits = await Promise.all([first, second, lockfile].map((text) => auditOf(world.url, text)));
      assert.deepEqual(found(audits[0]!), all);
      assert.deepEqual(audits[1]!.answer, audits[0]!.answer);
      assert.deepEqual(audits[2]!.answer, audits[0]!.answer);
    });

    it('keeps apart the packages of one name that an advisory concerns', async () => {
      const both: Manifest = { name: 'both', dependencies: { express: '4.21.2', qs: '6.5.2' } };
      const text = await lockfileOf(world.url, { '.': both });
      const audit = await auditOf(world.url, text, { manifests: { '.': both } });
      assert.deepEqual(found(audit), ['GHSA-hrpp-h998-j3pp qs node_modules/qs']);
      assert.ok(
        readNpmLockfile('package-lock.json', text).packages.has('node_modules/express/node_modules/qs'),
      );
    });

    it('says where a fix is within the declared ranges', async () => {
      const loose: Manifest = { name: 'loose', dependencies: { mkdirp: '0.5.1' } };
      const text = (await lockfileOf(world.url, { '.': loose })).replace(
        '"version": "1.2.8"',
        '"version": "1.2.0"',
      );
      const [advisory] = report(await auditOf(world.url, text, { manifests: { '.': loose } })).advisories;
      assert.equal(advisory!.fixInRange, true);
      assert.deepEqual(advisory!.fixes, []);
    });

    it('audits every member of a workspace by its root', async () => {
      const manifests: Record<string, Manifest> = {
        '.': { name: 'root', private: true, workspaces: ['apps/*'] },
        'apps/a': { name: 'a', version: '1.0.0', dependencies: { express: '4.17.1' } },
        'apps/b': { name: 'b', version: '1.0.0', devDependencies: { mkdirp: '0.5.1', minimist: '1.2.0' } },
      };
      const text = await lockfileOf(world.url, manifests);
      const [whole, production] = await Promise.all([
        auditOf(world.url, text, { manifests }),
        auditOf(world.url, text, { manifests, request: { omit: ['dev'] } }),
      ]);
      assert.deepEqual(found(whole), all);
      assert.deepEqual(found(production), [all[1]]);
      assert.deepEqual(production.omit, ['dev']);
    });

    it('leaves out what is asked to be left out, and does not believe the lockfile what that is', async () => {
      const lying = lockfile.replace('"node_modules/qs": {', '"node_modules/qs": {\n      "dev": true,');
      assert.deepEqual(found(await auditOf(world.url, lying, { request: { omit: ['dev'] } })), [all[1]]);
    });

    it('is not asked where there is nothing to ask, or the user does not want it', async () => {
      const own = await registry();
      const empty = JSON.stringify({ lockfileVersion: 3, packages: { '': {} } });
      assert.deepEqual(report(await auditOf(own.url, empty, { manifests: { '.': {} } })).advisories, []);
      for (const audit of ['off', 'embedded'] as const) {
        const { answer } = await auditOf(own.url, lockfile, { request: { audit } });
        assert.equal(answer.kind, 'not-asked');
      }
      assert.equal(own.requests.length, 0);
    });

    it('refuses a registry that is no web address', async () => {
      for (const address of ['registry.example', 'file:///etc', 'npm'])
        await assert.rejects(auditOf(address, lockfile), InputError);
    });

    it('leaves nothing behind', async () => {
      const temporary = await temporaryFolder();
      const script = `
      process.env.TMPDIR = process.env.TMP = process.env.TEMP = ${JSON.stringify(temporary)};
      const { auditOf } = await import(${JSON.stringify(new URL('./npm-audit-case.ts', import.meta.url).href)});
      const { answer } = await auditOf(${JSON.stringify(world.url)}, ${JSON.stringify(lockfile)});
      process.stdout.write(answer.kind);`;
      const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script]);
      assert.equal(stdout, 'report');
      assert.deepEqual(await readdir(temporary), []);
    });
  });

  describe('a registry that fails once', atOnce, () => {
    const failures: Record<string, StandInFailure> = {
      'answers 400': { status: 400 },
      'answers 429 and asks for a second': { status: 429, headers: { 'retry-after': '1' } },
      'answers 503': { status: 503 },
      'resets the connection': 'reset',
      'breaks off in the middle': 'broken-off',
      'answers with a page': 'html',
      'answers with half of the JSON': 'truncated',
      'answers with nothing': 'empty',
    };
    for (const [name, failure] of Object.entries(failures)) {
      it(`and ${name} is asked again`, async () => {
        const own = await registry({ failures: [failure] });
        const audit = await auditOf(own.url, lockfile);
        assert.deepEqual(found(audit), all);
        assert.equal(report(audit).source, 'npm');
        assert.equal(own.audits().length, 2);
      });
    }

    it('and does not answer at all is asked again', async () => {
      const own = await registry({ failures: ['hang'] });
      const audit = await auditOf(own.url, lockfile, { timing: { requestMs: 4_000 } });
      assert.deepEqual(found(audit), all);
      assert.equal(own.audits().length, 2);
    });

    it('and answers with other JSON is asked directly', async () => {
      const own = await registry({ failures: ['other-json', 'other-json'] });
      const audit = await auditOf(own.url, lockfile);
      assert.deepEqual(found(audit), all);
      assert.equal(report(audit).source, 'endpoint');
      assert.equal(own.audits().length, 3);
    });
  });

  describe('a registry that always fails', atOnce, () => {
    const cases: [string, StandInFailure, AuditAnswer['kind'], RegExp, number][] = [
      ['503', { status: 503 }, 'outage', /^127\.0\.0\.1:\d+ answered HTTP 503, 2 attempts$/, 2],
      ['a reset', 'reset', 'outage', /^127\.0\.0\.1:\d+ broke the connection off, 2 attempts$/, 2],
      [
        'a page',
        'html',
        'outage',
        /^127\.0\.0\.1:\d+ answered with something that is not the JSON of an audit, 2 attempts$/,
        2,
      ],
      [
        '429 and a long pause',
        { status: 429, headers: { 'retry-after': '3600' } },
        'outage',
        /^127\.0\.0\.1:\d+ answered HTTP 429 and asks for a pause of 3600 seconds, 1 attempt$/,
        1,
      ],
      [
        '403',
        { status: 403 },
        'outage',
        /refused the request with HTTP 403: credentials for it are missing or were not accepted$/,
        1,
      ],
      ['404', { status: 404 }, 'no-endpoint', /^127\.0\.0\.1:\d+ has no audit endpoint: HTTP 404$/, 1],
      ['405', { status: 405 }, 'no-endpoint', /HTTP 405$/, 1],
      ['410', { status: 410 }, 'no-endpoint', /HTTP 410$/, 1],
      ['418', { status: 418 }, 'outage', /answered HTTP 418$/, 1],
    ];
    for (const [name, always, kind, detail, times] of cases) {
      it(`with ${name} is no clean answer`, async () => {
        const own = await registry({ always });
        const { answer } = await auditOf(own.url, lockfile, { timing: { attempts: 2 } });
        assert.equal(answer.kind, kind, JSON.stringify(answer));
        assert.match('detail' in answer ? answer.detail : '', detail);
        assert.equal(own.audits().length, times);
      });
    }

    it('is not there at all', async () => {
      const gone = await startRegistry();
      await gone.close();
      const { answer } = await auditOf(gone.url, lockfile, { timing: { attempts: 2 } });
      assert.equal(answer.kind, 'outage');
      assert.match(
        'detail' in answer ? answer.detail : '',
        /^127\.0\.0\.1:\d+ refused the connection, 2 attempts$/,
      );
    });

    it('is asked only once by the other projects of the run', async () => {
      const own = await registry({ always: { status: 503 } });
      const folder = await temporaryFolder();
      const sets = ['a', 'b', 'c', 'd', 'e', 'f'].map((directory) =>
        projectsOf({ [directory]: manifest }, `${directory}/package-lock.json`, lockfile),
      );
      const audits = await collectAudits(
        request(folder, { registry: own.url }),
        sets.flatMap(({ projects }) => projects),
        { environment: { ...plainEnvironment(folder), ...noNpm() }, timing: { ...quickly, attempts: 5 } },
      );
      assert.deepEqual(
        audits.map(({ workspaceRoot, answer }) => [workspaceRoot, answer.kind]),
        ['a', 'b', 'c', 'd', 'e', 'f'].map((directory) => [directory, 'outage']),
      );
      // Those that were under way together may have been asked about to the end; the others were not.
      assert.ok(own.audits().length < 6 * 5, String(own.audits().length));
      assert.ok(own.audits().length >= 5 + 5);
    });
  });

  describe('credentials', atOnce, () => {
    const withToken = (url: string, folder: string, name: string) =>
      writeFile(join(folder, name), `//${new URL(url).host}/:_authToken=\${SECRET_TOKEN}\n`);

    it('of the user are sent, by npm and without it', async () => {
      const own = await registry({ authorization: 'Bearer hidden' });
      const configuration = await temporaryFolder();
      await withToken(own.url, configuration, 'npmrc');
      const environment = () => ({
        NPM_CONFIG_USERCONFIG: join(configuration, 'npmrc'),
        SECRET_TOKEN: 'hidden',
      });
      const [byNpm, directly] = await Promise.all([
        auditOf(own.url, lockfile, { environment }),
        auditOf(own.url, lockfile, { environment: () => ({ ...environment(), ...noNpm() }) }),
      ]);
      assert.equal(report(byNpm).source, 'npm');
      assert.equal(report(directly).source, 'endpoint');
      assert.deepEqual(found(byNpm), all);
      assert.deepEqual(found(directly), all);
    });

    it('that are missing are named as what is missing', async () => {
      const own = await registry({ authorization: 'Bearer hidden' });
      for (const environment of [undefined, noNpm]) {
        const { answer } = await auditOf(own.url, lockfile, { ...(environment && { environment }) });
        assert.equal(answer.kind, 'outage');
        assert.match('detail' in answer ? answer.detail : '', /HTTP 401: credentials for it are missing/);
      }
    });

    it('and the registry come from the configuration where none is named', async () => {
      const own = await registry({ prefix: '/npm/private', authorization: 'Bearer hidden' });
      const configuration = await temporaryFolder();
      const host = new URL(own.url).host;
      await writeFile(
        join(configuration, 'npmrc'),
        `registry = "${own.url}"\n//${host}/npm/:_authToken=hidden\n`,
      );
      for (const more of [{}, noNpm()]) {
        const environment = () => ({ NPM_CONFIG_USERCONFIG: join(configuration, 'npmrc'), ...more });
        assert.deepEqual(found(await auditOf(null, lockfile, { environment })), all);
      }
    });
  });

  describe('npm that is not fit', atOnce, () => {
    it('because it is missing leaves the question to the gate', async () => {
      const own = await registry({ failures: [{ status: 503 }] });
      const audit = await auditOf(own.url, lockfile, { environment: noNpm });
      assert.deepEqual(found(audit), all);
      assert.equal(report(audit).source, 'endpoint');
      const [, asked] = own.audits();
      assert.deepEqual(asked!.body, {
        'body-parser': ['1.19.0'],
        debug: ['2.6.9'],
        express: ['4.17.1'],
        minimist: ['1.2.0'],
        mkdirp: ['0.5.1'],
        ms: ['2.0.0'],
        qs: ['6.7.0'],
      });
      assert.equal(asked!.headers['content-encoding'], 'gzip');
    });

    it('because it is npm 10, which falls back on the retired endpoint, leaves it too', async () => {
      // What npm 10.9.9 really wrote when the bulk endpoint and then the retired one failed.
      const own = await registry();
      const answer = {
        message: `410 Gone - POST ${own.url}-/npm/v1/security/audits/quick - this endpoint has been retired`,
        method: 'POST',
        uri: `${own.url}-/npm/v1/security/audits/quick`,
        headers: { 'retry-after': ['3'] },
        statusCode: 410,
        body: { error: 'this endpoint has been retired' },
        error: { summary: '', detail: '' },
      };
      const environment = await otherNpm(
        `process.stdout.write(${JSON.stringify(JSON.stringify(answer))}); process.exitCode = 1;`,
      );
      const audit = await auditOf(own.url, lockfile, { environment });
      assert.deepEqual(found(audit), all);
      assert.equal(report(audit).source, 'endpoint');
    });

    for (const [name, script] of [
      [
        'because it is npm 6, with another report',
        'console.log(JSON.stringify({ actions: [], advisories: {}, metadata: {} }));',
      ],
      ['because it writes no JSON', 'console.log("npm is broken");'],
      ['because it writes nothing', ''],
      ['because it cannot start', 'process.exit(127);'],
    ] as const) {
      it(`${name} leaves it too`, async () => {
        const audit = await auditOf((await registry()).url, lockfile, {
          environment: await otherNpm(script),
        });
        assert.deepEqual(found(audit), all);
        assert.equal(report(audit).source, 'endpoint');
      });
    }

    it('because it never ends is killed, with what it has started', async () => {
      const pulse: number[] = [];
      const server = createServer((_, response) => {
        pulse.push(performance.now());
        response.end();
      });
      await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
      const { port } = server.address() as AddressInfo;
      const beat = `setInterval(() => fetch('http://127.0.0.1:${port}').catch(() => {}), 20)`;
      const environment = await otherNpm(
        `require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(beat)}], { stdio: 'inherit' }); setInterval(() => {}, 1000);`,
      );
      const audit = await auditOf((await registry()).url, lockfile, {
        environment,
        timing: { attemptMs: 4_000 },
      });
      assert.equal(report(audit).source, 'endpoint');
      assert.ok(pulse.length > 0, 'it was alive');
      // Answers that were under way when it was killed may still come in.
      await new Promise((wait) => setTimeout(wait, 200));
      const beats = pulse.length;
      await new Promise((wait) => setTimeout(wait, 300));
      assert.equal(pulse.length, beats);
      server.close();
      server.closeAllConnections();
    });

    it('only warns and exits with 1 is fit: neither counts', async () => {
      const text = JSON.stringify({ auditReportVersion: 2, vulnerabilities: {}, metadata: {} });
      const environment = await otherNpm(
        `console.error('npm warn config something'); console.log(${JSON.stringify(text)}); process.exitCode = 1;`,
      );
      const audit = await auditOf(world.url, lockfile, { environment });
      assert.deepEqual(audit.answer, { kind: 'report', source: 'npm', advisories: [] });
    });
  });

  describe('the scanned repository', atOnce, () => {
    const bending =
      'offline=true\nprefer-offline=true\naudit=false\naudit-level=none\nomit[]=dev\nomit[]=optional\nonly=prod\npackage-lock=false\ndry-run=true\nglobal=true\n';

    /** The vulnerabilities that npm finds where it is run in the repository itself. */
    async function auditInside(npmrc: string): Promise<unknown> {
      const folder = await temporaryFolder();
      const files = {
        '.npmrc': npmrc,
        'package.json': JSON.stringify(manifest),
        'package-lock.json': lockfile,
      };
      for (const [path, text] of Object.entries(files)) await writeFile(join(folder, path), text);
      const { stdout } = await promisify(execFile)('npm', ['audit', '--json'], {
        cwd: folder,
        env: plainEnvironment(folder),
        shell: process.platform === 'win32',
      });
      return JSON.parse(stdout).vulnerabilities;
    }

    it('has no say by its .npmrc', async () => {
      const trap = await registry({ advisories: [] });
      const repository = { '.npmrc': `${bending}registry=${trap.url}\n@shop:registry=${trap.url}\n` };
      for (const line of ['offline=true\n', `registry=${trap.url}\n`])
        assert.deepEqual(await auditInside(line), {}, `npm itself goes by ${line}`);
      const before = trap.requests.length;
      assert.ok(before > 0);
      assert.deepEqual(found(await auditOf(world.url, lockfile, { repository })), all);
      const configuration = await temporaryFolder();
      await writeFile(join(configuration, 'npmrc'), `registry=${world.url}\n`);
      const environment = () => ({ NPM_CONFIG_USERCONFIG: join(configuration, 'npmrc') });
      assert.deepEqual(found(await auditOf(null, lockfile, { repository, environment })), all);
      assert.equal(trap.requests.length, before);
    });

    it('has no say by what npm run or npx puts of its .npmrc into the environment', async () => {
      const trap = await registry({ advisories: [] });
      const configuration = await temporaryFolder();
      await writeFile(join(configuration, 'npmrc'), `registry=${world.url}\n`);
      await writeFile(join(configuration, 'evil'), `registry=${trap.url}\n`);
      const environment = () => ({
        NPM_CONFIG_USERCONFIG: join(configuration, 'npmrc'),
        npm_lifecycle_event: 'gate',
        npm_config_registry: trap.url,
        npm_config_offline: 'true',
        npm_config_omit: 'dev',
        npm_config_audit_level: 'none',
        npm_config_userconfig: join(configuration, 'evil'),
        NODE_ENV: 'production',
      });
      for (const more of [{}, noNpm()]) {
        const audit = await auditOf(null, lockfile, { environment: () => ({ ...environment(), ...more }) });
        assert.deepEqual(found(audit), all);
      }
      assert.equal(trap.requests.length, 0);
    });

    it("has no say by the user's own configuration of anything but the registry either", async () => {
      const configuration = await temporaryFolder();
      await writeFile(join(configuration, 'npmrc'), bending);
      const environment = () => ({
        NPM_CONFIG_USERCONFIG: join(configuration, 'npmrc'),
        NPM_CONFIG_OFFLINE: 'true',
      });
      assert.deepEqual(found(await auditOf(world.url, lockfile, { environment })), all);
    });

    it('cannot have its own npm or node run', async () => {
      const trap = await registry();
      const call = `#!/usr/bin/env node\nrequire('node:http').get('${trap.url}ran'); console.log(JSON.stringify({ auditReportVersion: 2, vulnerabilities: {} }));\n`;
      const repository = {
        'node_modules/.bin/npm': call,
        'node_modules/.bin/node': call,
        'bin/npm': call,
        'bin/npm.cmd': '@echo {"auditReportVersion":2,"vulnerabilities":{}}\r\n',
      };
      const environment = (folder: string) => ({
        PATH: [
          join(folder, 'node_modules/.bin'),
          join(folder, 'bin'),
          '.',
          plainEnvironment(folder).PATH,
        ].join(delimiter),
      });
      assert.deepEqual(found(await auditOf(world.url, lockfile, { repository, environment })), all);
      assert.equal(trap.requests.length, 0);
    });

    it('cannot run a script or have anything fetched by what stands in its manifest and lockfile', async () => {
      const trap = await registry();
      const evil = {
        ...JSON.parse(lockfile),
        packages: {
          ...JSON.parse(lockfile).packages,
          'node_modules/mkdirp': {
            version: '0.5.1',
            resolved: `${trap.url}mkdirp.tgz`,
            dependencies: { minimist: '^1.2.0' },
            hasInstallScript: true,
          },
        },
      };
      const scripts = `node -e "require('node:http').get('${trap.url}script')"`;
      const hostile = {
        ...manifest,
        scripts: { preinstall: scripts, prepare: scripts, audit: scripts, preaudit: scripts },
        workspaces: ['../../../../../../**'],
      };
      const manifests = { '.': hostile };
      assert.deepEqual(found(await auditOf(world.url, JSON.stringify(evil), { manifests })), all);
      assert.equal(trap.requests.length, 0);
    });
  });

  describe('a lockfile that cannot be read', () => {
    it('is told with its place; nothing is asked', async () => {
      const own = await registry();
      const folder = await temporaryFolder();
      const { projects } = projectsOf({ '.': manifest }, 'package-lock.json', lockfile);
      const lockfileProblem = 'package-lock.json:3:1: a merge conflict was left in this lockfile';
      const [audit] = await collectAudits(
        request(folder, { registry: own.url }),
        projects.map((project) => ({ ...project, lockfile: null, lockfileProblem })),
        { environment: plainEnvironment(folder), timing: quickly },
      );
      assert.equal(audit!.answer.kind, 'unreadable');
      assert.match(
        'detail' in audit!.answer ? audit!.answer.detail : '',
        /^package-lock\.json:3:1: a merge conflict/,
      );
      assert.equal(own.requests.length, 0);
    });

    it('or is missing, or was left out, is told as well', async () => {
      const folder = await temporaryFolder();
      const { projects } = projectsOf({ '.': manifest }, 'package-lock.json', lockfile);
      for (const [lockfileFile, words] of [
        [null, 'there is no lockfile'],
        ['package-lock.json', 'package-lock.json could not be read'],
      ] as const) {
        const changed = projects.map((project) => ({ ...project, lockfile: null, lockfileFile }));
        const [audit] = await collectAudits(request(folder), changed, {
          environment: plainEnvironment(folder),
        });
        assert.deepEqual(audit!.answer, { kind: 'unreadable', detail: words });
      }
    });
  });
});
