/** When the gate must say that it could not judge. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { incompleteReasons } from '../../src/evaluate/completeness.ts';
import type { Check } from '../../src/model/check.ts';
import type { Project } from '../../src/model/project.ts';
import type { Snapshot } from '../../src/model/snapshot.ts';
import { check, policy, project, snapshot } from './detections.ts';

const required = policy({ require: ['npm-audit'] });
const outage = check({ state: 'degraded', cause: 'outage', detail: 'HTTP 503' });

function reasons(
  checks: readonly Check[],
  options: { policy?: typeof required; head?: Snapshot; base?: Snapshot | null } = {},
): string[] {
  return incompleteReasons(
    options.policy ?? policy(),
    checks,
    options.head ?? snapshot(),
    options.base ?? null,
  );
}

test('without a requirement and without a base nothing makes it incomplete', () => {
  assert.deepEqual(reasons([outage, check({ name: 'code', state: 'failed' })]), []);
});

test('a required check that is not ok is named with its project and what to do', () => {
  assert.deepEqual(reasons([check()], { policy: required }), []);
  const [reason, ...rest] = reasons([check({ ...outage, project: 'services/a' })], { policy: required });
  assert.deepEqual(rest, []);
  assert.match(
    reason!,
    /requires the check npm-audit.*could not ask the registry in services\/a: run the gate again/,
  );
  assert.match(
    reasons([check({ state: 'failed', cause: 'unreadable' })], { policy: required })[0]!,
    /could not read .*repair the file/,
  );
  assert.match(
    reasons([check({ state: 'degraded', cause: 'no-endpoint' })], { policy: required })[0]!,
    /no audit endpoint .*take npm-audit out of require/,
  );
  assert.equal(
    reasons([check({ name: 'code', state: 'failed' })], { policy: policy({ require: ['code'] }) }).length,
    1,
  );
});

test('a change that brings what cannot be read was not judged', () => {
  assert.match(
    reasons([check({ name: 'files', state: 'degraded', cause: 'hidden' })])[0]!,
    /^This change brings code that the gate cannot read /,
  );
});

test('a required check that did not run, or was skipped, is named', () => {
  assert.match(reasons([], { policy: required })[0]!, /npm-audit, and it did not run/);
  assert.match(reasons([check({ state: 'skipped' })], { policy: required })[0]!, /it was skipped/);
});

test('a required check may be skipped where there is nothing to look at', () => {
  const nothing = snapshot([project({ manifest: {}, express: null })]);
  const everything = policy({ require: ['npm-audit', 'code', 'express-version'] });
  const skipped = everything.require.map((name) => check({ name, state: 'skipped' }));
  assert.deepEqual(reasons(skipped, { policy: everything, head: nothing }), []);
  const member = project({ directory: 'packages/a', workspaceRoot: '.' });
  const workspaces = snapshot([project({ manifest: { workspaces: ['packages/*'] }, express: null }), member]);
  assert.equal(reasons([check({ state: 'skipped' })], { policy: required, head: workspaces }).length, 1);
  assert.equal(reasons([check({ state: 'skipped' })], { policy: required, head: snapshot([]) }).length, 1);
});

test('the dependencies of a manifest with absurdly nested overrides are still compared', () => {
  const nested = JSON.parse(`${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`);
  const made = (text: string) =>
    snapshot([project({ manifest: { overrides: nested } })], { 'package.json': text });
  assert.deepEqual(reasons([outage], { head: made('a'), base: made('a') }), []);
  assert.equal(reasons([outage], { head: made('a'), base: made('b') }).length, 1);
});

interface Case {
  readonly name: string;
  readonly head: Snapshot;
  readonly base: Snapshot;
  readonly changed: boolean;
}

const lock = (text: string, ...projects: Project[]) =>
  snapshot(projects.length > 0 ? projects : [project()], { 'package-lock.json': text, 'src/app.js': text });

const cases: readonly Case[] = [
  { name: 'nothing', head: lock('1'), base: lock('1'), changed: false },
  { name: 'the lockfile', head: lock('2'), base: lock('1'), changed: true },
  {
    name: 'a declared range',
    head: lock('1', project({ manifest: { dependencies: { express: '^5.0.0' } } })),
    base: lock('1'),
    changed: true,
  },
  {
    name: 'only a script',
    head: lock('1', project({ manifest: { ...project().manifest, scripts: { start: 'node .' } } })),
    base: lock('1'),
    changed: false,
  },
  {
    name: 'only the order of the dependencies',
    head: lock('1', project({ manifest: { dependencies: { a: '1', b: '2' } } })),
    base: lock('1', project({ manifest: { dependencies: { b: '2', a: '1' } } })),
    changed: false,
  },
  {
    name: 'an override',
    head: lock('1', project({ manifest: { ...project().manifest, overrides: { qs: '6.7.0' } } })),
    base: lock('1'),
    changed: true,
  },
  {
    name: 'the lockfile is gone',
    head: snapshot([project({ lockfileFile: null })]),
    base: lock('1'),
    changed: true,
  },
  {
    name: 'a workspace member of that lockfile',
    head: lock(
      '1',
      project(),
      project({ directory: 'packages/a', workspaceRoot: '.', lockfileFile: 'package-lock.json' }),
    ),
    base: lock('1'),
    changed: true,
  },
  {
    name: 'only a project under another lockfile',
    head: lock('1', project(), project({ directory: 'services/b' })),
    base: lock('1'),
    changed: false,
  },
  {
    name: 'a project without dependencies came in',
    head: lock(
      '1',
      project(),
      project({ directory: 'packages/a', workspaceRoot: '.', lockfileFile: null, manifest: {} }),
    ),
    base: lock('1'),
    changed: false,
  },
];

for (const { name, head, base, changed } of cases) {
  test(`an outage counts where the dependencies changed: ${name}`, () => {
    const found = reasons([outage], { head, base });
    assert.equal(found.length, changed ? 1 : 0);
    if (changed)
      assert.match(found[0]!, /dependencies changed against the base, and npm-audit could not ask/);
  });
}

test('a lockfile that the change broke counts like an outage; a registry without an endpoint does not', () => {
  const sides = { head: lock('broken'), base: lock('1') };
  assert.equal(reasons([check({ state: 'failed', cause: 'unreadable' })], sides).length, 1);
  assert.equal(reasons([check({ state: 'degraded', cause: 'limit' })], sides).length, 1);
  assert.deepEqual(reasons([check({ state: 'degraded', cause: 'no-endpoint' })], sides), []);
  assert.deepEqual(reasons([check({ state: 'skipped' })], sides), []);
});

test('a change that takes the audited lockfile away counts, whatever the check calls it', () => {
  const parsed = { file: 'package-lock.json', manager: 'npm', version: 3, packages: new Map() } as const;
  const withLockfile = snapshot([project({ lockfile: parsed })], { 'package-lock.json': '1' });
  const without = snapshot([project({ lockfileFile: null })]);
  const unread = check({ state: 'degraded', detail: 'There is no lockfile.' });
  assert.match(
    reasons([unread], { head: without, base: withLockfile })[0]!,
    /npm-audit could not look at everything: do what the check says\.$/,
  );
  assert.deepEqual(reasons([unread], { head: without, base: without }), []);
  assert.deepEqual(reasons([check({ state: 'skipped' })], { head: without, base: withLockfile }), []);
});
