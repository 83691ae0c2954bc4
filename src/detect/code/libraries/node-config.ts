/** The package `config`: its files for production, one over the other, as the object that it gives. */
import type { Reason } from '../../app-model.ts';
import { type DataFormat, dataFormat, fromDataNode, parseDataFile } from '../data-files.ts';
import { mergeInto } from '../merge-objects.ts';
import { directoryOf, joinPath, virtualRoot } from '../resolve-module.ts';
import {
  absentValue,
  known,
  type Native,
  nullish,
  type Obj,
  oneOf,
  type Place,
  reasonIn,
  singles,
  undefinedValue,
  unknown,
  type Val,
} from '../values.ts';
import { exportsObject, hangs, type Library, type World } from './library.ts';
import { inRepository } from './node-modules.ts';

/** In this order one file of a name goes over the other (config 3.3.12 and 5.0.1, parser.js, `order`). */
const endings = [
  'js',
  'cjs',
  'mjs',
  'ts',
  'json',
  'jsonc',
  'json5',
  'hjson',
  'toml',
  'coffee',
  'yaml',
  'yml',
  'cson',
  'properties',
  'xml',
] as const;

const maxDepth = 20;

/** What `deferConfig(f)` gives: `f` makes the value once all files are merged. */
class Deferred {
  readonly fn: Val;
  constructor(fn: Val) {
    this.fn = fn;
  }
}

const start: Place['span'] = { start: { line: 1, column: 0 }, end: { line: 1, column: 0 } };

/** One variable of the environment as the program has it now: it may have set it itself. */
function variable(world: World, name: string, place: Place): Val {
  const env = world.m.get(world.m.globals.get('process') ?? undefinedValue, 'env', place);
  return world.m.get(env, name, place);
}

function textOfVariable(world: World, name: string, place: Place): string | null {
  const value = variable(world, name, place);
  return value.kind === 'known' && typeof value.value === 'string' && value.value !== '' ? value.value : null;
}

class Configuration {
  private readonly world: World;
  /** The directory of the files, in the repository; null where it lies outside. */
  readonly directory: string | null;
  readonly place: Place;
  /** The object of all settings. */
  root: Obj | null = null;
  private readonly prototype: Obj;

  constructor(world: World, directory: string | null) {
    this.world = world;
    this.directory = directory;
    this.place = { file: directory ?? '', span: start };
    this.prototype = world.m.object(null);
    for (const [key, fn] of [
      ['get', get(world, this)],
      ['has', has(world, this)],
    ] as const)
      this.prototype.slots.set(key, { value: world.m.native(fn), place: null, hidden: true });
    this.prototype.slots.set('util', { value: utilities(world, this), place: null, hidden: true });
  }

  /**
   * Fills `target` as config 5.0.1 does (lib/util.js, `loadFileConfigs`, `loadCustomEnvVars`): default, then production, then local; then
   * the variables that custom-environment-variables names. Files of hosts and $NODE_CONFIG are not the repository's.
   */
  fill(target: Obj): void {
    const { world, directory, place } = this;
    const { m } = world;
    this.root = target;
    const names = directory === null ? null : world.directory(directory);
    if (names === null || directory === null) {
      target.open = {
        kind: 'file',
        text: `it is read from the directory \`${directory ?? 'config'}\`, which is not in the repository`,
      };
      return;
    }
    const environment =
      textOfVariable(world, 'NODE_CONFIG_ENV', place) ?? textOfVariable(world, 'NODE_ENV', place);
    const environments = (environment ?? 'production').split(',');
    const instance = textOfVariable(world, 'NODE_APP_INSTANCE', place);
    const bases = ['default', ...environments, ...environments.flatMap((one) => ['local', `local-${one}`])];
    for (const base of new Set(bases))
      for (const name of instance === null ? [base] : [base, `${base}-${instance}`])
        for (const ending of endings)
          if (names.includes(`${name}.${ending}`))
            mergeInto(m, target, [this.layer(`${name}.${ending}`)], true, false, place);
    for (const ending of endings) {
      const name = `custom-environment-variables.${ending}`;
      if (names.includes(name)) this.substitute(target, this.layer(name), 0);
    }
    this.resolveDeferred(target, target, new Set());
    this.attach(target, new Set());
  }

  /** What one file holds. */
  private layer(name: string): Val {
    const { world } = this;
    const path = joinPath(this.directory ?? '', name) ?? name;
    const place: Place = { file: path, span: start };
    if (/\.[cm]?[jt]s$/.test(name)) {
      const given = world.m.call(
        world.requireFrom(path),
        undefinedValue,
        [known(`${virtualRoot}/${path}`)],
        place,
      );
      const inner = world.m.get(given, 'default', place);
      const content = inner.kind === 'object' && !inner.callable ? inner : given;
      if (content.kind !== 'object' || content.closure === null) return content;
      return world.m.call(
        content,
        undefinedValue,
        [
          world.m.objectOf(
            [
              ['defer', world.m.native(deferred(world))],
              ['raw', world.m.native((call) => call.args[0] ?? undefinedValue)],
              ['util', utilities(world, this)],
            ],
            place,
          ),
        ],
        place,
      );
    }
    const text = world.text(path);
    const format: DataFormat | null = name.endsWith('.hjson') ? 'json' : dataFormat(name);
    const [node] = (text !== null && format !== null && parseDataFile(world.m, text, format)) || [];
    if (node !== undefined) return fromDataNode(world.m, node, (span) => ({ file: path, span }));
    return unknown(
      { kind: 'file', text: `it may be set in \`${path}\`, which the analysis cannot read` },
      place,
    );
  }

