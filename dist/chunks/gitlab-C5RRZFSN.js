import { createRequire as createRequireForBundle } from 'node:module'; const require = createRequireForBundle(import.meta.url);
import {
  repositoryPath
} from "./chunk-U3VM4W7P.js";
import {
  terminalJson,
  visibleLine
} from "./chunk-4GJY7B2F.js";
import "./chunk-JS4AHWAF.js";

// src/report/gitlab.ts
var severityWords = {
  low: "minor",
  moderate: "major",
  high: "critical",
  critical: "blocker"
};
var longestSentence = 600;
function renderGitlab({ verdict }, { pathPrefix }) {
  const shown = verdict.findings.filter(({ outcome }) => outcome !== "waived");
  const fingerprints = distinct(shown.map(({ fingerprint }) => fingerprint));
  const issues = shown.map((finding, index) => ({
    description: description(finding),
    check_name: finding.ruleId,
    fingerprint: fingerprints[index],
    severity: severityWords[finding.severity],
    location: {
      path: repositoryPath(pathPrefix, finding.location.file),
      lines: { begin: finding.location.line, end: finding.location.endLine }
    }
  }));
  return `${terminalJson(JSON.stringify(issues, null, 2))}
`;
}
function description({ message, help }) {
  return [message, help].map((text) => visibleLine(text, longestSentence)).join(" ");
}
function distinct(fingerprints) {
  const taken = /* @__PURE__ */ new Set();
  return fingerprints.map((fingerprint) => {
    let unique = fingerprint;
    for (let ordinal = 2; taken.has(unique); ordinal += 1) unique = `${fingerprint}-${ordinal}`;
    taken.add(unique);
    return unique;
  });
}
export {
  renderGitlab
};
