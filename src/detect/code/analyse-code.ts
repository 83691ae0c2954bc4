/** Turns the sources of a snapshot into the model of each project's programs. */
import type { Check } from '../../model/check.ts';
import type { Effort } from '../../model/detection.ts';
import type { Location } from '../../model/location.ts';
import type { Project } from '../../model/project.ts';
import type { Snapshot, SnapshotFile } from '../../model/snapshot.ts';
import type { Hosting, Program, ProxyConfig, TlsValidation } from '../app-model.ts';
import { EnvironmentFiles, type ProductionEnvironment } from '../environment/production-environment.ts';
import { readProxies } from '../proxy/read-proxies.ts';
import { committedKeys } from '../transport/committed-keys.ts';
import { hostingFiles, hostingOf } from '../transport/hosting.ts';
import { buildProgram } from './build-model.ts';
import { declaredEntries, ImportGraph, ofInterest } from './entries.ts';
import { exportedData } from './exported-data.ts';
import { makeInterpreter, type Surroundings } from './interpreter.ts';
import { locate } from './model-values.ts';
import { tlsFlags } from './node-flags.ts';
import { type Parsed, parseSource } from './parse.ts';
import { protocolUseIn } from './protocol-use.ts';
import { directoryOf, isWithin, joinPath, ModuleResolver } from './resolve-module.ts';
import { writesForClient } from './run-handlers.ts';
import { runProgram } from './run-program.ts';
import { isBuildOutput, isJudged, isSource } from './source-roles.ts';

/** What the analysis of one project hung on, so that it need not be made again of a snapshot in which all of that is the same. */
export interface ProjectTrace {
  /** Whether the analysis may have looked at the text of a file. */
  readonly lookedAt: (path: string) => boolean;
  readonly check: Check;
  readonly steps: number;
  readonly readAt: ReadonlyMap<string, Location>;
  readonly developmentKeys: ReadonlySet<string>;
}

export interface CodeAnalysis {
  readonly checks: readonly Check[];
  /** By the project's directory. */
  readonly traces: ReadonlyMap<string, ProjectTrace>;
  readonly effort: Omit<Effort, 'versionsMs'>;
}

/** Programs of one project that are run at the most; a repository of examples has many. */
const maxEntries = 300;

/** Modules above a file that are tried before the file itself is started. */
const maxTops = 3;

/** Steps for all programs of one project: about two seconds at the worst. */
const stepsPerProject = 2_000_000;

/** Steps for all handlers of routes of one project. */
const handlerStepsPerProject = 500_000;

/** Steps for all projects together. In a workspace each runs its siblings again: 20 programs over the same 3,000 modules take 6,000,000. */
const stepsTogether = 10_000_000;

/** Syntax trees by a file's ending, which decides its dialect, and content, so that what several programs (and head and base) share is parsed once. */
const parsedByEnding = new Map<string, Map<string, Parsed>>();

/** Characters of source whose trees are kept; each takes 16 to 25 bytes. */
const maxParsed = 16_000_000;
let parsedCharacters = 0;

/** Parses what a snapshot holds, and takes the time. */
class SourceTrees {
  ms = 0;
  /** The files that were asked for. */
  readonly files = new Set<string>();
  /** Where the texts that are looked at are noted. */
  lookedAt = new Set<string>();
  private readonly snapshot: Snapshot;
  private readonly now: () => number;

  constructor(snapshot: Snapshot, now: () => number) {
    this.snapshot = snapshot;
    this.now = now;
  }

  text(path: string): string | null {
    this.lookedAt.add(path);
    return this.snapshot.files.get(path)?.text ?? null;
  }

  parse(path: string): Parsed | null {
    const file = this.snapshot.files.get(path);
    if (file === undefined || !isSource(path)) return null;
    this.files.add(path);
    this.lookedAt.add(path);
    const ending = path.slice(path.lastIndexOf('.'));
    let parsedByText = parsedByEnding.get(ending);
    if (parsedByText === undefined) {
      parsedByText = new Map();
      parsedByEnding.set(ending, parsedByText);
    }
    let parsed = parsedByText.get(file.text);
    if (parsed === undefined) {
      const began = this.now();
      parsed = parseSource(path, file.text);
      this.ms += this.now() - began;
      parsedCharacters += file.text.length;
      if (parsedCharacters > maxParsed) {
        for (const trees of parsedByEnding.values()) trees.clear();
        parsedCharacters = file.text.length;
      }
      parsedByText.set(file.text, parsed);
    }
    return parsed;
  }
}

