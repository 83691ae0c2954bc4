/** The machine of the abstract execution: its state, its bounds, and what happens at a condition that cannot be decided. */
import type * as t from '@babel/types';
import type { Reason } from '../app-model.ts';
import type { ProgramEvent } from './events.ts';
import { Lines, SourcePlace } from './source-place.ts';
import { type Changes, type Condition, isCalledByNobody, PathEnd, State, type Token } from './state.ts';
import {
  type Closure,
  known,
  type Native,
  narrow,
  Obj,
  type Owned,
  oneOf,
  type Place,
  reasonIn,
  type Slot,
  tellsOf,
  type Val,
  whereSet,
} from './values.ts';

/** How much one start of the machine (a module, a handler) and all of them together may execute. Counted in evaluated nodes, so the same on every machine. */
export const bounds = {
  stepsPerStart: 250_000,
  stepsPerProgram: 1_000_000,
  callDepth: 48,
  /** How often one function may stand on the call stack. */
  recursion: 16,
  /** The same where each time it was undecided whether it calls itself. */
  undecidedRecursion: 3,
  iterations: 256,
} as const;

/** Calls this deep are cut whole where the budget ends, rather than the start that holds them. */
const resumeDepth = 4;
const noPlace: Place = { file: '', span: { start: { line: 1, column: 0 }, end: { line: 1, column: 0 } } };

const maxClosures = 50_000;
const maxCallbacks = 2_000;

/** What a running function body, or module, belongs to. */
export interface Frame {
  readonly file: string;
  readonly self: Val | null;
  readonly home: Obj | null;
  readonly fn: Obj | null;
  readonly args: readonly Val[];
  /** What a generator has yielded so far. */
  readonly yields: { readonly value: Val; readonly conditions: Condition | null }[];
  /** Values returned on paths that have ended. */
  readonly returns: { readonly value: Val; readonly reason: Reason }[];
}

export class Scope implements Owned {
  slots: Map<string, Slot> = new Map();
  readonly id: number;
  readonly parent: Scope | null;
  readonly frame: Frame;
  /** True for the scope of a function body or module, where `var` lands. */
  readonly isFunction: boolean;

  constructor(id: number, parent: Scope | null, frame: Frame, isFunction: boolean) {
    this.id = id;
    this.parent = parent;
    this.frame = frame;
    this.isFunction = isFunction;
  }
}

/** How a statement ended; null: normally. */
export type Completion =
  | null
  | { readonly type: 'return'; readonly value: Val }
  | { readonly type: 'break' | 'continue'; readonly label: string | null };

/** A path that has left its function or loop early, waiting to be joined with the one that lives on. */
interface Pending {
  readonly token: Token;
  readonly changes: Changes;
  readonly reason: Reason;
  readonly outer: Condition | null;
  /** Whether it left by `return`. */
  readonly returned: boolean;
}

export interface Test {
  readonly value: Val;
  /** Names the question, so that the same question asked twice gets one answer. */
  readonly id: string;
}

export class Machine {
  readonly state = new State();
  readonly events: ProgramEvent[] = [];
  /** Callbacks that run after the code before them. */
  readonly queue: (() => void)[] = [];
  readonly globals: Map<string, Val> = new Map();
  /** Functions that took long, changed nothing and gave nothing that is known; how often, and why it was not known. */
  readonly idle: Map<unknown, { readonly times: number; readonly reason: Reason }> = new Map();
  /** Function nodes that have been run. */
  ran: Set<unknown> = new Set();
  /** The call and the assignment that are under way, for what asks how their parts are written. */
  callNode: t.CallExpression | t.OptionalCallExpression | null = null;
  assignmentNode: t.AssignmentExpression | null = null;
  /** Route and name of the handler that is run. */
  handling = '';
  /** Names that are called in code that production does not reach. */
  readonly deadCalls: Set<string> = new Set();
  /** Functions that are called there, and modules that are loaded there. */
  readonly deadFunctions: Set<unknown> = new Set();
  readonly deadModules: { readonly file: string; readonly specifier: string }[] = [];
  readonly deadDirectories: { readonly file: string; readonly specifier: string }[] = [];
  /** Names of key files, without their directories, that code names which production does not reach. */
  readonly deadKeyFiles: Set<string> = new Set();
  private readonly deadNodes = new WeakSet<object>();
  /** The text of a source file. */
  sourceText: (file: string) => string | null = () => null;
  private readonly lines = new Lines((file) => this.sourceText(file));
  /** `process.env`. */
  environment: Obj | null = null;
  /** The files whose text the program has read, by that text without the white space around it. */
  readonly filesRead: Map<string, string> = new Map();
  /** Every function and class of the repository that was made, in order. */
  readonly closures: Obj[] = [];
  /** Counts operations that may throw for reasons outside the repository. */
  risk = 0;
  tryDepth = 0;
  limited = false;
  /** Above 0 while what happens is forgotten afterwards. */
  inTrial = 0;
  private steps = 0;
  private readonly most: number;
  private startSteps = 0;
  private readonly pending: Pending[] = [];
  /** The functions that are running, each with the condition under which it was called. */
  readonly callStack: { readonly node: unknown; readonly conditions: Condition | null }[] = [];

