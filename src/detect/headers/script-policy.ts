/** Turns what a handler was given as Content-Security-Policy into the unsafe sources from which a page may then run scripts. */
import {
  alternatives,
  ask,
  type Handler,
  isUnset,
  type Option,
  type Reason,
  truthiness,
  type Value,
} from '../app-model.ts';
import { isHelmet, isVersion, type Middleware, singleProtection, versionsOf } from './helmet-options.ts';
import type { Action } from './passage.ts';
import { luscaOption } from './set-headers.ts';

/** A directive that decides where scripts come from, and lets too much in. */
export interface Weakness {
  /** `script-src`, or `default-src` where no script-src stands. */
  readonly directive: string;
  /** As they are written, such as `'unsafe-inline'`. */
  readonly sources: readonly string[];
  readonly option: Option;
  /** On what it depends; null where it is certain. */
  readonly reason: Reason | null;
}

interface Policy {
  readonly directives: ReadonlyMap<string, Option>;
  /** What else the directives may be; null where they are all there. */
  readonly open: Reason | null;
  /** Where the policy as a whole stands. */
  readonly whole: Option;
  /** Whether helmet adds its defaults to it, for each version that it may be. */
  readonly defaults: readonly boolean[];
  /** What must hold for it to be enforced at all. */
  readonly reason: Reason | null;
}

/** The weaknesses of all policies that an action sets and browsers enforce. */
export function weaknesses({ handler, header }: Action): Weakness[] {
  const policies =
    header === null
      ? policiesOf(handler)
      : header.kind === 'set-header' && header.name === 'content-security-policy'
        ? headerPolicies(header.option)
        : [];
  return policies.flatMap((policy) => {
    const judged = judge(policy);
    return judged.map((weakness) => ({ ...weakness, reason: weakness.reason ?? policy.reason }));
  });
}

function policiesOf(handler: Handler): Policy[] {
  if (handler.kind !== 'middleware') return [];
  const lusca = luscaOption(handler, 'content-security-policy');
  if (lusca !== null) return luscaPolicies(lusca);
  if (isHelmet(handler)) {
    if (versionsOf(handler).every((version) => isVersion(version, '<2.0.0'))) return [];
    return each(handler.args[0], (value, reason) => {
      const option = value.kind === 'object' ? value.fields.get('contentSecurityPolicy') : undefined;
      return option === undefined ? [] : builtPolicies(handler, option, reason);
    });
  }
  if (singleProtection(handler)?.header !== 'content-security-policy') return [];
  const [options] = handler.args;
  return options === undefined ? [] : builtPolicies(handler, options, null);
}

/** For each of the values that an option may have; `reason`: on what it depends which. */
function each<T>(option: Option | undefined, f: (value: Value, reason: Reason | null) => T[]): T[] {
  if (option === undefined) return [];
  const reason = option.value.kind === 'oneOf' ? option.value.reason : null;
  return alternatives(option.value).flatMap((value) => f(value, reason));
}

/** helmet's contentSecurityPolicy and helmet-csp: `{ directives, useDefaults, reportOnly }`. */
function builtPolicies(middleware: Middleware, options: Option, outer: Reason | null): Policy[] {
  return each(options, (value, inner) => {
    if (value.kind !== 'object') return [];
    const reportOnly = ask(value.fields.get('reportOnly')?.value ?? { kind: 'absent' }, truthiness);
    if (reportOnly.kind === 'yes') return [];
    const reason = outer ?? inner ?? (reportOnly.kind === 'unknown' ? reportOnly.reason : null);
    const written = value.fields.get('directives');
    if (written === undefined || isUnset(written.value)) return [];
    const isOld = versionsOf(middleware).every((version) => hasOldPolicies(middleware, version));
    const defaults = [
      ...new Set(
        versionsOf(middleware).map((version) =>
          takesDefaults(middleware, version, value.fields.get('useDefaults')),
        ),
      ),
    ];
    return each(written, (directives, which): Policy[] => {
      if (directives.kind === 'unknown')
        return [{ directives: new Map(), open: directives.reason, whole: written, defaults, reason }];
      if (directives.kind !== 'object') return [];
      const named = new Map(
        [...directives.fields].map(
          ([name, option]) => [dashed(name), isOld ? emptied(option) : option] as const,
        ),
      );
      return [
        { directives: named, open: directives.open, whole: written, defaults, reason: reason ?? which },
      ];
    });
  });
}

/**
 * helmet 4.6.0 `dist/middlewares/content-security-policy/index.js`: `useDefaults = false`; 5.0.0 `dist/index.cjs`: `useDefaults = true`.
 * helmet-csp 3.4.0 and 4.0.0 likewise. Before, there are no defaults beside written directives.
 */
function takesDefaults({ package: name }: Middleware, version: string, option: Option | undefined): boolean {
  const [read, on] = name === 'helmet' ? ['>=4.6.0', '>=5.0.0'] : ['>=3.4.0', '>=4.0.0'];
  if (!isVersion(version, read!)) return false;
  return option === undefined || isUnset(option.value)
    ? isVersion(version, on!)
    : truthiness(option.value) === true;
}

