/** Reports each published advisory that concerns a package which the lockfile installs, save the project's own Express. */
import { defineRule, type ProjectAdvisory } from '../rule-contract.ts';

export const rule = defineRule({
  id: 'dependency-vulnerable',
  title: 'Dependency with a known vulnerability',
  section: 'Versions and dependencies',
  severity: 'advisory',
  confidence: 'high',
  cwe: [1395],
  why:
    'A package that the lockfile installs lies in the range of a published security advisory. ' +
    'Its code runs with all the rights of the application, whether the application asks for it itself or some other package brings it. ' +
    'How to attack it is public, and scanners look for it.',
  remedy:
    'Update the direct dependency that brings the package to a release without it: the finding names the change and the command of your package manager (npm, yarn, pnpm, bun). ' +
    'Where no such release exists, `overrides` (npm, bun, pnpm) or `resolutions` (yarn) ask for the fixed version below it.',
  examples: {
    language: 'json',
    bad: '{ "node_modules/qs": { "version": "6.7.0" } }',
    good: '{ "node_modules/qs": { "version": "6.14.2" } }',
  },
  limits:
    'One finding for each advisory, package and project, at the direct dependency that brings the package by the shortest path. ' +
    'A member of a workspace is told of what it reaches itself, not of what its siblings bring. ' +
    'The Express that the project runs is `express-vulnerable`. ' +
    'Whether the application calls the vulnerable code is not judged; nor is a package without a version number (from git, or an address, in a lockfile of version 1). ' +
    'What only `devDependencies` bring is marked as for development and does not block; a severity for `dependency-vulnerable` under `rules` in the policy makes all its findings count, those too. ' +
    'In the same way the Express that a tool in `devDependencies` brings for itself (`json-server`) is reported here, for development only. ' +
    'A package to which the repository applies a patch (Yarn 2 and newer, pnpm) is judged by its version, with less confidence. ' +
    'Where `npm audit` cannot be asked, only the advisories for the Express ecosystem that come with express-gate are known, and the check `npm-audit` says so. ' +
    'Without a lockfile nothing is known to be installed: see `lockfile-missing`.',
  references: [
    'https://docs.npmjs.com/cli/v11/commands/npm-audit',
    'https://docs.npmjs.com/cli/v11/configuring-npm/package-json#overrides',
    'https://yarnpkg.com/configuration/manifest#resolutions',
    'https://pnpm.io/settings#overrides',
    'https://expressjs.com/en/advanced/best-practice-security.html#ensure-your-dependencies-are-secure',
  ],
  level: 'advisory',
  check: (found, judge) => {
    if (found.ownExpress) return;
    const { advisory, detail, help, location } = found;
    judge.finding({
      location,
      subject: `${advisory.id} ${advisory.package}`,
      message: describe(found),
      severity: advisory.severity,
      ...(advisory.cwe.length > 0 && { cwe: advisory.cwe }),
      ...(found.isPatched ? { confidence: 'medium' as const } : {}),
      help,
      advisory: detail,
    });
  },
});

function describe({ advisory, detail, isPatched }: ProjectAdvisory): string {
  const names = detail.cve === null ? advisory.id : `${advisory.id}, ${detail.cve}`;
  const title = advisory.title.replace(/\s+/g, ' ').replace(/\.$/, '');
  return `${advisory.package} ${detail.installed}${origin(detail)} is vulnerable: ${title} (${names}).${isPatched ? ' The repository applies a patch to it, which may have mended this.' : ''}`;
}

function origin({ paths, direct, dev }: ProjectAdvisory['detail']): string {
  const [shortest] = paths;
  if (shortest === undefined) return ', of which the lockfile does not say what brings it,';
  const development = dev ? ', for development only,' : '';
  if (direct || shortest.length === 1) return development;
  return `, which ${shortest.slice(0, -1).join(' > ')} brings${development || ','}`;
}
