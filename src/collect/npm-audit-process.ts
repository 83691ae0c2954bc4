/** Runs npm with arguments, in bounded time and with bounded output, and hands back what it wrote to standard output. */
import { accessSync, constants, statSync } from 'node:fs';
import { join } from 'node:path';

export interface NpmRun {
  /** The arguments must be free of characters that a shell reads: on Windows npm is a batch file. */
  readonly args: readonly string[];
  readonly directory: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Milliseconds after which npm, and whatever it has started, is killed. */
  readonly limitMs: number;
}

/** How npm ended; its exit code and standard error are not asked. */
export type NpmEnd =
  | { readonly kind: 'ended'; readonly stdout: string }
  | { readonly kind: 'too-slow' }
  | { readonly kind: 'too-much' }
  | { readonly kind: 'not-started' };

/** Bytes; the report of a tree of 5,000 packages, each with ten advisories, has a tenth of it. */
const outputLimit = 64 * 1024 * 1024;

/** The path of npm in one of `directories`, or null. */
export function findNpm(
  directories: readonly string[],
  platform: NodeJS.Platform = process.platform,
): string | null {
  const names = platform === 'win32' ? ['npm.cmd', 'npm.exe'] : ['npm'];
  return (
    directories.flatMap((directory) => names.map((name) => join(directory, name))).find(isExecutable) ?? null
  );
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

/** Runs npm. Never throws. */
export async function runNpm(npm: string, run: NpmRun): Promise<NpmEnd> {
  const chunks: Buffer[] = [];
  // @actions/exec cannot end what it has started; a small process between the two can, and also does so when the gate itself is killed.
  const { exec } = await import('@actions/exec');
  const code = await exec(
    `"${process.execPath}"`,
    ['-e', `(${supervise})()`, '--', npm, String(run.limitMs), String(outputLimit), ...run.args],
    {
      cwd: run.directory,
      env: { ...run.environment },
      silent: true,
      ignoreReturnCode: true,
      listeners: { stdout: (chunk) => chunks.push(chunk) },
    },
  ).catch(() => ends.notStarted);
  if (code === ends.tooSlow) return { kind: 'too-slow' };
  if (code === ends.tooMuch) return { kind: 'too-much' };
  const stdout = Buffer.concat(chunks).toString('utf8');
  return code === ends.notStarted ? { kind: 'not-started' } : { kind: 'ended', stdout };
}

/** The supervisor's own exit codes; `supervise` writes them out again. */
const ends = { tooSlow: 191, tooMuch: 192, notStarted: 193 };

/** Runs as a program of its own, from its text: it must not use anything from outside of it. */
function supervise(): void {
  const { spawn, spawnSync } = process.getBuiltinModule('node:child_process');
  const [program = '', limit, bytes, ...args] = process.argv.slice(1);
  const windows = process.platform === 'win32';
  const stdio: ['ignore', 'pipe', 'ignore'] = ['ignore', 'pipe', 'ignore'];
  const child =
    windows && /\.cmd$/i.test(program)
      ? spawn(`"${program}" ${args.join(' ')}`, { stdio, shell: true, windowsHide: true })
      : spawn(program, args, { stdio, detached: !windows, windowsHide: true });
  const end = (code: number) => {
    process.exitCode = code;
    child.removeAllListeners();
    if (child.pid !== undefined) {
      if (windows) spawnSync('taskkill', ['/pid', String(child.pid), '/t', '/f'], { stdio: 'ignore' });
      else {
        try {
          process.kill(-child.pid, 'SIGKILL');
        } catch {
          // It has ended by itself.
        }
      }
    }
    process.exit(code);
  };
  let written = 0;
  child.stdout.on('data', (chunk: Buffer) => {
    written += chunk.length;
    if (written > Number(bytes)) end(192);
    else process.stdout.write(chunk);
  });
  child.on('error', () => end(193));
  child.on('close', () => {
    clearTimeout(timer);
    process.stdin.destroy();
  });
  const timer = setTimeout(() => end(191), Number(limit));
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => end(191));
  // Standard input closes when the gate is gone.
  process.stdin.on('end', () => end(191)).resume();
}
