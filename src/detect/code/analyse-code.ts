/** Turns the sources of a snapshot into the model of each project's programs. */
import type { Check } from '../../model/check.ts';
import type { Project } from '../../model/project.ts';
import type { Snapshot, SnapshotFile } from '../../model/snapshot.ts';
import type { App, Program, ProxyConfig, TlsValidation } from '../app-model.ts';
import { EnvironmentFiles, type ProductionEnvironment } from '../environment/production-environment.ts';
import { readProxies } from '../proxy/read-proxies.ts';
import { buildProgram } from './build-model.ts';
import { declaredEntries, ImportGraph, ofInterest } from './entries.ts';
import { exportedData } from './exported-data.ts';
import { makeInterpreter, type Surroundings } from './interpreter.ts';
import { tlsFlags } from './node-flags.ts';
import { type Parsed, parseSource } from './parse.ts';
import { ModuleResolver } from './resolve-module.ts';
import { runProgram } from './run-program.ts';
import { isBuildOutput, isJudged, isSource } from './source-roles.ts';

export interface CodeAnalysis {
  readonly programs: readonly Program[];
  readonly checks: readonly Check[];
}

/** Programs of one project that are run at the most; a repository of examples has many. */
const maxEntries = 300;

/** Modules above a file that are tried before the file itself is started. */
const maxTops = 3;

/** Steps for all programs of one project: about two seconds at the worst. */
const stepsPerProject = 2_000_000;

/** Steps for all handlers of routes of one project. */
const handlerStepsPerProject = 1_000_000;

/** Syntax trees by a file's ending, which decides its dialect, and content, so that what several programs (and head and base) share is parsed once. */
const parsedByEnding = new Map<string, Map<string, Parsed>>();
const maxParsed = 20_000;

function parseCached(path: string, text: string): Parsed {
  const ending = path.slice(path.lastIndexOf('.'));
  let parsedByText = parsedByEnding.get(ending);
  if (parsedByText === undefined) {
    parsedByText = new Map();
    parsedByEnding.set(ending, parsedByText);
  }
  let parsed = parsedByText.get(text);
  if (parsed === undefined) {
    parsed = parseSource(path, text);
    if (parsedByText.size >= maxParsed) parsedByText.clear();
    parsedByText.set(text, parsed);
  }
  return parsed;
}

function parseFile(snapshot: Snapshot, path: string): Parsed | null {
  const file = snapshot.files.get(path);
  return file === undefined || !isSource(path) ? null : parseCached(path, file.text);
}

const production = { value: 'production', note: 'NODE_ENV is `production`: that is what is judged' };

/** Where production's environment switches the checking of TLS certificates off, whatever else sets the variable. */
function tlsSettings({ all }: ProductionEnvironment): TlsValidation[] {
  const found = new Map<string, TlsValidation>();
  for (const { name, value, fallback, location } of all) {
    if (name !== 'NODE_TLS_REJECT_UNAUTHORIZED' || (value ?? fallback) !== '0') continue;
    found.set(`${location.file}:${location.line}`, {
      setting: 'NODE_TLS_REJECT_UNAUTHORIZED',
      option: { value: { kind: 'known', value: '0' }, location, related: [], written: null },
      role: 'client',
      certainty: { kind: 'always' },
    });
  }
  return [...found.values()];
}

/** Models every project that uses Express. `environment` is what production sets beside NODE_ENV, by the policy. Pure. */
export function analyseCode(snapshot: Snapshot, environment: ReadonlyMap<string, string>): CodeAnalysis {
  const projects = snapshot.projects.filter((project) => project.express !== null);
  if (projects.length === 0) {
    return {
      programs: [],
      checks: [
        {
          name: 'code',
          project: '.',
          state: 'skipped',
          detail: 'No project here uses Express, so no code was judged.',
          ms: 0,
        },
      ],
    };
  }
  const resolver = new ModuleResolver(snapshot.files, snapshot.projects);
  const directories = new DirectoryIndex(snapshot.files.keys());
  const files = new EnvironmentFiles(snapshot.files, snapshot.projects, (path) =>
    exportedData(
      {
        resolver,
        text: (name) => snapshot.files.get(name)?.text ?? null,
        directory: (name) => directories.names(name),
        project: '',
        environment: (name) => (name === 'NODE_ENV' ? production : null),
        projectDirectory: '',
        parse: (name) => parseFile(snapshot, name),
      },
      path,
    ),
  );
  const programs: Program[] = [];
  const checks: Check[] = [];
  const proxies = readProxies(snapshot.files.values());
  for (const project of projects) {
    const analysis = new ProjectAnalysis(
      snapshot,
      project,
      projects,
      resolver,
      environment,
      files.of(project),
      directories,
    );
    // A proxy in another project's directory stands before that one.
    const before = proxies.filter(
      ({ file }) =>
        isWithin(file, project.directory) ||
        !projects.some((other) => other.directory !== '.' && isWithin(file, other.directory)),
    );
    programs.push(...analysis.run(before));
    checks.push(analysis.check());
  }
  return { programs: withoutUnserved(programs), checks };
}

