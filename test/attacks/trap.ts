/** Sets traps for a gate under attack: programs that leave a mark when they run, and a server that remembers who called. */
import { chmodSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface TrapCall {
  readonly method: string;
  readonly path: string;
  readonly authorization: string | null;
}

export class Trap {
  readonly folder = mkdtempSync(join(tmpdir(), 'express-gate-trap-'));
  readonly calls: TrapCall[] = [];
  url = '';
  readonly #marks = join(this.folder, 'marks-');
  // Answers as a registry does that knows of no advisory.
  readonly #server = createServer((request, response) => {
    const { method = '', url: path = '', headers } = request;
    this.calls.push({ method, path, authorization: headers.authorization ?? null });
    request.resume();
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
  });

  async start(): Promise<this> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    this.url = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/`;
    return this;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** The text of a program that marks that it ran, and then says that all is well. */
  program(name: string): string {
    return `#!/bin/sh\ntouch '${this.mark(name)}'\necho '{"auditReportVersion":2,"vulnerabilities":{}}'\nexit 0\n`;
  }

  /** A command line for git that leaves the mark. */
  command(name: string): string {
    return `touch '${this.mark(name)}'; cat #`;
  }

  /** The same as a program in a file. */
  executable(name: string): string {
    const file = join(this.folder, name);
    writeFileSync(file, this.program(name));
    chmodSync(file, 0o755);
    return file;
  }

  /** The file that is there when a program has run. */
  mark(name: string): string {
    return `${this.#marks}${name}`;
  }

  /** The programs that have run. */
  sprung(): string[] {
    return readdirSync(this.folder).flatMap((name) =>
      name.startsWith('marks-') ? [name.slice('marks-'.length)] : [],
    );
  }
}
