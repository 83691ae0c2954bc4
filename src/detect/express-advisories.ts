/** Unites what is embedded and what the audit said of one version of Express: each advisory once, with what both know of it. */
import semver from 'semver';
import data from '../data/advisories.json' with { type: 'json' };
import { expressVersions } from '../data/express-releases.ts';
import type { AuditAdvisory } from '../model/audit.ts';
import type { AdvisoryDetail } from '../model/finding.ts';
import { compareText } from '../model/location.ts';
import type { Severity } from '../model/severity.ts';
import type { ProjectAdvisory } from './rule-contract.ts';

/** An advisory of the package `express`, with the sources that knew it. */
export interface KnownAdvisory {
  readonly advisory: AuditAdvisory;
  /** As the audit worked it out for the project, or null where only the embedded facts know it. */
  readonly audited: AdvisoryDetail | null;
  readonly sources: readonly string[];
}

/** The embedded advisories of the package `express`, by id. Withdrawn records do not count. */
export const embeddedExpressAdvisories: readonly KnownAdvisory[] = data.advisories
  .filter((record) => record.package === 'express' && record.withdrawn === null)
  .map((record) => ({
    advisory: {
      id: record.id,
      cve: record.aliases.find((alias) => alias.startsWith('CVE-')) ?? null,
      package: record.package,
      severity: record.severity as Severity,
      title: record.summary,
      url: record.url,
      cwe: record.cwe,
      cvss: null,
      vulnerable: record.vulnerable,
      patched: record.patched.join(' || ') || null,
      nodes: [],
      fixes: [],
      fixInRange: false,
    },
    audited: null,
    sources: ['embedded'],
  }));

/**
 * Every known advisory of `express`, whatever version is installed, sorted by id. Where both know one, the audit's record counts, for it
 * is the newer; the embedded one fills in what npm does not say.
 */
export function uniteExpressAdvisories(audited: readonly ProjectAdvisory[]): KnownAdvisory[] {
  const united = new Map(embeddedExpressAdvisories.map((known) => [known.advisory.id, known]));
  for (const { advisory, detail, source } of audited) {
    if (advisory.package !== 'express') continue;
    const same = [...united.values()].find((known) => isSame(known.advisory, advisory));
    if (same !== undefined) united.delete(same.advisory.id);
    united.set(advisory.id, {
      advisory: {
        ...advisory,
        cve: advisory.cve ?? same?.advisory.cve ?? null,
        cvss: advisory.cvss ?? same?.advisory.cvss ?? null,
        cwe: advisory.cwe.length > 0 ? advisory.cwe : (same?.advisory.cwe ?? []),
        patched: advisory.patched ?? same?.advisory.patched ?? null,
      },
      audited: same?.audited ?? detail,
      sources: [...new Set([...(same?.sources ?? []), ...detail.sources, source])].sort(compareText),
    });
  }
  return [...united.values()].sort((a, b) => compareText(a.advisory.id, b.advisory.id));
}

function isSame(a: AuditAdvisory, b: AuditAdvisory): boolean {
  return a.id === b.id || (a.cve !== null && a.cve === b.cve);
}

/** No advisory needs more; reading a longer range would only cost time. */
const longestRange = 4096;

/** Whether `version` lies in the advisory's range. A range that cannot be read holds the versions that the audit found installed. */
export function concerns({ advisory, audited }: KnownAdvisory, version: string): boolean {
  const range = advisory.vulnerable.length > longestRange ? null : advisory.vulnerable;
  if (semver.validRange(range, { loose: true }) === null) {
    return audited?.installed.split(', ').includes(version) ?? false;
  }
  return semver.satisfies(version, advisory.vulnerable, { loose: true, includePrerelease: true });
}

/** The lowest published release above `version` that the advisory does not concern: of its line where there is one. */
export function firstFixed(known: KnownAdvisory, version: string): string | null {
  const fixed = expressVersions.filter(
    (each) => semver.gt(each, version) && semver.prerelease(each) === null && !concerns(known, each),
  );
  return fixed.find((each) => semver.major(each) === semver.major(version)) ?? fixed[0] ?? null;
}
