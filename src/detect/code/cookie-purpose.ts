/** Tells what a cookie is for, by its name and by where its value comes from. */
import { alternatives, type CookiePurpose, type Value } from '../app-model.ts';

/** What no one signs in with, whatever else the name says: `oauth_state`, `token_type`, `last_login`, `auth_redirect`. */
const harmless: ReadonlySet<string> = new Set(
  (
    'theme lang language locale i18n consent gdpr banner preference preferences prefs settings sidebar timezone tz currency country region ' +
    'cb callback redirect return returnto next url uri path flash message messages msg error alert notice state nonce pkce verifier challenge ' +
    'type expires expiry expiration expire exp expired expiresat time timestamp timeout date count counter views last popup dismissed ' +
    'analytics utm ga experiment ab variant visitor visited device push fcm captcha recaptcha guest anonymous cart basket wishlist ' +
    'name username email mail avatar color mode view layout page tab filter sort version flag feature hint tour referrer referer ref campaign ' +
    'provider method test demo example logged loggedin isloggedin isauthenticated status public'
  ).split(' '),
);

const authenticating: ReadonlySet<string> = new Set(
  (
    'token tokens jwt jwts auth oauth authn authz authorization authentication authenticated session sessions sess sid ssid sessid sessionid usersession ' +
    'phpsessid jsessionid refresh access bearer credential credentials login sso password passwd secret apikey remember rememberme ' +
    'user userid uid account accountid userinfo admin adminid'
  ).split(' '),
);

/** `accessToken`, `__Host-session_id`, `connect.sid` in their words, in lower case. */
function wordsOf(name: string): string[] {
  return name
    .slice(0, 100)
    .replace(/^__(?:Host|Secure)-/i, '')
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
}

/** What a name says; null where it says nothing. */
export function purposeOfName(name: string): CookiePurpose | null {
  const words = wordsOf(name);
  if (words.some((word) => /^(?:csrf|xsrf)/.test(word)) || /csrf|xsrf/i.test(name)) return 'csrf';
  if (words.some((word) => harmless.has(word))) return 'other';
  const whole = words.join('');
  if (harmless.has(whole)) return 'other';
  if (words.some((word) => authenticating.has(word)) || authenticating.has(whole)) return 'authentication';
  return words.some((word) => /token$|jwt|session|^auth(?!or)/.test(word)) ? 'authentication' : null;
}

/** Packages that make tokens, with the functions that do. */
const tokenMakers: ReadonlyMap<string, RegExp> = new Map([
  ['jsonwebtoken', /^(?:default\.)?sign$/],
  ['jose', /\bsign$|\bencrypt$/],
  ['jwt-simple', /^encode$/],
  ['jws', /^sign$/],
  ['njwt', /create\(\)\.compact$/],
  ['paseto', /\b(?:sign|encrypt)$/],
  ['@nestjs/jwt', /\bsign(?:Async)?$/],
  ['koa-jwt', /\bsign$/],
]);

/** What a value's origin says; null where it says nothing. */
function purposeOfOrigin(value: Value, words: string | null): CookiePurpose | null {
  const last = words === null ? '' : words.slice(words.lastIndexOf('.') + 1).replace(/\(\)$/, '');
  if (/csrf|xsrf/i.test(words ?? '')) return 'csrf';
  for (const one of alternatives(value)) {
    if (one.kind !== 'instance') continue;
    if (/csrf|xsrf|csurf/i.test(one.package)) return 'csrf';
    if (tokenMakers.get(one.package)?.test(one.export) === true) return 'authentication';
    // `user.generateAuthToken()` of a model that a library makes.
    const method = one.export.slice(one.export.lastIndexOf('.') + 1).replace('()', '');
    if (/csrf|xsrf/i.test(method)) return 'csrf';
    if (method !== '' && /token|jwt/i.test(method) && purposeOfName(method) === 'authentication')
      return 'authentication';
  }
  if (last === '') return null;
  // `user.id` and `user._id` are the user's id; `order.id` is not.
  if (/^_?id$/.test(last))
    return /(?:^|\.)(?:\w*[uU]ser|account|admin|member|session)\._?id$/.test(words!)
      ? 'authentication'
      : null;
  if (/^(?:sessionID|sessionId|sid)$/.test(last)) return 'authentication';
  const purpose = purposeOfName(
    last.replace(/^(?:get|create|generate|make|build|sign|issue|new)(?=[A-Z])/, ''),
  );
  return purpose === 'authentication' && /token|jwt|session|password|secret/i.test(last) ? purpose : null;
}

/** What a cookie is for; what neither name nor value tells is none that anybody signs in with. */
export function purposeOf(name: Value, value: Value, words: string | null): CookiePurpose {
  const origin = purposeOfOrigin(value, words);
  if (origin === 'csrf') return 'csrf';
  const names = alternatives(name).flatMap((one) =>
    one.kind === 'known' && typeof one.value === 'string' ? [purposeOfName(one.value)] : [],
  );
  if (names.includes('csrf')) return 'csrf';
  if (names.includes('authentication')) return isFlag(value) ? 'other' : 'authentication';
  if (names.length > 0 && names.every((purpose) => purpose === 'other')) return 'other';
  return origin ?? 'other';
}

/** Yes or no tells nobody who asks. */
function isFlag(value: Value): boolean {
  return alternatives(value).every((one) => one.kind === 'known' && typeof one.value === 'boolean');
}
