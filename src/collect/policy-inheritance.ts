/** Turns a policy file and the policy that it extends into the one that counts: the stricter of both, key by key, but for what is left open. */
import type { OverridableKey, Policy, Waiver } from '../model/policy.ts';
import { type FailOn, reaches, type Severity } from '../model/severity.ts';
import type { PolicyLayer } from './policy-text.ts';

export interface Inherited {
  readonly policy: Policy;
  /** What the file says and what does not count: a clause for each key. */
  readonly ignored: readonly string[];
}

const presetFailOn: FailOn = 'high';
/** Parts of a list that a clause names. */
const mostNamed = 5;

/**
 * A key on which the extended policy says nothing has its default there, which is no less strict for being unsaid: what would be laxer counts only
 * where it is listed under `overridable`.
 * @param above the extended policy, with what it extends in turn.
 * @param source how reports call it.
 */
export function inherit({ policy: own, keys }: PolicyLayer, above: Policy, source: string): Inherited {
  const ignored: string[] = [];
  const isOpen = (key: OverridableKey) => above.overridable?.includes(key) === true;
  const ignore = (what: string) => ignored.push(what);
  const waivers = above.waivers.map((waiver): Waiver => ({ ...waiver, file: waiver.file ?? source }));

  const asked = above.failOn ?? presetFailOn;
  let failOn = above.failOn;
  if (own.failOn !== null) {
    if (isOpen('fail-on') || isStricter(own.failOn, asked)) failOn = own.failOn;
    else if (own.failOn !== asked) ignore(`fail-on: ${own.failOn} (${asked} is asked for)`);
  }

  let { scope } = above;
  if (own.scope !== null && own.scope !== above.scope) {
    if (isOpen('scope') || own.scope === 'all') scope = own.scope;
    else if (above.scope === 'all') ignore('scope: new (all is asked for)');
  }

  const rules = new Map(above.rules);
  const atLeast = new Map(above.atLeast);
  const laxer: string[] = [];
  for (const [id, severity] of own.rules) {
    const theirs = rules.get(id);
    if (isOpen('rules') || theirs === 'off') {
      rules.set(id, severity);
      atLeast.delete(id);
    } else if (theirs !== undefined) {
      if (severity !== 'off' && reaches(severity, theirs)) rules.set(id, severity);
      else laxer.push(`${id}: ${severity}`);
    } else {
      const floor = atLeast.get(id);
      if (severity !== 'off' && (floor === undefined || reaches(severity, floor))) atLeast.set(id, severity);
      else laxer.push(`${id}: ${severity}`);
    }
  }
  if (laxer.length > 0) ignore(`rules: ${firstOf(laxer)}`);

  const exclude = [...above.exclude, ...(isOpen('exclude') ? own.exclude : [])];
  if (own.exclude.length > 0 && !isOpen('exclude')) ignore(`exclude: ${firstOf(own.exclude)}`);

  const environment = isOpen('environment')
    ? new Map([...above.environment, ...own.environment])
    : new Map([...own.environment, ...above.environment]);
  const outvoted = [...own.environment]
    .filter(([name, value]) => environment.get(name) !== value)
    .map(([name]) => name);
  if (outvoted.length > 0) ignore(`environment: ${firstOf(outvoted)}`);

  if (isOpen('waivers')) waivers.push(...own.waivers);
  else if (own.waivers.length > 0)
    ignore(`waivers: ${own.waivers.length === 1 ? 'the one' : `all ${own.waivers.length}`} that it has`);

  let { waiversFrom } = above;
  if (keys.has('waivers-from') && own.waiversFrom !== waiversFrom) {
    if (own.waiversFrom === undefined || isOpen('waivers-from')) waiversFrom = own.waiversFrom;
    else ignore('waivers-from: head');
  }

  return {
    policy: {
      file: own.file,
      failOn,
      scope,
      rules,
      exclude,
      environment,
      require:
        isOpen('require') && keys.has('require')
          ? own.require
          : [...new Set([...above.require, ...own.require])],
      waivers,
      ...(waiversFrom === undefined ? {} : { waiversFrom }),
      // In a chain a key is open only where every file above says so.
      overridable: (own.overridable ?? []).filter(isOpen),
      ...(atLeast.size === 0 ? {} : { atLeast }),
    },
    ignored,
  };
}

function isStricter(one: FailOn, other: FailOn): boolean {
  if (one === 'never' || one === other) return false;
  return other === 'never' || reaches(other as Severity, one);
}

function firstOf(parts: readonly string[]): string {
  const rest = parts.length > mostNamed ? ` and ${parts.length - mostNamed} more` : '';
  return `${parts.slice(0, mostNamed).join(', ')}${rest}`;
}
