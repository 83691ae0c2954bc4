/** Libraries that combine and read plain objects: lodash, deepmerge, object-assign and their like; and `ms`. */
import { mergeInto } from '../merge-objects.ts';
import { known, textOf, undefinedValue, type Val } from '../values.ts';
import { type ExternalCall, hangs, type Library, type World } from './library.ts';
import { get, has, set } from './property-paths.ts';

const merge =
  (deep: boolean, keepOld: boolean, fresh: boolean) =>
  (world: World, call: ExternalCall): Val => {
    let args = call.args;
    // extend(true, target, …) is deep.
    let isDeep = deep;
    if (args[0]?.kind === 'known' && typeof args[0].value === 'boolean') {
      isDeep = args[0].value;
      args = args.slice(1);
    }
    if (args.length === 1 && args[0]?.kind === 'object' && args[0].elements !== null)
      args = args[0].elements.map((slot) => slot.value);
    const [target, ...sources] = fresh ? [world.m.object(call.place), ...args] : args;
    return mergeInto(world.m, target ?? world.m.object(call.place), sources, isDeep, keepOld, call.place);
  };

function pick(world: World, call: ExternalCall, keep: boolean): Val {
  const [object, ...keys] = call.args;
  const names = keys.flatMap((key) =>
    key.kind === 'object' && key.elements !== null
      ? key.elements.map((slot) => textOf(slot.value))
      : [textOf(key)],
  );
  if (object?.kind !== 'object' || names.includes(null)) return hangs(call, 'pick()');
  const made = world.m.object(call.place);
  for (const [key, slot] of object.slots) if (names.includes(key) === keep) made.slots.set(key, slot);
  made.open = object.open;
  return made;
}

function clone(world: World, call: ExternalCall): Val {
  return mergeInto(world.m, world.m.object(call.place), call.args.slice(0, 1), true, false, call.place);
}

/** `_.each(list, f)` and its like are the list's own methods. */
const asMethod =
  (name: string) =>
  (world: World, call: ExternalCall): Val => {
    const [list, ...rest] = call.args;
    if (list?.kind !== 'object') return hangs(call, name);
    if (list.elements === null) {
      const entries = world.m.call(
        world.m.get(world.m.globals.get('Object') ?? undefinedValue, 'entries', call.place),
        undefinedValue,
        [list],
        call.place,
      );
      if (
        entries.kind === 'object' &&
        entries.elements !== null &&
        rest[0] !== undefined &&
        entries.open === null
      ) {
        const results = entries.elements.map((slot) =>
          world.m.call(
            rest[0]!,
            undefinedValue,
            [world.m.get(slot.value, '1', call.place), world.m.get(slot.value, '0', call.place), list],
            call.place,
          ),
        );
        return name === 'map' ? world.m.array(results, call.place) : list;
      }
      return hangs(call, name);
    }
    return world.m.call(world.m.get(list, name, call.place), list, rest, call.place);
  };

const lodash: Library['calls'] = {
  merge: merge(true, false, false),
  assign: merge(false, false, false),
  extend: merge(false, false, false),
  assignIn: merge(false, false, false),
  defaults: merge(false, true, false),
  defaultsDeep: merge(true, true, false),
  cloneDeep: clone,
  clone,
  get,
  has,
  set,
  pick: (world, call) => pick(world, call, true),
  omit: (world, call) => pick(world, call, false),
  each: asMethod('forEach'),
  forEach: asMethod('forEach'),
  map: asMethod('map'),
  filter: asMethod('filter'),
  includes: asMethod('includes'),
  isUndefined: (_, call) => isNullish(call, false),
  isNil: (_, call) => isNullish(call, true),
};

function isNullish(call: ExternalCall, orNull: boolean): Val {
  const value = call.args[0] ?? undefinedValue;
  if (value.kind === 'known')
    return known(value.value === undefined || (orNull && value.value === null), call.place);
  return value.kind === 'object' ? known(false, call.place) : hangs(call, 'isNil()');
}

const main = (f: (world: World, call: ExternalCall) => Val): Library['calls'] => ({ '': f, default: f });

const units: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
  y: 31_557_600_000,
};

/** vercel/ms: a text such as `2 days` as milliseconds. */
export function milliseconds(text: string): number | null {
  const match =
    /^(-?(?:\d+)?\.?\d+) *(milliseconds?|msecs?|ms|seconds?|secs?|s|minutes?|mins?|m|hours?|hrs?|h|days?|d|weeks?|w|years?|yrs?|y)?$/i.exec(
      text.trim(),
    );
  if (match === null || text.length > 100) return null;
  const unit = (match[2] ?? 'ms').toLowerCase();
  const short = /^(?:milli|msec|ms)/.test(unit) ? 'ms' : unit.charAt(0);
  return Number(match[1]) * (units[short] ?? 1);
}

function ms(_: World, call: ExternalCall): Val {
  const value = call.args[0];
  if (value?.kind !== 'known' || typeof value.value !== 'string') return hangs(call, 'ms()');
  const result = milliseconds(value.value);
  return result === null ? known(undefined, call.place) : known(result, call.place);
}

export const merging: readonly Library[] = [
  { names: ['lodash', 'underscore', 'lodash-es', '@sailshq/lodash'], calls: lodash },
  {
    names: [
      'lodash.merge',
      'merge-deep',
      'deep-extend',
      'merge',
      'ts-deepmerge',
      'extend',
      'node.extend',
      'just-extend',
    ],
    calls: {
      ...main(merge(true, false, false)),
      recursive: merge(true, false, true),
      merge: merge(true, false, true),
    },
  },
  {
    names: ['deepmerge', 'deepmerge-ts', '@fastify/deepmerge'],
    calls: {
      ...main(merge(true, false, true)),
      all: merge(true, false, true),
      deepmerge: merge(true, false, true),
    },
  },
  {
    names: ['object-assign', 'lodash.assign', 'util-extend', 'utils-merge', 'xtend', 'lodash.assignin'],
    calls: main(merge(false, false, false)),
  },
  {
    names: ['lodash.defaults', 'defaults', 'defu'],
    calls: { ...main(merge(false, true, false)), defu: merge(true, true, true) },
  },
  { names: ['lodash.defaultsdeep'], calls: main(merge(true, true, false)) },
  { names: ['lodash.get'], calls: main(get) },
  { names: ['lodash.clonedeep', 'rfdc', 'klona'], calls: main(clone) },
  { names: ['ms'], calls: main(ms) },
  {
    names: ['deep-freeze', 'deep-freeze-strict', 'deep-freeze-es6', 'deepfreeze'],
    calls: main((_, call) => call.args[0] ?? undefinedValue),
  },
];
