/** Reports cookie options written where the middleware does not look. */
import { sessionCookieOptions } from '../../data/session-cookie-options.ts';
import type { Fix } from '../../model/finding.ts';
import {
  callName,
  inWords,
  type Option,
  type Program,
  type SessionSetup,
  truthiness,
  type Value,
} from '../app-model.ts';
import { lacksHttps, secureOptions } from '../headers/seen-https.ts';
import { defineRule, type Judge } from '../rule-contract.ts';

export const rule = defineRule({
  id: 'session-option-misplaced',
  title: 'Session option that is ignored',
  section: 'Sessions and cookies',
  severity: 'high',
  confidence: 'high',
  cwe: [1173],
  why: 'The two session middlewares take the cookie’s options from different places: express-session from `cookie: { … }`, cookie-session from the top level. Neither says a word when they stand in the other place: the code looks safe, and the cookie is sent with the defaults.',
  remedy:
    'Move the option to where the middleware reads it: into `cookie: { … }` for express-session, to the top level for cookie-session.',
  examples: {
    language: 'js',
    bad: "const session = require('cookie-session');\napp.use(session({ keys, cookie: { secure: true, httpOnly: true } }));",
    good: "const session = require('cookie-session');\napp.use(session({ keys, secure: true, httpOnly: true }));",
  },
  limits:
    'Not reported where the same option also stands in its right place. Options that neither middleware knows are not reported.',
  references: [
    'https://github.com/expressjs/session#options',
    'https://github.com/expressjs/cookie-session#cookie-options',
    'https://expressjs.com/en/advanced/best-practice-security.html#set-cookie-security-options',
  ],
  level: 'session',
  check: (session, judge, program) => {
    // Of the others' options only those of the two are known by heart.
    if (session.middleware === 'cookie-session') judgeInner(session, judge, program);
    else if (session.facts.cookie === 'cookie') judgeTop(session, judge, program);
  },
});

/** cookie-session and `cookie: { … }`. */
function judgeInner(session: SessionSetup, judge: Judge, program: Program): void {
  const option = session.option('cookie');
  const { value } = option;
  if (value.kind !== 'object') return;
  const names = sessionCookieOptions.filter(
    (name) => value.fields.has(name) && session.option(name).value.kind === 'absent',
  );
  if (names.length === 0) return;
  const fields = [...value.fields];
  const fits = fields.every(
    ([name, field]) => names.some((one) => one === name) && isGood(name, field.value),
  );
  const moved =
    fits && !(value.fields.has('secure') && lacksHttps(session, program))
      ? session.move(new Map(fields.map(([name]) => [`cookie.${name}`, name])), [])
      : null;
  judge.finding({
    location: option.location,
    related: option.related,
    subject: 'cookie-session cookie',
    message: `cookieSession() ignores \`cookie: { … }\`: ${listed(names)} in it ${names.length === 1 ? 'has' : 'have'} no effect, and the cookie is sent with the defaults.`,
    help: 'Write these options at the top level of the object given to cookieSession().',
    ...(moved === null ? {} : { fix: { description: 'Write them at the top level.', edits: moved } }),
  });
}

/** express-session, and those that take the cookie's options from the same place, and the cookie's options at the top level. */
function judgeTop(session: SessionSetup, judge: Judge, program: Program): void {
  const misplaced = sessionCookieOptions.flatMap((name) => {
    const option = session.option(name);
    return isWritten(option) && !isWritten(session.option(`cookie.${name}`)) && !looksForeign(session, option)
      ? [{ name, option }]
      : [];
  });
  if (misplaced.length === 0) return;
  const fix = fixFor(session, misplaced, program);
  for (const { name, option } of misplaced)
    judge.finding({
      location: option.location,
      related: option.related,
      subject: `${session.middleware} top-level ${name}`,
      message: `${callName(session)} ignores \`${name}\` at the top level of its options, ${inWords(option.value)} in production: the cookie is sent with the default.`,
      help: `Move \`${name}\` into \`cookie: { … }\`.`,
      ...fix,
    });
}

/** All of them move together: they may need the same new object. */
function fixFor(
  session: SessionSetup,
  misplaced: readonly { readonly name: string; readonly option: Option }[],
  program: Program,
): { readonly fix?: Fix } {
  if (!misplaced.every(({ name, option }) => isGood(name, option.value))) return {};
  const beside: string[] = [];
  if (misplaced.some(({ name }) => name === 'secure')) {
    const wanted = secureOptions(session, program);
    if (wanted.size === 0) return {};
    for (const [path, text] of wanted) if (!path.includes('.')) beside.push(`${path}: ${text}`);
  }
  const edits = session.move(new Map(misplaced.map(({ name }) => [name, `cookie.${name}`])), beside);
  if (edits === null) return {};
  return { fix: { description: 'Move what belongs to the cookie into `cookie: { … }`.', edits } };
}

/** Whether an option does what it should where it counts: only then the move is certain to be a correction. */
function isGood(name: string, value: Value): boolean {
  switch (name) {
    case 'secure':
    case 'httpOnly':
    case 'partitioned':
      return truthiness(value) === true;
    case 'sameSite':
      return (
        value.kind === 'known' && (value.value === true || /^(?:lax|strict)$/i.test(String(value.value)))
      );
    case 'maxAge':
      return value.kind === 'known' && typeof value.value === 'number' && value.value > 0;
    case 'path':
      return value.kind === 'known' && String(value.value).startsWith('/');
    default:
      return false;
  }
}

function isWritten({ value }: Option): boolean {
  return value.kind !== 'absent' && value.kind !== 'unknown';
}

/** An options object that is itself not known tells nothing about its fields. */
function looksForeign(session: SessionSetup, option: Option): boolean {
  return session.options.value.kind === 'unknown' || option.location.file === '';
}

function listed(names: readonly string[]): string {
  const quoted = names.map((name) => `\`${name}\``);
  return quoted.length === 1 ? quoted[0]! : `${quoted.slice(0, -1).join(', ')} and ${quoted.at(-1)}`;
}
