/** Findings of advisories -> groups that one change ends. */
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

/** Groups in the order of their first finding, so the most important first where the findings are sorted so. */
export function groupByAction(findings: readonly AdvisoryFinding[]): AdvisoryGroup[] {
  const groups = groupBy(findings, ({ advisory: { action, package: name, patched } }) =>
    action === null ? ['none', name, patched] : [action.package, action.version, action.major],
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
