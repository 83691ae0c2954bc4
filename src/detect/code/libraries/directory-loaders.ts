/** Packages that load a whole directory of the repository, and those that list files by a pattern. */
import { baseName, directoryOf, joinPath, virtualRoot } from '../resolve-module.ts';
import {
  known,
  type Native,
  nullish,
  type Obj,
  type Place,
  textOf,
  truthy,
  undefinedValue,
  unknown,
  type Val,
} from '../values.ts';
import { type ExternalCall, exportsObject, hangs, type Library, type World } from './library.ts';
import { inRepository, workingDirectory } from './node-modules.ts';

const maxFiles = 500;
const maxDepth = 8;

interface Loading {
  readonly recursive: boolean;
  /** The key of a file, or null where it is passed over. */
  readonly keyOf: (name: string, path: string) => string | null;
  /** What stands under the key, made of what the module gives. */
  readonly give: (loaded: Val, name: string, path: string) => Val;
  readonly place: Place;
}

const endings = /\.(?:[cm]?[jt]s|tsx?|jsx|json)$/;

function withoutEnding(name: string): string {
  return name.replace(/\.[^.]*$/, '');
}

/** Loads the modules of a directory as an object of what they give, by their names. */
function loadDirectory(world: World, directory: string, how: Loading, depth = 0): Obj {
  const { m } = world;
  const made = m.object(how.place);
  const load = world.requireFrom(how.place.file);
  for (const name of (world.directory(directory) ?? []).slice(0, maxFiles)) {
    const path = joinPath(directory, name);
    if (path === null || path === how.place.file || name === 'node_modules') continue;
    if (world.text(path) === null) {
      if (!how.recursive || depth >= maxDepth || name.startsWith('.')) continue;
      const inner = loadDirectory(world, path, how, depth + 1);
      if (inner.slots.size > 0) made.slots.set(name, { value: inner, place: how.place });
      continue;
    }
    if (!endings.test(name) || name.endsWith('.d.ts')) continue;
    const key = how.keyOf(name, path);
    if (key === null) continue;
    const loaded = m.call(load, undefinedValue, [known(`${virtualRoot}/${path}`)], how.place);
    made.slots.set(key, { value: how.give(loaded, name, path), place: how.place });
  }
  return made;
}

/** A directory as the packages take it: relative to the file that calls. */
function directoryFrom(world: World, value: Val | undefined, file: string): string | null {
  if (value === undefined) return directoryOf(file);
  if (value.kind !== 'known' || typeof value.value !== 'string') return null;
  return value.value.startsWith('/') ? inRepository(world, value) : joinPath(directoryOf(file), value.value);
}

function option(world: World, options: Val | undefined, name: string, place: Place): Val {
  return options?.kind === 'object' ? world.m.get(options, name, place) : undefinedValue;
}

function fn(value: Val): Obj | null {
  return value.kind === 'object' && value.callable ? value : null;
}

function missing(call: { readonly args: readonly Val[]; readonly place: Place }, path: string | null): Val {
  return path === null
    ? hangs(call, 'the modules of a directory')
    : unknown(
        { kind: 'module', text: `it comes from the directory \`${path}\`, which is not in the repository` },
        call.place,
      );
}

function loadsDirectory(
  names: readonly string[],
  load: (world: World, call: Parameters<Native>[0]) => Val,
): Library {
  return { names, exports: (world, name) => exportsObject(world, name, (call) => load(world, call), []) };
}

/** require-dir 1.2.0, index.js: not recursive unless asked to, without the file that calls. */
const requireDir = loadsDirectory(['require-dir'], (world, call) => {
  const { m } = world;
  const [given, options] = call.args;
  const path = directoryFrom(world, given, call.place.file);
  if (path === null || world.directory(path) === null) return missing(call, path);
  const filter = fn(option(world, options, 'filter', call.place));
  const recurse = option(world, options, 'recurse', call.place);
  return loadDirectory(world, path, {
    recursive:
      truthy(
        recurse.kind === 'known' && recurse.value === undefined
          ? option(world, options, 'recursive', call.place)
          : recurse,
      ) === true,
    keyOf: (name, file) =>
      filter !== null &&
      truthy(m.call(filter, undefinedValue, [known(`${virtualRoot}/${file}`)], call.place)) === false
        ? null
        : withoutEnding(name),
    give: (loaded) => loaded,
    place: call.place,
  });
});

