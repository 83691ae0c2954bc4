/** Turns a regular expression of the repository into the most ways in which it may be tried on a text, so that a hostile one is never run. */

/** Lookaround, names and flags within, back references: not counted. */
const special = /\\[1-9k]|\(\?(?!:)/;

/**
 * The most ways in which `source` may match a text of `length` characters from one of its places; Infinity where that is not told. A group
 * that is repeated may be tried in exponentially many ways. Otherwise each choice multiplies them: what is optional by two, what is
 * repeated by the length of the text, and a group by its alternatives.
 */
export function waysToMatch(source: string, length: number): number {
  if (special.test(source)) return Number.POSITIVE_INFINITY;
  let ways = 1;
  const alternatives = [1];
  let isInClass = false;
  // What a quantifier would repeat; a quantifier itself is followed by `?` to make it lazy.
  let before: 'nothing' | 'atom' | 'group' | 'quantifier' = 'nothing';
  for (let i = 0; i < source.length; i++) {
    const character = source[i]!;
    if (character === '\\') {
      i++;
      if (!isInClass) before = 'atom';
    } else if (isInClass) {
      if (character === ']') {
        isInClass = false;
        before = 'atom';
      }
    } else if (character === '[') isInClass = true;
    else if (character === '(') {
      alternatives.push(1);
      if (source[i + 1] === '?') i += 2;
      before = 'nothing';
    } else if (character === ')') {
      ways *= alternatives.pop() ?? 1;
      before = 'group';
    } else if (character === '|') {
      alternatives[alternatives.length - 1] = (alternatives.at(-1) ?? 1) + 1;
      before = 'nothing';
    } else if (character === '?') {
      if (before !== 'quantifier') ways *= 2;
      before = 'quantifier';
    } else if (character === '*' || character === '+' || /^\{\d/.test(source.slice(i, i + 2))) {
      if (before === 'group') return Number.POSITIVE_INFINITY;
      const end = character === '{' ? source.indexOf('}', i) : i;
      const isExact = character === '{' && /^\{\d+\}/.test(source.slice(i));
      if (!isExact) ways *= length + 1;
      if (end > i) i = end;
      before = 'quantifier';
    } else before = 'atom';
  }
  for (const count of alternatives) ways *= count;
  return ways;
}
