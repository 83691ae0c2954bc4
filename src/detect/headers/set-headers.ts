/** Facts about middlewares of packages and of the repository: whether a handler sets a response header, or removes it. */
import {
  type Answer,
  alternatives,
  ask,
  type Certainty,
  type Handler,
  type Option,
  truthiness,
} from '../app-model.ts';
import { helmetSends, isHelmet, type Middleware, protection, singleProtection } from './helmet-options.ts';
import { covers, type Step } from './passage.ts';

/** lusca's options and functions by header (lusca 1.7.0 `index.js`, `lib/*.js`; the same since 1.5.0). */
const lusca: Readonly<Record<string, string>> = {
  'content-security-policy': 'csp',
  'strict-transport-security': 'hsts',
  'x-frame-options': 'xframe',
  'x-content-type-options': 'nosniff',
  'x-xss-protection': 'xssProtection',
  'referrer-policy': 'referrerPolicy',
};

/** The option or argument of lusca that sets a header, where this is lusca and it is written. */
export function luscaOption(handler: Handler, header: string): Option | null {
  const name = lusca[header];
  if (handler.kind !== 'middleware' || handler.package !== 'lusca' || name === undefined) return null;
  if (handler.export === name) return handler.args[0] ?? null;
  if (handler.export !== '' && handler.export !== 'default') return null;
  for (const value of alternatives(handler.args[0]?.value ?? { kind: 'absent' })) {
    const option = value.kind === 'object' ? value.fields.get(name) : undefined;
    if (option !== undefined && truthiness(option.value) !== false) return option;
  }
  return null;
}

/** Whether a condition is one of the request: then it happens in production, where the program meant it to. */
export function happens(certainty: Certainty): boolean {
  return certainty.kind === 'always' || certainty.reason.kind === 'request';
}

/** Whether the responses that a handler passes on carry `header` by its doing; what it hands the request on to is not asked. */
export function setsHeader(handler: Handler, header: string): Answer {
  if (handler.kind === 'unknown') return { kind: 'no' };
  if (handler.kind === 'own') {
    let open: Answer = { kind: 'no' };
    for (const effect of handler.effects) {
      if (effect.kind === 'apply' || effect.name !== header) continue;
      if (!happens(effect.certainty)) {
        if (effect.certainty.kind === 'maybe') open = { kind: 'unknown', reason: effect.certainty.reason };
      } else open = effect.kind === 'set-header' ? { kind: 'yes' } : { kind: 'no' };
    }
    return open;
  }
  const of = protection(header);
  if (of !== undefined && isHelmet(handler)) return helmetSends(handler, of);
  if (singleProtection(handler)?.header === header)
    return header === 'content-security-policy' ? enforces(handler.args[0]) : { kind: 'yes' };
  if (handler.package === 'lusca') return luscaSets(handler, header);
  // express-csp-header 6.1.0, dist/index.js: `expressCspHeader({ directives, reportOnly? })`.
  if (handler.package === 'express-csp-header' && header === 'content-security-policy')
    return enforces(handler.args[0]);
  return { kind: 'no' };
}

function luscaSets(handler: Middleware, header: string): Answer {
  const option = luscaOption(handler, header);
  if (header === 'x-content-type-options' && handler.export === 'nosniff') return { kind: 'yes' };
  if (header === 'x-xss-protection' && handler.export === 'xssProtection') return { kind: 'yes' };
  if (option === null) {
    const whole = handler.args[0]?.value;
    // Options that are not known may hold it.
    if (handler.export === '' && whole?.kind === 'unknown') return whole;
    return { kind: 'no' };
  }
  if (header === 'content-security-policy') return enforces(option);
  // `lib/hsts.js`: no header without a maxAge.
  if (header === 'strict-transport-security')
    return ask(option.value, (value) =>
      value.kind === 'object' ? value.fields.has('maxAge') || (value.open === null ? false : null) : false,
    );
  return { kind: 'yes' };
}

/** A policy that is only reported protects nobody. */
function enforces(options: Option | undefined): Answer {
  if (options === undefined) return { kind: 'yes' };
  for (const value of alternatives(options.value)) {
    const reportOnly = value.kind === 'object' ? value.fields.get('reportOnly') : undefined;
    if (reportOnly === undefined) continue;
    const on = ask(reportOnly.value, truthiness);
    if (on.kind === 'unknown' || on.kind === 'no') continue;
    return { kind: 'no' };
  }
  return { kind: 'yes' };
}

/** The same, as the application model asks it: null where it does not tell. */
export function setting(header: string): (handler: Handler) => boolean | null {
  return (handler) => {
    const { kind } = setsHeader(handler, header);
    return kind === 'unknown' ? null : kind === 'yes';
  };
}

/** Whether a later step, or the same one later, sets a header anew before anything answers the requests of a step. */
export function isReplaced(steps: readonly Step[], index: number, at: number, header: string): boolean {
  const step = steps[index]!;
  for (let next = index; next < steps.length; next++) {
    const one = steps[next]!;
    const reaches = covers(one.path, step.path);
    if (next > index && one.answers && (reaches || covers(step.path, one.path))) return false;
    if (!reaches || one.certainty.kind === 'maybe') continue;
    const later = next === index ? one.actions.slice(at + 1) : one.actions;
    if (later.some((action) => replaces(action, header))) return true;
  }
  return false;
}

function replaces({ handler, header: own, certainty }: Step['actions'][number], header: string): boolean {
  if (certainty.kind === 'maybe') return false;
  if (own !== null) return own.name === header;
  return handler.kind === 'middleware' && setsHeader(handler, header).kind === 'yes';
}

/** Whether two handlers of packages are what one call made. */
export function isSame(one: Handler, other: Handler): boolean {
  if (one.kind !== 'middleware' || other.kind !== 'middleware') return one === other;
  const { file, line, column } = one.created;
  const at = other.created;
  return file === at.file && line === at.line && column === at.column && one.export === other.export;
}
