import { createRequire as createRequireForBundle } from 'node:module'; const require = createRequireForBundle(import.meta.url);
import {
  require_semver
} from "./chunk-H3WA7JIE.js";
import {
  shorten,
  visibleLine,
  visibleText
} from "./chunk-4GJY7B2F.js";
import {
  severities
} from "./chunk-S2OK2AFU.js";
import {
  __toESM
} from "./chunk-JS4AHWAF.js";

// src/report/wording.ts
function count(number, [one, many]) {
  return `${number} ${number === 1 ? one : many}`;
}
var findingNoun = ["finding", "findings"];
function severityCounts(items) {
  if (items.length === 1) return items[0].severity;
  return severities.toReversed().map((severity) => [items.filter((item) => item.severity === severity).length, severity]).filter(([number]) => number > 0).map(([number, severity]) => `${number} ${severity}`).join(", ");
}
function oldFacts(checks) {
  return [...new Set(checks.flatMap((check) => check.oldFacts ?? []))];
}
function firstOf(texts, most, separator = ", ") {
  const rest = texts.length - most;
  const shown = texts.slice(0, most).join(separator);
  return rest > 0 ? `${shown}${separator.trim() === "," ? " " : separator}and ${rest} more` : shown;
}
function shortHash(commit) {
  return commit.slice(0, 7);
}

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

// src/report/listed-findings.ts
function isListed({ outcome, status }) {
  return outcome === "block" || outcome === "warn" && status !== "unchanged";
}

