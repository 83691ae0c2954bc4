/** A verdict -> the one comment on a pull request: the verdict first, then what to do, short enough for GitHub at any number of findings. */
import type { Verdict } from '../model/verdict.ts';
import { isListed } from './listed-findings.ts';
import { composeReport } from './markdown-composition.ts';
import { escapeCommentKey, link } from './markdown-escape.ts';
import { joinSections } from './markdown-sections.ts';
import type { GithubContext, ReportInput } from './report-input.ts';

/**
 * GitHub takes 65,536 characters; the publisher adds a hidden mark of its own.
 * Source: the API's answer "Body is too long (maximum is 65536 characters)".
 */
const longestBody = 65_000;

export interface CommentContext extends GithubContext {
  /** Which of several gates in one repository this is. */
  readonly commentKey: string;
  /** As the verdict has it: relative to the scanned directory. */
  readonly policyFile: string | null;
  readonly annotationsLeftOut: number;
}

/** The body, at most 65,000 UTF-16 units long, beginning with the mark of its key. */
export function renderPrComment(input: ReportInput, context: CommentContext): string {
  const { commentKey, policyFile, annotationsLeftOut } = context;
  const composition = { context, policyFile, annotationsLeftOut, detail: 'short' } as const;
  const mark = commentMark(commentKey);
  const body = joinSections(composeReport(input, composition), {
    limit: longestBody - mark.length - 1,
    sizeOf: (text) => text.length,
    elsewhere:
      context.runUrl === null ? 'the job summary has them' : link('the job summary has them', context.runUrl),
  });
  return `${mark}\n${body}`;
}

/** Whether a comment is created where there is none yet; one that is there is always brought up to date. */
export function isCommentWanted(mode: 'always' | 'on-findings' | 'on-failure', verdict: Verdict): boolean {
  return (
    mode === 'always' ||
    verdict.verdict !== 'pass' ||
    (mode === 'on-findings' && verdict.findings.some(isListed))
  );
}

/** The hidden mark at the very beginning of the comment of the gate with this key. */
export function commentMark(commentKey: string): string {
  return `${markOf(commentKey)} -->`;
}

/** Whether `body` is a comment of the gate with this key, by its mark. Who wrote it is for the publisher to ask. */
export function isOurComment(body: string, commentKey: string): boolean {
  return body.startsWith(`${markOf(commentKey)} `);
}

function markOf(commentKey: string): string {
  return `<!-- express-gate:comment key="${escapeCommentKey(commentKey)}"`;
}
