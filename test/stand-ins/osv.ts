/** Stands in for OSV on 127.0.0.1: its batch queries, page by page, and its records, and fails in the ways that services do. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fail, type StandInFailure } from './registry.ts';

/** A record of the database, as `GET /v1/vulns/{id}` gives it. */
export interface StandInRecord extends Readonly<Record<string, unknown>> {
  readonly id: string;
}

export interface StandInOsvOptions {
  readonly records?: readonly StandInRecord[];
  /** The ids that a query for `name@version` gets. */
  readonly concerns?: Readonly<Record<string, readonly string[]>>;
  /** Ids on one page of one query. */
  readonly pageSize?: number;
  /** The first answers to batch queries; then it answers well. */
  readonly failures?: readonly StandInFailure[];
  /** Every answer to batch queries, after those of `failures`. */
  readonly always?: StandInFailure;
  /** The first answers for records. */
  readonly recordFailures?: readonly StandInFailure[];
}

interface OsvQuery {
  readonly package: { readonly name: string; readonly ecosystem: string };
  readonly version: string;
  readonly page_token?: string;
}

export interface StandInOsv {
  /** `http://127.0.0.1:<port>/` */
  readonly url: string;
  /** The queries of each batch so far. */
  readonly batches: readonly (readonly OsvQuery[])[];
  /** The ids of the records that were asked for, in order. */
  readonly asked: readonly string[];
  close(): Promise<void>;
}

/** Starts it; `close` it, or the process stays. */
export async function startOsv(options: StandInOsvOptions = {}): Promise<StandInOsv> {
  const { records = [], concerns = {}, pageSize = 1_000, always } = options;
  const failures = [...(options.failures ?? [])];
  const recordFailures = [...(options.recordFailures ?? [])];
  const batches: OsvQuery[][] = [];
  const asked: string[] = [];

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => response.writeHead(500).end(String(error)));
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    if (request.method === 'POST' && request.url === '/v1/querybatch') {
      const { queries } = JSON.parse(Buffer.concat(chunks).toString('utf8')) as { queries: OsvQuery[] };
      batches.push(queries);
      const failure = failures.shift() ?? always;
      if (failure !== undefined) return fail(failure, response);
      // OSV says: "Too many queries."
      if (queries.length > 1_000) return sendJson(response, 400, { code: 3, message: 'Too many queries.' });
      return sendJson(response, 200, { results: queries.map(page) });
    }
    const id = /^\/v1\/vulns\/([^/?]+)$/.exec(request.url ?? '')?.[1];
    if (request.method !== 'GET' || id === undefined)
      return sendJson(response, 404, { code: 5, message: 'Not Found' });
    asked.push(decodeURIComponent(id));
    const failure = recordFailures.shift();
    if (failure !== undefined) return fail(failure, response);
    const record = records.find((each) => each.id === decodeURIComponent(id));
    if (record === undefined) return sendJson(response, 404, { code: 5, message: 'Bug not found.' });
    sendJson(response, 200, record);
  }

  function page({ package: { name, ecosystem }, version, page_token: token }: OsvQuery): unknown {
    const all = ecosystem === 'npm' ? (concerns[`${name}@${version}`] ?? []) : [];
    const from = token === undefined ? 0 : Number(token.slice('from-'.length));
    const vulns = all
      .slice(from, from + pageSize)
      .map((id) => ({ id, modified: '2026-11-01T10:00:00.000000Z' }));
    const next = from + pageSize;
    return {
      ...(vulns.length === 0 ? {} : { vulns }),
      ...(next < all.length ? { next_page_token: `from-${next}` } : {}),
    };
  }

  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    batches,
    asked,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}

function sendJson(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
}
