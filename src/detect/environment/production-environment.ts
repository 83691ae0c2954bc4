/** Decides which of the repository's files set the environment of a project in production, and what they set there. */
import type { Location } from '../../model/location.ts';
import type { Project } from '../../model/project.ts';
import type { SnapshotFile } from '../../model/snapshot.ts';
import { baseName, directoryOf, isWithin, joinPath } from '../code/resolve-module.ts';
import { type Start, startsOf } from './command-line.ts';
import { type ComposeService, type PublishedPort, readCompose } from './compose-file.ts';
import { type DataNode, jsonTree, yamlTrees } from './data-tree.ts';
import { type DockerBase, type DockerStage, readDockerfile } from './dockerfile.ts';
import { type DotenvSetting, parseDotenv } from './dotenv-file.ts';
import { isKubernetes, type PlatformUnit, readKubernetes, readPlatformFile } from './platform-files.ts';
import { readProcessFile } from './process-file.ts';
import { fillIn, type Setting } from './setting.ts';

export interface ProductionEnvironment {
  /** What production sets, by name; several settings where sources disagree. */
  readonly settings: ReadonlyMap<string, readonly Setting[]>;
  /** All that a file of production sets, what another one replaces too, and what a committed .env holds. */
  readonly all: readonly Setting[];
  /** The ports that Compose makes ports of the machine. */
  readonly ports: readonly PublishedPort[];
  /** The images that production runs: those that Dockerfiles build on in the end, and those of Compose services. */
  readonly images: readonly ProductionImage[];
}

export interface ProductionImage extends DockerBase {
  readonly writtenIn: 'dockerfile' | 'compose';
}

/** What an `ecosystem.config.js` exports; null where it is not known. */
export type ReadProgramData = (path: string) => DataNode | null;

/** Which source wins: the command over the platform, that over the image, that over files which only fill in what is not set. */
const rank = { file: 0, image: 10, platform: 20, command: 30 } as const;

/** Files that say `production` win over others of their kind. */
const forProduction = 1;

interface Source {
  readonly rank: number;
  readonly settings: readonly Setting[];
}

interface Command {
  readonly text: string;
  /** Where a part of the command stands, from its offsets. */
  readonly locate: (from: number, to: number) => Location;
  /** The directory from which its paths start. */
  readonly directory: string;
}

/** Characters of Kubernetes manifests that are read, all together. */
const maxManifests = 1_000_000;

const dockerfileName = /^(?:(?:docker|container)file(?:\.[\w.-]+)?|[\w.-]+\.(?:docker|container)file)$/i;
const composeName = /^(?:docker-)?compose(?:[.-][\w.-]+)?\.ya?ml$/i;
const processFileName = /^(?:ecosystem|pm2|process|processes)(?:[.-][\w-]+)*\.(?:[cm]?js|json|ya?ml)$/;
const productionDotenv =
  /^(?:\.env\.(?:prod|production)|\.(?:prod|production)\.env|(?:prod|production)\.env)$/;

/** Words in a path that say that production is not meant. */
const elsewhere = new Set(
  (
    'dev develop development devel test tests testing e2e ci local localhost example examples sample samples demo demos staging stage ' +
    'qa uat debug override template templates dist docs doc fixtures devcontainer github gitlab circleci preview sandbox playground bench benchmark'
  ).split(' '),
);

const scriptOfProduction =
  /^(?:start|serve|server|prod|production)(?:[:.-](?!dev|test|local|stag|debug|watch).*)?$/;
const scriptForProduction = /(?:^|[:.-])(?:prod|production)$/;

