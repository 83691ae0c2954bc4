/** Follows a range that package.json leaves to a catalog, or that an override replaces, to the file of the workspace root that holds it. */
import type { Location } from '../model/location.ts';
import type { Project } from '../model/project.ts';
import type { SnapshotFile } from '../model/snapshot.ts';
import { type DataNode, jsonTree, valueAt, yamlTrees } from './environment/data-tree.ts';
import type { PackageManager } from './package-commands.ts';

/** A range where it stands. */
export interface StandingRange {
  readonly text: string;
  /** The keys that lead to it, such as `catalogs`, `web`, `express`. */
  readonly path: readonly string[];
  readonly location: Location;
  /** How it is written there; null where another text cannot simply take its place (an alias of YAML, say). */
  readonly form: Form | null;
}

type Form = 'json' | 'plain' | 'single-quoted' | 'double-quoted';

/** What a `catalog:` leads to: the range, or a clause on why it leads nowhere. */
export type Followed = { readonly range: StandingRange } | { readonly problem: string };

const pnpmSettings = 'pnpm-workspace.yaml';
const yarnSettings = '.yarnrc.yml';

/** Where each package manager has the ranges of catalogs: the file beside the lockfile, and the keys before `catalog` and `catalogs`. */
const catalogPlaces: Readonly<Record<PackageManager, readonly (readonly [string, readonly string[]])[]>> = {
  pnpm: [[pnpmSettings, []]],
  yarn: [[yarnSettings, []]],
  // npm and yarn 1 know no catalogs: where somebody writes one, another package manager is meant, and bun leaves no other trace.
  ...fromManifest('bun', 'npm', 'yarn-classic'),
};

function fromManifest<Name extends PackageManager>(
  ...names: Name[]
): Record<Name, [string, readonly string[]][]> {
  const places: [string, readonly string[]][] = [
    ['package.json', ['workspaces']],
    ['package.json', []],
  ];
  return Object.fromEntries(names.map((name) => [name, places])) as Record<Name, typeof places>;
}

/** In the order in which they win. `**` stands before a name in yarn's resolutions, which pnpm reads as well. */
const overridePlaces: Readonly<
  Record<PackageManager, readonly (readonly [file: string, ...path: string[]])[]>
> = {
  npm: [['package.json', 'overrides']],
  'yarn-classic': [['package.json', 'resolutions']],
  yarn: [['package.json', 'resolutions']],
  pnpm: [
    [pnpmSettings, 'overrides'],
    ['package.json', 'pnpm', 'overrides'],
    ['package.json', 'resolutions'],
  ],
  bun: [
    ['package.json', 'overrides'],
    ['package.json', 'resolutions'],
  ],
};

/** The files of one snapshot in which ranges stand for others, each parsed once. */
export class WorkspaceRanges {
  readonly #files: ReadonlyMap<string, SnapshotFile>;
  readonly #trees = new Map<string, DataNode | null>();

  constructor(files: ReadonlyMap<string, SnapshotFile>) {
    this.#files = files;
  }

  /**
   * What `catalog:` or `catalog:name` of a project stands for.
   * Sources: https://pnpm.io/catalogs, https://yarnpkg.com/features/catalogs, https://bun.sh/docs/pm/catalogs
   * @param specifier the text in package.json; `name`: of the entry.
   */
  followCatalog(
    { workspaceRoot }: Project,
    manager: PackageManager,
    name: string,
    specifier: string,
  ): Followed {
    const catalog = specifier.trim().slice('catalog:'.length).trim();
    const shown = catalog === '' || catalog === 'default' ? 'no default catalog' : 'no catalog of that name';
    const places = catalogPlaces[manager];
    for (const [file, before] of places) {
      const path = pathIn(workspaceRoot, file);
      for (const keys of keysOf(catalog)) {
        const range = this.#rangeAt(path, [...before, ...keys, name]);
        if (range === null) continue;
        return /^(?:catalog|workspace|link|file):/i.test(range.text.trim())
          ? { problem: `${file} has no version range there` }
          : { range };
      }
    }
    const [file] = places[0]!;
    return {
      problem: this.#files.has(pathIn(workspaceRoot, file))
        ? `${file} has ${shown} with an entry for it`
        : `there is no ${file} to look it up in`,
    };
  }

  /**
   * What holds for every `name` under the root, whoever asks for it, or null. What only holds below some package, or for some range, is left
   * out, and so is a reference to what the root declares itself (`$express`), and pnpm's `-`, which takes the package away.
   */
  findOverride(root: Project, manager: PackageManager, name: string): StandingRange | null {
    for (const [file, ...field] of overridePlaces[manager]) {
      for (const key of [name, `**/${name}`]) {
        const path = pathIn(root.directory, file);
        const found =
          this.#rangeAt(path, [...field, key]) ??
          (manager === 'npm' || manager === 'bun' ? this.#rangeAt(path, [...field, key, '.']) : null);
        if (found !== null && found.text !== '' && found.text !== '-' && !found.text.startsWith('$'))
          return found;
      }
    }
    return null;
  }

  #rangeAt(path: string, keys: readonly string[]): StandingRange | null {
    const node = valueAt(this.#tree(path), ...keys);
    if (node?.kind !== 'scalar' || node.text === null) return null;
    const { text, location } = node;
    return { text, path: keys, location, form: formOf(text, this.#written(location), path) };
  }

  #tree(path: string): DataNode | null {
    let tree = this.#trees.get(path);
    if (tree === undefined) {
      const text = this.#files.get(path)?.text;
      if (text === undefined) tree = null;
      else tree = path.endsWith('.json') ? jsonTree(text, path) : (yamlTrees(text, path)[0] ?? null);
      this.#trees.set(path, tree);
    }
    return tree;
  }

  /** What a file has at a place of one line; else nothing. */
  #written({ file, line, column, endLine, endColumn }: Location): string {
    const text = line === endLine ? this.#files.get(file)?.text.split('\n')[line - 1] : undefined;
    return text?.slice(column - 1, endColumn - 1) ?? '';
  }
}

/** The unnamed catalog of pnpm may also be written as the one called `default`. */
function keysOf(catalog: string): readonly (readonly string[])[] {
  return catalog === '' || catalog === 'default'
    ? [['catalog'], ['catalogs', 'default']]
    : [['catalogs', catalog]];
}

function pathIn(directory: string, file: string): string {
  return directory === '.' ? file : `${directory}/${file}`;
}

function formOf(text: string, written: string, path: string): Form | null {
  if (path.endsWith('.json')) return /^".*"$/.test(written) ? 'json' : null;
  if (written === text) return 'plain';
  if (written === `'${text}'`) return 'single-quoted';
  return written === `"${text}"` ? 'double-quoted' : null;
}

/** The words of JSON or YAML for a text, in the form in which the text that it replaces is written. */
export function writeRange(text: string, form: Form): string {
  if (form === 'json' || form === 'double-quoted') return JSON.stringify(text);
  // What begins with `>` or `*`, or is a number, means something else without quotes.
  const isPlain = /^[\w^~][\w.^~|<>=@/+ -]*$/.test(text) && Number.isNaN(Number(text));
  const isAliased = /^npm:[\w.@/-]+@[\w.^~|<>= -]+$/.test(text);
  return form === 'plain' && (isPlain || isAliased) ? text : `'${text.replaceAll("'", "''")}'`;
}