  /** `most`: steps that all starts together may take. */
  constructor(most: number = bounds.stepsPerProgram) {
    this.most = Math.min(most, bounds.stepsPerProgram);
    // Joining branches costs as much as it touches; a step stands for about eight such touches.
    this.state.onWork = (touched) => {
      this.steps += touched / 8;
      this.startSteps += touched / 8;
    };
  }

  /** Steps taken so far. */
  get taken(): number {
    return Math.round(this.steps);
  }

  // The evaluation itself lives in its own files; interpreter.ts puts the parts together.
  evaluate!: (node: t.Node, scope: Scope) => Val;
  runStatement!: (node: t.Statement, scope: Scope) => Completion;
  runBody!: (nodes: readonly t.Statement[], scope: Scope) => Completion;
  bind!: (pattern: t.Node, value: Val, scope: Scope, declare: 'var' | 'let' | null, place: Place) => void;
  call!: (fn: Val, self: Val, args: readonly Val[], place: Place, open?: Reason | null) => Val;
  construct!: (fn: Val, args: readonly Val[], place: Place) => Val;
  get!: (value: Val, key: string, place: Place) => Val;
  set!: (value: Val, key: string, content: Val, place: Place) => void;
  load!: (specifier: string, fromFile: string, place: Place) => Val;
  makeClass!: (node: t.Class, scope: Scope) => Obj;
  superCall!: (own: Obj, self: Obj, args: readonly Val[], place: Place) => void;

  /** Where a node stands; `literal`: a correction can replace it. */
  place(node: t.Node, scope: Scope, literal = false): Place {
    return new SourcePlace(scope.frame.file, node.start ?? 0, node.end ?? 0, literal, this.lines);
  }

  object(place: Place | null): Obj {
    return new Obj(this.state.newId(), place);
  }

  /** A plain object with these properties. */
  objectOf(properties: Iterable<readonly [string, Val]>, place: Place | null): Obj {
    const made = this.object(place);
    for (const [key, value] of properties) made.slots.set(key, { value, place });
    return made;
  }

  array(values: readonly Val[], place: Place | null, open: Reason | null = null): Obj {
    const made = this.object(place);
    made.elements = values.map((value) => ({ value, place }));
    made.open = open;
    return made;
  }

  native(fn: Native, place: Place | null = null): Obj {
    const made = this.object(place);
    made.native = fn;
    return made;
  }

  closure(closure: Closure, place: Place | null): Obj {
    const made = this.object(place);
    made.closure = closure;
    if (this.closures.length < maxClosures) this.closures.push(made);
    return made;
  }

  frame(file: string, self: Val | null, fn: Obj | null, args: readonly Val[], home: Obj | null): Frame {
    return { file, self, fn, args, home, yields: [], returns: [] };
  }

  scope(parent: Scope | null, frame: Frame, isFunction: boolean): Scope {
    return new Scope(this.state.newId(), parent, frame, isFunction);
  }

