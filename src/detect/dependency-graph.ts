/** Turns a lockfile into a graph of what brings what: which packages a project reaches, and by which paths. */

import { compareText } from '../model/location.ts';
import type { LockedPackage, Lockfile } from '../model/lockfile.ts';
import { type DependencyField, dependencyFields, type Project } from '../model/project.ts';
import type { OmitType } from '../model/request.ts';

/** A dependency that a project itself declares, found in the lockfile. */
export interface DirectDependency {
  /** The key in package.json, which may be an alias. */
  readonly name: string;
  readonly location: string;
  readonly field: DependencyField;
  readonly specifier: string;
}

/** An edge, seen from the package that is asked for. */
export interface Demand {
  readonly by: string;
  /** Null where the lockfile does not say what is asked for. */
  readonly specifier: string | null;
}

interface Edge {
  readonly name: string;
  readonly location: string;
}

const omittedField: Readonly<Record<OmitType, DependencyField>> = {
  dev: 'devDependencies',
  optional: 'optionalDependencies',
  peer: 'peerDependencies',
};

/** A lockfile with its edges sorted and turned around. It holds for every project under the lockfile. */
export class DependencyGraph {
  readonly lockfile: Lockfile;
  readonly #omit: readonly OmitType[];
  readonly #edges = new Map<string, readonly Edge[]>();
  #demands: Map<string, Demand[]> | null = null;

  constructor(lockfile: Lockfile, omit: readonly OmitType[]) {
    this.lockfile = lockfile;
    this.#omit = omit;
  }

  /** What the package brings with it, sorted by name. The development dependencies of what is depended on are not brought. */
  edgesOf(location: string): readonly Edge[] {
    const known = this.#edges.get(location);
    if (known !== undefined) return known;
    const locked = this.lockfile.packages.get(location);
    const edges: Edge[] = [];
    if (locked !== undefined)
      for (const [name, target] of locked.edges)
        if (this.#brings(locked, name)) edges.push({ name, location: target });
    if (edges.length > 1) edges.sort((a, b) => compareText(a.name, b.name));
    this.#edges.set(location, edges);
    return edges;
  }

  #brings(locked: LockedPackage, name: string): boolean {
    const type = locked.requirements?.get(name)?.type;
    if (type === 'development') return false;
    return !((type === 'optional' || type === 'peer') && this.#omit.includes(type));
  }

  /** What is asked of a package by those that bring it. */
  demandsOn(location: string): readonly Demand[] {
    if (this.#demands === null) {
      this.#demands = new Map();
      for (const by of this.lockfile.packages.keys()) {
        for (const edge of this.edgesOf(by)) {
          const specifier = this.lockfile.packages.get(by)?.requirements?.get(edge.name)?.range ?? null;
          const demands = this.#demands.get(edge.location);
          if (demands === undefined) this.#demands.set(edge.location, [{ by, specifier }]);
          else demands.push({ by, specifier });
        }
      }
    }
    return this.#demands.get(location) ?? [];
  }

  /** What the project declares and the lockfile holds, sorted by name; and the names that it declares without the lockfile holding them. */
  declaredBy(project: Project): { direct: DirectDependency[]; missing: string[] } {
    const from = locationOf(project, this.lockfile);
    const direct = new Map<string, DirectDependency>();
    const missing = new Set<string>();
    for (const field of dependencyFields) {
      for (const [name, specifier] of Object.entries(project.manifest[field] ?? {})) {
        if (direct.has(name)) continue;
        const location = this.#resolve(from, name);
        if (location !== null) direct.set(name, { name, location, field, specifier });
        // Optional ones may be missing, and so may peers.
        else if (field === 'dependencies' || field === 'devDependencies') missing.add(name);
      }
    }
    const left = new Set<DependencyField>(this.#omit.map((type) => omittedField[type]));
    return {
      direct: [...direct.values()]
        .filter(({ field }) => !left.has(field))
        .sort((a, b) => compareText(a.name, b.name)),
      missing: [...missing]
        .filter((name) => !Object.hasOwn(project.manifest.optionalDependencies ?? {}, name))
        .sort(compareText),
    };
  }

  /** By the project's own edges, else as Node.js looks it up: a manifest may be ahead of its lockfile. */
  #resolve(from: string, name: string): string | null {
    const { packages, links } = this.lockfile;
    const edge = packages.get(from)?.edges.get(name);
    if (edge !== undefined) return edge;
    for (let directory = from; ; directory = directory.slice(0, Math.max(directory.lastIndexOf('/'), 0))) {
      const location = `${directory === '' ? '' : `${directory}/`}node_modules/${name}`;
      if (packages.has(location)) return location;
      const target = links?.get(location);
      if (target !== undefined) return target;
      if (directory === '') return null;
    }
  }

  /** Everything that the given packages bring, themselves included. */
  reachableFrom(locations: Iterable<string>): Set<string> {
    const reached = new Set(locations);
    for (const location of reached) {
      for (const edge of this.edgesOf(location)) reached.add(edge.location);
    }
    return reached;
  }
}

/** The project's own place in the lockfile: `` for the lockfile's directory. */
export function locationOf(project: Project, lockfile: Lockfile): string {
  const root = lockfile.file.includes('/') ? lockfile.file.slice(0, lockfile.file.lastIndexOf('/')) : '.';
  if (project.directory === root) return '';
  return root === '.' ? project.directory : project.directory.slice(root.length + 1);
}
