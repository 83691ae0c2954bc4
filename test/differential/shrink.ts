/** Turns a plan that goes wrong into the smallest one found that still goes wrong in the same way. */
import type { ProgramPlan } from './app-plan.ts';

type Json = null | undefined | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** Numbers that choose among forms: 0 is the plain one. */
const choosers: ReadonlySet<string> = new Set([
  'form',
  'use',
  'shape',
  'call',
  'cut',
  'imports',
  'architecture',
  'start',
]);

/** Smaller nodes that may stand in a node's place, in an array several. */
function inPlaceOf(node: { readonly [key: string]: Json }, isInArray: boolean): readonly (readonly Json[])[] {
  const found: Json[][] = [];
  for (const name of ['inner', 'yes', 'no'])
    if (node[name] !== undefined && node.kind !== undefined) found.push([node[name]]);
  if (isInArray && Array.isArray(node.steps)) found.push([...node.steps]);
  return found;
}

/** Every plan that is one step smaller, the largest cuts first. */
function* smaller(node: Json, key = ''): Generator<Json> {
  if (typeof node === 'number' && choosers.has(key) && node !== 0) yield 0;
  if (node === null || typeof node !== 'object') {
    if (key === 'language' && node !== 'cjs') yield* ['cjs', 'esm'].filter((each) => each !== node);
    if ((key === 'isAfter' || key === 'trusts') && node === true) yield false;
    return;
  }
  if (Array.isArray(node)) {
    for (let size = node.length; size >= 1; size = size >> 1)
      for (let at = 0; at + size <= node.length; at += size)
        yield [...node.slice(0, at), ...node.slice(at + size)];
    for (const [at, each] of node.entries()) {
      if (each !== null && typeof each === 'object' && !Array.isArray(each))
        for (const others of inPlaceOf(each as { readonly [key: string]: Json }, true))
          yield [...node.slice(0, at), ...others, ...node.slice(at + 1)];
      for (const other of smaller(each)) yield [...node.slice(0, at), other, ...node.slice(at + 1)];
    }
    return;
  }
  const object = node as { readonly [key: string]: Json };
  for (const [other] of inPlaceOf(object, false)) yield other;
  for (const [name, value] of Object.entries(object))
    for (const other of smaller(value, name)) yield { ...object, [name]: other };
}

/**
 * @param isSame whether a plan goes wrong in the way that is looked into.
 * @param milliseconds after which the smallest so far is given.
 */
export async function shrinkPlan(
  plan: ProgramPlan,
  isSame: (plan: ProgramPlan) => Promise<boolean>,
  milliseconds: number,
): Promise<ProgramPlan> {
  const end = performance.now() + milliseconds;
  let smallest = plan;
  for (;;) {
    let isSmaller = false;
    for (const candidate of smaller(smallest as unknown as Json)) {
      if (performance.now() > end) return smallest;
      const other = candidate as unknown as ProgramPlan;
      if (!(await isSame(other))) continue;
      smallest = other;
      isSmaller = true;
      break;
    }
    if (!isSmaller) return smallest;
  }
}
