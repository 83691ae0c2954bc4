/** Turns the files that were read into projects: what each declares, which lockfile governs it, whether it uses Express. */

import { InputError } from '../model/input-error.ts';
import { compareText } from '../model/location.ts';
import type { Lockfile } from '../model/lockfile.ts';
import type { Manifest, Project } from '../model/project.ts';
import { findExpressUse } from './express-use.ts';
import { lockfileNames } from './file-kinds.ts';
import { inheritExpress } from './inherited-express.ts';
import { quotePath } from './left-out.ts';
import type { LockfileMember } from './lockfile/lockfile-member.ts';
import { isReadableLockfile, readLockfile } from './lockfile/read-lockfile.ts';
import { isMarker, parseManifest } from './manifest.ts';
import type { SourceFiles } from './source-files.ts';
import {
  governingRoot,
  relativeTo,
  type WorkspaceRoot,
  workspacePatterns,
  workspaceRoot,
} from './workspaces.ts';

export interface Projects {
  /** In directory order. */
  readonly projects: readonly Project[];
  /** What could not be read, said of the project in that directory. */
  readonly problems: readonly Problem[];
}

export interface Problem {
  readonly project: string;
  /** A sentence; untrusted text. */
  readonly detail: string;
  /** False where nothing is broken: this version does not know how to read it, or it lies elsewhere. */
  readonly broken: boolean;
}

interface Found {
  readonly directory: string;
  readonly manifestFile: string;
  /** Null where it is broken or could not be read. */
  readonly manifest: Manifest | null;
}

/**
 * Finds every project: each package.json that is not excluded, save those that only mark the module type of their directory.
 * @throws InputError where there is none, or where the only one cannot be read.
 */
export async function findProjects(
  source: SourceFiles,
  isExcluded: (path: string) => boolean = () => false,
): Promise<Projects> {
  const manifestFiles = [...source.present]
    .filter((path) => nameOf(path) === 'package.json')
    .sort(compareText);
  const judged = manifestFiles.filter((path) => !isExcluded(path));
  if (judged.length === 0) throw noProject(manifestFiles.length > 0);

  const problems: Problem[] = [];
  const read = judged.map((manifestFile) =>
    readManifest(manifestFile, source, judged.length === 1, problems),
  );
  const found = read.filter((each) => !isPartOfAnother(each, read));
  const roots = [...manifestRoots(found), ...(await pnpmRoots(source, problems))];
  const governed = found.map((each) => govern(each, roots, source.present));
  const lockfiles = await readLockfiles(governed, source, problems);

  const projects = governed.map(({ found, lockfileFile, governing }): Project => {
    const { directory, manifestFile, manifest } = found;
    const read = lockfileFile === null ? undefined : lockfiles.get(lockfileFile);
    const lockfile = read?.lockfile ?? null;
    return {
      directory,
      name: manifest?.name ?? null,
      manifestFile,
      manifest: manifest ?? {},
      express: manifest && findExpressUse(manifest, lockfile, relativeTo(directory, governing) ?? ''),
      lockfile,
      lockfileFile,
      lockfileProblem: read?.problem ?? null,
      workspaceRoot: governing,
    };
  });
  projects.sort((a, b) => compareText(a.directory, b.directory));
  return { projects: inheritExpress(projects, source.files), problems };
}

interface Governed {
  readonly found: Found;
  readonly lockfileFile: string | null;
  /** The directory of the workspace root whose lockfile governs it; its own otherwise. */
  readonly governing: string;
}

function govern(found: Found, roots: readonly WorkspaceRoot[], present: ReadonlySet<string>): Governed {
  const { directory } = found;
  const own = findLockfile(directory, present);
  const root = governingRoot(directory, roots)?.directory ?? directory;
  const shared = root === directory ? null : findLockfile(root, present);
  return {
    found,
    lockfileFile: shared ?? own,
    governing: shared === null && own !== null ? directory : root,
  };
}

function noProject(excluded: boolean): InputError {
  return new InputError(
    excluded
      ? 'every package.json is excluded by the policy: nothing to judge; take the application out of `exclude`'
      : 'no package.json in the scanned directory or below it: nothing to judge; set `working-directory` (on the command line: name the directory) to where the application is',
  );
}

function readManifest(
  manifestFile: string,
  source: SourceFiles,
  isOnly: boolean,
  problems: Problem[],
): Found {
  const directory = directoryOf(manifestFile);
  const file = source.files.get(manifestFile);
  try {
    if (file === undefined) throw unreadManifest(manifestFile, source);
    return { directory, manifestFile, manifest: parseManifest(file.text, manifestFile) };
  } catch (error) {
    if (!(error instanceof InputError) || isOnly) throw error;
    problems.push({
      project: directory,
      detail: `${describe(error)}; what this project declares is not known.`,
      broken: true,
    });
    return { directory, manifestFile, manifest: null };
  }
}

