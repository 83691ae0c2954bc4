/** Holds the ways out of an advisory to what is published: what an update mends, what has to move, and what is not known. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readNpmLockfile } from '../../src/collect/lockfile/npm-lockfile.ts';
import { readPublished } from '../../src/collect/published-package.ts';
import { DependencyGraph, type DirectDependency } from '../../src/detect/dependency-graph.ts';
import { PublishedIndex, VersionJudge } from '../../src/detect/published-versions.ts';
import { WayFinder } from '../../src/detect/ways-out.ts';
import type { AuditAdvisory } from '../../src/model/audit.ts';
import type { PublishedPackage } from '../../src/model/published-package.ts';

type Versions = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

function published(
  packages: Readonly<Record<string, Versions | null>>,
): Map<string, PublishedPackage | null> {
  return new Map(
    Object.entries(packages).map(([name, versions]) => [
      name,
      versions && readPublished(JSON.stringify({ versions }), (each) => Object.hasOwn(packages, each)),
    ]),
  );
}

function advisory(name: string, vulnerable: string, nodes: readonly string[]): AuditAdvisory {
  return {
    id: `GHSA-2222-3333-444${nodes.length}`,
    cve: null,
    package: name,
    severity: 'high',
    title: 'x',
    url: '',
    cwe: [],
    cvss: null,
    vulnerable,
    patched: null,
    nodes,
    fixes: [],
    fixInRange: false,
  };
}

/** The ways out for a root that asks for `direct`, in words. */
function ways(
  direct: Readonly<Record<string, string>>,
  locked: Readonly<Record<string, Readonly<Record<string, unknown>>>>,
  about: AuditAdvisory,
  registry: Readonly<Record<string, Versions | null>>,
  others: readonly AuditAdvisory[] = [],
): string[] {
  const entries = Object.entries(locked).map(([place, entry]) => [`node_modules/${place}`, entry]);
  const packages = { '': { dependencies: direct }, ...Object.fromEntries(entries) };
  const lockfile = readNpmLockfile('package-lock.json', JSON.stringify({ lockfileVersion: 3, packages }));
  const graph = new DependencyGraph(lockfile, []);
  const declared = Object.entries(direct).map(
    ([name, specifier]): DirectDependency => ({
      name,
      location: `node_modules/${name}`,
      field: 'dependencies',
      specifier,
    }),
  );
  const reached = graph.reachableFrom(declared.map(({ location }) => location));
  const finder = new WayFinder(new PublishedIndex(published(registry)), [about, ...others]);
  const question = { advisory: about, graph, nodes: about.nodes, from: '', direct: declared };
  return finder
    .find({ ...question, reaches: (each) => reached.has(each) })
    .map((way) =>
      way.kind === 'update' || way.kind === 'move'
        ? `${way.kind} ${way.package} ${way.version}${'major' in way && way.major ? ' major' : ''}`
        : way.kind,
    );
}

const asks = (dependencies: Readonly<Record<string, string>>) => ({ dependencies });
const bad = advisory('bad', '<2.0.0', ['node_modules/bad']);
const chain = {
  a: { version: '1.0.0', ...asks({ b: '^1.0.0' }) },
  b: { version: '1.0.0', ...asks({ bad: '^1.0.0' }) },
  bad: { version: '1.0.0' },
};

