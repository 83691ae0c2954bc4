/** joi, yup and valibot: what their schemas give for the variables of production. */
import { spreadInto } from '../expressions.ts';
import { known, mapValue, oneOf, reasonIn, undefinedValue, type Val } from '../values.ts';
import { type ExternalCall, instance, type Library, type World } from './library.ts';
import {
  joinedFields,
  lazily,
  matches,
  notEmpty,
  optional,
  type Read,
  readFields,
  reading,
  readWith,
  Schema,
  same,
  schemaOf,
  schemaValue,
  throughFunction,
  toBoolean,
  toNumber,
  withDefault,
} from './schemas.ts';
import { calledAs, converted } from './settings-values.ts';

const trueText: ReadonlySet<string> = new Set(['true']);
const falseText: ReadonlySet<string> = new Set(['false']);

/** joi 18.3.2, lib/types: texts are converted to numbers and booleans. */
function joiCreate(world: World, call: ExternalCall, name: string): Schema {
  switch (name) {
    case 'object': {
      const [given] = call.args;
      const fields = given?.kind === 'object' ? given : world.m.object(call.place);
      return new Schema(readFields(world, fields, true), 'object', fields);
    }
    case 'number':
      return new Schema(toNumber, 'number');
    case 'boolean':
    case 'bool':
      return new Schema(toBoolean(trueText, falseText), 'boolean');
    // A text may not be empty, unless it is allowed.
    case 'string':
      return new Schema(notEmpty(same), 'string');
    default:
      return new Schema(same, 'any');
  }
}

function joiDerive(world: World, call: ExternalCall, schema: Schema, name: string): Schema {
  const { read } = schema;
  const [first, second] = call.args;
  switch (name) {
    case 'default':
      return reading(schema, withDefault(optional(read), joiDefault(world, first)));
    case 'failover':
      return reading(schema, withDefault(read, joiDefault(world, first)));
    case 'optional':
      return reading(schema, optional(read));
    case 'allow':
      return call.args.some((one) => one.kind === 'known' && one.value === '')
        ? reading(schema, optional(schema.type === 'string' ? same : read))
        : schema;
    case 'keys':
    case 'append': {
      const fields = joinedFields(world, [schema.fields, first], call.place);
      return new Schema(readFields(world, fields, true), 'object', fields);
    }
    case 'concat': {
      const other = schemaOf(first);
      const fields = joinedFields(world, [schema.fields, other?.fields], call.place);
      return schema.fields !== null
        ? new Schema(readFields(world, fields, true), 'object', fields)
        : reading(schema, (input, parent, place) =>
            readWith(first, read(input, parent, place), parent, place),
          );
    }
    case 'truthy':
    case 'falsy': {
      const texts = new Set(
        call.args.flatMap((one) => (one.kind === 'known' ? [String(one.value).toLowerCase()] : [])),
      );
      const more = name === 'truthy' ? toBoolean(texts, falseText) : toBoolean(trueText, texts);
      return reading(schema, (input, parent, place) => read(more(input, parent, place), parent, place));
    }
    case 'trim':
      return reading(
        schema,
        text(read, (one) => one.trim()),
      );
    case 'lowercase':
      return reading(
        schema,
        text(read, (one) => one.toLowerCase()),
      );
    case 'uppercase':
      return reading(
        schema,
        text(read, (one) => one.toUpperCase()),
      );
    case 'custom':
      return reading(schema, throughFunction(world, read, first));
    case 'when':
      return reading(schema, joiWhen(world, schema, first, second));
    default:
      return schema;
  }
}

function text(read: Read, change: (text: string) => string): Read {
  return (input, parent, place) =>
    converted(read(input, parent, place), (one) => (typeof one === 'string' ? change(one) : one));
}

/** `Joi.ref('OTHER')` as a default is the other field. */
function joiDefault(world: World, value: Val | undefined): ReturnType<typeof lazily> {
  if (value?.kind === 'object' && value.external?.path === 'ref') {
    const [key] = value.external.args ?? [];
    return (parent, place) =>
      key?.kind === 'known' ? world.m.get(parent, String(key.value), place) : undefinedValue;
  }
  return lazily(world, value);
}

