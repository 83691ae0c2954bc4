/** Projects of yarn and pnpm from end to end: the built command line tells which Express their lockfiles install, and what is wrong with it. */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, it } from 'node:test';
import { runCli } from '../cli-process.ts';

const manifest = JSON.stringify(
  { name: 'shop', private: true, dependencies: { express: '^4.17.1' } },
  null,
  2,
);

const projects: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'yarn.lock': {
    'package.json': manifest,
    'yarn.lock': `# yarn lockfile v1


express@^4.17.1:
  version "4.17.1"
  resolved "https://registry.yarnpkg.com/express/-/express-4.17.1.tgz#4491fc38605cf51f8629d39c2b5d026f98a4c134"
  dependencies:
    qs "6.7.0"

qs@6.7.0:
  version "6.7.0"
  resolved "https://registry.yarnpkg.com/qs/-/qs-6.7.0.tgz#41dc1a015e3d581f1621776be31afb2876a9b1bc"
`,
  },
  'pnpm-lock.yaml': {
    'package.json': manifest,
    'pnpm-lock.yaml': `lockfileVersion: '9.0'

importers:

  .:
    dependencies:
      express:
        specifier: ^4.17.1
        version: 4.17.1

packages:

  express@4.17.1:
    resolution: {integrity: sha512-mHJ9O79RqluphRrcw2X/GTh3k9tVv8YcoyY4Kkh4WDMUYKRZUq0h1o0w2rrrxBqM7VoeUVqgb27xlEMXTnYt4g==}

  qs@6.7.0:
    resolution: {integrity: sha512-VCdBRNFTX1fyE7Nb6FYoURo/SPe62QCaAyzJvUjwRaIsc+NePBEniHlvxFmmX56+HZphIGtV0XeCirBtpDrTyQ==}

snapshots:

  express@4.17.1:
    dependencies:
      qs: 6.7.0

  qs@6.7.0: {}
`,
  },
};

interface Report {
  readonly findings: readonly {
    readonly ruleId: string;
    readonly message: string;
    readonly help: string;
    readonly advisory?: { readonly package: string; readonly paths: readonly (readonly string[])[] };
  }[];
  readonly checks: readonly { readonly name: string; readonly state: string; readonly detail: string }[];
}

describe('a project locked by another package manager than npm', () => {
  for (const [lockfile, files] of Object.entries(projects))
    it(lockfile, () => {
      const folder = mkdtempSync(join(tmpdir(), 'express-gate-'));
      try {
        for (const [path, text] of Object.entries(files)) {
          mkdirSync(dirname(join(folder, path)), { recursive: true });
          writeFileSync(join(folder, path), text);
        }
        const { code, stdout } = runCli([folder, '--audit', 'embedded', '--format', 'json']);
        assert.equal(code, 1);
        const { findings, checks } = JSON.parse(stdout) as Report;
        const check = checks.find(({ name }) => name === 'express-version');
        assert.deepEqual(
          [check?.state, check?.detail],
          ['ok', `Express 4.17.1 by ${lockfile}, declared as "^4.17.1".`],
        );
        const own = findings.filter(({ ruleId }) => ruleId === 'express-vulnerable');
        assert.ok(own.length >= 2, `${own.length} advisories of Express`);
        for (const { message, help } of own) {
          assert.match(message, /^Express 4\.17\.1 is vulnerable: /);
          assert.match(help, lockfile === 'yarn.lock' ? /`yarn add "express@\^4/ : /`pnpm add "express@\^4/);
        }
        const below = findings.filter(({ advisory }) => advisory?.package === 'qs');
        assert.ok(below.length > 0);
        for (const { advisory } of below) assert.deepEqual(advisory?.paths, [['express', 'qs']]);
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    });
});
