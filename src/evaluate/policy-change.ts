/** Turns the policy that counts and the one that a pull request would make of it into notes on what changes, and which waivers count. */
import type { Check } from '../model/check.ts';
import type { Finding } from '../model/finding.ts';
import { compareText } from '../model/location.ts';
import type { Inheritance, Policy, PolicyReading, Waiver } from '../model/policy.ts';
import { reaches } from '../model/severity.ts';
import type { PolicyNote } from '../model/verdict.ts';
import { describeWaiver, expiredBy, waiverMatcher } from './waivers.ts';

/** Parts of a list that a note names. */
const mostNamed = 5;

/** The policy with the waivers that count: the pull request's own only where the base's policy says so. */
export function policyInForce({ policy, proposed, inheritance }: PolicyReading): Policy {
  if (policy.waiversFrom !== 'head' || proposed?.policy == null) return policy;
  const { file, waivers } = proposed.policy;
  const inherited = policy.waivers.filter((waiver) => waiver.file !== undefined);
  const own = inheritance === undefined || inheritance.waiversCount ? waivers : [];
  return { ...policy, file, waivers: [...inherited, ...own] };
}

/** What of the policy does not count because of what it extends. `findings` have the severities that they have by themselves. */
export function describeInheritance(
  { policy, inheritance }: PolicyReading,
  findings: readonly Finding[],
): PolicyNote[] {
  if (inheritance === undefined) return [];
  const { own, sources } = inheritance;
  const lowered = [...own.rules].filter(
    ([id, severity]) =>
      severity !== 'off' &&
      policy.atLeast?.get(id) === severity &&
      findings.some((finding) => finding.ruleId === id && !reaches(severity, finding.severity)),
  );
  const ignored = [
    ...inheritance.ignored,
    ...brief(
      'rules',
      lowered.map(([id, severity]) => `${id}: ${severity}, where it is graver by itself`),
    ),
  ];
  if (ignored.length === 0) return [];
  return [
    {
      kind: 'policy-ignored',
      message: `${policy.file ?? 'policy'}: what is less strict than ${sources[0]?.source} allows does not count (${ignored.join('; ')}): it would have to list the key under overridable.`,
    },
  ];
}

/** The check that says what the policy extends, and which commit of it was read. */
export function inheritanceChecks({ policy, inheritance }: PolicyReading): Check[] {
  if (inheritance === undefined) return [];
  const sources = inheritance.sources.map(({ source, commit }) =>
    commit === null ? source : `${source} (commit ${commit})`,
  );
  return [
    {
      name: 'policy',
      project: '.',
      state: 'ok',
      detail: `${policy.file ?? 'The policy'} extends ${sources.join(', which extends ')}.`,
      ms: 0,
    },
  ];
}

/** What a reader should know of a policy that the pull request edits. `today` is an ISO date. */
export function describePolicyChange(
  reading: PolicyReading,
  findings: readonly Finding[],
  today: string,
): PolicyNote[] {
  const { unread, inheritance } = reading;
  // As the file has it: what it extends is no part of the change.
  const policy = inheritance?.own ?? reading.policy;
  if (unread !== null)
    return [
      note(
        `The policy of the base could not be read (${unread}): judged by the defaults, and by fail-on and require of this pull request where those are stricter.`,
      ),
    ];
  const extended = (inheritance?.changed ?? []).map(describeExtended);
  return [...extended, ...describeOwnChange(reading, policy, findings, today)];
}

/** A file of the repository that the policy extends. */
function describeExtended({ old, young }: Inheritance['changed'][number]): PolicyNote {
  const changes = young === null ? ['it is gone or not valid'] : describeChanges(old, young);
  return note(
    `This pull request changes ${old.file}, which the policy extends: ${changes.join('; ') || 'nothing that counts'}; judged by the old one.`,
  );
}

function describeOwnChange(
  reading: PolicyReading,
  policy: Policy,
  findings: readonly Finding[],
  today: string,
): PolicyNote[] {
  const { proposed } = reading;
  if (proposed === null) return [];
  const file = proposed.policy?.file ?? policy.file ?? 'policy';
  if (proposed.problem !== null) return [];
  if (proposed.policy === null)
    return [note(`This pull request removes the policy ${file}: judged by it all the same.`)];
  const changes = describeChanges(policy, proposed.policy);
  const isAdded = policy.file === null;
  if (changes.length === 0 && !isAdded) return [];
  const what = `${isAdded ? 'brings a policy' : 'changes the policy'}: ${changes.join('; ') || 'nothing is set in it'}`;
  const by = isAdded ? 'the defaults, until it is merged' : 'the old one';
  return [
    note(`This pull request ${what}; judged by ${by}.`),
    ...waiverNotes(reading, policy, proposed.policy, findings, today),
  ];
}

