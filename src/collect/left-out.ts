/** Turns what was not read, file by file, into the sentences of the `files` check. */
import { compareText } from '../model/location.ts';

export type LeftOutReason =
  | 'unreadable'
  | 'too-large'
  | 'not-text'
  | 'link-outside'
  | 'link-broken'
  | 'link-renames'
  | 'over-count'
  | 'too-deep'
  | 'nested-repository'
  | 'submodule-absent'
  | 'ignore-file';

export interface LeftOut {
  /** Relative path with `/`: untrusted, it may hold any character. */
  readonly path: string;
  readonly reason: LeftOutReason;
  /** True where the judgement may be worse for it: the check is then `degraded`. */
  readonly matters: boolean;
  /** The system's word for it, such as `EACCES`. */
  readonly code?: string;
}

/** How many paths a sentence names. */
const namedPaths = 5;

const explanations: Readonly<Record<LeftOutReason, { readonly one: string; readonly many: string }>> = {
  unreadable: { one: 'file or directory could not be read', many: 'files or directories could not be read' },
  'too-large': { one: 'file is too large to be read', many: 'files are too large to be read' },
  'not-text': { one: 'file is not text', many: 'files are not text' },
  'link-outside': {
    one: 'symbolic link leads out of the directory and was not followed',
    many: 'symbolic links lead out of the directory and were not followed',
  },
  'link-renames': {
    one: 'symbolic link gives a file that is not read as code the name of code',
    many: 'symbolic links give files that are not read as code the name of code',
  },
  'link-broken': { one: 'symbolic link leads nowhere', many: 'symbolic links lead nowhere' },
  'over-count': {
    one: 'file was left out because there are too many',
    many: 'files were left out because there are too many',
  },
  'too-deep': {
    one: 'directory is nested too deeply and was not entered',
    many: 'directories are nested too deeply and were not entered',
  },
  'nested-repository': {
    one: 'nested git repository that is no submodule was not entered',
    many: 'nested git repositories that are no submodules were not entered',
  },
  'submodule-absent': { one: 'submodule is not checked out', many: 'submodules are not checked out' },
  'ignore-file': {
    one: '.gitignore file was not heeded in full',
    many: '.gitignore files were not heeded in full',
  },
};

/** What to do about it, where something can be done. */
const remedies: Partial<Readonly<Record<LeftOutReason, string>>> = {
  unreadable: 'give the gate the right to read them',
  'too-large':
    'if the server runs them, give the gate the sources they are made from; else put them under `exclude` in the policy',
  'not-text': 'if they are no code, put them under `exclude` in the policy',
  'link-outside': 'scan a directory that holds both ends, by `working-directory`',
  'over-count': 'leave out what is no server code by `exclude` in the policy, or scan a smaller directory',
};

/** Whether the repository or its rights are to be mended. */
export function isFault(reason: LeftOutReason): boolean {
  return (
    reason === 'unreadable' || reason === 'not-text' || reason === 'link-broken' || reason === 'link-renames'
  );
}

/**
 * What a change brings that cannot be read: code that could be read at the base, and new code. Whoever could hide code so would pass unseen.
 * Links that lead out were perhaps there before, which is not recorded of a base: they count only in the place of something.
 */
export function hiddenByChange(
  head: readonly LeftOut[],
  base: { readonly files: ReadonlyMap<string, unknown>; readonly leftOut: readonly LeftOut[] },
): LeftOut[] {
  const known = new Set(base.leftOut.map(({ path }) => path));
  const before = new Set<string>();
  for (const file of base.files.keys()) {
    for (let end = file.length; end > 0; end = file.lastIndexOf('/', end - 1)) before.add(file.slice(0, end));
  }
  return head.filter(
    ({ path, reason, matters }) =>
      matters &&
      (before.has(path) ||
        (!known.has(path) && (reason === 'not-text' || reason === 'too-large' || reason === 'over-count'))),
  );
}

/** Whether a bound of the gate is the reason. */
export function isLimit(reason: LeftOutReason): boolean {
  return reason === 'too-large' || reason === 'over-count' || reason === 'too-deep';
}

/** One sentence for each reason, those that matter first; empty where nothing was left out. */
export function describeLeftOut(leftOut: readonly LeftOut[]): string[] {
  const sentences: string[] = [];
  for (const matters of [true, false]) {
    for (const reason of Object.keys(explanations) as LeftOutReason[]) {
      const group = leftOut.filter((each) => each.reason === reason && each.matters === matters);
      if (group.length > 0) sentences.push(sentence(group, reason, matters));
    }
  }
  return sentences;
}

function sentence(group: readonly LeftOut[], reason: LeftOutReason, matters: boolean): string {
  const { one, many } = explanations[reason];
  const sorted = group.toSorted((a, b) => compareText(a.path, b.path));
  const named = sorted.slice(0, namedPaths).map(({ path, code }) => {
    return code === undefined ? quotePath(path) : `${quotePath(path)} (${code})`;
  });
  const rest = sorted.length > namedPaths ? ` and ${sorted.length - namedPaths} more` : '';
  const remedy = matters ? remedies[reason] : undefined;
  const start = `${sorted.length} ${sorted.length === 1 ? one : many}`;
  if (!matters && reason === 'too-large') return `${start} (client-side, generated or test material).`;
  return `${start}: ${named.join(', ')}${rest}${remedy === undefined ? '' : `; ${remedy}`}.`;
}

/** A path as a sentence can hold it: in quotes and escaped where it has anything but the usual characters. */
export function quotePath(path: string): string {
  return /^[\p{L}\p{N}._@+/()[\]-]+$/u.test(path)
    ? path
    : JSON.stringify(path).replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, escapeCharacter);
}

function escapeCharacter(character: string): string {
  return `\\u{${character.codePointAt(0)!.toString(16)}}`;
}
