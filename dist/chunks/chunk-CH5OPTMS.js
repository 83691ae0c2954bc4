import { createRequire as createRequireForBundle } from 'node:module'; const require = createRequireForBundle(import.meta.url);
import {
  repositoryUri
} from "./chunk-U3VM4W7P.js";
import {
  exitCode
} from "./chunk-YVND7Q7L.js";
import {
  ruleUrl
} from "./chunk-5EY6ZPLM.js";
import {
  codeBlock,
  count,
  isListed,
  isTrouble,
  oldFacts
} from "./chunk-ULPUCS3L.js";
import {
  shorten,
  terminalJson,
  visibleLine,
  visibleText
} from "./chunk-4GJY7B2F.js";
import {
  compareSeverity
} from "./chunk-S2OK2AFU.js";

// src/report/sarif-rules.ts
var longestDescription = 1024;
var mostTags = 20;
var scores = { critical: 9.5, high: 8, moderate: 5.5, low: 3 };
function securityScore({ severity, advisory }) {
  const cvss = advisory?.cvss ?? 0;
  return cvss > 0 && cvss <= 10 ? cvss : scores[severity];
}
function sarifLevel(severity) {
  return severity === "low" ? "note" : severity === "moderate" ? "warning" : "error";
}
function describeRules(rules, findings) {
  const gravest = /* @__PURE__ */ new Map();
  for (const { ruleId, severity } of findings) {
    const known = gravest.get(ruleId);
    if (known === void 0 || compareSeverity(severity, known) < 0) gravest.set(ruleId, severity);
  }
  return rules.map((rule) => describeRule(rule, gravest.get(rule.id) ?? ownSeverity(rule)));
}
function describeRule(rule, severity) {
  const { id, title, confidence, cwe } = rule;
  return {
    id,
    shortDescription: { text: shorten(title, longestDescription) },
    fullDescription: { text: shorten(oneLine(rule.why), longestDescription) },
    help: { text: helpText(rule), markdown: helpMarkdown(rule) },
    helpUri: ruleUrl(id),
    defaultConfiguration: { level: sarifLevel(ownSeverity(rule)) },
    properties: {
      // The form that CodeQL's own rules have, by which GitHub finds a weakness.
      tags: ["security", ...cwe.map((number) => `external/cwe/cwe-${String(number).padStart(3, "0")}`)].slice(
        0,
        mostTags
      ),
      precision: confidence,
      "security-severity": scores[severity].toFixed(1)
    }
  };
}
function ownSeverity({ severity }) {
  return severity === "advisory" ? "high" : severity;
}
function helpText({ id, why, remedy, limits }) {
  return [
    oneLine(why),
    `What to do: ${oneLine(remedy)}`,
    `What it does not report: ${oneLine(limits)}`,
    `More: ${ruleUrl(id)}`
  ].join("\n\n");
}
function helpMarkdown({ id, why, remedy, examples, limits, references }) {
  const { bad, good, language } = examples;
  return [
    why.trim(),
    "## What to do",
    remedy.trim(),
    "## Examples",
    "Reported:",
    codeBlock(bad.trim(), language),
    "Not reported:",
    codeBlock(good.trim(), language),
    "## What it does not report",
    limits.trim(),
    "## Read more",
    [ruleUrl(id), ...references].map((url) => `- <${url}>`).join("\n")
  ].join("\n\n");
}
function oneLine(text) {
  return text.trim().replace(/\s+/g, " ");
}