const productionMode = { value: 'production', note: 'NODE_ENV is `production`: that is what is judged' };

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

/**
 * Models every project that uses Express, and gives each program to `judge` as soon as it has run: what a model is made of is large, and
 * not kept. `environment` is what production sets beside NODE_ENV, by the policy. `standing` are projects of which everything is known from
 * another snapshot: they are not run. Pure, but for the clock.
 */
export function analyseCode(
  snapshot: Snapshot,
  environment: ReadonlyMap<string, string>,
  judge: (program: Program) => void,
  now: () => number = () => 0,
  standing: ReadonlyMap<string, ProjectTrace> = new Map(),
): CodeAnalysis {
  const projects = snapshot.projects.filter((project) => project.express !== null);
  const effort = { parseMs: 0, runMs: 0, rulesMs: 0, filesParsed: 0, programs: 0, steps: 0 };
  if (projects.length === 0) {
    return {
      checks: [
        {
          name: 'code',
          project: '.',
          state: 'skipped',
          detail: 'No project here uses Express, so no code was judged.',
          ms: 0,
        },
      ],
      traces: new Map(),
      effort,
    };
  }
  const trees = new SourceTrees(snapshot, now);
  const resolver = new ModuleResolver(snapshot.files, snapshot.projects);
  const directories = new DirectoryIndex(snapshot.files.keys());
  const surroundings = {
    resolver,
    text: (path: string) => trees.text(path),
    directory: (path: string) => directories.names(path),
  };
  const files = new EnvironmentFiles(snapshot.files, snapshot.projects, (path) =>
    exportedData(
      {
        ...surroundings,
        environment: (name) => (name === 'NODE_ENV' ? productionMode : null),
        projectDirectory: '',
        parse: (name) => trees.parse(name),
      },
      path,
    ),
  );
  const repository: Repository = { snapshot, projects, surroundings, trees, environment };
  const checks: Check[] = [];
  const began = now();
  const proxies = readProxies(snapshot.files.values());
  const hosts = hostingFiles(snapshot.files.values());
  const told = (program: Program): void => {
    const runUntil = now();
    judge(program);
    effort.rulesMs += now() - runUntil;
  };
  const traces = new Map<string, ProjectTrace>();
  const analyses: { project: Project; standsBefore: (file: string) => boolean }[] = [];
  for (const project of projects) {
    const started = now();
    const known = standing.get(project.directory);
    if (known !== undefined) {
      analyses.push({ project, standsBefore: standsBeforeOf(project, projects) });
      effort.steps += known.steps;
      checks.push({ ...known.check, ms: 0 });
      traces.set(project.directory, known);
      continue;
    }
    const steps = Math.min(stepsPerProject, stepsTogether - effort.steps);
    // What tells production's settings is read once for several projects: each of them hangs on it.
    const production = files.of(project);
    const before = trees.lookedAt;
    trees.lookedAt = new Set(before);
    const analysis = new ProjectAnalysis(repository, project, production, steps);
    const standsBefore = standsBeforeOf(project, projects);
    const around = {
      proxies: proxies.filter(({ file }) => standsBefore(file)),
      // A platform's file beside another package, such as a site of static files, is that one's.
      hosting: hostingOf(
        hosts.filter(
          ({ path }) =>
            standsBefore(path) &&
            !snapshot.projects.some(
              ({ directory }) =>
                directory !== '.' && isWithin(path, directory) && !isWithin(project.directory, directory),
            ),
        ),
        production.ports,
      ),
    };
    analysis.run(around, (program) => {
      told(program);
      effort.programs++;
    });
    analyses.push({ project, standsBefore });
    effort.steps += steps - analysis.steps;
    const check = { ...analysis.check(), ms: Math.round(now() - started) };
    checks.push(check);
    const { lookedAt } = trees;
    traces.set(project.directory, {
      lookedAt: (path) => analysis.isOwn(path) || lookedAt.has(path),
      check,
      steps: steps - analysis.steps,
      readAt: analysis.readAt,
      developmentKeys: analysis.developmentKeys,
    });
    trees.lookedAt = before;
  }
  // Which keys production reads is known only when all has run.
  const keys = committedKeys(
    snapshot.files.values(),
    new Map([...traces.values()].flatMap(({ readAt }) => [...readAt])),
    new Set([...traces.values()].flatMap(({ developmentKeys }) => [...developmentKeys])),
  );
  for (const { project, standsBefore } of analyses) {
    const privateKeys = keys.filter(({ location }) => standsBefore(location.file));
    if (privateKeys.length > 0) told({ ...emptyProgram(project), privateKeys });
  }
  effort.parseMs = trees.ms;
  effort.filesParsed = trees.files.size;
  effort.runMs = now() - began - effort.rulesMs - effort.parseMs;
  return { checks, traces, effort };
}

