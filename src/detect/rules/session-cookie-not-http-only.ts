/** Reports a session cookie that scripts in the page can read. */
import {
  ask,
  cookieOption,
  cookiePath,
  inWords,
  replaceLiteral,
  type SessionMiddleware,
  settingInWords,
  truthiness,
  type Value,
} from '../app-model.ts';
import { defineRule } from '../rule-contract.ts';

export const rule = defineRule({
  id: 'session-cookie-not-http-only',
  title: 'Session cookie readable by scripts',
  section: 'Sessions and cookies',
  severity: 'high',
  confidence: 'high',
  cwe: [1004],
  why:
    'All session middlewares set `HttpOnly` by default, so that scripts in the page cannot read the session cookie. ' +
    'With `httpOnly: false` a single cross-site scripting hole, or a compromised third-party script, is enough to steal sessions.',
  remedy: 'Remove `httpOnly` (both middlewares set it by default) or write `httpOnly: true`.',
  examples: {
    language: 'js',
    bad: 'app.use(session({ secret, cookie: { secure: true, httpOnly: false } }));',
    good: 'app.use(session({ secret, cookie: { secure: true, httpOnly: true } }));',
  },
  limits:
    'A missing `httpOnly` is fine: it is on by default. Cookies set by res.cookie() are the matter of `cookie-not-http-only`.',
  references: [
    'https://github.com/expressjs/session#cookiehttponly',
    'https://developer.mozilla.org/en-US/docs/Web/HTTP/Reference/Headers/Set-Cookie#httponly',
  ],
  level: 'session',
  check: (session, judge) => {
    const option = cookieOption(session, 'httpOnly');
    // express-session copies the option as it stands (session/cookie.js); cookie-session takes null and undefined for its default (index.js).
    const answer = ask(option.value, (value) => isOff(value, session.middleware));
    if (answer.kind === 'unknown') judge.undecided({ location: option.location, reason: answer.reason.text });
    if (answer.kind !== 'yes') return;
    judge.finding({
      location: option.location,
      related: option.related,
      subject: `${session.middleware} httpOnly off`,
      message: `In production scripts in the page can read the session cookie: \`${cookiePath(session, 'httpOnly')}\` is ${inWords(option.value)} there${settingInWords(option.value)}.`,
      ...replaceLiteral(option, 'true', 'Set it to true.'),
    });
  },
});

function isOff(value: Value, middleware: SessionMiddleware): boolean | null {
  if (value.kind === 'absent') return false;
  if (value.kind === 'known' && value.value === undefined)
    // client-sessions asks `typeof opts.cookie.httpOnly === 'undefined'`.
    return middleware !== 'cookie-session' && middleware !== 'client-sessions';
  if (middleware === 'cookie-session' && value.kind === 'known' && value.value === null) return false;
  const on = truthiness(value);
  return on === null ? null : !on;
}
