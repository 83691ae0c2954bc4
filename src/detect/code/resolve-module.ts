/** Turns the specifier of an import into a file of the repository or a package's name, as Node.js and TypeScript would. */
import { parseExpression } from '@babel/parser';
import type * as t from '@babel/types';
import { exports as resolveExports, imports as resolveImports } from 'resolve.exports';
import type { Project } from '../../model/project.ts';
import type { SnapshotFile } from '../../model/snapshot.ts';

export type Resolved =
  | { readonly kind: 'file'; readonly path: string }
  /** A package that is not in the repository, or a module of Node.js; `path` is what follows its name. */
  | { readonly kind: 'package'; readonly name: string; readonly path: string }
  | { readonly kind: 'missing' };

/** Where the repository stands in the analysed program's file system. */
export const virtualRoot = '/repository';

const extensions = ['.js', '.ts', '.mjs', '.cjs', '.mts', '.cts', '.tsx', '.jsx', '.json'] as const;
/** What a compiled extension is called in the sources. */
const sourcesOf: Readonly<Record<string, readonly string[]>> = {
  '.js': ['.ts', '.tsx', '.jsx'],
  '.mjs': ['.mts'],
  '.cjs': ['.cts'],
  '.jsx': ['.tsx'],
};
const conditions = { conditions: ['node', 'import', 'require', 'default', 'source'], unsafe: true } as const;

interface PathMapping {
  readonly directory: string;
  readonly baseUrl: string | null;
  readonly paths: readonly (readonly [string, readonly string[]])[];
}

/** Joins and normalises relative paths; null where the result leaves the repository. */
export function joinPath(...parts: readonly string[]): string | null {
  const stack: string[] = [];
  for (const part of parts.join('/').split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') stack.push(part);
    else if (stack.pop() === undefined) return null;
  }
  return stack.join('/');
}

/** The directory of a path; `` for the root. */
export function directoryOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash === -1 ? '' : path.slice(0, slash);
}

/** The last part of a path. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Whether a path of the repository is this directory or lies below it; `.` is the root. */
export function isWithin(path: string, directory: string): boolean {
  return directory === '.' || path === directory || path.startsWith(`${directory}/`);
}

export class ModuleResolver {
  private readonly files: ReadonlyMap<string, SnapshotFile>;
  private readonly packages = new Map<string, Project>();
  private readonly projects: readonly Project[];
  private readonly cache = new Map<string, Resolved>();
  private readonly mappings = new Map<string, PathMapping | null>();

  constructor(files: ReadonlyMap<string, SnapshotFile>, projects: readonly Project[]) {
    this.files = files;
    this.projects = projects;
    for (const project of projects)
      if (project.name !== null && !this.packages.has(project.name)) this.packages.set(project.name, project);
  }

  resolve(specifier: string, from: string): Resolved {
    const directory = directoryOf(from);
    const key = `${directory}\0${specifier}`;
    let found = this.cache.get(key);
    if (found === undefined) {
      found = this.find(specifier, directory);
      this.cache.set(key, found);
    }
    return found;
  }

  private find(specifier: string, directory: string): Resolved {
    if (specifier.startsWith('node:')) return { kind: 'package', name: specifier.slice(5), path: '' };
    if (specifier.startsWith(`${virtualRoot}/`) || specifier === virtualRoot)
      return this.file(joinPath(specifier.slice(virtualRoot.length)));
    if (specifier.startsWith('/')) return { kind: 'missing' };
    if (specifier === '.' || specifier === '..' || specifier.startsWith('./') || specifier.startsWith('../'))
      return this.file(joinPath(directory, specifier));
    if (specifier.startsWith('#')) return this.fromImports(specifier, directory);
    const mapped = this.fromMapping(specifier, directory);
    if (mapped !== null) return mapped;
    const { name: written, path } = splitSpecifier(specifier);
    const name = this.aliased(written, directory);
    const own = this.packages.get(name);
    if (own !== undefined) {
      const found = this.fromPackage(own, path);
      if (found !== null) return found;
    }
    return this.fromRoots(specifier, name, directory) ?? { kind: 'package', name, path };
  }

  private file(path: string | null): Resolved {
    const found = path === null ? null : this.lookUp(path);
    return found === null ? { kind: 'missing' } : { kind: 'file', path: found };
  }

