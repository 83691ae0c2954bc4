/** csrf-csrf and csrf-sync: the functions that they give, and the cookie in which csrf-csrf keeps its token. */
import type { Reason } from '../../app-model.ts';
import { tokenCookie } from '../cookie-writes.ts';
import { known, undefinedValue, type Val } from '../values.ts';
import { type ExternalCall, instance, type Library, type World } from './library.ts';

const madeForRequest: Reason = { kind: 'request', text: 'it is a token made for the request' };

/** What `doubleCsrf` and `csrfSync` return: csrf-csrf 2.2.4 to 4.0.3 (`doubleCsrf`), csrf-sync 4.2.1 (`csrfSync`), index.js of each. */
const functions = {
  'csrf-csrf': ['generateToken', 'generateCsrfToken', 'validateRequest', 'doubleCsrfProtection'],
  'csrf-sync': [
    'csrfSynchronisedProtection',
    'generateToken',
    'getTokenFromRequest',
    'getTokenFromState',
    'isRequestValid',
    'storeTokenInState',
    'revokeToken',
  ],
} as const;

function given(world: World, { args, place }: ExternalCall, name: keyof typeof functions): Val {
  return world.m.objectOf(
    [...functions[name], 'invalidCsrfTokenError'].map((key) => [
      key,
      instance(world, name, key, args, place),
    ]),
    place,
  );
}

/** `cookieOptions: { sameSite = "strict", path = "/", secure = true, httpOnly = true, … }` of 4.0.3; `"lax"` of 2 and 3. */
const cookieDefaults: readonly (readonly [string, string | boolean])[] = [
  ['sameSite', 'lax'],
  ['path', '/'],
  ['secure', true],
  ['httpOnly', true],
];

function doubleCsrf(world: World, call: ExternalCall): Val {
  const { m } = world;
  const { args, place } = call;
  const [options = undefinedValue] = args;
  if (options.kind === 'object') {
    const name = m.get(options, 'cookieName', place);
    const isNamed = !(name.kind === 'known' && name.value === undefined);
    tokenCookie(m, 'doubleCsrf', {
      name: isNamed ? name : known('__Host-psifi.x-csrf-token', place),
      options: m.get(options, 'cookieOptions', place),
      defaults: cookieDefaults,
      value: { kind: 'unknown', reason: madeForRequest },
      place,
    });
  }
  return given(world, call, 'csrf-csrf');
}

export const csrf: readonly Library[] = [
  { names: ['csrf-csrf'], calls: { doubleCsrf } },
  { names: ['csrf-sync'], calls: { csrfSync: (world, call) => given(world, call, 'csrf-sync') } },
];
