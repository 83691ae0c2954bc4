/** Findings of advisories -> groups that one change ends. */
import semver from 'semver';
import type { AdvisoryDetail, JudgedFinding } from '../model/finding.ts';
import { firstOf } from './wording.ts';

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
  const farthest = farthestActions(findings);
  const actionOf = (finding: AdvisoryFinding) => farthest.get(moveKey(finding)) ?? finding.advisory.action;
  const groups = groupBy(findings, (finding) => {
    const action = actionOf(finding);
    const { package: name, patched } = finding.advisory;
    return action === null
      ? ['none', name, patched === null]
      : [action.package, action.version, action.major, action.updates ?? null];
  });
  return groups.map((group) => ({
    action: actionOf(group[0]!),
    findings: group,
    distinct: groupBy(group, ({ advisory }) => [advisory.id, advisory.package]).map(([first]) => first!),
  }));
}

/** Nobody moves a package of a project twice within one major line: of several versions of it, the highest ends all. */
function farthestActions(findings: readonly AdvisoryFinding[]): Map<string, AdvisoryDetail['action']> {
  const farthest = new Map<string, AdvisoryDetail['action']>();
  for (const finding of findings) {
    const { action } = finding.advisory;
    if (action === null || semver.valid(action.version) === null) continue;
    const key = moveKey(finding);
    const known = farthest.get(key)?.version;
    if (known === undefined || semver.gt(action.version, known)) farthest.set(key, action);
  }
  return farthest;
}

/** Equal for changes of one project that one version can make. */
function moveKey({ project, advisory: { action } }: AdvisoryFinding): string {
  if (action === null || semver.valid(action.version) === null) return '';
  const { package: name, version, major, updates } = action;
  return JSON.stringify([project, name, semver.major(version), major, updates ?? null]);
}

/** How to do it; in a monorepo the command differs from project to project, and one example says how. */
export function groupHelp({ action, findings }: AdvisoryGroup): string {
  const target = fixedVersion(findings);
  const fits = ({ advisory }: AdvisoryFinding) =>
    action === null ? advisory.patched === target : advisory.action?.version === action.version;
  return (findings.find(fits) ?? findings[0]!).help;
}

/** `update` and what is updated, each name by `show`. */
export function actionWords(
  { package: name, version, major, updates }: NonNullable<AdvisoryDetail['action']>,
  show: (text: string) => string,
): string {
  if (updates === undefined)
    return `update ${show(name)} to ${show(version)}${major ? ' (a breaking change)' : ''}`;
  return `update ${firstOf(updates.map(show), 3)} within the declared ranges`;
}

/** What is to be said of a finding that only development dependencies bring, or null. */
export function developmentRemark({ advisory, outcome }: AdvisoryFinding): string | null {
  if (!advisory.dev) return null;
  return outcome === 'warn' ? 'for development only: does not block' : 'for development only';
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
