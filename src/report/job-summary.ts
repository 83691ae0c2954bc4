/** A verdict -> the summary on the run's page: the whole report, as far as GitHub takes it. */
import { composeReport } from './markdown-composition.ts';
import { joinSections } from './markdown-sections.ts';
import type { GithubContext, ReportInput } from './report-input.ts';

/**
 * UTF-8 bytes. GitHub takes 1 MiB a step and drops a larger summary whole; the rest is room for what else the step may write.
 * Source: docs.github.com, "Workflow commands", "Step isolation and limits".
 */
const largestSummary = 1_000_000;

export interface SummaryContext extends GithubContext {
  /** As the verdict has it: relative to the scanned directory. */
  readonly policyFile: string | null;
  readonly annotationsLeftOut: number;
}

/** The summary, at most 1,000,000 bytes of UTF-8. */
export function renderJobSummary(input: ReportInput, context: SummaryContext): string {
  const { policyFile, annotationsLeftOut } = context;
  // A link to the run leads to this very page.
  const page = { ...context, runUrl: null };
  return joinSections(
    composeReport(input, { context: page, policyFile, annotationsLeftOut, detail: 'long' }),
    {
      limit: largestSummary,
      sizeOf: (text) => Buffer.byteLength(text, 'utf8'),
      elsewhere: 'the JSON report has them',
    },
  );
}
