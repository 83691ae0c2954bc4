/** Turns what stands under a workspace root into one state, by which two snapshots can be told to have the same dependencies. */
import { compareText } from './location.ts';
import { dependencyFields, type Manifest, type Project } from './project.ts';
import type { Snapshot, SnapshotFile } from './snapshot.ts';

/** As much of a snapshot as the dependencies hang on. */
export type DependencySource = Pick<Snapshot, 'files' | 'projects'>;

/**
 * Whether the lockfile, or what a manifest declares, differs between the two snapshots under one workspace root.
 * A manifest in which only scripts or the like changed is the same to an audit.
 */
export function dependenciesDiffer(
  workspaceRoot: string,
  head: DependencySource,
  base: DependencySource,
): boolean {
  return dependencyState(workspaceRoot, head) !== dependencyState(workspaceRoot, base);
}

function dependencyState(workspaceRoot: string, snapshot: DependencySource): string {
  const projects = projectsUnder(workspaceRoot, snapshot);
  const lockfiles = [...new Set(projects.flatMap((project) => project.lockfileFile ?? []))].sort(compareText);
  return JSON.stringify([
    lockfiles.map((file) => [file, snapshot.files.get(file)?.text ?? null]),
    projects
      .map((project) => [
        project.manifestFile,
        declared(project.manifest, snapshot.files.get(project.manifestFile)),
      ])
      .filter(([, declares]) => declares !== nothingDeclared)
      .sort(([a = ''], [b = '']) => compareText(a, b)),
  ]);
}

/** The project of that directory and those that its lockfile governs. */
export function projectsUnder(directory: string, snapshot: DependencySource): Project[] {
  return snapshot.projects.filter(
    (project) => project.workspaceRoot === directory || project.directory === directory,
  );
}

/** What of a manifest decides the dependency tree, in one string. */
function declared(manifest: Manifest, file: SnapshotFile | undefined): string {
  try {
    return JSON.stringify([
      declaredDependencies(manifest),
      manifest.overrides ?? null,
      manifest.workspaces ?? null,
    ]);
  } catch {
    // Nested too deeply to be written out again: then any edit of the file counts.
    return file?.text ?? '';
  }
}

/** Name and range of each dependency, field by field, sorted. */
export function declaredDependencies(manifest: Manifest): [string, string][][] {
  return dependencyFields.map((field) =>
    Object.entries(manifest[field] ?? {}).sort(([a], [b]) => compareText(a, b)),
  );
}

const nothingDeclared = declared({}, undefined);
