/** Reports each protection that the installed helmet has on by default and that the call switches off. */
import { type App, inWords, type Option, type Reason, replaceLiteral } from '../app-model.ts';
import {
  defaultProtection,
  isHelmet,
  type Middleware,
  type Protection,
  protections,
  versionsOf,
} from '../headers/helmet-options.ts';
import { outermost, type Step, stepsOf } from '../headers/passage.ts';
import { happens, maxPerApp, setElsewhere } from '../headers/set-headers.ts';
import { defineRule, type Judge } from '../rule-contract.ts';

/** Why each matters, in a few words that fit after "without it ". */
const losses: Readonly<Record<string, string>> = {
  'content-security-policy':
    'nothing limits which scripts a page may run once an attacker gets markup into it',
  'x-frame-options': 'other sites may show the pages in a frame and have users click there unawares',
  'x-content-type-options': 'browsers may run as a script what was sent as something else',
  'referrer-policy': 'full addresses go to other sites',
  'cross-origin-opener-policy': 'a page that another site opens shares its browsing context with it',
  'cross-origin-resource-policy': 'other sites may load the responses into their own process',
  'cross-origin-embedder-policy':
    'pages are not isolated from resources of other origins that did not agree to be loaded',
  'origin-agent-cluster': 'pages of sibling origins may share a process with it',
  'x-dns-prefetch-control': 'browsers resolve the names of all links ahead',
  'x-download-options': 'old Internet Explorers open downloads in the context of the site',
  'x-permitted-cross-domain-policies': 'Flash and Acrobat take policies from anywhere on the site',
  'x-xss-protection': 'old browsers keep their own filter, as they were shipped',
};

/** Switching these on again changes nothing that a page or a client could have relied on. */
const harmless: ReadonlySet<string> = new Set([
  'x-content-type-options',
  'x-download-options',
  'x-permitted-cross-domain-policies',
  'x-dns-prefetch-control',
]);

export const rule = defineRule({
  id: 'helmet-protection-disabled',
  title: 'Protection of helmet switched off',
  section: 'Headers and fingerprints',
  severity: 'moderate',
  confidence: 'high',
  cwe: [693],
  why:
    'helmet switches a set of protections on by itself; which, depends on its version. Options such as `contentSecurityPolicy: false` or, by the older names, `frameguard: false` take single ones away, often to get something to work in development, and stay. ' +
    'A policy that is `reportOnly`, and a cross-origin policy of `unsafe-none`, protect no more than none.',
  remedy:
    'Remove the option, or give the protection the exception that the application needs instead of switching it off.',
  examples: {
    language: 'js',
    bad: 'app.use(helmet({ contentSecurityPolicy: false }));',
    good: "app.use(helmet({ contentSecurityPolicy: { directives: { 'img-src': [\"'self'\", 'https://images.example.com'] } } }));",
  },
  limits:
    'Judged by the installed version, else by all that package.json admits. Not reported: what this version does not switch on by itself, a header that another middleware sets, Expect-CT (obsolete), HSTS (`hsts-disabled`) and X-Powered-By (`x-powered-by-enabled`). Headers that a proxy adds are not seen.',
  references: ['https://helmetjs.github.io/', 'https://github.com/helmetjs/helmet/blob/main/CHANGELOG.md'],
  level: 'program',
  check: (program, judge) => {
    for (const app of outermost(program.apps)) {
      let calls = 0;
      for (const step of stepsOf(app))
        for (const { handler, certainty, header } of step.actions) {
          if (header !== null || !isHelmet(handler) || calls++ >= maxPerApp) continue;
          const open = happens(certainty) ? null : certainty;
          checkCall(app, step, handler, open?.kind === 'maybe' ? open.reason : null, judge);
        }
    }
  },
});

function checkCall(app: App, step: Step, helmet: Middleware, inner: Reason | null, judge: Judge): void {
  const outer = happens(step.certainty) || step.certainty.kind === 'always' ? null : step.certainty.reason;
  const asked = new Set<string>();
  for (const protection of protections) {
    if (protection.header === 'strict-transport-security') continue;
    const state = defaultProtection(helmet, protection);
    if (state === null || state.option === null || state.sent.kind === 'yes') continue;
    const { option, sent } = state;
    const elsewhere = setElsewhere(app, step, helmet, protection.header);
    if (elsewhere.kind === 'yes') continue;
    const called = outer ?? inner;
    const reason =
      called ??
      (sent.kind === 'unknown' ? sent.reason : elsewhere.kind === 'unknown' ? elsewhere.reason : null);
    if (reason !== null) {
      // Whether it is called, and options that are not known as a whole, are one question, not one for each protection.
      const { file, line, column } = called === null ? option.location : helmet.created;
      const place = `${file}:${line}:${column}`;
      if (!asked.has(place))
        judge.undecided({
          location: called === null ? option.location : helmet.created,
          reason: reason.text,
        });
      asked.add(place);
      continue;
    }
    judge.finding({
      location: option.location,
      related: option.related,
      subject: `helmet ${protection.header} off`,
      message: `In production ${setTo(state.name, option)} keeps helmet from ${state.name?.endsWith('.reportOnly') ? 'enforcing' : 'sending'} ${protection.title}: without it ${losses[protection.header]}.`,
      ...correction(helmet, protection, option),
    });
  }
}

/** `frameguard: false`, as people write it. */
function setTo(name: string | null, { value }: Option): string {
  return value.kind === 'known' ? `\`${name}: ${inWords(value)}\`` : `\`${name}\``;
}

/** `true` switches on since 4.5.0, and did until 3; the first releases of 4 throw. */
function correction(
  helmet: Middleware,
  { header, title }: Protection,
  option: Option,
): ReturnType<typeof replaceLiteral> {
  const takesTrue = versionsOf(helmet).every((version) => Number.parseInt(version, 10) !== 4);
  return harmless.has(header) && takesTrue ? replaceLiteral(option, 'true', `Let helmet send ${title}`) : {};
}
