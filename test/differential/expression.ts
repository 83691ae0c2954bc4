/** Arbitrary expressions that give a value in production, and their text: the ways in which people write an option's value. */
import fc from 'fast-check';
import { type Condition, conditions, writeCondition } from './condition.ts';
import { pick, pickOften, type Writer } from './forms.ts';
import type { Scope } from './source-unit.ts';

export type Literal = string | number | boolean | null | undefined;

export type Expression =
  | { readonly kind: 'literal'; readonly value: Literal; readonly form: number }
  /** A date so many milliseconds from now. */
  | { readonly kind: 'date'; readonly ahead: number; readonly form: number }
  /** The value `yes` or `no`, by a condition on the environment. */
  | {
      readonly kind: 'choice';
      readonly condition: Condition;
      readonly yes: Expression;
      readonly no: Expression;
      readonly form: number;
    }
  /** The inner value, by a detour. */
  | { readonly kind: 'detour'; readonly inner: Expression; readonly form: number }
  /** Hangs on a variable that nothing in the repository sets. */
  | { readonly kind: 'outside'; readonly name: string; readonly inner: Expression; readonly form: number };

const form = fc.nat(59);

/** Expressions over the given values; `outside` allows those that hang on another variable. */
export function expressions(
  leaves: fc.Arbitrary<Expression>,
  outside: boolean,
  depth = 3,
): fc.Arbitrary<Expression> {
  const { tree } = fc.letrec<{ tree: Expression }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: depth, depthSize: 'small' },
      { arbitrary: leaves, weight: 3 },
      {
        arbitrary: fc.record({ kind: fc.constant('detour' as const), inner: tie('tree'), form }),
        weight: 3,
      },
      {
        arbitrary: fc.record({
          kind: fc.constant('choice' as const),
          condition: conditions,
          yes: tie('tree'),
          no: tie('tree'),
          form,
        }),
        weight: 2,
      },
      ...(outside
        ? [
            {
              arbitrary: fc.record({
                kind: fc.constant('outside' as const),
                name: fc.constantFrom('COOKIE_SECURE', 'APP_MODE', 'BEHIND_TLS'),
                inner: tie('tree'),
                form,
              }),
              weight: 1,
            },
          ]
        : []),
    ),
  }));
  return tree;
}

export function literals(...values: readonly Literal[]): fc.Arbitrary<Expression> {
  return fc.record({ kind: fc.constant('literal' as const), value: fc.constantFrom(...values), form });
}

export const dates: fc.Arbitrary<Expression> = fc.record({
  kind: fc.constant('date' as const),
  ahead: fc.constantFrom(3_600_000, 86_400_000),
  form,
});

function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}

const trues: readonly Writer<boolean>[] = [
  (value) => String(value),
  (value) => (value ? '!0' : '!1'),
  (value) => `Boolean(${value ? 1 : 0})`,
  (value) => `JSON.parse('${value}')`,
  (value) => `'${value ? 'on' : 'off'}' === 'on'`,
  (value) => `!${!value}`,
  (value) => `[1, 2].includes(${value ? 2 : 3})`,
  (value) => `/^y/.test('${value ? 'yes' : 'no'}')`,
  (value) => `['a', 'b'].some((each) => each === '${value ? 'b' : 'c'}')`,
  (value) => `2 ${value ? '>' : '<'} 1`,
  (value) => `'secure,httpOnly'.indexOf('${value ? 'httpOnly' : 'none'}') !== -1`,
  (value) => `'${value}'.toLowerCase() === 'true'`,
  (value) => `${value} as boolean`,
];

const numbers: readonly Writer<number>[] = [
  (value) => String(value),
  (value) => `${value / 1000} * 1000`,
  (value) => `Number('${value}')`,
  (value) => `parseInt('${value}', 10)`,
  (value) => `Number.parseInt('${value}ms', 10)`,
  (value) => `+'${value}'`,
  (value) => `Math.floor(${value}.7)`,
  (value, scope) => {
    const name = scope.fresh('minutes');
    scope.add(
      `function ${name}(n${scope.unit.typed('number')})${scope.unit.typed('number')} { return n * 60 * 1000; }`,
    );
    return `${name}(${value / 60_000})`;
  },
  (value, scope) => `${value / 60_000} * ${scope.constant('MINUTE', '60 * 1e3')}`,
  (value) => `(${value} + 500) - 500`,
  (value) => `Math.max(0, ${value})`,
];

