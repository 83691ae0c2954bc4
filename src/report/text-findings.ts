/** Findings about code -> blocks for a terminal: what and where, the code with a marker, how the value comes there, what to write. */
import type { Fix, JudgedFinding } from '../model/finding.ts';
import type { RelatedLocation } from '../model/location.ts';
import type { Severity } from '../model/severity.ts';
import { groupBy } from './advisory-groups.ts';
import { displayWidth, terminalLine, terminalText } from './terminal-escape.ts';
import type { ExcerptSource } from './text-excerpt.ts';
import type { Pen } from './text-pen.ts';
import { paintSeverity } from './text-pen.ts';
import { count } from './wording.ts';

/** How many of one rule are shown in full where a report has many findings; the others with their place only, then as a number. */
const inFull = (findings: number) => (findings <= 20 ? Number.POSITIVE_INFINITY : findings <= 100 ? 3 : 1);
const placesOnly = 4;
const relatedShown = 6;
const longestPath = 100;

export interface FindingsText {
  readonly blocks: readonly string[];
  /** Findings of which not even the place is shown. */
  readonly leftOut: number;
}

/** `documented` holds the rules whose documentation address has been shown, and grows. */
export function findingBlocks(
  findings: readonly JudgedFinding[],
  source: ExcerptSource,
  pen: Pen,
  documented: Set<string>,
): FindingsText {
  const groups = groupBy(findings, ({ ruleId, severity, outcome }) => [ruleId, severity, outcome]);
  const most = inFull(findings.length);
  const blocks: string[] = [];
  let leftOut = 0;
  for (const group of groups) {
    const full = group.slice(0, most);
    const places = group.slice(full.length, full.length + placesOnly);
    const rest = group.length - full.length - places.length;
    leftOut += rest;
    for (const finding of full) blocks.push(block(finding, source, pen, documented));
    if (places.length > 0) blocks.push(placesBlock(group[0]!, places, rest, pen));
  }
  return { blocks, leftOut };
}

/** `file:line:column`, safe to print. */
export function place({ file, line, column }: Omit<RelatedLocation, 'message'>): string {
  return `${terminalText(file)}:${line}:${column}`;
}

function block(finding: JudgedFinding, source: ExcerptSource, pen: Pen, documented: Set<string>): string {
  const rows = source.rows(finding.location);
  const related = finding.related.slice(0, relatedShown);
  const numbers = [...rows.map(({ number }) => number ?? 0), ...related.map(({ line }) => line)];
  const width = String(Math.max(0, ...numbers)).length + 1;
  const gutter = (text: string | number = '', mark = '|') =>
    pen.blue(`${String(text).padStart(width)} ${mark}`);
  const note = (label: string, text: string) => `${gutter('', '=')} ${pen.bold(`${label}:`)} ${text}`;

  const lines = [heading(finding, pen), `${pen.blue(`${' '.repeat(width)}-->`)} ${place(finding.location)}`];
  if (rows.length > 0) lines.push(gutter());
  for (const { number, text, kind } of rows) {
    const shown =
      kind === 'marker'
        ? paintSeverity(pen, finding.severity, text)
        : kind === 'context'
          ? pen.dim(text)
          : text;
    lines.push(`${gutter(number ?? '')} ${shown}`.trimEnd());
  }
  if (rows.length > 0) lines.push(gutter());
  for (const at of related) {
    lines.push(`${pen.blue(`${' '.repeat(width)}-->`)} ${place(at)}: ${terminalLine(at.message, 300)}`);
    const code = source.line(at);
    if (code !== null) lines.push(`${gutter(at.line)} ${code}`);
  }
  if (finding.related.length > related.length) {
    lines.push(note('and', count(finding.related.length - related.length, ['more place', 'more places'])));
  }
  lines.push(note('help', terminalLine(finding.help)));
  if (finding.fix) {
    lines.push(note('fix', terminalLine(finding.fix.description)));
    const corrected = correctedLine(finding.fix, source);
    if (corrected) lines.push(`${gutter(corrected.number, '+')} ${pen.green(corrected.text)}`);
  }
  lines.push(...documentation(finding, documented).map((url) => note('docs', pen.underline(url))));
  return lines.join('\n');
}

/** The rule's documentation address, where this is the first finding of the rule. */
export function documentation({ ruleId, url }: JudgedFinding, documented: Set<string>): string[] {
  if (documented.has(ruleId)) return [];
  documented.add(ruleId);
  return [terminalLine(url, 300)];
}

function heading(
  { ruleId, severity, confidence, message, status, project }: JudgedFinding,
  pen: Pen,
): string {
  const remarks = [
    ...(status === 'unchanged' ? ['also in the base'] : []),
    ...(confidence === 'low' ? ['low confidence'] : []),
    ...(project === '.' ? [] : [`in ${shortPath(project)}`]),
  ];
  const remark = remarks.length > 0 ? pen.dim(` (${remarks.join(', ')})`) : '';
  return `${label(ruleId, severity, pen)}${pen.bold(`: ${terminalLine(message)}`)}${remark}`;
}

function label(ruleId: string, severity: Severity, pen: Pen): string {
  return paintSeverity(pen, severity, `${severity}[${terminalText(ruleId)}]`);
}

/** The same rule elsewhere: only the place, and the message where it says something else. */
function placesBlock(
  first: JudgedFinding,
  findings: readonly JudgedFinding[],
  rest: number,
  pen: Pen,
): string {
  const lines = findings.map(({ location, message }) => {
    const words = message === first.message ? '' : `: ${terminalLine(message, 300)}`;
    return `  ${pen.blue('-->')} ${place(location)}${words}`;
  });
  if (rest > 0) lines.push(pen.dim(`      and ${count(rest, ['more place', 'more places'])}`));
  return [`${label(first.ruleId, first.severity, pen)}${pen.bold(': the same at')}`, ...lines].join('\n');
}

/** The line as it reads after the correction, where all of it happens on one line that is not too long. */
function correctedLine({ edits }: Fix, source: ExcerptSource): { number: number; text: string } | null {
  const [first] = edits;
  if (!first) return null;
  const { file } = first;
  const { line } = first.start;
  const onOneLine = edits.every(
    (edit) =>
      edit.file === file &&
      edit.start.line === line &&
      edit.end.line === line &&
      !/[\n\r\u2028\u2029]/.test(edit.text),
  );
  const text = onOneLine ? source.raw(file, line) : null;
  if (text === null) return null;
  const corrected = edits
    .toSorted((a, b) => b.start.column - a.start.column)
    .reduce(
      (all, edit) => all.slice(0, edit.start.column - 1) + edit.text + all.slice(edit.end.column - 1),
      text,
    );
  const shown = terminalText(corrected.replaceAll('\t', '    ').trimEnd());
  return shown.trim() === '' || displayWidth(shown) > longestPath ? null : { number: line, text: shown };
}

function shortPath(path: string): string {
  return terminalLine(path, longestPath);
}
