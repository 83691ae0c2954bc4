/** Turns the events of handlers into the model's cookies, session properties and sign-ins. */
import {
  alternatives,
  type CookieWrite,
  type Login,
  type Option,
  type SessionWrite,
  type Value,
} from '../app-model.ts';
import { purposeOf } from './cookie-purpose.ts';
import type { CookieRecord, ProgramEvent } from './events.ts';
import { locate } from './model-values.ts';
import { isIdentityKey } from './session-identity.ts';
import { type Obj, type Single, singles } from './values.ts';

/** What is written where somebody signs off, or a cookie is taken away: texts that stand for nothing. */
const nothing: ReadonlySet<unknown> = new Set([
  '',
  'none',
  'null',
  'undefined',
  'false',
  'deleted',
  'delete',
  'expired',
  'invalid',
  'logout',
  'loggedout',
  'logged out',
  'logged_out',
  'loggedOut',
  'empty',
  null,
  undefined,
  false,
]);

/** Whatever is over by then is over now. */
const longAgo = Date.UTC(2020, 0, 1);

export function cookieWrites(
  events: readonly ProgramEvent[],
  express: string | null,
  versionOf: (packageName: string) => string | null,
): CookieWrite[] {
  return events.flatMap((event): CookieWrite[] => {
    if (event.type !== 'cookie') return [];
    const { record } = event;
    const location = locate(record.place);
    const version =
      record.by === 'res.cookie' ? express : record.by === 'cookies.set' ? versionOf('cookies') : null;
    // express 5, lib/response.js: `{ ...options }`; 4 copies with for … in (utils-merge), as cookies does.
    const copiesOwnOnly = record.by === 'res.cookie' && Number(version?.split('.')[0] ?? 0) >= 5;
    return [
      {
        by: record.by,
        location,
        name: record.name,
        value: record.value,
        purpose: purposeOf(record.name, record.value, record.words),
        deletes: deletes(record),
        attribute: (name): Option => {
          const option = copiesOwnOnly && record.inherited.has(name) ? undefined : record.attribute.get(name);
          return option ?? { value: { kind: 'absent' }, location, related: [], written: null };
        },
        write: record.write,
        version,
      },
    ];
  });
}

function deletes({ value, attribute, expiresNow }: CookieRecord): boolean {
  if (alternatives(value).every(isNothing)) return true;
  // Both count from now, and maxAge wins over expires (express, lib/response.js, res.cookie).
  const maxAge = attribute.get('maxAge')?.value;
  if (maxAge?.kind === 'known' && typeof maxAge.value === 'number') return maxAge.value <= 0;
  if (expiresNow) return true;
  return alternatives(attribute.get('expires')?.value ?? { kind: 'absent' }).every(isOver);
}

function isNothing(value: Value): boolean {
  return (
    value.kind === 'absent' ||
    (value.kind === 'known' &&
      nothing.has(typeof value.value === 'string' ? value.value.trim() : value.value))
  );
}

function isOver(value: Value): boolean {
  if (value.kind === 'instance' && value.package === '' && value.export === 'Date') {
    const time = value.args[0]?.value;
    return time !== undefined && isOver(time);
  }
  if (value.kind !== 'known') return false;
  const time = typeof value.value === 'string' ? Date.parse(value.value) : value.value;
  return typeof time === 'number' && time < longAgo;
}

const signIn =
  /log_?-?in|sign_?-?in|sign_?-?up|signon|log_?on|register|authenticat|\bauth\b|auth[./_-]|password|passwd|passport|oauth|\botp\b|\b2fa\b|magic|credential|bcrypt|argon|verifyUser|checkUser/i;

export function sessionWrites(events: readonly ProgramEvent[]): SessionWrite[] {
  return events.flatMap((event): SessionWrite[] => {
    if (event.type !== 'session-write') return [];
    const { key, value, words, place, regenerated, knownUser, within } = event;
    const isUser = isIdentityKey(key) && !alternatives(value).every(isNothing) && !isLoggedOut(value);
    return [
      {
        location: locate(place),
        key,
        value,
        words,
        signsIn: isUser && !knownUser && signIn.test(within) && !isOfNow(words),
        regenerated,
      },
    ];
  });
}

/** What the session holds already, what a signed-in user has changed, or whom passport has signed in before, signs nobody in. */
function isOfNow(words: string | null): boolean {
  return words !== null && /session\.|^(?:updated|edited|saved)|\breq(?:uest)?\.user\b/i.test(words);
}

function isLoggedOut(value: Value): boolean {
  return value.kind === 'known' && (value.value === 0 || value.value === '0');
}

/** Strategies that tell who asks by what each request brings, without a session. */
const stateless =
  /^(?:jwt|bearer|basic|digest|headerapikey|api-?key|client-?(?:basic|password|jwt)|oauth2-client-password|anonymous)/i;

/** Passport's sign-ins, by its calls and by its middleware on routes. */
export function logins(events: readonly ProgramEvent[], version: string | null): Login[] {
  const regenerates = version === null ? null : regeneratesSince(version);
  const found: Login[] = [];
  for (const event of events) {
    if (event.type === 'login')
      found.push({ by: 'req.login()', location: locate(event.place), regenerates, version });
    const handlers: readonly Single[] =
      event.type === 'layer'
        ? event.handlers.flatMap(singles)
        : event.type === 'response' && event.effect === 'apply' && event.value !== null
          ? singles(event.value)
          : [];
    for (const handler of handlers) {
      if (handler.kind !== 'object' || !keepsUser(handler)) continue;
      const { external } = handler;
      if (external?.place != null)
        found.push({ by: 'passport.authenticate()', location: locate(external.place), regenerates, version });
    }
  }
  return found;
}

function keepsUser({ external }: Obj): boolean {
  if (
    external?.package !== 'passport' ||
    external.args === null ||
    !/(?:^|\.)authenticate$/.test(external.path)
  )
    return false;
  const [strategy, options] = external.args;
  if (strategy === undefined) return false;
  for (const single of singles(strategy))
    if (single.kind === 'known' && stateless.test(String(single.value))) return false;
  // A function in place of it signs in by itself, or not.
  if (external.args.slice(1).some((arg) => arg.kind === 'object' && arg.callable)) return false;
  if (options?.kind === 'object') {
    const session = options.slots.get('session')?.value;
    // Passport asks `options.session !== false` (lib/middleware/authenticate.js, `options.session` in req.logIn).
    if (session !== undefined && !(session.kind === 'known' && Boolean(session.value))) return false;
    if (options.open !== null) return false;
  }
  return options === undefined || options.kind !== 'unknown';
}

/** passport 0.6.0, lib/sessionmanager.js: logIn calls `req.session.regenerate`; 0.5.3 does not. */
function regeneratesSince(version: string): boolean | null {
  const match = /^[\^~=v\s]*(\d+)\.(\d+)/.exec(version);
  if (match === null) return null;
  return Number(match[1]) > 0 || Number(match[2]) >= 6;
}
