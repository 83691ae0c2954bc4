/** Turns a sample application's name into an installed copy of it in a temporary folder, and that copy into a running process. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const apps = path.join(import.meta.dirname, '..', 'apps');
const installArguments = [
  'ci',
  '--omit=dev',
  '--prefer-offline',
  '--no-audit',
  '--no-fund',
  '--ignore-scripts',
  '--loglevel=error',
];

export interface InstalledApp {
  readonly directory: string;
  remove(): void;
}

export interface RunningApp {
  /** `http://127.0.0.1:<port>` */
  readonly origin: string;
  stop(): Promise<void>;
}

export interface Exit {
  readonly code: number | null;
  readonly output: string;
}

/** Copies the application away from the repository and runs `npm ci` there. */
export async function installSampleApp(name: string): Promise<InstalledApp> {
  const directory = mkdtempSync(path.join(tmpdir(), `${name}-`));
  cpSync(path.join(apps, name), directory, {
    recursive: true,
    filter: (file) => path.basename(file) !== 'node_modules',
  });
  const npm = process.env.npm_execpath;
  const child = npm?.endsWith('.js')
    ? spawn(process.execPath, [npm, ...installArguments], { cwd: directory })
    : spawn('npm', installArguments, { cwd: directory, shell: process.platform === 'win32' });
  const { code, output } = await ended(child);
  const remove = () => rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
  if (code === 0) return { directory, remove };
  remove();
  throw new Error(`npm ci of ${name} ended with ${code}:\n${output}`);
}

/** Starts the application as production does, on a free port of 127.0.0.1, and waits until it says that it listens. */
export async function startSampleApp(
  app: InstalledApp,
  main: string,
  environment: Record<string, string> = {},
): Promise<RunningApp> {
  const child = launch(app, main, environment);
  const end = ended(child);
  const port = await new Promise<string>((resolve, reject) => {
    let output = '';
    child.stdout.on('data', (chunk) => {
      output += chunk;
      const listening = /listening on port (\d+)/.exec(output);
      if (listening?.[1]) resolve(listening[1]);
    });
    end.then(
      (exit) => reject(new Error(`${main} ended with ${exit.code} before it listened:\n${exit.output}`)),
      reject,
    );
  });
  return {
    origin: `http://127.0.0.1:${port}`,
    async stop() {
      child.kill('SIGKILL');
      await end;
    },
  };
}

/** Starts the application and waits for its end: for starts that must fail. */
export function runSampleApp(
  app: InstalledApp,
  main: string,
  environment: Record<string, string> = {},
): Promise<Exit> {
  return ended(launch(app, main, environment));
}

/** Nothing of the surrounding environment reaches the application but what a process needs to start. */
function launch(app: InstalledApp, main: string, environment: Record<string, string>) {
  const needed = ['PATH', 'Path', 'SystemRoot', 'TEMP', 'TMP', 'TMPDIR'].flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value]];
  });
  return spawn(process.execPath, [main], {
    cwd: app.directory,
    env: {
      ...Object.fromEntries(needed),
      NODE_ENV: 'production',
      HOST: '127.0.0.1',
      PORT: '0',
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: 60_000,
  });
}

async function ended(child: ReturnType<typeof spawn>): Promise<Exit> {
  let output = '';
  child.stdout?.on('data', (chunk) => {
    output += chunk;
  });
  child.stderr?.on('data', (chunk) => {
    output += chunk;
  });
  const [code] = await once(child, 'close');
  return { code, output };
}
