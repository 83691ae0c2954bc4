/** convict, nconf and rc: settings of several layers (defaults, files, the environment) as production has them. */
import { dataFormat, readDataFile } from '../data-files.ts';
import { mergeInto } from '../merge-objects.ts';
import { directoryOf, joinPath } from '../resolve-module.ts';
import {
  known,
  mapValue,
  type Native,
  type NativeCall,
  type Obj,
  oneOf,
  orElse,
  type Place,
  reasonIn,
  singles,
  truthy,
  undefinedValue,
  unknown,
  type Val,
} from '../values.ts';
import { exportsObject, hangs, type Library, type World } from './library.ts';
import { inRepository } from './node-modules.ts';
import {
  converted,
  copyOf,
  fromJson,
  isPlainObject,
  pathOf,
  readPath,
  split,
  variable,
} from './settings-values.ts';

/** What a settings file holds; a file that is not in the repository may hold anything. */
function fileContent(world: World, name: Val, place: Place): Val {
  return mapValue(name, (one) => {
    const path = inRepository(world, one);
    const text = path === null ? null : world.text(path);
    if (path !== null && text !== null) return readDataFile(world.m, path, text, dataFormat(path) ?? 'json');
    world.m.risk++;
    return path === null
      ? hangs({ args: [one], place }, 'the name of a file')
      : unknown(
          { kind: 'file', text: `it depends on the file \`${path}\`, which is not in the repository` },
          place,
        );
  });
}

/** Writes at a path, making the objects on the way. */
function writePath(world: World, target: Obj, path: readonly string[], value: Val, place: Place): void {
  let at = target;
  for (const name of path.slice(0, -1)) {
    const old = at.slots.get(name)?.value;
    const inner = isPlainObject(old) ? old : world.m.object(place);
    if (inner !== old) world.m.state.setSlot(at, name, { value: inner, place });
    at = inner;
  }
  world.m.state.setSlot(at, path.at(-1) ?? '', { value, place });
}

/** convict 6.2.5, src/main.js. */
class Convict {
  private readonly world: World;
  private readonly schema: Val;
  private readonly converters: ReadonlyMap<string, Val>;
  /** Defaults and files; the environment goes over them (`importEnvironment`). */
  private readonly base: Obj;
  private readonly instance: Obj;

  constructor(world: World, schema: Val, converters: ReadonlyMap<string, Val>, place: Place) {
    this.world = world;
    this.schema = schema;
    this.converters = converters;
    this.base = world.m.object(place);
    this.instance = world.m.object(place);
    this.addDefaults(schema, this.base, 0);
    this.derive();
  }

  private addDefaults(schema: Val, target: Obj, depth: number): void {
    if (schema.kind !== 'object' || depth > 12) return;
    if (schema.open !== null) target.open ??= schema.open;
    for (const [key, { value, place }] of schema.slots) {
      if (isSection(value)) {
        const inner = this.world.m.object(place);
        target.slots.set(key, { value: inner, place });
        this.addDefaults(value, inner, depth + 1);
      } else {
        const given = isPlainObject(value) ? value.slots.get('default') : { value, place };
        const content = given?.value ?? value;
        target.slots.set(key, {
          value: copyOf(this.world, content, this.base.place!),
          place: given?.place ?? place,
        });
      }
    }
  }

  /** Brings the settings up to date with the files and what has been set. */
  private derive(): void {
    this.deriveInto(this.instance, this.base, this.schema, 0);
  }

  private deriveInto(target: Obj, from: Obj, schema: Val | undefined, depth: number): void {
    const { m } = this.world;
    if (from.open !== null && target.open === null) m.state.setOpen(target, from.open);
    if (depth > 12) return;
    for (const [key, slot] of from.slots) {
      const node = schema?.kind === 'object' ? schema.slots.get(key)?.value : undefined;
      if (isSection(node) && isPlainObject(slot.value)) {
        const old = target.slots.get(key)?.value;
        const inner = isPlainObject(old) && old !== slot.value ? old : m.object(slot.value.place);
        if (inner !== old) m.state.setSlot(target, key, { value: inner, place: slot.place });
        this.deriveInto(inner, slot.value, node, depth + 1);
        continue;
      }
      const place = slot.place ?? from.place ?? this.base.place!;
      m.state.setSlot(target, key, { value: this.leaf(slot.value, node, place), place: slot.place });
    }
  }

