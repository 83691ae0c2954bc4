/** Holds every rule to its fixtures: what they expect is found, and nothing else. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { detect } from '../src/detect/detect.ts';
import { rules } from '../src/detect/rule-list.ts';
import type { Location } from '../src/model/location.ts';
import { ruleIds as catalogue } from '../src/model/rule-ids.ts';
import { compare, type Expectation, type Found, readExpectations, readTable } from './rules/expectations.ts';
import { readFixture } from './rules/fixture.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), 'rules');
const ruleIds: ReadonlySet<string> = new Set(catalogue);
const today = '2026-11-24';

function place({ ruleId, location }: { ruleId: string; location: Location }): Found {
  return { ruleId, file: location.file, line: location.line };
}

function casesOf(id: string): string[] {
  const directory = join(root, id);
  return existsSync(directory) ? readdirSync(directory).sort() : [];
}

for (const { id, level } of rules) {
  describe(id, () => {
    const cases = casesOf(id);
    const seen = new Set<string>();
    for (const name of cases) {
      it(name, async () => {
        const { snapshots, expectations } = await readFixture(join(root, id, name), today, ruleIds);
        const own = expectations.filter(({ ruleId }) => ruleId === id);
        assert.ok(own.length > 0, 'it expects nothing of its rule');
        for (const { word } of own) seen.add(word);
        for (const [kind, snapshot] of snapshots) {
          const { findings, undecided } = detect(snapshot, { environment: new Map(), today });
          assert.deepEqual(compare(id, expectations, findings.map(place), undecided.map(place)), [], kind);
        }
      });
    }
    it('has hits and near misses', () => {
      // The rules on versions have tests of their own in test/detect.
      const least = level === 'session' ? 12 : level === 'express' || level === 'advisory' ? 2 : 8;
      assert.ok(cases.length >= least, `${cases.length} of at least ${least} fixtures`);
      assert.ok(seen.has('expect'), 'no hit');
      assert.ok(seen.has('expect-none'), 'no near miss');
    });
  });
}

it('every folder of fixtures is a rule’s', () => {
  const folders = readdirSync(root, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const built = new Set(rules.map(({ id }) => id));
  assert.deepEqual(
    folders.map(({ name }) => name).filter((name) => !built.has(name)),
    [],
  );
});

describe('the reader of expectations', () => {
  const ids = new Set(['helmet-missing', 'session-default-name']);
  const read = (text: string) => readExpectations('a.js', text, ids);

  it('takes the next line that is no expectation', () => {
    assert.deepEqual(
      read(
        '// expect: helmet-missing\n  // expect-none: session-default-name\nconst app = express();\n# todo-expect: helmet-missing\r\nx:\n',
      ),
      [
        { word: 'expect', ruleId: 'helmet-missing', file: 'a.js', line: 3 },
        { word: 'expect-none', ruleId: 'session-default-name', file: 'a.js', line: 3 },
        { word: 'todo-expect', ruleId: 'helmet-missing', file: 'a.js', line: 5 },
      ],
    );
    assert.deepEqual(
      read('// What one would expect of it.\nlet a; // ok: yes\n// see: https://helmet.example\n'),
      [],
    );
  });

  it('refuses unknown words and rules', () => {
    for (const word of ['expects', 'expected', 'expect-non', 'Expect', 'todo', 'undecided', 'none'])
      assert.throws(() => read(`// ${word}: helmet-missing\nx`), /a\.js:1: unknown word/, word);
    assert.throws(() => read('\n// expect: helmet-mising\nx'), /a\.js:2: unknown rule `helmet-mising`/);
  });

  it('refuses what it would otherwise pass over', () => {
    for (const text of [
      '// expect: helmet-missing, session-default-name\nx',
      '// expect: helmet-missing (see above)\nx',
      '// expect:\nx',
      'const app = express(); // expect: helmet-missing\nx',
      '/* expect: helmet-missing */\nx',
      '<!-- expect: helmet-missing -->\nx',
    ])
      assert.throws(() => read(text), /a\.js:1: an expectation is/, text);
    for (const text of [
      'x\n// expect: helmet-missing',
      'x\n// expect: helmet-missing\n',
      'x\n// expect: helmet-missing\n\ny',
    ])
      assert.throws(() => read(text), /a\.js:2: there is no line below/, text);
  });

  it('reads tables', () => {
    const files = new Map([['package.json', '{\n}\n']]);
    const table = (text: string) => readTable(text, files, ids);
    assert.deepEqual(
      table(
        'package.json:1 helmet-missing\nnone package.json:2 helmet-missing\n\nnone session-default-name\n',
      ),
      [
        { word: 'expect', ruleId: 'helmet-missing', file: 'package.json', line: 1 },
        { word: 'expect-none', ruleId: 'helmet-missing', file: 'package.json', line: 2 },
        { word: 'expect-none', ruleId: 'session-default-name', file: null, line: null },
      ],
    );
    for (const [text, complaint] of [
      ['package.json:1 helmet-mising', /expect\.txt:1: unknown rule/],
      ['package.json:9 helmet-missing', /package\.json has no line 9/],
      ['packages.json:1 helmet-missing', /packages\.json has no line 1/],
      ['helmet-missing', /cannot be read/],
      ['never package.json:1 helmet-missing', /cannot be read/],
      ['package.json helmet-missing', /cannot be read/],
    ] as const)
      assert.throws(() => table(text), complaint, text);
  });
});

