/** The global objects of JavaScript: Object, JSON, Math, Number, Promise, Map, Set, Date and their like. */
import type { Reason } from '../app-model.ts';
import { EnvironmentMark, readSlot } from './bindings.ts';
import { hanging } from './builtins-text.ts';
import { regExp, spreadInto } from './expressions.ts';
import type { Machine } from './machine.ts';
import { iterate } from './statements.ts';
import {
  absentValue,
  known,
  mapValue,
  type Native,
  type NativeCall,
  notFollowed,
  type Obj,
  oneOf,
  type Place,
  reasonIn,
  type Slot,
  singles,
  textOf,
  truthy,
  undefinedValue,
  unknown,
  type Val,
} from './values.ts';

const nobody = undefinedValue;

function firstArg(call: NativeCall): Val {
  return call.args[0] ?? (call.open === null ? undefinedValue : unknown(call.open, call.place));
}

/** The own enumerable string keys, or the reason why they are not known. */
function keysOf(object: Obj): readonly string[] | Reason {
  if (object.open !== null) return object.open;
  if (object.external !== null)
    return { kind: 'library', text: `it comes from the package \`${object.external.package}\`` };
  if (object.data instanceof EnvironmentMark)
    return { kind: 'environment', text: 'it depends on which environment variables there are' };
  if (object.elements !== null) return object.elements.map((_, index) => String(index));
  return [...object.slots]
    .filter(([key, slot]) => !key.startsWith('@@') && !key.startsWith('#') && slot.hidden !== true)
    .map(([key]) => key);
}

function listing(m: Machine, pick: (object: Obj, key: string, call: NativeCall) => Val): Native {
  return (call) =>
    mapValue(firstArg(call), (value) => {
      if (value.kind !== 'object') return hanging(call, 'the keys of something that is no object');
      const keys = keysOf(value);
      if (!Array.isArray(keys)) return m.array([], call.place, keys as Reason);
      const made = m.object(call.place);
      made.elements = (keys as readonly string[]).map(
        (key): Slot => ({ value: pick(value, key, call), place: value.slots.get(key)?.place ?? call.place }),
      );
      return made;
    });
}

export function objectMembers(): Map<string, Native> {
  return new Map<string, Native>([
    [
      'hasOwnProperty',
      (call) => {
        const key = textOf(firstArg(call));
        if (
          call.self.kind !== 'object' ||
          key === null ||
          call.self.open !== null ||
          call.self.data instanceof EnvironmentMark ||
          call.self.external !== null
        )
          return hanging(call, 'hasOwnProperty()');
        return known(call.self.slots.has(key), call.place);
      },
    ],
    [
      'toString',
      (call) =>
        call.self.kind === 'known'
          ? known(String(call.self.value), call.place)
          : hanging(call, 'an object as text'),
    ],
    ['valueOf', (call) => call.self],
    ['isPrototypeOf', (call) => hanging(call, 'isPrototypeOf()')],
  ]);
}

export function functionMembers(m: Machine): Map<string, Native> {
  return new Map<string, Native>([
    ['call', (call) => m.call(call.self, firstArg(call), call.args.slice(1), call.place, call.open)],
    [
      'apply',
      (call) => {
        const list = call.args[1];
        const spread =
          list === undefined || (list.kind === 'known' && list.value == null)
            ? { items: [], open: null }
            : iterate(m, list, call.place);
        return m.call(
          call.self,
          firstArg(call),
          spread.items.map((slot) => slot.value),
          call.place,
          spread.open,
        );
      },
    ],
    [
      'bind',
      (call) => {
        const [self, ...bound] = call.args;
        const target = call.self;
        if (target.kind !== 'object') return hanging(call, 'bind()');
        const made = m.native(
          (inner) =>
            inner.construct
              ? m.construct(target, [...bound, ...inner.args], inner.place)
              : m.call(target, self ?? nobody, [...bound, ...inner.args], inner.place, inner.open),
          call.place,
        );
        made.data =
          target.closure?.kind === 'function' ||
          target.closure?.kind === 'method' ||
          target.closure?.kind === 'arrow'
            ? { boundTo: target, args: bound.length }
            : null;
        return made;
      },
    ],
    ['toString', (call) => notFollowed('a function as text', call.place)],
  ]);
}

