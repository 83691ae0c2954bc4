/** Tells by its name whether what stands on a session says who is signed in. */

const identityKeys =
  /^(?:current|logged(?:_?in)?|auth|authenticated|session|login)?_?(?:(?:user|account|member|admin)(?:_?(?:id|name|data|info|details|object|obj|record|email|role))?|(?:customer|client|student|employee|doctor|patient)(?:_?id)?)$|^(?:uid|user|passport|auth|authed|authorized|authenticated|logged|loggedin|logged_in|login|signedin|signed_in|identity|principal)$|^is_?(?:logged_?in|auth|authenticated|authorized|authorised|admin|login|signed_?in|valid_?user)$/i;

/** True for `user`, `userId`, `isLoggedIn` and their like. */
export function isIdentityKey(key: string): boolean {
  return identityKeys.test(key);
}
