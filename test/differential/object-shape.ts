/** Arbitrary ways to build an options object, and their text: literals, spreads, mutation, factories, classes, configuration modules. */
import fc from 'fast-check';
import { type Condition, conditions, writeCondition } from './condition.ts';
import { type Expression, type Literal, write } from './expression.ts';
import type { Scope } from './source-unit.ts';

/** Members in the order in which they are written; one that comes twice is overwritten. */
export interface ObjectPlan<Extra> {
  readonly kind: 'object';
  readonly members: readonly Member<Extra>[];
  readonly shape: number;
  /** Where shapes that build in two steps cut the members. */
  readonly cut: number;
  readonly condition: Condition;
  /** The middleware writes its defaults into the object: it must not be frozen. */
  readonly isWrittenTo: boolean;
  /** The program changes any of its members later. */
  readonly isChanged?: boolean;
}

export interface Member<Extra> {
  readonly key: string;
  readonly value: Expression | ObjectPlan<Extra> | Extra;
}

/** Writes what only the caller knows. */
export type WriteExtra<Extra> = (value: Extra, scope: Scope) => string;

/** So many numbers choose among the first, plain shapes, and as many among all. */
const plainShapes = 75;

export function objects<Extra>(
  members: fc.Arbitrary<Member<Extra>[]>,
  isWrittenTo = false,
): fc.Arbitrary<ObjectPlan<Extra>> {
  return fc.record({
    kind: fc.constant('object' as const),
    members,
    shape: fc.nat(2 * plainShapes - 1),
    cut: fc.nat(5),
    condition: conditions,
    isWrittenTo: fc.constant(isWrittenTo),
  });
}

interface Writing<Extra> {
  readonly plan: ObjectPlan<Extra>;
  readonly scope: Scope;
  readonly value: (member: Member<Extra>, scope: Scope) => string;
}

type Shape = <Extra>(writing: Writing<Extra>) => string;

function lastOnly<Extra>(members: readonly Member<Extra>[]): Member<Extra>[] {
  return members.filter((member, at) => !members.slice(at + 1).some(({ key }) => key === member.key));
}

function key(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : `'${name}'`;
}

function literal<Extra>(members: readonly Member<Extra>[], { scope, value }: Writing<Extra>): string {
  const parts = lastOnly(members).map((member) => `${key(member.key)}: ${value(member, scope)}`);
  return parts.length === 0 ? '{}' : `{ ${parts.join(', ')} }`;
}

/** Without these the middleware does not start; they are always there from the beginning. */
const needs = new Set(['secret', 'keys', 'resave', 'saveUninitialized']);

/** The members in two parts: what is there at first, and what comes later. */
function halves<Extra>({ plan }: Writing<Extra>): [Member<Extra>[], Member<Extra>[]] {
  const needed = plan.members.findIndex(({ key }) => !needs.has(key));
  const cut = Math.min(plan.cut + (needed < 0 ? plan.members.length : needed), plan.members.length);
  return [plan.members.slice(0, cut), plan.members.slice(cut)];
}

/** The members as JSON has them; null where one of them is not written so. */
function jsonOf<Extra>(members: readonly Member<Extra>[]): Record<string, Literal> | null {
  const values: Record<string, Literal> = {};
  for (const { key, value } of members) {
    const inner = value as { readonly kind: string } | Expression;
    if (inner.kind !== 'literal' || (inner as { value: Literal }).value === undefined) return null;
    values[key] = (inner as { value: Literal }).value;
  }
  return values;
}

const any = (scope: Scope): string => scope.unit.typed('any');

/** Whether all members may be copied deeply: instances and functions would not outlive it. */
function isPlain<Extra>(members: readonly Member<Extra>[]): boolean {
  return members.every(({ value }) => {
    const inner = value as { readonly kind: string };
    return !['store', 'cookie-function'].includes(inner.kind);
  });
}

/** Shapes whose members cannot be assigned to. */
const readOnly = new Set<Shape>();

function fixed(shape: Shape): Shape {
  readOnly.add(shape);
  return shape;
}

