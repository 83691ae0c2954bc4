/** The smallest safe range: fixed examples, and its promises over all published versions and ranges of every form. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import semver from 'semver';
import { expressVersions } from '../../src/data/express-releases.ts';
import { concerns, embeddedExpressAdvisories } from '../../src/detect/express-advisories.ts';
import { maintainedReleases } from '../../src/detect/express-upgrade.ts';
import { type Release, smallestSafeRange } from '../../src/detect/safe-range.ts';
import { newest4, newest5, today } from './express-snapshot.ts';
import { rangeText } from './range-arbitraries.ts';

const isVulnerable = (version: string) => embeddedExpressAdvisories.some((known) => concerns(known, version));
const maintained = maintainedReleases(today, isVulnerable).map(({ version }) => version);
const releases: Release[] = expressVersions.map((version) => ({
  version,
  vulnerable: isVulnerable(version),
  maintained: maintained.includes(version),
}));

function admitted(range: string, of: readonly Release[]): Release[] {
  return of.filter(({ version }) => semver.satisfies(version, range, { loose: true }));
}

function assertSafe(range: string, of: readonly Release[]): void {
  const inside = admitted(range, of);
  assert.deepEqual(
    inside.filter(({ vulnerable }) => vulnerable),
    [],
    range,
  );
  assert.ok(
    inside.some((release) => release.maintained),
    `${range} admits no maintained version`,
  );
}

/** A range, and how it is written with another lower end. */
interface Alternative {
  readonly text: string;
  readonly from: (version: string) => string;
}

/** An `x` or hyphen range, or a plain one beside which such a one may stand. */
function alternativeAround(versions: readonly string[]): fc.Arbitrary<Alternative> {
  const version = fc.constantFrom(...versions);
  const parts = version.map((each) => each.split(/[.-]/));
  const lineOf = (text: string): Alternative => ({ text, from: (each) => `^${each}` });
  const patchOf = (text: string): Alternative => ({ text, from: (each) => `~${each}` });
  return fc.oneof(
    parts.chain(([major]) => fc.constantFrom(`${major}`, `${major}.x`, `${major}.*`)).map(lineOf),
    parts.chain(([major, minor]) => fc.constantFrom(`${major}.${minor}`, `${major}.${minor}.x`)).map(patchOf),
    fc.constantFrom('*', 'x').map((text) => ({ text, from: (each: string) => `>=${each}` })),
    fc
      .tuple(
        version,
        fc.oneof(
          version,
          parts.map(([major]) => `${major}`),
        ),
      )
      .map(([from, to]) => ({ text: `${from} - ${to}`, from: (each: string) => `${each} - ${to}` })),
    fc
      .tuple(fc.constantFrom('^', '~', '>=', ''), version)
      .map(([operator, at]) => ({ text: operator + at, from: (each: string) => operator + each })),
  );
}

