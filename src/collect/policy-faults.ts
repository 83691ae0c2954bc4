/** Turns what the validator finds in a policy into words for the one who wrote it. */
import type { ErrorObject } from 'ajv';
import { suggestion } from './nearest-name.ts';

export interface DescribedFault {
  /** The key that is wrong, where it is not the value. */
  readonly key: string | null;
  readonly message: string;
}

/** Letters of a wrong value that a message repeats. */
const quotedLength = 60;

/** Null for what another error of the same place says better. */
export function describeFault(error: ErrorObject): DescribedFault | null {
  const name = error.instancePath.split('/').at(-1) ?? '';
  switch (error.keyword) {
    case 'additionalProperties':
      return unknownKey(error);
    case 'required':
      // The alternatives of `oneOf`; said once, by that.
      return error.schemaPath.includes('/oneOf/') ? null : missingKey(String(error.params.missingProperty));
    case 'oneOf':
      // What is no mapping has an error of its own.
      if (typeof error.data !== 'object' || error.data === null) return null;
      return {
        key: null,
        message:
          error.params.passingSchemas === null
            ? 'a waiver says what it waives: write `rule` or `advisory`'
            : 'a waiver waives one thing: keep `rule` or `advisory`, and write a second waiver for the other',
      };
    case 'enum':
      return { key: null, message: notAmong(error, name) };
    case 'format':
      return {
        key: null,
        message: `\`expires\` must be a day that the calendar has, written YYYY-MM-DD, not ${quoteValue(error.data)}`,
      };
    case 'pattern':
      return { key: null, message: `${subject(error)} must not be blank` };
    case 'type':
      return { key: null, message: wrongType(error) };
    default:
      return { key: null, message: `${subject(error)} ${error.message ?? 'is wrong'}` };
  }
}

function unknownKey(error: ErrorObject): DescribedFault {
  const key = String(error.params.additionalProperty);
  const known = Object.keys((error.parentSchema as { properties?: object }).properties ?? {});
  if (error.instancePath === '/rules') {
    return {
      key,
      message: `there is no rule ${quoteValue(key)}.${suggestion(key, known)} \`express-gate --list-rules\` names them all`,
    };
  }
  const place = error.instancePath === '' ? 'a policy' : 'a waiver';
  return {
    key,
    message: `${place} has no key ${quoteValue(key)}.${suggestion(key, known)} Its keys are ${known.join(', ')}`,
  };
}

function missingKey(key: string): DescribedFault {
  return {
    key: null,
    message:
      key === 'reason'
        ? 'a waiver needs a `reason`: write why this is accepted'
        : 'a waiver needs `expires`: write the last day (YYYY-MM-DD) on which it holds',
  };
}

function notAmong(error: ErrorObject, name: string): string {
  const allowed = error.params.allowedValues as readonly string[];
  const value = quoteValue(error.data);
  const nearest = typeof error.data === 'string' ? suggestion(error.data, allowed) : '';
  if (name === 'rule') {
    return `there is no rule ${value}.${nearest} \`express-gate --list-rules\` names them all`;
  }
  return `${subject(error)} must be ${listOf(allowed)}, not ${value}.${nearest}`.replace(/\.$/, '');
}

function wrongType(error: ErrorObject): string {
  const asked = [error.params.type].flat() as readonly string[];
  if (error.instancePath === '') return 'a policy is a mapping of keys to values, such as `fail-on: high`';
  if (asked.includes('array'))
    return `${subject(error)} must be a list: write each entry on a line of its own, after \`- \``;
  if (asked.includes('object')) return `${subject(error)} must be a mapping of keys to values`;
  if (asked.includes('number')) return `${subject(error)} must be a text; write '' for an empty one`;
  return `${subject(error)} must be a text: put it in quotes`;
}

/** What the value belongs to: `fail-on`, an entry of `exclude`, `reason`. */
function subject(error: ErrorObject): string {
  const path = error.instancePath.split('/').slice(1);
  const last = path.at(-1) ?? '';
  if (path[0] === 'rules' && path.length > 1) return `the severity of ${quoteValue(unescapePointer(last))}`;
  if (path[0] === 'environment' && path.length > 1)
    return `the value of ${quoteValue(unescapePointer(last))}`;
  if (/^\d+$/.test(last)) return path[0] === 'waivers' ? 'a waiver' : `an entry of \`${path.at(-2)}\``;
  return `\`${last}\``;
}

function unescapePointer(segment: string): string {
  return segment.replaceAll('~1', '/').replaceAll('~0', '~');
}

function listOf(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}

/** A word of the policy as a message can hold it: cut, and with nothing in it that a terminal or a log obeys. */
function quoteValue(value: unknown): string {
  if (value === null || value === undefined) return 'empty';
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value));
  const cut = text.length > quotedLength ? `${text.slice(0, quotedLength)}…` : text;
  return `\`${cut.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, (character) => {
    return `\\u{${character.codePointAt(0)!.toString(16)}}`;
  })}\``;
}
