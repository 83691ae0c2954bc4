/** Turns a configuration of HAProxy into what it does to requests: TLS, the headers passed on, HSTS. */
import type { Location } from '../../model/location.ts';
import type { ProxyConfig, ProxyHsts, ProxyPass, TlsSetting } from '../app-model.ts';
import { TextLines } from '../text-lines.ts';
import { type TlsVersion, tlsVersion, tlsVersions } from '../transport/tls-versions.ts';
import {
  cipherListSetting,
  maxAgeOf,
  newLine,
  openSetting,
  replacement,
  versionsSetting,
} from './tls-settings.ts';

interface Line {
  readonly words: readonly string[];
  readonly location: Location;
  readonly indentation: string;
  /** Where each word stands. */
  readonly places: readonly Location[];
}

interface Section {
  readonly type: string;
  readonly name: string;
  readonly lines: Line[];
}

const maxLines = 20_000;
const sectionNames =
  /^(?:global|defaults|frontend|backend|listen|peers|resolvers|userlist|mailers|cache|program|http-errors|ring|fcgi-app)$/;

/** Reads one file. Pure; never throws. */
export function readHaproxy(file: string, text: string): ProxyConfig {
  const sections = sectionsOf(file, text);
  const tlsSettings: TlsSetting[] = [];
  const hsts: ProxyHsts[] = [];
  const passes: ProxyPass[] = [];
  let endsTls = false;
  const backends = new Map(sections.filter(({ type }) => type === 'backend').map((one) => [one.name, one]));
  const isTcp = (section: Section): boolean =>
    section.lines.some(({ words: [a, b] }) => a === 'mode' && b === 'tcp');
  const tcpByDefault = sections.some((section) => section.type === 'defaults' && isTcp(section));
  for (const section of sections) {
    for (const line of section.lines) {
      tlsSettings.push(...settingsOf(line));
      const header = line.words.findIndex((word) =>
        word.toLowerCase().startsWith('strict-transport-security'),
      );
      if (header > 0 && /^(?:http-response|rspadd|http-after-response)$/.test(line.words[0]!))
        hsts.push({ maxAge: maxAgeOf(line.words.slice(header).join(' ')), location: line.location });
    }
    if (section.type !== 'frontend' && section.type !== 'listen') continue;
    const ends = section.lines.some(({ words }) => words[0] === 'bind' && words.includes('ssl'));
    if (ends) endsTls = true;
    const isHttp = section.lines.some(({ words: [a, b] }) => a === 'mode' && b === 'http');
    if (isTcp(section) || (tcpByDefault && !isHttp)) continue;
    const here = setsProto(section);
    const last = section.lines.findLast(({ words }) => words[0] === 'bind');
    for (const line of section.lines) {
      const [word, name = ''] = line.words;
      const isServer = word === 'server' && section.type === 'listen';
      if (word !== 'default_backend' && word !== 'use_backend' && !isServer) continue;
      const backend = isServer ? section : backends.get(name);
      const forwards = here || (backend !== undefined && setsProto(backend));
      const servers = (isServer ? [line] : (backend?.lines ?? []))
        .filter(({ words }) => words[0] === 'server')
        .flatMap(({ words }) => words[2] ?? []);
      passes.push({
        upstream: isServer ? (line.words[2] ?? name) : name,
        targets: servers.filter((server) => !/[$%{]/.test(server)),
        location: line.location,
        endsTls: ends,
        forwardsProto: { kind: forwards ? 'yes' : 'no' },
        related: [],
        fix:
          last === undefined
            ? null
            : newLine(
                last.location,
                'after',
                last.indentation,
                'http-request set-header X-Forwarded-Proto https if { ssl_fc }',
                'Tell the application by which protocol the request came',
              ),
      });
    }
  }
  return { kind: 'HAProxy', file, endsTls, passes, tlsSettings, hsts };
}

function setsProto({ lines }: Section): boolean {
  return lines.some(
    ({ words }) =>
      (words[0] === 'http-request' &&
        /^(?:set|add)-header$/.test(words[1] ?? '') &&
        words[2]?.toLowerCase() === 'x-forwarded-proto') ||
      (words[0] === 'reqadd' && words.slice(1).join(' ').toLowerCase().startsWith('x-forwarded-proto')) ||
      (words[0] === 'reqirep' && /x-forwarded-proto/i.test(words.join(' '))),
  );
}

/**
 * What a line says of versions and ciphers. Without a lowest version HAProxy itself takes none below TLS 1.2 (since 2.2; doc/configuration.txt,
 * "ssl-min-ver"), so only one that is written counts, or a version that is forced.
 */
function settingsOf({ words, location, places }: Line): TlsSetting[] {
  const [first] = words;
  const isBind = first === 'bind' && words.includes('ssl');
  const isDefault = first === 'ssl-default-bind-options';
  const found: TlsSetting[] = [];
  if (isBind || isDefault) {
    const off = new Set(
      words.filter((word) => word.startsWith('no-')).map((word) => tlsVersion(word.slice(3))),
    );
    words.forEach((word, index) => {
      if (word === 'ssl-min-ver') {
        const value = words[index + 1] ?? '';
        const version = tlsVersion(value);
        const place = places[index + 1] ?? location;
        if (version !== null)
          found.push(
            versionsSetting(
              { name: word, location: place },
              tlsVersions.slice(tlsVersions.indexOf(version)).filter((one) => !off.has(one)),
              replacement(place, 'TLSv1.2', 'Accept TLS 1.2 and 1.3 only'),
            ),
          );
        else if (/[$%{"]/.test(value))
          found.push(openSetting({ name: word, location: place }, 'versions', `it depends on \`${value}\``));
      }
      const forced = /^force-(sslv3|tlsv1[0123])$/.exec(word)?.[1];
      if (forced !== undefined) {
        const version: TlsVersion | null = tlsVersion(forced);
        if (version !== null)
          found.push(versionsSetting({ name: word, location: places[index] ?? location }, [version], null));
      }
    });
  }
  const list =
    first === 'ssl-default-bind-ciphers'
      ? words[1]
      : isBind
        ? words[words.indexOf('ciphers') + 1]
        : undefined;
  if (list !== undefined && (first === 'ssl-default-bind-ciphers' || words.includes('ciphers')))
    found.push(cipherListSetting({ name: first === 'bind' ? 'ciphers' : first!, location }, list));
  return found;
}

function sectionsOf(file: string, text: string): Section[] {
  const places = new TextLines(file, text);
  const sections: Section[] = [];
  let from = 0;
  for (let count = 0; from < text.length && count < maxLines; count++) {
    let to = text.indexOf('\n', from);
    if (to === -1) to = text.length;
    const words: string[] = [];
    const spots: Location[] = [];
    const raw = text.slice(from, to);
    for (const match of raw.matchAll(/"([^"\n]*)"|'([^'\n]*)'|(?:\\.|[^\s#"'\\])+|#/g)) {
      if (match[0] === '#') break;
      words.push(match[1] ?? match[2] ?? match[0].replaceAll('\\', ''));
      spots.push(places.location(from + match.index, from + match.index + match[0].length));
    }
    if (words[0] !== undefined) {
      if (sectionNames.test(words[0]) && !/^\s/.test(raw))
        sections.push({ type: words[0], name: words[1] ?? '', lines: [] });
      else {
        const start = spots[0]!;
        const end = spots.at(-1)!;
        sections.at(-1)?.lines.push({
          words,
          places: spots,
          location: { ...start, endLine: end.endLine, endColumn: end.endColumn },
          indentation: /^[ \t]*/.exec(raw)?.[0] ?? '',
        });
      }
    }
    from = to + 1;
  }
  return sections;
}
