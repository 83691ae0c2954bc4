/** Turns middlewares into the headers that a real Express application sends with them. */
import { createServer, get, type IncomingHttpHeaders, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';

const load = createRequire(import.meta.url);
// biome-ignore lint/suspicious/noExplicitAny: packages without types, as programs use them.
export type Any = any;

/** A package as a program requires it; `helmet3` and its like are helmet in that version. */
export function installed(name: string): Any {
  return load(name);
}

/** Answers requests of the loopback with whatever application is given. */
export class HeaderServer {
  private app: Any = null;
  private readonly server: Server = createServer((request, response) => this.app(request, response));

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
  }

  stop(): void {
    this.server.close();
  }

  /** The headers with which an app answers, as behind a proxy that ends TLS. */
  async headers(app: Any, path = '/'): Promise<IncomingHttpHeaders> {
    this.app = app;
    const { port } = this.server.address() as AddressInfo;
    return new Promise((resolve, reject) => {
      const request = get(
        { port, path, host: '127.0.0.1', headers: { 'x-forwarded-proto': 'https' }, agent: false },
        (response) => {
          response.resume();
          response.on('end', () => resolve(response.headers));
        },
      );
      request.on('error', reject);
    });
  }
}
