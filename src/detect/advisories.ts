/** Turns the audits of a snapshot into the advisories of each project, with paths, fix and place, and says how far each audit went. */
import semver from 'semver';
import { asAuditAdvisory, embeddedAdvisories, findEmbeddedAdvisory } from '../data/embedded-advisories.ts';
import type { Audit, AuditAdvisory } from '../model/audit.ts';
import type { Check } from '../model/check.ts';
import type { AdvisoryDetail } from '../model/finding.ts';
import { compareText, type Location } from '../model/location.ts';
import type { Lockfile } from '../model/lockfile.ts';
import type { Project } from '../model/project.ts';
import type { Snapshot, SnapshotFile } from '../model/snapshot.ts';
import { findAction, firstFixedOf, isWithinRanges, proposedIn } from './advisory-fixes.ts';
import { describeHelp } from './advisory-help.ts';
import { DependencyGraph, type DirectDependency, locationOf } from './dependency-graph.ts';
import { type DependencyPaths, PathFinder } from './dependency-paths.ts';
import { locateDependency } from './manifest-place.ts';
import { describeAudit } from './npm-audit-check.ts';
import { runsOwnExpress } from './own-express.ts';
import { PublishedIndex } from './published-versions.ts';
import type { ProjectAdvisory } from './rule-contract.ts';
import { SnykOpinion } from './snyk-opinion.ts';
import { isInRange } from './version-ranges.ts';
import { WayFinder, type WayOut } from './ways-out.ts';

/**
 * The advisories of every project, sorted by project, package and id, and one `npm-audit` check for each workspace root and each
 * project of its own.
 * A member of a workspace is given the advisories that it reaches itself. Where an audit could not be had, the embedded advisories are
 * matched against the lockfile instead.
 * `today` is an ISO day.
 */
export function judgeAdvisories(
  snapshot: Snapshot,
  today: string,
): { advisories: ProjectAdvisory[]; checks: Check[] } {
  const advisories: ProjectAdvisory[] = [];
  const checks: Check[] = [];
  const snyk = snapshot.snyk === undefined ? null : new SnykOpinion(snapshot.snyk, snapshot.projects);
  const roots = [...new Set(snapshot.projects.map(({ workspaceRoot }) => workspaceRoot))].sort(compareText);
  for (const root of roots) {
    const projects = snapshot.projects.filter(({ workspaceRoot }) => workspaceRoot === root);
    const audit = snapshot.audits.find(({ workspaceRoot }) => workspaceRoot === root) ?? notMade(root);
    const lockfile = projects.find((project) => project.lockfile !== null)?.lockfile ?? null;
    const group =
      lockfile === null ? null : new LockfileGroup(lockfile, audit, projects, snapshot.files, snyk);
    advisories.push(...(group?.judge() ?? []));
    const tree = group === null ? (snyk?.treeWithoutLockfile(projects) ?? null) : null;
    if (tree !== null) {
      const off = { kind: 'not-asked', mode: 'off', detail: '' } as const;
      const alone = { ...audit, answer: off };
      advisories.push(...new LockfileGroup(tree, alone, projects, snapshot.files, snyk).judge());
    }
    checks.push(describeAudit(audit, projects, lockfile, group?.audited ?? 0, group?.missing ?? [], today));
  }
  if (snyk !== null) checks.push(snyk.describe());
  return { advisories: advisories.sort(compareAdvisories), checks };
}

function notMade(workspaceRoot: string): Audit {
  return { workspaceRoot, answer: { kind: 'outage', detail: 'the audit was not made' }, ms: 0 };
}

function compareAdvisories(a: ProjectAdvisory, b: ProjectAdvisory): number {
  return (
    compareText(a.project.directory, b.project.directory) ||
    compareText(a.advisory.package, b.advisory.package) ||
    compareText(a.advisory.id, b.advisory.id) ||
    Number(b.ownExpress ?? false) - Number(a.ownExpress ?? false)
  );
}

/** What of the lockfile is one project's. */
interface ProjectView {
  readonly project: Project;
  readonly direct: readonly DirectDependency[];
  /** What it reaches without its devDependencies. */
  readonly production: ReadonlySet<string>;
  readonly reaches: (node: string) => boolean;
}

/** The projects under one lockfile, and what its audit found. */
class LockfileGroup {
  /** What concerns the lockfile, whichever project reaches it. */
  readonly found: readonly AuditAdvisory[];
  /** How many of them the audit itself gave. */
  readonly audited: number;
  readonly #source: ProjectAdvisory['source'];
  readonly #graph: DependencyGraph;
  readonly #projects: readonly Project[];
  readonly #files: ReadonlyMap<string, SnapshotFile>;
  readonly #finders = new Map<string, PathFinder>();
  /** Null where it is not known what is published. */
  readonly #wayFinder: WayFinder | null;