/** helmet-csp 1, in helmet 1 and 2 (`index.js`): a directive that is null is sent without sources, not left out. */
function hasOldPolicies({ package: name }: Middleware, version: string): boolean {
  return isVersion(version, name === 'helmet' ? '<3.0.0' : '<2.0.0');
}

function emptied(option: Option): Option {
  return option.value.kind === 'known' && option.value.value === null
    ? { ...option, value: { kind: 'known', value: '' } }
    : option;
}

/** helmet's `dashify`: `scriptSrc` is `script-src`. */
function dashed(name: string): string {
  return name.replace(/[A-Z]/g, (capital) => `-${capital.toLowerCase()}`);
}

/** lusca 1.7.0 `lib/csp.js`: `{ policy: string | object | array of both, reportOnly, scriptNonce }`. */
function luscaPolicies(option: Option): Policy[] {
  return each(option, (value, reason) => {
    if (value.kind !== 'object') return [];
    if (truthiness(value.fields.get('reportOnly')?.value ?? { kind: 'absent' }) === true) return [];
    // It puts a nonce into script-src, with which browsers pass over 'unsafe-inline'.
    const nonce = truthiness(value.fields.get('scriptNonce')?.value ?? { kind: 'absent' }) === true;
    const policy = value.fields.get('policy');
    const found = new Map<string, Option>();
    let open: Reason | null = null;
    const read = (part: Option): void => {
      const { value: content } = part;
      if (content.kind === 'known' && typeof content.value === 'string')
        for (const [name, one] of parsed(content.value, part)) if (!found.has(name)) found.set(name, one);
      if (content.kind === 'object')
        for (const [name, one] of content.fields)
          if (!found.has(name.toLowerCase())) found.set(name.toLowerCase(), one);
      if (content.kind === 'array') for (const item of content.items) read(item);
      if (content.kind === 'unknown') open ??= content.reason;
    };
    if (policy === undefined) return [];
    read(policy);
    if (nonce) {
      const name = found.has('script-src') ? 'script-src' : 'default-src';
      const scripts = found.get(name);
      if (scripts !== undefined) found.set('script-src', withNonce(scripts));
    }
    return [{ directives: found, open, whole: policy, defaults: [false], reason }];
  });
}

function withNonce(option: Option): Option {
  const nonce: Option = { ...option, value: { kind: 'known', value: "'nonce-'" } };
  const items = option.value.kind === 'array' ? option.value.items : [option];
  return { ...option, value: { kind: 'array', items: [...items, nonce], open: null } };
}

/** The text of a header; several policies in one header or value are enforced together, so that only what all of them let in gets in. */
function headerPolicies(option: Option): Policy[] {
  const policies = each(option, (value, reason): Policy[] => {
    if (value.kind === 'known' && typeof value.value === 'string') {
      const texts = value.value.split(',').filter((text) => /\b(?:script|default)-src\b/i.test(text));
      if (texts.length !== 1) return [];
      return [
        { directives: parsed(texts[0]!, option), open: null, whole: option, defaults: [false], reason },
      ];
    }
    if (value.kind === 'unknown')
      return [{ directives: new Map(), open: value.reason, whole: option, defaults: [false], reason }];
    return [];
  });
  return policies;
}

/** CSP 3, 2.2.1: directives between semicolons, names in any case, the first of a name counts. */
function parsed(text: string, option: Option): Map<string, Option> {
  const found = new Map<string, Option>();
  for (const part of text.split(';')) {
    const [name, ...sources] = part.split(/\s/).filter((word) => word !== '');
    const key = name?.toLowerCase();
    if (key !== undefined && !found.has(key))
      found.set(key, { ...option, value: { kind: 'known', value: sources.join(' ') } });
  }
  return found;
}

function judge(policy: Policy): Weakness[] {
  const outcomes = policy.defaults.map((defaults) => judgeWith(policy, defaults));
  const [first, second] = outcomes;
  if (first === undefined) return [];
  if (second === undefined || (first.length === 0) === (second.length === 0)) return first;
  const reason: Reason = {
    kind: 'file',
    text: 'versions of helmet differ in it, and no lockfile says which is installed',
  };
  return [...first, ...second].map((weakness) => ({ ...weakness, reason }));
}

