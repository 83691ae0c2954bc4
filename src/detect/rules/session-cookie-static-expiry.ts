/** Reports an expiry that is a date fixed when the program starts. */
import { alternatives, cookieOption, expiryOption, type Option, type SessionSetup } from '../app-model.ts';
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
    'Not reported where `maxAge` is set too and decides: in cookie-session always, in express-session where it is written after `expires`. An expiry set on a request (`req.session.cookie.expires = …`) is not a static one.',
  references: [
    'https://github.com/expressjs/session#cookieexpires',
    'https://github.com/expressjs/cookie-session#cookie-options',
  ],
  level: 'session',
  check: (session, judge) => {
    for (const expires of candidates(session))
      judge.finding({
        location: expires.location,
        related: expires.related,
        subject: `${session.middleware} static expires`,
        message:
          '`expires` is a date computed once, when the program starts: every session that begins after it is born expired.',
      });
  },
});

function candidates(session: SessionSetup): Option[] {
  // Of the two that decides which the middleware takes.
  const decides = expiryOption(session);
  const own = isFixed(decides, cookieOption(session, 'maxAge')) ? [decides] : [];
  if (session.facts.cookie !== '') return own;
  // cookie-session ignores `cookie`; moved to where it counts, the date would still be a fixed one.
  const moved = session.option('cookie.expires');
  const movedMaxAge = session.option('cookie.maxAge');
  return alwaysAbsent(movedMaxAge) && isFixed(moved, movedMaxAge) ? [...own, moved] : own;
}

function alwaysAbsent({ value }: Option): boolean {
  return alternatives(value).every((one) => one.kind === 'absent');
}

/** A number or a text is a time of expiry only where it cannot be `maxAge`. */
function isFixed(expires: Option, maxAge: Option): boolean {
  return alternatives(expires.value).some(
    (value) =>
      (value.kind === 'instance' && value.package === '' && value.export === 'Date') ||
      (alwaysAbsent(maxAge) &&
        value.kind === 'known' &&
        (typeof value.value === 'number' || (typeof value.value === 'string' && value.value !== ''))),
  );
}
