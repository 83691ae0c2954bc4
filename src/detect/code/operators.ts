/** JavaScript's operators over abstract values. */
import {
  type Known,
  keepSetting,
  known,
  mapValue,
  notFollowed,
  nullish,
  type Obj,
  opposite,
  type Place,
  reasonIn,
  type Single,
  StartTime,
  type Tells,
  telling,
  tellsOf,
  truthy,
  unknown,
  type Val,
} from './values.ts';

/** Strings longer than this are not followed: their text cannot matter for a setting. */
export const maxTextLength = 65_536;

/** A binary operator over two values. */
export function binary(operator: string, left: Val, right: Val, place: Place): Val {
  if (left.kind === 'oneOf') return mapValue(left, (single) => binary(operator, single, right, place));
  if (right.kind === 'oneOf') return mapValue(right, (single) => binary(operator, left, single, place));
  return single(operator, left, right, place);
}

/** Operators that ask a date for its time. */
const numeric: ReadonlySet<string> = new Set(['-', '*', '/', '%', '**', '<', '>', '<=', '>=', '|', '&']);

function timeOf(date: Obj): Val {
  return date.slots.get('@@time')?.value ?? notFollowed('a date', date.place);
}

function single(operator: string, left: Single, right: Single, place: Place): Val {
  if (numeric.has(operator)) {
    if (left.kind === 'object' && left.data instanceof StartTime)
      return binary(operator, timeOf(left), right, place);
    if (right.kind === 'object' && right.data instanceof StartTime)
      return binary(operator, left, timeOf(right), place);
  }
  if (left.kind === 'known' && right.kind === 'known')
    return keepSetting(compute(operator, left, right, place), [left, right], place);
  const identity = identical(operator, left, right);
  if (identity !== null) return known(identity, place);
  const [one, other] = [reasonIn(left), reasonIn(right)];
  // What is joined with something that nobody can guess cannot be guessed.
  const reason = one?.guessable === true ? (other ?? one) : (one ?? other);
  if (reason !== null) return telling(unknown(reason, place), comparisonTells(operator, left, right));
  return notFollowed(`the operator ${operator} on objects`, place);
}

/** `missing.length > 0`, `process.env.X === undefined`: a comparison with nothing tells what its other side does. */
function comparisonTells(operator: string, left: Single, right: Single): Tells | null {
  const tells = tellsOf(left);
  if (tells === null || right.kind !== 'known') return null;
  const { value } = right;
  if (value === 0 || value === undefined || value === null) {
    if (operator === '!==' || operator === '!=' || (operator === '>' && value === 0)) return tells;
    if (operator === '===' || operator === '==' || (operator === '<=' && value === 0)) return opposite(tells);
  }
  if (value === 1 && operator === '>=') return tells;
  return value === 1 && operator === '<' ? opposite(tells) : null;
}

/** Comparisons that hold whatever the unknown part is. */
function identical(operator: string, left: Single, right: Single): boolean | null {
  const equality = operator === '===' || operator === '==';
  const inequality = operator === '!==' || operator === '!=';
  if (!equality && !inequality) return null;
  if ((left.kind === 'object' && left.opaque) || (right.kind === 'object' && right.opaque)) return null;
  let equal: boolean | null = null;
  if (left.kind === 'object' && right.kind === 'object') equal = left === right;
  else if (left.kind === 'object' || right.kind === 'object') {
    const other = left.kind === 'object' ? right : left;
    if (other.kind === 'known' && (nullish(other) === true || operator.length === 3)) equal = false;
  } else {
    const [maybe, fixed] = left.kind === 'unknown' ? [left, right] : [right, left];
    // A value known to be truthy is none of the falsy primitives, and the other way round.
    if (
      maybe.kind === 'unknown' &&
      fixed.kind === 'known' &&
      maybe.truthy !== null &&
      maybe.truthy !== Boolean(fixed.value)
    ) {
      if (operator.length === 3 || nullish(fixed) === true) equal = false;
    }
  }
  if (equal === null) return null;
  return equality ? equal : !equal;
}

