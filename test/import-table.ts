/** Turns the text of the sources into the breaches of the house's rules: who may import whom, no I/O in the middle, a sentence at each head. */
import { builtinModules } from 'node:module';
import { posix } from 'node:path';
import { type ParseResult, parse } from '@babel/parser';
import type { File, Node } from '@babel/types';

/** Path from the repository's root (`src/gate.ts`) -> text. */
export type Tree = ReadonlyMap<string, string>;

/** Node's own modules that only compute. */
const computingModules = new Set([
  'assert',
  'buffer',
  'crypto',
  'path',
  'path/posix',
  'querystring',
  'string_decoder',
  'url',
  'util',
]);

/** Packages that reach for the network, processes or the runner; the pure stages may use any other. */
const effectPackages = /^(?:@actions|@octokit)\/|^(?:undici|graceful-fs)$/;

/** Names of the outside world: using one, where the file does not declare it, is input, output or a clock. */
const worldNames = new Set([
  'process',
  'console',
  'fetch',
  'performance',
  'setTimeout',
  'setInterval',
  'setImmediate',
]);

interface Place {
  readonly name: string;
  /** The files that are of this place. */
  readonly files: RegExp;
  /** What they may import of src/, besides packages. */
  readonly may: RegExp;
  readonly effects: boolean;
}

