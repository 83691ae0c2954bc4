/** Turns expressions into the values that they have in production. */
import type * as t from '@babel/types';
import type { Reason } from '../app-model.ts';
import { memberKey, propertyKey, readSlot, readVariable, refine } from './bindings.ts';
import { chain } from './builtins-array.ts';
import { nameFunction } from './function-name.ts';
import type { Machine, Scope } from './machine.ts';
import { binary, bounded, unary } from './operators.ts';
import { noteSessionWrite } from './session-writes.ts';
import { iterate, questionOf } from './statements.ts';
import { piecesOf, withPieces } from './text-pieces.ts';
import { noteTlsOption } from './tls-options.ts';
import {
  absentValue,
  chosenBy,
  comesFrom,
  EnvironmentMark,
  known,
  mapValue,
  maxElements,
  narrow,
  notFollowed,
  nullish,
  type Obj,
  oneOf,
  type Place,
  reasonIn,
  type Slot,
  singles,
  type TextPiece,
  textOf,
  truthy,
  undefinedValue,
  unknown,
  type Val,
} from './values.ts';

export function evaluate(m: Machine, node: t.Node, scope: Scope): Val {
  m.step();
  switch (node.type) {
    case 'StringLiteral':
    case 'NumericLiteral':
    case 'BooleanLiteral':
      return known(node.value, m.place(node, scope, true));
    case 'NullLiteral':
      return known(null, m.place(node, scope, true));
    case 'BigIntLiteral':
      return bigint(node.value, m.place(node, scope));
    case 'RegExpLiteral':
      return regExp(m, node.pattern, node.flags, m.place(node, scope));
    case 'TemplateLiteral':
      return template(m, node, scope);
    case 'TaggedTemplateExpression':
      return taggedTemplate(m, node, scope);
    case 'Identifier':
      return node.name === 'undefined'
        ? undefinedValue
        : readVariable(m, node.name, scope, m.place(node, scope));
    case 'ThisExpression':
      return (
        scope.frame.self ??
        unknown({ kind: 'argument', text: 'it hangs on how a function is called' }, m.place(node, scope))
      );
    case 'MemberExpression':
    case 'OptionalMemberExpression':
      return member(m, node, scope);
    case 'CallExpression':
    case 'OptionalCallExpression':
      return callExpression(m, node, scope);
    case 'NewExpression':
      return m.construct(
        m.evaluate(node.callee, scope),
        evaluateArguments(m, node.arguments, scope).values,
        m.place(node, scope),
      );
    case 'ImportExpression':
      return importExpression(m, node.source, scope, m.place(node, scope));
    case 'ObjectExpression':
      return objectLiteral(m, node, scope);
    case 'ArrayExpression':
      return arrayLiteral(m, node, scope);
    case 'FunctionExpression':
    case 'FunctionDeclaration':
    case 'ArrowFunctionExpression':
      return functionValue(m, node, scope);
    case 'ClassExpression':
      return m.makeClass(node, scope);
    case 'ConditionalExpression':
      return conditional(m, node, scope);
    case 'LogicalExpression':
      return logicalExpression(m, node, scope);
    case 'BinaryExpression':
      return binaryExpression(m, node, scope);
    case 'UnaryExpression':
      return unaryExpression(m, node, scope);
    case 'UpdateExpression':
      return update(m, node, scope);
    case 'AssignmentExpression':
      return assignment(m, node, scope);
    case 'SequenceExpression': {
      let last: Val = undefinedValue;
      for (const one of node.expressions) last = m.evaluate(one, scope);
      return last;
    }
    case 'AwaitExpression':
      // A promise is followed as what it will be, so awaiting changes nothing.
      return m.evaluate(node.argument, scope);
    case 'YieldExpression':
      return yieldExpression(m, node, scope);
    case 'ParenthesizedExpression':
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
    case 'TSNonNullExpression':
    case 'TSTypeAssertion':
    case 'TSInstantiationExpression':
    case 'TypeCastExpression':
      return m.evaluate(node.expression, scope);
    case 'Super':
      return scope.frame.home?.proto ?? undefinedValue;
    case 'MetaProperty':
      return metaProperty(m, node, scope);
    case 'Import':
      return notFollowed('import', m.place(node, scope));
    case 'JSXElement':
    case 'JSXFragment':
      return notFollowed('a JSX element', m.place(node, scope));
    default:
      return notFollowed(node.type, m.place(node, scope));
  }
}

