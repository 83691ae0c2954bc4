/** What the gate could not look at or decide, and what its policy says -> SARIF's notifications, which no tool takes for findings. */
import type { Invocation, Notification, ReportingDescriptor } from 'sarif';
import { exitCode, type Verdict } from '../model/verdict.ts';
import { isTrouble } from './markdown-headline.ts';
import { artifact, type ResultContext, sarifLine } from './sarif-results.ts';
import { count, oldFacts } from './wording.ts';

/** Of one kind; beyond, only their number is told. */
const mostOfKind = 1000;

const kinds = {
  'check-failed': { level: 'error', text: 'A check could not run.' },
  'check-degraded': { level: 'warning', text: 'A check looked at less than it should have.' },
  incomplete: { level: 'error', text: 'The gate could not judge.' },
  'old-facts': { level: 'warning', text: 'The embedded facts that were used are old.' },
  'results-left-out': { level: 'warning', text: 'Not all findings are in this file.' },
  undecided: { level: 'note', text: 'A question that the repository alone cannot answer.' },
  'waiver-expired': { level: 'warning', text: 'A waiver has expired.' },
  'waiver-expiring': { level: 'note', text: 'A waiver expires soon.' },
  'waiver-unused': { level: 'note', text: 'A waiver covers nothing.' },
  'policy-ignored': { level: 'warning', text: 'A part of the policy does not count.' },
  'policy-changed': { level: 'note', text: 'A pull request changes the policy.' },
} as const satisfies Record<string, { readonly level: 'error' | 'warning' | 'note'; readonly text: string }>;

type Kind = keyof typeof kinds;

/** The descriptors to which the notifications refer. GitHub asks for all three texts, as of a rule. */
export const notificationDescriptors: ReportingDescriptor[] = Object.entries(kinds).map(
  ([id, { level, text }]) => ({
    id,
    shortDescription: { text },
    fullDescription: { text },
    help: { text },
    defaultConfiguration: { level },
  }),
);

/** How the run went. `leftOut` counts the findings for which there was no room. */
export function describeInvocation(verdict: Verdict, context: ResultContext, leftOut: number): Invocation {
  const { incompleteBecause, checks, undecided, policy } = verdict;
  return {
    // What was not looked at must not count as clean.
    executionSuccessful: incompleteBecause.length === 0,
    exitCode: exitCode(verdict.verdict),
    toolExecutionNotifications: [
      ...several(incompleteBecause, (reason) => notification('incomplete', reason)),
      ...several(checks.filter(isTrouble), ({ name, state, project, detail }) => {
        const failed = state === 'failed';
        return notification(
          failed ? 'check-failed' : 'check-degraded',
          `${name} ${failed ? 'could not run' : 'is degraded'} in ${project}: ${detail}`,
        );
      }),
      ...several(oldFacts(checks), (sentence) => notification('old-facts', sentence)),
      ...(leftOut === 0
        ? []
        : [
            notification(
              'results-left-out',
              `${count(leftOut, ['finding is', 'findings are'])} left out: GitHub shows 5,000 of one run and takes 10 MB. What blocks comes first.`,
            ),
          ]),
      ...several(undecided, ({ ruleId, location, reason }) => ({
        ...notification('undecided', `Undecided: ${reason}`),
        ...associatedRule(ruleId, context),
        locations: [
          {
            physicalLocation: {
              ...artifact(context.pathPrefix, location.file),
              region: { startLine: location.line, startColumn: location.column },
            },
          },
        ],
      })),
    ],
    toolConfigurationNotifications: several(policy.notes, ({ kind, message }) => notification(kind, message)),
  };
}

function several<T>(items: readonly T[], render: (item: T) => Notification): Notification[] {
  const shown = items.slice(0, mostOfKind).map(render);
  const rest = items.length - shown.length;
  const last = shown.at(-1);
  if (rest === 0 || last === undefined) return shown;
  const { descriptor, level } = last;
  return [...shown, { descriptor, level, message: { text: `And ${rest} more.` } }];
}

function notification(kind: Kind, text: string): Notification {
  const index = notificationDescriptors.findIndex(({ id }) => id === kind);
  return { descriptor: { id: kind, index }, level: kinds[kind].level, message: { text: sarifLine(text) } };
}

function associatedRule(id: string, { ruleIndexes }: ResultContext): Pick<Notification, 'associatedRule'> {
  const index = ruleIndexes.get(id);
  return index === undefined ? {} : { associatedRule: { id, index } };
}
