/** Turns calls of dotenv and its family into what they load of the repository's .env files: into `process.env`, and as plain objects. */
import { type DotenvSetting, parseDotenv } from '../../environment/dotenv-file.ts';
import { dotenvSettings } from '../../environment/production-environment.ts';
import { type Filled, fillIn, type Setting } from '../../environment/setting.ts';
import { readSlot } from '../bindings.ts';
import { placeOf, settingsValue } from '../environment-value.ts';
import { joinPath, virtualRoot } from '../resolve-module.ts';
import {
  absentValue,
  EnvironmentMark,
  known,
  mapValue,
  type Native,
  type NativeCall,
  narrow,
  notFollowed,
  nullish,
  type Obj,
  oneOf,
  type Place,
  reasonIn,
  type Slot,
  settingOf,
  singles,
  textOf,
  truthy,
  undefinedValue,
  unknown,
  type Val,
} from '../values.ts';
import { exportsObject, hangs, type Library, type World } from './library.ts';

/** The object `process.env`. */
function environmentOf(world: World): Obj | null {
  const process = world.m.globals.get('process');
  const environment = process?.kind === 'object' ? process.slots.get('env')?.value : undefined;
  return environment?.kind === 'object' ? environment : null;
}

/** The file of the repository that a program means by a path; null where it is not known or not there. */
function fileOf(world: World, path: string): { readonly path: string; readonly text: string } | null {
  const candidates = path.startsWith(`${virtualRoot}/`)
    ? [joinPath(path.slice(virtualRoot.length))]
    : path.startsWith('/')
      ? []
      : // A program is started in its project's directory, or in the repository's.
        [joinPath(world.projectDirectory, path), joinPath(path)];
  for (const candidate of candidates) {
    const text = candidate === null ? null : world.text(candidate);
    if (text !== null) return { path: candidate!, text };
  }
  return null;
}

/** Programs that load a file over and over cost what they read only once. */
const parsedTexts = new WeakMap<World, Map<string, readonly DotenvSetting[]>>();

function settingsOf(world: World, text: string, file: string): readonly DotenvSetting[] {
  const known = parsedTexts.get(world) ?? new Map<string, readonly DotenvSetting[]>();
  parsedTexts.set(world, known);
  const key = `${file}\n${text}`;
  const settings = known.get(key) ?? parseDotenv(text, file);
  known.set(key, settings);
  // Each one counts as a step of the program.
  for (let count = 0; count <= settings.length; count++) world.m.step();
  return settings;
}

/** The paths that an option names: a text, or a list of them; what is one of several stands as such. */
function pathsOf(value: Val | undefined, fallback: readonly string[]): readonly Val[] {
  if (value === undefined || nullish(value) === true) return fallback.map((path) => known(path));
  if (value.kind === 'object' && value.elements !== null) return value.elements.map((slot) => slot.value);
  return [value];
}

interface Loaded {
  /** All that was read, the first file's values before those of later ones. */
  readonly parsed: Obj;
  readonly missing: boolean;
}

/**
 * Loads files as dotenv 17 does (lib/main.js, `configDotenv` and `populate`): what the environment has already stays, and of several files the
 * first one counts; with `overrides` the file wins, and the last one counts. What is loaded into `target` gives way to whatever production sets outside of
 * the repository, unless the file is production's by its name.
 */
export function loadDotenv(
  world: World,
  paths: readonly Val[],
  overrides: boolean,
  target: Obj | null,
  place: Place,
): Loaded {
  const { m } = world;
  const parsed = m.object(place);
  let missing = false;
  for (const path of paths) {
    const texts = singles(path).map(textOf);
    const isCertain = texts.length === 1 && singles(path)[0]?.kind === 'known';
    for (const text of texts) {
      const file = text === null ? null : fileOf(world, text);
      if (file === null) {
        missing = true;
        continue;
      }
      const written = settingsOf(world, file.text, file.path);
      for (const setting of written) {
        if (parsed.slots.has(setting.name) && !overrides) continue;
        parsed.slots.set(setting.name, fileSlot(setting, isCertain));
      }
      if (target === null) continue;
      const isEnvironment = target.data instanceof EnvironmentMark;
      for (const setting of dotenvSettings(file.path, written, overrides, isCertain) ?? [])
        populate(world, target, isCertain ? setting : withoutCertainty(setting), overrides, isEnvironment);
    }
  }
  // What is not there may be on the machine that runs it: then it is part of the environment.
  if (missing) {
    parsed.data = environmentOf(world)?.data ?? null;
    m.risk++;
  }
  return { parsed, missing };
}

