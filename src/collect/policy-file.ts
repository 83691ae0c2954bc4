/** Turns the policy file into a Policy, or into one error that names every fault in it by line and column. */
import { lstatSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { InputError } from '../model/input-error.ts';
import { isInside } from '../model/path-inside.ts';
import { emptyPolicy, type Policy } from '../model/policy.ts';
import type { Request } from '../model/request.ts';
import { codeOf } from './walked-files.ts';

/** Where the policy lies, the first that is there. */
export const policyFiles = ['.github/express-gate.yml', '.express-gate.yml'] as const;

const misspeltPolicyFiles = ['.github/express-gate.yaml', '.express-gate.yaml', 'express-gate.yml'] as const;

/** Bytes of a policy file; the longest that people write have a few kilobytes. */
export const policySizeLimit = 1024 * 1024;

/**
 * Reads the policy: the file that the request names (from the scanned directory), else the first of the usual places there, else the
 * empty policy.
 * @throws InputError with file, line and column of each fault.
 */
export async function readPolicy(request: Request): Promise<Policy> {
  const found =
    request.policyFile === null
      ? findPolicy(request.directory)
      : openPolicy(request.directory, request.policyFile);
  if (found === null) return emptyPolicy;
  const { file, bytes } = found;
  if (bytes.length > policySizeLimit) {
    throw new InputError('a policy file has at most 1 MiB: is this the right file?', { file });
  }
  if (bytes.includes(0)) throw new InputError('this is no text: write the policy as UTF-8', { file });
  // Loaded only where there is a policy: the parser and the validator take longer than all the rest of the start.
  const { parsePolicy } = await import('./policy-text.ts');
  return parsePolicy(bytes.toString('utf8').replace(/^\uFEFF/, ''), file);
}

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
    throw new InputError(
      code === 'ENOENT' ? 'there is no such policy file' : `the policy file cannot be read (${code})`,
      { file },
    );
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
