/** Numbers of things -> the words for them that the reports share. */
import type { Check } from '../model/check.ts';
import { type Severity, severities } from '../model/severity.ts';

/** `1 finding`, `2 findings`. */
export function count(number: number, [one, many]: readonly [one: string, many: string]): string {
  return `${number} ${number === 1 ? one : many}`;
}

export const findingNoun = ['finding', 'findings'] as const;

/** `1 critical, 3 high`, the gravest first; for one thing only the word. */
export function severityCounts(items: readonly { readonly severity: Severity }[]): string {
  if (items.length === 1) return items[0]!.severity;
  return severities
    .toReversed()
    .map((severity) => [items.filter((item) => item.severity === severity).length, severity] as const)
    .filter(([number]) => number > 0)
    .map(([number, severity]) => `${number} ${severity}`)
    .join(', ');
}

/** Each sentence about old embedded facts that a check used, once. */
export function oldFacts(checks: readonly Check[]): string[] {
  return [...new Set(checks.flatMap((check) => check.oldFacts ?? []))];
}

/** The first `most` of `texts`, and how many there are beyond: `a, b and 3 more`. */
export function firstOf(texts: readonly string[], most: number, separator = ', '): string {
  const rest = texts.length - most;
  const shown = texts.slice(0, most).join(separator);
  return rest > 0 ? `${shown}${separator.trim() === ',' ? ' ' : separator}and ${rest} more` : shown;
}

/** A commit as people write it. */
export function shortHash(commit: string): string {
  return commit.slice(0, 7);
}
