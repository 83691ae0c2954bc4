/** Reports Secure session cookies of an application that is never seen to be reached by HTTPS: the middleware then sets none. */
import {
  type App,
  ask,
  callName,
  type Option,
  type Program,
  type SessionSetup,
  secureOption,
  truthiness,
  type Value,
} from '../app-model.ts';
import { believeProxy, followsConnection, isServed, seesHttps, unseenHttps } from '../headers/seen-https.ts';
import { defineRule } from '../rule-contract.ts';

export const rule = defineRule({
  id: 'session-trust-proxy-missing',
  title: 'Secure session cookie without a trusted proxy',
  section: 'Sessions and cookies',
  severity: 'moderate',
  confidence: 'medium',
  cwe: [1188],
  why:
    'The application listens in plain HTTP, so TLS ends in front of it, at a proxy, load balancer or platform. Unless it is told to trust that proxy, it takes each request for an unencrypted one: ' +
    'express-session and cookie-session then set no Secure cookie, without a word, so that nobody can sign in (client-sessions answers with an error). It is usually “solved” by switching `secure` off.',
  remedy:
    "Write `app.set('trust proxy', 1)` with the number of proxies in front of the application (express-session also takes `proxy: true`), and let the proxy send X-Forwarded-Proto.",
  examples: {
    language: 'js',
    bad: 'const app = express();\napp.use(session({ secret, cookie: { secure: true } }));\napp.listen(3000);',
    good: "const app = express();\napp.set('trust proxy', 1);\napp.use(session({ secret, cookie: { secure: true } }));\napp.listen(3000);",
  },
  limits:
    "Only applications that are seen to listen in plain HTTP are judged, not those that a platform's own server calls. An own TLS server and middleware that marks its requests (`req.connection.proxySecure`, `req.connection.encrypted`, X-Forwarded-Proto) are fine; `secure: 'auto'` is the matter of session-cookie-not-secure. Where `trust proxy` hangs on something outside the repository, so does the answer.",
  references: [
    'https://expressjs.com/en/guide/behind-proxies.html',
    'https://github.com/expressjs/session#cookiesecure',
    'https://github.com/expressjs/session#proxy',
  ],
  level: 'session',
  check: (session, judge, program) => {
    const option = secureOption(session);
    if (ask(option.value, (value) => isDemanded(value, session)).kind !== 'yes') return;
    if (session.facts.https === 'anyhow' || !isServed(session, program)) return;
    // client-sessions leaves a cookie with `secureProxy` to itself; so does cookies.
    if (option !== undefined && isSecureProxy(session, option)) return;
    const answer = seesHttps(session, program, 'somewhere');
    if (answer.kind === 'unknown') judge.undecided({ location: option.location, reason: answer.reason.text });
    if (answer.kind !== 'no') return;
    const app = session.attachedTo.find((one) => one.listens) ?? session.attachedTo[0]!;
    judge.finding({
      location: option.location,
      related: [...option.related, placeOf(app)],
      subject: `${session.middleware} trust proxy missing`,
      message: messageFor(session, program),
      ...(session.facts.https === 'socket' ? { help: socketHelp(session) } : {}),
      ...believeProxy(session),
    });
  },
});

/** Whether the cookie is to be Secure whatever the connection is seen to be. */
function isDemanded(value: Value, session: SessionSetup): boolean | null {
  return followsConnection(value, session) ? false : truthiness(value);
}

function isSecureProxy(session: SessionSetup, option: Option): boolean {
  const { cookie } = session.facts;
  const proxied = session.option(cookie === '' ? 'secureProxy' : `${cookie}.secureProxy`);
  return (
    proxied.value.kind !== 'absent' &&
    proxied.location.line === option.location.line &&
    proxied.location.column === option.location.column &&
    proxied.location.file === option.location.file
  );
}

function messageFor(session: SessionSetup, program: Program): string {
  switch (session.middleware) {
    case 'client-sessions':
      return `In production every request fails ("you cannot have a secure cookie unless the socket is secure"): ${callName(session)} is to set a Secure cookie, but the app listens in plain HTTP, and nothing marks its requests by \`req.connection.proxySecure\`.`;
    default:
      return `In production the session cookie is never set: ${callName(session)} is to set a Secure cookie, but ${unseenHttps(program)}.`;
  }
}

function socketHelp(session: SessionSetup): string {
  return session.facts.proxyOption === null
    ? `${callName(session)} looks at the socket only: set \`req.connection.proxySecure = true\` before it where the proxy ended TLS, or use another session middleware.`
    : `This version of ${callName(session)} does not ask Express: write \`${session.facts.proxyOption}: true\`.`;
}

function placeOf({ created }: App) {
  return {
    file: created.file,
    line: created.line,
    column: created.column,
    message: 'the app that does not trust a proxy',
  };
}