/** Notes what a generator yields; what is sent into it is not followed. */
function yieldExpression(m: Machine, node: t.YieldExpression, scope: Scope): Val {
  const value = node.argument == null ? undefinedValue : m.evaluate(node.argument, scope);
  const place = m.place(node, scope);
  const { yields } = scope.frame;
  if (!node.delegate) yields.push({ value, conditions: m.state.conditions });
  else
    for (const { value: each } of iterate(m, value, place).items)
      yields.push({ value: each, conditions: m.state.conditions });
  return notFollowed('a generator', place);
}

function bigint(text: string, place: Place): Val {
  try {
    return text.length > 400
      ? notFollowed('a large integer', place)
      : known(BigInt(text.replaceAll('_', '')), place);
  } catch {
    return notFollowed('a large integer', place);
  }
}

/** A regular expression as data: its source and flags. Whether it may be run is for `test` and its like to decide. */
export function regExp(m: Machine, source: string, flags: string, place: Place): Obj {
  const made = m.object(place);
  made.proto = prototype(m, 'RegExp');
  made.data = { regExp: source, flags };
  return made;
}

export function prototype(m: Machine, name: string): Obj | null {
  const global = m.globals.get(name);
  const proto = global?.kind === 'object' ? global.slots.get('prototype')?.value : undefined;
  return proto?.kind === 'object' ? proto : null;
}

function template(m: Machine, node: t.TemplateLiteral, scope: Scope): Val {
  const place = m.place(node, scope);
  const head = node.quasis[0]?.value.cooked ?? '';
  let result: Val = known(head, place);
  const pieces: TextPiece[] = [{ text: head, words: null }];
  node.expressions.forEach((expression, index) => {
    const value = toText(m.evaluate(expression, scope), place);
    const rest = node.quasis[index + 1]?.value.cooked ?? '';
    pieces.push(...piecesOf(value, expression), { text: rest, words: null });
    result = binary('+', result, value, place);
    result = binary('+', result, known(rest, place), place);
  });
  return withPieces(result, pieces);
}

/** The tag is called with the parts of the text, which have a list of their own as written, and the values between them. */
function taggedTemplate(m: Machine, node: t.TaggedTemplateExpression, scope: Scope): Val {
  const place = m.place(node, scope);
  const tag = m.evaluate(node.tag, scope);
  const { quasis, expressions } = node.quasi;
  const cooked = quasis.map((part) => known(part.value.cooked ?? undefined, place));
  const strings = m.array(cooked, place);
  const raw = m.array(
    quasis.map((part) => known(part.value.raw, place)),
    place,
  );
  strings.slots.set('raw', { value: raw, place, hidden: true });
  const values = expressions.map((expression) => m.evaluate(expression, scope));
  return m.call(tag, undefinedValue, [strings, ...values], place);
}

function toText(value: Val, place: Place): Val {
  return mapValue(value, (single) => {
    const text = textOf(single);
    if (text !== null) return bounded(text, place);
    return single.kind === 'unknown' ? single : notFollowed('an object as text', place);
  });
}

function member(m: Machine, node: t.MemberExpression | t.OptionalMemberExpression, scope: Scope): Val {
  const place = m.place(node, scope);
  const object = m.evaluate(node.object, scope);
  if (node.object.type === 'Super') return superMember(m, node, scope, place);
  const read = (from: Val): Val => {
    const key = memberKey(m, node, scope);
    if (key !== null) return m.get(from, key, place);
    return computedMember(m, from, m.evaluate(node.property, scope), place);
  };
  if (node.type === 'OptionalMemberExpression') return optional(object, read);
  return read(object);
}

