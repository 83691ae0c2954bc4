/** Commands of each package manager, as its own program (npm 11, yarn 1.22, yarn 4, pnpm 10, bun 1.4) was seen to carry them out. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import {
  describeOverrides,
  describeUpdate,
  entryOf,
  installationOf,
  managerOf,
  moveCommand,
} from '../../src/detect/package-commands.ts';
import type { LockedPackage, Lockfile } from '../../src/model/lockfile.ts';
import type { Manifest, Project } from '../../src/model/project.ts';

const lockfiles = {
  npm: ['package-lock.json', 'npm', 3],
  'yarn-classic': ['yarn.lock', 'yarn', 1],
  yarn: ['yarn.lock', 'yarn', 8],
  pnpm: ['pnpm-lock.yaml', 'pnpm', 9],
  bun: ['bun.lock', 'bun', 1],
} as const;

interface Sketch {
  readonly manifest?: Manifest;
  readonly directory?: string;
  readonly root?: string;
  readonly members?: readonly string[];
  readonly version?: number;
}

function project(manager: keyof typeof lockfiles, sketch: Sketch = {}): Project {
  const { manifest = { dependencies: { a: '^1.0.0' } }, directory = '.', root = directory } = sketch;
  const [file, name, version] = lockfiles[manager];
  const own = (location: string): LockedPackage => ({
    location,
    name: location,
    version: null,
    dev: false,
    optional: false,
    peer: false,
    own: true,
    edges: new Map(),
    line: null,
  });
  const lockfile: Lockfile = {
    file,
    manager: name,
    version: sketch.version ?? version,
    packages: new Map(['', ...(sketch.members ?? [])].map((location) => [location, own(location)])),
  };
  return {
    directory,
    name: manifest.name ?? null,
    manifestFile: 'package.json',
    manifest,
    express: null,
    lockfile,
    lockfileFile: file,
    workspaceRoot: root,
  };
}

const managers = Object.keys(lockfiles) as (keyof typeof lockfiles)[];

function move(of: Project, name: string, version: string): string | null {
  return moveCommand(of, managerOf(of), entryOf(of, name)!, name, version);
}

describe('the command that moves a direct dependency', () => {
  const told = (sketch: Sketch, name = 'a') =>
    managers.map((manager) => move(project(manager, sketch), name, '2.0.0'));

  it('is that of the package manager, and keeps the form of the range', () => {
    assert.deepEqual(told({}), [
      '`npm install a@2.0.0`',
      '`yarn add "a@^2.0.0"`',
      '`yarn add "a@^2.0.0"`',
      '`pnpm add "a@^2.0.0"`',
      '`bun add "a@^2.0.0"`',
    ]);
    assert.deepEqual(told({ manifest: { devDependencies: { a: '1.0.0' } } }), [
      '`npm install --save-dev a@2.0.0`',
      '`yarn add --dev a@2.0.0`',
      '`yarn add --dev a@2.0.0`',
      '`pnpm add --save-dev a@2.0.0`',
      '`bun add --dev a@2.0.0`',
    ]);
    assert.deepEqual(told({ manifest: { dependencies: { b: 'npm:a@~1.0.0' } } }), [
      '`npm install b@npm:a@2.0.0`',
      '`yarn add "b@npm:a@~2.0.0"`',
      '`yarn add "b@npm:a@~2.0.0"`',
      '`pnpm add "b@npm:a@~2.0.0"`',
      '`bun add "b@npm:a@~2.0.0"`',
    ]);
  });

  it('names the member of a workspace, or the root that has members', () => {
    const manifest = { name: '@shop/one', dependencies: { a: '1.0.0' } };
    assert.deepEqual(told({ manifest, directory: 'apps/one', root: '.', members: ['apps/one'] }), [
      '`npm install a@2.0.0 --workspace=apps/one`',
      '`yarn workspace @shop/one add a@2.0.0`',
      '`yarn workspace @shop/one add a@2.0.0`',
      '`pnpm add a@2.0.0 --filter ./apps/one`',
      '`bun add a@2.0.0` in apps/one',
    ]);
    assert.deepEqual(told({ manifest, directory: 'web', members: ['one'] }), [
      '`npm install a@2.0.0` in web',
      '`yarn add a@2.0.0 -W` in web',
      '`yarn add a@2.0.0` in web',
      '`pnpm add a@2.0.0 -w` in web',
      '`bun add a@2.0.0` in web',
    ]);
  });

  it('holds no text that breaks out of it', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...managers),
        fc.record({
          name: fc.oneof(fc.constant('a'), fc.string({ unit: 'grapheme' })),
          range: fc.oneof(fc.constant('^1.0.0'), fc.string()),
          version: fc.oneof(fc.constant('2.0.0'), fc.string()),
          directory: fc.oneof(fc.constant('apps/one'), fc.string()),
          own: fc.oneof(fc.constant('one'), fc.string()),
        }),
        (manager, { name, range, version, directory, own }) => {
          const manifest = { name: own, dependencies: { [name]: range } };
          const of = project(manager, { manifest, directory, root: '.', members: ['apps/one'] });
          const entry = { name, field: 'dependencies', specifier: range } as const;
          const texts = [
            moveCommand(of, manager, entry, name, version),
            describeUpdate(of, manager, [name], [name]),
          ];
          for (const text of texts) {
            if (text !== null)
              assert.match(
                text,
                /^(?:Run |Delete the entries of `[\w@/.-]+` from yarn\.lock and run )?`[\w @./"^~:=+-]*`(?: in [\w./@-]+)?$/,
              );
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('the command that updates within the ranges', () => {
  const told = (sketch: Sketch = {}, names: readonly string[] = ['deep', 'deeper'], bringers = ['a']) =>
    managers.map((manager) => describeUpdate(project(manager, sketch), manager, names, bringers));

  it('names the packages, and for yarn 1, which knows only what package.json declares, what brings them', () => {
    assert.deepEqual(told(), [
      'Run `npm update deep deeper`',
      'Run `yarn upgrade a`',
      'Run `yarn up -R deep deeper`',
      'Run `pnpm update deep deeper`',
      'Run `bun update deep deeper`',
    ]);
    assert.deepEqual(told({ directory: 'web', members: ['one'] }, ['deep']), [
      'Run `npm update deep` in web',
      'Delete the entries of `deep` from yarn.lock and run `yarn install` in web',
      'Run `yarn up -R deep` in web',
      'Run `pnpm update -r deep` in web',
      'Run `bun update -r deep` in web',
    ]);
  });
});

describe('the place of overrides', () => {
  it('is the one that the package manager reads', () => {
    const at = (manager: keyof typeof lockfiles, version?: number) =>
      describeOverrides(project(manager, version === undefined ? {} : { version }), manager);
    assert.equal(at('npm'), '`overrides` in package.json');
    assert.equal(at('bun'), '`overrides` in package.json');
    assert.equal(at('yarn-classic'), '`resolutions` in package.json');
    assert.equal(at('yarn'), '`resolutions` in package.json');
    assert.equal(at('pnpm', 6), '`pnpm.overrides` in package.json');
    assert.match(at('pnpm'), /^`overrides` in pnpm-workspace\.yaml \(before pnpm 10\.5: /);
  });
});

describe('the package manager', () => {
  it('is told by the lockfile', () => {
    for (const manager of managers) assert.equal(managerOf(project(manager)), manager);
  });

  it('is told by packageManager or the settings where there is no lockfile', () => {
    const without = (manifest: Manifest, lockfileFile: string | null = null): Project => ({
      ...project('npm', { manifest, directory: 'web', root: 'shop' }),
      lockfile: null,
      lockfileFile,
    });
    assert.equal(managerOf(without({})), 'npm');
    assert.equal(managerOf(without({ packageManager: 'yarn@1.22.22+sha512.ab' })), 'yarn-classic');
    assert.equal(managerOf(without({ packageManager: 'yarn@4.5.0' })), 'yarn');
    assert.equal(managerOf(without({}), { packageManager: 'pnpm@10.1.0' }), 'pnpm');
    assert.equal(managerOf(without({ packageManager: 'yarn; rm -rf /' })), 'npm');
    const beside = (file: string) => managerOf(without({}), {}, new Map([[file, null]]));
    assert.equal(beside('shop/.yarnrc.yml'), 'yarn');
    assert.equal(beside('shop/pnpm-workspace.yaml'), 'pnpm');
    assert.equal(beside('shop/bunfig.toml'), 'bun');
    assert.equal(beside('bunfig.toml'), 'npm');
    // A lockfile that cannot be read tells of its package manager all the same.
    assert.equal(managerOf(without({ packageManager: 'yarn@1.22.22' }, 'shop/yarn.lock')), 'yarn-classic');
    assert.equal(managerOf(without({ packageManager: 'npm@11.0.0' }, 'shop/yarn.lock')), 'yarn');
    assert.deepEqual(installationOf('yarn-classic').frozen, 'yarn install --frozen-lockfile');
  });
});