/** `then`, `catch` and `finally` on anything: a promise is followed as what it will be. */
export function promiseMembers(m: Machine): Map<string, Native> {
  return new Map<string, Native>([
    [
      'then',
      (call) => {
        const then = call.args[0];
        if (then === undefined || (then.kind === 'known' && then.value == null)) return call.self;
        return m.call(then, nobody, [call.self], call.place);
      },
    ],
    [
      'catch',
      (call) => {
        const handler = call.args[0];
        const before = call.self;
        if (handler?.kind === 'object' && handler.closure !== null && before.kind !== 'known') {
          m.maybe(
            { kind: 'computed', text: 'an error may be caught here' },
            `catch:${call.place.file}:${call.place.span.start.line}`,
            () => {
              m.call(
                handler,
                nobody,
                [unknown({ kind: 'computed', text: 'it is a caught error' }, call.place)],
                call.place,
              );
            },
          );
        }
        return before;
      },
    ],
    [
      'finally',
      (call) => {
        const handler = call.args[0];
        if (handler !== undefined) m.call(handler, nobody, [], call.place);
        return call.self;
      },
    ],
  ]);
}

/** Object.assign, and the merge and defaults families of libraries: fills `target` from `sources`. */
export function mergeInto(
  m: Machine,
  target: Val,
  sources: readonly Val[],
  deep: boolean,
  keepOld: boolean,
  place: Place,
): Val {
  if (target.kind !== 'object')
    return sources.length === 0
      ? target
      : mergeInto(m, m.object(place), [target, ...sources], deep, keepOld, place);
  for (const source of sources) {
    if (keepOld) fillMissing(m, target, source, deep, place);
    else if (deep) mergeDeep(m, target, source, place, 0);
    else spreadInto(m, target, source, place);
  }
  return target;
}

function fillMissing(m: Machine, target: Obj, source: Val, deep: boolean, place: Place): void {
  if (source.kind !== 'object') {
    if (source.kind !== 'known') m.state.setOpen(target, target.open ?? reasonIn(source));
    return;
  }
  for (const [key, slot] of source.slots) {
    const old = target.slots.get(key);
    const given = readSlot(m, slot, source, place);
    if (old === undefined) {
      const value = target.open === null ? given : oneOf([given, unknown(target.open, place)], target.open);
      m.state.setSlot(target, key, { value, place: slot.place ?? place });
    } else if (deep && old.value.kind === 'object' && given.kind === 'object')
      fillMissing(m, old.value, given, true, place);
    else if (singles(old.value).some((single) => single.kind === 'known' && single.value === undefined)) {
      const rest = singles(old.value).filter(
        (single) => !(single.kind === 'known' && single.value === undefined),
      );
      m.state.setSlot(target, key, {
        value: rest.length === 0 ? given : oneOf([...rest, given], reasonIn(old.value)!),
        place: slot.place ?? place,
      });
    }
  }
  if (source.open !== null && target.open === null) m.state.setOpen(target, source.open);
}

function mergeDeep(m: Machine, target: Obj, source: Val, place: Place, depth: number): void {
  if (source.kind !== 'object' || depth > 12 || source.elements !== null) {
    spreadInto(m, target, source, place);
    return;
  }
  const shallow = m.object(place);
  shallow.open = source.open;
  for (const [key, slot] of source.slots) {
    const value = readSlot(m, slot, source, place);
    const old = target.slots.get(key)?.value;
    if (value.kind === 'object' && value.slots.size > 0 && value.external === null && !value.callable) {
      const into = old?.kind === 'object' && old.external === null ? old : m.object(value.place);
      if (into !== old) m.state.setSlot(target, key, { value: into, place: slot.place ?? place });
      mergeDeep(m, into, value, place, depth + 1);
    } else if (!(value.kind === 'known' && value.value === undefined))
      shallow.slots.set(key, { value, place: slot.place });
  }
  spreadInto(m, target, shallow, place);
}

/** An abstract value from parsed data (JSON, YAML); everything in it is placed at `place`. */
export function fromData(m: Machine, data: unknown, place: Place, depth = 0): Val {
  if (
    data === null ||
    typeof data === 'string' ||
    typeof data === 'number' ||
    typeof data === 'boolean' ||
    typeof data === 'bigint'
  )
    return known(data, place);
  if (data instanceof Date) return known(data.toISOString(), place);
  if (depth > 32) return notFollowed('deeply nested data', place);
  if (Array.isArray(data))
    return m.array(
      data.map((item) => fromData(m, item, place, depth + 1)),
      place,
    );
  if (typeof data === 'object') {
    return m.objectOf(
      Object.entries(data as Record<string, unknown>).map(
        ([key, value]) => [key, fromData(m, value, place, depth + 1)] as const,
      ),
      place,
    );
  }
  return undefinedValue;
}

