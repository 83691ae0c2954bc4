/** Turns parsed data into abstract values, and known abstract values back into data. */
import type { Machine } from './machine.ts';
import { known, notFollowed, type Place, undefinedValue, type Val } from './values.ts';

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
