/** Turns text of a service into one line of plain text of bounded length, and checks days and versions in it. */
import { shorten } from '../../src/report/visible-text.ts';

/** Control, format (bidi, zero width), private and unpaired surrogate characters, line and paragraph separators. */
const unseen = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}]+/gu;

/** One line without unseen characters, at most `most` UTF-16 units long; null where nothing is left or it is no text. */
export function plainLine(value: unknown, most: number): string | null {
  if (typeof value !== 'string') return null;
  const line = value
    .slice(0, 8 * most)
    .replace(unseen, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return line === '' ? null : shorten(line, most);
}

/** The ISO day of `2026-11-24` or `2026-11-24T10:00:00Z`; null where it is no day of the calendar. */
export function isoDay(value: unknown): string | null {
  if (typeof value !== 'string' || value.length > 40) return null;
  const day = /^(\d{4}-\d{2}-\d{2})(?:T[\d:.]+(?:Z|[+-]\d{2}:\d{2}))?$/.exec(value)?.[1] ?? null;
  if (day === null || Number.isNaN(Date.parse(value))) return null;
  const date = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day) ? day : null;
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
