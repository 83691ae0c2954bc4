/** Fetches what a local registry has published, within bounds, and from registries that fail. */
import assert from 'node:assert/strict';
import { after, it } from 'node:test';
import { readNpmLockfile } from '../../src/collect/lockfile/npm-lockfile.ts';
import { findPublished, type PublishedBounds } from '../../src/collect/published-packages.ts';
import type { AuditAdvisory } from '../../src/model/audit.ts';
import { type StandInOptions, type StandInRegistry, startRegistry } from '../stand-ins/registry.ts';

const open: StandInRegistry[] = [];
after(() => Promise.all(open.map((each) => each.close())));

/** a -> b -> bad, c -> bad by a range that admits the fixed version, and e beside it. */
const packages = {
  bad: { '1.0.0': {}, '1.1.0': {} },
  b: { '1.0.0': { dependencies: { bad: '1.0.0', other: '*' } } },
  a: { '1.0.0': { dependencies: { b: '1.0.0' } } },
  c: { '1.0.0': { dependencies: { bad: '^1.0.0' } } },
};
const entry = (dependencies: object = {}) => ({ version: '1.0.0', dependencies });
const lockfile = readNpmLockfile(
  'package-lock.json',
  JSON.stringify({
    lockfileVersion: 3,
    packages: {
      '': { dependencies: { a: '1', c: '1', e: '1' } },
      'node_modules/a': entry({ b: '1.0.0' }),
      'node_modules/b': entry({ bad: '1.0.0' }),
      'node_modules/bad': entry(),
      'node_modules/c': entry({ bad: '^1.0.0' }),
      'node_modules/e': entry(),
    },
  }),
);
const advisory: AuditAdvisory = {
  id: 'GHSA-2222-3333-4444',
  cve: null,
  package: 'bad',
  severity: 'high',
  title: 'x',
  url: '',
  cwe: [],
  cvss: null,
  vulnerable: '<1.1.0',
  patched: null,
  nodes: ['node_modules/bad'],
  fixes: [],
  fixInRange: false,
};
const bounds: PublishedBounds = { packages: 10, bytes: 1e6, totalMs: 10_000, requestMs: 5_000 };

async function find(options: StandInOptions = {}, changes: Partial<PublishedBounds> = {}) {
  const registry = await startRegistry({ packages, ...options });
  open.push(registry);
  const main = { url: registry.url, headers: {} };
  const found = await findPublished({ main, of: () => main }, lockfile, [advisory], {
    ...bounds,
    ...changes,
  });
  return { found, asked: registry.requests.map(({ path }) => path.slice(1)), registry };
}

it('asks only about what has to be known, in the short form', async () => {
  const { found, asked, registry } = await find();
  assert.deepEqual(asked, ['bad', 'b', 'a']);
  assert.deepEqual([...found.keys()], ['a', 'b', 'bad']);
  assert.deepEqual([...found.get('b')!.versions.get('1.0.0')!.requirements], [['bad', '1.0.0']]);
  assert.match(String(registry.requests[0]!.headers.accept), /^application\/vnd\.npm\.install-v1\+json/);
});

it('leaves unknown what is out of bounds or could not be had, and does not insist', async () => {
  const few = await find({}, { packages: 2 });
  assert.deepEqual([few.found.get('a'), few.asked], [null, ['bad', 'b']]);
  assert.equal((await find({}, { bytes: 1 })).found.get('a'), null);
  for (const packuments of [{ status: 503 }, 'reset', 'truncated', 'html', 'other-json'] as const) {
    const { found, asked } = await find({ packuments });
    assert.ok(
      [...found.values()].every((each) => each === null),
      JSON.stringify(packuments),
    );
    // Those that were under way together may have been asked about once more.
    assert.ok(asked.length <= 6, String(asked.length));
  }
});

it('takes what the registry does not know for published in no version, as npm does', async () => {
  const { found } = await find({ packuments: { status: 404 } });
  assert.equal(found.get('bad')!.versions.size, 0);
});
