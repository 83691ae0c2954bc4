/** Turns a fresh machine into one that has the global objects of JavaScript. */
import type { Reason } from '../app-model.ts';
import { Filtered } from './builtins-array.ts';
import { installCollections } from './builtins-collections.ts';
import { installDates } from './builtins-dates.ts';
import { installPromise } from './builtins-promise.ts';
import { hanging } from './builtins-text.ts';
import { installWeb } from './builtins-web.ts';
import { readDataText } from './data-files.ts';
import { regExp } from './expressions.ts';
import { bounds, type Machine } from './machine.ts';
import { mergeInto } from './merge-objects.ts';
import { binary } from './operators.ts';
import { fromData, toData } from './plain-data.ts';
import { noteRequestMark } from './properties.ts';
import { iterate } from './statements.ts';
import {
  absentValue,
  comesFrom,
  EnvironmentMark,
  firstArg,
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
  StartTime,
  textOf,
  truthy,
  undefinedValue,
  unknown,
  type Val,
} from './values.ts';

/** The own enumerable string keys, or the reason why they are not known. */
function keysOf(object: Obj): readonly string[] | Reason {
  if (object.open !== null) return object.open;
  if (object.external !== null) return comesFrom(object.external.package);
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
              const source = firstArg(call);
              const list = iterate(m, source, call.place);
              const filtered =
                source.kind === 'object' &&
                source.data instanceof Filtered &&
                source.open === source.data.open
                  ? source.data
                  : null;
              made.open = filtered === null ? list.open : null;
              for (const slot of list.items) {
                const reason = filtered?.uncertain.get(slot);
                const key = textOf(m.get(slot.value, '0', call.place));
                if (key === null)
                  made.open ??= { kind: 'computed', text: 'the name of a property is computed' };
                else {
                  const value = m.get(slot.value, '1', call.place);
                  made.slots.set(key, {
                    value: reason === undefined ? value : oneOf([value, absentValue], reason),
                    place: slot.place,
                  });
                }
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
              if (target !== undefined && name !== null) noteRequestMark(m, target, name, call.place, true);
              if (target?.kind !== 'object' || name === null || descriptor?.kind !== 'object')
                return target ?? undefinedValue;
              const getter = descriptor.slots.get('get')?.value;
              // What the descriptor leaves out stays as it is in a property that is there already.
              const old = target.slots.get(name);
              const written = (field: string): boolean =>
                old === undefined || descriptor.open !== null || descriptor.slots.has(field);
              const hidden = written('enumerable')
                ? truthy(m.get(descriptor, 'enumerable', call.place)) !== true
                : old?.hidden === true;
              const own =
                getter?.kind === 'object'
                  ? { value: undefinedValue, place: call.place, getter, hidden }
                  : old !== undefined && !written('value')
                    ? { ...old, hidden }
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
      [
        'set',
        (call) => {
          const key = textOf(call.args[1] ?? undefinedValue);
          if (key !== null) m.set(firstArg(call), key, call.args[2] ?? undefinedValue, call.place);
          return known(true, call.place);
        },
      ],
      [
        'apply',
        (call) => {
          const { args, open } = argumentList(call.args[2]);
          return m.call(firstArg(call), call.args[1] ?? undefinedValue, args, call.place, open);
        },
      ],
      ['construct', (call) => m.construct(firstArg(call), argumentList(call.args[1]).args, call.place)],
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
            const data: unknown = JSON.parse(String(text.value));
            const [inFile] = m.filesRead.has(String(text.value).trim())
              ? (readDataText(m, text, 'json', call.place) ?? [])
              : [];
            return inFile ?? fromData(m, data, text.trace?.place ?? call.place);
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
        if (name === 'Number' && value.kind === 'object' && value.data instanceof StartTime)
          return m.get(value, '@@time', call.place);
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
    [['raw', rawText(m)]],
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
  const number = m.globals.get('Number');
  for (const name of [
    'MAX_SAFE_INTEGER',
    'MIN_SAFE_INTEGER',
    'MAX_VALUE',
    'MIN_VALUE',
    'EPSILON',
    'POSITIVE_INFINITY',
    'NEGATIVE_INFINITY',
    'NaN',
  ] as const)
    if (number?.kind === 'object')
      number.slots.set(name, { value: known(Number[name]), place: null, hidden: true });
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
    value: m.native((call) =>
      unknown({ kind: 'computed', text: 'it is made by `Math.random()`', guessable: true }, call.place),
    ),
    place: null,
  });
  math.slots.set('PI', { value: known(Math.PI), place: null });
  set('Math', math);

  installCollections(m, withNative);
  installPromise(m, withNative);
  installDates(m, withNative);
  installWeb(m, withNative);

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
  const repeated = new Map<unknown, number>();
  const later: Native = (call) => {
    const fn = firstArg(call);
    const timer = notFollowed('a timer', call.place);
    if (fn.kind !== 'object' || fn.closure === null) return timer;
    const { node } = fn.closure;
    // One that sets itself anew each time it runs would go on for ever.
    if (m.callStack.some((call) => call.node === node)) {
      const times = repeated.get(node) ?? 0;
      if (times >= bounds.undecidedRecursion) return timer;
      repeated.set(node, times + 1);
    }
    m.queue.push(() => void m.call(fn, undefinedValue, [], call.place));
    return timer;
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

/** An array-like as a list of arguments. */
function argumentList(list: Val | undefined): { args: Val[]; open: Reason | null } {
  if (list?.kind === 'object' && list.elements !== null)
    return { args: list.elements.map((slot) => slot.value), open: list.open };
  return { args: [], open: list === undefined ? null : reasonIn(list) };
}

/** String.raw as a tag. */
function rawText(m: Machine): Native {
  return (call) => {
    const raw = m.get(firstArg(call), 'raw', call.place);
    if (raw.kind !== 'object' || raw.elements === null) return notFollowed('String.raw', call.place);
    let text: Val = known('', call.place);
    for (const [index, part] of raw.elements.entries()) {
      text = binary('+', text, part.value, call.place);
      const value = call.args[index + 1];
      if (value !== undefined && index + 1 < raw.elements.length) text = binary('+', text, value, call.place);
    }
    return text;
  };
}

function symbol(m: Machine, name: string, place: Place): Obj {
  const made = m.object(place);
  made.data = Symbol(name);
  return made;
}