  private leaf(value: Val, node: Val | undefined, place: Place): Val {
    const { m } = this.world;
    if (!isPlainObject(node)) return value;
    const format = m.get(node, 'format', place);
    const own = this.coerce(value, format, value, place);
    const name = m.get(node, 'env', place);
    if (name.kind !== 'known' || typeof name.value !== 'string') return own;
    const given = variable(this.world, name.value, place);
    const from = this.coerce(given, format, value, place);
    return given.kind === 'known' || given.kind === 'oneOf' ? orElse(from, own) : orElse(given, own);
  }

  /** `coerce`: a text becomes what the format, or without one the default, is. */
  private coerce(value: Val, format: Val, fallback: Val, place: Place): Val {
    const name = formatName(this.world, format, fallback);
    const custom = name === null ? undefined : this.converters.get(name);
    if (custom !== undefined)
      return mapValue(value, (one) =>
        one.kind === 'known' && typeof one.value === 'string'
          ? this.world.m.call(custom, undefinedValue, [one], place)
          : one,
      );
    switch (name) {
      case 'port':
      case 'nat':
      case 'int':
      case 'integer':
        return converted(value, (one) => (typeof one === 'string' ? Number.parseInt(one, 10) : one));
      case 'number':
        return converted(value, (one) => (typeof one === 'string' ? Number.parseFloat(one) : one));
      case 'boolean':
        return converted(value, (one) => (typeof one === 'string' ? one.toLowerCase() !== 'false' : one));
      case 'array':
        return split(this.world, value, ',', place);
      case 'object':
        return fromJson(this.world, value, place);
      default:
        return value;
    }
  }

  /** What the program has of it. */
  object(place: Place): Obj {
    const { world } = this;
    const { m } = world;
    const made = m.object(place);
    const method = (name: string, fn: Native): void =>
      void made.slots.set(name, { value: m.native(fn), place: null });
    const read = (call: NativeCall): Val => {
      const [key] = call.args;
      const path = key === undefined ? [] : pathOf(key, '.');
      return path === null
        ? hangs(call, 'the name of a setting')
        : readPath(world, this.instance, path, call.place);
    };
    method('get', (call) => copyOf(world, read(call), call.place));
    method('getProperties', (call) => copyOf(world, this.instance, call.place));
    method('has', (call) => {
      const value = read(call);
      return value.kind === 'known' ? known(value.value !== undefined, call.place) : known(true, call.place);
    });
    method('set', (call) => {
      const path = pathOf(call.args[0], '.');
      if (path === null)
        m.state.setOpen(this.base, { kind: 'computed', text: 'the name of a setting is computed' });
      else writePath(world, this.base, path, call.args[1] ?? undefinedValue, call.place);
      this.derive();
      return made;
    });
    method('load', (call) => {
      mergeInto(m, this.base, [call.args[0] ?? undefinedValue], true, false, call.place);
      this.derive();
      return made;
    });
    method('loadFile', (call) => {
      const [given = undefinedValue] = call.args;
      const names =
        given.kind === 'object' && given.elements !== null
          ? given.elements.map((slot) => slot.value)
          : [given];
      for (const name of names)
        mergeInto(m, this.base, [fileContent(world, name, call.place)], true, false, call.place);
      this.derive();
      return made;
    });
    method('validate', () => made);
    method('reset', () => made);
    method('default', (call) => {
      const path = pathOf(call.args[0], '.');
      return path === null
        ? hangs(call, 'the name of a setting')
        : readPath(world, this.schema, [...path, 'default'], call.place);
    });
    method('getSchema', () => this.schema);
    method('getEnv', (call) => m.get(m.globals.get('process') ?? undefinedValue, 'env', call.place));
    return made;
  }
}

