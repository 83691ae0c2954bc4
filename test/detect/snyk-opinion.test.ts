/** Merges advisories and Snyk's issues of every kind: the order does not matter, and nothing is lost. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { mergeSnykIssues } from '../../src/detect/snyk-opinion.ts';
import { idsOf, uniteByIdentity } from '../../src/model/advisory-identity.ts';
import type { AuditAdvisory } from '../../src/model/audit.ts';
import type { LockedPackage, Lockfile } from '../../src/model/lockfile.ts';
import { severities } from '../../src/model/severity.ts';
import type { SnykIssue } from '../../src/model/snyk.ts';

const names = ['a', 'b', '@s/c'];
const versions = ['1.0.0', '1.5.0', '2.0.0'];
const packages = new Map<string, LockedPackage>(
  names.flatMap((name) =>
    versions.map((version, index): [string, LockedPackage] => {
      const location = index === 0 ? `node_modules/${name}` : `node_modules/x${index}/node_modules/${name}`;
      const flags = { dev: false, optional: false, peer: false, own: false };
      return [location, { location, name, version, ...flags, edges: new Map(), line: null }];
    }),
  ),
);
const lockfile: Lockfile = { file: 'package-lock.json', manager: 'npm', version: 3, packages };

const cve = fc.constantFrom('CVE-2026-1001', 'CVE-2026-1002', 'CVE-2026-1003');
const ghsa = fc.constantFrom('GHSA-2222-2222-2222', 'GHSA-3333-3333-3333', 'GHSA-4444-4444-4444');
const severity = fc.constantFrom(...severities);
const range = fc.constantFrom('<1.5.0', '<2.0.0', '>=1.5.0 <3.0.0', '<=2.0.0');

const advisory = fc
  .record({ id: ghsa, cve: fc.option(cve), name: fc.constantFrom(...names), severity, range })
  .map(
    ({ id, cve: named, name, severity: grave, range: vulnerable }): AuditAdvisory => ({
      id,
      cve: named,
      package: name,
      severity: grave,
      title: `What ${id} is about`,
      url: '',
      cwe: [],
      cvss: null,
      vulnerable,
      patched: null,
      nodes: [`node_modules/${name}`],
      fixes: [],
      fixInRange: false,
    }),
  );
const advisories = fc.uniqueArray(advisory, {
  selector: (each) => `${each.id} ${each.package}`,
  maxLength: 6,
});

const issue = fc
  .record({
    number: fc.integer({ min: 1, max: 5 }),
    identifiers: fc.uniqueArray(fc.oneof(cve, ghsa), { maxLength: 3 }),
    name: fc.constantFrom(...names, 'gone'),
    version: fc.constantFrom(...versions, '9.9.9'),
    vulnerable: fc.option(range),
    severity,
  })
  .map(
    ({ number, name, ...rest }): SnykIssue => ({
      ...rest,
      id: `SNYK-JS-${name.replace(/\W/g, '').toUpperCase()}-${number}`,
      package: name,
      title: `Issue ${number}`,
      cwe: [79],
      cvss: 5,
      fixedIn: [],
      paths: [],
      upgrades: [],
    }),
  );

const shuffled = <T>(items: readonly T[]) => fc.shuffledSubarray([...items], { minLength: items.length });

test('merging does not hang on the order of either side', () => {
  fc.assert(
    fc.property(
      fc
        .tuple(advisories, fc.array(issue, { maxLength: 8 }))
        .chain(([found, said]) =>
          fc.tuple(fc.constant(found), fc.constant(said), shuffled(found), shuffled(said)),
        ),
      ([found, said, otherFound, otherSaid]) => {
        assert.deepEqual(
          mergeSnykIssues(found, said, lockfile, 'npm'),
          mergeSnykIssues(otherFound, otherSaid, lockfile, 'npm'),
        );
      },
    ),
    { numRuns: 500 },
  );
});

test('merging loses no advisory, no issue of what is installed, no package, and makes nothing milder', () => {
  fc.assert(
    fc.property(advisories, fc.array(issue, { maxLength: 8 }), (found, said) => {
      const merged = mergeSnykIssues(found, said, lockfile, 'npm');
      const keys = merged.map((each) => `${each.id} ${each.package}`);
      assert.equal(new Set(keys).size, keys.length, 'each once');
      for (const each of found) {
        const now = merged.find((other) => other.id === each.id && other.package === each.package)!;
        assert.ok(each.nodes.every((node) => now.nodes.includes(node)));
        assert.ok(severities.indexOf(now.severity) >= severities.indexOf(each.severity));
        const isKnown = now.sources?.includes('npm') ?? true;
        assert.ok(isKnown);
      }
      for (const each of said) {
        const now = merged.filter(
          (other) => other.package === each.package && idsOf(other).includes(each.id),
        );
        const isInstalled = [...packages.values()].some(
          ({ name, version }) => name === each.package && version === each.version,
        );
        if (!isInstalled) continue;
        assert.ok(now.length > 0, each.id);
        for (const other of now) {
          assert.ok(other.sources!.includes('snyk'));
          assert.ok(severities.indexOf(other.severity) >= severities.indexOf(each.severity));
          assert.ok(other.nodes.some((node) => packages.get(node)!.version === each.version));
        }
      }
    }),
    { numRuns: 500 },
  );
});

test('records that share an id are one, in any order, and each id stays', () => {
  const record = fc
    .tuple(advisory, fc.uniqueArray(fc.oneof(cve, ghsa), { maxLength: 2 }))
    .map(([each, aliases]): AuditAdvisory => ({ ...each, aliases }));
  fc.assert(
    fc.property(
      fc.array(record, { maxLength: 8 }).chain((all) => fc.tuple(fc.constant(all), shuffled(all))),
      ([all, other]) => {
        const united = uniteByIdentity(all);
        if (all.length > 1)
          assert.deepEqual(uniteByIdentity(other).map(idsOf).map(sorted), united.map(idsOf).map(sorted));
        const seen = united.flatMap((each) => idsOf(each).map((id) => `${each.package} ${id}`));
        assert.equal(new Set(seen).size, seen.length, 'no id in two');
        for (const each of all)
          for (const id of idsOf(each)) assert.ok(seen.includes(`${each.package} ${id}`));
      },
    ),
    { numRuns: 500 },
  );
});

function sorted(ids: readonly string[]): string[] {
  return [...ids].sort();
}

test('an issue that names the CVEs of two advisories tells of both, and makes neither the other', () => {
  const [first, second] = (['GHSA-2222-2222-2222', 'GHSA-3333-3333-3333'] as const).map(
    (id, index): AuditAdvisory => ({
      id,
      cve: `CVE-2026-100${index + 1}`,
      package: 'a',
      severity: 'low',
      title: 't',
      url: '',
      cwe: [],
      cvss: null,
      vulnerable: '<2.0.0',
      patched: null,
      nodes: ['node_modules/a'],
      fixes: [],
      fixInRange: false,
    }),
  );
  const both: SnykIssue = {
    id: 'SNYK-JS-A-1',
    title: 't',
    severity: 'moderate',
    identifiers: ['CVE-2026-1001', 'CVE-2026-1002'],
    cwe: [],
    cvss: null,
    package: 'a',
    version: '1.0.0',
    vulnerable: '<2.0.0',
    fixedIn: [],
    paths: [],
    upgrades: [],
  };
  assert.deepEqual(
    mergeSnykIssues([first!, second!], [both], lockfile, 'npm').map(
      ({ id, cve: named, aliases, sources }) => [id, named, aliases, sources],
    ),
    [
      ['GHSA-2222-2222-2222', 'CVE-2026-1001', ['SNYK-JS-A-1'], ['npm', 'snyk']],
      ['GHSA-3333-3333-3333', 'CVE-2026-1002', ['SNYK-JS-A-1'], ['npm', 'snyk']],
    ],
  );
});
