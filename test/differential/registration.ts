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
];

/** Registers what `make` writes on the target. */
export function register(target: Target, use: number, make: Make, scope: Scope): void {
  // Half of all are the plain call.
  forms[use < 20 ? 0 : (use - 20) % forms.length]!(target, make, scope);
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
];

/** Writes the setting `trust proxy`. */
export function writeTrust(name: string, form: number, scope: Scope): void {
  scope.add(`${name}${proxies[form % proxies.length]};`);
}
