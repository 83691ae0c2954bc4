/** Turns what pnpm calls a dependency path, the key of a package, into name and version, and a reference into the keys that it may mean. */

export interface PnpmKey {
  /** Null where the key does not say it: git, tarball and directory sources name themselves in their entry. */
  readonly name: string | null;
  readonly version: string | null;
}

/**
 * `/name/1.2.3_peer@1` (versions 5), `/name@1.2.3(peer@1)` (6), `name@1.2.3(peer@1)` (9), each after the host of another registry maybe;
 * `github.com/owner/name/hash`, `file:packages/a`, `name@https://codeload…` for other sources.
 * Source: @pnpm/dependency-path, parse().
 */
export function parsePnpmKey(key: string, version: number): PnpmKey {
  const bare = withoutPeers(key);
  if (version >= 6) return parseAt(version >= 9 ? bare : bare.replace(/^[^@/]*\/(?=@|[^/]+$)/, ''));
  const parts = bare.split('/');
  // Empty where the path begins with a slash, else the host.
  parts.shift();
  const name = parts[0]?.startsWith('@') ? parts.splice(0, 2).join('/') : parts.shift();
  const [release = ''] = (parts.shift() ?? '').split('_', 1);
  return parts.length > 0 || name === undefined || !/^\d/.test(release)
    ? { name: null, version: null }
    : { name, version: release };
}

function parseAt(text: string): PnpmKey {
  const at = text.indexOf('@', 1);
  if (at === -1) return { name: null, version: null };
  const name = text.slice(0, at);
  // The address of a repository may hold an `@`, too.
  return /[:]/.test(name) ? { name: null, version: null } : { name, version: text.slice(at + 1) };
}

/** Without what pnpm appends for peers and patches. */
export function withoutPeers(key: string): string {
  const open = key.indexOf('(');
  return open === -1 ? key : key.slice(0, open);
}

/** The keys that a reference may mean for the dependency `name`; the first that there is counts. Source: @pnpm/dependency-path, refToRelative(). */
export function candidateKeys(name: string, reference: string, version: number): readonly string[] {
  if (version >= 9) return [`${name}@${reference}`, reference];
  return [version >= 6 ? `/${name}@${reference}` : `/${name}/${reference}`, reference];
}
