/** Turns src/ into dist/: three bundles that need no node_modules, with the licences of everything that went into them. */
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Metafile } from 'esbuild';
import { bundledPackages, renderLicences } from './licences.ts';

/** The root of this repository. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));

const entryPoints = { index: 'src/action.ts', cli: 'src/cli.ts', comment: 'src/comment.ts' };

/** Bundled CommonJS packages ask for Node's own modules by `require`, which an ES module does not have. */
const requireBanner =
  "import { createRequire as createRequireForBundle } from 'node:module'; const require = createRequireForBundle(import.meta.url);";

export interface Bundle {
  /** File name within dist -> contents. */
  readonly files: ReadonlyMap<string, Buffer>;
  readonly metafile: Metafile;
}

/**
 * Bundles the sources below `directory` without writing anything. The same sources give the same bytes wherever they lie.
 * @throws Error where the sources do not build, or a bundled package has no licence that we may pass on.
 */
export async function makeBundle(directory: string): Promise<Bundle> {
  const result = await build({
    absWorkingDir: directory,
    entryPoints,
    outdir: 'dist',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    chunkNames: 'chunks/[name]-[hash]',
    entryNames: '[name]',
    banner: { js: requireBanner },
    // Not minified: what runs on other people's pull requests should be readable, and minifying gains 10 ms of 130.
    minify: false,
    legalComments: 'none',
    charset: 'utf8',
    metafile: true,
    write: false,
    logLevel: 'silent',
  });
  const files = new Map<string, Buffer>();
  for (const [path, contents] of Object.entries(outputs(directory, result.outputFiles))) {
    files.set(path, Buffer.from(path === 'cli.js' ? withHashbang(contents) : contents));
  }
  // Without it Node would take the files for CommonJS where dist/ stands alone.
  files.set('package.json', Buffer.from('{ "type": "module" }\n'));
  const packages = await bundledPackages(directory, result.metafile);
  files.set('THIRD-PARTY-LICENSES.txt', Buffer.from(renderLicences(packages)));
  return { files: new Map([...files].sort(([a], [b]) => (a < b ? -1 : 1))), metafile: result.metafile };
}

function outputs(
  directory: string,
  files: readonly { path: string; text: string }[],
): Record<string, string> {
  const dist = join(directory, 'dist');
  return Object.fromEntries(
    files.map((file) => [file.path.slice(dist.length + 1).replaceAll('\\', '/'), file.text]),
  );
}

function withHashbang(text: string): string {
  return text.startsWith('#!') ? text : `#!/usr/bin/env node\n${text}`;
}

/** Makes `dist` hold the bundle and nothing else. */
export async function writeBundle(bundle: Bundle, dist: string): Promise<void> {
  await rm(dist, { recursive: true, force: true });
  for (const [name, contents] of bundle.files) {
    await mkdir(dirname(join(dist, name)), { recursive: true });
    await writeFile(join(dist, name), contents, { mode: name === 'cli.js' ? 0o755 : 0o644 });
  }
}

/** Says in which files `dist` differs from the bundle, one sentence each; empty where it is fresh. */
export async function compareBundle(bundle: Bundle, dist: string): Promise<string[]> {
  const present = new Set(await filesBelow(dist));
  const differences = [...present]
    .filter((name) => !bundle.files.has(name))
    .map((name) => `dist/${name} should not be there`);
  for (const [name, contents] of bundle.files) {
    if (!present.has(name)) {
      differences.push(`dist/${name} is missing`);
    } else if (!contents.equals(await readFile(join(dist, name)))) {
      differences.push(`dist/${name} is out of date`);
    }
  }
  return differences.sort();
}

async function filesBelow(directory: string): Promise<string[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(directory.length + 1)
        .replaceAll('\\', '/'),
    );
}

async function main(): Promise<void> {
  const bundle = await makeBundle(root);
  const dist = join(root, 'dist');
  if (!process.argv.includes('--check')) {
    await writeBundle(bundle, dist);
    for (const [name, contents] of bundle.files) {
      console.log(`${String(Math.ceil(contents.length / 1024)).padStart(6)} KiB  dist/${name}`);
    }
    return;
  }
  const differences = await compareBundle(bundle, dist);
  if (differences.length > 0) {
    console.error(
      `${differences.join('\n')}\ndist/ is not what the sources build: run "npm run build" and commit dist/.`,
    );
    process.exitCode = 1;
  } else {
    console.log(`dist/ is fresh (${bundle.files.size} files).`);
  }
}

if (import.meta.main) {
  await main().catch((error: Error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
}
