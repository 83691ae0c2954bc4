/** zod, and what reads the environment with its schemas (t3-env, znv): what they give for the variables of production. */
import { spreadInto } from '../expressions.ts';
import { known, mapValue, oneOf, reasonIn, undefinedValue, type Val } from '../values.ts';
import { type ExternalCall, hangs, type Library, type World } from './library.ts';
import {
  joinedFields,
  lazily,
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
  toText,
  withDefault,
} from './schemas.ts';
import { calledAs, converted, environmentOf } from './settings-values.ts';

/** zod 4.6.7, v4/core/api.js, `_stringbool`. */
const yes: ReadonlySet<string> = new Set(['true', '1', 'yes', 'on', 'y', 'enabled']);
const no: ReadonlySet<string> = new Set(['false', '0', 'no', 'off', 'n', 'disabled']);

function words(
  world: World,
  options: Val | undefined,
  key: string,
  fallback: ReadonlySet<string>,
): ReadonlySet<string> {
  const list =
    options?.kind === 'object' ? world.m.get(options, key, options.place ?? environmentPlace) : undefined;
  if (list?.kind !== 'object' || list.elements === null) return fallback;
  return new Set(
    list.elements.flatMap(({ value }) => (value.kind === 'known' ? [String(value.value).toLowerCase()] : [])),
  );
}

const environmentPlace = { file: '', span: { start: { line: 1, column: 0 }, end: { line: 1, column: 0 } } };

/** Schemas that are made: `z.string()`, `z.object({})`. */
function create(world: World, call: ExternalCall, name: string): Schema | null {
  const [first, second] = call.args;
  const isCoerced = /(?:^|\.)coerce\./.test(call.external.path);
  switch (name) {
    case 'object':
    case 'strictObject':
    case 'looseObject': {
      const fields = first?.kind === 'object' ? first : world.m.object(call.place);
      return new Schema(readFields(world, fields, name === 'looseObject'), 'object', fields);
    }
    case 'string':
      return new Schema(isCoerced ? toText : same, 'string');
    case 'number':
    case 'int':
      return new Schema(isCoerced ? toNumber : same, 'number');
    case 'boolean':
      return new Schema(isCoerced ? (input) => converted(input, Boolean) : same, 'boolean');
    case 'stringbool':
      return new Schema(
        toBoolean(words(world, first, 'truthy', yes), words(world, first, 'falsy', no)),
        'boolean',
      );
    case 'literal': {
      const literal = first?.kind === 'known' ? first : null;
      return new Schema(
        (input) => (literal !== null && input.kind === 'unknown' ? literal : input),
        'literal',
        null,
        literal,
      );
    }
    case 'preprocess':
      return new Schema((input, parent, place) => {
        const given = world.m.call(first ?? undefinedValue, undefinedValue, [input], place);
        return readWith(second, given, parent, place);
      }, schemaOf(second)?.type ?? 'any');
    case 'optional':
    case 'nullable':
    case 'nullish': {
      const inner = schemaOf(first);
      return inner === null ? null : reading(inner, optional(inner.read));
    }
    case 'lazy':
      return new Schema((input, parent, place) => {
        const made = world.m.call(first ?? undefinedValue, undefinedValue, [], place);
        return readWith(made, input, parent, place);
      }, 'any');
    case 'intersection':
      return both(world, schemaOf(first), schemaOf(second), call);
    case 'union':
      return new Schema(
        (input, parent, place) =>
          input.kind === 'unknown' || first?.kind !== 'object'
            ? input
            : readWith(first.elements?.[0]?.value, input, parent, place),
        'any',
      );
    case 'discriminatedUnion':
      return discriminated(world, first, second);
    case 'array':
      return listOf(world, first);
    case 'transform':
      return new Schema(throughFunction(world, same, first), 'any');
    default:
      return new Schema(
        same,
        /^(?:e?mail|url|uuid|guid|cuid2?|ulid|nanoid|jwt|ipv[46]|hex|hash|base64)$/.test(name)
          ? 'string'
          : name,
      );
  }
}

function listOf(world: World, element: Val | undefined): Schema {
  return new Schema((input, parent, place) => {
    if (input.kind !== 'object' || input.elements === null) return input;
    const made = world.m.array(
      input.elements.map((slot) => readWith(element, slot.value, parent, place)),
      place,
    );
    made.open = input.open;
    return made;
  }, 'array');
}

function both(world: World, a: Schema | null, b: Schema | null, call: ExternalCall): Schema {
  const fields = joinedFields(world, [a?.fields, b?.fields], call.place);
  return new Schema(readFields(world, fields, false), 'object', fields);
}

