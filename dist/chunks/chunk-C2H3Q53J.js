import { createRequire as createRequireForBundle } from 'node:module'; const require = createRequireForBundle(import.meta.url);

// src/collect/nearest-name.ts
var longestName = 64;
function nearestName(name, known) {
  if (name.length > longestName) return null;
  const written = name.toLowerCase().replaceAll("_", "-");
  let nearest = null;
  let fewest = Math.max(1, Math.floor(name.length / 3)) + 1;
  for (const candidate of known) {
    const slips = countSlips(written, candidate.toLowerCase());
    if (slips < fewest) {
      fewest = slips;
      nearest = candidate;
    }
  }
  return nearest;
}
function suggestion(name, known, show = (word) => `\`${word}\``) {
  const nearest = nearestName(name, known);
  return nearest === null ? "" : ` Did you mean ${show(nearest)}?`;
}
function countSlips(a, b) {
  let beforeLast = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const isSame = a[row - 1] === b[column - 1];
      let slips = Math.min(last[column] + 1, current[column - 1] + 1, last[column - 1] + (isSame ? 0 : 1));
      if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]) {
        slips = Math.min(slips, beforeLast[column - 2] + 1);
      }
      current.push(slips);
    }
    beforeLast = last;
    last = current;
  }
  return last[b.length];
}

// src/model/rule-ids.ts
var ruleIds = [
  "express-unsupported",
  "express-vulnerable",
  "express-range-vulnerable",
  "express-ending",
  "express-outdated",
  "express-unpinned",
  "dependency-vulnerable",
  "dependency-deprecated",
  "lockfile-missing",
  "node-unsupported",
  "tls-validation-disabled",
  "tls-protocol-weak",
  "private-key-committed",
  "proxy-header-missing",
  "tls-missing",
  "hsts-disabled",
  "helmet-missing",
  "helmet-late",
  "helmet-protection-disabled",
  "csp-unsafe",
  "x-powered-by-enabled",
  "session-cookie-not-secure",
  "session-cookie-not-http-only",
  "session-cookie-same-site",
  "session-cookie-no-expiry",
  "session-cookie-static-expiry",
  "session-cookie-broad-domain",
  "session-cookie-path-invalid",
  "session-default-name",
  "session-memory-store",
  "session-secret-hardcoded",
  "session-secret-weak",
  "session-save-uninitialized",
  "session-option-misplaced",
  "session-trust-proxy-missing",
  "session-fixation",
  "cookie-session-sensitive",
  "cookie-not-secure",
  "cookie-not-http-only",
  "cookie-same-site",
  "csrf-missing",
  "login-rate-limit-missing",
  "open-redirect",
  "reflected-xss",
  "sql-injection",
  "nosql-injection",
  "command-injection",
  "code-injection",
  "path-traversal",
  "unsafe-regex",
  "stack-trace-exposed",
  "trust-proxy-permissive",
  "cors-permissive",
  "directory-exposed",
  "body-limit-excessive",
  "ssrf",
  "template-injection",
  "header-injection",
  "host-header-trusted",
  "xml-external-entities",
  "unsafe-deserialization",
  "jwt-secret-hardcoded",
  "jwt-verification-weak",
  "default-error-response"
];

export {
  nearestName,
  suggestion,
  ruleIds
};