  /** Variables over what the files say: a variable that is not set, or empty, leaves it (lib/util.js, `substituteDeep`). */
  private substitute(target: Obj, map: Val, depth: number): void {
    const { world } = this;
    const { m } = world;
    if (map.kind !== 'object' || depth > maxDepth) {
      if (reasonIn(map) !== null) m.state.setOpen(target, reasonIn(map));
      return;
    }
    for (const [key, slot] of map.slots) {
      const entry = slot.value;
      const place = slot.place ?? this.place;
      const named = entry.kind === 'object' ? entry.slots.get('__name')?.value : entry;
      if (entry.kind === 'object' && named === undefined) {
        const old = target.slots.get(key)?.value;
        const inner = old?.kind === 'object' ? old : m.object(place);
        this.substitute(inner, entry, depth + 1);
        if (inner !== old && inner.slots.size > 0) m.state.setSlot(target, key, { value: inner, place });
        continue;
      }
      if (named?.kind !== 'known' || typeof named.value !== 'string') continue;
      const format = entry.kind === 'object' ? entry.slots.get('__format')?.value : undefined;
      const given = variable(world, named.value, place);
      const old = target.slots.get(key);
      for (const one of singles(given)) {
        if (one.kind === 'known' && (one.value === undefined || one.value === '')) continue;
        const value = this.formatted(one, format, place);
        m.state.setSlot(target, key, {
          value:
            one.kind === 'known' || old === undefined
              ? value
              : oneOf(
                  [value.kind === 'unknown' ? { ...value, truthy: true } : value, old.value],
                  reasonIn(value) ?? { kind: 'environment', text: '' },
                ),
          place,
        });
      }
    }
  }

  private formatted(value: Val, format: Val | undefined, place: Place): Val {
    if (value.kind !== 'known' || format?.kind !== 'known') return value;
    const text = String(value.value);
    if (format.value === 'boolean') return known(text === 'true', place);
    if (format.value === 'number') return known(Number(text), place);
    const [node] = parseDataFile(this.world.m, text, dataFormat(`x.${String(format.value)}`) ?? 'json') ?? [];
    return node === undefined ? value : fromDataNode(this.world.m, node, () => place, false);
  }

  private resolveDeferred(root: Obj, at: Obj, seen: Set<Obj>): void {
    if (seen.has(at) || seen.size > 2_000) return;
    seen.add(at);
    for (const [key, slot] of at.slots) {
      const { value } = slot;
      if (value.kind !== 'object') continue;
      if (value.data instanceof Deferred) {
        const made = this.world.m.call(value.data.fn, root, [root], slot.place ?? this.place);
        this.world.m.state.setSlot(at, key, { value: made, place: slot.place });
      } else if (value.elements === null && value.external === null && !value.callable)
        this.resolveDeferred(root, value, seen);
    }
  }

  /** Each object of it has `get`, `has` and `util`. */
  attach(at: Obj, seen: Set<Obj>): void {
    if (seen.has(at) || seen.size > 2_000) return;
    seen.add(at);
    at.proto ??= this.prototype;
    for (const slot of at.slots.values()) {
      for (const value of singles(slot.value))
        if (
          value.kind === 'object' &&
          value.elements === null &&
          value.external === null &&
          value.data === null &&
          !value.callable
        )
          this.attach(value, seen);
    }
  }
}

function pathOf(value: Val | undefined): readonly string[] | null {
  if (value?.kind === 'known') return String(value.value).split('.');
  if (value?.kind !== 'object' || value.elements === null) return null;
  const parts = value.elements.map((slot) => (slot.value.kind === 'known' ? String(slot.value.value) : null));
  return parts.every((part) => part !== null) ? parts : null;
}

function read(world: World, from: Val, path: readonly string[], place: Place): Val {
  let value = from;
  for (const name of path) {
    if (nullish(value) === true) return absentValue;
    value = world.m.get(value, name, place);
  }
  return value;
}

/** A `get` taken out of the object is that of all settings. */
function holder(self: Val, configuration: Configuration): Val {
  return nullish(self) === true ? (configuration.root ?? undefinedValue) : self;
}

function notThere(path: readonly string[], { directory }: Configuration): Reason {
  return {
    kind: 'file',
    text: `\`${path.join('.')}\` stands in none of the configuration files in \`${directory ?? 'config'}\``,
  };
}

