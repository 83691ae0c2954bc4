/** Reports secrets that others can work out although they stand nowhere, and sessions that are not signed at all. */
import {
  alternatives,
  callName,
  cookiePath,
  inWords,
  type Option,
  replaceLiteral,
  type SessionSetup,
  settingInWords,
  type Value,
} from '../app-model.ts';
import { defineRule, type Judge } from '../rule-contract.ts';

export const rule = defineRule({
  id: 'session-secret-weak',
  title: 'Weak session secret',
  section: 'Sessions and cookies',
  severity: 'high',
  confidence: 'high',
  cwe: [330, 521],
  why:
    'The secret signs the session cookie, so whoever works it out can forge a session. One signed cookie is enough to try secrets at leisure: the time at which a program started, what `Math.random()` gives (no cryptographic generator), a UUID of version 1 (time and host) or a few random bytes are found in hours. ' +
    'cookieSession() with `signed: false` does not even look: the browser may write into the session what it likes.',
  remedy:
    'Take at least 16 random bytes, once (`openssl rand -hex 32`), and give them to production by its environment or a secret store.',
  examples: {
    language: 'js',
    bad: 'app.use(session({ secret: process.env.SESSION_SECRET || String(Math.random()) }));',
    good: "const { SESSION_SECRET } = process.env;\nif (!SESSION_SECRET) throw new Error('SESSION_SECRET is not set');\napp.use(session({ secret: SESSION_SECRET }));",
  },
  limits:
    'A secret that stands in the repository, be it well chosen or `keyboard cat`, in the code or in a file that sets up production, is the matter of `session-secret-hardcoded` alone: its length changes nothing. What an environment variable holds elsewhere cannot be seen. ' +
    'An empty secret is reported only among the keys: an empty one alone makes the middlewares refuse every request.',
  references: [
    'https://github.com/expressjs/session#secret',
    'https://github.com/expressjs/cookie-session#options',
    'https://cheatsheetseries.owasp.org/cheatsheets/Session_Management_Cheat_Sheet.html#session-id-entropy',
  ],
  level: 'session',
  whicheverWay: true,
  check: (session, judge) => {
    if (session.middleware === 'cookie-session') judgeSigning(session, judge);
    for (const name of session.facts.secrets) judgeSecret(session, session.option(name), name, judge);
  },
});

/** cookie-session index.js: `if (opts.signed == null) opts.signed = true`. */
function judgeSigning(session: SessionSetup, judge: Judge): void {
  const option = session.option('signed');
  const { value } = option;
  if (value.kind !== 'known' || value.value === undefined || value.value === null || value.value) return;
  const hasKeys = ['keys', 'secret'].some((name) =>
    alternatives(session.option(name).value).some((one) => one.kind !== 'absent'),
  );
  judge.finding({
    location: option.location,
    related: option.related,
    subject: 'cookie-session signed false',
    message: `In production the session is not signed: \`${cookiePath(session, 'signed')}\` is ${inWords(value)} there${settingInWords(value)}, so that anybody can write a session of their own.`,
    help: 'Leave `signed` out, and give `keys`.',
    ...(hasKeys ? replaceLiteral(option, 'true', 'Set it to true.') : {}),
  });
}

function judgeSecret(session: SessionSetup, option: Option, name: string, judge: Judge): void {
  for (const value of alternatives(option.value)) {
    const items = value.kind === 'array' ? value.items.map((item) => item.value) : [];
    const weak = items.some((item) => item.kind === 'known' && item.value === '')
      ? 'one of its keys is empty'
      : [value, ...items]
          .flatMap(alternatives)
          .map(weakness)
          .find((one) => one !== null);
    if (weak === undefined || weak === null) continue;
    const fallback = alternatives(option.value).some((other) => other !== value);
    judge.finding({
      location: option.location,
      related: option.related,
      subject: `${session.middleware} ${name} weak`,
      message: fallback
        ? `Wherever nothing else is set, \`${name}\` of ${callName(session)} is a secret that others can work out: ${weak}.`
        : `In production \`${name}\` of ${callName(session)} is a secret that others can work out: ${weak}.`,
    });
    return;
  }
}

/** In words, why a value that stands nowhere can be guessed all the same; null where it is not known to be. */
function weakness(value: Value): string | null {
  if (value.kind === 'unknown') return value.reason.guessable === true ? value.reason.text : null;
  if (value.kind !== 'instance') return null;
  if (value.package === '' && value.export === 'Date') return 'it is the time at which the program starts';
  return value.package === 'os' && value.export === 'hostname' ? "it is the machine's name" : null;
}
