/** Turns the text of a lockfile, known to be valid JSON, into the line on which each of its packages is written. */

/**
 * The line (1-based) of each package by location: the keys below `packages`, or for version 1 those below each `dependencies`.
 * One pass without recursion. Where a key is written twice the last one counts, as for JSON.parse.
 */
export function findEntryLines(text: string, layout: 'packages' | 'dependencies'): Map<string, number> {
  const lines = new Map<string, number>();
  // One element for each open container: the current key of an object, null for an array.
  const path: (string | null)[] = [];
  // The location that each depth of `path` stands for, where it is an entry's key.
  const locations: string[] = [];
  let line = 1;
  for (let at = 0; at < text.length; at++) {
    switch (text.charCodeAt(at)) {
      case newline:
        line++;
        break;
      case openObject:
        path.push('');
        break;
      case openArray:
        path.push(null);
        break;
      case closeObject:
      case closeArray:
        path.pop();
        break;
      case quote: {
        const end = endOfString(text, at);
        if (path.at(-1) !== null && isKey(text, end)) {
          const key = unquote(text, at, end);
          const depth = path.length;
          path[depth - 1] = key;
          if (locations.length > depth) locations.length = depth;
          if (layout === 'packages') {
            if (depth === 2 && path[0] === 'packages') lines.set(key, line);
          } else if (depth % 2 === 0 && path[depth - 2] === 'dependencies' && depth <= deepestEntry) {
            // Entries stand at even depths, each below `dependencies` of an entry or of the file.
            const parent = depth === 2 ? '' : locations[depth - 2];
            if (parent !== undefined) {
              const location = `${parent === '' ? '' : `${parent}/`}node_modules/${key}`;
              locations[depth] = location;
              lines.set(location, line);
            }
          }
        }
        at = end - 1;
        break;
      }
    }
  }
  return lines;
}

const newline = 0x0a;
const quote = 0x22;
const backslash = 0x5c;
const openObject = 0x7b;
const closeObject = 0x7d;
const openArray = 0x5b;
const closeArray = 0x5d;

/** Far deeper than the nesting that npm-lockfile.ts accepts; below it, building locations would only cost memory. */
const deepestEntry = 256;

/** The offset after the closing quote. */
function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text.charCodeAt(at) !== quote) at += text.charCodeAt(at) === backslash ? 2 : 1;
  return at + 1;
}

/** Whether a colon follows. */
function isKey(text: string, end: number): boolean {
  let at = end;
  while (at < text.length && text.charCodeAt(at) <= 0x20) at++;
  return text[at] === ':';
}

function unquote(text: string, start: number, end: number): string {
  const inner = text.slice(start + 1, end - 1);
  return inner.includes('\\') ? (JSON.parse(text.slice(start, end)) as string) : inner;
}
