/** The stage's entry: turns the scanned directory into a snapshot, everything that detection may know of it. */
import { accessSync, constants, realpathSync, statSync } from 'node:fs';
import type { Check } from '../model/check.ts';
import { InputError } from '../model/input-error.ts';
import { compareText } from '../model/location.ts';
import { pathListMatcher } from '../model/path-glob.ts';
import type { Policy } from '../model/policy.ts';
import type { Project } from '../model/project.ts';
import type { Request } from '../model/request.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { describeLeftOut, isFault, isLimit } from './left-out.ts';
import { collectAudits } from './npm-audit.ts';
import { findOuterWorkspace } from './outer-workspace.ts';
import { findProjects, type Problem } from './projects.ts';
import { readSourceFiles, type SourceFiles } from './source-files.ts';
import { codeOf } from './walked-files.ts';

/**
 * Reads the directory as it stands and asks the audits. Nothing of the repository is run.
 * @throws InputError where the directory cannot be read or holds nothing to judge.
 */
export async function collectSnapshot(request: Request, policy: Policy): Promise<Snapshot> {
  const started = performance.now();
  const directory = openDirectory(request.directory);
  const isExcluded = pathListMatcher(policy.exclude);
  const source = await readSourceFiles(directory, isExcluded);
  const { projects, problems } = await findProjects(source, isExcluded);
  const checks = filesChecks(
    source,
    [...problems, ...outerWorkspaceProblems(directory, projects)],
    Math.round(performance.now() - started),
  );
  const audits = await collectAudits(request, projects);
  return { revision: null, files: source.files, projects, audits, checks };
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
        state: own.length > 0 || losses.length > 0 ? 'degraded' : 'ok',
        detail: details.join(' '),
        ms: isWhole ? ms : 0,
        ...(cause === undefined ? {} : { cause }),
      };
    });
}
