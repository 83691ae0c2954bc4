/** Turns advisories.json into typed records: the advisories that the gate knows by itself, for packages that Express applications use. */
import { idsOf } from '../model/advisory-identity.ts';
import type { AuditAdvisory } from '../model/audit.ts';
import data from './advisories.json' with { type: 'json' };

export interface EmbeddedAdvisory {
  readonly id: string;
  readonly cve: string | null;
  readonly package: string;
  /** An npm range, to be matched with prereleases. */
  readonly vulnerable: string;
  /** The first fixed version of each line. */
  readonly patched: readonly string[];
  readonly severity: 'low' | 'moderate' | 'high' | 'critical';
  /** The CVSS score of the record's vector; null where it has none. */
  readonly score: number | null;
  readonly cwe: readonly number[];
  readonly summary: string;
  readonly url: string;
}

/** The day on which the records were read from the GitHub Advisory Database (CC-BY-4.0) and Express' security releases. */
export const embeddedAdvisoriesRetrieved: string = data.retrieved;

/** All records that count: a withdrawn one does not. One id may have records for two packages. */
export const embeddedAdvisories: readonly EmbeddedAdvisory[] = data.advisories
  .filter(({ withdrawn }) => withdrawn === null)
  .map((record) => ({
    id: record.id,
    cve: record.aliases.find((alias) => alias.startsWith('CVE-')) ?? null,
    package: record.package,
    vulnerable: record.vulnerable,
    patched: record.patched,
    severity: record.severity as EmbeddedAdvisory['severity'],
    score: record.score,
    cwe: record.cwe,
    summary: record.summary,
    url: record.url,
  }));

/** The record of an advisory for its package, by any id that it goes by; null where there is none. */
export function findEmbeddedAdvisory(
  advisory: Pick<AuditAdvisory, 'id' | 'cve' | 'aliases' | 'package'>,
): EmbeddedAdvisory | null {
  const ids = idsOf(advisory);
  const ofPackage = embeddedAdvisories.filter((record) => record.package === advisory.package);
  return (
    ofPackage.find(({ id }) => ids.includes(id)) ??
    ofPackage.find(({ cve }) => cve !== null && ids.includes(cve)) ??
    null
  );
}

/** A record in the form in which an audit gives advisories, for these places in a lockfile. It knows no fix of its own. */
export function asAuditAdvisory(
  record: EmbeddedAdvisory,
  { nodes, patched }: Pick<AuditAdvisory, 'nodes' | 'patched'>,
): AuditAdvisory {
  const { summary, score, patched: _, ...same } = record;
  return { ...same, title: summary, cvss: score, patched, nodes, fixes: [], fixInRange: false };
}
