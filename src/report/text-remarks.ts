/** What is neither a new finding nor the verdict -> lines for a terminal: undecided questions, fixed and waived findings, notes, checks. */
import type { Check } from '../model/check.ts';
import type { Finding, JudgedFinding, Undecided } from '../model/finding.ts';
import type { PolicyNote, Verdict } from '../model/verdict.ts';
import { groupBy } from './advisory-groups.ts';
import { terminalLine, terminalText } from './terminal-escape.ts';
import { place } from './text-findings.ts';
import type { Pen } from './text-pen.ts';
import { count, findingNoun, firstOf } from './wording.ts';

const linesShown = 10;
const placesShown = 3;
const manyQuestions = 8;

/** A heading and its lines, or nothing where there are no lines. */
function section(heading: string, lines: readonly string[], pen: Pen): string[] {
  if (lines.length === 0) return [];
  const rest = lines.length - linesShown;
  return [
    [
      pen.bold(heading),
      ...lines.slice(0, linesShown).map((line) => `  ${line}`),
      ...(rest > 0 ? [pen.dim(`  and ${rest} more: --format json has all`)] : []),
    ].join('\n'),
  ];
}

/** One line for each question; where they are many, one for each reason. */
export function undecidedSection(undecided: readonly Undecided[], pen: Pen): string[] {
  const lines =
    undecided.length <= manyQuestions
      ? undecided.map(
          ({ ruleId, location, reason }) =>
            `${place(location)}: ${terminalText(ruleId)}: ${terminalLine(reason, 300)}`,
        )
      : groupBy(undecided, ({ reason }) => reason).map((group) => {
          const rules = firstOf([...new Set(group.map(({ ruleId }) => terminalText(ruleId)))], placesShown);
          const places = firstOf([...new Set(group.map(({ location }) => place(location)))], placesShown);
          return `${terminalLine(group[0]!.reason, 300)} (${rules} at ${places})`;
        });
  const hint = undecided.some(({ reason }) => reason.includes('environment variable'))
    ? [pen.dim("  The policy's `environment` can say what production sets.")]
    : [];
  return section(
    `${count(undecided.length, ['question is', 'questions are'])} undecided: the repository alone cannot answer`,
    lines,
    pen,
  ).map((text) => [text, ...hint].join('\n'));
}

export function waivedSection(findings: readonly JudgedFinding[], pen: Pen): string[] {
  const waived = findings.filter(({ outcome }) => outcome === 'waived');
  const lines = groupBy(waived, ({ ruleId, advisory, waiver }) => [ruleId, advisory?.id, waiver]).map(
    (group) => {
      const { advisory, ruleId, waiver } = group[0]!;
      const places = firstOf([...new Set(group.map(({ location }) => place(location)))], placesShown);
      const name = advisory
        ? `${terminalLine(advisory.id, 60)} of ${terminalLine(advisory.package, 100)}`
        : terminalText(ruleId);
      return `${name} at ${places}, until ${terminalLine(waiver?.expires ?? '', 40)}: ${terminalLine(waiver?.reason ?? '', 300)}`;
    },
  );
  return section(`${count(waived.length, ['finding is', 'findings are'])} waived`, lines, pen);
}

export function fixedSection(fixed: readonly Finding[], pen: Pen): string[] {
  const lines = fixed.map(({ ruleId, location, advisory }) => {
    const name = advisory
      ? `${terminalLine(advisory.id, 60)} of ${terminalLine(advisory.package, 100)}`
      : terminalText(ruleId);
    return `${name}, which the base has at ${place(location)}`;
  });
  return section(
    `${count(fixed.length, findingNoun)} of the base ${fixed.length === 1 ? 'is' : 'are'} fixed`,
    lines,
    pen,
  );
}

export function notesSection(notes: readonly PolicyNote[], pen: Pen): string[] {
  return section(
    'About the policy',
    notes.map(({ message }) => `${pen.yellow('note:')} ${terminalLine(message)}`),
    pen,
  );
}

/** Loud: a check that looked with less than it should have had, or not at all. */
export function troubleSection(checks: readonly Check[], pen: Pen): string[] {
  const lines = checksInWords(
    checks.filter(({ state }) => state === 'degraded' || state === 'failed'),
    (state) => (state === 'failed' ? pen.bold(pen.red('FAILED')) : pen.bold(pen.yellow('DEGRADED'))),
  );
  return section('Not everything could be looked at', lines, pen);
}

/** Quiet: what was not asked for, or had nothing to look at. */
export function skippedLines(checks: readonly Check[], pen: Pen): string[] {
  const lines = checksInWords(
    checks.filter(({ state }) => state === 'skipped'),
    () => 'Skipped',
  );
  const rest = lines.length - placesShown;
  return [...lines.slice(0, placesShown), ...(rest > 0 ? [`and ${rest} more`] : [])].map((line) =>
    pen.dim(line),
  );
}

function checksInWords(checks: readonly Check[], word: (state: Check['state']) => string): string[] {
  return groupBy(checks, ({ name, state, detail }) => [name, state, detail]).map((group) => {
    const { name, state, detail } = group[0]!;
    const projects = group.map(({ project }) => (project === '.' ? 'the root' : terminalLine(project, 100)));
    const where =
      projects.length === 1 && projects[0] === 'the root' ? '' : ` in ${firstOf(projects, placesShown)}`;
    return `${word(state)} ${name}${where}: ${terminalLine(detail)}`;
  });
}

/** What was judged and what looked at it: the one thing that a clean pass must say. */
export function lookedAt({ projects, checks }: Verdict): string {
  const withExpress = projects.filter(({ express }) => express !== null);
  const applications = withExpress.map(({ name, directory, express }) => {
    const version = express?.resolved ?? express?.declared ?? null;
    const called = terminalLine(name ?? directory, 100);
    return version === null ? called : `${called} (Express ${terminalLine(version, 60)})`;
  });
  const others = projects.length - withExpress.length;
  const without = others > 0 ? [`${count(others, ['project', 'projects'])} without Express`] : [];
  const what =
    applications.length === 0 && others === 0
      ? 'no project: there is no package.json'
      : [firstOf(applications, 3), ...without].filter((part) => part !== '').join(' and ');
  const looked = checks.filter(({ state }) => state === 'ok' || state === 'degraded');
  const looking = groupBy(looked, ({ name }) => name).map((group) =>
    group.some(({ state }) => state === 'degraded') ? `${group[0]!.name} (degraded)` : group[0]!.name,
  );
  return `Looked at ${what}${looking.length > 0 ? `: ${looking.join(', ')}` : ''}.`;
}
