import { createRequire as createRequireForBundle } from 'node:module'; const require = createRequireForBundle(import.meta.url);

// src/model/verdict.ts
function exitCode(verdict) {
  return verdict === "pass" ? 0 : verdict === "fail" ? 1 : 2;
}

export {
  exitCode
};
