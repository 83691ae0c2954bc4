/** Makes projects with lockfiles that the real npm writes from a stand-in registry, and audits them. */
import { execFile } from 'node:child_process';
import { rmSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { AuditTiming } from '../../src/collect/audit-attempts.ts';
import { readNpmLockfile } from '../../src/collect/lockfile/npm-lockfile.ts';
import { type AuditSurroundings, collectAudits } from '../../src/collect/npm-audit.ts';
import { trustedPath } from '../../src/collect/npm-audit-environment.ts';
import type { Audit } from '../../src/model/audit.ts';
import type { Manifest, Project } from '../../src/model/project.ts';
import type { Request } from '../../src/model/request.ts';
import type { SnapshotFile } from '../../src/model/snapshot.ts';
import type { StandInAdvisory, StandInPackages } from '../stand-ins/registry.ts';

/** A small world: express 4.17.1 brings qs 6.7.0 twice, at its own range and at body-parser's. */
export const packages: StandInPackages = {
  express: {
    '4.17.1': { dependencies: { 'body-parser': '1.19.0', qs: '6.7.0', debug: '2.6.9' } },
    '4.21.2': { dependencies: { 'body-parser': '1.20.3', qs: '6.13.0', debug: '2.6.9' } },
    '5.1.0': { dependencies: { 'body-parser': '^1.20.3', qs: '^6.13.0', debug: '^2.6.9' } },
  },
  'body-parser': {
    '1.19.0': { dependencies: { qs: '6.7.0', debug: '2.6.9' } },
    '1.20.3': { dependencies: { qs: '6.13.0', debug: '2.6.9' } },
  },
  qs: { '6.5.2': {}, '6.5.3': {}, '6.7.0': {}, '6.13.0': {} },
  debug: { '2.6.9': { dependencies: { ms: '2.0.0' } } },
  ms: { '2.0.0': {} },
  mkdirp: { '0.5.1': { dependencies: { minimist: '^1.2.0' } } },
  minimist: { '1.2.0': {}, '1.2.8': {} },
  fsevents: { '1.0.0': {} },
};

export const advisories: readonly StandInAdvisory[] = [
  {
    id: 1096470,
    package: 'qs',
    url: 'https://github.com/advisories/GHSA-hrpp-h998-j3pp',
    title: 'qs vulnerable to Prototype Pollution',
    severity: 'high',
    vulnerable_versions: '<6.5.3 || >=6.7.0 <6.7.3',
    cwe: ['CWE-1321'],
    cvss: { score: 7.5, vectorString: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H' },
  },
  {
    id: 1097678,
    package: 'minimist',
    url: 'https://github.com/advisories/GHSA-xvch-5gv4-984h',
    title: 'Prototype Pollution in minimist',
    severity: 'critical',
    vulnerable_versions: '<1.2.6',
    cwe: ['CWE-1321'],
    cvss: { score: 9.8, vectorString: null },
  },
];

export const manifest: Manifest = {
  name: 'shop',
  version: '1.0.0',
  dependencies: { express: '4.17.1' },
  devDependencies: { mkdirp: '0.5.1', minimist: '1.2.0' },
};

/** Waits are too short to be felt. */
export const quickly: AuditTiming = {
  attempts: 3,
  attemptMs: 30_000,
  requestMs: 20_000,
  pauseMs: 5,
  longestPauseMs: 2_000,
  totalMs: 60_000,
};

const folders: string[] = [];
process.on('exit', () => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** A new folder, which is removed when the process ends. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'express-gate-test-'));
  folders.push(folder);
  return folder;
}

