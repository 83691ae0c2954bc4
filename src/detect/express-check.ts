/** Says in words how far the look at a project's Express version went. */
import { expressFactsRetrieved } from '../data/express-releases.ts';
import { describeAge } from '../data/facts-age.ts';
import type { Check } from '../model/check.ts';
import type { Project } from '../model/project.ts';
import type { DeclaredExpress, ExpressFacts } from './express-facts.ts';
import { isReadableLockfile } from './lockfile-kinds.ts';

/** The check of a repository in which no project uses Express. */
export const checkWithoutExpress: Check = {
  name: 'express-version',
  project: '.',
  state: 'skipped',
  detail: 'No project here uses Express, so there is no Express version to judge.',
  ms: 0,
};

/** The check of a project for which `express` is a package of its workspace, or another one of the registry: no facts about Express hold for it. */
export function checkOfOwnPackage({ directory }: Project, text: string): Check {
  const shown = text.length > 80 ? `${text.slice(0, 80)}…` : text;
  return {
    name: 'express-version',
    project: directory,
    state: 'skipped',
    detail: `Express, declared as "${shown}", is not the published package, so its version is not judged.`,
    ms: 0,
  };
}

/** `ok` where a lockfile, or without one the declared range, told what runs; `degraded` where less did; `failed` where nothing could. */
export function describeCheck(facts: ExpressFacts): Check {
  const oldFacts = describeAge('facts about Express', expressFactsRetrieved, facts.today);
  return {
    name: 'express-version',
    project: facts.project.directory,
    ms: 0,
    ...answerOf(facts),
    ...(oldFacts === null ? {} : { oldFacts }),
  };
}

function answerOf(facts: ExpressFacts): Pick<Check, 'state' | 'detail' | 'cause'> {
  const { project, declared, use, lock, resolved } = facts;
  const file = project.lockfileFile ?? 'the lockfile';
  const declares =
    declared === null
      ? `through ${use.through ?? 'a framework'}`
      : `declared as "${declared.text}"${placeIn(declared)}`;
  if (lock === 'read') {
    const found = `Express ${resolved} by ${file}, ${declares}.`;
    return facts.lines.length > 0
      ? { state: 'ok', detail: found }
      : {
          state: 'degraded',
          detail: `${found} The facts in this version of express-gate (of ${expressFactsRetrieved}) do not know its line: update express-gate.`,
        };
  }
  const isKnown = facts.lines.length > 0;
  const judged = isKnown
    ? `the declared range "${declared?.text}" was judged instead (${newest(facts)})`
    : `the version of Express, ${declares}, is not known${declared?.problem == null ? '' : `: ${declared.problem}`}`;
  switch (lock) {
    case 'missing':
      return { state: isKnown ? 'ok' : 'degraded', detail: `There is no lockfile, so ${judged}.` };
    case 'absent':
      // A package manager may leave out what is only a peer dependency.
      return facts.role === 'peer'
        ? {
            state: isKnown ? 'ok' : 'degraded',
            detail: `${file} holds no Express, a peer dependency here, so ${judged}.`,
          }
        : {
            state: 'degraded',
            detail: `${file} holds no Express although package.json asks for it, so ${judged}. Run the package manager's install and commit the lockfile.`,
          };
    case 'unread':
      return project.lockfile === null
        ? {
            state: isKnown ? 'degraded' : 'failed',
            detail: `${unreadReason(file)}, so ${judged}.`,
            cause: 'unreadable',
          }
        : { state: 'degraded', detail: `${file} gives no version number for Express, so ${judged}.` };
  }
}

function placeIn({ standsIn }: DeclaredExpress): string {
  if (standsIn === null) return '';
  return standsIn.keys === null ? ` in ${standsIn.file}` : ` by ${standsIn.keys} in ${standsIn.file}`;
}

function newest({ version }: ExpressFacts): string {
  return version === null
    ? 'it admits no version known to express-gate'
    : `the newest it admits is ${version}`;
}

function unreadReason(file: string): string {
  return isReadableLockfile(file)
    ? `${file} cannot be read`
    : `${file} is of a kind that this version of express-gate does not read (\`bun install --save-text-lockfile\` writes one that it does)`;
}
