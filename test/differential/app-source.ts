/** Turns the plan of a program into its files, its entry, and the paths at which it answers. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { CookiePlan, ProgramPlan, Step } from './app-plan.ts';
import { writeCondition } from './condition.ts';
import { write } from './expression.ts';
import { writeObject } from './object-shape.ts';
import { register, type Target, writePowered, writeTrust } from './registration.ts';
import { writeSession, writeSessionOf } from './session-plan.ts';
import { type Scope, SourceProgram } from './source-unit.ts';

const read = createRequire(import.meta.url);
// Helmet's `exports` keep its manifest to itself.
const helmetVersion: string = JSON.parse(
  readFileSync(new URL('../../node_modules/helmet/package.json', import.meta.url), 'utf8'),
).version;

/** The packages that programs use, in the versions that are installed here. */
export function installedVersions(express: 4 | 5): Record<string, string> {
  const version = (name: string): string => read(`${name}/package.json`).version;
  return {
    express: version(express === 4 ? 'express4' : 'express'),
    'express-session': version('express-session'),
    'cookie-session': version('cookie-session'),
    helmet: helmetVersion,
    lodash: version('lodash'),
    ms: version('ms'),
    deepmerge: version('deepmerge'),
  };
}

export interface Program {
  readonly express: 4 | 5;
  readonly files: ReadonlyMap<string, string>;
  readonly entry: string;
  /** Paths of the routes, and below each prefix one that no route answers. */
  readonly paths: readonly string[];
  /** Variables of the environment on which something hangs, beside NODE_ENV. */
  readonly outside: readonly string[];
}

const helmetHeaders = [
  'X-Content-Type-Options',
  'X-Frame-Options',
  'Referrer-Policy',
  'Strict-Transport-Security',
] as const;

const headerValues: Record<(typeof helmetHeaders)[number], string> = {
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'no-referrer',
  'Strict-Transport-Security': 'max-age=31536000',
};

class Writer {
  readonly source: SourceProgram;
  readonly paths = new Set<string>();

  constructor(source: SourceProgram) {
    this.source = source;
  }

  private any(): string {
    return this.source.isTyped ? ': any' : '';
  }

  private handler(body: string): string {
    return `(req${this.any()}, res${this.any()}, next${this.any()}) => { ${body} }`;
  }

  steps(steps: readonly Step[], target: Target, prefix: string, scope: Scope): void {
    const outer = scope.app;
    scope.app = target.isApp ? target.name : null;
    for (const step of steps) this.step(step, target, prefix, scope);
    scope.app = outer;
  }

  private step(step: Step, target: Target, prefix: string, scope: Scope): void {
    const { name } = target;
    switch (step.kind) {
      case 'helmet':
        register(
          target,
          step.use,
          (at) => {
            const helmet = at.unit.imported('helmet', 'helmet');
            const options = step.options.map((option) => `${option.name}: ${write(option.value, at)}`);
            return `${helmet}(${options.length === 0 ? '' : `{ ${options.join(', ')} }`})`;
          },
          scope,
        );
        break;
      case 'helmet-parts':
        for (const part of step.parts)
          register(target, step.use, (at) => `${at.unit.imported('helmet', 'helmet')}.${part}()`, scope);
        break;
      case 'session':
        register(target, step.use, (at) => writeSession(step.session, at), scope);
        break;
      case 'late-session':
        this.lateSession(step, target, scope);
        break;
      case 'powered':
        writePowered(name, step.value, step.form, scope);
        break;
      case 'trust':
        writeTrust(name, step.form, scope);
        break;
      case 'remover': {
        const bodies = [
          `res.removeHeader('X-Powered-By'); next();`,
          `res.setHeader('X-Powered-By', 'a shop'); next();`,
          `res.set({ 'X-Powered-By': 'a shop' }); next();`,
          `if (process.env.NODE_ENV === 'production') res.removeHeader('x-powered-by'); next();`,
          `res.header('X-Powered-By', 'none'); next();`,
          `if (req.secure) res.removeHeader('X-Powered-By'); next();`,
        ];
        register(target, step.use, () => this.handler(bodies[step.form % bodies.length]!), scope);
        break;
      }
      case 'headers': {
        const sets = helmetHeaders
          .slice(0, step.count)
          .map((header) => `res.setHeader('${header}', '${headerValues[header]}');`);
        register(target, step.use, () => this.handler(`${sets.join(' ')} next();`), scope);
        break;
      }
      case 'parser':
        register(target, step.use, (at) => `${at.unit.imported('express', 'express')}.json()`, scope);
        break;
      case 'route':
        this.route(step, target, prefix, scope);
        break;
      case 'when': {
        const test = writeCondition(step.condition, scope);
        const body = scope.body((inner) => this.steps(step.steps, target, prefix, inner));
        scope.add(`if (${test}) ${body}`);
        break;
      }
      case 'elsewhere':
        this.elsewhere(step, target, prefix, scope);
        break;
      case 'router':
      case 'sub-app':
        this.mount(step, target, prefix, scope);
        break;
    }
  }

