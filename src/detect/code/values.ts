/** The abstract values of the analysis: what an expression may be in production, and the places it came through. */
import type { Primitive, Reason } from '../app-model.ts';

/** A stretch of source: positions as the parser gives them (lines from 1, columns from 0). */
export interface Span {
  readonly start: { readonly line: number; readonly column: number };
  readonly end: { readonly line: number; readonly column: number };
}

export interface Place {
  readonly file: string;
  readonly span: Span;
  /** True where a literal stands there: what a correction can replace. */
  readonly literal?: boolean;
}

/** The chain of places from a use back to where the value was written. */
export interface Trace {
  readonly place: Place;
  readonly note: string | null;
  readonly next: Trace | null;
  /** True for the line of an environment file that gives the value. */
  readonly isSetting?: boolean;
}

export interface Known {
  readonly kind: 'known';
  readonly value: Primitive;
  /** True for the undefined that stands for a property or variable never written. */
  readonly absent: boolean;
  readonly trace: Trace | null;
}

/** A part of a text; null where it is not known, with what the program calls it. */
export interface TextPiece {
  readonly text: string | null;
  readonly words: string | null;
}

export interface Unknown {
  readonly kind: 'unknown';
  readonly reason: Reason;
  /** What conditions on the way have told about it. */
  readonly truthy: boolean | null;
  /** The environment variable that it is, untouched. */
  readonly variable?: string;
  /** What its truth tells of environment variables, where it was computed of whether they are set. */
  readonly tells?: Tells;
  readonly trace: Trace | null;
  /** What it is put together from, where it may become a header. */
  readonly pieces?: readonly TextPiece[];
}

/** The environment variables that are set to something where a value is truthy, and where it is falsy. */
export interface Tells {
  readonly whenTrue: readonly string[];
  readonly whenFalse: readonly string[];
}

/** Kept with an array from which `filter` took what has a value: where it is empty, these environment variables are set. */
export class SetWhereEmpty {
  readonly variables: readonly string[];
  constructor(variables: readonly string[]) {
    this.variables = variables;
  }
}

export interface OneOf {
  readonly kind: 'oneOf';
  readonly alternatives: readonly Single[];
  readonly reason: Reason;
  /** What it is where this environment variable is set to something: `process.env.X ?? literal` is then the variable. */
  readonly whereSet?: { readonly variable: string; readonly value: Val };
  readonly trace: Trace | null;
}

export type Single = Known | Unknown | Obj;
export type Val = Single | OneOf;

/** A variable's or property's content, with the place that wrote it. */
export interface Slot {
  readonly value: Val;
  readonly place: Place | null;
  readonly getter?: Obj | (() => Val);
  readonly setter?: Obj;
  /** Not enumerable: what copies or lists an object's properties passes it over. */
  readonly hidden?: boolean;
}

/** Something mutable that the journal watches: objects and scopes. */
export interface Owned {
  readonly id: number;
  slots: Map<string, Slot>;
}

/** What a library made, or is: `package` and the dotted path of exports, with the arguments where it was called. */
export interface External {
  readonly package: string;
  readonly path: string;
  readonly args: readonly Val[] | null;
  readonly place: Place | null;
  /** The value it was reached through, for chained calls. */
  readonly from: Obj | null;
}

export type Native = (call: NativeCall) => Val;

/** Puts a function in place as a global object with a prototype and static functions. */
export type Install = (name: string, fn: Native, statics?: Iterable<readonly [string, Native]>) => void;

export interface NativeCall {
  readonly self: Val;
  readonly args: readonly Val[];
  readonly place: Place;
  readonly construct: boolean;
  /** Why further arguments may exist (a spread of something unknown), else null. */
  readonly open: Reason | null;
}

const maxInherited = 1000;

/** Elements of an array, or arguments of a call, that are followed: more than a file of the largest size can write. */
export const maxElements = 600_000;

/** Anything with identity. Plain objects, arrays, functions, classes, library instances, Express objects. */
export class Obj implements Owned {
  readonly kind = 'object';
  slots: Map<string, Slot> = new Map();
  /** Array elements; null where it is no array. Replaced, never changed in place. */
  elements: readonly Slot[] | null = null;
  /** Why further properties or elements may exist. */
  open: Reason | null = null;
  private parent: Obj | null = null;
  /** JavaScript function of the repository. */
  closure: Closure | null = null;
  native: Native | null = null;
  external: External | null = null;
  /** True for what a library's function returned: it may be any value, not only an object. */
  opaque = false;
  /** The object literal of the source that made it. */
  literal: unknown = null;
  /** What summaries keep with it: an app's, a router's or a session's record, a RegExp, a Date, a Map. */
  data: unknown = null;
  readonly id: number;
  readonly place: Place | null;

  constructor(id: number, place: Place | null) {
    this.id = id;
    this.place = place;
  }

  get proto(): Obj | null {
    return this.parent;
  }

  /** As in JavaScript, no object comes to inherit from itself; nor, other than there, through more than a thousand others. */
  set proto(proto: Obj | null) {
    let depth = 0;
    for (let at = proto; at !== null; at = at.parent) if (at === this || ++depth > maxInherited) return;
    this.parent = proto;
  }