  constructor(
    lockfile: Lockfile,
    audit: Audit,
    projects: readonly Project[],
    files: ReadonlyMap<string, SnapshotFile>,
    snyk: SnykOpinion | null,
  ) {
    this.#graph = new DependencyGraph(lockfile, audit.omit ?? []);
    this.#projects = projects;
    this.#files = files;
    const { answer } = audit;
    this.#source = answer.kind === 'report' ? answer.source : 'embedded';
    const found = advisoriesOf(audit, lockfile);
    this.audited = found.length;
    this.found = snyk?.merge(audit.workspaceRoot, lockfile, found, this.#source) ?? found;
    const published = answer.kind === 'report' ? answer.published : undefined;
    this.#wayFinder =
      published === undefined ? null : new WayFinder(new PublishedIndex(published), this.found);
  }

  /** What the manifests declare and the lockfile does not hold, sorted. */
  get missing(): string[] {
    const names = this.#projects.flatMap((project) => this.#graph.declaredBy(project).missing);
    return [...new Set(names)].sort(compareText);
  }

  judge(): ProjectAdvisory[] {
    const advisories: ProjectAdvisory[] = [];
    const reachedByAny = new Set<string>();
    for (const project of this.#projects) {
      const { direct } = this.#graph.declaredBy(project);
      const reached = this.#graph.reachableFrom(direct.map(({ location }) => location));
      for (const location of reached) reachedByAny.add(location);
      advisories.push(...this.#judgeProject(project, direct, (node) => reached.has(node)));
    }
    return [...advisories, ...this.#judgeOrphans(reachedByAny)];
  }

  /** What nothing leads to: the lockfile does not say, or is out of step with the manifests. It is told of the root, lest it be lost. */
  #judgeOrphans(reached: ReadonlySet<string>): ProjectAdvisory[] {
    const { lockfile } = this.#graph;
    const root =
      this.#projects.find(({ directory, workspaceRoot }) => directory === workspaceRoot) ??
      this.#projects[0]!;
    const whole = new DependencyGraph(lockfile, []);
    // What the directories bring that are not judged themselves: packages that the policy excludes, say.
    const judged = new Set(this.#projects.map((project) => locationOf(project, lockfile)));
    const own = [...lockfile.packages.values()].filter((each) => each.own && !judged.has(each.location));
    const led = whole.reachableFrom([
      ...own.flatMap(({ edges }) => [...edges.values()]),
      ...this.#projects.flatMap((project) =>
        whole.declaredBy(project).direct.map(({ location }) => location),
      ),
    ]);
    return this.#judgeProject(root, [], (node) => !reached.has(node) && !led.has(node));
  }

  #judgeProject(
    project: Project,
    direct: readonly DirectDependency[],
    reaches: (node: string) => boolean,
  ): ProjectAdvisory[] {
    const production = this.#graph.reachableFrom(
      direct.filter(({ field }) => field !== 'devDependencies').map(({ location }) => location),
    );
    const { packages } = this.#graph.lockfile;
    return this.found.flatMap((advisory) => {
      const nodes = advisory.nodes.filter((node) => packages.has(node) && reaches(node));
      const isOwn = (node: string) => isOwnExpress(project, advisory, packages.get(node)?.version ?? null);
      return [nodes.filter(isOwn), nodes.filter((node) => !isOwn(node))].flatMap((some, index) => {
        if (some.length === 0) return [];
        const told = this.#tell({ project, direct, production, reaches }, advisory, some);
        return [index === 0 ? { ...told, ownExpress: true } : told];
      });
    });
  }

