/** Asks OSV which of its records concern the packages of a lockfile, and reads each of these into advisories. */
import { uniteByIdentity } from '../model/advisory-identity.ts';
import type { AuditAdvisory } from '../model/audit.ts';
import { InputError } from '../model/input-error.ts';
import { compareText } from '../model/location.ts';
import type { LockedPackage, Lockfile } from '../model/lockfile.ts';
import type { Asked, Patience } from './audit-attempts.ts';
import { judgeFailure, judgeStatus, notJson } from './audit-failure.ts';
import { isWebAddress } from './audit-registry.ts';
import { inParallel } from './in-parallel.ts';
import { isRecord, type JsonRecord } from './json-record.ts';
import { packagesByName } from './lockfile/packages-by-name.ts';
import type { Environment } from './npm-audit-environment.ts';
import { type OsvMatch, readOsvRecord } from './osv-record.ts';
import { failureText, type RegistryAnswer, sendRequest } from './registry-request.ts';

const publicAddress = 'https://api.osv.dev/';

/** Queries in one request: OSV takes no more. */
const largestBatch = 1_000;
const batchesAtOnce = 4;
const recordsAtOnce = 8;

/** Pages of one batch. OSV hands out some thousand ids on each: a tree that needs more of them is none. */
const mostPages = 100;
const mostRecords = 20_000;

/** Bytes. */
const longestAnswer = 64 * 1024 * 1024;
const longestRecord = 8 * 1024 * 1024;

interface Query {
  readonly name: string;
  readonly version: string;
  readonly token?: string;
}

type Failed = Exclude<Asked, { kind: 'answered' }>;

/**
 * Where OSV is to be asked, ending with `/`: EXPRESS_GATE_OSV_URL for a mirror (and for tests), else osv.dev's own. A repository cannot
 * set it: it comes from the environment that the gate is started in.
 * @throws InputError where that is no web address.
 */
export function osvAddress(environment: Environment): string {
  const named = environment.EXPRESS_GATE_OSV_URL ?? '';
  if (named === '') return publicAddress;
  if (!isWebAddress(named))
    throw new InputError(
      `the environment variable EXPRESS_GATE_OSV_URL must be a web address, such as ${publicAddress}`,
    );
  return named.endsWith('/') ? named : `${named}/`;
}

/** The database, for all audits of one run: a record that several lockfiles need is asked for once. */
export class OsvDatabase {
  readonly #address: string;
  readonly #patience: Patience;
  readonly #records = new Map<string, Promise<{ readonly value: JsonRecord | null } | Failed>>();

  constructor(address: string, patience: Patience) {
    this.#address = address;
    this.#patience = patience;
  }

  /**
   * Asks about every package that has a version. Only where everything was answered is there an answer.
   * Sources: https://google.github.io/osv.dev/post-v1-querybatch/ (ids only, in the order of the queries, page by page) and
   * https://google.github.io/osv.dev/get-v1-vulns/ (the record of an id).
   */
  async ask(lockfile: Lockfile): Promise<Asked> {
    const packages = packagesByName(lockfile);
    const named = await this.#find(queriesOf(packages));
    if (!(named instanceof Map)) return named;
    const ids = [...named.keys()].sort(compareText);
    let failed: Failed | null = null;
    const records = await inParallel(ids, recordsAtOnce, async (id) => {
      if (failed !== null) return null;
      const record = await this.#record(id);
      if ('value' in record) return record.value;
      failed ??= record;
      return null;
    });
    if (failed !== null) return failed;
    // Its tables are large, and few runs need them.
    const { cvssScore } = await import('./cvss-score.ts');
    const advisories: AuditAdvisory[] = [];
    for (const [index, id] of ids.entries()) {
      for (const [name, versions] of named.get(id)!) {
        const match: OsvMatch = { package: name, installed: packages.get(name) ?? [], named: versions };
        const advisory = readOsvRecord(id, records[index]!, match, cvssScore);
        if (advisory !== null) advisories.push(advisory);
      }
    }
    return { kind: 'answered', advisories: uniteByIdentity(advisories) };
  }

