/** Holds the facts about session middlewares to the installed packages, old versions and new: each is run, and its Set-Cookie read. */
import assert from 'node:assert/strict';
import { createServer, request } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { describe, it } from 'node:test';
import type { SessionMiddleware } from '../../src/detect/app-model.ts';
import { sessionFacts } from '../../src/detect/session-facts.ts';

const load = createRequire(import.meta.url);
const express = load('express');

type Options = Record<string, unknown>;
type Make = (options: Options) => (...args: unknown[]) => void;

interface Sent {
  readonly status: number;
  readonly name: string | null;
  readonly attributes: ReadonlySet<string>;
}

const versions: readonly (readonly [string, SessionMiddleware])[] = [
  ['express-session-1.2', 'express-session'],
  ['express-session-1.14', 'express-session'],
  ['express-session-1.18', 'express-session'],
  ['express-session', 'express-session'],
  ['cookie-session-1.2', 'cookie-session'],
  ['cookie-session-1.4', 'cookie-session'],
  ['cookie-session', 'cookie-session'],
  ['client-sessions', 'client-sessions'],
];

const secret = 'a secret of no importance';

/** One request to an application with the middleware, as a proxy that ended TLS sends it; the session is written to. */
async function ask(
  make: Make,
  options: Options,
  { trusts = false, touches = true }: { readonly trusts?: boolean; readonly touches?: boolean } = {},
): Promise<Sent> {
  const app = express();
  if (trusts) app.set('trust proxy', 1);
  // The oldest ones count on cookie-parser before them.
  app.use((req: Options, _res: unknown, next: () => void) => {
    req.cookies = {};
    req.signedCookies = {};
    next();
  });
  app.use(make(options));
  app.get('/', (req: Record<string, Options>, res: { send(text: string): void }) => {
    const session = (req.session ?? req.session_state ?? req.own) as Options | undefined;
    if (touches && session !== undefined) session.seen = true;
    res.send('an answer');
  });
  app.use((_error: Error, _req: unknown, res: { status(code: number): { end(): void } }, _next: unknown) => {
    res.status(500).end();
  });
  const server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  try {
    const { port } = server.address() as AddressInfo;
    return await new Promise<Sent>((resolve) => {
      request({ port, host: '127.0.0.1', headers: { 'x-forwarded-proto': 'https' } }, (response) => {
        response.resume();
        response.on('end', () => {
          const [first] = response.headers['set-cookie'] ?? [];
          const [pair, ...rest] = (first ?? '').split(';').map((part) => part.trim());
          resolve({
            status: response.statusCode ?? 0,
            name: first === undefined ? null : pair!.slice(0, pair!.indexOf('=')),
            attributes: new Set(rest.map((part) => part.toLowerCase())),
          });
        });
      })
        // A version that cannot make the cookie may never answer.
        .on('error', () => resolve({ status: 0, name: null, attributes: new Set() }))
        .setTimeout(1_000, function (this: { destroy(): void }) {
          this.destroy();
        })
        .end();
    });
  } finally {
    server.close();
    server.closeAllConnections();
  }
}

