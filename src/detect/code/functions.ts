/** Calls functions, constructs objects and makes classes. */
import type * as t from '@babel/types';
import type { Reason } from '../app-model.ts';
import { hoistVars, propertyKey } from './bindings.ts';
import { runDecorators } from './decorators.ts';
import { functionValue } from './expressions.ts';
import { injected, isInjectedField } from './injection.ts';
import type { Frame, Machine, Scope } from './machine.ts';
import { unknownArguments } from './request-objects.ts';
import { noteRenewal } from './session-writes.ts';
import { type Condition, PathEnd } from './state.ts';
import {
  absentValue,
  keepSetting,
  known,
  type Obj,
  oneOf,
  type Place,
  placeKey,
  reasonIn,
  singles,
  undefinedValue,
  unknown,
  type Val,
} from './values.ts';

/** What a class keeps beside its methods. */
export interface ClassRecord {
  readonly node: t.Class;
  readonly scope: Scope;
  readonly initialise: (self: Obj, args: readonly Val[], place: Place) => Val | null;
  readonly initialiseFields: (self: Obj) => void;
}

/** How a call of something that a library exports is answered; given by the library summaries. */
export type ExternalCall = (
  m: Machine,
  fn: Obj,
  self: Val,
  args: readonly Val[],
  place: Place,
  construct: boolean,
  open: Reason | null,
) => Val;

/** Makes `call` and `construct`; `external` answers for libraries. */
export function makeCalls(
  m: Machine,
  external: ExternalCall,
): Pick<Machine, 'call' | 'construct' | 'makeClass' | 'superCall'> {
  const call: Machine['call'] = (fn, self, args, place, open = null) => {
    m.step();
    if (fn.kind === 'oneOf')
      return callOneOf(m, fn.alternatives, reasonIn(fn)!, place, (one) => call(one, self, args, place, open));
    if (fn.kind === 'object') {
      if (fn.native !== null)
        return keepSetting(fn.native({ self, args, place, construct: false, open }), [self, ...args], place);
      if (fn.closure !== null)
        return fn.closure.kind === 'class'
          ? construct(fn, args, place)
          : callClosure(m, fn, self, args, place, open);
      if (fn.external !== null) return external(m, fn, self, args, place, false, open);
    }
    return callUnknown(m, fn, args, place);
  };
  const construct: Machine['construct'] = (fn, args, place) => {
    m.step();
    if (fn.kind === 'oneOf')
      return callOneOf(m, fn.alternatives, reasonIn(fn)!, place, (one) => construct(one, args, place));
    if (fn.kind === 'object') {
      if (fn.native !== null)
        return fn.native({ self: undefinedValue, args, place, construct: true, open: null });
      if (fn.closure !== null) return constructClosure(m, fn, args, place);
      if (fn.external !== null) return external(m, fn, undefinedValue, args, place, true, null);
    }
    return callUnknown(m, fn, args, place);
  };
  const superCall: Machine['superCall'] = (own, self, args, place) => {
    initialiseParent(m, own.proto, self, args, place);
    (own.data as ClassRecord | null)?.initialiseFields(self);
  };
  return { call, construct, superCall, makeClass: (node, scope) => makeClass(m, node, scope) };
}

function callOneOf(
  m: Machine,
  parts: readonly Val[],
  reason: Reason,
  place: Place,
  callOne: (one: Val) => Val,
): Val {
  const callable = parts.filter((part) => !(part.kind === 'known'));
  const pick = (index: number): Val => {
    const one = callable[index];
    if (one === undefined) return undefinedValue;
    if (index === callable.length - 1) return callOne(one);
    return m.choose(
      {
        value: unknown(reason),
        id: `callee:${placeKey(place)}:${index}`,
      },
      () => callOne(one),
      () => pick(index + 1),
    );
  };
  return pick(0);
}

/** A call of something unknown: what it returns is unknown, and functions given to it may be called. */
function callUnknown(m: Machine, fn: Val, args: readonly Val[], place: Place): Val {
  m.risk++;
  const reason: Reason = reasonIn(fn) ?? {
    kind: 'computed',
    text: 'a function that the analysis does not know is called',
  };
  // `Object.entries(settings).forEach(…)`: what a file or variable gives is handed on.
  const given = reason.kind === 'file' || reason.kind === 'environment' ? unknown(reason, place) : null;
  runCallbacks(m, args, place, reason, given);
  return unknown(reason, place);
}

