/** Turns Map and Set into abstract ones, with their methods. */
import type { Reason } from '../app-model.ts';
import { dateMembers } from './builtins-dates.ts';
import { hanging } from './builtins-text.ts';
import type { Machine } from './machine.ts';
import { iterate } from './statements.ts';
import {
  absentValue,
  firstArg,
  type Install,
  known,
  type Native,
  type NativeCall,
  type Obj,
  type Place,
  reasonIn,
  StartTime,
  undefinedValue,
  unknown,
  type Val,
} from './values.ts';

/** Key under which a Map keeps a value; null where the key is not known. */
function mapKey(value: Val): string | null {
  if (value.kind === 'known') return `${typeof value.value}:${String(value.value)}`;
  return value.kind === 'object' ? `object:${value.id}` : null;
}

export function installCollections(m: Machine, install: Install): void {
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
    const values = new Map(list.items.map(({ value }): [unknown, Val] => [mapKey(value) ?? value, value]));
    made.data = new Set(values.values());
    made.open = list.open;
    return made;
  };
  install('Map', makeMap);
  install('WeakMap', makeMap);
  install('Set', makeSet);
  install('WeakSet', makeSet);
}

type MapData = Map<string, { key: Val; value: Val }>;

/** `size` of a Map or Set; null for all else. */
export function sizeOf({ data, open }: Obj, place: Place): Val | null {
  if (!(data instanceof Map || data instanceof Set)) return null;
  if (open !== null) return unknown(open, place);
  const unclear = data instanceof Set && [...(data as Set<Val>)].find((value) => mapKey(value) === null);
  if (unclear) return unknown(reasonIn(unclear)!, place);
  return known(data.size, place);
}

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
          m.call(firstArg(call), undefinedValue, [pair.value, pair.key], call.place);
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
        const id = mapKey(firstArg(call));
        const isThere = id !== null && [...setOf(call)].some((value) => mapKey(value) === id);
        if (!isThere) setOf(call).add(firstArg(call));
        return call.self;
      },
    ],
    [
      'forEach',
      (call) => {
        for (const value of [...setOf(call)])
          m.call(firstArg(call), undefinedValue, [value, value], call.place);
        return undefinedValue;
      },
    ],
    ['values', (call) => m.array([...setOf(call)], call.place, openOf(call))],
    ['keys', (call) => m.array([...setOf(call)], call.place, openOf(call))],
    [
      'delete',
      (call) => {
        const id = mapKey(firstArg(call));
        const found = [...setOf(call)].find((value) => id !== null && mapKey(value) === id);
        if (found !== undefined) setOf(call).delete(found);
        return known(found !== undefined, call.place);
      },
    ],
    [
      'clear',
      (call) => {
        setOf(call).clear();
        return undefinedValue;
      },
    ],
  ]);
  const dateTable = dateMembers(m);
  return (object) => {
    const { data } = object;
    if (data === null || typeof data !== 'object') return null;
    if (data instanceof Map) return mapTable;
    if (data instanceof Set) return setTable;
    if (data instanceof StartTime) return dateTable;
    return 'regExp' in data ? regExpTable : null;
  };
}
