/** Turns the files of a snapshot into the private keys that production may use. */
import type { Location } from '../../model/location.ts';
import type { SnapshotFile } from '../../model/snapshot.ts';
import type { PrivateKey } from '../app-model.ts';
import { baseName } from '../code/resolve-module.ts';
import { findPrivateKeys, isUnusedInProduction, mayHoldKeys } from './private-keys.ts';

const ownFile = /\.(?:pem|key|crt|cert|cer|p8|pk8|p12|pfx)$/i;

/** Keys told of in one repository; one with more is a collection of them. */
const maxKeys = 100;

/**
 * The keys in `files`. `readAt`: the files that start-up reads in production, and where; `developmentOnly`: names of key files that code
 * names only where production does not come.
 */
export function committedKeys(
  files: Iterable<SnapshotFile>,
  readAt: ReadonlyMap<string, Location>,
  developmentOnly: ReadonlySet<string>,
): PrivateKey[] {
  const found: PrivateKey[] = [];
  for (const { path, text } of files) {
    if (!mayHoldKeys(text)) continue;
    const read = readAt.get(path) ?? null;
    const name = baseName(path);
    if (read === null && (isUnusedInProduction(path) || developmentOnly.has(name))) continue;
    for (const key of findPrivateKeys(path, text))
      found.push({ ...key, inFileOfItsOwn: ownFile.test(name), readAt: read });
    if (found.length >= maxKeys) break;
  }
  return found.slice(0, maxKeys);
}
