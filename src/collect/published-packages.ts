/** Fetches what the registry has published of vulnerable packages and of those on the ways to them: what npm looks up to find fixes. */
import { Range } from 'semver';
import type { AuditAdvisory } from '../model/audit.ts';
import { compareText } from '../model/location.ts';
import type { LockedPackage, Lockfile } from '../model/lockfile.ts';
import type { PublishedPackage } from '../model/published-package.ts';
import type { AuditRegistries } from './audit-registry.ts';
import { inParallel } from './in-parallel.ts';
import { isPackageName } from './lockfile/entry-checks.ts';
import { readPublished, unpublished } from './published-package.ts';
import { sendRequest } from './registry-request.ts';

/** What is out of these bounds is not fetched, and the fixes that hang on it are not known. */
export interface PublishedBounds {
  readonly packages: number;
  /** Of all answers together, decompressed. */
  readonly bytes: number;
  /** Until the last request is begun, in milliseconds. */
  readonly totalMs: number;
  /** For one answer. */
  readonly requestMs: number;
}

export const usualBounds: PublishedBounds = {
  packages: 400,
  bytes: 256 * 1024 * 1024,
  totalMs: 60_000,
  requestMs: 30_000,
};

/** Bytes; the abbreviated packuments with the most versions have half of it. */
const longestPackument = 16 * 1024 * 1024;

const atOnce = 8;

/** After so many failures in a row the registry is not asked any further. */
const mostFailures = 4;

/** A range of more is not read by anyone. */
const longestRange = 4096;

interface Demand {
  readonly by: LockedPackage;
  /** Null where the lockfile does not say. */
  readonly range: string | null;
}

/**
 * Goes from the vulnerable packages towards the roots, as npm does (@npmcli/arborist lib/audit-report.js): a package has to be known where
 * what it asks for admits only vulnerable versions. Never throws; what could not be had is null in the result.
 */
export async function findPublished(
  registries: AuditRegistries,
  lockfile: Lockfile,
  advisories: readonly AuditAdvisory[],
  bounds: PublishedBounds,
): Promise<Map<string, PublishedPackage | null>> {
  const demands = demandsIn(lockfile);
  const wanted = namesOnWays(lockfile, advisories, demands);
  const fetch = new PublishedFetch(registries, bounds, (name) => wanted.has(name));
  const vulnerable = new Map<string, string[]>();
  for (const { package: name, vulnerable: range } of advisories)
    vulnerable.set(name, [...(vulnerable.get(name) ?? []), range]);
  let wave = new Set(advisories.flatMap(({ nodes }) => nodes));
  const seen = new Set(wave);
  while (wave.size > 0) {
    const packages = [...wave].flatMap((location) => lockfile.packages.get(location) ?? []);
    await fetch.all(new Set(packages.map(({ name }) => name)));
    const next = new Set<string>();
    for (const { name, location } of packages) {
      for (const { by, range } of demands.get(location) ?? []) {
        if (by.own || seen.has(by.location)) continue;
        if (range !== null && admitsHarmless(name, range, fetch.found, vulnerable)) continue;
        next.add(by.location);
        seen.add(by.location);
      }
    }
    wave = next;
  }
  return new Map([...fetch.found].sort(([a], [b]) => compareText(a, b)));
}

/**
 * Whether a range admits a published version that certainly brings nothing vulnerable. Where this is not certain, more is fetched than is
 * needed; detection looks closely.
 */
function admitsHarmless(
  name: string,
  range: string,
  found: ReadonlyMap<string, PublishedPackage | null>,
  vulnerable: ReadonlyMap<string, readonly string[]>,
): boolean {
  const isAdmitted = parseRange(range, false);
  if (isAdmitted === null) return false;
  for (const [version, { requirements, bundled }] of found.get(name)?.versions ?? []) {
    if (!isAdmitted.test(version) || bundled.size > 0) continue;
    if ((vulnerable.get(name) ?? []).some((each) => isWithin(version, each))) continue;
    const asks = [...requirements].filter(([asked]) => found.has(asked));
    const isHarmless = asks.every(([asked, spec]) => {
      const ranges = vulnerable.get(asked);
      const isAsked = parseRange(spec, false);
      // What it asks for may itself only admit what is vulnerable.
      if (ranges === undefined || isAsked === null) return false;
      return [...(found.get(asked)?.versions ?? [])].some(
        ([each, { requirements: more }]) =>
          more.size === 0 && isAsked.test(each) && !ranges.some((bad) => isWithin(each, bad)),
      );
    });
    if (isHarmless) return true;
  }
  return false;
}

