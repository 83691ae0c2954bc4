import { createRequire as createRequireForBundle } from 'node:module'; const require = createRequireForBundle(import.meta.url);
import {
  causesOf
} from "./chunk-VYFI3PRU.js";
import {
  ruleUrl
} from "./chunk-5EY6ZPLM.js";
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
  advisoryLink,
  cellCode,
  codeBlock,
  codeSpan,
  comparison,
  count,
  escapeProse,
  escapeText,
  findingNoun,
  firstOf,
  headline,
  howToWaive,
  isListed,
  isTrouble,
  lastLine,
  link,
  oldFacts,
  pathSpan,
  permalink,
  severityCounts
} from "./chunk-ULPUCS3L.js";
import {
  displayWidth,
  shorten,
  visibleLine,
  visibleText
} from "./chunk-4GJY7B2F.js";

// src/report/markdown-sections.ts
function fold(summary, head, pieces, between, most, noun) {
  const before = `<details>
<summary>${summary}</summary>

${head}`;
  return { before, pieces, between, most, noun, after: "</details>" };
}
var gap = "\n\n";
function joinSections(parts, room) {
  const present = parts.filter((part) => typeof part === "string" ? part !== "" : part.pieces.length > 0);
  const frames = present.map(
    (part) => typeof part === "string" ? part : frame(part, part.before, leftOutNote(part, 0, true, room.elsewhere))
  );
  let left = room.limit - room.sizeOf(`${frames.join(gap)}
`);
  const texts = present.map((part) => {
    if (typeof part === "string") return part;
    const kept = [];
    for (const { markdown } of part.pieces.slice(0, part.most)) {
      const size = room.sizeOf(markdown) + room.sizeOf(part.between);
      if (size > left) break;
      kept.push(markdown);
      left -= size;
    }
    if (kept.length === part.pieces.length) return frame(part, part.before + kept.join(part.between), "");
    const note = leftOutNote(part, kept.length, kept.length > 0, room.elsewhere);
    const body = kept.length > 0 ? part.before + kept.join(part.between) : part.before.split("\n| ")[0].trimEnd();
    return frame(part, body, note);
  });
  return `${texts.join(gap)}
`;
}
function frame(section, body, note) {
  return [body, note, section.after ?? ""].filter((text) => text !== "").join(gap);
}
function leftOutNote(section, kept, more, elsewhere) {
  const weight = section.pieces.slice(kept).reduce((sum, piece) => sum + piece.weight, 0);
  const [one, many] = section.noun;
  const what = `${weight}${more ? " more" : ""} ${weight === 1 ? `${one} is` : `${many} are`}`;
  return `${what} left out here: ${elsewhere}.`;
}

// src/report/markdown-excerpt.ts
var around = 1;
var longestPlace = 8;
var longestLine = 160;
var beforePlace = 60;
function excerptsOf(files) {
  const split = /* @__PURE__ */ new Map();
  return (location) => {
    const file = files.get(location.file);
    if (file === void 0) return "";
    const lines = split.get(location.file) ?? file.text.split(/\r\n|\n|\r/);
    split.set(location.file, lines);
    return location.line <= lines.length ? excerpt(lines, location) : "";
  };
}
function excerpt(lines, { line, column, endLine, endColumn }) {
  const last = Math.min(Math.max(line, endLine), line + longestPlace - 1, lines.length);
  const from = Math.max(1, line - around);
  const to = Math.min(lines.length, last + around);
  const start = lines[line - 1].length > longestLine ? Math.max(0, column - 1 - beforePlace) : 0;
  const gutter = String(to).length;
  const rows = [];
  for (let number = from; number <= to; number += 1) {
    const text = lines[number - 1];
    const inside = number >= line && number <= last;
    rows.push(`${inside ? ">" : " "} ${String(number).padStart(gutter)} | ${show(text, start)}`.trimEnd());
    if (number === line && endLine === line) {
      const mark = text.slice(column - 1, endColumn - 1) || " ";
      const width = displayWidth(show(text.slice(0, column - 1), start));
      const length = Math.min(displayWidth(show(mark, 0)), longestLine - width);
      rows.push(`  ${" ".repeat(gutter)} | ${" ".repeat(width)}${"^".repeat(Math.max(1, length))}`);
    }
  }
  return codeBlock(rows.join("\n"), "");
}
function show(text, start) {
  const part = text.slice(start, start + longestLine);
  const rest = text.length > start + longestLine ? "…" : "";
  return `${start > 0 && text !== "" ? "…" : ""}${visibleText(part.replaceAll("	", "  "))}${rest}`;
}

