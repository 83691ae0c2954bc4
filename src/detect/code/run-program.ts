/** Runs one program from its entry module: start-up, then what the start-up left to be called. */
import type { Reason } from '../app-model.ts';
import { unknownArguments } from './functions.ts';
import { constructorArguments } from './injection.ts';
import type { Interpreter } from './interpreter.ts';
import { ResponseMark } from './libraries/library.ts';
import type { Machine } from './machine.ts';
import {
  known,
  mapValue,
  type Native,
  type Obj,
  type Place,
  placeKey,
  singles,
  undefinedValue,
  unknown,
  type Val,
} from './values.ts';

/** Steps that one handler, or one function that nobody calls, may take. */
const handlerSteps = 20_000;
const orphanSteps = 40_000;
/** Steps that all handlers of a program, and all its uncalled functions, may take. */
const stepsTogether = 300_000;
const maxHandlers = 2_000;
/** Functions and classes that are looked at for being uncalled. */
const maxOrphans = 20_000;

const interesting =
  /\bexpress\b|[sS]ession\b|rejectUnauthorized|NODE_TLS|[hH]elmet|[pP]owered-[bB]y|\.use\s*\(/;
const tls = /rejectUnauthorized|NODE_TLS_REJECT_UNAUTHORIZED/;

/** The text of a file, to look at a function's own stretch of it. */
export type TextOf = (path: string) => string | null;

/** Runs `entry` and all that it reaches; the machine's events then tell what the program does. */
export function runProgram(
  { m, modules }: Interpreter,
  entry: string,
  textOf: TextOf,
  isJudged: (path: string) => boolean,
): void {
  m.sourceText = textOf;
  modules.start(entry);
  m.drain();
  const { limited } = m;
  runHandlers(m, textOf);
  runOrphans(m, textOf, isJudged);
  m.drain();
  // What one handler was too long to tell takes nothing from what start-up did.
  m.limited = limited || m.exhausted;
}

/** Runs the functions registered as middleware once each, to see what they do to the response; and any handler that sets TLS options. */
function runHandlers(m: Machine, textOf: TextOf): void {
  const done = new Set<unknown>();
  const last = m.taken + stepsTogether;
  // Handlers may register further ones; the list grows while it is walked.
  for (let i = 0; i < m.events.length && done.size < maxHandlers && m.taken < last; i++) {
    const event = m.events[i]!;
    if (event.type !== 'layer') continue;
    for (const value of event.handlers) {
      for (const handler of singles(value)) {
        if (handler.kind !== 'object') continue;
        const target = targetOf(handler);
        if (target.closure === null || done.has(target)) continue;
        if (event.method !== null && !tls.test(sourceOf(target, textOf))) continue;
        done.add(target);
        m.trial(
          () => void m.call(handler, undefinedValue, handlerArguments(m, target, event.place), event.place),
          handlerSteps,
        );
      }
    }
  }
}

/** The function itself, where `bind` made another of it. */
export function targetOf(handler: Obj): Obj {
  return handler.closure !== null
    ? handler
    : ((handler.data as { boundTo?: Obj } | null)?.boundTo ?? handler);
}

function sourceOf(fn: Obj, textOf: TextOf): string {
  const node = fn.closure?.node as { start?: number | null; end?: number | null } | undefined;
  return textOf(fn.closure?.file ?? '')?.slice(node?.start ?? 0, node?.end ?? 0) ?? '';
}

/** `(req, res, next)`, or `(err, req, res, next)`: which response is whose is told by its mark. */
export function handlerArguments(m: Machine, fn: Obj, place: Place): Val[] {
  const request = unknown({ kind: 'request', text: 'it comes from the request' }, place);
  const response = makeResponse(m, fn, place);
  const next = m.native(() => undefinedValue);
  const count = (fn.closure?.node as { params?: readonly unknown[] } | undefined)?.params?.length ?? 3;
  return count >= 4
    ? [unknown({ kind: 'request', text: 'it is an error' }, place), request, response, next]
    : [request, response, next];
}

/** Which handler a response belongs to. */
export class HandlerResponse extends ResponseMark {
  readonly handler: Obj;
  constructor(handler: Obj) {
    super();
    this.handler = handler;
  }
}

function makeResponse(m: Machine, handler: Obj, place: Place): Obj {
  const response = m.object(place);
  response.data = new HandlerResponse(handler);
  response.open = { kind: 'request', text: 'it is part of the response' };
  const effect =
    (kind: 'set-header' | 'remove-header'): Native =>
    (call) => {
      const [name, value] = call.args;
      if (name?.kind === 'object' && name.external === null) {
        for (const [key, slot] of name.slots)
          m.emit({
            type: 'response',
            effect: kind,
            response,
            name: known(key),
            value: slot.value,
            place: call.place,
            conditions: m.state.conditions,
          });
      } else if (name !== undefined) {
        mapValue(name, (single) => {
          m.emit({
            type: 'response',
            effect: kind,
            response,
            name: single,
            value: value ?? null,
            place: call.place,
            conditions: m.state.conditions,
          });
          return single;
        });
      }
      return response;
    };
  for (const name of ['setHeader', 'header', 'set', 'append'])
    response.slots.set(name, { value: m.native(effect('set-header')), place: null });
  response.slots.set('removeHeader', { value: m.native(effect('remove-header')), place: null });
  for (const name of ['status', 'type', 'contentType', 'vary', 'links', 'location'])
    response.slots.set(name, { value: m.native(() => response), place: null });
  return response;
}

const nobodyCalls: Reason = {
  kind: 'argument',
  text: 'it happens in a function that nothing in the repository is seen to call',
};

/** Functions and classes that nothing was seen to call, where their text mentions what the rules ask about: run once with unknown arguments. */
function runOrphans(m: Machine, textOf: TextOf, isJudged: (path: string) => boolean): void {
  const last = m.taken + stepsTogether;
  for (let i = 0; i < m.closures.length && i < maxOrphans; i++) {
    if (m.exhausted || m.taken > last) return;
    const fn = m.closures[i]!;
    const closure = fn.closure!;
    if (m.ran.has(closure.node) || !isJudged(closure.file)) continue;
    // What only development calls is not something that nobody calls.
    if (m.deadFunctions.has(closure.node)) continue;
    if (closure.name !== null && m.deadCalls.has(closure.name)) continue;
    const source = sourceOf(fn, textOf);
    if (!interesting.test(source)) continue;
    const place = fn.place!;
    m.begin(() => {
      m.maybe(nobodyCalls, `orphan:${placeKey(place)}`, () => {
        if (closure.kind === 'class') runClass(m, fn, place);
        else m.call(fn, undefinedValue, unknownArguments(fn, place), place);
      });
    }, orphanSteps);
    m.ran.add(closure.node);
  }
}

/** Makes an instance of a class that nothing makes, and calls its methods that nothing called. */
function runClass(m: Machine, fn: Obj, place: Place): void {
  m.ran.add(fn.closure!.node);
  const instance = m.construct(fn, constructorArguments(m, fn, place), place);
  const proto = m.get(fn, 'prototype', place);
  if (proto.kind !== 'object') return;
  for (const [key, slot] of proto.slots) {
    const method = slot.value;
    if (
      key === 'constructor' ||
      method.kind !== 'object' ||
      method.closure === null ||
      m.ran.has(method.closure.node)
    )
      continue;
    m.call(method, instance, unknownArguments(method, place), place);
  }
}
