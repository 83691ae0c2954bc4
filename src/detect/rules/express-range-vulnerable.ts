/** Reports a declared range that lets a vulnerable Express in where no lockfile keeps it out. */
import { expressLineState } from '../../data/express-releases.ts';
import { defineRule } from '../rule-contract.ts';

export const rule = defineRule({
  id: 'express-range-vulnerable',
  title: 'Declared range admits a vulnerable Express',
  section: 'Versions and dependencies',
  severity: 'moderate',
  confidence: 'high',
  cwe: [1395],
  why:
    'Without a lockfile the range in package.json is all that decides which Express production installs. ' +
    'A mirror that lags behind, a cache, a cool-down on new releases or another package that wants an older version can each give a release with a published advisory, as long as the range admits it. ' +
    'An exact version, or a narrow range, may even admit nothing else.',
  remedy: 'Raise the lower end of the range above the vulnerable releases, and commit a lockfile.',
  examples: {
    language: 'json',
    bad: '{ "dependencies": { "express": "^4.17.1" } }',
    good: '{ "dependencies": { "express": "^4.20.0" } }',
  },
  limits:
    'Only where the lockfile is missing or holds no Express; with a lockfile, what it installs is judged (`express-vulnerable`). ' +
    'Where a lockfile is there but cannot be read, it is reported only if the range can give nothing but vulnerable versions. ' +
    'The proposed range is the smallest change, in the same form, that admits no vulnerable version and still admits the newest release of a maintained line. ' +
    'Where `overrides` (npm, bun), `resolutions` (yarn, bun, pnpm), `pnpm.overrides`, or `overrides` in pnpm-workspace.yaml, of the workspace root say which Express is installed, that range is judged, in its place; so is the range to which `catalog:` leads, in pnpm-workspace.yaml, .yarnrc.yml or (bun) package.json. A catalog that has none leaves the question undecided. ' +
    'A range that admits everything is `express-unpinned`, one that admits only ended lines is `express-unsupported`: those ask for the same change. ' +
    'The range of a peer dependency says what a library can work with, not what is installed: it is not judged. In `devDependencies`: severity low.',
  references: [
    'https://docs.npmjs.com/cli/v11/configuring-npm/package-lock-json',
    'https://github.com/npm/node-semver#ranges',
    'https://expressjs.com/en/advanced/security-updates.html',
  ],
  level: 'express',
  check: (facts, judge) => {
    const { declared, lines, location, lock, related, role, today } = facts;
    if (declared === null || lock === 'read' || role === 'peer' || declared.open) return;
    if (declared.problem !== null) {
      judge.undecided({
        location,
        reason: `"${declared.text}" leads to no range (${declared.problem}), so which versions of Express it admits is not known`,
      });
      return;
    }
    if (lines.every((line) => expressLineState(line, today) === 'unsupported')) return;
    const { admitted, safeSource, safeText, standsIn, text, vulnerable } = declared;
    const by = standsIn === null ? '' : `, which ${standsIn.keys ?? standsIn.file} asks for,`;
    const isCertain = vulnerable.length === admitted.length;
    if (vulnerable.length === 0 || (lock === 'unread' && !isCertain)) return;
    const span = vulnerable.length === 1 ? vulnerable[0] : `${vulnerable[0]} to ${vulnerable.at(-1)}`;
    const admits = isCertain
      ? 'can only give a version of Express with known advisories'
      : 'admits versions of Express with known advisories';
    const without = lock === 'unread' ? '' : ', and no lockfile keeps them out';
    judge.finding({
      location,
      related,
      subject: `express range ${declared.spec}`,
      message: `"${text}"${by} ${admits} (${span})${isCertain ? '' : without}.`,
      severity: role === 'production' ? 'moderate' : 'low',
      ...(safeText === null
        ? {}
        : {
            help: `Write "${safeText}" instead: it admits no version with a known advisory, and still the newest release of a maintained line.`,
          }),
      // Beside a lockfile the range is half of the change: the package manager has to make both.
      ...(safeSource === null || !facts.located || lock === 'unread'
        ? {}
        : {
            fix: {
              description: `Declare "${safeText}"`,
              edits: [
                {
                  file: location.file,
                  start: { line: location.line, column: location.column },
                  end: { line: location.endLine, column: location.endColumn },
                  text: safeSource,
                },
              ],
            },
          }),
    });
  },
});
