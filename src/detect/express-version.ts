/** Turns a snapshot into the facts that the Express rules judge, for each project that uses Express, and says how far the look went. */
import semver from 'semver';
import { expressLineOf, expressVersions } from '../data/express-releases.ts';
import type { Check } from '../model/check.ts';
import type { Location, RelatedLocation } from '../model/location.ts';
import { type DependencyField, dependencyFields, type ExpressUse, type Project } from '../model/project.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { admitsEverything, admittedBy, classifyDeclaration, parseRange } from './declared-range.ts';
import {
  concerns,
  type KnownAdvisory,
  lowestFixedRelease,
  uniteExpressAdvisories,
} from './express-advisories.ts';
import { checkOfOwnPackage, checkWithoutExpress, describeCheck } from './express-check.ts';
import type { DeclaredExpress, ExpressAdvisory, ExpressFacts, LockState, StandsIn } from './express-facts.ts';
import { describeUpgrade, findUpgrades, maintainedReleases } from './express-upgrade.ts';
import { locateDependency } from './manifest-place.ts';
import { runsOwnExpress } from './own-express.ts';
import {
  installationOf,
  isPlainName,
  managerOf,
  type PackageManager,
  rootPlace,
} from './package-commands.ts';
import type { ProjectAdvisory } from './rule-contract.ts';
import { smallestSafeRange } from './safe-range.ts';
import { type StandingRange, WorkspaceRanges, writeRange } from './workspace-ranges.ts';

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
  const checks: Check[] = [];
  const spokenFor = new Set<string>();
  const ranges = new WorkspaceRanges(snapshot.files);
  for (const project of snapshot.projects) {
    if (project.express === null || !runsOwnExpress(project)) continue;
    const own = advisories.filter((each) => each.project.directory === project.directory);
    const source = findSource(snapshot, ranges, project, project.express);
    if (isAnotherPackage(source)) {
      checks.push(checkOfOwnPackage(project, source.entry?.text ?? ''));
      continue;
    }
    const of = factsOf(source, project, project.express, today, uniteExpressAdvisories(own));
    const speaks = of.lock === 'missing' && of.role === 'production' && !spokenFor.has(project.workspaceRoot);
    if (speaks) spokenFor.add(project.workspaceRoot);
    const whole = { ...of, speaksForLockfile: speaks };
    facts.push(whole);
    checks.push(describeCheck(whole));
  }
  return { facts, checks: checks.length === 0 ? [checkWithoutExpress] : checks };
}

/** Where it is decided which Express a project gets. */
interface Source {
  readonly manager: PackageManager;
  /** The entry of package.json for Express, or for the framework that brings it. */
  readonly entry: Entry | null;
  readonly entryPlace: Location | null;
  /** What an override of the workspace root, or a catalog, has in place of the entry. */
  readonly elsewhere: StandingRange | null;
  /** Whether an override is followed, be it into a catalog. */
  readonly override: StandingRange | null;
  /** Why a `catalog:` leads nowhere, as a clause; else null. */
  readonly problem: string | null;
  /** The text that decides on Express itself; null where only a framework's does. */
  readonly text: string | null;
}

function findSource(snapshot: Snapshot, ranges: WorkspaceRanges, project: Project, use: ExpressUse): Source {
  const root = rootOf(snapshot, project) ?? project;
  const manager = managerOf(project, root.manifest, snapshot.files);
  const entry =
    use.declared === null ? frameworkEntry(project, use) : expressEntry(project, use, use.declared);
  // A lockfile has followed the override already.
  const override = use.resolved === null ? ranges.findOverride(root, manager, 'express') : null;
  const text = override?.text ?? entry?.text ?? '';
  const name = override === null ? (entry?.name ?? 'express') : 'express';
  const followed =
    classifyDeclaration(text).kind === 'catalog' ? ranges.followCatalog(project, manager, name, text) : null;
  const elsewhere = followed !== null && 'range' in followed ? followed.range : override;
  return {
    manager,
    entry,
    entryPlace: placeOf(snapshot, project, entry),
    elsewhere,
    override,
    problem: followed !== null && 'problem' in followed ? followed.problem : null,
    text: override === null && use.declared === null ? null : (elsewhere?.text ?? text),
  };
}

