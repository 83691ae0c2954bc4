/** Turns a configuration of Apache httpd into what it does to requests: TLS, the headers passed on, HSTS. */
import type { Location } from '../../model/location.ts';
import type { ProxyConfig, ProxyHsts, ProxyPass, TlsSetting } from '../app-model.ts';
import { TextLines } from '../text-lines.ts';
import { type TlsVersion, tlsVersion } from '../transport/tls-versions.ts';
import {
  cipherListSetting,
  maxAgeOf,
  newLine,
  openSetting,
  replacement,
  versionsSetting,
} from './tls-settings.ts';

interface Line {
  readonly name: string;
  readonly args: readonly string[];
  readonly location: Location;
  readonly indentation: string;
}

interface Section {
  readonly name: string;
  readonly endsTls: boolean;
  setsProto: boolean;
  /** The passes in it, judged at its end: Apache merges headers, so the order of the lines says nothing. */
  readonly passes: Line[];
  readonly outer: Section | null;
}

const maxLines = 20_000;

/** Reads one file. Pure; never throws. */
export function readApache(file: string, text: string): ProxyConfig {
  const tlsSettings: TlsSetting[] = [];
  const hsts: ProxyHsts[] = [];
  const passes: ProxyPass[] = [];
  let anyTls = false;
  const root: Section = { name: '', endsTls: false, setsProto: false, passes: [], outer: null };
  let section = root;
  const leave = (): void => {
    for (const pass of section.passes) passes.push(passOf(pass, section));
  };
  const lines = linesOf(file, text);
  lines.forEach((line, index) => {
    const { name, args, location } = line;
    if (name.startsWith('</')) {
      if (section.outer === null) return;
      leave();
      section = section.outer;
    } else if (name.startsWith('<')) {
      const isHost = /^<virtualhost$/i.test(name);
      const endsTls = isHost ? endsTlsIn(lines, index) : section.endsTls;
      if (endsTls) anyTls = true;
      section = { name, endsTls, setsProto: false, passes: [], outer: section };
    } else {
      const key = name.toLowerCase();
      if (key === 'sslprotocol') tlsSettings.push(protocols(line));
      else if (key === 'sslciphersuite') tlsSettings.push(ciphers(name, args.at(-1) ?? '', location));
      else if (key === 'proxypass' || key === 'proxypassmatch') {
        if (args.some((arg) => /^(?:https?|balancer|unix):/i.test(arg))) section.passes.push(line);
      } else if (key === 'rewriterule' && /\[[^\]]*\bP\b[^\]]*\]/.test(args.at(-1) ?? ''))
        section.passes.push(line);
      else if (key === 'requestheader' && /^(?:set|add|append|merge|setifempty)$/i.test(args[0] ?? '')) {
        if (args[1]?.toLowerCase() === 'x-forwarded-proto') section.setsProto = true;
      } else if (key === 'header') {
        const at = args.findIndex((arg) => arg.toLowerCase() === 'strict-transport-security');
        if (at > 0 && !/^unset$/i.test(args[at - 1]!))
          hsts.push({ maxAge: maxAgeOf(args[at + 1] ?? ''), location });
      }
    }
  });
  while (section.outer !== null) {
    leave();
    section = section.outer;
  }
  leave();
  return { kind: 'Apache', file, endsTls: anyTls, passes, tlsSettings, hsts };
}

/** Whether the host that begins at `index` has TLS. */
function endsTlsIn(lines: readonly Line[], index: number): boolean {
  if (lines[index]!.args.some((arg) => /:443>?$/.test(arg))) return true;
  for (let at = index + 1; at < lines.length; at++) {
    const { name, args } = lines[at]!;
    if (/^<\/virtualhost/i.test(name)) return false;
    if (/^sslengine$/i.test(name) && /^on$/i.test(args[0] ?? '')) return true;
  }
  return false;
}

