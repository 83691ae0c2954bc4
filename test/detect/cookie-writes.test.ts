/** Holds what the cookie rules say of a cookie to the Set-Cookie header that Express 4 and 5, cookie and cookies really send for it. */
import assert from 'node:assert/strict';
import { IncomingMessage, ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import { Socket } from 'node:net';
import { it } from 'node:test';
import fc from 'fast-check';
import { detect } from '../../src/detect/detect.ts';
import type { Manifest, Project } from '../../src/model/project.ts';
import type { Snapshot } from '../../src/model/snapshot.ts';

const load = createRequire(import.meta.url);

interface Release {
  readonly name: 'express' | 'express4';
  readonly version: string;
}

const releases: readonly Release[] = (['express', 'express4'] as const).map((name) => ({
  name,
  version: (load(`${name}/package.json`) as { version: string }).version,
}));

const values = {
  secure: ['true', 'false', 'undefined', 'null', '0', '1', "''", "'yes'", 'production', '!production'],
  httpOnly: ['true', 'false', 'undefined', 'null', '0', '1', "''", 'production', '!production'],
  sameSite: [
    'true',
    'false',
    'undefined',
    'null',
    "''",
    "'lax'",
    "'Lax'",
    "'strict'",
    "'none'",
    "'None'",
    "production ? 'strict' : 'none'",
    "production ? 'none' : 'lax'",
  ],
  maxAge: ['1000', 'undefined', 'null', '60 * 60 * 1000'],
  path: ["'/'", 'undefined'],
} as const;

const properties = fc.record(
  Object.fromEntries(
    Object.entries(values).map(([name, texts]) => [name, fc.constantFrom(...texts)]),
  ) as Record<keyof typeof values, fc.Arbitrary<string>>,
  { requiredKeys: [] },
);

/** How the options are written: statements before the call, and the argument. */
const forms: Record<string, (texts: readonly (readonly [string, string])[]) => [string, string]> = {
  literal: (texts) => ['', literal(texts)],
  constant: (texts) => [`const options = ${literal(texts)};`, 'options'],
  assigned: (texts) => [
    `const options = {};${texts.map(([name, text]) => ` options.${name} = ${text};`).join('')}`,
    'options',
  ],
  spread: (texts) => [`const base = ${literal(texts.slice(0, 2))};`, `{ ...base, ${inner(texts.slice(2))} }`],
  overridden: (texts) => [
    'const base = { secure: false, httpOnly: false };',
    `Object.assign({}, base, ${literal(texts)})`,
  ],
  returned: (texts) => [`function options() { return ${literal(texts)}; }`, 'options()'],
  conditional: (texts) => [
    `const options = ${literal(texts)}; if (production) options.secure = true; else options.httpOnly = true;`,
    'options',
  ],
  inherited: (texts) => [`const options = Object.create(${literal(texts)});`, 'options'],
  class: (texts) => [
    `class Options { ${texts.map(([name, text]) => `${name} = ${text};`).join(' ')} }`,
    'new Options()',
  ],
};

function inner(texts: readonly (readonly [string, string])[]): string {
  return texts.map(([name, text]) => `${name}: ${text}`).join(', ');
}

function literal(texts: readonly (readonly [string, string])[]): string {
  return `{ ${inner(texts)} }`;
}

const calls = {
  'res.cookie': (options: string) => `res.cookie('token', 'abc', ${options});`,
  'cookie.serialize': (options: string) =>
    `res.setHeader('Set-Cookie', cookie.serialize('token', 'abc', ${options}));`,
  'cookies.set': (options: string) =>
    `new Cookies(req, res, { secure: true }).set('token', 'abc', ${options});`,
  chain: (options: string) => `res.status(200).cookie('theme', 'dark').cookie('token', 'abc', ${options});`,
};

/** The attributes of the cookie that is sent; null where none is, since the call throws. */
function send(release: Release, handler: string): ReadonlyMap<string, string> | null {
  const { response } = load(release.name) as { response: object };
  const req = new IncomingMessage(new Socket());
  const res = new ServerResponse(req);
  Object.setPrototypeOf(res, response);
  Object.assign(res, { req, app: { get: () => undefined } });
  const run = new Function('req', 'res', 'cookie', 'Cookies', 'production', handler);
  try {
    run(req, res, load('cookie'), load('cookies'), true);
  } catch {
    return null;
  }
  const headers = [res.getHeader('set-cookie') ?? []].flat().map(String);
  const header = headers.find((one) => one.startsWith('token='));
  assert.ok(header !== undefined, handler);
  return new Map(
    header
      .split(';')
      .slice(1)
      .map((part) => {
        const [name = '', value = ''] = part.trim().split('=', 2);
        return [name.toLowerCase(), value];
      }),
  );
}

function snapshotOf(text: string, release: Release): Snapshot {
  const manifest: Manifest = { name: 'shop', main: 'app.js', dependencies: { express: release.version } };
  const project: Project = {
    directory: '.',
    name: 'shop',
    manifestFile: 'package.json',
    manifest,
    express: {
      declared: release.version,
      declaredIn: 'dependencies',
      resolved: release.version,
      through: null,
    },
    lockfile: null,
    lockfileFile: null,
    workspaceRoot: '.',
  };
  const files = new Map([
    ['app.js', { path: 'app.js', text }],
    ['package.json', { path: 'package.json', text: JSON.stringify(manifest) }],
  ]);
  return { revision: null, files, projects: [project], audits: [], checks: [] };
}

it('what is said of a cookie is what is sent', () => {
  let sent = 0;
  fc.assert(
    fc.property(
      fc.constantFrom(...releases),
      fc.constantFrom(...Object.keys(calls)),
      fc.constantFrom(...Object.keys(forms)),
      properties,
      (release, call, form, given) => {
        const [before, options] = forms[form]!(Object.entries(given) as [string, string][]);
        const handler = `${before}\n${calls[call as keyof typeof calls](options)}`;
        const attributes = send(release, handler);
        const text = [
          "const express = require('express');",
          "const cookie = require('cookie');",
          "const Cookies = require('cookies');",
          "const production = process.env.NODE_ENV === 'production';",
          'const app = express();',
          `app.get('/', (req, res) => {\n${handler}\nres.end();\n});`,
          'app.listen(3000);',
        ].join('\n');
        const { findings, undecided } = detect(snapshotOf(text, release), {
          environment: new Map(),
          today: '2026-11-24',
        });
        const about = (id: string): boolean => findings.some(({ ruleId }) => ruleId === id);
        assert.deepEqual(
          undecided.filter(({ ruleId }) => ruleId.startsWith('cookie-')),
          [],
          text,
        );
        // What throws sends no cookie, whatever is said of it.
        if (attributes === null) return;
        sent++;
        const sameSite = attributes.get('samesite')?.toLowerCase();
        const expected = {
          secure: !attributes.has('secure'),
          httpOnly: !attributes.has('httponly'),
          sameSite: sameSite === undefined || sameSite === 'none',
        };
        const said = {
          secure: about('cookie-not-secure'),
          httpOnly: about('cookie-not-http-only'),
          sameSite: about('cookie-same-site'),
        };
        assert.deepEqual(said, expected, `${release.name} ${release.version}\n${text}`);
      },
    ),
    { numRuns: 400 },
  );
  assert.ok(sent > 200, `${sent}`);
});
