/** The parts of `npm run refresh-data` that read ranges, vectors and texts of others. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import semver from 'semver';
import { readRanges } from '../scripts/refresh-data/advisory-ranges.ts';
import { isoDay, plainLine } from '../scripts/refresh-data/plain-text.ts';
import { cvssScore } from '../src/collect/cvss-score.ts';
import data from '../src/data/advisories.json' with { type: 'json' };
import ecosystem from '../src/data/ecosystem-packages.json' with { type: 'json' };
import { hostileTexts } from './report/hostile-texts.ts';

describe('ranges of the database', () => {
  it('become those of npm, lowest first', () => {
    const cases: readonly (readonly [readonly string[], string | null])[] = [
      [['>= 5.0.0, < 5.2.0', '< 4.22.0'], '<4.22.0 || >=5.0.0 <5.2.0'],
      [['= 1.2.3'], '1.2.3'],
      [['>= 0'], '*'],
      [['>= 0, < 2'], '<2.0.0'],
      [['> 1.0, <= 1.5'], '>1.0.0 <=1.5.0'],
      [['>= 5.0.0-alpha.1, < 5.0.0-beta.3'], '>=5.0.0-alpha.1 <5.0.0-beta.3'],
      [['< 1.0.0', '< 1.0.0'], '<1.0.0'],
      [['< 1.0.0', '>= 0.0.0'], '*'],
      [[], null],
      [[''], null],
      [['*'], null],
      [['^1.0.0'], null],
      [['>= 1.0.0, >= 2.0.0'], null],
      [['>= 2.0.0, < 1.0.0'], null],
      [['= 1.0.0, < 2.0.0'], null],
      [['< 1.0.0 || > 2.0.0'], null],
      [['< v1.0.0'], null],
      [['< 1.0.0+build'], null],
      [['< 01.0.0'], null],
      [['< 1.0.0', 'all'], null],
      [[`< ${'1.'.repeat(5_000)}0`], null],
    ];
    for (const [ranges, expected] of cases)
      assert.equal(readRanges(ranges), expected, ranges.join('; ').slice(0, 80));
  });

  it('property: hold just the versions that the database means', () => {
    const version = fc
      .tuple(fc.nat(3), fc.nat(3), fc.nat(3), fc.constantFrom('', '', '-alpha.1', '-rc.2'))
      .map(([major, minor, patch, pre]) => `${major}.${minor}.${patch}${pre}`);
    const comparators = fc.oneof(
      fc.tuple(fc.constantFrom('<', '<=', '>', '>=', '='), version).map((one) => [one]),
      fc
        .tuple(fc.constantFrom('>', '>='), version, fc.constantFrom('<', '<='), version)
        .map(([a, b, c, d]) => [[a, b] as const, [c, d] as const]),
    );
    fc.assert(
      fc.property(fc.array(comparators, { minLength: 1, maxLength: 4 }), version, (ranges, asked) => {
        const read = readRanges(ranges.map((range) => range.map((each) => each.join(' ')).join(', ')));
        if (read === null) return;
        const holds = ranges.some((range) =>
          range.every(([operator, bound]) => semver.cmp(asked, operator as semver.Operator, bound)),
        );
        assert.equal(semver.satisfies(asked, read, { includePrerelease: true }), holds, read);
      }),
      { numRuns: 2_000 },
    );
  });

  it('property: no text breaks the reader', () => {
    fc.assert(
      fc.property(fc.array(hostileTexts, { maxLength: 3 }), (ranges) => {
        const read = readRanges(ranges);
        assert.ok(read === null || semver.validRange(read) !== null);
      }),
    );
  });
});

describe('CVSS', () => {
  it('scores are those that FIRST, NVD and GitHub publish', () => {
    const published: readonly (readonly [string, number])[] = [
      ['CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H', 9.8],
      ['CVSS:3.1/AV:N/AC:L/PR:N/UI:R/S:C/C:L/I:L/A:N', 6.1],
      ['CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H', 7.5],
      ['CVSS:3.0/AV:N/AC:L/PR:N/UI:N/S:U/C:L/I:N/A:N', 5.3],
      ['CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:N', 0],
      // The base score, whatever temporal metrics say.
      ['CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/E:U/RL:O/RC:C', 9.8],
      ['CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:N/VI:N/VA:H/SC:N/SI:N/SA:N', 8.7],
      ['CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:N/VI:L/VA:N/SC:N/SI:N/SA:N/E:U', 2.7],
    ];
    for (const [vector, score] of published) assert.equal(cvssScore(vector), score, vector);
  });

  it('vectors that are none have no score', () => {
    const whole = 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H';
    for (const vector of [
      '',
      'AV:N/AC:L/Au:N/C:P/I:P/A:P',
      'CVSS:2.0/AV:N/AC:L/Au:N/C:P/I:P/A:P',
      'CVSS:3.1/',
      whole.slice(0, -4),
      `${whole}/AV:L`,
      `${whole}/__proto__:x`,
      `${whole}/XX:Y`,
      `${whole}/`,
      ` ${whole}`,
      whole.replace('AV:N', 'AV:Z'),
      whole.replace('3.1', '4.0'),
      `${whole}${'/E:U'.repeat(100_000)}`,
    ])
      assert.equal(cvssScore(vector), null, vector.slice(0, 80));
    fc.assert(fc.property(hostileTexts, (text) => assert.equal(cvssScore(`CVSS:3.1/${text}`), null)));
  });

  it('scores stand in the embedded records as their vectors have it', () => {
    for (const { id, cvss, score } of data.advisories)
      assert.equal(score, cvss === null ? null : cvssScore(cvss), id);
    assert.ok(data.advisories.filter(({ score }) => score !== null).length > 80);
  });
});

describe('texts of services', () => {
  it('become one line without unseen characters', () => {
    assert.equal(plainLine('  a\u202eb\r\n::error::c\u0000 ', 100), 'a b ::error::c');
    assert.equal(plainLine('x'.repeat(1_000_000), 10), `${'x'.repeat(9)}…`);
    for (const nothing of ['', ' \n', '\u200b', null, undefined, 7, ['a'], { length: 1 }])
      assert.equal(plainLine(nothing, 10), null);
    fc.assert(
      fc.property(hostileTexts, (text) => {
        const line = plainLine(text, 30);
        assert.ok(line === null || (line.length <= 30 && !/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u.test(line)));
      }),
    );
  });

  it('give days of the calendar only', () => {
    assert.equal(isoDay('2026-11-24'), '2026-11-24');
    assert.equal(isoDay('2026-11-24T23:59:59Z'), '2026-11-24');
    for (const none of [
      '2026-02-30',
      '2026-13-01',
      '24.11.2026',
      '2026-11-24T99:00:00Z',
      '2026-11-24 ',
      '',
      20261124,
      null,
      ['2026-11-24'],
    ])
      assert.equal(isoDay(none), null, String(none));
  });
});

describe('the packages of the ecosystem', () => {
  it('are valid names, sorted, each once, and hold all that has a record', () => {
    const { packages } = ecosystem;
    assert.deepEqual(packages, [...new Set(packages)].sort());
    for (const name of packages) assert.match(name, /^(?:@[a-z0-9-]+\/)?[a-z0-9][a-z0-9._-]*$/);
    for (const record of data.advisories) assert.ok(packages.includes(record.package), record.package);
  });
});
