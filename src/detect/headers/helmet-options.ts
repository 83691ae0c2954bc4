/** Facts about helmet 1 to 8 and the packages it is made of: which headers a middleware sends, given its options and version. */
import semver from 'semver';
import {
  type Answer,
  alternatives,
  ask,
  type Handler,
  isUnset,
  type Option,
  type Reason,
} from '../app-model.ts';

export type Middleware = Extract<Handler, { kind: 'middleware' }>;

/** A header that helmet sets, or removes, to protect. */
export interface Protection {
  /** In lower case. */
  readonly header: string;
  /** The header as people write it. */
  readonly title: string;
  /** helmet's options for it, by the versions that read them. */
  readonly options: readonly { readonly name: string; readonly since: string }[];
  /** The versions that send it without being asked; null where none does. */
  readonly byDefault: string | null;
  /** What it is as a middleware of its own: helmet's exports, and packages. */
  readonly exports: readonly string[];
  readonly packages: readonly string[];
  /** The folder of helmet 4.0 to 6.0 that holds it. */
  readonly folder: string;
  /** The `policy` that says what browsers do without the header. */
  readonly emptyPolicy?: string;
}

/**
 * helmet's own sources, read from the packages: 1.0.0 and 1.3.0 `config.json` and `index.js`, 2.0.0 and 2.3.0 `config.json` and `index.js`,
 * 3.0.0, 3.9.0, 3.10.0, 3.13.0 `index.js`, 3.23.3, 4.0.0, 4.1.0, 4.4.0, 4.5.0, 4.6.0 `dist/index.js`, 5.0.0 `dist/index.cjs`,
 * 5.1.1 and 6.0.0 `dist/cjs/index.js`, 6.1.5, 6.2.0, 7.0.0, 7.1.0, 7.2.0, 8.0.0, 8.1.0, 8.3.0 `index.cjs` (`getMiddlewareFunctionsFromOptions`).
 * helmet 1 takes no options at all; the names of the headers are option names since 6.2.0.
 */
