/** Finds the paths by which a project's dependencies lead to given packages: the shortest ones, and how many there are. */
import type { DependencyGraph, DirectDependency } from './dependency-graph.ts';

export interface DependencyPaths {
  /** Installed names from the direct dependency to the package; shortest first, then by name. */
  readonly paths: readonly (readonly string[])[];
  /** How many there are besides; counted up to `mostCounted`. */
  readonly more: number;
  /** The direct dependencies with which a path begins, that of the shortest path first. */
  readonly through: readonly DirectDependency[];
}

const mostListed = 10;
export const mostCounted = 10_000;

/** Enough for ten paths through any real tree; a tree full of circles ends here. */
const mostSteps = 2_000;

/** A path under way, from its end backwards. */
interface Step {
  readonly name: string;
  readonly location: string;
  readonly before: Step | null;
  readonly length: number;
}

/** The paths that begin at a package, as far as they are counted. */
interface Count {
  readonly location: string;
  /** What it brings and has not been counted. */
  readonly left: { readonly location: string }[];
  sum: number;
}

/**
 * The ways to one set of packages, for any project of the graph. Paths end at the first of `targets` that they meet, and visit no package
 * twice. Work grows with the part of the graph that leads to the targets, not with the number of paths.
 */
export class PathFinder {
  readonly #graph: DependencyGraph;
  readonly #targets: ReadonlySet<string>;
  readonly #distances: ReadonlyMap<string, number>;
  readonly #counts = new Map<string, number>();

  constructor(graph: DependencyGraph, targets: ReadonlySet<string>) {
    this.#graph = graph;
    this.#targets = targets;
    this.#distances = distancesTo(graph, targets);
  }

  /** @param direct the dependencies of the project, sorted. */
  find(direct: readonly DirectDependency[]): DependencyPaths {
    const starts = direct.filter(({ location }) => this.#distances.has(location));
    const paths = this.#shortestPaths(starts);
    const first = paths[0]?.[0];
    return {
      paths,
      more: Math.max(0, this.#countPaths(starts) - paths.length),
      through: [
        ...starts.filter(({ name }) => name === first),
        ...starts.filter(({ name }) => name !== first),
      ],
    };
  }

  /** The steps with the least length that a whole path can have are gone first, and of those the ones that are furthest. */
  #shortestPaths(starts: readonly DirectDependency[]): string[][] {
    const paths: string[][] = [];
    const waiting: Step[][] = [];
    const add = (steps: Step[]) => {
      for (const step of steps.reverse()) {
        const length = step.length + this.#distances.get(step.location)!;
        waiting[length] ??= [];
        waiting[length].push(step);
      }
    };
    add(starts.map(({ name, location }) => ({ name, location, before: null, length: 1 })));
    let steps = 0;
    for (let length = 0; length < waiting.length; length++) {
      for (let step = waiting[length]?.pop(); step !== undefined; step = waiting[length]?.pop()) {
        if (paths.length === mostListed || ++steps > mostSteps) return paths;
        if (this.#targets.has(step.location)) paths.push(namesOf(step));
        else add(this.#stepsAfter(step));
      }
    }
    return paths;
  }

  #stepsAfter(step: Step): Step[] {
    return this.#graph.edgesOf(step.location).flatMap(({ name, location }) => {
      if (!this.#distances.has(location) || visits(step, location)) return [];
      return [{ name, location, before: step, length: step.length + 1 }];
    });
  }

  /** The number of paths, up to `mostCounted`. Where packages depend on each other in a circle, the edge that closes it is not gone. */
  #countPaths(starts: readonly DirectDependency[]): number {
    const counts = this.#counts;
    const open = new Set<string>();
    const stack: Count[] = [];
    const enter = (location: string) => {
      open.add(location);
      const isEnd = this.#targets.has(location);
      stack.push({ location, left: isEnd ? [] : [...this.#graph.edgesOf(location)], sum: isEnd ? 1 : 0 });
    };
    for (const start of starts) {
      if (!counts.has(start.location)) enter(start.location);
      for (let count = stack.at(-1); count !== undefined; count = stack.at(-1)) {
        const next = count.left.pop()?.location;
        if (next === undefined) {
          const sum = Math.min(count.sum, mostCounted);
          counts.set(count.location, sum);
          open.delete(count.location);
          stack.pop();
          const before = stack.at(-1);
          if (before !== undefined) before.sum += sum;
          continue;
        }
        const known = counts.get(next);
        if (known !== undefined) count.sum += known;
        else if (!open.has(next) && this.#distances.has(next)) enter(next);
      }
    }
    const total = starts.reduce((sum, { location }) => sum + (counts.get(location) ?? 0), 0);
    return Math.min(total, mostCounted);
  }
}

/** How many edges lead from each package to the nearest target; only packages that lead to one. */
function distancesTo(graph: DependencyGraph, targets: ReadonlySet<string>): Map<string, number> {
  const distances = new Map<string, number>();
  for (const target of targets) distances.set(target, 0);
  for (const [location, distance] of distances) {
    for (const { by } of graph.demandsOn(location)) if (!distances.has(by)) distances.set(by, distance + 1);
  }
  return distances;
}

function visits(step: Step, location: string): boolean {
  for (let each: Step | null = step; each !== null; each = each.before)
    if (each.location === location) return true;
  return false;
}

function namesOf(step: Step): string[] {
  const names: string[] = [];
  for (let each: Step | null = step; each !== null; each = each.before) names.push(each.name);
  return names.reverse();
}
