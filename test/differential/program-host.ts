/** A process that starts one generated program after another in production, asks each over HTTP, and tells what it sent. */
import { readFileSync } from 'node:fs';
import http from 'node:http';
import Module, { createRequire } from 'node:module';
import type net from 'node:net';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type {
  Answer,
  Cookie,
  Observation,
  Order,
  Probe,
  SeenApp,
  SeenHelmet,
  SeenSession,
  SeenWrite,
} from './observation.ts';
import {
  type Any,
  type AppRecord,
  beginProgram,
  type HelmetRecord,
  helmetDefaults,
  noteHeadersOf,
  type SessionRecord,
  takeWay,
  type Way,
} from './recorded-calls.ts';

const require = createRequire(import.meta.url);

const probes: readonly Probe[] = ['plain', 'forwarded', 'tls'];

const protections = [
  'content-security-policy',
  'strict-transport-security',
  'x-frame-options',
  'x-content-type-options',
  'referrer-policy',
  'cross-origin-opener-policy',
  'cross-origin-resource-policy',
];

/** What one request was answered with. */
interface Reply extends Way {
  readonly path: string;
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly probe: Probe;
}

const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });

let requestCount = 0;

function ask(port: number, path: string, probe: Probe): Promise<Reply> {
  const id = String(++requestCount);
  const headers: Record<string, string> = { 'x-request': id, 'x-probe': probe };
  if (probe === 'forwarded') headers['x-forwarded-proto'] = 'https';
  return new Promise((resolve, reject) => {
    const request = http.get(
      { host: '127.0.0.1', port, path, headers, agent, timeout: 3_000 },
      (response) => {
        response.resume();
        response.on('end', () => {
          const { headers, statusCode: status = 0 } = response;
          resolve({ path, probe, status, headers, ...takeWay(id) });
        });
        response.on('error', reject);
      },
    );
    request.on('timeout', () => request.destroy(new Error(`no answer to ${path}`)));
    request.on('error', reject);
  });
}

async function askAll(server: net.Server, paths: readonly string[]): Promise<Reply[]> {
  if (!server.listening) await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as net.AddressInfo;
  const replies: Reply[] = [];
  for (const path of paths) for (const probe of probes) replies.push(await ask(port, path, probe));
  return replies;
}

const realNow = Date.now;

/** The clock some hours on. */
class LaterDate extends Date {
  constructor(...args: [] | [number]) {
    if (args.length === 0) super(LaterDate.now());
    else super(...args);
  }
  static override now(): number {
    return realNow() + 7_200_000;
  }
  static override [Symbol.hasInstance](value: unknown): boolean {
    return Object.prototype.toString.call(value) === '[object Date]';
  }
}

/** The same requests over TLS again, as they would be answered some hours later. */
async function askLater(server: net.Server, replies: readonly Reply[]): Promise<Reply[]> {
  const { port } = server.address() as net.AddressInfo;
  const RealDate = Date;
  globalThis.Date = LaterDate as DateConstructor;
  try {
    const later: Reply[] = [];
    for (const { path, probe, status, headers } of replies)
      if (probe === 'tls' && status === 200 && headers['set-cookie'] !== undefined)
        later.push(await ask(port, path, 'tls'));
    return later;
  } finally {
    globalThis.Date = RealDate;
  }
}

function readCookie(text: string): Cookie {
  const [pair = '', ...rest] = text.split(/;\s*/);
  const attributes = new Map(
    rest.map((each): [string, string] => {
      const at = each.indexOf('=');
      return at < 0 ? [each.toLowerCase(), ''] : [each.slice(0, at).toLowerCase(), each.slice(at + 1)];
    }),
  );
  return {
    name: pair.slice(0, pair.indexOf('=')),
    secure: attributes.has('secure'),
    httpOnly: attributes.has('httponly'),
    sameSite: attributes.get('samesite')?.toLowerCase() ?? null,
    path: attributes.get('path') ?? null,
    expires: attributes.has('expires') || attributes.has('max-age'),
    expiresAt: attributes.get('expires') ?? null,
  };
}

