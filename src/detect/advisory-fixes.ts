/** Works out the one change that ends an advisory for a project: as npm proposes it, else as ranges and lockfile tell. */
import semver from 'semver';
import { findEmbeddedAdvisory } from '../data/embedded-advisories.ts';
import type { AuditAdvisory } from '../model/audit.ts';
import type { AdvisoryDetail } from '../model/finding.ts';
import type { DependencyGraph, DirectDependency } from './dependency-graph.ts';
import { admits, firstFixed, isInRange } from './version-ranges.ts';
import type { WayOut } from './ways-out.ts';

export interface FixQuestion {
  readonly advisory: AuditAdvisory;
  /** Whether npm made the report: then what it proposes counts, also that it proposes nothing. */
  readonly byNpm: boolean;
  /** The ways out by what is published; none where that is not known. */
  readonly ways: readonly WayOut[];
  /** All advisories of the package: a change that ends one and leaves another would have to be made twice. */
  readonly ofPackage: readonly AuditAdvisory[];
  readonly graph: DependencyGraph;
  /** Locations of the vulnerable packages that the project reaches. */
  readonly nodes: readonly string[];
  /** Whether the project reaches a package at all: what it does not reach holds nothing back. */
  readonly reaches: (location: string) => boolean;
  /** What the project declares. */
  readonly direct: readonly DirectDependency[];
  /** Those of them that lead to the packages, that of the shortest path first. */
  readonly through: readonly DirectDependency[];
}

export function findAction(question: FixQuestion): AdvisoryDetail['action'] {
  const { advisory, byNpm } = question;
  const target = targetVersion(question);
  if (byNpm && !advisory.fixInRange) return proposedIn(question);
  if (!byNpm && isWithinRanges(question.ways)) return updateWithinRanges(question, target?.version ?? null);
  const move = firstMove(question);
  if (move !== null) return { package: move.package, version: move.version, major: move.major };
  if (question.ways.some(({ kind }) => kind === 'none')) return null;
  if (target === null) return null;
  if (byNpm || isWithinDemands(question, target.version))
    return { package: advisory.package, version: target.version, major: false };
  // Where only the project itself holds the package back, it is the project that has to ask for another version.
  if (!isHeldByOthers(question, target.version))
    return {
      package: advisory.package,
      version: target.version,
      major: !admits(`^${target.from}`, target.version),
    };
  return null;
}

/** Whether updates that the ranges admit end it on every way. */
export function isWithinRanges(ways: readonly WayOut[]): boolean {
  return ways.length > 0 && ways.every(({ kind }) => kind === 'update');
}

function updateWithinRanges({ advisory, ways }: FixQuestion, fixed: string | null): AdvisoryDetail['action'] {
  const updates = ways.filter((way) => way.kind === 'update');
  const own = updates.find((update) => update.package === advisory.package);
  const [first] = updates;
  const names = [...new Set(updates.map((update) => update.package))];
  return {
    package: own !== undefined || fixed !== null ? advisory.package : first!.package,
    version: own?.version ?? fixed ?? first!.version,
    major: false,
    ...(own !== undefined && names.length === 1 ? {} : { updates: names }),
  };
}

/** The move of the direct dependency with the shortest path. */
function firstMove({ ways, through }: FixQuestion): Extract<WayOut, { kind: 'move' }> | null {
  const moves = ways.filter((way) => way.kind === 'move');
  for (const { name } of through) {
    const move = moves.find(({ dependency }) => dependency.name === name);
    if (move !== undefined) return move;
  }
  return null;
}

/** What the advisory's own source proposes. npm names changes of direct dependencies of any project under the lockfile. */
export function proposedIn({ advisory, graph, through }: FixQuestion): AdvisoryDetail['action'] {
  for (const { name, location } of through) {
    const real = graph.lockfile.packages.get(location)?.name;
    const fix =
      advisory.fixes.find((each) => each.package === name) ??
      advisory.fixes.find((each) => each.package === real);
    if (fix !== undefined) return { package: fix.package, version: fix.version, major: fix.major };
  }
  return null;
}

/** The lowest version above `version` that the advisory is known not to concern, or null. */
export function firstFixedOf(advisory: AuditAdvisory, version: string): string | null {
  const patched = findEmbeddedAdvisory(advisory)?.patched ?? [];
  return firstFixed(version, advisory.vulnerable, patched);
}

/** The highest of the first fixed versions of all the packages, and the version from which it is reached; null where one has none. */
function targetVersion({
  advisory,
  ofPackage,
  graph,
  nodes,
}: FixQuestion): { from: string; version: string } | null {
  let target: { from: string; version: string } | null = null;
  for (const node of nodes) {
    const from = graph.lockfile.packages.get(node)?.version ?? null;
    const version = from === null ? null : firstFixedOf(advisory, from);
    if (from === null || version === null) return null;
    if (target === null || semver.gt(version, target.version)) target = { from, version };
  }
  return target && { ...target, version: beyondOthers(target.version, ofPackage) };
}

/** The version itself, or a higher one that no other advisory of the package concerns either, where there is one. */
function beyondOthers(version: string, ofPackage: readonly AuditAdvisory[]): string {
  let beyond: string | null = version;
  for (let round = 0; round < ofPackage.length && beyond !== null; round++) {
    const current: string = beyond;
    const other = ofPackage.find(({ vulnerable }) => isInRange(current, vulnerable));
    if (other === undefined) return current;
    beyond = firstFixedOf(other, current);
  }
  return beyond ?? version;
}

/** Whether every range by which the packages are asked for admits the version. */
function isWithinDemands(question: FixQuestion, version: string): boolean {
  const { direct, nodes } = question;
  const own = direct.filter(({ location }) => nodes.includes(location));
  return own.every(({ specifier }) => admits(specifier, version)) && !isHeldByOthers(question, version);
}

/** Whether a package that the project reaches, a sibling of the workspace included, admits no such version. */
function isHeldByOthers({ graph, nodes, reaches }: FixQuestion, version: string): boolean {
  const demands = nodes.flatMap((node) => graph.demandsOn(node)).filter(({ by }) => reaches(by));
  return demands.some(({ specifier }) => specifier === null || !admits(specifier, version));
}
