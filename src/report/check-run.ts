/** A verdict -> a check run of GitHub's: its conclusion, its text, and every mark on a line, which has room for more than the log has. */
import type { VerdictWord } from '../model/verdict.ts';
import { type Annotation, allAnnotations } from './annotations.ts';
import { isListed } from './listed-findings.ts';
import { composeReport } from './markdown-composition.ts';
import { link } from './markdown-escape.ts';
import { headline } from './markdown-headline.ts';
import { joinSections } from './markdown-sections.ts';
import type { GithubContext, ReportInput } from './report-input.ts';
import { visibleLine } from './visible-text.ts';

/** UTF-8 bytes; GitHub takes 65,535 characters. */
const largestSummary = 65_000;
const longestTitle = 255;
/** Of each 50 GitHub wants a request of its own, and a page with more marks than this helps nobody. */
const mostAnnotations = 1000;

export interface CheckRunContext extends GithubContext {
  /** Which of several gates in one repository this is. */
  readonly commentKey: string;
  /** As the verdict has it: relative to the scanned directory. */
  readonly policyFile: string | null;
}

/** In the words of GitHub's API. */
export interface CheckAnnotation {
  readonly path: string;
  readonly start_line: number;
  readonly end_line: number;
  /** Columns only where the place is on one line. */
  readonly start_column?: number;
  readonly end_column?: number;
  readonly annotation_level: 'notice' | 'warning' | 'failure';
  readonly title: string;
  readonly message: string;
}

export interface CheckRun {
  readonly name: string;
  readonly conclusion: 'success' | 'failure';
  readonly title: string;
  readonly summary: string;
  readonly annotations: readonly CheckAnnotation[];
  /** How many marks have no room even here. */
  readonly leftOut: number;
}

/** The check run; only a pass looks green. */
export function renderCheckRun(input: ReportInput, context: CheckRunContext): CheckRun {
  const { verdict } = input;
  const { commentKey, policyFile, pathPrefix, runUrl } = context;
  const annotations = allAnnotations(input, { pathPrefix });
  const shown = annotations.slice(0, mostAnnotations);
  const leftOut = annotations.length - shown.length;
  const composition = { context, policyFile, annotationsLeftOut: 0, detail: 'short' } as const;
  return {
    name: checkRunName(commentKey),
    conclusion: conclusions[verdict.verdict],
    title: visibleLine(headline(verdict, verdict.findings.filter(isListed)), longestTitle),
    summary: joinSections(composeReport(input, composition), {
      limit: largestSummary,
      sizeOf: (text) => Buffer.byteLength(text, 'utf8'),
      elsewhere: runUrl === null ? 'the job summary has them' : link('the job summary has them', runUrl),
    }),
    annotations: shown.map(toCheckAnnotation),
    leftOut,
  };
}

/** Not the job's own name, which a required check may ask for: two checks of one name could stand for each other. */
function checkRunName(commentKey: string): string {
  return commentKey === '' ? 'express-gate findings' : `express-gate findings (${commentKey})`;
}

const conclusions: Readonly<Record<VerdictWord, CheckRun['conclusion']>> = {
  pass: 'success',
  fail: 'failure',
  incomplete: 'failure',
};

const levels = { error: 'failure', warning: 'warning', notice: 'notice' } as const;

function toCheckAnnotation({
  level,
  file,
  line,
  column,
  endLine,
  endColumn,
  title,
  message,
}: Annotation): CheckAnnotation {
  return {
    path: file,
    start_line: line,
    end_line: endLine,
    ...(line === endLine ? { start_column: column, end_column: endColumn } : {}),
    annotation_level: levels[level],
    title,
    message,
  };
}
