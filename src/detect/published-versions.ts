/** Answers which published versions of a package are free of advisories, also of those that it would bring, and which one npm would pick. */
import semver from 'semver';
import type { AuditAdvisory } from '../model/audit.ts';
import type { PublishedPackages, PublishedVersion } from '../model/published-package.ts';

/** Null: it hangs on what is not known. */
export type Known = boolean | null;

interface Candidate {
  readonly version: semver.SemVer;
  readonly published: PublishedVersion;
}

/** No one writes longer ranges; reading them would only cost time. */
const longestRange = 4096;

/** Tests of a version against a range, for all advisories of a lockfile together: about a second. What is left then is not known. */
const mostTests = 2_000_000;

/** What is published, read once for all questions about one lockfile. */
export class PublishedIndex {
  readonly published: PublishedPackages;
  readonly #candidates = new Map<string, readonly Candidate[]>();
  readonly #ranges = new Map<string, semver.Range | null>();
  #tests = 0;

  constructor(published: PublishedPackages) {
    this.published = published;
  }

  /** The newest first; none where nothing is known. */
  candidates(name: string): readonly Candidate[] {
    let known = this.#candidates.get(name);
    if (known === undefined) {
      known = [...(this.published.get(name)?.versions ?? [])]
        .map(([version, published]) => ({ version: new semver.SemVer(version, { loose: true }), published }))
        .sort((a, b) => semver.compareBuild(b.version, a.version));
      this.#candidates.set(name, known);
    }
    return known;
  }

  /** Null where it is no range. Advisories speak of prereleases too, dependents do not. */
  range(text: string, includePrerelease: boolean): semver.Range | null {
    const key = includePrerelease ? `*${text}` : text;
    let known = this.#ranges.get(key);
    if (known === undefined) {
      known = null;
      if (text.length <= longestRange) {
        try {
          known = new semver.Range(text, { loose: true, includePrerelease });
        } catch {
          // It is no range.
        }
      }
      this.#ranges.set(key, known);
    }
    return known;
  }

  get isExhausted(): boolean {
    return this.#tests > mostTests;
  }

  test(range: semver.Range, version: semver.SemVer | string): boolean {
    this.#tests++;
    return range.test(version);
  }
}

/** Judges versions by a set of advisories: by one alone, or by all of the lockfile. */
export class VersionJudge {
  readonly #index: PublishedIndex;
  /** Package name -> vulnerable ranges; null where one cannot be read, which concerns every version. */
  readonly #vulnerable = new Map<string, readonly semver.Range[] | null>();
  readonly #judged = new Map<string, Known>();
  readonly #admitted = new Map<string, Known>();
  /** What is being judged, and which of it an answer was needed of before there was one: packages may depend on each other in a circle. */
  readonly #open = new Set<string>();
  readonly #assumed = new Set<string>();

  constructor(index: PublishedIndex, advisories: readonly AuditAdvisory[]) {
    this.#index = index;
    for (const { package: name, vulnerable } of advisories) {
      const range = index.range(vulnerable, true);
      const known = this.#vulnerable.get(name);
      this.#vulnerable.set(name, range === null || known === null ? null : [...(known ?? []), range]);
    }
  }

  #isConcerned(name: string, version: semver.SemVer | string): boolean {
    const ranges = this.#vulnerable.get(name);
    if (ranges === undefined) return false;
    return ranges === null || ranges.some((range) => this.#index.test(range, version));
  }