  private lateSession(
    { session, change, condition, isAfter, trusts }: Extract<Step, { kind: 'late-session' }>,
    { name, isApp }: Target,
    scope: Scope,
  ): void {
    const { name: options, text } = writeSessionOf(session, scope);
    if (isAfter) scope.add(`${name}.use(${text});`);
    const test = writeCondition(condition, scope);
    const body = scope.body((inner) => {
      if (trusts && isApp) writeTrust(name, 0, inner);
      const place = change.inCookie ? `${options}.cookie` : options;
      if (change.inCookie) inner.add(`${place} = ${place} || {};`);
      // cookie-session fills in `httpOnly: true` itself: nobody could tell that from a later one.
      const isFilled =
        session.middleware === 'cookie-session' && change.key === 'httpOnly' && !change.inCookie;
      inner.add(`${place}.${change.key} = ${isFilled ? 'false' : write(change.value, inner)};`);
    });
    scope.add(`if (${test}) ${body}`);
    if (!isAfter) scope.add(`${name}.use(${text});`);
  }

  private route(
    step: Extract<Step, { kind: 'route' }>,
    { name }: Target,
    prefix: string,
    scope: Scope,
  ): void {
    // Each at its own path, so that none stands in another's way.
    const path = this.source.fresh(step.path);
    const seen = 'if (req.session) req.session.seen = true;';
    const answer =
      step.cookie === null
        ? this.handler(`${seen} res.send('an answer');`)
        : this.cookieHandler(step.cookie, seen, scope);
    const forms = [
      `${name}.get('${path}', ${answer});`,
      `${name}.all('${path}', ${answer});`,
      `${name}.route('${path}').get(${answer});`,
      `['get', 'head'].forEach((method) => ${name}[method${this.source.isTyped ? ' as any' : ''}]('${path}', ${answer}));`,
    ];
    scope.add(forms[step.form % forms.length]!);
    this.paths.add(join(prefix, path));
  }

  /** A handler that sets a cookie. */
  private cookieHandler({ options, form }: CookiePlan, seen: string, scope: Scope): string {
    const none = (): string => '';
    // Each of its own name, to tell them apart.
    const cookie = this.source.fresh('auth_token');
    if (form >= 2) {
      const text = writeObject(options, scope, none);
      const name = scope.constant('cookieOptions', text, 'any');
      return this.handler(`${seen} res.cookie('${cookie}', 'abc', ${name}); res.send('an answer');`);
    }
    const body = scope.body((inner) => {
      inner.app = null;
      const text = writeObject(options, inner, none);
      inner.add(seen, `res.cookie('${cookie}', 'abc', ${text}).send('an answer');`);
    });
    return `(req${this.any()}, res${this.any()}, next${this.any()}) => ${body}`;
  }

