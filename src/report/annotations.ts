/** Findings -> the marks that GitHub puts on their lines: as many as it takes, the most important first. */
import type { JudgedFinding } from '../model/finding.ts';
import { compareLocations, compareText } from '../model/location.ts';
import { compareSeverity } from '../model/severity.ts';
import {
  type AdvisoryGroup,
  actionWords,
  groupBy,
  groupByAction,
  groupHelp,
  isAdvisory,
} from './advisory-groups.ts';
import { causesOf } from './change-causes.ts';
import { isListed } from './listed-findings.ts';
import type { ReportInput } from './report-input.ts';
import { visibleLine } from './visible-text.ts';
import { count } from './wording.ts';

/** Of each level in one step; GitHub drops the rest without a word. Source: actions/toolkit, docs/problem-matchers.md, "Limitations". */
export const annotationsPerLevel = 10;
/** In one job, of all levels and steps. Source: the same. */
export const annotationsPerJob = 50;

/** A title is cut by GitHub at 255 characters. Source: the `title` of an annotation in the REST API's check runs. */
const longestTitle = 255;
const longestSentence = 600;
/** Of several findings in one mark, as many are told. */
const sentencesInMark = 10;

export interface Annotation {
  /** `error` blocks. */
  readonly level: 'error' | 'warning' | 'notice';
  /** From the repository's root, with `/`. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  /** One line. */
  readonly title: string;
  /** Plain text, with line feeds. */
  readonly message: string;
}

const levels = ['error', 'warning', 'notice'] as const;

/**
 * The marks for which the workflow commands of one step have room, errors first; `leftOut` counts the others.
 */
export function selectAnnotations(
  input: ReportInput,
  context: { readonly pathPrefix: string },
): { annotations: Annotation[]; leftOut: number } {
  const all = allAnnotations(input, context);
  const annotations = levels
    .flatMap((level) => all.filter((mark) => mark.level === level).slice(0, annotationsPerLevel))
    .slice(0, annotationsPerJob);
  return { annotations, leftOut: all.length - annotations.length };
}

/** All marks, the most important first. Waived and unchanged findings have none unless they block; those of one rule on one line share one. */
export function allAnnotations(
  { verdict }: ReportInput,
  { pathPrefix }: { readonly pathPrefix: string },
): Annotation[] {
  const listed = verdict.findings.filter(isListed);
  const rules = groupBy(
    listed.filter((finding) => !isAdvisory(finding)),
    ({ ruleId, location }) => [ruleId, location.file, location.line],
  );
  // One update is one deed, whichever rules ask for it; but GitHub marks one place.
  const updates = groupByAction(listed.filter(isAdvisory)).flatMap((group) =>
    groupBy(group.findings, ({ location }) => [location.file, location.line]).map((findings) => {
      const here = groupByAction(findings)[0]!;
      return { findings, update: { ...here, action: group.action } };
    }),
  );
  return [...rules.map((findings) => ({ findings, update: null })), ...updates]
    .map(({ findings, update }) => ({ group: findings.toSorted(compareWeight), update }))
    .sort((a, b) => compareWeight(a.group[0]!, b.group[0]!))
    .map(({ group, update }) => annotate(group, update, pathPrefix));
}

function compareWeight(a: JudgedFinding, b: JudgedFinding): number {
  return (
    Number(b.outcome === 'block') - Number(a.outcome === 'block') ||
    compareSeverity(a.severity, b.severity) ||
    compareLocations(a.location, b.location) ||
    compareText(a.ruleId, b.ruleId) ||
    compareText(a.fingerprint, b.fingerprint)
  );
}

function annotate(
  group: readonly JudgedFinding[],
  update: AdvisoryGroup | null,
  pathPrefix: string,
): Annotation {
  const { location, ruleId, severity, outcome } = group[0]!;
  const many = group.length > 1 ? `${group.length} findings, the gravest ` : '';
  const { file, line, column, endLine, endColumn } = location;
  return {
    level: outcome === 'block' ? 'error' : severity === 'low' ? 'notice' : 'warning',
    file: `${pathPrefix}${file}`,
    line,
    column,
    endLine,
    endColumn,
    title: visibleLine(
      `${ruleId} (${many}${severity})${update === null ? '' : updateTitle(update)}`,
      longestTitle,
    ),
    message: [
      ...sentences(group.map(({ message }) => message)),
      ...sentences(
        group
          .flatMap(causesOf)
          .map(({ words, place }) =>
            place === null ? `${words}.` : `${words}: ${pathPrefix}${place.file}:${place.line}.`,
          ),
      ),
      ...sentences(update === null ? group.map(({ help }) => help) : [groupHelp(update)]),
    ].join('\n'),
  };
}

/** `: update express to 4.22.3, which ends 9 advisories`; nothing where no change is known. */
function updateTitle({ action, distinct }: AdvisoryGroup): string {
  if (action === null) return '';
  const ended = count(distinct.length, ['advisory', 'advisories']);
  return `: ${actionWords(action, (text) => text)}, which ends ${ended}`;
}

function sentences(texts: readonly string[]): string[] {
  const distinct = [...new Set(texts.map((text) => visibleLine(text, longestSentence)))];
  const rest = distinct.length - sentencesInMark;
  return rest > 0 ? [...distinct.slice(0, sentencesInMark), `And ${rest} more.`] : distinct;
}
