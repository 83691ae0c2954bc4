/** Holds the reader of pnpm's lockfiles to the graph of small trees in each version of the format, and to a clear word on broken and hostile ones. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { readPnpmLockfile } from '../../../src/collect/lockfile/pnpm-lockfile.ts';
import { InputError } from '../../../src/model/input-error.ts';
import type { Lockfile } from '../../../src/model/lockfile.ts';
import type { Manifest } from '../../../src/model/project.ts';

function read(text: string, manifests: Readonly<Record<string, Manifest>> = {}): Lockfile {
  const members = Object.entries(manifests).map(([location, manifest]) => ({ location, manifest }));
  return readPnpmLockfile('pnpm-lock.yaml', text, members);
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

/** Names, versions and flags by location. */
function told(lockfile: Lockfile): Record<string, string> {
  return Object.fromEntries(
    [...lockfile.packages].map(([location, { name, version, dev, optional, peer, own }]) => [
      location,
      [`${name}@${version}`, dev && 'dev', optional && 'optional', peer && 'peer', own && 'own']
        .filter(Boolean)
        .join(' '),
    ]),
  );
}

const version5 = `lockfileVersion: 5.4

specifiers:
  '@shop/ui': ^1.0.0
  express: ^4.17.1
  express4: npm:express@4.17.1
  fsevents: ^2.0.0
  mkdirp: ^0.5.1
  patched: github:owner/patched

dependencies:
  '@shop/ui': 1.0.0_react@17.0.2
  express: 4.17.1
  express4: /express/4.17.1
  patched: github.com/owner/patched/0123456789abcdef

optionalDependencies:
  fsevents: 2.3.3

devDependencies:
  mkdirp: 0.5.1

packages:

  /@shop/ui/1.0.0_react@17.0.2:
    resolution: {integrity: sha512-a==}
    peerDependencies:
      react: '>=16'
    dependencies:
      react: 17.0.2
    dev: false

  /express/4.17.1:
    resolution: {integrity: sha512-a==}
    dependencies:
      qs: 6.7.0
    dev: false

  /fsevents/2.3.3:
    resolution: {integrity: sha512-a==}
    requiresBuild: true
    dev: false
    optional: true

  /mkdirp/0.5.1:
    resolution: {integrity: sha512-a==}
    dependencies:
      minimist: 0.0.8
    dev: true

  /minimist/0.0.8:
    resolution: {integrity: sha512-a==}
    dev: true

  /qs/6.7.0:
    resolution: {integrity: sha512-a==}
    dev: false

  /react/17.0.2:
    resolution: {integrity: sha512-a==}
    dev: false

  github.com/owner/patched/0123456789abcdef:
    resolution: {tarball: https://codeload.github.com/owner/patched/tar.gz/0123456789abcdef}
    name: patched
    version: 1.2.3
    dev: false
`;

const version6 = `lockfileVersion: '6.0'

settings:
  autoInstallPeers: true
  excludeLinksFromLockfile: false

dependencies:
  '@shop/ui':
    specifier: ^1.0.0
    version: 1.0.0(react@17.0.2)
  express4:
    specifier: npm:express@4.17.1
    version: /express@4.17.1
  local:
    specifier: file:local
    version: file:local

packages:

  /@shop/ui@1.0.0(react@17.0.2):
    resolution: {integrity: sha512-a==}
    peerDependencies:
      react: '>=16'
    dependencies:
      react: 17.0.2
    dev: false

  /express@4.17.1:
    resolution: {integrity: sha512-a==}
    dev: false

  /react@17.0.2:
    resolution: {integrity: sha512-a==}
    dev: false

  file:local:
    resolution: {directory: local, type: directory}
    name: local
    dependencies:
      express: 4.17.1
    dev: false
`;