const shapes: readonly Shape[] = [
  (writing) => `(${literal(writing.plan.members, writing)})`,
  (writing) => writing.scope.constant('options', literal(writing.plan.members, writing), 'any'),
  // Built property by property.
  (writing) => {
    const { scope, plan, value } = writing;
    const name = scope.constant('options', '{}', 'any');
    for (const member of plan.members) scope.add(`${name}.${member.key} = ${value(member, scope)};`);
    return name;
  },
  (writing) => {
    const { scope } = writing;
    const [first, second] = halves(writing);
    const base = scope.constant('base', literal(first, writing), 'any');
    const parts = lastOnly(second).map((member) => `${member.key}: ${writing.value(member, scope)}`);
    return `({ ${[`...${base}`, ...parts].join(', ')} })`;
  },
  (writing) => {
    const { scope } = writing;
    const [first, second] = halves(writing);
    const base = scope.constant('defaults', literal(first, writing), 'any');
    const over = scope.constant('overrides', literal(second, writing), 'any');
    return `({ ...${base}, ...${over} })`;
  },
  (writing) => {
    const { scope } = writing;
    const [first, second] = halves(writing);
    const base = scope.constant('defaults', literal(first, writing), 'any');
    return `Object.assign({}, ${base}, ${literal(second, writing)})`;
  },
  (writing) => {
    const { scope } = writing;
    const [first, second] = halves(writing);
    const name = scope.constant('options', literal(first, writing), 'any');
    scope.add(`Object.assign(${name}, ${literal(second, writing)});`);
    return name;
  },
  // Mutation under a condition.
  (writing) => {
    const { scope, plan, value } = writing;
    const [first, second] = halves(writing);
    const name = scope.constant('options', literal(first, writing), 'any');
    const test = writeCondition(plan.condition, scope);
    const body = scope.body((inner) => {
      for (const member of second) inner.add(`${name}.${member.key} = ${value(member, inner)};`);
    });
    scope.add(`if (${test}) ${body}`);
    return name;
  },
  // A factory whose parameters have defaults.
  (writing) => {
    const { scope, value } = writing;
    const members = lastOnly(writing.plan.members);
    const name = scope.fresh('makeOptions');
    const inner = scope.inFunction;
    const parameters = members.map((member) => `${member.key} = ${value(member, inner)}`);
    scope.add(
      `function ${name}({ ${parameters.join(', ')} }${any(scope)} = {}) {`,
      `  return { ${members.map((member) => member.key).join(', ')} };`,
      `}`,
    );
    return `${name}()`;
  },
  // A factory that is given some of its options.
  (writing) => {
    const { scope } = writing;
    const [first, second] = halves(writing);
    const name = scope.fresh('withDefaults');
    const body = scope.body((inner) =>
      inner.add(`return { ...${literal(first, { ...writing, scope: inner })}, ...own };`),
    );
    scope.add(`const ${name} = (own${any(scope)}) => ${body};`);
    return `${name}(${literal(second, writing)})`;
  },
  // Fields of a class.
  (writing) => {
    const { scope, value } = writing;
    const name = scope.fresh('Options');
    const inner = scope.inFunction;
    const fields = lastOnly(writing.plan.members).map(
      (member) => `  ${member.key} = ${value(member, inner)};`,
    );
    scope.add(`class ${name} {`, ...fields, `}`);
    return `new ${name}()`;
  },
  // A constructor, with a class that extends another.
  (writing) => {
    const { scope, value } = writing;
    const [first, second] = halves(writing);
    const base = scope.fresh('Base');
    const name = scope.fresh('Options');
    const inner = scope.inFunction;
    const fields = lastOnly(first).map((member) => `  ${member.key}${any(scope)} = ${value(member, inner)};`);
    scope.add(`class ${base} {`, ...fields, `}`);
    const body = scope.body((own) => {
      own.add('super();');
      for (const member of second)
        own.add(`(this${own.unit.program.isTyped ? ' as any' : ''}).${member.key} = ${value(member, own)};`);
    });
    scope.add(`class ${name} extends ${base} {`, `  constructor() ${body}`, `}`);
    return `new ${name}()`;
  },
  // Getters of an object.
  fixed((writing) => {
    const { scope, plan, value } = writing;
    const getters = lastOnly(plan.members).map((member) => {
      // cookie-session assigns to it where it gives null.
      if (plan.isWrittenTo && member.key === 'httpOnly') return `httpOnly: ${value(member, scope)}`;
      const body = scope.body((inner) => inner.add(`return ${value(member, inner)};`));
      return `get ${key(member.key)}() ${body}`;
    });
    return scope.constant('options', `{ ${getters.join(', ')} }`, 'any');
  }),
  // Getters of a class: they stand on its prototype and cannot be enumerated.
  fixed((writing) => {
    const { scope, plan, value } = writing;
    const name = scope.fresh('Options');
    const getters = lastOnly(writing.plan.members).map((member) => {
      if (plan.isWrittenTo && member.key === 'httpOnly')
        return `httpOnly = ${value(member, scope.inFunction)};`;
      const body = scope.body((inner) => inner.add(`return ${value(member, inner)};`));
      return `get ${key(member.key)}() ${body}`;
    });
    scope.add(`class ${name} {`, ...getters, `}`);
    return `new ${name}()`;
  }),
  // Computed keys.
  (writing) => {
    const { scope, value } = writing;
    const parts = lastOnly(writing.plan.members).map((member, at) => {
      if (at % 2 === 1)
        return `['${member.key.slice(0, 3)}' + '${member.key.slice(3)}']: ${value(member, scope)}`;
      return `[${scope.constant('key', `'${member.key}'`)}]: ${value(member, scope)}`;
    });
    return `({ ${parts.join(', ')} })`;
  },
  (writing) => {
    const { scope, plan, value } = writing;
    const pairs = plan.members.map((member) => `['${member.key}', ${value(member, scope)}]`);
    return `Object.fromEntries([${pairs.join(', ')}])`;
  },
  // A loop over pairs.
  (writing) => {
    const { scope, plan, value } = writing;
    const name = scope.constant('options', '{}', 'any');
    const pairs = plan.members.map((member) => `['${member.key}', ${value(member, scope)}]`);
    const [k, v] = [scope.fresh('key'), scope.fresh('value')];
    scope.add(
      `for (const [${k}, ${v}] of [${pairs.join(', ')}]${scope.unit.program.isTyped ? ' as any[]' : ''}) ${name}[${k}] = ${v};`,
    );
    return name;
  },
  (writing) => {
    const { scope, plan, value } = writing;
    const name = scope.constant('options', '{}', 'any');
    const pairs = plan.members.map((member) => `{ key: '${member.key}', value: ${value(member, scope)} }`);
    scope.add(`[${pairs.join(', ')}].forEach(({ key, value }${any(scope)}) => { ${name}[key] = value; });`);
    return name;
  },
  (writing) => {
    const { scope, plan, value } = writing;
    const pairs = plan.members.map((member) => `['${member.key}', ${value(member, scope)}]`);
    return `[${pairs.join(', ')}].reduce((sofar${any(scope)}, [key, value]${any(scope)}) => ({ ...sofar, [key]: value }), {})`;
  },
  // A configuration module.
  (writing) => {
    const { scope } = writing;
    const unit = scope.unit.program.unit(scope.fresh('config/session'));
    unit.exportDefault(literal(writing.plan.members, { ...writing, scope: unit.top }));
    return scope.unit.imported(scope.unit.specifierOf(unit.path), 'config');
  },
  // A configuration module with named exports, one of them used.
  (writing) => {
    const { scope } = writing;
    const unit = scope.unit.program.unit(scope.fresh('config/index'));
    const name = unit.top.constant('options', literal(writing.plan.members, { ...writing, scope: unit.top }));
    unit.exportNamed(name);
    return scope.unit.imported(scope.unit.specifierOf(unit.path), name, 'named');
  },
  // Objects by environment: what is decoy elsewhere is what development has.
  (writing) => {
    const { scope } = writing;
    const [first] = halves(writing);
    const unit = scope.unit.program.unit(scope.fresh('config/environments'));
    const own = { ...writing, scope: unit.top };
    const production = unit.top.constant('production', literal(writing.plan.members, own), 'any');
    const development = unit.top.constant('development', literal(first, own), 'any');
    unit.exportDefault(
      `({ development: ${development}, production: ${production} })[process.env.NODE_ENV || 'development']`,
    );
    return scope.unit.imported(scope.unit.specifierOf(unit.path), 'config');
  },
  // The choice between whole objects by a switch.
  (writing) => {
    const { scope, plan } = writing;
    const [first] = halves(writing);
    const name = scope.fresh('optionsFor');
    const body = scope.body((inner) => {
      const own = { ...writing, scope: inner };
      inner.add(
        'switch (env) {',
        `  case '${plan.condition.holds ? 'production' : 'development'}':`,
        `    return ${literal(plan.members, own)};`,
        `  case '${plan.condition.holds ? 'development' : 'production'}':`,
        `    return ${literal(first, own)};`,
        '  default:',
        `    throw new Error('unknown environment');`,
        '}',
      );
    });
    scope.add(`function ${name}(env${any(scope)})${any(scope)} ${body}`);
    return `${name}(process.env.NODE_ENV)`;
  },
  fixed((writing) =>
    writing.plan.isWrittenTo
      ? `Object(${literal(writing.plan.members, writing)})`
      : `Object.freeze(${literal(writing.plan.members, writing)})`,
  ),
  // An own deep merge.
  (writing) => {
    const { scope } = writing;
    const [first, second] = halves(writing);
    const name = scope.fresh('merge');
    scope.add(
      `function ${name}(target${any(scope)}, source${any(scope)}) {`,
      `  for (const key of Object.keys(source)) {`,
      `    if (source[key] && typeof source[key] === 'object' && target[key]) ${name}(target[key], source[key]);`,
      `    else target[key] = source[key];`,
      `  }`,
      `  return target;`,
      `}`,
    );
    return `${name}(${literal(first, writing)}, ${literal(second, writing)})`;
  },
  // Inherited options: `for … in` sees them, `Object.keys` does not.
  (writing) => {
    const { scope, value } = writing;
    const [first, second] = halves(writing);
    const base = scope.constant('defaults', literal(first, writing), 'any');
    const name = scope.constant('options', `Object.create(${base})`, 'any');
    for (const member of second) scope.add(`${name}.${member.key} = ${value(member, scope)};`);
    return name;
  },
  // Conditional spreads.
  (writing) => {
    const { scope, plan } = writing;
    const [first, second] = halves(writing);
    const test = writeCondition(plan.condition, scope);
    const base = lastOnly(first).map((member) => `${member.key}: ${writing.value(member, scope)}`);
    return `({ ${[...base, `...(${test} && ${literal(second, writing)})`].join(', ')} })`;
  },
  (writing) => {
    const { scope, plan } = writing;
    const [first, second] = halves(writing);
    const test = writeCondition(plan.condition, scope);
    const base = lastOnly(first).map((member) => `${member.key}: ${writing.value(member, scope)}`);
    return `({ ${[...base, `...(${test} ? ${literal(second, writing)} : {})`].join(', ')} })`;
  },
  // Rest of a destructuring.
  (writing) => {
    const { scope } = writing;
    const name = scope.fresh('options');
    scope.add(
      `const { unused: _${name}, ...${name} } = { unused: 1, ...${literal(writing.plan.members, writing)} }${scope.unit.program.isTyped ? ' as any' : ''};`,
    );
    return name;
  },
  // Changed by a function that is given the object.
  (writing) => {
    const { scope, value } = writing;
    const [first, second] = halves(writing);
    const name = scope.constant('options', literal(first, writing), 'any');
    const change = scope.fresh('harden');
    const body = scope.body((inner) => {
      for (const member of second) inner.add(`target.${member.key} = ${value(member, inner)};`);
    });
    scope.add(`function ${change}(target${any(scope)}) ${body}`, `${change}(${name});`);
    return name;
  },
  // Logical assignment.
  (writing) => {
    const { scope, plan, value } = writing;
    const [first, second] = halves(writing);
    const name = scope.constant('options', literal(first, writing), 'any');
    const operator = ['??=', '||=', '&&='][plan.condition.form % 3]!;
    for (const member of second) scope.add(`${name}.${member.key} ${operator} ${value(member, scope)};`);
    return name;
  },
  // An IIFE.
  (writing) => {
    const { scope } = writing;
    const body = scope.body((inner) =>
      inner.add(`return ${literal(writing.plan.members, { ...writing, scope: inner })};`),
    );
    return scope.constant('options', `(function () ${body})()`, 'any');
  },
  // A method of an instance, which reads its fields.
  (writing) => {
    const { scope, value } = writing;
    const members = lastOnly(writing.plan.members);
    const name = scope.fresh('Config');
    const inner = scope.inFunction;
    scope.add(
      `class ${name} {`,
      ...members.map((member) => `  #${member.key}${any(scope)} = ${value(member, inner)};`),
      `  toOptions() { return { ${members.map((member) => `${member.key}: this.#${member.key}`).join(', ')} }; }`,
      `}`,
    );
    return `new ${name}().toOptions()`;
  },
  // Deleted again.
  (writing) => {
    const { scope, plan } = writing;
    const name = scope.constant('options', literal(plan.members, writing), 'any');
    const last = plan.members.at(-1);
    if (last !== undefined && !needs.has(last.key)) scope.add(`delete ${name}.${last.key};`);
    return name;
  },
  fixed((writing) => {
    const { scope, plan, value } = writing;
    const name = scope.constant('options', '{}', 'any');
    for (const member of lastOnly(plan.members))
      scope.add(
        `Object.defineProperty(${name}, '${member.key}', { value: ${value(member, scope)}, enumerable: ${plan.condition.holds}, writable: ${plan.isWrittenTo} });`,
      );
    return name;
  }),
  (writing) => {
    return `Object.fromEntries(Object.entries(${literal(writing.plan.members, writing)}).filter(([, value]) => value !== undefined))`;
  },
  (writing) => {
    const { scope, plan, value } = writing;
    const pairs = plan.members.map((member) => `['${member.key}', ${value(member, scope)}]`);
    return `Object.fromEntries(new Map${scope.unit.program.isTyped ? '<string, any>' : ''}([${pairs.join(', ')}]))`;
  },
  // A JSON file, where the values allow it.
  (writing) => {
    const { scope, plan } = writing;
    const values = jsonOf(lastOnly(plan.members));
    if (values === null) return `(${literal(plan.members, writing)})`;
    const path = `config/${scope.fresh('settings')}.json`;
    scope.unit.program.data.set(path, `${JSON.stringify({ session: values }, null, 2)}\n`);
    return `${scope.unit.imported(scope.unit.specifierOf(path), 'settings')}.session`;
  },
  (writing) => {
    const { scope, plan } = writing;
    const values = jsonOf(lastOnly(plan.members));
    const others = jsonOf(lastOnly(halves(writing)[0]));
    if (values === null || others === null) return `(${literal(plan.members, writing)})`;
    const path = `config/${scope.fresh('environments')}.json`;
    scope.unit.program.data.set(path, JSON.stringify({ development: others, production: values }));
    return `${scope.unit.imported(scope.unit.specifierOf(path), 'settings')}[process.env.NODE_ENV || 'development']`;
  },
  // In a closure, changed before it is handed out.
  (writing) => {
    const { scope, value } = writing;
    const [first, second] = halves(writing);
    const name = scope.fresh('store');
    const body = scope.body((inner) => {
      const held = inner.constant('held', literal(first, { ...writing, scope: inner }), 'any');
      inner.add(
        `return { set(key${any(scope)}, value${any(scope)}) { ${held}[key] = value; return this; }, all: () => ${held} };`,
      );
    });
    scope.add(`const ${name} = (() => ${body})();`);
    for (const member of second) scope.add(`${name}.set('${member.key}', ${value(member, scope)});`);
    return `${name}.all()`;
  },
  // Libraries that merge.
  (writing) => {
    const { scope } = writing;
    const [first, second] = halves(writing);
    const _ = scope.unit.imported('lodash', '_');
    const base = scope.constant('base', literal(first, writing), 'any');
    return `${_}.merge({}, ${base}, ${literal(second, writing)})`;
  },
  (writing) => {
    const { scope } = writing;
    const [first, second] = halves(writing);
    return `${scope.unit.imported('lodash', '_')}.defaults(${literal(first, writing)}, ${literal(second, writing)})`;
  },
  (writing) => {
    const { scope } = writing;
    const [first, second] = halves(writing);
    return `${scope.unit.imported('lodash', '_')}.defaultsDeep({}, ${literal(second, writing)}, ${literal(first, writing)})`;
  },
  (writing) => {
    const { scope, plan } = writing;
    if (!isPlain(plan.members)) return `(${literal(plan.members, writing)})`;
    const [first, second] = halves(writing);
    return `${scope.unit.imported('deepmerge', 'deepmerge')}(${literal(first, writing)}, ${literal(second, writing)})`;
  },
  (writing) => {
    const { scope, plan } = writing;
    return `${scope.unit.imported('lodash', '_')}.omit({ ...${literal(plan.members, writing)}, unused: 1 }, ['unused'])`;
  },
  (writing) => {
    const { scope, plan } = writing;
    const names = lastOnly(plan.members).map((member) => `'${member.key}'`);
    return `${scope.unit.imported('lodash', '_')}.pick({ ...${literal(plan.members, writing)}, unused: 1 }, [${names.join(', ')}])`;
  },
  (writing) =>
    isPlain(writing.plan.members)
      ? `${writing.scope.unit.imported('lodash', '_')}.cloneDeep(${literal(writing.plan.members, writing)})`
      : `(${literal(writing.plan.members, writing)})`,
  (writing) => {
    const { scope, plan, value } = writing;
    const name = scope.constant('options', '{}', 'any');
    const _ = scope.unit.imported('lodash', '_');
    for (const member of plan.members)
      scope.add(`${_}.set(${name}, '${member.key}', ${value(member, scope)});`);
    return name;
  },
  // Copies.
  (writing) =>
    `Object.fromEntries(Object.entries(${literal(writing.plan.members, writing)}).map(([key, value]) => [key, value]))`,
  (writing) => {
    const { scope, plan } = writing;
    const from = scope.constant('source', literal(plan.members, writing), 'any');
    const name = scope.constant('options', '{}', 'any');
    scope.add(`Object.keys(${from}).forEach((key) => { ${name}[key] = ${from}[key]; });`);
    return name;
  },
  (writing) => {
    const { scope } = writing;
    const [first, second] = halves(writing);
    const base = scope.constant('base', literal(first, writing), 'any');
    const from = scope.constant(
      'source',
      `Object.assign(Object.create(${base}), ${literal(second, writing)})`,
      'any',
    );
    const name = scope.constant('options', '{}', 'any');
    scope.add(`for (const key in ${from}) ${name}[key] = ${from}[key];`);
    return name;
  },
  (writing) =>
    `[{}, ${halves(writing)
      .map((half) => literal(half, writing))
      .join(
        ', ',
      )}].reduce((all${any(writing.scope)}, each${any(writing.scope)}) => Object.assign(all, each))`,
  (writing) =>
    `(({ unused, ...rest }${any(writing.scope)}) => rest)({ unused: 1, ...${literal(writing.plan.members, writing)} })`,
  (writing) => {
    const [first, second] = halves(writing);
    return `Object.assign(Object.create(null), ${literal(first, writing)}, ${literal(second, writing)})`;
  },
  // A builder.
  (writing) => {
    const { scope, plan, value } = writing;
    const name = scope.fresh('Builder');
    scope.add(
      `class ${name} {`,
      `  options${any(scope)} = {};`,
      `  with(key${any(scope)}, value${any(scope)}) { this.options[key] = value; return this; }`,
      `  build() { return { ...this.options }; }`,
      '}',
    );
    const calls = plan.members.map((member) => `.with('${member.key}', ${value(member, scope)})`);
    return `new ${name}()${calls.join('')}.build()`;
  },
  // A part of a larger configuration that is changed.
  (writing) => {
    const { scope, value } = writing;
    const [first, second] = halves(writing);
    const name = scope.constant('config', `{ port: 3000, session: ${literal(first, writing)} }`, 'any');
    for (const member of second) scope.add(`${name}.session.${member.key} = ${value(member, scope)};`);
    return `${name}.session`;
  },
  // Closures.
  (writing) => {
    const { scope } = writing;
    const [first, second] = halves(writing);
    const name = scope.fresh('over');
    scope.add(`const ${name} = (base${any(scope)}) => (own${any(scope)}) => ({ ...base, ...own });`);
    return `${name}(${literal(first, writing)})(${literal(second, writing)})`;
  },
  (writing) => {
    const { scope } = writing;
    const name = scope.fresh('Config');
    const body = scope.body((inner) =>
      inner.add(`return ${literal(writing.plan.members, { ...writing, scope: inner })};`),
    );
    scope.add(`class ${name} { static options() ${body} }`);
    return `${name}.options()`;
  },
  (writing) => {
    const { scope } = writing;
    if (!scope.isAsync) return `(${literal(writing.plan.members, writing)})`;
    const name = scope.fresh('loadOptions');
    const body = scope.body((inner) => {
      inner.add('await null;');
      inner.add(`return ${literal(writing.plan.members, { ...writing, scope: inner })};`);
    }, true);
    scope.add(`const ${name} = async () => ${body};`);
    return `(await ${name}())`;
  },
  // Layers of configuration: a file of defaults, and one that the environment names.
  (writing) => {
    const { scope, plan } = writing;
    const [first, second] = halves(writing);
    const { program } = scope.unit;
    const folder = program.fresh('config');
    const defaults = program.unit(`${folder}/default`);
    defaults.exportDefault(`{ session: ${literal(first, { ...writing, scope: defaults.top })} }`);
    const production = program.unit(`${folder}/production`);
    production.exportDefault(`{ session: ${literal(second, { ...writing, scope: production.top })} }`);
    program.unit(`${folder}/development`).exportDefault(`{ session: { cookie: {} } }`);
    const index = program.unit(`${folder}/index`);
    const base = index.imported(index.specifierOf(defaults.path), 'base');
    const specifier = index.specifierOf(production.path);
    const [before, after] = specifier.split('production') as [string, string];
    const path = `\`${before}\${process.env.NODE_ENV || 'development'}${after}\``;
    const own = index.top.constant(
      'own',
      program.isModule ? `(await import(${path})).default` : `require(${path})`,
      'any',
    );
    const merges = [
      () => `${index.imported('lodash', '_')}.merge({}, ${base}, ${own})`,
      () => `{ ...${base}, ...${own}, session: { ...${base}.session, ...${own}.session } }`,
      () => `${index.imported('lodash', '_')}.defaultsDeep({}, ${own}, ${base})`,
    ];
    index.exportDefault(merges[plan.condition.form % merges.length]!());
    return `${scope.unit.imported(scope.unit.specifierOf(index.path), 'config')}.session`;
  },
  // A JSON file that is read.
  (writing) => {
    const { scope, plan } = writing;
    const values = jsonOf(lastOnly(plan.members));
    if (values === null) return `(${literal(plan.members, writing)})`;
    const { program } = scope.unit;
    const path = `data/${program.fresh('settings')}.json`;
    program.data.set(path, JSON.stringify({ session: values }));
    const fs = scope.unit.imported('node:fs', 'fs');
    const back = scope.unit.specifierOf(path);
    if (program.isModule)
      return `JSON.parse(${fs}.readFileSync(new URL('${back}', import.meta.url), 'utf8')).session`;
    return `JSON.parse(${fs}.readFileSync(${scope.unit.imported('path', 'path')}.join(__dirname, '${back}'), 'utf8')).session`;
  },
  // Environments that extend one another.
  (writing) => {
    const { scope, value } = writing;
    const [first, second] = halves(writing);
    const base = scope.fresh('Base');
    const production = scope.fresh('Production');
    const own = { ...writing, scope: scope.inFunction };
    const changes = second.map((member) => `all.${member.key} = ${value(member, scope.inFunction)};`);
    scope.add(
      `class ${base} { session()${any(scope)} { return ${literal(first, own)}; } }`,
      `class ${production} extends ${base} { session()${any(scope)} { const all = super.session(); ${changes.join(' ')} return all; } }`,
      `const ${production}Config = process.env.NODE_ENV === 'production' ? new ${production}() : new ${base}();`,
    );
    return `${production}Config.session()`;
  },
];

