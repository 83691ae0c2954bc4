/** Turns the policy file into a Policy, or into one error that names every fault in it by line and column. */
import { lstatSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { isAbsolute, join, posix, relative, resolve, sep } from 'node:path';
import { InputError } from '../model/input-error.ts';
import { isInside } from '../model/path-inside.ts';
import { emptyPolicy, type Policy, type PolicyReading, type ProposedPolicy } from '../model/policy.ts';
import type { Request } from '../model/request.ts';
import { reaches } from '../model/severity.ts';
import type { Base } from './base.ts';
import type { Revision } from './revision-files.ts';
import { codeOf } from './walked-files.ts';

/** Where the policy lies, the first that is there. */
export const policyFiles = ['.github/express-gate.yml', '.express-gate.yml'] as const;

const misspeltPolicyFiles = ['.github/express-gate.yaml', '.express-gate.yaml', 'express-gate.yml'] as const;

/** Bytes of a policy file; the longest that people write have a few kilobytes. */
export const policySizeLimit = 1024 * 1024;

/**
 * Reads the policy that counts: for a pull request the base's, which it cannot bend, else that of the directory as it stands. It is the file that
 * the request names (from the scanned directory), else the first of the usual places, else the empty policy.
 * @throws InputError with file, line and column of each fault.
 */
export async function readPolicy(
  request: Request,
  base: Base = { kind: 'none', detail: null },
): Promise<PolicyReading> {
  if (request.policyFrom !== 'base' || isOutside(request, base)) {
    return { policy: await readOwnPolicy(request), proposed: null, unread: null };
  }
  if (base.kind !== 'found') return { ...(await readStricter(request)), proposed: null };
  let found: Found | null;
  try {
    found = await findInBase(request, base.revision);
  } catch (error) {
    if (error instanceof InputError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    return { ...(await readStricter(request, reason)), proposed: null };
  }
  let policy = emptyPolicy;
  try {
    if (found !== null) policy = await parse(found);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    // Otherwise the pull request that mends it could never be merged.
    const reason = `it is not valid there: ${error.describe()}`;
    return { ...(await readStricter(request, reason)), unread: reason, proposed: null };
  }
  return { policy, proposed: await readProposed(request, found), unread: null };
}

/** The policy of the directory as it stands. */
async function readOwnPolicy(request: Request): Promise<Policy> {
  const found = findOwn(request);
  return found === null ? emptyPolicy : parse(found);
}

function findOwn({ directory, policyFile }: Request): Found | null {
  return policyFile === null ? findPolicy(directory) : openPolicy(directory, policyFile);
}

async function parse({ file, bytes }: Found): Promise<Policy> {
  if (bytes.length > policySizeLimit) {
    throw new InputError('a policy file has at most 1 MiB: is this the right file?', { file });
  }
  if (bytes.includes(0)) throw new InputError('this is no text: write the policy as UTF-8', { file });
  // Loaded only where there is a policy: the parser and the validator take longer than all the rest of the start.
  const { parsePolicy } = await import('./policy-text.ts');
  return parsePolicy(bytes.toString('utf8').replace(/^\uFEFF/, ''), file);
}

/** Whether the named policy lies outside of the repository, where no pull request reaches. */
function isOutside({ policyFile }: Request, base: Base): boolean {
  if (policyFile === null || base.kind !== 'found') return false;
  return isAbsolute(policyFile) || pathInRepository(base.revision.prefix, policyFile).startsWith('../');
}

function pathInRepository(prefix: string, file: string): string {
  return posix.normalize(posix.join(prefix, file.replaceAll('\\', '/')));
}

async function findInBase({ policyFile }: Request, revision: Revision): Promise<Found | null> {
  for (const file of policyFile === null ? policyFiles : [policyFile]) {
    const entry = await revision.find(pathInRepository(revision.prefix, file));
    if (entry === null) continue;
    if (!entry.mode.startsWith('100')) {
      throw new InputError('the policy is no ordinary file at the base: put the file itself here', { file });
    }
    if (entry.size > policySizeLimit) {
      throw new InputError('a policy file has at most 1 MiB: is this the right file?', { file });
    }
    return { file, bytes: (await revision.read([entry])).get(entry.object)! };
  }
  return null;
}

/** What the pull request makes of the policy, or null where it says the same. */
async function readProposed(request: Request, base: Found | null): Promise<ProposedPolicy | null> {
  try {
    const own = findOwn(request);
    if (own === null) return base === null ? null : { policy: null, problem: null };
    if (base !== null && base.file === own.file && sameText(base.bytes, own.bytes)) return null;
    return { policy: await parse(own), problem: null };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const missing = request.policyFile !== null && error.message === noSuchPolicy;
    return base === null && missing ? null : { policy: null, problem: missing ? null : error.describe() };
  }
}

function sameText(a: Buffer, b: Buffer): boolean {
  const text = (bytes: Buffer) => bytes.toString('utf8').replaceAll('\r\n', '\n');
  return text(a) === text(b);
}

/** Without the base's policy nothing that the pull request allows itself may count: of its own only what makes the gate stricter. */
async function readStricter(
  request: Request,
  reason = 'the base could not be had',
): Promise<Pick<PolicyReading, 'policy' | 'unread'>> {
  let own = emptyPolicy;
  try {
    own = await readOwnPolicy(request);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return {
      policy: emptyPolicy,
      unread: `${reason}, and the pull request's own is not valid: ${error.describe()}`,
    };
  }
  if (own.file === null) return { policy: emptyPolicy, unread: null };
  const stricter = own.failOn !== null && own.failOn !== 'never' && reaches('high', own.failOn);
  return {
    policy: {
      ...emptyPolicy,
      file: own.file,
      failOn: stricter ? own.failOn : null,
      require: own.require,
    },
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
  if (stat.size > policySizeLimit) {
    throw new InputError('a policy file has at most 1 MiB: is this the right file?', { file });
  }
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
