/** Runs one program from its entry module: start-up, then what the start-up left to be called. */
import type * as t from '@babel/types';
import type { Reason } from '../app-model.ts';
import { constructorArguments } from './injection.ts';
import type { Interpreter } from './interpreter.ts';
import type { Machine, Scope } from './machine.ts';
import { unknownArguments } from './request-objects.ts';
import { runMiddleware, runRoutes, sourceOf, type TextOf, writesForClient } from './run-handlers.ts';
import { mentionsTls } from './tls-options.ts';
import { type Obj, type Place, placeKey, undefinedValue } from './values.ts';

/** Steps that one function that nobody calls may take. */
const orphanSteps = 40_000;
/** The same where it is run only for what handlers do. */
const handlerOrphanSteps = 8_000;
/** How much of the handlers' steps the routes may take; the rest is for handlers that no route is seen to have. */
const routesPart = 0.7;
/** Steps that all uncalled functions of a program may take. */
const stepsTogether = 300_000;
/** Functions and classes that are looked at for being uncalled. */
const maxOrphans = 20_000;

const interesting = new RegExp(
  `\\bexpress\\b|[sS]ession\\b|[hH]elmet|[pP]owered-[bB]y|\\.use\\s*\\(|${mentionsTls.source}`,
);

/**
 * Runs `entry` and all that it reaches; the machine's events then tell what the program does.
 * Handlers of routes have steps of their own, `handlerSteps`; gives how many they took.
 */
export function runProgram(
  { m, modules }: Interpreter,
  entry: string,
  textOf: TextOf,
  isJudged: (path: string) => boolean,
  handlerSteps: number,
  writesForClientIn: (path: string) => boolean,
): number {
  m.sourceText = textOf;
  modules.start(entry);
  m.drain();
  const { limited } = m;
  runMiddleware(m, textOf);
  const byRoutes = m.apart(handlerSteps * routesPart, () => runRoutes(m, textOf, writesForClientIn));
  runOrphans(m, textOf, isJudged, interesting, (fn) =>
    m.begin(() => runOrphan(m, fn, orphanSteps), orphanSteps),
  );
  m.drain();
  // What one handler was too long to tell takes nothing from what start-up did.
  m.limited = limited || m.exhausted;
  const byOrphans = m.apart(handlerSteps - byRoutes, () => {
    const isOfInterest = (path: string): boolean => isJudged(path) && writesForClientIn(path);
    runOrphans(m, textOf, isOfInterest, writesForClient, (fn) =>
      m.handle(fn.closure!.name ?? '', () => runOrphan(m, fn, handlerOrphanSteps), handlerOrphanSteps),
    );
  });
  return byRoutes + byOrphans;
}

const nobodyCalls: Reason = {
  kind: 'argument',
  text: 'it happens in a function that nothing in the repository is seen to call',
};

/** Functions and classes that nothing was seen to call, where their text is `of` interest: run once with unknown arguments. */
function runOrphans(
  m: Machine,
  textOf: TextOf,
  isJudged: (path: string) => boolean,
  of: RegExp,
  run: (fn: Obj) => void,
): void {
  const last = m.taken + stepsTogether;
  noteDeadCallees(m);
  for (let i = 0; i < m.closures.length && i < maxOrphans; i++) {
    if (m.exhausted || m.taken > last) return;
    const fn = m.closures[i]!;
    const closure = fn.closure!;
    if (m.ran.has(closure.node) || !isJudged(closure.file)) continue;
    // What only development calls is not something that nobody calls.
    if (m.deadFunctions.has(closure.node)) continue;
    if (closure.name !== null && m.deadCalls.has(closure.name)) continue;
    const source = sourceOf(fn, textOf);
    if (!of.test(source)) continue;
    run(fn);
    m.ran.add(closure.node);
  }
}

function runOrphan(m: Machine, fn: Obj, steps: number): void {
  const place = fn.place!;
  m.maybe(nobodyCalls, `orphan:${placeKey(place)}`, () => {
    if (fn.closure!.kind === 'class') runClass(m, fn, place, steps);
    else m.call(fn, undefinedValue, unknownArguments(m, fn, place), place);
  });
}

/** What a function calls that production does not call, production does not call either. */
function noteDeadCallees(m: Machine): void {
  const closures = new Map(m.closures.map(({ closure }) => [closure!.node, closure!]));
  // Those that are added while this goes on come later.
  for (const node of m.deadFunctions) {
    const closure = closures.get(node);
    if (closure !== undefined && !m.ran.has(node))
      m.noteDead((node as t.Function).body, closure.scope as Scope);
  }
}

/** Makes an instance of a class that nothing makes, and calls its methods that nothing called. */
function runClass(m: Machine, fn: Obj, place: Place, steps: number): void {
  m.ran.add(fn.closure!.node);
  const instance = m.construct(fn, constructorArguments(m, fn, place), place);
  const proto = m.get(fn, 'prototype', place);
  if (proto.kind !== 'object') return;
  // A class of many methods is no reason to take more than a few functions would.
  const last = m.taken + 4 * steps;
  for (const [key, slot] of proto.slots) {
    if (m.taken > last) return;
    const method = slot.value;
    if (
      key === 'constructor' ||
      method.kind !== 'object' ||
      method.closure === null ||
      m.ran.has(method.closure.node)
    )
      continue;
    m.begin(() => void m.call(method, instance, unknownArguments(m, method, place), place), steps);
  }
}
