/** Arbitrary conditions on the environment, and their text: the ways in which people ask for production. */
import fc from 'fast-check';
import { pick, pickOften, type Writer } from './forms.ts';
import type { Scope } from './source-unit.ts';

/** Something that holds in production (`holds`) or does not, written in one of many forms. */
export interface Condition {
  readonly holds: boolean;
  readonly form: number;
}

export const conditions: fc.Arbitrary<Condition> = fc.record({ holds: fc.boolean(), form: fc.nat(59) });

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