export const protections: readonly Protection[] = [
  {
    header: 'content-security-policy',
    title: 'Content-Security-Policy',
    options: [{ name: 'contentSecurityPolicy', since: '2.0.0' }],
    byDefault: '>=4.0.0',
    exports: ['contentSecurityPolicy', 'csp'],
    packages: ['helmet-csp'],
    folder: 'content-security-policy',
  },
  {
    header: 'strict-transport-security',
    title: 'Strict-Transport-Security',
    options: [
      { name: 'strictTransportSecurity', since: '6.2.0' },
      { name: 'hsts', since: '2.0.0' },
    ],
    byDefault: '*',
    exports: ['strictTransportSecurity', 'hsts'],
    packages: ['hsts'],
    folder: 'strict-transport-security',
  },
  {
    header: 'x-frame-options',
    title: 'X-Frame-Options',
    options: [
      { name: 'xFrameOptions', since: '6.2.0' },
      { name: 'frameguard', since: '2.0.0' },
    ],
    byDefault: '*',
    exports: ['xFrameOptions', 'frameguard', 'frameGuard', 'xframe', 'xFrame'],
    packages: ['frameguard'],
    folder: 'x-frame-options',
  },
  {
    header: 'x-content-type-options',
    title: 'X-Content-Type-Options',
    options: [
      { name: 'xContentTypeOptions', since: '6.2.0' },
      { name: 'noSniff', since: '2.0.0' },
    ],
    byDefault: '*',
    exports: ['xContentTypeOptions', 'noSniff', 'nosniff', 'dont-sniff-mimetype'],
    packages: ['dont-sniff-mimetype'],
    folder: 'x-content-type-options',
  },
  {
    header: 'referrer-policy',
    title: 'Referrer-Policy',
    options: [{ name: 'referrerPolicy', since: '2.2.0' }],
    byDefault: '>=4.0.0',
    exports: ['referrerPolicy'],
    packages: ['referrer-policy'],
    folder: 'referrer-policy',
  },
  {
    header: 'cross-origin-opener-policy',
    title: 'Cross-Origin-Opener-Policy',
    options: [{ name: 'crossOriginOpenerPolicy', since: '4.5.0' }],
    byDefault: '>=5.0.0',
    exports: ['crossOriginOpenerPolicy'],
    packages: [],
    folder: 'cross-origin-opener-policy',
    emptyPolicy: 'unsafe-none',
  },
  {
    header: 'cross-origin-resource-policy',
    title: 'Cross-Origin-Resource-Policy',
    options: [{ name: 'crossOriginResourcePolicy', since: '4.5.0' }],
    byDefault: '>=5.0.0',
    exports: ['crossOriginResourcePolicy'],
    packages: [],
    folder: 'cross-origin-resource-policy',
  },
  {
    header: 'cross-origin-embedder-policy',
    title: 'Cross-Origin-Embedder-Policy',
    options: [{ name: 'crossOriginEmbedderPolicy', since: '4.5.0' }],
    byDefault: '>=5.0.0 <7.0.0',
    exports: ['crossOriginEmbedderPolicy'],
    packages: [],
    folder: 'cross-origin-embedder-policy',
    emptyPolicy: 'unsafe-none',
  },
  {
    header: 'origin-agent-cluster',
    title: 'Origin-Agent-Cluster',
    options: [{ name: 'originAgentCluster', since: '4.4.0' }],
    byDefault: '>=5.0.0',
    exports: ['originAgentCluster'],
    packages: [],
    folder: 'origin-agent-cluster',
  },
  {
    header: 'x-dns-prefetch-control',
    title: 'X-DNS-Prefetch-Control',
    options: [
      { name: 'xDnsPrefetchControl', since: '6.2.0' },
      { name: 'dnsPrefetchControl', since: '2.0.0' },
    ],
    byDefault: '>=2.0.0',
    exports: ['xDnsPrefetchControl', 'dnsPrefetchControl'],
    packages: ['dns-prefetch-control'],
    folder: 'x-dns-prefetch-control',
  },
  {
    header: 'x-download-options',
    title: 'X-Download-Options',
    options: [
      { name: 'xDownloadOptions', since: '6.2.0' },
      { name: 'ieNoOpen', since: '2.0.0' },
    ],
    byDefault: '*',
    exports: ['xDownloadOptions', 'ieNoOpen', 'ienoopen', 'IENoOpen'],
    packages: ['ienoopen'],
    folder: 'x-download-options',
  },
  {
    header: 'x-permitted-cross-domain-policies',
    title: 'X-Permitted-Cross-Domain-Policies',
    options: [
      { name: 'xPermittedCrossDomainPolicies', since: '6.2.0' },
      { name: 'permittedCrossDomainPolicies', since: '3.13.0' },
    ],
    byDefault: '>=4.0.0',
    exports: ['xPermittedCrossDomainPolicies', 'permittedCrossDomainPolicies'],
    packages: ['helmet-crossdomain'],
    folder: 'x-permitted-cross-domain-policies',
  },
  {
    header: 'x-xss-protection',
    title: 'X-XSS-Protection',
    options: [
      { name: 'xXssProtection', since: '6.2.0' },
      { name: 'xssFilter', since: '2.0.0' },
    ],
    byDefault: '*',
    exports: ['xXssProtection', 'xssFilter', 'xssfilter', 'xXSSProtection', 'x-xss-protection'],
    packages: ['x-xss-protection'],
    folder: 'x-xss-protection',
  },
  // Expect-CT, which helmet 4 and 5 send by default, is `max-age=0` there: it protects nothing, and no browser heeds it any more.
];

/** Removed rather than set, by the options of the same shape. */
export const poweredBy: Protection = {
  header: 'x-powered-by',
  title: 'X-Powered-By',
  options: [
    { name: 'xPoweredBy', since: '6.2.0' },
    { name: 'hidePoweredBy', since: '2.0.0' },
  ],
  byDefault: '*',
  exports: ['xPoweredBy', 'hidePoweredBy', 'hideXPoweredBy', 'hide-powered-by'],
  packages: ['hide-powered-by'],
  folder: 'x-powered-by',
};

export function protection(header: string): Protection | undefined {
  return header === poweredBy.header ? poweredBy : protections.find((one) => one.header === header);
}

