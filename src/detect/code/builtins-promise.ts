/** Turns promises into what they will be: then, catch, finally, and the Promise object. */
import { hanging } from './builtins-text.ts';
import type { Machine } from './machine.ts';
import { iterate } from './statements.ts';
import {
  firstArg,
  type Install,
  known,
  type Native,
  notFollowed,
  oneOf,
  undefinedValue,
  unknown,
  type Val,
} from './values.ts';

/** `then`, `catch` and `finally` on anything: a promise is followed as what it will be. */
export function promiseMembers(m: Machine): Map<string, Native> {
  return new Map<string, Native>([
    [
      'then',
      (call) => {
        const then = call.args[0];
        if (then === undefined || (then.kind === 'known' && then.value == null)) return call.self;
        return m.call(then, undefinedValue, [call.self], call.place);
      },
    ],
    [
      'catch',
      (call) => {
        const handler = call.args[0];
        const before = call.self;
        if (handler?.kind === 'object' && handler.closure !== null) {
          m.maybe(
            { kind: 'computed', text: 'an error may be caught here' },
            `catch:${call.place.file}:${call.place.span.start.line}`,
            () => {
              m.call(
                handler,
                undefinedValue,
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
        if (handler !== undefined) m.call(handler, undefinedValue, [], call.place);
        return call.self;
      },
    ],
  ]);
}

export function installPromise(m: Machine, install: Install): void {
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
      const waiting = m.queue.length;
      m.call(executor, undefinedValue, [resolve, reject], call.place);
      // Timers and the like that the executor sets: whoever waits for the promise waits for them.
      for (const later of m.queue.splice(waiting)) later();
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
