/** Attacks by the files of a pull request: what it hides, empties, links, names like a tool, or makes too large. */
import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { removeCheckouts } from '../action/checkout.ts';
import { advisories, faultyShop, mendedShop, packages } from '../action/shops.ts';
import { type StandInRegistry, startRegistry } from '../stand-ins/registry.ts';
import { type Attack, attack, git, withstand } from './attack.ts';
import type { Trap } from './trap.ts';

let registry: StandInRegistry;

before(async () => {
  registry = await startRegistry({ packages, advisories });
});
after(async () => {
  await registry.close();
  await removeCheckouts();
});

const audited = () => ({ audit: 'npm', registry: registry.url });
const lockfile = (shop: typeof faultyShop) => shop['package-lock.json']!;
// Windows has links only for administrators, and no scripts without an ending.
const onPosix = { skip: process.platform === 'win32', concurrency: 2 };

function move(directory: string, from: string, to: string): void {
  mkdirSync(dirname(join(directory, to)), { recursive: true });
  renameSync(join(directory, from), join(directory, to));
}

function link(directory: string, path: string, target: string): void {
  rmSync(join(directory, path), { force: true });
  symlinkSync(target, join(directory, path));
}

describe('names of tools', onPosix, () => {
  const tools = ['npm', 'npx', 'git', 'node', 'sh', 'env', 'npm.cmd', 'git.exe', 'git.cmd', 'node.exe'];

  /** Programs named like tools, wherever a tool may be looked for. */
  function plant(origin: string, trap: Trap): void {
    for (const folder of ['.', 'bin', 'node_modules/.bin', 'apps']) {
      mkdirSync(join(origin, folder), { recursive: true });
      for (const tool of tools) {
        const file = join(origin, folder, tool);
        writeFileSync(file, trap.program(`${folder.replaceAll('/', '-')}-${tool}`));
        chmodSync(file, 0o755);
      }
    }
    for (const name of ['express', 'npm', 'helmet', 'express-session', 'yaml']) {
      const folder = join(origin, 'node_modules', name);
      mkdirSync(folder, { recursive: true });
      const text = `require('node:fs').writeFileSync(${JSON.stringify(trap.mark(name))}, '');\n`;
      for (const file of ['index.js', 'postinstall.js']) writeFileSync(join(folder, file), text);
      const manifest = { name, version: '99.0.0', scripts: { postinstall: 'node postinstall.js' } };
      writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
    }
    git(origin, 'add', '--force', 'node_modules');
  }

  it('in the repository are never run, wherever PATH begins', async () => {
    const end = await withstand({
      inputs: audited(),
      arrange: plant,
      environment: ({ workspace }) => ({
        PATH: [
          workspace, '', '.', './bin', 'node_modules/.bin', join(workspace, 'bin'), join(workspace, 'node_modules', '.bin'), process.env.PATH,
        ].join(delimiter), // biome-ignore format: a list to be read as one
      }),
    });
    assert.ok(
      end.report.findings.some(({ advisory }) => advisory?.package === 'qs'),
      end.log,
    );
    assert.ok(!end.log.includes('99.0.0'), 'what is installed does not count');
  });

  it('and scripts, configurations and environment files start nothing and change nothing', async () => {
    const end = await withstand({
      inputs: audited(),
      files: (trap) => {
        const run = `node -e "require('node:fs').writeFileSync('${trap.mark('script')}', '')"`;
        const names = ['preinstall', 'install', 'postinstall', 'prepare', 'prepublish', 'preaudit', 'audit', 'postaudit', 'test', 'start']; // biome-ignore format: a list to be read as one
        const manifest = {
          ...JSON.parse(faultyShop['package.json']!),
          scripts: Object.fromEntries(names.map((name) => [name, run])),
          config: { registry: trap.url },
        };
        const evil = `require('node:fs').writeFileSync(${JSON.stringify(trap.mark('module'))}, '');\nmodule.exports = {};\n`;
        const environment = `NODE_OPTIONS=--require ./evil.js\nNODE_PATH=.\nNPM_CONFIG_REGISTRY=${trap.url}\nnpm_config_offline=true\nGIT_DIR=/\nGIT_EXTERNAL_DIFF=${trap.executable('diff')}\nHTTP_PROXY=${trap.url}\nPATH=.\nEXPRESS_GATE=off\n`;
        return {
          'package.json': JSON.stringify(manifest, null, 2),
          'evil.js': evil,
          '.env': environment,
          '.env.production': environment,
          '.envrc': environment,
          '.noderc': environment,
          'node.config.json': JSON.stringify({ nodeOptions: { require: ['./evil.js'] } }),
          '.pnpmfile.cjs': evil,
          '.yarnrc.yml': `yarnPath: ./evil.js\nnpmRegistryServer: ${trap.url}\nplugins: [./evil.js]\n`,
          '.yarn/releases/yarn-1.22.0.cjs': evil,
          'bunfig.toml': `preload = ["./evil.js"]\n[install]\nregistry = "${trap.url}"\n`,
          'express-gate.config.js': evil,
          'ecosystem.config.js': evil,
        };
      },
    });
    assert.ok(
      end.report.findings.some(({ advisory }) => advisory?.package === 'qs'),
      end.log,
    );
  });
});