  #tell(view: ProjectView, advisory: AuditAdvisory, nodes: readonly string[]): ProjectAdvisory {
    const { project, direct, production, reaches } = view;
    const graph = this.#graph;
    const known = advisory.sources ?? [this.#source];
    // What only Snyk knows, nobody else can say anything about.
    const source = known.includes(this.#source) ? this.#source : 'snyk';
    const embedded = findEmbeddedAdvisory(advisory);
    const ways = this.#finderOf(nodes).find(direct);
    const waysOut: readonly WayOut[] =
      this.#wayFinder?.find({
        advisory,
        graph,
        nodes,
        from: locationOf(project, graph.lockfile),
        direct,
        reaches,
      }) ?? [];
    const versions = new Set(nodes.map((node) => graph.lockfile.packages.get(node)!.version ?? 'unknown'));
    const question = {
      advisory,
      byNpm: source === 'npm',
      ways: waysOut,
      ofPackage: this.found.filter((other) => other.package === advisory.package),
      graph,
      nodes,
      reaches,
      direct,
      through: ways.through,
    };
    const detail: AdvisoryDetail = {
      id: advisory.id,
      cve: advisory.cve ?? embedded?.cve ?? null,
      ...(advisory.aliases === undefined ? {} : { aliases: advisory.aliases }),
      package: advisory.package,
      installed: [...versions].sort(compareVersions).join(', '),
      vulnerable: advisory.vulnerable,
      patched: advisory.patched ?? fixedVersions(advisory, versions),
      paths: ways.paths,
      morePaths: ways.more,
      dev: ways.paths.length > 0 && nodes.every((node) => !production.has(node)),
      direct: direct.some(({ location }) => nodes.includes(location)),
      action: findAction(question) ?? (source === 'snyk' ? proposedIn(question) : null),
      cvss: advisory.cvss ?? embedded?.score ?? null,
      sources: [...new Set([...(embedded === null ? [] : ['embedded']), ...known])].sort(compareText),
    };
    const told = isWithinRanges(waysOut) ? { ...advisory, fixInRange: true } : advisory;
    return {
      project,
      advisory: told,
      source,
      detail,
      help: describeHelp(project, told, detail, source === 'npm'),
      location: this.#locate(project, nodes, ways),
      ...(nodes.some(isPatched) ? { isPatched: true } : {}),
    };
  }

  #finderOf(nodes: readonly string[]): PathFinder {
    const key = nodes.join('\n');
    let finder = this.#finders.get(key);
    if (finder === undefined) {
      finder = new PathFinder(this.#graph, new Set(nodes));
      this.#finders.set(key, finder);
    }
    return finder;
  }

  #locate(project: Project, nodes: readonly string[], { through }: DependencyPaths): Location {
    const manifest = this.#files.get(project.manifestFile);
    for (const { field, name } of through) {
      const place = manifest === undefined ? null : locateDependency(manifest, field, name);
      if (place !== null) return place;
    }
    const { file, packages } = this.#graph.lockfile;
    const line = packages.get(nodes[0]!)?.line ?? 1;
    const text = this.#files.get(file)?.text.split('\n', line)[line - 1] ?? '';
    const column = text.length - text.trimStart().length + 1;
    return { file, line, column, endLine: line, endColumn: Math.max(column, text.trimEnd().length) + 1 };
  }
}

/** Whether Yarn (2 and newer) or pnpm applies a patch of the repository to it, as its key in the lockfile tells; Yarn's own patches mend no advisory. */
function isPatched(location: string): boolean {
  return (
    location.includes('(patch_hash=') || (location.includes('@patch:') && !location.includes('builtin<'))
  );
}

/** Whether a vulnerable package is the Express that the project runs: of that, express-vulnerable speaks. */
function isOwnExpress(project: Project, advisory: AuditAdvisory, version: string | null): boolean {
  return (
    advisory.package === 'express' &&
    version !== null &&
    project.express?.resolved === version &&
    runsOwnExpress(project)
  );
}

function advisoriesOf({ answer }: Audit, lockfile: Lockfile): readonly AuditAdvisory[] {
  if (answer.kind === 'report') return answer.advisories;
  return answer.kind === 'not-asked' && answer.mode === 'off' ? [] : matchEmbedded(lockfile);
}

function matchEmbedded(lockfile: Lockfile): AuditAdvisory[] {
  const packages = [...lockfile.packages.values()].filter(({ own }) => !own);
  return embeddedAdvisories.flatMap((record) => {
    const nodes = packages.filter(
      ({ name, version }) =>
        name === record.package && version !== null && isInRange(version, record.vulnerable),
    );
    if (nodes.length === 0) return [];
    return [
      asAuditAdvisory(record, {
        nodes: nodes.map(({ location }) => location).sort(compareText),
        patched: null,
      }),
    ];
  });
}

/** For each installed version the first fixed one above it, as a range. */
function fixedVersions(advisory: AuditAdvisory, installed: Iterable<string>): string | null {
  const fixed = new Set([...installed].flatMap((version) => firstFixedOf(advisory, version) ?? []));
  return fixed.size === 0 ? null : [...fixed].sort(compareVersions).join(' || ');
}

function compareVersions(a: string, b: string): number {
  const [left, right] = [semver.parse(a, { loose: true }), semver.parse(b, { loose: true })];
  return left !== null && right !== null
    ? semver.compareBuild(left, right) || compareText(a, b)
    : compareText(a, b);
}
