/** Reading a policy's YAML, and naming every fault in it by its place. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { stringify } from 'yaml';
import { isIsoDay, policySchema } from '../../src/collect/policy-schema.ts';
import { parsePolicy } from '../../src/collect/policy-text.ts';
import { InputError } from '../../src/model/input-error.ts';
import { emptyPolicy } from '../../src/model/policy.ts';

const file = '.express-gate.yml';
const parse = (text: string) => parsePolicy(text, file);

/** The lines of the error, without the file's name. */
function faults(text: string): string[] {
  try {
    parse(text);
  } catch (error) {
    assert.ok(error instanceof InputError, String(error));
    return error
      .describe()
      .split('\n')
      .map((line) => line.replace(`${file}:`, ''));
  }
  return [];
}

test('every key of the contract that can be used', () => {
  const policy = parse(`# ours
fail-on: moderate
scope: all
rules:
  helmet-missing: off
  session-memory-store: critical
exclude:
  - legacy/**
  - "!legacy/api/**"
environment:
  NODE_ENV: production
  PORT: 0x1F
  RATIO: 1.0
  TRUST_PROXY: true
  EMPTY: ''
  __proto__: kept
require: [npm-audit, code]
waivers:
  - rule: x-powered-by-enabled
    path: src/**
    reason: " behind a proxy that strips it "
    expires: 2027-01-31

  - {advisory: GHSA-aaaa-bbbb-cccc, package: qs, reason: not reachable, expires: "2026-12-01"}
`);
  assert.deepEqual(policy, {
    file,
    failOn: 'moderate',
    scope: 'all',
    rules: new Map([
      ['helmet-missing', 'off'],
      ['session-memory-store', 'critical'],
    ]),
    exclude: ['legacy/**', '!legacy/api/**'],
    environment: new Map([
      ['NODE_ENV', 'production'],
      ['PORT', '0x1F'],
      ['RATIO', '1.0'],
      ['TRUST_PROXY', 'true'],
      ['EMPTY', ''],
      ['__proto__', 'kept'],
    ]),
    require: ['npm-audit', 'code'],
    waivers: [
      {
        rule: 'x-powered-by-enabled',
        advisory: null,
        path: 'src/**',
        package: null,
        reason: 'behind a proxy that strips it',
        expires: '2027-01-31',
        line: 19,
      },
      {
        rule: null,
        advisory: 'GHSA-aaaa-bbbb-cccc',
        path: null,
        package: 'qs',
        reason: 'not reachable',
        expires: '2026-12-01',
        line: 24,
      },
    ],
  });
});

test('an empty policy is none', () => {
  for (const text of ['', '\n', '# only a comment\n', '---\n', 'null\n', '~']) {
    assert.deepEqual(parse(text), { ...emptyPolicy, file });
  }
});

test('unknown keys, rules and words name the nearest known one, all faults together in the order of the file', () => {
  assert.deepEqual(
    faults(`fail-onn: high
rules:
  session-cookie-notsecure: off
  helmet-missing: hihg
scope: nw
exclude: src
require:
  - npm-audti
`),
    [
      '1:1: a policy has no key `fail-onn`. Did you mean `fail-on`? Its keys are fail-on, scope, rules, exclude, environment, require, waivers, extends, overridable, waivers-from',
      '3:3: there is no rule `session-cookie-notsecure`. Did you mean `session-cookie-not-secure`? `express-gate --list-rules` names them all',
      '4:19: the severity of `helmet-missing` must be off, low, moderate, high or critical, not `hihg`. Did you mean `high`?',
      '5:8: `scope` must be new or all, not `nw`. Did you mean `new`?',
      '6:10: `exclude` must be a list: write each entry on a line of its own, after `- `',
      '8:5: an entry of `require` must be npm-audit, snyk, express-version, code, files or base, not `npm-audti`. Did you mean `npm-audit`?',
    ],
  );
});

test('production is what is judged', () => {
  assert.deepEqual(faults('environment:\n  PORT: 3000\n  NODE_ENV: staging\n'), [
    '3:3: NODE_ENV is always production here: that is what express-gate judges. Take this line out',
  ]);
  assert.deepEqual(
    [...parse('environment: { NODE_ENV: production }\n').environment],
    [['NODE_ENV', 'production']],
  );
});

