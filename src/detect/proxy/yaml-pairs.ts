/** Turns a YAML text into its pairs of path and value, with places; for files that also say other things. */
import { isAlias, isMap, isScalar, isSeq, type Node, parseAllDocuments } from 'yaml';
import type { Location } from '../../model/location.ts';
import { TextLines } from '../text-lines.ts';

export interface YamlPair {
  /** Keys from the top of its document; the number of an element in a list. */
  readonly path: readonly string[];
  /** The scalar as text. */
  readonly value: string;
  readonly location: Location;
  /** Number of its document in the file. */
  readonly document: number;
}

const maxSize = 256 * 1024;
const maxPairs = 20_000;
const maxDepth = 24;

/**
 * The scalars of a YAML file. Statements of a template (Helm) are blanked out, and what they fill in stays as a word of `T`. Empty where
 * it is too large or no YAML. Never throws.
 */
export function yamlPairs(file: string, text: string): YamlPair[] {
  if (text.length > maxSize) return [];
  const lines = new TextLines(file, text);
  const pairs: YamlPair[] = [];
  const walk = (node: unknown, path: readonly string[], document: number): void => {
    if (path.length > maxDepth || pairs.length >= maxPairs || isAlias(node)) return;
    if (isMap(node)) {
      for (const { key, value } of node.items) {
        if (isScalar(key)) walk(value, [...path, String(key.value)], document);
      }
    } else if (isSeq(node)) {
      for (const [index, item] of node.items.entries()) walk(item, [...path, String(index)], document);
    } else if (isScalar(node)) {
      const range = (node as Node).range;
      if (range == null || node.value === null) return;
      pairs.push({ path, value: String(node.value), location: lines.location(range[0], range[1]), document });
    }
  };
  try {
    const documents = parseAllDocuments(withoutTemplates(text), { logLevel: 'silent', uniqueKeys: false });
    if (Array.isArray(documents))
      for (const [index, document] of documents.entries()) walk(document.contents, [], index);
  } catch {
    return [];
  }
  return pairs;
}

/** Blanks `{{ … }}` out where it stands alone in a line, else puts as many `T` in its place: every offset stays. */
function withoutTemplates(text: string): string {
  if (!text.includes('{{')) return text;
  let result = '';
  let at = 0;
  for (;;) {
    const from = text.indexOf('{{', at);
    const end = from === -1 ? -1 : text.indexOf('}}', from);
    if (end === -1) return result + text.slice(at);
    const to = end + 2;
    const lineStart = text.lastIndexOf('\n', from) + 1;
    const lineEnd = text.indexOf('\n', to);
    const alone =
      text.slice(lineStart, from).trim() === '' &&
      text.slice(to, lineEnd === -1 ? text.length : lineEnd).trim() === '';
    result += text.slice(at, from) + text.slice(from, to).replace(/[^\n]/g, alone ? ' ' : 'T');
    at = to;
  }
}
