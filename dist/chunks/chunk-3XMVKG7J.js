import { createRequire as createRequireForBundle } from 'node:module'; const require = createRequireForBundle(import.meta.url);
import {
  terminalJson
} from "./chunk-4GJY7B2F.js";

// src/report/json.ts
function renderJson({ verdict, version }) {
  const { counts } = verdict;
  const report = {
    schemaVersion: 1,
    tool: { name: "express-gate", version },
    verdict: verdict.verdict,
    counts: {
      critical: counts.critical,
      high: counts.high,
      moderate: counts.moderate,
      low: counts.low,
      new: counts.new,
      unchanged: counts.unchanged,
      fixed: counts.fixed,
      waived: counts.waived,
      blocking: counts.blocking
    },
    findings: verdict.findings.map(judgedFinding),
    fixed: verdict.fixed.map((finding) => ({ ...facts(finding), ...details(finding) })),
    undecided: verdict.undecided.map(({ ruleId, location, reason }) => ({
      ruleId,
      location: place(location),
      reason
    })),
    checks: verdict.checks.map(({ name, project, state, detail, oldFacts, ms }) => ({
      name,
      project,
      state,
      detail: oldFacts === void 0 ? detail : `${detail} ${oldFacts}`,
      ms
    })),
    projects: verdict.projects.map(({ directory, name, express, lockfile }) => ({
      directory,
      name,
      express: express && { declared: express.declared, resolved: express.resolved },
      lockfile
    }))
  };
  return `${terminalJson(JSON.stringify(report, null, 2))}
`;
}
function judgedFinding(finding) {
  const { waiver } = finding;
  return {
    ...facts(finding),
    status: finding.status,
    outcome: finding.outcome,
    waiver: waiver && { reason: waiver.reason, expires: waiver.expires },
    ...details(finding)
  };
}
function facts(finding) {
  return {
    ruleId: finding.ruleId,
    severity: finding.severity,
    confidence: finding.confidence,
    message: finding.message,
    help: finding.help,
    url: finding.url,
    cwe: finding.cwe,
    location: place(finding.location),
    related: finding.related.map(({ file, line, column, message }) => ({ file, line, column, message })),
    project: finding.project,
    fingerprint: finding.fingerprint
  };
}
function details({ advisory, fix }) {
  return {
    ...advisory ? { advisory: advisoryFacts(advisory) } : {},
    ...fix ? { fix: correction(fix) } : {}
  };
}
function advisoryFacts(advisory) {
  const { action } = advisory;
  return {
    id: advisory.id,
    cve: advisory.cve,
    ...advisory.aliases === void 0 ? {} : { aliases: advisory.aliases },
    package: advisory.package,
    installed: advisory.installed,
    vulnerable: advisory.vulnerable,
    patched: advisory.patched,
    paths: advisory.paths,
    dev: advisory.dev,
    morePaths: advisory.morePaths,
    direct: advisory.direct,
    action: action && { package: action.package, version: action.version, major: action.major },
    cvss: advisory.cvss,
    sources: advisory.sources
  };
}
function correction(fix) {
  return {
    description: fix.description,
    edits: fix.edits.map(({ file, start, end, text }) => ({
      file,
      start: { line: start.line, column: start.column },
      end: { line: end.line, column: end.column },
      text
    }))
  };
}
function place({ file, line, column, endLine, endColumn }) {
  return { file, line, column, endLine, endColumn };
}

export {
  renderJson
};
