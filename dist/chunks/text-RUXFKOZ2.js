import { createRequire as createRequireForBundle } from 'node:module'; const require = createRequireForBundle(import.meta.url);
import {
  actionWords,
  developmentRemark,
  fixedVersion,
  groupBy,
  groupByAction,
  groupHelp,
  isAdvisory
} from "./chunk-RRJOMCEA.js";
import {
  count,
  findingNoun,
  firstOf,
  headline,
  isListed,
  oldFacts,
  severityCounts,
  shortHash
} from "./chunk-ULPUCS3L.js";
import "./chunk-H3WA7JIE.js";
import {
  displayWidth,
  terminalLine,
  terminalText
} from "./chunk-4GJY7B2F.js";
import "./chunk-S2OK2AFU.js";
import {
  __commonJS,
  __toESM
} from "./chunk-JS4AHWAF.js";

// node_modules/picocolors/picocolors.js
var require_picocolors = __commonJS({
  "node_modules/picocolors/picocolors.js"(exports, module) {
    var p = process || {};
    var argv = p.argv || [];
    var env = p.env || {};
    var isColorSupported = !(!!env.NO_COLOR || argv.includes("--no-color")) && (!!env.FORCE_COLOR || argv.includes("--color") || p.platform === "win32" || (p.stdout || {}).isTTY && env.TERM !== "dumb" || !!env.CI);
    var formatter = (open, close, replace = open) => (input) => {
      let string = "" + input, index = string.indexOf(close, open.length);
      return ~index ? open + replaceClose(string, close, replace, index) + close : open + string + close;
    };
    var replaceClose = (string, close, replace, index) => {
      let result = "", cursor = 0;
      do {
        result += string.substring(cursor, index) + replace;
        cursor = index + close.length;
        index = string.indexOf(close, cursor);
      } while (~index);
      return result + string.substring(cursor);
    };
    var createColors = (enabled = isColorSupported) => {
      let f = enabled ? formatter : () => String;
      return {
        isColorSupported: enabled,
        reset: f("\x1B[0m", "\x1B[0m"),
        bold: f("\x1B[1m", "\x1B[22m", "\x1B[22m\x1B[1m"),
        dim: f("\x1B[2m", "\x1B[22m", "\x1B[22m\x1B[2m"),
        italic: f("\x1B[3m", "\x1B[23m"),
        underline: f("\x1B[4m", "\x1B[24m"),
        inverse: f("\x1B[7m", "\x1B[27m"),
        hidden: f("\x1B[8m", "\x1B[28m"),
        strikethrough: f("\x1B[9m", "\x1B[29m"),
        black: f("\x1B[30m", "\x1B[39m"),
        red: f("\x1B[31m", "\x1B[39m"),
        green: f("\x1B[32m", "\x1B[39m"),
        yellow: f("\x1B[33m", "\x1B[39m"),
        blue: f("\x1B[34m", "\x1B[39m"),
        magenta: f("\x1B[35m", "\x1B[39m"),
        cyan: f("\x1B[36m", "\x1B[39m"),
        white: f("\x1B[37m", "\x1B[39m"),
        gray: f("\x1B[90m", "\x1B[39m"),
        bgBlack: f("\x1B[40m", "\x1B[49m"),
        bgRed: f("\x1B[41m", "\x1B[49m"),
        bgGreen: f("\x1B[42m", "\x1B[49m"),
        bgYellow: f("\x1B[43m", "\x1B[49m"),
        bgBlue: f("\x1B[44m", "\x1B[49m"),
        bgMagenta: f("\x1B[45m", "\x1B[49m"),
        bgCyan: f("\x1B[46m", "\x1B[49m"),
        bgWhite: f("\x1B[47m", "\x1B[49m"),
        blackBright: f("\x1B[90m", "\x1B[39m"),
        redBright: f("\x1B[91m", "\x1B[39m"),
        greenBright: f("\x1B[92m", "\x1B[39m"),
        yellowBright: f("\x1B[93m", "\x1B[39m"),
        blueBright: f("\x1B[94m", "\x1B[39m"),
        magentaBright: f("\x1B[95m", "\x1B[39m"),
        cyanBright: f("\x1B[96m", "\x1B[39m"),
        whiteBright: f("\x1B[97m", "\x1B[39m"),
        bgBlackBright: f("\x1B[100m", "\x1B[49m"),
        bgRedBright: f("\x1B[101m", "\x1B[49m"),
        bgGreenBright: f("\x1B[102m", "\x1B[49m"),
        bgYellowBright: f("\x1B[103m", "\x1B[49m"),
        bgBlueBright: f("\x1B[104m", "\x1B[49m"),
        bgMagentaBright: f("\x1B[105m", "\x1B[49m"),
        bgCyanBright: f("\x1B[106m", "\x1B[49m"),
        bgWhiteBright: f("\x1B[107m", "\x1B[49m")
      };
    };
    module.exports = createColors();
    module.exports.createColors = createColors;
  }
});