const strings: readonly Writer<string>[] = [
  (value) => quoted(value),
  (value) => `"${value}"`,
  (value) => `\`${value}\``,
  (value) => `${quoted(value.slice(0, 2))} + ${quoted(value.slice(2))}`,
  (value) => `${quoted(value.toUpperCase())}.toLowerCase()`,
  (value) => `[${quoted(value.slice(0, 1))}, ${quoted(value.slice(1))}].join('')`,
  (value) => `${quoted(`first|${value}`)}.split('|')[1]`,
  (value) => `${quoted(` ${value} `)}.trim()`,
  (value) => `${quoted(`x-${value}`)}.replace('x-', '')`,
  (value) => `${quoted(`--${value}`)}.slice(2)`,
  (value, scope) => `\`\${${scope.constant('part', quoted(value.slice(0, 1)))}}${value.slice(1)}\``,
  (value) => `String(${quoted(value)})`,
  (value) => `${quoted(value.slice(0, 1))}.concat(${quoted(value.slice(1))})`,
];

function writeLiteral(value: Literal, form: number, scope: Scope): string {
  switch (typeof value) {
    case 'boolean': {
      const text = pickOften(trues, form, value, scope);
      if (!text.endsWith(' as boolean')) return text;
      return scope.unit.program.isTyped ? `(${text})` : String(value);
    }
    case 'number':
      return Number.isFinite(value) && value > 0 ? pickOften(numbers, form, value, scope) : String(value);
    case 'string':
      // The forms split the text, and change its case.
      return value.length > 2 && value === value.toLowerCase()
        ? pickOften(strings, form, value, scope)
        : quoted(value);
    case 'undefined':
      return form % 2 === 0 ? 'undefined' : 'void 0';
    default:
      return 'null';
  }
}

interface Choice {
  readonly condition: Condition;
  readonly yes: Expression;
  readonly no: Expression;
}

const choices: readonly Writer<Choice>[] = [
  ({ condition, yes, no }, scope) => {
    const test = writeCondition(condition, scope);
    return `(${test} ? ${write(yes, scope)} : ${write(no, scope)})`;
  },
  ({ condition, yes, no }, scope) =>
    `((${writeCondition(condition, scope)}) && ${write(yes, scope)} || ${write(no, scope)})`,
  ({ condition, yes, no }, scope) => {
    const name = scope.fresh('value');
    scope.add(`let ${name}${scope.unit.typed('any')} = ${write(no, scope)};`);
    const test = writeCondition(condition, scope);
    const body = scope.body((inner) => inner.add(`${name} = ${write(yes, inner)};`));
    scope.add(`if (${test}) ${body}`);
    return name;
  },
  ({ condition, yes, no }, scope) => {
    const name = scope.fresh('choose');
    const body = scope.body((inner) => {
      inner.add(`if (${writeCondition(condition, inner)}) return ${write(yes, inner)};`);
      inner.add(`return ${write(no, inner)};`);
    });
    scope.add(`function ${name}() ${body}`);
    return `${name}()`;
  },
  ({ condition, yes, no }, scope) => {
    const [production, other] = condition.holds ? [yes, no] : [no, yes];
    return `({ production: ${write(production, scope)}, development: ${write(other, scope)} })[process.env.NODE_ENV]`;
  },
  ({ condition, yes, no }, scope) => {
    const [production, other] = condition.holds ? [yes, no] : [no, yes];
    const name = scope.fresh('by');
    const body = scope.body((inner) => {
      inner.add(
        'switch (env) {',
        "  case 'test':",
        `  case 'development': return ${write(other, scope.inFunction)};`,
        `  default: return ${write(production, scope.inFunction)};`,
        '}',
      );
    });
    scope.add(`const ${name} = (env${scope.unit.typed('any')}) => ${body};`);
    return `${name}(process.env.NODE_ENV)`;
  },
  ({ condition, yes, no }, scope) =>
    `[${write(no, scope)}, ${write(yes, scope)}][Number(${writeCondition(condition, scope)})]`,
  ({ condition, yes, no }, scope) => {
    const name = scope.fresh('value');
    scope.add(`var ${name}${scope.unit.typed('any')};`);
    const test = writeCondition(condition, scope);
    const then = scope.body((inner) => inner.add(`${name} = ${write(yes, inner)};`));
    const other = scope.body((inner) => inner.add(`${name} = ${write(no, inner)};`));
    scope.add(`if (${test}) ${then} else ${other}`);
    return name;
  },
  ({ condition, yes, no }, scope) => {
    const name = scope.fresh('value');
    scope.add(`let ${name}${scope.unit.typed('any')};`);
    const then = scope.body((inner) => {
      inner.add(`if (!(${writeCondition(condition, inner)})) throw new Error('not here');`);
      inner.add(`${name} = ${write(yes, inner)};`);
    });
    const other = scope.body((inner) => inner.add(`${name} = ${write(no, inner)};`));
    scope.add(`try ${then} catch ${other}`);
    return name;
  },
];

