/** Turns a snapshot into what each project that uses Express says about the Node.js that it runs on. */
import { type NodeLine, nodeLineState, nodeLines } from '../../data/node-releases.ts';
import type { Project } from '../../model/project.ts';
import type { Snapshot, SnapshotFile } from '../../model/snapshot.ts';
import { directoryOf, isWithin, joinPath } from '../code/resolve-module.ts';
import { isTestPath } from '../code/source-roles.ts';
import { EnvironmentFiles, type ProductionImage } from '../environment/production-environment.ts';
import type { NodeDeclaration, NodeFacts, NodeMeaning, NodeRole } from '../node-facts.ts';
import { readImage } from './node-image.ts';
import { quoted, readSpecifier } from './node-specifier.ts';
import {
  type Pin,
  readDevEngines,
  readEngines,
  readVersionFile,
  readVolta,
  versionFiles,
} from './pinned-versions.ts';
import { isPlatformFile, readRuntimes } from './platform-runtimes.ts';
import { type JobVersion, readJobVersions } from './workflow-versions.ts';

/** Files that may say which image or platform production runs, and those that they name. */
const concernsProduction =
  /(?:^|\/)[^/]*(?:docker|container|compose)[^/]*$|(?:^|\/)(?:\.env[^/]*|[^/]*\.env|package\.json)$/i;

const ciFile = /^(?:\.github\/workflows\/[^/]+\.ya?ml|\.gitlab-ci\.ya?ml|\.circleci\/config\.ya?ml)$/;

/** The facts of each project that uses Express and is no test material, in the snapshot's order. `today` is an ISO day. */
export function readNodeFacts(snapshot: Snapshot, today: string): NodeFacts[] {
  const judged = snapshot.projects.filter(
    ({ express, manifestFile }) => express !== null && !isTestPath(manifestFile),
  );
  if (judged.length === 0) return [];
  const containers = new EnvironmentFiles(
    new Map([...snapshot.files].filter(([path]) => concernsProduction.test(path) || isPlatformFile(path))),
    snapshot.projects,
    () => null,
  );
  const workflows = readWorkflows(snapshot, today);
  return judged.map((project) => ({
    project,
    today,
    declarations: new ProjectReader(snapshot, project, judged.length === 1, workflows, today).read(
      containers.of(project).images,
    ),
  }));
}

interface Workflow {
  readonly path: string;
  readonly text: string;
  readonly versions: readonly JobVersion[];
}

/** Each file of a CI system is read once for all projects. */
function readWorkflows({ files }: Snapshot, today: string): Workflow[] {
  return [...files.values()].flatMap(({ path, text }) => {
    // Reading YAML takes its time, and most workflows have nothing to do with Node.js.
    const names = path.startsWith('.github/') ? /setup-node|\bcontainer\s*:/ : /\bimage\s*:/;
    const isOfNode = ciFile.test(path) && names.test(text);
    const versions = isOfNode ? readJobVersions(path, text, files, today) : [];
    return versions.length === 0 ? [] : [{ path, text, versions }];
  });
}

class ProjectReader {
  private readonly snapshot: Snapshot;
  private readonly project: Project;
  private readonly isOnly: boolean;
  private readonly allWorkflows: readonly Workflow[];
  private readonly today: string;

  constructor(
    snapshot: Snapshot,
    project: Project,
    isOnly: boolean,
    workflows: readonly Workflow[],
    today: string,
  ) {
    this.snapshot = snapshot;
    this.project = project;
    this.isOnly = isOnly;
    this.allWorkflows = workflows;
    this.today = today;
  }

  read(images: readonly ProductionImage[]): NodeDeclaration[] {
    return [
      ...images.flatMap((image) => this.image(image)),
      ...this.platforms(),
      ...this.manifests(),
      ...this.versionFiles(),
      ...this.workflows(),
    ];
  }

  /** The directories from the project's own up to the repository's root, as `` or `a/b`. */
  private get directories(): string[] {
    const found: string[] = [];
    for (
      let at = this.project.directory === '.' ? '' : this.project.directory;
      at !== '';
      at = directoryOf(at)
    )
      found.push(at);
    return [...found, ''];
  }

  private image(image: ProductionImage): NodeDeclaration[] {
    const meaning = readImage(image, this.today);
    if (meaning === null) return [];
    const name = quoted(image.value ?? image.text);
    return [
      {
        role: 'production',
        kind: image.writtenIn === 'dockerfile' ? 'image' : 'compose image',
        sentence: `The image ${name}, on which ${image.location.file} has production run, brings`,
        meaning,
        location: image.location,
        related: image.arguments.flatMap(({ name: argument, location }) =>
          location === null ? [] : [{ ...location, message: `the value of ${argument}` }],
        ),
      },
    ];
  }

  private pinned(role: NodeRole, pin: Pin, sentence: string): NodeDeclaration {
    const { kind, text, location } = pin;
    return { role, kind, sentence, meaning: readSpecifier(text, this.today), location, related: [] };
  }