/** A member by an unknown name: one of all that there are. */
function computedMember(m: Machine, from: Val, key: Val, place: Place): Val {
  const reason = reasonIn(key) ?? { kind: 'computed', text: 'the name of a property is computed' };
  if (key.kind === 'oneOf') {
    const names = key.alternatives.map((single) => (single.kind === 'known' ? String(single.value) : null));
    if (names.every((name) => name !== null))
      return oneOf(
        names.map((name) => m.get(from, name, place)),
        key.reason,
      );
  }
  if (
    from.kind === 'object' &&
    from.open === null &&
    from.external === null &&
    !(from.data instanceof EnvironmentMark)
  ) {
    const slots = from.elements ?? [...from.slots.values()];
    if (slots.length > 0 && slots.length <= 8) {
      const values: Val[] = slots.map((slot) => readSlot(m, slot, from, place));
      // An environment's name chooses among the configurations there are; anything else may also miss them all.
      return oneOf([...values, absentValue], reason);
    }
  }
  return unknown(reasonIn(from) ?? reason, place);
}

/** `a?.b`: absent where `a` is nullish. */
function optional(object: Val, read: (value: Val) => Val): Val {
  const parts: Val[] = [];
  let reason: Reason | null = null;
  for (const single of singles(object)) {
    if (nullish(single) === true) parts.push(undefinedValue);
    else parts.push(read(single));
  }
  if (object.kind === 'oneOf') reason = object.reason;
  return oneOf(parts, reason ?? { kind: 'limit', text: 'an optional chain' });
}

function superMember(
  m: Machine,
  node: t.MemberExpression | t.OptionalMemberExpression,
  scope: Scope,
  place: Place,
): Val {
  const proto = scope.frame.home?.proto ?? null;
  const key = memberKey(m, node, scope);
  if (proto === null || key === null) return notFollowed('super', place);
  return m.get(proto, key, place);
}

interface Arguments {
  readonly values: readonly Val[];
  readonly open: Reason | null;
}

export function evaluateArguments(m: Machine, nodes: readonly t.Node[], scope: Scope): Arguments {
  const values: Val[] = [];
  let open: Reason | null = null;
  for (const node of nodes) {
    if (node.type === 'SpreadElement') {
      const spread = iterate(m, m.evaluate(node.argument, scope), m.place(node, scope));
      const { slots, rest } = chain(m, [spread.items]);
      if (values.length + slots.length <= maxElements) for (const { value } of slots) values.push(value);
      else open ??= { kind: 'limit', text: 'it is part of a very long list' };
      open ??= spread.open ?? rest;
    } else if (node.type === 'ArgumentPlaceholder') values.push(undefinedValue);
    else values.push(m.evaluate(node, scope));
  }
  return { values, open };
}

function callExpression(m: Machine, node: t.CallExpression | t.OptionalCallExpression, scope: Scope): Val {
  const place = m.place(node, scope);
  const { callee } = node;
  if (callee.type === 'Import') return importExpression(m, node.arguments[0] as t.Node, scope, place);
  if (callee.type === 'Super') return superCall(m, node, scope, place);
  if (callee.type === 'MemberExpression' || callee.type === 'OptionalMemberExpression') {
    const isSuper = callee.object.type === 'Super';
    const self = isSuper ? (scope.frame.self ?? undefinedValue) : m.evaluate(callee.object, scope);
    const key = memberKey(m, callee, scope);
    const callOn = (one: Val): Val => {
      const holder = isSuper ? (scope.frame.home?.proto ?? undefinedValue) : one;
      const fn =
        key === null
          ? computedMember(m, holder, m.evaluate(callee.property, scope), place)
          : m.get(holder, key, m.place(callee, scope));
      if (node.type === 'OptionalCallExpression' && node.optional && nullish(fn) === true)
        return undefinedValue;
      const args = evaluateArguments(m, node.arguments, scope);
      m.callNode = node;
      return m.call(fn, one, args.values, place, args.open);
    };
    if (callee.type === 'OptionalMemberExpression') return optional(self, callOn);
    return self.kind === 'oneOf' ? eachObject(m, self, callOn, node, scope) : callOn(self);
  }
  const fn = m.evaluate(callee, scope);
  if (node.type === 'OptionalCallExpression' && nullish(fn) === true) return undefinedValue;
  const args = evaluateArguments(m, node.arguments, scope);
  m.callNode = node;
  return m.call(fn, undefinedValue, args.values, place, args.open);
}

