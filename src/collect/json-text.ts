/** Turns JSON text into its value, or into an error that names line and column in the same words on every version of Node.js. */
import { InputError } from '../model/input-error.ts';

/**
 * @throws InputError with file, line and column where the text is no JSON.
 */
export function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    const { offset, reason } = findFault(text);
    throw new InputError(`this is not valid JSON: ${reason}`, { file, ...placeOf(text, offset) });
  }
}

/** 1-based line and column of an offset. */
export function placeOf(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset);
  return { line: before.split('\n').length, column: offset - before.lastIndexOf('\n') };
}

interface Fault {
  readonly offset: number;
  readonly reason: string;
}

/** What the grammar admits next. */
type Expected = 'value' | 'value or ]' | 'key' | 'key or }' | ':' | ', or ]' | ', or }' | 'end';

const mark = /[{}[\],:]/;
const literal = /(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)/y;
const escapeSequence = /\\(?:["\\/bfnrt]|u[\da-fA-F]{4})/y;

/** The first place at which `text` stops being JSON. Iterative: nesting is as deep as the text's author likes. */
function findFault(text: string): Fault {
  const open: ('{' | '[')[] = [];
  let expected: Expected = 'value';
  let offset = 0;
  const afterValue = (): Expected => {
    const container = open.at(-1);
    return container === undefined ? 'end' : container === '[' ? ', or ]' : ', or }';
  };
  for (;;) {
    offset = skipSpace(text, offset);
    const character = text[offset];
    if (character === undefined)
      return { offset, reason: `it ends where ${describe(expected)} should follow` };
    const isKey: boolean = expected === 'key' || expected === 'key or }';
    const isValue: boolean = expected === 'value' || expected === 'value or ]';
    if (!mark.test(character)) {
      if (character === '"' ? !isKey && !isValue : !isValue) {
        return { offset, reason: unexpected(text, offset, expected) };
      }
      const end = character === '"' ? endOfString(text, offset) : endOfMatch(literal, text, offset);
      if (typeof end !== 'number') return end ?? { offset, reason: unexpected(text, offset, expected) };
      offset = end;
      expected = isKey ? ':' : afterValue();
      continue;
    }
    if ((character === '{' || character === '[') && isValue) {
      open.push(character);
      expected = character === '{' ? 'key or }' : 'value or ]';
    } else if (
      (character === '}' && (expected === 'key or }' || expected === ', or }')) ||
      (character === ']' && (expected === 'value or ]' || expected === ', or ]'))
    ) {
      open.pop();
      expected = afterValue();
    } else if (character === ':' && expected === ':') {
      expected = 'value';
    } else if (character === ',' && expected === ', or ]') {
      expected = 'value';
    } else if (character === ',' && expected === ', or }') {
      expected = 'key';
    } else {
      const trailing =
        (character === '}' && expected === 'key') ||
        (character === ']' && expected === 'value' && open.at(-1) === '[');
      return {
        offset,
        reason: trailing ? 'a comma before it is one too many' : unexpected(text, offset, expected),
      };
    }
    offset += 1;
  }
}

/** The offset after the string that begins at `start`, or what is wrong with it. */
function endOfString(text: string, start: number): number | Fault {
  let offset = start + 1;
  for (;;) {
    const character = text[offset];
    if (character === '"') return offset + 1;
    if (character === undefined || character === '\n' || character === '\r') {
      return { offset: start, reason: 'the string that begins here has no closing quote on its line' };
    }
    if (character < ' ') return { offset, reason: 'a control character stands in a string' };
    if (character === '\\') {
      const end = endOfMatch(escapeSequence, text, offset);
      if (end === null) return { offset, reason: 'a backslash in a string must be written twice' };
      offset = end;
    } else offset += 1;
  }
}

function endOfMatch(pattern: RegExp, text: string, start: number): number | null {
  pattern.lastIndex = start;
  return pattern.test(text) ? pattern.lastIndex : null;
}

function skipSpace(text: string, from: number): number {
  let offset = from;
  while (offset < text.length && ' \t\r\n'.includes(text[offset]!)) offset += 1;
  return offset;
}

function describe(expected: Expected): string {
  switch (expected) {
    case 'value':
    case 'value or ]':
      return 'a value';
    case 'key':
    case 'key or }':
      return 'a name in double quotes';
    case ':':
      return 'a colon';
    case ', or ]':
      return 'a comma or `]`';
    case ', or }':
      return 'a comma or `}`';
    case 'end':
      return 'nothing more';
  }
}

function unexpected(text: string, start: number, expected: Expected): string {
  const ahead = text.slice(start, start + 7);
  if (ahead.startsWith('//') || ahead.startsWith('/*')) return 'comments are not allowed';
  if (ahead.startsWith("'")) return 'strings stand in double quotes';
  if (/^(?:<{7}|={7}|>{7})$/.test(ahead)) return 'a merge conflict was left here';
  return `${describe(expected)} should stand here`;
}
