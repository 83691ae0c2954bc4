/** Versions of Node.js as people write them: the lines that they admit are those of which semver admits a version. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import semver from 'semver';
import { nodeLineState, nodeLines } from '../../../src/data/node-releases.ts';
import { readSpecifier } from '../../../src/detect/node-version/node-specifier.ts';

const today = '2026-11-24';

function linesOf(text: string, on = today): string[] | string {
  const meaning = readSpecifier(text, on);
  return meaning.kind === 'unknown' ? meaning.reason : meaning.lines.map(({ name }) => name);
}

/** Of each line the versions that generated ranges can tell apart. */
const samples = new Map(
  nodeLines.map(({ name }) => {
    const [major, minor] = name.split('.').map(Number) as [number, number?];
    const minors = minor === undefined ? [0, 1, 2, 3, 4, 99] : [minor];
    return [
      name,
      minors.flatMap((each) => [0, 1, 2, 3, 4, 99].map((patch) => `${major}.${each}.${patch}`)),
    ] as const;
  }),
);

const part = fc.nat(3).map(String);
const version = fc.oneof(
  fc.integer({ min: 4, max: 27 }).map(String),
  fc.tuple(fc.integer({ min: 4, max: 27 }), part).map((parts) => parts.join('.')),
  fc.tuple(fc.integer({ min: 4, max: 27 }), part, part).map((parts) => parts.join('.')),
  fc.integer({ min: 4, max: 27 }).map((major) => `${major}.x`),
  fc.constantFrom('0.8', '0.10', '0.10.x', '0.12.3', '*'),
);
const simple = fc
  .tuple(fc.constantFrom('', '^', '~', '>=', '>', '<', '<=', '=', 'v'), version)
  .map(([operator, text]) => (text === '*' ? '*' : operator + text));
const alternative = fc.oneof(
  simple,
  fc.tuple(version, version).map(([from, to]) => `${from} - ${to}`),
  fc.tuple(simple, simple).map((both) => both.join(' ')),
);
const rangeText = fc.array(alternative, { minLength: 1, maxLength: 3 }).map((all) => all.join(' || '));

describe('readSpecifier', () => {
  it('admits a line where semver admits a version of it', () => {
    fc.assert(
      fc.property(rangeText, (text) => {
        const meaning = readSpecifier(text, today);
        if (meaning.kind === 'unknown') {
          assert.equal(semver.validRange(text, { loose: true }), null, text);
          return;
        }
        const admitted = nodeLines.filter(({ name }) =>
          samples.get(name)!.some((one) => semver.satisfies(one, text, { loose: true })),
        );
        assert.deepEqual(
          meaning.lines.map(({ name }) => name),
          admitted.map(({ name }) => name),
          text,
        );
        const newer = ['28.0.0', '28.1.0', '99.0.0'].some((one) =>
          semver.satisfies(one, text, { loose: true }),
        );
        assert.equal(meaning.newer, newer, text);
      }),
      { numRuns: 2000 },
    );
  });

  it('answers any text', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 400 }), (text) => {
        assert.match(readSpecifier(text, today).kind, /^(?:lines|unknown)$/);
      }),
    );
  });

  it('reads versions, ranges and names', () => {
    assert.deepEqual(linesOf('v16.20.2'), ['16']);
    assert.deepEqual(linesOf(' 18 '), ['18']);
    assert.deepEqual(linesOf('0.12'), ['0.12']);
    assert.deepEqual(linesOf('lts/*'), ['26']);
    assert.deepEqual(linesOf('lts/-1'), ['24']);
    assert.deepEqual(linesOf('lts/Hydrogen'), ['18']);
    assert.deepEqual(linesOf('lts-iron'), ['20']);
    assert.deepEqual(linesOf('latest'), ['26']);
    assert.deepEqual(linesOf('prefix:20'), ['20']);
    assert.deepEqual(linesOf('iojs-3.3.1'), []);
    assert.match(linesOf('lts/unobtainium') as string, /"lts\/unobtainium"/);
    assert.match(linesOf('system') as string, /"system"/);
    assert.match(linesOf('') as string, /no version/);
  });

  it('takes names as of the day', () => {
    assert.deepEqual(linesOf('lts/*', '2026-10-27'), ['24']);
    assert.deepEqual(linesOf('node', '2026-05-04'), ['25']);
    assert.match(linesOf('lts/krypton', '2025-01-01') as string, /not known/);
  });
});

describe('nodeLineState', () => {
  const line = nodeLines.find(({ name }) => name === '22')!;
  it('counts the last day, and warns sixty days before', () => {
    assert.equal(nodeLineState(line, '2027-02-28'), 'supported');
    assert.equal(nodeLineState(line, '2027-03-01'), 'ending');
    assert.equal(nodeLineState(line, '2027-04-30'), 'ending');
    assert.equal(nodeLineState(line, '2027-05-01'), 'unsupported');
  });
});
