import { createRequire as createRequireForBundle } from 'node:module'; const require = createRequireForBundle(import.meta.url);
import {
  composeReport,
  joinSections
} from "./chunk-3MQYZDAM.js";
import "./chunk-VYFI3PRU.js";
import "./chunk-5EY6ZPLM.js";
import "./chunk-RRJOMCEA.js";
import "./chunk-ULPUCS3L.js";
import "./chunk-H3WA7JIE.js";
import "./chunk-4GJY7B2F.js";
import "./chunk-S2OK2AFU.js";
import "./chunk-JS4AHWAF.js";

// src/report/markdown-report.ts
function renderMarkdown(input) {
  const policyFile = input.verdict.policy.file;
  return joinSections(
    composeReport(input, { context: null, policyFile, annotationsLeftOut: 0, detail: "long" }),
    { limit: Number.POSITIVE_INFINITY, sizeOf: (text) => text.length, elsewhere: "the JSON report has them" }
  );
}
export {
  renderMarkdown
};