  get callable(): boolean {
    return this.closure !== null || this.native !== null;
  }
}

export interface Closure {
  readonly node: unknown;
  readonly scope: unknown;
  readonly file: string;
  readonly name: string | null;
  readonly kind: 'function' | 'arrow' | 'method' | 'class';
  readonly self: Val | null;
  readonly home: Obj | null;
}

/** Marks a date: one computed when the program starts, or a fixed one. Its time is in the slot `@@time`. */
export class StartTime {
  /** Nothing is given to it, and nothing has moved it. */
  isNow: boolean;
  constructor(isNow: boolean) {
    this.isNow = isNow;
  }
}

export const undefinedValue: Known = { kind: 'known', value: undefined, absent: false, trace: null };
export const absentValue: Known = { kind: 'known', value: undefined, absent: true, trace: null };

/** A primitive written at `place`. */
export function known(value: Primitive, place: Place | null = null, note: string | null = null): Known {
  return { kind: 'known', value, absent: false, trace: place === null ? null : { place, note, next: null } };
}

export function unknown(reason: Reason, place: Place | null = null): Unknown {
  return {
    kind: 'unknown',
    reason,
    truthy: null,
    trace: place === null ? null : { place, note: null, next: null },
  };
}

/** Marks `process.env` and its copies: what is not written there is asked of the environment. */
export class EnvironmentMark {
  readonly read: (name: string, place: Place | null) => Val;
  constructor(read: (name: string, place: Place | null) => Val) {
    this.read = read;
  }
}

/** The place in an environment file that gave a value, directly or through a computation; null where none did. */
export function settingOf(value: Val): Trace | null {
  if (value.kind !== 'known') return null;
  let trace = value.trace;
  for (let hops = 0; trace !== null && hops < 32; hops++) {
    if (trace.isSetting === true) return trace;
    trace = trace.next;
  }
  return null;
}

const maxChain = 8;

/** Remembers that an environment file has decided for this value, where the condition that chose it was given by one. */
export function chosenBy(test: Val, value: Val): Val {
  const setting = value.kind === 'known' ? settingOf(test) : null;
  if (setting === null || value.kind !== 'known') return value;
  let trace: Trace = { place: setting.place, note: setting.note, next: null };
  const links: Trace[] = [];
  for (let at = value.trace; at !== null && links.length < maxChain; at = at.next) links.push(at);
  for (const link of links.reverse()) trace = { ...link, next: trace };
  return { ...value, trace };
}

/** Remembers that what was computed of `sources` was given by an environment file, where one gave any of them. */
export function keepSetting(result: Val, sources: readonly Val[], place: Place): Val {
  if (result.kind === 'known' ? result.absent : result.kind !== 'oneOf' && result.kind !== 'object')
    return result;
  let setting: Trace | null = null;
  for (const source of sources)
    setting ??=
      singles(source)
        .map(settingOf)
        .find((found) => found !== null) ?? null;
  if (setting === null) return result;
  const link = { ...setting, next: null };
  const keep = <T extends Val>(value: T): T =>
    value.kind === 'known' && settingOf(value) === null
      ? { ...value, trace: { place: value.trace?.place ?? place, note: null, next: link } }
      : value;
  if (result.kind === 'known') return keep(result);
  if (result.kind === 'oneOf') return { ...result, alternatives: result.alternatives.map(keep) };
  // What `split` and its like have just made.
  if (result.kind === 'object' && result.elements !== null && result.place === place)
    result.elements = result.elements.map((slot) => ({ ...slot, value: keep(slot.value) }));
  return result;
}

/** What the truth of a value tells of environment variables; null where it tells nothing. */
export function tellsOf(value: Val): Tells | null {
  if (value.kind !== 'unknown') return null;
  return value.tells ?? (value.variable === undefined ? null : { whenTrue: [value.variable], whenFalse: [] });
}

/** A value that tells of variables; of a value that is not unknown, the value. */
export function telling(value: Val, tells: Tells | null): Val {
  return tells === null || value.kind !== 'unknown' ? value : { ...value, tells };
}

/** What the opposite of a value tells. */
export function opposite(tells: Tells | null): Tells | null {
  return tells === null ? null : { whenTrue: tells.whenFalse, whenFalse: tells.whenTrue };
}

/** The reason of what only a package that is not in the repository decides. */
export function comesFrom(packageName: string): Reason {
  return { kind: 'library', text: `it comes from the package \`${packageName}\`` };
}

/** Names a place: equal for equal places. */
export function placeKey({ file, span }: Place): string {
  return `${file}:${span.start.line}:${span.start.column}`;
}

/** The first argument of a call, as the function that is called sees it. */
export function firstArg(call: NativeCall): Val {
  return call.args[0] ?? (call.open === null ? undefinedValue : unknown(call.open, call.place));
}

/** Not followed by the analysis; `what` names it. */
export function notFollowed(what: string, place: Place | null): Unknown {
  return unknown(
    { kind: 'computed', text: `it is computed in a way that the analysis does not follow (${what})` },
    place,
  );
}

const maxAlternatives = 8;

