/** Sends one request to a registry, within bounds of time and size, and hands back what it answered. */
import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';

export interface RegistryRequest {
  readonly method: 'GET' | 'POST';
  readonly url: URL;
  readonly headers: Readonly<Record<string, string | number>>;
  readonly body?: Buffer;
  /** Milliseconds after which the whole answer must be there. */
  readonly limitMs: number;
  /** Bytes of the answer, decompressed. */
  readonly longest: number;
}

export interface RegistryAnswer {
  readonly status: number;
  readonly retryAfter: string | undefined;
  readonly body: string;
}

/** @throws Error where no whole answer was had: its message says why, as audit-failure.ts reads it. */
export async function sendRequest(request: RegistryRequest): Promise<RegistryAnswer> {
  // Its agents go by HTTPS_PROXY and NO_PROXY, which fetch does not on every supported version of Node.js.
  const { HttpClient } = await import('@actions/http-client');
  const agent = new HttpClient().getAgent(request.url.href);
  const { bytes, encoding, ...answer } = await exchange(request, agent);
  const plain =
    encoding === 'gzip' && bytes.length > 0
      ? await promisify(gunzip)(bytes, { maxOutputLength: request.longest })
      : bytes;
  return { ...answer, body: plain.toString('utf8') };
}

interface Exchange extends Omit<RegistryAnswer, 'body'> {
  readonly bytes: Buffer;
  readonly encoding: string | undefined;
}

type Agent = ReturnType<InstanceType<typeof import('@actions/http-client').HttpClient>['getAgent']>;

function exchange(
  { method, url, headers, body, limitMs, longest }: RegistryRequest,
  agent: Agent,
): Promise<Exchange> {
  return new Promise((settle, fail) => {
    const request = (url.protocol === 'http:' ? requestHttp : requestHttps)(
      url,
      {
        method,
        agent,
        signal: AbortSignal.timeout(limitMs),
        headers: { 'user-agent': 'express-gate', connection: 'close', 'accept-encoding': 'gzip', ...headers },
      },
      (response) => {
        const chunks: Buffer[] = [];
        let length = 0;
        response.on('data', (chunk: Buffer) => {
          length += chunk.length;
          if (length > longest) response.destroy(new Error('no JSON of an audit is that long'));
          else chunks.push(chunk);
        });
        response.on('error', fail);
        response.on('end', () =>
          settle({
            status: response.statusCode ?? 0,
            retryAfter: response.headers['retry-after'],
            encoding: response.headers['content-encoding'],
            bytes: Buffer.concat(chunks),
          }),
        );
      },
    );
    request.on('error', fail);
    request.end(body);
  });
}

/** The words of an error that `sendRequest` threw. That the time was over stands only with its cause. */
export function failureText(error: unknown): string {
  if (!(error instanceof Error)) return '';
  const cause = error.cause instanceof Error ? error.cause.name : '';
  return `${'code' in error ? error.code : ''} ${error.name} ${cause} ${error.message}`;
}