// src/report/markdown-findings.ts
var longestPath = 60;
var longestCell = 400;
var placesInRow = 3;
var causesInRow = 2;
var relatedInEntry = 5;
var rowHead = "| In production | Write instead |\n| --- | --- |\n";
function findingRows(findings, context) {
  return groupBy(findings, ({ ruleId, severity, message, help }) => [ruleId, severity, message, help]).map(
    (group) => {
      const { ruleId, url, severity, message, help } = group[0];
      const places = group.map(({ location }) => placeLink(location, context, cellCode));
      const what = `**${link(escapeText(ruleId), url)}** (${severity})<br>${escapeProse(message, longestCell, cellCode)}`;
      const causes = group.flatMap((finding) => causeCells(finding, context));
      const where = [firstOf(places, placesInRow, "<br>"), ...[...new Set(causes)].slice(0, causesInRow)];
      return {
        markdown: `| ${what}<br>${where.join("<br>")} | ${escapeProse(help, longestCell, cellCode)} |`,
        weight: group.length
      };
    }
  );
}
function causeCells(finding, context) {
  return causesOf(finding).map(({ words, place }) => {
    const said = escapeText(words, 200, cellCode);
    return place === null ? said : `${said}: ${placeLink(place, context, cellCode)}`;
  });
}
function findingEntries(findings, { files }, context) {
  const excerpt2 = excerptsOf(files);
  return findings.map((finding) => {
    const { ruleId, url, severity, status, location, message, help, related, fix, cwe, fingerprint } = finding;
    const paragraphs = [
      `#### ${link(escapeText(ruleId), url)} (${status === "unknown" ? severity : `${severity}, ${status}`})`,
      placeLink(location, context),
      escapeProse(message),
      excerpt2(location),
      `**Write instead:** ${escapeProse(help)}`,
      fix === void 0 ? "" : `**Correction:** ${escapeProse(fix.description)}`,
      related.length === 0 ? "" : `See also ${firstOf(
        related.map((place) => `${placeLink(place, context)} (${escapeText(place.message, 200)})`),
        relatedInEntry
      )}`,
      `${cwe.map((number) => `CWE-${number} · `).join("")}fingerprint ${codeSpan(fingerprint)}`
    ];
    return { markdown: paragraphs.filter((text) => text !== "").join("\n\n"), weight: 1 };
  });
}
function findingLines(findings, context) {
  return findings.map(({ ruleId, url, severity, location, message }) => ({
    markdown: `- ${link(escapeText(ruleId), url)} (${severity}) at ${placeLink(location, context)}: ${escapeProse(message, longestCell)}`,
    weight: 1
  }));
}
function unchangedKinds(findings, context) {
  const rules = groupBy(
    findings.filter((finding) => !isAdvisory(finding)),
    ({ ruleId, severity }) => [ruleId, severity]
  ).map((group) => {
    const { ruleId, url, severity } = group[0];
    const places = group.map(({ location }) => placeLink(location, context));
    return {
      markdown: `- ${link(escapeText(ruleId), url)} (${severity}) at ${firstOf(places, placesInRow)}`,
      weight: group.length
    };
  });
  const updates = groupByAction(findings.filter(isAdvisory)).map(({ action: action2, findings: findings2, distinct }) => {
    const { package: name } = findings2[0].advisory;
    const patched = fixedVersion(findings2);
    const done = action2 !== null ? actionWords(action2, (text) => codeSpan(text, 100)).replace(/^u/, "U") : patched === null ? `${codeSpan(name, 100)}, for which no fixed version is known` : `${codeSpan(name, 100)}, fixed in ${codeSpan(patched, 100)}`;
    const ends = `${count(distinct.length, ["advisory", "advisories"])} (${severityCounts(distinct)})`;
    return { markdown: `- ${done}: ${ends}`, weight: findings2.length };
  });
  return [...rules, ...updates];
}
function placeLink(place, context, show2 = pathSpan) {
  const { file, line } = place;
  const short = file.length > longestPath ? `…${file.slice(-longestPath).replace(/^[\uDC00-\uDFFF]/, "")}` : file;
  return link(show2(`${short}:${line}`), permalink(context, place));
}

