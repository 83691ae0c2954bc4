/** Reports an Express whose release line gets no fixes any more. */
import { type ExpressLine, expressLineState } from '../../data/express-releases.ts';
import { defineRule } from '../rule-contract.ts';

export const rule = defineRule({
  id: 'express-unsupported',
  title: 'Express release line without support',
  section: 'Versions and dependencies',
  severity: 'high',
  confidence: 'high',
  cwe: [1104],
  why:
    'The Express project fixes defects, security defects included, only in the release lines that it maintains. ' +
    'A line that has ended keeps every vulnerability that is found in it: nobody will publish a release to update to. ' +
    'Express 2.x ended in 2012 and 3.x in 2015; several published advisories for 3.x have no fix within 3.x.',
  remedy:
    'Move to Express 5. The migration guides of Express list what changes from 3.x to 4.x and from 4.x to 5.x.',
  examples: {
    language: 'json',
    bad: '{ "dependencies": { "express": "^3.21.2" } }',
    good: '{ "dependencies": { "express": "^5.3.0" } }',
  },
  limits:
    'Judged is the version in the lockfile. Where there is none that can be read, the rule reports only if every version that the declared range admits is on an ended line. ' +
    'A line counts as ended only once the Express project says so: one whose announced earliest end has merely passed is `express-ending`. ' +
    'On an ended line `express-outdated`, `express-ending` and `express-range-vulnerable` keep silent, since this rule already asks for the move; `express-vulnerable` still names each advisory. ' +
    'Express that only `devDependencies` or `peerDependencies` bring is not what production runs: severity low. ' +
    'Fixes that a company sells for an ended line cannot be seen: use a waiver.',
  references: [
    'https://expressjs.com/en/support',
    'https://expressjs.com/en/guide/migrating-4.html',
    'https://expressjs.com/en/guide/migrating-5.html',
    'https://expressjs.com/en/advanced/best-practice-security.html',
  ],
  level: 'express',
  check: (facts, judge) => {
    const { lines, location, related, role, subject, successor, today } = facts;
    if (lines.length === 0 || lines.some((line) => expressLineState(line, today) !== 'unsupported')) return;
    const ended = lines.map(describe).join(', ');
    const place = lines.length === 1 ? `the release line ${ended}` : `the release lines ${ended}`;
    judge.finding({
      location,
      related,
      subject: 'express unsupported',
      message: `${subject} is on ${place}, which ${lines.length === 1 ? 'gets' : 'get'} no fixes any more.`,
      severity: role === 'production' ? 'high' : 'low',
      help:
        successor === null
          ? 'Move to a maintained release of Express.'
          : `${successor.how}, the newest ${successor.line}; the migration guides at https://expressjs.com/en/guide/migrating-5.html say what changes.`,
    });
  },
});

function describe({ name, end }: ExpressLine): string {
  return end === null ? name : `${name} (ended ${end})`;
}