/** Functions given to something that is not followed: each is run once, later, as something that may happen. */
export function runCallbacks(
  m: Machine,
  args: readonly Val[],
  place: Place,
  reason: Reason,
  given: Val | null = null,
): void {
  noteRenewal(m, args, place);
  for (const arg of args) {
    for (const single of singles(arg)) {
      const fn = waitingFunction(m, single);
      if (fn === null) continue;
      m.maybe(reason, `callback:${placeKey(place)}`, () => {
        const handed = unknownArguments(m, fn, place);
        m.call(fn, undefinedValue, given === null ? handed : handed.map(() => given), place);
      });
    }
  }
}

/** A function of the repository that has not been run; null for all else, classes too. */
export function waitingFunction(m: Machine, value: Val): Obj | null {
  if (value.kind !== 'object' || value.closure === null || value.closure.kind === 'class') return null;
  return m.ran.has(value.closure.node) ? null : value;
}

function callClosure(
  m: Machine,
  fn: Obj,
  self: Val,
  args: readonly Val[],
  place: Place,
  open: Reason | null,
): Val {
  const closure = fn.closure!;
  const node = closure.node as t.Function;
  const boundSelf =
    closure.kind === 'arrow' ? closure.self : self.kind === 'known' && self.value === undefined ? null : self;
  const frame = m.frame(closure.file, boundSelf, fn, args, closure.home);
  const scope = m.scope(closure.scope as Scope, frame, true);
  const idle = m.idle.get(node);
  if (idle !== undefined && idle.times >= maxIdleRuns) return unknown(idle.reason, place);
  const { state } = m;
  const { lowestWritten } = state;
  state.lowestWritten = Number.POSITIVE_INFINITY;
  const before = { steps: m.taken, events: m.events.length, waiting: m.queue.length };
  try {
    const result = onStack(m, node, place, () => runFunction(m, node, scope, args, place, open));
    const isIdle =
      result.kind === 'unknown' &&
      m.taken - before.steps > idleSteps &&
      m.events.length === before.events &&
      m.queue.length === before.waiting &&
      // All that the call itself makes has an id from that of its scope on.
      state.lowestWritten >= scope.id;
    if (isIdle) m.idle.set(node, { times: (idle?.times ?? 0) + 1, reason: result.reason });
    return result;
  } finally {
    state.lowestWritten = Math.min(lowestWritten, state.lowestWritten);
  }
}

/** A function that takes many steps, changes nothing and gives nothing known is not run more often than this. */
const maxIdleRuns = 3;
const idleSteps = 500;

/** Runs a function's body with its node on the call stack; where that is too deep, or too long, the answer is unknown. */
function onStack(m: Machine, node: t.Node, place: Place, run: () => Val): Val {
  const depth = m.callStack.length;
  if (m.isTooDeep(node))
    return unknown({ kind: 'limit', text: 'a function calls itself too deeply to be followed' }, place);
  m.ran.add(node);
  m.callStack.push({ node, conditions: m.state.conditions });
  const mark = m.mark;
  try {
    return run();
  } catch (error) {
    // What an early call was too long for takes nothing from the start-up after it.
    if (!(error instanceof PathEnd) || error.how !== 'limit') throw error;
    // It has not been seen to its end: it may be run again by itself.
    m.ran.delete(node);
    if (!m.goOn(depth)) throw error;
    m.foldPending(mark);
    return unknown({ kind: 'limit', text: 'a call is too long to be followed to its end' }, place);
  } finally {
    m.callStack.length = depth;
  }
}

