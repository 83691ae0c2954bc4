/** Turns a TypeScript module into the names that it uses as values: an import of which none is used so is dropped by the compiler. */
import type * as t from '@babel/types';

/** Where only types stand. */
const typeKeys: ReadonlySet<string> = new Set([
  'typeAnnotation',
  'returnType',
  'typeParameters',
  'typeArguments',
  'superTypeParameters',
  'superTypeArguments',
  'implements',
  'loc',
]);

const typeNodes: ReadonlySet<string> = new Set([
  'ImportDeclaration',
  'TSInterfaceDeclaration',
  'TSTypeAliasDeclaration',
  'TSDeclareFunction',
]);

const found = new WeakMap<t.Program, ReadonlySet<string> | null>();

/** Null where decorators may make values of types (emitDecoratorMetadata), so that each import may be used. */
export function valueNames(program: t.Program): ReadonlySet<string> | null {
  let names = found.get(program);
  if (names === undefined) {
    names = collect(program);
    found.set(program, names);
  }
  return names;
}

function collect(program: t.Program): ReadonlySet<string> | null {
  const names = new Set<string>();
  const stack: unknown[] = [...program.body];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (Array.isArray(node)) {
      stack.push(...node);
      continue;
    }
    if (node === null || typeof node !== 'object') continue;
    const { type, name, decorators } = node as { type?: string; name?: unknown; decorators?: unknown };
    if (typeof type !== 'string' || typeNodes.has(type)) continue;
    if (Array.isArray(decorators) && decorators.length > 0) return null;
    if ((type === 'Identifier' || type === 'JSXIdentifier') && typeof name === 'string') names.add(name);
    for (const key of Object.keys(node)) {
      const child = (node as Record<string, unknown>)[key];
      if (child !== null && typeof child === 'object' && !typeKeys.has(key)) stack.push(child);
    }
  }
  return names;
}
