/** Holds what the gate says of helmet 1 to 8, helmet-csp, hsts and lusca to the headers that they really send. */
import assert from 'node:assert/strict';
import type { IncomingHttpHeaders } from 'node:http';
import { after, before, describe, it } from 'node:test';
import fc from 'fast-check';
import { type Any, HeaderServer, installed } from './header-server.ts';
import { findingsIn } from './judged-program.ts';

/** A function among the sources of a policy: what it gives for each request. */
class PerRequest {
  readonly gives: string;
  constructor(gives: string) {
    this.gives = gives;
  }
}

type Data =
  | string
  | number
  | boolean
  | null
  | undefined
  | PerRequest
  | readonly Data[]
  | { readonly [key: string]: Data };

function written(data: Data): string {
  if (data instanceof PerRequest) return `() => ${JSON.stringify(data.gives)}`;
  if (Array.isArray(data)) return `[${data.map(written).join(', ')}]`;
  if (typeof data === 'object' && data !== null)
    return `{ ${Object.entries(data)
      .map(([key, value]) => `${JSON.stringify(key)}: ${written(value)}`)
      .join(', ')} }`;
  return data === undefined ? 'undefined' : JSON.stringify(data);
}

function made(data: Data): Any {
  if (data instanceof PerRequest) return () => data.gives;
  if (Array.isArray(data)) return data.map(made);
  if (typeof data === 'object' && data !== null)
    return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, made(value)]));
  return data;
}

const sources = fc.constantFrom<Data>(
  "'self'",
  "'none'",
  "'unsafe-inline'",
  "'unsafe-eval'",
  "'strict-dynamic'",
  "'nonce-abc'",
  "'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='",
  "'wasm-unsafe-eval'",
  '*',
  'data:',
  'https:',
  'cdn.example.com',
  "'self' 'unsafe-inline'",
  new PerRequest("'nonce-def'"),
);
const sourceList: fc.Arbitrary<Data> = fc.oneof(
  { arbitrary: fc.array(sources, { minLength: 1, maxLength: 3 }), weight: 4 },
  { arbitrary: sources.filter((source) => typeof source === 'string'), weight: 1 },
);

/** An object of some of these, each under a name that is chosen anew. */
function some(entries: Record<string, fc.Arbitrary<Data>>): fc.Arbitrary<{ [key: string]: Data }> {
  return fc.record(entries as Record<string, fc.Arbitrary<Data>>, { requiredKeys: [] }) as fc.Arbitrary<{
    [key: string]: Data;
  }>;
}

const directives = fc
  .tuple(
    some({ defaultSrc: sourceList, scriptSrc: fc.oneof(sourceList, fc.constant(null)), imgSrc: sourceList }),
    some({
      'script-src-elem': sourceList,
      scriptSrcAttr: fc.oneof(sourceList, fc.constant(null)),
      styleSrc: sourceList,
    }),
    fc.boolean(),
  )
  .map(([main, further, withFurther]): { [key: string]: Data } =>
    withFurther ? { ...main, ...further } : main,
  );

const policy = fc
  .tuple(directives, some({ useDefaults: fc.boolean(), reportOnly: fc.boolean() }), fc.boolean())
  .map(([all, settings, loose]): { [key: string]: Data } => ({
    // helmet 3 has no defaults, and refuses a lot unless it is told not to.
    directives: loose ? { ...all, defaultSrc: all.defaultSrc ?? ["'self'"] } : all,
    ...(loose ? { loose: true, browserSniff: false } : {}),
    ...settings,
  }));

const ages = fc.constantFrom(
  0,
  100,
  86_400,
  15_551_999,
  15_552_000,
  31_536_000,
  15_551_999_000,
  31_536_000_000,
);
const hsts = some({
  maxAge: fc.oneof(ages, fc.constant(undefined)),
  includeSubDomains: fc.boolean(),
  preload: fc.boolean(),
});

const onOff: fc.Arbitrary<Data> = fc.oneof(
  { arbitrary: fc.constant(false), weight: 3 },
  { arbitrary: fc.constant(undefined), weight: 1 },
  { arbitrary: fc.constant(true), weight: 1 },
  { arbitrary: fc.constant({}), weight: 1 },
);
const or = (further: fc.Arbitrary<Data>): fc.Arbitrary<Data> => fc.oneof(onOff, further);