/** The same object, in a shape that lets its members and theirs be changed later. */
export function changeable<Extra>(plan: ObjectPlan<Extra>): ObjectPlan<Extra> {
  const members = plan.members.map((member): Member<Extra> => {
    const inner = member.value as { readonly kind: string };
    return inner.kind === 'object'
      ? { key: member.key, value: changeable(inner as ObjectPlan<Extra>) }
      : member;
  });
  return { ...plan, members, isChanged: true };
}

/** The expression that gives the object; what must stand before it is added to the scope. */
export function writeObject<Extra extends { readonly kind: string }>(
  plan: ObjectPlan<Extra>,
  scope: Scope,
  writeExtra: WriteExtra<Extra>,
): string {
  const value = (member: Member<Extra>, at: Scope): string => {
    const inner = member.value as { readonly kind: string };
    if (inner.kind === 'object') return writeObject(inner as ObjectPlan<Extra>, at, writeExtra);
    return isExpression(inner) ? write(inner, at) : writeExtra(inner as Extra, at);
  };
  const shape =
    shapes[plan.shape < plainShapes ? plan.shape % 4 : (plan.shape - plainShapes) % shapes.length]!;
  return (plan.isChanged && readOnly.has(shape) ? shapes[1]! : shape)({ plan, scope, value });
}

function isExpression(value: { readonly kind: string }): value is Expression {
  return ['literal', 'date', 'choice', 'detour', 'outside'].includes(value.kind);
}
