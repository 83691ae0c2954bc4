/** Turns the .npmrc of the revision that is trusted into the addresses of registries that it names; nothing else of it counts. */
import type { SnapshotFile } from '../model/snapshot.ts';

/** What a repository may say of registries: where they are, and neither who asks nor how. */
export interface RegistryAddresses {
  readonly main: string | null;
  /** `@scope` -> address. */
  readonly scopes: ReadonlyMap<string, string>;
}

export const noAddresses: RegistryAddresses = { main: null, scopes: new Map() };

/** The addresses that hold for a lockfile's directory: those of its own .npmrc before those of the scanned directory's. */
export function addressesAt(
  files: ReadonlyMap<string, SnapshotFile>,
  workspaceRoot: string,
): RegistryAddresses {
  const paths = workspaceRoot === '.' ? ['.npmrc'] : ['.npmrc', `${workspaceRoot}/.npmrc`];
  return paths
    .map((path) => readAddresses(files.get(path)?.text ?? ''))
    .reduce((outer, inner) => ({
      main: inner.main ?? outer.main,
      scopes: new Map([...outer.scopes, ...inner.scopes]),
    }));
}

/**
 * Reads `registry=` and `@scope:registry=`, the last of each as in npm's own reading (its format is that of the package `ini`).
 * What holds `${` is passed over: npm would write a variable of the environment, a token, say, into the address.
 */
export function readAddresses(text: string): RegistryAddresses {
  let main: string | null = null;
  const scopes = new Map<string, string>();
  for (const line of text.replace(/^\uFEFF/, '').split(/[\r\n]+/)) {
    const written = line.trim();
    // What follows belongs to a section, which npm does not read.
    if (written.startsWith('[') && written.endsWith(']')) break;
    const equals = written.indexOf('=');
    if (equals < 0) continue;
    const name = unquote(written.slice(0, equals));
    const address = plainAddress(unquote(written.slice(equals + 1)));
    if (address === null) continue;
    if (name === 'registry') main = address;
    else if (/^@[a-z0-9~._-]{1,213}:registry$/.test(name))
      scopes.set(name.slice(0, -':registry'.length), address);
  }
  return { main, scopes };
}

/** A comment ends what is not quoted. */
function unquote(written: string): string {
  const text = written.trim();
  for (const quote of ['"', "'"])
    if (text.length > 1 && text.startsWith(quote) && text.endsWith(quote)) return text.slice(1, -1);
  return text.split(/[;#]/, 1)[0]!.trim();
}

/** The address without what somebody could be sent by it besides: a name and a password, a query. */
function plainAddress(text: string): string | null {
  if (text.includes('${') || !URL.canParse(text)) return null;
  const { protocol, host, pathname } = new URL(text);
  if (protocol !== 'https:' && protocol !== 'http:') return null;
  // The URL standard lets a quotation mark pass in a host.
  if (!/^[a-z0-9._:[\]-]+$/.test(host)) return null;
  return `${protocol}//${host}${pathname.endsWith('/') ? pathname : `${pathname}/`}`;
}
