/** The verdict -> the JSON report of schema version 1 (docs/report.schema.json): keys in the contract's order, nothing else. */
import type { AdvisoryDetail, Finding, Fix, JudgedFinding } from '../model/finding.ts';
import type { Location } from '../model/location.ts';
import type { ReportInput } from './report-input.ts';
import { terminalJson } from './terminal-escape.ts';

/** The report, indented by two spaces, with a final newline. Only the checks' `ms` may differ between two runs on the same input. */
export function renderJson({ verdict, version }: ReportInput): string {
  const { counts } = verdict;
  const report = {
    schemaVersion: 1,
    tool: { name: 'express-gate', version },
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
      blocking: counts.blocking,
    },
    findings: verdict.findings.map(judgedFinding),
    fixed: verdict.fixed.map((finding) => ({ ...facts(finding), ...details(finding) })),
    undecided: verdict.undecided.map(({ ruleId, location, reason }) => ({
      ruleId,
      location: place(location),
      reason,
    })),
    checks: verdict.checks.map(({ name, project, state, detail, oldFacts, ms }) => ({
      name,
      project,
      state,
      detail: oldFacts === undefined ? detail : `${detail} ${oldFacts}`,
      ms,
    })),
    projects: verdict.projects.map(({ directory, name, express, lockfile }) => ({
      directory,
      name,
      express: express && { declared: express.declared, resolved: express.resolved },
      lockfile,
    })),
  };
  return `${terminalJson(JSON.stringify(report, null, 2))}\n`;
}

function judgedFinding(finding: JudgedFinding): object {
  const { waiver } = finding;
  return {
    ...facts(finding),
    status: finding.status,
    outcome: finding.outcome,
    waiver: waiver && { reason: waiver.reason, expires: waiver.expires },
    ...details(finding),
  };
}

function facts(finding: Finding): object {
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
    fingerprint: finding.fingerprint,
  };
}

/** What only some findings have; absent, not null, in the others. */
function details({ advisory, fix }: Finding): object {
  return {
    ...(advisory ? { advisory: advisoryFacts(advisory) } : {}),
    ...(fix ? { fix: correction(fix) } : {}),
  };
}

function advisoryFacts(advisory: AdvisoryDetail): object {
  const { action } = advisory;
  return {
    id: advisory.id,
    cve: advisory.cve,
    ...(advisory.aliases === undefined ? {} : { aliases: advisory.aliases }),
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
    sources: advisory.sources,
  };
}

function correction(fix: Fix): object {
  return {
    description: fix.description,
    edits: fix.edits.map(({ file, start, end, text }) => ({
      file,
      start: { line: start.line, column: start.column },
      end: { line: end.line, column: end.column },
      text,
    })),
  };
}

function place({ file, line, column, endLine, endColumn }: Location): Location {
  return { file, line, column, endLine, endColumn };
}
