/** Facts about middlewares of packages and of the repository: whether a handler sets a response header, or removes it. */
import {
  type Answer,
  type App,
  alternatives,
  ask,
  type Certainty,
  type Handler,
  type Option,
  type Reason,
  truthiness,
} from '../app-model.ts';
import { helmetSends, isHelmet, type Middleware, protection, singleProtection } from './helmet-options.ts';
import { type Action, covers, type Step, stepsOf } from './passage.ts';

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

const answers = new WeakMap<Handler, Map<string, Answer>>();

/** Whether the responses that a handler passes on carry `header` by its doing; what it hands the request on to is not asked. */
export function setsHeader(handler: Handler, header: string): Answer {
  const known = answers.get(handler) ?? new Map<string, Answer>();
  answers.set(handler, known);
  let answer = known.get(header);
  if (answer === undefined) {
    answer = findSetting(handler, header);
    known.set(header, answer);
  }
  return answer;
}

function findSetting(handler: Handler, header: string): Answer {
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

/** A place on the way of a request where a header is set. */
export interface Setting {
  readonly step: Step;
  readonly index: number;
  /** Which of the step's actions. */
  readonly at: number;
  readonly action: Action;
  /** On what it depends; null where it is certain. */
  readonly reason: Reason | null;
}

/** What is looked at of one kind in one app; nobody has more, and the work must end. */
export const maxPerApp = 100;

const settings = new WeakMap<App, Map<string, readonly Setting[]>>();

/** The first places at which an app sets a header, in their order. */
export function settingsOf(app: App, header: string): readonly Setting[] {
  const known = settings.get(app) ?? new Map<string, readonly Setting[]>();
  settings.set(app, known);
  let found = known.get(header);
  if (found === undefined) {
    found = findSettings(app, header);
    known.set(header, found);
  }
  return found;
}

function findSettings(app: App, header: string): Setting[] {
  const found: Setting[] = [];
  for (const [index, step] of stepsOf(app).entries())
    for (const [at, action] of step.actions.entries()) {
      if (found.length >= maxPerApp) return found;
      const answer = actionSets(action, header);
      if (answer.kind === 'no') continue;
      const doubt = [step.certainty, action.certainty].find((certainty) => !happens(certainty));
      const reason =
        answer.kind === 'unknown' ? answer.reason : doubt?.kind === 'maybe' ? doubt.reason : null;
      found.push({ step, index, at, action, reason });
    }
  return found;
}

function actionSets({ handler, header: own }: Action, header: string): Answer {
  if (own !== null) return { kind: own.kind === 'set-header' && own.name === header ? 'yes' : 'no' };
  // What an own function does stands beside it, one action for each thing.
  return handler.kind === 'own' ? { kind: 'no' } : setsHeader(handler, header);
}

/** Whether a later step, or the same one later, sets a header anew before anything answers the requests of a step. */
export function isReplaced(app: App, index: number, at: number, header: string): boolean {
  const steps = stepsOf(app);
  const { path } = steps[index]!;
  const later = settingsOf(app, header).find(
    (one) =>
      (one.index > index || (one.index === index && one.at > at)) &&
      one.reason === null &&
      one.step.certainty.kind === 'always' &&
      one.action.certainty.kind === 'always' &&
      covers(one.step.path, path),
  );
  if (later === undefined) return false;
  return !steps
    .slice(index + 1, later.index)
    .some((one) => one.answers && (covers(one.path, path) || covers(path, one.path)));
}

/** Whether something else than `handler` sets a header for the requests that pass a step; with the reason where it depends. */
export function setElsewhere(app: App, step: Step, handler: Handler, header: string): Answer {
  const others = settingsOf(app, header).filter(
    (one) =>
      !isSame(one.action.handler, handler) &&
      // A route that sets it for its own page, or something at a path that covers this one.
      (one.step.layer.kind === 'route' || covers(one.step.path, step.path)),
  );
  const [first] = others;
  if (first === undefined) return { kind: 'no' };
  if (others.some(({ reason }) => reason === null)) return { kind: 'yes' };
  // Several that each depend may come to one that is certain.
  const sets = setting(header);
  const whole = app.passes((other) => !isSame(other, handler) && sets(other) === true, false);
  return whole.kind === 'yes' ? whole : { kind: 'unknown', reason: first.reason! };
}

/** Whether two handlers of packages are what one call made. */
export function isSame(one: Handler, other: Handler): boolean {
  if (one.kind !== 'middleware' || other.kind !== 'middleware') return one === other;
  const { file, line, column } = one.created;
  const at = other.created;
  return file === at.file && line === at.line && column === at.column && one.export === other.export;
}
