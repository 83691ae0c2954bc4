import { createRequire as createRequireForBundle } from 'node:module'; const require = createRequireForBundle(import.meta.url);

// src/collect/json-record.ts
function isRecord(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
function own(value, key) {
  return Object.hasOwn(value, key) ? value[key] : void 0;
}
function array(value) {
  return Array.isArray(value) ? value : [];
}

export {
  isRecord,
  own,
  array
};
