/** The policy in force -> the words on what it blocks, where it is, and how a finding is waived. */
import type { JudgedFinding } from '../model/finding.ts';
import type { Verdict } from '../model/verdict.ts';
import { codeBlock, codeSpan, link } from './markdown-escape.ts';
import { fileLink } from './permalink.ts';
import type { GithubContext } from './report-input.ts';
import { shortHash } from './wording.ts';

/** Where a policy goes that is not there yet. */
const defaultFile = '.github/express-gate.yml';

export function policyLine(
  { policy }: Verdict,
  policyFile: string | null,
  context: GithubContext | null,
): string {
  if (policy.toldBy === 'report')
    return 'This comment was made from the report of that run, which the pull request could have changed.';
  const sources = (policy.extends ?? []).map(
    ({ source, commit }) =>
      `${codeSpan(source, 200)}${commit === null ? '' : ` (commit ${codeSpan(shortHash(commit))})`}`,
  );
  const extended = sources.length === 0 ? '' : `, which extends ${sources.join(', which extends ')},`;
  const subject =
    policyFile === null
      ? 'There is no policy file, so the default'
      : `The policy ${link(codeSpan(policyFile, 100), fileLink(context, policyFile))}${extended}`;
  const scope = policy.scope === 'new' ? 'new findings' : 'findings';
  if (policy.failOn === 'never') return `${subject} blocks nothing.`;
  const above = policy.failOn === 'critical' ? '' : ' and above';
  return `${subject} blocks ${scope} of severity ${policy.failOn}${above}.`;
}

/** A fold with a waiver to copy, made for the first finding that blocks. */
export function howToWaive(verdict: Verdict, policyFile: string | null): string {
  const first = verdict.findings.find(({ outcome }) => outcome === 'block');
  const file = codeSpan(policyFile ?? defaultFile, 100);
  return [
    '<details>',
    '<summary>How to accept a finding for a while</summary>',
    '',
    `Add a waiver with a reason and a last day to ${file}:`,
    '',
    codeBlock(
      [
        'waivers:',
        ...(first === undefined ? ['  - rule: helmet-missing'] : waiverOf(first)),
        '    reason: why the risk is acceptable for now',
        '    expires: YYYY-MM-DD',
      ].join('\n'),
      'yaml',
    ),
    ...(first === undefined
      ? []
      : [
          '',
          `Or let the command line write it: ${codeSpan(`express-gate --waive ${first.fingerprint} --reason "…" --expires YYYY-MM-DD`, 200)}`,
        ]),
    '',
    '</details>',
  ].join('\n');
}

function waiverOf({ ruleId, advisory, location }: JudgedFinding): string[] {
  if (advisory !== undefined) {
    return [`  - advisory: ${yamlText(advisory.id)}`, `    package: ${yamlText(advisory.package)}`];
  }
  // A name with signs that mean something in a glob would need care that an example should not ask for.
  const narrowed = /^[\w./ -]+$/.test(location.file) ? [`    path: ${yamlText(location.file)}`] : [];
  return [`  - rule: ${yamlText(ruleId)}`, ...narrowed];
}

/** JSON's strings are YAML's too. */
function yamlText(text: string): string {
  return /^[a-z][\w./-]*$/i.test(text) ? text : JSON.stringify(text.slice(0, 200)).replaceAll('<', '\\u003c');
}
