/** Turns the methods that every object and function has into operations on abstract values. */
import { hanging } from './builtins-text.ts';
import type { Machine } from './machine.ts';
import { iterate } from './statements.ts';
import {
  EnvironmentMark,
  firstArg,
  known,
  type Native,
  notFollowed,
  reasonIn,
  textOf,
  undefinedValue,
  unknown,
} from './values.ts';

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
          call.self.external !== null
        )
          return hanging(call, 'hasOwnProperty()');
        if (!call.self.slots.has(key) && call.self.data instanceof EnvironmentMark) {
          const reason = reasonIn(call.self.data.read(key, call.place));
          // What is known of the environment is what is set there.
          return reason === null ? known(true, call.place) : unknown(reason, call.place);
        }
        return known(call.self.slots.has(key), call.place);
      },
    ],
    [
      'toString',
      (call) =>
        call.self.kind === 'known'
          ? // A text stays the one that it is, with the file that it was read from.
            typeof call.self.value === 'string'
            ? call.self
            : known(String(call.self.value), call.place)
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
              : m.call(target, self ?? undefinedValue, [...bound, ...inner.args], inner.place, inner.open),
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
