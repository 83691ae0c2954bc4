/** Reports an Express whose release line may end soon, or may have its announced earliest end behind it. */
import { daysUntil, expressLineState } from '../../data/express-releases.ts';
import { defineRule } from '../rule-contract.ts';

export const rule = defineRule({
  id: 'express-ending',
  title: 'Express release line near its end',
  section: 'Versions and dependencies',
  severity: 'low',
  confidence: 'high',
  cwe: [1104],
  why:
    'The release line is in maintenance: it gets critical and security fixes only, and the Express project has announced from when on it may end. ' +
    'It still gets fixes today. A new major version takes time to move to, and it is better planned before an advisory without a fix forces it.',
  remedy: 'Plan the move to the next major line of Express; nothing has to be done at once.',
  examples: {
    language: 'json',
    bad: '{ "dependencies": { "express": "^4.22.3" } }',
    good: '{ "dependencies": { "express": "^5.3.0" } }',
  },
  limits:
    'Reported from 90 days before the announced earliest end, and after it for as long as the project has not ended the line; then it is `express-unsupported`. ' +
    'Where no lockfile can be read, it is reported only if the declared range admits no line with a longer future. ' +
    'Express that only `devDependencies` or `peerDependencies` bring is left alone. ' +
    'The dates are those that this version of express-gate knows: the Express project may extend a line.',
  references: [
    'https://expressjs.com/en/support',
    'https://expressjs.com/2025/03/31/v5-1-latest-release',
    'https://expressjs.com/en/guide/migrating-5.html',
  ],
  level: 'express',
  check: (facts, judge) => {
    const { lines, location, related, role, subject, successor, today } = facts;
    const states = lines.map((line) => expressLineState(line, today));
    const line = lines[states.lastIndexOf('ending')];
    if (line === undefined || states.includes('supported') || role !== 'production') return;
    judge.finding({
      location,
      related,
      subject: 'express ending',
      message: `${subject} is on the release line ${line.name}, in maintenance since ${line.maintenance}. ${endOf(line, today)}`,
      help:
        successor === null
          ? 'Plan the move to the next major line of Express; nothing has to be done at once.'
          : `Plan the move to Express ${successor.line} (${successor.version} is the newest); https://expressjs.com/en/guide/migrating-5.html says what changes.`,
    });
  },
});

function endOf(
  line: { readonly end: string | null; readonly endNotBefore: string | null },
  today: string,
): string {
  const date = line.end ?? line.endNotBefore ?? today;
  const days = daysUntil(date, today);
  const distance = days === 0 ? 'is today' : days === 1 ? 'is tomorrow' : `is ${days} days away`;
  if (line.end !== null) return `Its end, ${date}, ${distance}.`;
  return days < 0
    ? `The earliest end that was announced for it, ${date}, has passed; the Express project has not ended it so far.`
    : `The earliest end that was announced for it, ${date}, ${distance}.`;
}
