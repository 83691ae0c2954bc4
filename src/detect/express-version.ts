/** Turns a snapshot into the facts that the Express rules judge, for each project that uses Express, and says how far the look went. */
import semver from 'semver';
import { expressLineOf, expressVersions } from '../data/express-releases.ts';
import type { Check } from '../model/check.ts';
import type { Location } from '../model/location.ts';
import { type DependencyField, dependencyFields, type ExpressUse, type Project } from '../model/project.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { admitsEverything, admittedBy, classifyDeclaration, parseRange } from './declared-range.ts';
import {
  concerns,
  type KnownAdvisory,
  lowestFixedRelease,
  uniteExpressAdvisories,
} from './express-advisories.ts';
import { checkWithoutExpress, describeCheck } from './express-check.ts';
import type { DeclaredExpress, ExpressAdvisory, ExpressFacts, LockState } from './express-facts.ts';
import { type ExpressOverride, findExpressOverride } from './express-override.ts';
import { describeUpgrade, findUpgrades, maintainedReleases } from './express-upgrade.ts';
import { locateDependency, locateMember } from './manifest-place.ts';
import { runsOwnExpress } from './own-express.ts';
import { installationOf, managerOf, rootPlace } from './package-commands.ts';
import type { ProjectAdvisory } from './rule-contract.ts';
import { smallestSafeRange } from './safe-range.ts';

export type { ExpressFacts } from './express-facts.ts';

/**
 * The facts of each project that uses Express, in the snapshot's order, and one `express-version` check for each of them (one `skipped`
 * check for the root where there is none).
 * `today` is an ISO day; `advisories` are those that the audit gave, of any project and package.
 */
export function readExpressFacts(
  snapshot: Snapshot,
  today: string,
  advisories: readonly ProjectAdvisory[],
): { facts: ExpressFacts[]; checks: Check[] } {
  const facts: ExpressFacts[] = [];
  const spokenFor = new Set<string>();
  for (const project of snapshot.projects) {
    if (project.express === null || !runsOwnExpress(project)) continue;
    const own = advisories.filter((each) => each.project.directory === project.directory);
    const of = factsOf(snapshot, project, project.express, today, uniteExpressAdvisories(own));
    const speaks = of.lock === 'missing' && of.role === 'production' && !spokenFor.has(project.workspaceRoot);
    if (speaks) spokenFor.add(project.workspaceRoot);
    facts.push({ ...of, speaksForLockfile: speaks });
  }
  return { facts, checks: facts.length === 0 ? [checkWithoutExpress] : facts.map(describeCheck) };
}

function factsOf(
  snapshot: Snapshot,
  project: Project,
  use: ExpressUse,
  today: string,
  known: readonly KnownAdvisory[],
): Omit<ExpressFacts, 'speaksForLockfile'> {
  const isVulnerable = (version: string) => known.some((each) => concerns(each, version));
  const root = rootOf(snapshot, project) ?? project;
  const manager = managerOf(project, root.manifest, snapshot.files);
  const entry =
    use.declared === null ? frameworkEntry(project, use) : expressEntry(project, use, use.declared);
  // A lockfile has followed the override already.
  const override = use.resolved === null ? findExpressOverride(root, manager) : null;
  const field = entry?.field ?? 'dependencies';
  const deciding =
    override === null
      ? use.declared === null
        ? null
        : entry
      : { field, name: 'express', text: override.text, override: override.path.join('.') };
  const declared = deciding === null ? null : describeEntry(deciding, today, isVulnerable);
  const role = roleOf(entry?.field ?? null);
  const resolved = use.resolved === null ? null : semver.valid(use.resolved, { loose: true });
  const candidates = resolved === null ? candidatesOf(declared) : [resolved];
  const highest = candidates.at(-1) ?? null;
  const describe = (target: string) => describeUpgrade(project, declared, use.through, target, manager);
  const upgrades =
    highest === null
      ? { upgrade: null, successor: null }
      : findUpgrades(highest, today, isVulnerable, describe);
  const place =
    override === null ? placeOf(snapshot, project, entry) : overridePlace(snapshot, root, override);
  return {
    project,
    use,
    today,
    role,
    declared,
    location: place ?? {
      file: (override === null ? project : root).manifestFile,
      line: 1,
      column: 1,
      endLine: 1,
      endColumn: 2,
    },
    located: place !== null,
    lock: lockState(project, use, resolved),
    installation: { ...installationOf(manager), where: rootPlace(project) },
    resolved,
    // `latest` is the newest version of all, so the highest that a range admits is what a package manager installs.
    version: resolved ?? declared?.admitted.at(-1) ?? null,
    lines: [...new Set(candidates.map(expressLineOf))].filter((line) => line !== null),
    // Where the audit says that it concerns the installed one, that holds, even if its range cannot be read.
    advisories: known
      .filter((each) => each.audited !== null || (resolved !== null && concerns(each, resolved)))
      .map((each) => describeAdvisory(each, resolved, use, role, upgrades.upgrade)),
    ...upgrades,
    newest: maintainedReleases(today, isVulnerable).at(-1)?.version ?? null,
    subject: subjectOf(resolved, declared, use),
  };
}

function rootOf({ projects }: Snapshot, { workspaceRoot }: Project): Project | undefined {
  return projects.find(({ directory }) => directory === workspaceRoot);
}

