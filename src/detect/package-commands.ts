/** Turns what should change in a project's dependencies into the command of its package manager that changes it. */
import semver from 'semver';
import { type DependencyField, dependencyFields, type Manifest, type Project } from '../model/project.ts';
import { classifyDeclaration } from './declared-range.ts';

/** `yarn-classic`: yarn 1, whose commands are others than those of yarn 2 and later. */
export type PackageManager = 'npm' | 'yarn-classic' | 'yarn' | 'pnpm' | 'bun';

const lockfileManagers: readonly (readonly [RegExp, PackageManager])[] = [
  [/(?:^|\/)(?:package-lock|npm-shrinkwrap)\.json$/, 'npm'],
  [/(?:^|\/)yarn\.lock$/, 'yarn'],
  [/(?:^|\/)pnpm-lock\.yaml$/, 'pnpm'],
  [/(?:^|\/)bun\.lockb?$/, 'bun'],
];

/** What only one package manager reads, in the directory where its lockfile would be. */
const settings: readonly (readonly [string, PackageManager])[] = [
  ['.yarnrc.yml', 'yarn'],
  ['.yarnrc', 'yarn-classic'],
  ['pnpm-workspace.yaml', 'pnpm'],
  ['bunfig.toml', 'bun'],
];

/**
 * The package manager of a project: by its lockfile, else by `packageManager` in package.json (its own, or the workspace root's), else by
 * the settings beside them, else npm.
 * @param root the manifest of the workspace root, where it is known; `files`: by path, whatever of the repository was read.
 */
export function managerOf(
  project: Project,
  root?: Manifest,
  files?: ReadonlyMap<string, unknown>,
): PackageManager {
  const { lockfile, lockfileFile, manifest, workspaceRoot } = project;
  if (lockfile !== null) {
    if (lockfile.manager !== 'yarn') return lockfile.manager;
    return lockfile.version === 1 ? 'yarn-classic' : 'yarn';
  }
  const place = workspaceRoot === '.' ? '' : `${workspaceRoot}/`;
  const declared =
    declaredManager(manifest) ??
    (root === undefined ? null : declaredManager(root)) ??
    settings.find(([name]) => files?.has(`${place}${name}`))?.[1] ??
    null;
  const found = lockfileManagers.find(([pattern]) => pattern.test(lockfileFile ?? ''))?.[1];
  if (found === undefined) return declared ?? 'npm';
  return found === 'yarn' && declared === 'yarn-classic' ? declared : found;
}

/** `yarn@1.22.22+sha512…` -> `yarn-classic`. Source: https://nodejs.org/api/packages.html#packagemanager */
function declaredManager({ packageManager }: Manifest): PackageManager | null {
  const [, name, major] = /^(npm|yarn|pnpm|bun)@(\d+)\./.exec(packageManager ?? '') ?? [];
  if (name === 'yarn') return major === '1' ? 'yarn-classic' : 'yarn';
  return (name as Exclude<PackageManager, 'yarn-classic' | 'yarn'> | undefined) ?? null;
}

/** A name that is safe to put into a command that somebody may copy. */
const plainName = /^(?:@[a-z0-9][\w.-]*\/)?[a-z0-9][\w.-]*$/i;
const plainDirectory = /^(?!-)[\w./@-]+$/;
const plainVersion = /^[\w.+-]+$/;

export function isPlainName(name: string): boolean {
  return plainName.test(name);
}

interface Entry {
  readonly name: string;
  readonly field: DependencyField;
  readonly specifier: string;
}

/** The entry of package.json for a package, also under an alias. */
export function entryOf({ manifest }: Project, packageName: string): Entry | null {
  for (const field of dependencyFields) {
    for (const [name, specifier] of Object.entries(manifest[field] ?? {})) {
      const { alias } = classifyDeclaration(specifier);
      if ((alias ?? name) === packageName) return { name, field, specifier };
    }
  }
  return null;
}

const programs: Readonly<Record<PackageManager, string>> = {
  npm: 'npm',
  'yarn-classic': 'yarn',
  yarn: 'yarn',
  pnpm: 'pnpm',
  bun: 'bun',
};

const saveFlags: Readonly<Record<DependencyField, readonly [npmAndPnpm: string, others: string]>> = {
  dependencies: ['', ''],
  devDependencies: [' --save-dev', ' --dev'],
  optionalDependencies: [' --save-optional', ' --optional'],
  peerDependencies: [' --save-peer', ' --peer'],
};

/**
 * What asks for another version of what the project declares, as part of a sentence: `` `npm install express@4.22.3` in shop ``.
 * Null where a name is not fit for a command.
 */
export function moveCommand(
  project: Project,
  manager: PackageManager,
  entry: Entry,
  packageName: string,
  version: string,
): string | null {
  if (!isPlainName(entry.name) || !isPlainName(packageName) || !plainVersion.test(version)) return null;
  const alias = entry.name === packageName ? '' : `${entry.name}@npm:`;
  const isShort = manager === 'npm' || manager === 'pnpm';
  const flag = saveFlags[entry.field][isShort ? 0 : 1];
  if (manager === 'npm') {
    const { flag: workspace, where } = npmPlace(project);
    return `\`npm install${flag} ${alias}${packageName}@${version}${workspace}\`${where}`;
  }
  // npm puts its own prefix before the version; the others write down what the command says.
  const range = `${operatorOf(entry.specifier)}${version}`;
  const what = `${alias}${packageName}@${range}`;
  const { command, trailing, where } = addPlace(project, manager);
  return `\`${command} ${flag === '' ? '' : `${flag.slice(1)} `}${/\^|~/.test(what) ? `"${what}"` : what}${trailing}\`${where}`;
}

