/** Runs the functions that an application has registered as handlers, to see what they do to requests and responses. */
import type { ProgramEvent } from './events.ts';
import { recordOf } from './libraries/express.ts';
import type { Machine } from './machine.ts';
import { regeneratedKey } from './request-marks.ts';
import { handlerArguments, renew, requestAndResponse } from './request-objects.ts';
import { mentionsTls } from './tls-options.ts';
import { type Obj, type Single, singles, undefinedValue } from './values.ts';

/** Steps that one middleware may take, and all of a program. */
const middlewareSteps = 20_000;
const middlewareStepsTogether = 300_000;
/** Steps that each handler of a route may take: where it writes for the client itself, where its file does, and where only what it calls may. */
const routeSteps = [8_000, 4_000, 2_000] as const;
const maxHandlers = 2_000;

/** Headers that a route sets for its own page. */
const setsHeaders = /Content-Security-Policy|Strict-Transport-Security|X-Frame-Options|helmet|lusca/i;

/** What handlers of routes are run for: cookies, and what is put on the session. */
export const writesForClient =
  /\.cookie\s*\(|set-cookie|\bcookies\.set\s*\(|\bnew\s+cookies\b|\breq(?:uest)?[!?)]*\.session\b[)!?]*(?:\s+as\s+\w+\))?(?:\.\w+|\[[^\]\n]{1,40}\])?\s*=(?!=)|\bsession[!?]?\.(?:user|is|log|auth|account|admin|member|customer|passport|access|refresh|token|pass|api)\w*\s*=(?!=)|\breq(?:uest)?\.session\s*[;,)]|\.assign\(\s*\w+\.session\b|\breq(?:uest)?\.log[iI]n\s*\(|\bpassport\.authenticate\s*\(/i;

/** The text of a file, to look at a function's own stretch of it. */
export type TextOf = (path: string) => string | null;

type Layer = Extract<ProgramEvent, { type: 'layer' }>;

/** Runs the functions registered as middleware once each, to see what they do to the response; and any handler that sets TLS options or such headers. */
export function runMiddleware(m: Machine, textOf: TextOf): void {
  const done = new Set<unknown>();
  const last = m.taken + middlewareStepsTogether;
  // Handlers may register further ones; the list grows while it is walked.
  for (let i = 0; i < m.events.length && done.size < maxHandlers && m.taken < last; i++) {
    const event = m.events[i]!;
    if (event.type !== 'layer') continue;
    for (const value of event.handlers) {
      for (const handler of singles(value)) {
        if (handler.kind !== 'object') continue;
        const target = targetOf(handler);
        if (target.closure === null || done.has(target)) continue;
        if (event.method !== null) {
          const source = sourceOf(target, textOf);
          if (!mentionsTls.test(source) && !setsHeaders.test(source)) continue;
        }
        done.add(target);
        m.handle(
          nameOf(event, target),
          () => void m.call(handler, undefinedValue, handlerArguments(m, target, event.place), event.place),
          middlewareSteps,
        );
      }
    }
  }
}

/** Runs the handlers of each route in their order with one request, those first that write cookies or sessions themselves. */
export function runRoutes(m: Machine, textOf: TextOf, writesForClientIn: (path: string) => boolean): void {
  if (!m.closures.some(({ closure }) => writesForClientIn(closure!.file))) return;
  const routes: Layer[][] = routeSteps.map(() => []);
  for (const event of m.events)
    if (event.type === 'layer' && event.method !== null)
      routes[distance(event, textOf, writesForClientIn)]!.push(event);
  const done = new Set<unknown>();
  /** Handlers that give the session a new id: those after them see it. */
  const renewing = new Set<unknown>();
  for (const [index, some] of routes.entries()) {
    const steps = routeSteps[index]!;
    for (const route of some) {
      if (m.exhausted) return;
      const handlers = ownHandlers(route);
      if (handlers.every((handler) => done.has(handler))) continue;
      const last = handlers.at(-1)!;
      const run = (): void => {
        const { request, response } = requestAndResponse(m, last, route.place);
        for (const handler of route.handlers.flatMap(singles)) {
          if (signsIn(handler)) renew(m, request.slots.get('session')!.value as Obj, route.place);
          const target = ownFunction(handler);
          if (target === null || (done.has(target) && !renewing.has(target))) continue;
          done.add(target);
          const [first, ...rest] = handlerArguments(m, target, route.place);
          const args =
            rest.length === 3 ? [first!, request, response, rest[2]!] : [request, response, rest[1]!];
          m.begin(() => void m.call(handler, undefinedValue, args, route.place), steps);
          if (sessionRegenerated(request)) renewing.add(target);
        }
      };
      m.handle(nameOf(route, last), run, steps);
    }
  }
}

/** How near a route's handlers are to what writes for the client: 0 they do themselves, 1 their file does, 2 neither. */
function distance(route: Layer, textOf: TextOf, writesForClientIn: (path: string) => boolean): 0 | 1 | 2 {
  const near = ownHandlers(route).filter(({ closure }) => writesForClientIn(closure!.file));
  if (near.some((target) => writesForClient.test(sourceOf(target, textOf)))) return 0;
  return near.length > 0 ? 1 : 2;
}

/** The functions of the repository among a layer's handlers. */
function ownHandlers(layer: Layer): Obj[] {
  return layer.handlers.flatMap(singles).flatMap((handler) => ownFunction(handler) ?? []);
}

function ownFunction(handler: Single): Obj | null {
  if (handler.kind !== 'object' || recordOf(handler) !== null) return null;
  const target = targetOf(handler);
  return target.closure === null ? null : target;
}

/** passport.authenticate(), which signs in before the handlers after it, as its req.login() does. */
function signsIn(handler: Single): boolean {
  return (
    handler.kind === 'object' &&
    handler.external?.package === 'passport' &&
    handler.external.path.endsWith('authenticate')
  );
}

/** The route and the handler's name: what tells a reader what it is for. */
function nameOf(layer: Layer, handler: Obj): string {
  const paths = singles(layer.path).map((path) => (path.kind === 'known' ? String(path.value) : ''));
  return `${paths.join(' ')} ${handler.closure?.name ?? ''}`;
}

function sessionRegenerated(request: Obj): boolean {
  const session = request.slots.get('session')?.value;
  return session?.kind === 'object' && session.slots.has(regeneratedKey);
}

/** The function itself, where `bind` made another of it. */
export function targetOf(handler: Obj): Obj {
  return handler.closure !== null
    ? handler
    : ((handler.data as { boundTo?: Obj } | null)?.boundTo ?? handler);
}

/** A function's own stretch of its file. */
export function sourceOf(fn: Obj, textOf: TextOf): string {
  const node = fn.closure?.node as { start?: number | null; end?: number | null } | undefined;
  return textOf(fn.closure?.file ?? '')?.slice(node?.start ?? 0, node?.end ?? 0) ?? '';
}
