/** Turns Node's EventEmitter into one whose listeners run where the program emits their events. */
import { waitingFunction } from '../functions.ts';
import { unknownArguments } from '../request-objects.ts';
import { known, type Native, textOf, undefinedValue, type Val } from '../values.ts';
import { exportsObject, hangs, type Library } from './library.ts';

/** Listeners by event, in the order in which they were added. */
class EmitterData {
  readonly listeners = new Map<string, { readonly fn: Val; readonly isOnce: boolean }[]>();
  readonly emitted = new Set<string>();
}

/**
 * Node's EventEmitter: `emit` calls the listeners at once (Node 24, lib/events.js). A listener whose event the program's own code does
 * not emit runs after the code before it, as one that something outside calls.
 */
export const events: Library = {
  names: ['events'],
  exports: (world, name) => {
    const { m } = world;
    const data = new WeakMap<object, EmitterData>();
    const dataOf = (self: Val): EmitterData => {
      if (self.kind !== 'object') return new EmitterData();
      let own = data.get(self);
      if (own === undefined) {
        own = new EmitterData();
        data.set(self, own);
      }
      return own;
    };
    const add =
      (isOnce: boolean): Native =>
      (call) => {
        const [event, fn] = call.args;
        const key = event === undefined ? null : textOf(event);
        if (key === null || fn === undefined) return call.self;
        const own = dataOf(call.self);
        own.listeners.set(key, [...(own.listeners.get(key) ?? []), { fn, isOnce }]);
        m.queue.push(() => {
          const waiting = own.emitted.has(key) ? null : waitingFunction(m, fn);
          if (waiting !== null)
            m.call(waiting, undefinedValue, unknownArguments(m, waiting, call.place), call.place);
        });
        return call.self;
      };
    const emit: Native = (call) => {
      const [event, ...args] = call.args;
      const key = event === undefined ? null : textOf(event);
      if (key === null) return hangs(call, 'an event');
      const own = dataOf(call.self);
      own.emitted.add(key);
      const listeners = own.listeners.get(key) ?? [];
      own.listeners.set(
        key,
        listeners.filter(({ isOnce }) => !isOnce),
      );
      for (const { fn } of listeners) m.call(fn, call.self, args, call.place);
      return known(listeners.length > 0, call.place);
    };
    const self: Native = (call) => call.self;
    const proto = m.objectOf(
      [
        ...['on', 'addListener', 'prependListener'].map((key): [string, Val] => [key, m.native(add(false))]),
        ...['once', 'prependOnceListener'].map((key): [string, Val] => [key, m.native(add(true))]),
        ['emit', m.native(emit)],
        ...['off', 'removeListener', 'removeAllListeners', 'setMaxListeners'].map((key): [string, Val] => [
          key,
          m.native(self),
        ]),
      ],
      null,
    );
    const emitter = exportsObject(
      world,
      name,
      (call) => {
        const made = m.object(call.place);
        made.proto = proto;
        return made;
      },
      [['prototype', proto]],
    );
    emitter.slots.set('EventEmitter', { value: emitter, place: null });
    return emitter;
  },
};
