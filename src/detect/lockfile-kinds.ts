/** Says of which package manager a lockfile is, and with which command that one writes it anew. */

interface LockfileKind {
  readonly pattern: RegExp;
  readonly install: string;
}

/** Those that are read. */
const kinds: readonly LockfileKind[] = [
  { pattern: /(?:^|\/)(?:package-lock|npm-shrinkwrap)\.json$/, install: 'npm install' },
  { pattern: /(?:^|\/)yarn\.lock$/, install: 'yarn install' },
  { pattern: /(?:^|\/)pnpm-lock\.yaml$/, install: 'pnpm install' },
  { pattern: /(?:^|\/)bun\.lock$/, install: 'bun install' },
];

/** Whether a lockfile is of a kind that is read: one without its graph is then broken, not only unknown. */
export function isReadableLockfile(file: string): boolean {
  return kinds.some(({ pattern }) => pattern.test(file));
}

/** The command that brings a lockfile up to date with its manifests. */
export function installCommand(file: string): string {
  return kinds.find(({ pattern }) => pattern.test(file))?.install ?? 'npm install';
}
