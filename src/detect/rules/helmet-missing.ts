/** Reports an app that answers requests without the security headers that helmet sets. */
import type { Answer, App, Handler } from '../app-model.ts';
import { defineRule } from '../rule-contract.ts';

/** The protections of which three at least count as setting the same headers: header -> helmet's single middlewares. */
const protections: Readonly<Record<string, readonly string[]>> = {
  'content-security-policy': ['contentSecurityPolicy', 'csp'],
  'strict-transport-security': ['hsts', 'strictTransportSecurity'],
  'x-frame-options': ['frameguard', 'xFrameOptions'],
  'x-content-type-options': ['noSniff', 'xContentTypeOptions'],
  'referrer-policy': ['referrerPolicy'],
  'cross-origin-opener-policy': ['crossOriginOpenerPolicy'],
  'cross-origin-resource-policy': ['crossOriginResourcePolicy'],
};

const enough = 3;

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
    'A sub-app or router behind a parent’s helmet is covered by it. An app whose own middleware sets at least three of the same headers is not reported. Headers that a proxy or a content delivery network adds are not seen: waive the finding there.',
  references: [
    'https://expressjs.com/en/advanced/best-practice-security.html#use-helmet',
    'https://helmetjs.github.io/',
  ],
  level: 'app',
  check: (app, judge) => {
    if (!app.answers) return;
    const answer = app.passes(isHelmet, true);
    if (answer.kind === 'yes') return;
    const itself = setsHeadersItself(app);
    if (itself.kind === 'yes') return;
    const open = [answer, itself].find((one) => one.kind === 'unknown');
    if (open?.kind === 'unknown') {
      judge.undecided({ location: app.created, reason: open.reason.text });
      return;
    }
    judge.finding({
      location: app.created,
      subject: `${app.framework} app without helmet`,
      message:
        'In production this app answers without the security headers that helmet sets: neither it nor an equal is registered.',
    });
  },
});

/** A middleware that only a caller, or a module outside of the repository, knows may be it. */
function isHelmet(handler: Handler): boolean | null {
  if (handler.kind === 'unknown')
    return ['argument', 'module', 'library'].includes(handler.reason.kind) ? null : false;
  return (
    handler.kind === 'middleware' &&
    handler.package === 'helmet' &&
    ['', 'default', 'helmet'].includes(handler.export)
  );
}

/** Whether at least three of the same headers are set without helmet as a whole. */
function setsHeadersItself(app: App): Answer {
  const answers = Object.entries(protections).map(([header, names]) =>
    app.passes((handler) => protects(handler, header, names), true),
  );
  const set = answers.filter((answer) => answer.kind === 'yes').length;
  if (set >= enough) return { kind: 'yes' };
  const open = answers.filter((answer) => answer.kind === 'unknown');
  const [first] = open;
  return first !== undefined && set + open.length >= enough ? first : { kind: 'no' };
}

function protects(handler: Handler, header: string, names: readonly string[]): boolean {
  if (handler.kind === 'own')
    return handler.effects.some(
      (effect) =>
        effect.kind === 'set-header' && effect.name === header && effect.certainty.kind === 'always',
    );
  if (handler.kind !== 'middleware') return false;
  if (handler.package === 'helmet') return names.includes(handler.export);
  if (handler.package === 'lusca')
    return (
      handler.export === '' ||
      names.includes(handler.export) ||
      (header === 'x-frame-options' && handler.export === 'xframe') ||
      (header === 'x-content-type-options' && handler.export === 'nosniff')
    );
  return handler.package === 'helmet-csp' && header === 'content-security-policy';
}
