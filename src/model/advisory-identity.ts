/** Turns what several records say of one vulnerability of a package into one advisory: they are the same where they share an id. */
import type { AuditAdvisory } from './audit.ts';
import { compareText } from './location.ts';
import { compareSeverity } from './severity.ts';

/** Whether a text can be the id of an advisory in any of the databases. */
export function isAdvisoryId(value: unknown): value is string {
  return typeof value === 'string' && /^[A-Za-z][\w.:-]{2,99}$/.test(value);
}

/** The id by which reports name it: GHSA before CVE before MAL before any other; of two of a kind the first by its letters. */
export function bestId(ids: readonly string[]): string {
  return [...ids].sort((a, b) => rank(a) - rank(b) || compareText(a, b))[0]!;
}

const order = ['GHSA-', 'CVE-', 'MAL-'];

function rank(id: string): number {
  const found = order.findIndex((prefix) => id.startsWith(prefix));
  return found < 0 ? order.length : found;
}

/** Every id that an advisory goes by. */
export function idsOf({ id, cve, aliases = [] }: Pick<AuditAdvisory, 'id' | 'cve' | 'aliases'>): string[] {
  return [...new Set([id, ...(cve === null ? [] : [cve]), ...aliases])];
}

/**
 * One advisory for each vulnerability and package, sorted by package and id, whatever the order they come in. Being the same passes on:
 * where A shares an id with B and B with C, all three are one. Source: https://ossf.github.io/osv-schema/#aliases-field
 */
export function uniteByIdentity(advisories: readonly AuditAdvisory[]): AuditAdvisory[] {
  const groups = new Map<string, AuditAdvisory[]>();
  const groupOf = new Map<string, string>();
  for (const advisory of advisories) {
    const keys = idsOf(advisory).map((id) => `${advisory.package} ${id}`);
    const met = [...new Set(keys.flatMap((key) => groupOf.get(key) ?? []))];
    const into = met[0] ?? keys[0]!;
    const members = groups.get(into) ?? [];
    groups.set(into, members);
    members.push(advisory);
    for (const key of keys) groupOf.set(key, into);
    for (const name of met.slice(1)) {
      for (const member of groups.get(name) ?? []) {
        members.push(member);
        for (const id of idsOf(member)) groupOf.set(`${member.package} ${id}`, into);
      }
      groups.delete(name);
    }
  }
  return [...groups.values()]
    .map(uniteAll)
    .sort((a, b) => compareText(a.package, b.package) || compareText(a.id, b.id));
}

function uniteAll(records: readonly AuditAdvisory[]): AuditAdvisory {
  if (records.length === 1) return records[0]!;
  // What is told of one vulnerability must not hang on the order in which its records were read.
  const sorted = records
    .map((record) => ({ record, words: JSON.stringify(record) }))
    .sort(
      (a, b) =>
        rank(a.record.id) - rank(b.record.id) ||
        compareText(a.record.id, b.record.id) ||
        compareText(a.words, b.words),
    )
    .map(({ record }) => record);
  const first = sorted[0]!;
  const ids = new Set(sorted.flatMap(idsOf));
  const cve = [...ids].filter((id) => id.startsWith('CVE-')).sort(compareText)[0] ?? null;
  const aliases = [...ids].filter((id) => id !== first.id && id !== cve).sort(compareText);
  const sources = [...new Set(sorted.flatMap(({ sources: known = [] }) => known))].sort(compareText);
  const { aliases: _aliases, sources: _sources, ...same } = first;
  return {
    ...same,
    cve,
    ...(aliases.length === 0 ? {} : { aliases }),
    severity: sorted.map(({ severity }) => severity).sort(compareSeverity)[0]!,
    cwe: [...new Set(sorted.flatMap(({ cwe }) => cwe))].sort((a, b) => a - b),
    cvss: sorted.map(({ cvss }) => cvss).find((cvss) => cvss !== null) ?? null,
    vulnerable: [...new Set(sorted.flatMap(({ vulnerable }) => vulnerable.split(' || ')))].join(' || '),
    patched: sorted.map(({ patched }) => patched).find((patched) => patched !== null) ?? null,
    nodes: [...new Set(sorted.flatMap(({ nodes }) => nodes))].sort(compareText),
    fixes: sorted.map(({ fixes }) => fixes).find((fixes) => fixes.length > 0) ?? [],
    fixInRange: sorted.some(({ fixInRange }) => fixInRange),
    ...(sources.length === 0 ? {} : { sources }),
  };
}