/** `get(path)` never gives undefined: it throws. */
function get(world: World, configuration: Configuration): Native {
  return (call) => {
    const path = pathOf(call.args[0]);
    if (path === null) return hangs(call, 'the name of a setting');
    const value = read(world, holder(call.self, configuration), path, call.place);
    const there = singles(value).filter((one) => !(one.kind === 'known' && one.value === undefined));
    return there.length === 0
      ? unknown(notThere(path, configuration), call.place)
      : there.length === singles(value).length
        ? value
        : oneOf(there, reasonIn(value)!);
  };
}

function has(world: World, configuration: Configuration): Native {
  return (call) => {
    const path = pathOf(call.args[0]);
    if (path === null) return hangs(call, 'the name of a setting');
    const value = read(world, holder(call.self, configuration), path, call.place);
    const answers = new Set(
      singles(value).map((one) =>
        one.kind === 'unknown' && one.truthy !== true
          ? null
          : !(one.kind === 'known' && one.value === undefined),
      ),
    );
    const [answer] = answers;
    return answers.size === 1 && answer !== null && answer !== undefined
      ? known(answer, call.place)
      : unknown(reasonIn(value) ?? notThere(path, configuration), call.place);
  };
}

function utilities(world: World, configuration: Configuration): Obj {
  const { m } = world;
  const copy = (value: Val, place: Place): Val => mergeInto(m, m.object(place), [value], true, false, place);
  const root = (): Val => configuration.root ?? undefinedValue;
  return m.objectOf(
    [
      ['toObject', m.native((call) => copy(call.args[0] ?? root(), call.place))],
      ['cloneDeep', m.native((call) => copy(call.args[0] ?? undefinedValue, call.place))],
      [
        'extendDeep',
        m.native((call) =>
          mergeInto(m, call.args[0] ?? undefinedValue, call.args.slice(1), true, false, call.place),
        ),
      ],
      ['makeHidden', m.native((call) => call.args[0] ?? undefinedValue)],
      ['makeImmutable', m.native((call) => call.args[0] ?? undefinedValue)],
      [
        'getEnv',
        m.native((call) => {
          const [name] = call.args;
          if (name?.kind !== 'known') return hangs(call, 'the name of a variable');
          return name.value === 'CONFIG_DIR' || name.value === 'NODE_CONFIG_DIR'
            ? known(`${virtualRoot}/${configuration.directory ?? 'config'}`, call.place)
            : variable(world, String(name.value), call.place);
        }),
      ],
      [
        'loadFileConfigs',
        m.native((call) => {
          const made = m.object(call.place);
          const directory =
            call.args[0] === undefined ? configuration.directory : inRepository(world, call.args[0]);
          new Configuration(world, directory).fill(made);
          return made;
        }),
      ],
      [
        'setModuleDefaults',
        m.native((call) => {
          const [name, defaults] = call.args;
          if (name?.kind !== 'known' || defaults === undefined) return hangs(call, 'the name of a module');
          const whole = root();
          const own = m.get(whole, String(name.value), call.place);
          const merged = mergeInto(m, m.object(call.place), [defaults, own], true, false, call.place);
          m.set(whole, String(name.value), merged, call.place);
          if (merged.kind === 'object') configuration.attach(merged, new Set());
          return merged;
        }),
      ],
    ],
    null,
  );
}

/** A function that makes the value later; of an expression it is that value. */
function deferred(world: World): Native {
  return (call) => {
    const [fn] = call.args;
    if (fn?.kind !== 'object' || !fn.callable) return fn ?? undefinedValue;
    const made = world.m.object(call.place);
    made.data = new Deferred(fn);
    return made;
  };
}

/** `config` beside the project's package.json, or at the root; else what $NODE_CONFIG_DIR says, which the program may set itself. */
function configurationDirectory(world: World, place: Place): string | null {
  const given = textOfVariable(world, 'NODE_CONFIG_DIR', place);
  if (given !== null) return inRepository(world, known(given));
  const own = joinPath(world.projectDirectory, 'config');
  for (let at: string | null = world.projectDirectory; own !== null && world.directory(own) === null; ) {
    if (at === '' || at === null) return own;
    at = directoryOf(at);
    const above = joinPath(at, 'config');
    if (above !== null && world.directory(above) !== null) return above;
  }
  return own;
}

export const nodeConfig: Library = {
  names: ['config'],
  exports: (world, name) => {
    const { m } = world;
    const configuration = new Configuration(world, configurationDirectory(world, { file: '', span: start }));
    const made = exportsObject(world, name, null, []);
    made.external = null;
    // Loaded once, whatever branch first asks for it.
    const { journal } = m.state;
    m.state.journal = null;
    configuration.fill(made);
    m.state.journal = journal;
    return made;
  },
  calls: {
    'defer.deferConfig': (world, call) => deferred(world)({ ...call, self: undefinedValue }),
    'raw.raw': (_, call) => call.args[0] ?? undefinedValue,
    'async.asyncConfig': (_, call) => call.args[0] ?? undefinedValue,
    'lib.defer.deferConfig': (world, call) => deferred(world)({ ...call, self: undefinedValue }),
  },
};
