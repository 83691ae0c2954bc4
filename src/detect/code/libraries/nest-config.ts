/** @nestjs/config: what ConfigModule loads and validates, as ConfigService and `registerAs` give it (12.0.1, dist/config.module.js, dist/config.service.js). */
import { spreadInto } from '../expressions.ts';
import { injectorOf } from '../injection.ts';
import type { Machine } from '../machine.ts';
import {
  known,
  type NativeCall,
  nullish,
  type Obj,
  orElse,
  type Place,
  truthy,
  undefinedValue,
  unknown,
  type Val,
} from '../values.ts';
import { loadDotenv } from './dotenv.ts';
import { type ExternalCall, hangs, type Library, type World } from './library.ts';
import { schemaOf } from './schemas.ts';
import { environmentOf, pathOf, readPath, readPathOr, there, variable } from './settings-values.ts';

interface Settings {
  /** What `load` gave, with each `registerAs` under its name; kept on the heap, as is `validated` in its slot. */
  readonly loaded: Obj;
  readonly validated: Obj;
  readonly service: Obj;
}

const settingsOf = new WeakMap<Machine, Settings>();

/** What the `ConfigService` of a machine knows. */
function settings(world: World): Settings {
  const { m } = world;
  let made = settingsOf.get(m);
  if (made === undefined) {
    const service = m.object(null);
    made = { loaded: m.object(null), validated: m.object(null), service };
    settingsOf.set(m, made);
    fillService(world, service, made.loaded, made.validated);
  }
  return made;
}

function fillService(world: World, service: Obj, loaded: Obj, validated: Obj | null): void {
  const { m } = world;
  const method = (name: string, fn: (call: NativeCall) => Val): void =>
    void service.slots.set(name, { value: m.native(fn), place: null, hidden: true });
  method('get', (call) => read(world, loaded, validated, call, false));
  method('getOrThrow', (call) => read(world, loaded, validated, call, true));
  method('set', (call) => {
    const path = pathOf(call.args[0], '.');
    let at: Val = loaded;
    for (const name of path?.slice(0, -1) ?? []) at = m.get(at, name, call.place);
    if (path !== null && path.length > 0) m.set(at, path.at(-1)!, call.args[1] ?? undefinedValue, call.place);
    return undefinedValue;
  });
}

/** `get(path, fallback)`: what was loaded, then what was validated, then the environment, then the fallback. */
function read(
  world: World,
  loaded: Obj,
  validated: Obj | null,
  call: Pick<NativeCall, 'args' | 'place'>,
  throws: boolean,
): Val {
  const { m } = world;
  const path = pathOf(call.args[0], '.');
  const [, given] = call.args;
  const fallback = given?.kind === 'object' && given.slots.has('infer') ? undefined : given;
  if (path === null || path.length === 0) return hangs(call, 'the name of a setting');
  const rest = (): Val => {
    const checked = validated?.slots.get('values')?.value;
    const own = checked?.kind === 'object' ? checked.slots.get(path[0]!) : undefined;
    if (own !== undefined) return readPathOr(world, checked!, path, fallback, call.place);
    const name = path[0]!;
    // A name that is none of a variable is a setting that nothing loads.
    const isVariable =
      path.length === 1 && (/^[A-Z][A-Z0-9_]*$/.test(name) || world.environment(name) !== null);
    if (!isVariable) return fallback ?? undefinedValue;
    const value = variable(world, name, call.place);
    return fallback === undefined ? value : orElse(value, fallback);
  };
  const inLoaded = readPath(world, loaded, path, call.place);
  const value = inLoaded.kind === 'known' && inLoaded.value === undefined ? rest() : orElse(inLoaded, rest());
  const found = there(value);
  if (found !== null) return throws ? found : value;
  const loads = loaded.slots.size > 0 || validated?.slots.has('values') === true;
  return loads && !throws && fallback === undefined && path.length > 1
    ? m.get(m.object(null), path.at(-1)!, call.place)
    : unknown(
        {
          kind: 'computed',
          text: `\`${path.join('.')}\` is in none of the configurations that the analysis sees to be loaded`,
        },
        call.place,
      );
}

