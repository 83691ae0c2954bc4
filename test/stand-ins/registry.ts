/** Stands in for an npm registry on 127.0.0.1: serves packuments and the bulk advisory endpoint, and fails in the ways that registries do. */
import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import { gunzip, gzipSync } from 'node:zlib';
import semver from 'semver';

/** Package name -> version -> what that version depends on. */
export type StandInPackages = Readonly<
  Record<string, Readonly<Record<string, StandInManifest | Readonly<Record<string, never>>>>>
>;

export interface StandInManifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly bundleDependencies?: readonly string[];
  readonly deprecated?: string;
}

/** An advisory as the real endpoint words it; `package` and `vulnerable_versions` say what it matches. */
export interface StandInAdvisory {
  readonly id: number;
  readonly package: string;
  readonly url: string;
  readonly title: string;
  readonly severity: string;
  readonly vulnerable_versions: string;
  readonly cwe?: readonly string[];
  readonly cvss?: { readonly score: number; readonly vectorString: string | null };
}

/** How the advisory endpoint fails. `broken-off` ends the connection in the middle of the body. */
export type StandInFailure =
  | { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: string }
  | 'hang'
  | 'reset'
  | 'broken-off'
  | 'html'
  | 'truncated'
  | 'empty'
  | 'other-json';

export interface StandInRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** Decompressed and parsed; null where there was none. */
  readonly body: unknown;
}

export interface StandInRegistry {
  /** `http://127.0.0.1:<port>/` */
  readonly url: string;
  /** All requests so far, in order. */
  readonly requests: readonly StandInRequest[];
  /** Those to the advisory endpoint. */
  audits(): readonly StandInRequest[];
  close(): Promise<void>;
}

export interface StandInOptions {
  readonly packages?: StandInPackages;
  readonly advisories?: readonly StandInAdvisory[];
  /** The first answers of the advisory endpoint; then it answers well. */
  readonly failures?: readonly StandInFailure[];
  /** Every answer of the advisory endpoint, after those of `failures`. */
  readonly always?: StandInFailure;
  /** Every answer about a package. */
  readonly packuments?: StandInFailure;
  /** The `authorization` header without which everything is answered by 401. */
  readonly authorization?: string;
  /** A path before everything else, such as `/npm/private`. */
  readonly prefix?: string;
}

export const bulkPath = '/-/npm/v1/security/advisories/bulk';

