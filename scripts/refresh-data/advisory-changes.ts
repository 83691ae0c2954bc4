/** Turns today's records of advisories and what the database says into tomorrow's records, and tells what changed. */
import { compareText } from '../../src/model/location.ts';
import { type AdvisoryRecord, type ReadAdvisory, readAdvisory } from './advisory-record.ts';
import { SourceError } from './ask-json.ts';

export interface AdvisoryChange {
  readonly before: AdvisoryRecord;
  readonly after: AdvisoryRecord;
}

export interface AdvisoryChanges {
  readonly added: readonly AdvisoryRecord[];
  readonly changed: readonly AdvisoryChange[];
  readonly withdrawn: readonly AdvisoryRecord[];
  /** The advisory no longer names the package. */
  readonly removed: readonly AdvisoryRecord[];
  /** Records that stay as they were because the database did not give their advisory. */
  readonly unseen: readonly AdvisoryRecord[];
  readonly refused: readonly { readonly id: string; readonly refused: string }[];
}

/** What of a record the database decides, and what a reader of the changes should see. */
export const comparedFields = [
  'aliases',
  'vulnerable',
  'patched',
  'severity',
  'cvss',
  'score',
  'cwe',
  'published',
  'withdrawn',
] as const;

/**
 * The records, sorted by package and id. Our own summaries stay; a record that the database does not give, or gives in a form that cannot
 * be read, stays as it is. Withdrawn advisories that were never known are left out.
 * @throws SourceError where the answer cannot be all that the database has.
 */
export function mergeAdvisories(
  known: readonly AdvisoryRecord[],
  answered: readonly unknown[],
  packages: ReadonlySet<string>,
  today: string,
): { readonly records: AdvisoryRecord[]; readonly changes: AdvisoryChanges } {
  const read = new Map<string, ReadAdvisory>();
  const refused = new Map<string, { id: string; refused: string }>();
  for (const written of answered) {
    const advisory = readAdvisory(written, packages, today);
    if ('refused' in advisory) refused.set(`${advisory.id}\0${advisory.refused}`, advisory);
    else read.set(advisory.id, advisory);
  }
  if (read.size === 0) throw new SourceError('The database gave no advisory that can be read.');
  const before = new Map(known.map((record) => [keyOf(record), record]));
  const after = new Map(before);
  const changes = {
    added: [] as AdvisoryRecord[],
    changed: [] as AdvisoryChange[],
    withdrawn: [] as AdvisoryRecord[],
    removed: [] as AdvisoryRecord[],
    unseen: known.filter(({ id }) => !read.has(id)),
    refused: [...refused.values()].sort(
      (a, b) => compareText(a.id, b.id) || compareText(a.refused, b.refused),
    ),
  };
  for (const advisory of read.values()) {
    if ('refused' in advisory) continue;
    for (const record of advisory.records) {
      const old = before.get(keyOf(record));
      if (old === undefined && record.withdrawn !== null) continue;
      const merged = old === undefined ? record : { ...record, summary: old.summary };
      after.set(keyOf(record), merged);
      if (old === undefined) changes.added.push(merged);
      else if (old.withdrawn === null && merged.withdrawn !== null) changes.withdrawn.push(merged);
      else if (comparedFields.some((field) => !isSame(old[field], merged[field])))
        changes.changed.push({ before: old, after: merged });
    }
    const names = new Set(advisory.records.map((record) => record.package));
    for (const record of known) {
      if (record.id !== advisory.id || names.has(record.package)) continue;
      if (advisory.withdrawn === null) {
        after.delete(keyOf(record));
        changes.removed.push(record);
      } else if (record.withdrawn === null) {
        // A withdrawn advisory may have lost its list of packages.
        const merged = { ...record, withdrawn: advisory.withdrawn };
        after.set(keyOf(record), merged);
        changes.withdrawn.push(merged);
      }
    }
  }
  const compareRecords = (a: AdvisoryRecord, b: AdvisoryRecord) =>
    compareText(a.package, b.package) || compareText(a.id, b.id);
  changes.added.sort(compareRecords);
  changes.withdrawn.sort(compareRecords);
  changes.removed.sort(compareRecords);
  changes.changed.sort((a, b) => compareRecords(a.after, b.after));
  return { records: [...after.values()].sort(compareRecords), changes };
}

function keyOf(record: AdvisoryRecord): string {
  return `${record.id}\0${record.package}`;
}

export function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
