/** Declared ranges of every form: what they are, and that they admit exactly what semver says of all published Express versions. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import semver from 'semver';
import { expressVersions } from '../../src/data/express-releases.ts';
import {
  admitsEverything,
  admittedBy,
  classifyDeclaration,
  type DeclarationKind,
  parseRange,
} from '../../src/detect/declared-range.ts';
import { rangeText } from './range-arbitraries.ts';

describe('classifyDeclaration', () => {
  const kinds: Record<DeclarationKind, readonly string[]> = {
    range: [
      '',
      '*',
      'x',
      ' ^4.17.1 ',
      '~4.17',
      '4.17.1',
      '=v4.17.1',
      '>= 4.17.1 < 5',
      '4.17.1 - 4.19',
      '^3 || ^4',
      '5.0.0-beta.1',
      '4.x',
    ],
    tag: ['latest', 'next', 'latest-4', '__proto__', 'constructor'],
    git: [
      'git+ssh://git@github.com/expressjs/express.git#4.17.1',
      'git://example.com/express.git',
      'git@github.com:expressjs/express.git',
      'expressjs/express',
      'expressjs/express#semver:^4',
      'github:expressjs/express',
      'gitlab:a/b',
      'https://github.com/expressjs/express.git#main',
    ],
    url: ['https://example.com/express-4.17.1.tgz', 'http://example.com/express'],
    path: [
      'file:../express',
      'link:../express',
      './express',
      '../express',
      '~/express',
      'C:\\express',
      '/opt/express',
      'express-4.17.1.tgz',
    ],
    workspace: ['workspace:*', 'workspace:^4.0.0'],
    catalog: ['catalog:', 'catalog:web'],
    patch: ['patch:express@npm%3A4.17.1#./express.patch'],
    invalid: ['foo bar', '??', '$express', 'ftp://example.com/express', `${'4.17.1 || '.repeat(100)}4.17.1`],
  };
  for (const [kind, texts] of Object.entries(kinds)) {
    it(`knows ${kind}`, () => {
      for (const text of texts) assert.equal(classifyDeclaration(text).kind, kind, text);
    });
  }

  it('takes an alias apart so that it can be put together again', () => {
    for (const [text, alias, prefix, spec] of [
      ['npm:express@^4.17.1', 'express', 'npm:express@', '^4.17.1'],
      ['npm:express', 'express', 'npm:express@', '*'],
      ['npm:express@', 'express', 'npm:express@', '*'],
      ['npm:@scope/express@1', '@scope/express', 'npm:@scope/express@', '1'],
      ['npm:^4.17.1', null, 'npm:', '^4.17.1'],
    ] as const) {
      assert.deepEqual(classifyDeclaration(text), { kind: 'range', alias, prefix, spec }, text);
    }
  });

  it('answers any text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit: 'binary' }), rangeText), (text) => {
        const { kind, spec } = classifyDeclaration(text);
        assert.notEqual(spec, '');
        assert.equal(kind === 'range', parseRange(spec) !== null);
      }),
    );
  });
});

describe('admittedBy', () => {
  it('admits of all published versions what semver admits', () => {
    let admitting = 0;
    fc.assert(
      fc.property(rangeText, (text) => {
        const range = parseRange(text);
        assert.equal(range === null, semver.validRange(text, { loose: true }) === null, text);
        if (range === null) return;
        const admitted = admittedBy(range, expressVersions);
        assert.deepEqual(
          admitted,
          expressVersions.filter((version) => semver.satisfies(version, text, { loose: true })),
          text,
        );
        if (semver.validRange(text) !== null) {
          assert.equal(admitted.at(-1) ?? null, semver.maxSatisfying([...expressVersions], text), text);
        }
        if (admitted.length > 0) admitting += 1;
      }),
      { numRuns: 500 },
    );
    assert.ok(admitting > 100, `only ${admitting} of the ranges admitted anything`);
  });
});

describe('admitsEverything', () => {
  it('knows the ranges without any end', () => {
    for (const text of ['', '*', 'x', 'X.x.*', '>=0.0.0', '>=0', '* || ^4', '^4||']) {
      assert.equal(admitsEverything(parseRange(text)!), true, text);
    }
    for (const text of ['>=0.0.1', '>=4', '<6', '4.x', '0.x', '^4 || ^5', '4 - 5']) {
      assert.equal(admitsEverything(parseRange(text)!), false, text);
    }
  });

  it('says so only of ranges that admit every release', () => {
    fc.assert(
      fc.property(rangeText, fc.nat(99), fc.nat(99), fc.nat(99), (text, major, minor, patch) => {
        const range = parseRange(text);
        if (range === null || !admitsEverything(range)) return;
        assert.ok(range.test(`${major}.${minor}.${patch}`), text);
      }),
      { numRuns: 500 },
    );
  });
});
