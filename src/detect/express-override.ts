/** Finds what a workspace root's package.json says of Express over the heads of those that ask for it: its `overrides` or `resolutions`. */
import type { Project } from '../model/project.ts';
import type { PackageManager } from './package-commands.ts';

export interface ExpressOverride {
  /** The keys that lead to the value in package.json. */
  readonly path: readonly string[];
  readonly text: string;
}

type Field = 'overrides' | 'resolutions';

/** npm does not read `resolutions`, yarn not `overrides`; bun reads both. pnpm's own overrides are not part of the manifest. */
const fieldsRead: Readonly<Record<PackageManager, readonly Field[]>> = {
  npm: ['overrides'],
  'yarn-classic': ['resolutions'],
  yarn: ['resolutions'],
  pnpm: ['resolutions'],
  bun: ['overrides', 'resolutions'],
};

const keys = ['express', '**/express'];

/**
 * What holds for every Express under the root, or null. What only holds below some package, or for some range, is left out, and so is a
 * reference to what the root declares itself (`$express`).
 */
export function findExpressOverride(root: Project, manager: PackageManager): ExpressOverride | null {
  for (const field of fieldsRead[manager]) {
    for (const key of keys) {
      const value = member(root.manifest[field], key);
      const path = typeof value === 'string' ? [field, key] : [field, key, '.'];
      const text = typeof value === 'string' ? value : member(value, '.');
      if (typeof text === 'string' && text !== '' && !text.startsWith('$')) return { path, text };
    }
  }
  return null;
}

function member(value: unknown, key: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
  return (value as Record<string, unknown>)[key];
}