interface Entry {
  readonly field: DependencyField;
  readonly name: string;
  readonly text: string;
  readonly override?: string;
}

/** The entry for Express: under its own name, unless that name is another package's and Express stands under an alias. */
function expressEntry(project: Project, use: ExpressUse, declared: string): Entry {
  const field = use.declaredIn ?? 'dependencies';
  const { spec } = classifyDeclaration(declared);
  const found = Object.entries(project.manifest[field] ?? {}).find(([name, text]) => {
    const { alias, spec: written } = classifyDeclaration(text);
    return (alias ?? name) === 'express' && (written === spec || text === declared);
  });
  return { field, name: found?.[0] ?? 'express', text: found?.[1] ?? declared };
}

function frameworkEntry(project: Project, { through }: ExpressUse): Entry | null {
  for (const field of dependencyFields) {
    const entries = project.manifest[field] ?? {};
    if (through !== null && Object.hasOwn(entries, through))
      return { field, name: through, text: entries[through]! };
  }
  return null;
}

function describeEntry(
  entry: Entry,
  today: string,
  isVulnerable: (version: string) => boolean,
): DeclaredExpress {
  const declaration = classifyDeclaration(entry.text);
  const range = declaration.kind === 'range' ? parseRange(declaration.spec) : null;
  const admitted = range === null ? [] : admittedBy(range, expressVersions);
  const vulnerable = admitted.filter(isVulnerable);
  const safe = vulnerable.length === 0 ? null : safeRange(declaration.spec, today, isVulnerable);
  return {
    ...declaration,
    field: entry.field,
    name: entry.name,
    override: entry.override ?? null,
    text: entry.text.length > 80 ? `${entry.text.slice(0, 80)}…` : entry.text,
    open: range !== null && admitsEverything(range),
    admitted,
    vulnerable,
    safeText: safe === null ? null : declaration.prefix + safe,
  };
}

function safeRange(spec: string, today: string, isVulnerable: (version: string) => boolean): string | null {
  const maintained = new Set(maintainedReleases(today, isVulnerable).map(({ version }) => version));
  const releases = expressVersions.map((version) => ({
    version,
    vulnerable: isVulnerable(version),
    maintained: maintained.has(version),
  }));
  return smallestSafeRange(spec, releases);
}

/** What a range may give, ascending: where it admits no published version, the lowest that it could ever admit. */
function candidatesOf(declared: DeclaredExpress | null): readonly string[] {
  if (declared === null || declared.admitted.length > 0) return declared?.admitted ?? [];
  const range = declared.kind === 'range' ? parseRange(declared.spec) : null;
  const lowest = range && semver.minVersion(range, { loose: true });
  return lowest === null ? [] : [lowest.version];
}

function placeOf(snapshot: Snapshot, project: Project, entry: Entry | null): Location | null {
  const manifest = snapshot.files.get(project.manifestFile);
  return manifest === undefined || entry === null
    ? null
    : locateDependency(manifest, entry.field, entry.name);
}

function overridePlace({ files }: Snapshot, root: Project, { path }: ExpressOverride): Location | null {
  const manifest = files.get(root.manifestFile);
  return manifest === undefined ? null : locateMember(manifest, path);
}

function roleOf(field: DependencyField | null): ExpressFacts['role'] {
  if (field === 'devDependencies') return 'development';
  return field === 'peerDependencies' ? 'peer' : 'production';
}

function lockState(project: Project, use: ExpressUse, resolved: string | null): LockState {
  if (resolved !== null) return 'read';
  if (project.lockfile !== null) return use.resolved === null ? 'absent' : 'unread';
  return project.lockfileFile === null ? 'missing' : 'unread';
}

function subjectOf(resolved: string | null, declared: DeclaredExpress | null, use: ExpressUse): string {
  if (resolved !== null)
    return `Express ${resolved}${use.through === null ? '' : ` (through ${use.through})`}`;
  if (declared?.admitted.length === 1) return `Express ${declared.admitted[0]}`;
  return declared === null ? 'Express' : `Every version of Express that "${declared.text}" admits`;
}

function describeAdvisory(
  known: KnownAdvisory,
  resolved: string | null,
  use: ExpressUse,
  role: ExpressFacts['role'],
  upgrade: ExpressFacts['upgrade'],
): ExpressAdvisory {
  const { advisory, audited, sources } = known;
  const fixed = resolved === null ? null : lowestFixedRelease(known, resolved);
  return {
    advisory,
    detail: {
      id: advisory.id,
      cve: advisory.cve,
      ...(advisory.aliases === undefined ? {} : { aliases: advisory.aliases }),
      package: 'express',
      installed: audited?.installed ?? resolved ?? '',
      vulnerable: advisory.vulnerable,
      patched: fixed ?? advisory.patched ?? audited?.patched ?? null,
      paths: audited?.paths ?? [use.through === null ? ['express'] : [use.through, 'express']],
      morePaths: audited?.morePaths ?? 0,
      dev: audited?.dev ?? role === 'development',
      direct: audited?.direct ?? use.through === null,
      action:
        upgrade === null || use.through !== null
          ? (audited?.action ?? null)
          : { package: 'express', version: upgrade.version, major: upgrade.major },
      cvss: advisory.cvss,
      sources,
    },
  };
}