/** Images of databases, proxies and the like, by the last part of their names. */
const otherImage =
  /^(?:postgres|postgis|postgresql|mysql|mariadb|mongo|mongodb|mongo-express|redis|redis-stack|valkey|nginx|httpd|memcached|rabbitmq|elasticsearch|opensearch|kibana|grafana|prometheus|loki|traefik|haproxy|caddy|envoy|adminer|phpmyadmin|pgadmin4|mailhog|mailpit|maildev|minio|kafka|zookeeper|cp-kafka|vault|consul|busybox|keycloak|influxdb|cassandra|neo4j|nats|jaeger|localstack|cloudsql-proxy|gce-proxy|certbot|python|php|ruby|golang|openjdk|jenkins|sonarqube|meilisearch|typesense|watchtower|autoheal|oauth2-proxy)$/;

const runsNode = /\b(?:node|nodejs|npm|yarn|pnpm|bun|pm2|deno|tsx|ts-node)\b/i;

/** What the projects of a repository share: each file is read once for all of them. */
interface Repository {
  readonly files: ReadonlyMap<string, SnapshotFile>;
  readonly projects: readonly Project[];
  /** Files that by their names may set an environment, apart from Kubernetes manifests. */
  readonly candidates: readonly SnapshotFile[];
  readonly kubernetes: ReturnType<typeof readKubernetes>;
  readonly compose: (file: SnapshotFile) => readonly ComposeService[];
  readonly platform: (file: SnapshotFile) => readonly PlatformUnit[] | null;
  readonly processes: (path: string) => DataNode | null;
}

/** Reads the environments of all projects of a snapshot. Pure. */
export class EnvironmentFiles {
  private readonly repository: Repository;

  constructor(files: ReadonlyMap<string, SnapshotFile>, projects: readonly Project[], data: ReadProgramData) {
    const all = [...files.values()];
    let left = maxManifests;
    this.repository = {
      files,
      projects,
      candidates: all.filter(({ path }) => {
        const name = baseName(path);
        return (
          dockerfileName.test(name) ||
          composeName.test(name) ||
          processFileName.test(name) ||
          productionDotenv.test(name) ||
          name === '.env' ||
          name === 'Procfile' ||
          /^(?:vercel|now|app|render|fly|heroku|railway|nixpacks|serverless)\b.*\.(?:json|toml|ya?ml)$/.test(
            name,
          )
        );
      }),
      kubernetes: readKubernetes(
        all.filter(({ path, text }) => {
          if (!/\.ya?ml$/.test(path) || meansElsewhere(path) || !isKubernetes(text)) return false;
          left -= text.length;
          return left > 0;
        }),
      ),
      compose: once(({ path, text }) => readCompose(text, path)),
      platform: once(({ path, text }) => readPlatformFile(text, path)),
      processes: (path) => {
        const text = files.get(path)?.text ?? '';
        if (path.endsWith('.json')) return jsonTree(text, path);
        return /\.ya?ml$/.test(path) ? (yamlTrees(text, path)[0] ?? null) : data(path);
      },
    };
  }

  /** What production sets for the programs of a project. */
  of(project: Project): ProductionEnvironment {
    return new ProjectEnvironment(project, this.repository).read();
  }
}

function once<T>(read: (file: SnapshotFile) => T): (file: SnapshotFile) => T {
  const known = new Map<SnapshotFile, T>();
  return (file) => {
    const found = known.get(file) ?? read(file);
    known.set(file, found);
    return found;
  };
}

class ProjectEnvironment {
  private readonly project: Project;
  private readonly repository: Repository;
  /** Whether it is the only application. */
  private readonly isOnly: boolean;
  private readonly sources: Source[] = [];
  /** What a committed .env holds, which some program or platform may load. */
  private readonly unloaded: Setting[] = [];
  private readonly commands: Command[] = [];
  private readonly ports: PublishedPort[] = [];
  private readonly images: ProductionImage[] = [];
  private readonly processFiles = new Map<string, string | null>();

  constructor(project: Project, repository: Repository) {
    this.project = project;
    this.repository = repository;
    this.isOnly = repository.projects.filter((other) => other.express !== null).length === 1;
  }