// src/report/text-pen.ts
var import_picocolors = __toESM(require_picocolors(), 1);
function createPen(color) {
  return import_picocolors.default.createColors(color);
}
function paintSeverity(pen, severity, text) {
  switch (severity) {
    case "critical":
    case "high":
      return pen.bold(pen.red(text));
    case "moderate":
      return pen.bold(pen.yellow(text));
    case "low":
      return pen.bold(pen.cyan(text));
  }
}

// src/report/text-findings.ts
var inFull = (findings) => findings <= 20 ? Number.POSITIVE_INFINITY : findings <= 100 ? 3 : 1;
var placesOnly = 4;
var relatedShown = 6;
var longestPath = 100;
function findingBlocks(findings, source, pen, documented) {
  const groups = groupBy(findings, ({ ruleId, severity, outcome }) => [ruleId, severity, outcome]);
  const most = inFull(findings.length);
  const blocks2 = [];
  let leftOut = 0;
  for (const group of groups) {
    const full = group.slice(0, most);
    const places = group.slice(full.length, full.length + placesOnly);
    const rest = group.length - full.length - places.length;
    leftOut += rest;
    for (const finding of full) blocks2.push(block(finding, source, pen, documented));
    if (places.length > 0) blocks2.push(placesBlock(group[0], places, rest, pen));
  }
  return { blocks: blocks2, leftOut };
}
function place({ file, line, column }) {
  return `${terminalText(file)}:${line}:${column}`;
}
function block(finding, source, pen, documented) {
  const rows = source.rows(finding.location);
  const related = finding.related.slice(0, relatedShown);
  const numbers = [...rows.map(({ number }) => number ?? 0), ...related.map(({ line }) => line)];
  const width = String(Math.max(0, ...numbers)).length + 1;
  const gutter = (text = "", mark = "|") => pen.blue(`${String(text).padStart(width)} ${mark}`);
  const note = (label2, text) => `${gutter("", "=")} ${pen.bold(`${label2}:`)} ${text}`;
  const lines = [heading(finding, pen), `${pen.blue(`${" ".repeat(width)}-->`)} ${place(finding.location)}`];
  if (rows.length > 0) lines.push(gutter());
  for (const { number, text, kind } of rows) {
    const shown = kind === "marker" ? paintSeverity(pen, finding.severity, text) : kind === "context" ? pen.dim(text) : text;
    lines.push(`${gutter(number ?? "")} ${shown}`.trimEnd());
  }
  if (rows.length > 0) lines.push(gutter());
  for (const at of related) {
    lines.push(`${pen.blue(`${" ".repeat(width)}-->`)} ${place(at)}: ${terminalLine(at.message, 300)}`);
    const code = source.line(at);
    if (code !== null) lines.push(`${gutter(at.line)} ${code}`);
  }
  if (finding.related.length > related.length) {
    lines.push(note("and", count(finding.related.length - related.length, ["more place", "more places"])));
  }
  lines.push(note("help", terminalLine(finding.help)));
  if (finding.fix) {
    lines.push(note("fix", terminalLine(finding.fix.description)));
    const corrected = correctedLine(finding.fix, source);
    if (corrected) lines.push(`${gutter(corrected.number, "+")} ${pen.green(corrected.text)}`);
  }
  lines.push(...documentation(finding, documented).map((url) => note("docs", pen.underline(url))));
  return lines.join("\n");
}
function documentation({ ruleId, url }, documented) {
  if (documented.has(ruleId)) return [];
  documented.add(ruleId);
  return [terminalLine(url, 300)];
}
function heading({ ruleId, severity, confidence, message, status, project }, pen) {
  const remarks = [
    ...status === "unchanged" ? ["also in the base"] : [],
    ...confidence === "low" ? ["low confidence"] : [],
    ...project === "." ? [] : [`in ${shortPath(project)}`]
  ];
  const remark = remarks.length > 0 ? pen.dim(` (${remarks.join(", ")})`) : "";
  return `${label(ruleId, severity, pen)}${pen.bold(`: ${terminalLine(message)}`)}${remark}`;
}
function label(ruleId, severity, pen) {
  return paintSeverity(pen, severity, `${severity}[${terminalText(ruleId)}]`);
}
function placesBlock(first, findings, rest, pen) {
  const lines = findings.map(({ location, message }) => {
    const words = message === first.message ? "" : `: ${terminalLine(message, 300)}`;
    return `  ${pen.blue("-->")} ${place(location)}${words}`;
  });
  if (rest > 0) lines.push(pen.dim(`      and ${count(rest, ["more place", "more places"])}`));
  return [`${label(first.ruleId, first.severity, pen)}${pen.bold(": the same at")}`, ...lines].join("\n");
}
function correctedLine({ edits }, source) {
  const [first] = edits;
  if (!first) return null;
  const { file } = first;
  const { line } = first.start;
  const onOneLine = edits.every(
    (edit) => edit.file === file && edit.start.line === line && edit.end.line === line && !/[\n\r\u2028\u2029]/.test(edit.text)
  );
  const text = onOneLine ? source.raw(file, line) : null;
  if (text === null) return null;
  const corrected = edits.toSorted((a, b) => b.start.column - a.start.column).reduce(
    (all, edit) => all.slice(0, edit.start.column - 1) + edit.text + all.slice(edit.end.column - 1),
    text
  );
  const shown = terminalText(corrected.replaceAll("	", "    ").trimEnd());
  return shown.trim() === "" || displayWidth(shown) > longestPath ? null : { number: line, text: shown };
}
function shortPath(path) {
  return terminalLine(path, longestPath);
}

