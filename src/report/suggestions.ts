/** Findings with a certain correction, and the pull request's diff -> review comments by which the correction can be committed with one click. */
import type { JudgedFinding, TextEdit } from '../model/finding.ts';
import { type CorrectedLines, correctLines, linesOf } from './corrected-lines.ts';
import { findHunks, readHunks } from './diff-hunks.ts';
import { codeFence, escapeCommentKey, escapeProse, escapeText, link } from './markdown-escape.ts';
import type { ReportInput } from './report-input.ts';
import { visibleText } from './visible-text.ts';
import { count } from './wording.ts';

/** In one review: more would bury the pull request. */
export const mostSuggestions = 20;
/** Of several findings in one suggestion, as many are told. */
const findingsTold = 5;
/** GitHub takes 65,536 characters. */
const longestBody = 65_000;

export interface SuggestionContext {
  /** The gate's comment-key. */
  readonly commentKey: string;
  /** Prefix of the scanned directory inside the repository. */
  readonly pathPrefix: string;
}

/** A comment of a review, in the words of GitHub's API. */
export interface ReviewComment {
  readonly path: string;
  readonly side: 'RIGHT';
  readonly line: number;
  /** Only where the suggestion replaces several lines. */
  readonly start_line?: number;
  readonly start_side?: 'RIGHT';
  readonly body: string;
}

interface Suggestion {
  readonly file: string;
  readonly findings: readonly JudgedFinding[];
  readonly edits: readonly TextEdit[];
  readonly lines: CorrectedLines;
  readonly place: PlacedHunk;
}

/** A file whose lines can be replaced. */
interface PlacedFile {
  /** With their ends. */
  readonly lines: readonly string[];
  readonly hunks: readonly PlacedHunk[];
}

/** Lines of the text that was judged which the diff shows. */
interface PlacedHunk {
  readonly first: number;
  readonly last: number;
  /** What the number of such a line is greater by than in the pull request's head. */
  readonly shift: number;
}

/** The findings that may get a suggestion, blocking ones first: what this change brings, with edits in one file that was read. */
export function correctableFindings({ verdict, files }: ReportInput): JudgedFinding[] {
  return verdict.findings
    .filter(({ status, outcome, fix }) => {
      const file = fix?.edits[0]?.file;
      if (file === undefined || !files.has(file)) return false;
      return status !== 'unchanged' && outcome !== 'waived' && fix!.edits.every((edit) => edit.file === file);
    })
    .sort((a, b) => Number(b.outcome === 'block') - Number(a.outcome === 'block'));
}

/** Where the correction of one of `correctableFindings` is to be made, from the repository's root. */
export function correctedPath({ fix }: JudgedFinding, pathPrefix: string): string {
  return `${pathPrefix}${fix!.edits[0]!.file}`;
}

/**
 * At most 20 comments, blocking findings first; `later` counts those that had no room. Findings whose corrections touch the same lines share one,
 * since committing one of two would leave the other outdated.
 * @param findings some of `correctableFindings`
 * @param patches of the pull request's files, by path from the repository's root
 */
export function suggestCorrections(
  findings: readonly JudgedFinding[],
  files: ReportInput['files'],
  patches: ReadonlyMap<string, string>,
  context: SuggestionContext,
): { readonly comments: ReviewComment[]; readonly later: number } {
  const suggestions: Suggestion[] = [];
  const placed = new Map<string, PlacedFile | null>();
  for (const finding of findings) {
    const { edits } = finding.fix!;
    const { file } = edits[0]!;
    if (!placed.has(file)) {
      const patch = patches.get(correctedPath(finding, context.pathPrefix));
      placed.set(file, placeFile(files.get(file)!.text, patch));
    }
    const text = placed.get(file);
    const lines = text && correctLines(text.lines, edits);
    const place = lines && placeOf(text, lines);
    if (!text || !lines || !place) continue;
    const met = suggestions.filter((other) => other.file === file && isOverlap(other.lines, lines));
    const joined = join(text, [...met, { file, findings: [finding], edits, lines, place }]);
    if (joined === null) continue;
    const at = met[0] === undefined ? suggestions.length : suggestions.indexOf(met[0]);
    suggestions.splice(at, met.length === 0 ? 0 : 1, joined);
    for (const other of met.slice(1)) suggestions.splice(suggestions.indexOf(other), 1);
  }
  const comments = suggestions
    .map((suggestion) => renderSuggestion(suggestion, context))
    .filter(({ body }) => body.length <= longestBody);
  return {
    comments: comments.slice(0, mostSuggestions),
    later: Math.max(0, comments.length - mostSuggestions),
  };
}

