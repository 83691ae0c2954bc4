/** Lays what Snyk said beside what an audit found: each vulnerability once, with who knew it, and a check that says how far Snyk's word goes. */
import { findEmbeddedAdvisory } from '../data/embedded-advisories.ts';
import { bestId, idsOf, uniteByIdentity } from '../model/advisory-identity.ts';
import type { AuditAdvisory } from '../model/audit.ts';
import type { Check } from '../model/check.ts';
import { compareText } from '../model/location.ts';
import type { LockedPackage, Lockfile } from '../model/lockfile.ts';
import type { Project } from '../model/project.ts';
import { compareSeverity } from '../model/severity.ts';
import type { SnykIssue, SnykProject, SnykReading } from '../model/snyk.ts';
import { treeOfPaths } from './snyk-tree.ts';
import { admits, isInRange } from './version-ranges.ts';

/** Managers whose packages the gate judges; an empty one is not told. */
const ours = /^(?:$|npm|yarn|pnpm|bun)/;

/** What Snyk said, given out to the lockfiles that it is about. */
export class SnykOpinion {
  readonly #reading: SnykReading;
  readonly #byRoot = new Map<string, SnykIssue[]>();
  /** Projects of Snyk's that are none here. */
  readonly #elsewhere: SnykProject[] = [];
  readonly #stale = new Set<string>();
  readonly #known = new Set<string>();
  readonly #alone = new Set<string>();
  #unlocked = false;