/** require-all 3.0.0, index.js, and include-all 4.0.3, lib/help-include-all-sync.js: `filter` gives the key by its first group. */
const requireAll = loadsDirectory(['require-all', 'include-all'], (world, call) => {
  const { m } = world;
  const [options] = call.args;
  const given = options?.kind === 'known' ? options : option(world, options, 'dirname', call.place);
  const path = inRepository(world, given);
  if (path === null || world.directory(path) === null) return missing(call, path);
  const filter = option(world, options, 'filter', call.place);
  const map = fn(option(world, options, 'map', call.place));
  const resolve = fn(option(world, options, 'resolve', call.place));
  const recursive = option(world, options, 'recursive', call.place);
  return loadDirectory(world, path, {
    recursive: truthy(recursive) !== false || nullish(recursive) === true,
    keyOf: (name, file) => {
      let key: string | null = name.startsWith('.') ? null : withoutEnding(name);
      if (nullish(filter) !== true) {
        const text = known(name, call.place);
        const found =
          fn(filter) === null
            ? m.call(m.get(text, 'match', call.place), text, [filter], call.place)
            : m.call(filter, undefinedValue, [text], call.place);
        if (truthy(found) === false) key = null;
        else if (found.kind === 'known' && typeof found.value === 'string') key = found.value;
        else if (found.kind === 'object') {
          const group = m.get(found, '1', call.place);
          const whole = m.get(found, '0', call.place);
          key = textOf(truthy(group) === true ? group : whole) ?? key;
        }
      } else if (!/\.(?:js|json|ts)$/.test(name)) key = null;
      if (key === null || map === null) return key;
      return textOf(m.call(map, undefinedValue, [known(key), known(`${virtualRoot}/${file}`)], call.place));
    },
    give: (loaded) => (resolve === null ? loaded : m.call(resolve, undefinedValue, [loaded], call.place)),
    place: call.place,
  });
});

/** requireindex 1.2.0, index.js: files and directories that do not begin with `_`; auto-load 3.0.4 likewise, with what is in them. */
const requireIndex = loadsDirectory(['requireindex', 'require-index', 'auto-load'], (world, call) => {
  const path = directoryFrom(world, call.args[0], call.place.file);
  if (path === null || world.directory(path) === null) return missing(call, path);
  return loadDirectory(world, path, {
    recursive: true,
    keyOf: (name) => (/^(?:[_.]|index\.)/.test(name) ? null : withoutEnding(name)),
    give: (loaded) => loaded,
    place: call.place,
  });
});

/** require-directory 2.1.1, index.js: `(module, path, options)`, recursive. */
const requireDirectory = loadsDirectory(['require-directory'], (world, call) => {
  const { m } = world;
  const given = call.args[1];
  const isPath = given?.kind === 'known' && typeof given.value === 'string';
  const options = isPath ? call.args[2] : given;
  const path = directoryFrom(world, isPath ? given : undefined, call.place.file);
  if (path === null || world.directory(path) === null) return missing(call, path);
  const visit = fn(option(world, options, 'visit', call.place));
  const rename = fn(option(world, options, 'rename', call.place));
  const exclude = option(world, options, 'exclude', call.place);
  return loadDirectory(world, path, {
    recursive: truthy(option(world, options, 'recurse', call.place)) !== false || options === undefined,
    keyOf: (name, file) => {
      const at = known(`${virtualRoot}/${file}`, call.place);
      if (exclude.kind === 'object') {
        const out =
          fn(exclude) === null
            ? m.call(m.get(exclude, 'test', call.place), exclude, [at], call.place)
            : m.call(exclude, undefinedValue, [at, known(name)], call.place);
        if (truthy(out) === true) return null;
      }
      return rename === null
        ? withoutEnding(name)
        : textOf(m.call(rename, undefinedValue, [known(withoutEnding(name)), at, known(name)], call.place));
    },
    give: (loaded, name, file) => {
      if (visit === null) return loaded;
      const seen = m.call(
        visit,
        undefinedValue,
        [loaded, known(`${virtualRoot}/${file}`), known(name)],
        call.place,
      );
      return nullish(seen) === true ? loaded : seen;
    },
    place: call.place,
  });
});