/** The value as plain data; null where some of it is not known. */
export function toData(value: Val, depth = 0): { data: unknown } | null {
  if (value.kind === 'known') return { data: value.value };
  if (
    value.kind !== 'object' ||
    value.open !== null ||
    value.external !== null ||
    value.callable ||
    depth > 16
  )
    return null;
  if (value.elements !== null) {
    const items = value.elements.map((slot) => toData(slot.value, depth + 1));
    return items.every((item) => item !== null) ? { data: items.map((item) => item.data) } : null;
  }
  const result: [string, unknown][] = [];
  for (const [key, slot] of value.slots) {
    const item = slot.getter === undefined ? toData(slot.value, depth + 1) : null;
    if (item === null) return null;
    result.push([key, item.data]);
  }
  return { data: Object.fromEntries(result) };
}

export function installGlobals(m: Machine): void {
  const object = (entries: Iterable<readonly [string, Native]>, call: Native | null = null): Obj => {
    const made = call === null ? m.object(null) : m.native(call);
    for (const [key, fn] of entries) made.slots.set(key, { value: m.native(fn), place: null });
    return made;
  };
  const set = (name: string, value: Val): void => void m.globals.set(name, value);
  const withPrototype = (holder: Obj): Obj => {
    holder.slots.set('prototype', { value: m.object(null), place: null });
    return holder;
  };

  const freeze: Native = (call) => firstArg(call);
  set(
    'Object',
    withPrototype(
      object(
        [
          ['assign', (call) => mergeInto(m, firstArg(call), call.args.slice(1), false, false, call.place)],
          ['freeze', freeze],
          ['seal', freeze],
          ['preventExtensions', freeze],
          ['keys', listing(m, (_, key, call) => known(key, call.place))],
          ['getOwnPropertyNames', listing(m, (_, key, call) => known(key, call.place))],
          ['values', listing(m, (from, key, call) => m.get(from, key, call.place))],
          [
            'entries',
            listing(m, (from, key, call) =>
              m.array([known(key, call.place), m.get(from, key, call.place)], call.place),
            ),
          ],
          [
            'fromEntries',
            (call) => {
              const made = m.object(call.place);
              const list = iterate(m, firstArg(call), call.place);
              made.open = list.open;
              for (const slot of list.items) {
                const key = textOf(m.get(slot.value, '0', call.place));
                if (key === null)
                  made.open ??= { kind: 'computed', text: 'the name of a property is computed' };
                else made.slots.set(key, { value: m.get(slot.value, '1', call.place), place: slot.place });
              }
              return made;
            },
          ],
          [
            'create',
            (call) => {
              const made = m.object(call.place);
              const proto = firstArg(call);
              made.proto = proto.kind === 'object' ? proto : null;
              if (proto.kind === 'unknown') made.open = proto.reason;
              return made;
            },
          ],
          [
            'getPrototypeOf',
            (call) => {
              const value = firstArg(call);
              return value.kind === 'object' ? (value.proto ?? known(null)) : hanging(call, 'a prototype');
            },
          ],
          [
            'setPrototypeOf',
            (call) => {
              const [target, proto] = call.args;
              if (target?.kind === 'object' && proto?.kind === 'object') target.proto = proto;
              return target ?? undefinedValue;
            },
          ],
          [
            'defineProperty',
            (call) => {
              const [target, key, descriptor] = call.args;
              const name = key === undefined ? null : textOf(key);
              if (target?.kind !== 'object' || name === null || descriptor?.kind !== 'object')
                return target ?? undefinedValue;
              const getter = descriptor.slots.get('get')?.value;
              const hidden = truthy(m.get(descriptor, 'enumerable', call.place)) !== true;
              const own =
                getter?.kind === 'object'
                  ? { value: undefinedValue, place: call.place, getter, hidden }
                  : { value: m.get(descriptor, 'value', call.place), place: call.place, hidden };
              m.state.setSlot(target, name, own);
              return target;
            },
          ],
          [
            'hasOwn',
            (call) =>
              m.call(
                m.get(m.object(call.place), 'hasOwnProperty', call.place),
                firstArg(call),
                call.args.slice(1),
                call.place,
              ),
          ],
          [
            'is',
            (call) => {
              const [a, b] = call.args;
              return a?.kind === 'known' && b?.kind === 'known'
                ? known(Object.is(a.value, b.value), call.place)
                : hanging(call, 'Object.is()');
            },
          ],
        ],
        (call) => firstArg(call),
      ),
    ),
  );
  set(
    'Reflect',
    object([
      ['ownKeys', listing(m, (_, key, call) => known(key, call.place))],
      [
        'get',
        (call) => {
          const key = textOf(call.args[1] ?? undefinedValue);
          return key === null ? hanging(call, 'Reflect.get()') : m.get(firstArg(call), key, call.place);
        },
      ],
    ]),
  );
  set(
    'JSON',
    object([
      [
        'parse',
        (call) => {
          const text = firstArg(call);
          if (text.kind !== 'known') {
            m.risk++;
            return hanging(call, 'JSON.parse()');
          }
          try {
            return fromData(m, JSON.parse(String(text.value)), text.trace?.place ?? call.place);
          } catch {
            m.risk++;
            return notFollowed('JSON that does not parse', call.place);
          }
        },
      ],
      [
        'stringify',
        (call) => {
          const data = toData(firstArg(call));
          return data === null
            ? hanging(call, 'JSON.stringify()')
            : known(JSON.stringify(data.data), call.place);
        },
      ],
    ]),
  );
  set(
    'Array',
    withPrototype(
      object(
        [
          [
            'isArray',
            (call) =>
              mapValue(firstArg(call), (value) =>
                value.kind === 'unknown'
                  ? value
                  : known(value.kind === 'object' && value.elements !== null, call.place),
              ),
          ],
          ['of', (call) => m.array(call.args, call.place)],
          [
            'from',
            (call) => {
              const source = firstArg(call);
              const length =
                source.kind === 'object' && source.elements === null
                  ? source.slots.get('length')?.value
                  : undefined;
              const list =
                length?.kind === 'known' && typeof length.value === 'number' && length.value <= 256
                  ? {
                      items: Array.from({ length: length.value }, () => ({
                        value: undefinedValue as Val,
                        place: null,
                      })),
                      open: null,
                    }
                  : iterate(m, source, call.place);
              const made = m.object(call.place);
              made.elements = list.items;
              made.open = list.open;
              return call.args[1] === undefined
                ? made
                : m.call(m.get(made, 'map', call.place), made, [call.args[1]], call.place);
            },
          ],
        ],
        (call) =>
          call.args.length === 1 && call.args[0]!.kind === 'known' && typeof call.args[0]!.value === 'number'
            ? m.array(
                Array.from(
                  { length: Math.min(Math.max(Math.trunc(call.args[0]!.value) || 0, 0), 256) },
                  () => undefinedValue,
                ),
                call.place,
              )
            : m.array(call.args, call.place),
      ),
    ),
  );

  const convert =
    (
      name: string,
      f: (value: unknown, rest: readonly unknown[]) => string | number | boolean | bigint,
    ): Native =>
    (call) =>
      mapValue(firstArg(call), (value) => {
        if (name === 'Boolean') {
          const is = truthy(value);
          if (is !== null) return known(is, call.place);
        }
        if (name === 'Number' && value.kind === 'object' && value.data instanceof Date)
          return known(value.data.getTime(), call.place);
        if (value.kind !== 'known') {
          const reason = reasonIn(value);
          return reason === null
            ? notFollowed(`${name}() of an object`, call.place)
            : unknown(reason, call.place);
        }
        const rest = call.args.slice(1).map((arg) => (arg.kind === 'known' ? arg.value : undefined));
        try {
          return known(f(value.value, rest), call.place);
        } catch {
          m.risk++;
          return notFollowed(`${name}()`, call.place);
        }
      });
  const withNative = (name: string, fn: Native, statics: Iterable<readonly [string, Native]> = []): void =>
    set(name, withPrototype(object(statics, fn)));
  withNative('Boolean', convert('Boolean', Boolean));
  withNative(
    'String',
    (call) => (call.args.length === 0 ? known('', call.place) : convert('String', String)(call)),
    [['raw', (call) => notFollowed('String.raw', call.place)]],
  );
  const isNumber =
    (test: (value: unknown) => boolean): Native =>
    (call) =>
      mapValue(firstArg(call), (value) =>
        value.kind === 'known'
          ? known(test(value.value), call.place)
          : hanging({ ...call, args: [value] }, 'a test of a number'),
      );
  const parseIntNative = convert('parseInt', (value, [radix]) =>
    Number.parseInt(String(value), radix as number | undefined),
  );
  const parseFloatNative = convert('parseFloat', (value) => Number.parseFloat(String(value)));
  withNative(
    'Number',
    (call) =>
      call.args.length === 0 ? known(0, call.place) : convert('Number', (value) => Number(value))(call),
    [
      ['parseInt', parseIntNative],
      ['parseFloat', parseFloatNative],
      ['isNaN', isNumber(Number.isNaN)],
      ['isInteger', isNumber(Number.isInteger)],
      ['isFinite', isNumber(Number.isFinite)],
      ['isSafeInteger', isNumber(Number.isSafeInteger)],
    ],
  );
  withNative(
    'BigInt',
    convert('BigInt', (value) => BigInt(value as string)),
  );
  set('parseInt', m.native(parseIntNative));
  set('parseFloat', m.native(parseFloatNative));
  set('isNaN', m.native(isNumber((value) => Number.isNaN(Number(value)))));
  set('isFinite', m.native(isNumber((value) => Number.isFinite(Number(value)))));
  for (const name of ['encodeURIComponent', 'encodeURI', 'decodeURIComponent', 'decodeURI'] as const)
    set(name, m.native(convert(name, (value) => globalThis[name](String(value)))));
  set('NaN', known(Number.NaN));
  set('Infinity', known(Number.POSITIVE_INFINITY));

  const math = object(
    (
      [
        'abs',
        'ceil',
        'floor',
        'max',
        'min',
        'pow',
        'round',
        'sign',
        'sqrt',
        'trunc',
        'log',
        'log2',
        'log10',
      ] as const
    ).map((name): [string, Native] => [
      name,
      (call) =>
        call.open === null && call.args.every((arg) => arg.kind === 'known')
          ? known(
              (Math[name] as (...args: number[]) => number)(
                ...call.args.map((arg) => Number(arg.kind === 'known' ? arg.value : 0)),
              ),
              call.place,
            )
          : hanging(call, `Math.${name}()`),
    ]),
  );
  math.slots.set('random', {
    value: m.native((call) => unknown({ kind: 'computed', text: 'it is a random number' }, call.place)),
    place: null,
  });
  math.slots.set('PI', { value: known(Math.PI), place: null });
  set('Math', math);

  installCollections(m, withNative);
  installPromise(m, withNative);
  installDates(m, withNative);

  withNative(
    'Symbol',
    (call) =>
      symbol(
        m,
        `symbol:${textOf(firstArg(call)) ?? ''}:${call.place.file}:${call.place.span.start.line}`,
        call.place,
      ),
    [['for', (call) => symbol(m, `for:${textOf(firstArg(call)) ?? ''}`, call.place)]],
  );
  withNative('RegExp', (call) => {
    const [source, flags] = call.args;
    if (source?.kind === 'object' && source.data !== null) return source;
    return source?.kind === 'known'
      ? regExp(
          m,
          String(source.value),
          flags?.kind === 'known' && flags.value !== undefined ? String(flags.value) : '',
          call.place,
        )
      : hanging(call, 'a regular expression');
  });
  for (const name of ['Error', 'TypeError', 'RangeError', 'SyntaxError', 'AggregateError'])
    withNative(name, (call) =>
      m.objectOf(
        [
          ['message', firstArg(call)],
          ['stack', notFollowed('a stack', call.place)],
        ],
        call.place,
      ),
    );
  // They decide nothing of what the server sends; what is given to a timer may run later.
  const later: Native = (call) => {
    const fn = firstArg(call);
    if (fn.kind === 'object' && fn.closure !== null)
      m.queue.push(() => void m.call(fn, nobody, [], call.place));
    return notFollowed('a timer', call.place);
  };
  for (const name of ['setTimeout', 'setImmediate', 'queueMicrotask', 'setInterval'])
    set(name, m.native(later));
  for (const name of ['clearTimeout', 'clearInterval', 'clearImmediate'])
    set(
      name,
      m.native(() => undefinedValue),
    );
  set(
    'structuredClone',
    m.native((call) => firstArg(call)),
  );
  set(
    'console',
    object(
      [
        'log',
        'error',
        'warn',
        'info',
        'debug',
        'trace',
        'table',
        'time',
        'timeEnd',
        'group',
        'groupEnd',
        'dir',
        'assert',
      ].map((name): [string, Native] => [name, () => undefinedValue]),
    ),
  );
}

