/** A stand-in for GitHub's git over HTTP on 127.0.0.1: serves bare repositories by git's own http-backend, to those who may read. */
import { execFileSync, spawn } from 'node:child_process';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

export class GitServer {
  url = '';
  /** Method, path and whether credentials came along, of each request. */
  readonly requests: {
    readonly path: string;
    readonly authorization: string | null;
    readonly status: number;
  }[] = [];
  readonly #repositories = new Map<string, string>();
  /** Null: everybody may read. */
  readonly #token: string | null;
  readonly #backend = join(
    execFileSync('git', ['--exec-path'], { encoding: 'utf8' }).trim(),
    'git-http-backend',
  );
  readonly #server = createServer((request, response) => this.#serve(request, response));

  constructor(token: string | null = null) {
    this.#token = token;
  }

  async start(): Promise<this> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    this.url = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
    return this;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  /** `name`: `octo/shop`; `directory`: the repository itself. */
  add(name: string, directory: string): void {
    this.#repositories.set(name, directory);
  }

  #serve(request: IncomingMessage, response: ServerResponse): void {
    const url = new URL(request.url ?? '', 'http://127.0.0.1');
    const found = /^\/([^/]+\/[^/]+)\.git(\/.*)$/.exec(url.pathname);
    const directory = found === null ? undefined : this.#repositories.get(found[1]!);
    const authorization = request.headers.authorization ?? null;
    const wanted = `basic ${Buffer.from(`x-access-token:${this.#token}`).toString('base64')}`;
    // GitHub refuses a request that says twice who it is of.
    const headers = request.rawHeaders.filter(
      (name, index) => index % 2 === 0 && /^authorization$/i.test(name),
    );
    const allowed =
      this.#token === null || (authorization?.toLowerCase() === wanted.toLowerCase() && headers.length === 1);
    const status = headers.length > 1 ? 400 : !allowed ? 401 : directory === undefined ? 404 : 200;
    this.requests.push({ path: url.pathname + url.search, authorization, status });
    if (status !== 200) {
      request.resume();
      response.writeHead(status, status === 401 ? { 'www-authenticate': 'Basic realm="GitHub"' } : {}).end();
      return;
    }
    const child = spawn(this.#backend, {
      env: {
        PATH: process.env.PATH,
        GIT_PROJECT_ROOT: directory,
        GIT_HTTP_EXPORT_ALL: '1',
        PATH_INFO: found![2],
        QUERY_STRING: url.search.slice(1),
        REQUEST_METHOD: request.method,
        CONTENT_TYPE: request.headers['content-type'] ?? '',
        HTTP_CONTENT_ENCODING: request.headers['content-encoding'] ?? '',
        GIT_PROTOCOL: String(request.headers['git-protocol'] ?? ''),
        // As GitHub has it: any commit that can be reached may be asked for.
        GIT_CONFIG_COUNT: '2',
        GIT_CONFIG_KEY_0: 'uploadpack.allowAnySHA1InWant',
        GIT_CONFIG_VALUE_0: 'true',
        GIT_CONFIG_KEY_1: 'safe.directory',
        GIT_CONFIG_VALUE_1: '*',
      },
    });
    request.pipe(child.stdin);
    child.stdin.on('error', () => {});
    const chunks: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.on('close', () => {
      const answer = Buffer.concat(chunks);
      const end = answer.indexOf('\r\n\r\n');
      for (const line of answer.toString('latin1', 0, end).split('\r\n')) {
        const [name = '', ...value] = line.split(': ');
        if (name.toLowerCase() === 'status') response.statusCode = Number.parseInt(value.join(': '), 10);
        else if (name !== '') response.setHeader(name, value.join(': '));
      }
      response.end(answer.subarray(end + 4));
    });
  }
}
