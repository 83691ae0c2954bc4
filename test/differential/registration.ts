/** The many ways to register a middleware on an app or router, and to write its settings. */
import { type Expression, write } from './expression.ts';
import type { Scope } from './source-unit.ts';

/** Where a middleware is registered. */
export interface Target {
  /** The expression for the app or router. */
  readonly name: string;
  readonly isApp: boolean;
}

export type Make = (scope: Scope) => string;

const any = (scope: Scope): string => scope.unit.typed('any');

/** A middleware that does nothing. */
const pass = (scope: Scope): string => `(req${any(scope)}, res${any(scope)}, next${any(scope)}) => next()`;

type Form = (target: Target, make: Make, scope: Scope) => void;

const forms: readonly Form[] = [
  ({ name }, make, scope) => scope.add(`${name}.use(${make(scope)});`),
  ({ name }, make, scope) => scope.add(`${name}.use(${scope.constant('middleware', make(scope))});`),
  ({ name }, make, scope) => scope.add(`${name}.use([${make(scope)}]);`),
  ({ name }, make, scope) => scope.add(`${name}.use('/', ${make(scope)});`),
  ({ name }, make, scope) => scope.add(`[${make(scope)}].forEach((each) => ${name}.use(each));`),
  ({ name }, make, scope) => scope.add(`for (const each of [${make(scope)}]) ${name}.use(each);`),
  ({ name }, make, scope) => {
    const register = scope.fresh('register');
    scope.add(
      `function ${register}(target${any(scope)}, middleware${any(scope)}) { target.use(middleware); }`,
    );
    scope.add(`${register}(${name}, ${make(scope)});`);
  },
  // The middleware is the export of another module.
  ({ name }, make, scope) => {
    const unit = scope.unit.program.unit(scope.fresh('middleware/shared'));
    unit.exportDefault(make(unit.top));
    scope.add(`${name}.use(${scope.unit.imported(scope.unit.specifierOf(unit.path), 'shared')});`);
  },
  ({ name }, make, scope) => {
    const unit = scope.unit.program.unit(scope.fresh('middleware/factory'));
    const body = unit.top.body((inner) => inner.add(`return ${make(inner)};`));
    const factory = unit.top.fresh('factory');
    unit.top.add(`function ${factory}() ${body}`);
    unit.exportNamed(factory);
    scope.add(`${name}.use(${scope.unit.imported(scope.unit.specifierOf(unit.path), factory, 'named')}());`);
  },
  // The app is given to another module.
  ({ name }, make, scope) => {
    const unit = scope.unit.program.unit(scope.fresh('setup/configure'));
    const body = unit.top.body((inner) => inner.add(`app.use(${make(inner)});`));
    unit.exportDefault(`function (app${any(scope)}) ${body}`);
    scope.add(`${scope.unit.imported(scope.unit.specifierOf(unit.path), 'configure')}(${name});`);
  },
  // An own function around it.
  ({ name }, make, scope) => {
    const inner = scope.constant('inner', make(scope));
    scope.add(
      `${name}.use((req${any(scope)}, res${any(scope)}, next${any(scope)}) => ${inner}(req, res, next));`,
    );
  },
  ({ name }, make, scope) => {
    const inner = scope.constant('inner', make(scope));
    scope.add(
      `${name}.use(function guarded(req${any(scope)}, res${any(scope)}, next${any(scope)}) { return ${inner}(req, res, next); });`,
    );
  },
  ({ name }, make, scope) => {
    const body = scope.body((inner) => inner.add(`${name}.use(${make(inner)});`));
    scope.add(`if (process.env.NODE_ENV === 'production') ${body}`);
  },
  ({ name }, make, scope) =>
    scope.add(
      `${name}.use(process.env.NODE_ENV !== 'development' ? ${make(scope)} : (req${any(scope)}, res${any(scope)}, next${any(scope)}) => next());`,
    ),
  ({ name }, make, scope) =>
    scope.add(
      `${name}.use(${make(scope)}).use((req${any(scope)}, res${any(scope)}, next${any(scope)}) => next());`,
    ),
  ({ name }, make, scope) => scope.add(`${name}.use(...[${make(scope)}]);`),
  ({ name }, make, scope) => scope.add(`${name}.use.call(${name}, ${make(scope)});`),
  ({ name }, make, scope) => {
    const list = scope.constant('pipeline', '[]', 'any[]');
    scope.add(`${list}.push(${make(scope)});`, `${list}.forEach((each) => { ${name}.use(each); });`);
  },
  ({ name }, make, scope) => {
    const body = scope.body((inner) => inner.add(`${name}.use(${make(inner)});`));
    scope.add(`(() => ${body})();`);
  },
  ({ name }, make, scope) => {
    const wrap = scope.fresh('named');
    scope.add(
      `const ${wrap} = (handler${any(scope)}) => { handler.label = 'middleware'; return handler; };`,
      `${name}.use(${wrap}(${make(scope)}));`,
    );
  },
  ({ name }, make, scope) => {
    const body = scope.body((inner) => inner.add(`${name}.use(${make(inner)});`));
    scope.add(`try ${body} catch (error) { console.error(error); }`);
  },
  ({ name }, make, scope) => scope.add(`${name}.use(${pass(scope)}, ${make(scope)});`),
  ({ name }, make, scope) => scope.add(`${name}.use([${pass(scope)}, ${make(scope)}], ${pass(scope)});`),
  ({ name }, make, scope) => scope.add(`${name}.use(['/never', '/'], ${make(scope)});`),
  ({ name }, make, scope) => {
    const middleware = scope.constant('middleware', make(scope));
    scope.add(`process.env.NODE_ENV === 'production' && ${name}.use(${middleware});`);
  },
  ({ name }, make, scope) => {
    const middleware = scope.constant('middleware', make(scope));
    scope.add(
      `process.env.NODE_ENV === 'development' ? ${name}.get('/never', ${pass(scope)}) : ${name}.use(${middleware});`,
    );
  },
  ({ name }, make, scope) => {
    const stack = scope.fresh('stack');
    const body = scope.body((inner) => inner.add(`return [${make(inner)}];`));
    scope.add(`function ${stack}() ${body}`, `${name}.use(${stack}());`);
  },
  ({ name }, make, scope) => {
    const own = scope.fresh('Security');
    const body = scope.body((inner) => inner.add(`return ${make(inner)};`));
    scope.add(`class ${own} { static middleware() ${body} }`, `${name}.use(${own}.middleware());`);
  },
  // A method of an instance hands on to it.
  ({ name }, make, scope) => {
    const own = scope.fresh('Guard');
    const text = make(scope);
    scope.add(
      `class ${own} {`,
      `  inner${any(scope)};`,
      `  constructor(inner${any(scope)}) { this.inner = inner; }`,
      `  handle(req${any(scope)}, res${any(scope)}, next${any(scope)}) { this.inner(req, res, next); }`,
      `  get middleware() { return (req${any(scope)}, res${any(scope)}, next${any(scope)}) => this.handle(req, res, next); }`,
      '}',
      `${name}.use(new ${own}(${text}).middleware);`,
    );
  },
  ({ name }, make, scope) => {
    const chain = scope.fresh('chain');
    scope.add(
      `const ${chain} = (first${any(scope)}, second${any(scope)}) => (req${any(scope)}, res${any(scope)}, next${any(scope)}) => first(req, res, (error${any(scope)}) => error ? next(error) : second(req, res, next));`,
      `${name}.use(${chain}(${make(scope)}, ${pass(scope)}));`,
    );
  },
  ({ name }, make, scope) =>
    scope.add(
      scope.isAsync ? `${name}.use(await Promise.resolve(${make(scope)}));` : `${name}.use(${make(scope)});`,
    ),
  ({ name }, make, scope) => {
    if (!scope.isAsync) {
      scope.add(`${name}.use(${make(scope)});`);
      return;
    }
    const unit = scope.unit.program.unit(scope.fresh('middleware/lazy'));
    unit.exportDefault(make(unit.top));
    scope.add(`${name}.use((await import('${scope.unit.fullSpecifierOf(unit.path)}')).default);`);
  },
  ({ name }, make, scope) => scope.add(`${name}.use.apply(${name}, [${make(scope)}]);`),
  ({ name }, make, scope) => scope.add(`${name}.use.bind(${name})(${make(scope)});`),
  ({ name }, make, scope) =>
    scope.add(`Object.values({ security: ${make(scope)} }).forEach((each) => ${name}.use(each));`),
  ({ name }, make, scope) => {
    const list = scope.constant('list', `[${make(scope)}]`);
    scope.add(`for (let i = 0; i < ${list}.length; i++) ${name}.use(${list}[i]);`);
  },
  ({ name }, make, scope) => {
    const middleware = scope.constant('middleware', make(scope));
    scope.add(
      `[process.env.NODE_ENV === 'production' && ${middleware}, null].filter(Boolean).forEach((each) => ${name}.use(each));`,
    );
  },
  ({ name }, make, scope) => {
    const middleware = scope.constant('middleware', make(scope));
    scope.add(`${name}.use(...(process.env.NODE_ENV === 'test' ? [] : [${middleware}]));`);
  },
  ({ name }, make, scope) => {
    const configure = scope.fresh('configure');
    scope.add(
      `function ${configure}({ app, middleware = [] }${any(scope)}) { for (const each of middleware) app.use(each); return app; }`,
      `${configure}({ app: ${name}, middleware: [${make(scope)}] });`,
    );
  },
  ({ name }, make, scope) => {
    const setup = scope.fresh('Setup');
    const body = scope.body((inner) => inner.add(`this.app.use(${make(inner)});`, 'return this;'));
    scope.add(
      `class ${setup} { app${any(scope)}; constructor(app${any(scope)}) { this.app = app; } run() ${body} }`,
      `new ${setup}(${name}).run();`,
    );
  },
  // A register of middleware that is applied later.
  ({ name }, make, scope) => {
    const unit = scope.unit.program.unit(scope.fresh('lib/register'));
    unit.top.add(`const all${any(scope)} = [];`);
    unit.exportDefault(
      `{ add(each${any(scope)}) { all.push(each); return this; }, apply(app${any(scope)}) { all.splice(0).forEach((each${any(scope)}) => app.use(each)); } }`,
    );
    const register = scope.unit.imported(scope.unit.specifierOf(unit.path), 'register');
    scope.add(`${register}.add(${make(scope)});`, `${register}.apply(${name});`);
  },
  // All modules of a directory.
  ({ name }, make, scope) => {
    const { program } = scope.unit;
    if (program.isModule) {
      scope.add(`${name}.use(${make(scope)});`);
      return;
    }
    const folder = program.fresh('plugins');
    const unit = program.unit(`${folder}/first`);
    const body = unit.top.body((inner) => inner.add(`app.use(${make(inner)});`));
    unit.exportDefault(`function (app${any(scope)}) ${body}`);
    const fs = scope.unit.imported('fs', 'fs');
    const path = scope.unit.imported('path', 'path');
    const where = scope.constant(
      'directory',
      `${path}.join(__dirname, '${scope.unit.specifierOf(`${folder}/`)}')`,
    );
    scope.add(
      `${fs}.readdirSync(${where}).filter((file) => file.endsWith('${program.ending}')).forEach((file) => require(${path}.join(${where}, file))(${name}));`,
    );
  },
  ({ name }, make, scope) => {
    const label = scope.fresh('use');
    scope.add(
      `const ${label} = (...all${scope.unit.typed('any[]')}) => ${name}.use(...all);`,
      `${label}(${make(scope)});`,
    );
  },
  ({ name }, make, scope) => {
    const middleware = scope.constant('middleware', make(scope));
    const body = scope.body((inner) => inner.add(`${name}.use(${middleware});`));
    scope.add(`switch (process.env.NODE_ENV) {\n  case 'production': ${body} break;\n  default: break;\n}`);
  },
];

