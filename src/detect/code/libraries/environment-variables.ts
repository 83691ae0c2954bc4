/** envalid and env-var: what they make of the environment's variables in production, with the defaults that production takes. */
import type { Primitive } from '../../app-model.ts';
import { type Obj, orElse, type Place, singles, undefinedValue, unknown, type Val } from '../values.ts';
import { type ExternalCall, hangs, instance, type Library, type World } from './library.ts';
import { calledAs, converted, environmentOf, fromJson, split } from './settings-values.ts';

type Parse = (value: Val, place: Place) => Val;

/** What a validator of envalid gives: how a variable is read. */
class Spec {
  readonly options: Val;
  readonly parse: Parse;
  constructor(options: Val, parse: Parse) {
    this.options = options;
    this.parse = parse;
  }
}

/** envalid 8.2.0, dist/validators.js; 6 and 7 know the same words. */
const trueWords: ReadonlySet<string> = new Set(['true', 't', 'yes', 'on', '1']);

function validators(world: World): Readonly<Record<string, Parse>> {
  const same: Parse = (value) => value;
  const number: Parse = (value) => converted(value, (one) => Number.parseFloat(String(one)));
  return {
    str: same,
    email: same,
    host: same,
    url: same,
    num: number,
    port: number,
    bool: (value) => converted(value, (one) => (typeof one === 'boolean' ? one : trueWords.has(String(one)))),
    json: (value, place) => fromJson(world, value, place),
  };
}

function specOf(world: World, options: Val, parse: Parse, place: Place): Obj {
  const made = world.m.object(place);
  made.data = new Spec(options, parse);
  return made;
}

/** `makeValidator(f)`: a function that makes specs, which read with `f`. */
function makeValidator(world: World, call: ExternalCall): Val {
  const { m } = world;
  const parse: Parse = (value, place) =>
    m.call(call.args[0] ?? undefinedValue, undefinedValue, [value], place);
  return m.native((inner) => specOf(world, inner.args[0] ?? undefinedValue, parse, inner.place));
}

/** dist/core.js, `getSanitizedEnv`: `devDefault` counts only where NODE_ENV is not production; a default is not parsed. */
function cleanEnv(world: World, call: ExternalCall): Val {
  const { m } = world;
  const [environment = undefinedValue, specs = undefinedValue] = call.args;
  const made = m.object(call.place);
  if (specs.kind !== 'object') return hangs(call, 'the variables of envalid');
  made.open = specs.open;
  for (const [name, slot] of specs.slots) {
    const spec = slot.value;
    const place = slot.place ?? call.place;
    const raw = m.get(environment, name, place);
    made.slots.set(name, { value: read(world, spec, raw, place), place });
  }
  const mode = m.get(environment, 'NODE_ENV', call.place);
  const own = made.slots.get('NODE_ENV')?.value;
  const isMode = (...names: string[]): Val => converted(own ?? mode, (one) => names.includes(String(one)));
  for (const [name, value] of [
    ['isProduction', isMode('production')],
    ['isProd', isMode('production')],
    ['isDevelopment', isMode('development')],
    ['isDev', isMode('development')],
    ['isTest', isMode('test')],
  ] as const)
    made.slots.set(name, { value, place: call.place, hidden: true });
  return made;
}

function read(world: World, spec: Val, raw: Val, place: Place): Val {
  if (spec.kind !== 'object' || !(spec.data instanceof Spec)) return raw;
  const { options, parse } = spec.data;
  const given = singles(raw).every((one) => one.kind === 'known' && one.value === undefined)
    ? undefinedValue
    : raw.kind === 'known'
      ? parse(raw, place)
      : raw;
  if (options.kind !== 'object' || !options.slots.has('default')) return given;
  return orElse(given, world.m.get(options, 'default', place));
}

const envalid: Library = {
  names: ['envalid'],
  anyCall: (world, call) => {
    const name = calledAs(call);
    if (name === 'cleanEnv' || name === 'customCleanEnv') return cleanEnv(world, call);
    if (name === 'makeValidator' || name === 'makeExactValidator' || name === 'makeStructuredValidator')
      return makeValidator(world, call);
    if (name === 'testOnly') return undefinedValue;
    const all = validators(world);
    return Object.hasOwn(all, name)
      ? specOf(world, call.args[0] ?? undefinedValue, all[name]!, call.place)
      : null;
  },
};