describe('a lockfile', onPosix, () => {
  const changed = (from: string, to: string): Attack => ({
    files: { 'package-lock.json': lockfile(faultyShop).replace(from, to) },
  });

  const cases: Record<string, Attack> = {
    'that is removed': { shop: mendedShop, arrange: (origin) => rmSync(join(origin, 'package-lock.json')) },
    'that is emptied': { shop: mendedShop, files: { 'package-lock.json': '' } },
    'of no packages': {
      shop: mendedShop,
      files: { 'package-lock.json': '{"lockfileVersion":3,"packages":{"":{}}}' },
    },
    'with a link to nowhere': changed('"version": "6.7.0"', '"link": true, "resolved": "gone"'),
    'that is a link out of the repository': {
      shop: mendedShop,
      arrange: (origin) => link(origin, 'package-lock.json', '/etc/passwd'),
    },
    'that is a link to itself': {
      shop: mendedShop,
      arrange: (origin) => link(origin, 'package-lock.json', 'package-lock.json'),
    },
    'that is a directory': {
      shop: mendedShop,
      arrange: (origin) => {
        rmSync(join(origin, 'package-lock.json'));
        mkdirSync(join(origin, 'package-lock.json'));
        writeFileSync(join(origin, 'package-lock.json', 'x'), '');
      },
    },
    'of 100,000 nested arrays': {
      shop: mendedShop,
      files: { 'package-lock.json': `{"packages":${'['.repeat(100_000)}${']'.repeat(100_000)}}` },
    },
    'of 70 MB': { shop: mendedShop, files: { 'package-lock.json': `{"x":"${'x'.repeat(70_000_000)}"}` } },
  };
  for (const [name, given] of Object.entries(cases)) {
    it(`${name} is no way out of the audit`, async () => {
      const end = await attack({ ...given, inputs: audited() });
      assert.notEqual(end.report.verdict, 'pass', end.log);
      assert.notEqual(end.code, 0);
      assert.ok(!end.log.includes('root:x:0'), 'nothing outside is read');
    });
  }

  for (const [name, to] of Object.entries({
    'a package of development': '"dev": true, "version": "6.7.0"',
    'a package of another server': '"resolved": "http://127.0.0.1:9/qs.tgz", "version": "6.7.0"',
    'a package of a repository': '"resolved": "git+ssh://git@127.0.0.1/a/b.git#abc", "version": "6.7.0"',
  })) {
    it(`that calls a vulnerable package ${name} does not hide it`, async () => {
      const end = await withstand({
        inputs: { ...audited(), omit: 'dev' },
        ...changed('"version": "6.7.0"', to),
      });
      assert.ok(
        end.report.findings.some(
          ({ advisory, outcome }) => advisory?.package === 'qs' && outcome === 'block',
        ),
        end.log,
      );
    });
  }
});

