import { createRequire as createRequireForBundle } from 'node:module'; const require = createRequireForBundle(import.meta.url);

// src/model/severity.ts
var severities = ["low", "moderate", "high", "critical"];
function compareSeverity(a, b) {
  return severities.indexOf(b) - severities.indexOf(a);
}
function reaches(severity, failOn) {
  return failOn !== "never" && severities.indexOf(severity) >= severities.indexOf(failOn);
}

export {
  severities,
  compareSeverity,
  reaches
};
