/** Reports an app that answers requests without the security headers that helmet sets. */
import type { Answer, App, Handler, Program, Reason } from '../app-model.ts';
import { isHelmet } from '../headers/helmet-options.ts';
import { covers, stepsOf } from '../headers/passage.ts';
import { setting } from '../headers/set-headers.ts';
import { defineRule } from '../rule-contract.ts';

/** The protections of which three at least count as setting the same headers. */
const enough = 3;
const headers = [
  'content-security-policy',
  'strict-transport-security',
  'x-frame-options',
  'x-content-type-options',
  'referrer-policy',
  'cross-origin-opener-policy',
  'cross-origin-resource-policy',
];

export const rule = defineRule({
  id: 'helmet-missing',
  title: 'No helmet',
  section: 'Headers and fingerprints',
  severity: 'moderate',
  confidence: 'medium',
  cwe: [693],
  why:
    'Browsers protect users from cross-site scripting, clickjacking, sniffed content types and downgraded connections only where the server asks for it, by response headers. ' +
    'Express sets none of them; helmet sets a good default for all in one line, and the Express security page asks for it.',
  remedy: 'Register it before all routes and static files: `app.use(helmet())`.',
  examples: {
    language: 'js',
    bad: "const app = express();\napp.use(express.static('public'));",
    good: "const helmet = require('helmet');\nconst app = express();\napp.use(helmet());\napp.use(express.static('public'));",
  },
  limits:
    'A sub-app or router is its parent’s to protect; an app is not reported where each of its routes, or the router or sub-app that it stands in, has helmet. An app whose own middleware sets at least three of the same headers is not reported. Headers that a proxy or a content delivery network adds are not seen: waive the finding there.',
  references: [
    'https://expressjs.com/en/advanced/best-practice-security.html#use-helmet',
    'https://helmetjs.github.io/',
  ],
  level: 'app',
  check: (app, judge, program) => {
    // What is only mounted on other apps is theirs to protect: one `app.use(helmet())` there mends both.
    if (!app.answers || (app.mountedOn.length > 0 && !app.listens)) return;
    const answer = app.passes(mayBeHelmet, true);
    if (answer.kind === 'yes' || coversEachAnswer(app)) return;
    const { enough: itself, set } = headersByHand(app);
    if (itself.kind === 'yes') return;
    const open = [answer, itself].find((one) => one.kind === 'unknown');
    if (open?.kind === 'unknown') {
      judge.undecided({ location: app.created, reason: open.reason.text });
      return;
    }
    const elsewhere = mayBeMounted(app, program);
    if (elsewhere !== null) {
      judge.undecided({ location: app.created, reason: elsewhere.text });
      return;
    }
    judge.finding({
      location: app.created,
      subject: `${app.framework} app without helmet`,
      message:
        set.length === 0
          ? 'In production this app answers without the security headers that helmet sets: neither it nor an equal is registered.'
          : `In production this app answers without most of the security headers that helmet sets: it sets ${listed(set)} itself, but not ${listed(headers.filter((header) => !set.includes(header)))}.`,
    });
  },
});

/** An app that is neither served nor mounted, where another one mounts something that only a caller knows: it may be this one. */
function mayBeMounted(app: App, program: Program): Reason | null {
  if (app.listens) return null;
  for (const other of program.apps) {
    if (other === app) continue;
    for (const layer of other.layers)
      for (const handler of layer.handlers)
        if (layer.method === null && handler.kind === 'unknown' && handler.reason.kind === 'argument')
          return handler.reason;
  }
  return null;
}

/** A middleware that only a caller, or a module outside of the repository, knows may be it. */
function mayBeHelmet(handler: Handler): boolean | null {
  if (handler.kind === 'unknown')
    return ['argument', 'module', 'library'].includes(handler.reason.kind) ? null : false;
  return isHelmet(handler);
}

/** Whether each route and static folder that is seen has helmet on its way, if not at the root of the app. */
function coversEachAnswer(app: App): boolean {
  const steps = stepsOf(app);
  const covering = steps.filter(
    ({ certainty, actions }) =>
      certainty.kind === 'always' &&
      actions.some((action) => action.certainty.kind === 'always' && isHelmet(action.handler)),
  );
  const answering = steps.filter(({ answers }) => answers);
  return (
    answering.length > 0 &&
    answering.every((step) =>
      covering.some((one) => one === step || (one.layer.kind !== 'route' && covers(one.path, step.path))),
    )
  );
}

/** Which of the same headers are set without helmet as a whole, and whether they are enough. */
function headersByHand(app: App): { readonly enough: Answer; readonly set: readonly string[] } {
  const answers = headers.map((header) => ({ header, answer: app.passes(setting(header), true) }));
  const set = answers.flatMap(({ header, answer }) => (answer.kind === 'yes' ? [header] : []));
  if (set.length >= enough) return { enough: { kind: 'yes' }, set };
  const open = answers.filter(({ answer }) => answer.kind === 'unknown');
  const [first] = open;
  return {
    enough: first !== undefined && set.length + open.length >= enough ? first.answer : { kind: 'no' },
    set,
  };
}

/** Names of headers as they are usually written: `X-Frame-Options and Referrer-Policy`. */
function listed(names: readonly string[]): string {
  const written = names.map((name) => name.replace(/(?:^|-)[a-z]/g, (start) => start.toUpperCase()));
  return written.length === 1 ? written[0]! : `${written.slice(0, -1).join(', ')} and ${written.at(-1)}`;
}
