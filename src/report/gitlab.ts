/** A verdict -> GitLab's code quality report, which it shows in merge requests (docs.gitlab.com, "Code Quality", "Code Quality report format"). */
import type { JudgedFinding } from '../model/finding.ts';
import type { Severity } from '../model/severity.ts';
import type { ReportInput } from './report-input.ts';
import { repositoryPath } from './repository-path.ts';
import { terminalJson } from './terminal-escape.ts';
import { visibleLine } from './visible-text.ts';

const severityWords: Readonly<Record<Severity, 'minor' | 'major' | 'critical' | 'blocker'>> = {
  low: 'minor',
  moderate: 'major',
  high: 'critical',
  critical: 'blocker',
};

const longestSentence = 600;

/**
 * A JSON array with one object for each finding that is not waived, blocking ones first. Unchanged findings are in it: GitLab itself
 * compares the report with that of the target branch. `pathPrefix` is `` or `apps/shop/`.
 */
export function renderGitlab(
  { verdict }: ReportInput,
  { pathPrefix }: { readonly pathPrefix: string },
): string {
  const shown = verdict.findings.filter(({ outcome }) => outcome !== 'waived');
  const fingerprints = distinct(shown.map(({ fingerprint }) => fingerprint));
  const issues = shown.map((finding, index) => ({
    description: description(finding),
    check_name: finding.ruleId,
    fingerprint: fingerprints[index],
    severity: severityWords[finding.severity],
    location: {
      path: repositoryPath(pathPrefix, finding.location.file),
      lines: { begin: finding.location.line, end: finding.location.endLine },
    },
  }));
  return `${terminalJson(JSON.stringify(issues, null, 2))}\n`;
}

function description({ message, help }: JudgedFinding): string {
  return [message, help].map((text) => visibleLine(text, longestSentence)).join(' ');
}

/** GitLab drops what has the fingerprint of another: the second of equal ones gets an ordinal. */
function distinct(fingerprints: readonly string[]): string[] {
  const taken = new Set<string>();
  return fingerprints.map((fingerprint) => {
    let unique = fingerprint;
    for (let ordinal = 2; taken.has(unique); ordinal += 1) unique = `${fingerprint}-${ordinal}`;
    taken.add(unique);
    return unique;
  });
}
