/** Reports a session cookie that the browser also sends with requests from other sites. */
import type { Fix } from '../../model/finding.ts';
import {
  ask,
  callName,
  cookieOption,
  cookiePath,
  inWords,
  isUnset,
  isWritten,
  type Option,
  type Program,
  replaceLiteral,
  type SessionFacts,
  type SessionSetup,
  settingInWords,
  type Value,
  writeOptions,
} from '../app-model.ts';
import { certainOptions } from '../headers/seen-https.ts';
import { defineRule } from '../rule-contract.ts';

export const rule = defineRule({
  id: 'session-cookie-same-site',
  title: 'Session cookie sent from other sites',
  section: 'Sessions and cookies',
  severity: 'moderate',
  confidence: 'high',
  cwe: [1275],
  why:
    'Neither express-session nor cookie-session sets `SameSite` by itself. Without it not all browsers keep the session cookie out of requests that other sites make, which is what cross-site request forgery lives on. ' +
    "`sameSite: 'none'` asks for exactly that.",
  remedy: "Write `sameSite: 'lax'` (links from elsewhere stay signed in) or `'strict'`.",
  examples: {
    language: 'js',
    bad: 'app.use(session({ secret, cookie: { secure: true } }));',
    good: "app.use(session({ secret, cookie: { secure: true, sameSite: 'lax' } }));",
  },
  limits:
    "An application that must be embedded in other sites needs `'none'`: waive the finding there, and protect state-changing routes by tokens. `'auto'` of express-session 1.19 and newer is reported: over HTTPS it sends `None`. express-session before 1.14.1 and cookie-session before 1.3 do not know the option.",
  references: [
    'https://github.com/expressjs/session#cookiesamesite',
    'https://developer.mozilla.org/en-US/docs/Web/HTTP/Reference/Headers/Set-Cookie#samesitesamesite-value',
  ],
  level: 'session',
  check: (session, judge, program) => {
    const option = cookieOption(session, 'sameSite');
    const { facts } = session;
    if (facts.sameSite === 'ignored') {
      judge.finding({
        location: isWritten(session, option) ? option.location : session.created,
        related: option.related,
        subject: `${session.middleware} sameSite ignored`,
        message: `In production the session cookie is sent without SameSite: this version of ${callName(session)}${session.version === null ? '' : ` (${session.version})`} does not know the option \`sameSite\`.`,
        help: "Upgrade the session middleware, and write `sameSite: 'lax'`.",
      });
      return;
    }
    const answer = ask(option.value, (value) => isOpen(value, facts));
    if (answer.kind === 'unknown') judge.undecided({ location: option.location, reason: answer.reason.text });
    if (answer.kind !== 'yes') return;
    const missing = isUnset(option.value);
    judge.finding({
      location: option.location,
      related: option.related,
      subject: `${session.middleware} sameSite ${missing ? 'missing' : inWords(option.value)}`,
      message: missing
        ? `In production the session cookie is sent without SameSite: ${callName(session)} is given no \`${cookiePath(session, 'sameSite')}\`.`
        : `In production \`${cookiePath(session, 'sameSite')}\` of the session cookie is ${inWords(option.value)}${settingInWords(option.value)}, so other sites' requests carry it.`,
      ...fixFor(session, option, program),
    });
  },
});

/** `'none'` was meant: whether another value would do cannot be told. */
function fixFor(session: SessionSetup, option: Option, program: Program): { readonly fix?: Fix } {
  if (option.value.kind === 'absent')
    return writeOptions(
      session,
      new Map([[cookiePath(session, 'sameSite'), "'lax'"]]),
      certainOptions(session, program),
      "Write `sameSite: 'lax'`.",
    );
  return option.value.kind === 'known' && !option.value.value
    ? replaceLiteral(option, "'lax'", "Set it to 'lax'.")
    : {};
}

function isOpen(value: Value, facts: SessionFacts): boolean | null {
  if (value.kind === 'absent') return facts.sameSite === 'no';
  if (isUnset(value)) return true;
  if (value.kind !== 'known') return null;
  if (typeof value.value === 'string')
    return value.value === '' || ['none', 'auto'].includes(value.value.toLowerCase());
  return value.value !== true;
}