/** The names in each directory, made when the first is asked for. */
class DirectoryIndex {
  private readonly paths: Iterable<string>;
  private byDirectory: Map<string, Set<string>> | null = null;

  constructor(paths: Iterable<string>) {
    this.paths = paths;
  }

  names(directory: string): readonly string[] | null {
    this.byDirectory ??= this.index();
    const names = this.byDirectory.get(directory);
    return names === undefined ? null : [...names].sort();
  }

  private index(): Map<string, Set<string>> {
    const index = new Map<string, Set<string>>();
    for (const path of this.paths) {
      const parts = path.split('/');
      for (let i = 0; i < parts.length; i++) {
        const directory = parts.slice(0, i).join('/');
        const names = index.get(directory) ?? new Set<string>();
        names.add(parts[i]!);
        index.set(directory, names);
      }
    }
    return index;
  }
}

class ProjectAnalysis {
  private readonly snapshot: Snapshot;
  private readonly project: Project;
  private readonly resolver: ModuleResolver;
  /** What the policy says. */
  private readonly environment: ReadonlyMap<string, string>;
  /** What the repository says. */
  private readonly files: ProductionEnvironment;
  /** The sources of the project, those of projects inside it apart. */
  /** Whether a file is the project's, and not one's of those inside it. */
  private readonly isOwn: (path: string) => boolean;
  private readonly own: readonly SnapshotFile[];
  private readonly directories: DirectoryIndex;
  private readonly reached = new Set<string>();
  /** What only code loads that production does not reach. */
  private readonly dead = new Set<string>();
  private readonly problems = new Map<string, { line: number; message: string }>();
  private limited = false;
  private left = 0;
  private steps = stepsPerProject;
  private handlerSteps = handlerStepsPerProject;

  constructor(
    snapshot: Snapshot,
    project: Project,
    projects: readonly Project[],
    resolver: ModuleResolver,
    environment: ReadonlyMap<string, string>,
    files: ProductionEnvironment,
    directories: DirectoryIndex,
  ) {
    this.snapshot = snapshot;
    this.project = project;
    this.resolver = resolver;
    this.environment = environment;
    this.files = files;
    this.directories = directories;
    const nested = projects
      .filter((other) => other !== project && isWithin(other.directory, project.directory))
      .map((other) => other.directory);
    this.isOwn = (path) =>
      // Some repositories keep their package.json in a folder beside the sources: they are the first project's.
      (isWithin(path, project.directory) || (project === projects[0] && isStray(path, snapshot.projects))) &&
      !nested.some((inner) => isWithin(path, inner));
    this.own = [...snapshot.files.values()].filter(({ path }) => isJudged(path) && this.isOwn(path));
  }

  /** `proxies`: those that may stand before the project's programs. */
  run(proxies: readonly ProxyConfig[]): Program[] {
    const programs: Program[] = [];
    const start = (entry: string): void => {
      if (programs.length >= maxEntries || this.steps <= 0) this.left++;
      else programs.push(this.runEntry(entry));
    };
    for (const entry of declaredEntries(this.project, this.resolver))
      if (!this.reached.has(entry)) start(entry);
    this.startUnreached(start, () => programs.length > 0);
    const settings = tlsSettings(this.files);
    const flags = tlsFlags(this.project, this.snapshot.files, (path) => this.isOwn(path));
    if (settings.length + flags.length + proxies.length === 0) return programs;
    // They hold for every program of the project; one is told of them, so that each is said once.
    const [first = emptyProgram(this.project), ...rest] = programs;
    return [
      {
        ...first,
        tlsValidations: [...first.tlsValidations, ...settings],
        tlsSettings: [...first.tlsSettings, ...flags],
        proxies,
      },
      ...rest.map((program) => ({ ...program, proxies })),
    ];
  }

  /**
   * Starts what the declared entries have not reached, but makes something that the rules ask about: by the topmost modules that import it,
   * the likeliest first, until it is reached; else by itself.
   */
  private startUnreached(start: (entry: string) => void, anyStarted: () => boolean): void {
    const seeds = this.own.filter((file) => !this.reached.has(file.path) && ofInterest.test(file.text));
    if (seeds.length === 0) return;
    const importers = new ImportGraph(this.own, this.resolver);
    for (const [index, { path }] of seeds.entries()) {
      if (this.steps <= 0) {
        this.left += seeds.length - index;
        return;
      }
      if (this.reached.has(path) || this.dead.has(path) || (isBuildOutput(path) && anyStarted())) continue;
      for (const top of importers.topmost(path).slice(0, maxTops)) {
        if (!this.reached.has(top)) start(top);
        if (this.reached.has(path)) break;
      }
      if (!this.reached.has(path)) start(path);
    }
  }

