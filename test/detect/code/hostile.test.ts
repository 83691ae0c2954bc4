/** Hostile and broken programs, to see that the analysis ends within its bounds, never throws, and goes on after what it cannot follow. */
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { findProjects } from '../../../src/collect/projects.ts';
import { waysToMatch } from '../../../src/detect/code/regexp-cost.ts';
import { detect } from '../../../src/detect/detect.ts';

const root = dirname(dirname(dirname(dirname(fileURLToPath(import.meta.url)))));

/** What the analysis of one project may take: its programs, its handlers, and the little that the last step of each may run over. */
const mostSteps = 3_500_000;

const manifest = JSON.stringify({
  name: 'shop',
  main: 'app.js',
  dependencies: { express: '^4.21.0', 'express-session': '^1.18.0' },
});

async function judge(sources: Record<string, string>): Promise<ReturnType<typeof detect>> {
  const texts = Object.entries({ 'package.json': manifest, ...sources }).sort(([a], [b]) => (a < b ? -1 : 1));
  const files = new Map(texts.map(([path, text]) => [path, { path, text }]));
  const { projects } = await findProjects({
    files,
    present: new Set(['package.json']),
    leftOut: [],
    notes: [],
  });
  const snapshot = { revision: null, files, projects, audits: [], checks: [] };
  return detect(snapshot, { environment: new Map(), today: '2026-11-24' });
}

/** An application with an insecure session that first does `work`. */
function after(work: string): string {
  return `const express = require('express');
const session = require('express-session');
const app = express();
${work}
app.use(session({ secret: process.env.SECRET, cookie: { secure: false } }));
app.get('/', (req, res) => res.send('x'));
app.listen(3000);
`;
}

const lines = (count: number, line: (index: number) => string): string =>
  Array.from({ length: count }, (_, i) => line(i)).join('\n');

/** Work that costs little where it is not really done: what follows it is judged as ever. */
const cheap: Record<string, string> = {
  'optional parts of a regular expression': `/${'a?'.repeat(60)}${'a'.repeat(60)}/.test('a'.repeat(60));`,
  'alternatives of a regular expression': `/${'(a|a)'.repeat(38)}b/.test('a'.repeat(40));`,
  'a repeated group in a regular expression': `/^(a+)+$/.test('a'.repeat(60) + '!'); ('a'.repeat(60) + '!').match(/^(a|a)*$/);`,
  'a split and a replacement by such': `'a'.repeat(60).split(/${'a?'.repeat(50)}${'a'.repeat(50)}/); 'a'.repeat(60).replace(/${'a?'.repeat(50)}${'a'.repeat(50)}/g, 'b');`,
  'integers that are squared':
    'let x = 10n; for (let i = 0; i < 60; i++) x = x * x; 10n ** 1000000n; 1n << 1000000000n;',
  'texts that double':
    "let s = 'a'; for (let i = 0; i < 200; i++) s += s; for (let i = 0; i < 200; i++) s = s.concat(s, s);",
  'texts that are repeated and filled':
    "let s = 'a'; for (let i = 0; i < 50; i++) s = s.repeat(4000).padStart(1e9, 'x'); 'a'.repeat(1e9); 'b'.padEnd(1e9);",
  'lists of a length that nobody has':
    'const a = new Array(1e9); a.fill(0); Array(4e9); Array.from({ length: 1e9 }); Array.from({ length: 1e9 }, (_, i) => i).map((x) => x);',
  'an object that is its own prototype':
    'const o = {}; o.__proto__ = o; const p = Object.create(o); Object.setPrototypeOf(o, p); o.x; for (const k in o) p[k] = 1; class A {} Object.setPrototypeOf(A, A); new A().x; function F() {} F.prototype = new F(); new F().z;',
  'getters that ask each other':
    'const o = { get a() { return this.b; }, get b() { return this.a; } }; o.a; class A { get x() { return new A().x; } } new A().x;',
  'names of prototypes':
    "const o = { ['__proto__']: 1, constructor: 2, hasOwnProperty: 3 }; o['__proto__'] = { x: 1 }; Object.assign({}, JSON.parse('{\"__proto__\":{\"secure\":true}}'));",
  'functions that call themselves':
    'function f(n) { return f(n + 1) + f(n + 2); } f(0); const g = () => g(); g();',
  'callbacks that set themselves anew':
    "const f = () => { setTimeout(f, 1); process.nextTick(f); setImmediate(f); Promise.resolve().then(f); }; f(); const e = new (require('events'))(); e.on('x', () => e.emit('x')); e.emit('x');",
  'lists that grow while they are walked':
    'const a = [1]; for (const x of a) a.push(x); a.forEach((x) => a.push(x)); const m = new Map([[1, 1]]); for (const [k] of m) m.set(k + 1, 1);',
};