  /** The real name of a package that is installed under another: `"sess": "npm:express-session@1"`. */
  private aliased(name: string, directory: string): string {
    const manifest = this.nearestProject(directory)?.manifest;
    for (const declared of [
      manifest?.dependencies,
      manifest?.optionalDependencies,
      manifest?.devDependencies,
    ]) {
      if (declared === undefined || !Object.hasOwn(declared, name)) continue;
      return /^npm:(@?[^@]+)/.exec(declared[name] ?? '')?.[1] ?? name;
    }
    return name;
  }

  /** A file, a file without its extension, or a directory. */
  private lookUp(path: string, depth = 0): string | null {
    if (this.files.has(path)) return path;
    for (const extension of extensions) if (this.files.has(path + extension)) return path + extension;
    for (const [compiled, sources] of Object.entries(sourcesOf)) {
      if (!path.endsWith(compiled)) continue;
      for (const source of sources) {
        const candidate = path.slice(0, -compiled.length) + source;
        if (this.files.has(candidate)) return candidate;
      }
    }
    const prefix = path === '' ? '' : `${path}/`;
    const project = this.projects.find((one) => one.manifestFile === `${prefix}package.json`);
    if (project?.manifest.main !== undefined && depth < 2) {
      const main = joinPath(path, project.manifest.main);
      const found = main === null || main === path ? null : this.lookUp(main, depth + 1);
      if (found !== null) return found;
    }
    for (const extension of extensions)
      if (this.files.has(`${prefix}index${extension}`)) return `${prefix}index${extension}`;
    return null;
  }

  private nearestProject(directory: string): Project | null {
    let best: Project | null = null;
    for (const project of this.projects) {
      const at = project.directory === '.' ? '' : project.directory;
      if (at !== '' && directory !== at && !directory.startsWith(`${at}/`)) continue;
      if (best === null || project.directory.length > best.directory.length || best.directory === '.')
        best = project;
    }
    return best;
  }

  private fromImports(specifier: string, directory: string): Resolved {
    const project = this.nearestProject(directory);
    if (project?.manifest.imports === undefined) return { kind: 'missing' };
    try {
      const targets =
        resolveImports(
          { name: project.name ?? '', imports: project.manifest.imports } as never,
          specifier as never,
          conditions,
        ) ?? [];
      for (const target of targets) {
        if (!target.startsWith('.')) return this.find(target, directory);
        const found = this.source(joinPath(project.directory, target));
        if (found !== null) return { kind: 'file', path: found };
      }
    } catch {
      // Not among the package's imports.
    }
    return { kind: 'missing' };
  }

  private fromPackage(project: Project, path: string): Resolved | null {
    const targets: string[] = [];
    try {
      if (project.manifest.exports !== undefined) {
        const found = resolveExports(
          { name: project.name ?? '', exports: project.manifest.exports } as never,
          path === '' ? '.' : `./${path}`,
          conditions,
        );
        targets.push(...(found ?? []));
      }
    } catch {
      // Not exported: it may stand there all the same.
    }
    if (path === '' && project.manifest.main !== undefined) targets.push(project.manifest.main);
    targets.push(
      path === '' ? 'src/index' : path,
      path === '' ? 'src/main' : `src/${path}`,
      path === '' ? 'index' : `lib/${path}`,
    );
    for (const target of targets) {
      const found = this.source(joinPath(project.directory, target));
      if (found !== null) return { kind: 'file', path: found };
    }
    return null;
  }

  /** A file, or for a build's output that is not in the repository the source it is built from. */
  private source(path: string | null): string | null {
    if (path === null) return null;
    const found = this.lookUp(path);
    if (found !== null) return found;
    const built = /(^|\/)(?:dist|build|lib|out|esm|cjs)(\/(?:esm|cjs|src))?\//.exec(path);
    if (built === null) return null;
    const before = path.slice(0, built.index) + built[1];
    const after = path.slice(built.index + built[0].length);
    return this.lookUp(`${before}src/${after}`) ?? this.lookUp(before + after);
  }

  /** The source of a file that a manifest names, which may be a build's output. */
  entry(path: string): string | null {
    return this.source(path);
  }

