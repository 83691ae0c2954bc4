/** Compares ranges made of OSV events with the evaluation that the schema prescribes, version by version. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import semver from 'semver';
import { readOsvRange } from '../../src/collect/osv-range.ts';

interface Event {
  readonly introduced?: string;
  readonly fixed?: string;
  readonly last_affected?: string;
  readonly limit?: string;
}

/** https://ossf.github.io/osv-schema/#evaluation, as it stands there. */
function isVulnerable(version: string, ranges: readonly (readonly Event[])[], versions: readonly string[]) {
  const at = (written: string) => (written === '0' ? '0.0.0-0' : written);
  return (
    versions.includes(version) ||
    ranges.some((events) => {
      const limits = events.flatMap(({ limit }) => limit ?? []);
      if (limits.length > 0 && !limits.some((limit) => limit === '*' || semver.lt(version, limit)))
        return false;
      const timed = events.flatMap((event) => {
        const when = event.introduced ?? event.fixed ?? event.last_affected;
        return when === undefined ? [] : [{ ...event, when: at(when) }];
      });
      let vulnerable = false;
      for (const event of timed.sort((a, b) => semver.compare(a.when, b.when))) {
        if (event.introduced !== undefined && semver.gte(version, event.when)) vulnerable = true;
        else if (event.fixed !== undefined && semver.gte(version, event.when)) vulnerable = false;
        else if (event.last_affected !== undefined && semver.gt(version, event.when)) vulnerable = false;
      }
      return vulnerable;
    })
  );
}

const number = fc.integer({ min: 0, max: 3 });
const version = fc
  .tuple(number, number, number, fc.constantFrom('', '', '-beta.1'))
  .map(([major, minor, patch, pre]) => `${major}.${minor}.${patch}${pre}`);
const events = fc
  .array(
    fc.oneof(
      fc.record({ introduced: fc.oneof(version, fc.constant('0')) }),
      // A record holds `fixed` or `last_affected`, not both.
      fc.record({ fixed: version }),
      fc.record({ limit: fc.oneof(version, fc.constant('*')) }),
    ),
    { maxLength: 6 },
  )
  .chain((list) =>
    fc
      .boolean()
      .map((last): Event[] =>
        last
          ? list.map((event): Event => ('fixed' in event ? { last_affected: event.fixed as string } : event))
          : list,
      ),
  );

test('a range holds the versions that the evaluation of the schema calls vulnerable', () => {
  fc.assert(
    fc.property(
      fc.array(events, { maxLength: 3 }),
      fc.array(version, { maxLength: 3 }),
      fc.array(version, { minLength: 1, maxLength: 12 }),
      (ranges, versions, asked) => {
        const range = readOsvRange({
          ranges: ranges.map((each) => ({ type: 'SEMVER', events: each })),
          versions,
        });
        for (const each of asked) {
          const held =
            range !== null && semver.satisfies(each, range, { loose: true, includePrerelease: true });
          assert.equal(held, isVulnerable(each, ranges, versions), `${each} in ${range}`);
        }
      },
    ),
    { numRuns: 2_000 },
  );
});

test('what is no range, or one of commits, is none', () => {
  assert.equal(readOsvRange({}), null);
  assert.equal(readOsvRange({ ranges: 'x', versions: {} }), null);
  assert.equal(
    readOsvRange({ ranges: [{ type: 'GIT', events: [{ introduced: '0' }, { fixed: 'abc' }] }] }),
    null,
  );
  assert.equal(readOsvRange({ ranges: [{ type: 'SEMVER', events: [null, 1, { introduced: 7 }] }] }), null);
  assert.equal(readOsvRange({ ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }] }] }), '*');
  assert.equal(readOsvRange({ versions: ['1.0.0', 'nonsense', '1.0.0'] }), '1.0.0');
});