// src/report/sarif-results.ts
var mostLocations = 100;
var longestSentence = 1e3;
var longestFix = 1e4;
function judgedResult(finding, context) {
  const { status, outcome, waiver } = finding;
  return {
    ...bareResult(finding, context),
    ...context.compared && status !== "unknown" ? { baselineState: status } : {},
    suppressions: waiver === null ? [] : [
      {
        kind: "external",
        status: "accepted",
        justification: `${sarifLine(waiver.reason)} (until ${sarifLine(waiver.expires)})`
      }
    ],
    properties: { ...resultProperties(finding), outcome }
  };
}
function absentResult(finding, context) {
  return {
    ...bareResult(finding, context),
    baselineState: "absent",
    suppressions: [],
    properties: resultProperties(finding)
  };
}
function bareResult(finding, { pathPrefix, ruleIndexes }) {
  const { ruleId, severity, location, related, fingerprint, fix } = finding;
  const { file, line, column, endLine, endColumn } = location;
  const ruleIndex = ruleIndexes.get(ruleId);
  const fixes = fix === void 0 ? [] : sarifFixes(fix, pathPrefix);
  return {
    ruleId,
    ...ruleIndex === void 0 ? {} : { ruleIndex },
    level: sarifLevel(severity),
    message: { text: sentences([finding.message, finding.help]) },
    locations: [
      {
        physicalLocation: {
          ...artifact(pathPrefix, file),
          region: { startLine: line, startColumn: column, endLine, endColumn }
        }
      }
    ],
    ...related.length === 0 ? {} : {
      relatedLocations: related.slice(0, mostLocations).map((place, index) => ({ id: index + 1, ...relatedPlace(place, pathPrefix) }))
    },
    // GitHub's own key (primaryLocationLineHash) is left to whoever uploads the file: it is made of the lines around.
    partialFingerprints: { "expressGate/v1": fingerprint },
    ...fixes.length === 0 ? {} : { fixes },
    rank: Math.round(securityScore(finding) * 100) / 10
  };
}
function sentences(texts) {
  const lines = texts.filter((text) => text.trim() !== "").map(sarifLine);
  return lines.length === 0 ? sarifLine("") : lines.join("\n");
}
function relatedPlace({ file, line, column, message }, pathPrefix) {
  return {
    message: { text: sarifLine(message) },
    physicalLocation: {
      ...artifact(pathPrefix, file),
      region: { startLine: line, startColumn: column }
    }
  };
}
function sarifFixes({ description, edits }, pathPrefix) {
  const texts = edits.map(({ text }) => text);
  const hasUnseen = texts.some((text) => text.split(/\r?\n|\t/).some((part) => visibleText(part) !== part));
  if (edits.length === 0 || texts.join("").length > longestFix || hasUnseen) return [];
  const files = [...new Set(edits.map(({ file }) => file))];
  return [
    {
      description: { text: sarifLine(description) },
      artifactChanges: files.map((file) => ({
        ...artifact(pathPrefix, file),
        replacements: edits.filter((edit) => edit.file === file).map(({ start, end, text }) => ({
          deletedRegion: {
            startLine: start.line,
            startColumn: start.column,
            endLine: end.line,
            endColumn: end.column
          },
          insertedContent: { text }
        }))
      }))
    }
  ];
}
function resultProperties(finding) {
  const { severity, confidence, project, advisory } = finding;
  return {
    severity,
    confidence,
    project: sarifLine(project),
    "security-severity": securityScore(finding).toFixed(1),
    ...advisory === void 0 ? {} : { advisory: advisoryProperties(advisory) }
  };
}
function advisoryProperties({ id, cve, package: name, installed, patched }) {
  const text = (value) => value === null ? null : sarifLine(value);
  return {
    id: text(id),
    cve: text(cve),
    package: text(name),
    installed: text(installed),
    patched: text(patched)
  };
}
function artifact(pathPrefix, file) {
  return { artifactLocation: { uri: repositoryUri(pathPrefix, file), uriBaseId: "%SRCROOT%" } };
}
function sarifLine(text) {
  return visibleLine(text, longestSentence).replaceAll("](", "] (") || "(empty)";
}

