/** Keeps the known parts of a text that is not known as a whole, such as `sid=…; HttpOnly`. */
import type * as t from '@babel/types';
import { wordsIn } from './expression-words.ts';
import { mapValue, type TextPiece, type Val } from './values.ts';

const maxPieces = 32;

/** The parts of one operand of `+`, or of one expression in a template. */
export function piecesOf(value: Val, node: t.Node): readonly TextPiece[] {
  if (value.kind === 'known') return [{ text: String(value.value), words: null }];
  if (value.kind === 'unknown' && value.pieces !== undefined) return value.pieces;
  return [{ text: null, words: wordsIn(node) }];
}

/** The sum with its parts, where it may be the text of a cookie: it begins with a known `name=`. */
export function withPieces(sum: Val, pieces: readonly TextPiece[]): Val {
  if (sum.kind === 'known' || pieces.length > maxPieces) return sum;
  const gap = pieces.findIndex(({ text }) => text === null);
  const head = pieces.slice(0, gap < 0 ? pieces.length : gap).map(({ text }) => text);
  if (gap < 0 || !/^[\w.-]{1,100}=/.test(head.join('').slice(0, 120))) return sum;
  return mapValue(sum, (single) => (single.kind === 'unknown' ? { ...single, pieces } : single));
}
