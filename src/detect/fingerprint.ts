/** Turns what a finding is about into a name for it that survives moved lines, renamed files and reordered options. */
import { createHash } from 'node:crypto';

/**
 * 16 hexadecimal digits of SHA-256 over the rule, the project and the subject; `ordinal` (from 0) tells apart findings
 * that are equal in all of these.
 */
export function fingerprint(ruleId: string, project: string, subject: string, ordinal: number): string {
  const hash = createHash('sha256');
  for (const part of [ruleId, project, subject, String(ordinal)]) hash.update(`${part.length}:${part}`);
  return hash.digest('hex').slice(0, 16);
}
