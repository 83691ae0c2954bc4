/** Turns a directory into the workspace root above it that holds its lockfile, where somebody scans one workspace alone. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { lockfileNames } from './file-kinds.ts';
import { parseManifest } from './manifest.ts';
import { workspacePatterns, workspaceRoot } from './workspaces.ts';

/** Directories above the scanned one that are looked at. */
const levels = 8;

/**
 * The way up to the root (`../..`), or null. Only within the git work tree that holds `directory` (absolute): what lies above is none
 * of the repository's.
 */
export function findOuterWorkspace(directory: string): string | null {
  let place = directory;
  let root: string | null = null;
  for (let level = 0; level < levels && !existsSync(join(place, '.git')); level += 1) {
    const parent = dirname(place);
    if (parent === place) return null;
    place = parent;
    const inside = relative(place, directory).replaceAll(sep, '/');
    root ??= countsAmongItsWorkspaces(place, inside) ? place : null;
  }
  if (root === null || !existsSync(join(place, '.git'))) return null;
  return relative(directory, root).replaceAll(sep, '/');
}

function countsAmongItsWorkspaces(root: string, directory: string): boolean {
  if (!lockfileNames.some((name) => existsSync(join(root, name)))) return false;
  try {
    const manifest = parseManifest(readFileSync(join(root, 'package.json'), 'utf8'), 'package.json');
    return workspaceRoot('.', workspacePatterns(manifest)).includes(directory);
  } catch {
    return false;
  }
}