function symbol(m: Machine, name: string, place: Place): Obj {
  const made = m.object(place);
  made.data = Symbol(name);
  return made;
}

type Install = (name: string, fn: Native, statics?: Iterable<readonly [string, Native]>) => void;

/** Key under which a Map keeps a value; null where the key is not known. */
function mapKey(value: Val): string | null {
  if (value.kind === 'known') return `${typeof value.value}:${String(value.value)}`;
  return value.kind === 'object' ? `object:${value.id}` : null;
}

function installCollections(m: Machine, install: Install): void {
  const makeMap: Native = (call) => {
    const made = m.object(call.place);
    const map = new Map<string, { key: Val; value: Val }>();
    made.data = map;
    const source = firstArg(call);
    if (source.kind !== 'known') {
      const list = iterate(m, source, call.place);
      made.open = list.open;
      for (const slot of list.items) {
        const key = m.get(slot.value, '0', call.place);
        const id = mapKey(key);
        if (id === null) made.open ??= reasonIn(key);
        else map.set(id, { key, value: m.get(slot.value, '1', call.place) });
      }
    }
    return made;
  };
  const makeSet: Native = (call) => {
    const made = m.object(call.place);
    const source = firstArg(call);
    const list =
      source.kind === 'known' && source.value == null
        ? { items: [], open: null }
        : iterate(m, source, call.place);
    made.data = new Set(list.items.map((slot) => slot.value));
    made.open = list.open;
    return made;
  };
  install('Map', makeMap);
  install('WeakMap', makeMap);
  install('Set', makeSet);
  install('WeakSet', makeSet);
}

