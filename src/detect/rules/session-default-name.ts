/** Reports a session cookie under the middleware's own default name. */
import { alternatives, callName, type Option, type SessionSetup, type Value } from '../app-model.ts';
import { defineRule } from '../rule-contract.ts';

export const rule = defineRule({
  id: 'session-default-name',
  title: 'Default session cookie name',
  section: 'Sessions and cookies',
  severity: 'low',
  confidence: 'high',
  cwe: [200],
  why:
    'The default name (`connect.sid`, `session`) tells everybody which middleware keeps the sessions, and two applications on one host overwrite each other’s cookie. ' +
    'The Express security page asks for a name of your own.',
  remedy:
    'Give it a `name` of your own, best with the prefix `__Host-` (which also makes browsers insist on Secure, Path=/ and no Domain).',
  examples: {
    language: 'js',
    bad: 'app.use(session({ secret, cookie: { secure: true } }));',
    good: "app.use(session({ secret, name: '__Host-shop', cookie: { secure: true } }));",
  },
  limits:
    'A name that is not known (it comes from the environment, without a default) is not questioned: it is one of your own. There is no automatic correction: other code may use the name too, such as `res.clearCookie()` at a logout.',
  references: [
    'https://expressjs.com/en/advanced/best-practice-security.html#dont-use-the-default-session-cookie-name',
    'https://github.com/expressjs/session#name',
  ],
  level: 'session',
  check: (session, judge) => {
    const { defaultName } = session.facts;
    if (defaultName === null) return;
    const option = nameOf(session);
    const values = alternatives(option.value);
    if (!values.every((value) => isDefault(value, session))) return;
    const missing = values.every((value) => value.kind === 'absent');
    judge.finding({
      location: option.location,
      related: option.related,
      subject: `${session.middleware} default name`,
      message: missing
        ? `In production the session cookie has the middleware's default name, \`${defaultName}\`: ${callName(session)} is given no \`${session.facts.name[0]}\`.`
        : `In production the session cookie's name is \`${defaultName}\`, the middleware's default.`,
    });
  },
});

/** express-session takes `name`, else the older `key` (index.js: `opts.name || opts.key`), as does cookie-session 1. */
function nameOf(session: SessionSetup): Option {
  const [first, second] = session.facts.name.map((name) => session.option(name));
  if (second === undefined || !alternatives(first!.value).every(isEmpty)) return first!;
  return alternatives(second.value).every(isEmpty) ? first! : second;
}

function isEmpty(value: Value): boolean {
  return value.kind === 'absent' || (value.kind === 'known' && !value.value);
}

/** cookie-session lets an empty `name` overwrite the cookie's (cookies 0.9, index.js: `for (var name in attrs)`): it is then not the default. */
function isDefault(value: Value, session: SessionSetup): boolean {
  const isLeft = session.middleware === 'cookie-session' ? value.kind === 'absent' : isEmpty(value);
  return isLeft || (value.kind === 'known' && value.value === session.facts.defaultName);
}