/** The session's cookie that such requests were answered with; where several apps answer, of which some only see HTTPS, one without Secure. */
function firstCookie(record: SessionRecord, replies: readonly Reply[], probe: Probe): Cookie | null {
  const cookies = replies.flatMap((reply) => {
    if (reply.ranSessions[0] !== record || reply.status !== 200 || reply.probe !== probe) return [];
    const text = reply.headers['set-cookie']?.find((each) => !isOther(each));
    return text === undefined ? [] : [readCookie(text)];
  });
  return cookies.find(({ secure }) => !secure) ?? cookies[0] ?? null;
}

/** Signatures, and what routes set by themselves. */
function isOther(text: string): boolean {
  return /^[^=]*\.sig=/.test(text) || text.startsWith('auth_token');
}

function seenSession(
  record: SessionRecord,
  replies: readonly Reply[],
  laterReplies: readonly Reply[],
  listens: boolean,
): SeenSession {
  const first = (probe: Probe): Cookie | null => firstCookie(record, replies, probe);
  const [now, later] = [first('tls'), firstCookie(record, laterReplies, 'tls')];
  return {
    ...record,
    listens,
    used: replies.some((reply) => reply.ranSessions[0] === record && reply.status === 200),
    cookies: { plain: first('plain'), forwarded: first('forwarded'), tls: now },
    hasFixedExpiry: now === null || later === null ? null : isSameTime(now.expiresAt, later.expiresAt),
  };
}

/**
 * Whether two sessions, of which one begins hours later, expire at the same time. express-session keeps the time that is left when a session
 * begins, and counts it anew when it answers (1.19, session/session.js: `resetMaxAge`): on a machine that is busy the seconds differ.
 */
function isSameTime(one: string | null, other: string | null): boolean {
  return one !== null && other !== null && Math.abs(Date.parse(one) - Date.parse(other)) < 600_000;
}

/** What it was answered with, before Express itself answered what no route did. */
function headersOf({ status, headers, headersAtEnd }: Reply): http.OutgoingHttpHeaders {
  return status === 404 ? headersAtEnd : headers;
}

function seenHelmet(record: HelmetRecord, replies: readonly Reply[]): SeenHelmet | null {
  const through = replies.filter(({ ranHelmets }) => ranHelmets.includes(record));
  if (through.length === 0) return null;
  const missing = record.isWhole ? [...helmetDefaults].filter((name) => !record.sets.has(name)) : [];
  const present = (name: string): boolean => through.some((reply) => headersOf(reply)[name] !== undefined);
  const isBelow = (path: string): boolean =>
    [...record.bases].some((base) => base === '' || path.startsWith(`${base}/`));
  const bare = replies.filter(
    (reply) =>
      reply.status === 200 &&
      isBelow(reply.path) &&
      !reply.ranHelmets.includes(record) &&
      [...record.sets].some((name) => name !== 'x-powered-by' && reply.headers[name] === undefined),
  );
  return {
    site: record.site,
    off: missing.filter((name) => !present(name)),
    partlyOff: missing.filter(
      (name) => present(name) && through.some((reply) => headersOf(reply)[name] === undefined),
    ),
    bareRoutes: [...new Set(bare.map(({ path }) => path))],
  };
}

function seenWrites(
  writes: readonly { site: SeenWrite['site']; name: string }[],
  replies: readonly Reply[],
): SeenWrite[] {
  const seen: SeenWrite[] = [];
  for (const { site, name } of writes) {
    const text = replies
      .flatMap(({ headers }) => headers['set-cookie'] ?? [])
      .find((each) => each.startsWith(`${name}=`));
    if (text !== undefined) seen.push({ site, cookie: readCookie(text) });
  }
  return seen;
}

function countProtections(headers: http.OutgoingHttpHeaders): number {
  return protections.filter((name) => headers[name] !== undefined).length;
}

/** The paths by which a mounted app may be asked when it is served by itself. */
function suffixes(paths: readonly string[]): string[] {
  const found = new Set<string>(['/']);
  for (const path of paths) {
    const parts = path.split('/').slice(1);
    for (let from = 0; from < parts.length; from++) found.add(`/${parts.slice(from).join('/')}`);
  }
  return [...found];
}

/** Whether nothing but the app and what is mounted on it had the request from where the app had it. */
function endsIn(app: Any, { entered: all }: Reply): boolean {
  const at = all.findIndex((each) => each.app === app);
  return at >= 0 && all.slice(at).every((each) => each.app === app || each.above.includes(app));
}

