/** What a summary of a library is, and how libraries without one are followed: by the names of what they export and are called with. */
import type { Reason } from '../../app-model.ts';
import type { Setting } from '../../environment/setting.ts';
import { runCallbacks, waitingFunction } from '../functions.ts';
import type { Machine } from '../machine.ts';
import { ResponseMark } from '../request-marks.ts';
import { unknownArguments } from '../request-objects.ts';
import {
  comesFrom,
  type External,
  known,
  type Native,
  notFollowed,
  Obj,
  type Place,
  reasonIn,
  singles,
  undefinedValue,
  unknown,
  type Val,
} from '../values.ts';

/** A call of something that a library exports. */
export interface ExternalCall {
  readonly fn: Obj;
  readonly external: External;
  readonly self: Val;
  readonly args: readonly Val[];
  readonly place: Place;
  readonly construct: boolean;
  readonly open: Reason | null;
}

/** A variable that no file of the repository gives. `note` tells where it comes from. */
export interface GivenVariable {
  readonly value: string;
  readonly note: string;
}

export interface World {
  readonly m: Machine;
  /** A file of the repository by its path there; null where there is none. */
  readonly text: (path: string) => string | null;
  /** The names in a directory of the repository, sorted; null where there is none. */
  readonly directory: (path: string) => readonly string[] | null;
  /** What production sets; null where it is not known. Several settings where its files disagree. */
  readonly environment: (name: string) => GivenVariable | readonly Setting[] | null;
  readonly requireFrom: (path: string) => Obj;
  /** Where the program's package.json stands; `` for the root. */
  readonly projectDirectory: string;
}

export interface Library {
  readonly names: readonly string[];
  /** Whether a package of the same name in somebody's scope is a fork that does the same. */
  readonly hasForks?: true;
  /** The package's main export, made once for each machine; otherwise it is followed by names. */
  readonly exports?: (world: World, name: string) => Obj;
  /** What requiring a file of the package gives, and does, by its path. */
  readonly paths?: Readonly<Record<string, (world: World, name: string) => Val>>;
  /** Calls by the dotted path of the export, `` for the main export; null: as for any library. */
  readonly calls?: Readonly<Record<string, (world: World, call: ExternalCall) => Val | null>>;
  /** Plain values among the exports, by dotted path. */
  readonly constants?: Readonly<Record<string, number>>;
  /** For exports that `calls` does not name. */
  readonly anyCall?: (world: World, call: ExternalCall) => Val | null;
}

/** Functions given to these are part of the start-up: they run after the code before them. */
const startUp =
  /^(?:connect|listen|then|ready|once|on|addListener|load|start|open|boot|bootstrap|init|initialize|sync|authenticate|whenReady|defer|default|)$/i;

/** Functions that by their name give an object, not just any value. */
const makesObject =
  /^(?:create|make|build|connect|new|init|open|use|configure|setup|with|from|factory|client)/i;

/** All functions that these packages export give an object or a middleware (express, lib/express.js; helmet, index.js). */
const givesObjects: ReadonlySet<string> = new Set(['express', 'helmet']);

/** Node.js' modules whose functions take options of TLS. */
const doesTls: ReadonlySet<string> = new Set(['tls', 'https', 'http2', 'spdy']);

const maxPath = 8;

export class Libraries {
  private readonly world: World;
  private readonly byName = new Map<string, Library>();
  private readonly roots = new Map<string, Obj>();
  private readonly children = new WeakMap<Obj, Map<string, Obj>>();

  constructor(world: World, libraries: readonly Library[]) {
    this.world = world;
    for (const library of libraries) for (const name of library.names) this.byName.set(name, library);
  }

  /** What `require('name/path')` gives. */
  root(name: string, path: string): Val {
    const key = `${name}/${path}`;
    let root = this.roots.get(key);
    if (root === undefined) {
      const { library, original } = this.find(name);
      const file =
        library?.paths !== undefined && Object.hasOwn(library.paths, path) ? library.paths[path] : undefined;
      if (file !== undefined) {
        const given = file(this.world, original);
        this.roots.set(key, given.kind === 'object' ? given : this.world.m.object(null));
        return given;
      }
      root =
        path === '' && library?.exports !== undefined
          ? library.exports(this.world, original)
          : this.made({ package: original, path: dotted(path), args: null, place: null, from: null }, null);
      this.roots.set(key, root);
    }
    return root;
  }

  /** The summary of a package, and the name of the package that it is a summary of. */
  private find(name: string): { readonly library: Library | undefined; readonly original: string } {
    const own = this.byName.get(name);
    const original = /^@[\w.-]+\/(.+)$/.exec(name)?.[1];
    if (own !== undefined || original === undefined) return { library: own, original: name };
    const forked = this.byName.get(original);
    return forked?.hasForks === true ? { library: forked, original } : { library: undefined, original: name };
  }

