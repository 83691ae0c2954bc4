import { createRequire as createRequireForBundle } from 'node:module'; const require = createRequireForBundle(import.meta.url);
import {
  ruleSections,
  ruleUrl
} from "./chunk-5EY6ZPLM.js";
import "./chunk-JS4AHWAF.js";

// src/report/rule-text.ts
var textWidth = 90;
function renderRuleList(rules) {
  const idWidth = Math.max(0, ...rules.map(({ id }) => id.length)) + 2;
  const severityWidth = Math.max(0, ...rules.map(({ severity }) => severity.length)) + 2;
  const sections = ruleSections.flatMap((section) => {
    const own = rules.filter((rule) => rule.section === section);
    if (own.length === 0) return [];
    const lines = own.map(
      ({ id, severity, title }) => `  ${id.padEnd(idWidth)}${severity.padEnd(severityWidth)}${title}`
    );
    return [[section, ...lines].join("\n")];
  });
  return `${sections.join("\n\n")}
`;
}
function renderRule(rule) {
  const { id, title, section, severity, confidence, cwe, why, remedy, examples, limits, references } = rule;
  const weaknesses = cwe.map((number) => `CWE-${number}`).join(", ");
  const facts = [`severity ${severity}`, `confidence ${confidence}`, weaknesses, section];
  return `${[
    `${id}: ${title}
${facts.filter((fact) => fact !== "").join(" · ")}`,
    wrap(why),
    `What to do
${wrap(remedy)}`,
    `Reported
${indent(examples.bad)}`,
    `Not reported
${indent(examples.good)}`,
    limits.trim() === "" ? "" : `Limits
${wrap(limits)}`,
    ["More", ...[ruleUrl(id), ...references].map((address) => `  ${address}`)].join("\n")
  ].filter((part) => part !== "").join("\n\n")}
`;
}
function wrap(text) {
  return text.trim().split(/\n{2,}/).map((paragraph) => {
    const lines = [];
    for (const word of paragraph.split(/\s+/)) {
      const last = lines.at(-1);
      if (last !== void 0 && last.length + 1 + word.length <= textWidth)
        lines[lines.length - 1] = `${last} ${word}`;
      else lines.push(word);
    }
    return indent(lines.join("\n"));
  }).join("\n\n");
}
function indent(text) {
  return text.trim().split("\n").map((line) => line === "" ? "" : `  ${line}`).join("\n");
}
export {
  renderRule,
  renderRuleList
};
