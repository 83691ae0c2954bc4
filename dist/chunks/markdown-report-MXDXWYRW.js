import { createRequire as createRequireForBundle } from 'node:module'; const require = createRequireForBundle(import.meta.url);
import {
  composeReport,
  joinSections
} from "./chunk-R3TSM7FV.js";
import "./chunk-5EY6ZPLM.js";
import "./chunk-YW4QRCNB.js";
import "./chunk-LQVB7ZXY.js";
import "./chunk-H3WA7JIE.js";
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
