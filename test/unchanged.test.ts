/** Edits that leave a defect's own construct alone leave it `unchanged`: applications written in two ways, compared as head and base. */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { collectSnapshot } from '../src/collect/collect.ts';
import { detect } from '../src/detect/detect.ts';
import { evaluate } from '../src/evaluate/evaluate.ts';
import { emptyPolicy } from '../src/model/policy.ts';
import type { Request } from '../src/model/request.ts';
import type { Snapshot } from '../src/model/snapshot.ts';
import type { Verdict } from '../src/model/verdict.ts';

const today = '2026-11-24';

/** How the same application is written. */
interface Style {
  /** Names of the files that are not the entry. */
  readonly names: readonly [session: string, admin: string, headers: string];
  readonly folder: string;
  readonly quote: "'" | '"';
  readonly indent: string;
  readonly semicolons: boolean;
  /** Lines of comments before each statement. */
  readonly comments: number;
  /** Orders the options. */
  readonly order: number;
  /** Whether objects stand on one line. */
  readonly compact: boolean;
  readonly lineEnd: '\n' | '\r\n';
  /** Functions that have nothing to do with anything. */
  readonly strangers: number;
}

const style: fc.Arbitrary<Style> = fc.record({
  names: fc.constantFrom(
    ['session', 'admin', 'headers'] as const,
    ['store', 'back-office', 'security'] as const,
    ['a', 'b', 'c'] as const,
  ),
  folder: fc.constantFrom('lib', 'src/middleware', 'app'),
  quote: fc.constantFrom("'", '"'),
  indent: fc.constantFrom('  ', '    ', '\t'),
  semicolons: fc.boolean(),
  comments: fc.nat(3),
  order: fc.nat(23),
  compact: fc.boolean(),
  lineEnd: fc.constantFrom('\n', '\r\n'),
  strangers: fc.nat(3),
});

/** The defects of an application; each is one of a kind, or there twice. */
interface Faults {
  readonly secure: boolean;
  readonly httpOnly: boolean;
  readonly sameSite: 'lax' | 'none' | null;
  readonly secret: 'literal' | 'variable';
  readonly store: boolean;
  readonly helmet: 'whole' | 'without-frameguard' | 'none';
  readonly admin: boolean;
}

const faults: fc.Arbitrary<Faults> = fc.record({
  secure: fc.boolean(),
  httpOnly: fc.boolean(),
  sameSite: fc.constantFrom('lax', 'none', null),
  secret: fc.constantFrom('literal', 'variable'),
  store: fc.boolean(),
  helmet: fc.constantFrom('whole', 'without-frameguard', 'none'),
  admin: fc.boolean(),
});

function write(has: Faults, as: Style): Record<string, string> {
  const [session, admin, headers] = as.names.map((name) => `${as.folder}/${name}`) as [
    string,
    string,
    string,
  ];
  const up = '../'.repeat(as.folder.split('/').length);
  const q = (text: string) => `${as.quote}${text}${as.quote}`;
  const options = (setup: string) => [
    `name: ${q('shop')}`,
    `secret: ${has.secret === 'literal' ? q('correct horse battery staple, and a few words more') : 'process.env.SESSION_SECRET'}`,
    'resave: false',
    'saveUninitialized: false',
    ...(has.store ? [`store: require(${q(`${up}stores`)})`] : []),
    `cookie: ${object(cookie, as, setup)}`,
  ];
  const cookie = [
    `secure: ${String(has.secure)}`,
    `httpOnly: ${String(has.httpOnly)}`,
    ...(has.sameSite === null ? [] : [`sameSite: ${q(has.sameSite)}`]),
    'maxAge: 3600000',
  ];
  const helmet =
    has.helmet === 'none'
      ? []
      : [`app.use(require(${q('helmet')})(${has.helmet === 'whole' ? '' : '{ frameguard: false }'}))`];
  const files: Record<string, string> = {
    'package.json': JSON.stringify({
      name: 'shop',
      version: '1.0.0',
      private: true,
      main: 'server.js',
      dependencies: {
        express: '5.3.0',
        'express-session': '1.19.0',
        helmet: '8.3.0',
        'connect-redis': '9.0.0',
      },
    }),
    'stores.js': "const { RedisStore } = require('connect-redis');\nmodule.exports = new RedisStore({});\n",
    'server.js': statements(
      [
        `const express = require(${q('express')})`,
        'const app = express()',
        `app.set(${q('trust proxy')}, 1)`,
        `require(${q(`./${headers}`)})(app)`,
        `app.use(require(${q(`./${session}`)}))`,
        ...(has.admin ? [`app.use(${q('/admin')}, require(${q(`./${admin}`)}))`] : []),
        `app.get(${q('/')}, (req, res) => res.send(${q('hello')}))`,
        'app.listen(3000)',
      ],
      as,
    ),
    [`${headers}.js`]: statements([`module.exports = (app) => { ${helmet.join('')} }`], as),
    [`${session}.js`]: statements(
      [
        `const session = require(${q('express-session')})`,
        `module.exports = session(${object(options('shop'), as, '')})`,
      ],
      as,
    ),
  };
  if (has.admin)
    files[`${admin}.js`] = statements(
      [
        `const session = require(${q('express-session')})`,
        `const router = require(${q('express')}).Router()`,
        `router.use(session(${object(options('admin'), as, '')}))`,
        `router.get(${q('/')}, (req, res) => res.send(${q('admin')}))`,
        'module.exports = router',
      ],
      as,
    );
  return Object.fromEntries(
    Object.entries(files).map(([path, text]) => [path, text.replaceAll('\n', as.lineEnd)]),
  );
}

