/** Writes generated programs to disk and has them started in one long-lived process per Express version. */
import { type ChildProcess, fork } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Program } from './app-source.ts';
import type { Answer, Order } from './observation.ts';

const here = dirname(fileURLToPath(import.meta.url));
const modules = join(dirname(dirname(here)), 'node_modules');

/** Programs that one process starts; each leaves its ES modules in memory. */
const programsPerProcess = 2_000;

/** Packages whose calls the host sees, and what they export by name. */
const wrapped: Readonly<Record<string, readonly string[]>> = {
  express: [
    'Router',
    'Route',
    'application',
    'json',
    'raw',
    'request',
    'response',
    'static',
    'text',
    'urlencoded',
  ],
  'express-session': ['Store', 'Cookie', 'Session', 'MemoryStore'],
  'cookie-session': [],
  helmet: [],
};

export class ProgramStarter {
  private readonly root: string;
  private host: ChildProcess | null = null;
  private started = 0;
  private count = 0;
  /** Ends when the host is free. */
  private last: Promise<unknown> = Promise.resolve();

  /** @param express the major version that the programs get by the name `express`. */
  constructor(express: 4 | 5) {
    this.root = realpathSync(mkdtempSync(join(tmpdir(), 'express-gate-differential-')));
    for (const [name, names] of Object.entries(wrapped)) {
      const real = JSON.stringify(join(modules, name === 'express' && express === 4 ? 'express4' : name));
      const directory = join(this.root, 'node_modules', name);
      mkdirSync(directory, { recursive: true });
      // The last line tells Node what an ES module may import by name.
      writeFileSync(
        join(directory, 'index.js'),
        `module.exports = globalThis[Symbol.for('differential')]('${name}', require(${real}));\n0 && (module.exports = { ${names.join(', ')} });\n`,
      );
    }
    for (const name of ['lodash', 'ms', 'deepmerge'])
      symlinkSync(join(modules, name), join(this.root, 'node_modules', name));
  }

  /** Starts a program with the given variables beside NODE_ENV and asks it, after those that came before. */
  start(program: Program, environment: Readonly<Record<string, string>> = {}): Promise<Answer> {
    const answer = this.last.then(() => this.startNow(program, environment));
    this.last = answer.catch(() => undefined);
    return answer;
  }

  private async startNow(program: Program, environment: Readonly<Record<string, string>>): Promise<Answer> {
    const id = ++this.count;
    const directory = join(this.root, `program-${id}`);
    for (const [path, text] of program.files) {
      mkdirSync(dirname(join(directory, path)), { recursive: true });
      writeFileSync(join(directory, path), text);
    }
    const order: Order = { id, directory, entry: program.entry, paths: program.paths, environment };
    try {
      return await this.send(order);
    } finally {
      rmSync(directory, { recursive: true, force: true });
    }
  }

  private send(order: Order): Promise<Answer> {
    if (this.started++ % programsPerProcess === 0) this.end();
    this.host ??= fork(join(here, 'program-host.ts'), [], {
      env: { PATH: process.env.PATH, NODE_ENV: 'production', NO_DEPRECATION: '*' },
      execArgv: ['--no-warnings'],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    const host = this.host;
    return new Promise((resolve, reject) => {
      const onExit = (): void => {
        this.host = null;
        reject(new Error(`the process that starts programs ended at program ${order.id}`));
      };
      host.once('exit', onExit);
      host.once('message', (answer: Answer) => {
        host.off('exit', onExit);
        resolve(answer);
      });
      host.send(order);
    });
  }

  private end(): void {
    this.host?.removeAllListeners();
    this.host?.kill();
    this.host = null;
  }

  /** Ends the process and removes what was written. */
  close(): void {
    this.end();
    rmSync(this.root, { recursive: true, force: true });
  }
}
