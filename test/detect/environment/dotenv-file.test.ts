/** Holds the reader of .env files, and the filling in of variables, to dotenv and dotenv-expand themselves. */
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are texts of shells, not of templates
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import dotenv from 'dotenv';
import { expand } from 'dotenv-expand';
import fc from 'fast-check';
import { parseDotenv } from '../../../src/detect/environment/dotenv-file.ts';
import { type Filled, fillIn } from '../../../src/detect/environment/setting.ts';

const asObject = (text: string): Record<string, string> =>
  Object.fromEntries(parseDotenv(text, '.env').map(({ name, value }) => [name, value]));

const name = fc.constantFrom('A', 'SESSION_SECRET', 'b.c', 'D-E', 'A');
const plain = fc.stringMatching(/^[\w#'"`$ =:\\.,{}-]{0,12}$/);
const value = fc.oneof(
  plain,
  plain.map((text) => `"${text.replaceAll('"', '')}"`),
  plain.map((text) => `'${text.replaceAll("'", '')}'`),
  plain.map((text) => `\`${text.replaceAll('`', '')}\``),
  fc.constantFrom(
    '"a\nb"',
    "'a\nb\nc'",
    '"a\\nb"',
    '"a \\" b"',
    '"a" # c',
    "'a'b",
    '""',
    "''",
    '"',
    '"a',
    'a # b',
    '#',
  ),
);
const line = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .tuple(fc.constantFrom('', ' ', 'export ', '\t'), name, fc.constantFrom('=', ' = ', ': ', '= '), value)
      .map((parts) => parts.join('')),
  },
  { weight: 1, arbitrary: fc.constantFrom('', '# A=1', 'A', 'export A', 'A B=1', ' #') },
);

describe('parseDotenv', () => {
  it('reads what dotenv reads', () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 6 }), fc.constantFrom('\n', '\r\n'), (lines, end) => {
        const text = lines.join(end);
        assert.deepEqual(asObject(text), { ...dotenv.parse(text) }, JSON.stringify(text));
      }),
      { numRuns: 3_000 },
    );
  });

  it('tells where each stands', () => {
    const [first, second] = parseDotenv('# x\n  export A="1\n2"\nB=3 # y\n', 'x/.env');
    assert.deepEqual(first!.location, { file: 'x/.env', line: 2, column: 10, endLine: 3, endColumn: 3 });
    assert.deepEqual(second!.location, { file: 'x/.env', line: 4, column: 1, endLine: 4, endColumn: 8 });
  });

  it('ends on anything', { timeout: 10_000 }, () => {
    for (const text of [
      '"'.repeat(100_000),
      'A="'.repeat(20_000),
      `A="\n${'x\n'.repeat(50_000)}`,
      'A=1\n'.repeat(100_000),
      ' '.repeat(200_000),
      `${'A'.repeat(200_000)}=1`,
      'A="\nB="\n'.repeat(10_000),
    ])
      parseDotenv(text, '.env');
  });

  it('takes no prototype', () => {
    assert.deepEqual(
      parseDotenv('__proto__=1\nconstructor=2\n', '.env').map((setting) => setting.name),
      ['__proto__', 'constructor'],
    );
  });
});

describe('fillIn', () => {
  it('fills in what dotenv-expand fills in', () => {
    const part = fc.constantFrom(
      'a',
      '$A',
      '${A}',
      '${B:-x}',
      '${B-x y}',
      '${A:-x}',
      '${C:-}',
      '-',
      ' ',
      '.',
      '${A:+z}',
      '${B:+z}',
      '$B',
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 4 }), (parts) => {
        const text = parts.join('');
        const { parsed } = expand({ parsed: { A: 'one', C: 'three', X: text }, processEnv: { B: '' } });
        const values: Record<string, string> = { A: 'one', B: '', C: 'three' };
        // What dotenv-expand does not find is empty.
        const lookUp = (other: string): Filled => ({ value: values[other] ?? '', fallback: null });
        // dotenv-expand takes an empty text for none with `-` too, as it does with `:-`.
        fc.pre(!text.includes('${B-'));
        assert.equal(fillIn(text, lookUp).value, parsed!.X, text);
      }),
      { numRuns: 1_000 },
    );
  });

  it('knows what it does not know', () => {
    assert.deepEqual(fillIn('a'), { value: 'a', fallback: null });
    assert.deepEqual(fillIn('${A}'), { value: null, fallback: null });
    assert.deepEqual(fillIn('x${A:-b}y'), { value: null, fallback: 'xby' });
    assert.deepEqual(fillIn('${A:-b}${B}'), { value: null, fallback: null });
    assert.deepEqual(fillIn('$$A', undefined, '$'), { value: '$A', fallback: null });
    assert.deepEqual(fillIn('cost: 5$'), { value: 'cost: 5$', fallback: null });
    for (const text of [
      '$(date)',
      '${A:?needed}',
      '${{ secrets.A }}',
      '${self:custom.a}',
      '${A:-${B}}',
      '${A',
    ])
      assert.deepEqual(fillIn(text), { value: null, fallback: null }, text);
  });
});