const version9 = `lockfileVersion: '9.0'

settings:
  autoInstallPeers: true
  excludeLinksFromLockfile: false

catalogs:
  default:
    express:
      specifier: ^4.17.1
      version: 4.17.1

overrides:
  qs: 6.7.0

patchedDependencies:
  qs@6.7.0:
    hash: abc
    path: patches/qs.patch

importers:

  .:
    devDependencies:
      typescript:
        specifier: ^5.0.0
        version: 5.0.0

  packages/api:
    dependencies:
      '@shop/ui':
        specifier: workspace:*
        version: link:../ui
      express:
        specifier: 'catalog:'
        version: 4.17.1
      forked:
        specifier: https://codeload.example/forked.tgz
        version: https://codeload.example/forked.tgz
      form:
        specifier: ^1.0.0
        version: 1.0.0(react@17.0.2)
      old:
        specifier: npm:express@4.16.0
        version: express@4.16.0
      outside:
        specifier: link:../../outside
        version: link:../../outside

  packages/ui:
    dependencies:
      form:
        specifier: ^1.0.0
        version: 1.0.0(react@18.0.0)
      react:
        specifier: ^18.0.0
        version: 18.0.0

packages:

  express@4.16.0:
    resolution: {integrity: sha512-a==}

  express@4.17.1:
    resolution: {integrity: sha512-a==}

  forked@https://codeload.example/forked.tgz:
    resolution: {tarball: https://codeload.example/forked.tgz}
    version: 2.0.0

  form@1.0.0:
    resolution: {integrity: sha512-a==}
    peerDependencies:
      qs: '*'
      react: '>=16'
    peerDependenciesMeta:
      qs:
        optional: true

  qs@6.7.0:
    resolution: {integrity: sha512-a==}

  react@17.0.2:
    resolution: {integrity: sha512-a==}

  react@18.0.0:
    resolution: {integrity: sha512-a==}

  typescript@5.0.0:
    resolution: {integrity: sha512-a==}
    hasBin: true

snapshots:

  express@4.16.0: {}

  express@4.17.1:
    dependencies:
      qs: 6.7.0(patch_hash=abc)

  forked@https://codeload.example/forked.tgz: {}

  form@1.0.0(react@17.0.2):
    dependencies:
      react: 17.0.2
    optionalDependencies:
      qs: 6.7.0(patch_hash=abc)

  form@1.0.0(react@18.0.0):
    dependencies:
      react: 18.0.0

  qs@6.7.0(patch_hash=abc): {}

  react@17.0.2: {}

  react@18.0.0: {}

  typescript@5.0.0: {}
`;

const environment = `---
lockfileVersion: '9.0'

importers:

  .:
    configDependencies:
      '@shop/pnpm-config':
        specifier: 1.0.0
        version: 1.0.0
    packageManagerDependencies:
      pnpm:
        specifier: 12.0.0
        version: 12.0.0

packages:

  '@shop/pnpm-config@1.0.0':
    resolution: {integrity: sha512-a==}

  pnpm@12.0.0:
    resolution: {integrity: sha512-a==}

snapshots:

  '@shop/pnpm-config@1.0.0': {}

  pnpm@12.0.0: {}

---
`;