// src/report/markdown-advisories.ts
var advisoriesInRow = 5;
var advisoriesInBlock = 200;
var placesInRow2 = 3;
var pathsInBlock = 10;
var longestPath2 = 12;
var groupHead = "| Do this | It ends |\n| --- | --- |\n";
function groupRows(groups, context) {
  return groups.map((group) => {
    const advisories = group.distinct.map(
      ({ advisory }) => `${idLink(advisory.id, cellCode)} in ${cellCode(advisory.package)} ${escapeText(advisory.installed, 60, cellCode)}`
    );
    const ends = [ended(group), firstOf(advisories, advisoriesInRow, "<br>")].join("<br>");
    return {
      markdown: `| ${action(group, cellCode)}<br>${groupPlaces(group, context, "<br>", cellCode)}<br>${escapeProse(groupHelp(group), 300, cellCode)} | ${ends} |`,
      weight: group.findings.length
    };
  });
}
function groupBlocks(groups, context) {
  return groups.map((group) => {
    const rows = group.distinct.slice(0, advisoriesInBlock).map(advisoryRow);
    const rest = group.distinct.length - rows.length;
    const lines = [
      `**${action(group)}** at ${groupPlaces(group, context, ", ")}. It ends ${ended(group)}. ${escapeProse(groupHelp(group), 300)}`,
      "",
      "| Advisory | Package, and the ways to it |",
      "| --- | --- |",
      ...rows,
      ...rest > 0 ? ["", `and ${count(rest, advisoryNoun)} more.`] : []
    ];
    return { markdown: lines.join("\n"), weight: group.findings.length };
  });
}
var advisoryNoun = ["advisory", "advisories"];
function idLink(id, show2 = codeSpan) {
  const page = advisoryLink(id);
  return page === null ? show2(id, 60) : link(escapeText(id), page);
}
function action({ action: action2, findings }, show2 = codeSpan) {
  const { package: name } = findings[0].advisory;
  const patched = fixedVersion(findings);
  if (action2 !== null) return actionWords(action2, (text) => show2(text, 100)).replace(/^u/, "U");
  if (patched !== null && findings.every(({ advisory }) => advisory.direct))
    return `Update ${show2(name, 100)} to ${show2(patched, 100)}`;
  return patched === null ? `Replace ${show2(name, 100)}: no fixed version is known` : `Bring ${show2(name, 100)} to ${show2(patched, 100)}, by an override if need be`;
}
function ended({ distinct, findings }) {
  const remarks = new Set(findings.map(developmentRemark));
  const [remark] = remarks.size === 1 ? remarks : [null];
  return `${count(distinct.length, advisoryNoun)} (${severityCounts(distinct)}${remark == null ? "" : `; ${remark}`})`;
}
function groupPlaces({ findings }, context, separator, show2) {
  const places = new Set(findings.map(({ location }) => placeLink(location, context, show2)));
  return firstOf([...places], placesInRow2, separator);
}
function advisoryRow(finding) {
  const { advisory, severity, message, cwe } = finding;
  const remark = developmentRemark(finding);
  const { id, cve, cvss, paths, morePaths, package: name, installed, vulnerable } = advisory;
  const shown = paths.slice(0, pathsInBlock).map((path) => {
    const steps = path.length > longestPath2 ? [...path.slice(0, longestPath2 - 1), "…", path.at(-1)] : path;
    return cellCode(steps.join(" > "), 300);
  });
  const rest = paths.length - shown.length + morePaths;
  const more = rest > 0 ? [`and ${rest} more`] : [];
  const title = [
    idLink(id, cellCode),
    ...cve === null ? [] : [escapeText(cve, 60, cellCode)],
    cvss === null ? severity : `${severity}, CVSS ${cvss}`,
    ...cwe.slice(0, 3).map((weakness) => `CWE-${weakness}`),
    ...remark === null ? [] : [remark]
  ].join("<br>");
  const what = `${cellCode(name, 100)} ${escapeText(installed, 100, cellCode)} (${escapeText(vulnerable, 100, cellCode)})`;
  const cell = [what, escapeProse(message, 300, cellCode), ...shown, ...more].join("<br>");
  return `| ${title} | ${cell} |`;
}

