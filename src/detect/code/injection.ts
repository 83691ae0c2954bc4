/** Turns a class, or another token, into the instance that a dependency-injection container would make of it. */
import type * as t from '@babel/types';
import type { Reason } from '../app-model.ts';
import { findScope, readSlot } from './bindings.ts';
import { decoratorsOf } from './decorators.ts';
import type { Machine, Scope } from './machine.ts';
import { known, type Obj, type Place, undefinedValue, unknown, type Val } from './values.ts';

/** How a container answers for a token. */
export type Provision = 'class' | 'value' | 'factory' | 'existing';

const maxDepth = 12;

/** Reasons for what only the container knows. */
const notProvided: Reason = {
  kind: 'argument',
  text: 'it is injected, and nothing in the repository is seen to provide it',
};
const madeElsewhere = (param: t.Node, node: t.Class): Reason => {
  const inner = param.type === 'TSParameterProperty' ? param.parameter : param;
  const target = inner.type === 'AssignmentPattern' ? inner.left : inner;
  const what = target.type === 'Identifier' ? `\`${target.name}\`` : 'an argument';
  return {
    kind: 'argument',
    text: `${what} is given by whatever makes an instance of ${node.id == null ? 'the class' : `\`${node.id.name}\``}`,
  };
};

/**
 * The container of one machine. tsyringe, typedi, inversify and Nest differ in how they are told what to provide, not in what they then do:
 * a class is made once, its constructor's arguments by the tokens of their decorators, else by their types.
 */
export class Injector {
  private readonly m: Machine;
  /** Instances and provisions are kept on the heap, so that what happens on one way only is taken back with it. */
  private readonly registry: Obj;
  private depth = 0;

  constructor(m: Machine) {
    this.m = m;
    this.registry = m.object(null);
  }

  /** Remembers what `token` gives. */
  provide(token: Val, how: Provision, content: Val, place: Place): void {
    const key = keyOf(token);
    if (key === null) return;
    const entry = this.m.objectOf(
      [
        ['how', known(how)],
        ['content', content],
      ],
      place,
    );
    this.m.state.setSlot(this.registry, `provided:${key}`, { value: entry, place });
    this.m.state.setSlot(this.registry, `made:${key}`, undefined);
  }

  /** What the container gives for `token`. */
  get(token: Val, place: Place): Val {
    const key = keyOf(token);
    if (key === null) return unknown(token.kind === 'unknown' ? token.reason : notProvided, place);
    const made = this.registry.slots.get(`made:${key}`)?.value;
    if (made !== undefined) return made;
    if (this.depth >= maxDepth) return unknown(notProvided, place);
    this.depth++;
    try {
      const value = this.make(token, key, place);
      this.m.state.setSlot(this.registry, `made:${key}`, { value, place });
      return value;
    } finally {
      this.depth--;
    }
  }

  private make(token: Val, key: string, place: Place): Val {
    const { m } = this;
    const entry = this.registry.slots.get(`provided:${key}`)?.value;
    if (entry?.kind === 'object') {
      const how = entry.slots.get('how')?.value;
      const content = entry.slots.get('content')?.value ?? undefinedValue;
      switch (how?.kind === 'known' ? how.value : null) {
        case 'value':
          return content;
        case 'factory':
          return m.call(content, undefinedValue, [], place);
        case 'existing':
          return this.get(content, place);
        default:
          return this.instanceOf(content, place);
      }
    }
    return this.instanceOf(token, place);
  }

  private instanceOf(made: Val, place: Place): Val {
    if (made.kind !== 'object') return unknown(notProvided, place);
    if (made.closure?.kind === 'class') {
      if ((made.closure.node as t.Class & { abstract?: boolean }).abstract === true)
        return unknown(notProvided, place);
      return this.m.construct(made, constructorArguments(this.m, made, place), place);
    }
    return made.external === null ? unknown(notProvided, place) : providerOf(this.m, made, place);
  }
}

const injectors = new WeakMap<Machine, Injector>();

/** The container of a machine. */
export function injectorOf(m: Machine): Injector {
  let injector = injectors.get(m);
  if (injector === undefined) {
    injector = new Injector(m);
    injectors.set(m, injector);
  }
  return injector;
}

/** What a container gives for a class of a library: a summary may ask `args[0]` which one. */
export function providerOf(m: Machine, library: Val, place: Place): Obj {
  const made = m.object(place);
  made.external = { package: '@nestjs/core', path: 'provider', args: [library], place, from: null };
  return made;
}

/** The arguments of a class's constructor, or of the one that it inherits: injected where decorators say that a container makes it. */
export function constructorArguments(m: Machine, made: Obj, place: Place): Val[] {
  for (let at: Obj | null = made; at !== null; at = at.proto) {
    const record = at.data as { node?: t.Class; scope?: Scope } | null;
    if (at.closure?.kind !== 'class' || record?.node === undefined || record.scope === undefined) continue;
    const { node, scope } = record;
    const maker = node.body.body.find(
      (member): member is t.ClassMethod => member.type === 'ClassMethod' && member.kind === 'constructor',
    );
    if (maker === undefined) continue;
    const isMade = isInjected(node, maker);
    return maker.params.map(
      (param) =>
        (isMade ? injected(m, param, scope, place) : null) ?? unknown(madeElsewhere(param, node), place),
    );
  }
  return [];
}

/** TypeScript tells a container the types of a constructor only where the class, or a parameter, has a decorator. */
function isInjected(node: t.Class, maker: t.ClassMethod): boolean {
  return decoratorsOf(node).length > 0 || maker.params.some((param) => decoratorsOf(param).length > 0);
}

/** What a parameter or field is given by the container; null where nothing says so. */
export function injected(m: Machine, node: t.Node, scope: Scope, place: Place): Val | null {
  const target = node.type === 'TSParameterProperty' ? node.parameter : node;
  for (const decorator of [...decoratorsOf(node), ...(target === node ? [] : decoratorsOf(target))]) {
    const name = nameOf(decorator);
    if (name === null || !/^(?:lazy)?inject/i.test(name)) continue;
    const { expression } = decorator;
    const argument = expression.type === 'CallExpression' ? expression.arguments[0] : undefined;
    if (argument === undefined) break;
    // `@InjectRepository(User)` and its like ask for something of a library, by what it is about.
    if (!/^(?:lazy)?inject$/i.test(name))
      return unknown({ kind: 'library', text: `it is what \`@${name}\` injects` }, place);
    return injectorOf(m).get(unwrapped(m, m.evaluate(argument, scope), place), place);
  }
  const { typeAnnotation } = (target.type === 'AssignmentPattern' ? target.left : target) as {
    typeAnnotation?: t.Node | null;
  };
  const type = typeAnnotation?.type === 'TSTypeAnnotation' ? typeAnnotation.typeAnnotation : null;
  if (type?.type !== 'TSTypeReference' || type.typeName.type !== 'Identifier') return null;
  const holder = findScope(type.typeName.name, scope);
  if (holder === null) return null;
  const token = readSlot(m, holder.slots.get(type.typeName.name)!, undefinedValue, place);
  return token.kind === 'object' && (token.closure?.kind === 'class' || token.external !== null)
    ? injectorOf(m).get(token, place)
    : null;
}