  private platforms(): NodeDeclaration[] {
    const { projects, files } = this.snapshot;
    return [...files.values()].flatMap(({ path, text }) => {
      if (!isPlatformFile(path) || isTestPath(path) || /(?:^|\/)(?:examples?|docs?)\//.test(path)) return [];
      const owner = projects
        .filter(({ directory }) => isWithin(path, directory))
        .reduce<Project | null>(
          (nearest, one) =>
            nearest === null || nearest.directory === '.' || one.directory.length > nearest.directory.length
              ? one
              : nearest,
          null,
        );
      const isAbove = owner === null || isWithin(this.project.directory, owner.directory);
      if (owner !== this.project && !(this.isOnly && isAbove && owner?.express == null)) return [];
      return readRuntimes(text, path).map((pin) =>
        this.pinned(
          'production',
          pin,
          `${pin.kind} in ${path} (${quoted(pin.written ?? pin.text)}) runs production on`,
        ),
      );
    });
  }

  /** The nearest package.json with `engines`, and what it says to version managers. */
  private manifests(): NodeDeclaration[] {
    const found: NodeDeclaration[] = [];
    const manifests = this.directories.flatMap(
      (directory) => this.snapshot.files.get(joinPath(directory, 'package.json') ?? '') ?? [],
    );
    const nearest = (read: (manifest: SnapshotFile) => Pin | null): Pin | null => {
      for (const manifest of manifests) {
        const pin = read(manifest);
        if (pin !== null) return pin;
      }
      return null;
    };
    const engines = nearest(readEngines);
    if (engines !== null && engines.text.trim() !== '')
      found.push(
        this.pinned(
          'package',
          engines,
          `"engines" in ${engines.location.file} (${quoted(engines.text)}) admits only`,
        ),
      );
    const volta = nearest((manifest) => readVolta(manifest, this.snapshot.files));
    if (volta !== null)
      found.push(
        this.pinned(
          'development',
          volta,
          `"volta" in ${volta.location.file} (${quoted(volta.text)}) has development run on`,
        ),
      );
    const devEngines = nearest(readDevEngines);
    if (devEngines !== null)
      found.push(
        this.pinned(
          'development',
          devEngines,
          `"devEngines" in ${devEngines.location.file} (${quoted(devEngines.text)}) has development run on`,
        ),
      );
    return found;
  }

  /** Of each kind of version file the nearest one, as version managers look for it. */
  private versionFiles(): NodeDeclaration[] {
    return versionFiles.flatMap((name) => {
      for (const directory of this.directories) {
        const file = this.snapshot.files.get(joinPath(directory, name) ?? '');
        const pin = file === undefined ? null : readVersionFile(file);
        if (pin !== null)
          return [
            this.pinned(
              'development',
              pin,
              `${pin.location.file} (${quoted(pin.text)}) has development run on`,
            ),
          ];
      }
      return [];
    });
  }

  /** A workflow is one declaration, whichever of its jobs runs on what: older lines are often tried beside newer ones. */
  private workflows(): NodeDeclaration[] {
    return this.allWorkflows.flatMap(({ path, text, versions }): NodeDeclaration[] => {
      if (!this.isOwnWorkflow(text)) return [];
      const meaning = this.together(versions.map((version) => version.meaning));
      const told =
        meaning?.kind === 'unknown'
          ? versions.filter((version) => version.meaning === meaning)
          : versions.filter(({ elsewhere }) => !elsewhere);
      const [first, ...others] = told;
      if (meaning === null || first === undefined) return [];
      const names = [...new Set(told.map((version) => quoted(version.text)))].slice(0, 6).join(', ');
      return [
        {
          role: 'ci',
          kind: 'workflow',
          sentence: `${path} (${names}) has all its jobs run on`,
          meaning,
          location: first.location,
          related: others
            .slice(0, 10)
            .map(({ location }) => ({ ...location, message: 'another of its versions' })),
        },
      ];
    });
  }

  /** All that several jobs run on: what is surely maintained outweighs what is not known. */
  private together(meanings: readonly NodeMeaning[]): NodeMeaning | null {
    const known = meanings.flatMap((meaning) => (meaning.kind === 'lines' ? [meaning] : []));
    const isSupported = (line: NodeLine): boolean => nodeLineState(line, this.today) !== 'unsupported';
    const unknown = meanings.find(({ kind }) => kind === 'unknown');
    if (unknown !== undefined && !known.some((meaning) => meaning.newer || meaning.lines.some(isSupported)))
      return unknown;
    if (known.length === 0) return null;
    const all = new Set(known.flatMap(({ lines }) => lines));
    return {
      kind: 'lines',
      lines: nodeLines.filter((line) => all.has(line)),
      older: known.some(({ older }) => older),
      newer: known.some(({ newer }) => newer),
    };
  }

  /** Workflows are the whole repository's: where it holds several applications, those that name this one's directory. */
  private isOwnWorkflow(text: string): boolean {
    const { directory } = this.project;
    return this.isOnly || directory === '.' || text.includes(directory);
  }
}
