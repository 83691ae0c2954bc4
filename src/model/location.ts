/** Places in the scanned directory: 1-based lines and columns, paths relative to it with `/`. */

/** A stretch of one file. `endColumn` is the column after the last character, as SARIF and GitHub have it. */
export interface Location {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** A second place that helps to understand a finding, with a few words on its part in it. */
export interface RelatedLocation {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** Orders by file (code units, so the same on every machine), then line, then column. */
export function compareLocations(a: Location, b: Location): number {
  return compareText(a.file, b.file) || a.line - b.line || a.column - b.column;
}

/** Orders strings by UTF-16 code unit: unlike localeCompare, the same on every machine. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
