/** Methods of arrays over abstract values, in the order of their rounds. */
import type { Reason } from '../app-model.ts';
import { hanging } from './builtins-text.ts';
import { bounds, type Machine } from './machine.ts';
import { binary } from './operators.ts';
import {
  absentValue,
  firstArg,
  known,
  mapValue,
  maxElements,
  type Native,
  type NativeCall,
  type Obj,
  oneOf,
  placeKey,
  reasonIn,
  SetWhereEmpty,
  type Slot,
  telling,
  tellsOf,
  textOf,
  truthy,
  undefinedValue,
  unknown,
  type Val,
} from './values.ts';

/** Marks a list of which some elements may be missing, and nothing else is open. */
export class Filtered {
  readonly uncertain: ReadonlyMap<Slot, Reason>;
  /** Why it is open; where it is open for another reason by now, more than these may be missing. */
  readonly open: Reason | null;
  constructor(uncertain: ReadonlyMap<Slot, Reason>, open: Reason | null) {
    this.uncertain = uncertain;
    this.open = open;
  }
}

interface List {
  readonly object: Obj;
  readonly elements: readonly Slot[];
}

/** Longer lists keep the order that they have. */
const maxSorted = 64;

function reversed({ object, elements }: List): List {
  return { object, elements: [...elements].reverse() };
}

function listOf(call: NativeCall): List | null {
  const { self } = call;
  return self.kind === 'object' && self.elements !== null ? { object: self, elements: self.elements } : null;
}

/** The elements of several arrays one after another, and why there may be more than are followed. Each takes a part of a step. */
export function chain(
  m: Machine,
  parts: Iterable<readonly Slot[]>,
): { readonly slots: Slot[]; readonly rest: Reason | null } {
  const slots: Slot[] = [];
  for (const part of parts) {
    if (slots.length + part.length > maxElements)
      return { slots, rest: { kind: 'limit', text: 'it is part of a very long list' } };
    m.state.onWork(part.length);
    for (const slot of part) slots.push(slot);
  }
  return { slots, rest: null };
}

