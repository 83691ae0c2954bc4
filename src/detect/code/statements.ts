/** Turns statements into what running them in production does to the machine's state. */
import type * as t from '@babel/types';
import type { Reason } from '../app-model.ts';
import { collectNames, declare, refine } from './bindings.ts';
import { nameFunction } from './function-name.ts';
import { bounds, type Completion, type Machine, type Scope } from './machine.ts';
import { PathEnd } from './state.ts';
import {
  known,
  type Obj,
  type Place,
  reasonIn,
  type Slot,
  singles,
  truthy,
  undefinedValue,
  unknown,
  type Val,
} from './values.ts';

/** Runs a list of statements, function declarations first. */
export function runBody(m: Machine, nodes: readonly t.Statement[], scope: Scope): Completion {
  hoistDeclarations(m, nodes, scope);
  for (const node of nodes) {
    const completion = m.runStatement(node, scope);
    if (completion === null) continue;
    for (const rest of nodes.slice(nodes.indexOf(node) + 1)) m.noteDead(rest, scope);
    return completion;
  }
  return null;
}

function hoistDeclarations(m: Machine, nodes: readonly t.Statement[], scope: Scope): void {
  for (const node of nodes) {
    const inner =
      node.type === 'ExportNamedDeclaration' || node.type === 'ExportDefaultDeclaration'
        ? node.declaration
        : node;
    if (inner?.type === 'FunctionDeclaration' && inner.id != null) {
      declare(m, inner.id.name, m.evaluate(inner, scope), scope, 'let', m.place(inner, scope));
    }
  }
}

export function runStatement(m: Machine, node: t.Statement, scope: Scope): Completion {
  m.step();
  switch (node.type) {
    case 'ExpressionStatement':
      m.evaluate(node.expression, scope);
      return null;
    case 'VariableDeclaration':
      runDeclaration(m, node, scope);
      return null;
    case 'FunctionDeclaration':
      return null;
    case 'ClassDeclaration':
      if (node.declare) return null;
      if (node.id != null)
        declare(m, node.id.name, m.makeClass(node, scope), scope, 'let', m.place(node, scope));
      return null;
    case 'ReturnStatement':
      return {
        type: 'return',
        value: node.argument == null ? undefinedValue : m.evaluate(node.argument, scope),
      };
    case 'IfStatement':
      return runIf(m, node, scope);
    case 'BlockStatement':
      return runBody(m, node.body, m.scope(scope, scope.frame, false));
    case 'ThrowStatement':
      m.evaluate(node.argument, scope);
      if (m.tryDepth === 0 && m.comesHereForCertain) return null;
      throw new PathEnd('throw');
    case 'TryStatement':
      return runTry(m, node, scope);
    case 'SwitchStatement':
      return runSwitch(m, node, scope);
    case 'ForOfStatement':
      return runForOf(m, node, scope);
    case 'ForInStatement':
      return runForIn(m, node, scope);
    case 'ForStatement':
      return runFor(m, node, scope);
    case 'WhileStatement':
      return runWhile(m, node, scope, false);
    case 'DoWhileStatement':
      return runWhile(m, node, scope, true);
    case 'BreakStatement':
      return { type: 'break', label: node.label?.name ?? null };
    case 'ContinueStatement':
      return { type: 'continue', label: node.label?.name ?? null };
    case 'LabeledStatement': {
      const completion = m.runStatement(node.body, scope);
      return completion !== null && completion.type === 'break' && completion.label === node.label.name
        ? null
        : completion;
    }
    case 'WithStatement':
      return m.runStatement(node.body, scope);
    case 'ExportNamedDeclaration':
      return node.declaration == null ? null : m.runStatement(node.declaration, scope);
    case 'ExportDefaultDeclaration':
      runDefaultExport(m, node, scope);
      return null;
    case 'TSExportAssignment':
      m.set(
        m.evaluate({ type: 'Identifier', name: 'module' } as t.Identifier, scope),
        'exports',
        m.evaluate(node.expression, scope),
        m.place(node, scope),
      );
      return null;
    case 'TSImportEqualsDeclaration':
      if (node.moduleReference.type === 'TSExternalModuleReference') {
        const place = m.place(node, scope);
        declare(
          m,
          node.id.name,
          m.load((node.moduleReference.expression as t.StringLiteral).value, scope.frame.file, place),
          scope,
          'let',
          place,
        );
      }
      return null;
    case 'TSEnumDeclaration':
      runEnum(m, node, scope);
      return null;
    case 'TSModuleDeclaration':
      runNamespace(m, node, scope);
      return null;
    default:
      return null;
  }
}

