/** Holds the reader of npm's lockfiles to the graph of small trees in all three versions, and to a clear word on broken and hostile ones. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { readNpmLockfile } from '../../../src/collect/lockfile/npm-lockfile.ts';
import { InputError } from '../../../src/model/input-error.ts';
import type { Lockfile } from '../../../src/model/lockfile.ts';

function read(value: unknown): Lockfile {
  return readNpmLockfile(
    'package-lock.json',
    typeof value === 'string' ? value : JSON.stringify(value, null, 2),
  );
}

/** The error's words with its place. */
function problemOf(value: unknown): string {
  try {
    read(value);
  } catch (error) {
    assert.ok(error instanceof InputError, String(error));
    return error.describe();
  }
  return assert.fail('it was read');
}

function edges(lockfile: Lockfile, location: string): Record<string, string> {
  return Object.fromEntries(lockfile.packages.get(location)!.edges);
}

/** shop -> express -> qs (nested), body-parser -> qs (hoisted); mkdirp for development; an alias; an optional package. */
const nested = {
  name: 'shop',
  version: '1.0.0',
  lockfileVersion: 1,
  requires: true,
  dependencies: {
    'body-parser': { version: '1.20.3', requires: { qs: '6.13.0' } },
    express: {
      version: '4.17.1',
      requires: { 'body-parser': '^1.19.0', qs: '6.7.0' },
      dependencies: { qs: { version: '6.7.0' } },
    },
    fsevents: { version: '2.3.3', optional: true },
    mkdirp: { version: '0.5.1', dev: true, requires: { fsevents: '*' } },
    'old-qs': { version: 'npm:qs@6.5.2' },
    qs: { version: '6.13.0' },
  },
};

const flat = (lockfileVersion: number) => ({
  name: 'shop',
  lockfileVersion,
  requires: true,
  packages: {
    '': {
      name: 'shop',
      version: '1.0.0',
      dependencies: { express: '4.17.1', 'old-qs': 'npm:qs@6.5.2' },
      devDependencies: { mkdirp: '0.5.1' },
    },
    'node_modules/body-parser': { version: '1.20.3', dependencies: { qs: '6.13.0' } },
    'node_modules/express': { version: '4.17.1', dependencies: { 'body-parser': '^1.19.0', qs: '6.7.0' } },
    'node_modules/express/node_modules/qs': { version: '6.7.0' },
    'node_modules/fsevents': { version: '2.3.3', optional: true },
    'node_modules/mkdirp': { version: '0.5.1', dev: true, optionalDependencies: { fsevents: '*' } },
    'node_modules/old-qs': { name: 'qs', version: '6.5.2' },
    'node_modules/qs': { version: '6.13.0' },
  },
  // npm 7 and 8 wrote both; only `packages` counts.
  ...(lockfileVersion === 2 ? { dependencies: { wrong: { version: '1.0.0' } } } : {}),
});