const detours: readonly Writer<Expression>[] = [
  (inner, scope) => scope.constant('value', write(inner, scope)),
  (inner, scope) => `(${write(inner, scope)})`,
  (inner, scope) => {
    const name = scope.fresh('get');
    const body = scope.body((own) => own.add(`return ${write(inner, own)};`));
    scope.add(`function ${name}() ${body}`);
    return `${name}()`;
  },
  (inner, scope) => `(() => ${write(inner, scope.inFunction)})()`,
  (inner, scope) => `${scope.constant('settings', `{ value: ${write(inner, scope)} }`)}.value`,
  (inner, scope) => `${scope.constant('list', `[${write(inner, scope)}]`)}[0]`,
  (inner, scope) => {
    const name = scope.fresh('value');
    scope.add(
      `const { ${name} = ${write(inner, scope)} } = {}${scope.unit.program.isTyped ? ' as any' : ''};`,
    );
    return name;
  },
  (inner, scope) => {
    const name = scope.fresh('Settings');
    scope.add(`class ${name} { static value = ${write(inner, scope.inFunction)}; }`);
    return `${name}.value`;
  },
  (inner, scope) => {
    const body = scope.body((own) => own.add(`return ${write(inner, own)};`));
    return `${scope.constant('settings', `{ get value() ${body} }`)}.value`;
  },
  (inner, scope) => {
    const name = scope.fresh('withDefault');
    scope.add(
      `const ${name} = (value${scope.unit.typed('any')} = ${write(inner, scope.inFunction)}) => value;`,
    );
    return `${name}()`;
  },
  (inner, scope) => {
    const unit = scope.unit.program.unit(scope.fresh('config/value'));
    unit.exportDefault(write(inner, unit.top));
    return scope.unit.imported(scope.unit.specifierOf(unit.path), 'value');
  },
  (inner, scope) => {
    const unit = scope.unit.program.unit(scope.fresh('lib/value'));
    const value = unit.top.constant('setting', write(inner, unit.top));
    unit.exportNamed(value);
    return scope.unit.imported(scope.unit.specifierOf(unit.path), value, 'named');
  },
  (inner, scope) => {
    const name = scope.fresh('value');
    scope.add(`const [, ${name}] = [null, ${write(inner, scope)}];`);
    return name;
  },
  (inner, scope) => {
    const name = scope.fresh('Holder');
    scope.add(
      `class ${name} {`,
      `  value${scope.unit.typed('any')};`,
      `  constructor(value${scope.unit.typed('any')}) { this.value = value; }`,
      `  read() { return this.value; }`,
      `}`,
    );
    return `new ${name}(${write(inner, scope)}).read()`;
  },
  (inner, scope) => {
    const name = scope.fresh('make');
    scope.add(`const ${name} = (value${scope.unit.typed('any')}) => () => value;`);
    return `${name}(${write(inner, scope)})()`;
  },
  (inner, scope) =>
    scope.isAsync ? `(await Promise.resolve(${write(inner, scope)}))` : `(${write(inner, scope)})`,
  (inner, scope) => `new Map([['value', ${write(inner, scope)}]]).get('value')`,
  (inner, scope) => `[${write(inner, scope)}].map((each) => each)[0]`,
  (inner, scope) => `Object.values({ value: ${write(inner, scope)} })[0]`,
  (inner, scope) => `Object.freeze({ value: ${write(inner, scope)} })['value']`,
  (inner, scope) => `((...args${scope.unit.typed('any[]')}) => args[0])(${write(inner, scope)})`,
  (inner, scope) => `({ a: { b: ${write(inner, scope)} } })?.a?.b`,
  (inner, scope) => {
    const name = scope.fresh('read');
    scope.add(`function ${name}() { return this.value; }`);
    return `${name}.call({ value: ${write(inner, scope)} })`;
  },
  // Through a module that hands on what others export.
  (inner, scope) => {
    const { program } = scope.unit;
    const unit = program.unit(`${program.fresh('settings')}/value`);
    unit.exportDefault(write(inner, unit.top));
    const index = program.unit(`${unit.path.split('/')[0]}/index`);
    index.reexport(unit.path, 'default');
    return scope.unit.imported(scope.unit.specifierOf(index.path), 'value');
  },
  (inner, scope) => {
    const { program } = scope.unit;
    const unit = program.unit(`${program.fresh('settings')}/value`);
    const name = unit.top.constant('setting', write(inner, unit.top));
    unit.exportNamed(name);
    const index = program.unit(`${unit.path.split('/')[0]}/index`);
    index.reexport(unit.path, 'named');
    return scope.unit.imported(scope.unit.specifierOf(index.path), name, 'named');
  },
  (inner, scope) => {
    const unit = scope.unit.program.unit(scope.fresh('lazy/value'));
    unit.exportDefault(`{ value: ${write(inner, unit.top)} }`);
    const specifier = `'${scope.unit.specifierOf(unit.path)}'`;
    if (scope.isAsync && !specifier.endsWith(`.js'`) === false)
      return `(await import(${specifier})).default.value`;
    return scope.unit.program.isModule
      ? `${scope.unit.imported(scope.unit.specifierOf(unit.path), 'lazy')}.value`
      : `require(${specifier}).value`;
  },
  (inner, scope) => {
    const name = scope.fresh('load');
    if (!scope.isAsync) return write(inner, scope);
    const body = scope.body((own) => own.add(`return { value: ${write(inner, own)} };`), true);
    scope.add(`async function ${name}() ${body}`);
    return `(await ${name}()).value`;
  },
  // A module that is named by the environment.
  (inner, scope) => {
    const { program } = scope.unit;
    if (program.isModule) return write(inner, scope);
    const folder = program.fresh('env');
    const unit = program.unit(`${folder}/production`);
    unit.exportDefault(`{ value: ${write(inner, unit.top)} }`);
    program.unit(`${folder}/development`).exportDefault(`{ value: null }`);
    const base = scope.unit.specifierOf(unit.path).replace(/production(?:\.ts)?$/, '');
    return `require('${base}' + (process.env.NODE_ENV || 'development')${program.isTyped ? " + '.ts'" : ''}).value`;
  },
  // What only TypeScript has.
  (inner, scope) => {
    if (!scope.unit.program.isTyped) return `(${write(inner, scope)})`;
    const name = scope.fresh('Settings');
    scope.add(`interface ${name} { readonly value?: unknown }`);
    const made = scope.constant('settings', `{ value: ${write(inner, scope)} } as const satisfies ${name}`);
    return `(${made}.value as any)!`;
  },
  (inner, scope) => {
    const { isTyped } = scope.unit.program;
    const name = scope.fresh('identity');
    scope.add(`function ${name}${isTyped ? '<T>' : ''}(value${isTyped ? ': T' : ''}) { return value; }`);
    return `${name}${isTyped ? '<any>' : ''}(${write(inner, scope)})`;
  },
  (inner, scope) => {
    const name = scope.fresh('Base');
    const mark = scope.unit.program.isTyped;
    const body = scope.body((own) => own.add(`return ${write(inner, own)};`));
    scope.add(
      `${mark ? 'abstract ' : ''}class ${name} { ${mark ? 'protected ' : ''}getValue() ${body} }`,
      `class ${name}Child extends ${name} { read()${mark ? ': any' : ''} { return super.getValue(); } }`,
    );
    return `new ${name}Child().read()`;
  },
  (inner, scope) => `[1, 2].reduce((sofar) => sofar, ${write(inner, scope)})`,
];

