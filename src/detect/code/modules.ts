/** Runs modules at their first import, CommonJS in place and ES modules before their importer, and gives what they export. */
import type * as t from '@babel/types';
import { collectNames, hoistVars, readSlot } from './bindings.ts';
import { readDataFile } from './data-files.ts';
import type { Machine, Scope } from './machine.ts';
import type { Parsed } from './parse.ts';
import { directoryOf, type ModuleResolver, virtualRoot } from './resolve-module.ts';
import { defaultExport } from './statements.ts';
import { valueNames } from './value-names.ts';
import {
  absentValue,
  comesFrom,
  known,
  type Obj,
  type Place,
  type Slot,
  undefinedValue,
  unknown,
  type Val,
} from './values.ts';

interface ModuleRecord {
  readonly path: string;
  /** CommonJS: the module object; ES modules: its `exports` is the namespace. */
  readonly module: Obj;
  readonly namespace: Obj;
  esm: boolean;
}

export interface ModuleHost {
  readonly resolver: ModuleResolver;
  /** The syntax tree of a source file; null where there is none. */
  readonly parse: (path: string) => Parsed | null;
  readonly text: (path: string) => string | null;
  /** The exports of a package that is not in the repository. */
  readonly external: (name: string, path: string) => Val;
}

export class Modules {
  private readonly records = new Map<string, ModuleRecord>();
  private readonly m: Machine;
  private readonly host: ModuleHost;
  private depth = 0;

  constructor(m: Machine, host: ModuleHost) {
    this.m = m;
    this.host = host;
  }

  /** The paths that have been run. */
  get loaded(): ReadonlySet<string> {
    return new Set(this.records.keys());
  }

  /** `require(specifier)`, or with the prefix `import:` what `await import(specifier)` gives. */
  load(specifier: string, fromFile: string, place: Place): Val {
    const dynamic = specifier.startsWith('import:');
    const name = dynamic ? specifier.slice(7) : specifier;
    const resolved = this.host.resolver.resolve(name, fromFile);
    if (resolved.kind === 'package') return this.host.external(resolved.name, resolved.path);
    if (resolved.kind === 'missing') {
      this.m.risk++;
      return unknown(
        {
          kind: 'module',
          text: `it comes from \`${name.replace(`${virtualRoot}/`, '')}\`, which is not in the repository`,
        },
        place,
      );
    }
    const record = this.run(resolved.path);
    if (record === null)
      return unknown(
        { kind: 'module', text: `it comes from \`${resolved.path}\`, which is no program` },
        place,
      );
    const exported = this.exportsOf(record, place);
    if (!dynamic || record.esm || exported.kind !== 'object') return exported;
    const namespace = this.m.object(place);
    for (const [key, slot] of exported.slots) namespace.slots.set(key, slot);
    if (!namespace.slots.has('default')) namespace.slots.set('default', { value: exported, place });
    return namespace;
  }

  /** Runs an entry module. */
  start(path: string): void {
    this.run(path);
  }

  /** Beside imports, TypeScript's `export =` and `module.exports =` still replace what a module gives. */
  private exportsOf(record: ModuleRecord, place: Place): Val {
    return this.m.get(record.module, 'exports', place);
  }

  private run(path: string): ModuleRecord | null {
    const done = this.records.get(path);
    if (done !== undefined) return done;
    const { m } = this;
    const place: Place = { file: path, span: { start: { line: 1, column: 0 }, end: { line: 1, column: 0 } } };
    const namespace = m.object(place);
    const module = m.objectOf(
      [
        ['exports', namespace],
        ['id', known(path)],
        ['filename', known(`${virtualRoot}/${path}`)],
        ['children', m.array([], place)],
        ['paths', m.array([], place)],
      ],
      place,
    );
    const record: ModuleRecord = { path, module, namespace, esm: false };
    if (path.endsWith('.json')) {
      this.records.set(path, record);
      module.slots.set('exports', { value: this.readJson(path), place: null });
      return record;
    }
    const parsed = this.host.parse(path);
    if (parsed === null) return null;
    this.records.set(path, record);
    if (this.depth > 200) return record;
    this.depth++;
    // A module runs once, whatever branch first asks for it: what it does stays.
    const { journal } = m.state;
    m.state.journal = null;
    const { length } = m.callStack;
    try {
      m.begin(() => this.runProgram(record, parsed.program));
    } finally {
      m.state.journal = journal;
      m.callStack.length = length;
      this.depth--;
    }
    return record;
  }