  /** Paths from the package's root or `src`, as module-alias, NODE_PATH and bundlers allow, for names that are no dependency. */
  private fromRoots(specifier: string, name: string, directory: string): Resolved | null {
    const project = this.nearestProject(directory);
    if (project === null || isDeclared(project, name)) return null;
    if (!specifier.includes('/') && !this.files.has(`${specifier}.ts`)) return null;
    for (const root of [project.directory, `${project.directory}/src`]) {
      const path = joinPath(root, specifier.replace(/^[@~]\//, ''));
      const found = path === null ? null : this.lookUp(path);
      if (found !== null) return { kind: 'file', path: found };
    }
    return null;
  }

  private fromMapping(specifier: string, directory: string): Resolved | null {
    const mapping = this.mappingFor(directory);
    if (mapping === null) return null;
    for (const [pattern, targets] of mapping.paths) {
      const star = pattern.indexOf('*');
      let middle = '';
      if (star === -1) {
        if (specifier !== pattern) continue;
      } else {
        const before = pattern.slice(0, star);
        const after = pattern.slice(star + 1);
        if (
          !specifier.startsWith(before) ||
          !specifier.endsWith(after) ||
          specifier.length < before.length + after.length
        )
          continue;
        middle = specifier.slice(before.length, specifier.length - after.length);
      }
      for (const target of targets) {
        const found = this.source(
          joinPath(mapping.directory, mapping.baseUrl ?? '.', target.replace('*', middle)),
        );
        if (found !== null) return { kind: 'file', path: found };
      }
    }
    if (mapping.baseUrl === null) return null;
    const path = joinPath(mapping.directory, mapping.baseUrl, specifier);
    const found = path === null ? null : this.lookUp(path);
    return found === null ? null : { kind: 'file', path: found };
  }

  private mappingFor(directory: string): PathMapping | null {
    const cached = this.mappings.get(directory);
    if (cached !== undefined) return cached;
    let mapping: PathMapping | null = null;
    const prefix = directory === '' ? '' : `${directory}/`;
    for (const name of ['tsconfig.json', 'jsconfig.json'])
      mapping ??= this.readMapping(`${prefix}${name}`, 0);
    if (mapping === null && directory !== '') mapping = this.mappingFor(directoryOf(directory));
    this.mappings.set(directory, mapping);
    return mapping;
  }

  private readMapping(file: string, depth: number): PathMapping | null {
    const text = this.files.get(file)?.text;
    if (text === undefined || depth > 4) return null;
    const config = parseLoose(text);
    const options = field(config, 'compilerOptions');
    const paths = field(options, 'paths');
    const baseUrl = field(options, 'baseUrl');
    const directory = directoryOf(file);
    if (typeof baseUrl === 'string' || (typeof paths === 'object' && paths !== null)) {
      const entries = Object.entries((paths ?? {}) as Record<string, unknown>).map(
        ([key, value]) =>
          [
            key,
            Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [],
          ] as const,
      );
      return { directory, baseUrl: typeof baseUrl === 'string' ? baseUrl : null, paths: entries };
    }
    for (const parent of [field(config, 'extends')].flat()) {
      if (typeof parent !== 'string' || !parent.startsWith('.')) continue;
      const path = joinPath(directory, parent);
      const found =
        path === null
          ? null
          : (this.readMapping(path, depth + 1) ?? this.readMapping(`${path}.json`, depth + 1));
      if (found !== null) return found;
    }
    return null;
  }
}

function isDeclared(project: Project, name: string): boolean {
  const { manifest } = project;
  return [
    manifest.dependencies,
    manifest.devDependencies,
    manifest.optionalDependencies,
    manifest.peerDependencies,
  ].some((field) => field !== undefined && Object.hasOwn(field, name));
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined;
}

/** `@scope/name/path` or `name/path`, taken apart. */
export function splitSpecifier(specifier: string): { name: string; path: string } {
  const parts = specifier.split('/');
  const length = specifier.startsWith('@') ? 2 : 1;
  return { name: parts.slice(0, length).join('/'), path: parts.slice(length).join('/') };
}

/** The syntax tree of JSON, with comments and trailing commas as tsconfig.json allows; null where it does not parse. */
export function parseJsonTree(text: string): t.Expression | null {
  try {
    return parseExpression(text);
  } catch {
    return null;
  }
}

/** The data of JSON, with comments and trailing commas; undefined where it does not parse. */
function parseLoose(text: string): unknown {
  const tree = parseJsonTree(text);
  return tree === null ? undefined : literal(tree);
}

function literal(node: t.Node): unknown {
  switch (node.type) {
    case 'StringLiteral':
    case 'NumericLiteral':
    case 'BooleanLiteral':
      return node.value;
    case 'ArrayExpression':
      return node.elements.map((element) => (element === null ? null : literal(element)));
    case 'ObjectExpression': {
      const entries: [string, unknown][] = [];
      for (const property of node.properties) {
        if (property.type === 'ObjectProperty' && property.key.type === 'StringLiteral')
          entries.push([property.key.value, literal(property.value)]);
      }
      return Object.fromEntries(entries);
    }
    default:
      return null;
  }
}
