/** Express: applications, routers, settings and the order of registration (expressjs/express lib/application.js and lib/express.js, 3.x to 5.x). */
import type { RouterRecord } from '../events.ts';
import type { Machine } from '../machine.ts';
import {
  known,
  type Native,
  type NativeCall,
  type Obj,
  oneOf,
  type Place,
  type Single,
  singles,
  textOf,
  undefinedValue,
  unknown,
  type Val,
} from '../values.ts';
import { type ExternalCall, exportsObject, instance, type Library, type World } from './library.ts';
import { makeSession } from './sessions.ts';

export const httpMethods = [
  'get',
  'post',
  'put',
  'head',
  'delete',
  'options',
  'trace',
  'copy',
  'lock',
  'mkcol',
  'move',
  'purge',
  'propfind',
  'proppatch',
  'unlock',
  'report',
  'mkactivity',
  'checkout',
  'merge',
  'm-search',
  'notify',
  'subscribe',
  'unsubscribe',
  'patch',
  'search',
  'link',
  'unlink',
  'query',
  'del',
] as const;

/** Marks the object of an application or router. */
export class RouterData {
  readonly record: RouterRecord;
  constructor(record: RouterRecord) {
    this.record = record;
  }
}

export function recordOf(value: Val): RouterRecord | null {
  if (value.kind !== 'object') return null;
  for (let at: Obj | null = value; at !== null; at = at.proto)
    if (at.data instanceof RouterData) return at.data.record;
  return null;
}

interface Registration {
  readonly path: Val;
  readonly isList?: boolean;
  readonly handlers: readonly Val[];
}

/** The handlers among arguments that may hold arrays of them. */
function flatten(values: readonly Val[], depth = 0): Val[] {
  return values.flatMap((value): Val[] =>
    value.kind === 'object' && value.elements !== null && depth < 8
      ? flatten(
          value.elements.map((slot) => slot.value),
          depth + 1,
        )
      : [value],
  );
}

function isPath(value: Single): boolean {
  if (value.kind === 'known') return typeof value.value === 'string';
  if (value.kind === 'object')
    return value.data !== null && typeof value.data === 'object' && 'regExp' in value.data;
  return false;
}

/** Splits `[path,] ...handlers` as app.use and the routes do. */
function registration(
  m: Machine,
  args: readonly Val[],
  first: 'optional' | 'always',
  place: Place,
): Registration {
  const [head, ...rest] = args;
  const root = known('/', place);
  if (head === undefined) return { path: root, handlers: [] };
  if (first === 'always') return { path: head, handlers: flatten(rest) };
  const firsts = head.kind === 'object' && head.elements !== null ? flatten([head]) : [head];
  const one = firsts[0];
  if (one !== undefined && singles(one).every(isPath))
    return {
      path:
        head.kind === 'object' && head.elements !== null && firsts.length > 1
          ? oneOf(firsts, { kind: 'computed', text: 'there are several paths' })
          : one,
      isList: firsts[0] !== head,
      handlers: flatten(rest),
    };
  // `app.use(prefix, handler)` with a prefix that is not known, or only on one of several ways, against `app.use(handler, handler)`.
  const couldBePath = (single: Single): boolean =>
    single.kind === 'unknown' ? single.reason.kind !== 'library' : isPath(single);
  if (rest.length > 0 && singles(head).every(couldBePath)) return { path: head, handlers: flatten(rest) };
  void m;
  return { path: root, handlers: flatten(args) };
}

export function makeRouter(
  world: World,
  kind: 'app' | 'router',
  framework: 'express' | 'nest',
  place: Place,
): Obj {
  const { m } = world;
  const object = m.native((call) => handle(m, object, call));
  const settings = m.object(place);
  const record: RouterRecord = { kind, object, created: place, framework, settings };
  object.data = new RouterData(record);
  if (kind === 'app')
    settings.slots.set('env', {
      value: m.get(m.get(m.globals.get('process') ?? undefinedValue, 'env', place), 'NODE_ENV', place),
      place: null,
    });
  object.proto = prototypeOf(world, kind);
  if (kind === 'app') {
    object.slots.set('locals', { value: m.objectOf([['settings', settings]], place), place });
    object.slots.set('settings', { value: settings, place });
  }
  m.emit({ type: 'router', record, conditions: m.state.conditions });
  return object;
}

/** `app(req, res, next)`: the application used as a handler inside another. */
function handle(m: Machine, app: Obj, call: NativeCall): Val {
  const response = call.args[1];
  if (response?.kind === 'object')
    m.emit({
      type: 'response',
      effect: 'apply',
      response,
      name: null,
      value: app,
      place: call.place,
      conditions: m.state.conditions,
    });
  return undefinedValue;
}

const prototypes = new WeakMap<Machine, Map<string, Obj>>();

export function prototypeOf(world: World, kind: 'app' | 'router'): Obj {
  let made = prototypes.get(world.m);
  if (made === undefined) {
    made = new Map();
    prototypes.set(world.m, made);
  }
  let proto = made.get(kind);
  if (proto === undefined) {
    proto = world.m.object(null);
    for (const [key, fn] of methods(world, kind))
      proto.slots.set(key, { value: world.m.native(fn), place: null });
    made.set(kind, proto);
  }
  return proto;
}

