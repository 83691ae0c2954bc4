/** Runs `scripts/refresh-data.ts` as a process on a copy of the embedded facts, against services on 127.0.0.1. */
import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Advisories, Lifecycle } from '../scripts/refresh-data.ts';
import { type GithubAdvisory, githubAdvisory, githubVulnerability } from './stand-ins/github-advisories.ts';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Later than any day on which the facts here may have been read. */
export const today = '2090-02-03';

/** A copy of src/data that vanishes with the test. */
export class FactsCopy {
  readonly folder: string;

  constructor(test: TestContext) {
    this.folder = mkdtempSync(join(tmpdir(), 'refresh-data-'));
    test.after(() => rmSync(this.folder, { recursive: true }));
    for (const name of ['advisories.json', 'lifecycle.json', 'ecosystem-packages.json'])
      cpSync(join(root, 'src/data', name), join(this.folder, name));
  }

  text(name: string): string {
    return readFileSync(join(this.folder, name), 'utf8');
  }

  write(name: string, facts: unknown): void {
    writeFileSync(join(this.folder, name), JSON.stringify(facts));
  }

  get advisories(): Advisories {
    return JSON.parse(this.text('advisories.json'));
  }

  get lifecycle(): Lifecycle {
    return JSON.parse(this.text('lifecycle.json'));
  }

  /** What the GitHub API would answer if it knew just what is known here. */
  asGithub(): GithubAdvisory[] {
    const { advisories } = this.advisories;
    const ids = new Set(advisories.map(({ id }) => id));
    return [...ids].map((id) => githubAdvisoryOf(advisories.filter((record) => record.id === id)));
  }

  /** The registry's packages, as the stand-in takes them. */
  asPackages(more: readonly string[] = []): { express: Record<string, Record<string, never>> } {
    const versions = [...this.lifecycle.expressVersions, ...more];
    return { express: Object.fromEntries(versions.map((version) => [version, {}])) };
  }

  /** Node's schedule, as nodejs/Release writes it. */
  asSchedule(): Record<string, Record<string, string>> {
    return Object.fromEntries(
      this.lifecycle.node.map(({ line, ...dates }) => [
        `v${line}`,
        Object.fromEntries(
          Object.entries(dates).filter((entry): entry is [string, string] => entry[1] !== null),
        ),
      ]),
    );
  }

  files(): string[] {
    return readdirSync(this.folder).sort();
  }
}

function githubAdvisoryOf(records: Advisories['advisories']): GithubAdvisory {
  const { id, aliases, severity, cvss, score, cwe, published, withdrawn } = records[0]!;
  const isThird = cvss?.startsWith('CVSS:3') ?? false;
  const vector = (is: boolean) =>
    cvss !== null && is ? { vector_string: cvss, score } : { vector_string: null, score: 0 };
  return githubAdvisory(id, {
    cve_id: aliases[0] ?? null,
    severity: severity === 'moderate' ? 'medium' : severity,
    cvss: vector(isThird),
    cvss_severities: { cvss_v3: vector(isThird), cvss_v4: vector(!isThird) },
    cwes: cwe.map((number) => ({ cwe_id: `CWE-${number}`, name: 'A weakness' })),
    published_at: `${published}T09:30:00Z`,
    withdrawn_at: withdrawn === null ? null : `${withdrawn}T09:30:00Z`,
    vulnerabilities: records.flatMap((record) => {
      const ranges = record.vulnerable.split(' || ');
      const fixes = record.patched;
      return ranges.map((range, index) =>
        githubVulnerability(
          record.package,
          range.replace(/ /g, ', ').replace(/(>=|<=|<|>)/g, '$1 '),
          fixes[index] ?? null,
        ),
      );
    }),
  });
}

export interface Run {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs it; without a pause before a second attempt. */
export function refresh(
  folder: string,
  services: { readonly github: string; readonly registry: string; readonly schedule: string },
  options: { readonly args?: readonly string[]; readonly token?: string; readonly day?: string } = {},
): Promise<Run> {
  const args = [
    ...['--data', folder, '--today', options.day ?? today, '--pause', '0'],
    ...Object.entries(services).flatMap(([name, url]) => [`--${name}`, url]),
    ...(options.args ?? []),
  ];
  const env = { ...process.env, GITHUB_TOKEN: options.token ?? '' };
  return new Promise((done) => {
    execFile(
      process.execPath,
      [join(root, 'scripts/refresh-data.ts'), ...args],
      { env, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
      (error, stdout, stderr) => done({ code: error === null ? 0 : Number(error.code), stdout, stderr }),
    );
  });
}

export type Reply = (response: ServerResponse, path: string) => void;

/** A server that answers as the test says and remembers what was asked. */
export async function serve(
  test: TestContext,
  reply: Reply,
): Promise<{ readonly url: string; readonly asked: string[] }> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    reply(response, request.url ?? '');
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  test.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, asked };
}

export function json(value: unknown): Reply {
  return (response) =>
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(value));
}