export function arrayMembers(m: Machine): Map<string, Native> {
  const invoke = (call: NativeCall, element: Val, index: number): Val =>
    m.call(
      call.args[0] ?? undefinedValue,
      call.args[1] ?? undefinedValue,
      [element, known(index, call.place), call.self],
      call.place,
    );

  /** Calls the callback for each element; elements that may exist beyond those known, once as something that may happen. */
  const rounds = (call: NativeCall, list: List): Val[] => {
    const results = list.elements
      .slice(0, bounds.iterations)
      .map((slot, index) => invoke(call, slot.value, index));
    if (list.object.open !== null) furtherRound(call, list.object.open);
    return results;
  };
  const furtherRound = (call: NativeCall, reason: Reason): void => {
    m.maybe(reason, `round:${placeKey(call.place)}`, () => {
      invoke(call, unknown(reason, call.place), 0);
    });
  };
  const withList =
    (name: string, f: (call: NativeCall, list: List) => Val): Native =>
    (call) => {
      const list = listOf(call);
      return list === null ? hanging(call, `${name}()`) : f(call, list);
    };
  const copy = (call: NativeCall, elements: readonly Slot[], open: Reason | null): Obj => {
    const made = m.object(call.place);
    made.elements = elements;
    made.open = open;
    return made;
  };

  /** What a method puts together may double each time it is called: it takes steps for each element, and ends somewhere. */
  const join = (call: NativeCall, parts: Iterable<readonly Slot[]>, open: Reason | null): Obj => {
    const { slots, rest } = chain(m, parts);
    return copy(call, slots, open ?? rest);
  };
  const lengthen = (list: List, parts: Iterable<readonly Slot[]>): void => {
    const { slots, rest } = chain(m, parts);
    m.state.setElements(list.object, slots);
    if (rest !== null) m.state.setOpen(list.object, rest);
  };
  const slotsOf = (call: NativeCall, values: readonly Val[]): Slot[] =>
    values.map((value) => ({ value, place: call.place }));

  /** The first element for which the callback holds. */
  const find = (call: NativeCall, list: List, found: (slot: Slot, index: number) => Val, none: Val): Val => {
    const maybe: Val[] = [];
    let reason: Reason | null = null;
    for (const [index, slot] of list.elements.entries()) {
      const result = invoke(call, slot.value, index);
      const holds = truthy(result);
      if (holds === true)
        return maybe.length === 0 ? found(slot, index) : oneOf([...maybe, found(slot, index)], reason!);
      if (holds === null) {
        maybe.push(found(slot, index));
        reason ??= reasonIn(result);
      }
    }
    reason ??= list.object.open;
    if (reason === null) return none;
    return list.object.open === null ? oneOf([...maybe, none], reason) : unknown(reason, call.place);
  };

  const quantify =
    (wanted: boolean) =>
    (call: NativeCall, list: List): Val => {
      let reason: Reason | null = list.object.open;
      const variables: string[] = [];
      for (const [index, slot] of list.elements.entries()) {
        const result = invoke(call, slot.value, index);
        const holds = truthy(result);
        if (holds === wanted) return known(wanted, call.place);
        if (holds === null) reason ??= reasonIn(result);
        variables.push(...(tellsOf(result)?.[wanted ? 'whenFalse' : 'whenTrue'] ?? []));
      }
      if (reason === null) return known(!wanted, call.place);
      return telling(
        unknown(reason, call.place),
        wanted ? { whenTrue: [], whenFalse: variables } : { whenTrue: variables, whenFalse: [] },
      );
    };

  const search = (call: NativeCall, list: List, wrap: (index: number) => Val): Val =>
    mapValue(call.args[0] ?? undefinedValue, (wanted) => searchFor(wanted, call, list, wrap));

  const searchFor = (wanted: Val, call: NativeCall, list: List, wrap: (index: number) => Val): Val => {
    let reason: Reason | null = list.object.open;
    for (const [index, slot] of list.elements.entries()) {
      const equal = binary('===', slot.value, wanted, call.place);
      const holds = truthy(equal);
      if (holds === true && reason === null) return wrap(index);
      if (holds !== false) reason ??= reasonIn(equal) ?? reasonIn(wanted);
    }
    return reason === null ? wrap(-1) : unknown(reason, call.place);
  };

  const reduce = (call: NativeCall, list: List): Val => {
    let rest = list.elements;
    let result = call.args[1];
    if (result === undefined) {
      result = rest[0]?.value ?? undefinedValue;
      rest = rest.slice(1);
    }
    for (const [index, slot] of rest.slice(0, bounds.iterations).entries())
      result = m.call(
        call.args[0] ?? undefinedValue,
        undefinedValue,
        [result, slot.value, known(index, call.place), call.self],
        call.place,
      );
    return list.object.open === null
      ? result
      : oneOf([result, unknown(list.object.open, call.place)], list.object.open);
  };

  /** The elements in their order; null where that is not known. */
  const sorted = (call: NativeCall, list: List): Slot[] | null => {
    const compare = call.args[0];
    if (list.object.open !== null || list.elements.length > maxSorted) return null;
    let isKnown = true;
    const byText = (value: Val): string | null => {
      const text = textOf(value);
      if (text === null) isKnown = false;
      return text;
    };
    const order = [...list.elements].sort((a, b) => {
      if (!isKnown) return 0;
      if (compare === undefined || compare.kind === 'known') {
        const [x, y] = [byText(a.value) ?? '', byText(b.value) ?? ''];
        return x < y ? -1 : x > y ? 1 : 0;
      }
      const result = m.call(compare, undefinedValue, [a.value, b.value], call.place);
      if (result.kind !== 'known') isKnown = false;
      return result.kind === 'known' ? Number(result.value) : 0;
    });
    return isKnown ? order : null;
  };

  return new Map<string, Native>([
    [
      'forEach',
      withList('forEach', (call, list) => {
        rounds(call, list);
        return undefinedValue;
      }),
    ],
    [
      'map',
      withList('map', (call, list) =>
        copy(
          call,
          rounds(call, list).map((value) => ({ value, place: call.place })),
          list.object.open,
        ),
      ),
    ],
    [
      'flatMap',
      withList('flatMap', (call, list) => {
        const results = rounds(call, list).map((value): readonly Slot[] =>
          value.kind === 'object' && value.elements !== null
            ? value.elements
            : [{ value, place: call.place }],
        );
        return join(call, results, list.object.open);
      }),
    ],
    [
      'filter',
      withList('filter', (call, list) => {
        let open = list.object.open;
        const uncertain = new Map<Slot, Reason>();
        const variables: string[] = [];
        const kept = list.elements.filter((slot, index) => {
          const result = invoke(call, slot.value, index);
          const holds = truthy(result);
          const reason = holds === null ? reasonIn(result) : null;
          open ??= reason;
          if (reason !== null) uncertain.set(slot, reason);
          variables.push(...(tellsOf(result)?.whenFalse ?? []));
          return holds !== false;
        });
        const made = copy(call, kept, open);
        if (variables.length > 0) made.data = new SetWhereEmpty(variables);
        else if (list.object.open === null && uncertain.size > 0) made.data = new Filtered(uncertain, open);
        return made;
      }),
    ],
    ['reduce', withList('reduce', (call, list) => reduce(call, list))],
    ['reduceRight', withList('reduceRight', (call, list) => reduce(call, reversed(list)))],
    ['some', withList('some', quantify(true))],
    ['every', withList('every', quantify(false))],
    ['find', withList('find', (call, list) => find(call, list, (slot) => slot.value, absentValue))],
    [
      'findIndex',
      withList('findIndex', (call, list) =>
        find(call, list, (_, index) => known(index, call.place), known(-1, call.place)),
      ),
    ],
    [
      'includes',
      withList('includes', (call, list) => search(call, list, (index) => known(index !== -1, call.place))),
    ],
    [
      'findLast',
      withList('findLast', (call, list) => find(call, reversed(list), (slot) => slot.value, absentValue)),
    ],
    [
      'lastIndexOf',
      withList('lastIndexOf', (call, list) =>
        search(call, reversed(list), (index) =>
          known(index < 0 ? -1 : list.elements.length - 1 - index, call.place),
        ),
      ),
    ],
    ['indexOf', withList('indexOf', (call, list) => search(call, list, (index) => known(index, call.place)))],
    [
      'join',
      withList('join', (call, list) => {
        const separator = call.args[0] ?? known(',');
        let result: Val = known('', call.place);
        for (const [index, slot] of list.elements.entries()) {
          if (index > 0) result = binary('+', result, separator, call.place);
          result = binary('+', result, slot.value, call.place);
        }
        return list.object.open === null ? result : unknown(list.object.open, call.place);
      }),
    ],
    [
      'concat',
      withList('concat', (call, list) => {
        let open = list.object.open;
        const parts: (readonly Slot[])[] = [list.elements];
        for (const arg of call.args) {
          if (arg.kind === 'object' && arg.elements !== null) {
            parts.push(arg.elements);
            open ??= arg.open;
          } else parts.push([{ value: arg, place: call.place }]);
        }
        return join(call, parts, open);
      }),
    ],
    [
      'push',
      withList('push', (call, list) => {
        lengthen(list, [list.elements, slotsOf(call, call.args)]);
        if (call.open !== null) m.state.setOpen(list.object, call.open);
        return known(list.elements.length + call.args.length, call.place);
      }),
    ],
    [
      'unshift',
      withList('unshift', (call, list) => {
        lengthen(list, [slotsOf(call, call.args), list.elements]);
        return known(list.elements.length + call.args.length, call.place);
      }),
    ],
    [
      'pop',
      withList('pop', (call, list) => {
        const last = list.elements.at(-1);
        m.state.setElements(list.object, list.elements.slice(0, -1));
        return (
          last?.value ?? (list.object.open === null ? absentValue : unknown(list.object.open, call.place))
        );
      }),
    ],
    [
      'shift',
      withList('shift', (call, list) => {
        const first = list.elements[0];
        m.state.setElements(list.object, list.elements.slice(1));
        return (
          first?.value ?? (list.object.open === null ? absentValue : unknown(list.object.open, call.place))
        );
      }),
    ],
    [
      'slice',
      withList('slice', (call, list) => {
        const [from, to] = call.args;
        if ((from !== undefined && from.kind !== 'known') || (to !== undefined && to.kind !== 'known'))
          return hanging(call, 'slice()');
        return copy(
          call,
          list.elements.slice(
            from === undefined ? undefined : Number(from.value),
            to === undefined || to.value === undefined ? undefined : Number(to.value),
          ),
          list.object.open,
        );
      }),
    ],
    [
      'reverse',
      withList('reverse', (_, list) => {
        m.state.setElements(list.object, [...list.elements].reverse());
        return list.object;
      }),
    ],
    [
      'toReversed',
      withList('toReversed', (call, list) => copy(call, reversed(list).elements, list.object.open)),
    ],
    [
      'sort',
      withList('sort', (call, list) => {
        const order = sorted(call, list);
        if (order !== null) m.state.setElements(list.object, order);
        return list.object;
      }),
    ],
    [
      'toSorted',
      withList('toSorted', (call, list) => copy(call, sorted(call, list) ?? list.elements, list.object.open)),
    ],
    [
      'fill',
      withList('fill', (call, list) => {
        if (call.args.length > 1) return hanging(call, 'fill()');
        const value = firstArg(call);
        m.state.setElements(
          list.object,
          list.elements.map(() => ({ value, place: call.place })),
        );
        return list.object;
      }),
    ],
    [
      'with',
      withList('with', (call, list) => {
        const [at, value] = call.args;
        if (at?.kind !== 'known' || list.object.open !== null) return hanging(call, 'with()');
        const index = Number(at.value) < 0 ? list.elements.length + Number(at.value) : Number(at.value);
        return copy(
          call,
          list.elements.map((slot, i) =>
            i === index ? { value: value ?? undefinedValue, place: call.place } : slot,
          ),
          null,
        );
      }),
    ],
    [
      'flat',
      withList('flat', (call, list) => {
        let open = list.object.open;
        const flattened = list.elements.map((slot): readonly Slot[] => {
          if (slot.value.kind !== 'object' || slot.value.elements === null) return [slot];
          open ??= slot.value.open;
          return slot.value.elements;
        });
        return join(call, flattened, open);
      }),
    ],
    [
      'at',
      withList('at', (call, list) =>
        call.args[0]?.kind === 'known' && list.object.open === null
          ? (list.elements.at(Number(call.args[0].value))?.value ?? absentValue)
          : hanging(call, 'at()'),
      ),
    ],
    ['values', withList('values', (_, list) => list.object)],
    [
      'keys',
      withList('keys', (call, list) =>
        copy(
          call,
          list.elements.map((_, index) => ({ value: known(index, call.place), place: call.place })),
          list.object.open,
        ),
      ),
    ],
    [
      'entries',
      withList('entries', (call, list) =>
        copy(
          call,
          list.elements.map((slot, index) => ({
            value: m.array([known(index, call.place), slot.value], call.place),
            place: call.place,
          })),
          list.object.open,
        ),
      ),
    ],
    [
      'splice',
      withList('splice', (call, list) => {
        const [from, count, ...added] = call.args;
        if (from?.kind !== 'known' || (count !== undefined && count.kind !== 'known'))
          return hanging(call, 'splice()');
        const elements = [...list.elements];
        const removed = elements.splice(
          Number(from.value),
          count === undefined ? elements.length : Number(count.value),
          ...added.map((value) => ({ value, place: call.place })),
        );
        m.state.setElements(list.object, elements);
        return copy(call, removed, null);
      }),
    ],
  ]);
}
