/** A verdict -> the sentences at the top and at the end of a report: what was decided, against what, by which policy. */
import type { Check } from '../model/check.ts';
import type { JudgedFinding } from '../model/finding.ts';
import type { Verdict } from '../model/verdict.ts';
import { escapeText, link } from './markdown-escape.ts';
import { policyLine } from './markdown-policy.ts';
import type { GithubContext, ReportInput } from './report-input.ts';
import { count, findingNoun, firstOf, severityCounts } from './wording.ts';

const versionsNamed = 3;

/** The verdict in plain words: what stands in an e-mail's preview. */
export function headline(verdict: Verdict, shown: readonly JudgedFinding[]): string {
  const { counts } = verdict;
  const blocking = verdict.findings.filter(({ outcome }) => outcome === 'block');
  switch (verdict.verdict) {
    case 'fail':
      return `express-gate: blocked by ${count(counts.blocking, findingNoun)} (${severityCounts(blocking)})`;
    case 'incomplete':
      return 'express-gate: could not judge';
    case 'pass':
      return `express-gate: passed, ${passedWith(verdict, shown)}`;
  }
}

function passedWith(verdict: Verdict, shown: readonly JudgedFinding[]): string {
  const { checks, counts, fixed, undecided } = verdict;
  if (checks.some(isTrouble)) return 'but not everything could be looked at';
  if (shown.length === 1) return '1 finding does not block';
  if (shown.length > 1) return `${shown.length} findings do not block`;
  if (undecided.length > 0) return `${count(undecided.length, ['question is', 'questions are'])} undecided`;
  if (counts.unchanged > 0) return 'nothing new was found';
  if (counts.waived > 0) return 'all that was found is waived';
  return fixed.length > 0 ? 'everything is fixed' : 'nothing was found';
}

/** What the base has to do with it, and what is waived. */
export function comparison({ compared, counts, findings }: Verdict): string {
  const waived = counts.waived > 0 ? `${counts.waived} ${counts.waived === 1 ? 'is' : 'are'} waived.` : '';
  if (!compared) return waived === '' ? '' : `Of ${count(findings.length, findingNoun)}, ${waived}`;
  const parts = [
    [counts.new, 'new'],
    [counts.unchanged, 'unchanged'],
    [counts.fixed, 'fixed'],
  ] as const;
  const words = parts.filter(([number]) => number > 0).map(([number, word]) => `${number} ${word}`);
  return words.length === 0 ? '' : `Compared with the base: ${words.join(', ')}. ${waived}`.trim();
}

/** A check that looked with less than it should have had, or not at all. */
export function isTrouble({ state }: Check): boolean {
  return state === 'degraded' || state === 'failed';
}

/** What was judged, by which policy, where the rest is. */
export function lastLine(
  { verdict, version }: ReportInput,
  policyFile: string | null,
  context: GithubContext | null,
): string {
  const { projects } = verdict;
  const versions = new Set(
    projects
      .flatMap(({ express }) => express?.resolved ?? express?.declared ?? [])
      .map((text) => escapeText(text, 60)),
  );
  const express = versions.size > 0 ? ` (Express ${firstOf([...versions], versionsNamed)})` : '';
  const judged =
    projects.length === 0 ? 'no project' : `${count(projects.length, ['project', 'projects'])}${express}`;
  const answered = new Set(verdict.checks.filter(({ state }) => state !== 'skipped').map(({ name }) => name));
  const silent = new Set(verdict.checks.map(({ name }) => name).filter((name) => !answered.has(name)));
  const skipped = silent.size > 0 ? ` Skipped: ${[...silent].join(', ')}.` : '';
  const run = context?.runUrl ? ` ${link('This run', context.runUrl)} has the whole report.` : '';
  return `Judged: ${judged}.${skipped} ${policyLine(verdict, policyFile, context)}${run} express-gate ${escapeText(version, 60)}`;
}
