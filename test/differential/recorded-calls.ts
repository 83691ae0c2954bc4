/** Stands in for Express, the session middlewares and servers in the host process: notes what a program makes and where each request goes. */
import http from 'node:http';
import https from 'node:https';
import { syncBuiltinESMExports } from 'node:module';
import net from 'node:net';
import type { Site } from './observation.ts';

// biome-ignore lint/suspicious/noExplicitAny: what Express, the middlewares and the programs hand over has no type here
export type Any = any;

export interface SessionRecord {
  site: Site;
  middleware: 'express-session' | 'cookie-session';
  memoryWarning: boolean;
  readonly options: string[];
  readonly cookieOptions: string[];
  path: string | null;
  hasPathElsewhere: boolean;
  hasExpiresElsewhere: boolean;
}

/** A call of helmet, or of one of its middlewares. */
export interface HelmetRecord {
  readonly site: Site;
  /** Whether it is helmet as a whole. */
  readonly isWhole: boolean;
  /** Headers that it was seen to set. */
  readonly sets: Set<string>;
  /** Where it was reached, without what follows. */
  readonly bases: Set<string>;
}

export interface AppRecord {
  site: Site;
  app: Any;
}

/** What a program has made since it was loaded. */
export interface Made {
  /** Absolute. */
  readonly directory: string;
  readonly sessions: SessionRecord[];
  readonly apps: AppRecord[];
  readonly helmets: HelmetRecord[];
  /** Cookies that routes set: where, and their names. */
  readonly writes: { readonly site: Site; readonly name: string }[];
  readonly servers: net.Server[];
  readonly warnings: string[];
}

/** Of the program that runs now. */
let made: Made = newlyMade('');

function newlyMade(directory: string): Made {
  return { directory, sessions: [], apps: [], helmets: [], writes: [], servers: [], warnings: [] };
}

/** Begins to note what the program in a directory makes. */
export function beginProgram(directory: string): Made {
  made = newlyMade(directory);
  return made;
}

/** The innermost place in the program's own code. */
function siteOfCall(): Site {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 50;
  const stack = new Error().stack ?? '';
  Error.stackTraceLimit = limit;
  const at = stack.split('\n').find((line) => line.includes(`${made.directory}/`));
  const match =
    at && /\/([^():]*):(\d+):\d+\)?$/.exec(at.slice(at.indexOf(made.directory) + made.directory.length));
  if (!match) throw new Error(`a call from nowhere: ${stack}`);
  return { file: match[1]!, line: Number(match[2]) };
}

/** The packages in the programs' node_modules give their exports through this, by the package's name. */
const wrappers = new Map<string, (original: Any) => Any>();
const wrapped = new Map<string, Any>();
(globalThis as Any)[Symbol.for('differential')] = (name: string, original: Any): Any => {
  let given = wrapped.get(name);
  if (given === undefined) {
    given = wrappers.get(name)?.(original) ?? original;
    wrapped.set(name, given);
  }
  return given;
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
      const before = made.warnings.length;
      const path = middleware === 'express-session' ? options?.cookie?.path : options?.path;
      const atCall = keysOf(options);
      const cookieAtCall = options?.cookie;
      const handler = original.apply(this, args);
      const record: SessionRecord = {
        site,
        middleware,
        memoryWarning: made.warnings.slice(before).some((text) => text.includes('MemoryStore')),
        path: typeof path === 'string' ? path : null,
        hasExpiresElsewhere: middleware === 'cookie-session' && options?.cookie?.expires !== undefined,
        hasPathElsewhere: middleware === 'cookie-session' && options?.cookie?.path !== undefined,
        // express-session reads its options at the call; cookie-session keeps them, and writes its defaults into them.
        get options() {
          if (middleware === 'express-session') return atCall;
          const names = keysOf(options).filter(
            (key) => atCall.includes(key) || key !== 'httpOnly' || options[key] !== true,
          );
          // Asked for by name, enumerable or not (cookies 0.9, index.js: `opts.secure !== undefined`).
          return options?.secure === undefined ? names : [...names, 'secure'];
        },
        get cookieOptions() {
          const cookie = middleware === 'express-session' ? cookieAtCall : options?.cookie;
          return keysOf(typeof cookie === 'function' ? cookie({}) : cookie);
        },
      };
      made.sessions.push(record);
      return function session(req: Any, res: Any, next: Any) {
        note(req, ranSessions, record);
        return handler(req, res, next);
      };
    };
  });
}

const ranHelmets = Symbol('helmets');