/** `when(key, { is, then, otherwise })`: both where the other field is not known. */
function joiWhen(world: World, schema: Schema, key: Val | undefined, options: Val | undefined): Read {
  const { m } = world;
  return (input, parent, place) => {
    const name = key?.kind === 'object' ? key.external?.args?.[0] : key;
    const part = (of: Val, field: string): Val | undefined =>
      of.kind === 'object' && of.slots.has(field) ? m.get(of, field, place) : undefined;
    const own = schema.read(input, parent, place);
    if (name?.kind !== 'known' || options?.kind !== 'object' || parent.kind !== 'object') return own;
    const other = m.get(parent, String(name.value), place);
    const list = part(options, 'switch');
    const branches =
      list?.kind === 'object' && list.elements !== null ? list.elements.map((slot) => slot.value) : [options];
    const possible: Val[] = [];
    for (const branch of branches) {
      const holds = matchesJoi(part(branch, 'is'), other);
      const then = part(branch, 'then');
      if (holds !== false) possible.push(readWith(then, own, parent, place));
      if (holds === true) return possible.length === 1 ? possible[0]! : oneOf(possible, reasonIn(other)!);
    }
    const otherwise = branches.map((branch) => part(branch, 'otherwise')).find((one) => one !== undefined);
    possible.push(readWith(otherwise, own, parent, place));
    return possible.length === 1
      ? possible[0]!
      : oneOf(possible, reasonIn(other) ?? { kind: 'computed', text: 'it hangs on another setting' });
  };
}

/** `is` may be a value or a schema: then those that `valid()` lists. */
function matchesJoi(is: Val | undefined, value: Val): boolean | null {
  const schema = schemaOf(is);
  if (schema === null) return matches(is, value);
  const { literal } = schema;
  if (literal?.kind !== 'object' || literal.elements === null || value.kind !== 'known') return null;
  return literal.elements.some((slot) => slot.value.kind === 'known' && slot.value.value === value.value);
}

function result(world: World, value: Val, call: ExternalCall): Val {
  return world.m.objectOf(
    [
      ['value', value],
      ['error', undefinedValue],
      ['warning', undefinedValue],
    ],
    call.place,
  );
}

const joi: Library = {
  names: ['joi', '@hapi/joi', '@nestjs/joi'],
  anyCall: (world, call) => {
    const name = calledAs(call);
    const [first = undefinedValue, second] = call.args;
    const schema = schemaOf(call.self);
    if (schema === null) {
      if (name === 'ref' || name === 'in')
        return instance(world, call.external.package, 'ref', call.args, call.place);
      if (name === 'validate')
        return result(world, readWith(second, first, undefinedValue, call.place), call);
      if (name === 'attempt') return readWith(second, first, undefinedValue, call.place);
      if (name === 'assert' || name === 'extend' || name === 'defaults' || name === 'isSchema') return null;
      const made = joiCreate(world, call, name);
      return schemaValue(world, call, listed(world, call, joiDerive(world, call, made, name), name));
    }
    if (name === 'validate') return result(world, schema.read(first, undefinedValue, call.place), call);
    if (name === 'validateAsync') return schema.read(first, undefinedValue, call.place);
    return schemaValue(world, call, listed(world, call, joiDerive(world, call, schema, name), name));
  },
};

/** Remembers what `valid('a', 'b')` lists. */
function listed(world: World, call: ExternalCall, schema: Schema, name: string): Schema {
  if (name !== 'valid' && name !== 'equal') return schema;
  return new Schema(schema.read, schema.type, schema.fields, world.m.array(call.args, call.place));
}

/** yup 1.7.1, index.js: numbers and booleans are converted, `default` may be a function, other keys stay. */
const yup: Library = {
  names: ['yup'],
  anyCall: (world, call) => {
    const name = calledAs(call);
    const [first = undefinedValue, second] = call.args;
    const schema = schemaOf(call.self);
    if (schema === null) {
      if (name === 'object') {
        const fields = first.kind === 'object' ? first : world.m.object(call.place);
        return schemaValue(world, call, new Schema(readFields(world, fields, true), 'object', fields));
      }
      if (name === 'ref' || name === 'addMethod' || name === 'reach' || name === 'setLocale') return null;
      const read =
        name === 'number'
          ? toNumber
          : name === 'boolean' || name === 'bool'
            ? toBoolean(new Set(['true', '1']), new Set(['false', '0']))
            : same;
      return schemaValue(world, call, new Schema(read, name));
    }
    const { read } = schema;
    const next = (changed: Read): Val => schemaValue(world, call, reading(schema, changed));
    switch (name) {
      case 'validateSync':
      case 'validate':
      case 'cast':
        return read(first, undefinedValue, call.place);
      case 'default':
        return next(withDefault(read, lazily(world, first)));
      case 'shape':
      case 'concat': {
        const fields = joinedFields(world, [schema.fields, schemaOf(first)?.fields ?? first], call.place);
        return schemaValue(world, call, new Schema(readFields(world, fields, true), 'object', fields));
      }
      case 'required':
        return next(schema.type === 'string' ? notEmpty(read) : read);
      case 'optional':
      case 'notRequired':
        return next(optional(read));
      case 'trim':
        return next(text(read, (one) => one.trim()));
      case 'lowercase':
        return next(text(read, (one) => one.toLowerCase()));
      case 'transform':
        return next(throughFunction(world, read, first));
      case 'when':
        return next(yupWhen(world, call, schema, first, second));
      default:
        return next(read);
    }
  },
};

