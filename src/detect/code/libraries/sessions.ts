/** express-session and cookie-session: the calls that make them, with their options as they are at the call. */
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

/** The top level is read at the call (express-session index.js, `session(options)`); nested objects are kept by reference. */
function makeSession(world: World, middleware: SessionRecord['middleware']): Native {
  const { m } = world;
  return (call) => {
    const options: Val = call.args[0] ?? undefinedValue;
    const made = instance(world, middleware, '', call.args, call.place);
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

export const sessions: Library = {
  names: ['express-session', 'cookie-session'],
  exports: (world, name) =>
    exportsObject(world, name, makeSession(world, name as SessionRecord['middleware']), []),
};
