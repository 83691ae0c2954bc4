/** Reports sessions that are stored, with a cookie set, for visitors that have none yet. */
import type { Fix } from '../../model/finding.ts';
import {
  ask,
  inWords,
  isWritten,
  type Option,
  replaceLiteral,
  type SessionSetup,
  settingInWords,
  truthiness,
  type Value,
  writeOptions,
} from '../app-model.ts';
import { defineRule } from '../rule-contract.ts';

export const rule = defineRule({
  id: 'session-save-uninitialized',
  title: 'Empty sessions are saved',
  section: 'Sessions and cookies',
  severity: 'low',
  confidence: 'high',
  cwe: [400],
  why:
    'With `saveUninitialized` each request without a cookie (every robot and health check) makes a session in the store and sets a cookie, before anybody has signed in or agreed to cookies. ' +
    'It fills the store, and several requests at once each get a session of their own. Where it is not given, express-session takes `true` and says itself that this is deprecated.',
  remedy: 'Write `saveUninitialized: false`.',
  examples: {
    language: 'js',
    bad: 'app.use(session({ secret, resave: false }));',
    good: 'app.use(session({ secret, resave: false, saveUninitialized: false }));',
  },
  limits:
    'Whether the application needs a session id for visitors that it knows nothing of (a shopping basket by `req.sessionID`) cannot be told: it then better puts something into the session. The cookie-based sessions have no such option.',
  references: [
    'https://github.com/expressjs/session#saveuninitialized',
    'https://expressjs.com/en/resources/middleware/session.html',
  ],
  level: 'session',
  check: (session, judge) => {
    if (!session.facts.savesUninitialized) return;
    const option = session.option('saveUninitialized');
    const answer = ask(option.value, saves);
    if (answer.kind === 'unknown') judge.undecided({ location: option.location, reason: answer.reason.text });
    if (answer.kind !== 'yes') return;
    const missing = option.value.kind === 'absent' || !isWritten(session, option);
    judge.finding({
      location: option.location,
      related: option.related,
      subject: `${session.middleware} saveUninitialized ${missing ? 'missing' : 'true'}`,
      message: missing
        ? 'In production each visitor without a session gets one that is saved: session() is given no `saveUninitialized`, and takes true.'
        : `In production each visitor without a session gets one that is saved: \`saveUninitialized\` is ${inWords(option.value)} there${settingInWords(option.value)}.`,
      ...fixFor(session, option),
    });
  },
});

/** express-session index.js: `if (saveUninitializedSession === undefined) saveUninitializedSession = true`. */
function saves(value: Value): boolean | null {
  if (value.kind === 'absent' || (value.kind === 'known' && value.value === undefined)) return true;
  return truthiness(value);
}

function fixFor(session: SessionSetup, option: Option): { readonly fix?: Fix } {
  const description = 'Write `saveUninitialized: false`.';
  return option.value.kind === 'absent'
    ? writeOptions(session, new Map([['saveUninitialized', 'false']]), new Map(), description)
    : replaceLiteral(option, 'false', description);
}