  /** The ids that OSV names, each with the packages and versions for which it does. */
  async #find(queries: readonly Query[]): Promise<Map<string, Map<string, Set<string>>> | Failed> {
    const found = new Map<string, Map<string, Set<string>>>();
    const batches = Array.from({ length: Math.ceil(queries.length / largestBatch) }, (_, index) =>
      queries.slice(index * largestBatch, (index + 1) * largestBatch),
    );
    let failed: Failed | null = null;
    await inParallel(batches, batchesAtOnce, async (batch) => {
      let pending = batch;
      for (let page = 0; pending.length > 0 && failed === null; page++) {
        const answer =
          page < mostPages && found.size <= mostRecords ? await this.#askBatch(pending) : this.#tooMuch();
        if (!('value' in answer)) {
          failed ??= answer;
          return;
        }
        pending = answer.value.flatMap(({ ids, token }, index) => {
          const query = pending[index]!;
          for (const id of ids) note(found, id, query);
          return token === null ? [] : [{ ...query, token }];
        });
      }
    });
    return failed ?? found;
  }

  #tooMuch(): Failed {
    return {
      kind: 'refused',
      detail: `${new URL(this.#address).host} names more records than any tree of packages has`,
    };
  }

  #askBatch(queries: readonly Query[]): Promise<{ readonly value: BatchResult[] } | Failed> {
    const body = {
      queries: queries.map(({ name, version, token }) => ({
        package: { name, ecosystem: 'npm' },
        version,
        ...(token === undefined ? {} : { page_token: token }),
      })),
    };
    return this.#send('v1/querybatch', body, longestAnswer, (answer) => readBatch(answer, queries.length));
  }

  #record(id: string): Promise<{ readonly value: JsonRecord | null } | Failed> {
    const known = this.#records.get(id);
    if (known !== undefined) return known;
    const asked = this.#send(
      `v1/vulns/${encodeURIComponent(id)}`,
      null,
      longestRecord,
      (answer): JsonRecord | null | undefined =>
        answer === null || (isRecord(answer) && answer.id === id) ? answer : undefined,
    );
    this.#records.set(id, asked);
    return asked;
  }

  /**
   * Sends one request as often as need be.
   * @param read the value in what was answered, or undefined where it is of another form. It is given null for a record that is not there.
   */
  async #send<T>(
    path: string,
    body: unknown,
    longest: number,
    read: (answer: unknown) => T | undefined,
  ): Promise<{ readonly value: T } | Failed> {
    const url = new URL(path, this.#address);
    let value: T | undefined;
    const asked = await this.#patience.ask(async () => {
      const answer = await this.#exchange(url, body, longest);
      if ('kind' in answer) return answer;
      const isMissing = answer.status === 404 && body === null;
      if (!isMissing && (answer.status < 200 || answer.status > 299)) {
        const failure = judgeStatus(answer.status, url.host, answer.retryAfter);
        // OSV always has these endpoints: where they are not, the address is not OSV's.
        return failure.kind === 'no-endpoint'
          ? { kind: 'refused', detail: `${url.host} answered HTTP ${answer.status}` }
          : failure;
      }
      value = isMissing ? read(null) : read(parse(answer.body));
      return value === undefined
        ? { kind: 'try-again', detail: `${url.host} ${notJson}`, waitMs: null }
        : { kind: 'answered', advisories: [] };
    });
    return asked.kind === 'answered' ? { value: value as T } : asked;
  }

  async #exchange(url: URL, body: unknown, longest: number): Promise<RegistryAnswer | Asked> {
    const bytes = body === null ? undefined : Buffer.from(JSON.stringify(body));
    try {
      return await sendRequest({
        method: bytes === undefined ? 'GET' : 'POST',
        url,
        headers: {
          accept: 'application/json',
          ...(bytes === undefined
            ? {}
            : { 'content-type': 'application/json', 'content-length': bytes.length }),
        },
        ...(bytes === undefined ? {} : { body: bytes }),
        limitMs: this.#patience.timing.requestMs,
        longest,
      });
    } catch (error) {
      return judgeFailure(failureText(error), url.host);
    }
  }
}

function queriesOf(packages: ReadonlyMap<string, readonly LockedPackage[]>): Query[] {
  return [...packages]
    .flatMap(([name, locked]) =>
      [...new Set(locked.flatMap(({ version }) => version ?? []))].map((version) => ({ name, version })),
    )
    .sort((a, b) => compareText(a.name, b.name) || compareText(a.version, b.version));
}

function note(found: Map<string, Map<string, Set<string>>>, id: string, { name, version }: Query): void {
  const packages = found.get(id) ?? new Map<string, Set<string>>();
  found.set(id, packages);
  packages.set(name, (packages.get(name) ?? new Set()).add(version));
}

interface BatchResult {
  readonly ids: readonly string[];
  readonly token: string | null;
}

/** One result for each query, or undefined where the answer is of another form. A query without a record has an empty result. */
function readBatch(answer: unknown, count: number): BatchResult[] | undefined {
  if (!isRecord(answer) || !Array.isArray(answer.results) || answer.results.length !== count)
    return undefined;
  const results: BatchResult[] = [];
  for (const result of answer.results) {
    if (result !== null && !isRecord(result)) return undefined;
    const { vulns = [], next_page_token: token } = result ?? {};
    if (!Array.isArray(vulns)) return undefined;
    const ids = vulns.map((each) => (isRecord(each) ? each.id : null));
    if (!ids.every(isRecordId)) return undefined;
    results.push({ ids, token: typeof token === 'string' && token !== '' ? token : null });
  }
  return results;
}

function isRecordId(value: unknown): value is string {
  return typeof value === 'string' && /^[A-Za-z0-9][\w.:-]{0,99}$/.test(value);
}

function parse(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    // Null stands for a record that is not there.
    return value ?? undefined;
  } catch {
    return undefined;
  }
}
