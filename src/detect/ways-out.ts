/** Turns an advisory into what ends it for a project: on each way to it, the package that an update within the ranges mends, else the direct dependency that has to move. */
import type { AuditAdvisory } from '../model/audit.ts';
import { compareText } from '../model/location.ts';
import type { LockedPackage } from '../model/lockfile.ts';
import { classifyDeclaration } from './declared-range.ts';
import type { DependencyGraph, DirectDependency } from './dependency-graph.ts';
import { type Known, type PublishedIndex, VersionJudge } from './published-versions.ts';

/** What ends an advisory on the ways that pass one place. */
export type WayOut =
  /** The ranges admit a version of the package with which it ends. */
  | { readonly kind: 'update'; readonly package: string; readonly version: string }
  /** The project has to ask for another version of a direct dependency. */
  | {
      readonly kind: 'move';
      readonly dependency: DirectDependency;
      readonly package: string;
      readonly version: string;
      readonly major: boolean;
    }
  /** Nothing that is published ends it. `dependency` is null where another package of the repository asks for it. */
  | { readonly kind: 'none'; readonly dependency: DirectDependency | null }
  | { readonly kind: 'unknown' };

export interface WayQuestion {
  readonly advisory: AuditAdvisory;
  readonly graph: DependencyGraph;
  /** Locations of the vulnerable packages. */
  readonly nodes: readonly string[];
  /** Where the project itself stands in the lockfile. */
  readonly from: string;
  /** What the project declares. */
  readonly direct: readonly DirectDependency[];
  readonly reaches: (location: string) => boolean;
}

/**
 * Finds the ways out by what is published, as npm does: a package whose range for the vulnerable one admits nothing else is vulnerable
 * itself, up to what the project declares.
 * Source: npm 11.19.1, @npmcli/arborist lib/audit-report.js and @npmcli/metavuln-calculator lib/advisory.js.
 */
export class WayFinder {
  readonly #index: PublishedIndex;
  readonly #all: VersionJudge;
  readonly #judges = new Map<AuditAdvisory, VersionJudge>();

  /** @param advisories all that concern the lockfile: a change that ends one and leaves another would have to be made twice. */
  constructor(index: PublishedIndex, advisories: readonly AuditAdvisory[]) {
    this.#index = index;
    this.#all = new VersionJudge(index, advisories);
  }

  #judge(advisory: AuditAdvisory): VersionJudge {
    let judge = this.#judges.get(advisory);
    if (judge === undefined) {
      judge = new VersionJudge(this.#index, [advisory]);
      this.#judges.set(advisory, judge);
    }
    return judge;
  }

  /** Those next to the vulnerable package first; none where no way leads to it from what the project declares. */
  find({ advisory, graph, nodes, from, direct, reaches }: WayQuestion): WayOut[] {
    const judge = this.#judge(advisory);
    const { packages } = graph.lockfile;
    const ways: WayOut[] = [];
    const flagged = new Set(nodes);
    for (const location of flagged) {
      const locked = packages.get(location)!;
      const ranges: string[] = [];
      for (const dependency of direct.filter((each) => each.location === location)) {
        const way = this.#wayOfDirect(judge, locked, dependency);
        if (typeof way === 'string') ranges.push(way);
        else ways.push(way);
      }
      for (const { by, spec } of demandsOn(graph, locked, (each) => each !== from && reaches(each))) {
        const range = spec ?? this.#publishedSpec(by, locked.name);
        if (range?.isRange && isForced(this.#index, locked, range.text)) {
          ways.push({ kind: 'none', dependency: null });
          continue;
        }
        const verdict = this.#admits(judge, by, locked, range);
        if (verdict === true) ranges.push(range!.text);
        else if (by.own)
          ways.push(verdict === null ? { kind: 'unknown' } : { kind: 'none', dependency: null });
        else if (verdict === null || this.#index.published.get(by.name) == null)
          ways.push({ kind: 'unknown' });
        else flagged.add(by.location);
      }
      if (ranges.length > 0) ways.push(this.#update(judge, locked, ranges));
    }
    return ways;
  }

  #update(judge: VersionJudge, { name, version }: LockedPackage, ranges: readonly string[]): WayOut {
    const nearest = (each: VersionJudge, of: readonly string[]) => each.nearest(name, version, of);
    // Two dependents may each get a copy of their own: then it is the first one's.
    const first = ranges.slice(0, 1);
    const found =
      nearest(this.#all, ranges) ??
      nearest(judge, ranges) ??
      nearest(this.#all, first) ??
      nearest(judge, first);
    return found === null ? { kind: 'unknown' } : { kind: 'update', package: name, version: found };
  }

  /** A way, or the range that admits a version without the advisory. */
  #wayOfDirect(judge: VersionJudge, locked: LockedPackage, dependency: DirectDependency): WayOut | string {
    const { kind, spec } = classifyDeclaration(dependency.specifier);
    if (kind === 'catalog') return { kind: 'unknown' };
    if (kind !== 'range' && kind !== 'tag') return { kind: 'none', dependency };
    if (kind === 'range') {
      if (isForced(this.#index, locked, spec)) return { kind: 'none', dependency };
      const verdict = judge.admits(locked.name, spec);
      if (verdict === true) return spec;
      if (verdict === null) return { kind: 'unknown' };
    }
    const alone = judge.pickBeyond(locked.name, spec);
    if (alone === null) return { kind: 'unknown' };
    if (alone === false) return { kind: 'none', dependency };
    const together = this.#all.pickBeyond(locked.name, spec);
    const picked =
      together !== null && together !== false && together.major === alone.major ? together : alone;
    return { kind: 'move', dependency, package: locked.name, ...picked };
  }

  #admits(judge: VersionJudge, by: LockedPackage, { name }: LockedPackage, spec: Spec | null): Known {
    if (
      this.#index.published
        .get(by.name)
        ?.versions.get(by.version ?? '')
        ?.bundled.has(name)
    )
      return false;
    if (spec === null) return null;
    return spec.isRange ? judge.admits(name, spec.text) : false;
  }

  /** Not every lockfile says what is asked for. */
  #publishedSpec(by: LockedPackage, name: string): Spec | null {
    const text = this.#index.published
      .get(by.name)
      ?.versions.get(by.version ?? '')
      ?.requirements.get(name);
    return text === undefined ? null : { text, isRange: this.#index.range(text, false) !== null };
  }
}

interface Spec {
  readonly text: string;
  readonly isRange: boolean;
}

/** Who asks for a package, besides the project itself: in an order that is the same for every package manager. */
function demandsOn(
  graph: DependencyGraph,
  { location }: LockedPackage,
  reaches: (location: string) => boolean,
): { by: LockedPackage; spec: Spec | null }[] {
  return graph
    .demandsOn(location)
    .filter(({ by }) => reaches(by))
    .map(({ by, specifier }) => {
      const read = specifier === null ? null : classifyDeclaration(specifier);
      return {
        by: graph.lockfile.packages.get(by)!,
        spec: read === null ? null : { text: read.spec, isRange: read.kind === 'range' },
      };
    })
    .sort(
      (a, b) =>
        compareText(a.by.name, b.by.name) ||
        compareText(a.by.version ?? '', b.by.version ?? '') ||
        compareText(a.spec?.text ?? '', b.spec?.text ?? ''),
    );
}

/** Whether the lockfile holds what the range does not admit: something else (`overrides`, `resolutions`) decides, and an update would change nothing. */
function isForced(index: PublishedIndex, { version }: LockedPackage, text: string): boolean {
  const range = index.range(text, false);
  return range !== null && version !== null && !index.test(range, version);
}