describe('the comparison with a fixture', () => {
  const found: Found = { ruleId: 'helmet-missing', file: 'a.js', line: 2 };
  const at = (word: Expectation['word'], line = 2, ruleId = 'helmet-missing'): Expectation => ({
    ...found,
    word,
    ruleId,
    line,
  });
  const tell = (expectations: Expectation[], findings: Found[], undecided: Found[] = []) =>
    compare('helmet-missing', expectations, findings, undecided);

  it('is content where all is as expected', () => {
    assert.deepEqual(tell([at('expect')], [found]), []);
    assert.deepEqual(tell([at('expect-undecided')], [], [found]), []);
    assert.deepEqual(tell([at('expect-none'), at('expect', 3)], [{ ...found, line: 3 }]), []);
    assert.deepEqual(tell([at('todo-expect')], []), []);
    assert.deepEqual(tell([at('todo-expect')], [], [found]), []);
  });

  it('tells what is missing', () => {
    assert.deepEqual(tell([at('expect')], []), ['a.js:2: helmet-missing is not found']);
    assert.deepEqual(tell([at('expect-undecided')], []), ['a.js:2: helmet-missing is not undecided']);
    assert.equal(tell([at('expect')], [], [found]).length, 2);
    assert.equal(tell([at('expect-undecided')], [found]).length, 2);
    assert.equal(tell([at('expect', 2, 'session-default-name')], [{ ...found, ruleId: 'other' }]).length, 1);
    assert.equal(tell([at('expect'), at('expect')], [found]).length, 1);
  });

  it('tells what is unexpected', () => {
    assert.deepEqual(tell([], [found]), ['a.js:2: helmet-missing is found, and not expected']);
    assert.deepEqual(tell([], [], [found]), ['a.js:2: helmet-missing is undecided, and not expected']);
    assert.deepEqual(tell([at('expect-none')], [found]), [
      'a.js:2: helmet-missing is found, and should not be',
    ]);
    assert.deepEqual(tell([at('expect-none')], [], [found]), [
      'a.js:2: helmet-missing is undecided, and should not be',
    ]);
    assert.equal(tell([{ ...at('expect-none'), file: null, line: null }], [found]).length, 1);
    assert.equal(tell([at('expect')], [found, found]).length, 1);
    assert.equal(tell([at('expect')], [{ ...found, file: 'b.js' }]).length, 2);
  });

  it('passes over other rules unless the fixture speaks of them', () => {
    const other: Found = { ...found, ruleId: 'session-default-name' };
    assert.deepEqual(tell([at('expect')], [found, other], [other]), []);
    assert.equal(tell([at('expect-none', 2, 'session-default-name')], [other]).length, 1);
  });

  it('tells what is no longer missed', () => {
    assert.deepEqual(tell([at('todo-expect')], [found]), [
      'a.js:2: helmet-missing is found now: make it `expect`',
    ]);
  });
});