export function runDeclaration(m: Machine, node: t.VariableDeclaration, scope: Scope): void {
  if (node.declare) return;
  for (const declarator of node.declarations) {
    if (declarator.init == null && node.kind === 'var') continue;
    const value = declarator.init == null ? undefinedValue : m.evaluate(declarator.init, scope);
    if (declarator.id.type === 'Identifier') nameFunction(value, declarator.id.name);
    m.bind(declarator.id, value, scope, node.kind === 'var' ? 'var' : 'let', m.place(declarator, scope));
  }
}

/** The name under which a module's default export stands in its scope. */
export const defaultExport = '*default*';

function runDefaultExport(m: Machine, node: t.ExportDefaultDeclaration, scope: Scope): void {
  const { declaration } = node;
  const place = m.place(node, scope);
  if (declaration.type === 'FunctionDeclaration' || declaration.type === 'ClassDeclaration') {
    const value =
      declaration.type === 'ClassDeclaration'
        ? m.makeClass(declaration, scope)
        : declaration.id == null
          ? m.evaluate(declaration, scope)
          : m.evaluate(declaration.id, scope);
    if (declaration.type === 'ClassDeclaration' && declaration.id != null)
      declare(m, declaration.id.name, value, scope, 'let', place);
    declare(m, defaultExport, value, scope, 'let', place);
    return;
  }
  if (declaration.type === 'TSDeclareFunction') return;
  declare(m, defaultExport, m.evaluate(declaration, scope), scope, 'let', place);
}

/** Names a condition: the same undecided text is the same question wherever it hangs on the environment alone. */
export function questionOf(value: Val, node: t.Node, scope: Scope): string {
  const reason = reasonIn(value);
  if (reason?.kind === 'environment' && (node.type === 'MemberExpression' || node.type === 'Identifier'))
    return `env:${reason.text}`;
  return `${scope.frame.file}:${node.start}`;
}

function runIf(m: Machine, node: t.IfStatement, scope: Scope): Completion {
  const test = m.evaluate(node.test, scope);
  const id = questionOf(test, node.test, scope);
  const decided = truthy(test) ?? m.answered(id);
  const run = (branch: t.Statement | null | undefined): Completion =>
    branch == null ? null : m.runStatement(branch, scope);
  if (decided !== null) {
    m.noteDead(decided ? node.alternate : node.consequent, scope);
    return run(decided ? node.consequent : node.alternate);
  }
  return m.fork(
    { value: test, id },
    () => {
      refine(m, node.test, true, scope);
      return run(node.consequent);
    },
    () => {
      refine(m, node.test, false, scope);
      return run(node.alternate);
    },
    scope,
  );
}

