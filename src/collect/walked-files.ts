/** Turns a directory that git knows nothing of into the files in it that its .gitignore files do not name. */
import { type Dirent, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import ignore, { type Ignore } from 'ignore';
import { compareText } from '../model/location.ts';
import { isCheapGlob } from './cheap-glob.ts';
import { isNeverRead } from './file-kinds.ts';
import type { LeftOut } from './left-out.ts';

/** Directories below directories: deeper than any tree that people keep, below what the longest path allows. */
export const depthLimit = 64;

/** Files and directories looked at in one walk. */
export const entryLimit = 500_000;

/** Bytes of a .gitignore file that are heeded. */
export const ignoreFileLimit = 64 * 1024;

export interface Walk {
  /** Files and symbolic links, relative to the walked directory, in order. */
  readonly files: readonly string[];
  /** The links among them. */
  readonly links: readonly string[];
  /** Directories with a git repository of their own, not entered. */
  readonly repositories: readonly string[];
  readonly leftOut: readonly LeftOut[];
}

/** What the .gitignore of one directory says of what lies below it. */
interface IgnoreRules {
  /** `` or `a/b/`. */
  readonly base: string;
  readonly rules: Ignore;
}

interface Place {
  /** `` or `a/b/`. */
  readonly path: string;
  readonly depth: number;
  readonly ignores: readonly IgnoreRules[];
}

/** How the walk reads a directory; a test puts one here that has no rights. */
export type ReadDirectory = (path: string) => Dirent[];

const readDirectory: ReadDirectory = (path) => readdirSync(path, { withFileTypes: true });

/** Walks `directory` (absolute), never through a symbolic link. */
export function walkFiles(directory: string, read: ReadDirectory = readDirectory): Walk {
  const files: string[] = [];
  const links: string[] = [];
  const repositories: string[] = [];
  const leftOut: LeftOut[] = [];
  const waiting: Place[] = [{ path: '', depth: 0, ignores: [] }];
  let seen = 0;
  for (let place = waiting.pop(); place !== undefined; place = waiting.pop()) {
    let entries: Dirent[];
    try {
      entries = read(join(directory, place.path));
    } catch (error) {
      leftOut.push({
        path: place.path.slice(0, -1) || '.',
        reason: 'unreadable',
        matters: true,
        code: codeOf(error),
      });
      continue;
    }
    if (place.path !== '' && entries.some(({ name }) => name === '.git')) {
      repositories.push(place.path.slice(0, -1));
      continue;
    }
    const ignores = [...place.ignores, ...readIgnoreRules(directory, place.path, entries, leftOut)];
    const below: Place[] = [];
    for (const entry of entries.sort((a, b) => compareText(a.name, b.name))) {
      const path = place.path + entry.name;
      if (isNeverRead(entry.name) || isIgnored(path, entry.isDirectory(), ignores)) continue;
      seen += 1;
      if (seen > entryLimit) {
        leftOut.push({ path, reason: 'over-count', matters: true });
        return { files, links, repositories, leftOut };
      }
      if (!entry.isDirectory()) {
        // What is neither file nor link (a pipe, a socket) would block whoever reads it.
        if (entry.isFile() || entry.isSymbolicLink()) files.push(path);
        if (entry.isSymbolicLink()) links.push(path);
      } else if (place.depth >= depthLimit) {
        leftOut.push({ path, reason: 'too-deep', matters: true });
      } else {
        below.push({ path: `${path}/`, depth: place.depth + 1, ignores });
      }
    }
    waiting.push(...below.reverse());
  }
  return { files, links, repositories, leftOut };
}

/** The nearest .gitignore that speaks of the path decides, as in git. */
function isIgnored(path: string, isDirectory: boolean, ignores: readonly IgnoreRules[]): boolean {
  for (let index = ignores.length - 1; index >= 0; index -= 1) {
    const { base, rules } = ignores[index]!;
    const { ignored, unignored } = rules.test(path.slice(base.length) + (isDirectory ? '/' : ''));
    if (ignored || unignored) return ignored;
  }
  return false;
}

function readIgnoreRules(
  directory: string,
  base: string,
  entries: readonly Dirent[],
  leftOut: LeftOut[],
): IgnoreRules[] {
  if (!entries.some((entry) => entry.name === '.gitignore' && entry.isFile())) return [];
  const path = `${base}.gitignore`;
  let text: string;
  try {
    if (statSync(join(directory, path)).size > ignoreFileLimit) {
      leftOut.push({ path, reason: 'ignore-file', matters: false });
      return [];
    }
    text = readFileSync(join(directory, path), 'utf8');
  } catch (error) {
    leftOut.push({ path, reason: 'unreadable', matters: false, code: codeOf(error) });
    return [];
  }
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  const heeded = lines.filter(isCheapGlob);
  if (heeded.length < lines.length) leftOut.push({ path, reason: 'ignore-file', matters: false });
  return [{ base, rules: ignore({ ignorecase: false }).add(heeded) }];
}

/** The system's word for a failure, `EACCES` and the like. */
export function codeOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : 'unknown error';
}