/** Whether a field is one that a container fills after the constructor. */
export function isInjectedField(node: unknown): boolean {
  return decoratorsOf(node).some((decorator) => /^(?:lazy)?inject/i.test(nameOf(decorator) ?? ''));
}

function nameOf({ expression }: t.Decorator): string | null {
  const callee = expression.type === 'CallExpression' ? expression.callee : expression;
  if (callee.type === 'Identifier') return callee.name;
  return callee.type === 'MemberExpression' && callee.property.type === 'Identifier'
    ? callee.property.name
    : null;
}

/** `forwardRef(() => X)`, `delay(() => X)`, `() => X`: the class itself. */
export function unwrapped(m: Machine, token: Val, place: Place): Val {
  if (token.kind !== 'object') return token;
  const lazy =
    token.external?.args !== null && /(?:^|\.)(?:forwardRef|delay)$/.test(token.external?.path ?? '')
      ? token.external?.args[0]
      : token.closure?.kind === 'arrow'
        ? token
        : undefined;
  return lazy === undefined ? token : m.call(lazy, undefinedValue, [], place);
}

/** A token as a key: text, a symbol by its name, a class by its identity. */
function keyOf(token: Val): string | null {
  if (token.kind === 'known') return token.value == null ? null : `text:${String(token.value)}`;
  if (token.kind !== 'object') return null;
  if (typeof token.data === 'symbol') return `symbol:${token.data.description}`;
  if (token.external !== null && token.external.args === null)
    return `library:${token.external.package}:${token.external.path}`;
  return `object:${token.id}`;
}