  /** Whether a published version is vulnerable, or asks for something of which its range admits only vulnerable versions. */
  #isVulnerable(name: string, { version, published }: Candidate): Known {
    const key = `${name}@${version.version}`;
    const known = this.#judged.get(key);
    if (known !== undefined) return known;
    if (this.#index.isExhausted) return null;
    if (this.#open.has(key)) {
      this.#assumed.add(key);
      return false;
    }
    this.#open.add(key);
    let verdict: Known = this.#isConcerned(name, version);
    for (const [asked, range] of published.requirements) {
      if (verdict === true) break;
      const admits = published.bundled.has(asked)
        ? this.#admitsOnly(asked, range)
        : this.admits(asked, range);
      if (admits === null) verdict = null;
      else if (!admits) verdict = true;
    }
    this.#open.delete(key);
    this.#assumed.delete(key);
    // What was assumed of a circle holds only within it; that something is vulnerable holds in any case.
    if (verdict === true || this.#assumed.size === 0) this.#judged.set(key, verdict);
    return verdict;
  }

  /** Whether a range admits a version that is not vulnerable. What is no range is taken to admit none, as npm has it. */
  admits(name: string, range: string): Known {
    const key = `${name}@${range}`;
    const known = this.#admitted.get(key);
    if (known !== undefined) return known;
    const verdict = this.#findAdmitted(name, range);
    if (this.#assumed.size === 0) this.#admitted.set(key, verdict);
    return verdict;
  }

  #findAdmitted(name: string, text: string): Known {
    const range = this.#index.range(text, false);
    if (range === null) return false;
    const published = this.#index.published.get(name);
    if (published === null) return null;
    // Nothing that is installed of it has to be vulnerable: npm looks at no other of its versions either.
    if (published === undefined) return true;
    let unknown = false;
    for (const candidate of this.#index.candidates(name)) {
      if (!this.#index.test(range, candidate.version)) continue;
      const verdict = this.#isVulnerable(name, candidate);
      if (verdict === false) return true;
      unknown ||= verdict === null;
    }
    return unknown ? null : false;
  }

  /** Of what a package carries within itself it is not known which version that is: none that it may be can be vulnerable. */
  #admitsOnly(name: string, text: string): Known {
    const range = this.#index.range(text, false);
    if (range === null) return false;
    const admitted = this.#index.candidates(name).filter(({ version }) => this.#index.test(range, version));
    if (admitted.length === 0) return null;
    return admitted.every((candidate) => this.#isVulnerable(name, candidate) === false);
  }

  /** The lowest version above `from` that all ranges admit and that is not vulnerable, else the highest one below; null where none is known. */
  nearest(name: string, from: string | null, ranges: readonly string[]): string | null {
    const read = ranges.map((range) => this.#index.range(range, false));
    const start = from === null ? null : semver.parse(from, { loose: true });
    let found: string | null = null;
    for (const candidate of this.#index.candidates(name)) {
      const isUp = start === null || semver.compareBuild(candidate.version, start) > 0;
      if (!isUp && found !== null) break;
      if (!read.every((range) => range !== null && this.#index.test(range, candidate.version))) continue;
      if (this.#isVulnerable(name, candidate) !== false) continue;
      found = candidate.version.version;
      if (!isUp) break;
    }
    return found;
  }

  /**
   * The version to which a dependency would have to move out of its range, as npm picks it: within the major version of what the range admits, else
   * the newest. False where there is none, null where it is not known.
   * Source: npm-pick-manifest 11.0.3 (`avoidStrict`), but for what hangs on the machine on which it runs (`engines`).
   */
  pickBeyond(name: string, spec: string): { version: string; major: boolean } | false | null {
    const published = this.#index.published.get(name);
    if (published === undefined || published === null) return null;
    const tagged = published.tags.get(spec);
    const isVulnerable = (candidate: Candidate) => this.#isVulnerable(name, candidate);
    if (tagged !== undefined) {
      const candidate = this.#index.candidates(name).find(({ version }) => version.version === tagged);
      if (candidate !== undefined && isVulnerable(candidate) === false)
        return { version: tagged, major: false };
    }
    const base = tagged ?? this.#pick(name, spec, () => false);
    if (base === null || base === false) return false;
    for (const [range, major] of [
      [`^${base}`, false],
      ['*', true],
    ] as const) {
      const picked = this.#pick(name, range, isVulnerable);
      if (picked === null) return null;
      if (picked !== false) return { version: picked, major };
    }
    return false;
  }

  /** The newest, but what is tagged as latest before all, and what is deprecated after all. */
  #pick(name: string, text: string, isAvoided: (candidate: Candidate) => Known): string | false | null {
    const range = this.#index.range(text, false);
    if (range === null) return false;
    const latest = this.#index.published.get(name)?.tags.get('latest');
    const rank = ({ version, published }: Candidate) =>
      published.deprecated ? 2 : version.version === latest ? 0 : 1;
    const admitted = this.#index
      .candidates(name)
      .filter(
        ({ version }) => (text === '*' && version.version === latest) || this.#index.test(range, version),
      );
    let unknown = false;
    for (const candidate of [0, 1, 2].flatMap((each) => admitted.filter((one) => rank(one) === each))) {
      const verdict = isAvoided(candidate);
      if (verdict === false) return candidate.version.version;
      unknown ||= verdict === null;
    }
    return unknown ? null : false;
  }
}
