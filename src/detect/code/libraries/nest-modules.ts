/** Nest's modules: turns the tree below a root module into what they provide and the middleware that they configure (@nestjs/core, scanner.ts and middleware/middleware-module.ts). */
import type * as t from '@babel/types';
import type { RouterRecord } from '../events.ts';
import { injectorOf, unwrapped } from '../injection.ts';
import type { Scope } from '../machine.ts';
import { known, type Native, type Obj, oneOf, type Place, singles, type Val } from '../values.ts';
import { provide } from './injection.ts';
import type { World } from './library.ts';

const maxModules = 500;

/** What `@Module({…})` on a class says, or null. */
function moduleMetadata(world: World, made: Obj): Obj | null {
  const record = made.data as { node?: t.Class; scope?: Scope } | null;
  if (made.closure?.kind !== 'class' || record?.node === undefined || record.scope === undefined) return null;
  for (const { expression } of record.node.decorators ?? []) {
    if (expression.type !== 'CallExpression' || expression.callee.type !== 'Identifier') continue;
    const callee = world.m.evaluate(expression.callee, record.scope);
    if (callee.kind !== 'object' || callee.external?.package !== '@nestjs/common') continue;
    const argument = expression.arguments[0];
    if (callee.external.path !== 'Module' || argument === undefined) continue;
    const metadata = world.m.evaluate(argument, record.scope);
    return metadata.kind === 'object' ? metadata : null;
  }
  return null;
}

function listed(world: World, metadata: Obj, key: string, place: Place): Val[] {
  const list = world.m.get(metadata, key, place);
  return list.kind === 'object' && list.elements !== null ? list.elements.map((slot) => slot.value) : [];
}

/** The module classes of the repository at and below `root`, imported ones first; remembers what each provides. */
export function collectModules(world: World, root: Val, place: Place): Obj[] {
  const { m } = world;
  const found: Obj[] = [];
  const seen = new Set<Obj>();
  const visit = (value: Val): void => {
    for (const single of singles(unwrapped(m, value, place))) {
      if (single.kind !== 'object' || seen.has(single) || seen.size > maxModules) continue;
      seen.add(single);
      // `X.forRoot()` gives `{ module: X, imports, providers }`.
      const dynamic = single.closure === null && single.slots.has('module') ? single : null;
      const made = dynamic === null ? single : m.get(dynamic, 'module', place);
      const parts = [made.kind === 'object' ? moduleMetadata(world, made) : null, dynamic];
      for (const part of parts) {
        if (part === null) continue;
        for (const imported of listed(world, part, 'imports', place)) visit(imported);
        for (const provider of listed(world, part, 'providers', place)) {
          if (provider.kind !== 'object' || !provider.slots.has('provide')) continue;
          provide(world, m.get(provider, 'provide', place), provider, place);
        }
      }
      if (made.kind === 'object' && made.closure?.kind === 'class') found.push(made);
    }
  };
  visit(root);
  return found;
}

/** Calls `configure(consumer)` of each module, whose middleware comes before the controllers and after what start-up registered. */
export function configureModules(
  world: World,
  record: RouterRecord,
  modules: readonly Obj[],
  place: Place,
): void {
  const { m } = world;
  for (const made of modules) {
    const proto = m.get(made, 'prototype', place);
    if (proto.kind !== 'object' || m.get(proto, 'configure', place).kind !== 'object') continue;
    const instance = injectorOf(m).get(made, place);
    const configure = m.get(instance, 'configure', place);
    if (configure.kind === 'object') m.call(configure, instance, [consumer(world, record)], place);
  }
}

function consumer(world: World, record: RouterRecord): Obj {
  const { m } = world;
  const made = m.object(null);
  const apply: Native = (call) => {
    const handlers = call.args
      .flatMap((arg) =>
        arg.kind === 'object' && arg.elements !== null ? arg.elements.map((slot) => slot.value) : [arg],
      )
      .map((handler) => asHandler(world, handler, call.place));
    const proxy = m.object(call.place);
    proxy.slots.set('exclude', { value: m.native(() => proxy), place: null });
    proxy.slots.set('forRoutes', {
      value: m.native((inner) => {
        const paths = inner.args.flatMap((arg) =>
          arg.kind === 'object' && arg.elements !== null ? arg.elements.map((slot) => slot.value) : [arg],
        );
        const routes = paths.map((path) => pathOf(world, path, inner.place));
        const whole = routes.find((route) => route.kind === 'known' && route.value === '/');
        m.emit({
          type: 'layer',
          on: record,
          method: null,
          path: whole ?? oneOf(routes, { kind: 'computed', text: 'there are several paths' }),
          handlers,
          place: call.place,
          conditions: m.state.conditions,
        });
        return made;
      }),
      place: null,
    });
    return proxy;
  };
  made.slots.set('apply', { value: m.native(apply), place: null });
  return made;
}

/** A class with a method `use` counts as that method, on the instance that Nest makes of it. */
function asHandler(world: World, handler: Val, place: Place): Val {
  const { m } = world;
  if (handler.kind !== 'object' || handler.closure?.kind !== 'class') return handler;
  const instance = injectorOf(m).get(handler, place);
  const use = m.get(instance, 'use', place);
  if (use.kind !== 'object') return handler;
  return m.call(m.get(use, 'bind', place), use, [instance], place);
}

/** `*`, `(.*)`, `/*path`, `{*splat}` and their like are every path (Nest 5 to 11). */
const everyPath = /^\/?(?:\*\w*|\(\.\*\)|\{\/?\*\w*\}|\/?\{\*\w*\})?\/?$/;

function pathOf(world: World, route: Val, place: Place): Val {
  if (route.kind === 'known' && typeof route.value === 'string')
    return everyPath.test(route.value) ? known('/', place) : route;
  if (route.kind === 'object' && route.closure === null && route.slots.has('path'))
    return pathOf(world, world.m.get(route, 'path', place), place);
  // A controller's own paths: some routes, not all.
  return route.kind === 'object' ? known('/(a controller)', place) : route;
}