function withoutCertainty(setting: Setting): Setting {
  return { ...setting, value: null, fallback: setting.value ?? setting.fallback };
}

function fileSlot(setting: DotenvSetting, isCertain: boolean): Slot {
  const { name, location } = setting;
  const value = settingsValue(name, [isCertain ? setting : withoutCertainty(setting)], null);
  return { value, place: placeOf(location) };
}

function populate(
  world: World,
  target: Obj,
  setting: Setting,
  overrides: boolean,
  isEnvironment: boolean,
): void {
  const { m } = world;
  const { name, location } = setting;
  const place = placeOf(location);
  const slot = target.slots.get(name);
  const given = isEnvironment ? world.environment(name) : null;
  // What the policy says of production holds whatever is loaded.
  if (given !== null && 'note' in given) return;
  const put = (value: Val): void => m.state.setSlot(target, name, { value, place });
  const text = setting.value ?? setting.fallback;
  if (overrides) put(settingsValue(name, [setting], null));
  else if (slot === undefined) {
    if (given !== null) return;
    put(settingsValue(name, isEnvironment ? [setting] : [{ ...setting, value: text, fallback: null }], null));
  } else if (slot.value.kind === 'unknown' && slot.value.truthy === false)
    // `if (!process.env.PORT) dotenv.config()`: here it is not set.
    put(settingsValue(name, [{ ...setting, value: text, fallback: null }], null));
}

const config =
  (world: World, files: (options: Val) => readonly Val[]): Native =>
  (call) => {
    const { m } = world;
    const options = call.args[0] ?? undefinedValue;
    const option = (name: string): Val =>
      options.kind === 'object' ? m.get(options, name, call.place) : absentValue;
    const given = option('processEnv');
    const target = given.kind === 'object' ? given : environmentOf(world);
    const paths = call.open === null && options.kind !== 'unknown' ? files(options) : [];
    const { parsed, missing } = loadDotenv(
      world,
      paths,
      truthy(option('override')) === true,
      target,
      call.place,
    );
    return m.objectOf(
      [
        ['parsed', parsed],
        [
          'error',
          missing
            ? unknown({ kind: 'file', text: 'it depends on whether there is a .env file' }, call.place)
            : absentValue,
        ],
      ],
      call.place,
    );
  };

/** `dotenv.parse(text)`: the settings with their places where the text is that of a file. */
function parse(world: World): Native {
  return (call) => {
    const source = call.args[0] ?? undefinedValue;
    return mapValue(source, (one) => {
      if (one.kind !== 'known' || typeof one.value !== 'string') {
        const made = world.m.object(call.place);
        made.open = reasonIn(one) ?? { kind: 'computed', text: 'it is parsed from what is not known' };
        return one.kind === 'unknown' || one.kind === 'object' ? made : hangs(call, 'parse()');
      }
      const file = sourceFile(world, one.value, one.trace);
      const made = world.m.object(call.place);
      for (const setting of settingsOf(world, one.value, file ?? call.place.file)) {
        const { name, value } = setting;
        made.slots.set(
          name,
          file === null ? { value: known(value, call.place), place: call.place } : fileSlot(setting, true),
        );
      }
      return made;
    });
  };
}

function sourceFile(
  world: World,
  text: string,
  trace: { place: Place; next: unknown } | null,
): string | null {
  let at = trace;
  for (let hops = 0; at !== null && hops < 16; hops++) {
    if (world.text(at.place.file) === text) return at.place.file;
    at = at.next as typeof at;
  }
  return null;
}

/** `dotenv.populate(target, parsed, { override })`. */
function populateWith(world: World): Native {
  return (call) => {
    const { m } = world;
    const [target, parsed, options] = call.args;
    if (target?.kind !== 'object' || parsed?.kind !== 'object') return undefinedValue;
    const overrides = options?.kind === 'object' && truthy(m.get(options, 'override', call.place)) === true;
    for (const [name, slot] of parsed.slots) {
      const value = readSlot(m, slot, parsed, call.place);
      const isEnvironment = target.data instanceof EnvironmentMark;
      const old =
        target.slots.get(name)?.value ?? (isEnvironment ? m.get(target, name, call.place) : absentValue);
      const reason = reasonIn(old);
      if (overrides || (reason === null && nullish(old) === true))
        m.set(target, name, value, slot.place ?? call.place);
      else if (reason !== null) m.set(target, name, oneOf([old, value], reason), slot.place ?? call.place);
    }
    return undefinedValue;
  };
}

