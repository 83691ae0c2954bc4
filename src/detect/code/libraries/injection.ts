/** Containers for dependency injection: turns what they are told to provide into instances (tsyringe 4, typedi 0.10, inversify 5 to 7, inversify-express-utils 6). */
import { injectorOf, type Provision, unwrapped } from '../injection.ts';
import { known, type Native, type Obj, type Place, undefinedValue, type Val } from '../values.ts';
import { makeRouter, recordOf } from './express.ts';
import { type ExternalCall, instance, type Library, type World } from './library.ts';

/** `{ useClass }`, `{ useValue }`, `{ useFactory }`, `{ useToken | useExisting }` as tsyringe, Nest and typedi's `{ value | factory | type }` name them. */
const provisions: readonly (readonly [string, Provision])[] = [
  ['useClass', 'class'],
  ['type', 'class'],
  ['useValue', 'value'],
  ['value', 'value'],
  ['useFactory', 'factory'],
  ['factory', 'factory'],
  ['useToken', 'existing'],
  ['useExisting', 'existing'],
];

/** Tells the container what a provider object, or a class itself, provides. */
export function provide(world: World, token: Val, provider: Val, place: Place): void {
  const { m } = world;
  if (provider.kind !== 'object') return;
  const injector = injectorOf(m);
  if (provider.closure?.kind === 'class') {
    injector.provide(token, 'class', provider, place);
    return;
  }
  for (const [key, how] of provisions) {
    if (!provider.slots.has(key)) continue;
    const content = m.get(provider, key, place);
    if (how === 'factory') {
      // What a factory asks for stands in `inject`, in the order of its parameters (Nest).
      const wanted = provider.slots.has('inject') ? m.get(provider, 'inject', place) : undefinedValue;
      const tokens = wanted.kind === 'object' ? (wanted.elements ?? []).map((slot) => slot.value) : [];
      const made: Native = (call) =>
        m.call(
          content,
          undefinedValue,
          tokens.map((one) => injector.get(unwrapped(m, one, place), call.place)),
          call.place,
        );
      injector.provide(token, how, m.native(made), place);
    } else injector.provide(token, how, content, place);
    return;
  }
}

function ask(world: World, call: ExternalCall): Val | null {
  const token = call.args[0];
  if (token === undefined) return null;
  return injectorOf(world.m).get(unwrapped(world.m, token, call.place), call.place);
}

function register(world: World, call: ExternalCall): Val | null {
  const [token, provider] = call.args;
  if (token !== undefined) provide(world, token, provider ?? token, call.place);
  return call.external.from;
}

function registerValue(world: World, call: ExternalCall): Val | null {
  const [token, value] = call.args;
  if (token !== undefined && value !== undefined)
    injectorOf(world.m).provide(token, 'value', value, call.place);
  return call.external.from;
}

export const tsyringe: Library = {
  names: ['tsyringe'],
  calls: {
    'container.resolve': ask,
    'container.register': register,
    'container.registerSingleton': register,
    'container.registerType': register,
    'container.registerInstance': registerValue,
  },
};

export const typedi: Library = {
  names: ['typedi'],
  calls: {
    'Container.get': ask,
    'default.get': ask,
    'Container.set': (world, call) =>
      // `Container.set({ id, value })`, and `Container.set(id, value)`.
      call.args.length === 1 && call.args[0]!.kind === 'object'
        ? register(world, { ...call, args: [world.m.get(call.args[0]!, 'id', call.place), call.args[0]!] })
        : registerValue(world, call),
  },
};

/** inversify: `new Container()`, `bind(token).to(Class)`, `get(token)`. */
export const inversify: Library = {
  names: ['inversify'],
  calls: {
    Container: (world, call) => makeContainer(world, call.place),
  },
};

function makeContainer(world: World, place: Place): Obj {
  const { m } = world;
  const injector = injectorOf(m);
  const container = m.object(place);
  const set = (target: Obj, name: string, fn: Native): void =>
    void target.slots.set(name, { value: m.native(fn), place: null, hidden: true });
  const bind: Native = ({ args: [token = undefinedValue], place: at }) => {
    const chain = m.object(at);
    const as =
      (how: Provision): Native =>
      (call) => {
        injector.provide(token, how, call.args[0] ?? undefinedValue, call.place);
        return chain;
      };
    set(chain, 'to', as('class'));
    set(chain, 'toConstantValue', as('value'));
    set(chain, 'toDynamicValue', as('factory'));
    set(chain, 'toService', as('existing'));
    set(chain, 'toSelf', (call) => {
      injector.provide(token, 'class', token, call.place);
      return chain;
    });
    for (const name of [
      'inSingletonScope',
      'inTransientScope',
      'inRequestScope',
      'whenTargetNamed',
      'whenTargetTagged',
      'when',
      'onActivation',
    ])
      set(chain, name, () => chain);
    return chain;
  };
  set(container, 'bind', bind);
  set(container, 'rebind', bind);
  for (const name of ['get', 'getAsync', 'resolve'])
    set(container, name, (call) => injector.get(call.args[0] ?? undefinedValue, call.place));
  for (const name of ['load', 'loadAsync'])
    set(container, name, (call) => {
      for (const module of call.args)
        if (module.kind === 'object' && module.external?.path.endsWith('ContainerModule') === true)
          m.call(module.external.args?.[0] ?? undefinedValue, undefinedValue, [m.native(bind)], call.place);
      return undefinedValue;
    });
  return container;
}

/** `new InversifyExpressServer(container, router, config, app)`: build() sets up an Express application (inversify-express-utils, src/server.ts). */
export const inversifyExpress: Library = {
  names: ['inversify-express-utils'],
  calls: {
    InversifyExpressServer: (world, call) => {
      const { m } = world;
      const server = m.object(call.place);
      const configs: { first: Val | null; last: Val | null } = { first: null, last: null };
      const set = (name: string, fn: Native): void =>
        void server.slots.set(name, { value: m.native(fn), place: null, hidden: true });
      set('setConfig', (inner) => {
        configs.first = inner.args[0] ?? null;
        return server;
      });
      set('setErrorConfig', (inner) => {
        configs.last = inner.args[0] ?? null;
        return server;
      });
      set('build', (inner) => {
        const given = call.args[3];
        const app =
          given?.kind === 'object' && recordOf(given) !== null
            ? given
            : makeRouter(world, 'app', 'express', inner.place);
        if (configs.first !== null) m.call(configs.first, undefinedValue, [app], inner.place);
        m.emit({
          type: 'layer',
          on: recordOf(app)!,
          method: 'ALL',
          path: known('/', inner.place),
          handlers: [instance(world, 'inversify-express-utils', 'controllers', [], inner.place)],
          place: inner.place,
          conditions: m.state.conditions,
        });
        if (configs.last !== null) m.call(configs.last, undefinedValue, [app], inner.place);
        return app;
      });
      return server;
    },
  },
};