/** consign 0.1.6 and express-load 1.1.16: each module of the directories is called with the application, and what it gives hung on that. */
const consign = loadsDirectory(['consign', 'express-load'], (world, call) => {
  const { m } = world;
  const made = m.object(call.place);
  const isLoad = call.args[0]?.kind === 'known';
  const options = isLoad ? call.args[1] : call.args[0];
  const base = option(world, options, 'cwd', call.place);
  const root =
    base.kind === 'known' && typeof base.value === 'string'
      ? inRepository(world, base)
      : world.projectDirectory;
  const wanted: Val[] = isLoad ? [call.args[0]!] : [];
  const add: Native = (inner) => {
    wanted.push(inner.args[0] ?? undefinedValue);
    return made;
  };
  for (const name of ['include', 'then']) made.slots.set(name, { value: m.native(add), place: null });
  made.slots.set('exclude', { value: m.native(() => made), place: null });
  made.slots.set('into', {
    value: m.native((inner) => {
      const [app = undefinedValue] = inner.args;
      for (const one of wanted) into(world, app, one, root, inner.place);
      return made;
    }),
    place: null,
  });
  return made;
});

function into(world: World, app: Val, entity: Val, root: string | null, place: Place): void {
  const { m } = world;
  if (entity.kind !== 'known' || typeof entity.value !== 'string' || root === null) return;
  const path = joinPath(root, entity.value);
  if (path === null) return;
  const give = (loaded: Val): Val => {
    const target = fn(loaded);
    return target !== null && target.closure?.kind !== 'class'
      ? m.call(target, undefinedValue, [app, app], place)
      : loaded;
  };
  if (world.directory(path) === null) {
    const loaded = m.call(
      world.requireFrom(place.file),
      undefinedValue,
      [known(`${virtualRoot}/${path}`)],
      place,
    );
    m.set(app, withoutEnding(baseName(path)), give(loaded), place);
    return;
  }
  const all = loadDirectory(world, path, {
    recursive: true,
    keyOf: (name) => withoutEnding(name),
    give,
    place,
  });
  m.set(app, baseName(path), all, place);
}

/** Alternatives in braces, written out; `@(a|b)` and `+(a|b)` are taken for braces. Null where there are too many. */
function alternatives(pattern: string): string[] | null {
  let open: string[] = [
    pattern.replace(/[@+]\(([^()]{0,200})\)/g, (_, inner: string) => `{${inner.replaceAll('|', ',')}}`),
  ];
  const done: string[] = [];
  for (let round = 0; open.length > 0; round++) {
    if (round > 6 || open.length > 64) return null;
    const next: string[] = [];
    for (const one of open) {
      const match = /\{([^{}]{0,200})\}/.exec(one);
      if (match === null) done.push(one);
      else
        for (const choice of match[1]!.split(','))
          next.push(one.slice(0, match.index) + choice + one.slice(match.index + match[0].length));
    }
    open = next;
  }
  return done.length <= 128 ? done : null;
}

/** Whether a name fits a pattern of `*` and `?`. */
function fits(name: string, pattern: string): boolean {
  if (name.startsWith('.') && !pattern.startsWith('.')) return false;
  let n = 0;
  let p = 0;
  let star = -1;
  let from = 0;
  while (n < name.length) {
    if (p < pattern.length && (pattern[p] === '?' || pattern[p] === name[n]) && pattern[p] !== '*') {
      n++;
      p++;
    } else if (pattern[p] === '*') {
      star = p++;
      from = n;
    } else if (star !== -1) {
      p = star + 1;
      n = ++from;
    } else return false;
  }
  while (pattern[p] === '*') p++;
  return p === pattern.length;
}

