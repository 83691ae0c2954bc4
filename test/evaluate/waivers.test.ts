/** Waivers: what they cover, how long they hold, and what is said of them. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { matchWaivers } from '../../src/evaluate/waivers.ts';
import type { Finding } from '../../src/model/finding.ts';
import type { Waiver } from '../../src/model/policy.ts';
import { advisoryFinding, check, finding, policy, today, waiver } from './detections.ts';

function covers(one: Waiver, of: Finding): boolean {
  return matchWaivers(policy({ waivers: [one] }), [of], [], today).waivers.has(of);
}

function notes(waivers: readonly Waiver[], findings: readonly Finding[], checks = [check()]): string[] {
  return matchWaivers(policy({ waivers }), findings, checks, today).notes.map(
    ({ kind, message }) => `${kind} ${message}`,
  );
}

test('a waiver of a rule covers that rule only, narrowed by path', () => {
  assert.ok(covers(waiver(), finding()));
  assert.ok(!covers(waiver({ rule: 'helmet-missing' }), finding()));
  assert.ok(covers(waiver({ path: 'src/**' }), finding()));
  assert.ok(!covers(waiver({ path: 'lib/**' }), finding()));
});

test('a waiver of an advisory goes by its id or CVE and never covers another of the package', () => {
  const one = advisoryFinding();
  const sibling = advisoryFinding({ id: 'GHSA-aaaa-bbbb-dddd', cve: 'CVE-2026-0002' });
  for (const name of ['GHSA-aaaa-bbbb-cccc', 'ghsa-AAAA-bbbb-cccc', 'CVE-2026-0001', 'cve-2026-0001']) {
    assert.ok(covers(waiver({ advisory: name }), one), name);
    assert.ok(!covers(waiver({ advisory: name }), sibling), name);
    assert.ok(!covers(waiver({ advisory: name, package: 'qs' }), sibling), name);
  }
  assert.ok(!covers(waiver({ advisory: 'GHSA-aaaa-bbbb-cccc', package: 'express' }), one));
  assert.ok(!covers(waiver({ advisory: 'GHSA-aaaa-bbbb-cccc', path: 'services/**' }), one));
});

test('a package narrows a rule to the advisories of that package', () => {
  const narrowed = waiver({ rule: 'dependency-vulnerable', package: 'qs' });
  assert.ok(covers(narrowed, advisoryFinding()));
  assert.ok(!covers(narrowed, advisoryFinding({ package: 'express' })));
  assert.ok(!covers(waiver({ package: 'qs' }), finding()));
});

test('a waiver holds through its last day and not a day longer', () => {
  assert.ok(covers(waiver({ expires: today }), finding()));
  assert.ok(!covers(waiver({ expires: '2026-11-22' }), finding()));
});

test('of several waivers the one that lives longest is named', () => {
  const short = waiver({ expires: '2026-12-01', reason: 'short' });
  const long = waiver({ expires: '2027-12-01', reason: 'long', line: 9 });
  const one = finding();
  for (const waivers of [
    [short, long],
    [long, short],
  ]) {
    assert.equal(matchWaivers(policy({ waivers }), [one], [], today).waivers.get(one)?.reason, 'long');
  }
});

test('an expired waiver is named with its place and with what it no longer covers', () => {
  const expired = waiver({ expires: '2026-11-01', line: 7 });
  const [used, ...rest] = notes([expired], [finding(), finding({ fingerprint: 'f2' })]);
  assert.deepEqual(rest, []);
  assert.match(
    used!,
    /^waiver-expired \.github\/express-gate\.yml:7: .*session-cookie-not-secure expired on 2026-11-01; 2 findings count again/,
  );
  assert.match(notes([expired], [])[0]!, /^waiver-expired .*remove it\.$/);
});

test('an unused waiver is named, with a doubt where its check could not look', () => {
  const unused = waiver({ advisory: 'GHSA-aaaa-bbbb-cccc', package: 'qs', path: 'package.json' });
  assert.match(
    notes([unused], [finding()])[0]!,
    /^waiver-unused .*GHSA-aaaa-bbbb-cccc of qs in package\.json matches no finding; remove it/,
  );
  assert.match(
    notes([unused], [], [check({ state: 'degraded' })])[0]!,
    /not everything could be looked at \(npm-audit\)/,
  );
  assert.match(notes([unused], [], [check({ name: 'code', state: 'degraded' })])[0]!, /remove it/);
  assert.match(notes([waiver()], [], [check({ name: 'code', state: 'degraded' })])[0]!, /\(code\)/);
  assert.match(notes([waiver()], [], [check({ name: 'code', state: 'skipped' })])[0]!, /remove it/);
});

test('a waiver in use is named in its last fourteen days, also across a change of year', () => {
  assert.match(notes([waiver({ expires: today })], [finding()])[0]!, /^waiver-expiring .*ends today/);
  assert.match(notes([waiver({ expires: '2026-11-24' })], [finding()])[0]!, /ends tomorrow/);
  assert.match(
    notes([waiver({ expires: '2026-12-07' })], [finding()])[0]!,
    /ends in 14 days \(last day 2026-12-07\)/,
  );
  assert.deepEqual(notes([waiver({ expires: '2026-12-08' })], [finding()]), []);
  const atYearsEnd = matchWaivers(
    policy({ waivers: [waiver({ expires: '2027-01-03' })] }),
    [finding()],
    [],
    '2026-12-30',
  );
  assert.match(atYearsEnd.notes[0]!.message, /ends in 4 days/);
});