/** Merged, an invalid policy would keep the gate from judging anything, the change that mends it included: so it is not let in. */
export function invalidPolicy({ proposed }: PolicyReading): string[] {
  return proposed?.problem == null
    ? []
    : [
        `This pull request makes the policy invalid, and the gate could judge by it no more: ${proposed.problem}.`,
      ];
}

function note(message: string): PolicyNote {
  return { kind: 'policy-changed', message };
}

function describeChanges(old: Policy, young: Policy): string[] {
  const changes: string[] = [];
  const say = (key: string, before: string, after: string) => {
    if (before !== after) changes.push(`${key}: ${before} → ${after}`);
  };
  say('fail-on', old.failOn ?? 'unset', young.failOn ?? 'unset');
  say('scope', old.scope ?? 'unset', young.scope ?? 'unset');
  changes.push(...mapChanges('rules', old.rules, young.rules));
  changes.push(...listChanges('exclude', old.exclude, young.exclude));
  changes.push(...mapChanges('environment', old.environment, young.environment));
  changes.push(...listChanges('require', old.require, young.require));
  changes.push(...listChanges('waivers', old.waivers.map(waiverKey), young.waivers.map(waiverKey)));
  say('waivers-from', old.waiversFrom ?? 'base', young.waiversFrom ?? 'base');
  say('extends', old.extends ?? 'unset', young.extends ?? 'unset');
  changes.push(...listChanges('overridable', old.overridable ?? [], young.overridable ?? []));
  return changes;
}

/** Which names are set otherwise. */
function mapChanges(
  key: string,
  old: ReadonlyMap<string, string>,
  young: ReadonlyMap<string, string>,
): string[] {
  const names = [...new Set([...old.keys(), ...young.keys()])].sort(compareText);
  return brief(
    key,
    names
      .filter((name) => old.get(name) !== young.get(name))
      .map((name) => `${name}: ${old.get(name) ?? 'unset'} → ${young.get(name) ?? 'unset'}`),
  );
}

function listChanges(key: string, old: readonly string[], young: readonly string[]): string[] {
  return brief(key, [
    ...young.filter((each) => !old.includes(each)).map((each) => `${each} added`),
    ...old.filter((each) => !young.includes(each)).map((each) => `${each} removed`),
  ]);
}

function brief(key: string, parts: readonly string[]): string[] {
  if (parts.length === 0) return [];
  const rest = parts.length > mostNamed ? ` and ${parts.length - mostNamed} more` : '';
  return [`${key}: ${parts.slice(0, mostNamed).join(', ')}${rest}`];
}

function waiverKey(waiver: Waiver): string {
  return `${describeWaiver(waiver)} until ${waiver.expires}`;
}

/** What the pull request's own waivers do: count now, or only once they are merged. */
function waiverNotes(
  { policy, inheritance }: PolicyReading,
  old: Policy,
  young: Policy,
  findings: readonly Finding[],
  today: string,
): PolicyNote[] {
  if (inheritance?.waiversCount === false) return [];
  const known = new Set(old.waivers.map(waiverKey));
  const added = young.waivers.filter((waiver) => !known.has(waiverKey(waiver)) && !expiredBy(waiver, today));
  const notes = added.flatMap((waiver) => {
    const covers = waiverMatcher(waiver);
    const covered = findings.filter(covers).length;
    const what = `${covered} ${covered === 1 ? 'finding' : 'findings'}`;
    if (policy.waiversFrom === 'head')
      return [
        note(
          `The waiver of ${describeWaiver(waiver)} (${waiver.reason}; until ${waiver.expires}) is this pull request's own and counts, as the policy of the base allows (waivers-from: head): it covers ${what}.`,
        ),
      ];
    return covered === 0
      ? []
      : [
          note(
            `Its new waiver of ${describeWaiver(waiver)} would cover ${what} once it is merged; it does not count here.`,
          ),
        ];
  });
  if (notes.length <= mostNamed) return notes;
  return [...notes.slice(0, mostNamed), note(`${notes.length - mostNamed} further waivers are its own.`)];
}
