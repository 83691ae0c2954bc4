/** Turns the text of a lockfile into its value where it is JSON, and into the error that names the place where it is broken or of an unknown version. */
import { InputError } from '../../model/input-error.ts';
import { isRecord, type JsonRecord } from '../json-record.ts';
import { parseJson, placeOf } from '../json-text.ts';

/** @throws InputError where git has left a merge conflict; `remedy` says what to do about it. */
export function refuseConflict(file: string, text: string, remedy: string): void {
  const conflict = /^<{7}/m.exec(text);
  if (conflict === null) return;
  throw new InputError(`a merge conflict was left in this lockfile: ${remedy}, and commit the result`, {
    file,
    ...placeOf(text, conflict.index),
  });
}

/**
 * Parses a lockfile that is JSON.
 * @param manager as sentences call it; `repair` and `conflict` say what to do where the text is broken, or left in a merge conflict.
 * @throws InputError with file, line and column.
 */
export function parseJsonLockfile(
  file: string,
  text: string,
  {
    manager,
    repair,
    conflict,
  }: { readonly manager: string; readonly repair: string; readonly conflict: string },
): JsonRecord {
  let data: unknown;
  try {
    data = parseJson(text, file);
  } catch (error) {
    refuseConflict(file, text, conflict);
    if (!(error instanceof InputError)) throw error;
    throw new InputError(`${error.message}: ${repair}`, {
      file,
      line: error.line ?? 1,
      column: error.column ?? 1,
    });
  }
  if (isRecord(data)) return data;
  throw new InputError(`a lockfile of ${manager} must hold an object: ${repair}`, {
    file,
    line: 1,
    column: 1,
  });
}

/** The refusal of a version that is not read, at the line where `key` finds it. */
export function unknownVersion(file: string, text: string, key: RegExp, message: string): InputError {
  const found = key.exec(text);
  const line = found === null ? 1 : placeOf(text, found.index).line;
  return new InputError(message, { file, line, column: 1 });
}
