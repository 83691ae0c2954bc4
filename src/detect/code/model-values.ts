/** Turns abstract values into the values of the application model, with the places that wrote them. */
import type { Location, RelatedLocation } from '../../model/location.ts';
import type { Certainty, Option, Value } from '../app-model.ts';
import { type Condition, statedCondition } from './state.ts';
import {
  type Known,
  type Obj,
  type Place,
  type Slot,
  StartTime,
  settingOf,
  type Trace,
  type Val,
} from './values.ts';

const maxDepth = 8;

export function locate({ file, span }: Place): Location {
  return {
    file,
    line: span.start.line,
    column: span.start.column + 1,
    endLine: span.end.line,
    endColumn: span.end.column + 1,
  };
}

/** Whether what happened under these conditions happens always. */
export function certaintyOf(conditions: Condition | null): Certainty {
  const stated = statedCondition(conditions);
  return stated === null ? { kind: 'always' } : { kind: 'maybe', reason: stated.reason };
}

/** The location of a place; where nothing is known of it, one in no file. */
export function locationOf(place: Place | null): Location {
  return place === null ? { file: '', line: 1, column: 1, endLine: 1, endColumn: 1 } : locate(place);
}

/** What a slot holds, with where it was written, else `fallback`; without a slot it is absent. */
export function optionOf(slot: Slot | undefined, fallback: Place | null, depth = 0): Option {
  const location = locationOf(slot?.place ?? fallback);
  if (slot === undefined) return { value: { kind: 'absent' }, location, related: [], written: null };
  const content = typeof slot.getter === 'function' ? slot.getter() : slot.value;
  return {
    value: modelValue(content, depth),
    location,
    related: relatedOf(content, location),
    written: writtenAt(content, location),
  };
}

export function modelValue(value: Val, depth = 0): Value {
  if (value.kind === 'oneOf')
    return {
      kind: 'oneOf',
      alternatives: value.alternatives.map((single) => modelValue(single, depth)),
      reason: value.reason,
    };
  if (value.kind === 'known') return value.absent ? { kind: 'absent' } : knownValue(value);
  if (value.kind === 'unknown')
    return {
      kind: 'unknown',
      reason: value.reason,
      ...(value.truthy === null ? {} : { truthy: value.truthy }),
    };
  if (depth > maxDepth)
    return { kind: 'unknown', reason: { kind: 'limit', text: 'it is nested too deeply' } };
  const { external } = value;
  if (external !== null)
    return {
      kind: 'instance',
      package: external.package,
      export: external.path,
      args:
        depth > 2
          ? []
          : (external.args ?? []).map((arg) =>
              optionOf({ value: arg, place: external.place }, external.place, depth + 1),
            ),
    };
  if (value.data instanceof StartTime)
    return {
      kind: 'instance',
      package: '',
      export: 'Date',
      args: [optionOf(value.slots.get('@@time')!, value.place, depth + 1)],
    };
  if (value.callable) return { kind: 'function', name: value.closure?.name ?? null };
  if (value.elements !== null)
    return {
      kind: 'array',
      items: value.elements.map((slot) => optionOf(slot, value.place, depth + 1)),
      open: value.open,
    };
  const fields = new Map<string, Option>();
  // What it inherits counts as its own: the middlewares read and copy options with `for … in`.
  for (let at: Obj | null = value; at !== null; at = at.proto) {
    for (const [key, slot] of at.slots) {
      if (key.startsWith('@@') || slot.hidden === true || fields.has(key)) continue;
      fields.set(key, optionOf(slot, value.place, depth + 1));
    }
  }
  return { kind: 'object', fields, open: value.open };
}

function knownValue(value: Known): Value {
  const setting = settingOf(value);
  if (setting === null) return { kind: 'known', value: value.value };
  return { kind: 'known', value: value.value, setBy: locate(setting.place) };
}

const maxRelated = 6;

/** The places that a value came through, from the option back to where it was written. */
function relatedOf(value: Val, location: Location): RelatedLocation[] {
  const related: RelatedLocation[] = [];
  const seen = new Set([`${location.file}:${location.line}`]);
  const traces =
    value.kind === 'oneOf'
      ? [value.trace, ...value.alternatives.map((single) => (single.kind === 'object' ? null : single.trace))]
      : [value.kind === 'object' ? null : value.trace];
  for (const start of traces) {
    const hops: { trace: Trace; location: RelatedLocation }[] = [];
    for (
      let trace: Trace | null = start;
      trace !== null && related.length + hops.length < maxRelated;
      trace = trace.next
    ) {
      const { file, span } = trace.place;
      const key = `${file}:${span.start.line}`;
      if (seen.has(key) && trace.note === null) continue;
      seen.add(key);
      hops.push({
        trace,
        location: {
          file,
          line: span.start.line,
          column: span.start.column + 1,
          message: trace.note ?? 'it comes through here',
        },
      });
    }
    const last = hops.at(-1);
    if (last !== undefined && last.trace.note === null)
      last.location = { ...last.location, message: 'the value is written here' };
    related.push(...hops.map((hop) => hop.location));
  }
  return related;
}

/** Where the value itself stands, where it is a literal written in the option. */
function writtenAt(value: Val, location: Location): Location | null {
  if (value.kind !== 'known' || value.absent) return null;
  let last = value.trace;
  while (last !== null && last.next !== null) last = last.next;
  if (last?.place.literal !== true) return null;
  const place = locate(last.place);
  const within =
    place.file === location.file &&
    (place.line > location.line || (place.line === location.line && place.column >= location.column)) &&
    (place.endLine < location.endLine ||
      (place.endLine === location.endLine && place.endColumn <= location.endColumn));
  return within ? place : null;
}
