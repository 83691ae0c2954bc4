/** Turns the path that a policy extends into the bytes there: in the directory as it stands, at a base, or in a repository on GitHub. */
import { readFileSync, realpathSync, statSync } from 'node:fs';
import { join, posix, relative, sep } from 'node:path';
import { isInside } from '../model/path-inside.ts';
import type { ExtendsSource } from './extends-source.ts';
import { repositoryRoot } from './git.ts';
import { type GithubReader, GithubRefusal } from './github-api.ts';
import { isRecord } from './json-record.ts';
import { policySizeLimit, tooLarge } from './policy-layer.ts';
import type { Revision } from './revision-files.ts';
import { codeOf } from './walked-files.ts';

/** Where the paths lead that stand in a policy. */
export interface PolicyPlace {
  /** The commit, or null for the directory as it stands. */
  readonly commit: string | null;
  /** The path from the repository's root, or null where it leads out of it. */
  resolve(path: string): string | null;
  /** How reports call it. */
  name(path: string): string;
  /** Tells one file from every other. `path` is resolved. */
  key(path: string): string;
  /** @throws Error that says in a clause why it cannot be had. `path` is resolved. */
  read(path: string): Promise<Buffer>;
}

/** The scanned directory and the repository around it, as they stand. */
export function directoryPlace(directory: string): PolicyPlace {
  // Only where there is something to resolve: whether the directory is there is told elsewhere, in better words.
  const root = () => {
    const scanned = realpathSync(directory);
    return repositoryRoot(scanned) ?? scanned;
  };
  return {
    commit: null,
    resolve: (path) => within(relative(root(), realpathSync(directory)).replaceAll(sep, '/'), path),
    name: (path) => posix.normalize(path),
    key: (path) => `here ${path}`,
    read: async (path) => {
      try {
        const real = realpathSync(join(root(), path));
        if (!isInside(real, root()))
          throw new Error('it is a symbolic link that leads out of the repository');
        const stat = statSync(real);
        if (!stat.isFile()) throw new Error('it is no ordinary file');
        if (stat.size > policySizeLimit) throw tooLarge(path);
        return readFileSync(real);
      } catch (error) {
        const code = codeOf(error);
        if (code === 'ENOENT' || code === 'ENOTDIR') throw new Error('there is no such file');
        throw error;
      }
    },
  };
}

/** The base of a pull request. */
export function revisionPlace(revision: Revision): PolicyPlace {
  return {
    commit: revision.commit,
    resolve: (path) => within(revision.prefix, path),
    name: (path) => posix.normalize(path),
    key: (path) => `here ${path}`,
    read: async (path) => {
      const entry = await revision.find(path);
      if (entry === null) throw new Error('there is no such file at the base');
      if (!entry.mode.startsWith('100')) throw new Error('it is no ordinary file at the base');
      if (entry.size > policySizeLimit) throw tooLarge(path);
      return (await revision.read([entry])).get(entry.object)!;
    },
  };
}

/**
 * A repository on GitHub, at the commit that its ref names now.
 * @throws Error that says in a clause why it cannot be had, and which permission is missing.
 */
export async function githubPlace(
  reader: GithubReader,
  { owner, repository, ref }: Extract<ExtendsSource, { kind: 'github' }>,
): Promise<PolicyPlace> {
  const parameters = { owner, repo: repository };
  const commit = await ask(async () => {
    const answer = await reader.get({
      route: 'GET /repos/{owner}/{repo}/commits/{ref}',
      parameters: { ...parameters, ref },
    });
    const sha = isRecord(answer) ? answer.sha : null;
    if (typeof sha !== 'string' || !/^[0-9a-f]{40,64}$/.test(sha)) throw new Error('GitHub named no commit');
    return sha;
  }, null);
  return {
    commit,
    resolve: (path) => within('', path),
    name: (path) => `${owner}/${repository}:${posix.normalize(path)}@${ref}`,
    key: (path) => `${owner}/${repository}`.toLowerCase().concat(` ${commit} ${path}`),
    read: (path) =>
      ask(
        async () => {
          const answer = await reader.get({
            route: 'GET /repos/{owner}/{repo}/contents/{path}',
            parameters: { ...parameters, path, ref: commit },
          });
          if (!isRecord(answer) || answer.type !== 'file') throw new Error('it is no ordinary file there');
          if (typeof answer.size === 'number' && answer.size > policySizeLimit) throw tooLarge(path);
          if (typeof answer.content !== 'string' || answer.encoding !== 'base64')
            throw new Error('GitHub gave a file without contents');
          return Buffer.from(answer.content, 'base64');
        },
        `there is no such file at ${ref} (${commit.slice(0, 7)})`,
      ),
  };

  /** `absent`: what a 404 means, where the repository itself has been seen. */
  async function ask<T>(work: () => Promise<T>, absent: string | null): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof GithubRefusal)) throw error;
      const { status, limited } = error;
      if (status === 422) throw new Error(`${owner}/${repository} has no branch, tag or commit \`${ref}\``);
      if (limited || (status !== 403 && status !== 404)) throw error;
      if (status === 404 && absent !== null) throw new Error(absent);
      throw new Error(hiddenRepository(`${owner}/${repository}`, status, reader.isAnonymous));
    }
  }
}

function hiddenRepository(name: string, status: number, isAnonymous: boolean): string {
  if (isAnonymous)
    return `GitHub does not show ${name} to those without a token (${status}). Where it is private, set github-token (on the command line GITHUB_TOKEN or GH_TOKEN) to a token with the permission \`contents: read\` on ${name}`;
  return `GitHub does not show ${name} to this token (${status}). Where it is private, the token lacks the permission \`contents: read\` on ${name}: give the action a github-token that has it, such as a GitHub App's; the workflow's own GITHUB_TOKEN reads only its own repository`;
}

function within(prefix: string, path: string): string | null {
  const resolved = posix.normalize(posix.join(prefix, path));
  const parts = resolved.toLowerCase().split('/');
  return parts[0] === '..' || parts[0] === '.' || parts.includes('.git') ? null : resolved;
}
