/** Arbitrary expressions that give a value in production, and their text: the ways in which people write an option's value. */
import fc from 'fast-check';
import { type Condition, conditions, writeCondition } from './condition.ts';
import { formCount, pick, pickOften, type Writer } from './forms.ts';
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

const form = fc.nat(formCount - 1);

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

  (value) => `Number.isInteger(${value ? 2 : 2.5})`,
  (value) => `Boolean('${value ? 'x' : ''}')`,
  (value) => `[true, false].at(${value ? 0 : -1})`,
  (value) => `'session'.startsWith('${value ? 'ses' : 'x'}')`,
  (value) => `/(\\w+)=(\\d)/.exec('a=1')[1] === '${value ? 'a' : 'b'}'`,
  (value) => `[1, 2, 3].every((n) => n < ${value ? 4 : 2})`,
  (value) => `['a', 'b'].find((each) => each === '${value ? 'b' : 'c'}') !== undefined`,
  (value) => `'${value ? 'secure' : 'other'}' in { secure: 1 }`,
  (value) => `Object.keys({ ${value ? 'a: 1' : ''} }).length > 0`,
  (value) => `JSON.parse('{"cookie":{"secure":${value}}}').cookie.secure`,
  (value) => `typeof 'text' === '${value ? 'string' : 'number'}'`,
  (value) => `['1', 'true', 'yes'].includes('${value ? 'YES' : 'NO'}'.toLowerCase())`,
  (value) => `(2 & ${value ? 2 : 1}) !== 0`,
  (value) => `isNaN(${value ? 'NaN' : '1'})`,
  (value) => `'a,b,c'.split(',').includes('${value ? 'c' : 'd'}')`,
  (value) => `Object.hasOwn({ a: 1 }, '${value ? 'a' : 'b'}')`,
  (value) => `Array.isArray(${value ? '[]' : '{}'})`,
  (value) => `!!(${value ? 1 : 0} ** 2)`,
  (value) => `'x'.length ${value ? '===' : '!=='} 1`,
  (value) => `new Set([1]).size ${value ? '<=' : '>'} 1`,
  (value) => `(${value ? 'null' : '1'} ?? true) === true`,
  (value) => `'production'.match(/^(dev|${value ? 'prod' : 'test'})/i) != null`,
  (value) => `String(${value}) === 'true'`,
  (value) => `[0, 1].lastIndexOf(${value ? 1 : 2}) > -1`,
  (value) => `Number('${value ? '' : 'x'}') === 0`,
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

  (value, scope) => `${scope.unit.imported('ms', 'ms')}('${value / 60_000}m')`,
  (value, scope) => `${scope.unit.imported('ms', 'ms')}('${value / 60_000} minutes')`,
  (value) => `parseFloat('${value}.0')`,
  (value) => `Math.round(${value - 0.25})`,
  (value) => `~~${value}.9`,
  (value) => `(${value}.5 | 0)`,
  (value) => `[${value / 1000}, 10, 100].reduce((a, b) => a * b, 1)`,
  (value) => `0x${value.toString(16)}`,
  (value) => `${value / 1000}e3`,
  (value) => `${String(value).replace(/(\d)(?=(?:\d{3})+$)/g, '$1_')}`,
  (value) => `new Date(${value}).getTime()`,
  (value) => `+new Date(${value})`,
  (value) => `Date.UTC(1970, 0, 1, 0, ${value / 60_000})`,
  (value, scope) =>
    `${scope.constant('TIME', '{ SECOND: 1000, get MINUTE() { return 60 * this.SECOND; } }')}.MINUTE * ${value / 60_000}`,
  (value) => `Number((${value}).toFixed(0))`,
  (value) => `Math.abs(-${value})`,
  (value) => `Math.trunc(${value}.7)`,
  (value) => `Math.min(${value}, Number.MAX_SAFE_INTEGER, Infinity)`,
  (value) => `2 ** 3 * ${value / 8}`,
  (value) => `${value} % ${value + 1}`,
  (value) => `Number(JSON.parse('"${value}"'))`,
  (value) => `'${value / 60_000}:60:1000'.split(':').map(Number).reduce((a, b) => a * b)`,
  (value) => `Number('${value / 60_000} min'.replace(/\\D+/g, '')) * 6e4`,
  (value) => `parseInt('${value.toString(2)}', 2)`,
  (value, scope) => {
    const name = scope.fresh('Time');
    scope.add(
      `class ${name} { static SECOND = 1000; static MINUTE = ${name}.SECOND * 60; static minutes(n${scope.unit.typed('number')}) { return n * ${name}.MINUTE; } }`,
    );
    return `${name}.minutes(${value / 60_000})`;
  },
  (value, scope) => {
    const name = scope.fresh('total');
    scope.add(`let ${name} = 0;`, `for (let i = 0; i < 4; i++) ${name} += ${value / 4};`);
    return name;
  },
  (value, scope) => {
    const name = scope.fresh('left');
    scope.add(`let ${name} = ${value + 2};`, `while (${name} > ${value}) ${name}--;`);
    return name;
  },
  (value, scope) => {
    const name = scope.fresh('power');
    scope.add(
      `function ${name}(base${scope.unit.typed('number')}, n${scope.unit.typed('number')})${scope.unit.typed('number')} { return n === 0 ? 1 : base * ${name}(base, n - 1); }`,
    );
    return `${name}(10, 3) * ${value / 1000}`;
  },
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

  (value) => `${quoted(value.replaceAll(/[aeio]/g, '*'))}.replaceAll('*', '') && ${quoted(value)}`,
  (value) => `${quoted(`x${value}`)}.replace(/^x/, '')`,
  (value) => `${quoted(`${value}xx`)}.substring(0, ${value.length})`,
  (value) => `${quoted(`${value}=1; path=/`)}.match(/^[^=]+/)[0]`,
  (value) => `${quoted(value.slice(0, -1))}.padEnd(${value.length}, ${quoted(value.slice(-1))})`,
  (value) => `[...${quoted([...value].reverse().join(''))}].reverse().join('')`,
  (value) => `Object.keys({ ${quoted(value)}: 1 })[0]`,
  (value) => `String.raw\`${value}\``,
  (value) => `${quoted(value)}.toString()`,
  (value) => `Buffer.from(${quoted(Buffer.from(value).toString('base64'))}, 'base64').toString()`,
  (value) => `decodeURIComponent(${quoted(encodeURIComponent(value))})`,
  (value) => `JSON.parse('"${value}"')`,
  (value) => `['x', ${quoted(value)}].filter((each) => each !== 'x').pop()`,
  (value) => `${quoted(value.toUpperCase())}.replace(/[A-Z]/g, (each) => each.toLowerCase())`,
  (value) => `(${quoted(value)}.endsWith('d') ? ${quoted(value)} : ${quoted(value)})`,
  (value) => `${quoted(value.slice(0, 1))}.repeat(1) + ${quoted(value)}.substr(1)`,
  (value) => `${quoted(value)}.split('').map((each) => each).join('')`,
  (value) => `${quoted(value)}.charAt(0) + ${quoted(value)}.slice(1)`,
  (value, scope) => `${scope.unit.imported('node:path', 'path')}.basename('/etc/${value}')`,
  (value, scope) => `${scope.unit.imported('node:util', 'util')}.format('%s', ${quoted(value)})`,
  (value, scope) => {
    const name = scope.fresh('names');
    scope.add(
      `const ${name} = Object.freeze({ COOKIE: ${quoted(value)} })${scope.unit.program.isTyped ? ' as const' : ''};`,
    );
    return `${name}.COOKIE`;
  },
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

  ({ condition, yes, no }, scope) => {
    const [production, other] = condition.holds ? [yes, no] : [no, yes];
    return `({ production: () => ${write(production, scope.inFunction)}, development: () => ${write(other, scope.inFunction)} })[process.env.NODE_ENV]()`;
  },
  ({ condition, yes, no }, scope) => {
    const name = scope.fresh('value');
    scope.add(`let ${name}${scope.unit.typed('any')} = ${write(no, scope)};`);
    const body = scope.body((inner) =>
      inner.add(`if (env === process.env.NODE_ENV) ${name} = ${write(yes, inner)};`),
    );
    scope.add(`for (const env of ['test', '${condition.holds ? 'production' : 'development'}']) ${body}`);
    return name;
  },
  ({ condition, yes, no }, scope) => {
    const name = scope.fresh('pick');
    const body = scope.body((inner) => {
      const test = writeCondition(condition, inner.inFunction);
      const [one, other] = [write(yes, inner.inFunction), write(no, inner.inFunction)];
      inner.add('switch (true) {', `  case ${test}: return ${one};`, `  default: return ${other};`, '}');
    });
    scope.add(`const ${name} = ()${scope.unit.typed('any')} => ${body};`);
    return `${name}()`;
  },
  ({ condition, yes, no }, scope) => {
    const [production, other] = condition.holds ? [yes, no] : [no, yes];
    return `[{ env: 'development', value: ${write(other, scope)} }, { env: 'production', value: ${write(production, scope)} }].find(({ env }) => env === process.env.NODE_ENV).value`;
  },
  ({ condition, yes, no }, scope) => {
    const test = writeCondition(condition, scope);
    return `(!(${test}) ? ${write(no, scope)} : ${write(yes, scope)})`;
  },
  ({ condition, yes, no }, scope) => {
    const [production, other] = condition.holds ? [yes, no] : [no, yes];
    const name = scope.fresh('Config');
    scope.add(
      `class ${name} {`,
      `  static get isProduction() { return process.env.NODE_ENV === 'production'; }`,
      `  static of(production${scope.unit.typed('any')}, other${scope.unit.typed('any')}) { return this.isProduction ? production : other; }`,
      '}',
    );
    return `${name}.of(${write(production, scope)}, ${write(other, scope)})`;
  },
  ({ condition, yes, no }, scope) => {
    const [production, other] = condition.holds ? [yes, no] : [no, yes];
    return `({ ...{ value: ${write(other, scope)} }, ...(process.env.NODE_ENV === 'production' ? { value: ${write(production, scope)} } : {}) }).value`;
  },
  ({ condition, yes, no }, scope) => {
    if (!scope.isAsync)
      return `(${writeCondition(condition, scope)} ? ${write(yes, scope)} : ${write(no, scope)})`;
    return `(await Promise.resolve(${writeCondition(condition, scope)}).then((is) => is ? ${write(yes, scope.inFunction)} : ${write(no, scope.inFunction)}))`;
  },
  ({ condition, yes, no }, scope) => {
    const name = scope.fresh('value');
    scope.add(`let ${name}${scope.unit.typed('any')};`);
    const test = writeCondition(condition, scope);
    const label = scope.fresh('choose');
    const body = scope.body((inner) => {
      inner.add(`${name} = ${write(yes, inner)};`);
      inner.add(`if (${test}) break ${label};`);
      inner.add(`${name} = ${write(no, inner)};`);
    });
    scope.add(`${label}: ${body}`);
    return name;
  },
  ({ condition, yes, no }, scope) => {
    const [production, other] = condition.holds ? [yes, no] : [no, yes];
    const name = scope.constant(
      'byEnvironment',
      `new Map${scope.unit.program.isTyped ? '<any, any>' : ''}([['production', ${write(production, scope)}], ['development', ${write(other, scope)}]])`,
    );
    return `(${name}.has(process.env.NODE_ENV) ? ${name}.get(process.env.NODE_ENV) : null)`;
  },
  // Layers of configuration: what production's file says, else the defaults.
  ({ condition, yes, no }, scope) => {
    const [production, other] = condition.holds ? [yes, no] : [no, yes];
    const { program } = scope.unit;
    const folder = program.fresh('layers');
    const defaults = program.unit(`${folder}/default`);
    defaults.exportDefault(`{ session: { value: ${write(other, defaults.top)}, other: 1 } }`);
    const over = program.unit(`${folder}/production`);
    over.exportDefault(`{ session: { value: ${write(production, over.top)} } }`);
    const index = program.unit(`${folder}/index`);
    const [a, b] = [defaults, over].map((each) => index.imported(index.specifierOf(each.path), 'layer'));
    const merge =
      condition.form % 3 === 0
        ? `${index.imported('lodash', '_')}.merge({}, ${a}, ${b})`
        : condition.form % 3 === 1
          ? `${index.imported('deepmerge', 'deepmerge')}(${a}, ${b})`
          : `{ ...${a}, session: { ...${a}.session, ...${b}.session } }`;
    index.exportDefault(merge);
    return `${scope.unit.imported(scope.unit.specifierOf(index.path), 'layered')}.session.value`;
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

  (inner, scope) => {
    const name = scope.fresh('value');
    scope.add(
      `const { a: { b: ${name} = ${write(inner, scope)} } = {}${scope.unit.program.isTyped ? ' as any' : ''} } = {}${scope.unit.program.isTyped ? ' as any' : ''};`,
    );
    return name;
  },
  (inner, scope) => {
    const name = scope.fresh('Settings');
    scope.add(
      `class ${name} { static #held${scope.unit.typed('any')}; static { ${name}.#held = ${write(inner, scope.inFunction)}; } static read() { return ${name}.#held; } }`,
    );
    return `${name}.read()`;
  },
  (inner, scope) => `Object.entries({ value: ${write(inner, scope)} }).map(([, each]) => each)[0]`,
  (inner, scope) => `structuredClone({ value: ${write(inner, scope)} }).value`,
  (inner, scope) => {
    const name = scope.fresh('each');
    scope.add(`function* ${name}()${scope.unit.typed('any')} { yield ${write(inner, scope.inFunction)}; }`);
    return `[...${name}()][0]`;
  },
  (inner, scope) => {
    const name = scope.fresh('last');
    scope.add(
      `let ${name}${scope.unit.typed('any')};`,
      `for (const each of [null, ${write(inner, scope)}]) ${name} = each;`,
    );
    return name;
  },
  (inner, scope) => {
    const name = scope.fresh('first');
    scope.add(`function ${name}(..._${scope.unit.typed('any[]')}) { return arguments[0]; }`);
    return `${name}(${write(inner, scope)})`;
  },
  (inner, scope) => `Reflect.get({ value: ${write(inner, scope)} }, 'value')`,
  (inner, scope) => {
    const name = scope.fresh('read');
    scope.add(`function ${name}() { return this.value; }`);
    return `${name}.bind({ value: ${write(inner, scope)} })()`;
  },
  (inner, scope) => `((value${scope.unit.typed('any')}) => value).apply(null, [${write(inner, scope)}])`,
  (inner, scope) =>
    `${scope.unit.imported('lodash', '_')}.get({ a: { b: ${write(inner, scope)} } }, 'a.b', null)`,
  (inner, scope) => `Array.from([${write(inner, scope)}])[0]`,
  // A singleton.
  (inner, scope) => {
    const name = scope.fresh('Config');
    const any = scope.unit.typed('any');
    scope.add(
      `class ${name} {`,
      `  static instance${any} = null;`,
      `  value${any};`,
      `  constructor() { this.value = ${write(inner, scope.inFunction)}; }`,
      `  static getInstance() { if (!${name}.instance) ${name}.instance = new ${name}(); return ${name}.instance; }`,
      '}',
    );
    return `${name}.getInstance().value`;
  },
  // A module's object that another module fills.
  (inner, scope) => {
    const { program } = scope.unit;
    const folder = program.fresh('shared');
    const held = program.unit(`${folder}/state`);
    held.exportDefault('{}');
    const filler = program.unit(`${folder}/fill`);
    filler.top.add(
      `(${filler.imported(filler.specifierOf(held.path), 'state')}${program.isTyped ? ' as any' : ''}).value = ${write(inner, filler.top)};`,
    );
    scope.unit.importedForEffect(scope.unit.specifierOf(filler.path));
    return `(${scope.unit.imported(scope.unit.specifierOf(held.path), 'state')}${program.isTyped ? ' as any' : ''}).value`;
  },
  (inner, scope) => {
    const { program } = scope.unit;
    const unit = program.unit(`${program.fresh('api')}/config`);
    const body = unit.top.body((own) => own.add(`return ${write(inner, own)};`));
    unit.exportDefault(`{ get() ${body} }`);
    return `${scope.unit.imported(scope.unit.specifierOf(unit.path), 'api')}.get()`;
  },
  // By a callback.
  (inner, scope) => {
    const load = scope.fresh('load');
    const name = scope.fresh('loaded');
    const any = scope.unit.typed('any');
    scope.add(
      `const ${load} = (done${any}) => done(null, ${write(inner, scope.inFunction)});`,
      `let ${name}${any};`,
      `${load}((error${any}, value${any}) => { ${name} = value; });`,
    );
    return name;
  },
  (inner, scope) => {
    const name = scope.fresh('events');
    const emitter = scope.unit.imported('node:events', 'EventEmitter');
    const held = scope.fresh('held');
    const any = scope.unit.typed('any');
    scope.add(
      `const ${name} = new ${emitter}();`,
      `let ${held}${any};`,
      `${name}.on('ready', (value${any}) => { ${held} = value; });`,
      `${name}.emit('ready', ${write(inner, scope)});`,
    );
    return held;
  },
  (inner, scope) => {
    if (!scope.isAsync) return write(inner, scope);
    const name = scope.fresh('load');
    const any = scope.unit.typed('any');
    scope.add(
      `const ${name} = (done${any}) => setTimeout(() => done(null, ${write(inner, scope.inFunction)}), 1);`,
    );
    return `(await new Promise((resolve${any}, reject${any}) => ${name}((error${any}, value${any}) => error ? reject(error) : resolve(value))))`;
  },
  (inner, scope) =>
    scope.isAsync ? `(await Promise.all([${write(inner, scope)}, 1]))[0]` : `(${write(inner, scope)})`,
  (inner, scope) => {
    const name = scope.fresh('held');
    scope.add(
      `const ${name}${scope.unit.typed('any')} = {};`,
      `${name}.a ??= {};`,
      `${name}.a.b = ${write(inner, scope)};`,
    );
    return `${name}?.['a'].b`;
  },
  (inner, scope) => `(0, ${write(inner, scope)})`,
  // A class with accessors.
  (inner, scope) => {
    const name = scope.fresh('Box');
    const any = scope.unit.typed('any');
    scope.add(
      `class ${name} { #value${any}; get value() { return this.#value; } set value(value${any}) { this.#value = value; } }`,
    );
    const box = scope.constant('box', `new ${name}()`);
    scope.add(`${box}.value = ${write(inner, scope)};`);
    return `${box}.value`;
  },
  (inner, scope) => {
    const name = scope.fresh('settings');
    scope.add(`(globalThis${scope.unit.program.isTyped ? ' as any' : ''}).${name} = ${write(inner, scope)};`);
    return `(globalThis${scope.unit.program.isTyped ? ' as any' : ''}).${name}`;
  },
  (inner, scope) => {
    const name = scope.fresh('value');
    const any = scope.unit.typed('any');
    scope.add(`let ${name}${any} = null;`);
    const body = scope.body((own) => own.add(`${name} = ${write(inner, own)};`));
    scope.add(`try ${body} finally { void 0; }`);
    return name;
  },
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
        () => `new Date(Date.UTC(2099, 0, 1))`,
        (value, at) => `new Date(Date.now() + ${at.unit.imported('ms', 'ms')}('${value / 60_000}m'))`,
        (value, at) => {
          const date = at.constant('date', 'new Date()');
          at.add(`${date}.setTime(${date}.getTime() + ${value});`);
          return date;
        },
        (_, at) => {
          const date = at.constant('date', 'new Date()');
          at.add(`${date}.setFullYear(${date}.getFullYear() + 1);`);
          return date;
        },
        (value) => `new Date(new Date().setHours(new Date().getHours() + ${value / 3_600_000}))`,
        (value) => `new Date(Date.parse(new Date().toISOString()) + ${value})`,
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