describe('the ways out', () => {
  it('lead over the package nearest to the vulnerable one whose ranges admit another', () => {
    const registry = {
      bad: { '1.0.0': {}, '2.0.0': {} },
      b: {
        '1.0.0': asks({ bad: '^1.0.0' }),
        '1.1.0': asks({ bad: '^1.0.0' }),
        '1.2.0': asks({ bad: '^2.0.0' }),
      },
      a: { '1.0.0': asks({ b: '^1.0.0' }) },
    };
    assert.deepEqual(ways({ a: '^1.0.0' }, chain, bad, registry), ['update b 1.2.0']);
  });

  it('lead to the direct dependency where nothing between admits another', () => {
    const registry = {
      bad: { '1.0.0': {}, '2.0.0': {} },
      b: { '1.0.0': asks({ bad: '^1.0.0' }), '2.0.0': {} },
      a: { '1.0.0': asks({ b: '^1.0.0' }), '1.5.0': asks({ b: '~1.0.0' }), '3.0.0': asks({ b: '2' }) },
    };
    assert.deepEqual(ways({ a: '^1.0.0' }, chain, bad, registry), ['move a 3.0.0 major']);
    assert.deepEqual(ways({ a: '1.0.0' }, chain, bad, { ...registry, a: { ...registry.a, '1.6.0': {} } }), [
      'move a 1.6.0',
    ]);
    assert.deepEqual(ways({ a: '^1.0.0' }, chain, bad, { ...registry, a: { '1.0.0': asks({ b: '1' }) } }), [
      'none',
    ]);
  });

  it('are not known where what is published is not', () => {
    const registry = { bad: { '1.0.0': {}, '2.0.0': {} }, b: { '1.0.0': asks({ bad: '^1.0.0' }) }, a: null };
    assert.deepEqual(ways({ a: '^1.0.0' }, chain, bad, registry), ['unknown']);
    assert.deepEqual(ways({ a: '^1.0.0' }, chain, bad, { bad: null }), ['unknown']);
    assert.deepEqual(ways({ bad: '^1.0.0' }, { bad: chain.bad }, bad, { bad: null }), ['unknown']);
  });

  it('end where something else decides: overrides, a source that is no registry, what is carried within', () => {
    const bads = { '1.0.0': {}, '2.0.0': {} };
    const forced = { ...chain, b: { version: '1.0.0', ...asks({ bad: '^2.0.0' }) } };
    assert.deepEqual(ways({ a: '^1.0.0' }, forced, bad, { bad: bads }), ['none']);
    assert.deepEqual(ways({ bad: 'github:x/bad' }, { bad: chain.bad }, bad, { bad: bads }), ['none']);
    assert.deepEqual(ways({ bad: 'patch:bad@npm%3A1.0.0#x' }, { bad: chain.bad }, bad, { bad: bads }), [
      'none',
    ]);
    const carried = { ...asks({ bad: '>=1.0.0' }), bundleDependencies: ['bad'] };
    const registry = {
      bad: bads,
      b: { '1.0.0': carried, '2.0.0': asks({ bad: '2' }) },
      a: { '1.0.0': asks({ b: '^1.0.0' }), '1.1.0': asks({ b: '*' }) },
    };
    const open = { ...chain, b: { version: '1.0.0', ...asks({ bad: '>=1.0.0' }) } };
    assert.deepEqual(ways({ a: '^1.0.0' }, open, bad, registry), ['update a 1.1.0']);
  });

  it('prefer a version that no other advisory concerns, where that is no larger step', () => {
    const registry = { bad: { '1.0.0': {}, '2.0.0': {}, '2.1.0': {}, '3.0.0': {} } };
    const other = { ...bad, id: 'GHSA-2222-3333-5555', vulnerable: '2.0.0' };
    assert.deepEqual(ways({ bad: '>=1.0.0' }, { bad: chain.bad }, bad, registry, [other]), [
      'update bad 2.1.0',
    ]);
    const all = { ...other, vulnerable: '<9' };
    assert.deepEqual(ways({ bad: '>=1.0.0' }, { bad: chain.bad }, bad, registry, [all]), [
      'update bad 2.0.0',
    ]);
    assert.deepEqual(ways({ bad: '^1.0.0' }, { bad: chain.bad }, bad, registry, [all]), [
      'move bad 3.0.0 major',
    ]);
  });
});

describe('published versions', () => {
  it('that depend on each other in a circle are judged, in whatever order', () => {
    const packages = published({
      x: { '1.0.0': asks({ y: '1' }) },
      y: { '1.0.0': asks({ x: '1', z: '1' }) },
      z: { '1.0.0': asks({ x: '1', bad: '1' }) },
      bad: { '1.0.0': {} },
      free: { '1.0.0': asks({ loop: '1' }) },
      loop: { '1.0.0': asks({ free: '1' }) },
    });
    for (const order of [
      ['x', 'y', 'z'],
      ['z', 'y', 'x'],
      ['y', 'z', 'x'],
    ]) {
      const judge = new VersionJudge(new PublishedIndex(packages), [bad]);
      for (const name of order) assert.equal(judge.admits(name, '1'), false, `${order} ${name}`);
      assert.equal(judge.admits('free', '1'), true);
      assert.equal(judge.admits('loop', '*'), true);
    }
  });

  it('of a hostile registry neither break nor hang anything', () => {
    assert.equal(
      readPublished('{"versions":', () => true),
      null,
    );
    assert.equal(
      readPublished('{"versions":[]}', () => true),
      null,
    );
    const odd =
      '{"versions":{"__proto__":{},"x":{},"1.0.0":null,"1.0.1":{"dependencies":{"__proto__":"1"}}},"dist-tags":{"latest":7}}';
    const read = readPublished(odd, () => true)!;
    assert.deepEqual([...read.versions.keys()], ['1.0.1']);
    assert.deepEqual([...read.versions.get('1.0.1')!.requirements], [['__proto__', '1']]);
    assert.equal(read.tags.size, 0);
    const names = Array.from({ length: 60 }, (_, index) => `p${index}`);
    const all = Object.fromEntries(names.map((each) => [each, '*']));
    const versions = Object.fromEntries(
      names.map((_, index) => [`1.0.${index}`, asks({ ...all, bad: '1' })]),
    );
    const packages = published({
      ...Object.fromEntries(names.map((each) => [each, versions])),
      bad: { '1.0.0': {} },
    });
    assert.equal(new VersionJudge(new PublishedIndex(packages), [bad]).admits('p0', '*'), false);
  });
});
