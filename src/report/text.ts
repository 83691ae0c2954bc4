/** The verdict -> the report that a terminal shows: what blocks, what warns, what could not be told, and at the end the verdict and why. */
import type { JudgedFinding } from '../model/finding.ts';
import type { Counts, Verdict } from '../model/verdict.ts';
import { groupByAction, isAdvisory } from './advisory-groups.ts';
import { isListed } from './listed-findings.ts';
import { headline } from './markdown-headline.ts';
import type { ReportInput } from './report-input.ts';
import { terminalLine } from './terminal-escape.ts';
import { advisoryBlocks } from './text-advisories.ts';
import { excerptSource } from './text-excerpt.ts';
import { findingBlocks } from './text-findings.ts';
import type { Pen } from './text-pen.ts';
import { createPen } from './text-pen.ts';
import {
  fixedSection,
  lookedAt,
  notesSection,
  skippedLines,
  troubleSection,
  undecidedSection,
  waivedSection,
} from './text-remarks.ts';
import { count, findingNoun, oldFacts, shortHash } from './wording.ts';

/**
 * Lines that end in line feeds. Unchanged findings that do not block are only counted; much of the same is shortened, and the report
 * then says where all of it is. Everything from the repository or a registry is only shown: no control sequence, no CI command.
 */
export function renderText(input: ReportInput, options: { readonly color: boolean }): string {
  const { verdict } = input;
  const pen = createPen(options.color);
  const parts = [
    ...findingSections(input, pen),
    ...undecidedSection(verdict.undecided, pen),
    ...waivedSection(verdict.findings, pen),
    ...fixedSection(verdict.fixed, pen),
    ...notesSection(verdict.policy.notes, pen),
    ...troubleSection(verdict.checks, pen),
    summary(verdict, pen),
  ];
  return `${parts.join('\n\n')}\n`;
}

function findingSections(input: ReportInput, pen: Pen): string[] {
  const listed = input.verdict.findings.filter(isListed);
  const advisories = groupByAction(listed.filter(isAdvisory));
  // An update is one deed: where it ends something that blocks, all that it ends stands with it.
  const blockingUpdates = advisories.filter(({ findings }) => findings.some(blocks));
  const otherUpdates = advisories.filter((group) => !blockingUpdates.includes(group));
  const code = listed.filter((finding) => !isAdvisory(finding));
  const source = excerptSource(input.files);
  const documented = new Set<string>();

  const texts: string[] = [];
  let leftOut = 0;
  const add = (heading: string, findings: readonly JudgedFinding[], updates: typeof advisories) => {
    if (findings.length === 0 && updates.length === 0) return;
    const inCode = findingBlocks(findings, source, pen, documented);
    const inPackages = advisoryBlocks(updates, pen, documented);
    texts.push(pen.bold(heading), ...inCode.blocks, ...inPackages.blocks);
    leftOut += inCode.leftOut + inPackages.leftOut;
  };
  add(
    `${count(input.verdict.counts.blocking, ['finding blocks', 'findings block'])}:`,
    code.filter(blocks),
    blockingUpdates,
  );
  add(
    'Does not block, but should be looked at:',
    code.filter((finding) => !blocks(finding)),
    otherUpdates,
  );
  if (leftOut > 0) {
    texts.push(
      pen.bold(
        `${count(leftOut, ['finding is', 'findings are'])} left out here: run with --format json for all of them.`,
      ),
    );
  }
  return texts;
}

function blocks({ outcome }: JudgedFinding): boolean {
  return outcome === 'block';
}

function summary(verdict: Verdict, pen: Pen): string {
  const paint = { pass: pen.green, fail: pen.red, incomplete: pen.yellow }[verdict.verdict];
  const found = verdict.findings.length + verdict.fixed.length > 0;
  return [
    pen.bold(paint(headline(verdict, verdict.findings.filter(isListed)))),
    ...verdict.incompleteBecause.map((reason) => `  ${pen.yellow('!')} ${terminalLine(reason)}`),
    ...(found ? [totals(verdict), threshold(verdict)] : []),
    ...(verdict.counts.blocking > 0
      ? [
          pen.dim(
            'To accept one for a while: --waive FINGERPRINT --reason TEXT --expires DATE; --format json has the fingerprints.',
          ),
        ]
      : []),
    lookedAt(verdict),
    ...oldFacts(verdict.checks).map((sentence) => `${pen.yellow('note:')} ${terminalLine(sentence)}`),
    ...skippedLines(verdict.checks, pen),
  ].join('\n');
}

function totals({ counts, findings }: Verdict): string {
  const words = (keys: readonly (keyof Counts)[]) =>
    keys.filter((key) => counts[key] > 0).map((key) => `${counts[key]} ${key}`);
  const parts = [words(['critical', 'high', 'moderate', 'low']), words(['new', 'unchanged', 'waived'])]
    .filter((part) => part.length > 0)
    .map((part) => part.join(', '));
  const fixed =
    counts.fixed > 0 ? ` ${counts.fixed} of the base ${counts.fixed === 1 ? 'is' : 'are'} fixed.` : '';
  return `${[count(findings.length, findingNoun), parts.join('; ')].filter((part) => part !== '').join(': ')}.${fixed}`;
}

/** Why it blocks, or does not. */
function threshold({ policy: { failOn, scope, file, extends: sources = [] } }: Verdict): string {
  const extended = sources.map(
    ({ source, commit }) =>
      `, which extends ${terminalLine(source, 300)}${commit === null ? '' : ` at ${terminalLine(shortHash(commit))}`}`,
  );
  const by = file === null ? 'no policy file' : `policy: ${terminalLine(file, 200)}${extended.join('')}`;
  if (failOn === 'never') return `Nothing blocks: fail-on is never (${by}).`;
  const above = failOn === 'critical' ? '' : ' and above';
  return `Blocking: ${scope === 'new' ? 'new findings' : 'findings'} of severity ${failOn}${above} (${by}).`;
}
