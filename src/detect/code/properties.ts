/** Reads and writes properties, built-in methods included. */
import { readSlot } from './bindings.ts';
import { sizeOf } from './builtins-collections.ts';
import { noteSetting } from './expressions.ts';
import type { Machine } from './machine.ts';
import { RequestMark } from './request-marks.ts';
import {
  absentValue,
  EnvironmentMark,
  known,
  type Native,
  nullish,
  type Obj,
  oneOf,
  type Place,
  SetWhereEmpty,
  type Slot,
  singles,
  telling,
  undefinedValue,
  unknown,
  type Val,
} from './values.ts';

/** Where built-in methods and libraries' members are looked up; given by interpreter.ts. */
export interface Members {
  readonly array: ReadonlyMap<string, Native>;
  readonly string: ReadonlyMap<string, Native>;
  readonly number: ReadonlyMap<string, Native>;
  readonly function: ReadonlyMap<string, Native>;
  readonly object: ReadonlyMap<string, Native>;
  readonly promise: ReadonlyMap<string, Native>;
  /** Methods of Map, Set, RegExp, Date by what the object keeps. */
  readonly special: (object: Obj) => ReadonlyMap<string, Native> | null;
  readonly external: (m: Machine, object: Obj, key: string, place: Place) => Val;
}

