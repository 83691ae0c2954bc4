/** Writing a waiver into a policy: whatever form that has, it says what it said, and the waiver. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { stringify } from 'yaml';
import { addWaiver, type WaiverEntry } from '../../src/collect/policy-edit.ts';
import { parsePolicy } from '../../src/collect/policy-text.ts';
import { InputError } from '../../src/model/input-error.ts';

const file = '.github/express-gate.yml';
const waiver: WaiverEntry = {
  rule: 'helmet-missing',
  advisory: null,
  path: 'src/app.js',
  package: null,
  reason: 'behind a proxy that sets them',
  expires: '2030-01-31',
};
const lines = (indent: string) =>
  [
    `${indent}- rule: helmet-missing`,
    `${indent}  path: src/app.js`,
    `${indent}  reason: behind a proxy that sets them`,
    `${indent}  expires: 2030-01-31`,
    '',
  ].join('\n');

/** Text before -> text after, in which nothing but lines is added. */
const forms: readonly (readonly [name: string, before: string, after: string])[] = [
  ['empty', '', `waivers:\n${lines('  ')}`],
  ['comments alone', '# ours\n', `# ours\nwaivers:\n${lines('  ')}`],
  ['no waivers', 'fail-on: low\n', `fail-on: low\nwaivers:\n${lines('  ')}`],
  ['no end of line', 'fail-on: low', `fail-on: low\nwaivers:\n${lines('  ')}`],
  [
    'comments behind',
    'rules:\n  csp-unsafe: off # why\n\n# the end\n',
    `rules:\n  csp-unsafe: off # why\n\n# the end\nwaivers:\n${lines('  ')}`,
  ],
  [
    'a list, indented by its own width',
    "# ours\nwaivers:   # see the wiki\n    -   rule: csp-unsafe\n        reason:  'x'  # odd\n        expires: 2030-01-01   # soon\n\nfail-on:   low\n",
    `# ours\nwaivers:   # see the wiki\n    -   rule: csp-unsafe\n        reason:  'x'  # odd\n        expires: 2030-01-01   # soon\n${lines('    ')}\nfail-on:   low\n`,
  ],
  [
    'a list that is not indented',
    'waivers:\n- {rule: csp-unsafe, reason: x, expires: 2030-01-01}\nfail-on: low\n',
    `waivers:\n- {rule: csp-unsafe, reason: x, expires: 2030-01-01}\n${lines('')}fail-on: low\n`,
  ],
  [
    'a reason of several lines',
    'waivers:\n  - rule: csp-unsafe\n    expires: 2030-01-01\n    reason: |\n      one\n      two\nfail-on: low\n',
    `waivers:\n  - rule: csp-unsafe\n    expires: 2030-01-01\n    reason: |\n      one\n      two\n${lines('  ')}fail-on: low\n`,
  ],
  ['an empty list', 'waivers: [] # none\nfail-on: low\n', `waivers: # none\n${lines('  ')}fail-on: low\n`],
  [
    'one list in brackets',
    'waivers: [{rule: csp-unsafe, reason: x, expires: 2030-01-01}] # ours\n',
    'waivers: [{rule: csp-unsafe, reason: x, expires: 2030-01-01}, { rule: "helmet-missing", path: "src/app.js", reason: "behind a proxy that sets them", expires: "2030-01-31" }] # ours\n',
  ],
];

for (const [name, before, after] of forms) {
  test(`nothing else changes: ${name}`, () => {
    assert.equal(addWaiver(before, waiver, file), after);
    const crlf = (text: string) => `\uFEFF${text.replaceAll('\n', '\r\n')}`;
    if (before.includes('\n')) assert.equal(addWaiver(crlf(before), waiver, file), crlf(after));
  });
}

test('a mapping in braces, or one that ends with a mark, is written anew with its comments', () => {
  for (const text of ['{fail-on: low} # ours\n', 'fail-on: low # ours\n...\n']) {
    const after = addWaiver(text, waiver, file);
    const policy = parsePolicy(after, file);
    assert.equal(policy.failOn, 'low');
    assert.equal(policy.waivers.length, 1);
    assert.match(after, /# ours/);
  }
});

test('a form to which nothing can be added is left alone, and the entry said', () => {
  const shared = 'waivers: &all []\n';
  const text = `rules: {}\n${shared}`;
  // An anchor is lost where its value is replaced, and that is no fault: nothing else may use it.
  assert.equal(parsePolicy(addWaiver(text, waiver, file), file).waivers.length, 1);
  assert.throws(() => addWaiver('fail-on: hihg\n', waiver, file), InputError);
});

test('any reason, path and policy: what is written says what was said, and the waiver', () => {
  const word = fc.string({ unit: 'binary', minLength: 1, maxLength: 20 }).map((text) =>
    text
      .replace(/[\s\p{Cc}\p{Cs}\uFEFF\uFFFE\uFFFF]+/gu, ' ')
      .trim()
      .concat('x'),
  );
  const text = fc.oneof(
    word,
    fc.constantFrom(
      '- a',
      'a: b',
      '# c',
      'null',
      '1.0',
      "it's",
      '"q"',
      '*a',
      '{}',
      '@x',
      'yes',
      '2030-01-01',
    ),
  );
  const old = fc.record(
    {
      'fail-on': fc.constantFrom('low', 'never'),
      exclude: fc.array(text, { maxLength: 3 }),
      waivers: fc.array(
        fc.record({ rule: fc.constant('csp-unsafe'), reason: text, expires: fc.constant('2030-01-01') }),
        { maxLength: 3 },
      ),
      require: fc.subarray(['code', 'files']),
    },
    { requiredKeys: [] },
  );
  const style = fc.record({
    indentSeq: fc.boolean(),
    indent: fc.constantFrom(2, 4),
    // `block` writes empty lists that yaml itself cannot read.
    collectionStyle: fc.constantFrom('any' as const, 'flow' as const),
  });
  fc.assert(
    fc.property(old, style, text, text, (value, options, reason, path) => {
      const before = stringify(value, options);
      const entry = { ...waiver, reason, path };
      const after = parsePolicy(addWaiver(before, entry, file), file);
      const { waivers, ...rest } = parsePolicy(before, file);
      const { line: _, ...last } = after.waivers.at(-1)!;
      assert.deepEqual(last, entry);
      assert.equal(after.waivers.length, waivers.length + 1);
      assert.deepEqual({ ...after, waivers: [] }, { ...rest, waivers: [] });
    }),
    { numRuns: 200 },
  );
});
