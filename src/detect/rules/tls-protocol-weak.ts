/** Reports servers, clients and proxies that accept a version of TLS below 1.2, or ciphers that are known weak. */
import type { TlsSetting } from '../app-model.ts';
import { defineRule } from '../rule-contract.ts';

/** What decides whether the option is set at all, where that is neither the request nor an error. */
const outside: ReadonlySet<string> = new Set([
  'environment',
  'argument',
  'library',
  'file',
  'module',
  'computed',
]);

export const rule = defineRule({
  id: 'tls-protocol-weak',
  title: 'Weak TLS versions or ciphers',
  section: 'Transport',
  severity: 'high',
  confidence: 'high',
  cwe: [326, 327],
  why: 'SSL 3, TLS 1.0 and TLS 1.1 are withdrawn (RFC 7568, RFC 8996), and RC4, DES, 3DES, export, NULL and unauthenticated ciphers are broken. A server that still accepts them lets whoever stands in between choose them; a client that does so can be led to them by a false server. Node.js, nginx, Apache and HAProxy of today accept none of them by default: they are only there because a setting asks for them.',
  remedy:
    'Accept TLS 1.2 and 1.3 only, and of ciphers those of Mozilla’s intermediate profile (or leave the list to the defaults of today’s OpenSSL).',
  examples: {
    language: 'js',
    bad: "https.createServer({ key, cert, minVersion: 'TLSv1' }, app).listen(443);",
    good: "https.createServer({ key, cert, minVersion: 'TLSv1.2' }, app).listen(443);",
  },
  limits:
    'Measured against the intermediate profile of Mozilla’s server side TLS guidelines 6.0 for versions; of ciphers only what is generally called broken is reported, not CBC suites, SHA-1 or RSA key exchange that the profile also leaves out. Words of OpenSSL such as `HIGH` that admit something weak only in releases long out of use are not reported. Read are options in code, flags of Node.js in production’s start, and the configurations of nginx, Apache, HAProxy, Caddy, Traefik and Kubernetes Ingress in the repository; those for tests and development are not.',
  references: [
    'https://wiki.mozilla.org/Security/Server_Side_TLS',
    'https://www.rfc-editor.org/rfc/rfc8996',
    'https://nodejs.org/api/tls.html#tlscreatesecurecontextoptions',
    'https://nginx.org/en/docs/http/ngx_http_ssl_module.html#ssl_protocols',
  ],
  level: 'program',
  check: (program, judge) => {
    const report = (setting: TlsSetting, who: string): void => {
      const { name, weak, location, certainty } = setting;
      const reason =
        setting.unknown ??
        (weak.length > 0 && certainty.kind === 'maybe' && outside.has(certainty.reason.kind)
          ? certainty.reason
          : null);
      if (reason !== null) judge.undecided({ location, reason: reason.text });
      if (reason !== null || weak.length === 0) return;
      judge.finding({
        location,
        related: setting.related,
        subject: `${name} ${weak.join(' ')}`,
        message: `In production ${who} accepts ${inList(weak)}: so says \`${name}\`.`,
        ...(setting.about === 'ciphers' && setting.side === 'proxy' ? { confidence: 'medium' as const } : {}),
        ...(setting.fix === null ? {} : { fix: setting.fix }),
      });
    };
    for (const setting of program.tlsSettings) report(setting, names[setting.side]);
    for (const { kind, tlsSettings } of program.proxies)
      for (const setting of tlsSettings) report(setting, kind);
  },
});

const names: Readonly<Record<TlsSetting['side'], string>> = {
  server: 'the TLS server',
  client: 'a TLS connection',
  process: 'every TLS connection of the process',
  proxy: 'the proxy',
};

function inList(words: readonly string[]): string {
  return words.length === 1 ? words[0]! : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}