function object(entries: readonly string[], as: Style, _setup: string): string {
  const turned = entries.map((_, index) => entries[(index + as.order) % entries.length]!);
  const ordered = as.order % 2 === 0 ? turned : turned.reverse();
  return as.compact
    ? `{ ${ordered.join(', ')} }`
    : `{\n${ordered.map((entry) => `${as.indent}${entry},\n`).join('')}}`;
}

function statements(lines: readonly string[], as: Style): string {
  const strangers = Array.from(
    { length: as.strangers },
    (_, index) => `function stranger${index}() { return ${index} }`,
  );
  return [...strangers, ...lines]
    .map(
      (line) =>
        `${'// a remark\n'.repeat(as.comments)}${line}${as.semicolons || /^[([]/.test(line) ? ';' : ''}\n`,
    )
    .join('');
}

async function snapshotOf(files: Record<string, string>): Promise<Snapshot> {
  const directory = mkdtempSync(join(tmpdir(), 'express-gate-unchanged-'));
  try {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(directory, path)), { recursive: true });
      writeFileSync(join(directory, path), text);
    }
    return await collectSnapshot({ ...request, directory }, emptyPolicy);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

const request: Request = {
  directory: '.',
  policyFile: null,
  scope: null,
  failOn: null,
  audit: 'off',
  registry: null,
  omit: [],
  today,
};

async function compare(before: Record<string, string>, after: Record<string, string>): Promise<Verdict> {
  const [base, head] = await Promise.all([snapshotOf(before), snapshotOf(after)]);
  const options = { environment: new Map<string, string>(), today };
  const detection = detect(head, options);
  return evaluate({
    request,
    policy: emptyPolicy,
    snapshot: head,
    head: detection,
    base: { snapshot: base, detection: detect(base, options, detection) },
  });
}

function told({ findings, fixed }: Verdict): string[] {
  return [
    ...findings
      .filter(({ status }) => status !== 'unchanged')
      .map((each) => `${each.status} ${each.ruleId} ${each.location.file}`),
    ...fixed.map((each) => `fixed ${each.ruleId} ${each.location.file}`),
  ];
}

test('property: another style, other names and another order make nothing new', async () => {
  await fc.assert(
    fc.asyncProperty(faults, style, style, async (has, one, other) => {
      const verdict = await compare(write(has, one), write(has, other));
      assert.deepEqual(told(verdict), []);
    }),
    { numRuns: 25 },
  );
});

test('property: a defect that comes in is new, and only it; one that goes is fixed', async () => {
  const bad: Faults = {
    secure: true,
    httpOnly: true,
    sameSite: 'lax',
    secret: 'variable',
    store: true,
    helmet: 'whole',
    admin: false,
  };
  const changes: readonly (readonly [Partial<Faults>, string])[] = [
    [{ secure: false }, 'session-cookie-not-secure'],
    [{ httpOnly: false }, 'session-cookie-not-http-only'],
    [{ sameSite: null }, 'session-cookie-same-site'],
    [{ secret: 'literal' }, 'session-secret-hardcoded'],
    [{ store: false }, 'session-memory-store'],
    [{ helmet: 'without-frameguard' }, 'helmet-protection-disabled'],
  ];
  await fc.assert(
    fc.asyncProperty(style, style, fc.constantFrom(...changes), async (one, other, [change, ruleId]) => {
      const [good, worse] = [write(bad, one), write({ ...bad, ...change }, other)];
      const rules = (verdict: Verdict) => told(verdict).map((each) => each.split(' ').slice(0, 2).join(' '));
      assert.deepEqual(rules(await compare(good, worse)), [`new ${ruleId}`]);
      assert.deepEqual(rules(await compare(worse, good)), [`fixed ${ruleId}`]);
    }),
    { numRuns: 12 },
  );
});

test('a defect that goes in one file does not excuse a new one in another', async () => {
  const as: Style = {
    names: ['session', 'admin', 'headers'],
    folder: 'lib',
    quote: "'",
    indent: '  ',
    semicolons: true,
    comments: 0,
    order: 0,
    compact: true,
    lineEnd: '\n',
    strangers: 0,
  };
  const clean: Faults = {
    secure: true,
    httpOnly: true,
    sameSite: 'lax',
    secret: 'variable',
    store: true,
    helmet: 'whole',
    admin: true,
  };
  const good = write(clean, as);
  const bad = write({ ...clean, httpOnly: false }, as);
  const before = { ...good, 'lib/session.js': bad['lib/session.js']! };
  const after = { ...good, 'lib/admin.js': bad['lib/admin.js']! };
  assert.deepEqual(told(await compare(before, after)), [
    'new session-cookie-not-http-only lib/admin.js',
    'fixed session-cookie-not-http-only lib/session.js',
  ]);
});
