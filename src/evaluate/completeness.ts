/** Says why the gate could not judge, one sentence for each check that it needed and did not have. */
import type { Check, CheckName } from '../model/check.ts';
import { declaredDependencies, dependenciesDiffer, projectsUnder } from '../model/dependency-state.ts';
import type { Policy } from '../model/policy.ts';
import type { Snapshot } from '../model/snapshot.ts';

/**
 * A required check must be `ok`, unless there is nothing to look at. An audit that could not be made (or read) also counts where the
 * dependencies changed against the base: then nobody knows what the change brings. A registry without an audit endpoint is not an outage.
 */
export function incompleteReasons(
  policy: Policy,
  checks: readonly Check[],
  head: Snapshot,
  base: Snapshot | null,
): string[] {
  const required = [...new Set(policy.require)];
  const missing = required
    .filter((name) => !checks.some((check) => check.name === name))
    .map(
      (name) =>
        `The policy requires the check ${name}, and it did not run: ${remedy({ state: 'skipped' }, orDropRequirement(name))}.`,
    );
  const unmet = checks.flatMap((check) => {
    if (check.state === 'ok') return [];
    if (check.cause === 'stale') return [check.detail];
    if (check.cause === 'hidden')
      return [
        'This change brings code that the gate cannot read (see the check files): repair it, or have it under `exclude` in the policy of the base.',
      ];
    if (required.includes(check.name) && !hasNothingToSee(check, head)) {
      return [
        `The policy requires the check ${check.name}, and ${state(check)}${inProject(check)}: ${remedy(check, orDropRequirement(check.name))}.`,
      ];
    }
    const isOpen = isUnanswered(check) || (base !== null && losesLockfile(check, head, base));
    if (base !== null && isOpen && dependenciesDiffer(check.project, head, base)) {
      return [
        `The dependencies changed against the base, and ${check.name} ${cause(check)}${inProject(check)}: ${remedy(check)}.`,
      ];
    }
    return [];
  });
  return [...new Set([...missing, ...unmet])];
}

function isUnanswered(check: Check): boolean {
  return check.name === 'npm-audit' && check.cause !== undefined && check.cause !== 'no-endpoint';
}

/** The base's lockfile could be read, and the head has none that can: whoever removes it must not escape the audit by that. */
function losesLockfile(check: Check, head: Snapshot, base: Snapshot): boolean {
  const isReadable = (snapshot: Snapshot) =>
    projectsUnder(check.project, snapshot).some(({ lockfile }) => lockfile !== null);
  return check.name === 'npm-audit' && check.state !== 'skipped' && isReadable(base) && !isReadable(head);
}

function state(check: Check): string {
  return check.state === 'skipped' ? 'it was skipped' : `it ${cause(check)}`;
}

function cause(check: Check): string {
  switch (check.cause) {
    case 'outage':
      return 'could not ask the registry';
    case 'no-endpoint':
      return 'found no audit endpoint at the registry';
    case 'unreadable':
      return 'could not read what it needs';
    case 'hidden':
      return 'could not read what the change brings';
    case 'stale':
      return 'is not about what the event is about';
    case 'limit':
      return 'stopped at a limit of express-gate';
    default:
      return check.state === 'failed' ? 'failed' : 'could not look at everything';
  }
}

function inProject(check: Check): string {
  return check.project === '.' ? '' : ` in ${check.project}`;
}

/** What to do about a check that is not `ok`; `giveUp` names the way out where the policy requires it. */
function remedy({ state, cause }: Pick<Check, 'state' | 'cause'>, giveUp = ''): string {
  switch (cause) {
    case 'outage':
      return 'run the gate again when the registry answers';
    case 'no-endpoint':
      return `name a registry that has one (registry)${giveUp}`;
    case 'unreadable':
      return 'repair the file that the check names';
    case 'limit':
      return `see in the check what was left out${giveUp}`;
    default:
      return `${state === 'skipped' ? 'let it run' : 'do what the check says'}${giveUp}`;
  }
}

function orDropRequirement(name: CheckName): string {
  return `, or take ${name} out of require`;
}

/** A skipped check that had no work: no dependency to audit, no Express to judge. */
function hasNothingToSee(check: Check, head: Snapshot): boolean {
  if (check.state !== 'skipped' || check.cause !== undefined) return false;
  if (check.name === 'files') return false;
  if (check.name === 'npm-audit') {
    const projects = projectsUnder(check.project, head);
    return (
      projects.length > 0 &&
      projects.every(({ manifest }) => declaredDependencies(manifest).flat().length === 0)
    );
  }
  const project = head.projects.find(({ directory }) => directory === check.project);
  return project !== undefined && project.express === null;
}
