/** Turns the `packages` of a lockfile (versions 2 and 3) into entries. */
import type { Requirement } from '../../model/lockfile.ts';
import { type JsonRecord, own } from '../json-record.ts';
import {
  type LockfileEntry,
  type Refuse,
  readVersionNumber,
  recordOf,
  toLocation,
} from './lockfile-entry.ts';

/** Later ones win: a package may stand in two of them. */
const fields = [
  ['devDependencies', 'development'],
  ['peerDependencies', 'peer'],
  ['dependencies', 'production'],
  ['optionalDependencies', 'optional'],
] as const;

/** Source: https://docs.npmjs.com/cli/v11/configuring-npm/package-lock-json */
export function readPackageEntries(data: JsonRecord, refuse: Refuse): Map<string, LockfileEntry> {
  const packages = recordOf(data, 'packages');
  if (packages === null) return refuse('packages', 'is no object');
  const entries = new Map<string, LockfileEntry>();
  for (const location of Object.keys(packages)) {
    const written = recordOf(packages, location);
    if (written === null) return refuse(location, 'is no object');
    const isLink = own(written, 'link') === true;
    const resolved = own(written, 'resolved');
    if (isLink && typeof resolved !== 'string') return refuse(location, 'links to nothing');
    const name = own(written, 'name');
    entries.set(location, {
      location,
      // The root's name is the project's own affair.
      name: typeof name === 'string' && location !== '' ? name : null,
      version: readVersionNumber(own(written, 'version')),
      dev: own(written, 'dev') === true,
      optional: own(written, 'optional') === true,
      peer: own(written, 'peer') === true,
      target: isLink ? toLocation(resolved as string) : null,
      requirements: readRequirements(written),
      names: [],
    });
  }
  return entries;
}

function readRequirements(written: JsonRecord): Map<string, Requirement> {
  const requirements = new Map<string, Requirement>();
  const peers = recordOf(written, 'peerDependenciesMeta');
  for (const [field, type] of fields) {
    const asked = recordOf(written, field);
    if (asked === null) continue;
    for (const [name, range] of Object.entries(asked)) {
      // An optional peer is no reason for a package to be there: something else brought it.
      const isOptionalPeer = type === 'peer' && peers !== null && recordOf(peers, name)?.optional === true;
      if (typeof range === 'string' && !isOptionalPeer) requirements.set(name, { range, type });
    }
  }
  return requirements;
}