// src/report/markdown-path-graph.ts
var packagesDrawn = 3;
var pathsOfPackage = 6;
var longestPath3 = 6;
var longestName = 60;
function pathGraph(findings) {
  const packages = groupBy(findings.filter(isAdvisory), ({ project, advisory }) => [
    project,
    advisory.package
  ]).map((group) => ({ name: group[0].advisory.package, paths: pathsOf(group) })).filter(({ paths }) => new Set(paths.map(([first]) => first)).size > 1);
  const drawn = groupBy(packages, (each) => each).map(([first]) => first).slice(0, packagesDrawn);
  const names = new Set(drawn.map(({ name }) => name));
  const summary = `By which ways ${count(names.size, ["vulnerable package comes", "vulnerable packages come"])} in`;
  const pieces = drawn.length === 0 ? [] : [{ markdown: codeBlock(graphOf(drawn), "mermaid"), weight: 1 }];
  return fold(summary, "", pieces, "\n", 1, ["graph", "graphs"]);
}
function pathsOf(group) {
  const paths = group.flatMap(({ advisory }) => advisory.paths).filter(({ length }) => length > 0);
  const byFirst = groupBy(paths, ([first]) => first).map(
    (each) => each.reduce((shortest, path) => path.length < shortest.length ? path : shortest)
  );
  return byFirst.slice(0, pathsOfPackage);
}
function graphOf(packages) {
  const ids = /* @__PURE__ */ new Map();
  const lines = [];
  const edges = /* @__PURE__ */ new Set();
  const node = (key, text, [open, close]) => {
    const known = ids.get(key);
    if (known !== void 0) return known;
    const id = `n${ids.size}`;
    ids.set(key, id);
    lines.push(`  ${id}${open}"${label(text)}"${close}`);
    return id;
  };
  for (const { name, paths } of packages) {
    const end = node(name, `${shorten(name, longestName)} (vulnerable)`, ["([", "])"]);
    for (const path of paths) {
      const steps = shortened(path).map(
        (step) => step.key === name ? end : node(step.key, shorten(step.text, longestName), ["[", "]"])
      );
      for (const [index, to] of steps.entries()) {
        const from = steps[index - 1];
        if (from !== void 0 && from !== to) edges.add(`  ${from} --> ${to}`);
      }
    }
  }
  return ["graph LR", ...lines, ...edges].join("\n");
}
function shortened(path) {
  const named = path.map((text) => ({ key: text, text }));
  if (path.length <= longestPath3) return named;
  const head = named.slice(0, longestPath3 - 2);
  return [...head, { key: JSON.stringify(path), text: "…" }, named.at(-1)];
}
function label(text) {
  return visibleLine(text, longestName + 20).replace(/[^\w./ -]/gu, (sign) => `#${sign.codePointAt(0)};`);
}

