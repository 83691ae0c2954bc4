/** Turns arguments into what git answers, on a repository that is not trusted: nothing that it configures is run. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { devNull, tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { findProgram } from './program-path.ts';

/** Milliseconds after which git is given up; a listing of a large repository takes well under a second. */
export const gitTimeLimit = 60_000;

/** Bytes of output after which git is given up: the names of about two million files. */
export const gitOutputLimit = 256 * 1024 * 1024;

export type GitAnswer =
  | { readonly kind: 'done'; readonly stdout: Buffer; readonly stderr: string }
  /** The directory is in no git work tree. */
  | { readonly kind: 'no-repository' }
  /** `reason` is one line in plain words. */
  | { readonly kind: 'failed'; readonly reason: string };

/** Settings that win over the repository's own configuration, so that nothing written there can start a program. */
const settings = [
  'core.fsmonitor=false',
  `core.hooksPath=${devNull}`,
  `core.excludesFile=${devNull}`,
  `core.attributesFile=${devNull}`,
  'core.longPaths=true',
  'core.pager=cat',
  'submodule.recurse=false',
  // Files of the repository can look like a repository themselves, with a configuration of their own.
  'safe.bareRepository=explicit',
  // A checkout of another user's, as a container action finds it. What the ownership check of git guards against is switched off above.
  'safe.directory=*',
].flatMap((setting) => ['-c', setting]);

/** What a call of git may have besides its arguments. */
export interface GitOptions {
  /** What it reads on its standard input. */
  readonly input?: string;
  /** The protocols by which it may ask a remote, as in GIT_ALLOW_PROTOCOL; none where it is missing. */
  readonly protocols?: string;
  /** Settings that hold a secret: they go by the environment, where no list of processes shows them. */
  readonly settings?: readonly (readonly [string, string])[];
}

/** Runs git in `directory`. Never throws, never asks, and fetches only where `options` names the protocols. */
export async function runGit(
  directory: string,
  args: readonly string[],
  options: GitOptions = {},
): Promise<GitAnswer> {
  const program = findProgram('git', directory);
  if (program === null) return { kind: 'failed', reason: 'git is not installed' };
  const answer = await execute(program, directory, args, devNull, options);
  if (answer.kind !== 'failed' || !/dubious ownership|unsafe repository/.test(answer.reason)) return answer;
  // git 2.34 to 2.37 believes `safe.directory` only when it stands in a file.
  return withGlobalConfiguration('[safe]\n\tdirectory = *\n', (file) =>
    execute(program, directory, args, file, options),
  ).catch(() => answer);
}

async function withGlobalConfiguration<T>(text: string, use: (file: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'express-gate-'));
  try {
    const file = join(folder, 'gitconfig');
    await writeFile(file, text);
    return await use(file);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function execute(
  program: string,
  directory: string,
  args: readonly string[],
  globalConfiguration: string,
  { input, protocols, settings: secret = [] }: GitOptions,
): Promise<GitAnswer> {
  const allow = protocols === undefined ? ['-c', 'protocol.allow=never'] : [];
  return new Promise((settle) => {
    const child = execFile(
      program,
      ['--no-pager', ...settings, ...allow, ...args],
      {
        cwd: directory,
        env: {
          ...gitEnvironment(globalConfiguration),
          ...repositoryEnvironment(directory),
          ...(protocols === undefined ? {} : { GIT_ALLOW_PROTOCOL: protocols }),
          ...settingsEnvironment(secret),
        },
        encoding: 'buffer',
        timeout: gitTimeLimit,
        killSignal: 'SIGKILL',
        maxBuffer: gitOutputLimit,
        windowsHide: true,
      },
      (error, stdout, stderrBytes) => {
        const stderr = stderrBytes.toString('utf8');
        if (error === null) settle({ kind: 'done', stdout, stderr });
        else if (/not a git repository/i.test(stderr)) settle({ kind: 'no-repository' });
        else settle({ kind: 'failed', reason: failure(error, stderr) });
      },
    );
    if (input !== undefined && child.stdin !== null) {
      // git may end before it has read all.
      child.stdin.on('error', () => {});
      child.stdin.end(input);
    }
  });
}

/**
 * The nearest directory above (or the directory itself) that holds `.git`, or null. git by itself would also take a directory for a repository that only
 * looks like one, and a change can bring such a directory.
 */
export function repositoryRoot(directory: string): string | null {
  for (let at = resolve(directory); ; at = dirname(at)) {
    if (existsSync(join(at, '.git'))) return at;
    if (dirname(at) === at) return null;
  }
}

function repositoryEnvironment(directory: string): NodeJS.ProcessEnv {
  const root = repositoryRoot(directory);
  return root === null ? {} : { GIT_DIR: join(root, '.git'), GIT_WORK_TREE: root };
}

function settingsEnvironment(settings: readonly (readonly [string, string])[]): NodeJS.ProcessEnv {
  if (settings.length === 0) return {};
  const numbered = settings.flatMap(([name, value], index) => [
    [`GIT_CONFIG_KEY_${index}`, name],
    [`GIT_CONFIG_VALUE_${index}`, value],
  ]);
  return { GIT_CONFIG_COUNT: String(settings.length), ...Object.fromEntries(numbered) };
}

function failure(error: { killed?: boolean; code?: unknown }, stderr: string): string {
  if (error.code === 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER') return 'git listed more than can be held';
  if (error.killed) return `git gave no answer within ${gitTimeLimit / 1000} seconds`;
  const line = stderr.split('\n').find((each) => each.startsWith('fatal:') || each.startsWith('error:'));
  return line?.trim() ?? `git ended with ${String(error.code ?? 'a signal')}`;
}

/** The environment without anything that redirects git: GIT_DIR and GIT_INDEX_FILE are set in hooks, for one. */
export function gitEnvironment(
  globalConfiguration: string,
  environment: NodeJS.ProcessEnv = process.env,
): NodeJS.ProcessEnv {
  const kept = Object.entries(environment).filter(([name]) => !/^GIT_/i.test(name));
  return {
    ...Object.fromEntries(kept),
    // The user's and the machine's configuration would make the answer differ from one machine to the next.
    GIT_CONFIG_GLOBAL: globalConfiguration,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_ATTR_NOSYSTEM: '1',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_TERMINAL_PROMPT: '0',
    GIT_NO_LAZY_FETCH: '1',
    // A history that the checkout makes up would move the place where a branch left its base.
    GIT_GRAFT_FILE: devNull,
    // A list of allowed protocols with a name that none has: no remote is ever asked.
    GIT_ALLOW_PROTOCOL: 'none',
    LC_ALL: 'C',
    LANGUAGE: 'C',
  };
}