/** The first release of each stretch of versions that behave alike, for what the rules ask. */
const turns: Readonly<Record<string, readonly string[]>> = {
  helmet: [
    '1.0.0',
    '2.0.0',
    '2.2.0',
    '3.0.0',
    '3.13.0',
    '4.0.0',
    '4.4.0',
    '4.5.0',
    '4.6.0',
    '5.0.0',
    '6.0.0',
    '6.2.0',
    '7.0.0',
    '8.0.0',
  ],
  // 1.x and 2.x are helmet 1 to 3's, 3.x is helmet 4's, 4.x is helmet 7's.
  'helmet-csp': ['1.0.0', '2.0.0', '3.0.0', '3.4.0', '4.0.0'],
  hsts: ['1.0.0', '2.0.0'],
};

/**
 * The versions that it may be: the resolved one; else of each stretch of equal versions that the declared range admits the first;
 * of all where nothing readable is declared.
 */
export function versionsOf({ package: name, version, declared }: Middleware): readonly string[] {
  if (version !== null && semver.valid(version, { loose: true }) !== null) return [version];
  const starts = turns[name] ?? [];
  if (declared === null || declared.length > 256) return starts;
  const range = semver.validRange(declared, { loose: true });
  if (range === null) return starts;
  const admitted = starts.filter((start, index) => {
    const next = starts[index + 1];
    return semver.intersects(range, next === undefined ? `>=${start}` : `>=${start} <${next}-0`);
  });
  return admitted.length === 0 ? starts : admitted;
}

const versionUnknown = (name: string): Reason => ({
  kind: 'file',
  text: `versions of \`${name}\` differ in it, and no lockfile says which is installed`,
});

/** Puts a question to each version that it may be; unknown where they differ. */
export function byVersion(middleware: Middleware, test: (version: string) => Answer): Answer {
  let found: Answer | null = null;
  for (const version of versionsOf(middleware)) {
    const answer = test(version);
    if (answer.kind === 'unknown') return answer;
    if (found !== null && found.kind !== answer.kind)
      return { kind: 'unknown', reason: versionUnknown(middleware.package) };
    found = answer;
  }
  return found ?? { kind: 'no' };
}

export function isVersion(version: string, range: string): boolean {
  return semver.satisfies(version, range, { loose: true, includePrerelease: true });
}

const wholeExports: ReadonlySet<string> = new Set(['', 'default', 'helmet', 'index', 'dist', 'dist.index']);

export type HelmetCall = Middleware & { readonly package: 'helmet' };

/** helmet as a whole. */
export function isHelmet(handler: Handler): handler is HelmetCall {
  return handler.kind === 'middleware' && handler.package === 'helmet' && wholeExports.has(handler.export);
}

/** The protection that a middleware is by itself: `helmet.hsts()`, `require('hsts')()`, `require('helmet/dist/middlewares/…')()`. */
export function singleProtection(handler: Handler): Protection | null {
  if (handler.kind !== 'middleware') return null;
  const all = [...protections, poweredBy];
  if (handler.package !== 'helmet') {
    if (handler.export !== '' && handler.export !== 'default') return null;
    return all.find(({ packages }) => packages.includes(handler.package)) ?? null;
  }
  const [dist, middlewares, folder, ...rest] = handler.export.split('.');
  if (dist === 'dist' && middlewares === 'middlewares' && rest.every((part) => part === 'index'))
    return all.find((one) => one.folder === folder) ?? null;
  return all.find(({ exports }) => exports.includes(handler.export)) ?? null;
}

/** What helmet's options say of one protection. */
export interface ProtectionState {
  /** Whether the header is sent; no where an option says so. */
  readonly sent: Answer;
  /** The option that decides, where one is written. */
  readonly option: Option | null;
  /** Its name. */
  readonly name: string | null;
}

const bySettings: ProtectionState = { sent: { kind: 'yes' }, option: null, name: null };

/** What a call of helmet says of a protection, for versions that send it by default; null where it is not sent by default. */
export function defaultProtection(helmet: Middleware, of: Protection): ProtectionState | null {
  const states = versionsOf(helmet).map((version) => stateIn(version, helmet, of));
  const decided = states.filter((state) => state !== null);
  const [first] = decided;
  if (first === undefined) return null;
  // One version that is safe, or does not send it by default, and one that is not.
  const worst =
    decided.find(({ sent }) => sent.kind === 'no') ??
    decided.find(({ sent }) => sent.kind === 'unknown') ??
    first;
  if (worst.sent.kind !== 'no' || states.every((state) => state?.sent.kind === 'no')) return worst;
  return { ...worst, sent: { kind: 'unknown', reason: versionUnknown('helmet') } };
}

