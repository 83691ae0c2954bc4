/** Findings of advisories -> groups that one change ends. */
import semver from 'semver';
import type { AdvisoryDetail, JudgedFinding } from '../model/finding.ts';

export type AdvisoryFinding = JudgedFinding & { readonly advisory: AdvisoryDetail };

export interface AdvisoryGroup {
  /** Null where no change of a declared dependency is known to end it: then the group is of one package. */
  readonly action: AdvisoryDetail['action'];
  /** In the order given. */
  readonly findings: readonly AdvisoryFinding[];
  /** One finding for each advisory and package: a monorepo has the same one in many projects. */
  readonly distinct: readonly AdvisoryFinding[];
}

export function isAdvisory(finding: JudgedFinding): finding is AdvisoryFinding {
  return finding.advisory !== undefined;
}

/** The first version that ends all advisories of a group without an action; null where none is known. */
export function fixedVersion(group: readonly AdvisoryFinding[]): string | null {
  const versions = group.flatMap(({ advisory }) => advisory.patched ?? []);
  const [first] = versions;
  if (first === undefined) return null;
  // Ranges and lists of versions stay as they are: which of them is meant hangs on the reader's own.
  if (!versions.every((version) => semver.valid(version) !== null)) return [...new Set(versions)].join(', ');
  return versions.reduce((highest, version) => (semver.gt(version, highest) ? version : highest), first);
}

/** Groups in the order of their first finding, so the most important first where the findings are sorted so. */
export function groupByAction(findings: readonly AdvisoryFinding[]): AdvisoryGroup[] {
  const groups = groupBy(findings, ({ advisory: { action, package: name, patched } }) =>
    action === null ? ['none', name, patched === null] : [action.package, action.version, action.major],
  );
  return groups.map((group) => ({
    action: group[0]!.advisory.action,
    findings: group,
    distinct: groupBy(group, ({ advisory }) => [advisory.id, advisory.package]).map(([first]) => first!),
  }));
}

/** Arrays of the items whose keys are equal as JSON, in the order of their first item. */
export function groupBy<T>(items: readonly T[], keyOf: (item: T) => unknown): T[][] {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = JSON.stringify(keyOf(item));
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return [...groups.values()];
}