export function singles(value: Val): readonly Single[] {
  return value.kind === 'oneOf' ? value.alternatives : [value];
}

function same(a: Single, b: Single): boolean {
  if (a === b) return true;
  if (a.kind === 'known' && b.kind === 'known') return Object.is(a.value, b.value);
  if (a.kind === 'unknown' && b.kind === 'unknown')
    return a.reason.text === b.reason.text && a.truthy === b.truthy;
  return false;
}

function sameVariable(a: Single, b: Single): boolean {
  return (
    a.kind === 'unknown' && b.kind === 'unknown' && a.variable !== undefined && a.variable === b.variable
  );
}

/** The value that is one of `values`, depending on `reason`. */
export function oneOf(values: readonly Val[], reason: Reason): Val {
  const kept: Single[] = [];
  for (const value of values) {
    for (const single of singles(value)) {
      const again = kept.findIndex((other) => same(other, single) || sameVariable(other, single));
      if (again === -1) kept.push(single);
      // One variable, on whose truth the ways differ: it is just that variable.
      else if (!same(kept[again]!, single)) kept[again] = { ...(single as Unknown), truthy: null };
    }
  }
  const [first] = kept;
  if (first === undefined) return undefinedValue;
  if (kept.length === 1) return first;
  if (kept.length > maxAlternatives)
    return unknown({ kind: 'limit', text: `it has too many possible values (${reason.text})` });
  // What a value already hangs on says more than a condition that only chooses between the same alternatives.
  const inner = values.find((value) => value.kind === 'oneOf');
  const because = reason.kind === 'limit' && inner?.kind === 'oneOf' ? inner.reason : reason;
  return { kind: 'oneOf', alternatives: kept, reason: because, trace: null };
}

/** `value`, or where that is undefined `fallback`. Values that may be missing keep both. */
export function orElse(value: Val, fallback: Val): Val {
  const given = singles(value).filter((single) => !(single.kind === 'known' && single.value === undefined));
  if (given.length === 0) return fallback;
  const sure = given.every((single) => single.kind !== 'unknown' || single.truthy === true);
  if (sure && given.length === singles(value).length) return value;
  return whereSet(value, value, oneOf([...given, fallback], reasonIn(value)!));
}

/** Remembers that `chosen` is `yes` where the variable that `test` is has a value. */
export function whereSet(test: Val, yes: Val, chosen: Val): Val {
  if (test.kind !== 'unknown' || test.variable === undefined || chosen.kind !== 'oneOf') return chosen;
  return { ...chosen, whereSet: { variable: test.variable, value: yes } };
}

/** Applies `f` to each alternative. */
export function mapValue(value: Val, f: (single: Single) => Val): Val {
  if (value.kind !== 'oneOf') return f(value);
  return oneOf(value.alternatives.map(f), value.reason);
}

/** The first reason found in a value, or null where all of it is known. */
export function reasonIn(value: Val): Reason | null {
  if (value.kind === 'oneOf') return value.reason;
  if (value.kind === 'object') {
    if (!value.opaque) return null;
    return value.external === null && value.open !== null
      ? value.open
      : comesFrom(value.external?.package ?? '');
  }
  return value.kind === 'unknown' ? value.reason : null;
}

/** JavaScript's truthiness; null where it cannot be known. */
export function truthy(value: Val): boolean | null {
  switch (value.kind) {
    case 'known':
      return Boolean(value.value);
    case 'object':
      return value.opaque ? null : true;
    case 'unknown':
      return value.truthy;
    case 'oneOf': {
      const first = truthy(value.alternatives[0]!);
      return first !== null && value.alternatives.every((single) => truthy(single) === first) ? first : null;
    }
  }
}

/** Whether it is null or undefined; null where that cannot be known. */
export function nullish(value: Val): boolean | null {
  switch (value.kind) {
    case 'known':
      return value.value === null || value.value === undefined;
    case 'object':
      return value.opaque ? null : false;
    case 'unknown':
      return value.truthy === true ? false : null;
    case 'oneOf': {
      const first = nullish(value.alternatives[0]!);
      return first !== null && value.alternatives.every((single) => nullish(single) === first) ? first : null;
    }
  }
}

/** Keeps the alternatives that can be truthy (or falsy): what a condition has told about a value. */
export function narrow(value: Val, wanted: boolean): Val {
  if (value.kind === 'unknown') return { ...value, truthy: wanted };
  if (value.kind !== 'oneOf') return value;
  const kept = value.alternatives
    .filter((single) => truthy(single) !== !wanted)
    .map((single) => (single.kind === 'unknown' ? { ...single, truthy: wanted } : single));
  return kept.length === 0 ? value : oneOf(kept, value.reason);
}

/** Remembers that a value came through `place`. */
export function through(value: Val, place: Place | null, note: string | null = null): Val {
  if (place === null || value.kind === 'object') return value;
  if (value.trace?.place === place) return value;
  return { ...value, trace: { place, note, next: value.trace } };
}

/** A primitive's text as string conversion gives it; null where it cannot be known. */
export function textOf(value: Val): string | null {
  if (value.kind === 'known') return String(value.value);
  return null;
}
