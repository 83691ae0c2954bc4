/** Reports a cookie with a session or token that the browser also sends with requests from other sites. */
import {
  ask,
  type CookieWrite,
  callOf,
  cookieName,
  inWords,
  isUnset,
  relatedOf,
  type Value,
  writeCookieOption,
} from '../app-model.ts';
import { defineRule } from '../rule-contract.ts';

export const rule = defineRule({
  id: 'cookie-same-site',
  title: 'Authentication cookie sent from other sites',
  section: 'Sessions and cookies',
  severity: 'moderate',
  confidence: 'high',
  cwe: [1275],
  why:
    'Express sets no `SameSite` by itself. Without it not all browsers keep the cookie out of requests that other sites make, which is what cross-site request forgery lives on. ' +
    "`sameSite: 'none'` asks for exactly that.",
  remedy:
    "Write `sameSite: 'lax'` (links from elsewhere stay signed in) or `'strict'` into the options of the cookie.",
  examples: {
    language: 'js',
    bad: "res.cookie('token', jwt.sign({ id: user.id }, secret), { httpOnly: true, secure: true });",
    good: "res.cookie('token', jwt.sign({ id: user.id }, secret), { httpOnly: true, secure: true, sameSite: 'lax' });",
  },
  limits:
    'Judged are cookies that tell who asks, by their name (`token`, `session`, `auth` …) or by what their value is (what jwt.sign() returns, a session or user id). ' +
    "`sameSite: true` is Strict. An application that other sites embed, or whose pages are on another site, needs `'none'`: waive the finding there, and protect state-changing routes by tokens. " +
    'Express before 4.14 does not know `sameSite` at all.',
  references: [
    'https://expressjs.com/en/api.html#res.cookie',
    'https://developer.mozilla.org/en-US/docs/Web/HTTP/Reference/Headers/Set-Cookie#samesitesamesite-value',
  ],
  level: 'program',
  check: (program, judge) => {
    for (const cookie of program.cookieWrites) {
      if (cookie.purpose !== 'authentication' || cookie.deletes) continue;
      const option = cookie.attribute('sameSite');
      if (ignoresSameSite(cookie) && !isUnset(option.value)) {
        judge.finding({
          location: option.location,
          related: relatedOf(cookie, option),
          subject: `${cookieName(cookie)} sameSite ignored`,
          message: `In production ${cookieName(cookie)} is sent without SameSite: Express ${cookie.version} does not know \`sameSite\`.`,
          help: 'Upgrade Express: `sameSite` is sent since 4.14.',
        });
        continue;
      }
      const answer = ask(option.value, isOpen);
      if (answer.kind === 'unknown')
        judge.undecided({ location: option.location, reason: answer.reason.text });
      if (answer.kind !== 'yes') continue;
      const missing = isUnset(option.value);
      judge.finding({
        location: option.location,
        related: relatedOf(cookie, option),
        subject: `${cookieName(cookie)} sameSite ${missing ? 'missing' : inWords(option.value)}`,
        message: missing
          ? `In production ${cookieName(cookie)} is sent without SameSite: ${callOf(cookie)} is given no \`sameSite\`.`
          : `In production \`sameSite\` of ${cookieName(cookie)} is ${inWords(option.value)}, so other sites' requests carry it.`,
        ...(missing ? writeCookieOption(cookie, 'sameSite') : {}),
      });
    }
  },
});

/** Express brought cookie 0.1 until 4.13 (package.json), whose `serialize` has no sameSite (index.js); 4.14 brought 0.3.1. */
function ignoresSameSite({ by, version }: CookieWrite): boolean {
  if (by !== 'res.cookie' || version === null) return false;
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major < 4 || (major === 4 && minor < 14);
}

/** cookie 0.7.2, index.js: falsy sends nothing, true is Strict, other texts are an error and send no cookie. */
function isOpen(value: Value): boolean | null {
  if (value.kind === 'absent') return true;
  if (value.kind !== 'known') return null;
  if (typeof value.value === 'string') return value.value === '' || value.value.toLowerCase() === 'none';
  return value.value !== true;
}
