/** Variables: look-up, declaration, hoisting, destructuring, and what a condition tells about them. */
import type * as t from '@babel/types';
import type { Machine, Scope } from './machine.ts';
import {
  comesFrom,
  EnvironmentMark,
  known,
  narrow,
  nullish,
  type Obj,
  oneOf,
  type Place,
  reasonIn,
  type Slot,
  singles,
  through,
  truthy,
  undefinedValue,
  unknown,
  type Val,
} from './values.ts';

/** The scope that holds `name`, or null where it is global or undeclared. */
export function findScope(name: string, scope: Scope): Scope | null {
  for (let at: Scope | null = scope; at !== null; at = at.parent) if (at.slots.has(name)) return at;
  return null;
}

/** Reads a variable. */
export function readVariable(m: Machine, name: string, scope: Scope, place: Place): Val {
  const holder = findScope(name, scope);
  if (holder !== null) return readSlot(m, holder.slots.get(name)!, undefinedValue, place);
  const global = m.globals.get(name);
  if (global !== undefined) return global;
  // `global.config = …` makes a variable of it.
  const written = m.globals.get('global');
  const slot = written?.kind === 'object' ? written.slots.get(name) : undefined;
  if (slot !== undefined) return readSlot(m, slot, undefinedValue, place);
  return unknown({ kind: 'computed', text: `nothing in the repository defines the variable ${name}` }, place);
}

/** The value in a slot, remembering the place that wrote it. */
export function readSlot(m: Machine, slot: Slot, self: Val, place: Place): Val {
  if (slot.getter !== undefined)
    return typeof slot.getter === 'function' ? slot.getter() : m.call(slot.getter, self, [], place);
  return through(settled(m, slot.value), slot.place);
}

/** What conditions have since told about the environment variable that a value is, or was chosen by. */
function settled(m: Machine, value: Val): Val {
  if (value.kind === 'oneOf')
    return value.whereSet !== undefined && m.isSet(value.whereSet.variable) ? value.whereSet.value : value;
  return value.kind === 'unknown' &&
    value.variable !== undefined &&
    value.truthy === null &&
    m.isSet(value.variable)
    ? { ...value, truthy: true }
    : value;
}

/** What is told about a variable that holds an environment variable is told about that. */
function noteVariable(m: Machine, value: Val): void {
  if (value.kind !== 'unknown' || value.variable === undefined || m.environment === null) return;
  const slot = m.variableSlot(m.environment, value.variable);
  if (slot.value.kind === 'unknown' && slot.value.variable === value.variable)
    m.state.setSlot(m.environment, value.variable, { value, place: slot.place });
}

/** Declares `name` in the block, or for `var` in the function, and gives it a value. */
export function declare(
  m: Machine,
  name: string,
  value: Val,
  scope: Scope,
  kind: 'var' | 'let',
  place: Place,
): void {
  let target = scope;
  if (kind === 'var') while (!target.isFunction && target.parent !== null) target = target.parent;
  m.state.setSlot(target, name, { value, place });
}

export function assignVariable(m: Machine, name: string, value: Val, scope: Scope, place: Place): void {
  let holder = findScope(name, scope);
  if (holder === null) {
    holder = scope;
    while (holder.parent !== null) holder = holder.parent;
  }
  m.state.setSlot(holder, name, { value, place });
}

