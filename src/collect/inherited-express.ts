/** Turns projects that use an Express which a directory above declares, as Node.js lets them, into projects that use Express. */
import type { ExpressUse, Project } from '../model/project.ts';
import type { SnapshotFile } from '../model/snapshot.ts';
import { fileKind } from './file-kinds.ts';
import { relativeTo } from './workspaces.ts';

const importOfExpress = /(?:\brequire\s*\(\s*|\bfrom\s*|\bimport\s*\(?\s*)['"`]express['"`]/;

/**
 * A workspace that declares nothing still finds what its root installed; where its own sources import Express it is an Express
 * project, and must not pass unseen. What is declared, and the line to change, is the outer project's.
 */
export function inheritExpress(
  projects: readonly Project[],
  files: ReadonlyMap<string, SnapshotFile>,
): Project[] {
  let importing: readonly string[] | null = null;
  return projects.map((project) => {
    if (project.express !== null) return project;
    const express = nearestAbove(project, projects)?.express ?? null;
    if (express === null) return project;
    importing ??= filesThatImportExpress(files);
    if (!importsExpress(project, projects, importing)) return project;
    const inherited: ExpressUse = {
      declared: null,
      declaredIn: null,
      resolved: express.resolved,
      through: null,
    };
    return { ...project, express: inherited };
  });
}

function nearestAbove(project: Project, projects: readonly Project[]): Project | undefined {
  return projects
    .filter((other) => other.express !== null && relativeTo(project.directory, other.directory) !== null)
    .sort((a, b) => b.directory.length - a.directory.length)[0];
}

function filesThatImportExpress(files: ReadonlyMap<string, SnapshotFile>): string[] {
  const found: string[] = [];
  for (const { path, text } of files.values()) {
    if (!importOfExpress.test(text)) continue;
    const kind = fileKind(path);
    if (kind === 'source' || kind === 'script') found.push(path);
  }
  return found;
}

/** Only by its own files: those of a project further down are that one's affair. */
function importsExpress(
  project: Project,
  projects: readonly Project[],
  importing: readonly string[],
): boolean {
  const below = projects.filter((other) => relativeTo(other.directory, project.directory) !== null);
  return importing.some(
    (path) =>
      relativeTo(path, project.directory) !== null &&
      !below.some((other) => relativeTo(path, other.directory) !== null),
  );
}