  constructor(reading: SnykReading, projects: readonly Project[]) {
    this.#reading = reading;
    for (const tested of reading.projects) {
      if (tested.error !== null || !ours.test(tested.manager)) continue;
      const project = findProject(tested, projects);
      if (project === null) this.#elsewhere.push(tested);
      else
        this.#byRoot.set(project.workspaceRoot, [
          ...(this.#byRoot.get(project.workspaceRoot) ?? []),
          ...tested.issues,
        ]);
    }
  }

  /** The advisories of a lockfile with Snyk's among them; `source` is who gave those. */
  merge(
    workspaceRoot: string,
    lockfile: Lockfile,
    advisories: readonly AuditAdvisory[],
    source: string,
  ): readonly AuditAdvisory[] {
    const issues = this.#byRoot.get(workspaceRoot) ?? [];
    const held = new Set([...lockfile.packages.values()].map(({ name, version }) => `${name} ${version}`));
    for (const { package: name, version } of issues)
      if (!held.has(`${name} ${version}`)) this.#stale.add(`${name} ${version}`);
    const merged = mergeSnykIssues(advisories, issues, lockfile, source);
    for (const advisory of merged) {
      if (!advisory.sources?.includes('snyk')) continue;
      (advisory.sources.length === 1 ? this.#alone : this.#known).add(`${advisory.package} ${advisory.id}`);
    }
    return merged;
  }

  /** What of a tree Snyk's own paths tell, for projects without a lockfile that can be read; null where Snyk said nothing of them. */
  treeWithoutLockfile(projects: readonly Project[]): Lockfile | null {
    const root = projects.find(({ directory, workspaceRoot }) => directory === workspaceRoot) ?? projects[0]!;
    const issues = this.#byRoot.get(root.workspaceRoot) ?? [];
    if (issues.length === 0) return null;
    this.#unlocked = true;
    return treeOfPaths(root, issues);
  }

  /** The check `snyk`, once all lockfiles were merged. */
  describe(): Check {
    const { file, projects, ms } = this.#reading;
    const failed = projects.filter(({ error }) => error !== null);
    const foreign = projects.filter(({ error, manager }) => error === null && !ours.test(manager));
    const licences = projects.reduce((sum, { licenceIssues }) => sum + licenceIssues, 0);
    const unreadable = projects.reduce((sum, each) => sum + each.unreadable, 0);
    const found = this.#known.size + this.#alone.size;
    const faults = [
      ...failed
        .slice(0, 5)
        .map(({ target, error }) => `Snyk could not test ${target}: ${withoutEnd(error!)}.`),
      ...(failed.length > 5 ? [`Nor ${failed.length - 5} others.`] : []),
      ...(this.#elsewhere.length === 0
        ? []
        : [
            `${list(this.#elsewhere.map(({ target }) => target))} ${this.#elsewhere.length === 1 ? 'is no project' : 'are no projects'} here, so what Snyk says of ${this.#elsewhere.length === 1 ? 'it' : 'them'} (${count(
              this.#elsewhere.reduce((sum, { issues }) => sum + new Set(issues.map(({ id }) => id)).size, 0),
              'vulnerability',
              'vulnerabilities',
            )}) is left out.`,
          ]),
      ...(this.#stale.size === 0
        ? []
        : [
            `It is of another state than the lockfile, which does not hold ${list([...this.#stale].sort(compareText))}: run \`snyk test\` again.`,
          ]),
      ...(this.#unlocked
        ? ['Where there is no lockfile that can be read, the paths are those that Snyk names.']
        : []),
      ...(unreadable === 0 ? [] : [`${count(unreadable, 'entry', 'entries')} could not be read.`]),
    ];
    const rest = [
      ...(licences === 0 ? [] : [`${count(licences, 'issue', 'issues')} about licences`]),
      ...(foreign.length === 0
        ? []
        : [
            `${count(foreign.length, 'project', 'projects')} of other package managers (${list([...new Set(foreign.map(({ manager }) => manager))].sort(compareText))})`,
          ]),
    ];
    const told = `${file}, the output of \`snyk test\` for ${count(projects.length, 'project', 'projects')}: ${
      found === 0
        ? 'no vulnerability concerns what is installed'
        : `${count(found, 'vulnerability concerns', 'vulnerabilities concern')} what is installed, ${this.#alone.size} of which only Snyk knows`
    }.`;
    return {
      name: 'snyk',
      project: '.',
      state: failed.length === projects.length ? 'failed' : faults.length > 0 ? 'degraded' : 'ok',
      detail: [told, ...faults, ...(rest.length === 0 ? [] : [`Left out: ${rest.join(', ')}.`])].join(' '),
      ms,
    };
  }
}

/** Of the directories that may be meant, one whose package.json bears the name; else the likeliest. */
function findProject({ directories, name }: SnykProject, projects: readonly Project[]): Project | null {
  const candidates = directories.flatMap(
    (directory) => projects.find((project) => project.directory === directory) ?? [],
  );
  return candidates.find((project) => name !== null && project.name === name) ?? candidates[0] ?? null;
}

/**
 * Each vulnerability once, whatever the order of either side, sorted by package and id. Where both know one, the audit's record counts, and
 * Snyk's fills in what it does not say; the graver severity holds. Nothing of the audit is lost; of Snyk's, what concerns no package of the
 * lockfile.
 */
export function mergeSnykIssues(
  advisories: readonly AuditAdvisory[],
  issues: readonly SnykIssue[],
  lockfile: Lockfile,
  source: string,
): AuditAdvisory[] {
  const installed = groupBy(
    [...lockfile.packages.values()].filter(({ own }) => !own),
    ({ name }) => name,
  );
  const said = uniteByIdentity(
    issues.flatMap((issue) => asAdvisory(issue, installed.get(issue.package) ?? [])),
  );
  const merged = new Map(advisories.map((advisory) => [advisory, advisory]));
  const known = groupBy(
    advisories.flatMap((advisory) =>
      allIds(advisory).map((id) => ({ key: `${advisory.package} ${id}`, advisory })),
    ),
    ({ key }) => key,
  );
  const alone: AuditAdvisory[] = [];
  for (const snyks of said) {
    const same = new Set(
      idsOf(snyks).flatMap((id) =>
        (known.get(`${snyks.package} ${id}`) ?? []).map(({ advisory }) => advisory),
      ),
    );
    if (same.size === 0) alone.push(snyks);
    for (const advisory of same)
      merged.set(advisory, fillIn(merged.get(advisory)!, snyks, lockfile, source, same.size === 1));
  }
  return [...merged.values(), ...alone].sort(
    (a, b) => compareText(a.package, b.package) || compareText(a.id, b.id),
  );
}

/** npm names an advisory by its GHSA id alone; the embedded records know the CVE. */
function allIds(advisory: AuditAdvisory): string[] {
  const cve = findEmbeddedAdvisory(advisory)?.cve ?? null;
  return cve === null ? idsOf(advisory) : [...idsOf(advisory), cve];
}

/** `isOnly`: Snyk's issue is about this advisory and no other, so that its CVE is this one's. */
function fillIn(
  advisory: AuditAdvisory,
  snyks: AuditAdvisory,
  lockfile: Lockfile,
  source: string,
  isOnly: boolean,
): AuditAdvisory {
  const own = allIds(advisory);
  const cve = advisory.cve ?? own.find((id) => id.startsWith('CVE-')) ?? (isOnly ? snyks.cve : null);
  const added = isOnly ? idsOf(snyks) : idsOf(snyks).filter((id) => !/^(?:CVE|GHSA)-/.test(id));
  const aliases = [...new Set([...(advisory.aliases ?? []), ...added])]
    .filter((id) => id !== advisory.id && id !== cve)
    .sort(compareText);
  const beyond = snyks.nodes.filter((node) => !advisory.nodes.includes(node));
  const isHeld = beyond.every((node) =>
    isInRange(lockfile.packages.get(node)?.version ?? '', advisory.vulnerable),
  );
  return {
    ...advisory,
    cve,
    ...(aliases.length === 0 ? {} : { aliases }),
    severity: [advisory.severity, snyks.severity].sort(compareSeverity)[0]!,
    cwe: advisory.cwe.length > 0 ? advisory.cwe : snyks.cwe,
    cvss: advisory.cvss ?? snyks.cvss,
    vulnerable: isHeld ? advisory.vulnerable : `${advisory.vulnerable} || ${snyks.vulnerable}`,
    nodes: [...new Set([...advisory.nodes, ...beyond])].sort(compareText),
    sources: [...new Set([...(advisory.sources ?? [source]), 'snyk'])].sort(compareText),
  };
}

/** None where the lockfile holds no such package. Snyk's range counts beside the version: so it does for the base, which Snyk has not seen. */
function asAdvisory(issue: SnykIssue, installed: readonly LockedPackage[]): AuditAdvisory[] {
  const { package: name, version, vulnerable } = issue;
  const nodes = installed.filter(
    (each) =>
      each.version !== null &&
      (each.version === version || (vulnerable !== null && isInRange(each.version, vulnerable))),
  );
  if (nodes.length === 0) return [];
  const ids = [issue.id, ...issue.identifiers];
  const id = bestId(ids);
  const cve = ids.filter((each) => each.startsWith('CVE-')).sort(compareText)[0] ?? null;
  const aliases = [...new Set(ids)].filter((each) => each !== id && each !== cve).sort(compareText);
  const held = nodes.every((each) => vulnerable !== null && isInRange(each.version!, vulnerable));
  return [
    {
      id,
      cve,
      ...(aliases.length === 0 ? {} : { aliases }),
      package: name,
      severity: issue.severity,
      title: issue.title,
      url: `https://security.snyk.io/vuln/${encodeURIComponent(issue.id)}`,
      cwe: issue.cwe,
      cvss: issue.cvss,
      vulnerable: held ? vulnerable! : [...(vulnerable === null ? [] : [vulnerable]), version].join(' || '),
      patched: vulnerable === null ? issue.fixedIn.join(' || ') || null : null,
      nodes: nodes.map(({ location }) => location).sort(compareText),
      fixes: issue.upgrades
        .map((upgrade) => ({ ...upgrade, major: isMajor(upgrade, issue) }))
        .sort((a, b) => compareText(a.package, b.package) || compareText(a.version, b.version)),
      fixInRange: false,
      sources: ['snyk'],
    },
  ];
}

/** Whether the upgrade leaves what a caret before the installed version would admit. */
function isMajor(upgrade: SnykIssue['upgrades'][number], { paths }: SnykIssue): boolean {
  const prefix = `${upgrade.package}@`;
  const installed = paths.flatMap(([first = '']) =>
    first.startsWith(prefix) ? first.slice(prefix.length) : [],
  );
  return installed.some((version) => !admits(`^${version}`, upgrade.version));
}

/** Map.groupBy, which Node.js 20 lacks. */
function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group === undefined) groups.set(keyOf(item), [item]);
    else group.push(item);
  }
  return groups;
}

function withoutEnd(text: string): string {
  return text.replace(/\.+$/, '');
}

function count(number: number, one: string, many: string): string {
  return `${number} ${number === 1 ? one : many}`;
}

function list(words: readonly string[]): string {
  const shown = words.slice(0, 3).join(', ');
  return words.length > 3 ? `${shown} and ${words.length - 3} more` : shown;
}
