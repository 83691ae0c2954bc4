/** Runs the decorators that the repository itself defines on the classes and members that carry them, as TypeScript's own emit does. */
import type * as t from '@babel/types';
import { findScope, readSlot } from './bindings.ts';
import type { Machine, Scope } from './machine.ts';
import { known, type Obj, undefinedValue, type Val } from './values.ts';

/** The decorators of a class, member or parameter, as they are written. */
export function decoratorsOf(node: unknown): readonly t.Decorator[] {
  return (node as { readonly decorators?: readonly t.Decorator[] | null }).decorators ?? [];
}

/** Runs them for a finished class; returns the class, or what a decorator puts in its place. Those of libraries are left alone. */
export function runDecorators(m: Machine, node: t.Class, made: Obj, proto: Obj, scope: Scope): Obj {
  for (const member of node.body.body) {
    const decorators = decoratorsOf(member);
    if (decorators.length === 0 || !('key' in member) || member.key.type !== 'Identifier') continue;
    const { name } = member.key;
    const holder = 'static' in member && member.static === true ? made : proto;
    for (const decorator of [...decorators].reverse()) {
      const fn = ownDecorator(m, decorator, scope);
      if (fn === null) continue;
      const place = m.place(decorator, scope);
      const slot = holder.slots.get(name);
      const descriptor = slot === undefined ? undefinedValue : m.objectOf([['value', slot.value]], place);
      const result = m.call(fn, undefinedValue, [holder, known(name), descriptor], place);
      const given = result.kind === 'object' ? result : descriptor;
      const value = given.kind === 'object' ? given.slots.get('value')?.value : undefined;
      if (slot !== undefined && value !== undefined && value !== slot.value)
        m.state.setSlot(holder, name, { ...slot, value });
    }
  }
  let result = made;
  for (const decorator of [...decoratorsOf(node)].reverse()) {
    const fn = ownDecorator(m, decorator, scope);
    if (fn === null) continue;
    const given = m.call(fn, undefinedValue, [result], m.place(decorator, scope));
    if (given.kind === 'object' && given.closure?.kind === 'class') result = given;
  }
  return result;
}

/** The function that a decorator of the repository gives; null for those of libraries, which are what their summaries say. */
function ownDecorator(m: Machine, { expression }: t.Decorator, scope: Scope): Val | null {
  const callee = expression.type === 'CallExpression' ? expression.callee : expression;
  const base = callee.type === 'MemberExpression' ? callee.object : callee;
  if (base.type !== 'Identifier') return null;
  const holder = findScope(base.name, scope);
  if (holder === null) return null;
  const value = readSlot(m, holder.slots.get(base.name)!, undefinedValue, m.place(base, scope));
  if (value.kind !== 'object' || value.external !== null) return null;
  const fn = m.evaluate(expression, scope);
  return fn.kind === 'object' && fn.closure !== null && fn.closure.kind !== 'class' ? fn : null;
}
