/** Small shops for the runs of the action: one with faults that block, the same with all of them mended, and one made to attack. */
import type { StandInAdvisory, StandInPackages } from '../stand-ins/registry.ts';
import type { Files } from './checkout.ts';

type Dependencies = Readonly<Record<string, string>>;

/** What the registry knows. */
export const packages: StandInPackages = {
  express: { '4.17.1': { dependencies: { qs: '6.7.0' } }, '5.3.0': { dependencies: { qs: '6.16.0' } } },
  'express-session': { '1.19.0': {} },
  'connect-redis': { '10.0.0': {} },
  helmet: { '8.3.0': {} },
  qs: { '6.7.0': {}, '6.16.0': {} },
};

export const advisories: readonly StandInAdvisory[] = [
  {
    id: 1096470,
    package: 'qs',
    url: 'https://github.com/advisories/GHSA-hrpp-h998-j3pp',
    title: 'qs vulnerable to Prototype Pollution',
    severity: 'high',
    vulnerable_versions: '<6.10.3',
    cwe: ['CWE-1321'],
    cvss: { score: 7.5, vectorString: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H' },
  },
];

/** A manifest and the lockfile that npm makes of it. */
function dependOn(name: string, dependencies: Dependencies): Files {
  const manifest = { name, version: '1.0.0', private: true, dependencies };
  const locked: Record<string, unknown> = { '': { name, version: '1.0.0', dependencies } };
  const queue = Object.entries(dependencies);
  for (const [dependency, version] of queue) {
    const needs = packages[dependency]![version]!.dependencies ?? {};
    locked[`node_modules/${dependency}`] = {
      version,
      ...(Object.keys(needs).length > 0 ? { dependencies: needs } : {}),
    };
    queue.push(...Object.entries(needs));
  }
  const lockfile = { name, version: '1.0.0', lockfileVersion: 3, requires: true, packages: locked };
  return {
    'package.json': `${JSON.stringify(manifest, null, 2)}\n`,
    'package-lock.json': `${JSON.stringify(lockfile, null, 2)}\n`,
  };
}

function app(cookie: string): string {
  return `const express = require('express');
const helmet = require('helmet');
const session = require('express-session');
const { RedisStore } = require('connect-redis');

const app = express();
app.set('trust proxy', 1).use(helmet());
app.use(
  session({
    name: 'shop',
    secret: process.env.SESSION_SECRET,
    store: new RedisStore({ client: require('./redis') }),
    resave: false,
    saveUninitialized: false,
    cookie: ${cookie},
  }),
);
app.get('/', (request, response) => response.send('Welcome'));
app.listen(process.env.PORT);
`;
}

const middleware = { 'express-session': '1.19.0', 'connect-redis': '10.0.0', helmet: '8.3.0' };
const redis = {
  'redis.js': "module.exports = require('redis').createClient({ url: process.env.REDIS_URL });\n",
};

/** Blocks: an advisory of high severity, and a session cookie that is sent in plain HTTP. */
export const faultyShop: Files = {
  ...dependOn('shop', { express: '4.17.1', ...middleware }),
  ...redis,
  'app.js': app("{ secure: false, httpOnly: true, sameSite: 'lax', maxAge: 3600000 }"),
};

export const mendedShop: Files = {
  ...dependOn('shop', { express: '5.3.0', ...middleware }),
  ...redis,
  'app.js': app("{ secure: true, httpOnly: true, sameSite: 'lax', maxAge: 3600000 }"),
};

/** The same files in a folder. */
export function inFolder(folder: string, files: Files): Files {
  return Object.fromEntries(Object.entries(files).map(([path, text]) => [`${folder}/${path}`, text]));
}

/** File names and texts that try to speak to the runner, to GitHub and to readers. */
export function hostileShop(): Files {
  const insecure = (session: string) =>
    `const session = require('express-session');\nrequire('express')().use(${session}).listen(3000);\n`;
  return {
    ...dependOn('::error::forged by a name', { express: '4.17.1', 'express-session': '1.19.0' }),
    'a\n::error file=README.md::forged by a file name\n.js': insecure(
      "session({ secret: '::error::forged by a secret\\n::set-output name=verdict::pass', name: '@octo/everyone', cookie: { secure: false } })",
    ),
    '<img src=x onerror=alert(1)>|`@octo`.js': insecure(
      "session({ secret: '</details><h1>', cookie: { secure: false } })",
    ),
    '##[error]forged.js': insecure(
      "session({ secret: '##[add-mask]x', cookie: { secure: false, path: '\\u001b[31m' } })",
    ),
  };
}