/** A part of a schema that is no setting itself: it has no default. */
function isSection(value: Val | undefined): boolean {
  return isPlainObject(value) && value.slots.size > 0 && !value.slots.has('default');
}

function formatName(world: World, format: Val, fallback: Val): string | null {
  if (format.kind === 'known' && typeof format.value === 'string')
    return format.value.replace(/^[A-Z]/, (one) => one.toLowerCase());
  if (format.kind === 'object') {
    for (const name of ['Number', 'Boolean', 'Array', 'Object'])
      if (world.m.globals.get(name) === format) return name.toLowerCase();
    return null;
  }
  return fallback.kind === 'known' && fallback.value !== null ? typeof fallback.value : null;
}

const convict: Library = {
  names: ['convict', '@mozilla/convict'],
  exports: (world, name) => {
    const { m } = world;
    const converters = new Map<string, Val>();
    const addFormat = (call: NativeCall, nameOf: Val | undefined, format: Val | undefined): void => {
      const coerce = format?.kind === 'object' ? m.get(format, 'coerce', call.place) : call.args[2];
      if (nameOf?.kind === 'known' && coerce?.kind === 'object') converters.set(String(nameOf.value), coerce);
    };
    return exportsObject(
      world,
      name,
      (call) => {
        const [given = undefinedValue] = call.args;
        const schema = given.kind === 'known' ? fileContent(world, given, call.place) : given;
        return schema.kind === 'object'
          ? new Convict(world, schema, converters, call.place).object(call.place)
          : hangs(call, 'the schema of convict');
      },
      [
        [
          'addFormat',
          m.native((call) => {
            const [first] = call.args;
            if (first?.kind === 'object') addFormat(call, m.get(first, 'name', call.place), first);
            else addFormat(call, first, undefined);
            return undefinedValue;
          }),
        ],
        [
          'addFormats',
          m.native((call) => {
            const [formats] = call.args;
            if (formats?.kind === 'object')
              for (const [key, slot] of formats.slots) addFormat(call, known(key), slot.value);
            return undefinedValue;
          }),
        ],
        // Files are read by their endings.
        ['addParser', m.native(() => undefinedValue)],
      ],
    );
  },
};

/** A store of nconf. */
class Store {
  readonly type: 'file' | 'memory' | 'literal' | 'env';
  readonly values: Obj | null;
  readonly content: Val;
  readonly options: Val;
  constructor(type: Store['type'], content: Val, options: Val) {
    this.type = type;
    this.content = content;
    this.values = content.kind === 'object' ? content : null;
    this.options = options;
  }
}

/** nconf 0.13.0, lib/nconf/provider.js: the first store that has a key wins; objects of several are merged. */
class Provider {
  private readonly world: World;
  /** Stores by name, in the order in which they were added. */
  private readonly stores: Obj;

  constructor(world: World, place: Place | null) {
    this.world = world;
    this.stores = world.m.object(place);
  }

  private add(name: string, type: Store['type'], content: Val, options: Val, place: Place): void {
    const store = this.world.m.object(place);
    store.data = new Store(type, content, options);
    this.world.m.state.setSlot(this.stores, name, { value: store, place });
  }

  private addFile(name: string, options: Val, place: Place): void {
    const { m } = this.world;
    const file = options.kind === 'object' ? m.get(options, 'file', place) : options;
    const directory = options.kind === 'object' ? m.get(options, 'dir', place) : undefinedValue;
    const path =
      directory.kind === 'known' && typeof directory.value === 'string' && file.kind === 'known'
        ? known(`${directory.value}/${String(file.value)}`)
        : file;
    this.add(name, 'file', fileContent(this.world, path, place), options, place);
  }

