/** Reports a session cookie that production sends without the Secure attribute. */
import {
  type Answer,
  type App,
  ask,
  callName,
  cookieOption,
  inWords,
  isUnset,
  type Program,
  replaceLiteral,
  type SessionSetup,
  settingInWords,
  truthiness,
  type Value,
} from '../app-model.ts';
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
    "`secure: 'auto'` is not reported: the cookie is then secure wherever the connection is. A value that hangs on an environment variable other than NODE_ENV is undecided unless a file of the repository that sets up production, or the policy's `environment`, says what it is. " +
    'cookieSession() without `secure` is not reported where the app trusts its proxy or is served over HTTPS.',
  references: [
    'https://expressjs.com/en/advanced/best-practice-security.html#set-cookie-security-options',
    'https://github.com/expressjs/session#cookiesecure',
    'https://github.com/expressjs/cookie-session#cookie-options',
    'https://developer.mozilla.org/en-US/docs/Web/HTTP/Reference/Headers/Set-Cookie#secure',
  ],
  level: 'session',
  check: (session, judge, program) => {
    const option = cookieOption(session, 'secure');
    const answer = ask(option.value, (value) => isInsecure(session, value, program));
    if (answer.kind === 'unknown') judge.undecided({ location: option.location, reason: answer.reason.text });
    if (answer.kind !== 'yes') return;
    const missing = isUnset(option.value);
    judge.finding({
      location: option.location,
      related: option.related,
      subject: `${session.middleware} secure ${missing ? 'missing' : 'false'}`,
      message: missing
        ? `In production the session cookie is sent without Secure: ${callName(session)} is given no \`${optionName(session)}\`.`
        : `In production the session cookie is sent without Secure: \`${optionName(session)}\` is ${inWords(option.value)} there${settingInWords(option.value)}.`,
      help: `Write \`${session.middleware === 'express-session' ? 'cookie: { secure: true }' : 'secure: true'}\`, and \`app.set('trust proxy', 1)\` where a proxy ends TLS.`,
      ...replaceLiteral(option, 'true', 'Set it to true.'),
    });
  },
});

function optionName(session: SessionSetup): string {
  return session.middleware === 'express-session' ? 'cookie.secure' : 'secure';
}

function isInsecure(session: SessionSetup, value: Value, program: Program): boolean | null {
  // cookies 0.9, index.js: `opts.secure !== undefined ? opts.secure : secure`; null is no `undefined`.
  if (session.middleware === 'cookie-session' && isUnset(value) && !isNull(value)) {
    const answer = seesHttps(session, program);
    return answer.kind === 'unknown' ? null : answer.kind === 'no';
  }
  const secure = truthiness(value);
  return secure === null ? null : !secure;
}

function isNull(value: Value): boolean {
  return value.kind === 'known' && value.value === null;
}

/** cookie-session asks `req.protocol` and the socket (cookies 0.9, index.js): they tell HTTPS by a trusted proxy or an own TLS server. */
function seesHttps(session: SessionSetup, program: Program): Answer {
  const apps = session.attachedTo;
  const around = new Set<App>();
  const climb = (app: App): void => {
    if (around.has(app)) return;
    around.add(app);
    app.mountedOn.forEach(climb);
  };
  apps.forEach(climb);
  if (
    program.servers.some(
      (server) => server.kind !== 'http' && (server.app === null || around.has(server.app)),
    )
  )
    return { kind: 'yes' };
  const answers = apps.map((app) => trustsProxy(app, 0));
  if (answers.some((answer) => answer.kind === 'yes')) return { kind: 'yes' };
  return answers.find((answer) => answer.kind === 'unknown') ?? { kind: 'no' };
}

/** A mounted app takes the setting over from the one that it is mounted on, unless it has one of its own (express, lib/application.js). */
function trustsProxy(app: App, depth: number): Answer {
  const { value } = app.setting('trust proxy');
  if (value.kind !== 'absent' || app.mountedOn.length === 0 || depth > 8) return ask(value, truthiness);
  const answers = app.mountedOn.map((parent) => trustsProxy(parent, depth + 1));
  return answers.find((answer) => answer.kind !== 'yes') ?? { kind: 'yes' };
}