/** Names of the headers that helmet sets by itself, in lower case. */
export const helmetDefaults = new Set<string>();

function recordHelmet(original: Any, isWhole: boolean): Any {
  return function (this: Any, ...args: Any[]) {
    const record: HelmetRecord = { site: siteOfCall(), isWhole, sets: new Set(), bases: new Set() };
    const handler = original.apply(this, args);
    made.helmets.push(record);
    return function helmetMiddleware(req: Any, res: Any, next: Any) {
      note(req, ranHelmets, record);
      record.bases.add(req.baseUrl ?? '');
      // Also what stands there already with the same value.
      const { setHeader } = res;
      const isOwn = Object.hasOwn(res, 'setHeader');
      res.setHeader = (name: string, value: unknown) => {
        record.sets.add(name.toLowerCase());
        return setHeader.call(res, name, value);
      };
      return handler(req, res, (error: unknown) => {
        if (isOwn) res.setHeader = setHeader;
        else delete res.setHeader;
        next(error);
      });
    };
  };
}

replaceExport('helmet', (original) => {
  const headers = new Map<string, unknown>();
  const response = {
    setHeader: (name: string, value: unknown) => headers.set(name.toLowerCase(), value),
    removeHeader: (name: string) => headers.delete(name.toLowerCase()),
  };
  original()({}, response, () => {});
  for (const name of headers.keys()) helmetDefaults.add(name);
  const replaced = recordHelmet(original, true);
  for (const key of Object.keys(original))
    if (typeof original[key] === 'function' && key !== 'default')
      replaced[key] = recordHelmet(original[key], false);
  return replaced;
});

const entered = Symbol('entered');
const open = Symbol('open');

/** An app that a request went into, and the apps inside of which it was then. */
export interface Entered {
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
    // `res.app` is the last app that was passed through.
    this.req[answeredBy] = this.req[open]?.at(-1);
    return send.apply(this, args);
  };
  const { cookie } = original.response;
  original.response.cookie = function (this: Any, name: string, ...rest: Any[]) {
    made.writes.push({ site: siteOfCall(), name });
    return cookie.call(this, name, ...rest);
  };
  return function (this: Any) {
    const site = siteOfCall();
    const app = original();
    made.apps.push({ site, app });
    return app;
  };
});

const headersAtEnd = Symbol('headers at the end');

/**
 * Notes the headers behind all of an app's handlers: Express' own answer to what no route answers brings headers of its own. An app of
 * Express 4 that has no handlers is left as it is: a first one would make it take requests (lib/application.js: `handle`, "no routes").
 */
export function noteHeadersOf(app: Any): void {
  if ('_router' in app || !('lazyrouter' in app)) app.use(noteHeaders);
}

function noteHeaders(req: Any, res: Any, next: Any): void {
  req[headersAtEnd] = res.getHeaders();
  next();
}

const { listen } = net.Server.prototype as Any;
(net.Server.prototype as Any).listen = function (...args: Any[]) {
  const done = args.find((arg) => typeof arg === 'function');
  made.servers.push(this);
  return listen.call(this, 0, '127.0.0.1', ...(done === undefined ? [] : [done]));
};

const encrypted = Symbol('encrypted');
(https as Any).createServer = (options: Any, handler: Any) => {
  const server: Any = http.createServer(typeof options === 'function' ? options : handler);
  server[encrypted] = true;
  return server;
};
syncBuiltinESMExports();

/** The requests as the server sees them, to tell which app and session had them. */
const requests = new Map<string, Any>();

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

/** Where a request went. */
export interface Way {
  readonly ranSessions: readonly SessionRecord[];
  readonly ranHelmets: readonly HelmetRecord[];
  readonly entered: readonly Entered[];
  /** The app whose route answered. */
  readonly answeredBy: Any;
  /** Before Express itself answers what no route answers. */
  readonly headersAtEnd: http.OutgoingHttpHeaders;
}

/** Tells, once, where the request with that number went. */
export function takeWay(id: string): Way {
  const req = requests.get(id);
  requests.delete(id);
  return {
    ranSessions: req?.[ranSessions] ?? [],
    ranHelmets: req?.[ranHelmets] ?? [],
    entered: req?.[entered] ?? [],
    answeredBy: req?.[answeredBy] ?? null,
    headersAtEnd: req?.[headersAtEnd] ?? {},
  };
}

console.log = () => {};
console.error = () => {};
console.warn = (...args) => void made.warnings.push(args.join(' '));
