/** Follows `extends` from a policy file to what it builds on, and makes of all of them the policy that counts. */
import { InputError } from '../model/input-error.ts';
import type { ExtendedPolicy, Inheritance, Policy } from '../model/policy.ts';
import type { GithubApi } from '../model/request.ts';
import { type ExtendsSource, readExtends } from './extends-source.ts';
import { GithubReader } from './github-api.ts';
import { inherit } from './policy-inheritance.ts';
import { readLayer } from './policy-layer.ts';
import { githubPlace, type PolicyPlace } from './policy-place.ts';
import type { PolicyLayer } from './policy-text.ts';

/** Policies that one builds on, all together. */
const mostExtended = 5;

/** One policy that another builds on. */
export interface ChainLink extends ExtendedPolicy {
  readonly layer: PolicyLayer;
  /** Of a file of the repository itself its path from the root, and its bytes. */
  readonly local: { readonly path: string; readonly bytes: Buffer } | null;
}

/** A policy of a repository on GitHub could not be had: unlike a fault in a pull request's own files, no pull request can mend that. */
export class OrganisationPolicyError extends InputError {}

/**
 * Reads what the policy builds on, the nearest first.
 * @param place where the policy itself stands.
 * @param access how repositories on GitHub are read; null leaves them out, and what they build on.
 * @throws InputError at the line of `extends`.
 */
export async function readChain(
  own: PolicyLayer,
  place: PolicyPlace,
  access: GithubApi | null,
): Promise<ChainLink[]> {
  const file = own.policy.file ?? 'policy';
  const links: ChainLink[] = [];
  const names = [file];
  const first = place.resolve(file);
  const seen = new Set(first === null ? [] : [place.key(first)]);
  let layer = own;
  let at = place;
  let isRemote = false;
  const refuse = (message: string): InputError => {
    const where = { file, ...own.extendsPlace };
    return isRemote ? new OrganisationPolicyError(message, where) : new InputError(message, where);
  };
  while (layer.policy.extends !== undefined) {
    const source = readExtends(layer.policy.extends);
    if (source.kind === 'github' && access === null) break;
    isRemote ||= source.kind === 'github';
    const written = source.kind === 'github' ? layer.policy.extends : at.name(source.path);
    const said = `the policy ${written}, which ${names.at(-1)} extends`;
    if (links.length === mostExtended)
      throw refuse(`${said}, is one too many: at most ${mostExtended} policies build on each other`);
    const cannot = (error: unknown) =>
      refuse(`${said}, cannot be read: ${error instanceof Error ? error.message : String(error)}`);
    try {
      if (source.kind === 'github') at = await openGithub(access!, source);
    } catch (error) {
      throw cannot(error);
    }
    const path = at.resolve(source.path);
    if (path === null) throw refuse(`${said}, lies outside of the repository: name a file in it`);
    if (seen.has(at.key(path)))
      throw refuse(`the policies extend each other in a circle: ${[...names, written].join(' → ')}`);
    seen.add(at.key(path));
    const bytes = await at.read(path).catch((error: unknown) => {
      throw cannot(error);
    });
    try {
      layer = await readLayer(bytes, written);
    } catch (error) {
      throw error instanceof InputError ? refuse(`${said}, is not valid: ${error.describe()}`) : error;
    }
    links.push({ source: written, commit: at.commit, layer, local: isRemote ? null : { path, bytes } });
    names.push(written);
  }
  return links;
}

/** The policy that counts, and what there is to say of how it came about; nothing where the file extends no other. */
export function applyChain(
  own: PolicyLayer,
  links: readonly ChainLink[],
): { readonly policy: Policy; readonly inheritance?: Omit<Inheritance, 'changed'> } {
  const [farthest, ...others] = links.toReversed();
  if (farthest === undefined) return { policy: own.policy };
  let above = farthest.layer.policy;
  let { source } = farthest;
  for (const link of others) {
    above = inherit(link.layer, above, source).policy;
    source = link.source;
  }
  const { policy, ignored } = inherit(own, above, source);
  return {
    policy,
    inheritance: {
      own: own.policy,
      sources: links.map((link) => ({ source: link.source, commit: link.commit })),
      ignored,
      waiversCount: above.overridable?.includes('waivers') === true,
    },
  };
}

function openGithub(
  access: GithubApi,
  source: Extract<ExtendsSource, { kind: 'github' }>,
): Promise<PolicyPlace> {
  return githubPlace(
    new GithubReader({ ...access, owner: source.owner, repository: source.repository }),
    source,
  );
}
