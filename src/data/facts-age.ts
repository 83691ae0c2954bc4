/** Turns the day on which embedded facts were read, and today's, into the sentence that a report says of old ones. */
import { daysUntil } from './express-releases.ts';

/** Days within which the facts of a release of express-gate are fresh enough to say nothing of them. */
const freshDays = 60;

/**
 * The sentence, or null where the facts are not yet old on `today` (both ISO days).
 * @param facts what they are, as in `The embedded facts about Node.js`: plural.
 */
export function describeAge(facts: string, retrieved: string, today: string): string | null {
  const days = daysUntil(today, retrieved);
  return days > freshDays
    ? `The embedded ${facts} are ${days} days old (of ${retrieved}): a newer version of express-gate may know more.`
    : null;
}