test('a waiver names one thing, its reason and its last day', () => {
  assert.deepEqual(
    faults(`waivers:
  - rule: helmet-missing
    advisory: GHSA-1
    reason: both
    expires: 2026-02-30
  - reason: "  "
    expires: 2026-12-31
  - rule: helmet-mising
  - 3
  - rule: helmet-missing
    reason: 5
    expires: tomorrow
    owner: me
`),
    [
      '2:5: a waiver waives one thing: keep `rule` or `advisory`, and write a second waiver for the other',
      '5:14: `expires` must be a day that the calendar has, written YYYY-MM-DD, not `2026-02-30`',
      '6:5: a waiver says what it waives: write `rule` or `advisory`',
      '6:13: `reason` must not be blank',
      '8:5: a waiver needs a `reason`: write why this is accepted',
      '8:5: a waiver needs `expires`: write the last day (YYYY-MM-DD) on which it holds',
      '8:11: there is no rule `helmet-mising`. Did you mean `helmet-missing`? `express-gate --list-rules` names them all',
      '9:5: a waiver must be a mapping of keys to values',
      '11:13: `reason` must be a text: put it in quotes',
      '12:14: `expires` must be a day that the calendar has, written YYYY-MM-DD, not `tomorrow`',
      '13:5: a waiver has no key `owner`. Its keys are rule, advisory, path, package, reason, expires',
    ],
  );
});

test('what a policy extends is a file of the repository or of one on GitHub', () => {
  for (const source of [
    'acme/policies:gate.yml@v1',
    'acme/policies:express/gate.yaml@feature/x',
    'strict.yml',
    './a/../strict.yml',
    '../../.github/strict.yml',
    'a@b.yml',
  ]) {
    assert.equal(parse(`extends: ${source}\n`).extends, source);
  }
  const wrong: [string, RegExp][] = [
    ['acme/policies:gate.yml', /without saying which revision/],
    ['/etc/passwd.yml', /must be a path from the scanned directory/],
    ['C:/policies/gate.yml', /must be a path from the scanned directory/],
    ['https://example.org/gate.yml', /must be a path from the scanned directory/],
    ['.git/config', /must name a file that ends in \.yml/],
    ['acme/policies:secrets.txt@v1', /must name a file that ends in \.yml/],
    ['acme/..:gate.yml@v1', /names no repository/],
    ['acme/policies:../other/gate.yml@v1', /by its path from the top of acme\/policies/],
    ['acme/policies:gate.yml@a..b', /names a revision that git cannot have/],
    ['acme/policies:gate.yml@-x', /names a revision that git cannot have/],
    [`${'a'.repeat(300)}.yml`, /at most 300 characters/],
  ];
  for (const [source, message] of wrong) {
    const [fault, ...others] = faults(`fail-on: high\nextends: ${source}\n`);
    assert.match(fault ?? '', /^2:1: /, source);
    assert.match(fault!, message);
    assert.deepEqual(others, []);
  }
  assert.deepEqual(faults('extends: "a\\u202eb.yml"\n'), [
    '1:1: `extends` must not have control characters in it',
  ]);
});

test('what may be left open is one of the keys', () => {
  assert.deepEqual(parse('overridable: [exclude, waivers]\n').overridable, ['exclude', 'waivers']);
  assert.match(faults('overridable: [waiver]\n')[0]!, /^1:15: .*Did you mean `waivers`/);
});

test('YAML that is broken is said so where it is', () => {
  assert.deepEqual(faults('fail-on: high\nfail-on: low\n'), [
    '2:1: this key is there twice: keep one of them',
  ]);
  assert.deepEqual(faults('rules:\n\thelmet-missing: off\n'), [
    '2:1: YAML is indented with spaces: replace the tab',
  ]);
  assert.deepEqual(faults('fail-on: high\n---\nfail-on: low\n'), [
    '2:1: a policy is one YAML document: take out the line `---`',
  ]);
  assert.match(faults('exclude: [a, b\n')[0]!, /^2:1: this is not valid YAML: /);
  assert.match(faults('rules: !!js/function "x"\n')[0]!, /^1:8: this is not valid YAML: Unresolved tag/);
  assert.match(faults('exclude: [*.js]\n')[0]!, /^1:11: this alias names no anchor above it/);
  assert.deepEqual(faults('- fail-on: high\n'), [
    '1:1: a policy is a mapping of keys to values, such as `fail-on: high`',
  ]);
  assert.deepEqual(faults('just words\n'), [
    '1:1: a policy is a mapping of keys to values, such as `fail-on: high`',
  ]);
});

