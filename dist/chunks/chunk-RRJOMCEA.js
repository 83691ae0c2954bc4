import { createRequire as createRequireForBundle } from 'node:module'; const require = createRequireForBundle(import.meta.url);
import {
  firstOf
} from "./chunk-ULPUCS3L.js";
import {
  require_semver
} from "./chunk-H3WA7JIE.js";
import {
  __toESM
} from "./chunk-JS4AHWAF.js";

// src/report/advisory-groups.ts
var import_semver = __toESM(require_semver(), 1);
function isAdvisory(finding) {
  return finding.advisory !== void 0;
}
function fixedVersion(group) {
  const versions = group.flatMap(({ advisory }) => advisory.patched ?? []);
  const [first] = versions;
  if (first === void 0) return null;
  if (!versions.every((version) => import_semver.default.valid(version) !== null)) return [...new Set(versions)].join(", ");
  return versions.reduce((highest, version) => import_semver.default.gt(version, highest) ? version : highest, first);
}
function groupByAction(findings) {
  const farthest = farthestActions(findings);
  const actionOf = (finding) => farthest.get(moveKey(finding)) ?? finding.advisory.action;
  const groups = groupBy(findings, (finding) => {
    const action = actionOf(finding);
    const { package: name, patched } = finding.advisory;
    return action === null ? ["none", name, patched === null] : [action.package, action.version, action.major, action.updates ?? null];
  });
  return groups.map((group) => ({
    action: actionOf(group[0]),
    findings: group,
    distinct: groupBy(group, ({ advisory }) => [advisory.id, advisory.package]).map(([first]) => first)
  }));
}
function farthestActions(findings) {
  const farthest = /* @__PURE__ */ new Map();
  for (const finding of findings) {
    const { action } = finding.advisory;
    if (action === null || import_semver.default.valid(action.version) === null) continue;
    const key = moveKey(finding);
    const known = farthest.get(key)?.version;
    if (known === void 0 || import_semver.default.gt(action.version, known)) farthest.set(key, action);
  }
  return farthest;
}
function moveKey({ project, advisory: { action } }) {
  if (action === null || import_semver.default.valid(action.version) === null) return "";
  const { package: name, version, major, updates } = action;
  return JSON.stringify([project, name, import_semver.default.major(version), major, updates ?? null]);
}
function groupHelp({ action, findings }) {
  const target = fixedVersion(findings);
  const fits = ({ advisory }) => action === null ? advisory.patched === target : advisory.action?.version === action.version;
  return (findings.find(fits) ?? findings[0]).help;
}
function actionWords({ package: name, version, major, updates }, show) {
  if (updates === void 0)
    return `update ${show(name)} to ${show(version)}${major ? " (a breaking change)" : ""}`;
  return `update ${firstOf(updates.map(show), 3)} within the declared ranges`;
}
function developmentRemark({ advisory, outcome }) {
  if (!advisory.dev) return null;
  return outcome === "warn" ? "for development only: does not block" : "for development only";
}
function groupBy(items, keyOf) {
  const groups = /* @__PURE__ */ new Map();
  for (const item of items) {
    const key = JSON.stringify(keyOf(item));
    const group = groups.get(key);
    if (group === void 0) groups.set(key, [item]);
    else group.push(item);
  }
  return [...groups.values()];
}

export {
  isAdvisory,
  fixedVersion,
  groupByAction,
  groupHelp,
  actionWords,
  developmentRemark,
  groupBy
};