describe('smallestSafeRange', () => {
  const examples: readonly (readonly [string, string | null])[] = [
    // The lower end is raised, and the form is kept.
    ['^4.17.1', '^4.20.0'],
    ['>=4.17.1', '>=4.20.0'],
    ['>=3', '>=4.20.0'],
    ['>4.17.1', '>=4.20.0'],
    ['>=4.17.1 <5', '>=4.20.0 <5'],
    ['>= 4.17.1 < 5', '>=4.20.0 <5'],
    ['4 - 5', '4.20.0 - 5'],
    ['<5', '>=4.20.0 <5'],
    ['4.x', '^4.20.0'],
    ['4', '^4.20.0'],
    ['*', '>=4.20.0'],
    ['^5.0.0-beta.1', '^5.0.0'],
    // Nothing safe is inside: the range moves up, no further than it must to reach the newest release of a line.
    ['4.17.1', newest4],
    ['v4.17.1', newest4],
    ['~4.17.1', '~4.22.0'],
    ['4.17.x', '~4.22.0'],
    ['5.0.0-beta.1', newest5],
    ['^3.21.2', '^4.20.0'],
    ['4.17.1 - 4.19.0', '^4.20.0'],
    ['<4.5.0', '^4.20.0'],
    // Safe, but behind what is maintained.
    ['~4.21.0', '~4.22.0'],
    // Alternatives that cannot be repaired are dropped while others remain.
    ['^3 || ^4.17.1', '^4.20.0'],
    ['^3 || ^4 || ^5', '^4.20.0 || ^5'],
    ['^3.21.2 || ~4.22.0', '~4.22.0'],
    // Nothing to change.
    ['^4.20.0', '^4.20.0'],
    ['>=4.20.0||^5', '>=4.20.0||^5'],
    // Nothing known is as new.
    ['^6', null],
  ];
  for (const [range, expected] of examples) {
    it(`makes of "${range}" ${expected === null ? 'nothing' : `"${expected}"`}`, () => {
      assert.equal(smallestSafeRange(range, releases), expected);
    });
  }

  it('admits no vulnerable version and a maintained one, and never moves down', () => {
    let proposed = 0;
    fc.assert(
      fc.property(rangeText, (text) => {
        fc.pre(semver.validRange(text, { loose: true }) !== null && text.length <= 256);
        const safe = smallestSafeRange(text, releases);
        const before = admitted(text, releases);
        if (safe === null) {
          // There is always something to move up to, unless the range is above all that is known.
          assert.ok(!before.some(({ vulnerable }) => vulnerable), text);
          return;
        }
        proposed += 1;
        assertSafe(safe, releases);
        const after = admitted(safe, releases);
        if (before.length > 0)
          assert.ok(semver.gte(after[0]!.version, before[0]!.version), `${text} -> ${safe}`);
        assert.equal(smallestSafeRange(safe, releases), safe, 'a safe range stays as it is');
      }),
      { numRuns: 250 },
    );
    assert.ok(proposed > 100, `only ${proposed} ranges were proposed`);
  });

  it('takes away no more than it must from a caret or a lower bound', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('^', '>='),
        fc.constantFrom(...releases.filter(({ version }) => semver.satisfies(version, '>=4'))),
        (operator, { version }) => {
          const safe = smallestSafeRange(operator + version, releases)!;
          const lowest = safe.slice(operator.length);
          assert.ok(safe.startsWith(operator), safe);
          // Any lower start in the same form would let a vulnerable version in.
          for (const each of admitted(operator + version, releases)) {
            if (semver.gte(each.version, lowest)) continue;
            assert.ok(
              admitted(operator + each.version, releases).some(({ vulnerable }) => vulnerable),
              `${operator}${each.version} would do for ${operator}${version}, not only ${safe}`,
            );
          }
        },
      ),
    );
  });

  it('is the smallest of all carets, tildes, bounds and exact versions that do, by trying every one', () => {
    const operators = ['^', '~', '>=', ''] as const;
    fc.assert(
      fc.property(
        fc.constantFrom(...operators),
        fc.constantFrom(...releases),
        (operator, { version: from }) => {
          const text = operator + from;
          const safe = smallestSafeRange(text, releases);
          const isSafe = (range: string) => {
            const inside = admitted(range, releases);
            return inside.every(({ vulnerable }) => !vulnerable) && inside.some((each) => each.maintained);
          };
          // Every range of the same form that starts no lower, from the lowest on: the first that will do is the smallest change.
          const sameForm = releases
            .filter(({ version }) => semver.gte(version, from))
            .filter(({ vulnerable }) => !vulnerable)
            .map(({ version }) => operator + version)
            .filter(isSafe);
          if (isSafe(text)) assert.equal(safe, text);
          else if (sameForm.length > 0) assert.equal(safe, sameForm[0], text);
          else assert.ok(safe === null || isSafe(safe), text);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('takes away the least of all changes of `x`, hyphen and `||` ranges that will do, by trying every one', () => {
    const published = expressVersions.filter((version) => semver.gte(version, '1.0.0'));
    const few = fc.subarray(published, { minLength: 4, maxLength: 12 });
    let repaired = 0;
    fc.assert(
      fc.property(
        few.chain((versions) =>
          fc.record({
            versions: fc.constant(versions),
            vulnerable: fc.subarray(versions),
            maintained: fc.subarray(versions, { minLength: 1 }),
            alternatives: fc.array(alternativeAround(versions), { minLength: 1, maxLength: 2 }),
          }),
        ),
        ({ versions, vulnerable, maintained, alternatives }) => {
          // Beside `*` semver drops the other alternatives, and with them the prereleases that they admit.
          fc.pre(alternatives.length === 1 || !alternatives.some(({ text }) => /^[*x]$/.test(text)));
          const some: Release[] = versions.map((version) => ({
            version,
            vulnerable: vulnerable.includes(version),
            maintained: maintained.includes(version) && !vulnerable.includes(version),
          }));
          const isSafe = (range: string) => {
            const inside = admitted(range, some);
            return inside.every((each) => !each.vulnerable) && inside.some((each) => each.maintained);
          };
          // Every alternative as it is, left out, or with its lower end at each version that it admits.
          const changes = alternatives.map(({ text, from }) => [
            text,
            null,
            ...admitted(text, some).map(({ version }) => from(version)),
          ]);
          const possible = changes
            .reduce<(string | null)[][]>(
              (all, next) => all.flatMap((begun) => next.map((each) => [...begun, each])),
              [[]],
            )
            .map((each) => each.filter((text) => text !== null).join(' || '))
            .filter((range) => range !== '' && isSafe(range));
          const text = alternatives.map((each) => each.text).join(' || ');
          const safe = smallestSafeRange(text, some);
          if (isSafe(text)) assert.equal(safe, text);
          if (possible.length === 0) {
            // It has to move up, if there is anything to move to.
            if (safe !== null) assert.ok(isSafe(safe), `${text} -> ${safe}`);
            return;
          }
          assert.ok(safe !== null && isSafe(safe), `${text} -> ${safe}`);
          const kept = new Set(admitted(safe, some).map(({ version }) => version));
          const before = new Set(admitted(text, some).map(({ version }) => version));
          for (const version of kept) assert.ok(before.has(version), `${text} -> ${safe} adds ${version}`);
          for (const range of possible)
            for (const { version } of admitted(range, some))
              assert.ok(kept.has(version), `${text} -> ${safe}, but ${range} keeps ${version}`);
          if (safe !== text) repaired += 1;
        },
      ),
      { numRuns: 1000 },
    );
    assert.ok(repaired > 100, `only ${repaired} ranges were repaired`);
  });

  it('keeps its promise whichever versions are vulnerable', () => {
    fc.assert(
      fc.property(rangeText, fc.array(fc.nat(99), { minLength: 5, maxLength: 5 }), (text, shares) => {
        fc.pre(semver.validRange(text, { loose: true }) !== null && text.length <= 256);
        const shuffled = releases.map(({ version }, index) => ({
          version,
          vulnerable: (index * 37 + shares[index % 5]!) % 100 < shares[0]!,
          maintained: maintained.includes(version),
        }));
        const usable = shuffled.map((each) => ({ ...each, maintained: each.maintained && !each.vulnerable }));
        const safe = smallestSafeRange(text, usable);
        if (safe !== null) assertSafe(safe, usable);
      }),
      { numRuns: 80 },
    );
  });
});
