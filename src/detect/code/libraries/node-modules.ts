/** Node.js' own modules, as far as start-up code decides settings with them: path, fs, url, http(s), util, crypto. */
import { addressOf } from '../builtins-web.ts';
import { baseName, joinPath, virtualRoot } from '../resolve-module.ts';
import {
  absentValue,
  known,
  mapValue,
  type Native,
  type NativeCall,
  type Obj,
  textOf,
  truthy,
  undefinedValue,
  unknown,
  type Val,
} from '../values.ts';
import { events } from './events.ts';
import { type ExternalCall, exportsObject, hangs, instance, type Library, type World } from './library.ts';

function texts(call: NativeCall): string[] | null {
  if (call.open !== null) return null;
  const result: string[] = [];
  for (const arg of call.args) {
    const text = arg.kind === 'known' && typeof arg.value === 'string' ? arg.value : null;
    if (text === null) return null;
    result.push(text);
  }
  return result;
}

/** The directory in which the analysed program is started. */
export function workingDirectory(world: World): string {
  return world.projectDirectory === '' ? virtualRoot : `${virtualRoot}/${world.projectDirectory}`;
}

/** Joins as POSIX paths do; `from` is the working directory where the result has to be absolute. */
function join(parts: readonly string[], from: string | null): string {
  const absolute = from !== null;
  let start = 0;
  if (absolute)
    parts.forEach((part, index) => {
      if (part.startsWith('/')) start = index;
    });
  const used = parts.slice(start);
  const rooted = used[0]?.startsWith('/') ?? false;
  const text = used.join('/');
  const within = absolute && !rooted ? `${from}/${text}` : text;
  if (!within.startsWith('/')) {
    const joined = joinPath(within);
    return joined === null ? within : joined === '' ? '.' : joined;
  }
  return `/${joinPath(within) ?? ''}`;
}

const path: Library = {
  names: ['path', 'path/posix'],
  exports: (world, name) => {
    const { m } = world;
    const on = (f: (parts: string[]) => string): Val => {
      const compute: Native = (call) => {
        const several = call.args.findIndex((arg) => arg.kind === 'oneOf');
        if (several !== -1)
          return mapValue(call.args[several]!, (one) =>
            compute({ ...call, args: call.args.with(several, one) }),
          );
        const parts = texts(call);
        return parts === null ? hangs(call, 'a path that is put together') : known(f(parts), call.place);
      };
      return m.native(compute);
    };
    const ext = (file: string): string => /(?<=[^/])\.[^./]*$/.exec(baseName(file))?.[0] ?? '';
    const root = exportsObject(world, name, null, [
      ['join', on((parts) => join(parts, null))],
      ['resolve', on((parts) => join(parts, workingDirectory(world)))],
      ['normalize', on((parts) => join(parts, null))],
      [
        'dirname',
        on(([file = '']) =>
          file.lastIndexOf('/') <= 0
            ? file.startsWith('/')
              ? '/'
              : '.'
            : file.slice(0, file.lastIndexOf('/')),
        ),
      ],
      [
        'basename',
        on(([file = '', ending]) =>
          ending !== undefined && baseName(file).endsWith(ending)
            ? baseName(file).slice(0, -ending.length)
            : baseName(file),
        ),
      ],
      ['extname', on(([file = '']) => ext(file))],
      [
        'relative',
        on(([from = '', to = '']) => (to.startsWith(`${from}/`) ? to.slice(from.length + 1) : to)),
      ],
      [
        'isAbsolute',
        m.native((call) => {
          const [file] = texts(call) ?? [];
          return file === undefined
            ? hangs(call, 'a path that is put together')
            : known(file.startsWith('/'), call.place);
        }),
      ],
      [
        'parse',
        m.native((call) => {
          const [file] = texts(call) ?? [];
          if (file === undefined) return hangs(call, 'a path that is put together');
          const ending = ext(file);
          const directory = file.lastIndexOf('/');
          return m.objectOf(
            [
              ['root', known(file.startsWith('/') ? '/' : '', call.place)],
              ['dir', known(directory <= 0 ? '' : file.slice(0, directory), call.place)],
              ['base', known(baseName(file), call.place)],
              ['ext', known(ending, call.place)],
              [
                'name',
                known(ending === '' ? baseName(file) : baseName(file).slice(0, -ending.length), call.place),
              ],
            ],
            call.place,
          );
        }),
      ],
      ['sep', known('/')],
      ['delimiter', known(':')],
    ]);
    root.slots.set('posix', { value: root, place: null });
    return root;
  },
};

