/** Turns the peers that packages ask for into edges to what those that depend on them provide. */
import type { UnflaggedPackage } from './reach-flags.ts';

/** Peers of peers of peers: real ones end after two or three. */
const mostRounds = 8;

/** Looks at dependents; beyond that the text was written to cost time, and the rest of the peers stay without an edge. */
const mostSteps = 1_000_000;

/**
 * For formats that lock no peers of their own. A peer is what the package's dependents have under that name, or are themselves, their own peers included; where
 * they have different ones, what the root has, if it is among them; where none has one, what the root has, as npm places it.
 * Still ambiguous ones get no edge: each is reached through who provides it.
 */
export function addPeerEdges(
  packages: ReadonlyMap<string, UnflaggedPackage & { readonly edges: Map<string, string> }>,
): void {
  const root = packages.get('');
  let unmet = [...packages.values()].flatMap((each) => {
    const names = [...(each.requirements ?? [])].filter(
      ([name, { type }]) => type === 'peer' && !each.edges.has(name),
    );
    return names.map(([name]) => ({ asking: each, name }));
  });
  if (unmet.length === 0) return;
  const dependents = new Map<string, UnflaggedPackage[]>();
  for (const each of packages.values()) {
    for (const target of new Set(each.edges.values())) {
      const known = dependents.get(target);
      if (known === undefined) dependents.set(target, [each]);
      else known.push(each);
    }
  }
  let steps = 0;
  for (let round = 0; round < mostRounds && unmet.length > 0; round++) {
    const found: { asking: (typeof unmet)[number]['asking']; name: string; target: string }[] = [];
    for (const { asking, name } of unmet) {
      const provided = new Set<string>();
      for (const dependent of dependents.get(asking.location) ?? []) {
        if (++steps > mostSteps) return;
        const target = dependent.name === name ? dependent.location : dependent.edges.get(name);
        if (target !== undefined) provided.add(target);
      }
      const fromRoot = root?.edges.get(name);
      const [only, ...others] = provided;
      const target =
        others.length === 0
          ? (only ?? (round > 0 ? fromRoot : undefined))
          : fromRoot !== undefined && provided.has(fromRoot)
            ? fromRoot
            : undefined;
      if (target !== undefined && target !== asking.location) found.push({ asking, name, target });
    }
    for (const { asking, name, target } of found) asking.edges.set(name, target);
    const before = unmet.length;
    unmet = unmet.filter(({ asking, name }) => !asking.edges.has(name));
    if (round > 0 && unmet.length === before) return;
  }
}
