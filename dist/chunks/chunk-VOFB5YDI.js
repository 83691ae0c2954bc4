import { createRequire as createRequireForBundle } from 'node:module'; const require = createRequireForBundle(import.meta.url);
import {
  compareLocations,
  compareText
} from "./chunk-MZQ62ETL.js";
import {
  formatWorkflowCommand
} from "./chunk-H43EHEB2.js";
import {
  causesOf
} from "./chunk-VYFI3PRU.js";
import {
  actionWords,
  groupBy,
  groupByAction,
  groupHelp,
  isAdvisory
} from "./chunk-RRJOMCEA.js";
import {
  comparison,
  count,
  headline,
  isListed,
  isTrouble,
  oldFacts
} from "./chunk-ULPUCS3L.js";
import {
  terminalLine,
  terminalText,
  visibleLine
} from "./chunk-4GJY7B2F.js";
import {
  compareSeverity
} from "./chunk-S2OK2AFU.js";

// src/report/annotations.ts
var annotationsPerLevel = 10;
var annotationsPerJob = 50;
var longestTitle = 255;
var longestSentence = 600;
var sentencesInMark = 10;
var levels = ["error", "warning", "notice"];
function selectAnnotations(input, context) {
  const all = allAnnotations(input, context);
  const annotations = levels.flatMap((level) => all.filter((mark) => mark.level === level).slice(0, annotationsPerLevel)).slice(0, annotationsPerJob);
  return { annotations, leftOut: all.length - annotations.length };
}
function allAnnotations({ verdict }, { pathPrefix }) {
  const listed = verdict.findings.filter(isListed);
  const rules = groupBy(
    listed.filter((finding) => !isAdvisory(finding)),
    ({ ruleId, location }) => [ruleId, location.file, location.line]
  );
  const updates = groupByAction(listed.filter(isAdvisory)).flatMap(
    (group) => groupBy(group.findings, ({ location }) => [location.file, location.line]).map((findings) => {
      const here = groupByAction(findings)[0];
      return { findings, update: { ...here, action: group.action } };
    })
  );
  return [...rules.map((findings) => ({ findings, update: null })), ...updates].map(({ findings, update }) => ({ group: findings.toSorted(compareWeight), update })).sort((a, b) => compareWeight(a.group[0], b.group[0])).map(({ group, update }) => annotate(group, update, pathPrefix));
}
function compareWeight(a, b) {
  return Number(b.outcome === "block") - Number(a.outcome === "block") || compareSeverity(a.severity, b.severity) || compareLocations(a.location, b.location) || compareText(a.ruleId, b.ruleId) || compareText(a.fingerprint, b.fingerprint);
}
function annotate(group, update, pathPrefix) {
  const { location, ruleId, severity, outcome } = group[0];
  const many = group.length > 1 ? `${group.length} findings, the gravest ` : "";
  const { file, line, column, endLine, endColumn } = location;
  return {
    level: outcome === "block" ? "error" : severity === "low" ? "notice" : "warning",
    file: `${pathPrefix}${file}`,
    line,
    column,
    endLine,
    endColumn,
    title: visibleLine(
      `${ruleId} (${many}${severity})${update === null ? "" : updateTitle(update)}`,
      longestTitle
    ),
    message: [
      ...sentences(group.map(({ message }) => message)),
      ...sentences(
        group.flatMap(causesOf).map(
          ({ words, place }) => place === null ? `${words}.` : `${words}: ${pathPrefix}${place.file}:${place.line}.`
        )
      ),
      ...sentences(update === null ? group.map(({ help }) => help) : [groupHelp(update)])
    ].join("\n")
  };
}
function updateTitle({ action, distinct }) {
  if (action === null) return "";
  const ended = count(distinct.length, ["advisory", "advisories"]);
  return `: ${actionWords(action, (text) => text)}, which ends ${ended}`;
}
function sentences(texts) {
  const distinct = [...new Set(texts.map((text) => visibleLine(text, longestSentence)))];
  const rest = distinct.length - sentencesInMark;
  return rest > 0 ? [...distinct.slice(0, sentencesInMark), `And ${rest} more.`] : distinct;
}

// src/report/github.ts
function renderGithub(input, context = { pathPrefix: "" }) {
  const { annotations, leftOut } = context.annotations === false ? { annotations: [], leftOut: 0 } : selectAnnotations(input, context);
  const commands = annotations.map(
    ({ level, file, line, column, endLine, endColumn, title, message }) => formatWorkflowCommand(
      level,
      { file, line, endLine, ...line === endLine ? { col: column, endColumn } : {}, title },
      message
    )
  );
  return `${[...commands, ...logLines(input, leftOut)].join("\n")}
`;
}
function logLines({ verdict, version }, annotationsLeftOut) {
  const shown = verdict.findings.filter(isListed);
  const places = shown.map(
    ({ outcome, severity, ruleId, location, message }) => terminalLine(
      `${outcome === "block" ? "blocks" : "warns"} (${severity}) ${terminalText(location.file)}:${location.line} ${ruleId}: ${message}`
    )
  );
  return [
    headline(verdict, shown),
    comparison(verdict),
    ...verdict.incompleteBecause.map((reason) => terminalLine(reason)),
    ...verdict.checks.filter(isTrouble).map(
      ({ name, project, state, detail }) => terminalLine(
        `${name} ${state === "failed" ? "could not run" : "is degraded"} in ${terminalText(project)}: ${detail}`
      )
    ),
    ...oldFacts(verdict.checks).map((sentence) => terminalLine(sentence)),
    ...verdict.policy.notes.map(({ message }) => terminalLine(message)),
    ...places,
    ...verdict.undecided.map(
      ({ ruleId, location, reason }) => terminalLine(`undecided ${terminalText(location.file)}:${location.line} ${ruleId}: ${reason}`)
    ),
    annotationsLeftOut === 0 ? "" : `${count(annotationsLeftOut, ["place has", "places have"])} no annotation, because GitHub shows only ${annotationsPerLevel} of each level.`,
    `express-gate ${terminalLine(version)}`
  ].filter((line) => line !== "");
}

export {
  selectAnnotations,
  allAnnotations,
  renderGithub
};