describe('code', onPosix, () => {
  const hiding: Record<string, (origin: string) => void> = {
    'in a file of another kind, by a link': (origin) => {
      move(origin, 'app.js', 'app.txt');
      symlinkSync('app.txt', join(origin, 'app.js'));
    },
    'by a link out of the repository': (origin) => link(origin, 'app.js', '/etc/hosts'),
    'by a link to itself': (origin) => link(origin, 'app.js', 'app.js'),
    'by its size': (origin) =>
      writeFileSync(join(origin, 'app.js'), `${faultyShop['app.js']}//${'x'.repeat(2_000_000)}\n`),
    'by its size, under a new name': (origin) => {
      rmSync(join(origin, 'app.js'));
      writeFileSync(join(origin, 'main.js'), `${faultyShop['app.js']}//${'x'.repeat(2_000_000)}\n`);
    },
    'by a NUL': (origin) => writeFileSync(join(origin, 'app.js'), `${faultyShop['app.js']}//\0\n`),
    'in UTF-16': (origin) =>
      writeFileSync(join(origin, 'app.js'), Buffer.from(`\ufeff${faultyShop['app.js']}`, 'utf16le')),
    'behind more files than are read': (origin) => {
      mkdirSync(join(origin, 'a'));
      for (let index = 0; index < 40_000; index++) writeFileSync(join(origin, 'a', `${index}.js`), '');
    },
  };
  for (const [name, arrange] of Object.entries(hiding)) {
    it(`cannot be hidden ${name}`, async () => {
      const end = await attack({ arrange });
      assert.notEqual(end.report.verdict, 'pass', end.log);
      assert.notEqual(end.code, 0);
    });
  }

  it('that could not be read before either is not this change’s doing', async () => {
    const large = { 'large.js': `//${'x'.repeat(2_000_000)}\n`, 'odd.js': '//\0\n' };
    const end = await attack({ shop: mendedShop, before: large, files: { 'more.txt': 'more' } });
    assert.equal(end.report.verdict, 'pass', end.log);
  });

  const besides: Record<string, Attack> = {
    'links that go round in circles or out': {
      arrange: (origin) => {
        for (const [path, target] of [['self', '.'], ['up', '..'], ['root', '/'], ['a', 'b'], ['b', 'a']]) // biome-ignore format: pairs
          link(origin, path!, target!);
      },
    },
    'a rule that ignores everything': {
      arrange: (origin) => {
        git(origin, 'add', '--all');
        writeFileSync(join(origin, '.gitignore'), '*\n');
      },
    },
    'a line of 900,000 characters': {
      files: { 'app.js': `${faultyShop['app.js']}//${'x'.repeat(900_000)}\n` },
    },
    'a file of 50 MB of JSON': { files: { 'data.json': `[${'{"a":[1,2,3]},'.repeat(3_600_000)}0]` } },
    'JSON, YAML and code of 100,000 levels': {
      files: {
        'deep.json': `${'['.repeat(100_000)}${']'.repeat(100_000)}`,
        'deep.yml': `a: ${'['.repeat(100_000)}${']'.repeat(100_000)}\n`,
        'deep.js': `module.exports = ${'('.repeat(100_000)}1${')'.repeat(100_000)};\n`,
        'deeper.js': `module.exports = ${'['.repeat(100_000)}${']'.repeat(100_000)};\n`,
      },
    },
    'YAML that grows': {
      files: {
        'docker-compose.yml': `a: &a [x,x,x,x,x,x,x,x,x]\n${[...'bcdefghij'].map((name, index) => `${name}: &${name} [${Array(9).fill(`*${'abcdefghi'[index]}`).join(',')}]`).join('\n')}\n`,
      },
    },
    '10,000 directories': {
      arrange: (origin) => {
        for (let index = 0; index < 10_000; index++) {
          const folder = join(origin, 'many', String(index % 100), String(index));
          mkdirSync(folder, { recursive: true });
          writeFileSync(join(folder, 'x.txt'), '');
        }
      },
    },
    'names that differ in case alone': {
      files: { 'App.js': mendedShop['app.js']!, 'PACKAGE.JSON': '{}', 'Package-Lock.json': '{}' },
    },
  };
  for (const [name, given] of Object.entries(besides)) {
    it(`is judged besides ${name}`, async () => {
      await withstand(given);
    });
  }
});