// src/report/sarif-notifications.ts
var mostOfKind = 1e3;
var kinds = {
  "check-failed": { level: "error", text: "A check could not run." },
  "check-degraded": { level: "warning", text: "A check looked at less than it should have." },
  incomplete: { level: "error", text: "The gate could not judge." },
  "old-facts": { level: "warning", text: "The embedded facts that were used are old." },
  "results-left-out": { level: "warning", text: "Not all findings are in this file." },
  undecided: { level: "note", text: "A question that the repository alone cannot answer." },
  "waiver-expired": { level: "warning", text: "A waiver has expired." },
  "waiver-expiring": { level: "note", text: "A waiver expires soon." },
  "waiver-unused": { level: "note", text: "A waiver covers nothing." },
  "policy-ignored": { level: "warning", text: "A part of the policy does not count." },
  "policy-changed": { level: "note", text: "A pull request changes the policy." }
};
var notificationDescriptors = Object.entries(kinds).map(
  ([id, { level, text }]) => ({
    id,
    shortDescription: { text },
    fullDescription: { text },
    help: { text },
    defaultConfiguration: { level }
  })
);
function describeInvocation(verdict, context, leftOut) {
  const { incompleteBecause, checks, undecided, policy } = verdict;
  return {
    // What was not looked at must not count as clean.
    executionSuccessful: incompleteBecause.length === 0,
    exitCode: exitCode(verdict.verdict),
    toolExecutionNotifications: [
      ...several(incompleteBecause, (reason) => notification("incomplete", reason)),
      ...several(checks.filter(isTrouble), ({ name, state, project, detail }) => {
        const failed = state === "failed";
        return notification(
          failed ? "check-failed" : "check-degraded",
          `${name} ${failed ? "could not run" : "is degraded"} in ${project}: ${detail}`
        );
      }),
      ...several(oldFacts(checks), (sentence) => notification("old-facts", sentence)),
      ...leftOut === 0 ? [] : [
        notification(
          "results-left-out",
          `${count(leftOut, ["finding is", "findings are"])} left out: GitHub shows 5,000 of one run and takes 10 MB. What blocks comes first.`
        )
      ],
      ...several(undecided, ({ ruleId, location, reason }) => ({
        ...notification("undecided", `Undecided: ${reason}`),
        ...associatedRule(ruleId, context),
        locations: [
          {
            physicalLocation: {
              ...artifact(context.pathPrefix, location.file),
              region: { startLine: location.line, startColumn: location.column }
            }
          }
        ]
      }))
    ],
    toolConfigurationNotifications: several(policy.notes, ({ kind, message }) => notification(kind, message))
  };
}
function several(items, render) {
  const shown = items.slice(0, mostOfKind).map(render);
  const rest = items.length - shown.length;
  const last = shown.at(-1);
  if (rest === 0 || last === void 0) return shown;
  const { descriptor, level } = last;
  return [...shown, { descriptor, level, message: { text: `And ${rest} more.` } }];
}
function notification(kind, text) {
  const index = notificationDescriptors.findIndex(({ id }) => id === kind);
  return { descriptor: { id: kind, index }, level: kinds[kind].level, message: { text: sarifLine(text) } };
}
function associatedRule(id, { ruleIndexes }) {
  const index = ruleIndexes.get(id);
  return index === void 0 ? {} : { associatedRule: { id, index } };
}

// src/report/sarif.ts
var mostResults = 5e3;
var mostResultBytes = 12e6;
function renderSarif({ verdict, version }, context) {
  const { rules, pathPrefix, commentKey, withAbsent, repository } = context;
  const shared = {
    pathPrefix,
    ruleIndexes: new Map(rules.map(({ id }, index) => [id, index])),
    compared: verdict.compared
  };
  const { results, leftOut } = takeResults([
    ...verdict.findings.toSorted(compareWeight).map((finding) => () => judgedResult(finding, shared)),
    ...(withAbsent ? verdict.fixed : []).map((finding) => () => absentResult(finding, shared))
  ]);
  const log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "express-gate",
            informationUri: "https://github.com/express-gate/express-gate",
            version,
            semanticVersion: version,
            rules: describeRules(rules, verdict.findings),
            notifications: notificationDescriptors
          }
        },
        automationDetails: { id: automationId(commentKey) },
        invocations: [describeInvocation(verdict, shared, leftOut)],
        ...repository === null ? {} : {
          versionControlProvenance: [
            {
              repositoryUri: repository.url,
              revisionId: repository.commit,
              mappedTo: { uriBaseId: "%SRCROOT%" }
            }
          ]
        },
        originalUriBaseIds: { "%SRCROOT%": { description: { text: "The repository's root." } } },
        columnKind: "utf16CodeUnits",
        results
      }
    ]
  };
  return `${terminalJson(JSON.stringify(log, null, 2))}
`;
}
function automationId(commentKey) {
  return commentKey === "" ? "express-gate/" : `express-gate/${commentKey}/`;
}
function compareWeight(a, b) {
  return weight(a) - weight(b);
}
function weight(finding) {
  if (finding.outcome === "block") return 0;
  if (isListed(finding)) return 1;
  return finding.outcome === "warn" ? 2 : 3;
}
function takeResults(makers) {
  const results = [];
  let bytes = 0;
  for (const make of makers.slice(0, mostResults)) {
    const result = make();
    bytes += Buffer.byteLength(JSON.stringify(result));
    if (bytes > mostResultBytes) break;
    results.push(result);
  }
  return { results, leftOut: makers.length - results.length };
}

export {
  renderSarif
};
