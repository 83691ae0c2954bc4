/** Asks a registry's bulk advisory endpoint about the packages of a lockfile, without npm between. */
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { AuditAdvisory } from '../model/audit.ts';
import { compareText } from '../model/location.ts';
import type { LockedPackage, Lockfile } from '../model/lockfile.ts';
import { readAdvisory, uniteAdvisories } from './audit-advisory.ts';
import type { Asked, Patience } from './audit-attempts.ts';
import { judgeFailure, judgeStatus, notJson } from './audit-failure.ts';
import type { AuditRegistry } from './audit-registry.ts';
import { inParallel } from './in-parallel.ts';
import { isRecord } from './json-record.ts';
import { packagesByName } from './lockfile/packages-by-name.ts';
import { failureText, type RegistryAnswer, sendRequest } from './registry-request.ts';

/** Bytes; far more than all advisories of all packages of a large tree. */
const longestAnswer = 64 * 1024 * 1024;

/** Names in one request: some ten kilobytes, compressed. Only the largest trees need a second one. */
const largestBatch = 1_000;

const batchesAtOnce = 4;

type Question = readonly (readonly [name: string, versions: readonly string[]])[];

/**
 * Asks about everything that is locked, as npm 11 does (@npmcli/arborist lib/audit-report.js): POST of `{ name: [versions] }`,
 * compressed; every package that has a version, wherever it comes from. What the user leaves out is sorted out by detection.
 * A large tree is asked about in several requests, each with its own attempts: only where all were answered is there an answer.
 */
export async function askEndpoint(
  registry: AuditRegistry,
  lockfile: Lockfile,
  patience: Patience,
): Promise<Asked> {
  const packages = packagesByName(lockfile);
  let failed: Asked | null = null;
  const answers = await inParallel(batches(packages), batchesAtOnce, async (batch) => {
    // What is not whole is of no use: the other batches need not be asked.
    if (failed !== null) return failed;
    const asked = await patience.ask(() => askOnce(registry, batch, packages, patience.timing.requestMs));
    if (asked.kind !== 'answered') failed ??= asked;
    return asked;
  });
  if (failed !== null) return failed;
  const advisories = answers.flatMap((asked) => (asked.kind === 'answered' ? asked.advisories : []));
  return { kind: 'answered', advisories: uniteAdvisories(advisories) };
}

async function askOnce(
  registry: AuditRegistry,
  batch: Question,
  packages: ReadonlyMap<string, readonly LockedPackage[]>,
  limitMs: number,
): Promise<Asked> {
  const url = new URL('-/npm/v1/security/advisories/bulk', registry.url);
  const body = await promisify(gzip)(JSON.stringify(Object.fromEntries(batch)));
  let answer: RegistryAnswer;
  try {
    answer = await sendRequest({
      method: 'POST',
      url,
      headers: {
        ...registry.headers,
        accept: 'application/json',
        'content-type': 'application/json',
        'content-encoding': 'gzip',
        'content-length': body.length,
      },
      body,
      limitMs,
      longest: longestAnswer,
    });
  } catch (error) {
    return judgeFailure(failureText(error), url.host);
  }
  if (answer.status < 200 || answer.status > 299)
    return judgeStatus(answer.status, url.host, answer.retryAfter);
  const advisories = readAnswer(answer.body, packages);
  if (advisories === null) return { kind: 'try-again', detail: `${url.host} ${notJson}`, waitMs: null };
  return { kind: 'answered', advisories };
}

function batches(packages: ReadonlyMap<string, readonly LockedPackage[]>): Question[] {
  const question = [...packages]
    .flatMap(([name, locked]): [string, string[]][] => {
      const versions = new Set(locked.flatMap(({ version }) => version ?? []));
      return versions.size === 0 ? [] : [[name, [...versions].sort(compareText)]];
    })
    .sort(([a], [b]) => compareText(a, b));
  return Array.from({ length: Math.ceil(question.length / largestBatch) }, (_, index) =>
    question.slice(index * largestBatch, (index + 1) * largestBatch),
  );
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
  return advisories;
}