  read(): ProductionEnvironment {
    const near = this.repository.candidates.filter(
      ({ path }) => this.reach(path) !== 'none' && !this.isElsewhere(path) && !this.isOfPackage(path),
    );
    const named = (pattern: RegExp): SnapshotFile[] =>
      near.filter(({ path }) => pattern.test(baseName(path)));
    for (const { path, text } of named(productionDotenv)) {
      if (this.reach(path) === 'own') this.add(rank.file, filled(parseDotenv(text, path)), path);
    }
    for (const { path, text } of named(/^\.env$/)) {
      const settings = filled(parseDotenv(text, path));
      if (this.reach(path) === 'own' && !contradictsProduction(settings)) this.unloaded.push(...settings);
    }
    const services = named(composeName).flatMap((file) => this.composeServices(file));
    for (const { path, text } of named(dockerfileName)) this.dockerfile(path, text, services);
    for (const { file, service } of services) this.composeService(file, service);
    for (const file of named(/^Procfile$/)) this.procfile(file);
    for (const file of near) this.platform(file);
    this.workloads();
    for (const { path } of named(processFileName)) this.processFiles.set(path, null);
    this.runCommands();
    for (const [path, environment] of this.processFiles) this.processFile(path, environment);
    return this.result();
  }

  private add(at: number, settings: readonly Setting[], path: string): boolean {
    if (settings.length === 0) return true;
    if (contradictsProduction(settings)) return false;
    this.sources.push({ rank: at + (isForProduction(path) ? forProduction : 0), settings });
    return true;
  }

  private result(): ProductionEnvironment {
    const byName = new Map<string, { rank: number; settings: Setting[] }>();
    for (const source of this.sources) {
      for (const one of new Map(source.settings.map((each) => [each.name, each])).values()) {
        // An empty text stands for what whoever deploys it is to fill in.
        const setting = one.value === '' ? { ...one, value: null, fallback: '' } : one;
        // What is judged is production, whatever a file says.
        if (setting.name === 'NODE_ENV') continue;
        const known = byName.get(setting.name);
        if (known === undefined || known.rank < source.rank)
          byName.set(setting.name, { rank: source.rank, settings: [setting] });
        else if (
          known.rank === source.rank &&
          !known.settings.some((one) => one.value === setting.value && one.fallback === setting.fallback)
        )
          known.settings.push(setting);
      }
    }
    return {
      settings: new Map([...byName].map(([name, { settings }]) => [name, settings])),
      all: [...this.sources.flatMap((source) => source.settings), ...this.unloaded],
      ports: this.ports,
      images: this.images,
    };
  }

  /** Whether a file is the project's own, stands above it and is meant for it, or is another's. */
  private reach(path: string): 'own' | 'above' | 'none' {
    const owner = ownerOf(path, this.repository.projects);
    if (owner === this.project) return 'own';
    if (owner !== null && !isWithin(this.project.directory, owner.directory)) return 'none';
    if (owner?.express != null) return this.mentions(path) ? 'above' : 'none';
    return this.isOnly || this.mentions(path) ? 'above' : 'none';
  }

  /** Whether a file that stands above several projects names this one where it says what is started. */
  private mentions(path: string): boolean {
    const text = this.repository.files.get(path)?.text ?? '';
    const name = baseName(path);
    // Their services say it themselves.
    if (composeName.test(name) || processFileName.test(name)) return true;
    const told = dockerfileName.test(name)
      ? text
          .split('\n')
          .filter((line) => /^\s*(?:WORKDIR|CMD|ENTRYPOINT)\b/i.test(line))
          .join('\n')
      : text;
    return [this.project.directory, this.project.name].some(
      (word) => word !== null && word !== '.' && hasWord(told, word),
    );
  }

  private isElsewhere(path: string): boolean {
    const { directory } = this.project;
    return meansElsewhere(
      directory !== '.' && isWithin(path, directory) ? path.slice(directory.length + 1) : path,
    );
  }

