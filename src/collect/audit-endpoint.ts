/** Asks a registry's bulk advisory endpoint about the packages of a lockfile, without npm between. */
import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { AuditAdvisory } from '../model/audit.ts';
import { compareText } from '../model/location.ts';
import type { LockedPackage, Lockfile } from '../model/lockfile.ts';
import { readAdvisory, uniteAdvisories } from './audit-advisory.ts';
import type { Asked } from './audit-attempts.ts';
import { judgeFailure, judgeStatus, notJson } from './audit-failure.ts';
import type { AuditRegistry } from './audit-registry.ts';
import { isRecord } from './json-record.ts';
import { packagesByName } from './lockfile/packages-by-name.ts';

/** Bytes; far more than all advisories of all packages of a large tree. */
const longestAnswer = 64 * 1024 * 1024;

interface Answer {
  readonly status: number;
  readonly retryAfter: string | undefined;
  readonly body: string;
}

/**
 * Asks once, as npm 11 does (@npmcli/arborist lib/audit-report.js): POST of `{ name: [versions] }`, compressed.
 * Everything that is locked is asked about; what the user leaves out is sorted out by detection.
 */
export async function askEndpoint(
  registry: AuditRegistry,
  lockfile: Lockfile,
  limitMs: number,
): Promise<Asked> {
  const packages = packagesByName(lockfile);
  const url = new URL('-/npm/v1/security/advisories/bulk', registry.url);
  const body = await promisify(gzip)(JSON.stringify(question(packages)));
  let answer: Answer;
  try {
    answer = await post(url, registry.headers, body, limitMs);
  } catch (error) {
    return judgeFailure(
      error instanceof Error ? `${'code' in error ? error.code : ''} ${error.name} ${error.message}` : '',
      url.host,
    );
  }
  if (answer.status < 200 || answer.status > 299)
    return judgeStatus(answer.status, url.host, answer.retryAfter);
  const advisories = readAnswer(answer.body, packages);
  if (advisories === null) return { kind: 'try-again', detail: `${url.host} ${notJson}`, waitMs: null };
  return { kind: 'answered', advisories };
}

function question(packages: ReadonlyMap<string, readonly LockedPackage[]>): Record<string, string[]> {
  const entries = [...packages].flatMap(([name, locked]): [string, string[]][] => {
    const versions = new Set(locked.flatMap(({ version }) => version ?? []));
    return versions.size === 0 ? [] : [[name, [...versions].sort(compareText)]];
  });
  return Object.fromEntries(entries.sort(([a], [b]) => compareText(a, b)));
}

async function post(
  url: URL,
  headers: Record<string, string>,
  body: Buffer,
  limitMs: number,
): Promise<Answer> {
  // Its agents go by HTTPS_PROXY and NO_PROXY, which fetch does not on every supported version of Node.js.
  const { HttpClient } = await import('@actions/http-client');
  const agent = new HttpClient().getAgent(url.href);
  const signal = AbortSignal.timeout(limitMs);
  return new Promise((settle, fail) => {
    const request = (url.protocol === 'http:' ? requestHttp : requestHttps)(
      url,
      {
        method: 'POST',
        agent,
        signal,
        headers: {
          ...headers,
          accept: 'application/json',
          'content-type': 'application/json',
          'content-encoding': 'gzip',
          'content-length': body.length,
          'user-agent': 'express-gate',
          connection: 'close',
        },
      },
      (response) => {
        const chunks: Buffer[] = [];
        let length = 0;
        response.on('data', (chunk: Buffer) => {
          length += chunk.length;
          if (length > longestAnswer) response.destroy(new Error('no JSON of an audit is that long'));
          else chunks.push(chunk);
        });
        response.on('error', fail);
        response.on('end', () =>
          settle({
            status: response.statusCode ?? 0,
            retryAfter: response.headers['retry-after'],
            body: Buffer.concat(chunks).toString('utf8'),
          }),
        );
      },
    );
    request.on('error', fail);
    request.end(body);
  });
}

/** The advisories, or null where the answer is of another form. */
function readAnswer(
  body: string,
  packages: ReadonlyMap<string, readonly LockedPackage[]>,
): AuditAdvisory[] | null {
  let answer: unknown;
  try {
    answer = JSON.parse(body);
  } catch {
    return null;
  }
  if (!isRecord(answer)) return null;
  const advisories: AuditAdvisory[] = [];
  for (const [name, written] of Object.entries(answer)) {
    if (!Array.isArray(written) || !written.every(isRecord)) return null;
    for (const each of written) {
      const fixes = { fixes: [], fixInRange: false };
      const advisory = readAdvisory(name, each, each.vulnerable_versions, packages.get(name) ?? [], fixes);
      if (advisory !== null) advisories.push(advisory);
    }
  }
  return uniteAdvisories(advisories);
}