/** Runs `f` with the record that the method is called on; a method taken off its object does nothing. */
function on(f: (record: RouterRecord, call: NativeCall) => Val | null): Native {
  return (call) => {
    const record = recordOf(call.self);
    return record === null ? undefinedValue : (f(record, call) ?? call.self);
  };
}

function methods(world: World, kind: 'app' | 'router'): [string, Native][] {
  const { m } = world;
  const add = (
    record: RouterRecord,
    method: string | null,
    { path, isList, handlers }: Registration,
    place: Place,
  ): null => {
    if (handlers.length > 0)
      m.emit({
        type: 'layer',
        on: record,
        method,
        path,
        isList: isList === true,
        handlers,
        place,
        conditions: m.state.conditions,
      });
    for (const handler of handlers)
      for (const single of singles(handler)) if (method === null) mounted(m, record, single, path, place);
    return null;
  };
  const table: [string, Native][] = [
    [
      'use',
      on((record, call) => add(record, null, registration(m, call.args, 'optional', call.place), call.place)),
    ],
    [
      'all',
      on((record, call) => add(record, 'ALL', registration(m, call.args, 'always', call.place), call.place)),
    ],
    ['param', on(() => null)],
    [
      'route',
      on((record, call) => makeRoute(world, record, call.args[0] ?? known('/', call.place), call.place)),
    ],
  ];
  for (const method of httpMethods) {
    table.push([
      method,
      on((record, call) => {
        if (kind === 'app' && method === 'get' && call.args.length === 1)
          return setting(m, record, call.args[0]!, call.place);
        return add(
          record,
          method === 'del' ? 'DELETE' : method.toUpperCase(),
          registration(m, call.args, 'always', call.place),
          call.place,
        );
      }),
    ]);
  }
  if (kind === 'router') return table;
  const write = (record: RouterRecord, name: Val | undefined, value: Val, place: Place): null => {
    const key = name === undefined ? null : textOf(name);
    if (key !== null) m.state.setSlot(record.settings, key, { value, place });
    return null;
  };
  table.push(
    [
      'set',
      on((record, call) =>
        call.args.length === 1
          ? setting(m, record, call.args[0]!, call.place)
          : write(record, call.args[0], call.args[1] ?? undefinedValue, call.place),
      ),
    ],
    ['enable', on((record, call) => write(record, call.args[0], known(true, call.place), call.place))],
    ['disable', on((record, call) => write(record, call.args[0], known(false, call.place), call.place))],
    [
      'enabled',
      on((record, call) =>
        truth(m, setting(m, record, call.args[0] ?? undefinedValue, call.place), true, call.place),
      ),
    ],
    [
      'disabled',
      on((record, call) =>
        truth(m, setting(m, record, call.args[0] ?? undefinedValue, call.place), false, call.place),
      ),
    ],
    ['engine', on(() => null)],
    ['render', on(() => undefinedValue)],
    ['path', on((_, call) => known('', call.place))],
    [
      'configure',
      // Express 3: app.configure([env,] fn).
      on((_, call) => {
        const fn = call.args.at(-1);
        const environments = call.args.slice(0, -1).map(textOf);
        if (fn !== undefined && (environments.length === 0 || environments.includes('production')))
          m.call(fn, call.self, [], call.place);
        else if (fn?.kind === 'object' && fn.closure !== null) m.ran.add(fn.closure.node);
        return null;
      }),
    ],
    [
      'listen',
      on((record, call) => {
        m.emit({
          type: 'listen',
          on: record,
          args: call.args,
          place: call.place,
          conditions: m.state.conditions,
        });
        for (const arg of call.args)
          if (arg.kind === 'object' && arg.closure !== null)
            m.queue.push(() => void m.call(arg, undefinedValue, [], call.place));
        return instance(world, 'http', 'Server', [], call.place);
      }),
    ],
    [
      'on',
      on((record, call) => {
        const handler = call.args[1];
        const event = call.args[0] === undefined ? null : textOf(call.args[0]);
        if (handler?.kind !== 'object' || handler.closure === null) return null;
        if (event === 'mount') mountListeners(m, record).push(handler);
        else m.queue.push(() => void m.call(handler, call.self, [], call.place));
        return null;
      }),
    ],
  );
  return table;
}

/** Express' own settings (lib/application.js, defaultConfiguration), as far as programs ask for them. */
const defaultSettings: ReadonlyMap<string, string | number | boolean> = new Map<
  string,
  string | number | boolean
>([
  ['x-powered-by', true],
  ['etag', 'weak'],
  ['subdomain offset', 2],
  ['trust proxy', false],
  ['jsonp callback name', 'callback'],
  ['view cache', true],
]);

