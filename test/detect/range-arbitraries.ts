/** Generates version ranges of every form that people write for Express, valid and not, around its published versions. */
import fc from 'fast-check';
import { expressVersions } from '../../src/data/express-releases.ts';

const published = fc.constantFrom(...expressVersions);

/** Published more often than not; also the neighbourhood, prereleases and builds. */
const version = fc.oneof(
  { weight: 4, arbitrary: published },
  {
    weight: 2,
    arbitrary: fc
      .tuple(fc.integer({ min: 0, max: 7 }), fc.nat(25), fc.nat(12))
      .map((parts) => parts.join('.')),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(published, fc.constantFrom('-rc1', '-alpha.3', '-beta.2', '-0', '+build.5'))
      .map(([base, suffix]) => base.split('-')[0] + suffix),
  },
);

const partial = fc.oneof(
  version,
  fc.integer({ min: 0, max: 6 }).map(String),
  fc.tuple(fc.integer({ min: 0, max: 6 }), fc.nat(23)).map((parts) => parts.join('.')),
  fc
    .tuple(fc.integer({ min: 0, max: 6 }), fc.oneof(fc.nat(23).map(String), fc.constantFrom('x', 'X', '*')))
    .map(([major, minor]) => `${major}.${minor}.x`),
  fc.constantFrom('*', 'x', 'X', '4.x', '5.*'),
);

const space = fc.constantFrom('', '', '', ' ', '  ');

const comparator = fc
  .tuple(fc.constantFrom('', '^', '~', '~>', '>=', '>', '<', '<=', '=', 'v', '=v'), space, partial)
  .map((parts) => parts.join(''));

const alternative = fc.oneof(
  { weight: 5, arbitrary: comparator },
  { weight: 2, arbitrary: fc.tuple(partial, partial).map(([from, to]) => `${from} - ${to}`) },
  {
    weight: 3,
    arbitrary: fc
      .tuple(fc.constantFrom('>=', '>'), partial, fc.constantFrom('<', '<='), partial)
      .map(([lower, from, upper, to]) => `${lower}${from} ${upper}${to}`),
  },
  { weight: 1, arbitrary: fc.tuple(comparator, comparator).map(([a, b]) => `${a} ${b}`) },
);

const invalid = fc.oneof(
  fc.constantFrom(
    'latest',
    '4.17.1.2',
    '^^4',
    '>= ',
    '4 -',
    'foo bar',
    '99999999999999999999.0.0',
    '^4.17.1 ||| ^5',
  ),
  fc.string(),
);

/** A range: `^`, `~`, `x`, exact, bounds, hyphen, alternatives, prereleases, with spaces, and some that are none. */
export const rangeText = fc.oneof(
  {
    weight: 12,
    arbitrary: fc
      .tuple(
        space,
        fc.array(alternative, { minLength: 1, maxLength: 3 }),
        fc.constantFrom('||', ' || ', ' ||'),
        space,
      )
      .map(([before, alternatives, or, after]) => before + alternatives.join(or) + after),
  },
  { weight: 1, arbitrary: invalid },
);