describe('a lockfile of npm', () => {
  for (const [version, value] of [
    [1, nested],
    [2, flat(2)],
    [3, flat(3)],
  ] as const) {
    it(`of version ${version} gives the graph as npm resolves it`, () => {
      const lockfile = read(value);
      assert.equal(lockfile.version, version);
      assert.equal(lockfile.manager, 'npm');
      assert.deepEqual(
        [...lockfile.packages.values()]
          .map(({ location, name, version, own }) => [location, name, version, own])
          .slice(1)
          .sort(),
        [
          ['node_modules/body-parser', 'body-parser', '1.20.3', false],
          ['node_modules/express', 'express', '4.17.1', false],
          ['node_modules/express/node_modules/qs', 'qs', '6.7.0', false],
          ['node_modules/fsevents', 'fsevents', '2.3.3', false],
          ['node_modules/mkdirp', 'mkdirp', '0.5.1', false],
          ['node_modules/old-qs', 'qs', '6.5.2', false],
          ['node_modules/qs', 'qs', '6.13.0', false],
        ],
      );
      assert.deepEqual(edges(lockfile, 'node_modules/express'), {
        'body-parser': 'node_modules/body-parser',
        qs: 'node_modules/express/node_modules/qs',
      });
      assert.deepEqual(edges(lockfile, 'node_modules/body-parser'), { qs: 'node_modules/qs' });
      assert.deepEqual(lockfile.packages.get('node_modules/express')!.requirements!.get('qs'), {
        range: '6.7.0',
        type: 'production',
      });
      const root = lockfile.packages.get('')!;
      assert.equal(root.own, true);
      assert.equal(root.edges.get('express'), 'node_modules/express');
      const flags = (location: string) => {
        const { dev, optional, peer } = lockfile.packages.get(location)!;
        return { dev, optional, peer };
      };
      assert.deepEqual(flags('node_modules/mkdirp'), { dev: true, optional: false, peer: false });
      assert.deepEqual(flags('node_modules/fsevents'), { dev: false, optional: true, peer: false });
      assert.equal(
        lockfile.packages.get('node_modules/mkdirp')!.requirements!.get('fsevents')!.type,
        'optional',
      );
    });

    it(`of version ${version} tells the line of each entry`, () => {
      const text = JSON.stringify(value, null, 2);
      for (const [location, { line }] of readNpmLockfile('package-lock.json', text).packages) {
        if (location === '') continue;
        const written = text.split('\n')[line! - 1]!;
        const key = version === 1 ? location.split('node_modules/').at(-1)! : location;
        assert.equal(written.trim(), `"${key}": {`);
        const next = text.split('\n')[line!]!;
        assert.match(next, /"(?:version|name)"/);
      }
    });
  }

  it('knows only what is asked for at the root from version 2 on', () => {
    assert.deepEqual(Object.keys(edges(read(flat(3)), '')).sort(), ['express', 'mkdirp', 'old-qs']);
    assert.equal(read(nested).packages.get('')!.requirements, undefined);
    assert.ok(
      Object.hasOwn(edges(read(nested), ''), 'body-parser'),
      'version 1 does not say, so all are there',
    );
  });

  it('follows links to workspaces and to directories beside the repository', () => {
    const lockfile = read({
      lockfileVersion: 3,
      packages: {
        '': { dependencies: { a: '*', lib: 'file:../lib' } },
        'apps/a': { name: '@shop/a', dependencies: { qs: '^6.0.0', b: '*' }, devDependencies: { lib: '*' } },
        'apps/a/node_modules/qs': { version: '6.5.2' },
        'apps/b': { version: '2.0.0', dependencies: { qs: '^6.0.0' } },
        '../lib': { dependencies: { qs: '*' } },
        'node_modules/a': { resolved: 'apps/a', link: true },
        'node_modules/b': { resolved: './apps/b/', link: true },
        'node_modules/lib': { resolved: '../lib', link: true },
        'node_modules/qs': { version: '6.13.0' },
      },
    });
    assert.deepEqual(edges(lockfile, ''), { a: 'apps/a', lib: '../lib' });
    assert.deepEqual(edges(lockfile, 'apps/a'), { qs: 'apps/a/node_modules/qs', b: 'apps/b', lib: '../lib' });
    assert.deepEqual(edges(lockfile, 'apps/b'), { qs: 'node_modules/qs' });
    assert.deepEqual(edges(lockfile, '../lib'), {}, 'what lies above does not look into this node_modules');
    assert.deepEqual(
      ['', 'apps/a', 'apps/b', '../lib'].map((location) => lockfile.packages.get(location)!.own),
      [true, true, true, true],
    );
    assert.equal(lockfile.packages.get('apps/a')!.name, '@shop/a');
    assert.equal(lockfile.packages.get('apps/b')!.name, 'b');
    assert.equal(lockfile.packages.has('node_modules/a'), false);
    assert.equal(lockfile.packages.get('apps/a')!.requirements!.get('lib')!.type, 'development');
  });

  it('takes peers that are needed for edges, and optional ones not', () => {
    const lockfile = read({
      lockfileVersion: 3,
      packages: {
        '': {},
        'node_modules/a': {
          version: '1.0.0',
          peerDependencies: { b: '*', c: '*' },
          peerDependenciesMeta: { c: { optional: true } },
        },
        'node_modules/b': { version: '1.0.0', peer: true },
        'node_modules/c': { version: '1.0.0' },
      },
    });
    assert.deepEqual(edges(lockfile, 'node_modules/a'), { b: 'node_modules/b' });
    assert.equal(lockfile.packages.get('node_modules/b')!.peer, true);
  });

  it('reads packages from git, files and addresses, whose version may be unknown', () => {
    const first = read({
      lockfileVersion: 1,
      requires: true,
      dependencies: {
        git: {
          version: 'git+ssh://git@github.com/a/b.git#0123456789abcdef',
          from: 'a/b',
          requires: { qs: '*' },
        },
        github: { version: 'github:a/b#0123456' },
        tarball: { version: 'https://registry.example/a/-/a-1.0.0.tgz' },
        file: { version: 'file:vendor/a.tgz' },
        linked: { version: 'file:packages/linked', requires: { qs: '*' } },
        qs: { version: '6.5.2', bundled: true },
      },
    });
    for (const name of ['git', 'github', 'tarball', 'file']) {
      const { version, own } = first.packages.get(`node_modules/${name}`)!;
      assert.deepEqual([version, own], [null, false]);
    }
    assert.deepEqual(edges(first, 'node_modules/git'), { qs: 'node_modules/qs' });
    assert.equal(first.links!.get('node_modules/linked'), 'packages/linked');
    assert.deepEqual(edges(first, 'packages/linked'), { qs: 'node_modules/qs' });
    assert.equal(first.packages.get('')!.edges.get('linked'), 'packages/linked');

    const third = read({
      lockfileVersion: 3,
      packages: {
        '': {},
        'node_modules/git': { version: '1.2.3', resolved: 'git+ssh://git@github.com/a/b.git#01' },
      },
    });
    assert.equal(third.packages.get('node_modules/git')!.version, '1.2.3');
  });

  it('finds what lies below a package where a lockfile of npm 5 says no more', () => {
    const lockfile = read({
      dependencies: { a: { version: '1.0.0', dependencies: { b: { version: '2.0.0' } } } },
    });
    assert.equal(lockfile.version, 1);
    assert.deepEqual(edges(lockfile, 'node_modules/a'), { b: 'node_modules/a/node_modules/b' });
  });

  it('goes by packages wherever there is one, as npm does', () => {
    assert.deepEqual([...read({ ...nested, packages: { '': {} } }).packages.keys()], ['']);
  });
});

