/** Holds every rule to its fixtures: what they expect is found, and nothing else. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { collectSnapshot } from '../src/collect/collect.ts';
import { detect } from '../src/detect/detect.ts';
import { rules } from '../src/detect/rule-list.ts';
import { emptyPolicy } from '../src/model/policy.ts';
import { ruleIds as catalogue } from '../src/model/rule-ids.ts';
import type { Snapshot } from '../src/model/snapshot.ts';
import { type Expectation, readExpectations, readFixture, snapshotOf } from './rules/fixture.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), 'rules');
const ruleIds: ReadonlySet<string> = new Set(catalogue);
const today = '2026-11-24';

interface Found {
  readonly ruleId: string;
  readonly file: string;
  readonly line: number;
}

/** What does not fit, in words; empty where all does. `own` is the rule of the fixture: of it nothing unexpected may be found. */
function compare(
  own: string,
  expectations: readonly Expectation[],
  findings: readonly Found[],
  undecided: readonly Found[],
): string[] {
  const wrong: string[] = [];
  const at = (list: readonly Found[], { ruleId, file, line }: Expectation) =>
    list.some((one) => one.ruleId === ruleId && one.file === file && one.line === line);
  for (const one of expectations) {
    const place = `${one.file}:${one.line}: ${one.ruleId}`;
    if (one.word === 'expect' && !at(findings, one)) wrong.push(`${place} is not found`);
    if (one.word === 'expect-none' && (at(findings, one) || at(undecided, one)))
      wrong.push(`${place} should not be found`);
    if (one.word === 'expect-undecided' && !at(undecided, one)) wrong.push(`${place} is not undecided`);
    if (one.word === 'todo-expect' && at(findings, one))
      wrong.push(`${place} is found now: make it \`expect\``);
  }
  const expected = (found: Found, word: string) =>
    expectations.some(
      (one) =>
        one.word === word &&
        one.ruleId === found.ruleId &&
        one.file === found.file &&
        one.line === found.line,
    );
  for (const found of findings) {
    if (found.ruleId === own && !expected(found, 'expect'))
      wrong.push(`${found.file}:${found.line}: ${found.ruleId} is found, and not expected`);
  }
  for (const found of undecided) {
    if (found.ruleId === own && !expected(found, 'expect-undecided'))
      wrong.push(`${found.file}:${found.line}: ${found.ruleId} is undecided, and not expected`);
  }
  return wrong;
}

async function readCase(path: string): Promise<{ snapshot: Snapshot; expectations: Expectation[] }> {
  if (statSync(path).isFile()) {
    const text = readFileSync(path, 'utf8');
    const name = `app${path.slice(path.lastIndexOf('.'))}`;
    return {
      snapshot: snapshotOf(new Map([[name, text]]), name),
      expectations: readExpectations(name, text, ruleIds),
    };
  }
  const files = readFixture(path);
  const expectations = [...files].flatMap(([file, text]) =>
    file === 'expect.txt' ? readTable(text) : readExpectations(file, text, ruleIds),
  );
  if (!files.has('package.json')) return { snapshot: snapshotOf(files, null), expectations };
  const request = {
    directory: path,
    policyFile: null,
    scope: null,
    failOn: null,
    audit: 'off',
    registry: null,
    omit: [],
    today,
  } as const;
  return { snapshot: await collectSnapshot(request, emptyPolicy), expectations };
}

/** `package.json:3 rule-id`, for files that take no comments. */
function readTable(text: string): Expectation[] {
  return text.split('\n').flatMap((row, index): Expectation[] => {
    if (row.trim() === '') return [];
    const match = /^(?:(none|undecided) )?(\S+):(\d+) (\S+)$/.exec(row);
    if (match === null || !ruleIds.has(match[4]!)) throw new Error(`expect.txt:${index + 1}: cannot be read`);
    return [
      {
        word: match[1] === undefined ? 'expect' : match[1] === 'none' ? 'expect-none' : 'expect-undecided',
        file: match[2]!,
        line: Number(match[3]),
        ruleId: match[4]!,
      },
    ];
  });
}

// The rules on versions judge manifests and lockfiles: test/detect tries them.
const ofCode = rules.filter(({ level }) => level === 'session' || level === 'app' || level === 'program');

for (const { id } of ofCode) {
  describe(id, () => {
    const directory = join(root, id);
    const cases = existsSync(directory) ? readdirSync(directory).sort() : [];
    it('has fixtures', () => assert.ok(cases.length > 0));
    for (const name of cases) {
      it(name, async () => {
        const { snapshot, expectations } = await readCase(join(directory, name));
        assert.ok(
          expectations.some(({ ruleId }) => ruleId === id),
          'it expects nothing of its rule',
        );
        const { findings, undecided } = detect(snapshot, { environment: new Map(), today });
        const place = ({
          ruleId,
          location,
        }: {
          ruleId: string;
          location: { file: string; line: number };
        }): Found => ({ ruleId, file: location.file, line: location.line });
        assert.deepEqual(compare(id, expectations, findings.map(place), undecided.map(place)), []);
      });
    }
  });
}

describe('the reader of fixtures', () => {
  const ids = new Set(['helmet-missing']);
  it('takes the next line that is no expectation', () => {
    const [one, two] = readExpectations(
      'a.js',
      '// expect: helmet-missing\n  // expect-none: helmet-missing\nconst app = express();\n',
      ids,
    );
    assert.deepEqual([one?.line, two?.line], [3, 3]);
  });
  it('refuses unknown words and rules', () => {
    assert.throws(() => readExpectations('a.js', '// expects: helmet-missing', ids), /a\.js:1: unknown word/);
    assert.throws(() => readExpectations('a.js', '\n// expect: helmet-mising', ids), /a\.js:2: unknown rule/);
  });
  it('tells what is missing, what is unexpected and what is no longer missed', () => {
    const found = { ruleId: 'helmet-missing', file: 'a.js', line: 2 };
    const expectation = (word: Expectation['word'], line: number): Expectation => ({ ...found, word, line });
    assert.deepEqual(compare('helmet-missing', [expectation('expect', 2)], [found], []), []);
    assert.equal(compare('helmet-missing', [expectation('expect', 3)], [found], []).length, 2);
    assert.equal(compare('helmet-missing', [expectation('expect-none', 2)], [found], []).length, 2);
    assert.equal(
      compare('helmet-missing', [expectation('todo-expect', 2), expectation('expect', 2)], [found], [])
        .length,
      1,
    );
    assert.equal(compare('helmet-missing', [], [], [found]).length, 1);
    assert.equal(compare('helmet-missing', [expectation('expect-undecided', 2)], [], []).length, 1);
  });
});
