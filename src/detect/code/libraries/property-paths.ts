/** Packages that read a property by its path, with a fallback: get-value, dot-prop, object-path and their like. */
import { known, singles, truthy, undefinedValue, unknown, type Val } from '../values.ts';
import { type ExternalCall, hangs, type Library, type World } from './library.ts';
import { pathOf, readPath, readPathOr } from './settings-values.ts';

function partsOf(value: Val | undefined): readonly string[] | null {
  const parts = pathOf(value, '.');
  // `a[0].b` names the element as `a.0.b` does.
  return parts?.flatMap((part) => part.split(/[[\]]+/).filter((one) => one !== '')) ?? null;
}

/** `get(object, path, fallback)`. */
export function get(world: World, call: ExternalCall): Val {
  const [object = undefinedValue, path, fallback] = call.args;
  const parts = partsOf(path);
  if (parts === null) return hangs(call, 'the path of a property');
  return readPathOr(world, object, parts, fallback, call.place);
}

/** get-value 4.1.0: the fallback stands in an object. */
function getValue(world: World, call: ExternalCall): Val {
  const [object = undefinedValue, path, options] = call.args;
  const fallback = options?.kind === 'object' ? options.slots.get('default')?.value : options;
  return get(world, { ...call, args: fallback === undefined ? [object, path!] : [object, path!, fallback] });
}

export function has(world: World, call: ExternalCall): Val {
  const [object = undefinedValue, path] = call.args;
  const parts = partsOf(path);
  if (parts === null) return hangs(call, 'the path of a property');
  const value = readPath(world, object, parts, call.place);
  const answers = new Set(
    singles(value).map((one) =>
      one.kind === 'unknown' ? truthy(one) || null : !(one.kind === 'known' && one.value === undefined),
    ),
  );
  const [answer] = answers;
  if (answers.size === 1 && answer !== null && answer !== undefined) return known(answer, call.place);
  return value.kind === 'known' || value.kind === 'object'
    ? hangs(call, 'whether there is a property')
    : unknown(value.reason, call.place);
}

export function set(world: World, call: ExternalCall): Val {
  const { m } = world;
  const [object = undefinedValue, path, value = undefinedValue] = call.args;
  const parts = partsOf(path);
  if (parts === null || parts.length === 0) return object;
  let at = object;
  for (const name of parts.slice(0, -1)) {
    const inner = m.get(at, name, call.place);
    const made = inner.kind === 'known' ? m.object(call.place) : inner;
    if (made !== inner) m.set(at, name, made, call.place);
    at = made;
  }
  m.set(at, parts.at(-1)!, value, call.place);
  return object;
}

export const propertyPaths: readonly Library[] = [
  { names: ['get-value'], calls: { '': getValue, default: getValue } },
  {
    names: ['dot-prop', 'dlv'],
    calls: { '': get, default: get, get, getProperty: get, has, hasProperty: has, set, setProperty: set },
  },
  { names: ['object-path'], calls: { get, has, set } },
];
