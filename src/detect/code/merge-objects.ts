/** Turns several abstract objects into one: Object.assign, and the merge and defaults families of libraries. */
import { readSlot } from './bindings.ts';
import { spreadInto } from './expressions.ts';
import type { Machine } from './machine.ts';
import { type Obj, oneOf, type Place, reasonIn, singles, unknown, type Val } from './values.ts';

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
    if (value.kind === 'object' && isPlain(value)) {
      const into = old?.kind === 'object' && isPlain(old) ? old : m.object(value.place);
      if (into !== old) m.state.setSlot(target, key, { value: into, place: slot.place ?? place });
      mergeDeep(m, into, value, place, depth + 1);
      // lodash.merge passes over undefined only where there is something already (lodash 4.17, assignMergeValue).
    } else if (!(value.kind === 'known' && value.value === undefined && old !== undefined))
      shallow.slots.set(key, { value, place: slot.place });
  }
  spreadInto(m, target, shallow, place);
}

/** An object literal and its like, which deep merges go into. */
function isPlain(value: Obj): boolean {
  return value.external === null && !value.callable && value.elements === null && value.data === null;
}
