/** Turns Traefik's configuration (YAML, TOML, labels of compose files) into what it does to requests: TLS and HSTS. */
import type { Location } from '../../model/location.ts';
import type { ProxyConfig, ProxyHsts, TlsSetting } from '../app-model.ts';
import { TextLines } from '../text-lines.ts';
import { tlsVersion, tlsVersions } from '../transport/tls-versions.ts';
import { type Weakness, weaknessOfSuite } from '../transport/weak-ciphers.ts';
import { replacement, suitesSetting, versionsSetting } from './tls-settings.ts';
import { yamlPairs } from './yaml-pairs.ts';

/** A setting by its dotted name, in small letters, as Traefik itself takes names. */
interface Entry {
  readonly name: string;
  readonly value: string;
  readonly location: Location;
  /** What stands in `location` with another value. */
  readonly rewritten: (value: string) => string;
}

/** Whether a file of that text may be Traefik's. */
export function mentionsTraefik(text: string): boolean {
  return /traefik|stsSeconds|certificatesResolvers|VersionTLS1/i.test(text);
}

/**
 * Reads one file; null where nothing in it is Traefik's. Traefik sets X-Forwarded-Proto itself (traefik/traefik v3,
 * pkg/middlewares/forwardedheaders/forwarded_header.go), so no pass is listed. Pure; never throws.
 */
export function readTraefik(file: string, text: string): ProxyConfig | null {
  const entries = file.toLowerCase().endsWith('.toml') ? tomlEntries(file, text) : yamlEntries(file, text);
  const own = entries.filter(({ name }) =>
    /^(?:http|tcp|tls|entrypoints|providers|certificatesresolvers|spec)\./.test(name),
  );
  if (own.length === 0) return null;
  const tlsSettings: TlsSetting[] = [];
  const hsts: ProxyHsts[] = [];
  const suites = new Map<string, { location: Location; weak: Weakness[] }>();
  let endsTls = false;
  for (const { name, value, location, rewritten } of own) {
    if (/(?:^tls\.options\.[^.]+|^spec)\.minversion$/.test(name)) {
      const version = tlsVersion(value);
      if (version !== null)
        tlsSettings.push(
          versionsSetting(
            { name: 'minVersion', location },
            tlsVersions.slice(tlsVersions.indexOf(version)),
            replacement(location, rewritten('VersionTLS12'), 'Accept TLS 1.2 and 1.3 only'),
          ),
        );
    } else if (/(?:^tls\.options\.[^.]+|^spec)\.ciphersuites\.\d+$/.test(name)) {
      const weak = weaknessOfSuite(value);
      if (weak !== null) {
        const group = suites.get(name.replace(/\.\d+$/, '')) ?? { location, weak: [] };
        group.weak.push(weak);
        suites.set(name.replace(/\.\d+$/, ''), group);
      }
    } else if (/\.(?:headers\.)?stsseconds$/.test(name)) {
      const seconds = Number(value);
      hsts.push({ maxAge: Number.isFinite(seconds) ? seconds : null, location });
    } else if (
      /\.tls(?:\.|$)|^tls\.|^certificatesresolvers\./.test(name) ||
      (/\.entrypoints(?:\.\d+)?$/.test(name) && /secure|https|443/i.test(value)) ||
      (/^entrypoints\.[^.]+\.address$/.test(name) && /:443$/.test(value))
    )
      endsTls = true;
  }
  for (const { location, weak } of suites.values())
    tlsSettings.push(suitesSetting({ name: 'cipherSuites', location }, weak));
  return { kind: 'Traefik', file, endsTls, passes: [], tlsSettings, hsts };
}

function yamlEntries(file: string, text: string): Entry[] {
  return yamlPairs(file, text).flatMap(({ path, value, location }): Entry[] => {
    // Labels: `- traefik.http.x=y` in a list, `traefik.http.x: y` in a map.
    const last = path.at(-1) ?? '';
    const plain = (other: string): string => other;
    if (/^traefik\./i.test(last))
      return [{ name: last.slice(8).toLowerCase(), value, location, rewritten: plain }];
    const label = /^traefik\.([^=\s]{1,300})=(.{0,2000})$/is.exec(value);
    if (label !== null)
      return [
        {
          name: label[1]!.toLowerCase(),
          value: label[2]!,
          location,
          rewritten: (other) => `"traefik.${label[1]}=${other}"`,
        },
      ];
    const argument =
      /^--((?:entrypoints|providers|certificatesresolvers)\.[^=\s]{1,300})(?:=(.{0,2000}))?$/is.exec(value);
    if (argument !== null)
      return [
        {
          name: argument[1]!.toLowerCase(),
          value: argument[2] ?? '',
          location,
          rewritten: (other) => `"--${argument[1]}=${other}"`,
        },
      ];
    return [{ name: path.join('.').toLowerCase(), value, location, rewritten: plain }];
  });
}

const maxLines = 5_000;

/** The pairs of a TOML file, read line by line: tables, keys with a text or number, lists of texts over several lines. */
function tomlEntries(file: string, text: string): Entry[] {
  const places = new TextLines(file, text);
  const entries: Entry[] = [];
  let table = '';
  let list: { name: string; count: number } | null = null;
  let from = 0;
  for (let count = 0; from < text.length && count < maxLines; count++) {
    let to = text.indexOf('\n', from);
    if (to === -1) to = text.length;
    const line = text.slice(from, to);
    const content = line.trim();
    const header = /^\[{1,2}([^[\]]{1,300})\]{1,2}/.exec(content);
    const pair = /^([\w.-]{1,200}|"[^"\n]{1,200}")\s*=\s*(.*)$/.exec(content);
    const add = (name: string, part: string, offset: number): void => {
      for (const match of part.matchAll(/"([^"\n]*)"|'([^'\n]*)'|[\w.:/-]+/g)) {
        const value = match[1] ?? match[2] ?? match[0];
        const at = from + offset + match.index;
        entries.push({
          name: list === null ? name : `${name}.${list.count++}`,
          value,
          location: places.location(at, at + match[0].length),
          rewritten: (other) => `"${other}"`,
        });
      }
    };
    if (content.startsWith('#')) {
      // Nothing.
    } else if (list !== null) {
      add(list.name, line, 0);
      if (content.includes(']')) list = null;
    } else if (header !== null) table = header[1]!.replace(/\s|["']/g, '').toLowerCase();
    else if (pair !== null) {
      const key = pair[1]!.replaceAll('"', '').toLowerCase();
      const name = table === '' ? key : `${table}.${key}`;
      const value = pair[2]!;
      if (value.startsWith('[')) {
        list = { name, count: 0 };
        add(name, value, line.indexOf(value));
        if (value.includes(']')) list = null;
      } else add(name, value, line.indexOf(value));
    }
    from = to + 1;
  }
  return entries;
}