/** Binds a pattern to a value; `kind` null assigns to what exists already. */
export function bindPattern(
  m: Machine,
  pattern: t.Node,
  value: Val,
  scope: Scope,
  kind: 'var' | 'let' | null,
  place: Place,
): void {
  switch (pattern.type) {
    case 'Identifier':
      if (kind === null) assignVariable(m, pattern.name, value, scope, place);
      else declare(m, pattern.name, value, scope, kind, place);
      return;
    case 'AssignmentPattern':
      bindPattern(
        m,
        pattern.left,
        withDefault(
          m,
          value,
          () => m.evaluate(pattern.right, scope),
          `default:${scope.frame.file}:${pattern.start}`,
        ),
        scope,
        kind,
        place,
      );
      return;
    case 'ObjectPattern': {
      const taken = new Set<string>();
      for (const property of pattern.properties) {
        if (property.type === 'RestElement') {
          bindPattern(m, property.argument, without(m, value, taken, place), scope, kind, place);
          continue;
        }
        const key = propertyKey(m, property, scope);
        const target = property.value;
        if (key === null) {
          bindPattern(
            m,
            target,
            unknown({ kind: 'computed', text: 'the name of the property is computed' }, place),
            scope,
            kind,
            place,
          );
          continue;
        }
        taken.add(key);
        bindPattern(
          m,
          target,
          m.get(value, key, m.place(property, scope)),
          scope,
          kind,
          m.place(property, scope),
        );
      }
      return;
    }
    case 'ArrayPattern':
      pattern.elements.forEach((element, index) => {
        if (element === null) return;
        if (element.type === 'RestElement')
          bindPattern(m, element.argument, restOf(m, value, index, place), scope, kind, place);
        else bindPattern(m, element, m.get(value, String(index), place), scope, kind, place);
      });
      return;
    case 'RestElement':
      bindPattern(m, pattern.argument, value, scope, kind, place);
      return;
    case 'MemberExpression':
    case 'OptionalMemberExpression': {
      const object = m.evaluate(pattern.object, scope);
      const name = pattern.computed ? m.evaluate(pattern.property, scope) : null;
      const key = name === null ? memberKey(m, pattern, scope) : keyText(name);
      // `target[key] = source[key]` copies: what people wrote stands where the source has it.
      const isCopy = pattern.computed && !/Literal$/.test(pattern.property.type);
      if (key !== null) m.set(object, key, value, (isCopy ? writtenAt(value) : null) ?? place);
      else if (name !== null) assignSome(m, object, name, value, place);
      return;
    }
    case 'TSParameterProperty':
      bindPattern(m, pattern.parameter, value, scope, kind, place);
      return;
    case 'TSAsExpression':
    case 'TSNonNullExpression':
    case 'TSSatisfiesExpression':
    case 'TSTypeAssertion':
      bindPattern(m, pattern.expression, value, scope, kind, place);
      return;
  }
}

/** A value, or the default where it is undefined. */
export function withDefault(m: Machine, value: Val, makeDefault: () => Val, id: string): Val {
  const kept: Val[] = [];
  let needed = false;
  let maybe = false;
  for (const single of singles(value)) {
    if (single.kind === 'known' && single.value === undefined) needed = true;
    else {
      if (single.kind === 'unknown' && single.truthy !== true) maybe = true;
      kept.push(single);
    }
  }
  if (kept.length === 0) return makeDefault();
  if (!needed && !maybe) return value;
  return m.choose({ value, id }, () => oneOf(kept, reasonIn(value)!), makeDefault);
}

/** The place where a value was first written. */
function writtenAt(value: Val): Place | null {
  if (value.kind === 'object') return null;
  let at = value.trace;
  while (at !== null && at.next !== null) at = at.next;
  return at?.place ?? null;
}

/** Sets a property whose name is not known: any property of the object may have changed. */
function assignSome(m: Machine, object: Val, name: Val, value: Val, place: Place): void {
  for (const single of singles(object)) {
    if (single.kind !== 'object') continue;
    m.state.setOpen(single, { kind: 'computed', text: 'a property with a computed name is set' });
    if (isFromOutside(name) && isFromOutside(value)) replacePerhaps(m, single, value, place);
  }
}

/** What production's own settings give: written under a name of theirs, it replaces what the program has as defaults. */
function isFromOutside(value: Val): value is Extract<Val, { kind: 'unknown' }> {
  return value.kind === 'unknown' && ['file', 'environment', 'library'].includes(value.reason.kind);
}

function replacePerhaps(
  m: Machine,
  object: Obj,
  { reason }: Extract<Val, { kind: 'unknown' }>,
  place: Place,
): void {
  for (const [key, slot] of object.slots) {
    if (slot.getter !== undefined || (slot.value.kind === 'object' && slot.value.callable)) continue;
    m.state.setSlot(object, key, {
      value: oneOf([slot.value, unknown(reason, place)], reason),
      place: slot.place,
    });
  }
}

/** The name of a property in a literal, class or pattern; null where it is computed and unknown. */
export function propertyKey(
  m: Machine,
  property: { key: t.Node; computed?: boolean | null },
  scope: Scope,
): string | null {
  const { key } = property;
  if (!property.computed) {
    if (key.type === 'Identifier') return key.name;
    if (key.type === 'PrivateName') return `#${key.id.name}`;
    if (key.type === 'StringLiteral' || key.type === 'NumericLiteral') return String(key.value);
    if (key.type === 'BigIntLiteral') return key.value;
  }
  return keyText(m.evaluate(key, scope));
}

/** The name that a member expression accesses. */
export function memberKey(
  m: Machine,
  node: { property: t.Node; computed?: boolean | null },
  scope: Scope,
): string | null {
  if (!node.computed) {
    if (node.property.type === 'Identifier') return node.property.name;
    if (node.property.type === 'PrivateName') return `#${node.property.id.name}`;
  }
  return keyText(m.evaluate(node.property, scope));
}

