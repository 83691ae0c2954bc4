/** Reports each published advisory that concerns a package which the lockfile installs, save the project's own Express. */
import { type DependencyField, dependencyFields, type Project } from '../../model/project.ts';
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
    'Update the direct dependency that brings the package to a release without it; `npm audit fix` makes the changes that the declared ranges allow.',
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
    'What only `devDependencies` bring is marked as for development. ' +
    'Where `npm audit` cannot be asked, only the advisories for the Express ecosystem that come with express-gate are known, and the check `npm-audit` says so. ' +
    'Without a lockfile nothing is known to be installed: see `lockfile-missing`.',
  references: [
    'https://docs.npmjs.com/cli/v11/commands/npm-audit',
    'https://docs.npmjs.com/cli/v11/configuring-npm/package-json#overrides',
    'https://expressjs.com/en/advanced/best-practice-security.html#ensure-your-dependencies-are-secure',
  ],
  level: 'advisory',
  check: (found, judge) => {
    if (found.ownExpress) return;
    const { advisory, detail, location } = found;
    judge.finding({
      location,
      subject: `${advisory.id} ${advisory.package}`,
      message: describe(found),
      severity: advisory.severity,
      help: help(found),
      advisory: detail,
    });
  },
});

function describe({ advisory, detail }: ProjectAdvisory): string {
  const names = detail.cve === null ? advisory.id : `${advisory.id}, ${detail.cve}`;
  const title = advisory.title.replace(/\s+/g, ' ').replace(/\.$/, '');
  return `${advisory.package} ${detail.installed}${origin(detail)} is vulnerable: ${title} (${names}).`;
}

function origin({ paths, direct, dev }: ProjectAdvisory['detail']): string {
  const [shortest] = paths;
  if (shortest === undefined) return ', of which the lockfile does not say what brings it,';
  const development = dev ? ', for development only,' : '';
  if (direct || shortest.length === 1) return development;
  return `, which ${shortest.slice(0, -1).join(' > ')} brings${development || ','}`;
}

/** A name or directory that is safe to put into a command that somebody may copy. */
const plainName = /^(?:@[a-z0-9][\w.-]*\/)?[a-z0-9][\w.-]*$/i;
const plainDirectory = /^(?!-)[\w./@-]+$/;

function help({ project, advisory, source, detail }: ProjectAdvisory): string {
  const { action, patched } = detail;
  if (source === 'npm' && advisory.fixInRange)
    return `Run \`npm audit fix\`${where(project)}: the declared ranges admit a release without it.`;
  const entry = action === null ? null : entryOf(project, action.package);
  if (action !== null && plainName.test(action.package) && entry !== null) {
    const command = `npm install${saveFlag[entry.field]} ${entry.name === action.package ? '' : `${entry.name}@npm:`}${action.package}@${action.version}${workspaceFlag(project)}`;
    const major = action.major ? ': a new major version, so read what it changes first' : '';
    if (plainName.test(entry.name)) return `Run \`${command}\`${where(project)}${major}.`;
  }
  if (action !== null && plainName.test(action.package))
    return `Run \`npm update ${action.package}\`${where(project)}: the ranges that ask for it admit ${action.version}, which is fixed.`;
  const name = plainName.test(advisory.package) ? `\`${advisory.package}\`` : 'the package';
  const bringers = bringersOf(detail);
  if (patched === null) {
    const source = /^GHSA-/.test(advisory.id)
      ? `https://github.com/advisories/${advisory.id}`
      : 'the advisory';
    return `No release without it is known: replace ${detail.direct ? name : bringers}, and read ${source} for what helps until then.`;
  }
  const own = detail.direct ? `Ask for ${name} ${patched} in package.json, and update` : 'Update';
  return `${own} ${bringers}${detail.direct ? ' too' : ''}, to a release with ${name} ${patched} or newer; where there is none, ask for that by \`overrides\` in package.json.`;
}

/** The direct dependencies by which it comes, as part of a sentence. */
function bringersOf({ paths }: ProjectAdvisory['detail']): string {
  const names = [...new Set(paths.filter(({ length }) => length > 1).map(([first]) => first!))];
  const told = names.filter((each) => plainName.test(each)).map((each) => `\`${each}\``);
  if (told.length === 0 || told.length < names.length) return 'what brings it';
  if (told.length === 1) return `${told[0]}, which brings it`;
  const shown = told.length > 3 ? [...told.slice(0, 2), `${told.length - 2} others`] : told;
  return `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}, which bring it`;
}

const saveFlag: Readonly<Record<DependencyField, string>> = {
  dependencies: '',
  devDependencies: ' --save-dev',
  optionalDependencies: ' --save-optional',
  peerDependencies: ' --save-peer',
};

/** The entry of package.json for a package, also under an alias. */
function entryOf(
  { manifest }: Project,
  packageName: string,
): { name: string; field: DependencyField } | null {
  for (const field of dependencyFields) {
    for (const [name, specifier] of Object.entries(manifest[field] ?? {})) {
      const isAlias = specifier.startsWith('npm:');
      if (
        isAlias
          ? specifier === `npm:${packageName}` || specifier.startsWith(`npm:${packageName}@`)
          : name === packageName
      )
        return { name, field };
    }
  }
  return null;
}

function workspaceFlag({ directory, workspaceRoot }: Project): string {
  if (directory === workspaceRoot) return '';
  const member = workspaceRoot === '.' ? directory : directory.slice(workspaceRoot.length + 1);
  return plainDirectory.test(member) ? ` --workspace=${member}` : '';
}

function where({ workspaceRoot }: Project): string {
  return workspaceRoot !== '.' && plainDirectory.test(workspaceRoot) ? ` in ${workspaceRoot}` : '';
}
