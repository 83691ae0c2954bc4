/** One entry of a lockfile of npm, the same for every version of the format, before its dependencies are resolved. */
import { valid } from 'semver';
import type { Requirement } from '../../model/lockfile.ts';
import { isRecord, type JsonRecord } from '../json-record.ts';

export interface LockfileEntry {
  readonly location: string;
  /** As written, or null where the place says it. */
  readonly name: string | null;
  /** Null where it is no version number (a git or file address). */
  readonly version: string | null;
  readonly dev: boolean;
  readonly optional: boolean;
  readonly peer: boolean;
  /** The location that this link leads to; null for a package. */
  readonly target: string | null;
  /** Null where the format does not say what is asked for; then `names` has the dependencies. */
  readonly requirements: ReadonlyMap<string, Requirement> | null;
  readonly names: readonly string[];
}

/** Ends the reading at an entry; `problem` follows after "the entry …". */
export type Refuse = (location: string, problem: string) => never;

export function readVersionNumber(value: unknown): string | null {
  return typeof value === 'string' && valid(value, { loose: true }) !== null ? value : null;
}

/** The own property `key` where it holds an object, else null. */
export function recordOf(value: JsonRecord, key: string): JsonRecord | null {
  const found = Object.hasOwn(value, key) ? value[key] : null;
  return isRecord(found) ? found : null;
}

/** A directory as the lockfile writes it (`./packages/a/`), as a location. */
export function toLocation(directory: string): string {
  return directory
    .replace(/^(?:\.\/+)+/, '')
    .replace(/\/+$/, '')
    .replace(/^\.$/, '');
}
