/** A small Redis: turns RESP requests into replies for what redis, connect-redis and rate-limit-redis ask of a server. */
import { createHash } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { createServer, type Socket } from 'node:net';

/** `{ error }` and `{ ok }` are Redis' error and status replies; a Map is a RESP 3 map. */
type Reply =
  | string
  | number
  | null
  | readonly Reply[]
  | ReadonlyMap<string, Reply>
  | { readonly error: string }
  | { readonly ok: string };

interface Entry {
  value: string;
  /** Milliseconds since the epoch, Infinity for a key that stays. */
  expires: number;
}

export interface RedisStandIn {
  readonly url: string;
  /** The keys that are alive, sorted. */
  keys(): string[];
  close(): Promise<void>;
}

export async function startRedisStandIn(): Promise<RedisStandIn> {
  const entries = new Map<string, Entry>();
  const sockets = new Set<Socket>();
  const answer = commands(entries);

  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    let pending = Buffer.alloc(0);
    socket.on('data', (chunk) => {
      const { requests, rest } = parseRequests(Buffer.concat([pending, chunk]));
      pending = rest;
      socket.write(requests.map((request) => encode(answer(request))).join(''));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  return {
    url: `redis://127.0.0.1:${(server.address() as AddressInfo).port}`,
    keys: () => [...entries.keys()].filter((key) => alive(entries, key)).sort(),
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

function alive(entries: Map<string, Entry>, key: string): Entry | undefined {
  const entry = entries.get(key);
  if (entry && entry.expires > Date.now()) return entry;
  entries.delete(key);
  return undefined;
}

function commands(entries: Map<string, Entry>): (request: readonly string[]) => Reply {
  const scripts = new Map<string, string>();
  const get = (key: string) => alive(entries, key);
  const timeLeft = (key: string) => {
    const entry = get(key);
    if (!entry) return -2;
    return entry.expires === Number.POSITIVE_INFINITY ? -1 : entry.expires - Date.now();
  };
  const add = (key: string, amount: number) => {
    const entry = get(key) ?? { value: '0', expires: Number.POSITIVE_INFINITY };
    entry.value = String(Number(entry.value) + amount);
    entries.set(key, entry);
    return Number(entry.value);
  };
  const set = (key: string, value: string, unit?: string, amount?: string) => {
    const life =
      unit === undefined
        ? Number.POSITIVE_INFINITY
        : Number(amount) * (unit.toUpperCase() === 'EX' ? 1000 : 1);
    entries.set(key, { value, expires: Date.now() + life });
    return { ok: 'OK' };
  };
  const remove = (keys: readonly string[]) => keys.filter((key) => get(key) && entries.delete(key)).length;

  /** What the two scripts of rate-limit-redis do, told apart by what they call. */
  const run = (script: string, key: string, window: string | undefined): Reply => {
    if (!script.includes('"INCR"')) return [get(key)?.value ?? null, timeLeft(key)];
    if (timeLeft(key) <= 0) set(key, '0', 'PX', window);
    return [add(key, 1), timeLeft(key)];
  };

  return ([name = '', ...parts]) => {
    const [first = '', second = '', third, fourth] = parts;
    switch (name.toUpperCase()) {
      case 'HELLO':
        return new Map<string, Reply>([
          ['server', 'redis'],
          ['version', '7.4.0'],
          ['proto', Number(first)],
          ['id', 1],
          ['mode', 'standalone'],
          ['role', 'master'],
          ['modules', []],
        ]);
      case 'PING':
        return { ok: 'PONG' };
      case 'GET':
        return get(first)?.value ?? null;
      case 'SET':
        return set(first, second, third, fourth);
      case 'DEL':
        return remove(parts);
      case 'EXPIRE': {
        const entry = get(first);
        if (entry) entry.expires = Date.now() + Number(second) * 1000;
        return entry ? 1 : 0;
      }
      case 'DECR':
        return add(first, -1);
      case 'SCRIPT': {
        const sha = createHash('sha1').update(second).digest('hex');
        scripts.set(sha, second);
        return sha;
      }
      case 'EVALSHA': {
        const script = scripts.get(first);
        return script === undefined
          ? { error: 'NOSCRIPT No matching script.' }
          : run(script, third ?? '', fourth);
      }
      default:
        return { error: `ERR unknown command '${name}'` };
    }
  };
}

/** Requests are arrays of bulk strings; an incomplete one stays in `rest`. */
function parseRequests(data: Buffer): { requests: string[][]; rest: Buffer<ArrayBuffer> } {
  const requests: string[][] = [];
  let done = 0;
  for (;;) {
    const request = parseRequest(data, done);
    if (!request) return { requests, rest: Buffer.from(data.subarray(done)) };
    requests.push(request.parts);
    done = request.end;
  }
}

function parseRequest(data: Buffer, start: number): { parts: string[]; end: number } | null {
  const count = parseCount(data, start, '*');
  if (!count) return null;
  const parts: string[] = [];
  let position = count.end;
  for (let index = 0; index < count.value; index += 1) {
    const length = parseCount(data, position, '$');
    if (!length || data.length < length.end + length.value + 2) return null;
    parts.push(data.toString('utf8', length.end, length.end + length.value));
    position = length.end + length.value + 2;
  }
  return { parts, end: position };
}

function parseCount(data: Buffer, start: number, mark: '*' | '$'): { value: number; end: number } | null {
  const end = data.indexOf('\r\n', start);
  if (end < 0) return null;
  const line = data.toString('latin1', start, end);
  if (!line.startsWith(mark))
    throw new Error(`the stand-in for Redis expected ${mark}, got ${JSON.stringify(line)}`);
  return { value: Number(line.slice(1)), end: end + 2 };
}

function encode(reply: Reply): string {
  if (reply === null) return '_\r\n';
  if (typeof reply === 'number') return `:${reply}\r\n`;
  if (typeof reply === 'string') return `$${Buffer.byteLength(reply)}\r\n${reply}\r\n`;
  if (reply instanceof Map) return `%${reply.size}\r\n${[...reply].flat().map(encode).join('')}`;
  if (Array.isArray(reply)) return `*${reply.length}\r\n${reply.map(encode).join('')}`;
  if ('error' in reply) return `-${reply.error}\r\n`;
  if ('ok' in reply) return `+${reply.ok}\r\n`;
  throw new Error('no such reply');
}
