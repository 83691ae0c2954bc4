/** The stage's entry: turns the scanned directory, and the base that it is compared with, into snapshots: everything that detection may know. */
import { accessSync, constants, realpathSync, statSync } from 'node:fs';
import type { Check } from '../model/check.ts';
import { dependenciesDiffer } from '../model/dependency-state.ts';
import { InputError } from '../model/input-error.ts';
import { compareText } from '../model/location.ts';
import { pathListMatcher } from '../model/path-glob.ts';
import type { Policy } from '../model/policy.ts';
import type { Project } from '../model/project.ts';
import type { Request } from '../model/request.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { type Base, submodulesOf } from './base.ts';
import { describeLeftOut, hiddenByChange, isFault, isLimit, type LeftOut, quotePath } from './left-out.ts';
import { collectAudits } from './npm-audit.ts';
import { findOuterWorkspace } from './outer-workspace.ts';
import { findProjects, type Problem, type Projects } from './projects.ts';
import { addressesAt } from './registry-addresses.ts';
import { readRevisionFiles } from './revision-files.ts';
import { readSnykReport } from './snyk-report.ts';
import { readSourceFiles, type SourceFiles } from './source-files.ts';
import { codeOf } from './walked-files.ts';

export interface Snapshots {
  readonly head: Snapshot;
  /** Null where there is nothing to compare with, or it could not be had: the head's check `base` says which. */
  readonly base: Snapshot | null;
}

/**
 * Reads the directory as it stands, and the base, and asks the audits. Nothing of the repository is run.
 * @throws InputError where the directory cannot be read or holds nothing to judge.
 */
export async function collectSnapshots(request: Request, policy: Policy, found: Base): Promise<Snapshots> {
  const started = performance.now();
  const directory = openDirectory(request.directory);
  const snyk =
    request.snykFile === undefined ? {} : { snyk: readSnykReport(request.snykFile, request.directory) };
  const isExcluded = pathListMatcher(policy.exclude);
  const source = await readSourceFiles(directory, isExcluded);
  const { projects, problems } = await findProjects(source, isExcluded);
  const checks = filesChecks(
    source,
    [...problems, ...outerWorkspaceProblems(directory, projects)],
    Math.round(performance.now() - started),
  );
  const before = await readBase(found, directory, source, isExcluded);
  const head = { revision: null, files: source.files, projects };
  const { read } = before;
  const hidden = read === null ? [] : hiddenByChange(source.leftOut, { ...read, leftOut: before.leftOut });
  // The registry is asked about the base only where that has other dependencies: what came out since then is nobody's doing.
  const ofItsOwn = (read?.projects ?? []).filter(
    ({ workspaceRoot }) =>
      !projects.some((project) => project.workspaceRoot === workspaceRoot) ||
      dependenciesDiffer(workspaceRoot, head, read!),
  );
  const addresses = (root: string) => addressesAt(trustedFiles(request, head, read), root);
  const [audits, asked] = await Promise.all([
    collectAudits(request, projects, {}, addresses),
    collectAudits(request, ofItsOwn, {}, addresses),
  ]);
  const own = new Set(ofItsOwn.map(({ workspaceRoot }) => workspaceRoot));
  const shared = audits.filter(
    ({ workspaceRoot }) =>
      !own.has(workspaceRoot) && read?.projects.some((project) => project.workspaceRoot === workspaceRoot),
  );
  return {
    head: {
      ...head,
      ...snyk,
      audits,
      checks: [...nameHidden(checks, hidden), ...(before.check === null ? [] : [before.check])],
    },
    base: read && {
      ...read,
      // Without a lockfile its paths are all that is known of a tree, and they are the head's.
      ...(ofItsOwn.some(({ lockfile }) => lockfile === null) ? {} : snyk),
      audits: [...shared, ...asked].sort((a, b) => compareText(a.workspaceRoot, b.workspaceRoot)),
    },
  };
}

/** Whose word counts for where the registries are: the base's where there is one to be trusted, which a pull request cannot bend. */
function trustedFiles(
  { base, policyFrom }: Request,
  head: Pick<Snapshot, 'files'>,
  read: Pick<Snapshot, 'files'> | null,
): Snapshot['files'] {
  if (policyFrom !== 'base' && base?.kind !== 'revision') return head.files;
  return read?.files ?? new Map();
}

/** Reads the directory alone. @throws InputError as `collectSnapshots` does. */
export async function collectSnapshot(request: Request, policy: Policy): Promise<Snapshot> {
  return (await collectSnapshots(request, policy, { kind: 'none', detail: null })).head;
}

/** Says in the check of the files what the change has hidden. */
function nameHidden(checks: readonly Check[], hidden: readonly LeftOut[]): readonly Check[] {
  if (hidden.length === 0) return checks;
  const paths = hidden.map(({ path }) => quotePath(path)).sort(compareText);
  const named = `${paths.slice(0, 5).join(', ')}${paths.length > 5 ? ` and ${paths.length - 5} more` : ''}`;
  return checks.map((check) =>
    check.name === 'files' && check.project === '.'
      ? {
          ...check,
          state: 'degraded',
          detail: `${check.detail} This change brings what cannot be read: ${named}.`,
          cause: 'hidden',
        }
      : check,
  );
}

