import { createRequire as createRequireForBundle } from 'node:module'; const require = createRequireForBundle(import.meta.url);
import {
  shorten,
  visibleLine,
  visibleText
} from "./chunk-4GJY7B2F.js";
import {
  severities
} from "./chunk-S2OK2AFU.js";

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

// src/report/listed-findings.ts
function isListed({ outcome, status }) {
  return outcome === "block" || outcome === "warn" && status !== "unchanged";
}

// src/report/markdown-escape.ts
var longest = 600;
var unbrokenPath = 24;
var unbrokenInCell = 16;
var unbrokenWord = /[^\s-]{20}/;
var longestUrl = 1e3;
var activeWord = /[@$`]|#\d|:\S|www\.|(?<![0-9a-z])(?:gh-\d|[0-9a-f]{7,}(?![0-9a-z]))/i;
var wordParts = /^([("'“‘[]*)(.*?)([.,;:!?)"'”’\]]*)$/s;
function escapeText(text, most = longest, showCode = codeSpan) {
  return renderPieces(wordPieces(visibleLine(text, most), showCode === cellCode), showCode);
}
function escapeProse(text, most = longest, showCode = codeSpan) {
  const pieces = visibleLine(text, most).split(/(`[^`]+`)/).flatMap(
    (part, index) => index % 2 === 1 ? [{ kind: "code", value: part.slice(1, -1) }] : wordPieces(part, showCode === cellCode)
  );
  return renderPieces(pieces, showCode);
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
function cellCode(text, most = longest) {
  const code = shorten(visibleText(text.slice(0, most + 1)), most);
  const words = code.match(/[^\s-]+/g) ?? [];
  if (words.every((word) => word.length <= unbrokenInCell)) return codeSpan(text, most);
  const parts = code.split(
    new RegExp("(?<=@)|(?<=[./\\\\_:=,;({[?&>|])(?![\\d)\\]}]|\\w{1,4}(?::\\d+)?$)|(?<=[\\p{Ll}\\d])(?=\\p{Lu})", "u")
  );
  const short = parts.flatMap((part) => part.match(/[^\s-]{1,16}(?:[\s-]+|$)|[^\s-]{1,16}|[\s-]+/gu) ?? []);
  return `<code>${short.map(encodeSigns).join("<wbr>")}</code>`;
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
function wordPieces(text, inCell) {
  return text.split(" ").flatMap((word, index) => {
    const space = { kind: "text", value: index === 0 ? "" : " " };
    if (!activeWord.test(word) && !(inCell && unbrokenWord.test(word)))
      return [space, { kind: "text", value: escapeWord(word, index === 0) }];
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
function renderPieces(pieces, showCode) {
  const merged = [];
  for (const piece of pieces) {
    const last = merged.at(-1);
    if (piece.value === "") continue;
    if (last?.kind === piece.kind)
      merged[merged.length - 1] = { kind: piece.kind, value: last.value + piece.value };
    else merged.push(piece);
  }
  return merged.map(({ kind, value }) => kind === "code" ? showCode(value) : value).join("");
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
  if (policy.toldBy === "report")
    return "This comment was made from the report of that run, which the pull request could have changed.";
  const sources = (policy.extends ?? []).map(
    ({ source, commit }) => `${codeSpan(source, 200)}${commit === null ? "" : ` (commit ${codeSpan(shortHash(commit))})`}`
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
    ...first === void 0 ? [] : [
      "",
      `Or let the command line write it: ${codeSpan(`express-gate --waive ${first.fingerprint} --reason "…" --expires YYYY-MM-DD`, 200)}`
    ],
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
  isListed,
  escapeText,
  escapeProse,
  codeSpan,
  pathSpan,
  cellCode,
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
