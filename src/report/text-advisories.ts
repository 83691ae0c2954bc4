/** Advisories, grouped by the one change that ends them -> blocks for a terminal, a line for each advisory. */
import type { AdvisoryFinding, AdvisoryGroup } from './advisory-groups.ts';
import { actionWords, developmentRemark, fixedVersion, groupBy, groupHelp } from './advisory-groups.ts';
import { displayWidth, terminalLine, terminalText } from './terminal-escape.ts';
import { documentation, place } from './text-findings.ts';
import type { Pen } from './text-pen.ts';
import { paintSeverity } from './text-pen.ts';
import { count, firstOf, severityCounts } from './wording.ts';

const rowsInBlock = (advisories: number) => (advisories <= 30 ? 30 : 6);
const blocksShown = 20;
const rowsWithFacts = 3;
const stepsShown = 6;
const placesShown = 3;

export interface AdvisoriesText {
  readonly blocks: readonly string[];
  /** Findings that are not among the rows. */
  readonly leftOut: number;
}

/** `documented` as for findingBlocks. */
export function advisoryBlocks(
  groups: readonly AdvisoryGroup[],
  pen: Pen,
  documented: Set<string>,
): AdvisoriesText {
  const total = groups.reduce((sum, { distinct }) => sum + distinct.length, 0);
  const shown = groups.slice(0, blocksShown);
  const most = rowsInBlock(total);
  return {
    blocks: shown.map((group) => block(group, most, pen, documented)),
    leftOut: groups.reduce(
      (sum, group, index) => sum + hiddenBeyond(group, index < blocksShown ? most : 0),
      0,
    ),
  };
}

function block(group: AdvisoryGroup, most: number, pen: Pen, documented: Set<string>): string {
  const { distinct, findings } = group;
  const rows = distinct.slice(0, most);
  const cells = rows.map((row) => rowCells(row, findings));
  const widths = cells.reduce<number[]>(
    (all, row) => row.map((cell, column) => Math.max(all[column] ?? 0, displayWidth(cell))),
    [],
  );
  const pad = (text: string, column: number) => text + ' '.repeat(widths[column]! - displayWidth(text));
  const places = [...new Set(findings.map(({ location }) => place(location)))];
  return [
    pen.bold(`${change(group)}: ${ends(group)}`),
    `  ${pen.blue('-->')} ${firstOf(places, placesShown)}`,
    ...cells.map(([severity, id, versions, path], index) => {
      const painted = paintSeverity(pen, rows[index]!.severity, pad(severity!, 0));
      const mark = isBlocking(rows[index]!, findings) ? ` ${pen.red('[blocks]')}` : '';
      const line = `  ${painted}  ${pad(id!, 1)}  ${pad(versions!, 2)}  ${pen.dim(path!)}${mark}`.trimEnd();
      return distinct.length > rowsWithFacts ? line : `${line}\n${pen.dim(`    ${factsOf(rows[index]!)}`)}`;
    }),
    ...(distinct.length > most ? [pen.dim(`  and ${count(distinct.length - most, advisoryNoun)} more`)] : []),
    `  ${pen.blue('=')} ${pen.bold('help:')} ${terminalLine(groupHelp(group))}`,
    ...groupBy(findings, ({ ruleId }) => ruleId).flatMap(([first]) =>
      documentation(first!, documented).map(
        (url) => `  ${pen.blue('=')} ${pen.bold('docs:')} ${pen.underline(url)}`,
      ),
    ),
  ].join('\n');
}

const advisoryNoun = ['advisory', 'advisories'] as const;

function change({ action, findings }: AdvisoryGroup): string {
  const { package: name } = findings[0]!.advisory;
  const patched = fixedVersion(findings);
  if (action !== null) return actionWords(action, (text) => terminalLine(text, 100));
  return patched === null
    ? `replace ${terminalLine(name, 100)}, of which no fixed version is known`
    : `bring ${terminalLine(name, 100)} to ${terminalLine(patched, 100)}`;
}

function ends({ distinct, findings }: AdvisoryGroup): string {
  const projects = new Set(findings.map(({ project }) => project));
  const across = projects.size > 1 ? `, in ${projects.size} projects` : '';
  return `ends ${count(distinct.length, advisoryNoun)} (${severityCounts(distinct)}${across})`;
}

/** Severity, id, package with versions, the shortest path with remarks. */
function rowCells(row: AdvisoryFinding, findings: readonly AdvisoryFinding[]): string[] {
  const { id, package: name, installed, patched } = row.advisory;
  const development = developmentRemark(row);
  const same = findings.filter((finding) => isSame(finding, row));
  const remarks = [
    ...(development === null ? [] : [development]),
    ...(same.length > 1
      ? [`in ${same.length} projects`]
      : row.project === '.'
        ? []
        : [`in ${terminalLine(row.project, 80)}`]),
  ];
  const to = patched === null ? '' : ` -> ${terminalLine(patched, 60)}`;
  return [
    row.severity,
    terminalLine(id, 60),
    `${terminalLine(name, 100)} ${terminalLine(installed, 60)}${to}`,
    [shortestPath(row), ...remarks.map((remark) => `[${remark}]`)].filter((part) => part !== '').join(' '),
  ];
}

/** What a reader looks up, where there are few to read about. */
function factsOf({ advisory: { cve, cvss, vulnerable }, cwe }: AdvisoryFinding): string {
  const facts = [
    ...(cve === null ? [] : [terminalLine(cve, 60)]),
    ...(cvss === null ? [] : [`CVSS ${cvss}`]),
    ...cwe.slice(0, 3).map((weakness) => `CWE-${weakness}`),
    `vulnerable: ${terminalLine(vulnerable, 100)}`,
  ];
  return facts.join(', ');
}

function isBlocking(row: AdvisoryFinding, findings: readonly AdvisoryFinding[]): boolean {
  return findings.some((finding) => finding.outcome === 'block' && isSame(finding, row));
}

function shortestPath({ advisory: { paths, morePaths } }: AdvisoryFinding): string {
  const [path] = paths;
  if (!path) return '';
  const steps = path.length > stepsShown ? [...path.slice(0, stepsShown - 1), '…', path.at(-1)!] : path;
  const others = paths.length - 1 + morePaths;
  const more = others > 0 ? `, and ${count(others, ['other path', 'other paths'])}` : '';
  return `${terminalLine(steps.map((step) => terminalText(step)).join(' > '), 200)}${more}`;
}

function hiddenBeyond({ distinct, findings }: AdvisoryGroup, most: number): number {
  const rows = distinct.slice(0, most);
  return findings.filter((finding) => !rows.some((row) => isSame(finding, row))).length;
}

function isSame({ advisory }: AdvisoryFinding, other: AdvisoryFinding): boolean {
  return advisory.id === other.advisory.id && advisory.package === other.advisory.package;
}
