/** Turns the path of a file into what it is to the gate: which files are read at all, up to which size, and whose loss matters. */

/** In the order in which they are read, so that a bound on all files costs the least important ones. */
export const fileKinds = [
  'manifest',
  'lockfile',
  'source',
  'script',
  'configuration',
  'proxy',
  'key',
  'keystore',
] as const;

/**
 * `script`: a file without an ending in a `bin` directory; it is a source where its first line starts Node.js (`bin/www`, as Express'
 * generator writes it). `proxy`: it may configure a proxy, which its text tells. `key`: a PEM file. `keystore`: PKCS#12.
 */
export type FileKind = (typeof fileKinds)[number];

const mebibyte = 1024 * 1024;

/** A source over this size was not written by hand: bundles and minified files reach 20 MB and say nothing of how they came about. */
export const sourceSizeLimit = mebibyte;

/** Configuration over this size is data. */
export const configurationSizeLimit = mebibyte;

/** What people write for a proxy, a key with its chain of certificates, or a key store, has a few kilobytes. */
export const smallSizeLimit = 256 * 1024;

/** The lockfile of a large monorepo has 5 to 20 MB; what would be made of a larger one takes a gigabyte. */
export const lockfileSizeLimit = 32 * mebibyte;

export function sizeLimit(kind: FileKind): number {
  if (kind === 'lockfile') return lockfileSizeLimit;
  if (kind === 'proxy' || kind === 'key' || kind === 'keystore') return smallSizeLimit;
  return kind === 'source' || kind === 'script' ? sourceSizeLimit : configurationSizeLimit;
}

/** The lockfiles that are known, the one that wins first: npm itself prefers npm-shrinkwrap.json to package-lock.json. */
export const lockfileNames = [
  'npm-shrinkwrap.json',
  'package-lock.json',
  'pnpm-lock.yaml',
  'yarn.lock',
  'bun.lock',
  'bun.lockb',
] as const;

const sourceName = /\.(?:[cm]?js|jsx|[cm]?ts|tsx)$/i;
const declarationName = /\.d\.(?:[cm]?ts|[^/]+\.ts)$/i;
const configurationName =
  /\.(?:json|jsonc|json5|ya?ml|toml)$|^\.env|\.env$|^(?:docker|container)file|\.dockerfile$|^(?:procfile|captain-definition|web\.config)$|^\.(?:nvmrc|node-version|tool-versions|npmrc)$/i;
/** Formats that other programs use for much else; and what the package `rc` reads. */
const settingsPath =
  /(?:^|\/)(?:config|configs|configuration|conf|settings|environments?|env)\/(?:[^/]+\/){0,2}[^/]+\.(?:ini|properties|hjson|cson|coffee|xml)$|^[^/]+\.(?:ini|properties|hjson)$|(?:^|\/)\.[a-z][\w-]*rc$/i;
/** Files of nginx, Apache httpd, HAProxy and Caddy, and templates of them. Those of Traefik and Kubernetes are YAML and TOML. */
const proxyName =
  /\.(?:conf|vhost|nginx|caddy|caddyfile)(?:[.-](?:template|tmpl|tpl|erb|j2|jinja2?|prod|production|ssl))?$|^caddyfile(?:[._-][\w.-]*)?$|(?:^|[._-])nginx(?:[._-][\w.-]*)?$|^haproxy[\w.-]*\.cfg|^(?:proxy_params|\.htaccess|httpd\.conf.*|apache2\.conf.*)$/i;
const proxyPath = /(?:^|\/)sites-(?:available|enabled)\/[^/]+$|(?:^|\/)nginx\/(?:[^/]+\/)*[^/.]+$/i;
const keyName = /\.(?:pem|key|crt|cert|cer|p8|pk8)$/i;
const keystoreName = /\.(?:p12|pfx)$/i;

/** What a path (relative, with `/`) is, or null where the gate has no use for the file. */
export function fileKind(path: string): FileKind | null {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (isTooling(path)) return null;
  if (name === 'package.json') return 'manifest';
  if ((lockfileNames as readonly string[]).includes(name)) return 'lockfile';
  if (sourceName.test(name)) return declarationName.test(name) ? null : 'source';
  if (configurationName.test(name) || settingsPath.test(path)) return 'configuration';
  if (keyName.test(name)) return 'key';
  if (keystoreName.test(name)) return 'keystore';
  if (proxyName.test(name) || proxyPath.test(path)) return 'proxy';
  return /(?:^|\/)bin\/[^/.]+$/.test(path) ? 'script' : null;
}

/** Yarn's own releases and Plug'n'Play files: megabytes of code that are checked in and never the application. */
function isTooling(path: string): boolean {
  return /(?:^|\/)\.yarn\/|(?:^|\/)\.pnp\.[^/]+$/.test(path);
}

/** Directories that are never looked into: what is installed, and git's own. */
export function isNeverRead(path: string): boolean {
  return /(?:^|\/)(?:node_modules|\.[gG][iI][tT])(?:\/|$)/.test(path);
}

const clientOrGenerated =
  /(?:^|\/)(?:public|static|assets|www|wwwroot|htdocs|client|frontend|vendors?|third[-_]party|bower_components|dist|build|out|output|coverage|docs?|\.[^/]+)\//i;
const testMaterial =
  /(?:^|\/)(?:tests?|__tests__|__mocks__|specs?|e2e|fixtures?|__fixtures__|testdata|mocks?|benchmarks?)\//i;
const bundleName =
  /[.-](?:min|bundle|chunk|umd|iife|prod|production\.min)\.[cm]?js$|\.(?:test|spec)\.[cm]?[jt]sx?$/i;

/** Whether a file, by its place and name, is certainly no code that the server runs: then nobody needs to hear that it was too large. */
export function isSurelyNotServer(path: string): boolean {
  return clientOrGenerated.test(path) || testMaterial.test(path) || bundleName.test(path);
}

const proxyText =
  /^[ \t]*(?:(?:server|upstream|http|location|events)\b[^;\n]*\{|(?:proxy_pass|ssl_protocols|ssl_ciphers|proxy_set_header|add_header)\s|<VirtualHost\b|(?:SSLProtocol|SSLCipherSuite|ProxyPass|RequestHeader|SSLEngine|Header)\s|(?:frontend|backend|listen|defaults|global)\b|(?:reverse_proxy|tls|proxy)\s|[^\s{]+ \{$)/im;

/** Whether what was read by a name that others use too is the configuration of a proxy. */
export function isProxyText(text: string): boolean {
  return proxyText.test(text);
}