  private runEntry(entry: string): Program {
    const text = (path: string): string | null => this.snapshot.files.get(path)?.text ?? null;
    const interpreter = makeInterpreter(
      {
        resolver: this.resolver,
        text,
        directory: (path) => this.directories.names(path),
        project: this.project.directory === '.' ? '' : this.project.directory,
        environment: (name) => this.environmentValue(name),
        projectDirectory: this.project.directory === '.' ? '' : this.project.directory,
        parse: (path) => this.parse(path),
      },
      this.steps,
    );
    this.handlerSteps -= runProgram(interpreter, entry, text, isJudged, this.handlerSteps);
    for (const path of interpreter.modules.loaded) this.reached.add(path);
    this.reached.add(entry);
    for (const { file, specifier } of interpreter.m.deadModules) {
      const resolved = this.resolver.resolve(specifier, file);
      if (resolved.kind === 'file') this.dead.add(resolved.path);
    }
    this.steps -= interpreter.m.taken;
    if (interpreter.m.limited) this.limited = true;
    return buildProgram(interpreter.m, this.project, [entry], (name) => versionOf(this.project, name));
  }

  private environmentValue(name: string): ReturnType<Surroundings['environment']> {
    // What is judged is production: the policy may name what else it sets, not what it is.
    if (name === 'NODE_ENV') return production;
    const given = this.environment.get(name);
    return given === undefined
      ? (this.files.settings.get(name) ?? null)
      : { value: given, note: `the policy says what \`${name}\` is in production` };
  }

  private parse(path: string): Parsed | null {
    const parsed = parseFile(this.snapshot, path);
    if (parsed !== null && parsed.problem !== null && isJudged(path)) this.problems.set(path, parsed.problem);
    return parsed;
  }

  check(): Check {
    const { directory } = this.project;
    const details: string[] = [];
    const broken = [...this.problems].sort(([a], [b]) => (a < b ? -1 : 1));
    for (const [path, { line, message }] of broken.slice(0, 5))
      details.push(
        `${path}:${line} does not parse (${message}): the statements around it were not judged; correct the syntax.`,
      );
    if (broken.length > 5) details.push(`${broken.length - 5} further files do not parse.`);
    if (this.limited)
      details.push(
        'Part of the code was too much to follow within the bounds of the analysis; what hangs on it is undecided.',
      );
    if (this.left > 0)
      details.push(
        `${this.left} further programs were not judged: the project is too large for the bounds of the analysis.`,
      );
    const judged = `${this.reached.size} of ${this.own.length} source files were run through, as in production.`;
    return {
      name: 'code',
      project: directory,
      state: details.length === 0 ? 'ok' : 'degraded',
      detail: details.length === 0 ? judged : `${details.join(' ')} ${judged}`,
      ms: 0,
      ...(details.length === 0
        ? {}
        : { cause: broken.length > 0 ? ('unreadable' as const) : ('limit' as const) }),
    };
  }
}

/** What is said of a project of which no program was found. */
function emptyProgram(project: Project): Program {
  return {
    project,
    entries: [],
    apps: [],
    sessions: [],
    servers: [],
    tlsValidations: [],
    tlsSettings: [],
    proxies: [],
    cookieWrites: [],
    sessionWrites: [],
    logins: [],
  };
}

/** Whether no project holds the file. */
function isStray(path: string, projects: readonly Project[]): boolean {
  return !projects.some((project) => isWithin(path, project.directory));
}

function isWithin(path: string, directory: string): boolean {
  return directory === '.' || path === directory || path.startsWith(`${directory}/`);
}

/** The version that the project's own lockfile resolves for a package that it declares, or that is hoisted for it. */
function versionOf(project: Project, name: string): string | null {
  const packages = project.lockfile?.packages;
  if (packages === undefined) return null;
  const base =
    project.directory === project.workspaceRoot
      ? ''
      : project.workspaceRoot === '.'
        ? project.directory
        : project.directory.slice(project.workspaceRoot.length + 1);
  const location = packages.get(base)?.edges.get(name) ?? `node_modules/${name}`;
  return packages.get(location)?.version ?? null;
}

/**
 * One app is often set up by a module that several programs import. Where one of them serves it, only that one tells how it is in production:
 * a script that merely imports the module does not finish its set-up.
 */
function withoutUnserved(programs: readonly Program[]): Program[] {
  const place = (app: App): string => `${app.created.file}:${app.created.line}:${app.created.column}`;
  const served = new Set(programs.flatMap((program) => program.apps.filter((app) => app.listens).map(place)));
  return programs.map((program) => ({
    ...program,
    apps: program.apps.filter((app) => app.listens || !served.has(place(app))),
  }));
}
