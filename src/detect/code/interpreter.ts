/** Puts the parts of the abstract execution together: one machine, with the world of one project around it. */
import { bindPattern } from './bindings.ts';
import { arrayMembers } from './builtins-array.ts';
import { specialMembers } from './builtins-collections.ts';
import { installGlobals } from './builtins-globals.ts';
import { functionMembers, objectMembers } from './builtins-object.ts';
import { promiseMembers } from './builtins-promise.ts';
import { numberMembers, regExpMembers, stringMembers, type TextHost } from './builtins-text.ts';
import { environmentValue } from './environment-value.ts';
import { evaluate } from './expressions.ts';
import { makeCalls } from './functions.ts';
import { configuration } from './libraries/configuration.ts';
import { cookie, cookies } from './libraries/cookies.ts';
import { csrf } from './libraries/csrf.ts';
import { dotenvFamily, loadEnvFile } from './libraries/dotenv.ts';
import { express, feathers, routingControllers } from './libraries/express.ts';
import { helmet } from './libraries/helmet.ts';
import { inversify, inversifyExpress, tsyringe, typedi } from './libraries/injection.ts';
import { Libraries, type World } from './libraries/library.ts';
import { merging } from './libraries/merging.ts';
import { nest } from './libraries/nest.ts';
import { nodeModules, processObject } from './libraries/node-modules.ts';
import { passport } from './libraries/passport.ts';
import { sails } from './libraries/sails.ts';
import { sessions } from './libraries/sessions.ts';
import { tokens } from './libraries/tokens.ts';
import { Machine } from './machine.ts';
import { type ModuleHost, Modules } from './modules.ts';
import { makeProperties } from './properties.ts';
import { virtualRoot } from './resolve-module.ts';
import { PathEnd } from './state.ts';
import { runBody, runStatement } from './statements.ts';
import { EnvironmentMark, known, undefinedValue } from './values.ts';

export interface Surroundings extends Omit<ModuleHost, 'external'> {
  readonly directory: World['directory'];
  readonly environment: World['environment'];
  readonly projectDirectory: string;
}

export interface Interpreter {
  readonly m: Machine;
  readonly modules: Modules;
}

/** A machine that is ready to run modules, with a budget of steps. */
export function makeInterpreter(surroundings: Surroundings, steps: number): Interpreter {
  const m = new Machine(steps);
  m.sourceText = surroundings.text;
  const modules: Modules = new Modules(m, {
    ...surroundings,
    external: (name, path) => libraries.root(name, path),
  });
  const world: World = {
    m,
    text: surroundings.text,
    directory: surroundings.directory,
    environment: surroundings.environment,
    requireFrom: (path) => modules.requireOf(path),
    projectDirectory: surroundings.projectDirectory,
  };
  const libraries = new Libraries(world, [
    express,
    nest,
    routingControllers,
    feathers,
    tsyringe,
    typedi,
    inversify,
    inversifyExpress,
    sails,
    ...sessions,
    ...csrf,
    cookie,
    cookies,
    passport,
    tokens,
    ...dotenvFamily,
    helmet,
    ...nodeModules,
    ...merging,
    ...configuration,
  ]);

  m.evaluate = (node, scope) => evaluate(m, node, scope);
  m.runStatement = (node, scope) => runStatement(m, node, scope);
  m.runBody = (nodes, scope) => runBody(m, nodes, scope);
  m.bind = (pattern, value, scope, kind, place) => bindPattern(m, pattern, value, scope, kind, place);
  m.load = (specifier, from, place) => modules.load(specifier, from, place);
  Object.assign(
    m,
    makeCalls(m, (_, fn, self, args, place, construct, open) =>
      libraries.call(fn, self, args, place, construct, open),
    ),
  );
  const text: TextHost = {
    makeArray: (values, place) => m.array(values, place),
    call: (fn, args, place) => m.call(fn, undefinedValue, args, place),
    work: (touched) => m.state.onWork(touched),
  };
  Object.assign(
    m,
    makeProperties(m, {
      array: arrayMembers(m),
      string: stringMembers(text),
      number: numberMembers(),
      function: functionMembers(m),
      object: objectMembers(),
      promise: promiseMembers(m),
      special: specialMembers(m, regExpMembers(text)),
      external: (_, object, key, place) => libraries.member(object, key, place),
    }),
  );
  installGlobals(m);
  const environment = m.object(null);
  m.environment = environment;
  environment.data = new EnvironmentMark((name, place) =>
    environmentValue(surroundings.environment, name, place),
  );
  const process = processObject(world, environment);
  for (const name of ['exit', 'abort', 'kill', 'reallyExit']) {
    process.slots.set(name, {
      value: m.native(() => {
        if (m.comesHereForCertain) return undefinedValue;
        throw new PathEnd('exit');
      }),
      place: null,
    });
  }
  process.slots.set('loadEnvFile', { value: m.native(loadEnvFile(world)), place: null });
  m.globals.set('process', process);
  const global = m.object(null);
  global.slots.set('process', { value: process, place: null });
  global.open = { kind: 'computed', text: 'it is a global variable' };
  m.globals.set('global', global);
  m.globals.set('globalThis', global);
  // `import.meta` of a file, asked for by its path.
  const meta = m.object(null);
  meta.data = new EnvironmentMark((file) => {
    const directory = file.includes('/') ? `/${file.slice(0, file.lastIndexOf('/'))}` : '';
    return m.objectOf(
      [
        ['url', known(`file://${virtualRoot}/${file}`)],
        ['dirname', known(`${virtualRoot}${directory}`)],
        ['filename', known(`${virtualRoot}/${file}`)],
        ['env', environment],
      ],
      null,
    );
  });
  m.globals.set('*import.meta*', meta);
  return { m, modules };
}
