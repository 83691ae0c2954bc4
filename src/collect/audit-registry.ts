/** Finds the registries that the user's npm configuration names, and the credentials for them, where they must be asked without npm. */
import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { type Environment, isAddresslessCredential, optionIn } from './npm-audit-environment.ts';

/** Where the user's configuration sends what. */
export interface AuditRegistries {
  /** The one that is asked for advisories, also of scoped packages: as npm does. */
  readonly main: AuditRegistry;
  /** The one that holds a package: a scope may have its own. */
  readonly of: (packageName: string) => AuditRegistry;
}

export interface AuditRegistry {
  /** Ends with `/`. */
  readonly url: string;
  /** `authorization`, where there are credentials for it. */
  readonly headers: Record<string, string>;
}

const publicRegistry = 'https://registry.npmjs.org/';

/** npm's options by name, the first source that has one counts. */
type Options = (name: string) => string | null;

/**
 * Never throws; configuration that cannot be read has no say.
 * @param environment npm's, as auditEnvironment makes it.
 * @param configuration what `npm config list --json` wrote, or null where npm could not be asked.
 */
export async function findRegistries(
  environment: Environment,
  configuration: string | null,
): Promise<AuditRegistries> {
  const merged = parse(configuration);
  const user =
    optionIn(environment, 'userconfig') ??
    merged('userconfig') ??
    join(environment.HOME ?? homedir(), '.npmrc');
  const global = optionIn(environment, 'globalconfig') ?? merged('globalconfig');
  const files = await Promise.all(
    [user, ...(global === null ? [] : [global])].map((file) => readOptions(file, environment)),
  );
  const options: Options = (name) =>
    optionIn(environment, name) ??
    files.map((file) => file.get(name)).find((value) => value !== undefined) ??
    null;
  const main = registryAt(merged('registry') ?? options('registry') ?? publicRegistry, options);
  return {
    main,
    of: (packageName) => {
      const scope = /^@[^/]+(?=\/)/.exec(packageName)?.[0];
      const option = `${scope}:registry`;
      const named = scope === undefined ? null : (merged(option) ?? options(option));
      return named === null ? main : registryAt(named, options);
    },
  };
}

/** Whether the user's configuration holds credentials that belong to no address. */
export async function hasAddresslessCredentials(environment: Environment): Promise<boolean> {
  const files = [
    optionIn(environment, 'userconfig') ?? join(environment.HOME ?? homedir(), '.npmrc'),
    optionIn(environment, 'globalconfig'),
  ];
  const read = await Promise.all(
    files.map((file) => (file === null ? new Map<string, string>() : readOptions(file, environment))),
  );
  return read.some((options) => [...options.keys()].some(isAddresslessCredential));
}

function registryAt(address: string, options: Options): AuditRegistry {
  const url = new URL(
    isWebAddress(address) ? (address.endsWith('/') ? address : `${address}/`) : publicRegistry,
  );
  const authorization = findAuthorization(url, options);
  url.username = '';
  url.password = '';
  return { url: url.href, headers: authorization === null ? {} : { authorization } };
}

/** Whether a registry can be at this address. */
export function isWebAddress(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}

function parse(configuration: string | null): Options {
  let value: unknown = null;
  try {
    value = JSON.parse(configuration ?? 'null');
  } catch {
    // npm wrote something else: then the files are read.
  }
  return (name) => {
    const found =
      typeof value === 'object' && value !== null && Object.hasOwn(value, name)
        ? (value as Record<string, unknown>)[name]
        : null;
    return typeof found === 'string' ? found : null;
  };
}

/** Source: https://docs.npmjs.com/cli/v11/configuring-npm/npmrc */
async function readOptions(file: string, environment: Environment): Promise<Map<string, string>> {
  const options = new Map<string, string>();
  const text = await readFile(file, 'utf8').catch(() => '');
  for (const line of text.split(/\r?\n/)) {
    const [, name, value] = /^\s*([^;#[\s=][^=]*?)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
    if (name === undefined || value === undefined) continue;
    const replaced = [name, value.replace(/^(["'])(.*)\1$/, '$2')].map((each) =>
      each.replace(/\$\{([^${}]+?)\??\}/g, (written, variable: string) => environment[variable] ?? written),
    );
    options.set(replaced[0]!, replaced[1]!);
  }
  return options;
}

/** Credentials belong to the registry's address or to one above it. Source: npm-registry-fetch lib/auth.js */
function findAuthorization(registry: URL, options: Options): string | null {
  for (let path = registry.pathname; path !== ''; path = path.replace(/[^/]*\/?$/, '')) {
    for (const form of new Set([path, path.replace(/\/$/, '')])) {
      const of = (name: string) => options(`//${registry.host}${form}:${name}`);
      const token = of('_authToken');
      if (token !== null) return headerValue(`Bearer ${token}`);
      const basic = of('_auth');
      if (basic !== null) return headerValue(`Basic ${basic}`);
      const [user, password] = [of('username'), of('_password')];
      if (user !== null && password !== null)
        return basicOf(user, Buffer.from(password, 'base64').toString('utf8'));
    }
  }
  if (registry.username === '') return null;
  return basicOf(decode(registry.username), decode(registry.password));
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function basicOf(user: string, password: string): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
}

function headerValue(text: string): string | null {
  return /^[\x20-\x7e]+$/.test(text) ? text : null;
}
