/** Names the kinds of lockfiles in this folder, and the file of each. */
export const lockfileKinds = {
  'npm-1': 'package-lock.json',
  'npm-2': 'package-lock.json',
  'npm-3': 'package-lock.json',
  'yarn-1': 'yarn.lock',
  'yarn-berry': 'yarn.lock',
  'pnpm-6': 'pnpm-lock.yaml',
  'pnpm-9': 'pnpm-lock.yaml',
  bun: 'bun.lock',
} as const;

export type LockfileKind = keyof typeof lockfileKinds;