export function makeProperties(m: Machine, members: Members): Pick<Machine, 'get' | 'set'> {
  const natives = new Map<Native, Obj>();
  const method = (fn: Native): Obj => {
    let made = natives.get(fn);
    if (made === undefined) {
      made = m.native(fn);
      natives.set(fn, made);
    }
    return made;
  };
  const builtin = (table: ReadonlyMap<string, Native>, key: string): Obj | null => {
    const fn = table.get(key);
    return fn === undefined ? null : method(fn);
  };

  const get: Machine['get'] = (value, key, place) => {
    if (value.kind === 'oneOf') {
      const parts = value.alternatives.filter((single) => nullish(single) !== true);
      return oneOf(
        (parts.length === 0 ? value.alternatives : parts).map((single) => get(single, key, place)),
        value.reason,
      );
    }
    if (value.kind === 'unknown') {
      if (value.reason.kind !== 'environment' && (key === 'then' || key === 'catch' || key === 'finally'))
        return builtin(members.promise, key)!;
      return unknown(value.reason, place);
    }
    if (value.kind === 'known') return getOfPrimitive(value.value, key, place);
    return getOfObject(value, key, place);
  };

  const getOfPrimitive = (value: unknown, key: string, place: Place): Val => {
    // A promise of nothing is followed as nothing.
    if (value === undefined && members.promise.has(key)) return builtin(members.promise, key)!;
    if (value === null || value === undefined)
      return unknown({ kind: 'computed', text: `it is the property ${key} of something undefined` }, place);
    if (typeof value === 'string') {
      if (key === 'length') return known(value.length, place);
      if (/^\d+$/.test(key)) return known(value[Number(key)], place);
      const found = builtin(members.string, key);
      if (found !== null) return found;
    } else {
      const found = builtin(members.number, key);
      if (found !== null) return found;
    }
    return builtin(members.promise, key) ?? builtin(members.object, key) ?? absentValue;
  };

  const getOfObject = (object: Obj, key: string, place: Place): Val => {
    if (object.elements !== null) {
      if (key === 'length')
        return object.open === null
          ? known(object.elements.length, place)
          : telling(
              unknown(object.open, place),
              object.data instanceof SetWhereEmpty
                ? { whenTrue: [], whenFalse: object.data.variables }
                : null,
            );
      if (/^\d+$/.test(key)) {
        const slot = object.elements[Number(key)];
        if (slot !== undefined) return readSlot(m, slot, object, place);
        return object.open === null ? absentValue : unknown(object.open, place);
      }
    }
    for (let at: Obj | null = object; at !== null; at = at.proto) {
      const slot = at.slots.get(key);
      if (slot !== undefined) return readSlot(m, slot, object, place);
    }
    if (object.data instanceof EnvironmentMark)
      return builtin(members.object, key) ?? object.data.read(key, place);
    for (let at: Obj | null = object; at !== null; at = at.proto) {
      if (at.external !== null) return members.external(m, at === object ? object : at, key, place);
    }
    if (object.elements !== null) {
      const found = builtin(members.array, key);
      if (found !== null) return found;
    }
    if (key === 'size') {
      const size = sizeOf(object, place);
      if (size !== null) return size;
    }
    const special = members.special(object);
    if (special !== null) {
      const found = builtin(special, key);
      if (found !== null) return found;
    }
    if (object.callable) {
      if (key === 'prototype' && object.closure !== null && object.closure.kind !== 'arrow')
        return makePrototype(object, place);
      if (key === 'name') return known(object.closure?.name ?? '', place);
      const found = builtin(members.function, key);
      if (found !== null) return found;
    }
    for (let at: Obj | null = object; at !== null; at = at.proto)
      if (at.open !== null) return unknown(at.open, place);
    return builtin(members.promise, key) ?? builtin(members.object, key) ?? absentValue;
  };

  const makePrototype = (fn: Obj, place: Place): Obj => {
    const proto = m.object(place);
    proto.slots.set('constructor', { value: fn, place });
    fn.slots.set('prototype', { value: proto, place });
    return proto;
  };

  const set: Machine['set'] = (value, key, content, place) => {
    if (value.kind === 'oneOf') {
      for (const single of singles(value)) {
        if (single.kind !== 'object') continue;
        const old = single.slots.get(key);
        const before =
          old?.value ?? (single.data instanceof EnvironmentMark ? single.data.read(key, place) : absentValue);
        setOn(single, key, oneOf([content, before], value.reason), place);
      }
      return;
    }
    if (value.kind === 'object') setOn(value, key, content, place);
    else if (value.kind === 'unknown') noteRequestMark(m, value, key, place);
  };

  const setOn = (object: Obj, key: string, content: Val, place: Place): void => {
    if (object.elements !== null) {
      if (key === 'length') {
        if (content.kind === 'known' && content.value === 0) m.state.setElements(object, []);
        return;
      }
      if (/^\d{1,3}$/.test(key)) {
        const elements: Slot[] = [...object.elements];
        while (elements.length < Number(key)) elements.push({ value: undefinedValue, place: null });
        elements[Number(key)] = { value: content, place };
        m.state.setElements(object, elements);
        return;
      }
    }
    const setter = findSetter(object, key);
    if (setter !== null) {
      m.call(setter, object, [content], place);
      return;
    }
    const old = object.slots.get(key);
    m.state.setSlot(object, key, { value: content, place });
    noteSetting(m, object, key, old, place);
    if (object.data instanceof EnvironmentMark && key === 'NODE_TLS_REJECT_UNAUTHORIZED') {
      m.emit({
        type: 'tls',
        slot: null,
        owner: object,
        key,
        place,
        conditions: m.state.conditions,
      });
    }
  };

  return { get, set };
}

/** What sessions look at to see that a request came by HTTPS: express-session index.js (`issecure`), cookies index.js, client-sessions. */
const httpsMarks: ReadonlySet<string> = new Set(['encrypted', 'proxySecure', 'x-forwarded-proto']);

/** Express gives requests these as getters (lib/request.js), so that only defineProperty changes them. */
const httpsGetters: ReadonlySet<string> = new Set(['secure', 'protocol']);

/** Tells of a middleware that sets such a property on a request, which is otherwise not followed. */
export function noteRequestMark(m: Machine, owner: Val, key: string, place: Place, defines = false): void {
  const isPart = owner.kind === 'unknown' && owner.reason.kind === 'request' && httpsMarks.has(key);
  const isRequest = owner.kind === 'object' && owner.data instanceof RequestMark;
  if (isPart || (isRequest && defines && httpsGetters.has(key)))
    m.emit({ type: 'request-mark', place, conditions: m.state.conditions });
}

function findSetter(object: Obj, key: string): Obj | null {
  for (let at: Obj | null = object; at !== null; at = at.proto) {
    const slot = at.slots.get(key);
    if (slot?.setter !== undefined) return slot.setter;
    if (slot !== undefined) return null;
  }
  return null;
}
