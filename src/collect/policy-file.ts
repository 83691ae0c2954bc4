/** Turns the policy file into a Policy, or into one error that names every fault in it by line and column. */
import { lstatSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, posix, relative, resolve, sep } from 'node:path';
import { InputError } from '../model/input-error.ts';
import { isInside } from '../model/path-inside.ts';
import {
  emptyPolicy,
  type Inheritance,
  type Policy,
  type PolicyReading,
  type ProposedPolicy,
} from '../model/policy.ts';
import type { GithubApi, Request } from '../model/request.ts';
import { reaches } from '../model/severity.ts';
import type { Base } from './base.ts';
import { repositoryRoot } from './git.ts';
import { symbolicLink } from './git-index.ts';
import { applyChain, type ChainLink, OrganisationPolicyError, readChain } from './policy-chain.ts';
import { policySizeLimit, readLayer, tooLarge } from './policy-layer.ts';
import { directoryPlace, type PolicyPlace, revisionPlace } from './policy-place.ts';
import type { PolicyLayer } from './policy-text.ts';
import type { Revision, TreeEntry } from './revision-files.ts';
import { codeOf } from './walked-files.ts';

/** Where the policy lies, the first that is there. */
export const policyFiles = ['.github/express-gate.yml', '.express-gate.yml'] as const;

const misspeltPolicyFiles = ['.github/express-gate.yaml', '.express-gate.yaml', 'express-gate.yml'] as const;

/**
 * Reads the policy that counts: for a pull request the base's, which it cannot bend, else that of the directory as it stands. It is the file that
 * the request names (from the scanned directory), else the first of the usual places, else the empty policy; with what it extends.
 * @throws InputError with file, line and column of each fault.
 */
export async function readPolicy(
  request: Request,
  base: Base = { kind: 'none', detail: null },
): Promise<PolicyReading> {
  const access = request.githubApi ?? request.github ?? publicGithub;
  if (request.policyFrom !== 'base') {
    const found = findOwn(request);
    return { ...(await readWhole(found, directoryPlace(request.directory), access)), ...unchanged };
  }
  if (isOutside(request)) {
    // What it names in the repository is the base's all the same.
    const place = base.kind === 'found' ? revisionPlace(base.revision) : directoryPlace(request.directory);
    return { ...(await readWhole(findOwn(request), place, access)), ...unchanged };
  }
  if (base.kind !== 'found') return readStricter(request, 'the base could not be had');
  const { policyRevision: revision = base.revision } = base;
  if (revision === null) return readStricter(request, 'the tip of the base branch could not be had');
  let found: Found | null;
  try {
    found = await findInBase(request, revision);
  } catch (error) {
    return readStricter(request, error instanceof Error ? error.message : String(error));
  }
  try {
    const { policy, inheritance, links } = await readWhole(found, revisionPlace(revision), access);
    return {
      policy,
      ...(inheritance === undefined
        ? {}
        : { inheritance: { ...inheritance, changed: await readChanged(request.directory, links) } }),
      proposed: await readProposed(request, found),
      unread: null,
    };
  } catch (error) {
    if (!(error instanceof InputError) || error instanceof OrganisationPolicyError) throw error;
    // Otherwise the pull request that mends it could never be merged.
    return readStricter(request, `it is not valid there: ${error.describe()}`);
  }
}

const publicGithub: GithubApi = { apiUrl: 'https://api.github.com', token: null };
const unchanged = { proposed: null, unread: null } as const;

interface Whole {
  readonly policy: Policy;
  readonly inheritance?: Inheritance;
  readonly links: readonly ChainLink[];
}

/** A policy file with what it extends. */
async function readWhole(found: Found | null, place: PolicyPlace, access: GithubApi): Promise<Whole> {
  if (found === null) return { policy: emptyPolicy, links: [] };
  const own = await parse(found);
  const links = await readChain(own, place, access);
  const { policy, inheritance } = applyChain(own, links);
  return {
    policy,
    links,
    ...(inheritance === undefined ? {} : { inheritance: { ...inheritance, changed: [] } }),
  };
}

function findOwn({ directory, policyFile }: Request): Found | null {
  return policyFile === null ? findPolicy(directory) : openPolicy(directory, policyFile);
}

function parse({ file, bytes }: Found): Promise<PolicyLayer> {
  return readLayer(bytes, file);
}

/** Whether the named policy lies outside of the repository, where no pull request reaches. */
function isOutside(request: Request): boolean {
  return request.policyFile !== null && pathInRepository(request, request.policyFile) === null;
}

/** The path from the repository's root, however the file is named; null where it lies elsewhere. */
function pathInRepository({ directory }: Request, file: string): string | null {
  const scanned = realDirectory(directory);
  const root = repositoryRoot(scanned) ?? scanned;
  const named = resolve(scanned, file);
  const real = join(realDirectory(dirname(named)), basename(named));
  return isInside(real, root) ? relative(root, real).replaceAll(sep, '/') : null;
}

/** The directory without the links on the way to it, as far as it is there. */
function realDirectory(directory: string): string {
  try {
    return realpathSync(directory);
  } catch {
    return dirname(directory) === directory
      ? directory
      : join(realDirectory(dirname(directory)), basename(directory));
  }
}

