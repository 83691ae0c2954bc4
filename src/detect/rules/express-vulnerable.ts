/** Reports each published advisory that concerns the Express which the lockfile installs. */
import type { AdvisoryDetail } from '../../model/finding.ts';
import { defineRule } from '../rule-contract.ts';

export const rule = defineRule({
  id: 'express-vulnerable',
  title: 'Express with a known vulnerability',
  section: 'Versions and dependencies',
  severity: 'advisory',
  confidence: 'high',
  cwe: [1395],
  why:
    'The installed version of Express lies in the range of a published security advisory. ' +
    'How to attack it is public, and so is the release that mends it.',
  remedy:
    'Update Express to the newest release of its line; within a line an update is meant to break nothing.',
  examples: {
    language: 'json',
    bad: '{ "node_modules/express": { "version": "4.17.1" } }',
    good: '{ "node_modules/express": { "version": "4.22.3" } }',
  },
  limits:
    'One finding for each advisory, by its GHSA id, whether the audit, the advisories that come with express-gate, or both know it; records that were withdrawn do not count. ' +
    'It is about the Express that the application runs: another copy that some other package brings, and the packages below Express (`qs`, `send`, `path-to-regexp`…), are `dependency-vulnerable`. ' +
    'Without a lockfile nothing is installed for certain: see `express-range-vulnerable`. ' +
    'Where a lockfile cannot be read and the declared range admits vulnerable and sound versions, the question stays undecided. ' +
    'A copy from git, an address or a path is judged by its version number, with less confidence: it may have been mended by hand. ' +
    'An Express that only `devDependencies` bring is marked as such, and by default it cannot block (a severity for this rule in the policy makes it count); ' +
    'one that a tool in `devDependencies` brings for itself is `dependency-vulnerable`.',
  references: [
    'https://expressjs.com/en/advanced/security-updates.html',
    'https://github.com/advisories?query=ecosystem%3Anpm+express',
    'https://expressjs.com/en/advanced/best-practice-security.html',
  ],
  level: 'express',
  check: (facts, judge) => {
    const { advisories, declared, location, related, resolved, role, subject, upgrade } = facts;
    const known = advisories.length === 1 ? 'the one advisory' : `any of the ${advisories.length} advisories`;
    for (const { advisory, detail } of advisories) {
      const names = advisory.cve === null ? advisory.id : `${advisory.id}, ${advisory.cve}`;
      const fixed =
        detail.patched === null ? 'No fixed release is known.' : `It is fixed in ${detail.patched}.`;
      const patch =
        declared?.kind === 'patch'
          ? ' The repository applies a patch to it, which may have mended this.'
          : '';
      const development = detail.dev ? ' Only devDependencies bring it here.' : '';
      judge.finding({
        location,
        related,
        subject: `express ${advisory.id}`,
        message: `${subject} is vulnerable: ${advisory.title.replace(/\.$/, '')} (${names}). ${fixed}${patch}${development}`,
        severity: advisory.severity,
        ...(advisory.cwe.length > 0 && { cwe: advisory.cwe }),
        confidence:
          declared === null || ['range', 'tag', 'catalog'].includes(declared.kind) ? 'high' : 'medium',
        help:
          upgrade === null
            ? helpWithoutUpgrade(detail, advisory.url)
            : `${upgrade.how}: it is the newest ${upgrade.line}, without ${known} known for ${resolved ?? 'the installed one'}.`,
        advisory: detail,
      });
    }
    const isOpen = facts.lock === 'unread' && role !== 'peer' && declared !== null;
    if (isOpen && declared.vulnerable.length > 0 && declared.vulnerable.length < declared.admitted.length) {
      judge.undecided({
        location,
        reason: `the lockfile could not be read, and "${declared.text}" admits versions of Express with known advisories beside versions without`,
      });
    }
  },
});

/** Where the facts of express-gate are older than the advisory. */
function helpWithoutUpgrade({ action, id }: AdvisoryDetail, url: string): string {
  return action === null
    ? `No release of Express without a known advisory is known: read ${url || id} for what helps until there is one.`
    : `Move to ${action.package} ${action.version}.`;
}