// src/report/text-advisories.ts
var rowsInBlock = (advisories) => advisories <= 30 ? 30 : 6;
var blocksShown = 20;
var rowsWithFacts = 3;
var stepsShown = 6;
var placesShown = 3;
function advisoryBlocks(groups, pen, documented) {
  const total = groups.reduce((sum, { distinct }) => sum + distinct.length, 0);
  const shown = groups.slice(0, blocksShown);
  const most = rowsInBlock(total);
  return {
    blocks: shown.map((group) => block2(group, most, pen, documented)),
    leftOut: groups.reduce(
      (sum, group, index) => sum + hiddenBeyond(group, index < blocksShown ? most : 0),
      0
    )
  };
}
function block2(group, most, pen, documented) {
  const { distinct, findings } = group;
  const rows = distinct.slice(0, most);
  const cells = rows.map((row) => rowCells(row, findings));
  const widths = cells.reduce(
    (all, row) => row.map((cell, column) => Math.max(all[column] ?? 0, displayWidth(cell))),
    []
  );
  const pad = (text, column) => text + " ".repeat(widths[column] - displayWidth(text));
  const places = [...new Set(findings.map(({ location }) => place(location)))];
  return [
    pen.bold(`${change(group)}: ${ends(group)}`),
    `  ${pen.blue("-->")} ${firstOf(places, placesShown)}`,
    ...cells.map(([severity, id, versions, path], index) => {
      const painted = paintSeverity(pen, rows[index].severity, pad(severity, 0));
      const mark = isBlocking(rows[index], findings) ? ` ${pen.red("[blocks]")}` : "";
      const line = `  ${painted}  ${pad(id, 1)}  ${pad(versions, 2)}  ${pen.dim(path)}${mark}`.trimEnd();
      return distinct.length > rowsWithFacts ? line : `${line}
${pen.dim(`    ${factsOf(rows[index])}`)}`;
    }),
    ...distinct.length > most ? [pen.dim(`  and ${count(distinct.length - most, advisoryNoun)} more`)] : [],
    `  ${pen.blue("=")} ${pen.bold("help:")} ${terminalLine(groupHelp(group))}`,
    ...groupBy(findings, ({ ruleId }) => ruleId).flatMap(
      ([first]) => documentation(first, documented).map(
        (url) => `  ${pen.blue("=")} ${pen.bold("docs:")} ${pen.underline(url)}`
      )
    )
  ].join("\n");
}
var advisoryNoun = ["advisory", "advisories"];
function change({ action, findings }) {
  const { package: name } = findings[0].advisory;
  const patched = fixedVersion(findings);
  if (action !== null) return actionWords(action, (text) => terminalLine(text, 100));
  return patched === null ? `replace ${terminalLine(name, 100)}, of which no fixed version is known` : `bring ${terminalLine(name, 100)} to ${terminalLine(patched, 100)}`;
}
function ends({ distinct, findings }) {
  const projects = new Set(findings.map(({ project }) => project));
  const across = projects.size > 1 ? `, in ${projects.size} projects` : "";
  return `ends ${count(distinct.length, advisoryNoun)} (${severityCounts(distinct)}${across})`;
}
function rowCells(row, findings) {
  const { id, package: name, installed, patched } = row.advisory;
  const development = developmentRemark(row);
  const same = findings.filter((finding) => isSame(finding, row));
  const remarks = [
    ...development === null ? [] : [development],
    ...same.length > 1 ? [`in ${same.length} projects`] : row.project === "." ? [] : [`in ${terminalLine(row.project, 80)}`]
  ];
  const to = patched === null ? "" : ` -> ${terminalLine(patched, 60)}`;
  return [
    row.severity,
    terminalLine(id, 60),
    `${terminalLine(name, 100)} ${terminalLine(installed, 60)}${to}`,
    [shortestPath(row), ...remarks.map((remark) => `[${remark}]`)].filter((part) => part !== "").join(" ")
  ];
}
function factsOf({ advisory: { cve, cvss, vulnerable }, cwe }) {
  const facts = [
    ...cve === null ? [] : [terminalLine(cve, 60)],
    ...cvss === null ? [] : [`CVSS ${cvss}`],
    ...cwe.slice(0, 3).map((weakness) => `CWE-${weakness}`),
    `vulnerable: ${terminalLine(vulnerable, 100)}`
  ];
  return facts.join(", ");
}
function isBlocking(row, findings) {
  return findings.some((finding) => finding.outcome === "block" && isSame(finding, row));
}
function shortestPath({ advisory: { paths, morePaths } }) {
  const [path] = paths;
  if (!path) return "";
  const steps = path.length > stepsShown ? [...path.slice(0, stepsShown - 1), "…", path.at(-1)] : path;
  const others = paths.length - 1 + morePaths;
  const more = others > 0 ? `, and ${count(others, ["other path", "other paths"])}` : "";
  return `${terminalLine(steps.map((step) => terminalText(step)).join(" > "), 200)}${more}`;
}
function hiddenBeyond({ distinct, findings }, most) {
  const rows = distinct.slice(0, most);
  return findings.filter((finding) => !rows.some((row) => isSame(finding, row))).length;
}
function isSame({ advisory }, other) {
  return advisory.id === other.advisory.id && advisory.package === other.advisory.package;
}