  private addOf(name: string, type: string, options: Val, place: Place): void {
    const { m } = this.world;
    if (type === 'file') this.addFile(name, options, place);
    else if (type === 'env') this.add(name, 'env', undefinedValue, options, place);
    else if (type === 'memory') this.add(name, 'memory', m.object(place), options, place);
    else if (type !== 'argv') {
      const store =
        options.kind === 'object' && options.slots.has('store') ? m.get(options, 'store', place) : options;
      this.add(name, 'literal', store, options, place);
    }
  }

  private value(path: readonly string[], place: Place): Val {
    const { m } = this.world;
    let lower: Val = undefinedValue;
    for (const slot of [...this.stores.slots.values()].reverse()) {
      const rest = lower;
      const parts = singles(slot.value).map((store): Val => {
        if (store.kind !== 'object' || !(store.data instanceof Store)) return rest;
        const own =
          store.data.type === 'env'
            ? this.fromEnvironment(store.data.options, path, rest, place)
            : readPath(this.world, store.data.content, path, place);
        return mapValue(own, (one) => {
          if (isPlainObject(one) && isPlainObject(rest))
            return mergeInto(m, m.object(place), [rest, one], true, false, place);
          return orElse(one, rest);
        });
      });
      lower = parts.length === 1 ? parts[0]! : oneOf(parts, reasonIn(slot.value)!);
    }
    return lower;
  }

  /**
   * Any variable may be set, so nothing would ever be certain: a variable counts where its name is written in the program as a variable's,
   * where nothing else has the key, or where the repository sets it.
   */
  private fromEnvironment(options: Val, path: readonly string[], rest: Val, place: Place): Val {
    const { m } = this.world;
    const option = (name: string): Val =>
      options.kind === 'object' && options.elements === null ? m.get(options, name, place) : undefinedValue;
    const separatorOf = options.kind === 'known' ? options : option('separator');
    const separator =
      separatorOf.kind === 'known' && typeof separatorOf.value === 'string'
        ? separatorOf.value
        : separatorOf.kind === 'object'
          ? '__'
          : null;
    if (path.length === 0 || (path.length > 1 && separator === null)) return undefinedValue;
    const listed = options.kind === 'object' && options.elements !== null ? options : option('whitelist');
    const names =
      listed.kind === 'object' && listed.elements !== null && listed.elements.length > 0
        ? listed.elements.map(({ value }) => (value.kind === 'known' ? String(value.value) : ''))
        : null;
    const lowerCase = truthy(option('lowerCase')) === true;
    const joined = path.join(separator ?? '');
    const name = lowerCase ? joined.toUpperCase() : joined;
    if (names !== null && !names.includes(name)) return undefinedValue;
    const isNamed =
      names !== null ||
      /^[A-Z][A-Z0-9_]*$/.test(joined) ||
      (rest.kind === 'known' && rest.value === undefined) ||
      this.world.environment(name) !== null;
    if (!isNamed || isPlainObject(rest)) return undefinedValue;
    const value = variable(this.world, name, place);
    return truthy(option('parseValues')) === true
      ? converted(value, (one) =>
          one === 'true'
            ? true
            : one === 'false'
              ? false
              : Number.isNaN(Number(one)) || one === ''
                ? one
                : Number(one),
        )
      : value;
  }

