/** Turns each lockfile into an audit: npm's own by the real `npm audit`; any other, and where there is no fit npm, by the endpoint that it would ask; or by OSV. */
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Audit, AuditAnswer } from '../model/audit.ts';
import { InputError } from '../model/input-error.ts';
import { compareText } from '../model/location.ts';
import type { Lockfile } from '../model/lockfile.ts';
import type { Project } from '../model/project.ts';
import type { Request } from '../model/request.ts';
import { type Asked, type AuditTiming, Patience, usualTiming } from './audit-attempts.ts';
import { askEndpoint } from './audit-endpoint.ts';
import {
  type AuditRegistries,
  findRegistries,
  hasAddresslessCredentials,
  isWebAddress,
} from './audit-registry.ts';
import { readNpmAudit, tooOld } from './audit-report.ts';
import { inParallel } from './in-parallel.ts';
import {
  auditEnvironment,
  type Environment,
  optionIn,
  trustedPath,
  withAddresses,
  withoutAddresslessCredentials,
} from './npm-audit-environment.ts';
import { findNpm, runNpm } from './npm-audit-process.ts';
import { writeAuditTree } from './npm-audit-tree.ts';
import { OsvDatabase, osvAddress } from './osv-database.ts';
import { findPublished, usualBounds } from './published-packages.ts';
import { noAddresses, type RegistryAddresses } from './registry-addresses.ts';

/** What the gate finds around it; tests bring their own. */
export interface AuditSurroundings {
  readonly environment: Environment;
  readonly timing: AuditTiming;
}

/** More would only fight for the processor: npm is busy itself. */
const mostAtOnce = 4;

/**
 * One audit for each workspace root and each project of its own, in the order of their directories.
 * Nothing is installed, no script is run, and of the repository's own .npmrc only what `addresses` hands in counts.
 * @param addresses the registries that the trusted revision names for a workspace root.
 * @throws InputError where `request.registry` is no web address.
 */
export async function collectAudits(
  request: Request,
  projects: readonly Project[],
  surroundings: Partial<AuditSurroundings> = {},
  addresses: (workspaceRoot: string) => RegistryAddresses = () => noAddresses,
): Promise<readonly Audit[]> {
  if (request.registry !== null && !isWebAddress(request.registry))
    throw new InputError('`registry` must be a web address, such as https://registry.example.com/');
  const roots = [...new Set(projects.map(({ workspaceRoot }) => workspaceRoot))].sort(compareText);
  const groups = roots.map((root) => projects.filter(({ workspaceRoot }) => workspaceRoot === root));
  const run = new AuditRun(request, surroundings, addresses);
  try {
    return await inParallel(groups, Math.min(mostAtOnce, availableParallelism() + 1), (members) =>
      run.audit(members),
    );
  } finally {
    await run.end();
  }
}

function answerOf(
  asked: Asked,
  how: Pick<Extract<AuditAnswer, { kind: 'report' }>, 'source' | 'why' | 'published'>,
): AuditAnswer {
  switch (asked.kind) {
    case 'answered':
      return { kind: 'report', ...how, advisories: asked.advisories };
    case 'no-endpoint':
      return { kind: 'no-endpoint', detail: asked.detail };
    default:
      return { kind: 'outage', detail: asked.detail };
  }
}

/** All audits of one run: they share npm, its cache, the way to the registry, and patience. */
class AuditRun {
  readonly #request: Request;
  readonly #patience: Patience;
  readonly #environment: Record<string, string>;
  readonly #npm: string | null;
  #folder: Promise<string> | null = null;
  readonly #addresses: (workspaceRoot: string) => RegistryAddresses;
  /** By workspace root. */
  readonly #registries = new Map<string, Promise<AuditRegistries>>();
  readonly #osv: OsvDatabase | null;
  #trees = 0;

