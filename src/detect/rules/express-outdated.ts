/** Reports an Express that is behind the newest release of its line. */
import { defineRule } from '../rule-contract.ts';

export const rule = defineRule({
  id: 'express-outdated',
  title: 'Express behind the newest release of its line',
  section: 'Versions and dependencies',
  severity: 'low',
  confidence: 'high',
  cwe: [1104],
  why:
    'The Express project supports only the newest release of each line: fixes are published as the next release, never for an older one. ' +
    'An application that keeps up takes a security fix as a small step on the day it comes out; one that is behind takes everything in between with it.',
  remedy: 'Update Express to the newest release of its line.',
  examples: {
    language: 'json',
    bad: '{ "node_modules/express": { "version": "5.2.1" } }',
    good: '{ "node_modules/express": { "version": "5.3.0" } }',
  },
  limits:
    'Not reported where another rule already asks for that update: an advisory (`express-vulnerable`, `express-range-vulnerable`) or an ended line (`express-unsupported`). ' +
    'Without a lockfile, the newest version that the declared range admits is compared. ' +
    'A copy from git, an address, a path, a workspace or a patch has no place in the line, and Express that only `devDependencies` or `peerDependencies` bring is left alone. ' +
    'Releases that came out after this version of express-gate are not known to it.',
  references: ['https://expressjs.com/en/support', 'https://github.com/expressjs/express/releases'],
  level: 'express',
  check: (facts, judge) => {
    const { advisories, declared, location, related, resolved, role, subject, upgrade, version } = facts;
    if (version === null || upgrade === null || upgrade.major || role !== 'production') return;
    if (declared !== null && !['range', 'tag', 'catalog'].includes(declared.kind)) return;
    if (advisories.length > 0 || (resolved === null && (declared?.vulnerable.length ?? 0) > 0)) return;
    judge.finding({
      location,
      related,
      subject: 'express outdated',
      message:
        (declared?.admitted.length ?? 0) > 1 && resolved === null
          ? `${subject} is behind ${upgrade.version}, the newest ${upgrade.line}: it gives at most ${version}, and only the newest release of a line gets fixes.`
          : `${subject} is behind ${upgrade.version}, the newest ${upgrade.line}, and only the newest release of a line gets fixes.`,
      help: `${upgrade.how}.`,
    });
  },
});