function compute(operator: string, left: Known, right: Known, place: Place): Val {
  const a = left.value as never;
  const b = right.value as never;
  try {
    switch (operator) {
      case '===':
        return known(a === b, place);
      case '!==':
        return known(a !== b, place);
      case '==':
        // biome-ignore lint/suspicious/noDoubleEquals: the analysed program's own operator
        return known(a == b, place);
      case '!=':
        // biome-ignore lint/suspicious/noDoubleEquals: the analysed program's own operator
        return known(a != b, place);
      case '+':
        return bounded(
          typeof a === 'string' || typeof b === 'string'
            ? `${String(a)}${String(b)}`
            : (a as number) + (b as number),
          place,
        );
      case '-':
        return bounded((a as number) - (b as number), place);
      case '*':
        return bounded((a as number) * (b as number), place);
      case '/':
        return known((a as number) / (b as number), place);
      case '%':
        return known((a as number) % (b as number), place);
      case '**':
        return typeof a === 'bigint'
          ? notFollowed('a power of large integers', place)
          : known((a as number) ** (b as number), place);
      case '<':
        return known(a < b, place);
      case '>':
        return known(a > b, place);
      case '<=':
        return known(a <= b, place);
      case '>=':
        return known(a >= b, place);
      case '&':
        return known((a as number) & (b as number), place);
      case '|':
        return known((a as number) | (b as number), place);
      case '^':
        return known((a as number) ^ (b as number), place);
      case '<<':
        return typeof a === 'bigint'
          ? notFollowed('a shift of large integers', place)
          : known((a as number) << (b as number), place);
      case '>>':
        return known((a as number) >> (b as number), place);
      case '>>>':
        return known((a as number) >>> (b as number), place);
      default:
        return notFollowed(`the operator ${operator}`, place);
    }
  } catch {
    return notFollowed(`the operator ${operator} on these values`, place);
  }
}

/** Squared again and again, a large integer would fill the memory. */
const largest = 2n ** 1024n;

/** A known primitive, unless it has grown past all use. */
export function bounded(value: string | number | bigint, place: Place): Val {
  if (typeof value === 'string' && value.length > maxTextLength)
    return unknown({ kind: 'limit', text: 'it is a very long text' }, place);
  if (typeof value === 'bigint' && (value > largest || value < -largest))
    return unknown({ kind: 'limit', text: 'it is a very large number' }, place);
  return known(value, place);
}

/** A unary operator (`delete` apart). */
export function unary(operator: string, value: Val, place: Place): Val {
  return mapValue(value, (one) => keepSetting(unaryOfOne(operator, one, place), [one], place));
}

function unaryOfOne(operator: string, one: Single, place: Place): Val {
  switch (operator) {
    case '!': {
      const is = truthy(one);
      if (is !== null) return known(!is, place);
      break;
    }
    case 'void':
      return known(undefined, place);
    case 'typeof':
      if (one.kind === 'object' && !one.opaque)
        return known(one.callable || one.external?.args === null ? 'function' : 'object', place);
      if (one.kind === 'known') return known(typeof one.value, place);
      break;
    case '-':
    case '+':
    case '~':
      if (one.kind === 'known' && typeof one.value !== 'bigint') {
        const number = Number(one.value);
        return known(operator === '-' ? -number : operator === '+' ? number : ~number, place);
      }
      if (one.kind === 'object' && one.data instanceof StartTime) return unary(operator, timeOf(one), place);
      break;
  }
  const reason = reasonIn(one);
  if (reason === null) return notFollowed(`the operator ${operator}`, place);
  if (operator !== '!') return unknown(reason, place);
  const is = one.kind === 'unknown' && one.truthy !== null ? !one.truthy : null;
  return telling({ ...unknown(reason, place), truthy: is }, opposite(tellsOf(one)));
}
