/** Turns the text of a pnpm-lock.yaml into its YAML documents, every scalar a text, and the line on which each package is written. */
import { FAILSAFE_SCHEMA, loadAll, YAMLException } from 'js-yaml';
import { InputError } from '../../model/input-error.ts';
import { isRecord, type JsonRecord } from '../json-record.ts';
import { refuseConflict } from './lockfile-text.ts';

export interface PnpmDocuments {
  /** The graph of the projects. */
  readonly project: JsonRecord;
  /** Written since pnpm 11 where there is something to write: what pnpm itself needs, config dependencies above all. */
  readonly environment: JsonRecord | null;
}

export const pnpmRepair = 'run `pnpm install`, which writes the lockfile anew, and commit the result';

/**
 * js-yaml and not yaml: of 4,200 packages, 1.6 MB, it makes 125 ms instead of 3,700. Aliases are references there, nothing is copied.
 * Source: https://pnpm.io/lockfile (of two documents the last is the project's).
 * @throws InputError with file, line and column.
 */
export function parsePnpmDocuments(file: string, text: string): PnpmDocuments {
  refuseConflict(file, text, 'run `pnpm install`, which resolves it');
  const documents = parse(file, text);
  const project = documents.at(-1);
  if (!isRecord(project))
    throw new InputError(`a lockfile of pnpm must hold a mapping: ${pnpmRepair}`, {
      file,
      line: 1,
      column: 1,
    });
  const environment = documents.length > 1 ? documents[0] : null;
  return { project, environment: isRecord(environment) ? environment : null };
}

function parse(file: string, text: string): unknown[] {
  try {
    // Without the tags of a richer schema a version such as 1.10 stays a text.
    return loadAll(text, undefined, { schema: FAILSAFE_SCHEMA });
  } catch (error) {
    if (error instanceof YAMLException) {
      throw new InputError(`this is not valid YAML: ${error.reason}: ${pnpmRepair}`, {
        file,
        line: (error.mark?.line ?? 0) + 1,
        column: (error.mark?.column ?? 0) + 1,
      });
    }
    if (error instanceof RangeError)
      throw new InputError(`this YAML is nested too deeply to be read: ${pnpmRepair}`, {
        file,
        line: 1,
        column: 1,
      });
    throw error;
  }
}

/** The line (1-based) of each key directly below `packages` and `snapshots`, that below `snapshots` before the other. */
export function findPnpmLines(text: string): Map<string, number> {
  const lines = new Map<string, number>();
  let section = '';
  let line = 0;
  for (let start = 0; start < text.length; ) {
    line++;
    const newline = text.indexOf('\n', start);
    const end = newline === -1 ? text.length : newline;
    const first = text.charCodeAt(start);
    if (first !== space) {
      // Blank lines lie between entries.
      if (end > start && first !== carriageReturn) section = text.slice(start, end).trimEnd();
    } else if (
      (section === 'packages:' || section === 'snapshots:') &&
      text.charCodeAt(start + 1) === space &&
      text.charCodeAt(start + 2) !== space
    ) {
      const key = keyOf(text.slice(start + 2, end));
      if (key !== null) lines.set(key, line);
    }
    start = end + 1;
  }
  return lines;
}

const space = 0x20;
const carriageReturn = 0x0d;

/** The key that a line begins with, `key:` or `? key`, in quotes or without. */
function keyOf(written: string): string | null {
  const text = (written.startsWith('? ') ? written.slice(2) : written).trimEnd();
  const quote = text[0];
  if (quote === "'" || quote === '"') {
    const end = text.indexOf(quote, 1);
    return end === -1 ? null : text.slice(1, end);
  }
  const end = text.indexOf(': ');
  return end === -1 ? text.replace(/:$/, '') : text.slice(0, end);
}