/** A value as a property name; symbols of the analysis are objects named `@@…`. */
export function keyText(value: Val): string | null {
  if (value.kind === 'known') return String(value.value);
  if (value.kind === 'object' && typeof value.data === 'symbol') return `@@${value.data.description ?? ''}`;
  return null;
}

function without(m: Machine, value: Val, taken: ReadonlySet<string>, place: Place): Val {
  if (value.kind !== 'object')
    return value.kind === 'known' ? m.object(place) : unknown(reasonIn(value)!, place);
  const rest: Obj = m.object(place);
  for (const [key, slot] of value.slots)
    if (!taken.has(key)) rest.slots.set(key, { value: readSlot(m, slot, value, place), place: slot.place });
  rest.open = value.open;
  rest.data = value.data instanceof EnvironmentMark ? value.data : null;
  if (value.external !== null) rest.open = comesFrom(value.external.package);
  return rest;
}

function restOf(m: Machine, value: Val, from: number, place: Place): Val {
  if (value.kind === 'object' && value.elements !== null) {
    const rest = m.object(place);
    rest.elements = value.elements.slice(from);
    rest.open = value.open;
    return rest;
  }
  return unknown(
    reasonIn(value) ?? { kind: 'computed', text: 'it is the rest of something that is no array' },
    place,
  );
}

/** Writes into the variables and properties of `test` what its outcome tells about them. */
export function refine(m: Machine, test: t.Node, holds: boolean, scope: Scope): void {
  switch (test.type) {
    case 'UnaryExpression':
      if (test.operator === '!') refine(m, test.argument, !holds, scope);
      return;
    case 'LogicalExpression':
      if ((test.operator === '&&' && holds) || (test.operator === '||' && !holds)) {
        refine(m, test.left, holds, scope);
        refine(m, test.right, holds, scope);
      } else if (test.operator !== '??') {
        // `a && b` does not hold, and a does: then b does not.
        const neutral = test.operator === '&&';
        if (isPure(test.left) && truthy(m.evaluate(test.left, scope)) === neutral)
          refine(m, test.right, holds, scope);
        else if (isPure(test.right) && truthy(m.evaluate(test.right, scope)) === neutral)
          refine(m, test.left, holds, scope);
      }
      return;
    case 'BinaryExpression':
      refineComparison(m, test, holds, scope);
      return;
    case 'Identifier':
    case 'MemberExpression':
    case 'OptionalMemberExpression':
      rewrite(m, test, scope, (value) => narrow(value, holds));
      return;
    case 'TSAsExpression':
    case 'TSNonNullExpression':
      refine(m, test.expression, holds, scope);
      return;
  }
}

function refineComparison(m: Machine, test: t.BinaryExpression, holds: boolean, scope: Scope): void {
  const equality = test.operator === '===' || test.operator === '==';
  if (!equality && test.operator !== '!==' && test.operator !== '!=') return;
  const equal = equality === holds;
  const [subject, other] = isReference(test.left) ? [test.left, test.right] : [test.right, test.left];
  if (!isReference(subject) || isReference(other)) {
    if (
      test.left.type === 'UnaryExpression' &&
      test.left.operator === 'typeof' &&
      test.right.type === 'StringLiteral' &&
      test.right.value === 'undefined'
    ) {
      rewrite(m, test.left.argument, scope, (value) => keepNullish(value, equal));
    }
    return;
  }
  if (other.type === 'NullLiteral' || (other.type === 'Identifier' && other.name === 'undefined')) {
    rewrite(m, subject, scope, (value) => keepNullish(value, equal));
    return;
  }
  if (other.type !== 'StringLiteral' && other.type !== 'NumericLiteral' && other.type !== 'BooleanLiteral')
    return;
  const literal = other.value;
  if (!equal) {
    rewrite(m, subject, scope, (value) => withoutLiteral(value, literal));
    return;
  }
  const constant = known(other.value, m.place(other, scope));
  rewrite(m, subject, scope, (value) => (value.kind === 'unknown' ? constant : value));
}

/** The alternatives that are not this literal. */
function withoutLiteral(value: Val, literal: string | number | boolean): Val {
  if (value.kind !== 'oneOf') return value;
  const kept = value.alternatives.filter((single) => single.kind !== 'known' || single.value !== literal);
  return kept.length === 0 ? value : oneOf(kept, value.reason);
}

function keepNullish(value: Val, wanted: boolean): Val {
  if (value.kind === 'unknown')
    return wanted
      ? value
      : { ...value, truthy: value.truthy ?? (value.reason.kind === 'environment' ? true : null) };
  if (value.kind !== 'oneOf') return value;
  const kept = value.alternatives.filter((single) => nullish(single) !== !wanted);
  return kept.length === 0 ? value : oneOf(kept, value.reason);
}

