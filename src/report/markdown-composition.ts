/** A verdict -> the sections of a Markdown report, in the order in which a reader needs them: the comment, the summary and the file share it. */
import type { JudgedFinding } from '../model/finding.ts';
import { ruleUrl } from '../model/rule.ts';
import type { PolicyNote, Verdict } from '../model/verdict.ts';
import { groupBy } from './advisory-groups.ts';
import { isListed } from './listed-findings.ts';
import { idLink } from './markdown-advisories.ts';
import { codeSpan, escapeProse, escapeText, link } from './markdown-escape.ts';
import { type Composition, findingSections } from './markdown-finding-sections.ts';
import { findingLines, placeLink, unchangedKinds } from './markdown-findings.ts';
import { comparison, headline, isTrouble, lastLine } from './markdown-headline.ts';
import { howToWaive } from './markdown-policy.ts';
import { fold, type Piece, type Section } from './markdown-sections.ts';
import type { ReportInput } from './report-input.ts';
import { count, findingNoun, firstOf, oldFacts } from './wording.ts';

/** Of lists in a short report; the rest is counted. */
const shortList = 30;
const shortestList = 10;
const projectsNamed = 3;
const fixedNamed = 3;
const countsAsNew = 'every finding counts as new';

/** The parts in the order of their importance, for joinSections. */
export function composeReport(input: ReportInput, composition: Composition): (string | Section)[] {
  const { verdict } = input;
  // Findings have titles of their own in a long report, so it begins one level higher.
  const title = composition.detail === 'short' ? '###' : '##';
  const shown = verdict.findings.filter(isListed);
  const unchanged = verdict.findings.filter((finding) => finding.outcome === 'warn' && !isListed(finding));
  return [
    `${title} ${headline(verdict, shown)}`,
    ...incomplete(verdict),
    comparison(verdict),
    ...notes(verdict, ['policy-changed'], `${title}# By which policy this is judged`),
    ...troubles(verdict),
    ...findingSections(input, composition, shown, `${title}#`),
    fixedLine(verdict),
    annotationsLine(composition.annotationsLeftOut),
    ...undecided(input, composition),
    ...waivers(verdict, composition),
    ...notes(
      verdict,
      ['waiver-expired', 'waiver-expiring', 'waiver-unused'],
      `${title}# Waivers that need a look`,
    ),
    ...notes(verdict, ['policy-ignored'], `${title}# Part of the policy does not count`),
    unchangedList(unchanged, composition),
    ...(shown.length === 0 ? [looked(verdict)] : []),
    ...(verdict.counts.blocking > 0 ? [howToWaive(verdict, composition.policyFile)] : []),
    oldFacts(verdict.checks)
      .map((sentence) => escapeProse(sentence))
      .join(' '),
    lastLine(input, composition.policyFile, composition.context),
  ];
}

function incomplete({ incompleteBecause }: Verdict): Section[] {
  return [
    alert(
      'CAUTION',
      incompleteBecause.map((reason) => ({ markdown: `> ${escapeProse(reason)}`, weight: 1 })),
      ['reason', 'reasons'],
    ),
  ];
}

/** What could not be looked at as it should have been. The same trouble of many projects is said once, and not again where it is the reason for the verdict. */
function troubles({ checks, incompleteBecause, compared }: Verdict): Section[] {
  const open = checks.filter((check) => isTrouble(check) && !incompleteBecause.includes(check.detail));
  const groups = groupBy(open, ({ name, state, detail }) => [name, state, detail]);
  const pieces = groups.map((group) => {
    const { name, state, detail } = group[0]!;
    if (name === 'base' && !compared)
      return {
        markdown: `> **There is no base to compare with.** ${escapeProse(detail)}${detail.includes(countsAsNew) ? '' : ` So ${countsAsNew}.`}`,
        weight: group.length,
      };
    const projects = group.map(({ project }) => project).filter((project) => project !== '.');
    const where =
      projects.length > 0
        ? ` (${firstOf(
            projects.map((project) => codeSpan(project, 60)),
            projectsNamed,
          )})`
        : '';
    const what = state === 'failed' ? 'could not run' : 'is degraded';
    return { markdown: `> **${name} ${what}**${where}: ${escapeProse(detail)}`, weight: group.length };
  });
  return [alert('WARNING', pieces, ['check', 'checks'])];
}

function alert(kind: 'WARNING' | 'CAUTION', pieces: readonly Piece[], noun: Section['noun']): Section {
  return { before: `> [!${kind}]\n`, pieces, between: '\n>\n', most: 10, noun, after: null };
}

