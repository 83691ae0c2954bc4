/** A verdict -> the report of `--format markdown`: everything, without links into GitHub. */
import { composeReport } from './markdown-composition.ts';
import { joinSections } from './markdown-sections.ts';
import type { ReportInput } from './report-input.ts';

export function renderMarkdown(input: ReportInput): string {
  const policyFile = input.verdict.policy.file;
  return joinSections(
    composeReport(input, { context: null, policyFile, annotationsLeftOut: 0, detail: 'long' }),
    { limit: Number.POSITIVE_INFINITY, sizeOf: (text) => text.length, elsewhere: 'the JSON report has them' },
  );
}