/** A method called on one of several objects: on each, as something that may happen. */
function eachObject(m: Machine, self: Val, callOn: (one: Val) => Val, node: t.Node, scope: Scope): Val {
  const parts = singles(self).filter((single) => nullish(single) !== true);
  const [first, ...rest] = parts;
  if (first === undefined) return undefinedValue;
  if (rest.length === 0) return callOn(first);
  const pick = (index: number): Val => {
    const one = parts[index]!;
    if (index === parts.length - 1) return callOn(one);
    return m.choose(
      { value: { ...unknown(reasonIn(self)!) }, id: `self:${scope.frame.file}:${node.start}:${index}` },
      () => callOn(one),
      () => pick(index + 1),
    );
  };
  return pick(0);
}

function superCall(
  m: Machine,
  node: t.CallExpression | t.OptionalCallExpression,
  scope: Scope,
  place: Place,
): Val {
  const { frame } = scope;
  const args = evaluateArguments(m, node.arguments, scope);
  const own = frame.home?.slots.get('constructor')?.value;
  if (own?.kind === 'object' && frame.self?.kind === 'object')
    m.superCall(own, frame.self, args.values, place);
  return undefinedValue;
}

function importExpression(m: Machine, source: t.Node, scope: Scope, place: Place): Val {
  const specifier = m.evaluate(source, scope);
  if (specifier.kind === 'known' && typeof specifier.value === 'string')
    return m.load(`import:${specifier.value}`, scope.frame.file, place);
  return unknown(reasonIn(specifier) ?? { kind: 'module', text: 'the name of a module is computed' }, place);
}

function objectLiteral(m: Machine, node: t.ObjectExpression, scope: Scope): Val {
  const made = m.object(m.place(node, scope, true));
  made.literal = node;
  for (const property of node.properties) {
    const place = m.place(property, scope);
    if (property.type === 'SpreadElement') {
      const value = m.evaluate(property.argument, scope);
      spreadInto(m, made, value, place);
      continue;
    }
    const key = propertyKey(m, property, scope);
    if (property.type === 'ObjectMethod') {
      const fn = functionValue(m, property, scope);
      if (key === null) continue;
      const old = made.slots.get(key);
      if (property.kind === 'get')
        made.slots.set(key, { value: undefinedValue, place, getter: fn, setter: old?.setter });
      else if (property.kind === 'set')
        made.slots.set(key, { value: undefinedValue, place, getter: old?.getter, setter: fn });
      else {
        made.slots.set(key, { value: fn, place });
        noteSetting(m, made, key, old, place);
      }
      continue;
    }
    const value = m.evaluate(property.value, scope);
    nameFunction(value, key);
    if (key === null) made.open = { kind: 'computed', text: 'the name of a property is computed' };
    else if (key === '__proto__' && !property.computed) made.proto = value.kind === 'object' ? value : null;
    else {
      made.slots.set(key, { value, place });
      noteSetting(m, made, key, undefined, place);
    }
  }
  return made;
}

/** Settings that matter wherever they stand. */
export function noteSetting(m: Machine, owner: Obj, key: string, old: Slot | undefined, place: Place): void {
  if (owner.data !== null) noteSessionWrite(m, owner, key, old, place);
  noteTlsOption(m, owner, key, place);
}

