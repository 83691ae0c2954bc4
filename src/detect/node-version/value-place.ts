/** Narrows the place of an entry to that of a value which stands in it. */
import type { Location } from '../../model/location.ts';

/** The first place of `value` in the entry's first line, after its `=` or `:`; the entry itself where it is written otherwise. */
export function valuePlace(text: string, entry: Location, value: string): Location {
  const line = text.split('\n')[entry.line - 1] ?? '';
  const separator = /[=:]/.exec(line.slice(entry.column - 1));
  const from = entry.column - 1 + (separator === null ? 0 : separator.index + 1);
  const at = value === '' ? -1 : line.indexOf(value, from);
  if (at === -1) return entry;
  return {
    file: entry.file,
    line: entry.line,
    column: at + 1,
    endLine: entry.line,
    endColumn: at + value.length + 1,
  };
}
