/** Reports cookie options written where the middleware does not look. */
import type { Option, SessionSetup } from '../app-model.ts';
import { defineRule } from '../rule-contract.ts';

/** What belongs into `cookie` (express-session, session/cookie.js). */
const cookieOptions = [
  'secure',
  'httpOnly',
  'sameSite',
  'maxAge',
  'expires',
  'domain',
  'path',
  'partitioned',
  'priority',
] as const;

export const rule = defineRule({
  id: 'session-option-misplaced',
  title: 'Session option that is ignored',
  section: 'Sessions and cookies',
  severity: 'high',
  confidence: 'high',
  cwe: [1173],
  why: 'The two session middlewares take the cookie’s options from different places: express-session from `cookie: { … }`, cookie-session from the top level. Neither says a word when they stand in the other place: the code looks safe, and the cookie is sent with the defaults.',
  remedy:
    'Move the option to where the middleware reads it: into `cookie: { … }` for express-session, to the top level for cookie-session.',
  examples: {
    language: 'js',
    bad: "const session = require('cookie-session');\napp.use(session({ keys, cookie: { secure: true, httpOnly: true } }));",
    good: "const session = require('cookie-session');\napp.use(session({ keys, secure: true, httpOnly: true }));",
  },
  limits:
    'Not reported where the same option also stands in its right place. Options that neither middleware knows are not reported.',
  references: [
    'https://github.com/expressjs/session#options',
    'https://github.com/expressjs/cookie-session#cookie-options',
    'https://expressjs.com/en/advanced/best-practice-security.html#set-cookie-security-options',
  ],
  level: 'session',
  check: (session, judge) => {
    if (session.middleware === 'cookie-session') {
      const option = session.option('cookie');
      const { value } = option;
      if (value.kind !== 'object') return;
      const names = cookieOptions.filter(
        (name) => value.fields.has(name) && session.option(name).value.kind === 'absent',
      );
      if (names.length === 0) return;
      judge.finding({
        location: option.location,
        related: option.related,
        subject: 'cookie-session cookie',
        message: `cookieSession() ignores \`cookie: { … }\`: ${listed(names)} in it ${names.length === 1 ? 'has' : 'have'} no effect, and the cookie is sent with the defaults.`,
        help: 'Write these options at the top level of the object given to cookieSession().',
      });
      return;
    }
    for (const name of cookieOptions) {
      const option = session.option(name);
      if (!isWritten(option) || isWritten(session.option(`cookie.${name}`)) || looksForeign(session, option))
        continue;
      judge.finding({
        location: option.location,
        related: option.related,
        subject: `express-session top-level ${name}`,
        message: `session() ignores \`${name}\` at the top level of its options: the cookie is sent with the default.`,
        help: `Move \`${name}\` into \`cookie: { … }\`.`,
      });
    }
  },
});

function isWritten({ value }: Option): boolean {
  return value.kind !== 'absent' && value.kind !== 'unknown';
}

/** An options object that is itself not known tells nothing about its fields. */
function looksForeign(session: SessionSetup, option: Option): boolean {
  return session.options.value.kind === 'unknown' || option.location.file === '';
}

function listed(names: readonly string[]): string {
  const quoted = names.map((name) => `\`${name}\``);
  return quoted.length === 1 ? quoted[0]! : `${quoted.slice(0, -1).join(', ')} and ${quoted.at(-1)}`;
}