  /** Remembers what is called in `node`, which a decided condition keeps production from. */
  noteDead(node: t.Node | null | undefined, scope: Scope): void {
    if (node == null || this.deadNodes.has(node)) return;
    this.deadNodes.add(node);
    const { file } = scope.frame;
    const text = this.sourceText(file)?.slice(node.start ?? 0, node.end ?? 0) ?? '';
    for (const [, base, member] of text.matchAll(/([A-Za-z_$][\w$]*)(?:\.([A-Za-z_$][\w$]*))?\s*\(/g)) {
      if (member === undefined) this.deadCalls.add(base!);
      this.noteDeadFunction(scope, base!, member);
    }
    // Handed to something there, such as a development route's handler.
    for (const [, base, member] of text.matchAll(
      /[(,]\s*([A-Za-z_$][\w$]*)(?:\.([A-Za-z_$][\w$]*))?\s*(?=[,)])/g,
    ))
      this.noteDeadFunction(scope, base!, member);
    for (const match of text.matchAll(/([\w.@-]{1,100}\.(?:pem|key|p12|pfx|crt|p8))['"`]/g))
      this.deadKeyFiles.add(match[1]!);
    for (const match of text.matchAll(/\b(?:require|import)\s*\(\s*(['"`])([^'"`]+)\1/g)) {
      this.deadModules.push({ file, specifier: match[2]! });
    }
    // A directory that is listed there to load what lies in it.
    if (!/\breaddir(?:Sync)?\b/.test(text)) return;
    for (const match of text.matchAll(/(['"`])([\w@.-]*(?:\/[\w@.-]+)*)\/?\1/g))
      if (match[2]!.length > 1) this.deadDirectories.push({ file, specifier: match[2]! });
  }

  /** The function that a name stands for where it is called. */
  private noteDeadFunction(scope: Scope, base: string, member: string | undefined): void {
    for (let at: Scope | null = scope; at !== null; at = at.parent) {
      const slot = at.slots.get(base);
      if (slot === undefined) continue;
      const value = typeof slot.getter === 'function' ? slot.getter() : slot.value;
      const found =
        member === undefined ? value : value.kind === 'object' ? value.slots.get(member)?.value : undefined;
      if (found?.kind === 'object' && found.closure !== null) this.deadFunctions.add(found.closure.node);
      return;
    }
  }

  /** Whether a condition on the way has told that an environment variable is set to something. */
  isSet(variable: string): boolean {
    const value = this.environment?.slots.get(variable)?.value;
    return value?.kind === 'unknown' && value.truthy === true;
  }

  /** Remembers that a condition has told that an environment variable is set to something. */
  private noteSet(variable: string): void {
    const { environment } = this;
    if (environment === null) return;
    const { value, place } = this.variableSlot(environment, variable);
    if (value.kind === 'unknown' && value.variable === variable && value.truthy === null)
      this.state.setSlot(environment, variable, { value: narrow(value, true), place });
  }

  /** What the environment has under a name, as conditions on the way have told about it. */
  variableSlot(environment: Obj, variable: string): Slot {
    return (
      environment.slots.get(variable) ?? { value: this.get(environment, variable, noPlace), place: null }
    );
  }

  /** Counts one step; ends the path where the bound is reached. */
  step(): void {
    this.steps++;
    if (++this.startSteps > bounds.stepsPerStart || this.steps > this.most) {
      this.limited = true;
      throw new PathEnd('limit');
    }
  }

  /** Calls at less than this depth may be resumed; how many steps what follows one may then take. */
  private resumeBelow = resumeDepth;
  private resumeSteps = bounds.stepsPerStart / 4;

  /**
   * After a call at this depth has reached the bound: whether what comes after it may go on with a part of the budget. Each time only
   * nearer to the beginning, so that a loop of such calls ends too.
   */
  goOn(depth: number): boolean {
    if (this.exhausted || depth >= this.resumeBelow) return false;
    this.resumeBelow = depth;
    this.startSteps = bounds.stepsPerStart - this.resumeSteps;
    return true;
  }

  get exhausted(): boolean {
    return this.steps > this.most;
  }

  /** Runs `start` with a budget of its own; whatever ends it early ends only it. */
  begin(start: () => void, budget: number = bounds.stepsPerStart): void {
    const outer = this.startSteps;
    this.startSteps = bounds.stepsPerStart - budget;
    const { resumeBelow, resumeSteps } = this;
    this.resumeBelow = resumeDepth;
    this.resumeSteps = budget / 4;
    const mark = this.pending.length;
    const { length } = this.callStack;
    const { journal, conditions } = this.state;
    const { tryDepth } = this;
    try {
      start();
    } catch (error) {
      if (error instanceof RangeError) {
        // The stack of this process is used up: what was under way is left as it stands.
        this.limited = true;
        this.pending.length = mark;
        this.state.journal = journal;
        this.state.conditions = conditions;
        this.tryDepth = tryDepth;
      } else if (!(error instanceof PathEnd)) throw error;
      this.foldPending(mark);
    } finally {
      this.startSteps = outer;
      this.resumeBelow = resumeBelow;
      this.resumeSteps = resumeSteps;
      this.callStack.length = length;
    }
  }

  /** Runs `start` and forgets all that it changed, but not the events that it told. */
  trial(start: () => void, budget: number): void {
    this.inTrial++;
    this.state.attempt(null, () => this.begin(start, budget));
    this.inTrial--;
  }

  /**
   * Whether every run of the program comes here. A server that certainly ends while it starts is none: what leads here is then not as the
   * analysis sees it, and the way goes on.
   */
  get comesHereForCertain(): boolean {
    let at = this.state.conditions;
    while (at !== null && isCalledByNobody(at)) at = at.outer;
    return at === null;
  }

  /** Whether one more call of `node` would go too deep. What is decided ends by itself, such as a merge of objects that are known. */
  isTooDeep(node: unknown): boolean {
    const { length } = this.callStack;
    if (length >= bounds.callDepth) return true;
    let all = 0;
    let undecided = 0;
    for (const call of this.callStack) {
      if (call.node !== node) continue;
      all++;
      if (call.conditions !== this.state.conditions) undecided++;
    }
    return all >= bounds.recursion || undecided >= bounds.undecidedRecursion;
  }

  /** As `trial`; callbacks count as not run before, so that each handler's are run with what it gives them. */
  handle(name: string, start: () => void, budget: number): void {
    const { ran, handling } = this;
    const waiting = this.queue.splice(0);
    this.ran = new Set();
    this.handling = name;
    this.state.attempt(null, () => {
      this.begin(start, budget);
      this.drain(budget);
    });
    this.queue.push(...waiting);
    for (const node of this.ran) ran.add(node);
    this.ran = ran;
    this.handling = handling;
  }

  /** Runs `start` with steps of its own, which are not the program's, and tells how many it took. */
  apart(steps: number, start: () => void): number {
    const before = this.steps;
    const { limited } = this;
    this.steps = this.most - steps;
    start();
    const taken = this.steps - (this.most - steps);
    this.steps = before;
    this.limited = limited;
    return Math.max(0, Math.round(taken));
  }

  /** Runs the callbacks that wait, and those that they make wait. */
  drain(budget: number = bounds.stepsPerStart): void {
    for (let i = 0; i < maxCallbacks && this.queue.length > 0; i++) this.begin(this.queue.shift()!, budget);
    this.queue.length = 0;
  }

  emit(event: ProgramEvent): void {
    this.events.push(event);
  }

  get mark(): number {
    return this.pending.length;
  }

  /** Joins the paths that ended early since `mark` with the living one. */
  settle(mark: number): void {
    while (this.pending.length > mark) {
      const pending = this.pending.pop()!;
      this.state.joinWith(pending.token, pending.changes, pending.reason);
      this.state.conditions = pending.outer;
    }
  }

  /** The living path has ended: goes on with those since `mark` that have returned; false where there are none. */
  revive(mark: number): boolean {
    while (this.pending.length > mark) {
      const pending = this.pending.pop()!;
      this.state.conditions = pending.outer;
      if (!pending.returned) {
        this.state.fold(pending.token);
        continue;
      }
      this.state.abandon(pending.token);
      this.state.redo(pending.changes);
      this.settle(mark);
      return true;
    }
    return false;
  }

  /** Forgets the paths since `mark`: the living one has ended too. */
  foldPending(mark: number): void {
    while (this.pending.length > mark) {
      const pending = this.pending.pop()!;
      this.state.fold(pending.token);
      this.state.conditions = pending.outer;
    }
  }

  /** The answer that the way here has already given to the question `id`. */
  answered(id: string): boolean | null {
    for (let condition = this.state.conditions; condition !== null; condition = condition.outer) {
      if (condition.id === id) return condition.holds;
    }
    return null;
  }

  /** Runs `path` so that early ends inside it are settled at its end. */
  private enclosed<T>(path: () => T): T {
    const mark = this.mark;
    try {
      const result = path();
      this.settle(mark);
      return result;
    } catch (error) {
      this.foldPending(mark);
      throw error;
    }
  }

  /**
   * Both ways of an undecidable condition: each is run, and the states are joined. A way that ends the program (throw, exit) leaves the
   * other as the only one. Returns the two results, null for a way that ended.
   */
  private bothWays<T>(test: Test, yes: () => T, no: () => T): { reason: Reason; a: Way<T>; b: Way<T> } {
    const reason = reasonIn(test.value) ?? {
      kind: 'computed',
      text: 'it is computed in a way that the analysis does not follow',
    };
    const outer = this.state.conditions;
    const way = (holds: boolean, path: () => T): Way<T> => {
      const firstEvent = this.events.length;
      const condition: Condition = { id: test.id, holds, reason, outer };
      const { result, changes } = this.state.attempt(condition, () => {
        for (const variable of tellsOf(test.value)?.[holds ? 'whenTrue' : 'whenFalse'] ?? [])
          this.noteSet(variable);
        return this.enclosed(path);
      });
      if (result instanceof PathEnd) {
        if (result.how === 'limit') throw result;
        // Inside a try block the program may live on after a throw.
        if (result.how === 'throw' && this.tryDepth > 0) this.risk++;
        else this.events.length = firstEvent;
        return { ended: result, changes, condition };
      }
      return { ended: null, result, changes, condition };
    };
    const a = way(true, yes);
    const b = way(false, no);
    if (a.ended !== null && b.ended !== null) throw a.ended.how === 'throw' ? a.ended : b.ended;
    return { reason, a, b };
  }

  /** A conditional expression. */
  choose(test: Test, yes: () => Val, no: () => Val): Val {
    const { reason, a, b } = this.bothWays(test, yes, no);
    if (a.ended !== null || b.ended !== null) {
      const living = (a.ended === null ? a : b) as Lived<Val>;
      this.state.redo(living.changes);
      return living.result;
    }
    this.join(a.changes, b.changes, reason);
    return whereSet(test.value, a.result, oneOf([a.result, b.result], reason));
  }

  /** A conditional statement. */
  fork(test: Test, yes: () => Completion, no: () => Completion, scope: Scope): Completion {
    const { reason, a, b } = this.bothWays(test, yes, no);
    if (a.ended !== null || b.ended !== null) {
      const living = (a.ended === null ? a : b) as Lived<Completion>;
      this.state.redo(living.changes);
      return living.result;
    }
    if (a.result === null && b.result === null) {
      this.join(a.changes, b.changes, reason);
      return null;
    }
    if (a.result !== null && b.result !== null) {
      this.join(a.changes, b.changes, reason);
      if (a.result.type === 'return' && b.result.type === 'return')
        return { type: 'return', value: oneOf([a.result.value, b.result.value], reason) };
      const [kept, other] = a.result.type === 'return' ? [b.result, a.result] : [a.result, b.result];
      if (other.type === 'return') scope.frame.returns.push({ value: other.value, reason });
      return kept;
    }
    const [living, left] = a.result === null ? [a, b] : [b, a];
    if (left.result?.type === 'return') scope.frame.returns.push({ value: left.result.value, reason });
    const token = this.state.open(living.changes.from);
    this.state.redo(living.changes);
    this.pending.push({
      token,
      changes: left.changes,
      reason,
      outer: this.state.conditions,
      returned: left.result?.type === 'return',
    });
    this.state.conditions = living.condition;
    return null;
  }

  /** Runs `path` as something that may or may not happen. */
  maybe(reason: Reason, id: string, path: () => void): void {
    this.choose(
      { value: { kind: 'unknown', reason, truthy: null, trace: null }, id },
      () => {
        path();
        return known(undefined);
      },
      () => known(undefined),
    );
  }

  private join(a: Changes, b: Changes, reason: Reason): void {
    const token = this.state.open(a.from);
    this.state.redo(a);
    this.state.joinWith(token, b, reason);
  }
}

interface Lived<T> {
  readonly ended: null;
  readonly result: T;
  readonly changes: Changes;
  readonly condition: Condition;
}

type Way<T> =
  | Lived<T>
  | { readonly ended: PathEnd; readonly changes: Changes; readonly condition: Condition };
