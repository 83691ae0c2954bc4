/** Composes the one verdict from judged findings, checks and projects: counts, order, and the word. */
import type { Finding, JudgedFinding } from '../model/finding.ts';
import type { Project } from '../model/project.ts';
import { severities } from '../model/severity.ts';
import type { Counts, ReportedProject, Verdict, VerdictWord } from '../model/verdict.ts';
import { compareChecks, compareFindings, compareJudged, compareUndecided } from './order.ts';

/** A verdict that has yet to be counted, ordered and given its word. */
export type Parts = Omit<Verdict, 'verdict' | 'counts' | 'projects'> & {
  readonly projects: readonly Project[];
};

/** Counts, sorts and names the verdict. */
export function composeVerdict(parts: Parts): Verdict {
  const counts = count(parts.findings, parts.fixed);
  return {
    ...parts,
    verdict: word(counts, parts.incompleteBecause),
    counts,
    findings: [...parts.findings].sort(compareJudged),
    fixed: [...parts.fixed].sort(compareFindings),
    undecided: [...parts.undecided].sort(compareUndecided),
    checks: [...parts.checks].sort(compareChecks),
    projects: parts.projects.map(reported),
  };
}

/** A blocking finding is `fail`, even where something else could not be judged. */
function word(counts: Counts, incompleteBecause: readonly string[]): VerdictWord {
  if (counts.blocking > 0) return 'fail';
  return incompleteBecause.length > 0 ? 'incomplete' : 'pass';
}

/** Severities and statuses run over all findings, waived ones included; `waived` and `blocking` are parts of them. */
function count(findings: readonly JudgedFinding[], fixed: readonly Finding[]): Counts {
  const number = (wanted: (finding: JudgedFinding) => boolean) => findings.filter(wanted).length;
  const [low, moderate, high, critical] = severities.map((severity) =>
    number((finding) => finding.severity === severity),
  ) as [number, number, number, number];
  return {
    critical,
    high,
    moderate,
    low,
    new: number((finding) => finding.status === 'new'),
    unchanged: number((finding) => finding.status === 'unchanged'),
    fixed: fixed.length,
    waived: number((finding) => finding.outcome === 'waived'),
    blocking: number((finding) => finding.outcome === 'block'),
  };
}

function reported(project: Project): ReportedProject {
  return {
    directory: project.directory,
    name: project.name,
    express: project.express && { declared: project.express.declared, resolved: project.express.resolved },
    lockfile: project.lockfileFile,
  };
}