  private elsewhere(
    step: Extract<Step, { kind: 'elsewhere' }>,
    target: Target,
    prefix: string,
    scope: Scope,
  ): void {
    const unit = this.source.unit(this.source.fresh('setup/part'));
    const inner: Target = { ...target, name: 'app' };
    const body = unit.top.body((own) => this.steps(step.steps, inner, prefix, own));
    const specifier = scope.unit.specifierOf(unit.path);
    if (step.form % 2 === 0) {
      unit.exportDefault(`function (app${this.any()}) ${body}`);
      scope.add(`${scope.unit.imported(specifier, 'part')}(${target.name});`);
    } else {
      const name = unit.top.fresh('configure');
      unit.top.add(`const ${name} = (app${this.any()}) => ${body};`);
      unit.exportNamed(name);
      scope.add(`${scope.unit.imported(specifier, name, 'named')}(${target.name});`);
    }
  }

  private mount(
    step: Extract<Step, { kind: 'router' | 'sub-app' }>,
    target: Target,
    prefix: string,
    scope: Scope,
  ): void {
    // Each at its own prefix, but for those at the root.
    const at = step.prefix === '/' ? '/' : this.source.fresh(step.prefix);
    const below = join(prefix, at);
    const isApp = step.kind === 'sub-app';
    const make = (scope: Scope): string => {
      const express = scope.unit.imported('express', 'express');
      const router = (): string =>
        step.form === 2 ? `${scope.unit.imported('express', 'Router', 'named')}()` : `${express}.Router()`;
      const name = scope.constant(isApp ? 'admin' : 'router', isApp ? `${express}()` : router());
      this.steps(step.steps, { name, isApp }, below, scope);
      return name;
    };
    const use = (made: string): void => {
      const [bare, below] = [`${target.name}.use(${made});`, `${target.name}.use('${at}', ${made});`];
      if (step.form === 7)
        scope.add(
          `${target.name}.use(${at === '/' ? `'/'` : `['/never', '${at}']`}, ${this.handler('next();')}, [${made}]);`,
        );
      else scope.add(at === '/' ? bare : below);
    };
    if (step.form === 5) {
      const unit = this.source.unit(this.source.fresh('routes/part'));
      unit.exportDefault(make(unit.top));
      use(scope.unit.imported(scope.unit.specifierOf(unit.path), 'part'));
    } else if (step.form === 4) {
      const name = scope.fresh('makePart');
      const body = scope.body((inner) => inner.add(`return ${make(inner)};`));
      scope.add(`function ${name}() ${body}`);
      use(`${name}()`);
    } else if (step.form === 3) {
      // Mounted before it is filled.
      const express = scope.unit.imported('express', 'express');
      const name = scope.constant(isApp ? 'admin' : 'router', isApp ? `${express}()` : `${express}.Router()`);
      use(name);
      this.steps(step.steps, { name, isApp }, below, scope);
    } else if (step.form === 6 && isApp) {
      // Filled when it is mounted.
      const name = scope.constant('admin', `${scope.unit.imported('express', 'express')}()`);
      const body = scope.body((inner) => this.steps(step.steps, { name, isApp }, below, inner));
      scope.add(`${name}.on('mount', (parent${this.any()}) => ${body});`);
      use(name);
    } else use(make(scope));
    this.paths.add(join(below, '/none'));
  }

