import { createRequire as createRequireForBundle } from 'node:module'; const require = createRequireForBundle(import.meta.url);

// src/model/rule.ts
var ruleSections = [
  "Versions and dependencies",
  "Transport",
  "Headers and fingerprints",
  "Sessions and cookies",
  "Additional considerations"
];
function ruleUrl(id) {
  return `https://github.com/express-gate/express-gate/blob/main/docs/rules/${id}.md`;
}

export {
  ruleSections,
  ruleUrl
};