/** The schema among several whose literal field has the input's value. */
function discriminated(world: World, key: Val | undefined, options: Val | undefined): Schema {
  return new Schema((input, parent, place) => {
    if (key?.kind !== 'known' || options?.kind !== 'object')
      return hangs({ args: [input], place }, 'a union');
    const given = mapValue(input, (one) =>
      one.kind === 'known' ? undefinedValue : world.m.get(one, String(key.value), place),
    );
    for (const { value } of options.elements ?? []) {
      const literal = schemaOf(schemaOf(value)?.fields?.slots.get(String(key.value))?.value)?.literal;
      if (literal?.kind === 'known' && given.kind === 'known' && literal.value === given.value)
        return readWith(value, input, parent, place);
    }
    const kinds = (options.elements ?? []).map(({ value }) => readWith(value, input, parent, place));
    return kinds.length === 0
      ? input
      : oneOf(kinds, reasonIn(given) ?? { kind: 'computed', text: 'it is one of several objects' });
  }, 'object');
}

/** Methods of a schema that give another. */
function derive(world: World, call: ExternalCall, schema: Schema, name: string): Schema | null {
  const [first] = call.args;
  const { read } = schema;
  const withFields = (parts: readonly (Val | null | undefined)[]): Schema => {
    const fields = joinedFields(world, parts, call.place);
    return new Schema(readFields(world, fields, false), 'object', fields);
  };
  switch (name) {
    case 'default':
      return reading(schema, withDefault(read, lazily(world, first)));
    case 'prefault':
      return reading(
        schema,
        withDefault(read, (parent, place) => read(lazily(world, first)(parent, place), parent, place)),
      );
    case 'catch':
      return reading(schema, withDefault(read, lazily(world, first)));
    case 'optional':
    case 'nullish':
    case 'nullable':
    case 'exactOptional':
      return reading(schema, optional(read));
    case 'transform':
    case 'overwrite':
      return new Schema(throughFunction(world, read, first), 'any');
    case 'pipe':
      return new Schema(
        (input, parent, place) => readWith(first, read(input, parent, place), parent, place),
        schemaOf(first)?.type ?? 'any',
      );
    case 'min':
    case 'length':
      return schema.type === 'string' && first?.kind === 'known' && Number(first.value) >= 1
        ? reading(schema, notEmpty(read))
        : schema;
    case 'nonempty':
      return schema.type === 'string' ? reading(schema, notEmpty(read)) : schema;
    case 'trim':
      return textual(schema, (text) => text.trim());
    case 'toLowerCase':
      return textual(schema, (text) => text.toLowerCase());
    case 'toUpperCase':
      return textual(schema, (text) => text.toUpperCase());
    case 'extend':
    case 'safeExtend':
    case 'augment':
      return withFields([schema.fields, first]);
    case 'merge':
    case 'and':
      return withFields([schema.fields, schemaOf(first)?.fields]);
    case 'pick':
    case 'omit':
      return withFields([chosen(world, schema, first, name === 'pick', call)]);
    case 'partial':
      return withFields([eachOptional(world, schema, call)]);
    case 'passthrough':
    case 'loose':
    case 'catchall':
      return schema.fields === null ? schema : reading(schema, readFields(world, schema.fields, true));
    case 'array':
      return listOf(world, call.self);
    case 'or':
      return new Schema(
        (input, parent, place) => (input.kind === 'unknown' ? input : read(input, parent, place)),
        'any',
      );
    default:
      return schema;
  }
}

function textual(schema: Schema, change: (text: string) => string): Schema {
  return reading(schema, (input, parent, place) =>
    converted(schema.read(input, parent, place), (one) => (typeof one === 'string' ? change(one) : one)),
  );
}

function chosen(
  world: World,
  { fields }: Schema,
  names: Val | undefined,
  keep: boolean,
  call: ExternalCall,
): Val {
  const made = world.m.object(call.place);
  if (names?.kind === 'object')
    for (const [key, slot] of fields?.slots ?? [])
      if (names.slots.has(key) === keep) made.slots.set(key, slot);
  return made;
}

function eachOptional(world: World, { fields }: Schema, call: ExternalCall): Val {
  const made = world.m.object(call.place);
  for (const [key, slot] of fields?.slots ?? []) {
    const inner = schemaOf(slot.value);
    const value =
      inner === null ? slot.value : schemaValue(world, call, reading(inner, optional(inner.read)));
    made.slots.set(key, { ...slot, value });
  }
  return made;
}