const options: Record<string, fc.Arbitrary<Data>> = {
  contentSecurityPolicy: fc.oneof({ arbitrary: onOff, weight: 1 }, { arbitrary: policy, weight: 3 }),
  strictTransportSecurity: or(hsts),
  hsts: or(hsts),
  xFrameOptions: or(fc.constant({ action: 'deny' })),
  frameguard: or(fc.constant({ action: 'sameorigin' })),
  xContentTypeOptions: onOff,
  noSniff: onOff,
  referrerPolicy: or(fc.constant({ policy: 'same-origin' })),
  crossOriginOpenerPolicy: or(
    fc.constantFrom({ policy: 'unsafe-none' }, { policy: 'same-origin-allow-popups' }),
  ),
  crossOriginResourcePolicy: or(fc.constant({ policy: 'cross-origin' })),
  crossOriginEmbedderPolicy: or(fc.constantFrom({ policy: 'unsafe-none' }, { policy: 'credentialless' })),
  originAgentCluster: onOff,
  xDnsPrefetchControl: or(fc.constant({ allow: true })),
  dnsPrefetchControl: or(fc.constant({ allow: true })),
  xDownloadOptions: onOff,
  ieNoOpen: onOff,
  xPermittedCrossDomainPolicies: onOff,
  permittedCrossDomainPolicies: onOff,
  xPoweredBy: onOff,
  hidePoweredBy: onOff,
  xXssProtection: onOff,
  xssFilter: onOff,
  expectCt: onOff,
};

const chosenOptions = fc
  .uniqueArray(fc.constantFrom(...Object.keys(options)), { minLength: 0, maxLength: 5 })
  .chain((names) => some(Object.fromEntries(names.map((name) => [name, options[name]!]))));

interface Trial {
  readonly packageName: string;
  readonly version: string;
  /** The name under which that version is installed here. */
  readonly alias: string;
  /** What is called of it, such as `.hsts`. */
  readonly member: string;
  readonly options: Data;
}

const helmets: readonly (readonly [string, string])[] = [
  ['helmet1', '1.3.0'],
  ['helmet2', '2.3.0'],
  ['helmet3', '3.23.3'],
  ['helmet4', '4.6.0'],
  ['helmet5', '5.1.1'],
  ['helmet6', '6.2.0'],
  ['helmet7', '7.2.0'],
  ['helmet', '8.3.0'],
];

const whole: fc.Arbitrary<Trial> = fc
  .tuple(
    fc.constantFrom(...helmets),
    fc.oneof(
      { arbitrary: chosenOptions, weight: 3 },
      {
        arbitrary: policy.map((chosen): { [key: string]: Data } => ({ contentSecurityPolicy: chosen })),
        weight: 2,
      },
    ),
  )
  .map(([[alias, version], chosen]) => ({
    packageName: 'helmet',
    alias,
    version,
    member: '',
    options: chosen,
  }));

const single: fc.Arbitrary<Trial> = fc.oneof(
  fc
    .tuple(
      fc.constantFrom(...helmets),
      fc.oneof(fc.tuple(fc.constant('.hsts'), hsts), fc.tuple(fc.constant('.contentSecurityPolicy'), policy)),
    )
    .map(([[alias, version], [member, chosen]]) => ({
      packageName: 'helmet',
      alias,
      version,
      member,
      options: chosen as Data,
    })),
  hsts.map((chosen) => ({
    packageName: 'hsts',
    alias: 'hsts',
    version: '2.2.0',
    member: '',
    options: chosen,
  })),
  policy.map((chosen) => ({
    packageName: 'helmet-csp',
    alias: 'helmet-csp',
    version: '4.1.0',
    member: '',
    options: chosen,
  })),
  some({
    hsts,
    xframe: fc.constant('SAMEORIGIN'),
    nosniff: fc.boolean(),
    csp: fc
      .tuple(
        fc.record({ 'default-src': fc.constantFrom("'self'", "'self' data:", '*') }),
        some({ 'script-src': fc.constantFrom("'self'", "'unsafe-inline' 'self'", "'unsafe-eval'") }),
        some({ reportOnly: fc.boolean() }),
      )
      .map(([first, second, settings]): Data => ({ policy: { ...first, ...second }, ...settings })),
  }).map((chosen) => ({
    packageName: 'lusca',
    alias: 'lusca',
    version: '1.7.0',
    member: '',
    options: chosen,
  })),
);

const titles: Readonly<Record<string, string>> = {
  'content-security-policy': 'Content-Security-Policy',
  'x-frame-options': 'X-Frame-Options',
  'x-content-type-options': 'X-Content-Type-Options',
  'referrer-policy': 'Referrer-Policy',
  'cross-origin-opener-policy': 'Cross-Origin-Opener-Policy',
  'cross-origin-resource-policy': 'Cross-Origin-Resource-Policy',
  'cross-origin-embedder-policy': 'Cross-Origin-Embedder-Policy',
  'origin-agent-cluster': 'Origin-Agent-Cluster',
  'x-dns-prefetch-control': 'X-DNS-Prefetch-Control',
  'x-download-options': 'X-Download-Options',
  'x-permitted-cross-domain-policies': 'X-Permitted-Cross-Domain-Policies',
  'x-xss-protection': 'X-XSS-Protection',
};