  /** Whether the file stands in a package of its own, though that has no package.json: an application of an Nx workspace. */
  private isOfPackage(path: string): boolean {
    const below = this.directory === '' ? path : path.slice(this.directory.length + 1);
    return /(?:^|\/)(?:packages|apps|applications|services|libs|modules|plugins|projects|clients?|frontend|web-?app|mobile)\/[^/]/.test(
      isWithin(path, this.project.directory) ? below : path.slice(0, 0),
    );
  }

  private resolve(base: string, path: string): string | null {
    return joinPath(base, path);
  }

  private get directory(): string {
    return this.project.directory === '.' ? '' : this.project.directory;
  }

  // Containers

  private composeServices(file: SnapshotFile): { file: string; service: ComposeService }[] {
    const { path } = file;
    return this.repository
      .compose(file)
      .filter((service) => this.isOwnService(path, service))
      .map((service) => ({ file: path, service }));
  }

  private isOwnService(file: string, service: ComposeService): boolean {
    const base = directoryOf(file);
    if (service.context !== null) {
      const context = this.resolve(base, service.context);
      if (context === null) return false;
      const dockerfile = this.repository.files.get(
        joinPath(context, service.dockerfile ?? 'Dockerfile') ?? '',
      );
      if (dockerfile !== undefined) {
        if (!isForNode(readDockerfile(dockerfile.text, dockerfile.path), dockerfile.text)) return false;
        const reach = this.reach(dockerfile.path);
        return reach === 'own' || (reach === 'above' && (this.isOnly || context === this.directory));
      }
      return context === this.directory;
    }
    const image = service.image === null ? '' : imageName(service.image);
    if (this.isName(image)) return true;
    return image === 'node' && service.mounts.some((mount) => this.resolve(base, mount) === this.directory);
  }

  private composeService(file: string, service: ComposeService): void {
    const base = directoryOf(file);
    const settings: Setting[] = [];
    for (const path of service.files) {
      const found = this.repository.files.get(this.resolve(base, path) ?? '');
      if (found === undefined) continue;
      if (meansElsewhere(baseName(found.path))) return;
      settings.push(...filled(parseDotenv(found.text, found.path)));
    }
    settings.push(...service.settings);
    if (contradictsProduction(settings) || this.isDevelopmentService(base, service, settings)) return;
    this.add(rank.platform, settings, file);
    this.ports.push(...service.ports);
    if (service.context === null && service.image !== null && service.imageLocation !== null)
      this.images.push({
        ...fillIn(service.image, undefined, '$'),
        text: service.image,
        location: service.imageLocation,
        arguments: [],
        writtenIn: 'compose',
      });
    if (service.command !== null)
      this.commands.push({
        text: service.command,
        locate: () => settings[0]?.location ?? startOf(file),
        directory: this.directory,
      });
  }

  /** A container that runs the sources of the work tree, a watcher, or a stage for development. */
  private isDevelopmentService(base: string, service: ComposeService, settings: readonly Setting[]): boolean {
    if (service.target !== null && meansElsewhere(service.target)) return true;
    if (service.command !== null && isDevelopmentCommand(service.command)) return true;
    const says = settings.findLast(({ name }) => name === 'NODE_ENV');
    const source = [this.directory, joinPath(this.directory, 'src')];
    return says?.value == null && service.mounts.some((mount) => source.includes(this.resolve(base, mount)));
  }

  private dockerfile(
    path: string,
    text: string,
    services: readonly { readonly file: string; readonly service: ComposeService }[],
  ): void {
    const builder = services.find(({ file, service }) => {
      const context = service.context === null ? null : this.resolve(directoryOf(file), service.context);
      return context !== null && joinPath(context, service.dockerfile ?? 'Dockerfile') === path;
    })?.service;
    const stages = readDockerfile(text, path, builder?.buildArguments);
    if (!isForNode(stages, text)) return;
    const stage =
      builder?.target == null
        ? finalStage(stages)
        : stages.find(({ name }) => name === builder.target?.toLowerCase());
    if (stage === undefined) return;
    if (stage.command !== null && isDevelopmentCommand(stage.command.text)) return;
    if (!this.add(rank.image, [...stage.settings.values()], path)) return;
    this.images.push({ ...stage.base, writtenIn: 'dockerfile' });
    const { command } = stage;
    if (command !== null && builder?.command == null)
      this.commands.push({ text: command.text, locate: () => command.location, directory: this.directory });
  }

