/** Turns what the advisory database, the registry and Node's schedule say today into the embedded facts of src/data, and tells what changed. */
import { readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import semver from 'semver';
import { isSame, mergeAdvisories } from './refresh-data/advisory-changes.ts';
import { askAdvisories } from './refresh-data/advisory-database.ts';
import type { AdvisoryRecord } from './refresh-data/advisory-record.ts';
import { askJson, type Patience, SourceError, usualPatience } from './refresh-data/ask-json.ts';
import { type Changes, describeChanges } from './refresh-data/describe-changes.ts';
import { factsText } from './refresh-data/facts-text.ts';
import { isoDay } from './refresh-data/plain-text.ts';
import { type NodeLine, readExpressVersions, readNodeLines } from './refresh-data/release-facts.ts';

const help = `Usage: npm run refresh-data -- [options]

Brings src/data/advisories.json and src/data/lifecycle.json up to date and prints what changed, in Markdown.

  --check          change nothing
  --github URL     GitHub's REST API (default https://api.github.com); the token is GITHUB_TOKEN, where it is set
  --registry URL   npm registry (default https://registry.npmjs.org)
  --schedule URL   Node's schedule.json
  --data DIRECTORY where the facts are (default src/data)
  --today DATE     the day that is written as that of the facts (default today)
  --pause MS       before a second attempt (default ${usualPatience.pauseMs})

Exit codes: 0 all sources were read, 1 one was not (its facts stay as they were), 2 wrong arguments.
`;

export interface RefreshOptions {
  readonly github: URL;
  readonly token: string | null;
  readonly registry: URL;
  readonly schedule: URL;
  /** ISO day. */
  readonly today: string;
  readonly patience: Patience;
}

export interface Advisories {
  readonly retrieved: string;
  readonly advisories: readonly AdvisoryRecord[];
  /** Advisories of which one has heard, but no record was seen. */
  readonly notFound?: readonly { readonly id: string; readonly package: string }[];
}

export interface Lifecycle {
  /** ISO days. */
  readonly retrieved: { readonly express: string; readonly expressVersions: string; readonly node: string };
  readonly sources: Readonly<Record<string, string>>;
  readonly express: readonly { readonly line: string }[];
  readonly node: readonly NodeLine[];
  readonly expressVersions: readonly string[];
}

export interface Facts {
  readonly advisories: Advisories;
  readonly lifecycle: Lifecycle;
}

/** Asks the three sources. One that fails leaves its facts as they are and is named in `changes.failures`; nothing is written. */
export async function refreshFacts(
  { advisories, lifecycle }: Facts,
  packages: readonly string[],
  options: RefreshOptions,
): Promise<{ readonly facts: Facts; readonly changes: Changes }> {
  const { today } = options;
  const failures: string[] = [];
  const guard = async <T>(source: string, read: () => Promise<T>): Promise<T | null> => {
    try {
      return await read();
    } catch (error) {
      if (!(error instanceof SourceError)) throw error;
      failures.push(`${source}: ${error.message}`);
      return null;
    }
  };
  const database = await guard('Advisories', async () => {
    const answered = await askAdvisories(options.github, options.token, packages, options.patience);
    return mergeAdvisories(advisories.advisories, answered, new Set(packages), today);
  });
  const registry = await guard('Versions of Express', async () => {
    const url = new URL('express', options.registry.href.replace(/\/?$/, '/'));
    // The short form of the document: all that is needed, in a tenth of the bytes.
    const headers = { accept: 'application/vnd.npm.install-v1+json' };
    const { value } = await askJson(url, headers, options.patience);
    return readExpressVersions(value, lifecycle.expressVersions);
  });
  const schedule = await guard('Release lines of Node.js', async () => {
    const { value } = await askJson(options.schedule, { accept: 'application/json' }, options.patience);
    return readNodeLines(value, lifecycle.node);
  });
  const facts: Facts = {
    advisories: database === null ? advisories : withRecords(advisories, database.records, today),
    lifecycle: {
      ...lifecycle,
      retrieved: {
        ...lifecycle.retrieved,
        ...(registry === null ? {} : { expressVersions: today }),
        ...(schedule === null ? {} : { node: today }),
      },
      sources:
        schedule === null
          ? lifecycle.sources
          : { ...lifecycle.sources, node: 'github.com/nodejs/Release schedule.json' },
      node: schedule?.lines ?? lifecycle.node,
      expressVersions: registry?.versions ?? lifecycle.expressVersions,
    },
  };
  const changes: Changes = {
    today,
    advisories: database?.changes ?? null,
    express: registry && { ...compareVersions(lifecycle, registry.versions), refused: registry.refused },
    node: schedule && { ...compareLines(lifecycle.node, schedule.lines), refused: schedule.refused },
    linesChecked: lifecycle.retrieved.express,
    failures,
  };
  return { facts, changes };
}

function withRecords(before: Advisories, records: readonly AdvisoryRecord[], today: string): Advisories {
  const isFound = ({ id, package: name }: { readonly id: string; readonly package: string }) =>
    records.some((record) => record.id === id && record.package === name);
  const { notFound } = before;
  return {
    ...before,
    retrieved: today,
    advisories: records,
    ...(notFound === undefined ? {} : { notFound: notFound.filter((each) => !isFound(each)) }),
  };
}

function compareVersions(
  { expressVersions, express }: Lifecycle,
  versions: readonly string[],
): { added: string[]; removed: string[]; withoutLine: string[] } {
  const [before, after] = [new Set(expressVersions), new Set(versions)];
  const lines = new Set(express.map(({ line }) => Number.parseInt(line, 10)));
  return {
    added: versions.filter((version) => !before.has(version)),
    removed: expressVersions.filter((version) => !after.has(version)),
    withoutLine: versions.filter((version) => !lines.has(semver.major(version))),
  };
}

function compareLines(before: readonly NodeLine[], after: readonly NodeLine[]) {
  const known = new Map(before.map((line) => [line.line, line]));
  return {
    added: after.filter(({ line }) => !known.has(line)),
    changed: after.flatMap((line) => {
      const old = known.get(line.line);
      return old === undefined || isSame(old, line) ? [] : [{ before: old, after: line }];
    }),
  };
}

/** Path within the folder of the data -> text. */
export function factsFiles({ advisories, lifecycle }: Facts): Map<string, string> {
  return new Map([
    ['advisories.json', factsText(advisories)],
    ['lifecycle.json', factsText(lifecycle, ['expressVersions'])],
  ]);
}

async function main(): Promise<void> {
  const root = dirname(dirname(fileURLToPath(import.meta.url)));
  const { values } = parseArgs({
    options: {
      check: { type: 'boolean', default: false },
      github: { type: 'string', default: 'https://api.github.com' },
      registry: { type: 'string', default: 'https://registry.npmjs.org' },
      schedule: {
        type: 'string',
        default: 'https://raw.githubusercontent.com/nodejs/Release/main/schedule.json',
      },
      data: { type: 'string', default: join(root, 'src/data') },
      today: { type: 'string', default: new Date().toISOString().slice(0, 10) },
      pause: { type: 'string', default: String(usualPatience.pauseMs) },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(help);
    return;
  }
  if (isoDay(values.today) !== values.today) throw new TypeError(`--today ${values.today} is no date`);
  if (!/^\d{1,6}$/.test(values.pause)) throw new TypeError(`--pause ${values.pause} is no number`);
  const folder = values.data;
  const read = async (name: string) => JSON.parse(await readFile(join(folder, name), 'utf8'));
  const [advisories, lifecycle, ecosystem]: [Advisories, Lifecycle, { packages: string[] }] =
    await Promise.all([read('advisories.json'), read('lifecycle.json'), read('ecosystem-packages.json')]);
  const { facts, changes } = await refreshFacts({ advisories, lifecycle }, ecosystem.packages, {
    github: new URL(values.github),
    token: process.env.GITHUB_TOKEN || null,
    registry: new URL(values.registry),
    schedule: new URL(values.schedule),
    today: values.today,
    patience: { ...usualPatience, pauseMs: Number(values.pause) },
  });
  if (!values.check) {
    for (const [name, text] of factsFiles(facts)) {
      // Written beside and moved, so that no half file is ever left.
      await writeFile(join(folder, `${name}.new`), text);
      await rename(join(folder, `${name}.new`), join(folder, name));
    }
  }
  process.stdout.write(describeChanges(changes));
  for (const failure of changes.failures) console.error(failure);
  if (changes.failures.length > 0) process.exitCode = 1;
}

if (import.meta.main) {
  await main().catch((error: Error) => {
    console.error(`${error.message}\n\n${help}`);
    process.exitCode = 2;
  });
}
