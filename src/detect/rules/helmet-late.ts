/** Reports helmet where it is registered after routes or static files, which it then does not protect. */
import type { App, Reason } from '../app-model.ts';
import { isHelmet, protections, singleProtection } from '../headers/helmet-options.ts';
import { type Action, covers, outermost, type Step, stepsOf } from '../headers/passage.ts';
import { happens, maxPerApp, setsHeader, settingsOf } from '../headers/set-headers.ts';
import { defineRule, type Judge } from '../rule-contract.ts';

const all: readonly string[] = protections.map(({ header }) => header);

export const rule = defineRule({
  id: 'helmet-late',
  title: 'helmet after routes',
  section: 'Headers and fingerprints',
  severity: 'moderate',
  confidence: 'high',
  cwe: [693],
  why: 'Express runs middleware and routes in the order in which they are registered. A route or static folder that stands before helmet answers without any of its headers, although the code looks as if the application were protected.',
  remedy: 'Register helmet first, before all routes, routers and static files.',
  examples: {
    language: 'js',
    bad: "app.use(express.static('public'));\napp.get('/', home);\napp.use(helmet());",
    good: "app.use(helmet());\napp.use(express.static('public'));\napp.get('/', home);",
  },
  limits:
    'Body parsers, loggers and other middleware before helmet are no matter, and neither are a redirect to HTTPS, answers to OPTIONS and HEAD, and routes that only machines ask for (`/health`, `/metrics`, `/robots.txt` and the like). ' +
    'A route that has helmet itself, or a router that registers it first, is protected. Middleware that answers by itself, of a package or your own, is not taken for a route.',
  references: [
    'https://expressjs.com/en/advanced/best-practice-security.html#use-helmet',
    'https://expressjs.com/en/guide/using-middleware.html',
  ],
  level: 'program',
  check: (program, judge) => {
    for (const app of outermost(program.apps)) checkApp(app, judge);
  },
});

function checkApp(app: App, judge: Judge): void {
  const steps = stepsOf(app);
  /** For each route, the headers that stand before it, if only perhaps. */
  const given = new Map<Step, ReadonlySet<string>>();
  const headersBefore = (step: Step, index: number): ReadonlySet<string> => {
    let headers = given.get(step);
    if (headers === undefined) {
      headers = new Set(all.filter((header) => isSetFor(app, step, index, header)));
      given.set(step, headers);
    }
    return headers;
  };
  let judged = 0;
  steps.forEach((step, index) => {
    if (step.layer.kind === 'route') return;
    const headers = headersOf(step);
    if (headers.length === 0 || judged++ >= maxPerApp) return;
    const bare = steps
      .slice(0, index)
      .filter(
        (one, at) =>
          one.answers &&
          covers(step.path, one.path) &&
          headers.some((header) => !headersBefore(one, at).has(header)),
      );
    const [first] = [...bare.filter((one) => one.certainty.kind === 'always'), ...bare];
    if (first === undefined) return;
    const open: Reason | null =
      step.certainty.kind === 'maybe'
        ? step.certainty.reason
        : first.certainty.kind === 'maybe'
          ? first.certainty.reason
          : null;
    const location = step.layer.registered;
    if (open !== null) {
      judge.undecided({ location, reason: open.text });
      return;
    }
    const { file, line, column } = (first.entry === step.entry ? first.layer : first.entry).registered;
    const others = new Set(bare.map(({ layer }) => layer)).size - 1;
    judge.finding({
      location,
      related: [{ file, line, column, message: `registered before helmet: ${nameOf(first)}` }],
      subject: 'helmet after routes',
      message: `In production ${nameOf(first)}${others === 0 ? '' : ` and ${others} more`} answer${others === 0 ? 's' : ''} without the headers of helmet, which is registered only after ${others === 0 ? 'it' : 'them'}.`,
    });
  });
}

/** The headers that helmet, or one of its middlewares, sets in a step. */
function headersOf({ actions }: Step): readonly string[] {
  return all.filter((header) => actions.some((action) => isOfHelmet(action, header)));
}

function isOfHelmet({ handler, certainty }: Action, header: string): boolean {
  return (
    happens(certainty) &&
    (isHelmet(handler) || singleProtection(handler)?.header === header) &&
    setsHeader(handler, header).kind === 'yes'
  );
}

/** Whether something that stands before a step, or in it, sets a header for it, if only perhaps. */
function isSetFor(app: App, step: Step, index: number, header: string): boolean {
  return settingsOf(app, header).some(
    (one) =>
      one.step === step || (one.index < index && !one.step.answers && covers(one.step.path, step.path)),
  );
}

function nameOf({ layer, path }: Step): string {
  const at = path.some((part) => part.startsWith('\0')) ? null : `/${path.join('/')}`;
  if (layer.kind === 'static')
    return at === null || at === '/' ? 'the static files' : `the static files at \`${at}\``;
  const method = layer.method === null || layer.method === 'ALL' ? '' : `${layer.method} `;
  return at === null ? 'a route' : `the route \`${method}${at}\``;
}