/** What people should hear about the policy: a change to it near the top, waivers that need a hand near the waivers. */
function notes({ policy }: Verdict, kinds: readonly PolicyNote['kind'][], heading: string): Section[] {
  const pieces = policy.notes
    .filter(({ kind }) => kinds.includes(kind))
    .map(({ message }) => ({ markdown: `- ${escapeProse(message)}`, weight: 1 }));
  const before = `${heading}\n\n`;
  return [{ before, pieces, between: '\n', most: shortList, noun: ['note', 'notes'], after: null }];
}

/** What was there before and does not block is counted under a fold: in a short report by kind, in a long one with each finding. */
function unchangedList(unchanged: readonly JudgedFinding[], { context, detail }: Composition): Section {
  const one = unchanged.length === 1;
  const summary = `${count(unchanged.length, findingNoun)} that ${one ? 'was' : 'were'} there before and ${one ? 'does' : 'do'} not block`;
  return detail === 'short'
    ? fold(summary, '', unchangedKinds(unchanged, context), '\n', shortestList, findingNoun)
    : fold(summary, '', findingLines(unchanged, context), '\n', Number.POSITIVE_INFINITY, findingNoun);
}

function fixedLine({ fixed }: Verdict): string {
  if (fixed.length === 0) return '';
  const names = fixed.map(({ advisory, ruleId, location }) =>
    advisory === undefined
      ? `${codeSpan(ruleId)} in ${codeSpan(location.file, 60)}`
      : `${idLink(advisory.id)} in ${codeSpan(advisory.package, 60)}`,
  );
  return `${count(fixed.length, findingNoun)} of the base ${fixed.length === 1 ? 'is' : 'are'} fixed, thank you: ${firstOf([...new Set(names)], fixedNamed)}.`;
}

function annotationsLine(leftOut: number): string {
  if (leftOut === 0) return '';
  const places = leftOut === 1 ? '1 place has' : `${leftOut} places have`;
  return `${places} no annotation on the line, because GitHub shows only 10 of each level.`;
}

function undecided({ verdict }: ReportInput, { context, detail }: Composition): Section[] {
  const pieces = verdict.undecided.map(({ ruleId, location, reason }) => ({
    markdown: `- ${link(escapeText(ruleId), ruleUrl(ruleId))} at ${placeLink(location, context)}: ${escapeProse(reason)}`,
    weight: 1,
  }));
  const summary = `${count(pieces.length, ['question', 'questions'])} that the repository alone cannot answer`;
  const head =
    'Where it depends on an environment variable, say under `environment` in the policy what production sets.\n\n';
  const most = detail === 'short' ? shortList : Number.POSITIVE_INFINITY;
  return [fold(summary, head, pieces, '\n', most, ['question', 'questions'])];
}

function waivers({ findings }: Verdict, { context, detail }: Composition): Section[] {
  const waived = findings.filter(({ outcome }) => outcome === 'waived');
  const groups = groupBy(waived, ({ ruleId, advisory, waiver }) => [ruleId, advisory?.id, waiver]);
  const pieces = groups.map((group) => {
    const { ruleId, advisory, waiver } = group[0]!;
    const what =
      advisory === undefined ? codeSpan(ruleId) : `${idLink(advisory.id)} in ${codeSpan(advisory.package)}`;
    const places = group.map(({ location }) => placeLink(location, context));
    const reason =
      waiver === null ? '' : `, until ${escapeText(waiver.expires, 20)}: ${escapeText(waiver.reason)}`;
    return { markdown: `- ${what} at ${firstOf(places, 3)}${reason}`, weight: group.length };
  });
  const summary = `${count(waived.length, findingNoun)} waived by the policy`;
  const most = detail === 'short' ? shortList : Number.POSITIVE_INFINITY;
  return [fold(summary, '', pieces, '\n', most, ['waived finding', 'waived findings'])];
}

/** Where nothing is wrong, what was looked at is the message. */
function looked({ checks }: Verdict): Section {
  const pieces = groupBy(
    checks.filter(({ state }) => state === 'ok' || state === 'skipped'),
    ({ name, state, detail }) => [name, state, detail],
  ).map((group) => {
    const { name, state, detail } = group[0]!;
    const projects = group.length > 1 ? ` (${group.length} projects)` : '';
    return {
      markdown: `- ${name}${state === 'skipped' ? ', skipped' : ''}${projects}: ${escapeProse(detail)}`,
      weight: group.length,
    };
  });
  return {
    before: 'What was looked at:\n\n',
    pieces,
    between: '\n',
    most: 12,
    noun: ['check', 'checks'],
    after: null,
  };
}