/** dotenv-expand 12 (lib/main.js): fills in `${NAME}` in what dotenv has parsed, and writes it where dotenv has. */
function expand(world: World): Native {
  return (call) => {
    const { m } = world;
    const result = call.args[0];
    if (result?.kind !== 'object') return result ?? undefinedValue;
    const parsed = m.get(result, 'parsed', call.place);
    const given = m.get(result, 'processEnv', call.place);
    const target = given.kind === 'object' ? given : environmentOf(world);
    if (parsed.kind !== 'object') return result;
    const lookUp = (name: string): Filled | undefined => {
      const inside = parsed.slots.get(name)?.value;
      const outside = target === null ? absentValue : m.get(target, name, call.place);
      const value = outside.kind === 'known' && !outside.absent ? outside : inside;
      if (value?.kind === 'known') return { value: String(value.value), fallback: null };
      const text =
        value === undefined
          ? null
          : singles(value)
              .map(textOf)
              .find((one) => one !== null);
      return text == null ? undefined : { value: null, fallback: text };
    };
    for (const [name, slot] of parsed.slots) {
      const expanded = expandValue(slot.value, name, lookUp);
      if (expanded === slot.value) continue;
      m.state.setSlot(parsed, name, { ...slot, value: expanded });
      const written = target?.slots.get(name);
      if (target != null && written !== undefined)
        m.state.setSlot(target, name, { ...written, value: expandValue(written.value, name, lookUp) });
    }
    return result;
  };
}

function expandValue(value: Val, name: string, lookUp: (name: string) => Filled | undefined): Val {
  return mapValue(value, (one) => {
    if (one.kind !== 'known' || typeof one.value !== 'string' || !one.value.includes('$')) return one;
    const filled = fillIn(one.value, (other) => (other === name ? undefined : lookUp(other)));
    if (filled.value !== null) return { ...one, value: filled.value };
    const setting = settingOf(one);
    if (setting === null) return notFollowed('a text that other variables are filled in', null);
    const { file, span } = setting.place;
    const location = {
      file,
      line: span.start.line,
      column: span.start.column + 1,
      endLine: span.end.line,
      endColumn: span.end.column + 1,
    };
    return settingsValue(name, [{ name, ...filled, location }], null);
  });
}

/** dotenv-safe 9 (index.js): afterwards every variable that the example names is set, and not empty unless that is allowed. */
function requireExample(world: World, call: NativeCall): void {
  const { m } = world;
  const options = call.args[0];
  const option = (name: string): Val =>
    options?.kind === 'object' ? m.get(options, name, call.place) : absentValue;
  const example = pathsOf(nullish(option('example')) === true ? option('sample') : option('example'), [
    '.env.example',
  ])[0];
  const file = example === undefined ? null : fileOf(world, textOf(example) ?? '');
  const target = environmentOf(world);
  if (file === null || target === null || truthy(option('allowEmptyValues')) === true) return;
  for (const { name, location } of settingsOf(world, file.text, file.path)) {
    const value = m.get(target, name, call.place);
    if (reasonIn(value) !== null)
      m.state.setSlot(target, name, { value: narrow(value, true), place: placeOf(location) });
  }
}

/** The option `path` of dotenv. */
const byPath =
  (world: World, place: Place | null, fallback: readonly string[]) =>
  (options: Val): readonly Val[] =>
    pathsOf(
      options.kind === 'object' && place !== null ? world.m.get(options, 'path', place) : undefined,
      fallback,
    );

/** `dotenv/config` takes its options from the environment (dotenv 17, lib/env-options.js). */
function preload(world: World, files: readonly string[]): Val {
  const place: Place = { file: '', span: { start: { line: 1, column: 0 }, end: { line: 1, column: 0 } } };
  const given = world.environment('DOTENV_CONFIG_PATH');
  const path = given !== null && 'value' in given ? given.value : (given?.[0]?.value ?? null);
  loadDotenv(
    world,
    (path === null ? files : [path]).map((one) => known(one)),
    false,
    environmentOf(world),
    place,
  );
  return world.m.object(null);
}