function runTry(m: Machine, node: t.TryStatement, scope: Scope): Completion {
  const riskBefore = m.risk;
  let completion: Completion = null;
  let caught = false;
  m.tryDepth++;
  const mark = m.mark;
  try {
    completion = m.runStatement(node.block, scope);
  } catch (error) {
    if (!(error instanceof PathEnd) || error.how !== 'throw' || node.handler == null) {
      m.foldPending(mark);
      throw error;
    }
    m.foldPending(mark);
    caught = true;
  } finally {
    m.tryDepth--;
  }
  const { handler } = node;
  if (handler != null) {
    const reason: Reason = { kind: 'computed', text: 'an error may be caught here' };
    const runHandler = (): Completion => {
      const inner = m.scope(scope, scope.frame, false);
      if (handler.param != null)
        m.bind(
          handler.param,
          unknown({ kind: 'computed', text: 'it is a caught error' }, m.place(handler.param, scope)),
          inner,
          'let',
          m.place(handler.param, scope),
        );
      return runBody(m, handler.body.body, inner);
    };
    if (caught) completion = runHandler();
    else if (m.risk !== riskBefore) {
      // Production is taken to start well: what a handler does counts only where the program goes on after it.
      m.maybe(reason, `catch:${scope.frame.file}:${node.start}`, () => {
        const left = runHandler();
        if (left !== null) throw new PathEnd('exit');
      });
    }
  }
  if (node.finalizer != null) {
    const last = m.runStatement(node.finalizer, scope);
    if (last !== null) return last;
  }
  return completion;
}

function runSwitch(m: Machine, node: t.SwitchStatement, scope: Scope): Completion {
  const subject = m.evaluate(node.discriminant, scope);
  const inner = m.scope(scope, scope.frame, false);
  hoistDeclarations(
    m,
    node.cases.flatMap((one) => one.consequent),
    inner,
  );
  const runFrom = (index: number): Completion => {
    for (const one of node.cases.slice(index)) {
      for (const statement of one.consequent) {
        const completion = m.runStatement(statement, inner);
        if (completion === null) continue;
        return completion.type === 'break' && completion.label === null ? null : completion;
      }
    }
    return null;
  };
  const fallback = node.cases.findIndex((one) => one.test == null);
  const from = (index: number): Completion => {
    for (let i = index; i < node.cases.length; i++) {
      const one = node.cases[i]!;
      if (one.test == null) continue;
      const test = m.evaluate(one.test, inner);
      const answer = switchMatch(subject, test);
      if (answer === true) {
        for (const other of node.cases) if (other !== one) m.noteDead(other, scope);
        return runFrom(i);
      }
      if (answer === false) continue;
      return m.fork(
        { value: reasonIn(subject) === null ? test : subject, id: `case:${scope.frame.file}:${one.start}` },
        () => runFrom(i),
        () => from(i + 1),
        scope,
      );
    }
    return fallback === -1 ? null : runFrom(fallback);
  };
  return from(0);
}

function switchMatch(subject: Val, test: Val): boolean | null {
  const answers = new Set<boolean | null>();
  for (const a of singles(subject)) {
    for (const b of singles(test)) {
      if (a.kind === 'known' && b.kind === 'known') answers.add(a.value === b.value);
      else if (a.kind === 'object' && b.kind === 'object') answers.add(a === b);
      else if (a.kind === 'unknown' || b.kind === 'unknown') answers.add(null);
      else answers.add(false);
    }
  }
  return answers.size === 1 ? [...answers][0]! : null;
}

/** One round of a loop's body. Returns what leaves the loop, `'stop'` for a break, null to go on. */
function round(m: Machine, body: t.Statement, scope: Scope): Completion | 'stop' {
  const mark = m.mark;
  try {
    const completion = m.runStatement(body, scope);
    m.settle(mark);
    if (completion === null) return null;
    if (completion.type === 'return') return completion;
    if (completion.label !== null) return completion;
    return completion.type === 'break' ? 'stop' : null;
  } catch (error) {
    m.foldPending(mark);
    throw error;
  }
}

const unknownRounds: Reason = { kind: 'computed', text: 'it happens in a loop whose rounds are not known' };

/** A loop's body that runs an unknown number of times: once, as something that may happen. */
function roundsUnknown(
  m: Machine,
  reason: Reason,
  body: t.Statement,
  scope: Scope,
  prepare: () => void,
): Completion {
  return m.fork(
    { value: unknown(reason), id: `loop:${scope.frame.file}:${body.start}` },
    () => {
      prepare();
      const left = round(m, body, scope);
      return left === 'stop' ? null : left;
    },
    () => null,
    scope,
  );
}

