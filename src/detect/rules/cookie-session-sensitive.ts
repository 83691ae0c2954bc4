/** Reports what cookieSession() puts into the browser though it is not the user's to read, or too large for a cookie. */
import { alternatives, type SessionWrite, sessionMiddleware, type Value } from '../app-model.ts';
import { defineRule } from '../rule-contract.ts';

export const rule = defineRule({
  id: 'cookie-session-sensitive',
  title: 'Sensitive data in a cookie session',
  section: 'Sessions and cookies',
  severity: 'moderate',
  confidence: 'medium',
  cwe: [315, 539],
  why:
    'cookieSession() keeps the whole session in the cookie, as base64 that is signed but not encrypted: whoever holds the browser reads all of it. ' +
    'A record from the database brings along its password hash and whatever else it holds; tokens and keys of other services are the server’s. ' +
    'Browsers drop a cookie of more than 4093 bytes, and the session with it.',
  remedy:
    'Keep an id in the session and load the rest from the database, or use express-session with a store.',
  examples: {
    language: 'js',
    bad: 'app.use(cookieSession({ keys }));\npassport.serializeUser((user, done) => done(null, user));',
    good: 'app.use(cookieSession({ keys }));\npassport.serializeUser((user, done) => done(null, user.id));',
  },
  limits:
    'Only where the program keeps its sessions by cookie-session. A JSON Web Token made for the user is the user’s own and is not reported; nor is an object that is put together of single fields, unless one of them is a secret.',
  references: [
    'https://github.com/expressjs/cookie-session#readme',
    'https://expressjs.com/en/resources/middleware/cookie-session.html',
  ],
  level: 'program',
  check: (program, judge) => {
    const middleware = sessionMiddleware(program);
    if (middleware !== 'cookie-session' && middleware !== 'connect-cookie-session') return;
    for (const write of program.sessionWrites) {
      const what = problemOf(write);
      if (what === null) continue;
      judge.finding({
        location: write.location,
        subject: `cookie-session ${write.key} ${what.kind}`,
        message: `cookieSession() sends ${nameOf(write)} to the browser, where it can be read: ${what.text}.`,
      });
    }
  },
});

function nameOf({ key }: SessionWrite): string {
  return key === 'passport.user' ? 'the user that passport serializes' : `\`req.session.${key}\``;
}

function problemOf(write: SessionWrite): { kind: string; text: string } | null {
  const { key, value, words } = write;
  if (holdsSomething(value)) {
    const secret = secretIn(key, value, words);
    if (secret !== null) return { kind: 'secret', text: `\`${secret}\` is a secret` };
    if (isRecord(write)) return { kind: 'record', text: 'it is a whole record of the database' };
  }
  const bytes = leastBytes(value);
  return bytes > 4093
    ? { kind: 'size', text: `it alone is ${bytes} bytes, and browsers drop cookies of more than 4093` }
    : null;
}

function holdsSomething(value: Value): boolean {
  return alternatives(value).some(
    (one) =>
      one.kind !== 'absent' && (one.kind !== 'known' || (typeof one.value === 'string' && one.value !== '')),
  );
}

const secretName =
  /^(?:\w*[a-z_])?(?:password|passwd|passphrase|password_?hash|hashed_?password|access_?token|refresh_?token|api_?key|api_?secret|client_?secret|secret_?key|private_?key)$/i;

/** The name of a secret: the property itself, a field of an object, or what the program calls the value. */
function secretIn(key: string, value: Value, words: string | null): string | null {
  if (secretName.test(key) && !/reset|forgot|confirm|csrf|need|change|expire/i.test(key)) return key;
  for (const one of alternatives(value)) {
    if (one.kind !== 'object') continue;
    for (const [name, field] of one.fields)
      if (secretName.test(name) && holdsSomething(field.value)) return name;
  }
  const last = words === null ? '' : words.slice(words.lastIndexOf('.') + 1);
  return secretName.test(last) ? last : null;
}

const userKey =
  /^(?:passport\.user|(?:current_?|logged_?in_?|auth_?)?(?:user|account|member|admin|customer|profile)(?:_?(?:data|info|details|record|object))?)$/i;
const recordWords =
  /(?:^|\.)(?:(?:\w+_?)?(?:user|account|member|admin|customer)|doc|record|row|result|data|found\w*|rows?\.0|profile)$/i;
/** Calls by which object mappers and drivers give a record (mongoose, sequelize, typeorm, prisma, mongodb). */
const finders =
  /(?:^|\.)(?:find(?:One|ById|ByPk|Unique|First|OneBy|ByEmail|ByUsername|ByName|OneOrFail|UniqueOrThrow|FirstOrThrow|OneAndUpdate|ByIdAndUpdate|OrCreate|User)?\w*|create|save|fetch|findOrCreate)(?:\(\))?(?:\.(?:exec|lean|populate|select|toObject|toJSON)(?:\(\))?)*$/;

/** A whole user as it comes from the database, not an id nor an object made for the session. */
function isRecord({ key, value, words }: SessionWrite): boolean {
  if (!userKey.test(key)) return false;
  return alternatives(value).some((one) => {
    if (one.kind === 'instance')
      return finders.test(one.export) || (words !== null && recordWords.test(words));
    return (
      one.kind === 'unknown' && one.reason.kind !== 'environment' && words !== null && recordWords.test(words)
    );
  });
}

/** The bytes that the known texts in a value take at least, as cookie-session writes them (index.js: base64 of its JSON). */
function leastBytes(value: Value): number {
  return Math.ceil((leastLength(value, 0) * 4) / 3);
}

function leastLength(value: Value, depth: number): number {
  if (depth > 6) return 0;
  switch (value.kind) {
    case 'known':
      return typeof value.value === 'string' ? value.value.length + 2 : 1;
    case 'object':
      return [...value.fields].reduce(
        (sum, [name, field]) => sum + name.length + 4 + leastLength(field.value, depth + 1),
        2,
      );
    case 'array':
      return value.items.reduce((sum, item) => sum + leastLength(item.value, depth + 1) + 1, 1);
    case 'oneOf':
      return Math.min(...value.alternatives.map((one) => leastLength(one, depth + 1)));
    default:
      return 0;
  }
}
