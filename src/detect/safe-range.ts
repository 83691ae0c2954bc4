/** Turns a range that admits vulnerable versions into the smallest change of it that admits none and still admits a maintained one. */
import semver from 'semver';
import { parseRange } from './declared-range.ts';

export interface Release {
  readonly version: string;
  readonly vulnerable: boolean;
  /** The newest release of a line that still gets fixes. */
  readonly maintained: boolean;
}

/**
 * The smallest change of `spec` (a valid range) under which no vulnerable one of `releases` (ascending) is admitted and a maintained one
 * is; `spec` itself where it is so already; null where there is none. Each alternative of `||` keeps its form (`^`, `~`, `x`, exact, bounds)
 * and has its lower end raised as little as needed; one that cannot be repaired is dropped if others remain; only if none does, the
 * range moves up, as little as possible. It never moves down.
 */
export function smallestSafeRange(spec: string, releases: readonly Release[]): string | null {
  const alternatives = [...new Set(spec.split('||').map((text) => text.trim()))];
  const repaired = [...new Set(alternatives.flatMap((text) => raise(text, releases) ?? []))].join(' || ');
  if (repaired !== '' && isSafe(repaired, releases))
    return repaired === alternatives.join(' || ') ? spec : repaired;
  return move(spec, alternatives, releases);
}

/** The alternative with its lower end raised until it admits no vulnerable version; null where nothing known would be left of it. */
function raise(text: string, releases: readonly Release[]): string | null {
  const range = parseRange(text);
  if (range === null) return null;
  const admitted = releases.filter(({ version }) => range.test(version));
  if (admitted.every(({ vulnerable }) => !vulnerable)) return text;
  const shape = shapeOf(text);
  for (const { version, vulnerable } of admitted) {
    if (vulnerable) continue;
    const candidate = shape(version);
    const narrowed = parseRange(candidate);
    const within = (each: Release) => !each.vulnerable && range.test(each.version);
    if (narrowed !== null && releases.every((each) => !narrowed.test(each.version) || within(each)))
      return candidate;
  }
  return null;
}

/** The last resort: the last alternative's form, else a caret, at the lowest version that makes a safe range, not below what was admitted. */
function move(spec: string, alternatives: readonly string[], releases: readonly Release[]): string | null {
  const range = parseRange(spec);
  if (range === null) return null;
  const lowest =
    releases.find(({ version }) => range.test(version))?.version ?? semver.minVersion(range, { loose: true });
  if (lowest === null) return null;
  const candidates = releases.filter(({ version, vulnerable }) => !vulnerable && semver.gte(version, lowest));
  for (const shape of [shapeOf(alternatives.at(-1) ?? ''), caret]) {
    const found = candidates.find(({ version }) => isSafe(shape(version), releases));
    if (found !== undefined) return shape(found.version);
  }
  return null;
}

function isSafe(text: string, releases: readonly Release[]): boolean {
  const range = parseRange(text);
  if (range === null) return false;
  const admitted = releases.filter(({ version }) => range.test(version));
  return admitted.every(({ vulnerable }) => !vulnerable) && admitted.some(({ maintained }) => maintained);
}

type Shape = (version: string) => string;

const caret: Shape = (version) => `^${version}`;

/** How an alternative is written again with another lower end. */
function shapeOf(text: string): Shape {
  const simple =
    /^(\^|~>?|>=|=|)\s*[v=]?\s*(\d+|[xX*])?(?:\.(\d+|[xX*]))?(?:\.(\d+|[xX*]))?(?:[-+]\S*)?$/.exec(text);
  if (simple !== null && !/\s-\s/.test(text)) {
    const [, operator = '', ...parts] = simple;
    if (operator !== '' && operator !== '=') return (version) => `${operator}${version}`;
    const fixed = parts.findIndex((part) => part === undefined || !/^\d/.test(part));
    const prefix = ['>=', '^', '~'][fixed] ?? '';
    return (version) => `${prefix}${version}`;
  }
  const hyphen = /^\S+\s+-\s+(\S+)$/.exec(text);
  if (hyphen !== null) return (version) => `${version} - ${hyphen[1]}`;
  const upper = upperEnds(text);
  return (version) => [`>=${version}`, ...upper].join(' ');
}

/** The comparators that bound a range from above, as they were written where each stands for itself. */
function upperEnds(text: string): string[] {
  const written = text.replace(/([<>=]+)\s+/g, '$1').split(/\s+/);
  if (written.every((comparator) => /^[<>]/.test(comparator)))
    return written.filter((comparator) => comparator.startsWith('<'));
  const comparators = parseRange(text)?.set[0] ?? [];
  return comparators
    .filter(({ value }) => value.startsWith('<'))
    .map(({ value }) => value.replace(/-0$/, ''));
}
