/** Turns a record of the OSV database into an advisory for one package of a lockfile. */
import semver from 'semver';
import { bestId, isAdvisoryId } from '../model/advisory-identity.ts';
import type { AuditAdvisory } from '../model/audit.ts';
import { compareText } from '../model/location.ts';
import type { LockedPackage } from '../model/lockfile.ts';
import type { Severity } from '../model/severity.ts';
import { readTitle, readWeaknesses } from './audit-advisory.ts';
import { array, isRecord, type JsonRecord } from './json-record.ts';
import { readOsvRange } from './osv-range.ts';

/** What OSV was asked about a package, and answered. */
export interface OsvMatch {
  readonly package: string;
  /** The packages of that name in the lockfile. */
  readonly installed: readonly LockedPackage[];
  /** The versions for which OSV named the record. */
  readonly named: ReadonlySet<string>;
}

const options = { loose: true, includePrerelease: true };

/** A range of more is cut off for reports. */
const longestRange = 4096;

/**
 * The advisory; null where the record is withdrawn, is none of the package, or concerns none of what is installed.
 * @param record as `GET /v1/vulns/{id}` answers it; null where OSV has it no more: then the versions it was named for are all that is known.
 * @param cvssScore the score of a CVSS vector, or null.
 */
export function readOsvRecord(
  id: string,
  record: JsonRecord | null,
  match: OsvMatch,
  cvssScore: (vector: string) => number | null,
): AuditAdvisory | null {
  if (record !== null && typeof record.withdrawn === 'string' && record.withdrawn !== '') return null;
  const affected = array(record?.affected).filter(isRecord);
  const own = affected.filter((each) => isOf(each, match.package));
  if (affected.length > 0 && own.length === 0) return null;
  const ranges = own.flatMap((each) => readOsvRange(each) ?? []);
  const vulnerable =
    ranges.length > 0 ? [...new Set(ranges)].join(' || ') : [...match.named].sort(compareText).join(' || ');
  const range = ranges.length > 0 ? new semver.Range(vulnerable, options) : null;
  const nodes = match.installed.filter(({ version }) => {
    if (version === null) return false;
    // A version that is none by semver's measure is the registry's affair: then OSV's own word counts.
    return range === null || semver.valid(version, options) === null
      ? match.named.has(version)
      : range.test(version);
  });
  if (nodes.length === 0) return null;
  const ids = [id, ...array(record?.aliases).slice(0, 100).filter(isAdvisoryId)];
  const best = bestId(ids);
  const cve = ids.filter((each) => each.startsWith('CVE-')).sort(compareText)[0] ?? null;
  const aliases = [...new Set(ids)].filter((each) => each !== best && each !== cve).sort(compareText);
  const score = readScore([record?.severity, ...own.map((each) => each.severity)], cvssScore);
  const isMalicious = ids.some((each) => each.startsWith('MAL-'));
  return {
    id: best,
    cve,
    ...(aliases.length === 0 ? {} : { aliases }),
    package: match.package,
    severity: isMalicious ? 'critical' : readSeverity(record, own, score),
    title: readTitle(record?.summary, match.package),
    url: best.startsWith('GHSA-')
      ? `https://github.com/advisories/${best}`
      : `https://osv.dev/vulnerability/${encodeURIComponent(id)}`,
    cwe: readCwe(record, own),
    cvss: score,
    vulnerable: vulnerable.length > longestRange ? `${vulnerable.slice(0, longestRange)}…` : vulnerable,
    patched: null,
    nodes: nodes.map(({ location }) => location).sort(compareText),
    fixes: [],
    fixInRange: false,
  };
}

function isOf({ package: named }: JsonRecord, name: string): boolean {
  return isRecord(named) && named.ecosystem === 'npm' && named.name === name;
}

/** The score of CVSS 3 where there is one, for that is what npm tells; else that of CVSS 4. */
function readScore(written: readonly unknown[], cvssScore: (vector: string) => number | null): number | null {
  const all = written.flatMap((each) => array(each).slice(0, 20)).filter(isRecord);
  for (const type of ['CVSS_V3', 'CVSS_V4']) {
    const scores = all
      .filter((each) => each.type === type)
      .flatMap(({ score }) => (typeof score === 'string' ? (cvssScore(score) ?? []) : []));
    if (scores.length > 0) return Math.max(...scores);
  }
  return null;
}

/** What GitHub's advisory database says in words; else by the score, as CVSS names its stretches; else `high`, as npm has it. */
function readSeverity(record: JsonRecord | null, own: readonly JsonRecord[], score: number | null): Severity {
  for (const { database_specific: specific } of [record ?? {}, ...own]) {
    const word = isRecord(specific) && typeof specific.severity === 'string' ? specific.severity : '';
    switch (word.toUpperCase()) {
      case 'LOW':
        return 'low';
      case 'MODERATE':
      case 'MEDIUM':
        return 'moderate';
      case 'HIGH':
        return 'high';
      case 'CRITICAL':
        return 'critical';
    }
  }
  if (score === null) return 'high';
  if (score < 4) return 'low';
  if (score < 7) return 'moderate';
  return score < 9 ? 'high' : 'critical';
}

/** GitHub writes `cwe_ids`, the malicious packages of the OpenSSF `cwes` of `{ cweId }`. */
function readCwe(record: JsonRecord | null, own: readonly JsonRecord[]): number[] {
  const written = [record ?? {}, ...own].flatMap(({ database_specific: specific }) =>
    isRecord(specific)
      ? [
          ...array(specific.cwe_ids),
          ...array(specific.cwes).map((each) => (isRecord(each) ? each.cweId : null)),
        ]
      : [],
  );
  return readWeaknesses(written);
}
