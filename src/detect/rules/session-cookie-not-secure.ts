/** Reports a session cookie that production sends without the Secure attribute. */
import type { Fix } from '../../model/finding.ts';
import {
  type Answer,
  alternatives,
  ask,
  callName,
  cookiePath,
  inWords,
  isUnset,
  type Option,
  type Program,
  type Reason,
  replaceLiteral,
  type SessionSetup,
  secureOption,
  settingInWords,
  truthiness,
  type Value,
  writeOptions,
} from '../app-model.ts';
import {
  believeProxy,
  certainOptions,
  followsConnection,
  isServed,
  secureOptions,
  seesHttps,
  unseenHttps,
} from '../headers/seen-https.ts';
import { defineRule } from '../rule-contract.ts';

export const rule = defineRule({
  id: 'session-cookie-not-secure',
  title: 'Session cookie without Secure',
  section: 'Sessions and cookies',
  severity: 'high',
  confidence: 'high',
  cwe: [614],
  why:
    'Without `Secure` the browser also sends the session cookie over plain HTTP: whoever can read one unencrypted request (a public network, a link to `http://`) takes over the session. ' +
    'express-session leaves the attribute out unless `cookie.secure` is set; cookie-session sets it by itself only where it sees that the request came by HTTPS.',
  remedy:
    'Set `secure: true` (in `cookie` for express-session, at the top level for cookie-session), and `app.set("trust proxy", 1)` where a proxy ends TLS.',
  examples: {
    language: 'js',
    bad: "app.use(session({ secret, cookie: { secure: process.env.NODE_ENV !== 'production' } }));",
    good: "app.set('trust proxy', 1);\napp.use(session({ secret, cookie: { secure: process.env.NODE_ENV === 'production' } }));",
  },
  limits:
    "`secure: 'auto'` is reported where the app listens in plain HTTP and does not trust its proxy: the cookie is only Secure where the connection is seen to be. A value that hangs on an environment variable other than NODE_ENV is undecided unless a file of the repository that sets up production, or the policy's `environment`, says what it is. " +
    'cookieSession() and client-sessions without `secure` are not reported where they see HTTPS: the app trusts its proxy, is served over HTTPS, or marks its requests. iron-session and express-openid-connect set Secure by themselves.',
  references: [
    'https://expressjs.com/en/advanced/best-practice-security.html#set-cookie-security-options',
    'https://github.com/expressjs/session#cookiesecure',
    'https://github.com/expressjs/cookie-session#cookie-options',
    'https://developer.mozilla.org/en-US/docs/Web/HTTP/Reference/Headers/Set-Cookie#secure',
  ],
  level: 'session',
  check: (session, judge, program) => {
    const option = secureOption(session);
    const answer = ask(option.value, (value) => isInsecure(session, value, program));
    if (answer.kind === 'unknown')
      judge.undecided({
        location: option.location,
        reason: (connectionReason(session, option.value, program) ?? answer.reason).text,
      });
    if (answer.kind !== 'yes') return;
    if (alternatives(option.value).every((value) => followsConnection(value, session))) {
      judge.finding({
        location: option.location,
        related: option.related,
        subject: `${session.middleware} secure auto`,
        message: `In production the session cookie is sent without Secure: \`${cookiePath(session, 'secure')}\` is 'auto', but ${unseenHttps(program)}.`,
        help: "Write `app.set('trust proxy', 1)` with the number of proxies in front of the application (or the session's own `proxy: true`), or `secure: true`.",
        ...believeProxy(session),
      });
      return;
    }
    const missing = isUnset(option.value) && !isNull(option.value);
    const name = cookiePath(session, 'secure');
    judge.finding({
      location: option.location,
      related: option.related,
      subject: `${session.middleware} secure ${missing ? 'missing' : 'false'}`,
      message: missing
        ? session.facts.secure === 'connection' && !isServed(session, program)
          ? `In production the session cookie is sent without Secure wherever the connection is not seen to be HTTPS: ${callName(session)} is given no \`${name}\`.`
          : `In production the session cookie is sent without Secure: ${callName(session)} is given no \`${name}\`.`
        : `In production the session cookie is sent without Secure: \`${name}\` is ${inWords(option.value)} there${settingInWords(option.value)}.`,
      help: helpFor(session),
      ...fixFor(session, option, program),
    });
  },
});

function helpFor(session: SessionSetup): string {
  const { cookie } = session.facts;
  return `Write \`${cookie === '' ? 'secure: true' : `${cookie.split('.').join(': { ')}: { secure: true }${' }'.repeat(cookie.split('.').length - 1)}`}\`, and \`app.set('trust proxy', 1)\` where a proxy ends TLS.`;
}

function fixFor(session: SessionSetup, option: Option, program: Program): { readonly fix?: Fix } {
  const wanted = secureOptions(session, program);
  if (wanted.size === 0) return {};
  const description = `Set it to true${wanted.size > 1 ? ', and let the session believe the proxy that ends TLS' : ''}.`;
  if (option.value.kind === 'absent')
    return session.facts.secure === 'no'
      ? writeOptions(session, wanted, certainOptions(session, program), description)
      : {};
  const { fix } = replaceLiteral(option, 'true', description);
  if (fix === undefined) return {};
  const besides = new Map([...wanted].filter(([path]) => path !== cookiePath(session, 'secure')));
  if (besides.size === 0) return { fix };
  const edits = session.write(besides, besides);
  return edits === null ? {} : { fix: { ...fix, edits: [...fix.edits, ...edits] } };
}

/** Whether the middleware sees HTTPS, where that decides on Secure; else null. */
function byConnection(session: SessionSetup, value: Value, program: Program): Answer | null {
  // cookies 0.9, index.js: `opts.secure !== undefined ? opts.secure : secure`; null is no `undefined`. Before 0.8 an undefined one counted.
  if (session.facts.secure === 'connection' && isUnset(value) && !isNull(value))
    return seesHttps(session, program, 'everywhere');
  // What nothing is seen to serve, something may serve by HTTPS.
  if (followsConnection(value, session))
    return isServed(session, program) ? seesHttps(session, program, 'everywhere', 'begun') : { kind: 'yes' };
  return null;
}

/** Why it is not known whether the middleware sees HTTPS, where that decides. */
function connectionReason(session: SessionSetup, value: Value, program: Program): Reason | null {
  for (const one of alternatives(value)) {
    const answer = byConnection(session, one, program);
    if (answer?.kind === 'unknown') return answer.reason;
  }
  return null;
}

function isInsecure(session: SessionSetup, value: Value, program: Program): boolean | null {
  const seen = byConnection(session, value, program);
  if (seen !== null) return seen.kind === 'unknown' ? null : seen.kind === 'no';
  if (session.facts.secure === 'yes' && value.kind === 'absent') return false;
  const secure = truthiness(value);
  return secure === null ? null : !secure;
}

function isNull(value: Value): boolean {
  return value.kind === 'known' && value.value === null;
}
