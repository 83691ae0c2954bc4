/** Locks the tree by the real package managers, from the stand-in registry: `node test/audited-tree/lock.ts [kind…]` writes this folder's lockfiles. */
import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { startRegistry } from '../stand-ins/registry.ts';
import { type LockfileKind, lockfileKinds } from './kinds.ts';
import { manifests, publishedThen } from './world.ts';

interface Program {
  readonly package: string;
  readonly bin: string;
  readonly args: readonly string[];
}

const programs: Readonly<Record<LockfileKind, Program>> = {
  'npm-1': npm(1),
  'npm-2': npm(2),
  'npm-3': npm(3),
  'yarn-1': {
    package: 'yarn@1.22.22',
    bin: 'yarn',
    args: ['install', '--ignore-scripts', '--non-interactive'],
  },
  'yarn-berry': { package: '@yarnpkg/cli-dist@4.18.1', bin: 'yarn', args: ['install', '--mode=skip-build'] },
  'pnpm-6': { package: 'pnpm@8.15.9', bin: 'pnpm', args: ['install', '--lockfile-only', '--ignore-scripts'] },
  'pnpm-9': {
    package: 'pnpm@10.34.9',
    bin: 'pnpm',
    args: ['install', '--lockfile-only', '--ignore-scripts'],
  },
  bun: { package: 'bun@1.4.5', bin: 'bun', args: ['install', '--lockfile-only', '--ignore-scripts'] },
};

function npm(version: number): Program {
  const args = ['install', '--package-lock-only', '--no-audit', `--lockfile-version=${version}`];
  return { package: 'npm@11.19.1', bin: 'npm', args };
}

/** Each manager's own way to be told of the registry. */
function settings(registry: string): Readonly<Record<string, string>> {
  return {
    '.npmrc': `registry=${registry}\n`,
    '.yarnrc': `registry "${registry}"\n`,
    '.yarnrc.yml': `npmRegistryServer: "${registry}"\nunsafeHttpWhitelist: ["127.0.0.1"]\nenableGlobalCache: false\nenableTelemetry: false\nnpmMinimalAgeGate: 0\nnetworkConcurrency: 1\nglobalFolder: .yarn/global\nnodeLinker: node-modules\n`,
    'pnpm-workspace.yaml': "packages: ['apps/*']\n",
  };
}

function run(program: string, args: readonly string[], cwd: string): Promise<void> {
  const environment = Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name));
  // In CI, Yarn and pnpm refuse to write a lockfile.
  const env = { ...Object.fromEntries(environment), YARN_ENABLE_IMMUTABLE_INSTALLS: 'false', CI: '' };
  return new Promise((done, fail) => {
    spawn(program, args, { cwd, env, stdio: 'inherit' }).on('close', (code) =>
      code === 0 ? done() : fail(new Error(`${program} ended with ${code}`)),
    );
  });
}

const wanted = process.argv.slice(2);
const registry = await startRegistry({ packages: publishedThen });
for (const [kind, file] of Object.entries(lockfileKinds) as [LockfileKind, string][]) {
  if (wanted.length > 0 && !wanted.includes(kind)) continue;
  const folder = await mkdtemp(join(tmpdir(), `express-gate-lock-${kind}-`));
  try {
    const files = {
      ...settings(registry.url),
      ...Object.fromEntries(
        Object.entries(manifests).map(([directory, manifest]) => [
          join(directory, 'package.json'),
          JSON.stringify(manifest, null, 2),
        ]),
      ),
    };
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), text);
    }
    const { package: name, bin, args } = programs[kind];
    const tools = await mkdtemp(join(tmpdir(), 'express-gate-tools-'));
    await run('npm', ['install', '--no-audit', '--no-fund', '--prefix', tools, name], tools);
    await run(join(tools, 'node_modules/.bin', bin), args, folder);
    await rm(tools, { recursive: true, force: true });
    const text = await readFile(join(folder, file), 'utf8');
    const place = join(import.meta.dirname, kind, file);
    await mkdir(dirname(place), { recursive: true });
    // The port is another one each time; what is locked is as from the public registry.
    await writeFile(place, text.replaceAll(registry.url, 'https://registry.npmjs.org/'));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
await registry.close();