  /** The module that makes the app; gives its path and how the app is had from it. */
  app(plan: ProgramPlan): { path: string; get: (scope: Scope) => string; isWhole: boolean } {
    const unit = this.source.unit('app');
    const { top } = unit;
    const express = unit.imported('express', 'express');
    const fill = (name: string, scope: Scope): void => {
      this.steps(plan.steps, { name, isApp: true }, '/', scope);
    };
    this.paths.add('/none');
    const from = (scope: Scope): string => scope.unit.imported(scope.unit.specifierOf(unit.path), 'app');
    switch (plan.architecture) {
      case 8: {
        // One instance for all modules.
        const body = top.body((inner) =>
          this.steps(plan.steps, { name: 'this.app', isApp: true }, '/', inner),
        );
        top.add(
          'class Application {',
          `  static instance${this.any()} = null;`,
          `  app${this.any()} = ${express}();`,
          '  static get() { return (Application.instance ??= new Application().configure()); }',
          `  configure() ${body.replace(/\}$/, '  return this;\n}')}`,
          '}',
        );
        unit.exportDefault('Application');
        return { path: unit.path, get: (scope) => `${from(scope)}.get().app`, isWhole: false };
      }
      case 9: {
        // A class of the program's own above it calls what the class itself has.
        const body = top.body((inner) =>
          this.steps(plan.steps, { name: 'this.app', isApp: true }, '/', inner),
        );
        const base = this.source.unit(this.source.fresh('core/server'));
        base.top.add(
          'class Server {',
          `  app${this.any()};`,
          `  constructor() { this.app = ${base.imported('express', 'express')}(); this.configure(); }`,
          '  configure() {}',
          '  get handler() { return this.app; }',
          '}',
        );
        base.exportDefault('Server');
        const parent = unit.imported(unit.specifierOf(base.path), 'Server');
        top.add(`class Shop extends ${parent} {`, `  configure() ${body}`, '}');
        unit.exportDefault('Shop');
        return { path: unit.path, get: (scope) => `new (${from(scope)})().handler`, isWhole: false };
      }
      case 10: {
        // Filled by steps that are given the app, in a list.
        const half = plan.steps.length >> 1;
        const name = top.constant('app', `${express}()`);
        const parts = [plan.steps.slice(0, half), plan.steps.slice(half)].map((steps) => {
          const part = this.source.unit(this.source.fresh('loaders/part'));
          const body = part.top.body((inner) => this.steps(steps, { name: 'app', isApp: true }, '/', inner));
          part.exportDefault(`({ app }${this.any()}) => ${body}`);
          return unit.imported(unit.specifierOf(part.path), 'part');
        });
        top.add(`for (const load of [${parts.join(', ')}]) load({ app: ${name} });`);
        unit.exportDefault(name);
        return { path: unit.path, get: from, isWhole: true };
      }
      case 11: {
        // Made by a function that is given what it needs.
        const body = top.body((inner) => {
          inner.add('const app = make();');
          fill('app', inner);
          inner.add('return app;');
        });
        top.add(`const createApp = ({ make = ${express} }${this.any()} = {}) => ${body};`);
        unit.exportDefault('createApp');
        return { path: unit.path, get: (scope) => `${from(scope)}({})`, isWhole: false };
      }
      case 12: {
        const body = top.body((inner) => {
          inner.add(`const app = ${express}();`);
          fill('app', inner);
          inner.add('return app;');
        });
        unit.exportDefault(`(function () ${body})()`);
        return { path: unit.path, get: from, isWhole: true };
      }
      case 13: {
        // Fields that are functions.
        const body = top.body((inner) =>
          this.steps(plan.steps, { name: 'this.app', isApp: true }, '/', inner),
        );
        top.add(
          'class Application {',
          `  app${this.any()} = ${express}();`,
          `  setup = () => ${body};`,
          '  constructor() { this.setup(); }',
          '}',
        );
        unit.exportDefault('new Application()');
        return { path: unit.path, get: (scope) => `${from(scope)}.app`, isWhole: false };
      }
      case 14: {
        // After something else has come.
        const body = top.body((inner) => {
          inner.add(`const app = ${express}();`);
          fill('app', inner);
          inner.add('return app;');
        });
        top.add(`const makeApp = () => Promise.resolve({ url: 'db' }).then((db) => ${body});`);
        unit.exportDefault('makeApp');
        return { path: unit.path, get: (scope) => `await ${from(scope)}()`, isWhole: false };
      }
      case 7: {
        // All of it in a function that waits.
        const body = top.body((inner) => {
          const name = inner.constant('app', `${express}()`);
          inner.add('await new Promise((resolve) => setTimeout(resolve, 1));');
          fill(name, inner);
          inner.add(`return ${name};`);
        }, true);
        top.add(`async function makeApp() ${body}`);
        unit.exportDefault('makeApp');
        return { path: unit.path, get: (scope) => `await ${from(scope)}()`, isWhole: false };
      }
      case 6: {
        const body = top.body((inner) => {
          const name = inner.constant('app', `${express}()`);
          fill(name, inner);
          inner.add(`return ${name};`);
        });
        top.add(`function createApp() ${body}`);
        unit.exportDefault('createApp');
        return { path: unit.path, get: (scope) => `${from(scope)}()`, isWhole: false };
      }
      case 5: {
        const half = plan.steps.length >> 1;
        const write = (steps: readonly Step[]): string =>
          top.body((inner) => this.steps(steps, { name: 'this.app', isApp: true }, '/', inner));
        top.add(
          'class Application {',
          `  app${this.any()};`,
          '  constructor() {',
          `    this.app = ${express}();`,
          '    this.configure();',
          '    this.finish();',
          '  }',
          `  configure() ${write(plan.steps.slice(0, half))}`,
          `  finish() ${write(plan.steps.slice(half))}`,
          '}',
        );
        unit.exportDefault('Application');
        return { path: unit.path, get: (scope) => `new (${from(scope)})().app`, isWhole: false };
      }
      case 4: {
        // The app is made in one module and filled in another.
        const made = this.source.unit('express-app');
        const inner = made.imported('express', 'express');
        made.exportDefault(`${inner}()`);
        const name = unit.imported(unit.specifierOf(made.path), 'app');
        fill(name, top);
        unit.exportDefault(name);
        return { path: unit.path, get: from, isWhole: true };
      }
      default: {
        const name = top.constant('app', `${express}()`);
        fill(name, top);
        unit.exportDefault(name);
        return { path: unit.path, get: from, isWhole: true };
      }
    }
  }

