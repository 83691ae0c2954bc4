/** Reports a secret that everybody who can read the repository knows. */
import {
  alternatives,
  callName,
  type Option,
  type SessionSetup,
  truthiness,
  type Value,
} from '../app-model.ts';
import { defineRule, type Judge } from '../rule-contract.ts';

export const rule = defineRule({
  id: 'session-secret-hardcoded',
  title: 'Session secret in the repository',
  section: 'Sessions and cookies',
  severity: 'critical',
  confidence: 'high',
  cwe: [798],
  why:
    'The secret signs the session cookie. Whoever can read the repository (or its history, or an image built from it) can forge a session: with cookie-session any content at all, with express-session any session id. ' +
    'A literal fallback (`process.env.SECRET || "dev"`) is the secret wherever the variable was forgotten.',
  remedy:
    'Read the secret from the environment or a secret store, and stop the start where it is missing; then replace the old one.',
  examples: {
    language: 'js',
    bad: "app.use(session({ secret: process.env.SESSION_SECRET || 'keyboard cat' }));",
    good: "const { SESSION_SECRET } = process.env;\nif (!SESSION_SECRET) throw new Error('SESSION_SECRET is not set');\napp.use(session({ secret: SESSION_SECRET }));",
  },
  limits:
    'The finding never repeats the secret. A literal that only development takes is not reported. Random bytes made at start-up are no literal (though every restart ends all sessions).',
  references: [
    'https://github.com/expressjs/session#secret',
    'https://github.com/expressjs/cookie-session#keys',
    'https://cheatsheetseries.owasp.org/cheatsheets/Secrets_Management_Cheat_Sheet.html',
  ],
  level: 'session',
  whicheverWay: true,
  check: (session, judge) => {
    for (const [index, name] of session.facts.secrets.entries()) {
      const option = session.option(name);
      judgeSecret(session, option, name, judge);
      // cookie-session, index.js: `if (!keys && opts.secret) keys = [opts.secret]`.
      if (index === 0 && session.middleware === 'cookie-session' && truthiness(option.value) === true) return;
    }
  },
});

function judgeSecret(session: SessionSetup, option: Option, name: string, judge: Judge): void {
  for (const value of alternatives(option.value)) {
    const literals =
      value.kind === 'array' || (value.kind === 'object' && session.middleware === 'iron-session')
        ? // iron-session takes its passwords by number, for their exchange: `{ 1: … }`.
          (value.kind === 'array' ? value.items : [...value.fields.values()]).filter((item) =>
            alternatives(item.value).some(isLiteral),
          )
        : isLiteral(value)
          ? [option]
          : [];
    const [first] = literals;
    if (first === undefined) continue;
    const fallback = [option, first].some((one) =>
      alternatives(one.value).some((other) => other.kind === 'unknown'),
    );
    const places =
      value.kind === 'array'
        ? literals.map(({ location }) => ({
            file: location.file,
            line: location.line,
            column: location.column,
            message: 'a literal stands here',
          }))
        : [];
    const setBy = alternatives(first.value).find(isLiteral)?.setBy;
    if (setBy !== undefined) {
      judge.finding({
        location: setBy,
        related: [
          {
            file: option.location.file,
            line: option.location.line,
            column: option.location.column,
            message: `it becomes \`${name}\` of ${callName(session)} here`,
          },
        ],
        subject: `${session.middleware} ${name} literal`,
        message: fallback
          ? `A text in the repository signs the sessions wherever production sets nothing else: \`${name}\` of ${callName(session)} is what stands here.`
          : `The secret that signs the sessions stands in the repository: production takes \`${name}\` of ${callName(session)} from here.`,
      });
      return;
    }
    judge.finding({
      location: option.location,
      related: [
        ...places.filter(
          (place) => place.file !== option.location.file || place.line !== option.location.line,
        ),
        ...first.related,
      ].slice(0, 6),
      subject: `${session.middleware} ${name} literal`,
      message: fallback
        ? `A text in the repository signs the sessions wherever nothing else is set: \`${name}\` of ${callName(session)} falls back on a literal.`
        : `The secret that signs the sessions stands in the repository: \`${name}\` of ${callName(session)} is a literal in production.`,
    });
    return;
  }
}

function isLiteral(value: Value): value is Extract<Value, { kind: 'known' }> {
  return value.kind === 'known' && typeof value.value === 'string' && value.value !== '';
}