  constructor(
    request: Request,
    { environment = process.env, timing = usualTiming }: Partial<AuditSurroundings>,
    addresses: (workspaceRoot: string) => RegistryAddresses,
  ) {
    this.#addresses = addresses;
    this.#request = request;
    this.#patience = new Patience(timing);
    this.#osv = request.audit === 'osv' ? new OsvDatabase(osvAddress(environment), this.#patience) : null;
    this.#environment = auditEnvironment(environment, request.directory, request.registry);
    const path = Object.entries(this.#environment).find(([name]) => /^path$/i.test(name))?.[1] ?? '';
    this.#npm = findNpm(trustedPath(path, request.directory));
  }

  async audit(members: readonly Project[]): Promise<Audit> {
    const { omit } = this.#request;
    const began = performance.now();
    const answer = await this.#answer(members);
    return {
      workspaceRoot: members[0]!.workspaceRoot,
      ...(omit.length === 0 ? {} : { omit }),
      ...(this.#osv === null ? {} : { asked: 'osv' as const }),
      answer,
      ms: Math.round(performance.now() - began),
    };
  }

  async #answer(members: readonly Project[]): Promise<AuditAnswer> {
    const { audit: mode } = this.#request;
    const root = members[0]!.workspaceRoot;
    const file = members.map(({ lockfileFile }) => lockfileFile).find((each) => each !== null) ?? null;
    const lockfile = members.find((member) => member.lockfile?.file === file)?.lockfile;
    if (mode === 'off') return { kind: 'not-asked', mode, detail: 'the audit is switched off' };
    if (file === null) return { kind: 'unreadable', detail: 'there is no lockfile' };
    if (lockfile == null) {
      const problem = members.map(({ lockfileProblem }) => lockfileProblem).find((each) => each != null);
      return { kind: 'unreadable', detail: problem ?? `${file} could not be read` };
    }
    if (mode === 'embedded') return { kind: 'not-asked', mode, detail: 'no registry was to be asked' };
    // npm would not ask either.
    if ([...lockfile.packages.values()].every(({ own }) => own))
      return { kind: 'report', source: this.#osv === null ? 'npm' : 'osv', advisories: [] };
    if (this.#osv !== null)
      return this.#withPublished(await this.#osv.ask(lockfile), lockfile, root, { source: 'osv' });

    try {
      if (lockfile.manager !== 'npm')
        return await this.#askDirectly(
          lockfile,
          root,
          `${file.slice(file.lastIndexOf('/') + 1)} is not npm's`,
        );
      if (this.#npm === null) return await this.#askDirectly(lockfile, root, 'npm is missing here');
      const asked = await this.#askNpm(lockfile, root, members);
      return asked.kind === 'npm-unable'
        ? await this.#askDirectly(lockfile, root, await this.#describeNpm(asked.detail))
        : answerOf(asked, { source: 'npm' });
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? ` (${error.code})` : '';
      return { kind: 'outage', detail: `npm could not be started${code}` };
    }
  }

  async #askNpm(lockfile: Lockfile, root: string, members: readonly Project[]): Promise<Asked> {
    const tree = await writeAuditTree(await this.#newFolder(), lockfile, root, members);
    const environment = this.#environmentAt(root);
    const isRepositorys = optionIn(environment, 'registry') !== optionIn(this.#environment, 'registry');
    const bare = isRepositorys && (await hasAddresslessCredentials(environment));
    const flags = [...this.#auditFlags(), ...(bare ? withoutAddresslessCredentials : [])];
    return this.#patience.ask(async () => {
      const end = await this.#run(['audit', ...flags], tree, environment);
      return end.kind === 'ended'
        ? readNpmAudit(end.stdout, lockfile)
        : { kind: 'npm-unable', detail: 'npm did not come to an end' };
    });
  }

  /** @param why a clause. */
  async #askDirectly(lockfile: Lockfile, root: string, why: string): Promise<AuditAnswer> {
    const { main } = await this.#registriesAt(root);
    const asked = await askEndpoint(main, lockfile, this.#patience);
    return this.#withPublished(asked, lockfile, root, { source: 'endpoint', why });
  }

  /** Who gives advisories without fixes leaves them to what the registry has published. */
  async #withPublished(
    asked: Asked,
    lockfile: Lockfile,
    root: string,
    how: Pick<Extract<AuditAnswer, { kind: 'report' }>, 'source' | 'why'>,
  ): Promise<AuditAnswer> {
    if (asked.kind !== 'answered' || asked.advisories.length === 0) return answerOf(asked, how);
    const registries = await this.#registriesAt(root);
    const { requestMs } = this.#patience.timing;
    const bounds = { ...usualBounds, requestMs };
    const published = await findPublished(registries, lockfile, asked.advisories, bounds);
    return answerOf(asked, { ...how, published });
  }

  /** Which npm it was that could not audit, where that is the reason. */
  async #describeNpm(detail: string): Promise<string> {
    if (detail !== tooOld) return `${detail} here`;
    const end = await this.#run(['--version', '--logs-max=0'], await this.#newFolder());
    const version = end.kind === 'ended' ? /^\s*(\d{1,4}\.\d{1,4})\.\d/.exec(end.stdout)?.[1] : undefined;
    return `npm${version === undefined ? '' : ` ${version}`} here is too old for today's endpoint`;
  }

  /**
   * Everything that could bend the audit is said here, where it wins over every configuration file. An `include` wins over an `omit`.
   * No flag holds text from outside: on Windows they pass through a shell.
   */
  #auditFlags(): string[] {
    const { requestMs } = this.#patience.timing;
    const types = (['dev', 'optional', 'peer'] as const).map((type) =>
      this.#request.omit.includes(type) ? `--omit=${type}` : `--include=${type}`,
    );
    return [
      '--json',
      '--package-lock-only',
      '--package-lock',
      '--audit',
      '--audit-level=low',
      '--include=prod',
      ...types,
      '--no-offline',
      '--no-prefer-offline',
      '--no-force',
      '--no-dry-run',
      '--no-global',
      '--no-legacy-peer-deps',
      '--ignore-scripts',
      '--no-update-notifier',
      '--no-fund',
      '--no-progress',
      '--loglevel=error',
      '--logs-max=0',
      `--fetch-timeout=${requestMs}`,
      // For what npm looks up besides; the request that counts it never repeats by itself.
      '--fetch-retries=1',
      `--fetch-retry-mintimeout=${this.#patience.timing.pauseMs}`,
      `--fetch-retry-maxtimeout=${this.#patience.timing.pauseMs * 2}`,
    ];
  }

