/** Unites what is embedded and what the audit said of Express: each advisory once, with what both know of it. */
import semver from 'semver';
import { asAuditAdvisory, embeddedAdvisories } from '../data/embedded-advisories.ts';
import { expressVersions } from '../data/express-releases.ts';
import { idsOf } from '../model/advisory-identity.ts';
import type { AuditAdvisory } from '../model/audit.ts';
import type { AdvisoryDetail } from '../model/finding.ts';
import { compareText } from '../model/location.ts';
import type { ProjectAdvisory } from './rule-contract.ts';
import { isInRange } from './version-ranges.ts';

/** An advisory of the package `express`, with the sources that knew it. */
export interface KnownAdvisory {
  readonly advisory: AuditAdvisory;
  /** What the audit says of the project's own Express; null where only the embedded facts know the advisory, or it is another copy's. */
  readonly audited: AdvisoryDetail | null;
  readonly sources: readonly string[];
}

/** The embedded advisories of the package `express`. */
export const embeddedExpressAdvisories: readonly KnownAdvisory[] = embeddedAdvisories
  .filter((record) => record.package === 'express')
  .map((record) => ({
    advisory: asAuditAdvisory(record, { nodes: [], patched: record.patched.join(' || ') || null }),
    audited: null,
    sources: ['embedded'],
  }));

/**
 * Every known advisory of `express`, whatever version is installed, sorted by id. Where both know one, the audit's record counts, for it
 * is the newer; the embedded one fills in what a registry does not say.
 * @param audited what the audit gave for one project.
 */
export function uniteExpressAdvisories(audited: readonly ProjectAdvisory[]): KnownAdvisory[] {
  const united = new Map(embeddedExpressAdvisories.map((known) => [known.advisory.id, known]));
  for (const { advisory, detail, ownExpress } of audited) {
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
      audited: ownExpress ? detail : (same?.audited ?? null),
      sources: [...new Set([...(same?.sources ?? []), ...detail.sources])].sort(compareText),
    });
  }
  return [...united.values()].sort((a, b) => compareText(a.advisory.id, b.advisory.id));
}

function isSame(a: AuditAdvisory, b: AuditAdvisory): boolean {
  const ids = idsOf(a);
  return idsOf(b).some((id) => ids.includes(id));
}

/** Whether a version of Express lies in the advisory's range. */
export function concerns({ advisory }: KnownAdvisory, version: string): boolean {
  return isInRange(version, advisory.vulnerable);
}

/** The lowest published release above `version` that the advisory does not concern: of its line where there is one. */
export function lowestFixedRelease(known: KnownAdvisory, version: string): string | null {
  const fixed = expressVersions.filter(
    (each) => semver.gt(each, version) && semver.prerelease(each) === null && !concerns(known, each),
  );
  return fixed.find((each) => semver.major(each) === semver.major(version)) ?? fixed[0] ?? null;
}