interface BaseReading {
  readonly leftOut: readonly LeftOut[];
  readonly read: Omit<Snapshot, 'audits'> | null;
  readonly check: Check | null;
}

/** Reads the files of the base. What keeps it from being read is said, and changes nothing else. */
async function readBase(
  found: Base,
  directory: string,
  head: SourceFiles,
  isExcluded: (path: string) => boolean,
): Promise<BaseReading> {
  const started = performance.now();
  const check = (state: Check['state'], detail: string, cause?: Check['cause']): Check => ({
    name: 'base',
    project: '.',
    state,
    detail,
    ms: Math.round(performance.now() - started),
    ...(cause === undefined ? {} : { cause }),
  });
  switch (found.kind) {
    case 'none':
      return {
        read: null,
        leftOut: [],
        check: found.detail === null ? null : check('skipped', found.detail),
      };
    case 'missing':
      return { read: null, leftOut: [], check: check('degraded', found.detail) };
    case 'stale':
      return { read: null, leftOut: [], check: check('failed', found.detail, 'stale') };
  }
  const { revision, detail } = found;
  try {
    const source = await readRevisionFiles(revision, isExcluded, head, () => submodulesOf(directory));
    const { projects, problems } = await projectsOfBase(source, isExcluded);
    const read = {
      revision: revision.commit,
      files: source.files,
      projects,
      checks: filesChecks(source, problems, 0),
    };
    return { read, leftOut: source.leftOut, check: check('ok', detail) };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return {
      read: null,
      leftOut: [],
      check: check(
        'degraded',
        `The files of the base could not be read (${reason}), so every finding counts as new.`,
      ),
    };
  }
}

/** A base without any project, or with a broken one, is a base all the same: there everything is new. */
async function projectsOfBase(source: SourceFiles, isExcluded: (path: string) => boolean): Promise<Projects> {
  try {
    return await findProjects(source, isExcluded);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { projects: [], problems: [] };
  }
}

function openDirectory(directory: string): string {
  try {
    if (!statSync(directory).isDirectory()) {
      throw new InputError('this is no directory: name the directory of the application', {
        file: directory,
      });
    }
    accessSync(directory, constants.R_OK | constants.X_OK);
    return realpathSync.native(directory);
  } catch (error) {
    if (error instanceof InputError) throw error;
    const code = codeOf(error);
    throw new InputError(
      code === 'ENOENT'
        ? 'there is no such directory'
        : `this directory cannot be read (${code}): give the gate the right to read it`,
      { file: directory },
    );
  }
}

/** A workspace that is scanned without its root has no lockfile here, and the root has. */
function outerWorkspaceProblems(directory: string, projects: readonly Project[]): Problem[] {
  const project = projects.find((each) => each.directory === '.');
  if (project === undefined || project.lockfileFile !== null) return [];
  const root = findOuterWorkspace(directory);
  if (root === null) return [];
  return [
    {
      project: '.',
      detail: `This directory is a workspace of ${root}, which holds the lockfile; as that lies outside of the scanned directory, which versions are installed is not known: set \`working-directory\` to the workspace root.`,
      broken: false,
    },
  ];
}

/** One `files` check for the whole directory, and one for each project further down of which there is something to say. */
function filesChecks(source: SourceFiles, problems: readonly Problem[], ms: number): Check[] {
  const count = source.files.size;
  const sentences = new Map<string, string[]>([
    [
      '.',
      [
        `${count} ${count === 1 ? 'file' : 'files'} read.`,
        ...source.notes,
        ...describeLeftOut(source.leftOut),
      ],
    ],
  ]);
  for (const { project, detail } of problems) {
    sentences.set(project, [...(sentences.get(project) ?? []), detail]);
  }
  return [...sentences]
    .sort(([a], [b]) => compareText(a, b))
    .map(([project, details]) => {
      const isWhole = project === '.';
      const losses = isWhole ? source.leftOut.filter(({ matters }) => matters) : [];
      const own = problems.filter((problem) => problem.project === project);
      const cause =
        own.some(({ broken }) => broken) || losses.some(({ reason }) => isFault(reason))
          ? 'unreadable'
          : losses.some(({ reason }) => isLimit(reason))
            ? 'limit'
            : undefined;
      return {
        name: 'files',
        project,
        state: own.length > 0 || losses.length > 0 || (isWhole && isUnlisted(source)) ? 'degraded' : 'ok',
        detail: details.join(' '),
        ms: isWhole ? ms : 0,
        ...(cause === undefined ? {} : { cause }),
      };
    });
}

/** Where git is there and cannot list a repository, what it tracks may be hidden by a .gitignore that the walk honours. */
function isUnlisted({ notes }: SourceFiles): boolean {
  return notes.some(
    (note) => note.startsWith('git could not list') && !note.includes('git is not installed'),
  );
}
