/** Arbitrary conditions on the environment, and their text: the ways in which people ask for production. */
import fc from 'fast-check';
import { formCount, pick, pickOften, type Writer } from './forms.ts';
import type { Scope } from './source-unit.ts';

/** Something that holds in production (`holds`) or does not, written in one of many forms. */
export interface Condition {
  readonly holds: boolean;
  readonly form: number;
}

export const conditions: fc.Arbitrary<Condition> = fc.record({
  holds: fc.boolean(),
  form: fc.nat(formCount - 1),
});

const productions: readonly Writer<null>[] = [
  () => `process.env.NODE_ENV === 'production'`,
  () => `'production' === process.env.NODE_ENV`,
  () => `process.env.NODE_ENV == 'production'`,
  () => `process.env['NODE_ENV'] !== 'development'`,
  () => `(process.env.NODE_ENV || 'development') === 'production'`,
  () => `(process.env.NODE_ENV ?? 'development') === 'production'`,
  () => `/^prod/i.test(process.env.NODE_ENV || '')`,
  () => `['production', 'staging'].includes(process.env.NODE_ENV)`,
  () => `['development', 'test'].indexOf(process.env.NODE_ENV) === -1`,
  () => `process.env.NODE_ENV?.toLowerCase() === 'production'`,
  () => `process.env.NODE_ENV.startsWith('prod')`,
  () => `!(process.env.NODE_ENV === 'test' || process.env.NODE_ENV === 'development')`,
  () => `!!process.env.NODE_ENV && process.env.NODE_ENV !== 'test'`,
  (_, scope) => {
    const name = scope.fresh('env');
    scope.add(`const { NODE_ENV: ${name} = 'development' } = process.env;`);
    return `${name} === 'production'`;
  },
  (_, scope) => scope.constant('isProduction', `process.env.NODE_ENV === 'production'`),
  (_, scope) => `!${scope.constant('isDevelopment', `process.env.NODE_ENV !== 'production'`)}`,
  (_, scope) => `${scope.constant('env', `process.env.NODE_ENV || 'development'`)} === 'production'`,
  (_, scope) => {
    const name = scope.fresh('isProduction');
    scope.add(`function ${name}() { return process.env.NODE_ENV === 'production'; }`);
    return `${name}()`;
  },
  (_, scope) => {
    const unit = scope.unit.program.unit(scope.fresh('config/environment'));
    unit.top.add(`const production = process.env.NODE_ENV === 'production';`);
    unit.exportNamed('production');
    return scope.unit.imported(scope.unit.specifierOf(unit.path), 'production', 'named');
  },
  (_, scope) => {
    const name = scope.fresh('production');
    scope.add(
      `let ${name} = false;`,
      `switch (process.env.NODE_ENV) {`,
      `  case 'development':`,
      `    break;`,
      `  case 'production':`,
      `    ${name} = true;`,
      `    break;`,
      `}`,
    );
    return name;
  },
  () => `({ production: true, development: false })[process.env.NODE_ENV]`,
  () => `process.env.NODE_ENV === \`production\``,
  () => `process.env.NODE_ENV?.[0] === 'p'`,
  () => `new Set(['production']).has(process.env.NODE_ENV)`,
  () => `Object.is(process.env.NODE_ENV, 'production')`,
  () => `process.env.NODE_ENV.match(/^production$/) !== null`,
  () => `!['development', 'test', undefined].some((each) => each === process.env.NODE_ENV)`,
  () => `String(process.env.NODE_ENV).trim().toLowerCase().indexOf('prod') === 0`,
  () => `process.env.NODE_ENV?.substring(0, 4) === 'prod'`,
  () => `Boolean(process.env.NODE_ENV && /prod/.test(process.env.NODE_ENV))`,
  () => `(process.env.NODE_ENV === 'production' ? true : false)`,
  () => `((env) => env === 'production')(process.env.NODE_ENV)`,
  () => '`is-$' + "{process.env.NODE_ENV}` === 'is-production'",
  () => `process.env.NODE_ENV.length === 10`,
  () => `(process.env.NODE_ENV ?? '').split('-')[0] === 'production'`,
  () => `Object.keys({ production: 1 }).includes(process.env.NODE_ENV)`,
  () => `(process.env.NODE_ENV || '').replace(/uction$/, '') === 'prod'`,
  (_, scope) => {
    const name = scope.fresh('config');
    scope.add(
      `const ${name} = { env: process.env.NODE_ENV || 'development', get isProduction() { return this.env === 'production'; } };`,
    );
    return `${name}.isProduction`;
  },
  (_, scope) => {
    const name = scope.fresh('Environment');
    scope.add(
      `class ${name} {`,
      `  constructor(name${scope.unit.typed('any')} = process.env.NODE_ENV) { ${scope.unit.program.isTyped ? '(this as any)' : 'this'}.name = name; }`,
      `  isProduction() { return ${scope.unit.program.isTyped ? '(this as any)' : 'this'}.name === 'production'; }`,
      '}',
    );
    return `new ${name}().isProduction()`;
  },
  (_, scope) => `${scope.unit.imported('node:process', 'process')}.env.NODE_ENV === 'production'`,
  (_, scope) => {
    const name = scope.fresh('isProduction');
    scope.add(
      `const ${name} = (env${scope.unit.typed('any')} = process.env) => { const { NODE_ENV } = env; return NODE_ENV === 'production'; };`,
    );
    return `${name}()`;
  },
  (_, scope) => {
    const unit = scope.unit.program.unit(scope.fresh('lib/env'));
    unit.exportDefault(`{ isProd: () => process.env.NODE_ENV === 'production', name: process.env.NODE_ENV }`);
    return `${scope.unit.imported(scope.unit.specifierOf(unit.path), 'env')}.isProd()`;
  },
  (_, scope) =>
    `${scope.constant('flags', "Object.freeze({ production: process.env.NODE_ENV === 'production' })")}.production`,
];

/** What an app says of its environment. */
const settings: readonly Writer<string>[] = [
  (app) => `${app}.get('env') === 'production'`,
  (app) => `${app}.get('env') !== 'development'`,
  (app) => `${app}.settings.env === 'production'`,
  (app) => `'production' === ${app}.get('env')`,
];

/** The text of a condition. */
export function writeCondition({ holds, form }: Condition, scope: Scope): string {
  const { app } = scope;
  const text =
    app !== null && !app.startsWith('this') && form % 3 === 1
      ? pick(settings, form, app, scope)
      : pickOften(productions, form, null, scope);
  return holds ? text : `!(${text})`;
}