/** What lies in another project's directory is that one's. */
function standsBeforeOf(project: Project, projects: readonly Project[]): (file: string) => boolean {
  return (file) =>
    isWithin(file, project.directory) ||
    !projects.some((other) => other.directory !== '.' && isWithin(file, other.directory));
}

/** What the analysis of every project shares. */
interface Repository {
  readonly snapshot: Snapshot;
  /** Those that use Express. */
  readonly projects: readonly Project[];
  readonly surroundings: Pick<Surroundings, 'resolver' | 'text' | 'directory'>;
  readonly trees: SourceTrees;
  /** What the policy says of production. */
  readonly environment: ReadonlyMap<string, string>;
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
  /** Whether a file is the project's, and not one's of those inside it. */
  readonly isOwn: (path: string) => boolean;
  private readonly own: readonly SnapshotFile[];
  /** Steps that are left. */
  steps: number;
  private readonly repository: Repository;
  readonly project: Project;
  /** The files that start-up reads, and where each is read first. */
  readonly readAt = new Map<string, Location>();
  /** Names of key files that code names only where production does not come. */
  readonly developmentKeys = new Set<string>();
  /** What the repository says of production's environment. */
  private readonly files: ProductionEnvironment;
  private readonly reached = new Set<string>();
  /** What only code loads that production does not reach. */
  private readonly dead = new Set<string>();
  private readonly problems = new Map<string, { line: number; message: string }>();
  private limited = false;
  private left = 0;
  private started = 0;
  private handlerSteps: number;
  private readonly writing = new Map<string, boolean>();

  constructor(repository: Repository, project: Project, files: ProductionEnvironment, steps: number) {
    this.repository = repository;
    this.project = project;
    this.files = files;
    this.steps = steps;
    this.handlerSteps = Math.min(handlerStepsPerProject, steps / 4);
    const { snapshot, projects } = repository;
    const nested = projects
      .filter((other) => other !== project && isWithin(other.directory, project.directory))
      .map((other) => other.directory);
    this.isOwn = (path) =>
      // Some repositories keep their package.json in a folder beside the sources: they are the first project's.
      (isWithin(path, project.directory) || (project === projects[0] && isStray(path, snapshot.projects))) &&
      !nested.some((inner) => isWithin(path, inner));
    this.own = [...snapshot.files.values()].filter(({ path }) => isJudged(path) && this.isOwn(path));
  }

  /** `around`: what may stand before the project's programs. */
  run(
    around: { readonly proxies: readonly ProxyConfig[]; readonly hosting: Hosting },
    judge: (program: Program) => void,
  ): void {
    const { snapshot, surroundings } = this.repository;
    const settings = tlsSettings(this.files);
    const flags = tlsFlags(this.project, snapshot.files, (path) => this.isOwn(path));
    let isFirst = true;
    const tell = (program: Program): void => {
      // The settings hold for every program of the project; one is told of them, so that each is said once.
      judge(
        isFirst
          ? {
              ...program,
              tlsValidations: [...program.tlsValidations, ...settings],
              tlsSettings: [...program.tlsSettings, ...flags],
              ...around,
            }
          : { ...program, ...around },
      );
      isFirst = false;
    };
    const start = (entry: string): void => {
      if (this.started >= maxEntries || this.steps <= 0) this.left++;
      else tell(this.runEntry(entry));
    };
    for (const entry of declaredEntries(this.project, surroundings.resolver))
      if (!this.reached.has(entry)) start(entry);
    this.startUnreached(start);
    if (isFirst && settings.length + flags.length + around.proxies.length > 0)
      tell(emptyProgram(this.project));
  }