/** So many numbers choose the plain call, and as many among all forms. */
export const plainUses = 50;

/** Registers what `make` writes on the target. */
export function register(target: Target, use: number, make: Make, scope: Scope): void {
  forms[use < plainUses ? 0 : (use - plainUses) % forms.length]!(target, make, scope);
}

/** Writes the setting `x-powered-by`. */
export function writePowered(name: string, value: Expression, form: number, scope: Scope): void {
  switch (form) {
    case 0:
      scope.add(`${name}.set('x-powered-by', ${write(value, scope)});`);
      break;
    case 1:
      scope.add(`${name}.enable('x-powered-by');`);
      break;
    case 2:
      scope.add(`${name}['disable']('x-powered-by');`);
      break;
    case 3:
      scope.add(`for (const setting of ['x-powered-by', 'etag']) ${name}.disable(setting);`);
      break;
    case 4:
      scope.add(`${name}.set('X-Powered-By', false);`);
      break;
    case 5:
      scope.add(`if (${name}.enabled('x-powered-by')) ${name}.disable('x-powered-by');`);
      break;
    case 6:
      scope.add(`${name}.settings['x-powered-by'] = ${write(value, scope)};`);
      break;
    case 7:
      scope.add(`if (${name}.get('env') === 'production') ${name}.disable('x-powered-by');`);
      break;
    case 8:
      scope.add(`if (${name}.get('env') === 'development') ${name}.disable('x-powered-by');`);
      break;
    case 9:
      scope.add(
        `Object.entries({ 'x-powered-by': ${write(value, scope)}, etag: 'strong' }).forEach(([key, value]) => ${name}.set(key, value));`,
      );
      break;
    case 10: {
      const unit = scope.unit.program.unit(scope.fresh('setup/hide'));
      unit.exportDefault(`(app${any(scope)}) => { app.disable('x-powered-by'); return app; }`);
      scope.add(`${scope.unit.imported(scope.unit.specifierOf(unit.path), 'hide')}(${name});`);
      break;
    }
    case 11:
      scope.add(`${name}.set('x-powered-by', null);`);
      break;
    case 12:
      scope.add(`${name}.locals.settings['x-powered-by'] = ${write(value, scope)};`);
      break;
    case 13: {
      const settings = scope.constant(
        'settings',
        `{ 'x-powered-by': ${write(value, scope)}, etag: false }`,
        'any',
      );
      scope.add(`Object.keys(${settings}).forEach((key) => { ${name}.set(key, ${settings}[key]); });`);
      break;
    }
    case 14:
      scope.add(`Object.assign(${name}.settings, { 'x-powered-by': ${write(value, scope)} });`);
      break;
    case 15:
      scope.add(
        `${name}.disable('etag').set('x-powered-by', ${write(value, scope)}).enable('case sensitive routing');`,
      );
      break;
    case 16:
      scope.add(`${name}.set('x-powered-by', process.env.NODE_ENV !== 'production');`);
      break;
    case 17:
      scope.add(`if (!${name}.disabled('x-powered-by')) ${name}.set('x-powered-by', 0);`);
      break;
    default:
      scope.add(`${name}.disable('x-powered-by');`);
  }
}

const proxies = [
  `.set('trust proxy', 1)`,
  `.set('trust proxy', true)`,
  `.enable('trust proxy')`,
  `.set('trust proxy', 'loopback')`,
  `.set('trust proxy', false)`,
  `.set('trust proxy', 0)`,
  `.set('trust proxy', process.env.NODE_ENV === 'production')`,
  `.set('trust proxy', process.env.NODE_ENV === 'development' ? 1 : 0)`,
  `.set('trust proxy', ['loopback', 'uniquelocal'])`,
  `.set('trust proxy', () => true)`,
  `.set('trust proxy', '127.0.0.1')`,
  `.set('trust proxy', 'loopback, linklocal')`,
  `.disable('trust proxy')`,
  `.set('trust proxy', ['loopback'].concat('uniquelocal'))`,
];

/** Writes the setting `trust proxy`. */
export function writeTrust(name: string, form: number, scope: Scope): void {
  scope.add(`${name}${proxies[form % proxies.length]};`);
}
