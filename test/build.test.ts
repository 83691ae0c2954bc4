/** The built files: fresh, self-contained, free of this machine, and with the licences of all that they hold. */
import assert from 'node:assert/strict';
import { execFile, execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { promisify } from 'node:util';
import type { Metafile } from 'esbuild';
import { type Bundle, compareBundle, makeBundle, root, writeBundle } from '../scripts/build.ts';
import { bundledPackages, isAllowed, packageFolder, renderLicences } from '../scripts/licences.ts';
import { version } from '../src/version.ts';

const run = promisify(execFile);

interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program in an environment that holds nothing of npm's or of a workflow's. */
async function start(command: string, args: readonly string[], cwd: string): Promise<Outcome> {
  const env = { PATH: process.env.PATH ?? '', HOME: cwd, SystemRoot: process.env.SystemRoot ?? '' };
  return run(command, [...args], { cwd, env, maxBuffer: 1 << 26 }).then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    (error) => ({ code: error.code, stdout: error.stdout, stderr: error.stderr }),
  );
}

/** This Node, and the machine's own where that is another one (`npm test` puts the one of node_modules first). */
function nodes(): string[] {
  const name = process.platform === 'win32' ? 'node.exe' : 'node';
  const own = (process.env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => !folder.includes('node_modules'))
    .map((folder) => join(folder, name))
    .find((path) => existsSync(path));
  return own === undefined || own === process.execPath ? [process.execPath] : [process.execPath, own];
}

/** The files that an entry point loads before its first line runs. */
function loadedAtStart(metafile: Metafile, entry: string): Set<string> {
  const loaded = new Set<string>();
  const visit = (path: string) => {
    if (loaded.has(path)) return;
    loaded.add(path);
    for (const { kind, path: next, external } of metafile.outputs[path]?.imports ?? []) {
      if (kind === 'import-statement' && external !== true) visit(next);
    }
  };
  visit(entry);
  return loaded;
}

