/** Turns packages and their edges into packages that know whether only development, optional or peer dependencies lead to them. */
import type { LockedPackage, Requirement } from '../../model/lockfile.ts';

/** For formats that do not say it themselves. */
export type UnflaggedPackage = Omit<LockedPackage, 'dev' | 'optional' | 'peer'>;

/** A package whose edges are still being found. */
export type GrowingPackage = UnflaggedPackage & {
  readonly edges: Map<string, string>;
  readonly requirements: Map<string, Requirement>;
};

/** A directory of the repository that something links to and that is no member: what it asks for is not known. */
export function linkedDirectory(location: string, name: string): GrowingPackage {
  return {
    location,
    name,
    version: null,
    own: true,
    edges: new Map(),
    requirements: new Map(),
    line: null,
  };
}

/**
 * Flags as npm sets them: a package is `dev` where every way to it goes over a development dependency, `optional` and `peer` likewise.
 * What nothing leads to counts as production, so that nothing is held for harmless because a way to it was not understood.
 * @param members locations of the repository's own packages, whose development dependencies are installed.
 * Source: @npmcli/arborist lib/calc-dep-flags.js.
 */
export function withReachFlags(
  packages: ReadonlyMap<string, UnflaggedPackage>,
  members: readonly string[],
): Map<string, LockedPackage> {
  const all = reach(packages, members, []);
  const withoutDev = reach(packages, members, ['development']);
  const withoutOptional = reach(packages, members, ['optional']);
  const withoutPeer = reach(packages, members, ['peer']);
  const flagged = new Map<string, LockedPackage>();
  for (const [location, each] of packages) {
    const reached = all.has(location);
    flagged.set(location, {
      ...each,
      dev: reached && !withoutDev.has(location),
      optional: reached && !withoutOptional.has(location),
      peer: reached && !withoutPeer.has(location),
    });
  }
  return flagged;
}

function reach(
  packages: ReadonlyMap<string, UnflaggedPackage>,
  members: readonly string[],
  without: readonly Requirement['type'][],
): Set<string> {
  const isMember = new Set(members);
  const reached = new Set(members);
  for (const location of reached) {
    const found = packages.get(location);
    if (found === undefined) continue;
    for (const [name, target] of found.edges) {
      const type = found.requirements?.get(name)?.type ?? 'production';
      if (without.includes(type) || (type === 'development' && !isMember.has(location))) continue;
      reached.add(target);
    }
  }
  return reached;
}
