import { createRequire as createRequireForBundle } from 'node:module'; const require = createRequireForBundle(import.meta.url);

// src/model/policy.ts
var emptyPolicy = {
  file: null,
  failOn: null,
  scope: null,
  rules: /* @__PURE__ */ new Map(),
  exclude: [],
  environment: /* @__PURE__ */ new Map(),
  require: [],
  waivers: []
};

// src/model/check.ts
var checkNames = ["npm-audit", "snyk", "express-version", "code", "files", "base"];

export {
  emptyPolicy,
  checkNames
};
