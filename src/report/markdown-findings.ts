/** Findings about code -> table rows for a short report and entries with excerpts for a long one. */
import type { JudgedFinding } from '../model/finding.ts';
import type { Location } from '../model/location.ts';
import { actionWords, fixedVersion, groupBy, groupByAction, isAdvisory } from './advisory-groups.ts';
import { causesOf } from './change-causes.ts';
import { cellCode, codeSpan, escapeProse, escapeText, link, pathSpan } from './markdown-escape.ts';
import { excerptsOf } from './markdown-excerpt.ts';
import type { Piece } from './markdown-sections.ts';
import { permalink } from './permalink.ts';
import type { GithubContext, ReportInput } from './report-input.ts';
import { count, firstOf, severityCounts } from './wording.ts';

/** A path that is longer keeps its end, which tells more. */
const longestPath = 60;
const longestCell = 400;
const placesInRow = 3;
const causesInRow = 2;
const relatedInEntry = 5;

export const rowHead = '| In production | Write instead |\n| --- | --- |\n';

/** One row for all findings that say the same; a big repository repeats itself. */
export function findingRows(findings: readonly JudgedFinding[], context: GithubContext | null): Piece[] {
  return groupBy(findings, ({ ruleId, severity, message, help }) => [ruleId, severity, message, help]).map(
    (group) => {
      const { ruleId, url, severity, message, help } = group[0]!;
      const places = group.map(({ location }) => placeLink(location, context, cellCode));
      const what = `**${link(escapeText(ruleId), url)}** (${severity})<br>${escapeProse(message, longestCell, cellCode)}`;
      const causes = group.flatMap((finding) => causeCells(finding, context));
      const where = [firstOf(places, placesInRow, '<br>'), ...[...new Set(causes)].slice(0, causesInRow)];
      return {
        markdown: `| ${what}<br>${where.join('<br>')} | ${escapeProse(help, longestCell, cellCode)} |`,
        weight: group.length,
      };
    },
  );
}

function causeCells(finding: JudgedFinding, context: GithubContext | null): string[] {
  return causesOf(finding).map(({ words, place }) => {
    const said = escapeText(words, 200, cellCode);
    return place === null ? said : `${said}: ${placeLink(place, context, cellCode)}`;
  });
}

/** One entry for each finding, with the code it is about. */
export function findingEntries(
  findings: readonly JudgedFinding[],
  { files }: ReportInput,
  context: GithubContext | null,
): Piece[] {
  const excerpt = excerptsOf(files);
  return findings.map((finding) => {
    const { ruleId, url, severity, status, location, message, help, related, fix, cwe, fingerprint } =
      finding;
    const paragraphs = [
      `#### ${link(escapeText(ruleId), url)} (${status === 'unknown' ? severity : `${severity}, ${status}`})`,
      placeLink(location, context),
      escapeProse(message),
      excerpt(location),
      `**Write instead:** ${escapeProse(help)}`,
      fix === undefined ? '' : `**Correction:** ${escapeProse(fix.description)}`,
      related.length === 0
        ? ''
        : `See also ${firstOf(
            related.map((place) => `${placeLink(place, context)} (${escapeText(place.message, 200)})`),
            relatedInEntry,
          )}`,
      `${cwe.map((number) => `CWE-${number} · `).join('')}fingerprint ${codeSpan(fingerprint)}`,
    ];
    return { markdown: paragraphs.filter((text) => text !== '').join('\n\n'), weight: 1 };
  });
}

/** One line for each finding, advisories too. */
export function findingLines(findings: readonly JudgedFinding[], context: GithubContext | null): Piece[] {
  return findings.map(({ ruleId, url, severity, location, message }) => ({
    markdown: `- ${link(escapeText(ruleId), url)} (${severity}) at ${placeLink(location, context)}: ${escapeProse(message, longestCell)}`,
    weight: 1,
  }));
}

/** One line for each rule and each update, however many findings are of it. */
export function unchangedKinds(findings: readonly JudgedFinding[], context: GithubContext | null): Piece[] {
  const rules = groupBy(
    findings.filter((finding) => !isAdvisory(finding)),
    ({ ruleId, severity }) => [ruleId, severity],
  ).map((group) => {
    const { ruleId, url, severity } = group[0]!;
    const places = group.map(({ location }) => placeLink(location, context));
    return {
      markdown: `- ${link(escapeText(ruleId), url)} (${severity}) at ${firstOf(places, placesInRow)}`,
      weight: group.length,
    };
  });
  const updates = groupByAction(findings.filter(isAdvisory)).map(({ action, findings, distinct }) => {
    const { package: name } = findings[0]!.advisory;
    const patched = fixedVersion(findings);
    const done =
      action !== null
        ? actionWords(action, (text) => codeSpan(text, 100)).replace(/^u/, 'U')
        : patched === null
          ? `${codeSpan(name, 100)}, for which no fixed version is known`
          : `${codeSpan(name, 100)}, fixed in ${codeSpan(patched, 100)}`;
    const ends = `${count(distinct.length, ['advisory', 'advisories'])} (${severityCounts(distinct)})`;
    return { markdown: `- ${done}: ${ends}`, weight: findings.length };
  });
  return [...rules, ...updates];
}

/** `file:line`, linked to the judged commit where there is one. */
export function placeLink(
  place: Pick<Location, 'file' | 'line'> & { readonly endLine?: number },
  context: GithubContext | null,
  show: (path: string) => string = pathSpan,
): string {
  const { file, line } = place;
  const short =
    file.length > longestPath ? `…${file.slice(-longestPath).replace(/^[\uDC00-\uDFFF]/, '')}` : file;
  return link(show(`${short}:${line}`), permalink(context, place));
}