describe('a broken lockfile', () => {
  it('is named with line and column, and what to do', () => {
    const text = JSON.stringify(flat(3), null, 2);
    const problem = problemOf(text.slice(0, text.indexOf('"6.7.0"')));
    assert.match(problem, /^package-lock\.json:\d+:\d+: .*npm install/);
    assert.match(problemOf(''), /^package-lock\.json:1:1: .*npm install/);
    assert.match(problemOf('[]'), /must hold an object/);
    assert.match(problemOf('{"lockfileVersion": 3,}'), /^package-lock\.json:1:\d+: .*npm install/);
  });

  it('of a merge conflict says so, on the line of the conflict', () => {
    const lines = JSON.stringify(flat(3), null, 2).split('\n');
    lines.splice(4, 0, '<<<<<<< HEAD', '"a": {}', '=======', '"b": {}', '>>>>>>> other');
    assert.match(problemOf(lines.join('\n')), /^package-lock\.json:5:1: a merge conflict .*npm install/);
  });

  it('of an unknown version names the line', () => {
    assert.match(
      problemOf({ name: 'a', lockfileVersion: 4, packages: {} }),
      /^package-lock\.json:3:1: .*1, 2 or 3/,
    );
    for (const version of ['3', null, 1.5, -1])
      assert.match(problemOf({ lockfileVersion: version }), /1, 2 or 3/);
    assert.match(problemOf({ lockfileVersion: 3 }), /neither `packages` nor `dependencies`/);
  });

  it('with an entry that npm never writes names that line', () => {
    const entry = (location: string, value: unknown) => ({
      lockfileVersion: 3,
      packages: { '': {}, [location]: value },
    });
    const cases: [unknown, RegExp][] = [
      [entry('node_modules/a', 'text'), /is no object/],
      [entry('node_modules/a', null), /is no object/],
      [entry('node_modules/a', { name: 'github:a/b' }), /is named as no package can be/],
      [entry('node_modules/a', { name: 'http://127.0.0.1/a.tgz' }), /is named as no package can be/],
      [entry('node_modules/a', { name: '../b' }), /is named as no package can be/],
      [entry('node_modules/a/b', {}), /is named as no package can be/],
      [entry('node_modules/a/../../b', {}), /at no path that npm writes/],
      [entry('/etc', {}), /at no path that npm writes/],
      [entry('C:/a', {}), /at no path that npm writes/],
      [entry(`${'../'.repeat(17)}a`, {}), /outside/],
      [entry('node_modules/a', { link: true }), /links to nothing/],
      [entry('node_modules/a', { link: true, resolved: '/etc' }), /links to what is no directory/],
      [entry('node_modules/a', { link: true, resolved: 'gone' }), /does not hold/],
      [entry('node_modules/a', { link: true, resolved: 'node_modules/a' }), /another link/],
      [
        { lockfileVersion: 1, dependencies: { a: { version: 'npm:github:a/b@1.0.0' } } },
        /is named as no package can be/,
      ],
      [{ lockfileVersion: 1, dependencies: { a: { version: 'file:/etc' } } }, /no path|no directory/],
      [{ lockfileVersion: 1, dependencies: { 'a/b': {} } }, /is named as no package can be/],
    ];
    for (const [value, expected] of cases) {
      const problem = problemOf(value);
      assert.match(problem, expected, JSON.stringify(value));
      assert.match(problem, /^package-lock\.json:\d+:1: the entry `.*npm install/);
    }
  });
});

describe('a hostile lockfile', () => {
  it('cannot reach the prototype of anything', () => {
    const text =
      '{"lockfileVersion":3,"__proto__":{"packages":{}},"packages":{"":{"dependencies":{"__proto__":"*","constructor":"*"}},' +
      '"node_modules/__proto__":{"version":"1.0.0","__proto__":{"dev":true}},"node_modules/constructor":{"version":"2.0.0"}}}';
    const lockfile = read(text);
    assert.deepEqual(
      [...lockfile.packages.get('')!.edges],
      [
        ['__proto__', 'node_modules/__proto__'],
        ['constructor', 'node_modules/constructor'],
      ],
    );
    assert.equal(lockfile.packages.get('node_modules/__proto__')!.dev, false);
    assert.equal(({} as Record<string, unknown>).dev, undefined);
  });

  it('ends, whether nested deeply, large, or full of circles', () => {
    const depth = 20_000;
    const deep = `{"lockfileVersion":1,"dependencies":${'{"a":{"dependencies":'.repeat(depth)}{}${'}}'.repeat(depth)}}`;
    assert.match(problemOf(deep), /more than 64 levels deep/);
    assert.match(problemOf('['.repeat(1_000_000)), /npm install/);
    const path = 'node_modules/a/'.repeat(100);
    assert.match(problemOf({ lockfileVersion: 3, packages: { [`${path}node_modules/b`]: {} } }), /deep/);

    const many = Array.from(
      { length: 100_000 },
      (_, index) => `"node_modules/p${index}":{"version":"1.0.0"}`,
    );
    const large = read(`{"lockfileVersion":3,"packages":{"":{},${many.join(',')}}}`);
    assert.equal(large.packages.size, 100_001);

    const circle = read({
      lockfileVersion: 3,
      packages: {
        'node_modules/a': { version: '1.0.0', dependencies: { b: '*', a: '*' } },
        'node_modules/b': { version: '1.0.0', dependencies: { a: '*' } },
      },
    });
    assert.deepEqual(edges(circle, 'node_modules/b'), { a: 'node_modules/a' });
  });

  it('is read, or refused with its place, whatever the JSON', () => {
    const key = fc.constantFrom(
      'packages',
      'dependencies',
      'node_modules/a',
      'a',
      '',
      'link',
      'resolved',
      'version',
      'requires',
      'lockfileVersion',
      '__proto__',
    );
    const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
      tree: fc.oneof(
        { maxDepth: 5 },
        fc.constantFrom(1, 2, 3, null, true, 'a', '1.0.0', 'file:a', 'npm:a@1', '..'),
        fc.dictionary(key, tie('tree'), { maxKeys: 5, noNullPrototype: true }),
        fc.array(tie('tree'), { maxLength: 2 }),
      ),
    }));
    fc.assert(
      fc.property(tree, fc.constantFrom(1, 2, 3), (value, lockfileVersion) => {
        const whole = typeof value === 'object' && value !== null ? { ...value, lockfileVersion } : value;
        try {
          const { packages } = read(whole);
          for (const { edges } of packages.values())
            for (const target of edges.values()) assert.ok(packages.has(target));
        } catch (error) {
          assert.ok(error instanceof InputError, String(error));
          assert.ok(error.line !== null && error.line > 0 && error.column !== null);
        }
      }),
      { numRuns: 300 },
    );
  });
});
