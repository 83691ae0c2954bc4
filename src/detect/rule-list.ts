/** All rules, in the order of the catalogue. */
import type { Rule } from './rule-contract.ts';
import { rule as cookieNotHttpOnly } from './rules/cookie-not-http-only.ts';
import { rule as cookieNotSecure } from './rules/cookie-not-secure.ts';
import { rule as cookieSameSite } from './rules/cookie-same-site.ts';
import { rule as cookieSessionSensitive } from './rules/cookie-session-sensitive.ts';
import { rule as cspUnsafe } from './rules/csp-unsafe.ts';
import { rule as dependencyDeprecated } from './rules/dependency-deprecated.ts';
import { rule as dependencyVulnerable } from './rules/dependency-vulnerable.ts';
import { rule as expressEnding } from './rules/express-ending.ts';
import { rule as expressOutdated } from './rules/express-outdated.ts';
import { rule as expressRangeVulnerable } from './rules/express-range-vulnerable.ts';
import { rule as expressUnpinned } from './rules/express-unpinned.ts';
import { rule as expressUnsupported } from './rules/express-unsupported.ts';
import { rule as expressVulnerable } from './rules/express-vulnerable.ts';
import { rule as helmetLate } from './rules/helmet-late.ts';
import { rule as helmetMissing } from './rules/helmet-missing.ts';
import { rule as helmetProtectionDisabled } from './rules/helmet-protection-disabled.ts';
import { rule as hstsDisabled } from './rules/hsts-disabled.ts';
import { rule as lockfileMissing } from './rules/lockfile-missing.ts';
import { rule as nodeUnsupported } from './rules/node-unsupported.ts';
import { rule as privateKeyCommitted } from './rules/private-key-committed.ts';
import { rule as proxyHeaderMissing } from './rules/proxy-header-missing.ts';
import { rule as sessionCookieBroadDomain } from './rules/session-cookie-broad-domain.ts';
import { rule as sessionCookieNoExpiry } from './rules/session-cookie-no-expiry.ts';
import { rule as sessionCookieNotHttpOnly } from './rules/session-cookie-not-http-only.ts';
import { rule as sessionCookieNotSecure } from './rules/session-cookie-not-secure.ts';
import { rule as sessionCookiePathInvalid } from './rules/session-cookie-path-invalid.ts';
import { rule as sessionCookieSameSite } from './rules/session-cookie-same-site.ts';
import { rule as sessionCookieStaticExpiry } from './rules/session-cookie-static-expiry.ts';
import { rule as sessionDefaultName } from './rules/session-default-name.ts';
import { rule as sessionFixation } from './rules/session-fixation.ts';
import { rule as sessionMemoryStore } from './rules/session-memory-store.ts';
import { rule as sessionOptionMisplaced } from './rules/session-option-misplaced.ts';
import { rule as sessionSaveUninitialized } from './rules/session-save-uninitialized.ts';
import { rule as sessionSecretHardcoded } from './rules/session-secret-hardcoded.ts';
import { rule as sessionSecretWeak } from './rules/session-secret-weak.ts';
import { rule as sessionTrustProxyMissing } from './rules/session-trust-proxy-missing.ts';
import { rule as tlsMissing } from './rules/tls-missing.ts';
import { rule as tlsProtocolWeak } from './rules/tls-protocol-weak.ts';
import { rule as tlsValidationDisabled } from './rules/tls-validation-disabled.ts';
import { rule as xPoweredByEnabled } from './rules/x-powered-by-enabled.ts';

export const rules: readonly Rule[] = [
  expressUnsupported,
  expressVulnerable,
  expressRangeVulnerable,
  expressEnding,
  expressOutdated,
  expressUnpinned,
  dependencyVulnerable,
  dependencyDeprecated,
  lockfileMissing,
  nodeUnsupported,
  tlsValidationDisabled,
  tlsProtocolWeak,
  privateKeyCommitted,
  proxyHeaderMissing,
  tlsMissing,
  hstsDisabled,
  helmetMissing,
  helmetLate,
  helmetProtectionDisabled,
  cspUnsafe,
  xPoweredByEnabled,
  sessionCookieNotSecure,
  sessionCookieNotHttpOnly,
  sessionCookieSameSite,
  sessionCookieNoExpiry,
  sessionCookieStaticExpiry,
  sessionCookieBroadDomain,
  sessionCookiePathInvalid,
  sessionDefaultName,
  sessionMemoryStore,
  sessionSecretHardcoded,
  sessionSecretWeak,
  sessionSaveUninitialized,
  sessionOptionMisplaced,
  sessionTrustProxyMissing,
  sessionFixation,
  cookieSessionSensitive,
  cookieNotSecure,
  cookieNotHttpOnly,
  cookieSameSite,
];