async function seenApp({ site, app }: AppRecord, order: Order, replies: readonly Reply[]): Promise<SeenApp> {
  const server = http.createServer(app);
  server.listen();
  const alone = await askAll(server, suffixes(order.paths));
  server.close();
  const own = (all: readonly Reply[]) =>
    all.filter((reply) => reply.answeredBy === app && reply.status === 200);
  // What is never mounted nor served is judged as it stands.
  const served = replies.some((reply) => reply.entered.some((each) => each.app === app)) ? replies : alone;
  const unanswered = served
    .filter((reply) => reply.status === 404 && reply.entered.some((each) => each.app === app))
    .sort((a, b) => a.path.length - b.path.length);
  const protectionsOf = (reply: Reply | undefined): number | null =>
    reply === undefined ? null : countProtections(reply.headersAtEnd);
  return {
    site,
    mounted:
      (app as Any).parent !== undefined ||
      replies.some(({ entered }) => entered[0]?.app !== app && entered.some((each) => each.app === app)),
    answered: own(alone).length > 0 || own(replies).length > 0,
    poweredBy: alone.some(
      (reply) =>
        // What a mounted app sends is its own.
        reply.entered.every((each) => each.app === app) && reply.headers['x-powered-by'] === 'Express',
    ),
    protections: own(served).map(({ headers }) => countProtections(headers)),
    protectionsElsewhere: protectionsOf(unanswered.find((reply) => endsIn(app, reply))),
    protectionsBeside: protectionsOf(unanswered[0]),
  };
}

async function load(path: string): Promise<Any> {
  process.argv[1] = path;
  const isModule = /^(?:import|export) /m.test(readFileSync(path, 'utf8'));
  return isModule ? import(pathToFileURL(path).href) : (Module as Any)._load(path, null, true);
}

/** An app that a program only exports is served here. */
async function serverOf(
  loaded: Any,
  servers: readonly net.Server[],
): Promise<{ server: net.Server; listens: boolean }> {
  for (let turn = 0; turn < 50 && servers.length === 0; turn++) {
    const exported = [loaded?.default, loaded].find((each) => typeof each?.handle === 'function');
    if (exported !== undefined)
      return { server: http.createServer(exported).listen() as net.Server, listens: false };
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  if (servers.length === 0) throw new Error('the program neither listens nor exports an app');
  return { server: servers[0]!, listens: true };
}

async function run(order: Order): Promise<Observation> {
  const { sessions, apps, helmets, writes, servers } = beginProgram(order.directory);
  for (const [name, value] of Object.entries(order.environment)) process.env[name] = value;
  try {
    const loaded = await load(join(order.directory, order.entry));
    const { server, listens } = await serverOf(loaded, servers);
    for (const { app } of apps) noteHeadersOf(app);
    const replies = await askAll(server, order.paths);
    const later = await askLater(server, replies);
    const seenHelmets = helmets.flatMap((record) => seenHelmet(record, replies) ?? []);
    const seen: SeenApp[] = [];
    for (const record of apps) seen.push(await seenApp(record, order, replies));
    return {
      sessions: sessions.map((record) => seenSession(record, replies, later, listens)),
      apps: seen,
      helmets: seenHelmets,
      hasIdleHelmet: seenHelmets.length < helmets.length,
      writes: seenWrites(writes, replies),
    };
  } finally {
    for (const name of Object.keys(order.environment)) delete process.env[name];
    for (const server of servers) {
      server.close();
      (server as http.Server).closeAllConnections?.();
    }
    agent.destroy();
    for (const path of Object.keys(require.cache))
      if (path.startsWith(`${order.directory}/`)) delete require.cache[path];
  }
}

let rejection: unknown = null;
process.on('uncaughtException', (error) => {
  rejection = error;
  agent.destroy();
});
process.on('unhandledRejection', (reason) => {
  rejection = reason;
});
process.on('message', (order: Order) => {
  rejection = null;
  run(order).then(
    (observation) => answer({ id: order.id, observation }),
    (error) =>
      answer({
        id: order.id,
        problem: String(error?.stack ?? error) + (rejection === null ? '' : `\n${rejection}`),
      }),
  );
});

function answer(message: Answer): void {
  process.send!(message);
}
