/** Asks a local registry directly about lockfiles that are not npm's, in batches, and in each way in which it can fail. */
import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { collectAudits } from '../../src/collect/npm-audit.ts';
import type { Audit } from '../../src/model/audit.ts';
import type { LockedPackage, Lockfile } from '../../src/model/lockfile.ts';
import type { Project } from '../../src/model/project.ts';
import {
  type StandInAdvisory,
  type StandInOptions,
  type StandInRegistry,
  startRegistry,
} from '../stand-ins/registry.ts';
import { plainEnvironment, quickly, request, temporaryFolder } from './npm-audit-case.ts';

const open: StandInRegistry[] = [];
after(() => Promise.all(open.map((each) => each.close())));

const largest = 1_000;

/** p0, p1, …: the versions are 1.0.0, and those of every hundredth are bad. */
const nameOf = (index: number) => `p${String(index).padStart(4, '0')}`;
const isBad = (index: number) => index % 100 === 0;

function advisoryOf(index: number): StandInAdvisory {
  return {
    id: index + 1,
    package: nameOf(index),
    url: '',
    title: 'Bad',
    severity: 'high',
    vulnerable_versions: '<2',
  };
}

async function registry(count: number, options: StandInOptions = {}): Promise<StandInRegistry> {
  const advisories = Array.from({ length: count }, (_, index) => index)
    .filter(isBad)
    .map(advisoryOf);
  const started = await startRegistry({ advisories, ...options });
  open.push(started);
  return started;
}

/** A lockfile of yarn with `count` packages, each of which the root asks for. */
function lockfileOf(count: number): Lockfile {
  const locked = (location: string, name: string, edges: [string, string][] = []): LockedPackage => ({
    location,
    name,
    version: '1.0.0',
    dev: false,
    optional: false,
    peer: false,
    own: location === '',
    edges: new Map(edges),
    line: null,
  });
  const names = Array.from({ length: count }, (_, index) => nameOf(index));
  const packages = [
    locked(
      '',
      'shop',
      names.map((name) => [name, `${name}@1.0.0`]),
    ),
    ...names.map((name) => locked(`${name}@1.0.0`, name)),
  ];
  return {
    file: 'yarn.lock',
    manager: 'yarn',
    version: 1,
    packages: new Map(packages.map((each) => [each.location, each])),
  };
}

async function audit(count: number, url: string, more: { environment?: object } = {}): Promise<Audit> {
  const folder = await temporaryFolder();
  const project: Project = {
    directory: '.',
    name: 'shop',
    manifestFile: 'package.json',
    manifest: {},
    express: null,
    lockfile: lockfileOf(count),
    lockfileFile: 'yarn.lock',
    workspaceRoot: '.',
  };
  const [made] = await collectAudits(request(folder, { registry: url }), [project], {
    environment: { ...plainEnvironment(folder), ...more.environment },
    timing: quickly,
  });
  return made!;
}

function found({ answer }: Audit): string[] {
  assert.equal(answer.kind, 'report', JSON.stringify(answer));
  return answer.kind === 'report' ? answer.advisories.map((each) => each.package) : [];
}

describe('the endpoint asked directly', { concurrency: 2 }, () => {
  it("is asked about a lockfile that is not npm's without npm", async () => {
    const own = await registry(3);
    const { answer } = await audit(3, own.url);
    assert.ok(answer.kind === 'report');
    assert.deepEqual([answer.source, answer.why], ['endpoint', "yarn.lock is not npm's"]);
    assert.deepEqual(
      answer.advisories.map(({ package: name, nodes }) => [name, nodes]),
      [['p0000', ['p0000@1.0.0']]],
    );
    assert.deepEqual(own.audits()[0]!.body, { p0000: ['1.0.0'], p0001: ['1.0.0'], p0002: ['1.0.0'] });
    assert.match(String(own.audits()[0]!.headers['user-agent']), /^express-gate/);
  });

  it('is asked in batches about a large tree, each name once', async () => {
    const count = 2 * largest + 500;
    const own = await registry(count);
    assert.deepEqual(
      found(await audit(count, own.url)),
      Array.from({ length: count }, (_, index) => index)
        .filter(isBad)
        .map(nameOf),
    );
    const bodies = own.audits().map(({ body }) => Object.keys(body as object));
    assert.deepEqual(bodies.map(({ length }) => length).sort(), [largest, largest, 500]);
    assert.equal(new Set(bodies.flat()).size, count);
    for (const { headers } of own.audits()) {
      assert.equal(headers['content-encoding'], 'gzip');
      assert.ok(Number(headers['content-length']) < 32_768, String(headers['content-length']));
    }
  });

  it('asks again only about the batch that failed', async () => {
    const count = 3 * largest;
    const own = await registry(count, { failures: [{ status: 503 }] });
    assert.equal(found(await audit(count, own.url)).length, 30);
    assert.equal(own.audits().length, 4);
  });

  it('has no answer where one batch has none', async () => {
    const count = 3 * largest;
    const failures = [{ status: 410 }] as const;
    const own = await registry(count, { failures });
    assert.equal((await audit(count, own.url)).answer.kind, 'no-endpoint');
  });
});