/** Binds the parameters, runs the body and gives the value returned. */
export function runFunction(
  m: Machine,
  node: t.Function,
  scope: Scope,
  args: readonly Val[],
  place: Place,
  open: Reason | null,
): Val {
  const mark = m.mark;
  const { conditions } = m.state;
  try {
    bindParameters(m, node, scope, args, place, open);
    if (node.body.type !== 'BlockStatement') {
      const value = m.evaluate(node.body, scope);
      m.settle(mark);
      return value;
    }
    hoistVars(node, node.body.body, scope);
    const completion = m.runBody(node.body.body, scope);
    m.settle(mark);
    if ('generator' in node && node.generator) return generated(m, scope.frame, conditions, place);
    const last = completion?.type === 'return' ? completion.value : undefinedValue;
    const { returns } = scope.frame;
    if (returns.length === 0) return last;
    return oneOf([...returns.map((one) => one.value), last], returns[0]!.reason);
  } catch (error) {
    const isLiving = error instanceof PathEnd && error.how !== 'limit' && m.revive(mark);
    m.foldPending(mark);
    if (isLiving && scope.frame.returns.length > 0)
      return oneOf(
        scope.frame.returns.map((one) => one.value),
        scope.frame.returns[0]!.reason,
      );
    throw error;
  }
}

/** What a generator function gives: all that it yields, computed at once; `conditions` are those under which it was called. */
function generated(m: Machine, { yields }: Frame, conditions: Condition | null, place: Place): Obj {
  const uncertain = yields.find((one) => one.conditions !== conditions)?.conditions;
  const list = m.array(
    yields.map((one) => one.value),
    place,
    uncertain == null ? null : uncertain.reason,
  );
  let at = 0;
  const next = m.native(() => {
    const value = list.elements?.[at++]?.value;
    return m.objectOf(
      [
        ['value', value ?? (list.open === null ? undefinedValue : unknown(list.open, place))],
        [
          'done',
          value === undefined && list.open !== null ? unknown(list.open, place) : known(value === undefined),
        ],
      ],
      place,
    );
  });
  list.slots.set('next', { value: next, place, hidden: true });
  return list;
}

function bindParameters(
  m: Machine,
  node: t.Function,
  scope: Scope,
  args: readonly Val[],
  place: Place,
  open: Reason | null,
): void {
  if (node.type !== 'ArrowFunctionExpression')
    scope.slots.set('arguments', { value: m.array(args, place, open), place: null });
  if (node.type === 'FunctionExpression' && node.id != null && scope.frame.fn !== null)
    scope.slots.set(node.id.name, { value: scope.frame.fn, place: null });
  node.params.forEach((param, index) => {
    if (param.type === 'RestElement') {
      m.bind(param.argument, m.array(args.slice(index), place, open), scope, 'let', m.place(param, scope));
      return;
    }
    const given = args[index] ?? (open === null ? absentValue : unknown(open, place));
    m.bind(param, given, scope, 'let', m.place(param, scope));
    if (param.type === 'TSParameterProperty' && scope.frame.self?.kind === 'object') {
      const target = param.parameter.type === 'AssignmentPattern' ? param.parameter.left : param.parameter;
      if (target.type === 'Identifier')
        m.set(
          scope.frame.self,
          target.name,
          scope.slots.get(target.name)?.value ?? given,
          m.place(param, scope),
        );
    }
  });
}

function constructClosure(m: Machine, fn: Obj, args: readonly Val[], place: Place): Val {
  const self = m.object(place);
  const proto = m.get(fn, 'prototype', place);
  self.proto = proto.kind === 'object' ? proto : null;
  const record = fn.data as ClassRecord | null;
  m.ran.add(fn.closure!.node);
  const result =
    record !== null && fn.closure?.kind === 'class'
      ? record.initialise(self, args, place)
      : callClosure(m, fn, self, args, place, null);
  return result?.kind === 'object' ? result : self;
}