// src/report/markdown-finding-sections.ts
function layout(input, { context, detail }) {
  return detail === "short" ? {
    between: "\n",
    codeHead: rowHead,
    groupHead,
    code: (findings) => findingRows(findings, context),
    groups: (groups) => groupRows(groups, context),
    open: 20,
    folded: 80
  } : {
    between: "\n\n",
    codeHead: "",
    groupHead: "",
    code: (findings) => findingEntries(findings, input, context),
    groups: (groups) => groupBlocks(groups, context),
    open: Number.POSITIVE_INFINITY,
    folded: Number.POSITIVE_INFINITY
  };
}
function findingSections(input, composition, shown, level) {
  const layed = layout(input, composition);
  const groups = groupByAction(shown.filter(isAdvisory));
  const blocks = ({ findings }) => findings.some(({ outcome }) => outcome === "block");
  const code = shown.filter((finding) => !isAdvisory(finding));
  const warnings = code.filter(({ outcome }) => outcome !== "block");
  const blocking = code.filter(({ outcome }) => outcome === "block");
  const updates = groups.filter((group) => !blocks(group));
  return [
    ...openSections(`${level} What blocks`, layed.codeHead, layed.code(blocking), layed),
    ...openSections(
      `${level} Dependencies that block`,
      layed.groupHead,
      layed.groups(groups.filter(blocks)),
      layed
    ),
    // Only GitHub draws graphs.
    ...composition.context === null ? [] : [pathGraph(shown)],
    foldedSection(count(warnings.length, findingNoun), warnings, layed.codeHead, layed.code(warnings), layed),
    foldedSection(
      count(updates.length, ["dependency update", "dependency updates"]),
      updates.flatMap(({ distinct }) => distinct),
      layed.groupHead,
      layed.groups(updates),
      layed
    )
  ];
}
function openSections(title, head, pieces, { between, open, folded }) {
  const noun = ["finding that blocks", "findings that block"];
  const more = pieces.slice(open);
  const weight = more.reduce((sum, piece) => sum + piece.weight, 0);
  return [
    { before: `${title}

${head}`, pieces: pieces.slice(0, open), between, most: open, noun, after: null },
    fold(`${weight} more that ${weight === 1 ? "blocks" : "block"}`, head, more, between, folded, noun)
  ];
}
function foldedSection(what, items, head, pieces, { between, open, folded }) {
  const verb = what.startsWith("1 ") ? "does" : "do";
  const summary = `${what} that ${verb} not block (${severityCounts(items)})`;
  return fold(summary, head, pieces, between, open + folded, [
    "finding that does not block",
    "findings that do not block"
  ]);
}