  /** What a JSON file holds, each value with its place there. */
  private readJson(path: string): Val {
    return readDataFile(this.m, path, this.host.text(path) ?? '', 'json');
  }

  private runProgram(record: ModuleRecord, program: t.Program): void {
    const { m } = this;
    const { path } = record;
    const mark = m.mark;
    record.esm = program.body.some((node) =>
      /^(Import|Export(Named|Default|All))Declaration$/.test(node.type),
    );
    const scope = m.scope(
      null,
      m.frame(path, record.esm ? undefinedValue : record.namespace, null, [], null),
      true,
    );
    const set = (name: string, value: Val): void => void scope.slots.set(name, { value, place: null });
    set('module', record.module);
    scope.slots.set('exports', { value: record.namespace, place: null });
    set('require', this.requireOf(path));
    set('__filename', known(`${virtualRoot}/${path}`));
    set('__dirname', known(directoryOf(path) === '' ? virtualRoot : `${virtualRoot}/${directoryOf(path)}`));
    if (record.esm) this.linkImports(program, scope, path);
    hoistVars(program, program.body, scope);
    if (record.esm) this.linkExports(program, scope, record);
    m.runBody(program.body, scope);
    m.settle(mark);
  }

  /** The function `require` of one file. */
  requireOf(path: string): Obj {
    const { m } = this;
    const made = m.native((call) => {
      const specifier = call.args[0];
      if (specifier?.kind === 'known' && typeof specifier.value === 'string')
        return this.load(specifier.value, path, call.place);
      if (specifier?.kind === 'oneOf') {
        const parts = specifier.alternatives.map((single) =>
          m.call(made, undefinedValue, [single], call.place),
        );
        return parts.length === 1
          ? parts[0]!
          : {
              kind: 'oneOf',
              alternatives: parts.flatMap((part) => (part.kind === 'oneOf' ? part.alternatives : [part])),
              reason: specifier.reason,
              trace: null,
            };
      }
      m.risk++;
      return unknown(
        specifier?.kind === 'unknown'
          ? specifier.reason
          : { kind: 'module', text: 'the name of a module is computed' },
        call.place,
      );
    });
    made.slots.set('resolve', { value: m.native((call) => call.args[0] ?? undefinedValue), place: null });
    // `if (require.main === module)`: a module that is run is taken to be started.
    made.slots.set('main', {
      value: undefinedValue,
      place: null,
      getter: () => this.records.get(path)?.module ?? undefinedValue,
    });
    made.slots.set('cache', { value: m.object(null), place: null });
    return made;
  }

  private linkImports(program: t.Program, scope: Scope, path: string): void {
    const { m } = this;
    const usedNames = /\.[cm]?tsx?$/.test(path) ? valueNames(program) : null;
    for (const node of program.body) {
      if (
        node.type === 'ExportAllDeclaration' ||
        (node.type === 'ExportNamedDeclaration' && node.source != null)
      ) {
        if (node.exportKind !== 'type') this.load(node.source!.value, path, m.place(node, scope));
        continue;
      }
      if (node.type !== 'ImportDeclaration' || node.importKind === 'type' || node.importKind === 'typeof')
        continue;
      const place = m.place(node, scope);
      const values = node.specifiers.filter(
        (one) => one.type !== 'ImportSpecifier' || (one.importKind !== 'type' && one.importKind !== 'typeof'),
      );
      // An import that names only types is dropped by the compiler: loading it might close a circle that the program has not.
      const used =
        usedNames === null ||
        node.specifiers.length === 0 ||
        values.some((one) => usedNames.has(one.local.name));
      const exported = used ? this.load(node.source.value, path, place) : null;
      const whole = (): Val => exported ?? this.load(node.source.value, path, place);
      for (const specifier of values) {
        const at = m.place(specifier, scope);
        if (specifier.type === 'ImportNamespaceSpecifier')
          scope.slots.set(
            specifier.local.name,
            exported === null
              ? { value: undefinedValue, place: null, getter: whole }
              : { value: exported, place: null },
          );
        else {
          const name =
            specifier.type === 'ImportDefaultSpecifier'
              ? 'default'
              : specifier.imported.type === 'Identifier'
                ? specifier.imported.name
                : specifier.imported.value;
          scope.slots.set(specifier.local.name, {
            value: undefinedValue,
            place: null,
            getter: () => this.importedName(whole(), name, at),
          });
        }
      }
    }
  }

