/** Turns a rule's fixture, one file or a folder that is a small project, into snapshots and what it expects of them. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';
import { collectSnapshot } from '../../src/collect/collect.ts';
import { compareText } from '../../src/model/location.ts';
import { emptyPolicy } from '../../src/model/policy.ts';
import type { Manifest, Project } from '../../src/model/project.ts';
import type { Snapshot, SnapshotFile } from '../../src/model/snapshot.ts';
import { type Expectation, readExpectations, readTable } from './expectations.ts';

export interface Fixture {
  /** The same expectations hold for each of them; by name, such as `Express 4`. */
  readonly snapshots: ReadonlyMap<string, Snapshot>;
  readonly expectations: readonly Expectation[];
}

/** What one file, or a folder without a package.json, is wrapped into. */
const releases: Readonly<Record<string, string>> = { 'Express 4': '4.22.3', 'Express 5': '5.3.0' };

/**
 * Reads a fixture. A folder with a package.json is read as the gate reads a directory, with the embedded advisories for its audit.
 * @throws Error naming file and line where an expectation cannot be read.
 */
export async function readFixture(
  path: string,
  today: string,
  ruleIds: ReadonlySet<string>,
): Promise<Fixture> {
  const isFile = statSync(path).isFile();
  const files = isFile ? new Map([[`app${extname(path)}`, readFileSync(path, 'utf8')]]) : readFolder(path);
  const expectations = [...files].flatMap(([file, text]) =>
    file === 'expect.txt' ? readTable(text, files, ruleIds) : readExpectations(file, text, ruleIds),
  );
  if (!files.has('package.json')) {
    const [entry] = files.keys();
    const wrapped = Object.entries(releases).map(
      ([name, version]) => [name, wrap(files, version, isFile ? entry : undefined)] as const,
    );
    return { snapshots: new Map(wrapped), expectations };
  }
  const request = {
    directory: path,
    policyFile: null,
    scope: null,
    failOn: null,
    audit: 'embedded',
    registry: null,
    omit: [],
    today,
  } as const;
  return {
    snapshots: new Map([['as collected', await collectSnapshot(request, emptyPolicy)]]),
    expectations,
  };
}

/** All files below a folder, by relative path. */
function readFolder(path: string): Map<string, string> {
  const names = readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  return new Map(
    names.map((name) => [relative(path, name).split(sep).join('/'), readFileSync(name, 'utf8')]),
  );
}

/** A snapshot of one project that holds these files and declares the packages that the fixtures use. */
function wrap(files: ReadonlyMap<string, string>, express: string, main: string | undefined): Snapshot {
  const manifest: Manifest = {
    name: 'fixture',
    ...(main === undefined ? {} : { main }),
    dependencies: {
      express: `^${express}`,
      'express-session': '^1.19.0',
      'cookie-session': '^2.1.1',
      helmet: '^8.3.0',
    },
  };
  const all = new Map(files).set('package.json', JSON.stringify(manifest, null, 2));
  const project: Project = {
    directory: '.',
    name: 'fixture',
    manifestFile: 'package.json',
    manifest,
    express: { declared: `^${express}`, declaredIn: 'dependencies', resolved: express, through: null },
    lockfile: null,
    lockfileFile: null,
    workspaceRoot: '.',
  };
  const sorted = [...all].sort(([a], [b]) => compareText(a, b));
  return {
    revision: null,
    files: new Map<string, SnapshotFile>(sorted.map(([path, text]) => [path, { path, text }])),
    projects: [project],
    audits: [],
    checks: [],
  };
}