function bindLeft(m: Machine, left: t.Node, value: Val, scope: Scope, place: Place): void {
  if (left.type === 'VariableDeclaration')
    m.bind(left.declarations[0]!.id, value, scope, left.kind === 'var' ? 'var' : 'let', place);
  else m.bind(left, value, scope, null, place);
}

function runForOf(m: Machine, node: t.ForOfStatement, scope: Scope): Completion {
  const place = m.place(node.left, scope);
  const list = m.evaluate(node.right, scope);
  const elements = iterate(m, list, place);
  if (elements.open !== null || elements.items.length > bounds.iterations) {
    const inner = m.scope(scope, scope.frame, false);
    const reason = elements.open ?? unknownRounds;
    return roundsUnknown(m, reason, node.body, inner, () =>
      bindLeft(m, node.left, unknown(reason, place), inner, place),
    );
  }
  return runEach(
    m,
    elements.items.map((slot) => slot.value),
    node.left,
    node.body,
    scope,
    place,
  );
}

function runEach(
  m: Machine,
  values: readonly Val[],
  left: t.Node,
  body: t.Statement,
  scope: Scope,
  place: Place,
): Completion {
  for (const value of values) {
    const inner = m.scope(scope, scope.frame, false);
    bindLeft(m, left, value, inner, place);
    const completion = round(m, body, inner);
    if (completion === 'stop') return null;
    if (completion !== null) return completion;
  }
  return null;
}

/** The elements of an array, Set, Map or string. */
export function iterate(
  m: Machine,
  list: Val,
  place: Place,
): { items: readonly Slot[]; open: Reason | null } {
  if (list.kind === 'object') {
    if (list.elements !== null) return { items: list.elements, open: list.open };
    if (list.data instanceof Map) {
      const pairs = [...(list.data as Map<unknown, { key: Val; value: Val }>).values()];
      return {
        items: pairs.map((pair) => ({ value: m.array([pair.key, pair.value], place), place })),
        open: list.open,
      };
    }
    if (list.data instanceof Set)
      return { items: [...(list.data as Set<Val>)].map((value) => ({ value, place })), open: list.open };
    return { items: [], open: list.open ?? { kind: 'library', text: 'its elements are not known' } };
  }
  if (list.kind === 'known' && typeof list.value === 'string' && list.value.length <= bounds.iterations) {
    return {
      items: [...list.value].map((character) => ({ value: known(character, place), place })),
      open: null,
    };
  }
  return { items: [], open: reasonIn(list) ?? unknownRounds };
}

/** Whether all properties are known, inherited ones too. */
function isWhole(object: Obj): boolean {
  for (let at: Obj | null = object; at !== null; at = at.proto)
    if (at.open !== null || at.external !== null) return false;
  return true;
}

/** The names that `for … in` goes through: inherited ones too, but for those hidden by what cannot be enumerated. */
function enumerableKeys(object: Obj): string[] {
  const seen = new Map<string, boolean>();
  for (let at: Obj | null = object; at !== null; at = at.proto)
    for (const [key, slot] of at.slots)
      if (!seen.has(key) && !key.startsWith('@@') && !key.startsWith('#'))
        seen.set(key, slot.hidden !== true);
  return [...seen].filter(([, isSeen]) => isSeen).map(([key]) => key);
}

function runForIn(m: Machine, node: t.ForInStatement, scope: Scope): Completion {
  const place = m.place(node.left, scope);
  const object = m.evaluate(node.right, scope);
  if (object.kind === 'object' && isWhole(object)) {
    const keys = object.elements !== null ? object.elements.map((_, i) => String(i)) : enumerableKeys(object);
    return runEach(
      m,
      keys.map((key) => known(key, place)),
      node.left,
      node.body,
      scope,
      place,
    );
  }
  const reason = reasonIn(object) ?? (object.kind === 'object' ? object.open : null) ?? unknownRounds;
  const inner = m.scope(scope, scope.frame, false);
  return roundsUnknown(m, reason, node.body, inner, () =>
    bindLeft(m, node.left, unknown(reason, place), inner, place),
  );
}

