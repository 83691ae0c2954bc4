/** Reports an app that tells with every response that it runs on Express. */
import { type Answer, type App, alternatives, ask, type Handler, truthiness } from '../app-model.ts';
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
      related: written ? setting.related : [],
      subject: `${app.framework} app x-powered-by`,
      message: written
        ? 'In production this app sends `X-Powered-By: Express`: the setting is switched on.'
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
  if (handler.kind === 'unknown') return handler.reason.kind === 'library' ? null : false;
  if (handler.kind === 'own')
    return handler.effects.some(
      (effect) =>
        effect.kind !== 'apply' && effect.name === 'x-powered-by' && effect.certainty.kind === 'always',
    );
  if (handler.kind !== 'middleware') return false;
  const { package: name, export: path } = handler;
  if (name === 'hide-powered-by') return true;
  if (name !== 'helmet') return false;
  if (path === 'hidePoweredBy' || path === 'xPoweredBy') return true;
  if (path !== '' && path !== 'default' && path !== 'helmet') return false;
  return ['hidePoweredBy', 'xPoweredBy'].every((option) => !switchedOff(handler, option));
}

function switchedOff(handler: Extract<Handler, { kind: 'middleware' }>, name: string): boolean {
  return handler.args
    .flatMap((arg) => alternatives(arg.value))
    .some((value) => {
      const field = value.kind === 'object' ? value.fields.get(name) : undefined;
      return (
        field !== undefined &&
        alternatives(field.value).some((one) => one.kind === 'known' && one.value === false)
      );
    });
}