  // Platforms

  private procfile({ path, text }: SnapshotFile): void {
    const lines = text
      .split('\n')
      .slice(0, 100)
      .flatMap((line, index) => {
        const match = /^([\w-]+):\s*/.exec(line);
        return match === null ? [] : [{ type: match[1]!, line, index, column: match[0].length }];
      });
    const web = lines.filter(({ type }) => type === 'web');
    for (const { line, index, column } of web.length > 0 ? web : lines) {
      if (!this.isOnly && this.reach(path) === 'above' && !this.isMeant(line)) continue;
      this.commands.push({
        text: line.slice(column).trimEnd(),
        locate: (from, to) => ({
          file: path,
          line: index + 1,
          column: column + from + 1,
          endLine: index + 1,
          endColumn: column + to + 1,
        }),
        directory: directoryOf(path),
      });
    }
  }

  private isMeant(text: string): boolean {
    return [this.project.directory, this.project.name].some(
      (word) => word !== null && word !== '.' && hasWord(text, word),
    );
  }

  private platform(file: SnapshotFile): void {
    const { path } = file;
    const units = this.repository.platform(file);
    if (units === null) return;
    for (const unit of this.ownUnits(units, path)) this.unit(unit, path);
  }

  private ownUnits(units: readonly PlatformUnit[], path: string): readonly PlatformUnit[] {
    const here = units.filter(
      ({ directory }) => directory === null || this.resolve(directoryOf(path), directory) === this.directory,
    );
    const named = here.filter(
      ({ names, directory }) => directory !== null || names.some((name) => this.isName(name)),
    );
    if (named.length > 0) return named;
    return this.isOnly || this.reach(path) === 'own' ? here : [];
  }

  private workloads(): void {
    const near = this.repository.kubernetes.filter(
      ({ file, unit }) =>
        !this.isElsewhere(file) &&
        (ownerOf(file, this.repository.projects) === this.project || this.isAbove(file)) &&
        !otherImage.test(imageName(unit.image ?? '')),
    );
    const named = near.filter(({ unit }) =>
      [...unit.names, imageName(unit.image ?? '')].some((name) => this.isName(name)),
    );
    const images = new Set(near.map(({ unit }) => unit.image));
    // One application, and one image that is none of the usual others: it is that one's.
    const own = named.length > 0 ? named : this.isOnly && images.size === 1 ? near : [];
    for (const { file, unit } of own) this.unit(unit, file);
  }

  private isAbove(file: string): boolean {
    const owner = ownerOf(file, this.repository.projects);
    return owner === null || isWithin(this.project.directory, owner.directory);
  }

  private unit(unit: PlatformUnit, path: string): void {
    if (!this.add(rank.platform, unit.settings, path)) return;
    if (unit.command !== null)
      this.commands.push({
        text: unit.command,
        locate: () => unit.settings[0]?.location ?? startOf(path),
        directory: this.directory,
      });
  }

  /** Whether a service or image is called as the project is. */
  private isName(name: string): boolean {
    const { name: full, directory } = this.project;
    const own = [full === null ? '' : baseName(full), baseName(directory)];
    return bare(name) !== '' && own.some((one) => bare(one) === bare(name));
  }

  // Commands