/** Starts the registry; `close` it, or the process stays. */
export async function startRegistry(options: StandInOptions = {}): Promise<StandInRegistry> {
  const { packages = {}, advisories = [], always, authorization, prefix = '' } = options;
  const failures = [...(options.failures ?? [])];
  const requests: StandInRequest[] = [];
  let url = '';

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      response.writeHead(500).end(String(error));
    });
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url ?? '';
    const body = await readBody(request);
    requests.push({ method: request.method ?? '', path, headers: request.headers, body });
    if (authorization !== undefined && request.headers.authorization !== authorization)
      return sendJson(response, 401, { error: 'unauthorized' });
    if (!path.startsWith(prefix)) return sendJson(response, 404, { error: 'not here' });
    const own = path.slice(prefix.length);
    if (request.method === 'POST' && own === bulkPath) {
      const failure = failures.shift() ?? always;
      if (failure !== undefined) return fail(failure, response);
      return sendJson(response, 200, matching(advisories, body as Record<string, string[]>));
    }
    // Retired in 2026: https://github.com/npm/statusboard/issues/900
    if (request.method === 'POST' && own.startsWith('/-/npm/v1/security/audits'))
      return sendJson(response, 410, { error: 'this endpoint has been retired' });
    const name = decodeURIComponent(own.slice(1)).replace(/\/-\/.*$/s, '');
    const bytes = Object.entries(packages[name] ?? {}).find(
      ([version]) => decodeURIComponent(own.slice(1)) === tarballPath(name, version),
    );
    if (bytes !== undefined) {
      response.writeHead(200, { 'content-type': 'application/octet-stream' });
      response.end(tarball(name, ...bytes));
      return;
    }
    if (options.packuments !== undefined) return fail(options.packuments, response);
    const versions = Object.hasOwn(packages, name) ? packages[name]! : null;
    if (request.method !== 'GET' || versions === null) return sendJson(response, 404, { error: 'Not found' });
    sendJson(response, 200, packument(name, versions, url));
  }

  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}${prefix}/`;
  return {
    url,
    requests,
    audits: () => requests.filter(({ path }) => path === prefix + bulkPath),
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}

async function readBody(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  if (chunks.length === 0) return null;
  const bytes = Buffer.concat(chunks);
  const plain = request.headers['content-encoding'] === 'gzip' ? await promisify(gunzip)(bytes) : bytes;
  return JSON.parse(plain.toString('utf8'));
}

function sendJson(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
}

/** The real endpoint names an advisory where one of the versions asked about is in its range. */
function matching(advisories: readonly StandInAdvisory[], asked: Record<string, string[]>): unknown {
  const found: Record<string, unknown[]> = {};
  for (const { package: name, ...advisory } of advisories) {
    const versions = Object.hasOwn(asked, name) ? asked[name]! : [];
    const range = advisory.vulnerable_versions;
    if (
      versions.some((version) => semver.satisfies(version, range, { includePrerelease: true, loose: true }))
    ) {
      found[name] ??= [];
      found[name].push(advisory);
    }
  }
  return found;
}

function packument(name: string, versions: StandInPackages[string], url: string): unknown {
  const sorted = semver.sort(Object.keys(versions));
  return {
    name,
    'dist-tags': { latest: sorted.findLast((each) => semver.prerelease(each) === null) ?? sorted.at(-1) },
    versions: Object.fromEntries(
      sorted.map((version) => [
        version,
        {
          name,
          version,
          ...versions[version],
          dist: {
            tarball: `${url}${tarballPath(name, version)}`,
            ...hashes(tarball(name, version, versions[version]!)),
          },
        },
      ]),
    ),
  };
}

/** As the public registry has it; Yarn writes down any other. */
function tarballPath(name: string, version: string): string {
  return `${name}/-/${name.slice(name.indexOf('/') + 1)}-${version}.tgz`;
}

function hashes(bytes: Buffer): object {
  const hash = (algorithm: string) => createHash(algorithm).update(bytes);
  return { integrity: `sha512-${hash('sha512').digest('base64')}`, shasum: hash('sha1').digest('hex') };
}

/** A package of its package.json alone; the same bytes each time. */
function tarball(name: string, version: string, manifest: StandInManifest): Buffer {
  const text = Buffer.from(JSON.stringify({ name, version, ...manifest }));
  const header = Buffer.alloc(512);
  header.write('package/package.json', 0);
  header.write(`0000644\0${'0000000\0'.repeat(2)}`, 100);
  header.write(`${text.length.toString(8).padStart(11, '0')}\0`, 124);
  header.write('00000000000\0', 136);
  header.write(' '.repeat(8), 148);
  header.write('0', 156);
  header.write('ustar\x0000', 257);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return gzipSync(Buffer.concat([header, text, Buffer.alloc(1536 - (text.length % 512))]));
}

/** Answers in one of the ways in which services fail. */
export function fail(failure: StandInFailure, response: ServerResponse): void {
  switch (failure) {
    case 'hang':
      return;
    case 'reset':
      response.socket?.resetAndDestroy();
      return;
    case 'broken-off':
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': 1000 });
      response.write('{"qs":[', () => response.socket?.destroy());
      return;
    case 'html':
      response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>Proxy</title>');
      return;
    case 'truncated':
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"qs":[{"id":1,"url":"https://');
      return;
    case 'empty':
      response.writeHead(200).end();
      return;
    case 'other-json':
      sendJson(response, 200, { ok: true });
      return;
    default:
      response
        .writeHead(failure.status, { 'content-type': 'application/json', ...failure.headers })
        .end(failure.body ?? JSON.stringify({ error: `status ${failure.status}` }));
  }
}
