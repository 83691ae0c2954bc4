/** Sails: turns the plain files of its `config` directory into the Express application that `sails.lift()` starts (sails 1.5.18, lib/hooks). */
import { mergeInto } from '../merge-objects.ts';
import { joinPath } from '../resolve-module.ts';
import {
  known,
  type Native,
  nullish,
  type Obj,
  type Place,
  textOf,
  undefinedValue,
  type Val,
} from '../values.ts';
import { makeRouter, recordOf } from './express.ts';
import { exportsObject, instance, type Library, type World } from './library.ts';

const sourceFile = /\.[cm]?[jt]s$/;

/** lib/hooks/http/index.js: the order in which the middlewares are registered unless `http.middleware.order` says otherwise. */
const usualOrder = [
  'cookieParser',
  'session',
  'bodyParser',
  'compress',
  'poweredBy',
  'router',
  'www',
  'favicon',
];

export const sails: Library = {
  names: ['sails'],
  exports: (world, name) => {
    const { m } = world;
    const lift: Native = (call) => {
      const [overrides] = call.args;
      start(world, overrides?.kind === 'object' && !overrides.callable ? overrides : null, call.place);
      for (const arg of call.args)
        if (arg.kind === 'object' && arg.closure !== null)
          m.queue.push(() => void m.call(arg, undefinedValue, [], call.place));
      return undefinedValue;
    };
    const root = exportsObject(world, name, null, [
      ['lift', m.native(lift)],
      ['load', m.native(lift)],
    ]);
    // `new Sails()` gives another of the same.
    root.slots.set('Sails', { value: m.native(() => root), place: null });
    root.slots.set('constructor', { value: m.native(() => root), place: null, hidden: true });
    return root;
  },
};

function start(world: World, overrides: Obj | null, place: Place): void {
  const { m } = world;
  const config = configuration(world, overrides, place);
  const http = part(world, config, 'http', place);
  const app = makeRouter(world, 'app', 'express', place);
  const record = recordOf(app)!;
  // lib/hooks/http/initialize.js: `expressApp.disable('x-powered-by')`, and `trust proxy` from `http.trustProxy`.
  m.state.setSlot(record.settings, 'x-powered-by', { value: known(false, place), place });
  const trust = http === null ? undefinedValue : m.get(http, 'trustProxy', place);
  if (nullish(trust) !== true) m.state.setSlot(record.settings, 'trust proxy', { value: trust, place });
  const middleware = http === null ? null : part(world, http, 'middleware', place);
  const listed = middleware === null ? null : part(world, middleware, 'order', place);
  const order = (listed?.elements ?? []).map((slot) => textOf(slot.value));
  for (const name of order.length === 0 ? usualOrder : order) {
    if (name === null || name === 'poweredBy' || name === 'www' || name === 'favicon') continue;
    const own = middleware === null ? undefinedValue : m.get(middleware, name, place);
    const handler =
      name === 'router'
        ? instance(world, 'sails', 'controllers', [], place)
        : own.kind === 'object'
          ? own
          : name === 'session'
            ? session(world, config, place)
            : null;
    if (handler === null) continue;
    m.emit({
      type: 'layer',
      on: record,
      method: name === 'router' ? 'ALL' : null,
      path: known('/', place),
      handlers: [handler],
      place,
      conditions: m.state.conditions,
    });
  }
  m.emit({ type: 'listen', on: record, args: null, place, conditions: m.state.conditions });
}

/** All that the files of `config` export, with those of production over them (lib/app/configuration/load.js, lib/hooks/moduleloader). */
function configuration(world: World, overrides: Obj | null, place: Place): Obj {
  const { m } = world;
  const config = m.object(place);
  const directory = joinPath(world.projectDirectory, 'config') ?? 'config';
  const layers = [directory, `${directory}/env`, `${directory}/env/production`];
  for (const layer of layers) {
    for (const name of world.directory(layer) ?? []) {
      if (!sourceFile.test(name)) continue;
      // `local.js` is each machine's own; of `env`, production's file alone.
      if (
        layer === directory
          ? name.startsWith('local.')
          : layer.endsWith('/env') && !name.startsWith('production.')
      )
        continue;
      const exported = m.call(
        world.requireFrom(`${layer}/x.js`),
        undefinedValue,
        [known(`./${name}`)],
        place,
      );
      if (exported.kind === 'object' && exported.external === null)
        mergeInto(m, config, [exported], true, false, place);
    }
  }
  if (overrides !== null) mergeInto(m, config, [overrides], true, false, place);
  return config;
}

function part(world: World, object: Obj, key: string, place: Place): Obj | null {
  const value = world.m.get(object, key, place);
  return value.kind === 'object' ? value : null;
}

/** lib/hooks/session/index.js: express-session with Sails' own defaults; `adapter` names the store. */
function session(world: World, config: Obj, place: Place): Val | null {
  const { m } = world;
  const given = part(world, config, 'session', place);
  // The defaults are Sails' own: none is written there.
  const { file, span } = given?.place ?? place;
  const at: Place = { file, span };
  const adapter = given === null ? undefinedValue : m.get(given, 'adapter', place);
  const name = textOf(adapter);
  const makeSession = m.load('express-session', place.file, at);
  const options = m.objectOf(
    [
      ['resave', known(true, at)],
      ['saveUninitialized', known(true, at)],
      ['name', known('sails.sid', at)],
    ],
    at,
  );
  if (nullish(adapter) !== true && name !== 'memory')
    options.slots.set('store', {
      value: name === null ? adapter : instance(world, name, 'Store', [], at),
      place: given?.slots.get('adapter')?.place ?? at,
    });
  if (given !== null) mergeInto(m, options, [given], false, false, at);
  return m.call(makeSession, undefinedValue, [options], at);
}
