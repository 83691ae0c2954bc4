/** Turns esbuild's list of inputs into dist/THIRD-PARTY-LICENSES.txt: each bundled package with its licence and the licence's text. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Metafile } from 'esbuild';

/** Licences that let us pass a package on inside dist/ with no duty but to name it and keep its text. */
const allowedLicences = new Set([
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'CC0-1.0',
  'ISC',
  'MIT',
  'Python-2.0',
  'Unlicense',
]);

export interface BundledPackage {
  readonly name: string;
  readonly version: string;
  /** SPDX expression. */
  readonly licence: string;
  /** The licence's text, and the NOTICE where there is one. */
  readonly text: string;
}

/**
 * The packages of which at least one file ended up in an output, by name and version.
 * @throws Error naming each package whose licence is missing or not allowed.
 */
export async function bundledPackages(directory: string, metafile: Metafile): Promise<BundledPackage[]> {
  const folders = new Set<string>();
  for (const output of Object.values(metafile.outputs)) {
    for (const input of Object.keys(output.inputs)) {
      const folder = packageFolder(input);
      if (folder !== null) {
        folders.add(folder);
      }
    }
  }
  const packages = new Map<string, BundledPackage>();
  const problems: string[] = [];
  for (const folder of folders) {
    const read = await readPackage(join(directory, folder), folder);
    if (typeof read === 'string') {
      problems.push(read);
    } else {
      packages.set(`${read.name}@${read.version}`, read);
    }
  }
  if (problems.length > 0) {
    throw new Error(`These packages cannot be bundled:\n${problems.sort().join('\n')}`);
  }
  return [...packages].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, bundled]) => bundled);
}

/** `node_modules/a/node_modules/@b/c/lib/d.js` -> `node_modules/a/node_modules/@b/c`; null for our own files. */
export function packageFolder(input: string): string | null {
  return /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(input)?.[0] ?? null;
}

async function readPackage(path: string, folder: string): Promise<BundledPackage | string> {
  const manifest = JSON.parse(await readFile(join(path, 'package.json'), 'utf8'));
  if (!isAllowed(String(manifest.license ?? ''))) {
    return `${folder}: licence "${manifest.license ?? 'none'}" is not on the list in scripts/licences.ts`;
  }
  const names = (await readdir(path)).sort();
  const licences = names.filter((name) => /^(?:licen[cs]e|copying)(?:[-.].*)?$/i.test(name));
  if (licences.length === 0) {
    return `${folder}: it has no licence file`;
  }
  const notices = names.filter((name) => /^notice(?:\..*)?$/i.test(name));
  const texts = await Promise.all(
    [...licences, ...notices].map((name) => readFile(join(path, name), 'utf8')),
  );
  const text = texts
    .map((each) =>
      each
        .replaceAll('\r\n', '\n')
        .replace(/[ \t]+$/gm, '')
        .trim(),
    )
    .join('\n\n');
  return { name: manifest.name, version: manifest.version, licence: manifest.license, text };
}

/** Whether an SPDX expression leaves us a way that is allowed. One that mixes OR and AND is left for a person to read. */
export function isAllowed(expression: string): boolean {
  const names = expression.replace(/[()]/g, '').split(/ (?:OR|AND) /);
  const allowed = names.filter((name) => allowedLicences.has(name)).length;
  return expression.includes(' AND ') ? allowed === names.length : allowed > 0;
}

const ruler = '='.repeat(80);

/** The licences file; the advisory data has its own licence, which asks to be named where the data goes. */
export function renderLicences(packages: readonly BundledPackage[]): string {
  const data = `GitHub Advisory Database (data)
Licence: CC-BY-4.0, https://creativecommons.org/licenses/by/4.0/

The embedded advisories are taken from the GitHub Advisory Database, https://github.com/github/advisory-database,
copyright GitHub, Inc. and contributors. The records were cut down to ids, packages, version ranges, severities, CVSS, CWE
and dates; the summaries are our own.`;
  const sections = packages.map(
    ({ name, version, licence, text }) => `${name} ${version}\nLicence: ${licence}\n\n${text}`,
  );
  return `The files in this folder contain the following packages and data.\n\n${[...sections, data].map((section) => `${ruler}\n${section}\n`).join('\n')}`;
}