  /** One export by name; CommonJS modules and packages give themselves as the default. */
  private importedName(exported: Val, name: string, place: Place): Val {
    if (name !== 'default') return this.m.get(exported, name, place);
    if (exported.kind !== 'object') return exported.kind === 'unknown' ? exported : absentValue;
    if (exported.external !== null) return exported;
    const slot = exported.slots.get('default');
    if (slot !== undefined) return readSlot(this.m, slot, exported, place);
    return exported;
  }

  private linkExports(program: t.Program, scope: Scope, record: ModuleRecord): void {
    const { namespace } = record;
    const place: Place = {
      file: record.path,
      span: { start: { line: 1, column: 0 }, end: { line: 1, column: 0 } },
    };
    namespace.slots.set('__esModule', { value: known(true), place });
    const local = (exportedName: string, localName: string): void => {
      namespace.slots.set(exportedName, {
        value: undefinedValue,
        place,
        getter: () => this.readLocal(scope, localName, place),
      });
    };
    for (const node of program.body) {
      if (node.type === 'ExportDefaultDeclaration') local('default', defaultExport);
      else if (node.type === 'ExportAllDeclaration' && node.exportKind !== 'type')
        this.exportAll(namespace, this.load(node.source.value, record.path, place), place);
      else if (node.type === 'ExportNamedDeclaration') {
        for (const specifier of node.specifiers) {
          const exportedName =
            specifier.exported.type === 'Identifier' ? specifier.exported.name : specifier.exported.value;
          if (node.source == null) {
            if (specifier.type === 'ExportSpecifier') local(exportedName, specifier.local.name);
            continue;
          }
          const from = this.load(node.source.value, record.path, place);
          if (specifier.type === 'ExportNamespaceSpecifier')
            namespace.slots.set(exportedName, { value: from, place });
          else if (specifier.type === 'ExportSpecifier') {
            const importedName = specifier.local.name;
            namespace.slots.set(exportedName, {
              value: undefinedValue,
              place,
              getter: () => this.importedName(from, importedName, place),
            });
          }
        }
        for (const name of declaredNames(node.declaration)) local(name, name);
      }
    }
  }

  private readLocal(scope: Scope, name: string, place: Place): Val {
    const slot = scope.slots.get(name);
    return slot === undefined ? absentValue : readSlot(this.m, slot, undefinedValue, place);
  }

  private exportAll(namespace: Obj, from: Val, place: Place): void {
    if (from.kind !== 'object') {
      if (from.kind === 'unknown') namespace.open = from.reason;
      return;
    }
    if (from.external !== null) {
      namespace.open = comesFrom(from.external.package);
      return;
    }
    for (const [key, slot] of from.slots) {
      if (key === 'default' || key === '__esModule' || namespace.slots.has(key)) continue;
      const getter: Slot['getter'] = slot.getter ?? (() => this.m.get(from, key, place));
      namespace.slots.set(key, { value: undefinedValue, place, getter });
    }
    if (from.open !== null) namespace.open ??= from.open;
  }
}

function declaredNames(declaration: t.Node | null | undefined): string[] {
  if (declaration == null) return [];
  if (declaration.type === 'VariableDeclaration') {
    const names = new Set<string>();
    for (const declarator of declaration.declarations) collectNames(declarator.id, names);
    return [...names];
  }
  if (
    'id' in declaration &&
    declaration.id != null &&
    typeof declaration.id === 'object' &&
    'name' in declaration.id
  )
    return [String(declaration.id.name)];
  return [];
}
