/** A process that starts one generated program after another in production, asks each over HTTP, and tells what it sent. */
import http from 'node:http';
import https from 'node:https';
import Module, { createRequire, syncBuiltinESMExports } from 'node:module';
import net from 'node:net';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Answer, Cookie, Observation, Order, Probe, SeenApp, SeenSession, Site } from './observation.ts';

// biome-ignore lint/suspicious/noExplicitAny: what Express, the middlewares and the programs hand over has no type here
type Any = any;

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

interface SessionRecord {
  site: Site;
  middleware: 'express-session' | 'cookie-session';
  memoryWarning: boolean;
  readonly options: string[];
  readonly cookieOptions: string[];
  path: string | null;
  hasPathElsewhere: boolean;
}

interface AppRecord {
  site: Site;
  app: Any;
}

/** What the program that runs now has made. */
let directory = '';
let sessions: SessionRecord[] = [];
let apps: AppRecord[] = [];
let servers: net.Server[] = [];
let warnings: string[] = [];

/** The innermost place in the program's own code. */
function siteOfCall(): Site {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 50;
  const stack = new Error().stack ?? '';
  Error.stackTraceLimit = limit;
  const at = stack.split('\n').find((line) => line.includes(`${directory}/`));
  const match = at && /\/([^():]*):(\d+):\d+\)?$/.exec(at.slice(at.indexOf(directory) + directory.length));
  if (!match) throw new Error(`a call from nowhere: ${stack}`);
  return { file: match[1]!, line: Number(match[2]) };
}

/** The packages in the programs' node_modules give their exports through this, by the package's name. */
const wrappers = new Map<string, (original: Any) => Any>();
const wrapped = new Map<string, Any>();
(globalThis as Any)[Symbol.for('differential')] = (name: string, original: Any): Any => {
  let made = wrapped.get(name);
  if (made === undefined) {
    made = wrappers.get(name)?.(original) ?? original;
    wrapped.set(name, made);
  }
  return made;
};

/** Gives a function in the place of a package's export; what hangs on the export stays. */
function replaceExport(name: string, make: (original: Any) => Any): void {
  wrappers.set(name, (original) => {
    const replaced = make(original);
    for (const key of Reflect.ownKeys(original))
      if (!Object.hasOwn(replaced, key))
        Object.defineProperty(replaced, key, Object.getOwnPropertyDescriptor(original, key)!);
    return replaced;
  });
}

function keysOf(value: Any): string[] {
  const keys: string[] = [];
  if (value !== null && typeof value === 'object') for (const key in value) keys.push(key);
  return keys;
}

const ranSessions = Symbol('sessions');

/** Adds to a list that a request carries. */
function note(req: Any, list: symbol, value: unknown): void {
  if (req[list] === undefined) req[list] = [];
  req[list].push(value);
}

for (const middleware of ['express-session', 'cookie-session'] as const) {
  replaceExport(middleware, (original) => {
    return function (this: Any, ...args: Any[]) {
      const [options] = args;
      const site = siteOfCall();
      const before = warnings.length;
      const path = middleware === 'express-session' ? options?.cookie?.path : options?.path;
      const atCall = keysOf(options);
      const handler = original.apply(this, args);
      const record: SessionRecord = {
        site,
        middleware,
        memoryWarning: warnings.slice(before).some((text) => text.includes('MemoryStore')),
        path: typeof path === 'string' ? path : null,
        hasPathElsewhere: middleware === 'cookie-session' && options?.cookie?.path !== undefined,
        // express-session reads its options at the call; cookie-session keeps them, and writes its defaults into them.
        get options() {
          if (middleware === 'express-session') return atCall;
          return keysOf(options).filter(
            (key) => atCall.includes(key) || key !== 'httpOnly' || options[key] !== true,
          );
        },
        get cookieOptions() {
          const cookie = options?.cookie;
          return keysOf(typeof cookie === 'function' ? cookie({}) : cookie);
        },
      };
      sessions.push(record);
      return function session(req: Any, res: Any, next: Any) {
        note(req, ranSessions, record);
        return handler(req, res, next);
      };
    };
  });
}

const entered = Symbol('entered');
const open = Symbol('open');

/** An app that a request went into, and the apps inside of which it was then. */
interface Entered {
  readonly app: Any;
  readonly above: readonly Any[];
}

const answeredBy = Symbol('answered by');

replaceExport('express', (original) => {
  const { handle } = original.application;
  original.application.handle = function (this: Any, req: Any, res: Any, done: Any) {
    const above: Any[] = req[open] ?? [];
    note(req, entered, { app: this, above });
    req[open] = [...above, this];
    // Only a mounted app gives a request back.
    const leave = (error: Any) => {
      req[open] = above;
      done(error);
    };
    return handle.call(this, req, res, done === undefined ? undefined : leave);
  };
  const { send } = original.response;
  original.response.send = function (this: Any, ...args: Any[]) {
    this.req[answeredBy] = this.app;
    return send.apply(this, args);
  };
  return function (this: Any) {
    const site = siteOfCall();
    const app = original();
    apps.push({ site, app });
    return app;
  };
});