/** The form in which the project declares it now is kept. */
function operatorOf(specifier: string): '' | '~' | '^' {
  const { spec } = classifyDeclaration(specifier);
  if (semver.valid(spec, { loose: true }) !== null) return '';
  return spec.startsWith('~') ? '~' : '^';
}

/**
 * What updates packages within the ranges that ask for them, fit to begin a sentence.
 * @param names of the packages; `bringers`: the direct dependencies that bring them.
 */
export function describeUpdate(
  project: Project,
  manager: PackageManager,
  names: readonly string[],
  bringers: readonly string[],
): string | null {
  if (names.length === 0 || !names.every(isPlainName)) return null;
  const list = names.join(' ');
  switch (manager) {
    case 'npm':
      return `Run \`npm update ${list}\`${rootPlace(project)}`;
    case 'yarn':
      return `Run \`yarn up -R ${list}\`${rootPlace(project)}`;
    case 'pnpm':
      return `Run \`pnpm update ${hasMembers(project) ? '-r ' : ''}${list}\`${rootPlace(project)}`;
    case 'bun':
      return `Run \`bun update ${hasMembers(project) ? '-r ' : ''}${list}\`${rootPlace(project)}`;
    case 'yarn-classic': {
      // `yarn upgrade` of yarn 1 knows only what package.json declares, and does nothing for members of a workspace.
      const all = [...new Set(bringers)];
      if (!hasMembers(project) && all.length > 0 && all.length <= 5 && all.every(isPlainName))
        return `Run \`yarn upgrade ${all.join(' ')}\`${rootPlace(project)}`;
      const entries = names.map((name) => `\`${name}\``).join(' and ');
      return `Delete the entries of ${entries} from yarn.lock and run \`yarn install\`${rootPlace(project)}`;
    }
  }
}

/** Where package.json, or what stands beside it, says which version packages below may ask for: the last resort. */
export function describeOverrides({ lockfile }: Project, manager: PackageManager): string {
  switch (manager) {
    case 'npm':
    case 'bun':
      return '`overrides` in package.json';
    case 'yarn-classic':
    case 'yarn':
      return '`resolutions` in package.json';
    case 'pnpm':
      // Since pnpm 10.5 they may stand in pnpm-workspace.yaml, since 11 only there; both write lockfiles of version 9, as 9 does.
      return lockfile !== null && lockfile.version < 9
        ? '`pnpm.overrides` in package.json'
        : '`overrides` in pnpm-workspace.yaml (before pnpm 10.5: `pnpm.overrides` in package.json)';
  }
}

/** How a package manager makes a lockfile, and how it installs by it. */
export interface Installation {
  readonly command: string;
  readonly lockfile: string;
  /** What fails where the lockfile is out of step, in place of changing it. */
  readonly frozen: string;
}

const installations: Readonly<Record<PackageManager, Installation>> = {
  npm: { command: 'npm install', lockfile: 'package-lock.json', frozen: 'npm ci' },
  'yarn-classic': {
    command: 'yarn install',
    lockfile: 'yarn.lock',
    frozen: 'yarn install --frozen-lockfile',
  },
  yarn: { command: 'yarn install', lockfile: 'yarn.lock', frozen: 'yarn install --immutable' },
  pnpm: { command: 'pnpm install', lockfile: 'pnpm-lock.yaml', frozen: 'pnpm install --frozen-lockfile' },
  bun: { command: 'bun install', lockfile: 'bun.lock', frozen: 'bun install --frozen-lockfile' },
};

export function installationOf(manager: PackageManager): Installation {
  return installations[manager];
}

/** ` in shop` where the lockfile's directory is not the scanned one. */
export function rootPlace({ workspaceRoot }: Project): string {
  return placeWords(workspaceRoot);
}

function placeWords(directory: string): string {
  return directory !== '.' && plainDirectory.test(directory) ? ` in ${directory}` : '';
}

function memberDirectory({ directory, workspaceRoot }: Project): string | null {
  if (directory === workspaceRoot) return null;
  return workspaceRoot === '.' ? directory : directory.slice(workspaceRoot.length + 1);
}

function npmPlace(project: Project): { flag: string; where: string } {
  const member = memberDirectory(project);
  const flag = member !== null && plainDirectory.test(member) ? ` --workspace=${member}` : '';
  return { flag, where: rootPlace(project) };
}

/** Each manager's way to add to one member of a workspace, or to its root. */
function addPlace(
  project: Project,
  manager: Exclude<PackageManager, 'npm'>,
): { command: string; trailing: string; where: string } {
  const program = programs[manager];
  const member = memberDirectory(project);
  const add = `${program} add`;
  if (member === null) {
    const isGuarded = hasMembers(project) && (manager === 'pnpm' || manager === 'yarn-classic');
    const trailing = isGuarded ? (manager === 'pnpm' ? ' -w' : ' -W') : '';
    return { command: add, trailing, where: rootPlace(project) };
  }
  const where = rootPlace(project);
  if (manager === 'pnpm' && plainDirectory.test(member))
    return { command: add, trailing: ` --filter ./${member}`, where };
  if (manager !== 'pnpm' && manager !== 'bun' && project.name !== null && isPlainName(project.name))
    return { command: `yarn workspace ${project.name} add`, trailing: '', where };
  return { command: add, trailing: '', where: placeWords(project.directory) };
}

function hasMembers(project: Project): boolean {
  if (memberDirectory(project) !== null) return true;
  const packages = project.lockfile?.packages.values() ?? [];
  for (const { own, location } of packages) if (own && location !== '') return true;
  return false;
}
