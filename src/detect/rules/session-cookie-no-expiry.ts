/** Reports a session cookie that never expires on its own. */
import {
  ask,
  callName,
  expiryOption,
  inWords,
  isUnset,
  isWritten,
  type SessionSetup,
  truthiness,
  type Value,
} from '../app-model.ts';
import { defineRule } from '../rule-contract.ts';

export const rule = defineRule({
  id: 'session-cookie-no-expiry',
  title: 'Session cookie without expiry',
  section: 'Sessions and cookies',
  severity: 'low',
  confidence: 'high',
  cwe: [613],
  why:
    'Without `maxAge` or `expires` the cookie lives as long as the browser does, and browsers that restore their windows keep it for weeks. ' +
    'With express-session the store, too, then keeps the session for its own default time only.',
  remedy:
    'Set `maxAge` (milliseconds) to as long as a session should live, such as `maxAge: 60 * 60 * 1000`.',
  examples: {
    language: 'js',
    bad: 'app.use(session({ secret, cookie: { secure: true } }));',
    good: 'app.use(session({ secret, cookie: { secure: true, maxAge: 60 * 60 * 1000 } }));',
  },
  limits:
    'A session that sets `req.session.cookie.maxAge` at login is reported all the same: before it, the default holds. Whether the time is a sensible one is not judged, nor what a time that comes from elsewhere is: that it is written counts.',
  references: [
    'https://github.com/expressjs/session#cookiemaxage',
    'https://expressjs.com/en/advanced/best-practice-security.html#set-cookie-security-options',
  ],
  level: 'session',
  check: (session, judge) => {
    const option = expiryOption(session);
    const isKept = (value: Value): boolean | null => isSet(value, session);
    // What stands there is some time, whatever it comes to; where it is one of several, one of them may be none.
    if (option.value.kind === 'unknown' && option.value.truthy !== false && isWritten(session, option))
      return;
    const answer = ask(withTime(option.value), isKept);
    if (answer.kind === 'unknown') judge.undecided({ location: option.location, reason: answer.reason.text });
    if (answer.kind !== 'no') return;
    judge.finding({
      location: session.created,
      related: option.related,
      subject: `${session.middleware} no expiry`,
      message: isUnset(option.value)
        ? `The session cookie has no expiry in production: ${callName(session)} is given neither \`maxAge\` nor \`expires\`.`
        : `The session cookie has no expiry in production: what ${callName(session)} is given for it is ${inWords(option.value)} there.`,
    });
  },
});

/** `Number(process.env.X) || 60000` is a time either way; `process.env.X && 60000` is not. */
function withTime(value: Value): Value {
  if (value.kind !== 'oneOf') return value;
  const known = value.alternatives.filter((one) => one.kind !== 'unknown' || one.truthy === false);
  return known.length > 0 && known.every((one) => truthiness(one) === true)
    ? { ...value, alternatives: known }
    : value;
}

/** A `maxAge` of 0 is a time to express-session (session/cookie.js). */
function isSet(value: Value, { middleware, facts }: SessionSetup): boolean {
  if (value.kind === 'absent') return facts.expires;
  // client-sessions and express-openid-connect count on their own `duration`, iron-session on its `ttl`, unless that is asked for.
  if (facts.expires)
    return value.kind !== 'known' || value.value !== undefined || middleware !== 'iron-session';
  // cookies 0.9 counts from `maxAge` only where it is not 0 (index.js); express-session sets a cookie that ends at once.
  if (middleware === 'cookie-session' && value.kind === 'known' && value.value === 0) return false;
  if (value.kind === 'known') return Boolean(value.value) || typeof value.value === 'number';
  return true;
}
