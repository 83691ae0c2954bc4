/** Turns a commit into the texts of the files that the gate judges by, as source-files.ts does it for a directory. */
import { posix } from 'node:path';
import { compareText } from '../model/location.ts';
import { fileKind, isNeverRead, isSurelyNotServer } from './file-kinds.ts';
import { submodule, symbolicLink } from './git-index.ts';
import type { LeftOut } from './left-out.ts';
import {
  type Candidate,
  decodeContents,
  fileLimit,
  judgeSize,
  rank,
  type SourceFiles,
  totalSizeLimit,
} from './source-files.ts';

/** One entry of a commit's tree, below the scanned directory. */
export interface TreeEntry {
  /** Relative to the scanned directory, with `/`. */
  readonly path: string;
  /** As git writes it: `100644`, `120000` for a symbolic link, `160000` for a submodule. */
  readonly mode: string;
  /** The object's name. */
  readonly object: string;
  /** Bytes; 0 for what is no file. */
  readonly size: number;
}

/** A commit whose files can be read, from the repository or from GitHub. */
export interface Revision {
  readonly commit: string;
  /** Everything below the scanned directory. @throws Error where it cannot be had, in words. */
  list(): Promise<readonly TreeEntry[]>;
  /** The contents of files, by object name. @throws Error where one cannot be had. */
  read(entries: readonly TreeEntry[]): Promise<ReadonlyMap<string, Buffer>>;
  /** The entry at a path from the repository's root, or null. @throws Error where it cannot be had. */
  find(path: string): Promise<TreeEntry | null>;
  /** Where the scanned directory lies in the repository: `` or `apps/shop/`. */
  readonly prefix: string;
}

/**
 * Reads what the gate judges by. What the head has in the same words is shared with it, and files that differ in nothing but the ends of
 * their lines (as a checkout on Windows writes them) count as the same.
 * @param head what was read of the directory: a submodule that both have at the same commit is taken from there.
 * @param headSubmodules asks for the head's submodules: path -> commit.
 */
export async function readRevisionFiles(
  revision: Revision,
  isExcluded: (path: string) => boolean,
  head: SourceFiles,
  headSubmodules: () => Promise<ReadonlyMap<string, string>>,
): Promise<SourceFiles> {
  const entries = await revision.list();
  const submodules = entries.filter(({ mode }) => mode === submodule);
  const same = submodules.length === 0 ? new Map<string, string>() : await headSubmodules();
  const leftOut: LeftOut[] = [];
  const leaveOut = (path: string, reason: LeftOut['reason'], matters: boolean) =>
    leftOut.push({ path, reason, matters: matters && !isExcluded(path) });
  const wanted = await candidatesOf(revision, entries);
  const present = new Set<string>();
  const texts = new Map<string, string>();
  const chosen: { candidate: Candidate; entry: TreeEntry }[] = [];
  let bytes = 0;
  for (const each of wanted.sort((a, b) => rank(a.candidate.kind) - rank(b.candidate.kind))) {
    const { path, kind } = each.candidate;
    if (kind === 'manifest' || kind === 'lockfile') present.add(path);
    if (path.endsWith('bun.lockb')) continue;
    const judged = judgeSize(each.candidate, each.entry.size);
    if (!judged.fits) {
      if (judged.matters !== null) leaveOut(path, 'too-large', judged.matters);
    } else if (chosen.length >= fileLimit || bytes + each.entry.size > totalSizeLimit) {
      leaveOut(path, 'over-count', !isSurelyNotServer(path));
    } else {
      bytes += each.entry.size;
      chosen.push(each);
    }
  }
  const contents = await revision.read(chosen.map(({ entry }) => entry));
  for (const { candidate, entry } of chosen) {
    const text = decodeContents(candidate, contents.get(entry.object)!);
    if (text === 'not-text') leaveOut(candidate.path, 'not-text', !isSurelyNotServer(candidate.path));
    else if (text !== null)
      texts.set(candidate.path, shared(text.text, head.files.get(candidate.path)?.text));
  }
  for (const { path, object } of submodules) {
    if (same.get(path) !== object) {
      leaveOut(path, 'submodule-absent', false);
      continue;
    }
    for (const [inner, file] of head.files) if (inner.startsWith(`${path}/`)) texts.set(inner, file.text);
    for (const inner of head.present) if (inner.startsWith(`${path}/`)) present.add(inner);
  }
  return {
    files: new Map(
      [...texts].sort(([a], [b]) => compareText(a, b)).map(([path, text]) => [path, { path, text }]),
    ),
    present,
    leftOut,
    notes: [],
  };
}

/** The head's own copy of an equal text: what is equal is then also the same, and found so at once. */
function shared(text: string, other: string | undefined): string {
  if (other === undefined) return text;
  if (other === text) return other;
  return other.includes('\r\n') && other.replaceAll('\r\n', '\n') === text.replaceAll('\r\n', '\n')
    ? other
    : text;
}

async function candidatesOf(
  revision: Revision,
  entries: readonly TreeEntry[],
): Promise<{ candidate: Candidate; entry: TreeEntry }[]> {
  const files = new Map(
    entries.filter(({ mode }) => mode.startsWith('100')).map((each) => [each.path, each]),
  );
  const found = new Map<string, { candidate: Candidate; entry: TreeEntry }>();
  for (const [path, entry] of files) {
    const kind = isNeverRead(path) ? null : fileKind(path);
    if (kind !== null) found.set(path, { candidate: { path, kind }, entry });
  }
  // A link counts where it leads, under the kind that its own name gives it.
  const links = entries.filter(({ path, mode }) => mode === symbolicLink && fileKind(path) !== null);
  if (links.length === 0) return [...found.values()];
  const targets = await revision.read(links.filter(({ size }) => size <= 4096));
  for (const { path, object } of links) {
    const target = targets.get(object)?.toString('utf8');
    if (target === undefined || target.startsWith('/')) continue;
    const real = posix.normalize(posix.join(posix.dirname(path), target));
    const entry = files.get(real);
    if (entry !== undefined && !found.has(real) && !isNeverRead(real))
      found.set(real, { candidate: { path: real, kind: fileKind(path)! }, entry });
  }
  return [...found.values()];
}
