/** Reports an expiry that is a date fixed when the program starts. */
import { alternatives, cookieOption, type Option, type SessionSetup, type Value } from '../app-model.ts';
import { defineRule } from '../rule-contract.ts';

export const rule = defineRule({
  id: 'session-cookie-static-expiry',
  title: 'Session expiry fixed at start-up',
  section: 'Sessions and cookies',
  severity: 'moderate',
  confidence: 'high',
  cwe: [613],
  why: 'The middleware is set up once, when the program starts. An `expires` computed there is the same date for every session: when it has passed, browsers drop each new session cookie at once and nobody stays signed in until the next restart.',
  remedy: 'Use `maxAge` (milliseconds): it is counted from each response.',
  examples: {
    language: 'js',
    bad: 'app.use(session({ secret, cookie: { expires: new Date(Date.now() + 60 * 60 * 1000) } }));',
    good: 'app.use(session({ secret, cookie: { maxAge: 60 * 60 * 1000 } }));',
  },
  limits:
    'Not reported where `maxAge` is set too, which then decides. An expiry set on a request (`req.session.cookie.expires = …`) is not a static one.',
  references: [
    'https://github.com/expressjs/session#cookieexpires',
    'https://github.com/expressjs/cookie-session#cookie-options',
  ],
  level: 'session',
  check: (session, judge) => {
    for (const [expires, maxAge] of candidates(session)) {
      if (
        !alternatives(expires.value).some(isDate) ||
        !alternatives(maxAge.value).every((value) => value.kind === 'absent')
      )
        continue;
      judge.finding({
        location: expires.location,
        related: expires.related,
        subject: `${session.middleware} static expires`,
        message:
          '`expires` is a date computed once, when the program starts: every session that begins after it is born expired.',
      });
    }
  },
});

function candidates(session: SessionSetup): [Option, Option][] {
  const own: [Option, Option] = [cookieOption(session, 'expires'), cookieOption(session, 'maxAge')];
  // cookie-session ignores `cookie`; moved to where it counts, the date would still be a fixed one.
  return session.facts.cookie !== ''
    ? [own]
    : [own, [session.option('cookie.expires'), session.option('cookie.maxAge')]];
}

function isDate(value: Value): boolean {
  if (value.kind === 'instance') return value.package === '' && value.export === 'Date';
  return (
    value.kind === 'known' &&
    (typeof value.value === 'number' || (typeof value.value === 'string' && value.value !== ''))
  );
}
