/** Turns a directory into the list of files that belong to it: by git's index where there is one, else by a walk. */
import { lstatSync, readdirSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { compareText } from '../model/location.ts';
import { isInside } from '../model/path-inside.ts';
import { isNeverRead } from './file-kinds.ts';
import { runGit } from './git.ts';
import { namesIn, readIndex, submodule, symbolicLink } from './git-index.ts';
import type { LeftOut } from './left-out.ts';
import { walkFiles } from './walked-files.ts';

/** Repositories within repositories: one git process each. */
export const repositoryLimit = 100;

/** Submodules within submodules. */
export const submoduleDepthLimit = 8;

export interface FileList {
  /** Files and symbolic links, relative to the directory with `/`, sorted, each once. Some may be gone from the disk. */
  readonly files: readonly string[];
  /** Those of them that are known to be symbolic links. */
  readonly links: readonly string[];
  readonly leftOut: readonly LeftOut[];
  /** One sentence for each repository where git could not be asked and a walk stood in for it. */
  readonly notes: readonly string[];
}

/** Lists what belongs to `directory` (absolute): tracked files and those that are neither tracked nor ignored, those of submodules too. */
export async function listFiles(directory: string): Promise<FileList> {
  const listing = new Listing(directory);
  await listing.add('', 0);
  return {
    files: [...listing.files].sort(compareText),
    links: [...listing.links].sort(compareText),
    leftOut: listing.leftOut,
    notes: listing.notes,
  };
}

class Listing {
  readonly files = new Set<string>();
  readonly links = new Set<string>();
  readonly leftOut: LeftOut[] = [];
  readonly notes: string[] = [];
  readonly #directory: string;
  #repositories = 0;

  constructor(directory: string) {
    this.#directory = directory;
  }

  /** `prefix` is `` or `libs/sub/`: where the repository lies. */
  async add(prefix: string, depth: number): Promise<void> {
    this.#repositories += 1;
    if (this.#repositories > repositoryLimit || depth > submoduleDepthLimit) {
      this.leftOut.push({ path: prefix.slice(0, -1), reason: 'too-deep', matters: true });
      return;
    }
    const inside = (await this.#addByGit(prefix)) ?? this.#addByWalk(prefix);
    for (const path of inside) {
      if (this.#isWithin(path)) await this.add(`${path}/`, depth + 1);
    }
  }

  /** The submodules to look into, or null where git does not know the place. */
  async #addByGit(prefix: string): Promise<string[] | null> {
    const place = join(this.#directory, prefix);
    // Asked apart: listed together, the mode of an entry could not be told from the name of an untracked file.
    const [tracked, others] = await Promise.all([
      readIndex(place),
      runGit(place, ['ls-files', '-z', '--others', '--exclude-standard', '--exclude=node_modules/']),
    ]);
    for (const answer of [tracked, others]) {
      if (!('kind' in answer)) continue;
      if (answer.kind === 'failed') {
        this.notes.push(
          `git could not list ${prefix || 'the directory'} (${answer.reason}), so the files were found by a walk that honours .gitignore.`,
        );
      }
      if (answer.kind !== 'done') return null;
    }
    if ('kind' in tracked || others.kind !== 'done') return null;
    const untracked = namesIn(others.stdout);
    // A directory that an outer repository ignores as a whole: whoever names it wants it read.
    if (tracked.length === 0 && untracked.length === 0) return null;

    const submodules: string[] = [];
    for (const entry of tracked) {
      const { mode } = entry;
      const path = prefix + entry.path;
      if (isNeverRead(path)) continue;
      if (mode === symbolicLink) this.links.add(path);
      if (mode !== submodule) this.files.add(path);
      else if (isEmptyOrAbsent(join(this.#directory, path))) {
        this.leftOut.push({ path, reason: 'submodule-absent', matters: false });
      } else submodules.push(path);
    }
    for (const name of untracked) {
      const path = prefix + name;
      if (isNeverRead(path)) continue;
      if (!path.endsWith('/')) this.files.add(path);
      else this.leftOut.push({ path: path.slice(0, -1), reason: 'nested-repository', matters: false });
    }
    for (const path of unreadableDirectories(others.stderr)) {
      this.leftOut.push({ path: prefix + path, reason: 'unreadable', matters: true, code: 'EACCES' });
    }
    return submodules;
  }

  /** The repositories that the walk came upon. */
  #addByWalk(prefix: string): string[] {
    const walk = walkFiles(join(this.#directory, prefix));
    for (const file of walk.files) this.files.add(prefix + file);
    for (const link of walk.links) this.links.add(prefix + link);
    this.leftOut.push(...walk.leftOut.map((each) => ({ ...each, path: prefix + each.path })));
    return walk.repositories.map((path) => prefix + path);
  }

  /** A submodule whose directory was replaced by a symbolic link is not followed out of the tree. */
  #isWithin(path: string): boolean {
    try {
      return isInside(realpathSync(join(this.#directory, path)), realpathSync(this.#directory));
    } catch {
      return false;
    }
  }
}

/** git says so on its error output and goes on. */
function unreadableDirectories(stderr: string): string[] {
  return [...stderr.matchAll(/^warning: could not open directory '(.+?)\/?':/gm)].map((match) => match[1]!);
}

function isEmptyOrAbsent(directory: string): boolean {
  try {
    return !lstatSync(directory).isDirectory() || readdirSync(directory).length === 0;
  } catch {
    return true;
  }
}
