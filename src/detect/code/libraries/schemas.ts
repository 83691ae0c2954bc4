/** What schemas of validators (zod, joi, yup, valibot) make of a value: their defaults, conversions and transformations. */
import { spreadInto } from '../expressions.ts';
import {
  mapValue,
  type Obj,
  oneOf,
  type Place,
  reasonIn,
  type Single,
  singles,
  undefinedValue,
  type Val,
  whereSet,
} from '../values.ts';
import { type ExternalCall, instance, type World } from './library.ts';
import { converted } from './settings-values.ts';

/** Reads an input; `parent` holds the fields beside it. */
export type Read = (input: Val, parent: Val, place: Place) => Val;

/** What an object of a validator library stands for. Production is taken to pass the validation: what fails it does not start. */
export class Schema {
  readonly read: Read;
  /** The fields of an object's schema. */
  readonly fields: Obj | null;
  readonly type: string;
  /** The one value that it accepts. */
  readonly literal: Val | null;

  constructor(read: Read, type: string, fields: Obj | null = null, literal: Val | null = null) {
    this.read = read;
    this.type = type;
    this.fields = fields;
    this.literal = literal;
  }
}

export function schemaOf(value: Val | undefined): Schema | null {
  return value?.kind === 'object' && value.data instanceof Schema ? value.data : null;
}

/** A schema as the program has it. */
export function schemaValue(world: World, call: ExternalCall, schema: Schema): Obj {
  const made = instance(world, call.external.package, 'schema', [], call.place);
  made.data = schema;
  // The others have a method of that name.
  if (schema.fields !== null && /^(?:zod|znv)$/.test(call.external.package))
    made.slots.set('shape', { value: schema.fields, place: call.place });
  return made;
}

/** A schema that reads otherwise, with all else kept. */
export function reading(schema: Schema, read: Read): Schema {
  return new Schema(read, schema.type, schema.fields, schema.literal);
}

export const same: Read = (input) => input;

/** Reads with whatever schema a value is; a value that is none is a literal default nowhere: the input stays. */
export function readWith(schema: Val | undefined, input: Val, parent: Val, place: Place): Val {
  return schemaOf(schema)?.read(input, parent, place) ?? input;
}

/** Of an object: each field by its schema; other properties only with `keepOthers`. */
export function readFields(world: World, fields: Val | undefined, keepOthers: boolean): Read {
  return (input, _, place) => {
    const { m } = world;
    const made = m.object(place);
    if (fields?.kind !== 'object') return input;
    if (keepOthers) spreadInto(m, made, input, place);
    if (fields.open !== null) made.open ??= fields.open;
    for (const [key, slot] of fields.slots) {
      const at = slot.place ?? place;
      const given = mapValue(input, (one) => (one.kind === 'known' ? undefinedValue : m.get(one, key, at)));
      const value = readWith(slot.value, given, made, at);
      made.slots.set(key, { value, place: at });
    }
    return made;
  };
}

function isUndefined(value: Single): boolean {
  return value.kind === 'known' && value.value === undefined;
}

/** A schema with a default: what is read where something is given, else the default. */
export function withDefault(read: Read, makeDefault: (parent: Val, place: Place) => Val): Read {
  return (input, parent, place) => {
    const given = singles(input).filter((one) => !isUndefined(one));
    if (given.length === 0) return makeDefault(parent, place);
    const sure = given.every((one) => one.kind !== 'unknown' || one.truthy === true);
    const value = read(
      given.length === singles(input).length ? input : oneOf(given, reasonIn(input)!),
      parent,
      place,
    );
    if (sure && given.length === singles(input).length) return value;
    return whereSet(input, value, oneOf([value, makeDefault(parent, place)], reasonIn(input)!));
  };
}

/** A schema that a missing value passes. */
export function optional(read: Read): Read {
  return (input, parent, place) => {
    if (singles(input).every(isUndefined)) return input;
    const value = read(input, parent, place);
    return value.kind === 'unknown' && value.truthy === true && reasonIn(input) !== null
      ? { ...value, truthy: input.kind === 'unknown' ? input.truthy : null }
      : value;
  };
}

/** A text that is not empty. */
export function notEmpty(read: Read): Read {
  return (input, parent, place) => {
    const value = read(input, parent, place);
    return value.kind === 'unknown' ? { ...value, truthy: true } : value;
  };
}

export function throughFunction(world: World, read: Read, fn: Val | undefined): Read {
  return (input, parent, place) =>
    world.m.call(fn ?? undefinedValue, undefinedValue, [read(input, parent, place)], place);
}

/** The value of a function without arguments, or the value itself: how defaults are written. */
export function lazily(world: World, value: Val | undefined): (parent: Val, place: Place) => Val {
  return (parent, place) =>
    value?.kind === 'object' && value.callable && value.closure !== null
      ? world.m.call(value, undefinedValue, [parent], place)
      : (value ?? undefinedValue);
}

export const toNumber: Read = (input) => converted(input, (one) => Number(one));

export const toText: Read = (input) => converted(input, (one) => String(one));

/** Texts that stand for true and false; others stay. */
export function toBoolean(yes: ReadonlySet<string>, no: ReadonlySet<string>): Read {
  return (input) =>
    converted(input, (one) => {
      const text = String(one).toLowerCase();
      return yes.has(text) ? true : no.has(text) ? false : one;
    });
}

/** The fields of several objects together, those of the later ones over the earlier ones. */
export function joinedFields(world: World, parts: readonly (Val | null | undefined)[], place: Place): Obj {
  const made = world.m.object(place);
  for (const part of parts) {
    if (part?.kind !== 'object') continue;
    made.open ??= part.open;
    for (const [key, slot] of part.slots) made.slots.set(key, slot);
  }
  return made;
}

/** What the whole text of a condition tells: whether a value is what `is` says; null where it cannot be known. */
export function matches(is: Val | undefined, value: Val): boolean | null {
  if (value.kind !== 'known') return null;
  if (is === undefined) return value.value !== undefined;
  if (is.kind === 'known') return is.value === value.value;
  return null;
}