  async #run(args: readonly string[], directory: string, given = this.#environment) {
    // A cache of its own: the user's may not be writable, and what lies in it must not change the answer.
    const environment = { ...given, npm_config_cache: join(await this.#root(), 'cache') };
    return runNpm(this.#npm!, { args, directory, environment, limitMs: this.#patience.timing.attemptMs });
  }

  #environmentAt(root: string): Record<string, string> {
    return withAddresses(this.#environment, this.#addresses(root));
  }

  #registriesAt(root: string): Promise<AuditRegistries> {
    const known = this.#registries.get(root) ?? this.#findRegistries(this.#environmentAt(root));
    this.#registries.set(root, known);
    return known;
  }

  async #findRegistries(environment: Record<string, string>): Promise<AuditRegistries> {
    let configuration: string | null = null;
    if (this.#npm !== null && optionIn(this.#environment, 'registry') === null) {
      const end = await this.#run(
        ['config', 'list', '--json', '--logs-max=0'],
        await this.#newFolder(),
        environment,
      );
      if (end.kind === 'ended') configuration = end.stdout;
    }
    return findRegistries(environment, configuration);
  }

  #root(): Promise<string> {
    this.#folder ??= mkdtemp(join(tmpdir(), 'express-gate-'));
    return this.#folder;
  }

  async #newFolder(): Promise<string> {
    return mkdtemp(join(await this.#root(), `${this.#trees++}-`));
  }

  async end(): Promise<void> {
    if (this.#folder === null) return;
    const folder = await this.#folder.catch(() => null);
    // What cannot be removed (a virus scanner holds it, say) is in the temporary directory and harmless.
    if (folder !== null) await rm(folder, { recursive: true, force: true, maxRetries: 3 }).catch(() => {});
  }
}
