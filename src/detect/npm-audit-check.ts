/** Says in words how far the audit of one lockfile went. */
import { embeddedAdvisories, embeddedAdvisoriesRetrieved } from '../data/embedded-advisories.ts';
import { describeAge } from '../data/facts-age.ts';
import type { Audit } from '../model/audit.ts';
import type { Check } from '../model/check.ts';
import type { Lockfile } from '../model/lockfile.ts';
import { dependencyFields, type Project } from '../model/project.ts';
import { installCommand, isReadableLockfile } from './lockfile-kinds.ts';

type Answer = Pick<Check, 'state' | 'detail' | 'cause'>;

/**
 * `ok` where the registry was asked about everything that is declared; `degraded` where less than that was judged; `failed` where nothing could
 * be; `skipped` where the audit is switched off or there is nothing to audit.
 * @param projects those under the lockfile.
 * @param found how many advisories were found.
 * @param missing names that are declared and that the lockfile does not hold.
 * @param today ISO day.
 */
export function describeAudit(
  audit: Audit,
  projects: readonly Project[],
  lockfile: Lockfile | null,
  found: number,
  missing: readonly string[],
  today: string,
): Check {
  const told = lockfile === null ? withoutLockfile(audit, projects) : withLockfile(audit, lockfile, found);
  const usesEmbedded = lockfile !== null && audit.answer.kind !== 'report' && told.state === 'degraded';
  const oldFacts = usesEmbedded ? describeAge('advisories', embeddedAdvisoriesRetrieved, today) : null;
  return {
    name: 'npm-audit',
    project: audit.workspaceRoot,
    ms: audit.ms,
    ...(lockfile === null || isOff(audit) ? told : withMissing(told, lockfile, missing)),
    ...(oldFacts === null ? {} : { oldFacts }),
  };
}

function isOff({ answer }: Audit): boolean {
  return answer.kind === 'not-asked' && answer.mode === 'off';
}

function withoutLockfile({ answer }: Audit, projects: readonly Project[]): Answer {
  if (answer.kind === 'not-asked' && answer.mode === 'off')
    return { state: 'skipped', detail: sentence(answer.detail) };
  if (projects.every(declaresNothing))
    return { state: 'skipped', detail: 'It declares no dependencies: there is nothing to audit.' };
  const file = projects.find(({ lockfileFile }) => lockfileFile !== null)?.lockfileFile ?? null;
  if (file === null) {
    return {
      state: 'degraded',
      detail:
        'There is no lockfile, so it is not known which versions are installed, and none could be audited: run `npm install` and commit package-lock.json.',
    };
  }
  // Not broken, only of a kind that nobody but its package manager reads.
  if (!isReadableLockfile(file))
    return {
      state: 'degraded',
      detail: `${file} is of a kind that express-gate does not read, so none of its packages were audited: run \`bun install --save-text-lockfile\` and commit bun.lock.`,
    };
  const why = answer.kind === 'unreadable' ? answer.detail : `${file} could not be read`;
  return { state: 'failed', detail: `No dependency could be audited: ${why}.`, cause: 'unreadable' };
}

function withLockfile(audit: Audit, lockfile: Lockfile, found: number): Answer {
  const { answer, omit = [] } = audit;
  // One that stands in several places, or that pnpm installs with several sets of peers, is one package.
  const count = new Set(
    [...lockfile.packages.values()].flatMap(({ own, name, version }) => (own ? [] : `${name}@${version}`)),
  ).size;
  if (count === 0 && !isOff(audit))
    return { state: 'skipped', detail: `${lockfile.file} holds no packages.` };
  const packages = `the ${count} ${count === 1 ? 'package' : 'packages'} of ${lockfile.file}`;
  const concern =
    found === 0
      ? 'none has a known advisory'
      : `${found} ${found === 1 ? 'advisory concerns' : 'advisories concern'} them`;
  const left = omit.length === 0 ? '' : ` Left out as asked: ${omit.join(', ')}.`;
  const embedded = `only the ${embeddedAdvisories.length} embedded advisories for the Express ecosystem (of ${embeddedAdvisoriesRetrieved}) were used, of which ${found} ${found === 1 ? 'applies' : 'apply'} to ${packages}; other packages were not checked.${left}`;
  switch (answer.kind) {
    case 'report':
      return {
        state: 'ok',
        detail:
          answer.source !== 'endpoint'
            ? `${answer.source === 'osv' ? 'OSV' : 'npm audit'} looked at ${packages}: ${concern}.${left}`
            : `${capital(answer.why ?? 'npm is missing here')}, so the registry was asked directly about ${packages}: ${concern}.${left}`,
      };
    case 'outage':
    case 'no-endpoint':
    case 'unreadable':
      return {
        state: 'degraded',
        detail: `${whom(audit, lockfile)} could not be asked (${answer.detail}): ${embedded}`,
        cause: answer.kind,
      };
    case 'not-asked':
      return answer.mode === 'off'
        ? { state: 'skipped', detail: sentence(answer.detail) }
        : {
            state: 'degraded',
            detail: `${whom(audit, lockfile)} was not asked, as the setting \`audit\` has it: ${embedded}`,
          };
  }
}

function whom({ asked }: Audit, { manager }: Lockfile): string {
  if (asked === 'osv') return 'OSV';
  return manager === 'npm' ? 'npm audit' : 'The registry';
}

/** An audit of a lockfile that does not hold what is declared looks clean and says nothing. */
function withMissing(told: Answer, lockfile: Lockfile, missing: readonly string[]): Answer {
  if (missing.length === 0) return told;
  const shown = missing.slice(0, 3).join(', ');
  const rest = missing.length > 3 ? ` and ${missing.length - 3} more` : '';
  return {
    state: 'degraded',
    detail: `${told.detail} ${lockfile.file} does not hold ${shown}${rest}, which package.json declares: run \`${installCommand(lockfile.file)}\` and commit the lockfile.`,
    cause: told.cause ?? 'unreadable',
  };
}

function declaresNothing({ manifest }: Project): boolean {
  return dependencyFields.every((field) => Object.keys(manifest[field] ?? {}).length === 0);
}

function sentence(clause: string): string {
  return `${capital(clause)}.`;
}

/** A program or a file keeps the name that it has. */
function capital(clause: string): string {
  return /^(?:npm\b|\S+\.\S)/.test(clause) ? clause : `${clause.charAt(0).toUpperCase()}${clause.slice(1)}`;
}