/** A member that is the same function under several names. */
function members(world: World, names: readonly string[], fn: Native): [string, Val][] {
  const made = world.m.native(fn);
  return names.map((name) => [name, made]);
}

const dotenv: Library = {
  names: ['dotenv', '@dotenvx/dotenvx', 'dotenv-defaults'],
  exports: (world, name) => {
    // dotenv-defaults 6 (src/index.js) reads the defaults after the file, so they only fill in.
    const files = name === 'dotenv-defaults' ? ['.env', '.env.defaults'] : ['.env'];
    const load: Native = (call) => config(world, byPath(world, call.place, files))(call);
    return exportsObject(world, name, null, [
      ...members(world, ['config', 'configDotenv', 'load'], load),
      ...members(world, ['parse'], parse(world)),
      ...members(world, ['populate'], populateWith(world)),
    ]);
  },
  paths: {
    config: (world, name) =>
      preload(world, name === 'dotenv-defaults' ? ['.env', '.env.defaults'] : ['.env']),
    'config.js': (world) => preload(world, ['.env']),
  },
};

const expansion: Library = {
  names: ['dotenv-expand'],
  // Until version 8 the package itself was the function.
  exports: (world, name) =>
    exportsObject(world, name, expand(world), members(world, ['expand'], expand(world))),
};

const safe: Library = {
  names: ['dotenv-safe'],
  exports: (world, name) => {
    const load: Native = (call) => {
      const result = config(world, byPath(world, call.place, ['.env']))(call);
      requireExample(world, call);
      return result;
    };
    return exportsObject(world, name, null, [
      ...members(world, ['config', 'load'], load),
      ...members(world, ['parse'], parse(world)),
    ]);
  },
  paths: {
    config: (world) => {
      const place: Place = { file: '', span: { start: { line: 1, column: 0 }, end: { line: 1, column: 0 } } };
      const made = preload(world, ['.env']);
      requireExample(world, { self: undefinedValue, args: [], place, construct: false, open: null });
      return made;
    },
  },
};

/** dotenv-flow 4 (lib/dotenv-flow.js, `listFiles`): the later of `.env`, `.env.local`, `.env.NODE_ENV`, `.env.NODE_ENV.local` wins, the environment over all. */
const flowFiles = ['.env.production.local', '.env.production', '.env.local', '.env'];

const flow: Library = {
  names: ['dotenv-flow'],
  exports: (world, name) => {
    const load: Native = (call) =>
      config(world, (options) => {
        const option = (key: string): Val =>
          options.kind === 'object' ? world.m.get(options, key, call.place) : absentValue;
        const files = option('files');
        if (files.kind === 'object' && files.elements !== null)
          return files.elements.map((slot) => slot.value).reverse();
        const folder = option('path');
        const directory = nullish(folder) === true ? '' : textOf(folder);
        if (directory === null) return [];
        return flowFiles.map((file) => known(directory === '' ? file : `${directory}/${file}`));
      })(call);
    return exportsObject(world, name, null, [
      ...members(world, ['config'], load),
      ...members(world, ['parse'], parse(world)),
    ]);
  },
  paths: { config: (world) => preload(world, flowFiles) },
};

/** dotenv-extended 3 (src/index.js): `.env` over `.env.defaults`, the environment over both. */
const extended: Library = {
  names: ['dotenv-extended'],
  exports: (world, name) => {
    const load: Native = (call) =>
      config(world, (options) => {
        const option = (key: string): Val =>
          options.kind === 'object' ? world.m.get(options, key, call.place) : absentValue;
        return [...pathsOf(option('path'), ['.env']), ...pathsOf(option('defaults'), ['.env.defaults'])];
      })(call);
    return exportsObject(world, name, null, [
      ...members(world, ['load', 'config'], load),
      ...members(world, ['parse'], parse(world)),
    ]);
  },
  paths: { config: (world) => preload(world, ['.env', '.env.defaults']) },
};

export const dotenvFamily: readonly Library[] = [dotenv, expansion, safe, flow, extended];

/** `process.loadEnvFile(path)` and `util.parseEnv(text)` of Node.js (doc/api/process.md, util.md): as dotenv, they change nothing that is set. */
export function loadEnvFile(world: World): Native {
  return (call) => {
    loadDotenv(world, pathsOf(call.args[0], ['.env']), false, environmentOf(world), call.place);
    return undefinedValue;
  };
}

export const parseEnv = parse;
