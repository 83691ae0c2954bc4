/** Turns what proxies write about TLS versions and ciphers into settings of the application model. */
import type { Fix } from '../../model/finding.ts';
import type { Location } from '../../model/location.ts';
import type { TlsSetting } from '../app-model.ts';
import { isWeakVersion, type TlsVersion, tlsVersions } from '../transport/tls-versions.ts';
import { weakInOpenSslList } from '../transport/weak-ciphers.ts';

/** Where a setting stands, and how it is called there. */
export interface Written {
  readonly name: string;
  readonly location: Location;
}

/** A setting that admits just these versions. */
export function versionsSetting(
  { name, location }: Written,
  admitted: Iterable<TlsVersion>,
  fix: Fix | null,
): TlsSetting {
  const set = new Set(admitted);
  const weak = tlsVersions.filter((version) => set.has(version) && isWeakVersion(version));
  return {
    ...setting(name, location),
    about: 'versions',
    weak,
    fix: weak.length === 0 ? null : fix,
  };
}

/** A setting that gives OpenSSL a list of ciphers. */
export function cipherListSetting({ name, location }: Written, list: string): TlsSetting {
  const weak = weakInOpenSslList(list);
  return {
    ...setting(name, location),
    about: 'ciphers',
    weak: weak ?? [],
    unknown:
      weak === null
        ? { kind: 'computed', text: `\`${name}\` is no list of ciphers that the analysis can read` }
        : null,
  };
}

/** A setting whose value something outside of the file gives. */
export function openSetting(
  { name, location }: Written,
  about: TlsSetting['about'],
  text: string,
): TlsSetting {
  return { ...setting(name, location), about, unknown: { kind: 'environment', text } };
}

/** A setting that lists suites, each by name. */
export function suitesSetting({ name, location }: Written, weak: readonly string[]): TlsSetting {
  return { ...setting(name, location), about: 'ciphers', weak: [...new Set(weak)] };
}

function setting(name: string, location: Location): Omit<TlsSetting, 'about'> {
  return {
    name,
    side: 'proxy',
    location,
    related: [],
    weak: [],
    unknown: null,
    certainty: { kind: 'always' },
    fix: null,
  };
}

/** The edit that puts `text` in the place of a stretch. */
export function replacement(location: Location, text: string, description: string): Fix {
  return {
    description,
    edits: [
      {
        file: location.file,
        start: { line: location.line, column: location.column },
        end: { line: location.endLine, column: location.endColumn },
        text,
      },
    ],
  };
}

/** The edit that puts a line of its own, as deep as `indentation`, after or before the line of a place. */
export function newLine(
  location: Location,
  where: 'before' | 'after',
  indentation: string,
  text: string,
  description: string,
): Fix {
  const at =
    where === 'before'
      ? { line: location.line, column: location.column }
      : { line: location.endLine, column: location.endColumn };
  return {
    description,
    edits: [
      {
        file: location.file,
        start: at,
        end: at,
        text: where === 'before' ? `${text}\n${indentation}` : `\n${indentation}${text}`,
      },
    ],
  };
}

/** `max-age` of a Strict-Transport-Security header, in seconds; null where it has none. */
export function maxAgeOf(header: string): number | null {
  const found = /max-age\s*=\s*"?(\d{1,12})/i.exec(header);
  return found === null ? null : Number(found[1]);
}