function unreadManifest(file: string, source: SourceFiles): InputError {
  const reason = source.leftOut.find(({ path }) => path === file);
  const why = reason?.code ?? reason?.reason.replace('-', ' ') ?? 'gone';
  return new InputError(`this package.json could not be read (${why})`, { file });
}

/** `file:line:column: message`, the file's name as a sentence can hold it. */
function describe(error: InputError): string {
  const place = [error.file === null ? null : quotePath(error.file), error.line, error.column];
  return `${place.filter((part) => part !== null).join(':')}: ${error.message}`;
}

/** A marker belongs to the project around it: taken for a project, it would cut that one's sources in two. */
function isPartOfAnother({ directory, manifest }: Found, all: readonly Found[]): boolean {
  if (manifest === null || !isMarker(manifest)) return false;
  return all.some(
    (other) =>
      relativeTo(directory, other.directory) !== null &&
      (other.manifest === null || !isMarker(other.manifest)),
  );
}

function manifestRoots(found: readonly Found[]): WorkspaceRoot[] {
  return found.flatMap(({ directory, manifest }) => {
    const patterns = manifest === null ? [] : workspacePatterns(manifest);
    return patterns.length === 0 ? [] : [workspaceRoot(directory, patterns)];
  });
}

async function pnpmRoots(source: SourceFiles, problems: Problem[]): Promise<WorkspaceRoot[]> {
  const files = [...source.files.values()].filter(({ path }) => nameOf(path) === 'pnpm-workspace.yaml');
  if (files.length === 0) return [];
  const { parse } = await import('yaml');
  return files.flatMap(({ path, text }) => {
    const directory = directoryOf(path);
    try {
      // Warnings of the parser would land on standard error.
      const value: unknown = parse(text, { logLevel: 'error' });
      const packages =
        typeof value === 'object' && value !== null && 'packages' in value ? value.packages : [];
      const patterns = Array.isArray(packages) ? packages.filter((each) => typeof each === 'string') : [];
      return [workspaceRoot(directory, patterns, 'negated-wins')];
    } catch {
      problems.push({
        project: directory,
        detail: `${quotePath(path)} is not valid YAML: which projects share a lockfile is not known.`,
        broken: true,
      });
      return [];
    }
  });
}

/** The path of the lockfile in a directory, or null. */
function findLockfile(directory: string, present: ReadonlySet<string>): string | null {
  const paths = lockfileNames.map((name) => joinPath(directory, name));
  return paths.find((path) => present.has(path)) ?? null;
}

interface LockfileReading {
  readonly lockfile: Lockfile | null;
  /** Why there is none, as a clause. */
  readonly problem: string | null;
}

/** Reads each lockfile once, however many projects it governs. */
async function readLockfiles(
  governed: readonly Governed[],
  source: SourceFiles,
  problems: Problem[],
): Promise<Map<string, LockfileReading>> {
  const members = new Map<string, LockfileMember[]>();
  for (const { found, lockfileFile, governing } of governed) {
    if (lockfileFile === null) continue;
    const location = relativeTo(found.directory, governing) ?? '';
    const member = { location, manifest: found.manifest ?? {} };
    const known = members.get(lockfileFile);
    if (known === undefined) members.set(lockfileFile, [member]);
    else known.push(member);
  }
  const readings = new Map<string, LockfileReading>();
  for (const [path, below] of members) {
    const file = source.files.get(path);
    // That it could not be read is said among the files left out. One that is not text is of a kind that is not read.
    if (file === undefined && isReadableLockfile(path)) {
      readings.set(path, { lockfile: null, problem: `${path} could not be read` });
      continue;
    }
    try {
      const beside = (name: string) => source.files.get(joinPath(directoryOf(path), name))?.text ?? null;
      readings.set(path, {
        lockfile: await readLockfile(path, file?.text ?? '', below, beside),
        problem: null,
      });
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      readings.set(path, { lockfile: null, problem: error.describe() });
      problems.push({
        project: directoryOf(path),
        detail: `${describe(error)}; which versions are installed is not known.`,
        broken: isReadableLockfile(path),
      });
    }
  }
  return readings;
}

function joinPath(directory: string, name: string): string {
  return directory === '.' ? name : `${directory}/${name}`;
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function directoryOf(path: string): string {
  return path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '.';
}
