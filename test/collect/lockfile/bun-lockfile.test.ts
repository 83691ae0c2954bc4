/** Holds the reader of bun's lockfile to the graph of a small workspace, and to a clear word on broken and hostile ones. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { readBunLockfile } from '../../../src/collect/lockfile/bun-lockfile.ts';
import { InputError } from '../../../src/model/input-error.ts';
import type { Lockfile } from '../../../src/model/lockfile.ts';

function read(text: string): Lockfile {
  return readBunLockfile('bun.lock', text);
}

function problemOf(text: string): string {
  try {
    read(text);
  } catch (error) {
    assert.ok(error instanceof InputError, String(error));
    return error.describe();
  }
  return assert.fail('it was read');
}

function edges(lockfile: Lockfile, location: string): Record<string, string> {
  return Object.fromEntries(lockfile.packages.get(location)!.edges);
}

const workspace = `{
  "lockfileVersion": 1,
  "configVersion": 1,
  "workspaces": {
    "": {
      "name": "root",
      "dependencies": {
        "express": "4.17.1",
        "express5": "npm:express@5.0.0",
        "loc": "file:./loc",
        "ms": "https://files.example/ms.tgz",
      },
      "devDependencies": {
        "mkdirp": "0.5.1",
      },
      "optionalDependencies": {
        "fsevents": "2.3.3",
      },
    },
    "packages/a": {
      "name": "@shop/a",
      "version": "1.0.0",
      "dependencies": {
        "@shop/b": "workspace:*",
        "express": "catalog:",
      },
    },
    "packages/b": {
      "name": "@shop/b",
      "dependencies": {
        "form": "^1.0.0",
      },
    },
  },
  "catalog": {
    "express": "^4.16.0",
  },
  "packages": {
    "@shop/a": ["@shop/a@workspace:packages/a"],

    "@shop/b": ["@shop/b@workspace:packages/b"],

    "debug": ["debug@2.6.9", "", { "dependencies": { "ms": "2.0.0" } }, "sha512-a=="],

    "express": ["express@4.17.1", "", { "dependencies": { "debug": "2.6.9", "qs": "6.7.0" } }, "sha512-a=="],

    "express5": ["express@5.0.0", "", { "dependencies": { "qs": "6.13.0" } }, "sha512-a=="],

    "form": ["form@1.0.0", "", { "peerDependencies": { "qs": "*", "react": "*" }, "optionalPeers": ["react"] }, "sha512-a=="],

    "fsevents": ["fsevents@2.3.3", "", { "os": "darwin" }, "sha512-a=="],

    "loc": ["loc@file:loc", { "dependencies": { "qs": "*" } }],

    "mkdirp": ["mkdirp@0.5.1", "", { "dependencies": { "minimist": "0.0.8" } }, "sha512-a=="],

    "minimist": ["minimist@0.0.8", "", {}, "sha512-a=="],

    "ms": ["ms@https://files.example/ms.tgz", {}, "sha512-a=="],

    "qs": ["qs@6.7.0", "", {}, "sha512-a=="],

    "@shop/a/express": ["express@4.16.0", "", { "dependencies": { "qs": "6.5.0" } }, "sha512-a=="],

    "debug/ms": ["ms@2.0.0", "", {}, "sha512-a=="],

    "express5/qs": ["qs@6.13.0", "", {}, "sha512-a=="],

    "@shop/a/express/qs": ["qs@6.5.0", "", {}, "sha512-a=="],
  },
}
`;

describe('bun.lock', () => {
  it('gives packages, workspaces, aliases, other sources and flags', () => {
    const lockfile = read(workspace);
    assert.equal(lockfile.manager, 'bun');
    assert.deepEqual(
      Object.fromEntries(
        [...lockfile.packages].map(([location, { name, version, dev, optional, peer, own }]) => [
          location,
          [`${name}@${version}`, dev && 'dev', optional && 'optional', peer && 'peer', own && 'own']
            .filter(Boolean)
            .join(' '),
        ]),
      ),
      {
        '': 'root@null own',
        'packages/a': '@shop/a@1.0.0 own',
        'packages/b': '@shop/b@null own',
        'node_modules/debug': 'debug@2.6.9',
        'node_modules/express': 'express@4.17.1',
        'node_modules/express5': 'express@5.0.0',
        'node_modules/form': 'form@1.0.0',
        'node_modules/fsevents': 'fsevents@2.3.3 optional',
        'node_modules/loc': 'loc@null own',
        'node_modules/mkdirp': 'mkdirp@0.5.1 dev',
        'node_modules/minimist': 'minimist@0.0.8 dev',
        'node_modules/ms': 'ms@null',
        'node_modules/qs': 'qs@6.7.0',
        'packages/a/node_modules/express': 'express@4.16.0',
        'node_modules/debug/node_modules/ms': 'ms@2.0.0',
        'node_modules/express5/node_modules/qs': 'qs@6.13.0',
        'packages/a/node_modules/express/node_modules/qs': 'qs@6.5.0',
      },
    );
    assert.deepEqual(edges(lockfile, 'packages/a'), {
      '@shop/b': 'packages/b',
      express: 'packages/a/node_modules/express',
    });
    assert.deepEqual(edges(lockfile, 'packages/a/node_modules/express'), {
      qs: 'packages/a/node_modules/express/node_modules/qs',
    });
    assert.deepEqual(edges(lockfile, 'node_modules/express'), {
      debug: 'node_modules/debug',
      qs: 'node_modules/qs',
    });
    assert.deepEqual(edges(lockfile, 'node_modules/form'), { qs: 'node_modules/qs' });
    assert.deepEqual(lockfile.packages.get('packages/a')!.requirements!.get('express'), {
      range: '^4.16.0',
      type: 'production',
    });
    const { line } = lockfile.packages.get('node_modules/express5/node_modules/qs')!;
    assert.match(workspace.split('\n')[line! - 1]!, /"express5\/qs"/);
  });

  it('reads comments, and every version of the format', () => {
    const commented = workspace
      .replace('"packages": {', '/* a, */ "packages": { // b,\n')
      .replace('"mkdirp": "0.5.1",', '"mkdirp": "0.5.1", // "c"\n');
    assert.equal(read(commented).packages.size, read(workspace).packages.size);
    for (const version of [0, 2])
      assert.equal(read(workspace.replace('Version": 1', `Version": ${version}`)).version, version);
  });

  it('a name may be that of something every object has', () => {
    const lockfile = read(`{ "lockfileVersion": 1,
      "workspaces": { "": { "dependencies": { "__proto__": "1", "constructor": "1" } } },
      "packages": { "__proto__": ["__proto__@1.0.0", "", {}, ""], "constructor": ["constructor@1.0.0", "", {}, ""] } }`);
    assert.deepEqual([...lockfile.packages.get('')!.edges.keys()].sort(), ['__proto__', 'constructor']);
  });

  it('says what is broken, where, and what to do', () => {
    assert.match(
      problemOf(workspace.replace('  "packages"', '<<<<<<< HEAD\n  "packages"')),
      /^bun\.lock:38:1: a merge conflict was left .*`bun install`/,
    );
    assert.match(
      problemOf(workspace.replace('"lockfileVersion": 1', '"lockfileVersion": 9')),
      /^bun\.lock:2:1: its `lockfileVersion` is not 0, 1 or 2/,
    );
    assert.match(
      problemOf(workspace.slice(0, 900)),
      /^bun\.lock:\d+:\d+: this is not valid JSON: .*`bun install`/,
    );
    assert.match(problemOf('[]'), /must hold an object/);
    assert.match(
      problemOf(workspace.replace('"qs@6.7.0"', '"https://evil.example/@1"')),
      /^bun\.lock:\d+:1: the entry `qs` is named as no package can be/,
    );
    assert.match(problemOf(workspace.replace('"debug/ms":', '"debug/../ms":')), /lies at no path/);
    assert.match(problemOf(workspace.replace('["qs@6.7.0", "", {}, "sha512-a=="]', '3')), /is no list/);
    assert.match(problemOf(`{"lockfileVersion": 1, "a": ${'['.repeat(200_000)}`), /JSON/);
    const deep = `${'a/'.repeat(5000)}a`;
    assert.match(
      problemOf(`{"lockfileVersion": 1, "packages": {"${deep}": ["a@1.0.0"]}}`),
      /lies at no path/,
    );
  });

  it('whatever the text, it is read or refused', () => {
    const mutated = fc
      .tuple(
        fc.nat(workspace.length),
        fc.nat(60),
        fc.oneof(fc.string(), fc.constantFrom(',', '/*', '//', '"', '}', ']', '"__proto__": {},')),
      )
      .map(([at, length, inserted]) => workspace.slice(0, at) + inserted + workspace.slice(at + length));
    fc.assert(
      fc.property(fc.oneof(mutated, fc.string()), (text) => {
        try {
          const { packages } = read(text);
          for (const { edges } of packages.values())
            for (const target of edges.values()) assert.ok(packages.has(target));
        } catch (error) {
          if (!(error instanceof InputError)) throw error;
          assert.ok(error.line !== null && error.column !== null);
        }
      }),
      { numRuns: 400 },
    );
  });
});