/** `when(key, { is, then: (schema) => schema, otherwise })`. */
function yupWhen(world: World, call: ExternalCall, schema: Schema, key: Val, options: Val | undefined): Read {
  const { m } = world;
  return (input, parent, place) => {
    if (key.kind !== 'known' || options?.kind !== 'object' || parent.kind !== 'object')
      return schema.read(input, parent, place);
    const other = m.get(parent, String(key.value), place);
    const is = m.get(options, 'is', place);
    const holds =
      is.kind === 'object' && is.callable
        ? truthOf(m.call(is, undefinedValue, [other], place))
        : matches(is, other);
    const branch = (name: string): Val => {
      const made = m.get(options, name, place);
      const chosen =
        made.kind === 'object' && made.callable
          ? m.call(made, undefinedValue, [schemaValue(world, call, schema)], place)
          : made;
      return schemaOf(chosen) === null
        ? schema.read(input, parent, place)
        : readWith(chosen, input, parent, place);
    };
    if (holds !== null) return branch(holds ? 'then' : 'otherwise');
    return oneOf(
      [branch('then'), branch('otherwise')],
      reasonIn(other) ?? { kind: 'computed', text: 'it hangs on another setting' },
    );
  };
}

function truthOf(value: Val): boolean | null {
  return value.kind === 'known' ? Boolean(value.value) : null;
}

/** valibot 1.5.0, dist/index.js: schemas, and the actions of a pipe, are made by functions. */
const valibot: Library = {
  names: ['valibot'],
  anyCall: (world, call) => {
    const name = calledAs(call);
    const [first, second] = call.args;
    const give = (schema: Schema): Val => schemaValue(world, call, schema);
    const inner = schemaOf(first)?.read ?? same;
    switch (name) {
      case 'parse':
      case 'parseAsync':
        return readWith(first, second ?? undefinedValue, undefinedValue, call.place);
      case 'safeParse':
      case 'safeParseAsync': {
        const output = readWith(first, second ?? undefinedValue, undefinedValue, call.place);
        return world.m.objectOf(
          [
            ['success', known(true, call.place)],
            ['output', output],
            ['issues', undefinedValue],
          ],
          call.place,
        );
      }
      case 'object':
      case 'strictObject':
      case 'looseObject': {
        const fields = first?.kind === 'object' ? first : world.m.object(call.place);
        return give(new Schema(readFields(world, fields, name === 'looseObject'), 'object', fields));
      }
      case 'optional':
      case 'nullish':
      case 'nullable':
      case 'undefinedable':
        return give(
          new Schema(
            second === undefined
              ? optional(inner)
              : withDefault(inner, (parent, place) =>
                  mapValue(lazily(world, second)(parent, place), (one) => inner(one, parent, place)),
                ),
            'any',
          ),
        );
      case 'fallback':
        return give(new Schema(withDefault(inner, lazily(world, second)), 'any'));
      case 'pipe':
        return give(
          new Schema((input, parent, place) => {
            let value = input;
            for (const part of call.args) value = readWith(part, value, parent, place);
            return value;
          }, 'any'),
        );
      case 'transform':
        return give(new Schema(throughFunction(world, same, first), 'any'));
      case 'trim':
        return give(
          new Schema(
            text(same, (one) => one.trim()),
            'any',
          ),
        );
      case 'toLowerCase':
        return give(
          new Schema(
            text(same, (one) => one.toLowerCase()),
            'any',
          ),
        );
      case 'toNumber':
        return give(new Schema(toNumber, 'any'));
      case 'nonEmpty':
        return give(new Schema(notEmpty(same), 'any'));
      case 'literal':
        return give(new Schema((input) => (input.kind === 'unknown' ? (first ?? input) : input), 'any'));
      case 'intersect': {
        const parts = first?.kind === 'object' ? (first.elements ?? []) : [];
        return give(
          new Schema((input, parent, place) => {
            const made = world.m.object(place);
            for (const part of parts)
              spreadInto(world.m, made, readWith(part.value, input, parent, place), place);
            return made;
          }, 'object'),
        );
      }
      default:
        return give(new Schema(same, 'any'));
    }
  },
};

export const joiAndYup: readonly Library[] = [joi, yup, valibot];
