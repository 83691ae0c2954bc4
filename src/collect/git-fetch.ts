/** Brings one commit from GitHub into the repository that is checked out, with nothing that the repository configures in between. */
import type { GithubAccess } from '../model/request.ts';
import { runGit } from './git.ts';
import { objectName } from './git-commit.ts';

/**
 * Settings against what a configuration in the checkout could start or bend: a helper, a proxy, a certificate check that is switched off.
 * The address is given in full, so no remote of the repository is used.
 */
const settings = [
  'credential.helper=',
  'core.askPass=',
  'core.alternateRefsCommand=false',
  'core.sshCommand=false',
  'http.sslVerify=true',
  'http.followRedirects=initial',
  'gc.auto=0',
  'maintenance.auto=false',
  'fetch.recurseSubmodules=false',
  'fetch.unpackLimit=1',
].flatMap((setting) => ['-c', setting]);

/**
 * Fetches a commit with its tree, of depth 1 where the checkout is shallow: first with the credentials that actions/checkout left in the
 * repository (or with none, for a public one), then with the token. Answers null, or why it could not be had (a clause; untrusted).
 */
export async function fetchCommit(
  directory: string,
  commit: string,
  github: GithubAccess,
): Promise<string | null> {
  if (!objectName.test(commit)) return 'the event names no commit';
  const detour = await findDetour(directory);
  if (detour !== null) return detour;
  const shallow = await runGit(directory, ['rev-parse', '--is-shallow-repository']);
  const isShallow = shallow.kind === 'done' && shallow.stdout.toString('latin1').trim() === 'true';
  const url = `${github.serverUrl}/${github.owner}/${github.repository}.git`;
  const args = [
    ...settings,
    // The machine's proxy, and never the repository's: empty would mean none at all.
    '-c',
    `http.proxy=${proxyOf(url)}`,
    'fetch',
    '--quiet',
    '--no-tags',
    '--no-recurse-submodules',
    '--no-write-fetch-head',
    ...(isShallow ? ['--depth=1'] : []),
    url,
    commit,
  ];
  let reason = 'git could not fetch it';
  for (const header of github.token === null ? [null] : [null, github.token]) {
    const answer = await runGit(directory, args, {
      protocols: url.startsWith('http:') ? 'http:https' : 'https',
      settings: header === null ? [] : authorization(github.serverUrl, header),
    });
    if (answer.kind === 'done') return null;
    reason = answer.kind === 'failed' ? answer.reason : 'this is no git repository';
  }
  return reason;
}

/**
 * Why this checkout's configuration would lead a fetch elsewhere, or null. What is set for one address (`http.<url>.proxy`) wins over every
 * setting of the command line, and `url.<base>.insteadOf` cannot be taken back: the token would go where the configuration says.
 */
async function findDetour(directory: string): Promise<string | null> {
  const answer = await runGit(directory, ['config', '--list', '--includes', '--name-only', '-z']);
  if (answer.kind !== 'done') return 'the configuration of this checkout cannot be read';
  const names = answer.stdout.toString('utf8').split('\0');
  const bends = names.some((name) => /^(?:url|http)\./.test(name) && !name.endsWith('.extraheader'));
  return bends
    ? 'the configuration of this checkout says by which way git is to fetch (url.*, http.*)'
    : null;
}

function proxyOf(url: string): string {
  const names = url.startsWith('https:') ? ['HTTPS_PROXY', 'https_proxy'] : ['http_proxy'];
  return [...names, 'ALL_PROXY', 'all_proxy'].map((name) => process.env[name]).find(Boolean) ?? '';
}

/** As actions/checkout writes it; an empty one first, which takes back what the repository has. */
function authorization(serverUrl: string, token: string): [string, string][] {
  const name = `http.${serverUrl}/.extraheader`;
  const basic = Buffer.from(`x-access-token:${token}`).toString('base64');
  return [
    [name, ''],
    [name, `AUTHORIZATION: basic ${basic}`],
  ];
}