// src/report/markdown-composition.ts
var shortList = 30;
var shortestList = 10;
var projectsNamed = 3;
var fixedNamed = 3;
var countsAsNew = "every finding counts as new";
function composeReport(input, composition) {
  const { verdict } = input;
  const title = composition.detail === "short" ? "###" : "##";
  const shown = verdict.findings.filter(isListed);
  const unchanged = verdict.findings.filter((finding) => finding.outcome === "warn" && !isListed(finding));
  return [
    `${title} ${headline(verdict, shown)}`,
    ...incomplete(verdict),
    comparison(verdict),
    ...notes(verdict, ["policy-changed"], `${title}# By which policy this is judged`),
    ...troubles(verdict),
    ...findingSections(input, composition, shown, `${title}#`),
    fixedLine(verdict),
    annotationsLine(composition.annotationsLeftOut),
    ...undecided(input, composition),
    ...waivers(verdict, composition),
    ...notes(
      verdict,
      ["waiver-expired", "waiver-expiring", "waiver-unused"],
      `${title}# Waivers that need a look`
    ),
    ...notes(verdict, ["policy-ignored"], `${title}# Part of the policy does not count`),
    unchangedList(unchanged, composition),
    ...shown.length === 0 ? [looked(verdict)] : [],
    ...verdict.counts.blocking > 0 ? [howToWaive(verdict, composition.policyFile)] : [],
    oldFacts(verdict.checks).map((sentence) => escapeProse(sentence)).join(" "),
    lastLine(input, composition.policyFile, composition.context)
  ];
}
function incomplete({ incompleteBecause }) {
  return [
    alert(
      "CAUTION",
      incompleteBecause.map((reason) => ({ markdown: `> ${escapeProse(reason)}`, weight: 1 })),
      ["reason", "reasons"]
    )
  ];
}
function troubles({ checks, incompleteBecause, compared }) {
  const open = checks.filter((check) => isTrouble(check) && !incompleteBecause.includes(check.detail));
  const groups = groupBy(open, ({ name, state, detail }) => [name, state, detail]);
  const pieces = groups.map((group) => {
    const { name, state, detail } = group[0];
    if (name === "base" && !compared)
      return {
        markdown: `> **There is no base to compare with.** ${escapeProse(detail)}${detail.includes(countsAsNew) ? "" : ` So ${countsAsNew}.`}`,
        weight: group.length
      };
    const projects = group.map(({ project }) => project).filter((project) => project !== ".");
    const where = projects.length > 0 ? ` (${firstOf(
      projects.map((project) => codeSpan(project, 60)),
      projectsNamed
    )})` : "";
    const what = state === "failed" ? "could not run" : "is degraded";
    return { markdown: `> **${name} ${what}**${where}: ${escapeProse(detail)}`, weight: group.length };
  });
  return [alert("WARNING", pieces, ["check", "checks"])];
}
function alert(kind, pieces, noun) {
  return { before: `> [!${kind}]
`, pieces, between: "\n>\n", most: 10, noun, after: null };
}
function notes({ policy }, kinds, heading) {
  const pieces = policy.notes.filter(({ kind }) => kinds.includes(kind)).map(({ message }) => ({ markdown: `- ${escapeProse(message)}`, weight: 1 }));
  const before = `${heading}

`;
  return [{ before, pieces, between: "\n", most: shortList, noun: ["note", "notes"], after: null }];
}
function unchangedList(unchanged, { context, detail }) {
  const one = unchanged.length === 1;
  const summary = `${count(unchanged.length, findingNoun)} that ${one ? "was" : "were"} there before and ${one ? "does" : "do"} not block`;
  return detail === "short" ? fold(summary, "", unchangedKinds(unchanged, context), "\n", shortestList, findingNoun) : fold(summary, "", findingLines(unchanged, context), "\n", Number.POSITIVE_INFINITY, findingNoun);
}
function fixedLine({ fixed }) {
  if (fixed.length === 0) return "";
  const names = fixed.map(
    ({ advisory, ruleId, location }) => advisory === void 0 ? `${codeSpan(ruleId)} in ${codeSpan(location.file, 60)}` : `${idLink(advisory.id)} in ${codeSpan(advisory.package, 60)}`
  );
  return `${count(fixed.length, findingNoun)} of the base ${fixed.length === 1 ? "is" : "are"} fixed, thank you: ${firstOf([...new Set(names)], fixedNamed)}.`;
}
function annotationsLine(leftOut) {
  if (leftOut === 0) return "";
  const places = leftOut === 1 ? "1 place has" : `${leftOut} places have`;
  return `${places} no annotation on the line, because GitHub shows only 10 of each level.`;
}
function undecided({ verdict }, { context, detail }) {
  const pieces = verdict.undecided.map(({ ruleId, location, reason }) => ({
    markdown: `- ${link(escapeText(ruleId), ruleUrl(ruleId))} at ${placeLink(location, context)}: ${escapeProse(reason)}`,
    weight: 1
  }));
  const summary = `${count(pieces.length, ["question", "questions"])} that the repository alone cannot answer`;
  const head = "Where it depends on an environment variable, say under `environment` in the policy what production sets.\n\n";
  const most = detail === "short" ? shortList : Number.POSITIVE_INFINITY;
  return [fold(summary, head, pieces, "\n", most, ["question", "questions"])];
}
function waivers({ findings }, { context, detail }) {
  const waived = findings.filter(({ outcome }) => outcome === "waived");
  const groups = groupBy(waived, ({ ruleId, advisory, waiver }) => [ruleId, advisory?.id, waiver]);
  const pieces = groups.map((group) => {
    const { ruleId, advisory, waiver } = group[0];
    const what = advisory === void 0 ? codeSpan(ruleId) : `${idLink(advisory.id)} in ${codeSpan(advisory.package)}`;
    const places = group.map(({ location }) => placeLink(location, context));
    const reason = waiver === null ? "" : `, until ${escapeText(waiver.expires, 20)}: ${escapeText(waiver.reason)}`;
    return { markdown: `- ${what} at ${firstOf(places, 3)}${reason}`, weight: group.length };
  });
  const summary = `${count(waived.length, findingNoun)} waived by the policy`;
  const most = detail === "short" ? shortList : Number.POSITIVE_INFINITY;
  return [fold(summary, "", pieces, "\n", most, ["waived finding", "waived findings"])];
}
function looked({ checks }) {
  const pieces = groupBy(
    checks.filter(({ state }) => state === "ok" || state === "skipped"),
    ({ name, state, detail }) => [name, state, detail]
  ).map((group) => {
    const { name, state, detail } = group[0];
    const projects = group.length > 1 ? ` (${group.length} projects)` : "";
    return {
      markdown: `- ${name}${state === "skipped" ? ", skipped" : ""}${projects}: ${escapeProse(detail)}`,
      weight: group.length
    };
  });
  return {
    before: "What was looked at:\n\n",
    pieces,
    between: "\n",
    most: 12,
    noun: ["check", "checks"],
    after: null
  };
}

export {
  joinSections,
  composeReport
};