/** Work that may use up the budget: what follows may be lost, and then the check says so. */
const dear: Record<string, string> = {
  'lists that double':
    'let a = [1]; for (let i = 0; i < 200; i++) a = [...a, ...a]; let b = [1]; for (let i = 0; i < 200; i++) b = b.concat(b); let c = [1]; for (let i = 0; i < 200; i++) c.push(...c);',
  'lists that are flattened':
    'let a = [1, 2, 3]; for (let i = 0; i < 100; i++) a = [a, a, a].flat(); for (let i = 0; i < 100; i++) a = a.flatMap((x) => [x, x]);',
  'lists in lists':
    'let a = []; for (let i = 0; i < 250; i++) a = [a, a]; JSON.stringify(a); a.flat(Infinity); String(a);',
  'texts in texts':
    "let s = 'a'.repeat(4000); s = s + s + s + s; for (let i = 0; i < 250; i++) { s.replaceAll('a', s); s.split('a').join(s); }",
  'functions that all call each other':
    'const fs = []; for (let i = 0; i < 30; i++) fs.push((x) => { for (const f of fs) f(x); }); fs[0](1);',
  'joins upon joins': `let x0 = 1, x1 = 2, x2 = 3;\n${lines(600, (i) => `if (process.env.A${i}) x${i % 3} = { v: [x${(i + 1) % 3}, x${(i + 2) % 3}] }; else x${i % 3} = ${i};`)}`,
  'many early returns': `function f(c) {\n${lines(600, (i) => `if (process.env.A${i}) return ${i}; c.v${i} = ${i};`)}\n}\nconst c = {}; f(c); f(c);`,
  'loops without an end': 'let i = 0; while (true) { i++; if (process.env.X) break; } for (;;) {}',
};

/** Texts that are too deep for a parser or an interpreter that recurses. */
const deep: Record<string, string> = {
  parentheses: `const x = ${'('.repeat(10_000)}1${')'.repeat(10_000)};`,
  lists: `const x = ${'['.repeat(10_000)}1${']'.repeat(10_000)};`,
  sums: `const x = ${Array(20_000).fill("'a'").join('+')};`,
  blocks: `${'{'.repeat(5_000)}1;${'}'.repeat(5_000)}`,
  conditions: `${'if (process.env.A) '.repeat(2_000)}x();`,
  choices: `const x = ${lines(2_000, (i) => `process.env.A${i} ? ${i} :`)} 0;`,
  members: `const x = app${'.a'.repeat(10_000)};`,
  calls: `const x = app${'.a()'.repeat(5_000)};`,
  functions: `const x = ${'() => '.repeat(3_000)}1;`,
  templates: `const x = ${'`${'.repeat(2_000)}1${'}`'.repeat(2_000)};`,
  alternatives: `const x = ${lines(3_000, (i) => `process.env.A${i} ||`)} 0;`,
};

