/** Reports a session cookie that the browser also sends with requests from other sites. */
import { ask, callName, cookieOption, inWords, isUnset, settingInWords, type Value } from '../app-model.ts';
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
    "An application that must be embedded in other sites needs `'none'`: waive the finding there, and protect state-changing routes by tokens. `'auto'` of express-session 1.19 and newer is reported: over HTTPS it sends `None`.",
  references: [
    'https://github.com/expressjs/session#cookiesamesite',
    'https://developer.mozilla.org/en-US/docs/Web/HTTP/Reference/Headers/Set-Cookie#samesitesamesite-value',
  ],
  level: 'session',
  check: (session, judge) => {
    const option = cookieOption(session, 'sameSite');
    const answer = ask(option.value, isOpen);
    if (answer.kind === 'unknown') judge.undecided({ location: option.location, reason: answer.reason.text });
    if (answer.kind !== 'yes') return;
    const missing = isUnset(option.value);
    judge.finding({
      location: option.location,
      related: option.related,
      subject: `${session.middleware} sameSite ${missing ? 'missing' : inWords(option.value)}`,
      message: missing
        ? `In production the session cookie is sent without SameSite: ${callName(session)} is given no \`sameSite\`.`
        : `In production \`sameSite\` of the session cookie is ${inWords(option.value)}${settingInWords(option.value)}, so other sites' requests carry it.`,
    });
  },
});

function isOpen(value: Value): boolean | null {
  if (isUnset(value)) return true;
  if (value.kind !== 'known') return null;
  if (typeof value.value === 'string')
    return value.value === '' || ['none', 'auto'].includes(value.value.toLowerCase());
  return value.value !== true;
}