const headersAtEnd = Symbol('headers at the end');

/** The last handler of each app: Express' own answer to what no route answers brings headers of its own. */
function noteHeaders(req: Any, res: Any, next: Any): void {
  req[headersAtEnd] = res.getHeaders();
  next();
}

const { listen } = net.Server.prototype as Any;
(net.Server.prototype as Any).listen = function (...args: Any[]) {
  const done = args.find((arg) => typeof arg === 'function');
  servers.push(this);
  return listen.call(this, 0, '127.0.0.1', ...(done === undefined ? [] : [done]));
};

const encrypted = Symbol('encrypted');
(https as Any).createServer = (options: Any, handler: Any) => {
  const server: Any = http.createServer(typeof options === 'function' ? options : handler);
  server[encrypted] = true;
  return server;
};
syncBuiltinESMExports();

/** What one request was answered with. */
interface Reply {
  readonly path: string;
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly probe: Probe;
  readonly ranSessions: readonly SessionRecord[];
  readonly entered: readonly Entered[];
  readonly answeredBy: Any;
  /** Before Express itself answers what no route answers. */
  readonly headersAtEnd: http.OutgoingHttpHeaders;
}

/** The requests as the server sees them, to tell which app and session had them. */
const requests = new Map<string, Any>();
let requestCount = 0;

const { emit } = http.Server.prototype;
(http.Server.prototype as Any).emit = function (this: Any, event: string, ...args: Any[]) {
  if (event === 'request') {
    const [req] = args;
    const id = req.headers['x-request'];
    if (id !== undefined) {
      requests.set(id, req);
      // An own TLS server, as far as Express and the middlewares can tell.
      const isTls = req.headers['x-probe'] === 'tls' || this[encrypted] === true;
      Object.defineProperty(req.socket, 'encrypted', { value: isTls, configurable: true });
    }
  }
  return (emit as Any).call(this, event, ...args);
};

const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });

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
          const req = requests.get(id);
          requests.delete(id);
          resolve({
            path,
            probe,
            status: response.statusCode ?? 0,
            headers: response.headers,
            ranSessions: req?.[ranSessions] ?? [],
            entered: req?.[entered] ?? [],
            answeredBy: req?.[answeredBy] ?? null,
            headersAtEnd: req?.[headersAtEnd] ?? {},
          });
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
  };
}

function seenSession(record: SessionRecord, replies: readonly Reply[]): SeenSession {
  const through = replies.filter((reply) => reply.ranSessions[0] === record && reply.status === 200);
  const first = (probe: Probe): Cookie | null => {
    for (const reply of through) {
      if (reply.probe !== probe) continue;
      const text = reply.headers['set-cookie']?.find((each) => !/^[^=]*\.sig=/.test(each));
      if (text !== undefined) return readCookie(text);
    }
    return null;
  };
  return {
    ...record,
    used: through.length > 0,
    cookies: { plain: first('plain'), forwarded: first('forwarded'), tls: first('tls') },
  };
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
  const isModule = /^(?:import|export) /m.test((await import('node:fs')).readFileSync(path, 'utf8'));
  return isModule ? import(pathToFileURL(path).href) : (Module as Any)._load(path, null, true);
}

/** An app that a program only exports is served here. */
async function serverOf(loaded: Any): Promise<net.Server> {
  for (let turn = 0; turn < 50 && servers.length === 0; turn++) {
    const exported = [loaded?.default, loaded].find((each) => typeof each?.handle === 'function');
    if (exported !== undefined) return http.createServer(exported).listen() as net.Server;
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  if (servers.length === 0) throw new Error('the program neither listens nor exports an app');
  return servers[0]!;
}

async function run(order: Order): Promise<Observation> {
  directory = order.directory;
  sessions = [];
  apps = [];
  servers = [];
  warnings = [];
  for (const [name, value] of Object.entries(order.environment)) process.env[name] = value;
  try {
    const loaded = await load(join(order.directory, order.entry));
    const server = await serverOf(loaded);
    for (const { app } of apps) app.use(noteHeaders);
    const replies = await askAll(server, order.paths);
    const seen: SeenApp[] = [];
    for (const record of apps) seen.push(await seenApp(record, order, replies));
    return { sessions: sessions.map((record) => seenSession(record, replies)), apps: seen };
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
console.log = () => {};
console.error = () => {};
console.warn = (...args) => void warnings.push(args.join(' '));

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
