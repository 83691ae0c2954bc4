/** Methods of strings, numbers and regular expressions over abstract values. */
import { bounded } from './operators.ts';
import { waysToMatch } from './regexp-cost.ts';
import {
  known,
  type Native,
  type NativeCall,
  notFollowed,
  type Obj,
  type Place,
  reasonIn,
  unknown,
  type Val,
} from './values.ts';

/** Methods that JavaScript itself may compute on known values: cheap, without effects, and bounded by their input. */
const computable = [
  'at',
  'charAt',
  'charCodeAt',
  'codePointAt',
  'concat',
  'endsWith',
  'includes',
  'indexOf',
  'lastIndexOf',
  'padEnd',
  'padStart',
  'repeat',
  'slice',
  'startsWith',
  'substr',
  'substring',
  'toLowerCase',
  'toUpperCase',
  'toString',
  'trim',
  'trimEnd',
  'trimStart',
  'valueOf',
  'localeCompare',
] as const;

const maxLength = 4096;

/** The reason of the first unknown among the receiver and the arguments, as an unknown value. */
export function hanging(call: NativeCall, what: string): Val {
  for (const value of [call.self, ...call.args]) {
    const reason = reasonIn(value);
    if (reason !== null) return unknown(reason, call.place);
  }
  return call.open === null ? notFollowed(what, call.place) : unknown(call.open, call.place);
}

function constants(args: readonly Val[]): unknown[] | null {
  const values: unknown[] = [];
  for (const arg of args) {
    if (arg.kind !== 'known') return null;
    values.push(arg.value);
  }
  return values;
}

function computed(name: string): Native {
  return (call) => {
    const { self } = call;
    if (self.kind === 'oneOf') return each(call, (one) => computed(name)(one));
    const args = constants(call.args);
    if (self.kind !== 'known' || args === null || call.open !== null) return hanging(call, `${name}()`);
    if (typeof self.value === 'string' && (name === 'toString' || name === 'valueOf')) return self;
    const text = String(self.value);
    if (typeof self.value === 'string' && /^trim/.test(name))
      return known(text[name as 'trim' | 'trimEnd' | 'trimStart'](), call.place);
    if (text.length > maxLength || args.some((arg) => typeof arg === 'number' && arg > maxLength))
      return notFollowed('a very long text', call.place);
    const result = (
      text as unknown as Record<string, (...a: unknown[]) => string | number | boolean | undefined>
    )[name]!(...args);
    return typeof result === 'string' ? bounded(result, call.place) : known(result, call.place);
  };
}

/** Calls `f` for each alternative of the receiver. */
function each(call: NativeCall, f: (one: NativeCall) => Val): Val {
  const { self } = call;
  if (self.kind !== 'oneOf') return f(call);
  const parts = self.alternatives.map((single) => f({ ...call, self: single }));
  return {
    kind: 'oneOf',
    alternatives: parts.flatMap((part) => (part.kind === 'oneOf' ? part.alternatives : [part])),
    reason: self.reason,
    trace: null,
  };
}

interface Pattern {
  readonly regExp: string;
  readonly flags: string;
}

export function patternOf(value: Val): Pattern | null {
  if (value.kind !== 'object') return null;
  const data = value.data as Partial<Pattern> | null;
  return data !== null && typeof data?.regExp === 'string' ? (data as Pattern) : null;
}

/** What the members of texts need of the machine. */
export interface TextHost {
  /** Makes an abstract array. */
  readonly makeArray: (values: readonly Val[], place: Place) => Obj;
  /** Calls a function of the program. */
  readonly call: CallFunction;
  /** Told what was touched, in eighths of a step. */
  readonly work: (touched: number) => void;
}

/** Ways to match that are tried at the most, over all places of a text: about a millisecond. */
const maxWays = 100_000;

/**
 * A regular expression of the repository, made to run; null where running it might take long. The repository is hostile: only short
 * patterns that can be tried in few ways are run, on short texts.
 */
function compile(pattern: Pattern, text: string, work: TextHost['work']): RegExp | null {
  const { regExp, flags } = pattern;
  if (regExp.length > 200 || text.length > 200) return null;
  const isAnchored = /^\^[^|]*$/.test(regExp) && !flags.includes('m');
  const ways = waysToMatch(regExp, text.length) * (isAnchored ? 1 : text.length + 1);
  if (flags.includes('v') || ways > maxWays) return null;
  work(ways / 50);
  try {
    return new RegExp(regExp, flags.replace(/[gy]/g, ''));
  } catch {
    return null;
  }
}

const maxReplacements = 64;

/** Characters of a text times those of what replaces parts of it: the longest result. */
const maxReplaced = 10_000_000;