// src/report/markdown-escape.ts
var longest = 600;
var unbrokenPath = 24;
var longestUrl = 1e3;
var activeWord = /[@$`]|#\d|:\S|www\.|(?<![0-9a-z])(?:gh-\d|[0-9a-f]{7,}(?![0-9a-z]))/i;
var wordParts = /^([("'“‘[]*)(.*?)([.,;:!?)"'”’\]]*)$/s;
function escapeText(text, most = longest) {
  return renderPieces(wordPieces(visibleLine(text, most)));
}
function escapeProse(text, most = longest) {
  const pieces = visibleLine(text, most).split(/(`[^`]+`)/).flatMap(
    (part, index) => index % 2 === 1 ? [{ kind: "code", value: part.slice(1, -1) }] : wordPieces(part)
  );
  return renderPieces(pieces);
}
function codeSpan(text, most = longest) {
  const code = shorten(visibleText(text.slice(0, most + 1)), most);
  const plain = /^[^\s`|\]](?:[^`|\]]*[^\s`|\]])?$/.test(code) && !code.includes("<!--");
  return plain ? `\`${code}\`` : htmlCode(code);
}
function htmlCode(text) {
  return `<code>${text === "" ? "(empty)" : encodeSigns(visibleText(text))}</code>`;
}
function pathSpan(path, most = longest) {
  const code = shorten(visibleText(path.slice(0, most + 1)), most);
  if (code.length <= unbrokenPath || !code.includes("/")) return codeSpan(path, most);
  return `<code>${code.split("/").map(encodeSigns).join("/<wbr>")}</code>`;
}
function encodeSigns(text) {
  return text.replace(/[!-,:-@[-`{-~]/g, (sign) => `&#${sign.charCodeAt(0)};`).replace(/(?<=www)\./gi, "&#46;");
}
function codeBlock(text, language) {
  const code = text.split("\n").map((line) => line.split("	").map(visibleText).join("	")).join("\n");
  const fence = codeFence(code);
  return `${fence}${language}
${code}
${fence}`;
}
function codeFence(code) {
  const runs = code.match(/`+/g) ?? [];
  return "`".repeat(runs.reduce((most, run) => Math.max(most, run.length + 1), 3));
}
function link(markdown, url) {
  const safe = url === null ? null : escapeUrl(url);
  return safe === null ? markdown : `[${markdown}](${safe})`;
}
function escapeUrl(url) {
  if (!URL.canParse(url)) return null;
  const { protocol, href } = new URL(url);
  if (protocol !== "https:" && protocol !== "http:") return null;
  if (href.length > longestUrl) return null;
  return href.replace(
    /[^\w\-.~:/?#@!$&+,;=%]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`
  ).replaceAll("&", "&amp;");
}
function escapeCommentKey(key) {
  return encodeURIComponent(key.replace(new RegExp("\\p{Cs}", "gu"), "�")).replace(
    /[!'()*~]|-(?=-|$)/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`
  );
}
function wordPieces(text) {
  return text.split(" ").flatMap((word, index) => {
    const space = { kind: "text", value: index === 0 ? "" : " " };
    if (!activeWord.test(word)) return [space, { kind: "text", value: escapeWord(word, index === 0) }];
    const [, before, core, after] = wordParts.exec(word);
    if (core === "") return [space, { kind: "code", value: word }];
    return [
      space,
      { kind: "text", value: escapeWord(before, index === 0) },
      { kind: "code", value: core },
      { kind: "text", value: escapeWord(after, false) }
    ];
  });
}
function escapeWord(word, first) {
  const escaped = word.replace(/[\\*[\]~#]|(?<![0-9a-z])_|_(?![0-9a-z])/gi, "\\$&").replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll("|", "&#124;");
  return first ? escaped.replace(/^[-+=](?=[-+=]*$)|(?<=^\d{1,9})[.)]$/, "\\$&") : escaped;
}
function renderPieces(pieces) {
  const merged = [];
  for (const piece of pieces) {
    const last = merged.at(-1);
    if (piece.value === "") continue;
    if (last?.kind === piece.kind)
      merged[merged.length - 1] = { kind: piece.kind, value: last.value + piece.value };
    else merged.push(piece);
  }
  return merged.map(({ kind, value }) => kind === "code" ? codeSpan(value) : value).join("");
}

// src/report/permalink.ts
function permalink(context, place) {
  if (context === null) return null;
  const { line, endLine } = place;
  const file = fileLink(context, place.file);
  return file === null ? null : `${file}#L${line}${endLine && endLine > line ? `-L${endLine}` : ""}`;
}
function fileLink(context, file) {
  if (context === null || !/^[0-9a-f]{7,64}$/.test(context.commit)) return null;
  const steps = `${context.pathPrefix}${file}`.split("/");
  if (steps.some((step) => /^\.{0,2}$|[\\\p{Cs}]/u.test(step))) return null;
  return `${context.repositoryUrl}/blob/${context.commit}/${steps.map(encodeURIComponent).join("/")}`;
}
function advisoryLink(id) {
  return /^GHSA(?:-[23456789cfghjmpqrvwx]{4}){3}$/.test(id) ? `https://github.com/advisories/${id}` : null;
}

// src/report/markdown-policy.ts
var defaultFile = ".github/express-gate.yml";
function policyLine({ policy }, policyFile, context) {
  const sources = (policy.extends ?? []).map(
    ({ source, commit }) => `${codeSpan(source, 200)}${commit === null ? "" : ` (commit ${shortHash(commit)})`}`
  );
  const extended = sources.length === 0 ? "" : `, which extends ${sources.join(", which extends ")},`;
  const subject = policyFile === null ? "There is no policy file, so the default" : `The policy ${link(codeSpan(policyFile, 100), fileLink(context, policyFile))}${extended}`;
  const scope = policy.scope === "new" ? "new findings" : "findings";
  if (policy.failOn === "never") return `${subject} blocks nothing.`;
  const above = policy.failOn === "critical" ? "" : " and above";
  return `${subject} blocks ${scope} of severity ${policy.failOn}${above}.`;
}
function howToWaive(verdict, policyFile) {
  const first = verdict.findings.find(({ outcome }) => outcome === "block");
  const file = codeSpan(policyFile ?? defaultFile, 100);
  return [
    "<details>",
    "<summary>How to accept a finding for a while</summary>",
    "",
    `Add a waiver with a reason and a last day to ${file}:`,
    "",
    codeBlock(
      [
        "waivers:",
        ...first === void 0 ? ["  - rule: helmet-missing"] : waiverOf(first),
        "    reason: why the risk is acceptable for now",
        "    expires: YYYY-MM-DD"
      ].join("\n"),
      "yaml"
    ),
    "",
    "</details>"
  ].join("\n");
}
function waiverOf({ ruleId, advisory, location }) {
  if (advisory !== void 0) {
    return [`  - advisory: ${yamlText(advisory.id)}`, `    package: ${yamlText(advisory.package)}`];
  }
  const narrowed = /^[\w./ -]+$/.test(location.file) ? [`    path: ${yamlText(location.file)}`] : [];
  return [`  - rule: ${yamlText(ruleId)}`, ...narrowed];
}
function yamlText(text) {
  return /^[a-z][\w./-]*$/i.test(text) ? text : JSON.stringify(text.slice(0, 200)).replaceAll("<", "\\u003c");
}

// src/report/markdown-headline.ts
var versionsNamed = 3;
function headline(verdict, shown) {
  const { counts } = verdict;
  const blocking = verdict.findings.filter(({ outcome }) => outcome === "block");
  switch (verdict.verdict) {
    case "fail":
      return `express-gate: blocked by ${count(counts.blocking, findingNoun)} (${severityCounts(blocking)})`;
    case "incomplete":
      return "express-gate: could not judge";
    case "pass":
      return `express-gate: passed, ${passedWith(verdict, shown)}`;
  }
}
function passedWith(verdict, shown) {
  const { checks, counts, fixed, undecided } = verdict;
  if (checks.some(isTrouble)) return "but not everything could be looked at";
  if (shown.length === 1) return "1 finding does not block";
  if (shown.length > 1) return `${shown.length} findings do not block`;
  if (undecided.length > 0) return `${count(undecided.length, ["question is", "questions are"])} undecided`;
  if (counts.unchanged > 0) return "nothing new was found";
  if (counts.waived > 0) return "all that was found is waived";
  return fixed.length > 0 ? "everything is fixed" : "nothing was found";
}
function comparison({ compared, counts, findings }) {
  const waived = counts.waived > 0 ? `${counts.waived} ${counts.waived === 1 ? "is" : "are"} waived.` : "";
  if (!compared) return waived === "" ? "" : `Of ${count(findings.length, findingNoun)}, ${waived}`;
  const parts = [
    [counts.new, "new"],
    [counts.unchanged, "unchanged"],
    [counts.fixed, "fixed"]
  ];
  const words = parts.filter(([number]) => number > 0).map(([number, word]) => `${number} ${word}`);
  return words.length === 0 ? "" : `Compared with the base: ${words.join(", ")}. ${waived}`.trim();
}
function isTrouble({ state }) {
  return state === "degraded" || state === "failed";
}
function lastLine({ verdict, version }, policyFile, context) {
  const { projects } = verdict;
  const versions = new Set(
    projects.flatMap(({ express: express2 }) => express2?.resolved ?? express2?.declared ?? []).map((text) => escapeText(text, 60))
  );
  const express = versions.size > 0 ? ` (Express ${firstOf([...versions], versionsNamed)})` : "";
  const judged = projects.length === 0 ? "no project" : `${count(projects.length, ["project", "projects"])}${express}`;
  const answered = new Set(verdict.checks.filter(({ state }) => state !== "skipped").map(({ name }) => name));
  const silent = new Set(verdict.checks.map(({ name }) => name).filter((name) => !answered.has(name)));
  const skipped = silent.size > 0 ? ` Skipped: ${[...silent].join(", ")}.` : "";
  const run = context?.runUrl ? ` ${link("This run", context.runUrl)} has the whole report.` : "";
  return `Judged: ${judged}.${skipped} ${policyLine(verdict, policyFile, context)}${run} express-gate ${escapeText(version, 60)}`;
}

export {
  count,
  findingNoun,
  severityCounts,
  oldFacts,
  firstOf,
  shortHash,
  isAdvisory,
  fixedVersion,
  groupByAction,
  groupHelp,
  actionWords,
  developmentRemark,
  groupBy,
  isListed,
  escapeText,
  escapeProse,
  codeSpan,
  pathSpan,
  codeBlock,
  codeFence,
  link,
  escapeCommentKey,
  permalink,
  advisoryLink,
  howToWaive,
  headline,
  comparison,
  isTrouble,
  lastLine
};