/** What an application's settings give by name: its own, else Express' default; what it takes over from the app it is mounted on is not followed here. */
function setting(m: Machine, record: RouterRecord, name: Val, place: Place): Val {
  const key = textOf(name);
  if (key === null) return undefinedValue;
  const preset = defaultSettings.get(key);
  if (preset !== undefined && !record.settings.slots.has(key)) return known(preset, place);
  return m.get(record.settings, key, place);
}

function truth(m: Machine, value: Val, wanted: boolean, place: Place): Val {
  const boolean = m.globals.get('Boolean') ?? undefinedValue;
  const is = m.call(boolean, undefinedValue, [value], place);
  if (wanted) return is;
  return is.kind === 'known' ? known(is.value === false, place) : is;
}

const listeners = new WeakMap<RouterRecord, Obj[]>();

function mountListeners(m: Machine, record: RouterRecord): Obj[] {
  void m;
  let list = listeners.get(record);
  if (list === undefined) {
    list = [];
    listeners.set(record, list);
  }
  return list;
}

/** A sub-app learns that it is mounted. */
function mounted(m: Machine, parent: RouterRecord, handler: Single, path: Val, place: Place): void {
  const record = recordOf(handler);
  // A router takes an app for any other handler: only app.use() mounts (Express 4 and 5, lib/application.js, `app.use`).
  if (record === null || record.kind !== 'app') return;
  if (parent.kind !== 'app') {
    // Its listeners are known and never called: they are no functions that somebody else may call.
    for (const listener of mountListeners(m, record)) m.ran.add(listener.closure!.node);
    return;
  }
  m.set(record.object, 'parent', parent.object, place);
  m.set(record.object, 'mountpath', path, place);
  for (const listener of mountListeners(m, record)) m.call(listener, record.object, [parent.object], place);
}

function makeRoute(world: World, record: RouterRecord, path: Val, place: Place): Obj {
  const { m } = world;
  const route = m.object(place);
  for (const method of ['all', ...httpMethods]) {
    const fn: Native = (call) => {
      m.emit({
        type: 'layer',
        on: record,
        method: method.toUpperCase(),
        path,
        handlers: flatten(call.args),
        place: call.place,
        conditions: m.state.conditions,
      });
      return route;
    };
    route.slots.set(method, { value: m.native(fn), place: null });
  }
  return route;
}

export const express: Library = {
  names: ['express'],
  exports: (world, name) => {
    const { m } = world;
    const app: Native = (call) => makeRouter(world, 'app', 'express', call.place);
    const router: Native = (call) => makeRouter(world, 'router', 'express', call.place);
    // `static`, `json` and the others are followed by name: their path says what they are.
    const root = exportsObject(world, name, app, [['Router', m.native(router)]]);
    root.slots.set('createServer', {
      value: m.native((call) => {
        // Express 2 and 3: express.createServer(...middleware).
        const made = makeRouter(world, 'app', 'express', call.place);
        if (call.args.length > 0) m.call(m.get(made, 'use', call.place), made, call.args, call.place);
        return made;
      }),
      place: null,
    });
    root.slots.set('application', { value: prototypeOf(world, 'app'), place: null });
    root.slots.set('default', { value: root, place: null });
    return root;
  },
  calls: {
    // Express 3 brought connect's session, with the same options.
    session: (world, call) =>
      world.m.call(
        world.m.load('express-session', call.place.file, call.place),
        undefinedValue,
        call.args,
        call.place,
        call.open,
      ),
    // It is connect's own, not the package of that name (connect lib/middleware/cookieSession.js).
    cookieSession: (world, call) => makeSession(world, 'connect-cookie-session', 'cookieSession')(call),
  },
};

/** routing-controllers: its servers are Express applications whose routes and middlewares stand in classes that it finds itself. */
export const routingControllers: Library = {
  names: ['routing-controllers'],
  calls: {
    createExpressServer: (world, call) => {
      const app = makeRouter(world, 'app', 'express', call.place);
      serveControllers(world, app, call);
      return app;
    },
    useExpressServer: (world, call) => {
      const app = call.args[0];
      if (app?.kind === 'object') serveControllers(world, app, call);
      return app ?? undefinedValue;
    },
  },
};

function serveControllers(world: World, app: Obj, call: ExternalCall): void {
  const record = recordOf(app);
  if (record === null) return;
  const { m } = world;
  const found = unknown(
    { kind: 'library', text: 'routing-controllers finds the middlewares itself' },
    call.place,
  );
  const base = {
    type: 'layer',
    on: record,
    path: known('/', call.place),
    place: call.place,
    conditions: m.state.conditions,
  } as const;
  m.emit({ ...base, method: null, handlers: [found] });
  m.emit({
    ...base,
    method: 'ALL',
    handlers: [instance(world, 'routing-controllers', 'controllers', [], call.place)],
  });
}

/** Feathers on Express: `express(feathers())` is an Express application (@feathersjs/express, src/index.ts). */
export const feathers: Library = {
  names: ['@feathersjs/express'],
  exports: (world, name) => {
    const root = exportsObject(world, name, (call) => makeRouter(world, 'app', 'express', call.place), []);
    root.slots.set('default', { value: root, place: null });
    return root;
  },
};
