/** Holds what a cookie's name and value say of its purpose to a list of such as applications use. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { CookiePurpose, Value } from '../../src/detect/app-model.ts';
import { purposeOf } from '../../src/detect/code/cookie-purpose.ts';

const fromRequest: Value = {
  kind: 'unknown',
  reason: { kind: 'request', text: 'it comes from the request' },
};

function named(name: string, words: string | null = null, value: Value = fromRequest): CookiePurpose {
  return purposeOf({ kind: 'known', value: name }, value, words);
}

const byName: Record<CookiePurpose, string> = {
  authentication:
    'token jwt JWT auth auth_token authToken access_token accessToken refreshToken refresh-token session session_id sessionId sid ' +
    'connect.sid JSESSIONID PHPSESSID __Host-session __Secure-auth id_token idToken sso userToken user_session rememberme remember_token ' +
    'Authorization bearer apiKey sessiontoken x-access-token jwtSp AJWT keystone.uid userId app.sess adminToken login',
  csrf: 'XSRF-TOKEN csrf _csrf csrfToken csrf-token xsrfToken __Host-psifi.x-csrf-token',
  other:
    'theme lang i18next locale cookie_consent consentToken returnTo oauth_state auth_state oauth_nonce code_verifier auth_redirect ' +
    'session_expires tokenType isLoggedIn loggedIn last_login cart cartId cart_token visitorId author authority sidebar inside preferences ' +
    'user_name username email flash views _ga deviceToken fcm_token auth_cb callback_url guest_session',
};

for (const [purpose, names] of Object.entries(byName)) {
  it(`${purpose} by name`, () => {
    for (const name of names.split(' ')) assert.equal(named(name), purpose, name);
  });
}

it('by what the value is', () => {
  const made = (name: string, exported: string): Value => ({
    kind: 'instance',
    package: name,
    export: exported,
    args: [],
  });
  assert.equal(named('x', 't', made('jsonwebtoken', 'sign')), 'authentication');
  assert.equal(named('x', 't', made('mongoose', 'model().findOne().generateAuthToken')), 'authentication');
  assert.equal(named('x', 't', made('mongoose', 'model().findOne()')), 'other');
  assert.equal(named('x', 'user.token'), 'authentication');
  assert.equal(named('x', 'getToken()'), 'authentication');
  assert.equal(named('x', 'req.sessionID'), 'authentication');
  assert.equal(named('x', 'user._id'), 'authentication');
  assert.equal(named('x', 'req.user.id'), 'authentication');
  assert.equal(named('x', 'order.id'), 'other');
  assert.equal(named('x', 'theme'), 'other');
  assert.equal(named('x', null), 'other');
  assert.equal(named('token', 'req.csrfToken()'), 'csrf');
  assert.equal(named('theme', 'user.token'), 'other');
});

it('by yes or no nobody signs in', () => {
  assert.equal(named('auth', null, { kind: 'known', value: true }), 'other');
  assert.equal(named('auth', null, { kind: 'known', value: 'abc' }), 'authentication');
});

it('a name that is not known leaves it to the value', () => {
  assert.equal(purposeOf(fromRequest, fromRequest, 'accessToken'), 'authentication');
  assert.equal(purposeOf(fromRequest, fromRequest, 'value'), 'other');
});