// src/report/text-excerpt.ts
var longestPlace = 3;
var longestLine = 110;
var beforePlace = 40;
function excerptSource(files) {
  const split = /* @__PURE__ */ new Map();
  const linesOf = (path) => {
    const known = split.get(path);
    if (known) return known;
    const lines = files.get(path)?.text.split(lineBreak(path)) ?? [];
    split.set(path, lines);
    return lines;
  };
  const raw = (file, line) => linesOf(file)[line - 1] ?? null;
  return {
    rows: (location) => excerpt(linesOf(location.file), location),
    line: (place2) => {
      const text = raw(place2.file, place2.line);
      if (text === null) return null;
      const shown = show(text, windowStart(text, place2.column)).trim();
      return shown === "" ? null : shown;
    },
    raw
  };
}
function lineBreak(path) {
  return /\.[cm]?[jt]sx?$/.test(path) ? /\r\n|[\n\r\u2028\u2029]/ : /\r\n|[\n\r]/;
}
function excerpt(lines, { line, column, endLine, endColumn }) {
  const first = lines[line - 1];
  if (first === void 0) return [];
  const last = Math.min(Math.max(line, endLine), lines.length);
  const shownLast = Math.min(last, line + longestPlace - 1);
  const start = windowStart(first, column);
  const rows = [];
  const context = (number) => {
    const text = lines[number - 1];
    if (text !== void 0 && text.trim() !== "") {
      rows.push({ number, text: show(text, start), kind: "context" });
    }
  };
  context(line - 1);
  rows.push({ number: line, text: show(first, start), kind: "code" });
  const end = endLine > line ? first.trimEnd().length + 1 : endColumn;
  rows.push({ number: null, text: marker(first, start, column, end), kind: "marker" });
  for (let number = line + 1; number <= shownLast; number += 1) {
    rows.push({ number, text: show(lines[number - 1], start), kind: "code" });
  }
  if (last > shownLast) rows.push({ number: null, text: "...", kind: "context" });
  else context(last + 1);
  return rows;
}
function windowStart(text, column) {
  if (text.length <= longestLine) return 0;
  return wholeCharacter(text, Math.max(0, Math.min(column - 1, text.length) - beforePlace));
}
function marker(text, start, column, end) {
  const from = Math.min(Math.max(column - 1, start), text.length);
  const to = Math.min(Math.max(end - 1, from), windowEnd(text, start));
  const indent = displayWidth(show(text.slice(0, from), start));
  return `${" ".repeat(indent)}${"^".repeat(Math.max(1, displayWidth(visible(text.slice(from, to)))))}`;
}
function show(text, start) {
  const end = windowEnd(text, start);
  const before = start > 0 && text !== "" ? "…" : "";
  return `${before}${visible(text.slice(start, end))}${end < text.length ? "…" : ""}`;
}
function windowEnd(text, start) {
  return text.length <= start + longestLine ? text.length : wholeCharacter(text, start + longestLine);
}
function wholeCharacter(text, index) {
  return /[\uDC00-\uDFFF]/.test(text.charAt(index)) ? index - 1 : index;
}
function visible(text) {
  return terminalText(text.replaceAll("	", "    "));
}

