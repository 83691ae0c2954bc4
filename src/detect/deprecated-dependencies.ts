/** Turns a project into those of its declared dependencies that are deprecated, at the version that would be installed. */
import semver from 'semver';
import { type Deprecation, deprecatedPackages } from '../data/deprecations.ts';
import type { Location, RelatedLocation } from '../model/location.ts';
import type { Project } from '../model/project.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { classifyDeclaration, parseRange } from './declared-range.ts';
import { DependencyGraph } from './dependency-graph.ts';
import { locateDependency } from './manifest-place.ts';
import { managerOf } from './package-commands.ts';
import { type StandingRange, WorkspaceRanges } from './workspace-ranges.ts';

/** A dependency that a project declares for production, of which every version that may be installed is deprecated. */
export interface DeprecatedDependency {
  readonly project: Project;
  readonly deprecation: Deprecation;
  /** The version in the lockfile; null where there is none that tells it. */
  readonly resolved: string | null;
  /** What package.json, or the catalog that it names, asks for. */
  readonly declared: string;
  /** That value: in package.json, or in the file that holds the catalog. */
  readonly location: Location;
  /** The entry in package.json, where the range stands in a catalog. */
  readonly related: readonly RelatedLocation[];
}

const options = { loose: true, includePrerelease: true };

/** The deprecated dependencies of each project that uses Express: `dependencies` and `optionalDependencies`, in the manifest's order. */
export function readDeprecatedDependencies(snapshot: Snapshot): DeprecatedDependency[] {
  const ranges = new WorkspaceRanges(snapshot.files);
  return snapshot.projects.flatMap((project) =>
    project.express === null ? [] : ofProject(snapshot, project, ranges),
  );
}

function ofProject(snapshot: Snapshot, project: Project, ranges: WorkspaceRanges): DeprecatedDependency[] {
  const found: DeprecatedDependency[] = [];
  let locked: ReadonlyMap<string, string | null> | null = null;
  for (const field of ['dependencies', 'optionalDependencies'] as const) {
    for (const [name, written] of Object.entries(project.manifest[field] ?? {})) {
      const standing = followCatalog(snapshot, project, ranges, name, written);
      const declared = standing?.text ?? written;
      const { alias, kind, spec } = classifyDeclaration(declared);
      const deprecation = deprecatedPackages.get(alias ?? name);
      // What does not come from the registry is another package, or a copy that somebody looks after.
      if (deprecation === undefined || !/^(?:range|tag|catalog)$/.test(kind)) continue;
      locked ??= lockedVersions(project);
      const resolved = locked.get(name) ?? null;
      if (!isDeprecated(deprecation, resolved, kind === 'range' ? spec : null)) continue;
      const manifest = snapshot.files.get(project.manifestFile);
      const place = manifest === undefined ? null : locateDependency(manifest, field, name);
      const own = place ?? { file: project.manifestFile, line: 1, column: 1, endLine: 1, endColumn: 2 };
      const message = 'This entry takes its range from the catalog';
      found.push({
        project,
        deprecation,
        resolved,
        declared: declared.length > 60 ? `${declared.slice(0, 60)}…` : declared,
        location: standing?.location ?? own,
        related: standing === null ? [] : [{ file: own.file, line: own.line, column: own.column, message }],
      });
    }
  }
  return found;
}

function followCatalog(
  { files, projects }: Snapshot,
  project: Project,
  ranges: WorkspaceRanges,
  name: string,
  written: string,
): StandingRange | null {
  if (classifyDeclaration(written).kind !== 'catalog') return null;
  const root = projects.find(({ directory }) => directory === project.workspaceRoot);
  const followed = ranges.followCatalog(project, managerOf(project, root?.manifest, files), name, written);
  return 'range' in followed ? followed.range : null;
}

function lockedVersions({ lockfile, ...project }: Project): ReadonlyMap<string, string | null> {
  if (lockfile === null) return new Map();
  const { direct } = new DependencyGraph(lockfile, []).declaredBy({ lockfile, ...project });
  return new Map(
    direct.map(({ name, location }) => [name, lockfile.packages.get(location)?.version ?? null] as const),
  );
}

/** By the locked version; without one, every version that the range admits has to be deprecated. */
function isDeprecated({ versions }: Deprecation, resolved: string | null, declared: string | null): boolean {
  if (versions === null) return true;
  if (resolved !== null) return semver.satisfies(resolved, versions, options);
  const range = declared === null ? null : parseRange(declared);
  return range !== null && semver.subset(range, new semver.Range(versions, options), options);
}