  /** The program's entry. */
  start(plan: ProgramPlan): string {
    const { path, get, isWhole } = this.app(plan);
    const isFlat = plan.architecture < 4;
    if (plan.start === 3 && isWhole) return path;
    if (plan.start < 4 && isFlat) {
      const unit = this.source.units.find((each) => each.path === path)!;
      const name = /const (app\d+)/.exec(unit.text())![1]!;
      if (plan.start === 1 && !this.source.isModule)
        unit.top.add(`if (require.main === module) ${name}.listen(3000);`);
      else if (plan.start === 2)
        unit.top.add(`${name}.listen(process.env.PORT || 3000, () => console.log('listening'));`);
      else if (plan.imports === 5 && !this.source.isModule)
        unit.top.add(`if (!module.parent) ${name}.listen(3000);`);
      else unit.top.add(`${name}.listen(3000);`);
      return path;
    }
    const unit = this.source.unit(plan.start % 2 === 0 ? 'server' : 'bin/www');
    const { top } = unit;
    // CommonJS has no await outside of functions.
    const waits = plan.architecture === 7 || plan.architecture === 14;
    const at = (write: (scope: Scope) => void): void => {
      if (!waits || this.source.isModule) write(top);
      else top.add(`(async () => ${top.body(write, true)})();`);
    };
    switch (plan.start) {
      case 4:
        at((scope) => {
          const http = unit.imported('http', 'http');
          scope.add(`${http}.createServer(${get(scope)}).listen(process.env.PORT ?? 8080);`);
        });
        break;
      case 5:
        at((scope) => {
          const https = unit.imported('node:https', 'https');
          scope.add(`${https}.createServer({}, ${get(scope)}).listen(443);`);
        });
        break;
      case 6: {
        const body = top.body((inner) => {
          inner.add(`const app = ${get(inner)};`);
          inner.add(`await new Promise((resolve${this.any()}) => { app.listen(3000, resolve); });`);
        }, true);
        top.add(`async function main() ${body}`, `main().catch((error) => { console.error(error); });`);
        break;
      }
      case 7:
        at((scope) => scope.add(`Promise.resolve(${get(scope)}).then((app) => app.listen(3000));`));
        break;
      case 8:
        at((scope) => {
          const http = unit.imported('node:http', 'http');
          scope.add(`const app = ${get(scope)};`, `new ${http}.Server(app).listen(3000);`);
        });
        break;
      case 9:
        at((scope) => {
          const http = unit.imported('http', 'http');
          scope.add(`const app = ${get(scope)};`, `const server = ${http}.createServer();`);
          scope.add(`server.on('request', app);`, `server.listen(3000);`);
        });
        break;
      case 10:
        at((scope) => scope.add(`const app = ${get(scope)};`, `setImmediate(() => { app.listen(3000); });`));
        break;
      case 12:
        at((scope) => {
          const http = unit.imported('node:http', 'http');
          const name = scope.fresh('WebServer');
          scope.add(
            `class ${name} {`,
            `  server${this.any()};`,
            `  constructor(app${this.any()}) { this.server = ${http}.createServer(app); }`,
            '  start() { this.server.listen({ port: 3000 }, () => {}); }',
            '}',
            `new ${name}(${get(scope)}).start();`,
          );
        });
        break;
      case 13: {
        const body = top.body((inner) => {
          const tried = inner.body((own) => {
            own.add(`const app = ${waits ? `(${get(own)})` : get(own)};`, `app.listen(3000, '0.0.0.0');`);
          }, true);
          inner.add(`try ${tried} catch (error) { console.error(error); process.exit(1); }`);
        }, true);
        top.add(`const start = async () => ${body};`, 'void start();');
        break;
      }
      case 14:
        at((scope) => {
          const events = unit.imported('events', 'EventEmitter');
          scope.add(
            `const app = ${get(scope)};`,
            `const bus = new ${events}();`,
            `bus.once('ready', (port${this.any()}) => app.listen(port));`,
            `bus.emit('ready', 3000);`,
          );
        });
        break;
      case 15:
        at((scope) =>
          scope.add(
            `const app = ${get(scope)};`,
            `const connect = (done${this.any()}) => setTimeout(() => done(null), 1);`,
            `connect((error${this.any()}) => { if (error) throw error; app.listen(3000); });`,
          ),
        );
        break;
      case 11:
        at((scope) => {
          const http = unit.imported('http', 'http');
          scope.add(`const app = ${get(scope)};`);
          scope.add(
            `${http}.createServer((req${this.any()}, res${this.any()}) => app(req, res)).listen(3000);`,
          );
        });
        break;
      default:
        at((scope) => scope.add(`const app = ${get(scope)};`, `app.listen(3000);`));
    }
    return unit.path;
  }
}

function join(prefix: string, path: string): string {
  const joined = `${prefix === '/' ? '' : prefix}${path}`;
  return joined.length > 1 && joined.endsWith('/') ? joined.slice(0, -1) : joined;
}

/** Writes the program of a plan. */
export function writeProgram(plan: ProgramPlan): Program {
  const source = new SourceProgram(plan.language, plan.imports);
  const writer = new Writer(source);
  const entry = writer.start(plan);
  const manifest = {
    name: 'shop',
    version: '1.0.0',
    private: true,
    type: source.isModule ? 'module' : 'commonjs',
    main: entry,
    scripts: { start: `node ${entry}` },
    dependencies: installedVersions(plan.express),
  };
  return {
    express: plan.express,
    files: new Map([['package.json', `${JSON.stringify(manifest, null, 2)}\n`], ...source.files()]),
    entry,
    paths: [...writer.paths],
    outside: [...source.outside],
  };
}
