/** The findings to act on -> sections: what blocks stands open, what does not is folded; code and dependencies apart. */
import type { JudgedFinding } from '../model/finding.ts';
import { type AdvisoryGroup, groupByAction, isAdvisory } from './advisory-groups.ts';
import { groupBlocks, groupHead, groupRows } from './markdown-advisories.ts';
import { findingEntries, findingRows, rowHead } from './markdown-findings.ts';
import { pathGraph } from './markdown-path-graph.ts';
import { fold, type Piece, type Section } from './markdown-sections.ts';
import type { GithubContext, ReportInput } from './report-input.ts';
import { count, findingNoun, severityCounts } from './wording.ts';

export interface Composition {
  /** Null where nothing can be linked to. */
  readonly context: GithubContext | null;
  readonly policyFile: string | null;
  /** How many places have no annotation because GitHub takes no more. */
  readonly annotationsLeftOut: number;
  /** `short`: tables of what to do. `long`: every finding with its code, every advisory with its paths, and the unchanged ones. */
  readonly detail: 'short' | 'long';
}

/** How findings are laid out: a short report has rows of tables, a long one blocks. */
interface Layout {
  readonly between: string;
  readonly codeHead: string;
  readonly groupHead: string;
  readonly code: (findings: readonly JudgedFinding[]) => Piece[];
  readonly groups: (groups: readonly AdvisoryGroup[]) => Piece[];
  /** So many pieces stand open; the next ones are folded, and the rest is counted. */
  readonly open: number;
  readonly folded: number;
}

function layout(input: ReportInput, { context, detail }: Composition): Layout {
  return detail === 'short'
    ? {
        between: '\n',
        codeHead: rowHead,
        groupHead,
        code: (findings) => findingRows(findings, context),
        groups: (groups) => groupRows(groups, context),
        open: 20,
        folded: 80,
      }
    : {
        between: '\n\n',
        codeHead: '',
        groupHead: '',
        code: (findings) => findingEntries(findings, input, context),
        groups: (groups) => groupBlocks(groups, context),
        open: Number.POSITIVE_INFINITY,
        folded: Number.POSITIVE_INFINITY,
      };
}

/** `shown` are the listed findings in the verdict's order; `level` is the sections' heading, such as `####`. */
export function findingSections(
  input: ReportInput,
  composition: Composition,
  shown: readonly JudgedFinding[],
  level: string,
): Section[] {
  const layed = layout(input, composition);
  const groups = groupByAction(shown.filter(isAdvisory));
  const blocks = ({ findings }: AdvisoryGroup) => findings.some(({ outcome }) => outcome === 'block');
  const code = shown.filter((finding) => !isAdvisory(finding));
  const warnings = code.filter(({ outcome }) => outcome !== 'block');
  const blocking = code.filter(({ outcome }) => outcome === 'block');
  const updates = groups.filter((group) => !blocks(group));
  return [
    ...openSections(`${level} What blocks`, layed.codeHead, layed.code(blocking), layed),
    ...openSections(
      `${level} Dependencies that block`,
      layed.groupHead,
      layed.groups(groups.filter(blocks)),
      layed,
    ),
    // Only GitHub draws graphs.
    ...(composition.context === null ? [] : [pathGraph(shown)]),
    foldedSection(count(warnings.length, findingNoun), warnings, layed.codeHead, layed.code(warnings), layed),
    foldedSection(
      count(updates.length, ['dependency update', 'dependency updates']),
      updates.flatMap(({ distinct }) => distinct),
      layed.groupHead,
      layed.groups(updates),
      layed,
    ),
  ];
}

function openSections(
  title: string,
  head: string,
  pieces: readonly Piece[],
  { between, open, folded }: Layout,
): Section[] {
  const noun = ['finding that blocks', 'findings that block'] as const;
  const more = pieces.slice(open);
  const weight = more.reduce((sum, piece) => sum + piece.weight, 0);
  return [
    { before: `${title}\n\n${head}`, pieces: pieces.slice(0, open), between, most: open, noun, after: null },
    fold(`${weight} more that ${weight === 1 ? 'blocks' : 'block'}`, head, more, between, folded, noun),
  ];
}

/** `what` is how many things the pieces are, in words; `items` are those whose severities are told. */
function foldedSection(
  what: string,
  items: readonly JudgedFinding[],
  head: string,
  pieces: readonly Piece[],
  { between, open, folded }: Layout,
): Section {
  const verb = what.startsWith('1 ') ? 'does' : 'do';
  const summary = `${what} that ${verb} not block (${severityCounts(items)})`;
  return fold(summary, head, pieces, between, open + folded, [
    'finding that does not block',
    'findings that do not block',
  ]);
}