// src/report/text-remarks.ts
var linesShown = 10;
var placesShown2 = 3;
var manyQuestions = 8;
function section(heading2, lines, pen) {
  if (lines.length === 0) return [];
  const rest = lines.length - linesShown;
  return [
    [
      pen.bold(heading2),
      ...lines.slice(0, linesShown).map((line) => `  ${line}`),
      ...rest > 0 ? [pen.dim(`  and ${rest} more: --format json has all`)] : []
    ].join("\n")
  ];
}
function undecidedSection(undecided, pen) {
  const lines = undecided.length <= manyQuestions ? undecided.map(
    ({ ruleId, location, reason }) => `${place(location)}: ${terminalText(ruleId)}: ${terminalLine(reason, 300)}`
  ) : groupBy(undecided, ({ reason }) => reason).map((group) => {
    const rules = firstOf([...new Set(group.map(({ ruleId }) => terminalText(ruleId)))], placesShown2);
    const places = firstOf([...new Set(group.map(({ location }) => place(location)))], placesShown2);
    return `${terminalLine(group[0].reason, 300)} (${rules} at ${places})`;
  });
  const hint = undecided.some(({ reason }) => reason.includes("environment variable")) ? [pen.dim("  The policy's `environment` can say what production sets.")] : [];
  return section(
    `${count(undecided.length, ["question is", "questions are"])} undecided: the repository alone cannot answer`,
    lines,
    pen
  ).map((text) => [text, ...hint].join("\n"));
}
function waivedSection(findings, pen) {
  const waived = findings.filter(({ outcome }) => outcome === "waived");
  const lines = groupBy(waived, ({ ruleId, advisory, waiver }) => [ruleId, advisory?.id, waiver]).map(
    (group) => {
      const { advisory, ruleId, waiver } = group[0];
      const places = firstOf([...new Set(group.map(({ location }) => place(location)))], placesShown2);
      const name = advisory ? `${terminalLine(advisory.id, 60)} of ${terminalLine(advisory.package, 100)}` : terminalText(ruleId);
      return `${name} at ${places}, until ${terminalLine(waiver?.expires ?? "", 40)}: ${terminalLine(waiver?.reason ?? "", 300)}`;
    }
  );
  return section(`${count(waived.length, ["finding is", "findings are"])} waived`, lines, pen);
}
function fixedSection(fixed, pen) {
  const lines = fixed.map(({ ruleId, location, advisory }) => {
    const name = advisory ? `${terminalLine(advisory.id, 60)} of ${terminalLine(advisory.package, 100)}` : terminalText(ruleId);
    return `${name}, which the base has at ${place(location)}`;
  });
  return section(
    `${count(fixed.length, findingNoun)} of the base ${fixed.length === 1 ? "is" : "are"} fixed`,
    lines,
    pen
  );
}
function notesSection(notes, pen) {
  return section(
    "About the policy",
    notes.map(({ message }) => `${pen.yellow("note:")} ${terminalLine(message)}`),
    pen
  );
}
function troubleSection(checks, pen) {
  const lines = checksInWords(
    checks.filter(({ state }) => state === "degraded" || state === "failed"),
    (state) => state === "failed" ? pen.bold(pen.red("FAILED")) : pen.bold(pen.yellow("DEGRADED"))
  );
  return section("Not everything could be looked at", lines, pen);
}
function skippedLines(checks, pen) {
  const lines = checksInWords(
    checks.filter(({ state }) => state === "skipped"),
    () => "Skipped"
  );
  const rest = lines.length - placesShown2;
  return [...lines.slice(0, placesShown2), ...rest > 0 ? [`and ${rest} more`] : []].map(
    (line) => pen.dim(line)
  );
}
function checksInWords(checks, word) {
  return groupBy(checks, ({ name, state, detail }) => [name, state, detail]).map((group) => {
    const { name, state, detail } = group[0];
    const projects = group.map(({ project }) => project === "." ? "the root" : terminalLine(project, 100));
    const where = projects.length === 1 && projects[0] === "the root" ? "" : ` in ${firstOf(projects, placesShown2)}`;
    return `${word(state)} ${name}${where}: ${terminalLine(detail)}`;
  });
}
function lookedAt({ projects, checks }) {
  const withExpress = projects.filter(({ express }) => express !== null);
  const applications = withExpress.map(({ name, directory, express }) => {
    const version = express?.resolved ?? express?.declared ?? null;
    const called = terminalLine(name ?? directory, 100);
    return version === null ? called : `${called} (Express ${terminalLine(version, 60)})`;
  });
  const others = projects.length - withExpress.length;
  const without = others > 0 ? [`${count(others, ["project", "projects"])} without Express`] : [];
  const what = applications.length === 0 && others === 0 ? "no project: there is no package.json" : [firstOf(applications, 3), ...without].filter((part) => part !== "").join(" and ");
  const looked = checks.filter(({ state }) => state === "ok" || state === "degraded");
  const looking = groupBy(looked, ({ name }) => name).map(
    (group) => group.some(({ state }) => state === "degraded") ? `${group[0].name} (degraded)` : group[0].name
  );
  return `Looked at ${what}${looking.length > 0 ? `: ${looking.join(", ")}` : ""}.`;
}