function makeClass(m: Machine, node: t.Class, scope: Scope): Obj {
  const place = m.place(node, scope);
  const inner = m.scope(scope, scope.frame, false);
  const parent = node.superClass == null ? null : m.evaluate(node.superClass, scope);
  const made = m.closure(
    {
      node,
      scope: inner,
      file: scope.frame.file,
      name: node.id?.name ?? null,
      kind: 'class',
      self: null,
      home: null,
    },
    place,
  );
  const proto = m.object(place);
  made.slots.set('prototype', { value: proto, place });
  proto.slots.set('constructor', { value: made, place, hidden: true });
  if (node.id != null) inner.slots.set(node.id.name, { value: made, place });
  const parentClass = parent?.kind === 'object' ? parent : null;
  if (parentClass !== null) {
    made.proto = parentClass;
    const parentProto = m.get(parentClass, 'prototype', place);
    if (parentProto.kind === 'object') proto.proto = parentProto;
  }
  const fields: (t.ClassProperty | t.ClassPrivateProperty | t.ClassAccessorProperty)[] = [];
  let constructorNode: t.ClassMethod | null = null;
  const statics: (() => void)[] = [];
  for (const member of node.body.body) {
    switch (member.type) {
      case 'ClassMethod':
      case 'ClassPrivateMethod':
        if (member.kind === 'constructor') constructorNode = member as t.ClassMethod;
        else defineMethod(m, member, member.static ? made : proto, inner);
        break;
      case 'ClassProperty':
      case 'ClassPrivateProperty':
      case 'ClassAccessorProperty':
        if ('declare' in member && member.declare) break;
        if (member.static) statics.push(() => defineField(m, member, made, inner, made));
        else fields.push(member);
        break;
      case 'StaticBlock':
        statics.push(() => {
          const blockScope = m.scope(inner, m.frame(scope.frame.file, made, made, [], made), true);
          m.runBody(member.body, blockScope);
        });
        break;
    }
  }
  const initialiseFields = (self: Obj): void => {
    for (const field of fields) defineField(m, field, self, inner, proto);
  };
  const initialise: ClassRecord['initialise'] = (self, args, at) => {
    if (node.superClass == null) initialiseFields(self);
    if (constructorNode === null) {
      if (node.superClass != null) {
        initialiseParent(m, parentClass, self, args, at);
        initialiseFields(self);
      }
      return null;
    }
    const maker = constructorNode;
    const frame = m.frame(scope.frame.file, self, made, args, proto);
    return onStack(m, maker, at, () => runFunction(m, maker, m.scope(inner, frame, true), args, at, null));
  };
  made.data = { node, scope: inner, initialise, initialiseFields } satisfies ClassRecord;
  for (const run of statics) run();
  return runDecorators(m, node, made, proto, inner);
}

/** Runs the parent's constructor on an object under construction. */
export function initialiseParent(
  m: Machine,
  parent: Obj | null,
  self: Obj,
  args: readonly Val[],
  place: Place,
): void {
  const record = parent?.data as ClassRecord | null | undefined;
  if (parent?.closure?.kind === 'class' && record != null) {
    m.ran.add(parent.closure.node);
    record.initialise(self, args, place);
    return;
  }
  if (parent?.closure != null) {
    callClosure(m, parent, self, args, place, null);
    return;
  }
  // Node's own class adds no option and no state that the rules ask about.
  if (parent?.external?.package === 'events') return;
  if (parent?.external != null)
    self.external = { package: parent.external.package, path: parent.external.path, args, place, from: null };
  m.state.setOpen(self, {
    kind: 'library',
    text:
      parent?.external != null
        ? `its class extends one of the package \`${parent.external.package}\``
        : 'its class extends one that is not in the repository',
  });
}

function defineMethod(
  m: Machine,
  member: t.ClassMethod | t.ClassPrivateMethod,
  target: Obj,
  scope: Scope,
): void {
  const key = propertyKey(m, member, scope);
  if (key === null) return;
  if (member.body == null) return;
  const fn = functionValue(m, member, scope, target);
  const place = m.place(member, scope);
  const old = target.slots.get(key);
  if (member.kind === 'get')
    target.slots.set(key, { value: undefinedValue, place, getter: fn, setter: old?.setter, hidden: true });
  else if (member.kind === 'set')
    target.slots.set(key, { value: undefinedValue, place, getter: old?.getter, setter: fn, hidden: true });
  else target.slots.set(key, { value: fn, place, hidden: true });
}

function defineField(
  m: Machine,
  field: t.ClassProperty | t.ClassPrivateProperty | t.ClassAccessorProperty,
  self: Obj,
  scope: Scope,
  home: Obj,
): void {
  const key = propertyKey(m, field, scope);
  if (key === null) return;
  const inner = m.scope(scope, m.frame(scope.frame.file, self, null, [], home), true);
  const place = m.place(field, scope);
  const value =
    field.value != null
      ? m.evaluate(field.value, inner)
      : isInjectedField(field)
        ? (injected(m, field, inner, place) ?? unknown({ kind: 'argument', text: 'it is injected' }, place))
        : undefinedValue;
  m.state.setSlot(self, key, { value, place });
}