/** `{...value}` and Object.assign: the own properties of `value`, over those that are there. */
export function spreadInto(m: Machine, target: Obj, value: Val, place: Place): void {
  const parts = singles(value).filter(
    (single) => !(single.kind === 'known' && typeof single.value !== 'string'),
  );
  if (parts.length === 1 && singles(value).length === 1) {
    spreadOne(m, target, parts[0]!, place);
    return;
  }
  if (parts.length === 0) return;
  const reason = reasonIn(value)!;
  // One of several: what each may add or replace is joined.
  const before = new Map(target.slots);
  const results = singles(value).map((part) => {
    const copy = m.object(place);
    copy.slots = new Map(before);
    spreadOne(m, copy, part, place);
    return copy;
  });
  const keys = new Set(results.flatMap((result) => [...result.slots.keys()]));
  for (const key of keys) {
    const slots = results.map((result) => result.slots.get(key));
    const firstWritten = slots.find((slot) => slot !== undefined)!;
    m.state.setSlot(target, key, {
      value: oneOf(
        slots.map((slot) => slot?.value ?? absentValue),
        reason,
      ),
      place: firstWritten.place,
    });
  }
  const open = results.find((result) => result.open !== null)?.open ?? null;
  if (open !== null) m.state.setOpen(target, open);
}

function spreadOne(m: Machine, target: Obj, value: Val, place: Place): void {
  if (value.kind === 'unknown') {
    if (value.reason.kind === 'limit') return;
    // What was written before may have been replaced.
    for (const [key, slot] of target.slots)
      m.state.setSlot(target, key, {
        value: oneOf([slot.value, unknown(value.reason, place)], value.reason),
        place: slot.place,
      });
    m.state.setOpen(target, value.reason);
    return;
  }
  if (value.kind !== 'object') return;
  if (value.external !== null && value.slots.size === 0) {
    spreadOne(m, target, unknown(comesFrom(value.external.package), place), place);
    return;
  }
  for (const [index, slot] of value.elements?.entries() ?? []) m.state.setSlot(target, String(index), slot);
  if (value.open !== null) spreadOne(m, target, unknown(value.open, place), place);
  if (value.data instanceof EnvironmentMark) {
    spreadEnvironment(m, target, value.data, place);
    if (target.data === null) target.data = value.data;
  }
  for (const [key, slot] of value.slots) {
    if (key.startsWith('#') || slot.hidden === true) continue;
    const old = target.slots.get(key);
    m.state.setSlot(target, key, { value: readSlot(m, slot, value, place), place: slot.place ?? place });
    noteSetting(m, target, key, old, slot.place ?? place);
  }
}

/** What stood there before is replaced by the variables that are set. */
function spreadEnvironment(m: Machine, target: Obj, environment: EnvironmentMark, place: Place): void {
  for (const [key, slot] of target.slots) {
    const read = environment.read(key, place);
    const reason = reasonIn(read);
    const value = reason === null ? read : oneOf([read, slot.value], reason);
    if (!(read.kind === 'known' && read.value === undefined))
      m.state.setSlot(target, key, { value, place: slot.place });
  }
}

function arrayLiteral(m: Machine, node: t.ArrayExpression, scope: Scope): Val {
  const made = m.object(m.place(node, scope));
  let elements: Slot[] = [];
  for (const element of node.elements) {
    if (element === null) elements.push({ value: undefinedValue, place: null });
    else if (element.type === 'SpreadElement') {
      const spread = iterate(m, m.evaluate(element.argument, scope), m.place(element, scope));
      const { slots, rest } = chain(m, [elements, spread.items]);
      elements = slots;
      made.open ??= spread.open ?? rest;
    } else elements.push({ value: m.evaluate(element, scope), place: m.place(element, scope) });
  }
  made.elements = elements;
  return made;
}

type FunctionNode =
  | t.FunctionExpression
  | t.FunctionDeclaration
  | t.ArrowFunctionExpression
  | t.ObjectMethod
  | t.ClassMethod
  | t.ClassPrivateMethod;