const outsides: readonly Writer<{ name: string; inner: Expression }>[] = [
  ({ name, inner }, scope) => `(process.env.${name} === 'true' ? ${write(inner, scope)} : null)`,
  ({ name, inner }, scope) => `(process.env.${name} ? ${write(inner, scope)} : undefined)`,
  ({ name, inner }, scope) => `(process.env.${name} !== 'false' && ${write(inner, scope)})`,
];

/** The text of an expression; what must stand before it is added to the scope. */
export function write(expression: Expression, scope: Scope): string {
  switch (expression.kind) {
    case 'literal':
      return `${writeLiteral(expression.value, expression.form, scope)}`;
    case 'date': {
      const { ahead, form } = expression;
      const writers: readonly Writer<number>[] = [
        (value) => `new Date(Date.now() + ${value})`,
        (value) => `new Date(new Date().getTime() + ${value})`,
        (value) => `new Date(+new Date() + ${value})`,
        () => `new Date('2099-01-01')`,
        () => `new Date(2099, 0, 1)`,
      ];
      return pick(writers, form, ahead, scope);
    }
    case 'choice':
      return pick(choices, expression.form, expression, scope);
    case 'detour':
      return pick(detours, expression.form, expression.inner, scope);
    case 'outside':
      scope.unit.program.outside.add(expression.name);
      return pick(outsides, expression.form, expression, scope);
  }
}