for (const [installed, middleware] of versions) {
  const { version } = load(`${installed}/package.json`) as { version: string };
  const make = load(installed) as Make;
  const facts = sessionFacts(middleware, version);
  const base: Options = { secret, keys: ['a key'], resave: false, saveUninitialized: false };
  /** Options with some for the cookie, where the facts say that they belong. */
  const withCookie = (cookie: Options, more: Options = {}): Options =>
    facts.cookie === '' ? { ...base, ...more, ...cookie } : { ...base, ...more, [facts.cookie]: cookie };

  describe(`${installed} ${version}`, () => {
    it('names its cookie', async () => {
      assert.equal((await ask(make, { ...base })).name, facts.defaultName);
      for (const option of ['name', 'key', 'cookieName']) {
        const { name } = await ask(make, { ...base, [option]: 'own' });
        assert.equal(name, facts.name.includes(option) ? 'own' : facts.defaultName, option);
      }
      const [first, second] = facts.name;
      if (second !== undefined)
        assert.equal((await ask(make, { ...base, [first!]: 'own', [second]: 'other' })).name, 'own');
    });

    it('knows sameSite, or not', async () => {
      const { attributes } = await ask(make, withCookie({ sameSite: 'strict' }));
      assert.equal(attributes.has('samesite=strict'), facts.sameSite !== 'ignored');
      const plain = await ask(make, withCookie({}));
      assert.ok(![...plain.attributes].some((one) => one.startsWith('samesite')));
    });

    it('is HttpOnly, and expires, unless told otherwise', async () => {
      const { attributes } = await ask(make, withCookie({}));
      assert.ok(attributes.has('httponly'));
      assert.equal(
        [...attributes].some((one) => one.startsWith('expires=')),
        facts.expires,
      );
      assert.ok(!(await ask(make, withCookie({ httpOnly: false }))).attributes.has('httponly'));
      const timed = await ask(make, withCookie({ maxAge: 60_000 }));
      assert.ok([...timed.attributes].some((one) => one.startsWith('expires=')));
    });

    it('is Secure by itself, or not', async () => {
      assert.ok(!(await ask(make, withCookie({}))).attributes.has('secure'));
      const proxied = await ask(make, withCookie({}), { trusts: true });
      assert.equal(proxied.attributes.has('secure'), facts.secure === 'connection');
    });

    it('sends a Secure cookie only where it sees HTTPS', async () => {
      const blind = await ask(make, withCookie({ secure: true }));
      assert.equal(blind.name, null);
      // cookie-session, index.js: what cookies throws while the headers are written goes to its debug log only.
      assert.equal(blind.status, middleware === 'client-sessions' ? 500 : 200);
      const trusting = await ask(make, withCookie({ secure: true }), { trusts: true });
      assert.equal(trusting.attributes.has('secure'), facts.https === 'application');
      if (facts.proxyOption === null) return;
      const told = await ask(make, withCookie({ secure: true }, { [facts.proxyOption]: true }));
      assert.ok(told.attributes.has('secure'));
      const forbidden = await ask(make, withCookie({ secure: true }, { [facts.proxyOption]: false }), {
        trusts: true,
      });
      assert.equal(forbidden.name, null);
    });

    it('lets secureProxy overrule secure where it leaves the cookie to cookies', async () => {
      const { attributes } = await ask(make, withCookie({ secureProxy: true }));
      assert.equal(attributes.has('secure'), facts.secure === 'connection');
    });

    it('takes the cookie’s options from one place only', async () => {
      const elsewhere =
        facts.cookie === '' ? { ...base, cookie: { httpOnly: false } } : { ...base, httpOnly: false };
      assert.ok((await ask(make, elsewhere)).attributes.has('httponly'));
    });

    if (middleware === 'express-session') {
      it('takes a function for the cookie’s options, or not', async () => {
        const sent = await ask(make, { ...base, cookie: () => ({ httpOnly: false }) });
        assert.equal(sent.name !== null && !sent.attributes.has('httponly'), facts.cookieFunction);
      });

      it('saves empty sessions unless told otherwise', async () => {
        const { saveUninitialized: _, ...left } = base;
        assert.equal((await ask(make, left, { touches: false })).name !== null, facts.savesUninitialized);
      });

      it('sends None for sameSite `auto`, or knows no such thing', async () => {
        const { attributes } = await ask(make, withCookie({ sameSite: 'auto' }), { trusts: true });
        assert.equal(attributes.has('samesite=none'), facts.cookieFunction);
        assert.ok(!attributes.has('samesite=lax') && !attributes.has('samesite=strict'));
      });

      it('keeps a Secure cookie to HTTPS where secure is `auto`', async () => {
        const { attributes } = await ask(make, withCookie({ secure: 'auto' }), { trusts: true });
        assert.equal(attributes.has('secure'), facts.https === 'application');
        const blind = await ask(make, withCookie({ secure: 'auto' }));
        assert.equal(blind.name !== null && !blind.attributes.has('secure'), facts.secureAuto);
      });
    }

    if (middleware === 'cookie-session') {
      it('takes secret only without keys, and signs unless told otherwise', async () => {
        assert.throws(() => make({}));
        assert.doesNotThrow(() => make({ secret }));
        assert.doesNotThrow(() => make({ signed: false }));
        assert.doesNotThrow(() => make({ keys: ['a key'], signed: undefined }));
      });
    }
  });
}