function runFor(m: Machine, node: t.ForStatement, scope: Scope): Completion {
  const inner = m.scope(scope, scope.frame, false);
  if (node.init?.type === 'VariableDeclaration') runDeclaration(m, node.init, inner);
  else if (node.init != null) m.evaluate(node.init, inner);
  return runRounds(m, node.test ?? null, node.body, node.update ?? null, inner, false);
}

function runWhile(
  m: Machine,
  node: t.WhileStatement | t.DoWhileStatement,
  scope: Scope,
  first: boolean,
): Completion {
  return runRounds(m, node.test, node.body, null, scope, first);
}

function runRounds(
  m: Machine,
  test: t.Expression | null,
  body: t.Statement,
  update: t.Expression | null,
  scope: Scope,
  first: boolean,
): Completion {
  for (let i = 0; i < bounds.iterations; i++) {
    if (!(first && i === 0)) {
      const value = test === null ? known(true) : m.evaluate(test, scope);
      const holds = truthy(value);
      if (holds === false) return null;
      if (holds === null)
        return roundsUnknown(m, reasonIn(value) ?? unknownRounds, body, scope, () => undefined);
    }
    const completion = round(m, body, scope);
    if (completion === 'stop') return null;
    if (completion !== null) return completion;
    if (update !== null) m.evaluate(update, scope);
  }
  return null;
}

function runEnum(m: Machine, node: t.TSEnumDeclaration, scope: Scope): void {
  const place = m.place(node, scope);
  const made = m.object(place);
  const inner = m.scope(scope, scope.frame, false);
  let next = 0;
  const members =
    (node as { members?: t.TSEnumMember[]; body?: { members: t.TSEnumMember[] } }).members ??
    (node as { body?: { members: t.TSEnumMember[] } }).body?.members ??
    [];
  for (const member of members) {
    const name =
      member.id.type === 'Identifier' ? member.id.name : String((member.id as t.StringLiteral).value);
    const value =
      member.initializer == null
        ? known(next, m.place(member, scope))
        : m.evaluate(member.initializer, inner);
    if (value.kind === 'known' && typeof value.value === 'number') {
      next = value.value + 1;
      made.slots.set(String(value.value), { value: known(name), place });
    }
    made.slots.set(name, { value, place: m.place(member, scope) });
    inner.slots.set(name, { value, place });
  }
  declare(m, node.id.name, made, scope, 'let', place);
}

function runNamespace(m: Machine, node: t.TSModuleDeclaration, scope: Scope): void {
  if (node.declare || node.id.type !== 'Identifier' || node.body?.type !== 'TSModuleBlock') return;
  const place = m.place(node, scope);
  const inner = m.scope(scope, scope.frame, true);
  const made = m.object(place);
  declare(m, node.id.name, made, scope, 'let', place);
  hoistDeclarations(m, node.body.body, inner);
  for (const statement of node.body.body) {
    const declaration =
      statement.type === 'ExportNamedDeclaration' ? (statement.declaration as t.Statement | null) : statement;
    if (declaration == null) continue;
    m.runStatement(declaration, inner);
    if (statement.type !== 'ExportNamedDeclaration') continue;
    const names = new Set<string>();
    if (declaration.type === 'VariableDeclaration')
      for (const one of declaration.declarations) collectNames(one.id, names);
    else if ('id' in declaration && declaration.id != null && 'name' in declaration.id)
      names.add(declaration.id.name as string);
    for (const name of names) {
      const slot = inner.slots.get(name);
      if (slot !== undefined) made.slots.set(name, slot);
    }
  }
}
