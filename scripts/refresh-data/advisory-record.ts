/** Turns an advisory as GitHub's API words it into the records of advisories.json, one for each package that is ours, or says why not. */
import semver from 'semver';
import { cvssScore } from '../../src/collect/cvss-score.ts';
import { readRanges, readVersion } from './advisory-ranges.ts';
import { isoDay, isRecord, plainLine } from './plain-text.ts';

/** A record of src/data/advisories.json, keys in the order of the file. */
export interface AdvisoryRecord {
  readonly id: string;
  readonly aliases: readonly string[];
  readonly package: string;
  /** An npm range. */
  readonly vulnerable: string;
  /** The first fixed version of each line, ascending. */
  readonly patched: readonly string[];
  readonly severity: string;
  /** The vector; null where the database has none. */
  readonly cvss: string | null;
  /** What the vector comes to. */
  readonly score: number | null;
  readonly cwe: readonly number[];
  /** ISO day. */
  readonly published: string;
  /** ISO day; a withdrawn record does not count. */
  readonly withdrawn: string | null;
  readonly summary: string;
  readonly url: string;
  readonly source: string;
}

const severities = new Map([
  ['low', 'low'],
  ['medium', 'moderate'],
  ['high', 'high'],
  ['critical', 'critical'],
]);

const longestSummary = 160;
const mostVulnerabilities = 200;
const mostWeaknesses = 20;

/** What an advisory says, or the reason for which it is refused. `id` is fit to be shown. */
export type ReadAdvisory =
  | { readonly id: string; readonly withdrawn: string | null; readonly records: readonly AdvisoryRecord[] }
  | { readonly id: string; readonly refused: string };

/** The id of an advisory of the database, or null. */
export function readId(value: unknown): string | null {
  return typeof value === 'string' && /^GHSA(?:-[23456789cfghjmpqrvwx]{4}){3}$/.test(value) ? value : null;
}

/** @param packages the names for which records are wanted. @param today ISO day: nothing was published later. */
export function readAdvisory(written: unknown, packages: ReadonlySet<string>, today: string): ReadAdvisory {
  const id = isRecord(written) ? readId(written.ghsa_id) : null;
  if (!isRecord(written) || id === null) {
    const shown = plainLine(isRecord(written) ? written.ghsa_id : null, 40) ?? 'an advisory without an id';
    return { id: shown, refused: 'its id is not one of GitHub' };
  }
  const refuse = (reason: string): ReadAdvisory => ({ id, refused: reason });
  if (written.html_url !== `https://github.com/advisories/${id}`)
    return refuse('its address is not its own page');
  const cve = written.cve_id;
  if (cve !== null && !(typeof cve === 'string' && /^CVE-\d{4}-\d{4,12}$/.test(cve)))
    return refuse('its CVE number is none');
  const severity = typeof written.severity === 'string' ? severities.get(written.severity) : undefined;
  if (severity === undefined) return refuse('its severity is not low, medium, high or critical');
  const summary = plainLine(written.summary, longestSummary);
  if (summary === null) return refuse('it has no summary');
  const published = readDay(written.published_at, today);
  if (published === null) return refuse('its date of publication is none');
  const withdrawn = written.withdrawn_at == null ? null : readDay(written.withdrawn_at, today);
  if (written.withdrawn_at != null && withdrawn === null) return refuse('its date of withdrawal is none');
  const cwe = readWeaknesses(written.cwes);
  if (cwe === null) return refuse('its weaknesses (CWE) cannot be read');
  const cvss = readVector(written);
  const score = cvss === null ? null : cvssScore(cvss);
  if (cvss !== null && score === null) return refuse('its CVSS vector cannot be read');
  const affected = readAffected(written.vulnerabilities, packages);
  if (affected === null) return refuse('its vulnerable or patched versions cannot be read');
  const records = [...affected].map(([name, { vulnerable, patched }]) => ({
    id,
    aliases: cve === null ? [] : [cve],
    package: name,
    vulnerable,
    patched,
    severity,
    cvss,
    score,
    cwe,
    published,
    withdrawn,
    summary,
    url: written.html_url as string,
    source: 'github/advisory-database',
  }));
  return { id, withdrawn, records };
}

function readDay(value: unknown, today: string): string | null {
  const day = isoDay(value);
  return day === null || day < '2009-01-01' || day > today ? null : day;
}

function readWeaknesses(value: unknown): number[] | null {
  if (value == null) return [];
  if (!Array.isArray(value) || value.length > mostWeaknesses) return null;
  const numbers = value.map((each) => {
    const id = isRecord(each) && typeof each.cwe_id === 'string' ? each.cwe_id : '';
    return /^CWE-(\d{1,5})$/.exec(id)?.[1] ?? null;
  });
  return numbers.includes(null) ? null : [...new Set(numbers.map(Number))].sort((a, b) => a - b);
}

/** The vector of CVSS 3, by which npm scores too, else that of CVSS 4. A vector of another form comes back as it is and has no score. */
function readVector({ cvss_severities: both, cvss }: Readonly<Record<string, unknown>>): string | null {
  const ways = isRecord(both) ? [both.cvss_v3, both.cvss_v4, cvss] : [cvss];
  for (const way of ways) {
    const vector = isRecord(way) ? way.vector_string : null;
    if (vector !== null && vector !== undefined && vector !== '')
      return typeof vector === 'string' ? vector : 'none';
  }
  return null;
}

/** By package; null where an entry for one of ours cannot be read. Entries for others, and for other ecosystems, are none of ours. */
function readAffected(
  value: unknown,
  packages: ReadonlySet<string>,
): Map<string, { readonly vulnerable: string; readonly patched: string[] }> | null {
  if (value == null) return new Map();
  if (!Array.isArray(value) || value.length > mostVulnerabilities) return null;
  const entries = new Map<string, { ranges: string[]; patched: Set<string> }>();
  for (const each of value) {
    const of = isRecord(each) && isRecord(each.package) ? each.package : null;
    if (of === null || of.ecosystem !== 'npm' || typeof of.name !== 'string' || !packages.has(of.name))
      continue;
    const { vulnerable_version_range: range, first_patched_version: patched } = each;
    if (typeof range !== 'string') return null;
    const hasFix = patched != null && patched !== '';
    const fixed = typeof patched === 'string' ? readVersion(patched) : null;
    if (hasFix && fixed === null) return null;
    const entry = entries.get(of.name) ?? { ranges: [], patched: new Set() };
    entries.set(of.name, entry);
    entry.ranges.push(range);
    if (fixed !== null) entry.patched.add(fixed);
  }
  const affected = new Map<string, { vulnerable: string; patched: string[] }>();
  for (const [name, { ranges, patched }] of entries) {
    const vulnerable = readRanges(ranges);
    if (vulnerable === null) return null;
    affected.set(name, { vulnerable, patched: semver.sort([...patched]) });
  }
  return affected;
}
