/** Turns the layers of an application, its routers and its sub-apps into the one order in which a request meets them. */
import type { App, Certainty, Handler, Layer, Option, Router } from '../app-model.ts';

/** What a layer does to the responses, one thing after another; own functions are taken apart into what they do. */
export interface Action {
  readonly handler: Handler;
  readonly certainty: Certainty;
  /** The header that an own function sets or removes here; null for a handler as a whole. */
  readonly header: {
    readonly kind: 'set-header' | 'remove-header';
    readonly name: string;
    readonly option: Option;
  } | null;
}

/** A layer that is no mounted router or app, with all that is known of its way. */
export interface Step {
  readonly kind: 'step';
  readonly layer: Layer;
  /** Segments of the whole path at which it is; what is not known is a segment that equals no other. */
  readonly path: readonly string[];
  /** Only where the layer and all that it is mounted by are registered. */
  readonly certainty: Certainty;
  /** True where it ends the request: a route or static files. */
  readonly answers: boolean;
  readonly actions: readonly Action[];
  /** The layer of the outermost app through which the request comes here. */
  readonly entry: Layer;
}

/** Requests go into an app, or out of it again to what is registered behind it. */
export interface Crossing {
  readonly kind: 'enter' | 'leave';
  readonly app: App;
  /** What it is mounted by; null for the outermost app. */
  readonly by: App | Router | null;
  readonly path: readonly string[];
  readonly certainty: Certainty;
}

const maxDepth = 16;
const maxSteps = 5_000;

const ways = new WeakMap<App, readonly (Step | Crossing)[]>();
const known = new WeakMap<App, readonly Step[]>();

/** The steps of an app in their order, with the apps in which they stand. */
export function wayOf(app: App): readonly (Step | Crossing)[] {
  let way = ways.get(app);
  if (way === undefined) {
    const walk = new Walk();
    walk.into(app, null, [], { kind: 'always' }, null, 0);
    way = walk.way;
    ways.set(app, way);
  }
  return way;
}

/** The steps of an app in their order. */
export function stepsOf(app: App): readonly Step[] {
  let steps = known.get(app);
  if (steps === undefined) {
    steps = wayOf(app).filter((one) => one.kind === 'step');
    known.set(app, steps);
  }
  return steps;
}

/** Whether all requests that come to `path` pass what is registered at `prefix`. */
export function covers(prefix: readonly string[], path: readonly string[]): boolean {
  return prefix.every((part, index) => part === path[index] || (part.startsWith(':') && index < path.length));
}

/** The apps whose requests come from nowhere else. */
export function outermost(apps: readonly App[]): readonly App[] {
  return apps.filter((app) => app.mountedOn.length === 0 || app.listens);
}

class Walk {
  readonly way: (Step | Crossing)[] = [];
  private readonly open = new Set<App | Router>();
  private nameless = 0;

  into(
    mounted: App | Router,
    by: App | Router | null,
    prefix: readonly string[],
    outer: Certainty,
    entry: Layer | null,
    depth: number,
  ): void {
    if (depth > maxDepth || this.open.has(mounted)) return;
    this.open.add(mounted);
    const cross = (kind: Crossing['kind']): void => {
      if (mounted.kind === 'app') this.way.push({ kind, app: mounted, by, path: prefix, certainty: outer });
    };
    cross('enter');
    for (const layer of mounted.layers) {
      if (this.way.length >= maxSteps) break;
      const own = this.segments(layer);
      const path = [...prefix, ...own];
      const certainty = outer.kind === 'maybe' ? outer : layer.certainty;
      if (layer.mounted !== null) {
        this.into(layer.mounted, mounted, path, certainty, entry ?? layer, depth + 1);
        continue;
      }
      const actions = layer.handlers.flatMap((handler) => actionsOf(handler, { kind: 'always' }, 0));
      this.way.push({
        kind: 'step',
        layer,
        path,
        certainty,
        answers: answers(layer, own),
        actions,
        entry: entry ?? layer,
      });
    }
    cross('leave');
    this.open.delete(mounted);
  }

  private segments({ path }: Layer): string[] {
    if (path.kind === 'absent') return [];
    if (path.kind !== 'known' || typeof path.value !== 'string') return [`\0${this.nameless++}`];
    const parts = path.value.split('/').filter((part) => part !== '');
    while (parts.length > 0 && isWildcard(parts.at(-1)!)) parts.pop();
    return parts;
  }
}

/** `*`, `(.*)` and Express 5's `*splat` and `{*splat}`. */
function isWildcard(part: string): boolean {
  return part === '*' || part === '(.*)' || /^\{?\*\w*\}?$/.test(part);
}

function actionsOf(handler: Handler, outer: Certainty, depth: number): Action[] {
  const itself: Action = { handler, certainty: outer, header: null };
  if (handler.kind !== 'own' || depth > maxDepth) return [itself];
  return handler.effects.flatMap((effect): Action[] => {
    const certainty = outer.kind === 'maybe' ? outer : effect.certainty;
    if (effect.kind === 'apply') return actionsOf(effect.handler, certainty, depth + 1);
    const { kind, name, option } = effect;
    return [{ handler, certainty, header: { kind, name, option } }];
  });
}

/** Routes that ask whether the server is up, or for what no page shows: read by machines. */
const machinePaths =
  /^(?:_*health(?:z|check|-check|_check)?|healthz?|ping|pong|status|ready|readyz|readiness|live|livez|liveness|alive|heartbeat|metrics|favicon\.ico|robots\.txt)$/i;

function answers(layer: Layer, segments: readonly string[]): boolean {
  if (layer.kind === 'static') return true;
  if (layer.kind !== 'route' || layer.method === 'OPTIONS' || layer.method === 'HEAD') return false;
  const last = layer.handlers.at(-1);
  // `app.all('*', toHttps)`: a middleware in the shape of a route.
  if (segments.length === 0 && layer.path.kind === 'known' && layer.path.value !== '/' && last !== undefined)
    if (last.kind === 'middleware' || (last.kind === 'own' && last.handsOn)) return false;
  const name = segments.at(-1);
  return name === undefined || !machinePaths.test(name);
}