  object(place: Place | null): Obj {
    const { world } = this;
    const { m } = world;
    const made = m.object(place);
    const method = (name: string, fn: Native): void =>
      void made.slots.set(name, { value: m.native(fn), place: null });
    const text = (value: Val | undefined, fallback: string): string =>
      value?.kind === 'known' && value.value !== undefined ? String(value.value) : fallback;
    method('argv', () => made);
    method('env', (call) => {
      this.add('env', 'env', undefinedValue, call.args[0] ?? undefinedValue, call.place);
      return made;
    });
    method('file', (call) => {
      const [first = undefinedValue, second] = call.args;
      if (second === undefined) this.addFile('file', first, call.place);
      else this.addFile(text(first, 'file'), second, call.place);
      return made;
    });
    for (const name of ['defaults', 'overrides'])
      method(name, (call) => {
        const [options = m.object(call.place)] = call.args;
        const type =
          options.kind === 'object' ? text(options.slots.get('type')?.value, 'literal') : 'literal';
        this.addOf(name, type, options, call.place);
        return made;
      });
    for (const name of ['use', 'add'])
      method(name, (call) => {
        const [first, options = m.object(call.place)] = call.args;
        const key = text(first, 'memory');
        const type = options.kind === 'object' ? text(options.slots.get('type')?.value, key) : key;
        this.addOf(key, type, options, call.place);
        return made;
      });
    method('get', (call) => {
      const path = call.args[0] === undefined ? [] : pathOf(call.args[0], ':');
      return path === null ? hangs(call, 'the name of a setting') : this.value(path, call.place);
    });
    method('set', (call) => {
      const path = pathOf(call.args[0], ':');
      for (const slot of this.stores.slots.values())
        for (const store of singles(slot.value))
          if (
            store.kind === 'object' &&
            store.data instanceof Store &&
            (store.data.type === 'file' || store.data.type === 'memory') &&
            store.data.values !== null
          ) {
            if (path === null)
              m.state.setOpen(store.data.values, {
                kind: 'computed',
                text: 'the name of a setting is computed',
              });
            else writePath(world, store.data.values, path, call.args[1] ?? undefinedValue, call.place);
          }
      return known(true, call.place);
    });
    method('any', (call) => {
      const names =
        call.args[0]?.kind === 'object' ? (call.args[0].elements ?? []).map((slot) => slot.value) : call.args;
      let value: Val = known(null, call.place);
      for (const name of [...names].reverse()) {
        const path = pathOf(name, ':');
        if (path !== null) value = orElse(this.value(path, call.place), value);
      }
      return value;
    });
    method('required', () => made);
    for (const name of ['load', 'save', 'remove', 'reset', 'clear']) method(name, () => made);
    return made;
  }
}

const nconf: Library = {
  names: ['nconf'],
  exports: (world) => {
    const made = new Provider(world, null).object(null);
    made.slots.set('Provider', {
      value: world.m.native((call) => new Provider(world, call.place).object(call.place)),
      place: null,
    });
    return made;
  },
};

/** rc 1.2.8, index.js: defaults, `.namerc` of the project or above it, then variables `name_key`, as far as the repository sets them. */
function rc(world: World, call: NativeCall): Val {
  const { m } = world;
  const [name, defaults = undefinedValue] = call.args;
  if (name?.kind !== 'known') return hangs(call, 'the name of an application');
  const made = m.object(call.place);
  mergeInto(m, made, [defaults.kind === 'object' ? defaults : undefinedValue], true, false, call.place);
  for (let at: string | null = world.projectDirectory; at !== null; at = at === '' ? null : directoryOf(at)) {
    const path = joinPath(at, `.${String(name.value)}rc`) ?? '';
    const text = world.text(path);
    if (text === null) continue;
    const format = text.trimStart().startsWith('{') ? 'json' : 'ini';
    mergeInto(m, made, [readDataFile(m, path, text, format)], true, false, call.place);
    break;
  }
  fromVariables(world, made, `${String(name.value)}_`, call.place, 0);
  return made;
}

/** Variables for the settings that there are: `app_session__secret`. */
function fromVariables(world: World, target: Obj, prefix: string, place: Place, depth: number): void {
  for (const [key, slot] of target.slots) {
    const name = prefix + key;
    if (isPlainObject(slot.value) && depth < 12)
      fromVariables(world, slot.value, `${name}__`, place, depth + 1);
    else if (world.environment(name) !== null)
      world.m.state.setSlot(target, key, { value: orElse(variable(world, name, place), slot.value), place });
  }
}

const rcLibrary: Library = {
  names: ['rc', 'run-con'],
  exports: (world, name) => exportsObject(world, name, (call) => rc(world, call), []),
};

export const layeredSettings: readonly Library[] = [convict, nconf, rcLibrary];
