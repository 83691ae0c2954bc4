/** Findings -> SARIF results: what is wrong, where, since when, and how to correct it. */
import type { PhysicalLocation, Result, Fix as SarifFix } from 'sarif';
import type { AdvisoryDetail, Finding, Fix, JudgedFinding } from '../model/finding.ts';
import type { RelatedLocation } from '../model/location.ts';
import { repositoryUri } from './repository-path.ts';
import { sarifLevel, securityScore } from './sarif-rules.ts';
import { visibleLine, visibleText } from './visible-text.ts';

/** GitHub refuses more than 1,000 locations of a result and shows 100. Source: docs.github.com, "SARIF results exceed limit". */
const mostLocations = 100;
const longestSentence = 1000;
/** A longer correction is no edit of an option, but would make the file too large for GitHub. */
const longestFix = 10_000;

/** What the results of one run share. */
export interface ResultContext {
  readonly pathPrefix: string;
  /** Rule id -> its place among the run's rules. */
  readonly ruleIndexes: ReadonlyMap<string, number>;
  /** Whether a base was compared with: only then is anything new. */
  readonly compared: boolean;
}

/** The result of a finding of the head. */
export function judgedResult(finding: JudgedFinding, context: ResultContext): Result {
  const { status, outcome, waiver } = finding;
  return {
    ...bareResult(finding, context),
    ...(context.compared && status !== 'unknown' ? { baselineState: status } : {}),
    suppressions:
      waiver === null
        ? []
        : [
            {
              kind: 'external',
              status: 'accepted',
              justification: `${sarifLine(waiver.reason)} (until ${sarifLine(waiver.expires)})`,
            },
          ],
    properties: { ...resultProperties(finding), outcome },
  };
}

/** The result of a finding of the base that is gone: it stands where it was. */
export function absentResult(finding: Finding, context: ResultContext): Result {
  return {
    ...bareResult(finding, context),
    baselineState: 'absent',
    suppressions: [],
    properties: resultProperties(finding),
  };
}

function bareResult(finding: Finding, { pathPrefix, ruleIndexes }: ResultContext): Result {
  const { ruleId, severity, location, related, fingerprint, fix } = finding;
  const { file, line, column, endLine, endColumn } = location;
  const ruleIndex = ruleIndexes.get(ruleId);
  const fixes = fix === undefined ? [] : sarifFixes(fix, pathPrefix);
  return {
    ruleId,
    ...(ruleIndex === undefined ? {} : { ruleIndex }),
    level: sarifLevel(severity),
    message: { text: sentences([finding.message, finding.help]) },
    locations: [
      {
        physicalLocation: {
          ...artifact(pathPrefix, file),
          region: { startLine: line, startColumn: column, endLine, endColumn },
        },
      },
    ],
    ...(related.length === 0
      ? {}
      : {
          relatedLocations: related
            .slice(0, mostLocations)
            .map((place, index) => ({ id: index + 1, ...relatedPlace(place, pathPrefix) })),
        }),
    // GitHub's own key (primaryLocationLineHash) is left to whoever uploads the file: it is made of the lines around.
    partialFingerprints: { 'expressGate/v1': fingerprint },
    ...(fixes.length === 0 ? {} : { fixes }),
    rank: Math.round(securityScore(finding) * 100) / 10,
  };
}

function sentences(texts: readonly string[]): string {
  const lines = texts.filter((text) => text.trim() !== '').map(sarifLine);
  return lines.length === 0 ? sarifLine('') : lines.join('\n');
}

function relatedPlace({ file, line, column, message }: RelatedLocation, pathPrefix: string) {
  return {
    message: { text: sarifLine(message) },
    physicalLocation: {
      ...artifact(pathPrefix, file),
      region: { startLine: line, startColumn: column },
    },
  };
}

/** One change, or none where a text in it holds characters that a reader cannot see: showing others would change what is written. */
function sarifFixes({ description, edits }: Fix, pathPrefix: string): SarifFix[] {
  const texts = edits.map(({ text }) => text);
  const hasUnseen = texts.some((text) => text.split(/\r?\n|\t/).some((part) => visibleText(part) !== part));
  if (edits.length === 0 || texts.join('').length > longestFix || hasUnseen) return [];
  const files = [...new Set(edits.map(({ file }) => file))];
  return [
    {
      description: { text: sarifLine(description) },
      artifactChanges: files.map((file) => ({
        ...artifact(pathPrefix, file),
        replacements: edits
          .filter((edit) => edit.file === file)
          .map(({ start, end, text }) => ({
            deletedRegion: {
              startLine: start.line,
              startColumn: start.column,
              endLine: end.line,
              endColumn: end.column,
            },
            insertedContent: { text },
          })),
      })),
    },
  ];
}

function resultProperties(finding: Finding) {
  const { severity, confidence, project, advisory } = finding;
  return {
    severity,
    confidence,
    project: sarifLine(project),
    'security-severity': securityScore(finding).toFixed(1),
    ...(advisory === undefined ? {} : { advisory: advisoryProperties(advisory) }),
  };
}

function advisoryProperties({ id, cve, package: name, installed, patched }: AdvisoryDetail) {
  const text = (value: string | null) => (value === null ? null : sarifLine(value));
  return {
    id: text(id),
    cve: text(cve),
    package: text(name),
    installed: text(installed),
    patched: text(patched),
  };
}

/** Where a file of the scanned directory is, from the repository's root. */
export function artifact(
  pathPrefix: string,
  file: string,
): Pick<PhysicalLocation, 'artifactLocation'> & {
  artifactLocation: NonNullable<PhysicalLocation['artifactLocation']>;
} {
  return { artifactLocation: { uri: repositoryUri(pathPrefix, file), uriBaseId: '%SRCROOT%' } };
}

/**
 * A plain text message in one line, in which nothing is a link (SARIF 2.1.0, section 3.11.6: `[text](address)`, as in Markdown).
 * Braces stay single, against section 3.11.5: without `arguments` nobody fills placeholders in, and GitHub shows doubled ones doubled.
 */
export function sarifLine(text: string): string {
  // Never empty: GitHub refuses a file with an empty message.
  return visibleLine(text, longestSentence).replaceAll('](', '] (') || '(empty)';
}
