/** Turns a manifest into what it asks of each of its dependencies. */
import type { Requirement } from '../../model/lockfile.ts';
import type { Manifest } from '../../model/project.ts';

/** Later ones win: a package may stand in two of them, and one that is also there for development is installed though it is a peer. */
const fields = [
  ['peerDependencies', 'peer'],
  ['devDependencies', 'development'],
  ['dependencies', 'production'],
  ['optionalDependencies', 'optional'],
] as const;

/** By installed name. */
export function manifestRequirements(manifest: Manifest): Map<string, Requirement> {
  const requirements = new Map<string, Requirement>();
  for (const [field, type] of fields)
    for (const [name, range] of Object.entries(manifest[field] ?? {}))
      requirements.set(name, { range, type });
  return requirements;
}