function passOf(line: Line, section: Section): ProxyPass {
  let sets = false;
  for (let at: Section | null = section; at !== null; at = at.outer) sets ||= at.setsProto;
  const upstream = line.args.find((arg) => /^(?:https?|balancer|unix):/i.test(arg)) ?? line.args.at(-1) ?? '';
  const host = /^[a-z]+:\/\/([^/]+)/i.exec(upstream)?.[1] ?? '';
  return {
    upstream,
    targets: host === '' || /[$%{]/.test(host) || upstream.startsWith('balancer') ? [] : [host],
    location: line.location,
    endsTls: section.endsTls,
    forwardsProto: { kind: sets ? 'yes' : 'no' },
    related: [],
    fix: newLine(
      line.location,
      'before',
      line.indentation,
      'RequestHeader set X-Forwarded-Proto "https"',
      'Tell the application by which protocol the request came',
    ),
  };
}

/** `all` is each version that this build knows but SSL 2 and 3 (httpd 2.4, modules/ssl/ssl_private.h, SSL_PROTOCOL_ALL). */
const all: readonly TlsVersion[] = ['TLS 1.0', 'TLS 1.1', 'TLS 1.2', 'TLS 1.3'];

/** As ssl_cmd_protocol_parse (httpd 2.4, modules/ssl/ssl_engine_config.c). */
function protocols({ name, args, location }: Line): TlsSetting {
  if (args.some((arg) => /[$%{]/.test(arg)))
    return openSetting(
      { name, location },
      'versions',
      'the template is filled in by something that is not in the repository',
    );
  let admitted = new Set<TlsVersion>();
  for (const arg of args) {
    const sign = /^[+-]/.test(arg) ? arg[0] : '';
    const word = arg.replace(/^[+-]/, '');
    const one = tlsVersion(word);
    const versions = /^all$/i.test(word) ? all : one === null ? [] : [one];
    if (sign === '-') for (const version of versions) admitted.delete(version);
    else if (sign === '+') for (const version of versions) admitted.add(version);
    else admitted = new Set(versions);
  }
  return versionsSetting(
    { name, location },
    admitted,
    replacement(location, `${name} -all +TLSv1.2 +TLSv1.3`, 'Accept TLS 1.2 and 1.3 only'),
  );
}

function ciphers(name: string, list: string, location: Location): TlsSetting {
  return /[$%{]/.test(list)
    ? openSetting(
        { name, location },
        'ciphers',
        'the template is filled in by something that is not in the repository',
      )
    : cipherListSetting({ name, location }, list);
}

function linesOf(file: string, text: string): Line[] {
  const places = new TextLines(file, text);
  const lines: Line[] = [];
  let from = 0;
  while (from < text.length && lines.length < maxLines) {
    let to = text.indexOf('\n', from);
    if (to === -1) to = text.length;
    // A backslash joins the next line.
    while (text[to - 1] === '\\' && to < text.length) {
      const next = text.indexOf('\n', to + 1);
      to = next === -1 ? text.length : next;
    }
    const raw = text.slice(from, to);
    const content = raw.replaceAll(/\\\r?\n/g, ' ').trim();
    if (content !== '' && !content.startsWith('#')) {
      const begin = from + raw.search(/\S/);
      const [name = '', ...args] = words(content);
      lines.push({
        name,
        args,
        location: places.location(begin, begin + raw.trim().length),
        indentation: places.indentation(begin),
      });
    }
    from = to + 1;
  }
  return lines;
}

/** The words of a line, quotes taken off. */
function words(line: string): string[] {
  const found: string[] = [];
  let at = 0;
  while (at < line.length) {
    while (at < line.length && /\s/.test(line[at]!)) at++;
    if (at >= line.length) break;
    const quote = line[at] === '"' || line[at] === "'" ? line[at]! : null;
    let word = '';
    if (quote !== null) at++;
    while (at < line.length && (quote === null ? !/\s/.test(line[at]!) : line[at] !== quote)) {
      if (line[at] === '\\' && at + 1 < line.length) at++;
      word += line[at++];
    }
    if (quote !== null) at++;
    found.push(word);
  }
  return found;
}
