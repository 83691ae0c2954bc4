/** Turns what is written as a version of Node.js, a range, a version or a name, into the release lines that it admits. */
import { lineOfAlias, linesOfRange } from '../../data/node-releases.ts';
import { parseRange } from '../declared-range.ts';
import type { NodeMeaning } from '../node-facts.ts';

/** Reads `16`, `v16.20.2`, `>=14 <17`, `16.x || 18.x`, `lts/*`, `lts/hydrogen`, `node`, `latest`. `today` is an ISO day. */
export function readSpecifier(text: string, today: string): NodeMeaning {
  const written = text.trim();
  if (written === '') return { kind: 'unknown', reason: 'no version is written there' };
  const line = lineOfAlias(written, today);
  if (line !== null) return { kind: 'lines', lines: [line], older: false, newer: false };
  if (/^iojs\b/i.test(written)) return { kind: 'lines', lines: [], older: true, newer: false };
  // mise and asdf write `prefix:20`, nvm and n `node/v20`, `node@20`.
  const bare = written.replace(/^(?:prefix:|node(?:js)?[-/@])/i, '');
  const range = parseRange(bare);
  if (range === null)
    return { kind: 'unknown', reason: `which version of Node.js ${quoted(written)} stands for is not known` };
  return { kind: 'lines', ...linesOfRange(range) };
}

/** A text of the repository in a sentence, cut where it is long. */
export function quoted(text: string): string {
  return `"${text.length > 60 ? `${text.slice(0, 60)}…` : text}"`;
}
