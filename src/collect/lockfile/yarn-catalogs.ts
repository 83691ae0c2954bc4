/** Turns the text of a .yarnrc.yml into the ranges that its catalogs have for packages. */
import { isRecord } from '../json-record.ts';

/** Name of the catalog, empty for the one without a name -> name of the package -> range. */
export type Catalogs = ReadonlyMap<string, ReadonlyMap<string, string>>;

/** None where the file cannot be read: what a catalog stands for may then still be found in the lockfile. Source: https://yarnpkg.com/features/catalogs */
export async function readYarnCatalogs(text: string): Promise<Catalogs> {
  const { parse } = await import('yaml');
  const catalogs = new Map<string, ReadonlyMap<string, string>>();
  let settings: unknown;
  try {
    // Warnings of the parser would land on standard error.
    settings = parse(text, { logLevel: 'error' });
  } catch {
    return catalogs;
  }
  if (!isRecord(settings)) return catalogs;
  const { catalog, catalogs: named } = settings;
  if (isRecord(catalog)) catalogs.set('', rangesOf(catalog));
  for (const [name, ranges] of Object.entries(isRecord(named) ? named : {}))
    if (isRecord(ranges)) catalogs.set(name, rangesOf(ranges));
  return catalogs;
}

function rangesOf(catalog: Readonly<Record<string, unknown>>): Map<string, string> {
  const ranges = new Map<string, string>();
  for (const [name, range] of Object.entries(catalog))
    if (typeof range === 'string' || typeof range === 'number') ranges.set(name, String(range));
  return ranges;
}