/** What a parse that does not fail gives. */
export function parsed(
  world: World,
  value: Val,
  name: 'data' | 'output' | 'value',
  place: ExternalCall['place'],
): Val {
  return world.m.objectOf(
    [
      ['success', known(true, place)],
      [name, value],
      ['error', undefinedValue],
      ['issues', undefinedValue],
    ],
    place,
  );
}

function zodCall(world: World, call: ExternalCall): Val | null {
  const name = calledAs(call);
  const schema = schemaOf(call.self);
  if (schema === null) {
    if (
      call.construct ||
      /^(?:set|get|to|pretty|treeify|flatten|format|register|function|registry)/.test(name)
    )
      return null;
    const made = create(world, call, name);
    return made === null ? null : schemaValue(world, call, made);
  }
  const input = call.args[0] ?? undefinedValue;
  switch (name) {
    case 'parse':
    case 'parseAsync':
    case 'decode':
      return schema.read(input, undefinedValue, call.place);
    case 'safeParse':
    case 'safeParseAsync':
    case 'spa':
      return parsed(world, schema.read(input, undefinedValue, call.place), 'data', call.place);
    case 'keyof':
    case 'unwrap':
      return null;
  }
  const next = derive(world, call, schema, name);
  return next === null ? null : schemaValue(world, call, next);
}

const zod: Library = { names: ['zod'], anyCall: zodCall };

/** t3-env 0.13.11, dist/index.js: `server`, `client` and `shared` read from `runtimeEnv`, over what it extends. */
function createEnv(world: World, call: ExternalCall): Val {
  const { m } = world;
  const [options = undefinedValue] = call.args;
  const part = (name: string): Val => m.get(options, name, call.place);
  const made = m.object(call.place);
  const bases = part('extends');
  if (bases.kind === 'object')
    for (const base of bases.elements ?? []) spreadInto(m, made, base.value, call.place);
  const given = [part('runtimeEnvStrict'), part('runtimeEnv'), part('experimental__runtimeEnv')].find(
    (one) => one.kind !== 'known',
  );
  const environment = given ?? environmentOf(world, call.place);
  const fields = joinedFields(world, [part('shared'), part('client'), part('server')], call.place);
  // @t3-oss/env-nextjs takes the server's variables from process.env where only the client's are listed.
  const lacking = given === undefined || part('experimental__runtimeEnv').kind === 'object';
  const values = lacking ? environmentOf(world, call.place) : environment;
  spreadInto(m, made, readFields(world, fields, false)(values, undefinedValue, call.place), call.place);
  return made;
}

const t3: Library = {
  names: ['@t3-oss/env-core', '@t3-oss/env-nextjs', '@t3-oss/env-nuxt'],
  calls: { createEnv },
};

/** znv 0.5.0, dist/parse-env.js: texts are converted to what the schema asks for; `defaults` are by NODE_ENV, `_` for all. */
function parseEnv(world: World, call: ExternalCall): Val {
  const { m } = world;
  const [environment = undefinedValue, specs] = call.args;
  if (specs?.kind !== 'object') return hangs(call, 'the variables of znv');
  const made = m.object(call.place);
  const mode = m.get(environment, 'NODE_ENV', call.place);
  for (const [key, slot] of specs.slots) {
    const place = slot.place ?? call.place;
    const spec = slot.value;
    const own = schemaOf(spec) ?? (spec.kind === 'object' ? schemaOf(m.get(spec, 'schema', place)) : null);
    const defaults =
      schemaOf(spec) === null && spec.kind === 'object' ? m.get(spec, 'defaults', place) : undefinedValue;
    const raw = m.get(environment, key, place);
    if (own === null) {
      made.slots.set(key, { value: raw, place });
      continue;
    }
    const before: Read =
      own.type === 'number' ? toNumber : own.type === 'boolean' ? toBoolean(yes, no) : same;
    const read: Read = (input, parent, at) => own.read(before(input, parent, at), parent, at);
    const byMode =
      defaults.kind === 'object' && mode.kind === 'known'
        ? (defaults.slots.get(String(mode.value)) ?? defaults.slots.get('_'))?.value
        : undefined;
    const value = (byMode === undefined ? read : withDefault(read, () => byMode))(raw, made, place);
    made.slots.set(key, { value, place });
  }
  return made;
}

const znv: Library = {
  names: ['znv'],
  anyCall: (world, call) => {
    const name = calledAs(call);
    if (name === 'parseEnv' && schemaOf(call.self) === null) return parseEnv(world, call);
    if (name === 'port' && schemaOf(call.self) === null)
      return schemaValue(world, call, new Schema(same, 'number'));
    return zodCall(world, call);
  },
};

export const zodSchemas: readonly Library[] = [zod, t3, znv];
