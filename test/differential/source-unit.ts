/** Turns statements and imports into the text of generated modules, in CommonJS, ES modules or TypeScript. */

export type Language = 'cjs' | 'esm' | 'ts' | 'ts-cjs';

/** Statements in the order in which they are written; expressions add what must stand before them. */
export class Scope {
  readonly lines: string[];
  readonly unit: Unit;
  /** Whether `await` may be written here. */
  readonly isAsync: boolean;

  /** The name of an app that may be asked for its settings here. */
  app: string | null = null;

  constructor(unit: Unit, isAsync: boolean, lines: string[] = []) {
    this.unit = unit;
    this.isAsync = isAsync;
    this.lines = lines;
  }

  /** The same place, for an expression that stands inside a function or class of its own. */
  get inFunction(): Scope {
    const inner = new Scope(this.unit, false, this.lines);
    inner.app = this.app;
    return inner;
  }

  add(...lines: readonly string[]): void {
    this.lines.push(...lines);
  }

  /** A name that nothing else in the program has. */
  fresh(base: string): string {
    return this.unit.program.fresh(base);
  }

  /** Declares a constant and gives its name. */
  constant(base: string, expression: string, type = ''): string {
    const name = this.fresh(base);
    this.add(`const ${name}${this.unit.typed(type)} = ${expression};`);
    return name;
  }

  /** The body of a function as a scope of its own; `write` gives what stands in it. */
  body(write: (inner: Scope) => void, isAsync = false): string {
    const inner = new Scope(this.unit, isAsync);
    inner.app = this.app;
    write(inner);
    return `{\n${inner.lines.map((line) => `  ${line.replaceAll('\n', '\n  ')}`).join('\n')}\n}`;
  }
}

export type ImportKind = 'default' | 'named';

/** One module of the program. */
export class Unit {
  readonly program: SourceProgram;
  readonly path: string;
  readonly top: Scope;
  private readonly imports = new Map<string, string>();
  private readonly heads: string[] = [];

  constructor(program: SourceProgram, path: string) {
    this.program = program;
    this.path = path;
    this.top = new Scope(this, program.isModule);
  }

  /** A type annotation, where the program is TypeScript. */
  typed(type: string): string {
    return type !== '' && this.program.isTyped ? `: ${type}` : '';
  }

  /** The name by which a module's default (CommonJS: its whole) is known here. */
  imported(specifier: string, base: string, kind: ImportKind = 'default'): string {
    const key = `${kind}\0${specifier}\0${kind === 'named' ? base : ''}`;
    let name = this.imports.get(key);
    if (name === undefined) {
      name = this.program.fresh(base);
      this.imports.set(key, name);
      const from = JSON.stringify(specifier).replaceAll('"', "'");
      const isJson = specifier.endsWith('.json');
      const style = this.program.importStyle % 4;
      if (kind === 'named') {
        const alias = this.program.isModule ? `${base} as ${name}` : `${base}: ${name}`;
        this.heads.push(
          this.program.isModule
            ? `import { ${alias} } from ${from};`
            : `const { ${alias} } = require(${from});`,
        );
      } else if (this.program.isModule && !isJson && style === 1) {
        this.heads.push(`import { default as ${name} } from ${from};`);
      } else if (this.program.isModule && !isJson && style === 2) {
        const all = this.program.fresh('all');
        this.heads.push(`import * as ${all} from ${from};`, `const ${name} = ${all}.default;`);
      } else if (this.program.isModule) {
        this.heads.push(`import ${name} from ${from}${isJson ? " with { type: 'json' }" : ''};`);
      } else if (style === 1) this.heads.push(`var ${name} = require(${from});`);
      else this.heads.push(`const ${name} = require(${from});`);
    }
    return name;
  }

  /** Imports a module only that it runs. */
  importedForEffect(specifier: string): void {
    this.heads.push(this.program.isModule ? `import '${specifier}';` : `require('${specifier}');`);
  }

  /** The specifier of another module of the program. */
  specifierOf(path: string): string {
    const steps = this.path.split('/').length - 1;
    const back = steps === 0 ? './' : '../'.repeat(steps);
    // Node resolves neither endings of ES modules nor those of TypeScript by itself.
    const bare = this.program.language === 'cjs' && !path.endsWith('.json');
    return back + (bare ? path.replace(/(?:\/index)?\.[cm]?js$/, '') : path);
  }

  /** The same, with its ending: what `import()` asks for. */
  fullSpecifierOf(path: string): string {
    const steps = this.path.split('/').length - 1;
    return (steps === 0 ? './' : '../'.repeat(steps)) + path;
  }

  exportDefault(expression: string): void {
    this.top.add(this.program.isModule ? `export default ${expression};` : `module.exports = ${expression};`);
  }

  exportNamed(name: string): void {
    this.top.add(this.program.isModule ? `export { ${name} };` : `exports.${name} = ${name};`);
  }

  /** Hands on what another module exports: its default, or all that it exports by name. */
  reexport(path: string, kind: ImportKind): void {
    const from = `'${this.specifierOf(path)}'`;
    if (!this.program.isModule)
      this.top.add(
        kind === 'default'
          ? `module.exports = require(${from});`
          : `module.exports = { ...require(${from}), other: 1 };`,
      );
    else if (kind === 'default') this.top.add(`export { default } from ${from};`);
    else this.top.add(`export * from ${from};`);
  }

  text(): string {
    return `${[...this.heads, ...this.top.lines].join('\n')}\n`;
  }
}

/** All modules of one generated program. */
export class SourceProgram {
  readonly language: Language;
  readonly units: Unit[] = [];
  /** JSON and other data files. */
  readonly data = new Map<string, string>();
  /** Variables of the environment, other than NODE_ENV, on which something hangs. */
  readonly outside = new Set<string>();
  private count = 0;

  /** How modules are imported throughout the program: one of several forms. */
  readonly importStyle: number;

  constructor(language: Language, importStyle = 0) {
    this.language = language;
    this.importStyle = importStyle;
  }

  get isModule(): boolean {
    return this.language === 'esm' || this.language === 'ts';
  }

  get isTyped(): boolean {
    return this.language === 'ts' || this.language === 'ts-cjs';
  }

  get ending(): string {
    return this.isTyped ? '.ts' : '.js';
  }

  fresh(base: string): string {
    this.count++;
    return `${base}${/\d$/.test(base) ? '_' : ''}${this.count}`;
  }

  /** Begins a module; `path` comes without ending. */
  unit(path: string): Unit {
    const unit = new Unit(this, path + this.ending);
    this.units.push(unit);
    return unit;
  }

  files(): Map<string, string> {
    const files = new Map<string, string>(this.data);
    for (const unit of this.units) files.set(unit.path, unit.text());
    return files;
  }
}