function stateIn(version: string, helmet: Middleware, of: Protection): ProtectionState | null {
  if (of.byDefault === null || !isVersion(version, of.byDefault)) return null;
  return written(version, helmet, of) ?? bySettings;
}

/** What the options of a call say of a protection in one version; null where they do not speak of it. */
function written(version: string, helmet: Middleware, of: Protection): ProtectionState | null {
  const argument = helmet.args[0];
  if (argument === undefined || isVersion(version, '<2.0.0')) return null;
  const names = of.options.filter(({ since }) => isVersion(version, `>=${since}`));
  const states = alternatives(argument.value).map((value): ProtectionState | null => {
    if (value.kind === 'unknown') return { sent: value, option: argument, name: null };
    if (value.kind === 'instance')
      return { sent: { kind: 'unknown', reason: from(value.package) }, option: argument, name: null };
    if (value.kind !== 'object') return null;
    const found = names.filter(({ name }) => value.fields.has(name));
    // Both names at once: helmet throws, and nothing starts.
    if (found.length > 1) return null;
    const [first] = found;
    if (first === undefined)
      return value.open === null
        ? null
        : { sent: { kind: 'unknown', reason: value.open }, option: argument, name: null };
    return fieldState(version, value.fields.get(first.name)!, first.name, of);
  });
  if (states.every((state) => state === null)) return null;
  const [only] = states;
  if (states.length === 1) return only!;
  const spoken = states.find((state) => state !== null && state.sent.kind !== 'yes');
  if (spoken === undefined) return states.find((state) => state !== null)!;
  if (
    spoken === null ||
    argument.value.kind !== 'oneOf' ||
    states.every((state) => state?.sent.kind === 'no')
  )
    return spoken ?? null;
  return { ...spoken, sent: { kind: 'unknown', reason: argument.value.reason } };
}

function fieldState(version: string, option: Option, name: string, of: Protection): ProtectionState {
  const off = ask(option.value, (value) => value.kind === 'known' && value.value === false);
  if (off.kind !== 'no') return { sent: off.kind === 'yes' ? { kind: 'no' } : off, option, name };
  for (const value of alternatives(option.value)) {
    if (value.kind !== 'object') continue;
    const inner =
      of.header === 'content-security-policy'
        ? value.fields.get('reportOnly')
        : of.emptyPolicy !== undefined &&
            isVersion(version, of.header === 'cross-origin-embedder-policy' ? '>=6.0.1' : '*')
          ? value.fields.get('policy')
          : undefined;
    if (inner === undefined) continue;
    const empty = ask(inner.value, (one) =>
      of.emptyPolicy === undefined ? isTruthy(one) : one.kind === 'known' && one.value === of.emptyPolicy,
    );
    const innerName = `${name}.${of.emptyPolicy === undefined ? 'reportOnly' : 'policy'}`;
    if (empty.kind === 'no') continue;
    const sure = empty.kind === 'yes' && option.value.kind !== 'oneOf';
    return {
      sent: sure
        ? { kind: 'no' }
        : {
            kind: 'unknown',
            reason:
              empty.kind === 'unknown'
                ? empty.reason
                : option.value.kind === 'oneOf'
                  ? option.value.reason
                  : from('helmet'),
          },
      option: inner,
      name: innerName,
    };
  }
  return { sent: { kind: 'yes' }, option, name };
}

function isTruthy(value: Option['value']): boolean {
  return value.kind === 'known' ? Boolean(value.value) : value.kind !== 'absent';
}

function from(packageName: string): Reason {
  return { kind: 'library', text: `it comes from the package \`${packageName}\`` };
}

/** Whether a call of helmet as a whole sends the header of a protection, by default or because its options ask for it. */
export function helmetSends(helmet: Middleware, of: Protection): Answer {
  return byVersion(helmet, (version) => {
    const state = written(version, helmet, of);
    const byDefault = of.byDefault !== null && isVersion(version, of.byDefault);
    if (state !== null && state.option !== null && state.name !== null && !isUnset(state.option.value))
      return state.sent;
    if (state !== null && state.sent.kind === 'unknown') return byDefault ? { kind: 'yes' } : state.sent;
    return { kind: byDefault ? 'yes' : 'no' };
  });
}
