/** The session middlewares: the calls that make them, with their options as they are at the call. */
import type { SessionMiddleware } from '../../app-model.ts';
import type { SessionRecord } from '../events.ts';
import { comesFrom, type Native, type Obj, type Slot, singles, undefinedValue, type Val } from '../values.ts';
import { exportsObject, instance, type Library, type World } from './library.ts';

/** Marks a session middleware. */
export class SessionData {
  readonly record: SessionRecord;
  constructor(record: SessionRecord) {
    this.record = record;
  }
}

/** Options that the middlewares ask for by name; the cookie's own are copied (cookies 0.9, index.js), which passes over what is not enumerable. */
const readByName: ReadonlySet<string> = new Set([
  'name',
  'key',
  'keys',
  'secret',
  'signed',
  'store',
  'cookie',
  'proxy',
  'resave',
  'rolling',
  'saveUninitialized',
  'unset',
  'genid',
]);

/** The package that gives the middleware. */
const packages: Readonly<Record<SessionMiddleware, string>> = {
  'express-session': 'express-session',
  'cookie-session': 'cookie-session',
  'connect-cookie-session': 'express',
  'client-sessions': 'client-sessions',
  'iron-session': 'iron-session',
  'express-openid-connect': 'express-openid-connect',
};

/** The package that a session middleware comes from. */
export function packageOf(middleware: SessionMiddleware): string {
  return packages[middleware];
}

/**
 * The function that makes a session middleware; `which` argument holds the options. The top level is read at the call (express-session
 * index.js, `session(options)`); nested objects are kept by reference.
 */
export function makeSession(world: World, middleware: SessionMiddleware, path = '', which = 0): Native {
  const { m } = world;
  return (call) => {
    const options: Val = call.args[which] ?? undefinedValue;
    const made = instance(world, packageOf(middleware), path, call.args, call.place);
    const top = new Map<string, Slot>();
    let open = call.open;
    for (const single of singles(options)) {
      if (single.kind === 'object') {
        open ??= single.open;
        const keys = new Set<string>();
        for (let at: Obj | null = single; at !== null; at = at.proto)
          for (const [key, slot] of at.slots) if (slot.hidden !== true || readByName.has(key)) keys.add(key);
        for (const key of keys)
          top.set(key, { value: m.get(options, key, call.place), place: slotPlace(single, key) });
        if (single.external !== null) open ??= comesFrom(single.external.package);
      } else if (single.kind === 'unknown') open ??= single.reason;
    }
    const record: SessionRecord = { middleware, created: call.place, options, top, open, object: made };
    made.data = new SessionData(record);
    m.emit({ type: 'session', record, conditions: m.state.conditions });
    return made;
  };
}

function slotPlace(object: Obj, key: string): Slot['place'] {
  for (let at: Obj | null = object; at !== null; at = at.proto) {
    const slot = at.slots.get(key);
    if (slot !== undefined) return slot.place;
  }
  return null;
}

const own: Library = {
  names: ['express-session', 'cookie-session', 'client-sessions'],
  hasForks: true,
  exports: (world, name) => exportsObject(world, name, makeSession(world, name as SessionMiddleware), []),
};

/** iron-session: a middleware of its own only up to 6 (express/index.ts); since 8 each handler asks (`getIronSession(req, res, options)`). */
const iron: Library = {
  names: ['iron-session'],
  calls: Object.fromEntries(
    (
      [
        ['express.ironSession', 0],
        ['ironSession', 0],
        ['getIronSession', 2],
      ] as const
    ).map(([path, which]) => [
      path,
      (world: World, call) => makeSession(world, 'iron-session', path, which)({ ...call, construct: false }),
    ]),
  ),
};

const openidConnect: Library = {
  names: ['express-openid-connect'],
  calls: { auth: (world, call) => makeSession(world, 'express-openid-connect', 'auth')(call) },
};

export const sessions: readonly Library[] = [own, iron, openidConnect];
