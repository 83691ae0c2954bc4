/** Groups of advisories -> what to update and what that ends, as table rows for a short report and blocks for a long one. */
import {
  type AdvisoryFinding,
  type AdvisoryGroup,
  actionWords,
  developmentRemark,
  fixedVersion,
  groupHelp,
} from './advisory-groups.ts';
import { codeSpan, escapeProse, escapeText, link } from './markdown-escape.ts';
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
        `${idLink(advisory.id)} in ${codeSpan(advisory.package)} ${escapeText(advisory.installed, 60)}`,
    );
    const ends = [ended(group), firstOf(advisories, advisoriesInRow, '<br>')].join('<br>');
    return {
      markdown: `| ${action(group)}<br>${groupPlaces(group, context, '<br>')}<br>${escapeProse(groupHelp(group), 300)} | ${ends} |`,
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
      '| Advisory | Package | Path |',
      '| --- | --- | --- |',
      ...rows,
      ...(rest > 0 ? ['', `and ${count(rest, advisoryNoun)} more.`] : []),
    ];
    return { markdown: lines.join('\n'), weight: group.findings.length };
  });
}

const advisoryNoun = ['advisory', 'advisories'] as const;

/** The advisory's id, linked to its page where GitHub has one. */
export function idLink(id: string): string {
  const page = advisoryLink(id);
  return page === null ? codeSpan(id, 60) : link(escapeText(id), page);
}

function action({ action, findings }: AdvisoryGroup): string {
  const { package: name } = findings[0]!.advisory;
  const patched = fixedVersion(findings);
  if (action !== null) return actionWords(action, (text) => codeSpan(text, 100)).replace(/^u/, 'U');
  return patched === null
    ? `Replace ${codeSpan(name, 100)}: no fixed version is known`
    : `Bring ${codeSpan(name, 100)} to ${codeSpan(patched, 100)}, by an override if need be`;
}

function ended({ distinct, findings }: AdvisoryGroup): string {
  const remarks = new Set(findings.map(developmentRemark));
  const [remark] = remarks.size === 1 ? remarks : [null];
  return `${count(distinct.length, advisoryNoun)} (${severityCounts(distinct)}${remark == null ? '' : `; ${remark}`})`;
}

function groupPlaces({ findings }: AdvisoryGroup, context: GithubContext | null, separator: string): string {
  const places = new Set(findings.map(({ location }) => placeLink(location, context)));
  return firstOf([...places], placesInRow, separator);
}

function advisoryRow(finding: AdvisoryFinding): string {
  const { advisory, severity, message, cwe } = finding;
  const remark = developmentRemark(finding);
  const { id, cve, cvss, paths, morePaths, package: name, installed, vulnerable } = advisory;
  const shown = paths.slice(0, pathsInBlock).map((path) => {
    const steps = path.length > longestPath ? [...path.slice(0, longestPath - 1), '…', path.at(-1)!] : path;
    return codeSpan(steps.join(' > '), 300);
  });
  const rest = paths.length - shown.length + morePaths;
  const more = rest > 0 ? [`and ${rest} more`] : [];
  const title = [
    idLink(id),
    ...(cve === null ? [] : [escapeText(cve, 60)]),
    cvss === null ? severity : `${severity}, CVSS ${cvss}`,
    ...cwe.slice(0, 3).map((weakness) => `CWE-${weakness}`),
    ...(remark === null ? [] : [remark]),
  ].join('<br>');
  const what = `${codeSpan(name, 100)} ${escapeText(installed, 100)} (${escapeText(vulnerable, 100)})`;
  return `| ${title} | ${what}<br>${escapeProse(message, 300)} | ${[...shown, ...more].join('<br>')} |`;
}