/** A function of the repository, with the scope it was made in. */
export function functionValue(
  m: Machine,
  node: FunctionNode,
  scope: Scope,
  home: Obj | null = scope.frame.home,
): Obj {
  const arrow = node.type === 'ArrowFunctionExpression';
  const name =
    'id' in node && node.id != null
      ? node.id.name
      : 'key' in node && node.key.type === 'Identifier'
        ? node.key.name
        : null;
  const kind = arrow
    ? 'arrow'
    : node.type === 'ObjectMethod' || node.type === 'ClassMethod' || node.type === 'ClassPrivateMethod'
      ? 'method'
      : 'function';
  const made = m.closure(
    { node, scope, file: scope.frame.file, name, kind, self: arrow ? scope.frame.self : null, home },
    m.place(node, scope),
  );
  return made;
}

function conditional(m: Machine, node: t.ConditionalExpression, scope: Scope): Val {
  const test = m.evaluate(node.test, scope);
  const id = questionOf(test, node.test, scope);
  const decided = truthy(test) ?? m.answered(id);
  if (decided !== null) {
    m.noteDead(decided ? node.alternate : node.consequent, scope);
    return chosenBy(test, m.evaluate(decided ? node.consequent : node.alternate, scope));
  }
  return m.choose(
    { value: test, id },
    () => {
      refine(m, node.test, true, scope);
      return m.evaluate(node.consequent, scope);
    },
    () => {
      refine(m, node.test, false, scope);
      return m.evaluate(node.alternate, scope);
    },
  );
}

function logicalExpression(m: Machine, node: t.LogicalExpression, scope: Scope): Val {
  let reached = false;
  const right = (): Val => {
    reached = true;
    return m.evaluate(node.right, scope);
  };
  const value = logical(m, node.operator, m.evaluate(node.left, scope), node.left, right, scope);
  if (!reached) m.noteDead(node.right, scope);
  return value;
}

function logical(
  m: Machine,
  operator: '&&' | '||' | '??',
  left: Val,
  leftNode: t.Node,
  right: () => Val,
  scope: Scope,
): Val {
  if (operator === '??') {
    const empty = nullish(left);
    if (empty !== null) return empty ? right() : left;
    const kept = singles(left).filter((single) => nullish(single) !== true);
    return m.choose(
      { value: left, id: `??:${scope.frame.file}:${leftNode.start}` },
      () => oneOf(kept, reasonIn(left)!),
      right,
    );
  }
  const id = questionOf(left, leftNode, scope);
  const holds = truthy(left) ?? m.answered(id);
  if (operator === '&&') {
    if (holds !== null) return holds ? right() : left;
    return m.choose(
      { value: left, id },
      () => {
        refine(m, leftNode, true, scope);
        return right();
      },
      () => narrow(left, false),
    );
  }
  if (holds !== null) return holds ? left : right();
  return m.choose(
    { value: left, id },
    () => narrow(left, true),
    () => {
      refine(m, leftNode, false, scope);
      return right();
    },
  );
}

function binaryExpression(m: Machine, node: t.BinaryExpression, scope: Scope): Val {
  const place = m.place(node, scope);
  if (node.left.type === 'PrivateName') return notFollowed('a private field test', place);
  const left = m.evaluate(node.left, scope);
  const right = m.evaluate(node.right, scope);
  if (node.operator === 'in') return hasProperty(m, right, left, place);
  if (node.operator === 'instanceof') return instanceOf(left, right, place);
  const value = binary(node.operator, left, right, place);
  return node.operator === '+' && value.kind !== 'known'
    ? withPieces(value, [...piecesOf(left, node.left), ...piecesOf(right, node.right)])
    : value;
}

