/** The four forms in which production's cookie is most often written, in each language: right where it is right, found where it is wrong. */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, describe, it } from 'node:test';
import { runCli } from './cli-process.ts';

const root = mkdtempSync(join(tmpdir(), 'express-gate-forms-'));
after(() => rmSync(root, { recursive: true, force: true }));

interface Language {
  readonly ending: string;
  readonly type: 'commonjs' | 'module';
  readonly take: (name: string, from: string) => string;
  readonly give: (name: string) => string;
  /** A type annotation, where the language has them. */
  readonly as: (type: string) => string;
}

const modules: Omit<Language, 'ending' | 'as'> = {
  type: 'module',
  take: (name, from) => `import ${name} from '${from}';`,
  give: (name) => `export default ${name};`,
};

const languages: Readonly<Record<string, Language>> = {
  JavaScript: {
    ending: '.js',
    type: 'commonjs',
    take: (name, from) => `const ${name} = require('${from}');`,
    give: (name) => `module.exports = ${name};`,
    as: () => '',
  },
  'ES modules': { ...modules, ending: '.js', as: () => '' },
  TypeScript: { ...modules, ending: '.ts', as: (type) => `: ${type}` },
};

type Files = Readonly<Record<string, string>>;

const listen = 'app.listen(3000);\n';

/** Each form writes an application; `secure` says whether production sends the attribute. */
const forms: Readonly<Record<string, (language: Language, secure: boolean) => Files>> = {
  "secure: process.env.NODE_ENV === 'production'": (l, secure) => ({
    [`app${l.ending}`]: `${l.take('express', 'express')}
${l.take('session', 'express-session')}
const app = express();
app.use(session({ secret: process.env.SECRET, cookie: { secure: process.env.NODE_ENV ${secure ? '===' : '!=='} 'production' } }));
${listen}`,
  }),
  'secure: config.cookie.secure of a layered configuration': (l, secure) => ({
    [`config/default${l.ending}`]: `const settings${l.as('object')} = { cookie: { secure: ${!secure}, sameSite: 'lax' } };\n${l.give('settings')}\n`,
    [`config/production${l.ending}`]: `const settings${l.as('object')} = { cookie: { secure: ${secure} } };\n${l.give('settings')}\n`,
    [`config/development${l.ending}`]: `const settings${l.as('object')} = { cookie: { secure: ${!secure} } };\n${l.give('settings')}\n`,
    [`config/index${l.ending}`]: `${l.take('defaults', `./default${l.ending}`)}
${l.take('development', `./development${l.ending}`)}
${l.take('production', `./production${l.ending}`)}
const environments${l.as('Record<string, any>')} = { development, production };
const own = environments[process.env.NODE_ENV || 'development'];
const config${l.as('any')} = { ...defaults, ...own, cookie: { ...defaults.cookie, ...own.cookie } };
${l.give('config')}
`,
    [`app${l.ending}`]: `${l.take('express', 'express')}
${l.take('session', 'express-session')}
${l.take('config', `./config/index${l.ending}`)}
const app = express();
app.use(session({ secret: process.env.SECRET, cookie: { secure: config.cookie.secure, sameSite: config.cookie.sameSite } }));
${listen}`,
  }),
  "if (app.get('env') === 'production') sess.cookie.secure = true": (l, secure) => ({
    [`app${l.ending}`]: `${l.take('express', 'express')}
${l.take('session', 'express-session')}
const app = express();
const sess${l.as('any')} = { secret: process.env.SECRET, cookie: {} };
if (app.get('env') === '${secure ? 'production' : 'development'}') {
  app.set('trust proxy', 1);
  sess.cookie.secure = true;
}
app.use(session(sess));
${listen}`,
  }),
  'a class-based application': (l, secure) => ({
    [`settings${l.ending}`]: `class Settings {
  get isProduction()${l.as('boolean')} {
    return process.env.NODE_ENV === 'production';
  }
  cookie()${l.as('object')} {
    return { secure: ${secure ? '' : '!'}this.isProduction, httpOnly: true };
  }
}
${l.give('Settings')}
`,
    [`server${l.ending}`]: `${l.take('express', 'express')}
${l.take('session', 'express-session')}
${l.take('Settings', `./settings${l.ending}`)}
class Server {
  settings = new Settings();
  constructor(port${l.as('number')}) {
    this.port = port;
    this.app = express();
    this.sessions();
  }
  sessions()${l.as('void')} {
    this.app.use(session({ secret: process.env.SECRET, cookie: this.settings.cookie() }));
  }
  start()${l.as('void')} {
    this.app.listen(this.port);
  }
}
${l.give('Server')}
`,
    [`app${l.ending}`]: `${l.take('Server', `./server${l.ending}`)}
new Server(3000).start();
`,
  }),
};

function write(files: Files, { type, ending }: Language): string {
  const directory = mkdtempSync(join(root, 'app-'));
  const manifest = {
    name: 'shop',
    type,
    main: `app${ending}`,
    dependencies: { express: '^5.3.0', 'express-session': '^1.19.0' },
  };
  for (const [name, text] of Object.entries({ ...files, 'package.json': JSON.stringify(manifest) })) {
    mkdirSync(dirname(join(directory, name)), { recursive: true });
    writeFileSync(join(directory, name), text);
  }
  return directory;
}

interface Said {
  readonly findings: readonly { readonly ruleId: string; readonly message: string }[];
  readonly undecided: readonly { readonly ruleId: string; readonly reason: string }[];
}

for (const [form, make] of Object.entries(forms)) {
  describe(form, () => {
    for (const [name, language] of Object.entries(languages)) {
      for (const secure of [true, false]) {
        it(`${name}: ${secure ? 'sent with Secure' : 'sent without Secure'}`, () => {
          const { stdout } = runCli([
            write(make(language, secure), language),
            '--audit',
            'off',
            '--format',
            'json',
          ]);
          const { findings, undecided } = JSON.parse(stdout) as Said;
          assert.deepEqual(
            findings.filter(({ ruleId }) => ruleId === 'session-cookie-not-secure').length,
            secure ? 0 : 1,
          );
          assert.deepEqual(
            undecided.filter(({ ruleId }) => ruleId === 'session-cookie-not-secure'),
            [],
          );
          // The set-up was seen at all.
          assert.ok(findings.some(({ ruleId }) => ruleId === 'session-memory-store'));
        });
      }
    }
  });
}
