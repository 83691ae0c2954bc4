/** Turns what yarn calls a descriptor or a locator (`@scope/name@range`) into its parts. */
import { normalize } from 'node:path/posix';

export interface Descriptor {
  readonly name: string;
  /** What follows the `@`; empty where nothing does. */
  readonly range: string;
}

/** A name may itself begin with `@`, and a range may hold one. */
export function parseDescriptor(text: string): Descriptor {
  const at = text.indexOf('@', 1);
  return at === -1 ? { name: text, range: '' } : { name: text.slice(0, at), range: text.slice(at + 1) };
}

/** The package that a range of the form `npm:name@range` stands for under another name; null for any other range. */
export function parseAlias(range: string): Descriptor | null {
  if (!range.startsWith('npm:')) return null;
  const descriptor = parseDescriptor(range.slice('npm:'.length));
  // `npm:^1.0.0` is a range, not a name.
  return descriptor.range === '' && !/^@?[a-z]/i.test(descriptor.name) ? null : descriptor;
}

const directoryProtocol = /^(?:file|link|portal):/;

/**
 * The directory of the repository that a range leads to (`file:`, `link:`, `portal:`), as the lockfile sees it; null where it is none, or an archive.
 * @param from the directory that it is relative to.
 */
export function localDirectory(range: string, from: string): string | null {
  const protocol = directoryProtocol.exec(range)?.[0] ?? (/^\.{1,2}\//.test(range) ? '' : null);
  if (protocol === null) return null;
  const path = range.slice(protocol.length).split(/#|::/, 1)[0]!;
  if (/\.(?:tgz|tar|tar\.gz)$/i.test(path)) return null;
  const directory = normalize(path.startsWith('/') || from === '' ? path : `${from}/${path}`).replace(
    /\/+$/,
    '',
  );
  return directory === '.' ? '' : directory;
}

/** Percent signs decoded; as written where they are none that yarn writes. */
export function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The package in whose place of a registry an address lies (`https://registry.npmjs.org/qs/-/qs-6.5.2.tgz`): it may be asked for under another name. */
export function nameInRegistry(address: string): string | null {
  const path = /^https?:\/\/[^/]+\/(.*)$/s.exec(address.slice(0, 2048))?.[1]?.split('/-/');
  if (path?.length !== 2) return null;
  const [scope = '', name = ''] = decode(path[0]!).split('/').slice(-2);
  return scope.startsWith('@') ? `${scope}/${name}` : name || scope;
}
