/** Turns what a refresh changed, and what it could not read, into Markdown for the pull request. */
import { codeSpan, escapeText, link } from '../../src/report/markdown-escape.ts';
import { joinSections, type Section } from '../../src/report/markdown-sections.ts';
import { type AdvisoryChanges, comparedFields, isSame } from './advisory-changes.ts';
import type { AdvisoryRecord } from './advisory-record.ts';
import type { NodeLine, Refusal } from './release-facts.ts';

export interface Changes {
  /** ISO day. */
  readonly today: string;
  /** Each null where its source could not be read. */
  readonly advisories: AdvisoryChanges | null;
  readonly express: {
    readonly added: readonly string[];
    readonly removed: readonly string[];
    /** Versions of a major that has no line yet. */
    readonly withoutLine: readonly string[];
    readonly refused: readonly Refusal[];
  } | null;
  readonly node: {
    readonly added: readonly NodeLine[];
    readonly changed: readonly { readonly before: NodeLine; readonly after: NodeLine }[];
    readonly refused: readonly Refusal[];
  } | null;
  /** When the release lines of Express were last checked by hand; ISO day. */
  readonly linesChecked: string;
  /** Why sources could not be read, one sentence each. */
  readonly failures: readonly string[];
}

/** GitHub takes 65,536 characters. */
const longestText = 60_000;
/** The patience of a reader ends earlier. */
const mostItems = 60;
const longestValue = 200;

/** Markdown that ends in a line feed; nothing in it is more than text and links to advisories. */
export function describeChanges(changes: Changes): string {
  const { advisories, express, node, failures, linesChecked, today } = changes;
  const sections: (string | Section)[] = [
    `The embedded facts as the services give them on ${today}.`,
    section(
      'Could not be read, so these facts stay as they were',
      failures.map((each) => escapeText(each)),
    ),
    ...(advisories === null ? [] : advisorySections(advisories)),
    ...(express === null
      ? []
      : [
          section('Express', [
            ...express.added.map((version) => `New version ${codeSpan(version)}`),
            ...express.removed.map((version) => `No longer published: ${codeSpan(version)}`),
            ...express.withoutLine.map(
              (version) => `${codeSpan(version)} is of no release line that is known: add its line by hand`,
            ),
          ]),
        ]),
    ...(node === null
      ? []
      : [
          section('Node.js', [
            ...node.added.map((line) => `New line ${codeSpan(line.line)}: ${datesOf(line)}`),
            ...node.changed.map(
              ({ before, after }) => `${codeSpan(after.line)}: ${datesOf(before)} became ${datesOf(after)}`,
            ),
          ]),
        ]),
    section(
      'Refused, because it is not valid',
      [...(advisories?.refused ?? []), ...(express?.refused ?? []), ...(node?.refused ?? [])].map(
        ({ id, refused }) => `${escapeText(id, longestValue)}: ${escapeText(refused)}`,
      ),
    ),
  ];
  if (sections.every((each) => typeof each === 'string' || each.pieces.length === 0))
    sections.push('Nothing has changed but the day on which they were read.');
  sections.push(
    `The phases of Express' release lines are checked by hand, last on ${linesChecked}: compare them with https://expressjs.com/en/support/ and set the day in \`src/data/lifecycle.json\`.`,
  );
  return joinSections(sections, {
    limit: longestText,
    sizeOf: (text) => text.length,
    elsewhere: 'the difference has all',
  });
}

function advisorySections({
  added,
  changed,
  withdrawn,
  removed,
  unseen,
  refused,
}: AdvisoryChanges): Section[] {
  const held = new Set(refused.map(({ id }) => id));
  return [
    section(
      'New advisories',
      added.map(
        (record) =>
          `${nameOf(record)}, ${record.severity}${record.score === null ? '' : ` (${record.score})`}: ${escapeText(record.summary)}; vulnerable ${value(record.vulnerable)}, fixed in ${value(record.patched)}`,
      ),
    ),
    section(
      'Changed advisories',
      changed.map(({ before, after }) => {
        const fields = comparedFields.filter((field) => !isSame(before[field], after[field]));
        return `${nameOf(after)}: ${fields.map((field) => `${field} ${value(before[field])} became ${value(after[field])}`).join('; ')}`;
      }),
    ),
    section(
      'Withdrawn advisories',
      withdrawn.map((record) => `${nameOf(record)}, on ${record.withdrawn}`),
    ),
    section('Advisories that no longer name the package', removed.map(nameOf)),
    section(
      'Advisories that the database did not give, kept as they were',
      unseen.filter(({ id }) => !held.has(id)).map(nameOf),
    ),
  ];
}

function section(heading: string, items: readonly string[]): Section {
  return {
    before: `### ${heading}\n\n`,
    pieces: items.map((item) => ({ markdown: `- ${item}`, weight: 1 })),
    between: '\n',
    most: mostItems,
    noun: ['item', 'items'],
    after: null,
  };
}

function nameOf(record: AdvisoryRecord): string {
  return `${link(escapeText(record.id), record.url)} in ${codeSpan(record.package)}`;
}

function value(of: unknown): string {
  if (of === null || (Array.isArray(of) && of.length === 0)) return 'none';
  return codeSpan(Array.isArray(of) ? of.join(', ') : String(of), longestValue);
}

function datesOf({ start, lts, maintenance, end }: NodeLine): string {
  return `start ${start}, LTS ${lts ?? 'none'}, maintenance ${maintenance ?? 'none'}, end ${end}`;
}
