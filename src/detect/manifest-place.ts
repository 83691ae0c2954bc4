/** Finds where package.json declares a dependency: the text of the manifest -> the span of the entry's value. */
import type { Location } from '../model/location.ts';
import type { DependencyField } from '../model/project.ts';
import type { SnapshotFile } from '../model/snapshot.ts';

/**
 * The span of the value (quotes included) of `name` under `field`, as JSON.parse would read it: escaped keys are decoded and
 * the last of several equal keys counts. Null where the text has no such entry or is no JSON. Never throws.
 */
export function locateDependency(
  manifest: SnapshotFile,
  field: DependencyField,
  name: string,
): Location | null {
  return locateMember(manifest, [field, name]);
}

/** The same for the text to which the keys of `path` lead. */
export function locateMember(manifest: SnapshotFile, path: readonly string[]): Location | null {
  const span = findMember(manifest.text, path);
  if (span === null) return null;
  const start = positionOf(manifest.text, span.start);
  const end = positionOf(manifest.text, span.end);
  return { file: manifest.path, ...start, endLine: end.line, endColumn: end.column };
}

interface Span {
  readonly start: number;
  readonly end: number;
}

interface Container {
  readonly isObject: boolean;
  /** Whether this is the object that the path's keys so far lead to. */
  readonly onPath: boolean;
  /** In an object: whether a key comes next. */
  expectsKey: boolean;
  /** Whether the last key was the path's next one. */
  keyMatches: boolean;
}

/** The span of the scalar to which the keys of `path` lead. One pass without recursion, so depth cannot hurt. */
function findMember(text: string, path: readonly string[]): Span | null {
  const stack: Container[] = [];
  let found: Span | null = null;
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index]!;
    const inside = stack.at(-1);
    if (character === '{' || character === '[') {
      const onPath: boolean = inside === undefined || (inside.keyMatches && stack.length < path.length);
      stack.push({
        isObject: character === '{',
        onPath: onPath && character === '{',
        expectsKey: true,
        keyMatches: false,
      });
    } else if (character === '}' || character === ']') {
      stack.pop();
    } else if (character === ',') {
      if (inside !== undefined) Object.assign(inside, { expectsKey: true, keyMatches: false });
    } else if (character === ':') {
      if (inside !== undefined) inside.expectsKey = false;
    } else if (!/\s/.test(character)) {
      const end = character === '"' ? endOfString(text, index) : endOfLiteral(text, index);
      if (inside?.isObject && inside.expectsKey) {
        inside.keyMatches = inside.onPath && decode(text.slice(index, end)) === path[stack.length - 1];
        // A later equal key replaces what an earlier one led to.
        if (inside.keyMatches) found = null;
      } else if (inside?.keyMatches && stack.length === path.length) {
        found = { start: index, end };
      }
      index = end - 1;
    }
  }
  return found;
}

function endOfString(text: string, start: number): number {
  let index = start + 1;
  while (index < text.length && text[index] !== '"') index += text[index] === '\\' ? 2 : 1;
  return Math.min(index + 1, text.length);
}

function endOfLiteral(text: string, start: number): number {
  let index = start + 1;
  while (index < text.length && !/[\s{}[\]:,"]/.test(text[index]!)) index += 1;
  return index;
}

function decode(token: string): unknown {
  try {
    return JSON.parse(token);
  } catch {
    return undefined;
  }
}

function positionOf(text: string, offset: number): { readonly line: number; readonly column: number } {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  let line = 1;
  for (
    let index = text.indexOf('\n');
    index !== -1 && index < offset;
    index = text.indexOf('\n', index + 1)
  ) {
    line += 1;
  }
  return { line, column: offset - lineStart + 1 };
}