/** The import table. The first place that fits a file is the one that counts. */
const table: readonly Place[] = [
  { name: 'model', files: /^src\/model\//, may: /^src\/model\//, effects: false },
  { name: 'data', files: /^src\/data\//, may: /^src\/(?:data|model)\//, effects: false },
  {
    name: 'collect',
    files: /^src\/collect\//,
    // The report's schema is part of the documentation, and what a report is held to.
    may: /^src\/(?:collect|model)\/|^docs\/report\.schema\.json$/,
    effects: true,
  },
  {
    name: 'a rule',
    files: /^src\/detect\/rules\//,
    // headers/ holds what middlewares do to responses, in the words of the model: facts that several rules share.
    may: /^src\/(?:detect\/(?:(?:rule-contract|app-model)\.ts$|headers\/)|model\/|data\/)/,
    effects: false,
  },
  { name: 'detect', files: /^src\/detect\//, may: /^src\/(?:detect|model|data)\//, effects: false },
  { name: 'evaluate', files: /^src\/evaluate\//, may: /^src\/(?:evaluate|model)\//, effects: false },
  { name: 'a publisher', files: /^src\/report\/publish-/, may: /^src\/(?:report|model)\//, effects: true },
  {
    name: 'a renderer',
    files: /^src\/report\//,
    may: /^src\/(?:report\/(?!publish-)|model\/)/,
    effects: false,
  },
  {
    name: 'gate.ts',
    files: /^src\/gate\.ts$/,
    may: /^src\/(?:(?:collect\/(?:base|collect|policy-file)|detect\/(?:detect|rule-list)|evaluate\/evaluate)\.ts$|model\/)/,
    effects: false,
  },
  {
    name: 'waive.ts',
    files: /^src\/waive\.ts$/,
    may: /^src\/(?:gate\.ts$|collect\/(?:nearest-name|policy-edit|policy-schema)\.ts$|model\/)/,
    effects: false,
  },
  {
    name: 'action.ts',
    files: /^src\/action\.ts$/,
    may: /^src\/(?:gate\.ts$|version\.ts$|collect\/action-inputs\.ts$|report\/|model\/)/,
    effects: true,
  },
  {
    name: 'cli.ts',
    files: /^src\/cli\.ts$/,
    may: /^src\/(?:gate\.ts$|waive\.ts$|version\.ts$|collect\/cli-arguments\.ts$|report\/|model\/)/,
    effects: true,
  },
  {
    name: 'comment.ts',
    files: /^src\/comment\.ts$/,
    may: /^src\/(?:collect\/comment-inputs\.ts$|report\/|model\/)/,
    effects: true,
  },
  { name: 'version.ts', files: /^src\/version\.ts$/, may: /^$/, effects: false },
];

/** Every breach in the tree, one sentence each that begins with the file; sorted. */
export function breaches(tree: Tree): string[] {
  const found: string[] = [];
  const graph = new Map<string, string[]>();
  for (const [file, text] of tree) {
    const say = (sentence: string) => found.push(`${file}: ${sentence}`);
    checkName(file, say);
    if (!file.endsWith('.ts')) continue;
    checkHead(text, say);
    const syntax = parse(text, {
      sourceType: 'module',
      plugins: ['typescript'],
      createImportExpressions: true,
    });
    // Tests load programs that they have made.
    const imports = importsOf(syntax, file.startsWith('src/') ? say : () => undefined);
    graph.set(
      file,
      imports.filter(isRelative).map((specifier) => resolve(file, specifier)),
    );
    if (file.startsWith('src/')) checkSource(file, imports, syntax, tree, say);
  }
  found.push(
    ...cycles(graph).map((cycle) => `${cycle[0]}: imports itself: ${[...cycle, cycle[0]].join(' -> ')}`),
  );
  return found.sort();
}

function checkName(file: string, say: (sentence: string) => void): void {
  const name = posix.basename(file).split('.')[0]!;
  if (/(?:^|-)(?:utils?|helpers?|common|manager|misc)(?:-|$)/.test(name))
    say(`"${name}" does not say what is in it`);
  if (!/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(name)) say('the name is not in kebab-case');
}

function checkHead(text: string, say: (sentence: string) => void): void {
  const head = /^(?:#!.*\n)?\s*(?:\/\*\*([\s\S]*?)\*\/|((?:\/\/.*\n)+))/.exec(text);
  const words = (head?.[1] ?? head?.[2] ?? '').replace(/^\s*(?:\*|\/\/)\s?/gm, '').trim();
  if (!/^\S+(?:\s+\S+){3,}/.test(words) || !/[.!?)]$/.test(words))
    say('no sentence at its head says what it turns into what');
}

function checkSource(
  file: string,
  imports: readonly string[],
  syntax: ParseResult<File>,
  tree: Tree,
  say: (sentence: string) => void,
): void {
  const place = table.find((each) => each.files.test(file));
  if (place === undefined) {
    say('has no place in the house (test/import-table.ts holds the table)');
    return;
  }
  for (const specifier of imports) {
    if (!isRelative(specifier)) {
      if (!place.effects && isEffect(specifier))
        say(`${place.name} may not import ${specifier}: it does input or output`);
      continue;
    }
    const target = resolve(file, specifier);
    if (!tree.has(target)) say(`imports ${specifier}, which is not there`);
    else if (!place.may.test(target)) say(`${place.name} may not import ${target}`);
  }
  visit(syntax.program, (node) => {
    if (
      node.type === 'MemberExpression' &&
      node.property.type === 'Identifier' &&
      node.property.name === 'localeCompare'
    ) {
      say('localeCompare orders differently from machine to machine: use compareText');
    }
  });
  if (!place.effects) {
    for (const use of worldUses(syntax))
      say(`${place.name} may not use ${use}: it has no input, output or clock`);
  }
  if (place.name === 'a rule') checkRuleId(file, syntax, say);
}

function checkRuleId(file: string, syntax: ParseResult<File>, say: (sentence: string) => void): void {
  const name = posix.basename(file, '.ts');
  let id: string | undefined;
  visit(syntax.program, (node) => {
    if (
      node.type !== 'CallExpression' ||
      node.callee.type !== 'Identifier' ||
      node.callee.name !== 'defineRule'
    )
      return;
    const [metadata] = node.arguments;
    if (metadata?.type !== 'ObjectExpression') return;
    for (const property of metadata.properties) {
      if (
        property.type !== 'ObjectProperty' ||
        property.key.type !== 'Identifier' ||
        property.key.name !== 'id'
      )
        continue;
      if (property.value.type === 'StringLiteral') id = property.value.value;
    }
  });
  if (id !== name) say(id === undefined ? 'holds no defineRule({ id: … })' : `holds the rule ${id}`);
}

function isRelative(specifier: string): boolean {
  return specifier.startsWith('.');
}

function resolve(file: string, specifier: string): string {
  return posix.normalize(posix.join(posix.dirname(file), specifier));
}

function isEffect(specifier: string): boolean {
  const name = specifier.replace(/^node:/, '');
  const builtin = specifier.startsWith('node:') || builtinModules.includes(name);
  return builtin ? !computingModules.has(name) : effectPackages.test(specifier);
}

/** Every module that the file names: import, export from, import(), type imports, `import x = require()`. */
function importsOf(syntax: ParseResult<File>, say: (sentence: string) => void): string[] {
  const specifiers = new Set<string>();
  const add = (node: Node | null | undefined) => {
    if (node?.type === 'StringLiteral') specifiers.add(node.value);
    else if (node !== null && node !== undefined) say('imports a module by a computed name');
  };
  visit(syntax.program, (node) => {
    switch (node.type) {
      case 'ImportDeclaration':
      case 'ExportNamedDeclaration':
      case 'ExportAllDeclaration':
      case 'ImportExpression':
        add(node.source);
        break;
      case 'TSImportType':
        add(node.argument);
        break;
      case 'CallExpression':
        if (node.callee.type === 'Identifier' && node.callee.name === 'require')
          add(node.arguments[0] as Node);
        break;
    }
  });
  return [...specifiers];
}

/** Uses of the world, of today's date and of chance. Names that the file declares itself are its own. */
function worldUses(syntax: ParseResult<File>): Set<string> {
  const uses = new Set<string>();
  const own = declaredNames(syntax);
  visit(syntax.program, (node) => {
    const callee = node.type === 'CallExpression' || node.type === 'NewExpression' ? node.callee : null;
    if (callee?.type === 'Identifier') {
      if (worldNames.has(callee.name) && !own.has(callee.name)) uses.add(callee.name);
      const noArguments = 'arguments' in node && node.arguments.length === 0;
      if (callee.name === 'Date' && noArguments) uses.add('new Date()');
    }
    if (node.type === 'MemberExpression' && node.object.type === 'Identifier' && !own.has(node.object.name)) {
      const property = node.property.type === 'Identifier' ? node.property.name : '';
      if (worldNames.has(node.object.name)) uses.add(node.object.name);
      if (['Date.now', 'Math.random'].includes(`${node.object.name}.${property}`))
        uses.add(`${node.object.name}.${property}`);
    }
  });
  return uses;
}

function declaredNames(syntax: ParseResult<File>): Set<string> {
  const names = new Set<string>();
  const addPattern = (node: Node | null | undefined): void => {
    if (node?.type === 'Identifier') names.add(node.name);
    if (node?.type === 'ObjectPattern')
      for (const each of node.properties)
        addPattern(each.type === 'RestElement' ? each.argument : each.value);
    if (node?.type === 'ArrayPattern') for (const each of node.elements) addPattern(each);
    if (node?.type === 'AssignmentPattern') addPattern(node.left);
    if (node?.type === 'RestElement') addPattern(node.argument);
  };
  visit(syntax.program, (node) => {
    if (node.type === 'VariableDeclarator' || node.type === 'FunctionDeclaration') addPattern(node.id);
    if ('params' in node && Array.isArray(node.params))
      for (const each of node.params) addPattern(each as Node);
    if (node.type.startsWith('Import') && 'local' in node) addPattern(node.local as Node);
  });
  return names;
}

/** Calls `see` for each node below and including `node`. */
function visit(node: Node, see: (node: Node) => void): void {
  see(node);
  for (const [key, value] of Object.entries(node)) {
    if (key === 'loc' || key.endsWith('Comments')) continue;
    for (const each of Array.isArray(value) ? value : [value]) {
      if (typeof each?.type === 'string') visit(each, see);
    }
  }
}

/** One cycle for each file at which the search finds one, each told once, from its first file by name. */
function cycles(graph: ReadonlyMap<string, readonly string[]>): string[][] {
  const found = new Map<string, string[]>();
  const done = new Set<string>();
  const search = (file: string, path: readonly string[]): void => {
    const at = path.indexOf(file);
    if (at >= 0) {
      const cycle = path.slice(at);
      const first = cycle.indexOf([...cycle].sort()[0]!);
      const turned = [...cycle.slice(first), ...cycle.slice(0, first)];
      found.set(turned.join('\n'), turned);
      return;
    }
    if (done.has(file)) return;
    for (const next of graph.get(file) ?? []) search(next, [...path, file]);
    done.add(file);
  };
  for (const file of [...graph.keys()].sort()) search(file, []);
  return [...found.values()];
}