/** The fingerprints that a review comment of the gate with this key is about; empty for any other. Who wrote it is for the publisher to ask. */
export function suggestedFingerprints(body: string, commentKey: string): string[] {
  const begin = markBegin(commentKey);
  if (!body.startsWith(begin)) return [];
  const end = body.indexOf('"', begin.length);
  return end < 0 ? [] : body.slice(begin.length, end).split(' ');
}

/** As fingerprints stand in the mark. */
export function markedFingerprint({ fingerprint }: JudgedFinding): string {
  return escapeCommentKey(fingerprint);
}

/** The text of the review that holds the comments. */
export function renderReviewBody(comments: number): string {
  const noun = ['correction', 'corrections'] as const;
  return `express-gate proposes ${count(comments, noun)}, to be committed with one click or left alone.`;
}

function placeFile(text: string, patch: string | undefined): PlacedFile | null {
  const lines = patch === undefined ? null : linesOf(text);
  if (lines === null) return null;
  const hunks = readHunks(patch!);
  const starts = findHunks(hunks, lines);
  return {
    lines,
    hunks: hunks.flatMap((hunk, index) => {
      const first = starts[index] ?? null;
      return first === null
        ? []
        : [{ first, last: first + hunk.lines.length - 1, shift: first - hunk.start }];
    }),
  };
}

/**
 * The hunk that holds all of the lines, as GitHub wants it; null without one, and where a reader would not see all that is committed, or a byte
 * that was no text (U+FFFD) would be lost.
 */
function placeOf(
  { lines, hunks }: PlacedFile,
  { first, last, text: corrected }: CorrectedLines,
): PlacedHunk | null {
  const place = hunks.find((hunk) => hunk.first <= first && last <= hunk.last);
  if (place === undefined) return null;
  const isPlain = [...lines.slice(first - 1, last), corrected].every((each) => {
    const plain = each.replace(/[\t\n]|\r(?=\n|$)/g, '');
    return visibleText(plain) === plain && !plain.includes('\ufffd');
  });
  return isPlain ? place : null;
}

function isOverlap(a: CorrectedLines, b: CorrectedLines): boolean {
  return a.first <= b.last && b.first <= a.last;
}

/** Null where the edits cannot all be made: then the first suggestion stands, and the other has its turn when that is settled. */
function join({ lines: textLines }: PlacedFile, parts: readonly Suggestion[]): Suggestion | null {
  const edits = parts.flatMap((part) => part.edits);
  const lines = correctLines(textLines, edits);
  return lines && { ...parts[0]!, findings: parts.flatMap(({ findings }) => findings), edits, lines };
}

function renderSuggestion(
  { file, findings, lines, place: { shift } }: Suggestion,
  context: SuggestionContext,
): ReviewComment {
  const { first, last, text } = lines;
  const begin = first < last ? ({ start_line: first - shift, start_side: 'RIGHT' } as const) : {};
  return {
    path: `${context.pathPrefix}${file}`,
    side: 'RIGHT',
    line: last - shift,
    ...begin,
    body: renderBody(findings, text, context.commentKey),
  };
}

function renderBody(findings: readonly JudgedFinding[], text: string, commentKey: string): string {
  const mark = `${markBegin(commentKey)}${findings.map(markedFingerprint).join(' ')}" -->`;
  const told = findings.slice(0, findingsTold).map(({ ruleId, url, severity, outcome, message }) => {
    const weight = outcome === 'block' ? `${severity}, blocks` : severity;
    return `**${link(escapeText(ruleId), url)}** (${weight}): ${escapeProse(message)}`;
  });
  const rest = findings.length - told.length;
  const more = rest > 0 ? [`And ${rest} more on these lines.`] : [];
  const fence = codeFence(text);
  const content = text === '' || text.endsWith('\n') ? text : `${text}\n`;
  return `${mark}\n${[...told, ...more].join('\n\n')}\n\n${fence}suggestion\n${content}${fence}\n`;
}

function markBegin(commentKey: string): string {
  return `<!-- express-gate:suggestion key="${escapeCommentKey(commentKey)}" findings="`;
}
