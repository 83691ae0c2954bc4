/** Groups of advisories -> what to update and what that ends, as table rows for a short report and blocks for a long one. */
import {
  type AdvisoryFinding,
  type AdvisoryGroup,
  actionWords,
  developmentRemark,
  fixedVersion,
  groupHelp,
} from './advisory-groups.ts';
import { cellCode, codeSpan, escapeProse, escapeText, link } from './markdown-escape.ts';
import { placeLink } from './markdown-findings.ts';
import type { Piece } from './markdown-sections.ts';
import { advisoryLink } from './permalink.ts';
import type { GithubContext } from './report-input.ts';
import { count, firstOf, severityCounts } from './wording.ts';

const advisoriesInRow = 5;
const advisoriesInBlock = 200;
const placesInRow = 3;
const pathsInBlock = 10;
const longestPath = 12;

export const groupHead = '| Do this | It ends |\n| --- | --- |\n';

export function groupRows(groups: readonly AdvisoryGroup[], context: GithubContext | null): Piece[] {
  return groups.map((group) => {
    const advisories = group.distinct.map(
      ({ advisory }) =>
        `${idLink(advisory.id, cellCode)} in ${cellCode(advisory.package)} ${escapeText(advisory.installed, 60, cellCode)}`,
    );
    const ends = [ended(group), firstOf(advisories, advisoriesInRow, '<br>')].join('<br>');
    return {
      markdown: `| ${action(group, cellCode)}<br>${groupPlaces(group, context, '<br>', cellCode)}<br>${escapeProse(groupHelp(group), 300, cellCode)} | ${ends} |`,
      weight: group.findings.length,
    };
  });
}

export function groupBlocks(groups: readonly AdvisoryGroup[], context: GithubContext | null): Piece[] {
  return groups.map((group) => {
    const rows = group.distinct.slice(0, advisoriesInBlock).map(advisoryRow);
    const rest = group.distinct.length - rows.length;
    const lines = [
      `**${action(group)}** at ${groupPlaces(group, context, ', ')}. It ends ${ended(group)}. ${escapeProse(groupHelp(group), 300)}`,
      '',
      '| Advisory | Package, and the ways to it |',
      '| --- | --- |',
      ...rows,
      ...(rest > 0 ? ['', `and ${count(rest, advisoryNoun)} more.`] : []),
    ];
    return { markdown: lines.join('\n'), weight: group.findings.length };
  });
}

type ShowCode = (text: string, most?: number) => string;

const advisoryNoun = ['advisory', 'advisories'] as const;

/** The advisory's id, linked to its page where GitHub has one. */
export function idLink(id: string, show: ShowCode = codeSpan): string {
  const page = advisoryLink(id);
  return page === null ? show(id, 60) : link(escapeText(id), page);
}

function action({ action, findings }: AdvisoryGroup, show: ShowCode = codeSpan): string {
  const { package: name } = findings[0]!.advisory;
  const patched = fixedVersion(findings);
  if (action !== null) return actionWords(action, (text) => show(text, 100)).replace(/^u/, 'U');
  if (patched !== null && findings.every(({ advisory }) => advisory.direct))
    return `Update ${show(name, 100)} to ${show(patched, 100)}`;
  return patched === null
    ? `Replace ${show(name, 100)}: no fixed version is known`
    : `Bring ${show(name, 100)} to ${show(patched, 100)}, by an override if need be`;
}

function ended({ distinct, findings }: AdvisoryGroup): string {
  const remarks = new Set(findings.map(developmentRemark));
  const [remark] = remarks.size === 1 ? remarks : [null];
  return `${count(distinct.length, advisoryNoun)} (${severityCounts(distinct)}${remark == null ? '' : `; ${remark}`})`;
}

function groupPlaces(
  { findings }: AdvisoryGroup,
  context: GithubContext | null,
  separator: string,
  show?: (path: string) => string,
): string {
  const places = new Set(findings.map(({ location }) => placeLink(location, context, show)));
  return firstOf([...places], placesInRow, separator);
}

function advisoryRow(finding: AdvisoryFinding): string {
  const { advisory, severity, message, cwe } = finding;
  const remark = developmentRemark(finding);
  const { id, cve, cvss, paths, morePaths, package: name, installed, vulnerable } = advisory;
  const shown = paths.slice(0, pathsInBlock).map((path) => {
    const steps = path.length > longestPath ? [...path.slice(0, longestPath - 1), '…', path.at(-1)!] : path;
    return cellCode(steps.join(' > '), 300);
  });
  const rest = paths.length - shown.length + morePaths;
  const more = rest > 0 ? [`and ${rest} more`] : [];
  const title = [
    idLink(id, cellCode),
    ...(cve === null ? [] : [escapeText(cve, 60, cellCode)]),
    cvss === null ? severity : `${severity}, CVSS ${cvss}`,
    ...cwe.slice(0, 3).map((weakness) => `CWE-${weakness}`),
    ...(remark === null ? [] : [remark]),
  ].join('<br>');
  const what = `${cellCode(name, 100)} ${escapeText(installed, 100, cellCode)} (${escapeText(vulnerable, 100, cellCode)})`;
  const cell = [what, escapeProse(message, 300, cellCode), ...shown, ...more].join('<br>');
  return `| ${title} | ${cell} |`;
}