function hasProperty(m: Machine, object: Val, key: Val, place: Place): Val {
  if (object.kind === 'object' && key.kind === 'known') {
    const name = String(key.value);
    if (object.slots.has(name) || (object.elements !== null && Number(name) < object.elements.length))
      return known(true, place);
    if (object.open === null && object.external === null && !(object.data instanceof EnvironmentMark))
      return known(false, place);
    const value = m.get(object, name, place);
    if (object.data instanceof EnvironmentMark && reasonIn(value) === null)
      return known(!(value.kind === 'known' && value.absent), place);
    return unknown(
      reasonIn(value) ?? object.open ?? { kind: 'computed', text: 'it may have further properties' },
      place,
    );
  }
  return unknown(reasonIn(object) ?? reasonIn(key) ?? { kind: 'computed', text: 'the operator in' }, place);
}

function instanceOf(left: Val, right: Val, place: Place): Val {
  if (left.kind === 'known') return known(false, place);
  if (left.kind !== 'object' || right.kind !== 'object')
    return unknown(
      reasonIn(left) ?? reasonIn(right) ?? { kind: 'computed', text: 'the operator instanceof' },
      place,
    );
  const proto = right.slots.get('prototype')?.value;
  for (let at = left.proto; at !== null; at = at.proto) if (at === proto) return known(true, place);
  return left.external !== null || right.external !== null
    ? notFollowed('instanceof of a library', place)
    : known(false, place);
}

function unaryExpression(m: Machine, node: t.UnaryExpression, scope: Scope): Val {
  const place = m.place(node, scope);
  if (node.operator === 'delete') {
    const { argument } = node;
    if (argument.type === 'MemberExpression' || argument.type === 'OptionalMemberExpression') {
      const object = m.evaluate(argument.object, scope);
      const key = memberKey(m, argument, scope);
      if (object.kind === 'object' && key !== null)
        m.state.setSlot(
          object,
          key,
          object.external === null &&
            object.open === null &&
            object.proto === null &&
            !(object.data instanceof EnvironmentMark)
            ? undefined
            : { value: absentValue, place },
        );
    }
    return known(true, place);
  }
  if (
    node.operator === 'typeof' &&
    node.argument.type === 'Identifier' &&
    m.globals.has(node.argument.name) === false
  ) {
    const value = m.evaluate(node.argument, scope);
    if (value.kind === 'unknown' && value.reason.text.startsWith('nothing in the repository defines'))
      return known('undefined', place);
    return unary('typeof', value, place);
  }
  return unary(node.operator, m.evaluate(node.argument, scope), place);
}

function update(m: Machine, node: t.UpdateExpression, scope: Scope): Val {
  const place = m.place(node, scope);
  const old = m.evaluate(node.argument, scope);
  const next = binary(node.operator === '++' ? '+' : '-', unary('+', old, place), known(1, place), place);
  m.bind(node.argument, next, scope, null, place);
  return node.prefix ? next : old;
}

function assignment(m: Machine, node: t.AssignmentExpression, scope: Scope): Val {
  const place = m.place(node, scope);
  if (node.operator === '=') {
    const value = m.evaluate(node.right, scope);
    if (node.left.type === 'Identifier') nameFunction(value, node.left.name);
    else if (node.left.type === 'MemberExpression' && node.left.property.type === 'Identifier')
      nameFunction(value, node.left.property.name);
    m.assignmentNode = node;
    m.bind(node.left, value, scope, null, place);
    return value;
  }
  const old = m.evaluate(node.left, scope);
  const operator = node.operator.slice(0, -1);
  let value: Val;
  if (operator === '||' || operator === '&&' || operator === '??') {
    value = logical(m, operator, old, node.left, () => m.evaluate(node.right, scope), scope);
    if (value === old) return value;
  } else value = binary(operator, old, m.evaluate(node.right, scope), place);
  m.bind(node.left, value, scope, null, place);
  return value;
}

function metaProperty(m: Machine, node: t.MetaProperty, scope: Scope): Val {
  const place = m.place(node, scope);
  if (node.meta.name === 'import')
    return m.get(m.globals.get('*import.meta*') ?? undefinedValue, scope.frame.file, place);
  return notFollowed('new.target', place);
}
