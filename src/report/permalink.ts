/** Places in the scanned directory -> addresses on GitHub that keep showing the lines that were judged. */
import type { Location } from '../model/location.ts';
import type { GithubContext } from './report-input.ts';

/** The address of the lines at the judged commit, or null where there is none (no context, a path that leaves the repository). */
export function permalink(
  context: GithubContext | null,
  place: Pick<Location, 'file' | 'line'> & { readonly endLine?: number },
): string | null {
  if (context === null) return null;
  const { line, endLine } = place;
  const file = fileLink(context, place.file);
  return file === null ? null : `${file}#L${line}${endLine && endLine > line ? `-L${endLine}` : ''}`;
}

/** The address of a whole file at the judged commit, or null. */
export function fileLink(context: GithubContext | null, file: string): string | null {
  if (context === null || !/^[0-9a-f]{7,64}$/.test(context.commit)) return null;
  const steps = `${context.pathPrefix}${file}`.split('/');
  // An address with such a step would lead elsewhere; an unpaired surrogate has no address.
  if (steps.some((step) => /^\.{0,2}$|[\\\p{Cs}]/u.test(step))) return null;
  return `${context.repositoryUrl}/blob/${context.commit}/${steps.map(encodeURIComponent).join('/')}`;
}

/** The page of an advisory in the GitHub Advisory Database, or null where the id is not one of its own. */
export function advisoryLink(id: string): string | null {
  return /^GHSA(?:-[23456789cfghjmpqrvwx]{4}){3}$/.test(id) ? `https://github.com/advisories/${id}` : null;
}
