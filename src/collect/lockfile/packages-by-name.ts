/** Turns a lockfile into its downloaded packages by their real names: what an audit asks about. */
import type { LockedPackage, Lockfile } from '../../model/lockfile.ts';

export function packagesByName(lockfile: Lockfile): Map<string, LockedPackage[]> {
  const byName = new Map<string, LockedPackage[]>();
  for (const locked of lockfile.packages.values()) {
    if (locked.own) continue;
    const same = byName.get(locked.name);
    if (same === undefined) byName.set(locked.name, [locked]);
    else same.push(locked);
  }
  return byName;
}
