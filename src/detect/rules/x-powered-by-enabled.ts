/** Reports an app that tells with every response that it runs on Express. */
import type { RelatedLocation } from '../../model/location.ts';
import { type Answer, type App, alternatives, ask, type Handler, truthiness } from '../app-model.ts';
import {
  defaultProtection,
  helmetSends,
  isHelmet,
  poweredBy,
  singleProtection,
} from '../headers/helmet-options.ts';
import { stepsOf } from '../headers/passage.ts';
import { defineRule } from '../rule-contract.ts';

export const rule = defineRule({
  id: 'x-powered-by-enabled',
  title: 'X-Powered-By header sent',
  section: 'Headers and fingerprints',
  severity: 'low',
  confidence: 'high',
  cwe: [200],
  why:
    'Express sends `X-Powered-By: Express` with every response unless it is told not to. It helps nobody but those who look for applications with a known weakness. ' +
    'Each app object sends it by itself: a mounted sub-app sets it again behind the parent’s helmet.',
  remedy: "Write `app.disable('x-powered-by')` for each app object, or register helmet on it.",
  examples: {
    language: 'js',
    bad: "const app = express();\napp.get('/', handler);",
    good: "const app = express();\napp.disable('x-powered-by');\napp.get('/', handler);",
  },
  limits:
    'An app that answers nothing (no route, no static files, not served) is not reported. A proxy that removes the header is not seen. What removes the header must stand before all routes and static files.',
  references: [
    'https://expressjs.com/en/advanced/best-practice-security.html#reduce-fingerprinting',
    'https://expressjs.com/en/api.html#app.settings.table',
  ],
  level: 'app',
  check: (app, judge) => {
    if (!app.answers) return;
    const answer = hidden(app);
    if (answer.kind === 'unknown') judge.undecided({ location: app.created, reason: answer.reason.text });
    if (answer.kind !== 'no') return;
    const setting = app.setting('x-powered-by');
    const written = alternatives(setting.value).some((value) => value.kind !== 'absent');
    judge.finding({
      location: written ? setting.location : app.created,
      related: written ? setting.related : leftByHelmet(app),
      subject: `${app.framework} app x-powered-by`,
      message: written
        ? 'In production this app sends `X-Powered-By: Express`: the setting is switched on.'
        : app.passes(removes, false).kind === 'yes'
          ? 'In production this app sends `X-Powered-By: Express`: what removes the header stands behind routes or static files.'
          : 'In production this app sends `X-Powered-By: Express`: nothing turns the header off.',
    });
  },
});

/** Whether the header is kept from every response of this app. */
function hidden(app: App): Answer {
  const off = ask(app.setting('x-powered-by').value, (value) => {
    if (value.kind === 'absent') return false;
    const on = truthiness(value);
    return on === null ? null : !on;
  });
  if (off.kind === 'yes') return off;
  const removed = app.passesFirst(removes);
  if (removed.kind === 'yes') return removed;
  return off.kind === 'unknown' ? off : removed;
}

/** Express sets the header before any middleware runs, so whatever removes it afterwards wins. */
function removes(handler: Handler): boolean | null {
  if (handler.kind === 'unknown')
    return ['argument', 'module', 'library'].includes(handler.reason.kind) ? null : false;
  if (handler.kind === 'own') {
    const effects = handler.effects.filter(
      (effect) => effect.kind !== 'apply' && effect.name === 'x-powered-by',
    );
    if (effects.some(({ certainty }) => certainty.kind === 'always')) return true;
    // What only some requests lose is sent all the same.
    return effects.every(({ certainty }) => certainty.kind === 'maybe' && certainty.reason.kind === 'request')
      ? false
      : null;
  }
  if (singleProtection(handler) === poweredBy) return true;
  if (!isHelmet(handler)) return false;
  const { kind } = helmetSends(handler, poweredBy);
  return kind === 'unknown' ? null : kind === 'yes';
}

/** helmet's option that leaves the header, where one does. */
function leftByHelmet(app: App): RelatedLocation[] {
  for (const { actions } of stepsOf(app))
    for (const { handler } of actions) {
      const state = isHelmet(handler) ? defaultProtection(handler, poweredBy) : null;
      if (state?.sent.kind !== 'no' || state.option === null) continue;
      const { file, line, column } = state.option.location;
      return [{ file, line, column, message: `helmet leaves the header: \`${state.name}\`` }];
    }
  return [];
}