/** @throws Error where it cannot be read. */
async function findInBase({ policyFile, ...request }: Request, revision: Revision): Promise<Found | null> {
  const paths =
    policyFile === null
      ? policyFiles.map((file) => ({ file, path: `${revision.prefix}${file}` }))
      : [{ file: policyFile, path: pathInRepository({ ...request, policyFile }, policyFile)! }];
  for (const { file, path } of paths) {
    const entry = await findBehindLink(revision, path);
    if (entry === null) continue;
    if (!entry.mode.startsWith('100')) throw new Error(`${file} is no ordinary file at the base`);
    if (entry.size > policySizeLimit) throw tooLarge(file);
    return { file, bytes: (await revision.read([entry])).get(entry.object)! };
  }
  return null;
}

/** The entry, or the one that a link of the repository leads to. */
async function findBehindLink(revision: Revision, path: string): Promise<TreeEntry | null> {
  const entry = await revision.find(path);
  if (entry?.mode !== symbolicLink || entry.size > 4096) return entry;
  const target = (await revision.read([entry])).get(entry.object)!.toString('utf8');
  return revision.find(posix.normalize(posix.join(posix.dirname(path), target)));
}

/** What the pull request makes of the policy, or null where it says the same. */
async function readProposed(request: Request, base: Found | null): Promise<ProposedPolicy | null> {
  try {
    const own = findOwn(request);
    if (own === null) return base === null ? null : { policy: null, problem: null };
    const layer = await parse(own);
    // What it names on GitHub is not asked for: whoever opened the pull request would choose what the token reads.
    await readChain(layer, directoryPlace(request.directory), null);
    if (base !== null && base.file === own.file && sameText(base.bytes, own.bytes)) return null;
    return { policy: layer.policy, problem: null };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const missing = request.policyFile !== null && error.message === noSuchPolicy;
    return base === null && missing ? null : { policy: null, problem: missing ? null : error.describe() };
  }
}

/** What the pull request makes of the files of the repository that the policy of its base extends. */
async function readChanged(directory: string, links: readonly ChainLink[]): Promise<Inheritance['changed']> {
  const place = directoryPlace(directory);
  const read = async ({ layer, local, source }: ChainLink): Promise<Inheritance['changed']> => {
    if (local === null) return [];
    const old = layer.policy;
    try {
      const bytes = await place.read(local.path);
      if (sameText(bytes, local.bytes)) return [];
      return [{ old, young: (await readLayer(bytes, source)).policy }];
    } catch {
      return [{ old, young: null }];
    }
  };
  return (await Promise.all(links.map(read))).flat();
}

function sameText(a: Buffer, b: Buffer): boolean {
  const text = (bytes: Buffer) => bytes.toString('utf8').replaceAll('\r\n', '\n');
  return text(a) === text(b);
}

/** Without the base's policy nothing that the pull request allows itself may count: of its own only what makes the gate stricter. */
async function readStricter(request: Request, reason: string): Promise<PolicyReading> {
  let own = emptyPolicy;
  try {
    const found = findOwn(request);
    if (found !== null) own = (await parse(found)).policy;
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return {
      policy: emptyPolicy,
      proposed: { policy: null, problem: error.describe() },
      unread: reason,
    };
  }
  const stricter = own.failOn !== null && own.failOn !== 'never' && reaches('high', own.failOn);
  return {
    policy: {
      ...emptyPolicy,
      file: own.file,
      failOn: stricter ? own.failOn : null,
      require: own.require,
    },
    proposed: null,
    unread: reason,
  };
}

const noSuchPolicy = 'there is no such policy file';

interface Found {
  readonly file: string;
  readonly bytes: Buffer;
}

/** Reads a file of bounded size; devices and pipes, which never end, are refused unopened. */
function readRegularFile(path: string, file: string): Buffer {
  const stat = statSync(path);
  if (!stat.isFile() && !stat.isDirectory()) {
    throw new InputError('the policy is no ordinary file: put the file itself here', { file });
  }
  if (stat.size > policySizeLimit) throw tooLarge(file);
  return readFileSync(path);
}

function openPolicy(directory: string, named: string): Found {
  const path = resolve(directory, named);
  const file = isInside(path, directory) ? relative(directory, path).replaceAll(sep, '/') : named;
  try {
    return { file, bytes: readRegularFile(path, file) };
  } catch (error) {
    if (error instanceof InputError) throw error;
    const code = codeOf(error);
    throw new InputError(code === 'ENOENT' ? noSuchPolicy : `the policy file cannot be read (${code})`, {
      file,
    });
  }
}

function findPolicy(directory: string): Found | null {
  for (const file of policyFiles) {
    try {
      const path = realpathSync(join(directory, file));
      // What a link of the repository leads to may be anything on this machine, and errors quote what they read.
      if (!isInside(path, realpathSync(directory))) {
        throw new InputError(
          'the policy is a symbolic link that leads out of the directory: put the file itself here',
          {
            file,
          },
        );
      }
      return { file, bytes: readRegularFile(path, file) };
    } catch (error) {
      if (error instanceof InputError) throw error;
      const code = codeOf(error);
      if (code !== 'ENOENT' && code !== 'ENOTDIR') {
        throw new InputError(`the policy file cannot be read (${code})`, { file });
      }
    }
  }
  refuseMisspelt(directory);
  return null;
}

/** A policy under a name that nobody reads would switch nothing on or off, and nobody would know. */
function refuseMisspelt(directory: string): void {
  for (const file of misspeltPolicyFiles) {
    try {
      // Only whether it is there: what a link leads to is not opened.
      lstatSync(join(directory, file));
    } catch {
      continue;
    }
    throw new InputError(`a policy of this name is not read: rename it to ${policyFiles[0]}`, { file });
  }
}