describe('the analysis of a hostile program', () => {
  for (const [what, work] of Object.entries(cheap)) {
    it(`goes on after ${what}`, async () => {
      const { findings, effort } = await judge({ 'app.js': after(work) });
      assert.ok(findings.some(({ ruleId }) => ruleId === 'session-cookie-not-secure'));
      assert.ok(effort.steps <= mostSteps, `${effort.steps} steps`);
    });
  }
  for (const [what, work] of [...Object.entries(dear), ...Object.entries(deep)]) {
    it(`ends at ${what}, and says what it has not seen`, async () => {
      const { findings, checks, effort } = await judge({ 'app.js': after(work) });
      const isFound = findings.some(({ ruleId }) => ruleId === 'session-cookie-not-secure');
      assert.ok(isFound || checks.some(({ name, state }) => name === 'code' && state === 'degraded'));
      assert.ok(effort.steps <= mostSteps, `${effort.steps} steps`);
    });
  }
  it('survives data that are deep, large or in circles', async () => {
    const work =
      "const j = require('./deep.json'); app.set('j', j); const y = require('js-yaml').load(require('fs').readFileSync('./bomb.yaml', 'utf8')); app.set('y', y); require('./a');";
    const bomb = lines(
      12,
      (i) =>
        `${'abcdefghijklm'[i]}: &${'abcdefghijklm'[i]} [${Array(10)
          .fill(i === 0 ? 'x' : `*${'abcdefghijklm'[i - 1]}`)
          .join(', ')}]`,
    );
    const { findings } = await judge({
      'app.js': after(work),
      'deep.json': `${'['.repeat(100_000)}${']'.repeat(100_000)}`,
      'bomb.yaml': bomb,
      'docker-compose.yml': bomb,
      'a.js': "require('./b'); module.exports = require('./app');",
      'b.js': "module.exports = require('./a');",
    });
    assert.ok(findings.some(({ ruleId }) => ruleId === 'session-cookie-not-secure'));
  });
});

describe('the count of ways to match', () => {
  it('is small where a regular expression is tame', () => {
    assert.equal(waysToMatch('^prod(?:uction)?$', 30), 2);
    assert.equal(waysToMatch('^(?:a|b|c)$|[|*?+]\\?', 30), 6);
    assert.equal(waysToMatch('x{3}[a-z]+?y', 30), 31);
  });
  it('multiplies what is repeated', () => {
    assert.equal(waysToMatch('a*b{2,}c+', 9), 1000);
    assert.ok(waysToMatch('a?'.repeat(60), 60) > 1e17);
    assert.ok(waysToMatch('(a|a)'.repeat(38), 60) > 1e11);
  });
  it('tells nothing of repeated groups, lookaround and back references', () => {
    for (const source of ['(a+)+', '(?:a|b){2,}', '(?=a)', '(?<!a)b', '(a)\\1'])
      assert.equal(waysToMatch(source, 10), Number.POSITIVE_INFINITY, source);
  });
});

/** Programs of the rules' fixtures, from which broken ones are made. */
const samples = globSync('test/rules/*/*.{js,ts,mjs}', { cwd: root })
  .sort()
  .filter((_, index) => index % 7 === 0)
  .map((path) => ({
    name: path.endsWith('.ts') ? 'app.ts' : 'app.js',
    text: readFileSync(join(root, path), 'utf8'),
  }));

const place = fc.double({ min: 0, max: 1, noNaN: true });
const change = fc.record({
  from: place,
  length: fc.integer({ min: 0, max: 40 }),
  to: place,
  kind: fc.constantFrom('cut', 'repeat', 'move', 'insert'),
  inserted: fc.constantFrom(
    '{',
    '}',
    '(',
    ')',
    '`',
    '...',
    '=>',
    ' await ',
    'class ',
    '/',
    '\\u0000',
    '\\u2028',
    '__proto__',
    ' ? ',
    'process.env.X && ',
  ),
});

/** A text with some of it cut out, doubled, moved or put in. */
function broken(
  text: string,
  changes: readonly { from: number; length: number; to: number; kind: string; inserted: string }[],
): string {
  let result = text;
  for (const { from, length, to, kind, inserted } of changes) {
    const start = Math.floor(from * result.length);
    const piece = result.slice(start, start + length);
    const without = result.slice(0, start) + result.slice(start + length);
    if (kind === 'cut') result = without;
    else if (kind === 'repeat') result = result.slice(0, start) + piece.repeat(5) + result.slice(start);
    else if (kind === 'insert') result = result.slice(0, start) + inserted + result.slice(start);
    else {
      const target = Math.floor(to * without.length);
      result = without.slice(0, target) + piece + without.slice(target);
    }
  }
  return result;
}

describe('the analysis of a broken program', () => {
  it('never throws, and stays within its bounds', async () => {
    assert.ok(samples.length > 20);
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...samples),
        fc.array(change, { minLength: 1, maxLength: 6 }),
        async ({ name, text }, changes) => {
          const { effort } = await judge({ [name]: broken(text, changes) });
          assert.ok(effort.steps <= mostSteps, `${effort.steps} steps`);
        },
      ),
      { numRuns: 200 },
    );
  });
});