/** What `ConfigService` of a container answers; null where the provider is another. */
export function fromConfigService(world: World, call: ExternalCall): Val | null {
  const provider = call.external.from?.external?.args?.[0];
  if (provider?.kind !== 'object' || provider.external?.path !== 'ConfigService') return null;
  const { loaded, validated } = settings(world);
  return read(world, loaded, validated, call, call.external.path.endsWith('getOrThrow'));
}

/** `registerAs(name, factory)`: a function that gives the configuration, with its token for the container. */
class Registered {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
}

function registerAs(world: World, call: ExternalCall): Val | null {
  const { m } = world;
  const [name, factory = undefinedValue] = call.args;
  if (name?.kind !== 'known') return null;
  const made = m.native((inner) => m.call(factory, undefinedValue, [], inner.place));
  made.data = new Registered(String(name.value));
  const key = known(`CONFIGURATION(${String(name.value)})`);
  made.slots.set('KEY', { value: key, place: call.place });
  made.slots.set('asProvider', {
    value: m.native((inner) =>
      m.objectOf(
        [
          ['imports', m.array([], inner.place)],
          ['useFactory', made],
        ],
        inner.place,
      ),
    ),
    place: call.place,
  });
  injectorOf(m).provide(key, 'factory', made, call.place);
  return made;
}

/** Runs one of `load`, and keeps what it gives. */
function load(world: World, factory: Val, place: Place): void {
  const { m } = world;
  const { loaded } = settings(world);
  const value = m.call(factory, undefinedValue, [], place);
  if (factory.kind === 'object' && factory.data instanceof Registered)
    m.state.setSlot(loaded, factory.data.name, { value, place });
  else spreadInto(m, loaded, value, place);
}

function forRoot(world: World, call: ExternalCall): Val {
  const { m } = world;
  const { place } = call;
  const [options = m.object(place)] = call.args;
  const option = (name: string): Val => m.get(options, name, place);
  const { validated, service } = settings(world);
  const environment = environmentOf(world, place);
  if (truthy(option('ignoreEnvFile')) !== true && environment.kind === 'object') {
    const files = option('envFilePath');
    const paths =
      files.kind === 'object' && files.elements !== null
        ? files.elements.map((slot) => slot.value)
        : [nullish(files) === true ? known('.env') : files];
    loadDotenv(world, paths, false, environment, place);
  }
  const schema = schemaOf(option('validationSchema'));
  const validate = option('validate');
  const values =
    validate.kind === 'object' && validate.callable
      ? m.call(validate, undefinedValue, [environment], place)
      : schema?.read(environment, undefinedValue, place);
  if (values !== undefined) m.state.setSlot(validated, 'values', { value: values, place });
  const factories = option('load');
  for (const slot of factories.kind === 'object' ? (factories.elements ?? []) : [])
    load(world, slot.value, place);
  provideService(world, service, place);
  return dynamicModule(world, call);
}

function forFeature(world: World, call: ExternalCall): Val {
  const { service } = settings(world);
  load(world, call.args[0] ?? undefinedValue, call.place);
  provideService(world, service, call.place);
  return dynamicModule(world, call);
}

function provideService(world: World, service: Obj, place: Place): void {
  const token = world.m.object(place);
  token.external = { package: '@nestjs/config', path: 'ConfigService', args: null, place, from: null };
  injectorOf(world.m).provide(token, 'value', service, place);
}

function dynamicModule(world: World, call: ExternalCall): Val {
  return world.m.objectOf([['module', call.external.from ?? undefinedValue]], call.place);
}

export const nestConfig: Library = {
  names: ['@nestjs/config'],
  calls: {
    registerAs,
    'ConfigModule.forRoot': forRoot,
    'ConfigModule.forFeature': forFeature,
    // `new ConfigService({ … })`, as tests and scripts make it.
    ConfigService: (world, call) => {
      const [given] = call.args;
      if (!call.construct) return null;
      const made = world.m.object(call.place);
      fillService(world, made, given?.kind === 'object' ? given : world.m.object(call.place), null);
      return made;
    },
  },
};