  private runCommands(): void {
    const seen = new Set<string>();
    let started = false;
    for (const command of this.commands) if (this.runCommand(command, seen, 0)) started = true;
    if (started) return;
    const names = Object.keys(this.project.manifest.scripts ?? {}).filter((name) =>
      scriptOfProduction.test(name),
    );
    const meant = names.filter((name) => scriptForProduction.test(name));
    for (const name of meant.length > 0 ? meant : names) this.runScript(name, seen, 0);
  }

  private runScript(name: string, seen: Set<string>, depth: number): boolean {
    const command = seen.has(name) ? null : scriptCommand(this.project, this.repository.files, name);
    if (command === null) return seen.has(name);
    seen.add(name);
    return this.runCommand({ ...command, directory: this.directory }, seen, depth + 1);
  }

  /** True where the command starts a program that is seen. */
  private runCommand(command: Command, seen: Set<string>, depth: number): boolean {
    if (depth > 5) return false;
    let started = false;
    for (const start of startsOf(command.text)) {
      if (start.script !== null && !this.runScript(start.script, seen, depth)) continue;
      if (start.development) continue;
      const settings = start.assignments.map(({ name, value, fallback, from, to }) => ({
        name,
        value,
        fallback,
        location: command.locate(from, to),
      }));
      if (contradictsProduction(settings)) continue;
      started = true;
      this.loadFiles(start, command.directory);
      this.add(rank.command, settings, '');
      if (start.processFile !== null) {
        const path = this.resolve(command.directory, start.processFile.path);
        if (path !== null && this.repository.files.has(path))
          this.processFiles.set(path, start.processFile.environment);
      }
    }
    return started;
  }

  private loadFiles({ files, preloads }: Start, directory: string): void {
    const loaded =
      preloads === null ? files : [...files, { path: preloads === '' ? '.env' : preloads, overrides: false }];
    for (const { path, overrides } of loaded) {
      const found = this.repository.files.get(this.resolve(directory, path) ?? '');
      if (found === undefined || meansElsewhere(baseName(found.path))) continue;
      const settings = dotenvSettings(found.path, parseDotenv(found.text, found.path), overrides);
      if (settings !== null) this.add(overrides ? rank.command : rank.file, settings, found.path);
    }
  }

  private processFile(path: string, environment: string | null): void {
    for (const app of readProcessFile(this.repository.processes(path), environment)) {
      if (app.directory !== null && !this.isOnly) {
        const directory = this.resolve(directoryOf(path), app.directory);
        if (directory !== null && directory !== this.directory) continue;
      }
      const settings = app.hasProduction
        ? app.settings.filter(({ name }) => name !== 'NODE_ENV')
        : app.settings;
      this.add(rank.command, settings, '');
    }
  }
}

/**
 * What a .env file gives. dotenv, and Node.js with `--env-file`, only fill in what production does not set itself: of a file that does not say in its
 * name that it is production's, the values are what holds where production sets nothing. Null for one that is development's, or a sample of one,
 * unless `isNamed`: the program itself loads the sample.
 */
export function dotenvSettings(
  path: string,
  written: readonly DotenvSetting[],
  overrides: boolean,
  isNamed = false,
): Setting[] | null {
  const isSample = isNamed && /(?:example|sample|template|dist)/i.test(baseName(path));
  if ((!isSample && meansElsewhere(baseName(path))) || contradictsProduction(written)) return null;
  return written.map((setting): Setting => {
    const { name, value, location } = setting;
    return overrides || isForProduction(path)
      ? { name, value, fallback: null, location }
      : { name, value: null, fallback: value, location };
  });
}

/** Compose and dotenv-expand fill in variables, those of the same file too, apart from what stands in single quotes. */
function filled(settings: readonly DotenvSetting[]): Setting[] {
  const known = new Map<string, Setting>();
  for (const { name, value, quote, location } of settings) {
    const text = quote === "'" ? { value, fallback: null } : fillIn(value, (other) => known.get(other));
    known.set(name, { name, ...text, location });
  }
  return [...known.values()];
}