/** `call` calls a function of the program, which gives what a match is replaced by. */
const replace =
  (all: boolean, host: TextHost): Native =>
  (call) => {
    const { self, args, place } = call;
    const [search, replacement] = args;
    if (
      self.kind !== 'known' ||
      typeof self.value !== 'string' ||
      search === undefined ||
      (replacement?.kind !== 'known' && !(replacement?.kind === 'object' && replacement.callable))
    )
      return hanging(call, 'replace()');
    const pattern = patternOf(search);
    let what: string | RegExp;
    let isAll = all;
    if (search.kind === 'known') what = String(search.value);
    else {
      const regExp = pattern === null ? null : compile(pattern, self.value, host.work);
      if (regExp === null) return hanging(call, 'replace()');
      isAll = pattern!.flags.includes('g');
      what = isAll ? new RegExp(regExp.source, `${regExp.flags}g`) : regExp;
    }
    const method = isAll ? 'replaceAll' : 'replace';
    if (replacement.kind === 'known' && self.value.length * String(replacement.value).length > maxReplaced)
      return notFollowed('a very long text', place);
    host.work(self.value.length / 8);
    if (replacement.kind === 'known')
      return bounded(self.value[method](what, String(replacement.value)), place);
    let hangsOn: Val | null = null;
    let count = 0;
    const text = self.value[method](what, (...parts: unknown[]) => {
      if (++count > maxReplacements) return '';
      const given = host.call(
        replacement,
        parts.filter((part) => typeof part !== 'object').map((part) => known(part as string, place)),
        place,
      );
      if (given.kind !== 'known') hangsOn ??= given;
      return given.kind === 'known' ? String(given.value) : '';
    });
    if (hangsOn !== null) return hanging({ ...call, self: hangsOn }, 'replace()');
    return count > maxReplacements ? notFollowed('a very long text', place) : bounded(text, place);
  };

/** Calls a function of the program that is analysed. */
export type CallFunction = (fn: Val, args: readonly Val[], place: Place) => Val;

/** Methods of strings. */
export function stringMembers(host: TextHost): Map<string, Native> {
  const table = new Map<string, Native>(computable.map((name) => [name, computed(name)]));
  const { makeArray, work } = host;
  table.set('replace', replace(false, host));
  table.set('replaceAll', replace(true, host));
  table.set('split', (call) => {
    const { self, args, place } = call;
    const separator = args[0];
    if (self.kind !== 'known' || self.value === null || String(self.value).length > maxLength)
      return hanging(call, 'split()');
    const text = String(self.value);
    if (separator === undefined) return makeArray([self], place);
    const pattern = patternOf(separator);
    const by =
      separator.kind === 'known'
        ? String(separator.value)
        : pattern === null
          ? null
          : compile(pattern, text, work);
    if (by === null) return hanging(call, 'split()');
    return makeArray(
      text
        .split(by)
        .slice(0, 256)
        .map((part) => known(part, place)),
      place,
    );
  });
  table.set('match', (call) => {
    const { self, args, place } = call;
    const pattern = args[0] === undefined ? null : patternOf(args[0]);
    if (self.kind !== 'known' || pattern === null) return hanging(call, 'match()');
    const found = compile(pattern, String(self.value), work)?.exec(String(self.value));
    if (found === undefined) return hanging(call, 'match()');
    return found === null
      ? known(null, place)
      : makeArray(
          [...found].map((part) => known(part, place)),
          place,
        );
  });
  return table;
}

export function numberMembers(): Map<string, Native> {
  const on =
    (name: 'toString' | 'toFixed' | 'valueOf'): Native =>
    (call) => {
      const { self } = call;
      const args = constants(call.args);
      if (self.kind !== 'known' || args === null) return hanging(call, `${name}()`);
      const value = self.value as unknown;
      try {
        if (typeof value === 'number' || typeof value === 'bigint')
          return known(
            (value as unknown as Record<string, (...a: unknown[]) => string | number>)[name]!(...args),
            call.place,
          );
      } catch {
        return hanging(call, `${name}()`);
      }
      return name === 'valueOf' ? self : known(String(value), call.place);
    };
  return new Map([
    ['toString', on('toString')],
    ['toFixed', on('toFixed')],
    ['valueOf', on('valueOf')],
  ]);
}

export function regExpMembers({ makeArray, work }: TextHost): Map<string, Native> {
  const run = (call: NativeCall): RegExpExecArray | null | undefined => {
    const pattern = patternOf(call.self);
    const text = call.args[0];
    if (pattern === null || text?.kind !== 'known') return undefined;
    return compile(pattern, String(text.value), work)?.exec(String(text.value));
  };
  return new Map<string, Native>([
    [
      'test',
      (call) => {
        const found = run(call);
        return found === undefined
          ? hanging({ ...call, self: call.args[0] ?? call.self }, 'a regular expression')
          : known(found !== null, call.place);
      },
    ],
    [
      'exec',
      (call) => {
        const found = run(call);
        if (found === undefined)
          return hanging({ ...call, self: call.args[0] ?? call.self }, 'a regular expression');
        return found === null
          ? known(null, call.place)
          : makeArray(
              [...found].map((part) => known(part, call.place)),
              call.place,
            );
      },
    ],
  ]);
}