describe('pnpm-lock.yaml', () => {
  it('of version 5 gives its packages, aliases, peers, git sources and flags', () => {
    const lockfile = read(version5, { '': { name: 'shop', version: '1.0.0' } });
    assert.equal(lockfile.manager, 'pnpm');
    assert.equal(lockfile.version, 5.4);
    assert.deepEqual(told(lockfile), {
      '/@shop/ui/1.0.0_react@17.0.2': '@shop/ui@1.0.0',
      '/express/4.17.1': 'express@4.17.1',
      '/fsevents/2.3.3': 'fsevents@2.3.3 optional',
      '/mkdirp/0.5.1': 'mkdirp@0.5.1 dev',
      '/minimist/0.0.8': 'minimist@0.0.8 dev',
      '/qs/6.7.0': 'qs@6.7.0',
      '/react/17.0.2': 'react@17.0.2 peer',
      'github.com/owner/patched/0123456789abcdef': 'patched@1.2.3',
      '': 'shop@1.0.0 own',
    });
    assert.deepEqual(edges(lockfile, ''), {
      mkdirp: '/mkdirp/0.5.1',
      '@shop/ui': '/@shop/ui/1.0.0_react@17.0.2',
      express: '/express/4.17.1',
      express4: '/express/4.17.1',
      patched: 'github.com/owner/patched/0123456789abcdef',
      fsevents: '/fsevents/2.3.3',
    });
    const { requirements } = lockfile.packages.get('')!;
    assert.deepEqual(requirements!.get('express4'), { range: 'npm:express@4.17.1', type: 'production' });
    assert.deepEqual(requirements!.get('mkdirp'), { range: '^0.5.1', type: 'development' });
    assert.equal(lockfile.packages.get('/express/4.17.1')!.line, 33);
  });

  it('of version 6 gives peers in brackets, aliases, and directories as the own packages that they are', () => {
    const lockfile = read(version6);
    assert.deepEqual(told(lockfile), {
      '/@shop/ui@1.0.0(react@17.0.2)': '@shop/ui@1.0.0',
      '/express@4.17.1': 'express@4.17.1',
      '/react@17.0.2': 'react@17.0.2 peer',
      'file:local': 'local@null own',
      '': '@null own',
    });
    assert.deepEqual(edges(lockfile, ''), {
      '@shop/ui': '/@shop/ui@1.0.0(react@17.0.2)',
      express4: '/express@4.17.1',
      local: 'file:local',
    });
    assert.deepEqual(edges(lockfile, 'file:local'), { express: '/express@4.17.1' });
  });

  it('of version 9 gives workspaces, links, catalogs, tarballs, patches, and each set of peers', () => {
    const lockfile = read(version9, { 'packages/ui': { name: '@shop/ui', version: '1.0.0' } });
    assert.deepEqual(told(lockfile), {
      'express@4.16.0': 'express@4.16.0',
      'express@4.17.1': 'express@4.17.1',
      'forked@https://codeload.example/forked.tgz': 'forked@2.0.0',
      'form@1.0.0(react@17.0.2)': 'form@1.0.0',
      'form@1.0.0(react@18.0.0)': 'form@1.0.0',
      'qs@6.7.0(patch_hash=abc)': 'qs@6.7.0',
      'react@17.0.2': 'react@17.0.2 peer',
      'react@18.0.0': 'react@18.0.0',
      'typescript@5.0.0': 'typescript@5.0.0 dev',
      '': '@null own',
      'packages/api': '@null own',
      'packages/ui': '@shop/ui@1.0.0 own',
      outside: 'outside@null own',
    });
    assert.deepEqual(edges(lockfile, 'packages/api'), {
      '@shop/ui': 'packages/ui',
      express: 'express@4.17.1',
      forked: 'forked@https://codeload.example/forked.tgz',
      form: 'form@1.0.0(react@17.0.2)',
      old: 'express@4.16.0',
      outside: 'outside',
    });
    assert.equal(lockfile.packages.get('packages/api')!.requirements!.get('express')!.range, '^4.17.1');
    // Something else brought the optional peer.
    assert.deepEqual(edges(lockfile, 'form@1.0.0(react@17.0.2)'), { react: 'react@17.0.2' });
    const line = lockfile.packages.get('form@1.0.0(react@18.0.0)')!.line!;
    assert.match(version9.split('\n')[line - 1]!, /^ {2}form@1\.0\.0\(react@18\.0\.0\):$/);
  });

  it('an optional peer that nothing else brings is brought by who asks for it', () => {
    const alone = version9
      .replace(/ {4}dependencies:\n {6}qs: .*\n/, '')
      .replace('express@4.17.1:\n\n', 'express@4.17.1: {}\n\n');
    const lockfile = read(alone);
    assert.deepEqual(edges(lockfile, 'form@1.0.0(react@17.0.2)'), {
      react: 'react@17.0.2',
      qs: 'qs@6.7.0(patch_hash=abc)',
    });
    assert.equal(lockfile.packages.get('qs@6.7.0(patch_hash=abc)')!.peer, true);
  });

  it('of two documents gives the project, and the config dependencies, but not pnpm itself', () => {
    const lockfile = read(environment + version9);
    assert.deepEqual(told(lockfile)['@shop/pnpm-config@1.0.0'], '@shop/pnpm-config@1.0.0 dev');
    assert.equal(lockfile.packages.has('pnpm@12.0.0'), false);
    assert.equal(lockfile.packages.size, read(version9).packages.size + 1);
    assert.deepEqual(edges(lockfile, 'packages/api'), edges(read(version9), 'packages/api'));
  });

  it('reads what a formatter wrote, and carriage returns', () => {
    const formatted = version9
      .replaceAll("'", '"')
      .replaceAll(
        'resolution: {integrity: sha512-a==}',
        'resolution:\n      {\n        integrity: sha512-a==,\n      }',
      );
    assert.deepEqual(told(read(formatted)), told(read(version9)));
    const windows = read(version9.replaceAll('\n', '\r\n'));
    assert.deepEqual([...windows.packages.values()], [...read(version9).packages.values()]);
  });

  it('a name may be that of something every object has', () => {
    const text = `lockfileVersion: '9.0'
importers:
  .:
    dependencies:
      __proto__: {specifier: ^1.0.0, version: 1.0.0}
      constructor: {specifier: ^1.0.0, version: 1.0.0}
packages:
  __proto__@1.0.0: {resolution: {integrity: a}}
  constructor@1.0.0: {resolution: {integrity: a}}
snapshots:
  __proto__@1.0.0: {dependencies: {constructor: 1.0.0}}
  constructor@1.0.0: {dependencies: {__proto__: 1.0.0}}
`;
    const lockfile = read(text);
    assert.deepEqual(
      [...lockfile.packages.get('')!.edges],
      [
        ['__proto__', '__proto__@1.0.0'],
        ['constructor', 'constructor@1.0.0'],
      ],
    );
    assert.deepEqual(
      [...lockfile.packages.get('constructor@1.0.0')!.edges],
      [['__proto__', '__proto__@1.0.0']],
    );
  });

  it('says what is broken, where, and what to do', () => {
    const conflict = version9.replace('overrides:', '<<<<<<< HEAD\noverrides:');
    assert.match(problemOf(conflict), /^pnpm-lock\.yaml:13:1: a merge conflict was left .* `pnpm install`/);
    assert.match(
      problemOf(version9.replace("'9.0'", "'10.0'")),
      /^pnpm-lock\.yaml:1:1: its `lockfileVersion` is none of 5 to 9/,
    );
    assert.match(problemOf(''), /^pnpm-lock\.yaml:1:1: a lockfile of pnpm must hold a mapping/);
    assert.match(
      problemOf('lockfileVersion: 9.0\npackages: [\n'),
      /^pnpm-lock\.yaml:3:1: this is not valid YAML/,
    );
    assert.match(
      problemOf(version9.replace('  qs@6.7.0:\n    resolution', '  react@17.0.2:\n    resolution')),
      /^pnpm-lock\.yaml:\d+:\d+: this is not valid YAML: duplicated mapping key/,
    );
    assert.match(
      problemOf(version9.replaceAll('react@18.0.0', '"https://evil.example/x"')),
      /^pnpm-lock\.yaml:\d+:\d+: /,
    );
    assert.match(
      problemOf(`lockfileVersion: '9.0'\na: ${'['.repeat(200_000)}`),
      /nested too deeply|not valid YAML/,
    );
  });

  it('an alias does not make a short text a long work', () => {
    const many = Array.from({ length: 2000 }, (_, index) => `  p${index}@1.0.0: {dependencies: *a}`);
    const text = `lockfileVersion: '9.0'\nx: &a {p1: 1.0.0, p2: 1.0.0}\nsnapshots:\n${many.join('\n')}\n`;
    assert.match(problemOf(text), /repeats another through an alias/);
    // One that holds itself is gone through once.
    assert.equal(read("lockfileVersion: '9.0'\nsnapshots: &a\n  a@1.0.0: *a\n").packages.size, 2);
  });

  it('whatever the text, it is read or refused', () => {
    const texts = [version5, version6, version9, environment + version9];
    const mutated = fc
      .tuple(
        fc.constantFrom(...texts),
        fc.nat(6000),
        fc.nat(80),
        fc.oneof(
          fc.string(),
          fc.constantFrom('*a', '&a', ': ', '\n', '- ', '---\n', '__proto__:', '{', '!!binary '),
        ),
      )
      .map(([text, at, length, inserted]) => text.slice(0, at) + inserted + text.slice(at + length));
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
