/** Turns what settings libraries do with a value of the environment (defaults, conversions) into abstract values. */
import type { Primitive } from '../../app-model.ts';
import { mergeInto } from '../merge-objects.ts';
import {
  known,
  mapValue,
  type Obj,
  oneOf,
  orElse,
  type Place,
  reasonIn,
  type Single,
  singles,
  undefinedValue,
  type Val,
} from '../values.ts';
import type { ExternalCall, World } from './library.ts';

/** Converts what is known of a value; what is not stays, for the same reason. */
export function converted(value: Val, convert: (value: Primitive) => Primitive): Val {
  return mapValue(value, (single): Single => {
    if (single.kind !== 'known' || single.value === undefined || single.value === null) return single;
    return { ...single, value: convert(single.value) };
  });
}

/** As `String.split`, each part without the space around it. */
export function split(world: World, value: Val, separator: string, place: Place): Val {
  return mapValue(value, (single) =>
    single.kind !== 'known' || typeof single.value !== 'string'
      ? single
      : world.m.array(
          single.value
            .split(separator)
            .slice(0, 256)
            .map((part) => known(part.trim(), place)),
          place,
        ),
  );
}

/** `JSON.parse` of what is known. */
export function fromJson(world: World, value: Val, place: Place): Val {
  const parse = world.m.get(world.m.globals.get('JSON') ?? undefinedValue, 'parse', place);
  return mapValue(value, (single) =>
    single.kind === 'known' && typeof single.value === 'string'
      ? world.m.call(parse, undefinedValue, [single], place)
      : single,
  );
}

/** One variable of the environment as the program has it now. */
export function variable(world: World, name: string, place: Place): Val {
  return world.m.get(environmentOf(world, place), name, place);
}

export function environmentOf(world: World, place: Place): Val {
  return world.m.get(world.m.globals.get('process') ?? undefinedValue, 'env', place);
}

/** The parts of a dotted path, or of a list of names; null where they are not known. */
export function pathOf(value: Val | undefined, separator: string): readonly string[] | null {
  if (value?.kind === 'known')
    return String(value.value)
      .split(separator)
      .filter((part) => part !== '');
  if (value?.kind !== 'object' || value.elements === null) return null;
  const parts = value.elements.map((slot) => (slot.value.kind === 'known' ? String(slot.value.value) : null));
  return parts.every((part) => part !== null) ? parts : null;
}

/** What stands at a path; undefined on the way is undefined at its end. */
export function readPath(world: World, from: Val, path: readonly string[], place: Place): Val {
  let value = from;
  for (const name of path)
    value = mapValue(value, (single) =>
      single.kind === 'known' && (single.value === undefined || single.value === null)
        ? undefinedValue
        : world.m.get(single, name, place),
    );
  return value;
}

/** What stands at a path, or where that is undefined the fallback. */
export function readPathOr(
  world: World,
  from: Val,
  path: readonly string[],
  fallback: Val | undefined,
  place: Place,
): Val {
  const value = readPath(world, from, path, place);
  if (fallback === undefined) return value;
  const missing = singles(value).some((single) => single.kind === 'known' && single.value === undefined);
  return missing || isVariable(value) ? orElse(value, fallback) : value;
}

/** Whether it hangs on an environment variable, which may not be set. */
function isVariable(value: Val): boolean {
  return value.kind === 'unknown' && value.reason.kind === 'environment';
}

/** What a getter that refuses the undefined gives: the value where it is there. */
export function there(value: Val): Val | null {
  const kept = singles(value).filter((single) => !(single.kind === 'known' && single.value === undefined));
  if (kept.length === 0) return null;
  return kept.length === singles(value).length ? value : oneOf(kept, reasonIn(value)!);
}

/** A deep copy of a plain object; everything else as it is. */
export function copyOf(world: World, value: Val, place: Place): Val {
  return mapValue(value, (single) => {
    if (single.kind !== 'object' || !isPlainObject(single)) return single;
    return mergeInto(world.m, world.m.object(single.place), [single], true, false, place);
  });
}

/** An object literal and its like. */
export function isPlainObject(value: Val | undefined): value is Obj {
  return (
    value?.kind === 'object' &&
    value.elements === null &&
    value.external === null &&
    value.data === null &&
    !value.callable
  );
}

/** The last name of the path of exports by which something is called. */
export function calledAs({ external }: ExternalCall): string {
  return external.path.slice(external.path.lastIndexOf('.') + 1);
}
