/** Turns what a registry answers for one package (its packument) into the part of it on which fixes hang. */
import { valid } from 'semver';
import type { PublishedPackage, PublishedVersion } from '../model/published-package.ts';
import { isRecord, type JsonRecord } from './json-record.ts';

/** Later ones win. Source: @npmcli/metavuln-calculator 9.0.3, lib/get-dep-spec.js */
const fields = ['peerDependencies', 'optionalDependencies', 'dependencies'] as const;

/** No package has so many; hostile answers may. */
const mostVersions = 20_000;

/** A package of which the registry knows nothing: npm takes it so, too. */
export const unpublished: PublishedPackage = { tags: new Map(), versions: new Map() };

/**
 * The package, or null where the text is no packument.
 * @param isWanted whether it matters what is asked of a package of this name.
 */
export function readPublished(
  text: string,
  isWanted: (packageName: string) => boolean,
): PublishedPackage | null {
  let packument: unknown;
  try {
    packument = JSON.parse(text);
  } catch {
    return null;
  }
  if (!isRecord(packument) || !isRecord(packument.versions)) return null;
  const versions = new Map<string, PublishedVersion>();
  for (const [version, written] of Object.entries(packument.versions).slice(0, mostVersions)) {
    if (valid(version, { loose: true }) !== null && isRecord(written))
      versions.set(version, readVersion(written, isWanted));
  }
  const tags = new Map<string, string>();
  for (const [tag, version] of Object.entries(recordIn(packument, 'dist-tags')))
    if (typeof version === 'string') tags.set(tag, version);
  return { tags, versions };
}

const nothing: PublishedVersion = { requirements: new Map(), bundled: new Set(), deprecated: false };

function readVersion(written: JsonRecord, isWanted: (packageName: string) => boolean): PublishedVersion {
  const requirements = new Map<string, string>();
  const optionalPeers = recordIn(written, 'peerDependenciesMeta');
  for (const field of fields) {
    for (const [installed, range] of Object.entries(recordIn(written, field))) {
      if (typeof range !== 'string') continue;
      const alias = /^npm:(@?[^@]+)(?:@(.*))?$/s.exec(range);
      const name = alias?.[1] ?? installed;
      const meta =
        field === 'peerDependencies' && Object.hasOwn(optionalPeers, name) ? optionalPeers[name] : null;
      // An optional peer is no reason for a package to be there.
      if (isWanted(name) && !(isRecord(meta) && meta.optional === true))
        requirements.set(name, alias === null ? range : (alias[2] ?? '*'));
    }
  }
  const deprecated = typeof written.deprecated === 'string' && written.deprecated !== '';
  if (requirements.size === 0 && !deprecated) return nothing;
  const bundle = written.bundleDependencies ?? written.bundledDependencies;
  const bundled = new Set(
    [...requirements.keys()].filter(
      (name) => bundle === true || (Array.isArray(bundle) && bundle.includes(name)),
    ),
  );
  return { requirements, bundled, deprecated };
}

function recordIn(value: JsonRecord, key: string): JsonRecord {
  const found = Object.hasOwn(value, key) ? value[key] : null;
  return isRecord(found) ? found : {};
}
