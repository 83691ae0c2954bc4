/** Reports a cookie with a session or token that a handler sends without the Secure attribute in production. */
import {
  ask,
  callOf,
  cookieName,
  inWords,
  isUnset,
  relatedOf,
  replaceLiteral,
  truthiness,
  type Value,
  writeCookieOption,
} from '../app-model.ts';
import { defineRule } from '../rule-contract.ts';

export const rule = defineRule({
  id: 'cookie-not-secure',
  title: 'Authentication cookie without Secure',
  section: 'Sessions and cookies',
  severity: 'moderate',
  confidence: 'high',
  cwe: [614],
  why:
    'Express sends a cookie without `Secure` unless `res.cookie()` is told otherwise. The browser then sends the token or session id in it over plain HTTP too: ' +
    'whoever can read one unencrypted request (a public network, a link to `http://`) takes over the account.',
  remedy:
    "Write `secure: true` into the options of the cookie, or `secure: process.env.NODE_ENV === 'production'`.",
  examples: {
    language: 'js',
    bad: "res.cookie('token', jwt.sign({ id: user.id }, secret), { httpOnly: true, sameSite: 'lax' });",
    good: "res.cookie('token', jwt.sign({ id: user.id }, secret), { httpOnly: true, secure: true, sameSite: 'lax' });",
  },
  limits:
    'Judged are cookies that tell who asks, by their name (`token`, `session`, `auth` …) or by what their value is (what jwt.sign() returns, a session or user id). ' +
    'The cookie of csrf-csrf is judged too, which is Secure unless `cookieOptions` say otherwise. `secure: req.secure` is not reported: the cookie is then secure wherever the connection is, as the package cookies decides where `secure` is left out. ' +
    'A value that hangs on an environment variable other than NODE_ENV is undecided.',
  references: [
    'https://expressjs.com/en/api.html#res.cookie',
    'https://expressjs.com/en/advanced/best-practice-security.html#use-cookies-securely',
    'https://developer.mozilla.org/en-US/docs/Web/HTTP/Reference/Headers/Set-Cookie#secure',
  ],
  level: 'program',
  check: (program, judge) => {
    for (const cookie of program.cookieWrites) {
      // csrf-csrf sets Secure by itself: it is switched off there.
      const isTold = cookie.purpose === 'authentication' || cookie.by === 'doubleCsrf';
      if (!isTold || cookie.deletes) continue;
      const option = cookie.attribute('secure');
      // cookies 0.9, index.js: `opts.secure !== undefined ? opts.secure : secure`; null is no `undefined`.
      if (cookie.by === 'cookies.set' && isUndefined(option.value)) continue;
      const answer = ask(option.value, (value) => {
        const secure = truthiness(value);
        return secure === null ? null : !secure;
      });
      // What the request decides is secure where the connection is.
      if (answer.kind === 'unknown' && answer.reason.kind !== 'request')
        judge.undecided({ location: option.location, reason: answer.reason.text });
      if (answer.kind !== 'yes') continue;
      const missing = isUnset(option.value);
      judge.finding({
        location: option.location,
        related: relatedOf(cookie, option),
        subject: `${cookieName(cookie)} secure ${missing ? 'missing' : 'false'}`,
        message: missing
          ? `In production ${cookieName(cookie)} is sent without Secure: ${callOf(cookie)} is given no \`secure\`.`
          : `In production ${cookieName(cookie)} is sent without Secure: \`secure\` is ${inWords(option.value)} there.`,
        ...(missing
          ? writeCookieOption(cookie, 'secure')
          : replaceLiteral(option, 'true', 'Set it to true.')),
      });
    }
  },
});

function isUndefined(value: Value): boolean {
  return value.kind === 'absent' || (value.kind === 'known' && value.value === undefined);
}