function walk(
  world: World,
  directory: string,
  parts: readonly string[],
  found: Set<string>,
  budget: { left: number },
): void {
  const [part, ...rest] = parts;
  if (part === undefined || budget.left-- <= 0) return;
  if (part === '..' || part === '.') {
    const to = joinPath(directory, part);
    if (to !== null) walk(world, to, rest, found, budget);
    return;
  }
  if (part === '**') {
    if (rest.length > 0) walk(world, directory, rest, found, budget);
    for (const name of world.directory(directory) ?? []) {
      const path = joinPath(directory, name)!;
      if (name.startsWith('.') || name === 'node_modules') continue;
      if (world.text(path) === null) walk(world, path, parts, found, budget);
      else if (rest.length === 0) found.add(path);
    }
    return;
  }
  for (const name of world.directory(directory) ?? []) {
    if (!fits(name, part)) continue;
    const path = joinPath(directory, name)!;
    if (rest.length > 0) {
      if (world.text(path) === null) walk(world, path, rest, found, budget);
    } else if (world.text(path) !== null) found.add(path);
  }
}

/** The files of the repository that fit, as the package gives them; sorted. */
function listFiles(world: World, call: ExternalCall): Val {
  const { m } = world;
  const [given = undefinedValue, second] = call.args;
  const options = second?.kind === 'object' && !second.callable ? second : undefined;
  const patterns =
    given.kind === 'object' && given.elements !== null ? given.elements.map((slot) => slot.value) : [given];
  const cwd = option(world, options, 'cwd', call.place);
  const base = nullish(cwd) === true ? known(workingDirectory(world)) : cwd;
  const from = inRepository(world, base);
  const absolute =
    truthy(option(world, options, 'absolute', call.place)) === true ||
    truthy(option(world, options, 'realpath', call.place)) === true;
  const found = new Map<string, string>();
  for (const value of patterns) {
    const text = value.kind === 'known' && typeof value.value === 'string' ? value.value : null;
    if (text?.startsWith('!')) continue;
    const all =
      text === null || from === null || /[[\]()!]/.test(text.replace(/[@+]\([^()]{0,200}\)/g, ''))
        ? null
        : alternatives(text);
    if (all === null) return hangs(call, 'the files that fit a pattern');
    for (const one of all) {
      const isAbsolute = one.startsWith('/');
      if (isAbsolute && !one.startsWith(`${virtualRoot}/`)) continue;
      const paths = new Set<string>();
      const start = isAbsolute ? '' : from!;
      walk(
        world,
        start,
        (isAbsolute ? one.slice(virtualRoot.length) : one).split('/').filter((part) => part !== ''),
        paths,
        { left: 5_000 },
      );
      for (const path of paths) {
        const within =
          start === '' ? path : path.startsWith(`${start}/`) ? path.slice(start.length + 1) : path;
        const dotted = one.startsWith('./') && !absolute ? './' : '';
        found.set(
          path,
          isAbsolute || absolute || (within === path && start !== '')
            ? `${virtualRoot}/${path}`
            : dotted + within,
        );
      }
    }
  }
  const texts = [...found].sort(([a], [b]) => (a < b ? -1 : 1)).slice(0, maxFiles);
  const result = m.array(
    texts.map(([, text]) => known(text, call.place)),
    call.place,
  );
  const callback = call.args.at(-1);
  if (callback?.kind === 'object' && callback.closure !== null)
    m.queue.push(() => void m.call(callback, undefinedValue, [known(null), result], call.place));
  return result;
}

const globs: Library = {
  names: ['glob', 'fast-glob', 'globby', 'tiny-glob', 'tinyglobby'],
  calls: Object.fromEntries(
    [
      '',
      'sync',
      'glob',
      'globSync',
      'glob.sync',
      'globby',
      'globbySync',
      'globby.sync',
      'async',
      'default.sync',
    ].map((name) => [name, listFiles]),
  ),
};

export const directoryLoaders: readonly Library[] = [
  requireDir,
  requireAll,
  requireIndex,
  requireDirectory,
  consign,
  globs,
];
