/** Turns one advisory as a registry words it (in npm's report or the endpoint's answer) into an AuditAdvisory. */
import { Range, satisfies } from 'semver';
import type { AuditAdvisory } from '../model/audit.ts';
import { compareText } from '../model/location.ts';
import type { LockedPackage } from '../model/lockfile.ts';
import { compareSeverity, type Severity } from '../model/severity.ts';

export type Fixes = Pick<AuditAdvisory, 'fixes' | 'fixInRange'>;

/** A title of more is no title; it would only fill reports. */
const longestTitle = 300;

/** No advisory needs more; reading a longer range would only cost time. */
const longestRange = 4096;

/**
 * The advisory, or null where it is no advisory of the package or concerns none of `installed`.
 * @param range the vulnerable versions, as either source gives them.
 * @param installed the packages of that name in the lockfile.
 */
export function readAdvisory(
  packageName: string,
  written: Readonly<Record<string, unknown>>,
  range: unknown,
  installed: readonly LockedPackage[],
  fixes: Fixes,
): AuditAdvisory | null {
  const vulnerable = typeof range === 'string' && range !== '' ? range : '*';
  const nodes = installed.filter(({ version }) => version !== null && concerns(vulnerable, version));
  if (nodes.length === 0) return null;
  const url = readUrl(written.url);
  return {
    id: readId(url, written.source ?? written.id),
    cve: null,
    package: packageName,
    severity: readSeverity(written.severity),
    title: readTitle(written.title, packageName),
    url,
    cwe: readWeaknesses(written.cwe),
    cvss: readScore(written.cvss),
    vulnerable: vulnerable.length > longestRange ? `${vulnerable.slice(0, longestRange)}…` : vulnerable,
    patched: null,
    nodes: nodes.map(({ location }) => location),
    ...fixes,
  };
}

/** A range that cannot be read concerns every version: the registry was asked for just these, and named the advisory. */
function concerns(range: string, version: string): boolean {
  const options = { includePrerelease: true, loose: true };
  if (range.length > longestRange) return true;
  try {
    new Range(range, options);
  } catch {
    return true;
  }
  return satisfies(version, range, options);
}

/** npm's endpoint names the GHSA id only in the address. */
function readId(url: string, source: unknown): string {
  const id = /\bGHSA(?:-[23456789cfghjmpqrvwx]{4}){3}\b/i.exec(url)?.[0];
  if (id !== undefined) return `GHSA${id.slice(4).toLowerCase()}`;
  const own = typeof source === 'number' || typeof source === 'string' ? String(source) : '';
  return /^[\w.:-]{1,64}$/.test(own) ? own : 'unnamed advisory';
}

function readUrl(value: unknown): string {
  if (typeof value !== 'string' || value.length > 500 || !URL.canParse(value)) return '';
  return /^https?:$/.test(new URL(value).protocol) ? value : '';
}

function readSeverity(value: unknown): Severity {
  switch (value) {
    case 'low':
    case 'moderate':
    case 'high':
    case 'critical':
      return value;
    case 'info':
      return 'low';
    default:
      // As npm has it.
      return 'high';
  }
}

/** The title, bounded; `packageName` for one that there is none. */
export function readTitle(value: unknown, packageName: string): string {
  const title = typeof value === 'string' ? value.trim() : '';
  if (title === '') return `Vulnerability in ${packageName}`;
  return title.length > longestTitle ? `${title.slice(0, longestTitle)}…` : title;
}

/** The numbers of `CWE-79` and the like, sorted. */
export function readWeaknesses(value: unknown): number[] {
  if (!Array.isArray(value)) return [];
  const numbers = value.slice(0, 20).flatMap((each) => {
    const digits = typeof each === 'string' ? /^CWE-(\d{1,5})$/.exec(each)?.[1] : undefined;
    return digits === undefined ? [] : [Number(digits)];
  });
  return [...new Set(numbers)].sort((a, b) => a - b);
}

function readScore(value: unknown): number | null {
  const score = typeof value === 'object' && value !== null ? (value as { score?: unknown }).score : null;
  // npm writes 0 where there is no score.
  return typeof score === 'number' && score > 0 && score <= 10 ? score : null;
}

/**
 * One advisory for each id and package, sorted: the registry has one record for each range of an advisory.
 */
export function uniteAdvisories(advisories: readonly AuditAdvisory[]): AuditAdvisory[] {
  const united = new Map<string, AuditAdvisory>();
  for (const advisory of advisories) {
    const key = `${advisory.id} ${advisory.package}`;
    const known = united.get(key);
    united.set(key, known === undefined ? advisory : unite(known, advisory));
  }
  return [...united.values()]
    .map((advisory) => ({ ...advisory, nodes: [...advisory.nodes].sort(compareText) }))
    .sort((a, b) => compareText(a.package, b.package) || compareText(a.id, b.id));
}

function unite(a: AuditAdvisory, b: AuditAdvisory): AuditAdvisory {
  const ranges = new Set([...a.vulnerable.split(' || '), ...b.vulnerable.split(' || ')]);
  return {
    ...a,
    severity: compareSeverity(a.severity, b.severity) <= 0 ? a.severity : b.severity,
    vulnerable: [...ranges].sort(compareText).join(' || '),
    nodes: [...new Set([...a.nodes, ...b.nodes])],
  };
}