// src/report/text.ts
function renderText(input, options) {
  const { verdict } = input;
  const pen = createPen(options.color);
  const parts = [
    ...findingSections(input, pen),
    ...undecidedSection(verdict.undecided, pen),
    ...waivedSection(verdict.findings, pen),
    ...fixedSection(verdict.fixed, pen),
    ...notesSection(verdict.policy.notes, pen),
    ...troubleSection(verdict.checks, pen),
    summary(verdict, pen)
  ];
  return `${parts.join("\n\n")}
`;
}
function findingSections(input, pen) {
  const listed = input.verdict.findings.filter(isListed);
  const advisories = groupByAction(listed.filter(isAdvisory));
  const blockingUpdates = advisories.filter(({ findings }) => findings.some(blocks));
  const otherUpdates = advisories.filter((group) => !blockingUpdates.includes(group));
  const code = listed.filter((finding) => !isAdvisory(finding));
  const source = excerptSource(input.files);
  const documented = /* @__PURE__ */ new Set();
  const texts = [];
  let leftOut = 0;
  const add = (heading2, findings, updates) => {
    if (findings.length === 0 && updates.length === 0) return;
    const inCode = findingBlocks(findings, source, pen, documented);
    const inPackages = advisoryBlocks(updates, pen, documented);
    texts.push(pen.bold(heading2), ...inCode.blocks, ...inPackages.blocks);
    leftOut += inCode.leftOut + inPackages.leftOut;
  };
  add(
    `${count(input.verdict.counts.blocking, ["finding blocks", "findings block"])}:`,
    code.filter(blocks),
    blockingUpdates
  );
  add(
    "Does not block, but should be looked at:",
    code.filter((finding) => !blocks(finding)),
    otherUpdates
  );
  if (leftOut > 0) {
    texts.push(
      pen.bold(
        `${count(leftOut, ["finding is", "findings are"])} left out here: run with --format json for all of them.`
      )
    );
  }
  return texts;
}
function blocks({ outcome }) {
  return outcome === "block";
}
function summary(verdict, pen) {
  const paint = { pass: pen.green, fail: pen.red, incomplete: pen.yellow }[verdict.verdict];
  const found = verdict.findings.length + verdict.fixed.length > 0;
  return [
    pen.bold(paint(headline(verdict, verdict.findings.filter(isListed)))),
    ...verdict.incompleteBecause.map((reason) => `  ${pen.yellow("!")} ${terminalLine(reason)}`),
    ...found ? [totals(verdict), threshold(verdict)] : [],
    ...verdict.counts.blocking > 0 ? [
      pen.dim(
        "To accept one for a while: --waive FINGERPRINT --reason TEXT --expires DATE; --format json has the fingerprints."
      )
    ] : [],
    lookedAt(verdict),
    ...oldFacts(verdict.checks).map((sentence) => `${pen.yellow("note:")} ${terminalLine(sentence)}`),
    ...skippedLines(verdict.checks, pen)
  ].join("\n");
}
function totals({ counts, findings }) {
  const words = (keys) => keys.filter((key) => counts[key] > 0).map((key) => `${counts[key]} ${key}`);
  const parts = [words(["critical", "high", "moderate", "low"]), words(["new", "unchanged", "waived"])].filter((part) => part.length > 0).map((part) => part.join(", "));
  const fixed = counts.fixed > 0 ? ` ${counts.fixed} of the base ${counts.fixed === 1 ? "is" : "are"} fixed.` : "";
  return `${[count(findings.length, findingNoun), parts.join("; ")].filter((part) => part !== "").join(": ")}.${fixed}`;
}
function threshold({ policy: { failOn, scope, file, extends: sources = [] } }) {
  const extended = sources.map(
    ({ source, commit }) => `, which extends ${terminalLine(source, 300)}${commit === null ? "" : ` at ${terminalLine(shortHash(commit))}`}`
  );
  const by = file === null ? "no policy file" : `policy: ${terminalLine(file, 200)}${extended.join("")}`;
  if (failOn === "never") return `Nothing blocks: fail-on is never (${by}).`;
  const above = failOn === "critical" ? "" : " and above";
  return `Blocking: ${scope === "new" ? "new findings" : "findings"} of severity ${failOn}${above} (${by}).`;
}
export {
  renderText
};