/** Whether the name `express` stands for a package of the workspace, which nobody publishes, or for some other one of the registry. */
function isAnotherPackage({ text }: Source): boolean {
  if (text === null) return false;
  const { alias, kind } = classifyDeclaration(text);
  return kind === 'workspace' || (alias !== null && alias !== 'express');
}

function factsOf(
  source: Source,
  project: Project,
  use: ExpressUse,
  today: string,
  known: readonly KnownAdvisory[],
): Omit<ExpressFacts, 'speaksForLockfile'> {
  const isVulnerable = (version: string) => known.some((each) => concerns(each, version));
  const { manager, entry, entryPlace, elsewhere, override, text } = source;
  const field = entry?.field ?? 'dependencies';
  const declared =
    text === null
      ? null
      : describeEntry(
          { field, name: override === null ? (entry?.name ?? 'express') : 'express', text },
          source,
          today,
          isVulnerable,
        );
  const role = roleOf(entry?.field ?? null);
  const resolved = use.resolved === null ? null : semver.valid(use.resolved, { loose: true });
  const candidates = resolved === null ? candidatesOf(declared) : [resolved];
  const highest = candidates.at(-1) ?? null;
  const describe = (target: string) => describeUpgrade(project, declared, use.through, target, manager);
  const upgrades =
    highest === null
      ? { upgrade: null, successor: null }
      : findUpgrades(highest, today, isVulnerable, describe);
  const place = elsewhere === null ? entryPlace : elsewhere.location;
  const head = { file: project.manifestFile, line: 1, column: 1, endLine: 1, endColumn: 2 };
  return {
    project,
    use,
    today,
    role,
    declared,
    location: place ?? head,
    entry: entryPlace ?? head,
    related: elsewhere === null || entryPlace === null ? [] : [relateEntry(entryPlace, override)],
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
}

function relateEntry({ file, line, column }: Location, override: StandingRange | null): RelatedLocation {
  const message =
    override === null
      ? 'This entry takes its range from the catalog'
      : 'This entry gets what the override says';
  return { file, line, column, message };
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
  { elsewhere, override, problem }: Source,
  today: string,
  isVulnerable: (version: string) => boolean,
): DeclaredExpress {
  const declaration = classifyDeclaration(entry.text);
  const range = declaration.kind === 'range' ? parseRange(declaration.spec) : null;
  const admitted = range === null ? [] : admittedBy(range, expressVersions);
  const vulnerable = admitted.filter(isVulnerable);
  const safe = vulnerable.length === 0 ? null : safeRange(declaration.spec, today, isVulnerable);
  const safeText = safe === null ? null : declaration.prefix + safe;
  const form = elsewhere === null ? 'json' : elsewhere.form;
  return {
    ...declaration,
    field: entry.field,
    name: entry.name,
    standsIn: elsewhere === null ? null : describePlace(elsewhere, override),
    problem,
    text: entry.text.length > 80 ? `${entry.text.slice(0, 80)}…` : entry.text,
    open: range !== null && admitsEverything(range),
    admitted,
    vulnerable,
    safeText,
    safeSource: safeText === null || form === null ? null : writeRange(safeText, form),
  };
}

/** A catalog may have a name that no sentence can hold. */
function describePlace({ path, location }: StandingRange, override: StandingRange | null): StandsIn {
  const file = location.file.slice(location.file.lastIndexOf('/') + 1);
  const isNamed = path.every((key) => isPlainName(key) || key === '.' || key.startsWith('**/'));
  const isOverride = override?.location === location;
  return { keys: isNamed ? path.join('.') : null, file, isOverride };
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
