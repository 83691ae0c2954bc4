/** Turns the bytes of a policy file into what it says by itself. */
import { InputError } from '../model/input-error.ts';
import type { PolicyLayer } from './policy-text.ts';

/** Bytes of a policy file; the longest that people write have a few kilobytes. */
export const policySizeLimit = 1024 * 1024;

export function tooLarge(file: string): InputError {
  return new InputError('a policy file has at most 1 MiB: is this the right file?', { file });
}

/** @throws InputError with file, line and column of each fault. */
export async function readLayer(bytes: Buffer, file: string): Promise<PolicyLayer> {
  if (bytes.length > policySizeLimit) throw tooLarge(file);
  if (bytes.includes(0)) throw new InputError('this is no text: write the policy as UTF-8', { file });
  // Loaded only where there is a policy: the parser and the validator take longer than all the rest of the start.
  const { parsePolicyLayer } = await import('./policy-text.ts');
  return parsePolicyLayer(bytes.toString('utf8').replace(/^\uFEFF/, ''), file);
}
