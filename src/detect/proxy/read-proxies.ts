/** Turns the files of a snapshot into the configurations of proxies among them. */
import { compareText } from '../../model/location.ts';
import type { SnapshotFile } from '../../model/snapshot.ts';
import type { ProxyConfig } from '../app-model.ts';
import { baseName } from '../code/resolve-module.ts';
import { readApache } from './apache.ts';
import { readCaddy } from './caddy.ts';
import { readHaproxy } from './haproxy.ts';
import { mentionsIngress, readIngress } from './ingress.ts';
import { readNginx } from './nginx.ts';
import { mentionsTraefik, readTraefik } from './traefik.ts';

/** Where nothing runs in production: tests, documentation, what is vendored, and set-ups for development. */
const elsewhere =
  /(?:^|\/)(?:__tests__|__fixtures__|__mocks__|tests?|specs?|e2e|fixtures?|testdata|cypress|docs?|documentation|node_modules|vendor|vendors|third[-_]party|examples?|samples?)\/|(?:^|\/)[^/]*[._-](?:example|sample|dist|bak|old|orig)(?:\.[^/]*)?$/i;
const forDevelopment =
  /(?:^|[/._-])(?:dev|devel|development|local|localhost|test|testing|ci)(?:[._-][^/]*)?(?:\/|$)|(?:^|\/)\.(?:github|gitlab|circleci|vscode|devcontainer)\//i;

/** Whether a configuration in this place is one of production. */
export function isOfProduction(path: string): boolean {
  return !elsewhere.test(path) && !forDevelopment.test(path);
}

const nginxContent =
  /^[ \t]*(?:server|upstream|http|location|events)\b[^;\n]*\{|^[ \t]*(?:proxy_pass|ssl_protocols|ssl_ciphers|proxy_set_header|add_header)\s/m;
const apacheContent =
  /^[ \t]*(?:<VirtualHost\b|SSLProtocol\s|SSLCipherSuite\s|ProxyPass\s|RequestHeader\s|SSLEngine\s|Header\s+always\s)/im;
const haproxyContent = /^(?:frontend|backend|listen|defaults|global)\b/m;

type Format = 'nginx' | 'apache' | 'haproxy' | 'caddy' | 'data';

/** What a file is to a proxy, by its name and by what stands in it; null where it is no proxy's. */
function formatOf({ path, text }: SnapshotFile): Format | null {
  const name = baseName(path).toLowerCase();
  if (/\.(?:ya?ml|toml)$/.test(name)) return mentionsTraefik(text) || mentionsIngress(text) ? 'data' : null;
  if (/\.(?:[cm]?[jt]sx?|json5?|jsonc|md|pem|key)$/.test(name) || name.startsWith('.env')) return null;
  if (/^caddyfile|\.caddy(?:file)?$/.test(name)) return 'caddy';
  if (/haproxy|\.cfg$/.test(name)) return haproxyContent.test(text) ? 'haproxy' : null;
  if (apacheContent.test(text)) return 'apache';
  return nginxContent.test(text) && !/^(?:docker|container)file|^procfile$|\.dockerfile$/.test(name)
    ? 'nginx'
    : null;
}

/** The proxies whose configuration stands in these files, in the order of their paths. Pure; never throws. */
export function readProxies(files: Iterable<SnapshotFile>): ProxyConfig[] {
  const found: ProxyConfig[] = [];
  const nginx = new Map<string, string>();
  for (const file of files) {
    const { path, text } = file;
    if (!isOfProduction(path)) continue;
    switch (formatOf(file)) {
      case 'nginx':
        nginx.set(path, text);
        break;
      case 'apache':
        found.push(readApache(path, text));
        break;
      case 'haproxy':
        found.push(readHaproxy(path, text));
        break;
      case 'caddy':
        found.push(readCaddy(path, text));
        break;
      case 'data':
        for (const config of [
          mentionsTraefik(text) ? readTraefik(path, text) : null,
          mentionsIngress(text) ? readIngress(path, text) : null,
        ])
          if (config !== null) found.push(config);
        break;
    }
  }
  return [...found, ...readNginx(nginx)].sort(
    (a, b) => compareText(a.file, b.file) || compareText(a.kind, b.kind),
  );
}
