/** Turns the workspace patterns of manifests into which directory's lockfile governs which project. */
import picomatch from 'picomatch';
import type { Manifest } from '../model/project.ts';
import { isCheapGlob } from './cheap-glob.ts';

/** A directory that says which directories below it are its workspaces. */
export interface WorkspaceRoot {
  /** `.` for the scanned directory. */
  readonly directory: string;
  /** Whether a directory, relative to the root (`packages/a`), is one of its workspaces. */
  readonly includes: (relativeDirectory: string) => boolean;
}

/** The patterns of a manifest's `workspaces`; empty where there are none. */
export function workspacePatterns(manifest: Manifest): readonly string[] {
  const { workspaces } = manifest;
  if (workspaces === undefined) return [];
  return 'map' in workspaces ? workspaces : (workspaces.packages ?? []);
}

/**
 * A root with these patterns. A later pattern wins over an earlier one, as npm has it; for pnpm a negated one always wins.
 * Source: @npmcli/map-workspaces; the pnpm documentation on pnpm-workspace.yaml.
 */
export function workspaceRoot(
  directory: string,
  patterns: readonly string[],
  order: 'last-wins' | 'negated-wins' = 'last-wins',
): WorkspaceRoot {
  const steps = patterns.map(parsePattern).filter((step) => step !== null);
  if (order === 'negated-wins') steps.sort((a, b) => Number(a.negated) - Number(b.negated));
  return {
    directory,
    includes: (relativeDirectory) =>
      steps.reduce(
        (included, { negated, matches }) => (matches(relativeDirectory) ? !negated : included),
        false,
      ),
  };
}

function parsePattern(pattern: string): { negated: boolean; matches: (path: string) => boolean } | null {
  const negated = pattern.startsWith('!');
  const glob = (negated ? pattern.slice(1) : pattern).replace(/^(?:\.?\/)+/, '').replace(/\/+$/, '');
  if (glob === '' || !isCheapGlob(glob) || /[()|]/.test(glob)) return null;
  return { negated, matches: picomatch(glob, { noextglob: true, nonegate: true, windows: false }) };
}

/** The nearest root above `directory` that counts it among its workspaces, or null. Roots may be in any order. */
export function governingRoot(directory: string, roots: readonly WorkspaceRoot[]): WorkspaceRoot | null {
  const governing = roots.filter((root) => {
    const relative = relativeTo(directory, root.directory);
    return relative !== null && root.includes(relative);
  });
  return governing.sort((a, b) => b.directory.length - a.directory.length)[0] ?? null;
}

/** `directory` as seen from `ancestor`, or null where it does not lie below it. */
export function relativeTo(directory: string, ancestor: string): string | null {
  if (directory === ancestor) return null;
  if (ancestor === '.') return directory;
  return directory.startsWith(`${ancestor}/`) ? directory.slice(ancestor.length + 1) : null;
}