  private made(external: External, place: Place | null): Obj {
    const made = new Obj(this.world.m.state.newId(), place);
    made.external = external;
    return made;
  }

  /** A member of something that a library gave. */
  member(object: Obj, key: string, place: Place): Val {
    const external = object.external!;
    if (key === 'default' && external.args === null && external.path === '') return object;
    let children = this.children.get(object);
    if (children === undefined) {
      children = new Map();
      this.children.set(object, children);
    }
    let child = children.get(key);
    if (child === undefined) {
      const prefix = external.args === null ? external.path : `${external.path}()`;
      const path = prefix === '' ? key : `${prefix}.${key}`;
      const constants = this.byName.get(external.package)?.constants;
      if (constants !== undefined && Object.hasOwn(constants, path)) return known(constants[path], place);
      if (path.split('.').length > maxPath) return unknown(comesFrom(external.package), place);
      child = this.made({ package: external.package, path, args: null, place, from: object }, place);
      child.opaque = external.args !== null || object.opaque;
      children.set(key, child);
    }
    return child;
  }

  call(fn: Obj, self: Val, args: readonly Val[], place: Place, construct: boolean, open: Reason | null): Val {
    const external = fn.external!;
    const call: ExternalCall = { fn, external, self, args, place, construct, open };
    if (doesTls.has(external.package)) this.world.m.emit({ type: 'tls-use', args, place });
    const library = this.byName.get(external.package);
    const summary =
      library?.calls !== undefined && Object.hasOwn(library.calls, external.path)
        ? library.calls[external.path]
        : library?.anyCall;
    const result = summary?.(this.world, call) ?? null;
    if (result !== null) return result;
    return this.callByName(call);
  }

  /** The default: an instance that remembers its arguments; functions given to it run when they would. */
  private callByName({ fn, external, args, place, construct }: ExternalCall): Val {
    const { m } = this.world;
    m.risk++;
    for (const arg of args) {
      if (arg.kind === 'object' && arg.data instanceof ResponseMark && arg.data.handler !== null) {
        m.emit({
          type: 'response',
          effect: 'apply',
          response: arg,
          name: null,
          value: fn,
          place,
          conditions: m.state.conditions,
        });
        // What it calls when it is done (multer's and its like) may go on with the response.
        runCallbacks(m, args, place, comesFrom(external.package));
        return undefinedValue;
      }
    }
    const method = external.path.slice(external.path.lastIndexOf('.') + 1).replace('()', '');
    if (method === 'then' || method === 'catch' || method === 'finally')
      return this.promise(method, external, args, place);
    if (startUp.test(method) && external.from !== null) {
      for (const arg of args) {
        const waiting = waitingFunction(m, arg);
        if (waiting === null) continue;
        m.queue.push(() => void m.call(waiting, undefinedValue, unknownArguments(m, waiting, place), place));
      }
    } else
      runCallbacks(m, args, place, {
        kind: 'library',
        text: `it happens where the package \`${external.package}\` calls it`,
      });
    const made = this.made(
      { package: external.package, path: external.path, args, place, from: external.from },
      place,
    );
    made.opaque =
      !construct && method !== '' && !makesObject.test(method) && !givesObjects.has(external.package);
    return made;
  }

  private promise(method: string, external: External, args: readonly Val[], place: Place): Val {
    const { m } = this.world;
    const source = external.from ?? undefinedValue;
    const handler = args[0];
    if (handler === undefined) return source;
    if (method === 'catch') {
      runCallbacks(m, [handler], place, { kind: 'computed', text: 'an error may be caught here' });
      return source;
    }
    const result = m.call(handler, undefinedValue, method === 'then' ? [source] : [], place);
    return method === 'then' ? result : source;
  }
}

/** `a/b` as a dotted path; file endings are no part of it. */
function dotted(path: string): string {
  return path.replace(/\.[cm]?js$/, '').replaceAll('/', '.');
}

/** A library's main export as a function with members of its own; what is not among them is followed by name. */
export function exportsObject(
  world: World,
  name: string,
  call: Native | null,
  members: Iterable<readonly [string, Val]>,
): Obj {
  const made = call === null ? world.m.object(null) : world.m.native(call);
  made.external = { package: name, path: '', args: null, place: null, from: null };
  for (const [key, value] of members) made.slots.set(key, { value, place: null });
  return made;
}

/** An instance that a library makes. */
export function instance(
  world: World,
  packageName: string,
  path: string,
  args: readonly Val[],
  place: Place,
): Obj {
  const made = world.m.object(place);
  made.external = { package: packageName, path, args, place, from: null };
  return made;
}

/** Says that a value hangs on something, for summaries that cannot compute it. */
export function hangs(call: { readonly args: readonly Val[]; readonly place: Place }, what: string): Val {
  for (const arg of call.args) {
    for (const single of singles(arg)) {
      const reason = reasonIn(single);
      if (reason !== null) return unknown(reason, call.place);
    }
  }
  return notFollowed(what, call.place);
}
