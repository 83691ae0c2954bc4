/** Turns the gate's environment into the one that npm is given for an audit: the user's registry and credentials stay, what bends an audit goes. */
import { delimiter, isAbsolute, join, normalize } from 'node:path';
import { isInside } from '../model/path-inside.ts';
import type { RegistryAddresses } from './registry-addresses.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** npm's options that say where the registry is and how to reach it. All others (`offline`, `omit`, `audit-level`, …) stay behind. */
const keptOptions = new Set([
  '_auth',
  '_authtoken',
  '_password',
  'ca',
  'cafile',
  'cert',
  'email',
  'globalconfig',
  'http-proxy',
  'https-proxy',
  'key',
  'local-address',
  'maxsockets',
  'no-proxy',
  'noproxy',
  'prefix',
  'proxy',
  'registry',
  'strict-ssl',
  'userconfig',
  'username',
]);

/**
 * The environment for npm. In PATH, only absolute directories stay that are neither in the scanned directory nor some package's
 * `node_modules/.bin`: a repository may bring its own `npm` or `node`.
 * @param registry the registry that the user named, which wins over any configuration; null for the configured one.
 */
export function auditEnvironment(
  environment: Environment,
  scannedDirectory: string,
  registry: string | null,
  platform: NodeJS.Platform = process.platform,
): Record<string, string> {
  const kept: Record<string, string> = Object.create(null);
  const byPackageManager = isStartedByPackageManager(environment);
  for (const [name, value] of Object.entries(environment)) {
    if (value === undefined || /^(?:NODE_ENV|npm_(?:lifecycle|package)_.*)$/i.test(name)) continue;
    const option = npmOption(name);
    if (option === null) kept[name] = value;
    // `npm run` and `npx` write the options of the repository's own .npmrc into the environment, in small letters.
    else if (isKept(option, registry) && !(byPackageManager && name.startsWith('npm_config_')))
      kept[name] = value;
  }
  const pathName = Object.keys(kept).find(
    (name) => name === 'PATH' || (platform === 'win32' && /^path$/i.test(name)),
  );
  if (pathName !== undefined) kept[pathName] = trustedPath(kept[pathName]!, scannedDirectory).join(delimiter);
  if (registry !== null) kept.npm_config_registry = registry;
  return kept;
}

/**
 * The environment with the repository's registries, where the user has named none there: as npm ranks its .npmrc, above the user's.
 * They go by the environment, where no shell reads them. Credentials that belong to no address would go to any: they stay behind.
 */
export function withAddresses(
  environment: Record<string, string>,
  { main, scopes }: RegistryAddresses,
): Record<string, string> {
  const added: [string, string][] = [...scopes]
    .map(([scope, address]): [string, string] => [`${scope}:registry`, address])
    .filter(([option]) => optionIn(environment, option) === null);
  const isAsked = main !== null && optionIn(environment, 'registry') === null;
  if (isAsked) added.push(['registry', main]);
  const kept = Object.entries(environment).filter(
    ([name]) => !isAsked || !isAddresslessCredential(npmOption(name) ?? ''),
  );
  return Object.fromEntries([...kept, ...added.map(([option, value]) => [`npm_config_${option}`, value])]);
}

/** Versions of npm up to 8 send these to the registry, whichever that is. */
export function isAddresslessCredential(option: string): boolean {
  return /^(?:_auth|_authtoken|_password|username)$/i.test(option);
}

/** Takes the same credentials back where the user's own file has them: an empty flag wins over it, as an empty variable would not. */
export const withoutAddresslessCredentials = ['--_auth=', '--_authToken=', '--_password=', '--username='];

/** The value of one of npm's options in an environment, under whatever case it is written. */
export function optionIn(environment: Environment, option: string): string | null {
  const found = Object.entries(environment).find(([name, value]) => npmOption(name) === option && value);
  return found?.[1] ?? null;
}

/** The directories of PATH in which a program may be looked for. */
export function trustedPath(path: string, scannedDirectory: string): string[] {
  return path
    .split(delimiter)
    .filter(
      (entry) =>
        isAbsolute(entry) &&
        !isInside(entry, scannedDirectory) &&
        !normalize(`${entry}/`).includes(join('/node_modules', '.bin', '/')),
    );
}

function isStartedByPackageManager(environment: Environment): boolean {
  return ['npm_lifecycle_event', 'npm_execpath', 'npm_config_user_agent'].some(
    (name) => environment[name] !== undefined,
  );
}

function isKept(option: string, registry: string | null): boolean {
  if (option === 'registry') return registry === null;
  return keptOptions.has(option) || option.startsWith('//') || /^@[^:]+:registry$/.test(option);
}

/** The option that a variable sets, as npm reads its name; null for any other variable. */
function npmOption(name: string): string | null {
  const option = /^npm_config_(.+)$/is.exec(name)?.[1];
  if (option === undefined) return null;
  return option.startsWith('//') ? option : option.replace(/(?!^)_/g, '-').toLowerCase();
}
