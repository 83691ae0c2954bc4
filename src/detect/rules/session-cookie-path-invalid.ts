/** Reports a cookie path that does not begin with a slash. */
import {
  alternatives,
  cookieOption,
  inWords,
  replaceLiteral,
  type SessionSetup,
  settingInWords,
} from '../app-model.ts';
import { defineRule } from '../rule-contract.ts';

export const rule = defineRule({
  id: 'session-cookie-path-invalid',
  title: 'Cookie path without leading slash',
  section: 'Sessions and cookies',
  severity: 'moderate',
  confidence: 'high',
  cwe: [1188],
  why:
    'Browsers ignore a `Path` that does not begin with `/` and take the address’s own directory instead (RFC 6265, 5.2.4): the cookie then belongs to other addresses than was meant. ' +
    'express-session compares the path with each request’s address and, as none begins with it, sets no session at all.',
  remedy: 'Begin the path with `/`, or leave it out: the default is `/`.',
  examples: {
    language: 'js',
    bad: "app.use(session({ secret, cookie: { path: 'shop' } }));",
    good: "app.use(session({ secret, cookie: { path: '/shop' } }));",
  },
  limits:
    'For cookie-session a path inside the ignored `cookie: { … }` is reported too: moved to where it counts it would still be wrong.',
  references: [
    'https://www.rfc-editor.org/rfc/rfc6265#section-5.2.4',
    'https://github.com/expressjs/session#cookiepath',
  ],
  level: 'session',
  check: (session, judge) => {
    for (const option of candidates(session)) {
      const bad = alternatives(option.value).find(
        (value) =>
          value.kind === 'known' &&
          typeof value.value === 'string' &&
          value.value !== '' &&
          !value.value.startsWith('/'),
      );
      if (bad === undefined) continue;
      judge.finding({
        location: option.location,
        related: option.related,
        subject: `${session.middleware} path without slash`,
        message:
          session.middleware === 'express-session'
            ? `The cookie's path is ${inWords(bad)} in production${settingInWords(bad)} and does not begin with a slash: express-session then sets no session for any request.`
            : `The cookie's path is ${inWords(bad)} in production${settingInWords(bad)} and does not begin with a slash: browsers ignore it.`,
        ...(bad.kind === 'known' && /^[\w/-]+$/.test(String(bad.value))
          ? replaceLiteral(option, `'/${String(bad.value)}'`, 'Begin it with a slash.')
          : {}),
      });
    }
  },
});

function candidates(session: SessionSetup) {
  const own = cookieOption(session, 'path');
  return session.facts.cookie === '' ? [own, session.option('cookie.path')] : [own];
}
