/** Reports a session cookie that is sent to every host of a registrable domain, or to a public suffix. */
import { parse } from 'tldts';
import { ask, cookieOption, cookiePath, inWords, settingInWords, type Value } from '../app-model.ts';
import { defineRule } from '../rule-contract.ts';

export const rule = defineRule({
  id: 'session-cookie-broad-domain',
  title: 'Session cookie for a whole domain',
  section: 'Sessions and cookies',
  severity: 'low',
  confidence: 'medium',
  cwe: [1275],
  why:
    'A cookie with `Domain=example.com` goes to every host below it: a forgotten test server, a blog at a hosting company or a customer’s page on `customer.example.com` is handed the session, and can set one of its own choice. ' +
    'A public suffix (`co.uk`, `herokuapp.com`) belongs to no single owner, and browsers refuse a cookie for it.',
  remedy:
    'Leave `domain` out: the cookie then goes to the host that set it only. Where several hosts must share it, name the narrowest domain that holds them.',
  examples: {
    language: 'js',
    bad: "app.use(session({ secret, cookie: { domain: '.example.com' } }));",
    good: 'app.use(session({ secret, cookie: { secure: true } }));',
  },
  limits:
    'A domain that is not written in the repository, such as one that only an environment variable holds, is not questioned. `localhost`, addresses, names of a single label and names under no known top-level domain (`shop.internal`) are no registrable domains. ' +
    'What is registrable is told by the Public Suffix List, its private part included. A single sign-on over several hosts needs such a cookie: waive the finding there.',
  references: [
    'https://expressjs.com/en/advanced/best-practice-security.html#set-cookie-security-options',
    'https://developer.mozilla.org/en-US/docs/Web/HTTP/Reference/Headers/Set-Cookie#domaindomain-value',
    'https://publicsuffix.org/',
  ],
  level: 'session',
  check: (session, judge) => {
    const option = cookieOption(session, 'domain');
    if (option.value.kind === 'unknown') return;
    const answer = ask(option.value, (value) => breadthOf(value) !== null);
    if (answer.kind === 'unknown') {
      // Only where a broad one is written does it matter which of them production takes.
      if (option.value.kind === 'oneOf' && option.value.alternatives.some((one) => breadthOf(one) !== null))
        judge.undecided({ location: option.location, reason: answer.reason.text });
      return;
    }
    if (answer.kind !== 'yes') return;
    const breadth = breadthOf(option.value.kind === 'oneOf' ? option.value.alternatives[0]! : option.value);
    judge.finding({
      location: option.location,
      related: option.related,
      subject: `${session.middleware} domain ${breadth}`,
      message:
        breadth === 'suffix'
          ? `In production \`${cookiePath(session, 'domain')}\` is ${inWords(option.value)}${settingInWords(option.value)}, a suffix under which anybody has names: browsers refuse such a session cookie.`
          : `In production \`${cookiePath(session, 'domain')}\` is ${inWords(option.value)}${settingInWords(option.value)}, so every host of that domain is sent the session cookie.`,
    });
  },
});

function breadthOf(value: Value): 'domain' | 'suffix' | null {
  if (value.kind !== 'known' || typeof value.value !== 'string') return null;
  // Browsers pass over a leading dot (RFC 6265, 5.2.3).
  const host = value.value.trim().replace(/^\./, '').toLowerCase();
  if (!/^[a-z0-9-]+(?:\.[a-z0-9-]+)*$/.test(host)) return null;
  const { isIp, isIcann, isPrivate, publicSuffix, domain } = parse(host, { allowPrivateDomains: true });
  if (isIp === true || (isIcann !== true && isPrivate !== true)) return null;
  if (host === publicSuffix) return 'suffix';
  return host === domain ? 'domain' : null;
}
