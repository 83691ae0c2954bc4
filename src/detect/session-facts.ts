/** Turns a session middleware and its resolved version into what it does with its options: their names, places and defaults. */
import semver from 'semver';
import type { SessionFacts, SessionMiddleware } from './app-model.ts';

/** A middleware of a version that is not known is taken for the newest. */
function before(version: string | null, limit: string): boolean {
  return version !== null && semver.valid(version) !== null && semver.lt(version, limit);
}

/** What the middleware does with its options; the facts are those of each package's own source. */
export function sessionFacts(middleware: SessionMiddleware, version: string | null): SessionFacts {
  switch (middleware) {
    case 'express-session':
      return expressSession(version);
    case 'cookie-session':
      return cookieSession(version);
    case 'connect-cookie-session':
      return connectCookieSession;
    case 'client-sessions':
      return clientSessions;
    case 'iron-session':
      return ironSession;
    case 'express-openid-connect':
      return openidConnect;
  }
}

/** express-session index.js and session/cookie.js, 1.0.0 to 1.19.0. */
function expressSession(version: string | null): SessionFacts {
  return {
    call: 'session()',
    cookie: 'cookie',
    // 1.0: `options.key || 'connect.sid'`; from 1.1 on `opts.name || opts.key || 'connect.sid'`.
    name: before(version, '1.1.0') ? ['key'] : ['name', 'key'],
    defaultName: 'connect.sid',
    secrets: ['secret'],
    store: 'store',
    secure: 'no',
    // session/cookie.js, `get data`: `sameSite` since 1.14.1 (HISTORY.md); before, the option is never sent.
    sameSite: before(version, '1.14.1') ? 'ignored' : 'no',
    expires: false,
    // 1.2 and older: `req.connection.encrypted || (trustProxy && 'https' == proto)`; from 1.3 on `req.secure` too.
    https: before(version, '1.3.0') ? 'socket' : 'application',
    proxyOption: 'proxy',
    // HISTORY.md, 1.12.0: "Support the value 'auto' in the cookie.secure option".
    secureAuto: !before(version, '1.12.0'),
    // `new Cookie(typeof cookieOptions === 'function' ? cookieOptions(req) : cookieOptions)` since 1.19.0.
    cookieFunction: !before(version, '1.19.0'),
    savesUninitialized: true,
  };
}

/** cookie-session index.js 1.0.0 to 2.1.1, with the `cookies` that each depends on: 0.4 (1.0), 0.5 (1.1, 1.2), 0.7 (1.3), 0.8 (1.4, 2.0), 0.9 (2.1). */
function cookieSession(version: string | null): SessionFacts {
  return {
    call: 'cookieSession()',
    cookie: '',
    // 1.0.0: `opts.key || 'express:sess'`; to 1.4: `opts.name || opts.key || 'express:sess'`; 2.0: `opts.name || 'session'`.
    name: before(version, '1.0.2') ? ['key'] : before(version, '2.0.0-alpha.1') ? ['name', 'key'] : ['name'],
    defaultName: before(version, '2.0.0-alpha.1') ? 'express:sess' : 'session',
    // `var keys = opts.keys; if (!keys && opts.secret) keys = [opts.secret]`.
    secrets: ['keys', 'secret'],
    store: null,
    secure: 'connection',
    // cookies 0.7.0 (lib: `Cookie.prototype.sameSite`) came with 1.3.0.
    sameSite: before(version, '1.3.0') ? 'ignored' : 'no',
    expires: false,
    // cookies 0.4: `req.connection.encrypted`; from 0.5 on `req.protocol === 'https' || …`.
    https: before(version, '1.1.0') ? 'socket' : 'application',
    proxyOption: null,
    secureAuto: false,
    cookieFunction: false,
    savesUninitialized: false,
  };
}

/** Express 3's `express.cookieSession`: connect lib/middleware/cookieSession.js, 2.7.11 and 2.30.2; options under `cookie`, as its session. */
const connectCookieSession: SessionFacts = {
  call: 'express.cookieSession()',
  cookie: 'cookie',
  name: ['key'],
  defaultName: 'connect.sess',
  secrets: ['secret'],
  store: null,
  secure: 'no',
  sameSite: 'ignored',
  expires: false,
  https: 'socket',
  proxyOption: 'proxy',
  secureAuto: false,
  cookieFunction: false,
  savesUninitialized: false,
};

/** client-sessions 0.8.0, lib/client-sessions.js. */
const clientSessions: SessionFacts = {
  call: 'clientSessions()',
  cookie: 'cookie',
  name: ['cookieName'],
  defaultName: 'session_state',
  secrets: ['secret', 'encryptionKey', 'signatureKey'],
  store: null,
  // It leaves it to cookies 0.7, but where `secure` is set throws unless the socket is encrypted (`Session`, "you cannot have a secure cookie unless").
  secure: 'connection',
  sameSite: 'no',
  // `duration`, 24 hours where nothing is said, decides the cookie's expiry (`updateDefaultExpires`).
  expires: true,
  https: 'socket',
  proxyOption: null,
  secureAuto: false,
  cookieFunction: false,
  savesUninitialized: false,
};

/** iron-session 6.3.1 and 8.0.4, dist/index.js, `defaultOptions`. */
const ironSession: SessionFacts = {
  call: 'ironSession()',
  cookie: 'cookieOptions',
  name: ['cookieName'],
  defaultName: null,
  secrets: ['password'],
  store: null,
  secure: 'yes',
  sameSite: 'lax',
  expires: true,
  // The cookie is written whatever the connection is.
  https: 'anyhow',
  proxyOption: null,
  secureAuto: false,
  cookieFunction: false,
  savesUninitialized: false,
};

/** express-openid-connect 2.17.1, lib/config.js: Secure by default where `baseURL` is https, and refused where it is not. */
const openidConnect: SessionFacts = {
  call: 'auth()',
  cookie: 'session.cookie',
  name: ['session.name'],
  // `appSession` tells nothing that its login routes do not.
  defaultName: null,
  secrets: ['secret'],
  store: null,
  secure: 'yes',
  sameSite: 'lax',
  expires: true,
  https: 'anyhow',
  proxyOption: null,
  secureAuto: false,
  cookieFunction: false,
  savesUninitialized: false,
};
