/** A new finding on a line that its change leaves alone -> the changed places that make it so: its author has to look there. */
import type { JudgedFinding } from '../model/finding.ts';
import type { RelatedLocation } from '../model/location.ts';

/** As the detection words it, by itself or after other words on the same place. */
const causeWords = /(?:^|; )(this change .*)$/;

/** `place` is null where it is the finding's own. */
export function causesOf({
  status,
  related,
  location,
}: JudgedFinding): { readonly words: string; readonly place: RelatedLocation | null }[] {
  if (status === 'unchanged') return [];
  return related.flatMap((place) => {
    const words = causeWords.exec(place.message)?.[1]?.replace(/^t/, 'T');
    if (words === undefined) return [];
    const isHere = place.file === location.file && place.line === location.line;
    return [{ words, place: isHere ? null : place }];
  });
}