/** What a browser reads in a policy: the unsafe sources of scripts. */
function unsafeScripts(header: string | undefined): string[] {
  if (header === undefined) return [];
  const lists = new Map<string, string[]>();
  for (const part of header.toLowerCase().split(';')) {
    const [name, ...list] = part.trim().split(/\s+/);
    if (name !== undefined && name !== '' && !lists.has(name)) lists.set(name, list);
  }
  const scripts = lists.get('script-src') ?? lists.get('default-src');
  if (scripts === undefined) return [];
  const hasMark = scripts.some((source) => /^'(?:nonce|sha\d+)-/.test(source));
  const isStrict = scripts.includes("'strict-dynamic'");
  const ruled = (name: string): boolean => lists.has(name);
  return scripts
    .filter((source) =>
      source === "'unsafe-inline'"
        ? !hasMark && !isStrict && !(ruled('script-src-elem') && ruled('script-src-attr'))
        : source === "'unsafe-eval'" ||
          ((source === '*' || source === 'data:') && !isStrict && !ruled('script-src-elem')),
    )
    .filter((source, index, all) => all.indexOf(source) === index)
    .sort();
}

/** What the rules must say of these headers; `byDefault`: what a call without options sends. */
function expected(headers: IncomingHttpHeaders, byDefault: IncomingHttpHeaders | null): string[] {
  const said: string[] = [];
  for (const [name, title] of Object.entries(titles)) {
    if (byDefault?.[name] === undefined) continue;
    if (headers[name] === undefined || headers[name] === 'unsafe-none')
      said.push(`helmet-protection-disabled ${title}`);
  }
  const age = /max-age=(\d+)/.exec(headers['strict-transport-security'] ?? '')?.[1];
  if (age === undefined ? byDefault !== null : Number(age) < 180 * 24 * 60 * 60) said.push('hsts-disabled');
  const scripts = unsafeScripts(headers['content-security-policy']?.toString());
  if (scripts.length > 0) said.push(`csp-unsafe ${scripts.join(' ')}`);
  if (headers['x-powered-by'] !== undefined) said.push('x-powered-by-enabled');
  return said.sort();
}

function told({ ruleId, message }: { readonly ruleId: string; readonly message: string }): string[] {
  if (ruleId === 'helmet-missing') return [];
  if (ruleId === 'helmet-protection-disabled')
    return [`${ruleId} ${/from (?:sending|enforcing) ([\w-]+):/.exec(message)?.[1]}`];
  if (ruleId === 'csp-unsafe') {
    const listed = [...message.matchAll(/`([^`]+)`/g)].map((match) => match[1]!);
    return [`${ruleId} ${listed.sort().join(' ')}`];
  }
  return [ruleId];
}

describe('the headers that are really sent', () => {
  const server = new HeaderServer();
  const { warn } = console;
  let run = 0;
  let refused = 0;
  before(async () => {
    // helmet warns of options that it does not take.
    console.warn = () => undefined;
    process.env.NO_DEPRECATION = 'helmet,hsts,helmet-csp,x-xss-protection';
    await server.start();
  });
  after(() => {
    console.warn = warn;
    server.stop();
  });

  function application(middleware: Any): Any {
    const express = installed('express');
    const app = express();
    app.set('trust proxy', true);
    app.use(middleware);
    app.get('/', (_request: Any, response: Any) => response.send('hello'));
    return app;
  }

  async function check({ packageName, alias, version, member, options: chosen }: Trial): Promise<void> {
    const call = member === '' ? installed(alias) : installed(alias)[member.slice(1)];
    let middleware: Any;
    try {
      middleware = call(made(chosen));
    } catch {
      // What it throws for never starts.
      refused++;
      return;
    }
    run++;
    const headers = await server.headers(application(middleware));
    const isWhole = packageName === 'helmet' && member === '';
    const byDefault = isWhole ? await server.headers(application(call())) : null;
    const text = `const express = require('express');\nconst library = require('${packageName}');\nconst app = express();\napp.set('trust proxy', true);\napp.use(library${member}(${written(chosen)}));\napp.get('/', (req, res) => res.send('hello'));\napp.listen(3000);\n`;
    const findings = await findingsIn(text, { [packageName]: version });
    const what = `${packageName} ${version}\n${text}\n${JSON.stringify(headers, null, 1)}`;
    assert.deepEqual([...new Set(findings.flatMap(told))].sort(), expected(headers, byDefault), what);
  }

  it('agree with the findings on helmet as a whole, in each major version', async () => {
    for (const [alias, version] of helmets)
      await check({ packageName: 'helmet', alias, version, member: '', options: {} });
    await fc.assert(fc.asyncProperty(whole, check), { numRuns: 250, seed: 20261124 });
    assert.ok(run > refused, `${run} run, ${refused} refused`);
  });

  it('agree with the findings on single middlewares', async () => {
    await fc.assert(fc.asyncProperty(single, check), { numRuns: 150, seed: 20261124 });
  });
});