function isReference(node: t.Node): boolean {
  return (
    (node.type === 'Identifier' && node.name !== 'undefined') ||
    node.type === 'MemberExpression' ||
    node.type === 'OptionalMemberExpression'
  );
}

/** Changes what a variable or property holds, where it holds something undecided. */
function rewrite(m: Machine, node: t.Node, scope: Scope, change: (value: Val) => Val): void {
  if (node.type === 'Identifier') {
    const holder = findScope(node.name, scope);
    const slot = holder?.slots.get(node.name);
    if (holder == null || slot === undefined || slot.getter !== undefined) return;
    const changed = change(slot.value);
    if (changed === slot.value) return;
    m.state.setSlot(holder, node.name, { ...slot, value: changed });
    noteVariable(m, changed);
    return;
  }
  if (node.type !== 'MemberExpression' && node.type !== 'OptionalMemberExpression') return;
  if (!isPure(node.object)) return;
  const object = m.evaluate(node.object, scope);
  const key = memberKey(m, node, scope);
  if (object.kind !== 'object' || key === null) return;
  const slot = object.slots.get(key);
  if (slot?.getter !== undefined) return;
  const place = m.place(node, scope);
  const value = slot?.value ?? m.get(object, key, place);
  const changed = change(value);
  if (changed === value) return;
  m.state.setSlot(object, key, { value: changed, place: slot?.place ?? null });
  noteVariable(m, changed);
}

/** Evaluating it a second time changes nothing. */
function isPure(node: t.Node): boolean {
  switch (node.type) {
    case 'Identifier':
    case 'ThisExpression':
    case 'StringLiteral':
    case 'NumericLiteral':
    case 'BooleanLiteral':
    case 'NullLiteral':
      return true;
    case 'MemberExpression':
    case 'OptionalMemberExpression':
      return isPure(node.object) && (!node.computed || isPure(node.property));
    case 'UnaryExpression':
      return node.operator !== 'delete' && isPure(node.argument);
    case 'BinaryExpression':
    case 'LogicalExpression':
      return isPure(node.left) && isPure(node.right);
    default:
      return false;
  }
}

const hoistedVars = new WeakMap<object, ReadonlySet<string>>();

/** Declares the `var`s of a function body or module as undefined. */
export function hoistVars(owner: t.Node, body: readonly t.Node[], scope: Scope): void {
  let hoisted = hoistedVars.get(owner);
  if (hoisted === undefined) {
    const names = new Set<string>();
    for (const node of body) collectVars(node, names);
    hoisted = names;
    hoistedVars.set(owner, hoisted);
  }
  for (const name of hoisted)
    if (!scope.slots.has(name)) scope.slots.set(name, { value: undefinedValue, place: null });
}

function collectVars(node: t.Node | null | undefined, names: Set<string>): void {
  if (node == null) return;
  switch (node.type) {
    case 'VariableDeclaration':
      if (node.kind === 'var') for (const declarator of node.declarations) collectNames(declarator.id, names);
      return;
    case 'BlockStatement':
      for (const one of node.body) collectVars(one, names);
      return;
    case 'IfStatement':
      collectVars(node.consequent, names);
      collectVars(node.alternate, names);
      return;
    case 'ForStatement':
      collectVars(node.init, names);
      collectVars(node.body, names);
      return;
    case 'ForInStatement':
    case 'ForOfStatement':
      collectVars(node.left, names);
      collectVars(node.body, names);
      return;
    case 'WhileStatement':
    case 'DoWhileStatement':
    case 'LabeledStatement':
    case 'WithStatement':
      collectVars(node.body, names);
      return;
    case 'TryStatement':
      collectVars(node.block, names);
      collectVars(node.handler?.body, names);
      collectVars(node.finalizer, names);
      return;
    case 'SwitchStatement':
      for (const one of node.cases) for (const statement of one.consequent) collectVars(statement, names);
      return;
    case 'ExportNamedDeclaration':
      collectVars(node.declaration, names);
      return;
  }
}

/** The names that a pattern binds. */
export function collectNames(pattern: t.Node, names: Set<string>): void {
  switch (pattern.type) {
    case 'Identifier':
      names.add(pattern.name);
      return;
    case 'ObjectPattern':
      for (const property of pattern.properties)
        collectNames(property.type === 'RestElement' ? property.argument : property.value, names);
      return;
    case 'ArrayPattern':
      for (const element of pattern.elements) if (element !== null) collectNames(element, names);
      return;
    case 'AssignmentPattern':
      collectNames(pattern.left, names);
      return;
    case 'RestElement':
      collectNames(pattern.argument, names);
      return;
  }
}
