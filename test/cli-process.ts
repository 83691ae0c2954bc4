/** Runs the built command line as a user's shell does, and hands back what it printed and its exit code. */
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** What is tested is what is shipped: `npm run build` makes it. */
export const cli = join(root, 'dist/cli.js');

export interface CliRun {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CliSurroundings {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Options of node itself. */
  readonly node?: readonly string[];
}

/** The environment of a terminal session, whatever the tests run in. */
export function plainEnvironment(extra: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^(?:GITHUB_|INPUT_|GIT_|CI$|NO_COLOR$|FORCE_COLOR$|NODE_)/.test(name),
  );
  return { ...Object.fromEntries(kept), ...extra };
}

export function runCli(
  args: readonly string[],
  { cwd = root, env = {}, node = [] }: CliSurroundings = {},
): CliRun {
  const { status, stdout, stderr } = spawnSync(process.execPath, [...node, cli, ...args], {
    cwd,
    env: plainEnvironment(env),
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  return { code: status, stdout, stderr };
}