type MapData = Map<string, { key: Val; value: Val }>;

/** Methods of Map, Set, RegExp and Date. Maps and Sets are written outside of the journal: what a branch puts in stays in, which only adds possibilities. */
export function specialMembers(
  m: Machine,
  regExpTable: ReadonlyMap<string, Native>,
): (object: Obj) => ReadonlyMap<string, Native> | null {
  const mapOf = (call: NativeCall): MapData =>
    call.self.kind === 'object' ? (call.self.data as MapData) : new Map();
  const openOf = (call: NativeCall): Reason | null => (call.self.kind === 'object' ? call.self.open : null);
  const mapTable = new Map<string, Native>([
    [
      'get',
      (call) => {
        const id = mapKey(firstArg(call));
        const found = id === null ? undefined : mapOf(call).get(id);
        if (found !== undefined) return found.value;
        const reason = id === null ? reasonIn(firstArg(call)) : openOf(call);
        return reason === null ? absentValue : unknown(reason, call.place);
      },
    ],
    [
      'has',
      (call) => {
        const id = mapKey(firstArg(call));
        const reason = id === null ? reasonIn(firstArg(call)) : openOf(call);
        return reason === null ? known(mapOf(call).has(id!), call.place) : unknown(reason, call.place);
      },
    ],
    [
      'set',
      (call) => {
        const id = mapKey(firstArg(call));
        if (id !== null) mapOf(call).set(id, { key: firstArg(call), value: call.args[1] ?? undefinedValue });
        else if (call.self.kind === 'object') m.state.setOpen(call.self, reasonIn(firstArg(call)));
        return call.self;
      },
    ],
    [
      'delete',
      (call) => {
        const id = mapKey(firstArg(call));
        if (id !== null) mapOf(call).delete(id);
        return known(true, call.place);
      },
    ],
    [
      'forEach',
      (call) => {
        for (const pair of [...mapOf(call).values()])
          m.call(firstArg(call), nobody, [pair.value, pair.key], call.place);
        return undefinedValue;
      },
    ],
    [
      'values',
      (call) =>
        m.array(
          [...mapOf(call).values()].map((pair) => pair.value),
          call.place,
          openOf(call),
        ),
    ],
    [
      'keys',
      (call) =>
        m.array(
          [...mapOf(call).values()].map((pair) => pair.key),
          call.place,
          openOf(call),
        ),
    ],
    [
      'entries',
      (call) =>
        m.array(
          [...mapOf(call).values()].map((pair) => m.array([pair.key, pair.value], call.place)),
          call.place,
          openOf(call),
        ),
    ],
  ]);
  const setOf = (call: NativeCall): Set<Val> =>
    call.self.kind === 'object' ? (call.self.data as Set<Val>) : new Set();
  const includes = (call: NativeCall): Val => {
    const id = mapKey(firstArg(call));
    const reason = id === null ? reasonIn(firstArg(call)) : openOf(call);
    if (reason !== null) return unknown(reason, call.place);
    const ids = [...setOf(call)].map(mapKey);
    if (ids.includes(id)) return known(true, call.place);
    return ids.includes(null)
      ? hanging({ ...call, args: [...setOf(call)] }, 'has()')
      : known(false, call.place);
  };
  const setTable = new Map<string, Native>([
    ['has', includes],
    [
      'add',
      (call) => {
        setOf(call).add(firstArg(call));
        return call.self;
      },
    ],
    [
      'forEach',
      (call) => {
        for (const value of [...setOf(call)]) m.call(firstArg(call), nobody, [value, value], call.place);
        return undefinedValue;
      },
    ],
    ['values', (call) => m.array([...setOf(call)], call.place, openOf(call))],
  ]);
  const dateTable = new Map<string, Native>();
  for (const name of [
    'getTime',
    'valueOf',
    'toISOString',
    'toUTCString',
    'toString',
    'toJSON',
    'getFullYear',
    'getDate',
    'getMonth',
    'getHours',
    'getMinutes',
    'getSeconds',
  ]) {
    dateTable.set(name, (call) => m.get(call.self, '@@time', call.place));
  }
  for (const name of [
    'setTime',
    'setDate',
    'setHours',
    'setMinutes',
    'setSeconds',
    'setFullYear',
    'setMonth',
    'setMilliseconds',
  ])
    dateTable.set(name, (call) => call.self);
  return (object) => {
    const { data } = object;
    if (data === null || typeof data !== 'object') return null;
    if (data instanceof Map) return mapTable;
    if (data instanceof Set) return setTable;
    if (data instanceof StartTime) return dateTable;
    return 'regExp' in data ? regExpTable : null;
  };
}

