/** The records of deprecated packages, and which declared and locked versions they concern. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import semver from 'semver';
import { deprecatedPackages } from '../../src/data/deprecations.ts';
import { readDeprecatedDependencies } from '../../src/detect/deprecated-dependencies.ts';
import { rule } from '../../src/detect/rules/dependency-deprecated.ts';
import type { Lockfile } from '../../src/model/lockfile.ts';
import type { Snapshot } from '../../src/model/snapshot.ts';

function snapshotOf(name: string, declared: string, locked: string | null): Snapshot {
  const manifest = { name: 'shop', dependencies: { express: '^5.3.0', [name]: declared } };
  const own = { dev: false, optional: false, peer: false, line: null };
  const lockfile: Lockfile = {
    file: 'package-lock.json',
    manager: 'npm',
    version: 3,
    packages: new Map([
      [
        '',
        {
          ...own,
          location: '',
          name: 'shop',
          version: null,
          own: true,
          edges: new Map([[name, `node_modules/${name}`]]),
        },
      ],
      [
        `node_modules/${name}`,
        { ...own, location: `node_modules/${name}`, name, version: locked, own: false, edges: new Map() },
      ],
    ]),
  };
  return {
    revision: null,
    files: new Map([['package.json', { path: 'package.json', text: JSON.stringify(manifest, null, 1) }]]),
    projects: [
      {
        directory: '.',
        name: 'shop',
        manifestFile: 'package.json',
        manifest,
        express: { declared: '^5.3.0', declaredIn: 'dependencies', resolved: null, through: null },
        lockfile: locked === null ? null : lockfile,
        lockfileFile: locked === null ? null : 'package-lock.json',
        workspaceRoot: '.',
      },
    ],
    audits: [],
    checks: [],
  };
}

const isFound = (name: string, declared: string, locked: string | null): boolean =>
  readDeprecatedDependencies(snapshotOf(name, declared, locked)).length > 0;

describe('the records', () => {
  for (const [name, record] of deprecatedPackages)
    it(name, () => {
      assert.ok(record.versions === null || semver.validRange(record.versions) !== null);
      assert.match(record.since ?? '2020-01-01', /^\d{4}-\d\d-\d\d$/);
      assert.match(record.reason, /^[A-Z].*\.$/);
      assert.match(record.successor, /^[A-Z].*\.$/);
      assert.match(record.source, /https:\/\//);
      assert.doesNotMatch(record.successor, new RegExp(`npm install ${name}$`));
    });
});

describe('readDeprecatedDependencies', () => {
  const version = fc.tuple(fc.nat(3), fc.nat(3), fc.nat(3)).map((parts) => parts.join('.'));
  const versions = Array.from({ length: 64 }, (_, at) => `${at >> 4}.${(at >> 2) & 3}.${at & 3}`);
  const range = fc
    .array(
      fc.tuple(fc.constantFrom('', '^', '~', '>=', '<', '<='), version).map((parts) => parts.join('')),
      { minLength: 1, maxLength: 3 },
    )
    .map((all) => all.join(' || '));

  it('judges a locked version as semver does', () => {
    fc.assert(
      fc.property(version, (locked) => {
        assert.equal(isFound('multer', '*', locked), semver.lt(locked, '2.0.0'), locked);
      }),
    );
    assert.ok(isFound('multer', '^1.4.4', '1.4.5-lts.1'));
    assert.ok(!isFound('multer', '^2.0.0-rc.1', '2.0.0'));
  });

  it('never reports a range that admits a version which is not deprecated', () => {
    fc.assert(
      fc.property(range, (text) => {
        const admits = versions.filter((one) => semver.satisfies(one, text));
        // `>=3.3.3` admits what the samples do not hold.
        const open = text.includes('>=');
        if (isFound('multer', text, null))
          assert.ok(!open && admits.every((one) => semver.lt(one, '2.0.0')), text);
        else assert.ok(open || admits.length === 0 || admits.some((one) => semver.gte(one, '2.0.0')), text);
      }),
      { numRuns: 500 },
    );
  });

  it('answers any text and any name', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        readDeprecatedDependencies(snapshotOf('uuid', text, null));
      }),
    );
    for (const name of ['__proto__', 'constructor', 'toString']) assert.ok(!isFound(name, '^1.0.0', null));
  });

  it('says what, since when, why and what takes its place', () => {
    const [dependency] = readDeprecatedDependencies(snapshotOf('csurf', '^1.11.0', '1.11.0'));
    const told: string[] = [];
    assert.equal(rule.level, 'dependency');
    if (rule.level === 'dependency')
      rule.check(dependency!, {
        finding: ({ message, help, location }) =>
          told.push(message, help ?? '', `${location.line}:${location.column}`),
        undecided: () => assert.fail(),
      });
    assert.match(
      told[0]!,
      /^csurf 1\.11\.0 is deprecated since 2022-09-14\. .*github\.com\/expressjs\/csurf/,
    );
    assert.match(told[1]!, /csrf-csrf/);
    assert.equal(told[2], '5:12');
  });
});
