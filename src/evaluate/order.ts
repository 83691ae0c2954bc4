/** The one order of findings, questions and checks, whatever order they came in. */
import type { Check } from '../model/check.ts';
import { checkNames } from '../model/check.ts';
import type { Finding, JudgedFinding, Undecided } from '../model/finding.ts';
import { compareLocations, compareText } from '../model/location.ts';
import { compareSeverity } from '../model/severity.ts';

/** Severity, file, line, rule; then whatever else tells two apart, so that no two different findings are equal. */
export function compareFindings(a: Finding, b: Finding): number {
  return (
    compareSeverity(a.severity, b.severity) ||
    compareText(a.location.file, b.location.file) ||
    a.location.line - b.location.line ||
    compareText(a.ruleId, b.ruleId) ||
    a.location.column - b.location.column ||
    compareText(a.fingerprint, b.fingerprint) ||
    compareText(JSON.stringify(a), JSON.stringify(b))
  );
}

/** Blocking first, then as compareFindings. */
export function compareJudged(a: JudgedFinding, b: JudgedFinding): number {
  return Number(b.outcome === 'block') - Number(a.outcome === 'block') || compareFindings(a, b);
}

/** By place, then rule and reason. */
export function compareUndecided(a: Undecided, b: Undecided): number {
  return (
    compareLocations(a.location, b.location) ||
    compareText(a.ruleId, b.ruleId) ||
    compareText(JSON.stringify(a), JSON.stringify(b))
  );
}

/** By project, then in the order in which the checks are named everywhere. */
export function compareChecks(a: Check, b: Check): number {
  return (
    compareText(a.project, b.project) ||
    checkNames.indexOf(a.name) - checkNames.indexOf(b.name) ||
    compareText(a.state, b.state) ||
    compareText(a.detail, b.detail) ||
    compareText(JSON.stringify(a), JSON.stringify(b))
  );
}