/** Marks a date: one computed when the program starts, or a fixed one. */
export class StartTime {}

function installDates(m: Machine, install: Install): void {
  const now: Reason = { kind: 'computed', text: 'it is the time at which the program starts' };
  const makeDate: Native = (call) => {
    if (!call.construct) return unknown(now, call.place);
    const made = m.object(call.place);
    made.data = new StartTime();
    const given = call.args.length === 0 ? unknown(now, call.place) : firstArg(call);
    made.slots.set('@@time', { value: given, place: call.place });
    return made;
  };
  install('Date', makeDate, [
    ['now', (call) => unknown(now, call.place)],
    ['parse', (call) => firstArg(call)],
    ['UTC', (call) => hanging(call, 'Date.UTC()')],
  ]);
}

function installPromise(m: Machine, install: Install): void {
  const all: Native = (call) => firstArg(call);
  install(
    'Promise',
    (call) => {
      const executor = firstArg(call);
      let settled: Val | null = null;
      const resolve = m.native((inner) => {
        settled =
          settled === null
            ? firstArg(inner)
            : oneOf([settled, firstArg(inner)], {
                kind: 'computed',
                text: 'a promise may be resolved in several ways',
              });
        return undefinedValue;
      });
      const reject = m.native(() => undefinedValue);
      m.call(executor, nobody, [resolve, reject], call.place);
      return (
        settled ??
        unknown(
          { kind: 'computed', text: 'it is the result of a promise that the analysis does not follow' },
          call.place,
        )
      );
    },
    [
      ['resolve', (call) => firstArg(call)],
      ['reject', (call) => notFollowed('a rejected promise', call.place)],
      ['all', all],
      [
        'allSettled',
        (call) => {
          const list = iterate(m, firstArg(call), call.place);
          return m.array(
            list.items.map((slot) =>
              m.objectOf(
                [
                  ['status', known('fulfilled')],
                  ['value', slot.value],
                ],
                call.place,
              ),
            ),
            call.place,
            list.open,
          );
        },
      ],
      [
        'race',
        (call) => {
          const list = iterate(m, firstArg(call), call.place);
          return list.items.length === 0
            ? hanging(call, 'Promise.race()')
            : oneOf(
                list.items.map((slot) => slot.value),
                { kind: 'computed', text: 'it depends on which promise settles first' },
              );
        },
      ],
    ],
  );
}