/** `env.get(name)`, with what has been said of it since. */
class Variable {
  readonly raw: Val;
  readonly fallback: Val | null;
  readonly required: boolean;
  constructor(raw: Val, fallback: Val | null, required: boolean) {
    this.raw = raw;
    this.fallback = fallback;
    this.required = required;
  }
}

/** `env.from(container)`. */
class Container {
  readonly values: Val;
  constructor(values: Val) {
    this.values = values;
  }
}

/** env-var 7.5.0, lib/accessors. A default is a text to them, as the variable is (lib/variable.js). */
const accessors: Readonly<Record<string, (text: string) => Primitive>> = {
  asString: (text) => text,
  asEnum: (text) => text,
  asEmailString: (text) => text,
  asUrlString: (text) => text,
  asBool: (text) => !['0', 'false'].includes(text.toLowerCase()),
  asBoolStrict: (text) => text.toLowerCase() !== 'false',
  asInt: (text) => Number.parseInt(text, 10),
  asIntPositive: (text) => Number.parseInt(text, 10),
  asIntNegative: (text) => Number.parseInt(text, 10),
  asPortNumber: (text) => Number.parseInt(text, 10),
  asFloat: (text) => Number.parseFloat(text),
  asFloatPositive: (text) => Number.parseFloat(text),
  asFloatNegative: (text) => Number.parseFloat(text),
};

function readAs(world: World, call: ExternalCall, { raw, fallback, required }: Variable, name: string): Val {
  const { m } = world;
  const sure: Val = required && fallback === null && raw.kind === 'unknown' ? { ...raw, truthy: true } : raw;
  const text = fallback === null ? sure : orElse(sure, fallback);
  if (Object.hasOwn(accessors, name)) return converted(text, (one) => accessors[name]!(String(one)));
  if (name === 'asArray' || name === 'asSet') {
    const [separator] = call.args;
    return split(world, text, separator?.kind === 'known' ? String(separator.value) : ',', call.place);
  }
  if (/^asJson/.test(name)) return text.kind === 'object' ? text : fromJson(world, text, call.place);
  if (name === 'asUrlObject') return m.construct(m.globals.get('URL') ?? undefinedValue, [text], call.place);
  return hangs({ args: [text], place: call.place }, name);
}

const envVar: Library = {
  names: ['env-var'],
  anyCall: (world, call) => {
    const { m } = world;
    const name = calledAs(call);
    const self = call.self.kind === 'object' ? call.self.data : null;
    if (!(self instanceof Variable)) {
      const values = self instanceof Container ? self.values : environmentOf(world, call.place);
      if (name === 'from') {
        const made = instance(world, 'env-var', 'container', [], call.place);
        made.data = new Container(call.args[0] ?? undefinedValue);
        return made;
      }
      if (name !== 'get') return null;
      const [variable] = call.args;
      if (variable === undefined) return values;
      const made = instance(world, 'env-var', 'variable', [], call.place);
      made.data = new Variable(
        variable.kind === 'known'
          ? m.get(values, String(variable.value), call.place)
          : hangs(call, 'the name of a variable'),
        null,
        false,
      );
      return made;
    }
    const next = (changed: Variable): Val => {
      const made = instance(world, 'env-var', 'variable', [], call.place);
      made.data = changed;
      return made;
    };
    const [given] = call.args;
    switch (name) {
      case 'default':
        return next(new Variable(self.raw, given ?? undefinedValue, self.required));
      case 'required':
        return next(
          new Variable(
            self.raw,
            self.fallback,
            given === undefined || !(given.kind === 'known' && given.value === false),
          ),
        );
      case 'example':
        return next(self);
      case 'convertFromBase64':
        return next(
          new Variable(
            unknown({ kind: 'computed', text: 'it is decoded from base64' }, call.place),
            null,
            self.required,
          ),
        );
      default:
        return readAs(world, call, self, name);
    }
  },
};

export const environmentVariables: readonly Library[] = [envalid, envVar];
