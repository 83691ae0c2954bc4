/** Turns a Caddyfile into what it does to requests: TLS, the headers passed on, HSTS. */
import type { ProxyConfig, ProxyHsts, ProxyPass, TlsSetting } from '../app-model.ts';
import { TextLines } from '../text-lines.ts';
import { tlsVersion, tlsVersions } from '../transport/tls-versions.ts';
import { weaknessOfSuite } from '../transport/weak-ciphers.ts';
import { maxAgeOf, replacement, suitesSetting, versionsSetting } from './tls-settings.ts';

interface Line {
  readonly words: readonly string[];
  readonly from: number;
  readonly to: number;
  /** The lines in its braces. */
  readonly block: readonly Line[];
}

const maxLines = 10_000;
const maxDepth = 16;

/** Reads one Caddyfile. Caddy sets X-Forwarded-Proto itself (caddyserver.com/docs/caddyfile/directives/reverse_proxy#defaults). Pure; never throws. */
export function readCaddy(file: string, text: string): ProxyConfig {
  const places = new TextLines(file, text);
  const tlsSettings: TlsSetting[] = [];
  const hsts: ProxyHsts[] = [];
  const passes: ProxyPass[] = [];
  let endsTls = false;
  const read = (lines: readonly Line[], underTls: boolean): void => {
    for (const line of lines) {
      const [name = '', ...args] = line.words;
      const location = places.location(line.from, line.to);
      const key = name.toLowerCase();
      if (key === 'protocols' && args.some((arg) => tlsVersion(arg) !== null)) {
        // The lowest, then the highest that is wanted.
        const [low, high] = args.map(tlsVersion);
        const first = tlsVersions.indexOf(low ?? 'TLS 1.2');
        const last = high == null ? tlsVersions.length - 1 : tlsVersions.indexOf(high);
        tlsSettings.push(
          versionsSetting(
            { name, location },
            tlsVersions.slice(first, last + 1),
            replacement(location, 'protocols tls1.2 tls1.3', 'Accept TLS 1.2 and 1.3 only'),
          ),
        );
      } else if (key === 'ciphers')
        tlsSettings.push(
          suitesSetting(
            { name, location },
            args.flatMap((arg) => weaknessOfSuite(arg) ?? []),
          ),
        );
      else if (key === 'header' || key.replace(/^[+>?]/, '') === 'strict-transport-security') {
        const at = line.words.findIndex((word) => /^[+>?]?strict-transport-security$/i.test(word));
        if (at !== -1) hsts.push({ maxAge: maxAgeOf(line.words.slice(at).join(' ')), location });
      } else if (key === 'reverse_proxy' || key === 'proxy') {
        const upstream = args.findLast((arg) => !arg.startsWith('/') && !arg.startsWith('@')) ?? '';
        const removed = line.block.some(
          ({ words: [a, b] }) => a === 'header_up' && b?.toLowerCase() === '-x-forwarded-proto',
        );
        passes.push({
          upstream,
          targets: /[{$]/.test(upstream) ? [] : [upstream.replace(/^https?:\/\//, '')],
          location,
          endsTls: underTls,
          forwardsProto: { kind: removed ? 'no' : 'yes' },
          related: [],
          fix: null,
        });
      }
      read(line.block, underTls);
    }
  };
  for (const site of linesOf(text)) {
    // Caddy has TLS for each address that is a name and does not say `http://` or port 80.
    const addresses = site.words.map((word) => word.replace(/,$/, ''));
    const ends =
      site.block.length > 0 &&
      addresses.some((address) => !/^http:\/\/|^:(?!443$)\d+$|^:80$|^\(/.test(address) && address !== '');
    if (ends) endsTls = true;
    read(site.block.length > 0 ? site.block : [site], ends);
  }
  return { kind: 'Caddy', file, endsTls, passes, tlsSettings, hsts };
}

function linesOf(text: string): Line[] {
  const root: { block: Line[] } = { block: [] };
  const stack: { block: Line[] }[] = [root];
  let from = 0;
  for (let count = 0; from < text.length && count < maxLines; count++) {
    let to = text.indexOf('\n', from);
    if (to === -1) to = text.length;
    const raw = text.slice(from, to);
    const words: string[] = [];
    let begin = -1;
    let end = 0;
    for (const match of raw.matchAll(/"((?:\\.|[^"\\])*)"|`([^`]*)`|[^\s"`]+/g)) {
      if (match[0].startsWith('#')) break;
      if (begin === -1) begin = match.index;
      words.push(match[1] ?? match[2] ?? match[0]);
      end = match.index + match[0].length;
    }
    if (words[0] === '}') {
      if (stack.length > 1) stack.pop();
    } else if (words.length > 0) {
      const opens = words.at(-1) === '{';
      const line = {
        words: opens ? words.slice(0, -1) : words,
        from: from + begin,
        to: from + end,
        block: [] as Line[],
      };
      stack.at(-1)!.block.push(line);
      if (opens && stack.length < maxDepth) stack.push(line);
    }
    from = to + 1;
  }
  return root.block;
}