describe('the bundle', () => {
  let bundle: Bundle;
  let folder: string;

  before(async () => {
    bundle = await makeBundle(root);
    folder = mkdtempSync(join(tmpdir(), 'express-gate build '));
    await writeBundle(bundle, join(folder, 'dist'));
    cpSync(join(root, 'test/apps/insecure-shop'), join(folder, 'shop'), {
      recursive: true,
      filter: (path) => !path.includes('node_modules'),
    });
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('runs where there is no node_modules, on each Node of this machine', async () => {
    for (const node of nodes()) {
      const shown = await start(node, [join(folder, 'dist/cli.js'), '--version'], folder);
      assert.deepEqual(shown, { code: 0, stdout: `${version}\n`, stderr: '' }, node);
      const args = [join(folder, 'dist/cli.js'), 'shop', '--audit', 'embedded', '--format', 'json'];
      const judged = await start(node, args, folder);
      assert.equal(judged.code, 1, `${node}: ${judged.stderr}`);
      const report = JSON.parse(judged.stdout);
      assert.equal(report.verdict, 'fail');
      assert.ok(
        report.findings.some((finding: { ruleId: string }) => finding.ruleId === 'session-cookie-not-secure'),
      );
    }
  });

  it('gives the same report on each Node of this machine', async () => {
    const reports = new Set<string>();
    for (const node of nodes()) {
      const args = [join(folder, 'dist/cli.js'), 'shop', '--audit', 'embedded', '--format', 'markdown'];
      reports.add((await start(node, args, folder)).stdout);
    }
    assert.equal(reports.size, 1);
  });

  it('states the version of package.json', () => {
    assert.equal(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version, version);
  });

  it('is the same byte for byte when built in another directory', async () => {
    const copy = join(folder, 'a copy');
    const inputs = Object.keys(bundle.metafile.inputs);
    const packages = [...new Set(inputs.map(packageFolder).filter((path) => path !== null))];
    for (const path of [
      ...inputs,
      ...packages.map((path) => join(path, 'package.json')),
      'package.json',
      'tsconfig.json',
    ]) {
      mkdirSync(dirname(join(copy, path)), { recursive: true });
      cpSync(join(root, path), join(copy, path));
    }
    for (const path of packages) {
      cpSync(join(root, path), join(copy, path), {
        recursive: true,
        filter: (file) => !/\.d\.[cm]?ts$|\.map$/.test(file),
      });
    }
    const again = await makeBundle(copy);
    assert.deepEqual([...again.files.keys()], [...bundle.files.keys()]);
    for (const [name, contents] of bundle.files) {
      assert.ok(again.files.get(name)?.equals(contents), name);
    }
  });

  it('holds no path of this machine', () => {
    for (const [name, contents] of bundle.files) {
      for (const path of [root, homedir(), tmpdir()].filter((each) => each.length > 4)) {
        assert.ok(
          !contents.includes(path) && !contents.includes(JSON.stringify(path).slice(1, -1)),
          `${path} in ${name}`,
        );
      }
    }
  });

  it('loads nothing of node_modules before --version is answered, and GitHub clients and schemas only when they are used', () => {
    const packagesAtStart = (entry: string) => {
      const inputs = [...loadedAtStart(bundle.metafile, entry)].flatMap((output) =>
        Object.keys(bundle.metafile.outputs[output]?.inputs ?? {}),
      );
      return [...new Set(inputs.map(packageFolder).filter((path) => path !== null))];
    };
    assert.deepEqual(packagesAtStart('dist/cli.js'), []);
    const heavy = packagesAtStart('dist/index.js').filter((path) =>
      /@octokit|@actions\/github|ajv/.test(path),
    );
    assert.deepEqual(heavy, []);
  });

  it('names every bundled package with its licence', async () => {
    const text = bundle.files.get('THIRD-PARTY-LICENSES.txt')!.toString();
    const packages = await bundledPackages(root, bundle.metafile);
    const names = packages.map(({ name }) => name);
    assert.ok(names.includes('@babel/parser') && names.includes('yaml'), names.join(' '));
    for (const { name, version: installed, licence } of packages) {
      assert.ok(text.includes(`\n${name} ${installed}\nLicence: ${licence}\n\n`), name);
    }
    assert.match(text, /GitHub Advisory Database[\s\S]*CC-BY-4\.0/);
  });
});

describe('the lockfile', () => {
  it('holds the packages of every system, not only of the one it was made on: npm ci refuses where one is missing', () => {
    const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
    for (const [place, { optionalDependencies = {} }] of Object.entries<Record<string, object>>(packages)) {
      for (const name of Object.keys(optionalDependencies)) {
        const places = [`${place}/node_modules/${name}`, `node_modules/${name}`];
        assert.ok(
          places.some((each) => Object.hasOwn(packages, each)),
          `${place} may need ${name}`,
        );
      }
    }
  });
});

describe('the build', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'express-gate-dist-'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  const bundleOf = (files: Record<string, string>): Bundle => ({
    files: new Map(Object.entries(files).map(([name, text]) => [name, Buffer.from(text)])),
    metafile: { inputs: {}, outputs: {} },
  });

  it('removes what an earlier build left, and says what is not fresh', async () => {
    const dist = join(folder, 'dist');
    await writeBundle(bundleOf({ 'cli.js': 'old', 'chunks/old.js': 'old', 'kept.js': 'same' }), dist);
    const next = bundleOf({ 'cli.js': 'new', 'chunks/new.js': 'new', 'kept.js': 'same' });
    assert.deepEqual(await compareBundle(next, dist), [
      'dist/chunks/new.js is missing',
      'dist/chunks/old.js should not be there',
      'dist/cli.js is out of date',
    ]);
    await writeBundle(next, dist);
    assert.deepEqual(await compareBundle(next, dist), []);
  });

  if (process.platform !== 'win32') {
    it('makes a command line that a shell can start', async () => {
      const dist = join(folder, 'started');
      await writeBundle(bundleOf({ 'cli.js': '#!/bin/sh\necho started\n' }), dist);
      assert.equal(execFileSync(join(dist, 'cli.js'), { encoding: 'utf8' }), 'started\n');
    });
  }

  it('finds the package of a file, also of a nested one', () => {
    assert.equal(packageFolder('src/cli.ts'), null);
    assert.equal(packageFolder('node_modules/yaml/dist/index.js'), 'node_modules/yaml');
    assert.equal(packageFolder('node_modules/@a/b/x.js'), 'node_modules/@a/b');
    assert.equal(
      packageFolder('node_modules/@a/b/node_modules/c/lib/x.js'),
      'node_modules/@a/b/node_modules/c',
    );
  });

  it('knows which licences we may pass on', () => {
    for (const expression of ['MIT', '(MIT OR GPL-3.0-only)', 'MIT AND ISC'])
      assert.ok(isAllowed(expression), expression);
    for (const expression of [
      '',
      'GPL-3.0-only',
      'UNLICENSED',
      'MIT AND GPL-3.0-only',
      'GPL-3.0-only AND (MIT OR ISC)',
    ]) {
      assert.ok(!isAllowed(expression), expression);
    }
  });

  it('refuses a package without a licence that we may pass on, and one without its text', async () => {
    const add = (name: string, license: string | undefined, files: Record<string, string>) => {
      mkdirSync(join(folder, 'node_modules', name), { recursive: true });
      writeFileSync(
        join(folder, 'node_modules', name, 'package.json'),
        JSON.stringify({ name, version: '1.0.0', license }),
      );
      for (const [file, text] of Object.entries(files))
        writeFileSync(join(folder, 'node_modules', name, file), text);
    };
    add('good', 'MIT', { 'LICENSE.md': 'You may.\r\n', NOTICE: 'Made by us.' });
    add('closed', 'UNLICENSED', { LICENSE: 'You may not.' });
    add('silent', undefined, { LICENSE: 'Who knows.' });
    add('textless', 'MIT', {});
    const metafileOf = (...names: string[]): Metafile => ({
      inputs: {},
      outputs: {
        'dist/cli.js': {
          bytes: 1,
          exports: [],
          imports: [],
          inputs: Object.fromEntries(
            names.map((name) => [`node_modules/${name}/index.js`, { bytesInOutput: 1 }]),
          ),
        },
      },
    });
    const [good] = await bundledPackages(folder, metafileOf('good'));
    assert.deepEqual(good, {
      name: 'good',
      version: '1.0.0',
      licence: 'MIT',
      text: 'You may.\n\nMade by us.',
    });
    assert.ok(renderLicences([good!]).includes('good 1.0.0\nLicence: MIT\n\nYou may.'));
    await assert.rejects(
      bundledPackages(folder, metafileOf('good', 'closed', 'silent', 'textless')),
      (error: Error) => {
        assert.ok(!error.message.includes('good'));
        for (const name of ['closed', 'silent', 'textless'])
          assert.ok(error.message.includes(`node_modules/${name}`), name);
        return true;
      },
    );
  });
});