/** Where browsers look for what scripts may do (CSP 3, 6.8.3), as far as script-src and default-src decide it. */
function judgeWith({ directives, open, whole }: Policy, defaults: boolean): Weakness[] {
  const isThere = (name: string): boolean => {
    const option = directives.get(name);
    return option === undefined
      ? defaults && (name === 'script-src' || name === 'default-src' || name === 'script-src-attr')
      : !isDisabled(option);
  };
  const directive = ['script-src', 'default-src'].find(isThere);
  const option = directive === undefined ? undefined : directives.get(directive);
  if (option === undefined || directive === undefined || (directive === 'default-src' && open !== null)) {
    // A request's own text is a nonce or a host of the program's choice.
    if (open === null || open.kind === 'request') return [];
    return [{ directive: 'script-src', sources: [], option: whole, reason: open }];
  }
  const inline = !isThere('script-src-elem') || !isThere('script-src-attr');
  const elements = !isThere('script-src-elem');
  const list = listOf(option.value);
  if (list.unknown !== null)
    return list.unknown.kind === 'request' ? [] : [{ directive, sources: [], option, reason: list.unknown }];
  const outcomes = list.alternatives.map((sources) => unsafeOf(sources, inline, elements));
  const [only] = outcomes;
  if (only === undefined) return [];
  const hit = outcomes.find(({ sources }) => sources.length > 0);
  if (hit === undefined) return [];
  const all = outcomes.every(({ sources }) => sources.length > 0);
  return [{ directive, sources: hit.sources, option, reason: all ? hit.reason : list.reason }];
}

function isDisabled({ value }: Option): boolean {
  return (
    (value.kind === 'known' && value.value === null) ||
    (value.kind === 'instance' && value.export.endsWith('dangerouslyDisableDefaultSrc'))
  );
}

interface Source {
  readonly text: string;
  /** On what it depends whether it is there. */
  readonly reason: Reason | null;
}

interface Sources {
  readonly items: readonly Source[];
  /** A part that only the running program knows, such as a nonce made for each response. */
  readonly perRequest: boolean;
  /** A part of which the analysis knows nothing, not even that it is a host. */
  readonly obscure: Reason | null;
}

function listOf(value: Value): {
  readonly alternatives: readonly Sources[];
  readonly reason: Reason | null;
  readonly unknown: Reason | null;
} {
  const reason = value.kind === 'oneOf' ? value.reason : null;
  const lists: Sources[] = [];
  for (const one of alternatives(value)) {
    if (one.kind === 'unknown') return { alternatives: [], reason, unknown: one.reason };
    lists.push(sourcesOf(one));
  }
  return { alternatives: lists, reason, unknown: null };
}

/** Settings are hosts; what is computed elsewhere could be a nonce. */
const settings: ReadonlySet<Reason['kind']> = new Set(['environment', 'file']);

function sourcesOf(value: Value): Sources {
  const options = value.kind === 'array' ? value.items.map((item) => item.value) : [value];
  const items: Source[] = [];
  let perRequest = false;
  let obscure: Reason | null = null;
  const doubt = (reason: Reason): void => {
    if (reason.kind === 'request') perRequest = true;
    else if (!settings.has(reason.kind)) obscure ??= reason;
  };
  if (value.kind === 'array' && value.open !== null) doubt(value.open);
  for (const option of options) {
    const reason = option.kind === 'oneOf' ? option.reason : null;
    for (const one of alternatives(option)) {
      if (one.kind === 'known' && typeof one.value === 'string')
        for (const word of one.value.split(/\s+/))
          if (word !== '') items.push({ text: word.toLowerCase(), reason });
      if (one.kind === 'function') perRequest = true;
      if (one.kind === 'unknown') doubt(one.reason);
      if (one.kind === 'instance')
        doubt({ kind: 'library', text: `it comes from the package \`${one.package}\`` });
    }
  }
  return { items, perRequest, obscure };
}

/** The unsafe ones of a list, as CSP 3 reads it: 6.7.3.2 for inline scripts, 8.2 for 'strict-dynamic'. */
function unsafeOf(
  { items, perRequest, obscure }: Sources,
  inline: boolean,
  elements: boolean,
): { readonly sources: readonly string[]; readonly reason: Reason | null } {
  const sources: string[] = [];
  let reason: Reason | null = null;
  let certain = false;
  const add = (text: string, ...doubts: (Reason | null)[]): void => {
    const found = items.filter((item) => item.text === text);
    if (found.length === 0) return;
    sources.push(text);
    const doubt =
      (found.some((item) => item.reason === null) ? null : found[0]!.reason) ??
      doubts.find((one) => one !== null) ??
      null;
    if (doubt === null) certain = true;
    else reason ??= doubt;
  };
  const strict = items.filter(({ text }) => text === "'strict-dynamic'");
  const marks = items.filter(({ text }) => /^'(?:nonce|sha256|sha384|sha512)-/.test(text));
  const isSure = (list: readonly Source[]): boolean => list.some((item) => item.reason === null);
  const perhaps = (list: readonly Source[]): Reason | null => list[0]?.reason ?? null;
  if (inline && !perRequest && !isSure(strict) && !isSure(marks))
    add("'unsafe-inline'", perhaps(strict), perhaps(marks), obscure);
  add("'unsafe-eval'");
  if (elements && !isSure(strict)) for (const text of ['*', 'data:']) add(text, perhaps(strict));
  return { sources, reason: certain ? null : reason };
}