test('anchors are followed, bombs are not', () => {
  assert.deepEqual(parse('exclude: &list [a]\nrules: {}\n').exclude, ['a']);
  assert.deepEqual(
    [...parse('environment: {A: &a x, B: *a}\n').environment],
    [
      ['A', 'x'],
      ['B', 'x'],
    ],
  );
  const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefgh'
    .split('')
    .map((name, index) => `${name}: &${name} [${Array(9).fill(`*${'abcdefg'[index]}`).join(',')}]`)
    .join('\n')}\n`;
  assert.match(faults(bomb)[0]!, /repeats itself through aliases without end/);
  assert.match(faults('['.repeat(200_000))[0]!, /nested too deeply/);
});

test('a message holds no character that a terminal obeys, and is not longer than a line of a report', () => {
  const said = faults(`"a\\u001b[31m\\u202e\\nb": 1\nscope: "${'x'.repeat(5000)}"\n`);
  assert.equal(said.length, 2);
  assert.match(said[0]!, /no key `a\\u\{1b\}\[31m\\u\{202e\}\\u\{a\}b`/);
  assert.ok(said[1]!.length < 200);
});

test('of very many faults the first are said, and the number of the others', () => {
  const said = faults(`exclude: [${'1,'.repeat(100)}]\n`);
  assert.equal(said.length, 21);
  assert.equal(said[20], 'and 80 more faults');
});

test('any YAML is read or refused with its place, never worse', () => {
  const keys = fc.constantFrom(...Object.keys(policySchema.properties), 'other', '__proto__');
  fc.assert(
    fc.property(
      fc.oneof(fc.dictionary(keys, fc.jsonValue({ maxDepth: 3 })), fc.jsonValue(), fc.string()),
      (value) => {
        const text = typeof value === 'string' ? value : stringify(value);
        try {
          parse(text);
        } catch (error) {
          assert.ok(error instanceof InputError, String(error));
          assert.equal(error.file, file);
        }
      },
    ),
  );
});

test('days are those of the calendar', () => {
  assert.deepEqual(['2024-02-29', '2026-12-31'].filter(isIsoDay), ['2024-02-29', '2026-12-31']);
  assert.deepEqual(
    ['2026-02-29', '2026-04-31', '2026-13-01', '2026-1-1', '31.12.2026', '', '2026-12-31T00:00:00Z'].filter(
      isIsoDay,
    ),
    [],
  );
});

test('docs/policy.schema.json is the schema that policies are checked by (node scripts/policy-schema.ts writes it)', () => {
  const published: unknown = JSON.parse(
    readFileSync(new URL('../../docs/policy.schema.json', import.meta.url), 'utf8'),
  );
  assert.deepEqual(published, JSON.parse(JSON.stringify(policySchema)));
});

test('the schema accepts what the whole contract has', () => {
  const validate = new Ajv({
    strict: true,
    strictRequired: false,
    allowUnionTypes: true,
    formats: { date: isIsoDay },
  }).compile(policySchema);
  assert.ok(
    validate({
      'fail-on': 'never',
      scope: 'new',
      rules: { 'csp-unsafe': 'off' },
      exclude: ['a'],
      environment: { A: 'b' },
      require: ['npm-audit'],
      waivers: [{ rule: 'csp-unsafe', reason: 'r', expires: '2026-12-31' }],
      extends: 'acme/policies:gate.yml@v1',
      overridable: ['exclude'],
      'waivers-from': 'head',
    }),
  );
});

test('every policy that the documentation shows is valid', () => {
  const page = readFileSync(new URL('../../docs/policy.md', import.meta.url), 'utf8');
  const examples = [...page.matchAll(/```yaml\n(.*?)```/gs)].map(([, text]) => text!);
  const shown = examples.filter((text) => !text.includes('uses:'));
  assert.ok(shown.length >= 5);
  for (const text of shown) assert.deepEqual(faults(text), [], text);
  for (const key of Object.keys(policySchema.properties)) assert.ok(page.includes(`| \`${key}\` |`), key);
});
