/** Reports a cookie with a session or token that a handler sends readable for scripts in the page. */
import {
  ask,
  type CookieWrite,
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
  id: 'cookie-not-http-only',
  title: 'Authentication cookie readable by scripts',
  section: 'Sessions and cookies',
  severity: 'moderate',
  confidence: 'high',
  cwe: [1004],
  why:
    'Express sends a cookie without `HttpOnly` unless `res.cookie()` is told otherwise. Scripts in the page then read the token or session id in it: ' +
    'a single cross-site scripting hole, or a compromised third-party script, is enough to take over accounts.',
  remedy: 'Write `httpOnly: true` into the options of the cookie.',
  examples: {
    language: 'js',
    bad: "res.cookie('token', jwt.sign({ id: user.id }, secret), { secure: true, sameSite: 'lax' });",
    good: "res.cookie('token', jwt.sign({ id: user.id }, secret), { httpOnly: true, secure: true, sameSite: 'lax' });",
  },
  limits:
    'Judged are cookies that tell who asks, by their name (`token`, `session`, `auth` …) or by what their value is (what jwt.sign() returns, a session or user id). ' +
    'Tokens against cross-site request forgery are read by scripts on purpose, and themes, languages and consent are no secret: neither is reported. Taking a cookie away is not either.',
  references: [
    'https://expressjs.com/en/api.html#res.cookie',
    'https://developer.mozilla.org/en-US/docs/Web/HTTP/Reference/Headers/Set-Cookie#httponly',
    'https://cheatsheetseries.owasp.org/cheatsheets/Session_Management_Cheat_Sheet.html#httponly-attribute',
  ],
  level: 'program',
  check: (program, judge) => {
    for (const cookie of program.cookieWrites) {
      if (cookie.purpose !== 'authentication' || cookie.deletes) continue;
      const option = cookie.attribute('httpOnly');
      const answer = ask(option.value, (value) => isReadable(cookie, value));
      if (answer.kind === 'unknown')
        judge.undecided({ location: option.location, reason: answer.reason.text });
      if (answer.kind !== 'yes') continue;
      const missing = isUnset(option.value);
      judge.finding({
        location: option.location,
        related: relatedOf(cookie, option),
        subject: `${cookieName(cookie)} httpOnly ${missing ? 'missing' : 'off'}`,
        message: missing
          ? `In production scripts in the page can read ${cookieName(cookie)}: ${callOf(cookie)} is given no \`httpOnly\`.`
          : `In production scripts in the page can read ${cookieName(cookie)}: \`httpOnly\` is ${inWords(option.value)} there.`,
        ...(missing
          ? writeCookieOption(cookie, 'httpOnly')
          : replaceLiteral(option, 'true', 'Set it to true.')),
      });
    }
  },
});

function isReadable(cookie: CookieWrite, value: Value): boolean | null {
  // cookies 0.9, index.js: `Cookie.prototype.httpOnly = true`, under what is given; even an undefined that is written replaces it.
  if (cookie.by === 'cookies.set' && value.kind === 'absent') return false;
  const on = truthiness(value);
  return on === null ? null : !on;
}
