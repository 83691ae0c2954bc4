/** Turns the text of a policy's `extends` into where that policy is: a path, or a file of a repository on GitHub. */

export type ExtendsSource =
  | { readonly kind: 'file'; readonly path: string }
  | {
      readonly kind: 'github';
      readonly owner: string;
      readonly repository: string;
      readonly path: string;
      readonly ref: string;
    };

const longest = 300;

/** What git allows in the name of a branch or tag, and GitHub in a path; nothing that ends or bends an address. */
const refWord = /^(?!-)(?!.*\.\.)[^\s~^:?*[\\@\p{Cc}\p{Cf}]+$/u;

/** Reads a text in which `extendsFault` finds nothing wrong. A path has `/` between its parts. */
export function readExtends(text: string): ExtendsSource {
  const found = /^([\w.-]+)\/([\w.-]+):(.+)@([^@]+)$/s.exec(text);
  if (found === null) return { kind: 'file', path: text.replaceAll('\\', '/') };
  const [, owner, repository, path, ref] = found as unknown as [string, string, string, string, string];
  return { kind: 'github', owner, repository, path, ref };
}

/** What is wrong with the text, in words, or null. */
export function extendsFault(text: string): string | null {
  const trimmed = text.trim();
  if (trimmed.length > longest) return `\`extends\` must have at most ${longest} characters`;
  if (/[\p{Cc}\p{Cf}]/u.test(trimmed)) return '`extends` must not have control characters in it';
  if (/^[\w.-]+\/[\w.-]+:[^@]*$/.test(trimmed))
    return '`extends` names a repository without saying which revision: write owner/repository:path@ref, where ref is a tag, a branch or a commit';
  const source = readExtends(trimmed);
  if (source.kind === 'file' && /^(?:[/~]|[a-z]:|[a-z]+:\/\/)/i.test(source.path))
    return '`extends` must be a path from the scanned directory, or owner/repository:path@ref';
  if (source.kind === 'github' && (isDots(source.owner) || isDots(source.repository)))
    return '`extends` names no repository: write owner/repository:path@ref';
  if (source.kind === 'github' && source.path.split('/').some((part) => part === '' || isDots(part)))
    return `\`extends\` must name the file by its path from the top of ${source.owner}/${source.repository}`;
  if (source.kind === 'github' && !refWord.test(source.ref))
    return '`extends` names a revision that git cannot have: write a tag, a branch or a commit after the `@`';
  // Errors quote what stands in a policy, and other files may hold secrets.
  if (!/\.ya?ml$/i.test(source.path)) return '`extends` must name a file that ends in .yml or .yaml';
  return null;
}

function isDots(part: string): boolean {
  return /^\.{1,2}$/.test(part);
}