/** The machine's environment without anything that npm or the test runner put there, and with an empty npm configuration. */
export function plainEnvironment(folder: string): Record<string, string> {
  const kept = Object.entries(process.env).filter(([name]) => !/^npm_|^NODE_|PROXY$/i.test(name));
  const environment = Object.fromEntries(kept) as Record<string, string>;
  return {
    ...environment,
    PATH: trustedPath(environment.PATH ?? '', folder).join(process.platform === 'win32' ? ';' : ':'),
    HOME: folder,
    NPM_CONFIG_USERCONFIG: join(folder, 'user-npmrc'),
    NPM_CONFIG_GLOBALCONFIG: join(folder, 'global-npmrc'),
  };
}

/** The lockfile that npm writes for these manifests (by directory, `.` first), of a version of the format. */
export async function lockfileOf(
  registry: string,
  manifests: Readonly<Record<string, Manifest>>,
  version: 1 | 2 | 3 = 3,
): Promise<string> {
  const folder = await temporaryFolder();
  try {
    for (const [directory, each] of Object.entries(manifests)) {
      await mkdir(join(folder, 'p', directory), { recursive: true });
      await writeFile(join(folder, 'p', directory, 'package.json'), JSON.stringify(each));
    }
    const flags = ['--package-lock-only', '--ignore-scripts', '--no-audit', `--lockfile-version=${version}`];
    await promisify(execFile)(
      'npm',
      ['install', ...flags, `--registry=${registry}`, `--cache=${folder}/cache`],
      {
        cwd: join(folder, 'p'),
        env: plainEnvironment(folder),
        shell: process.platform === 'win32',
      },
    );
    return await readFile(join(folder, 'p', 'package-lock.json'), 'utf8');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

export function request(directory: string, changes: Partial<Request> = {}): Request {
  return {
    directory,
    policyFile: null,
    scope: null,
    failOn: null,
    audit: 'npm',
    registry: null,
    omit: [],
    today: '2026-11-24',
    ...changes,
  };
}

/** Projects under one lockfile, by directory. */
export function projectsOf(
  manifests: Readonly<Record<string, Manifest>>,
  lockfileFile: string,
  lockfileText: string,
): { projects: Project[]; files: Map<string, SnapshotFile> } {
  const root = dirname(lockfileFile);
  const lockfile = readNpmLockfile(lockfileFile, lockfileText);
  const files = new Map([[lockfileFile, { path: lockfileFile, text: lockfileText }]]);
  const projects = Object.entries(manifests).map(([directory, each]): Project => {
    const manifestFile = directory === '.' ? 'package.json' : `${directory}/package.json`;
    files.set(manifestFile, { path: manifestFile, text: JSON.stringify(each, null, 2) });
    return {
      directory,
      name: each.name ?? null,
      manifestFile,
      manifest: each,
      express: null,
      lockfile,
      lockfileFile,
      workspaceRoot: root,
    };
  });
  return { projects, files };
}

/** Audits one project in a folder of its own, which holds what `repository` says besides. */
export async function auditOf(
  registry: string | null,
  lockfileText: string,
  options: {
    readonly manifests?: Readonly<Record<string, Manifest>>;
    readonly request?: Partial<Request>;
    readonly timing?: Partial<AuditTiming>;
    /** Changes of the environment; the folder of the repository is handed in. */
    readonly environment?: (folder: string) => Record<string, string | undefined>;
    /** Files of the repository by path. */
    readonly repository?: Readonly<Record<string, string>>;
  } = {},
): Promise<Audit> {
  const folder = await temporaryFolder();
  try {
    const { projects, files } = projectsOf(
      options.manifests ?? { '.': manifest },
      'package-lock.json',
      lockfileText,
    );
    for (const [path, text] of [
      ...[...files.values()].map((file) => [file.path, file.text] as const),
      ...Object.entries(options.repository ?? {}),
    ]) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), text, { mode: 0o755 });
    }
    const surroundings: AuditSurroundings = {
      environment: { ...plainEnvironment(folder), ...options.environment?.(folder) },
      timing: { ...quickly, ...options.timing },
    };
    const asked = request(folder, { registry, ...options.request });
    const [audit] = await collectAudits(asked, projects, surroundings);
    return audit!;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