/** A script of the manifest, with its place there; null where there is none. */
function scriptCommand(
  project: Project,
  files: ReadonlyMap<string, SnapshotFile>,
  name: string,
): Omit<Command, 'directory'> | null {
  const scripts = project.manifest.scripts ?? {};
  const text = Object.hasOwn(scripts, name) ? scripts[name] : undefined;
  if (typeof text !== 'string') return null;
  const file = project.manifestFile;
  const source = files.get(file)?.text ?? '';
  const tree = jsonTree(source, file);
  const entries =
    tree?.kind === 'map' ? tree.entries.findLast(({ key }) => key === 'scripts')?.value : undefined;
  const place =
    entries?.kind === 'map' ? entries.entries.findLast(({ key }) => key === name)?.value.location : undefined;
  const whole = place ?? startOf(file);
  const raw = source.split('\n')[whole.line - 1]?.slice(whole.column - 1) ?? '';
  // Without escapes in it the text stands there as it is.
  const isPlain = raw.startsWith(`"${text}"`);
  return {
    text,
    locate: (from, to) =>
      isPlain
        ? { ...whole, column: whole.column + 1 + from, endLine: whole.line, endColumn: whole.column + 1 + to }
        : whole,
  };
}

function isDevelopmentCommand(text: string): boolean {
  const starts = startsOf(text);
  return (
    starts.length > 0 &&
    starts.every(
      (start) =>
        start.development ||
        (start.script !== null && meansElsewhere(start.script.replaceAll(':', '.'))) ||
        start.script === 'watch',
    )
  );
}

function contradictsProduction(settings: readonly Setting[]): boolean {
  const says = settings.findLast(({ name }) => name === 'NODE_ENV');
  return says?.value != null && says.value !== '' && !/^prod/i.test(says.value);
}

/** The stage that a build without a target makes: the last one; where that is development's, the one that says production. */
function finalStage(stages: readonly DockerStage[]): DockerStage | undefined {
  const last = stages.at(-1);
  if (last?.name == null || !meansElsewhere(last.name)) return last;
  return (
    stages.findLast(
      ({ name }) => name !== null && /^(?:prod|production|release|runner|runtime|final)/.test(name),
    ) ?? stages.findLast(({ name }) => name === null || !meansElsewhere(name))
  );
}

function isForNode(stages: readonly DockerStage[], text: string): boolean {
  const last = finalStage(stages);
  return last !== undefined && !otherImage.test(imageName(last.image)) && runsNode.test(text);
}

/** `ghcr.io/org/name:tag@digest` -> `name`. */
function imageName(image: string): string {
  const path = image.split('@')[0]!;
  const name = baseName(path);
  const colon = name.indexOf(':');
  return (colon === -1 ? name : name.slice(0, colon)).toLowerCase();
}

function meansElsewhere(path: string): boolean {
  const isProduction = isForProduction(path);
  // `.env.production.local` is production's on one machine.
  return tokensOf(path).some((token) => elsewhere.has(token) && !(token === 'local' && isProduction));
}

function isForProduction(path: string): boolean {
  return tokensOf(path).some((token) => token === 'prod' || token === 'production');
}

function tokensOf(path: string): string[] {
  return path.toLowerCase().split(/[/._\-:]+/);
}

function hasWord(text: string, word: string): boolean {
  for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + 1)) {
    if (!/[\w-]/.test(text[at - 1] ?? ' ') && !/[\w-]/.test(text[at + word.length] ?? ' ')) return true;
  }
  return false;
}

function ownerOf(path: string, projects: readonly Project[]): Project | null {
  let owner: Project | null = null;
  for (const project of projects)
    if (
      isWithin(path, project.directory) &&
      (owner === null || owner.directory === '.' || project.directory.length > owner.directory.length)
    )
      owner = project;
  return owner;
}

function bare(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '');
}

function startOf(file: string): Location {
  return { file, line: 1, column: 1, endLine: 1, endColumn: 1 };
}