  /**
   * Starts what the declared entries have not reached, but makes something that the rules ask about: by the topmost modules that import it,
   * the likeliest first, until it is reached; else by itself.
   */
  private startUnreached(start: (entry: string) => void): void {
    const seeds = this.own.filter((file) => !this.reached.has(file.path) && ofInterest.test(file.text));
    if (seeds.length === 0) return;
    const importers = new ImportGraph(this.own, this.repository.surroundings.resolver);
    for (const [index, { path }] of seeds.entries()) {
      if (this.steps <= 0) {
        this.left += seeds.length - index;
        return;
      }
      if (this.reached.has(path) || this.dead.has(path) || (isBuildOutput(path) && this.started > 0))
        continue;
      // What only such modules import as production does not load, it does not load either.
      if (importers.isOnlyBelow(path, this.dead)) continue;
      for (const top of importers.topmost(path).slice(0, maxTops)) {
        if (!this.reached.has(top)) start(top);
        if (this.reached.has(path)) break;
      }
      if (!this.reached.has(path)) start(path);
    }
  }

  private runEntry(entry: string): Program {
    this.started++;
    const { surroundings } = this.repository;
    const interpreter = makeInterpreter(
      {
        ...surroundings,
        environment: (name) => this.environmentValue(name),
        projectDirectory: this.project.directory === '.' ? '' : this.project.directory,
        parse: (path) => this.parse(path),
      },
      this.steps,
    );
    this.handlerSteps -= runProgram(
      interpreter,
      entry,
      surroundings.text,
      isJudged,
      this.handlerSteps,
      (path) => this.writesForClientIn(path),
    );
    for (const path of interpreter.modules.loaded) this.reached.add(path);
    this.reached.add(entry);
    for (const { file, specifier } of interpreter.m.deadModules) {
      const resolved = surroundings.resolver.resolve(specifier, file);
      if (resolved.kind === 'file') this.dead.add(resolved.path);
    }
    const listed = new Set(
      interpreter.m.deadDirectories.flatMap(({ file, specifier }) => [
        joinPath(directoryOf(file), specifier),
        joinPath(this.project.directory, specifier),
      ]),
    );
    if (listed.size > 0)
      for (const { path } of this.own) if (listed.has(directoryOf(path))) this.dead.add(path);
    for (const event of interpreter.m.events)
      if (event.type === 'file-read' && !this.readAt.has(event.path))
        this.readAt.set(event.path, locate(event.place));
    for (const name of interpreter.m.deadKeyFiles) this.developmentKeys.add(name);
    this.steps -= interpreter.m.taken;
    if (interpreter.m.limited) this.limited = true;
    const { loaded } = interpreter.modules;
    return {
      ...buildProgram(interpreter.m, this.project, [entry], (name) => versionOf(this.project, name)),
      protocolUse: protocolUseIn(this.own.filter(({ path }) => path === entry || loaded.has(path))),
    };
  }

  /** Whether something in the file writes cookies or sessions. */
  private writesForClientIn(path: string): boolean {
    let writes = this.writing.get(path);
    if (writes === undefined) {
      writes = writesForClient.test(this.repository.snapshot.files.get(path)?.text ?? '');
      this.writing.set(path, writes);
    }
    return writes;
  }

  private environmentValue(name: string): ReturnType<Surroundings['environment']> {
    // What is judged is production: the policy may name what else it sets, not what it is.
    if (name === 'NODE_ENV') return productionMode;
    const given = this.repository.environment.get(name);
    return given === undefined
      ? (this.files.settings.get(name) ?? null)
      : { value: given, note: `the policy says what \`${name}\` is in production` };
  }

  private parse(path: string): Parsed | null {
    const parsed = this.repository.trees.parse(path);
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
    const ownReached = this.own.filter(({ path }) => this.reached.has(path)).length;
    const judged = `${ownReached} of ${this.own.length} source files were run through, as in production.`;
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
    requestMarks: [],
    tlsValidations: [],
    tlsSettings: [],
    proxies: [],
    privateKeys: [],
    hosting: { endsTlsBy: null, inContainer: false, published: null },
    protocolUse: null,
    cookieWrites: [],
    sessionWrites: [],
    logins: [],
  };
}

/** Whether no project holds the file. */
function isStray(path: string, projects: readonly Project[]): boolean {
  return !projects.some((project) => isWithin(path, project.directory));
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