function isWithin(version: string, vulnerable: string): boolean {
  const range = parseRange(vulnerable, true);
  return range === null || range.test(version);
}

const parsed = new Map<string, Range | null>();

function parseRange(range: string, includePrerelease: boolean): Range | null {
  if (range.length > longestRange) return null;
  const key = `${includePrerelease} ${range}`;
  let known = parsed.get(key);
  if (known === undefined) {
    try {
      known = new Range(range, { loose: true, includePrerelease });
    } catch {
      known = null;
    }
    parsed.set(key, known);
  }
  return known;
}

/** Who asks for a package, but for the development requirements of what was downloaded. */
function demandsIn(lockfile: Lockfile): Map<string, Demand[]> {
  const demands = new Map<string, Demand[]>();
  for (const by of lockfile.packages.values()) {
    for (const [name, location] of by.edges) {
      const requirement = by.requirements?.get(name);
      if (requirement?.type === 'development' && !by.own) continue;
      // `npm:real@^1.0.0` under an alias; Yarn writes `npm:^1.0.0` as well.
      const demand = { by, range: requirement?.range?.replace(/^npm:(?:@?[^@]+@)?/, '') ?? null };
      const known = demands.get(location);
      if (known === undefined) demands.set(location, [demand]);
      else known.push(demand);
    }
  }
  return demands;
}

function namesOnWays(
  lockfile: Lockfile,
  advisories: readonly AuditAdvisory[],
  demands: ReadonlyMap<string, readonly Demand[]>,
): Set<string> {
  const locations = new Set(advisories.flatMap(({ nodes }) => nodes));
  for (const location of locations)
    for (const { by } of demands.get(location) ?? []) locations.add(by.location);
  return new Set([...locations].flatMap((location) => lockfile.packages.get(location)?.name ?? []));
}

class PublishedFetch {
  readonly found = new Map<string, PublishedPackage | null>();
  readonly #registries: AuditRegistries;
  readonly #bounds: PublishedBounds;
  readonly #isWanted: (name: string) => boolean;
  readonly #end: number;
  #bytes = 0;
  #failures = 0;

  constructor(registries: AuditRegistries, bounds: PublishedBounds, isWanted: (name: string) => boolean) {
    this.#registries = registries;
    this.#bounds = bounds;
    this.#isWanted = isWanted;
    this.#end = Date.now() + bounds.totalMs;
  }

  async all(names: ReadonlySet<string>): Promise<void> {
    const missing = [...names].filter((name) => !this.found.has(name)).sort(compareText);
    const room = Math.max(0, this.#bounds.packages - this.found.size);
    for (const name of missing) this.found.set(name, null);
    await inParallel(missing.slice(0, room), atOnce, async (name) => {
      this.found.set(name, isPackageName(name) ? await this.#one(name) : unpublished);
    });
  }

  async #one(name: string): Promise<PublishedPackage | null> {
    for (let attempt = 1; attempt <= 2; attempt++) {
      if (this.#failures >= mostFailures || this.#bytes > this.#bounds.bytes || Date.now() > this.#end)
        return null;
      const published = await this.#ask(name);
      if (published !== null) {
        this.#failures = 0;
        return published;
      }
      this.#failures++;
    }
    return null;
  }

  /** Null where asking again may help. Source of the form: https://github.com/npm/registry/blob/main/docs/responses/package-metadata.md */
  async #ask(name: string): Promise<PublishedPackage | null> {
    const registry = this.#registries.of(name);
    try {
      const answer = await sendRequest({
        method: 'GET',
        url: new URL(name.replace('/', '%2f'), registry.url),
        headers: {
          ...registry.headers,
          accept: 'application/vnd.npm.install-v1+json; q=1.0, application/json; q=0.8',
        },
        limitMs: this.#bounds.requestMs,
        longest: longestPackument,
      });
      this.#bytes += answer.body.length;
      if (answer.status === 404 || answer.status === 410) return unpublished;
      return answer.status === 200 ? readPublished(answer.body, this.#isWanted) : null;
    } catch {
      return null;
    }
  }
}
