/** Starts a generated program as production does, in a process of its own with the packages as they are, and gives what it says and sends. */
import { fork } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Program } from './app-source.ts';

const modules = join(dirname(fileURLToPath(import.meta.url)), '../../node_modules');

export interface IsolatedReply {
  readonly path: string;
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
}

export interface IsolatedRun {
  readonly stderr: string;
  /** Answers to requests as a proxy that ends TLS hands them on; null where the program does not listen. */
  readonly replies: readonly IsolatedReply[] | null;
}

/** Lets any server listen on a free port, and tells which. */
const preload = `
const net = require('node:net');
const { listen } = net.Server.prototype;
net.Server.prototype.listen = function (...args) {
  const done = args.find((arg) => typeof arg === 'function');
  this.once('listening', () => process.send(this.address().port));
  return listen.call(this, 0, '127.0.0.1', ...(done === undefined ? [] : [done]));
};
`;

function ask(port: number, path: string): Promise<IsolatedReply> {
  return new Promise((resolve, reject) => {
    const headers = { 'x-forwarded-proto': 'https', 'x-forwarded-for': '203.0.113.7' };
    const request = http.get({ host: '127.0.0.1', port, path, headers, timeout: 5_000 }, (response) => {
      response.resume();
      response.on('end', () =>
        resolve({ path, status: response.statusCode ?? 0, headers: response.headers }),
      );
    });
    request.on('timeout', () => request.destroy(new Error(`no answer to ${path}`)));
    request.on('error', reject);
  });
}

/** @param milliseconds for which a program that does not listen is waited for. */
export async function startIsolated(program: Program, milliseconds = 20_000): Promise<IsolatedRun> {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'express-gate-isolated-')));
  for (const [path, text] of program.files) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  writeFileSync(join(root, 'listen.cjs'), preload);
  mkdirSync(join(root, 'node_modules'));
  for (const name of ['express', 'express-session', 'cookie-session', 'helmet', 'lodash', 'ms', 'deepmerge'])
    symlinkSync(
      join(modules, name === 'express' && program.express === 4 ? 'express4' : name),
      join(root, 'node_modules', name),
    );
  const child = fork(join(root, program.entry), [], {
    cwd: root,
    env: { PATH: process.env.PATH, NODE_ENV: 'production' },
    execArgv: ['--no-warnings', '--require', join(root, 'listen.cjs')],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let stderr = '';
  child.stderr!.on('data', (data) => {
    stderr += data;
  });
  try {
    const port = await new Promise<number | null>((resolve) => {
      const timer = setTimeout(() => resolve(null), milliseconds);
      const settle = (value: number | null): void => {
        clearTimeout(timer);
        resolve(value);
      };
      child.once('message', (message) => settle(Number(message)));
      child.once('exit', () => settle(null));
    });
    if (port === null) return { stderr, replies: null };
    const replies: IsolatedReply[] = [];
    for (const path of program.paths) replies.push(await ask(port, path));
    return { stderr, replies };
  } finally {
    child.kill();
    rmSync(root, { recursive: true, force: true });
  }
}
