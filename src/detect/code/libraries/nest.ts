/** NestJS on Express: turns what NestFactory.create gives into the Express application that it forwards to (@nestjs/core, nest-factory.ts). */
import { injectorOf } from '../injection.ts';
import { known, type Native, type NativeCall, type Place, undefinedValue, type Val } from '../values.ts';
import { makeRouter, prototypeOf, RouterData, recordOf } from './express.ts';
import { instance, type Library } from './library.ts';
import { fromConfigService } from './nest-config.ts';
import { collectModules, configureModules } from './nest-modules.ts';

/** NestJS on Express: the application that NestFactory.create gives forwards to an Express application. */
export const nest: Library = {
  names: ['@nestjs/core'],
  calls: {
    'provider().get': fromConfigService,
    'provider().getOrThrow': fromConfigService,
    'NestFactory.create': (world, call) => {
      const adapter = call.args[1];
      if (adapter?.kind === 'object' && adapter.external?.package === '@nestjs/platform-fastify') return null;
      const { m } = world;
      // `new ExpressAdapter(server)`: what is registered on either lands on the Express application that is given.
      const given =
        adapter?.kind === 'object' && adapter.external?.package === '@nestjs/platform-express'
          ? recordOf(adapter.external.args?.[0] ?? undefinedValue)
          : null;
      const app =
        given === null ? makeRouter(world, 'app', 'nest', call.place) : m.native(() => undefinedValue);
      if (given !== null) {
        app.data = new RouterData(given);
        app.proto = prototypeOf(world, 'app');
      }
      const record = recordOf(app)!;
      // Nest serves by HTTPS where it is given options for it (@nestjs/platform-express 11, adapters/express-adapter.js, initHttpServer).
      for (const options of call.args.slice(1)) {
        const https = options.kind === 'object' ? options.slots.get('httpsOptions')?.value : undefined;
        if (https?.kind === 'object' || https?.kind === 'oneOf')
          m.emit({
            type: 'server',
            kind: 'https',
            object: app,
            handler: app,
            options: https,
            place: call.place,
            conditions: m.state.conditions,
          });
      }
      const modules = collectModules(world, call.args[0] ?? undefinedValue, call.place);
      let isInitialised = false;
      const initialise = (place: Place): void => {
        if (isInitialised) return;
        isInitialised = true;
        configureModules(world, record, modules, place);
      };
      // Whoever takes the server of Nest's application serves it; one that neither listens nor is taken is a script's.
      const serve = (inner: NativeCall, args: readonly Val[] | null): Val => {
        initialise(inner.place);
        m.emit({
          type: 'listen',
          on: record,
          args,
          place: inner.place,
          conditions: m.state.conditions,
        });
        return instance(world, 'http', 'Server', [], inner.place);
      };
      const server: Native = (inner) => serve(inner, null);
      const adapterObject = m.object(call.place);
      adapterObject.slots.set('getInstance', {
        value: m.native((inner) => {
          m.emit({
            type: 'listen',
            on: record,
            args: null,
            place: inner.place,
            conditions: m.state.conditions,
          });
          return record.object;
        }),
        place: null,
      });
      adapterObject.slots.set('getHttpServer', { value: m.native(server), place: null });
      app.slots.set('getHttpAdapter', { value: m.native(() => adapterObject), place: null });
      app.slots.set('getHttpServer', { value: m.native(server), place: null });
      for (const name of ['listen', 'listenAsync'])
        app.slots.set(name, {
          value: m.native((inner) => {
            const result = serve(inner, inner.args);
            for (const arg of inner.args)
              if (arg.kind === 'object' && arg.closure !== null)
                m.queue.push(() => void m.call(arg, undefinedValue, [], inner.place));
            return result;
          }),
          place: null,
        });
      for (const name of ['get', 'resolve'])
        app.slots.set(name, {
          value: m.native((inner) => injectorOf(m).get(inner.args[0] ?? undefinedValue, inner.place)),
          place: null,
        });
      for (const name of [
        'setGlobalPrefix',
        'useGlobalPipes',
        'useGlobalFilters',
        'useGlobalGuards',
        'useGlobalInterceptors',
        'useWebSocketAdapter',
        'enableShutdownHooks',
        'enableVersioning',
        'useLogger',
        'setBaseViewsDir',
        'setViewEngine',
        'useBodyParser',
        'close',
        'startAllMicroservices',
        'connectMicroservice',
        'select',
        'flushLogs',
      ]) {
        app.slots.set(name, { value: m.native(() => app), place: null });
      }
      app.slots.set('init', {
        value: m.native((inner) => {
          initialise(inner.place);
          // It puts the controllers on the application that was given, for whatever serves that one.
          if (given !== null)
            m.emit({
              type: 'layer',
              on: record,
              method: 'ALL',
              path: known('/', inner.place),
              handlers: [instance(world, '@nestjs/core', 'controllers', [], inner.place)],
              place: inner.place,
              conditions: m.state.conditions,
            });
          return app;
        }),
        place: null,
      });
      app.slots.set('enableCors', {
        value: m.native((inner) => {
          m.emit({
            type: 'layer',
            on: record,
            method: null,
            path: known('/', inner.place),
            handlers: [instance(world, 'cors', '', inner.args, inner.place)],
            place: inner.place,
            conditions: m.state.conditions,
          });
          return app;
        }),
        place: null,
      });
      // @nestjs/platform-express 11.2.10, adapters/express-adapter.js: `this.use([options.prefix,] express.static(path, options))`, at once.
      app.slots.set('useStaticAssets', {
        value: m.native((inner) => {
          const prefix = m.get(inner.args[1] ?? m.object(inner.place), 'prefix', inner.place);
          m.emit({
            type: 'layer',
            on: record,
            method: null,
            path: prefix.kind === 'known' && !prefix.value ? known('/', inner.place) : prefix,
            handlers: [instance(world, 'express', 'static', inner.args, inner.place)],
            place: inner.place,
            conditions: m.state.conditions,
          });
          return app;
        }),
        place: null,
      });
      app.slots.set('getUrl', { value: m.native((inner) => known('', inner.place)), place: null });
      return app;
    },
  },
};