/** The path in the repository of a file name of the analysed program; null where it is not known or outside. */
export function inRepository(world: World, given: Val | undefined): string | null {
  const value = addressOf(given);
  if (value?.kind !== 'known' || typeof value.value !== 'string') return null;
  const text = value.value.replace(/^file:\/\//, '');
  if (text === virtualRoot) return '';
  return text.startsWith('/')
    ? text.startsWith(`${virtualRoot}/`)
      ? joinPath(text.slice(virtualRoot.length))
      : null
    : joinPath(world.projectDirectory, text);
}

function readFile(world: World): Native {
  return (call) => {
    const path = inRepository(world, call.args[0]);
    const text = path === null ? null : world.text(path);
    if (path !== null && text !== null) {
      world.m.emit({ type: 'file-read', path, place: call.place });
      if (text.length <= 65_536) world.m.filesRead.set(text.trim(), path);
      const place = { file: path, span: { start: { line: 1, column: 0 }, end: { line: 1, column: 0 } } };
      return text.length <= 65_536
        ? known(text, place)
        : unknown({ kind: 'limit', text: `it is read from the large file \`${path}\`` }, call.place);
    }
    world.m.risk++;
    return unknown(
      {
        kind: 'file',
        text:
          path === null
            ? 'it is read from a file whose name is not known'
            : `it is read from the file \`${path}\`, which is not in the repository`,
      },
      call.place,
    );
  };
}

function exists(world: World): Native {
  return (call) => {
    const path = inRepository(world, call.args[0]);
    if (path !== null && (world.text(path) !== null || world.directory(path) !== null))
      return known(true, call.place);
    return unknown(
      {
        kind: 'file',
        text:
          path === null
            ? 'it depends on whether a file exists'
            : `it depends on whether the file \`${path}\` exists`,
      },
      call.place,
    );
  };
}

function readDirectory(world: World): Native {
  return (call) => {
    const path = inRepository(world, call.args[0]);
    if (path === null) return hangs(call, 'the files of a directory');
    const names = world.directory(path);
    if (names === null)
      return unknown({ kind: 'file', text: `it depends on the files in \`${path}\`` }, call.place);
    const { m } = world;
    const [, options] = call.args;
    const typed = options?.kind === 'object' && truthy(m.get(options, 'withFileTypes', call.place)) === true;
    return m.array(
      names.map((name) =>
        typed
          ? m.objectOf(
              [
                ['name', known(name, call.place)],
                ['parentPath', call.args[0]!],
                ['path', call.args[0]!],
                ...kindOf(world, `${path === '' ? '' : `${path}/`}${name}`),
              ],
              call.place,
            )
          : known(name, call.place),
      ),
      call.place,
    );
  };
}

/** `isFile()` and `isDirectory()` of something that is there. */
function kindOf(world: World, path: string): [string, Val][] {
  const isFile = world.text(path) !== null;
  return [
    ['isFile', world.m.native((call) => known(isFile, call.place))],
    ['isDirectory', world.m.native((call) => known(!isFile, call.place))],
    ['isSymbolicLink', world.m.native((call) => known(false, call.place))],
  ];
}

function stat(world: World): Native {
  return (call) => {
    const path = inRepository(world, call.args[0]);
    if (path !== null && (world.text(path) !== null || world.directory(path) !== null))
      return world.m.objectOf(kindOf(world, path), call.place);
    world.m.risk++;
    return unknown(
      {
        kind: 'file',
        text:
          path === null
            ? 'it depends on a file whose name is not known'
            : `it depends on the file \`${path}\`, which is not in the repository`,
      },
      call.place,
    );
  };
}

/** What may fail for reasons outside of the repository. */
function atRisk(m: World['m'], value: Val): Val {
  m.risk++;
  return value;
}

const fs: Library = {
  names: ['fs', 'fs/promises', 'fs-extra', 'graceful-fs'],
  exports: (world, name) => {
    const { m } = world;
    const read = m.native(readFile(world));
    const readJson = m.native((call) =>
      m.call(
        m.get(m.globals.get('JSON') ?? undefinedValue, 'parse', call.place),
        undefinedValue,
        [readFile(world)(call)],
        call.place,
      ),
    );
    const promised: [string, Val][] = [
      [
        'readFile',
        m.native((call) => {
          const text = readFile(world)(call);
          const callback = call.args.at(-1);
          if (callback?.kind === 'object' && callback.closure !== null)
            m.queue.push(() => void m.call(callback, undefinedValue, [known(null), text], call.place));
          return text;
        }),
      ],
      ['readdir', m.native(readDirectory(world))],
      ['stat', m.native(stat(world))],
      ['lstat', m.native(stat(world))],
      ['access', m.native((call) => atRisk(m, known(undefined, call.place)))],
    ];
    return exportsObject(world, name, null, [
      ...promised,
      ['readFileSync', read],
      ['readJsonSync', readJson],
      ['readJSONSync', readJson],
      ['readJson', readJson],
      ['existsSync', m.native(exists(world))],
      ['pathExistsSync', m.native(exists(world))],
      ['readdirSync', m.native(readDirectory(world))],
      ['statSync', m.native(stat(world))],
      ['lstatSync', m.native(stat(world))],
      ['realpathSync', m.native((call) => call.args[0] ?? undefinedValue)],
      ['promises', m.objectOf(promised, null)],
    ]);
  },
};

const url: Library = {
  names: ['url'],
  exports: (world, name) =>
    exportsObject(world, name, null, [
      ['URL', world.m.globals.get('URL') ?? undefinedValue],
      [
        'fileURLToPath',
        world.m.native((call) => {
          const address = addressOf(call.args[0]);
          const text = address === undefined ? null : textOf(address);
          return text === null
            ? hangs(call, 'a file address')
            : known(text.replace(/^file:\/\//, ''), call.place);
        }),
      ],
      [
        'pathToFileURL',
        world.m.native((call) => {
          const text = call.args[0] === undefined ? null : textOf(call.args[0]);
          return text === null
            ? hangs(call, 'a file address')
            : world.m.objectOf([['href', known(`file://${text}`, call.place)]], call.place);
        }),
      ],
    ]),
};

function serverLibrary(
  name: 'http' | 'https' | 'http2',
  createNames: readonly string[],
  names: readonly string[],
): Library {
  const create = (
    world: World,
    call: { readonly args: readonly Val[]; readonly place: NativeCall['place'] },
  ): Val => {
    const { m } = world;
    const [first, second] = call.args;
    const isHandler = (value: Val | undefined): boolean =>
      value?.kind === 'object' && (value.callable || value.data !== null);
    const handler = isHandler(first) ? first! : (second ?? absentValue);
    const options = first !== undefined && !isHandler(first) ? first : absentValue;
    const object = instance(world, name, 'Server', call.args, call.place);
    m.emit({
      type: 'server',
      kind: name,
      object,
      handler,
      options,
      place: call.place,
      conditions: m.state.conditions,
    });
    return object;
  };
  return {
    names,
    calls: {
      ...Object.fromEntries(createNames.map((createName) => [createName, create])),
      // What a call of it does besides is as for any library.
      'Server().listen': ({ m }, { external, args, place }) => {
        if (external.from !== null)
          m.emit({
            type: 'server-listen',
            server: external.from,
            args,
            place,
            conditions: m.state.conditions,
          });
        return null;
      },
    },
  };
}

/** util.format of known values with `%s`, `%d`, `%i` and `%%` (Node 24, lib/internal/util/inspect.js). */
function format(call: ExternalCall): Val {
  const [first, ...rest] = call.args;
  if (call.open !== null || !call.args.every((arg) => arg.kind === 'known') || first?.kind !== 'known')
    return hangs(call, 'util.format()');
  const values = rest.map((arg) => (arg.kind === 'known' ? arg.value : undefined));
  let used = 0;
  let isWhole = true;
  const text = String(first.value).replace(/%([a-zA-Z%])/g, (all, kind: string) => {
    if (kind === '%') return '%';
    if (used >= values.length) return all;
    const value = values[used++];
    if (kind === 's') return String(value);
    if (kind === 'd') return String(Number(value));
    if (kind === 'i') return String(Number.parseInt(String(value), 10));
    isWhole = false;
    return all;
  });
  if (!isWhole) return hangs(call, 'util.format()');
  return known([text, ...values.slice(used).map(String)].join(' '), call.place);
}

const util: Library = {
  names: ['util'],
  calls: {
    promisify: (world, call) => {
      const fn = call.args[0];
      if (fn?.kind !== 'object') return null;
      if (fn.external !== null) return instance(world, fn.external.package, fn.external.path, [], call.place);
      if (!fn.callable) return null;
      // What it calls back with is what the promise will be.
      const { m } = world;
      return m.native((inner) => {
        let given: Val | null = null;
        const done = m.native((back) => {
          given = back.args[1] ?? undefinedValue;
          return undefinedValue;
        });
        m.call(fn, inner.self, [...inner.args, done], inner.place, inner.open);
        return given ?? hangs(inner, 'a promisified function');
      });
    },
    inherits: (world, call) => {
      const [child, parent] = call.args;
      if (child === undefined || parent === undefined) return undefinedValue;
      const proto = world.m.get(child, 'prototype', call.place);
      const parentProto = world.m.get(parent, 'prototype', call.place);
      if (proto.kind === 'object' && parentProto.kind === 'object') proto.proto = parentProto;
      return undefinedValue;
    },
    format: (_, call) => format(call),
    deprecate: (_, call) => call.args[0] ?? undefinedValue,
  },
};

const random: Library['anyCall'] = (_, { external, args, place }) => {
  const { path, package: from } = external;
  if (
    !/^(?:randomBytes|pseudoRandomBytes|randomUUID|randomInt|nanoid|v4|v1|uuid|)(?:\(\)\.toString)?$/.test(
      path,
    )
  )
    return null;
  const weak = tooLittle(from, path, args[0]);
  return unknown(
    weak === null
      ? { kind: 'computed', text: 'it is a random value made when the program starts' }
      : { kind: 'computed', text: weak, guessable: true },
    place,
  );
};

/** In words, why what is made has fewer than 128 bits that nobody knows; null where it has not. */
function tooLittle(from: string, path: string, first: Val | undefined): string | null {
  const count = first?.kind === 'known' ? Number(first.value) : null;
  if (path.endsWith('andomBytes') && count !== null && count < 16)
    return `it is made of ${count} random bytes only`;
  if (path === 'randomInt') return 'it is a random whole number, of under 48 bits';
  // nanoid, index.js: 21 characters of an alphabet of 64 where nothing is said, which is 126 bits; uuid's version 4 has 122.
  if (from === 'nanoid' && count !== null && count < 21) return `it has ${count} random characters only`;
  return path === 'v1' ? 'it is a UUID of version 1, made of the time and the host' : null;
}

/** `crypto.constants` that switch versions of TLS off (OpenSSL 3.0, include/openssl/ssl.h). */
const openSslOptions: Library['constants'] = {
  'constants.SSL_OP_NO_SSLv2': 0,
  'constants.SSL_OP_NO_SSLv3': 0x02000000,
  'constants.SSL_OP_NO_TLSv1': 0x04000000,
  'constants.SSL_OP_NO_TLSv1_1': 0x10000000,
  'constants.SSL_OP_NO_TLSv1_2': 0x08000000,
  'constants.SSL_OP_NO_TLSv1_3': 0x20000000,
};

const moduleLibrary: Library = {
  names: ['module'],
  exports: (world, name) =>
    exportsObject(world, name, null, [
      ['createRequire', world.m.native((call) => world.requireFrom(call.place.file))],
    ]),
};

const processLibrary: Library = {
  names: ['process'],
  exports: (world, name) => {
    const global = world.m.globals.get('process');
    if (global?.kind !== 'object') return exportsObject(world, name, null, []);
    global.slots.set('default', { value: global, place: null, hidden: true });
    return global;
  },
};

export const nodeModules: readonly Library[] = [
  events,
  path,
  fs,
  url,
  util,
  moduleLibrary,
  processLibrary,
  serverLibrary('http', ['createServer', 'Server'], ['http']),
  serverLibrary('https', ['createServer', 'Server'], ['https']),
  serverLibrary('http2', ['createServer', 'createSecureServer'], ['http2', 'spdy', 'http2-express-bridge']),
  { names: ['crypto', 'uuid', 'nanoid', 'node-uuid'], anyCall: random, constants: openSslOptions },
];

/** Marks the object as one that stands for the environment. */
export function processObject(world: World, environment: Obj): Obj {
  const { m } = world;
  return m.objectOf(
    [
      ['env', environment],
      ['cwd', m.native((call) => known(workingDirectory(world), call.place))],
      [
        'argv',
        m.array([known('node'), known(`${virtualRoot}/index.js`)], null, {
          kind: 'argument',
          text: 'it depends on the arguments of the command line',
        }),
      ],
      ['platform', known('linux')],
      ['version', unknown({ kind: 'computed', text: 'it depends on the version of Node.js' })],
      ['versions', unknown({ kind: 'computed', text: 'it depends on the version of Node.js' })],
      ['pid', known(1)],
      ['execArgv', m.array([], null)],
      ['on', m.native(() => undefinedValue)],
      ['once', m.native(() => undefinedValue)],
      ['emitWarning', m.native(() => undefinedValue)],
      [
        'nextTick',
        m.native((call) => {
          const fn = call.args[0];
          if (fn?.kind === 'object' && fn.closure !== null)
            m.queue.push(() => void m.call(fn, undefinedValue, call.args.slice(1), call.place));
          return undefinedValue;
        }),
      ],
      ['stdout', m.objectOf([['write', m.native(() => undefinedValue)]], null)],
      ['stderr', m.objectOf([['write', m.native(() => undefinedValue)]], null)],
    ],
    null,
  );
}
