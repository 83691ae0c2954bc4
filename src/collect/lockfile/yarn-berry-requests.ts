/** Finds the package that a request means in a lockfile of yarn 2, 3 or 4, by the requests that its entries say they answer. */
import { isPackageName } from './entry-checks.ts';
import type { GrowingPackage } from './reach-flags.ts';
import type { Catalogs } from './yarn-catalogs.ts';
import { type Descriptor, decode, parseDescriptor } from './yarn-descriptor.ts';

/** An entry with its place in the graph. */
export interface BerryEntry {
  /** The requests (`name@npm:range`) that it answers. */
  readonly descriptors: readonly string[];
  /** What they resolve to: `name@npm:version`, `name@workspace:directory`, … */
  readonly locator: string;
  readonly reference: string;
  readonly package: GrowingPackage;
}

interface Resolution {
  /** Its place among them: the first that fits counts. */
  readonly order: number;
  /** Which release's dependency is replaced; empty for those of every one. */
  readonly fromReference: string;
  /** Which request is replaced; empty for every one. */
  readonly range: string;
  readonly replacement: string;
}

export interface CatalogRequest {
  readonly entry: BerryEntry;
  readonly name: string;
}

export class BerryRequests {
  /** Descriptor -> location. */
  readonly #exact = new Map<string, string>();
  /** Descriptor without what it is bound to (`::locator=…`) -> locator that it is bound to -> location. */
  readonly #bound = new Map<string, Map<string, string>>();
  /** Descriptor -> location of the package to which yarn applies a patch of its own (`typescript`, `resolve`, `fsevents`). */
  readonly #patched = new Map<string, string>();
  readonly #workspaces = new Map<string, string>();
  /** Name of what is replaced -> name of whose dependency it is, or empty for everybody's. */
  readonly #resolutions = new Map<string, Map<string, Resolution[]>>();
  /** Name under which it is asked for -> locations. */
  readonly #byName = new Map<string, string[]>();
  readonly #root: string;
  /** What was asked of a catalog that is not known. */
  readonly fromCatalog: CatalogRequest[] = [];

  readonly #catalogs: Catalogs;

  /** @param resolutions those of the root's manifest. */
  constructor(
    entries: readonly BerryEntry[],
    resolutions: Readonly<Record<string, string>>,
    catalogs: Catalogs,
  ) {
    this.#catalogs = catalogs;
    for (const entry of entries) {
      const { location, name } = entry.package;
      if (entry.reference.startsWith('workspace:')) this.#workspaces.set(name, location);
      for (const descriptor of entry.descriptors) this.#add(descriptor, location);
    }
    this.#root = entries.find(({ package: { location } }) => location === '')?.locator ?? '';
    for (const [order, [pattern, replacement]] of Object.entries(resolutions).entries())
      this.#addResolution(order, pattern, replacement);
  }

  #add(descriptor: string, location: string): void {
    this.#exact.set(descriptor, location);
    const { name, range } = parseDescriptor(descriptor);
    const named = this.#byName.get(name);
    if (named === undefined) this.#byName.set(name, [location]);
    else named.push(location);
    const binding = range.indexOf('::');
    if (binding !== -1) {
      const locator = /[:&]locator=([^&]*)/.exec(range.slice(binding))?.[1];
      const key = `${name}@${range.slice(0, binding)}`;
      const same = this.#bound.get(key);
      const boundTo = locator === undefined ? '' : decode(locator);
      if (same === undefined) this.#bound.set(key, new Map([[boundTo, location]]));
      else same.set(boundTo, location);
    }
    const builtin = /^patch:([^#]*)#(?:~|optional!)*builtin</.exec(range)?.[1];
    if (builtin !== undefined) this.#patched.set(withProtocol(decode(builtin)), location);
  }

  #addResolution(order: number, pattern: string, replacement: string): void {
    const parts = splitResolution(pattern);
    if (parts === null) return;
    const { from, asked } = parts;
    const resolution = { order, fromReference: from?.range ?? '', range: asked.range, replacement };
    let byDependent = this.#resolutions.get(asked.name);
    if (byDependent === undefined) {
      byDependent = new Map();
      this.#resolutions.set(asked.name, byDependent);
    }
    const same = byDependent.get(from?.name ?? '');
    if (same === undefined) byDependent.set(from?.name ?? '', [resolution]);
    else same.push(resolution);
  }

  /** Where the package lies that `name` at `range` means for `from`; null where the lockfile holds none. */
  resolve(from: BerryEntry, name: string, range: string): string | null {
    const replacement = this.#replacement(from, name, range);
    const found =
      (replacement === null ? null : this.#find(name, this.#fromCatalogs(name, replacement), this.#root)) ??
      this.#find(name, this.#fromCatalogs(name, range), from.locator);
    if (found !== null) return found;
    if (range.startsWith('workspace:')) return this.#workspaces.get(name) ?? null;
    if (range.startsWith('catalog:')) this.fromCatalog.push({ entry: from, name });
    return null;
  }

  /** What a range of the form `catalog:name` stands for, where that is known. */
  #fromCatalogs(name: string, range: string): string {
    if (!range.startsWith('catalog:')) return range;
    return this.#catalogs.get(range.slice('catalog:'.length))?.get(name) ?? range;
  }

  #replacement(from: BerryEntry, name: string, range: string): string | null {
    const byDependent = this.#resolutions.get(name);
    if (byDependent === undefined) return null;
    const fits = (each: Resolution) =>
      (each.fromReference === '' || withProtocol(`_@${each.fromReference}`) === `_@${from.reference}`) &&
      (each.range === '' || withProtocol(`_@${each.range}`) === withProtocol(`_@${range}`));
    const own = byDependent.get(from.package.name)?.find(fits);
    const general = byDependent.get('')?.find(fits);
    const first = own !== undefined && (general === undefined || own.order < general.order) ? own : general;
    return first?.replacement ?? null;
  }

  #find(name: string, range: string, locator: string): string | null {
    const written = `${name}@${range}`;
    const full = withProtocol(written);
    const patched = this.#patched.get(full);
    if (patched !== undefined) return patched;
    // A short form of a git address has no protocol either, and is left as it is.
    for (const descriptor of full === written ? [full] : [full, written]) {
      const exact = this.#exact.get(descriptor);
      if (exact !== undefined) return exact;
    }
    const bound = this.#bound.get(written);
    if (bound === undefined) return null;
    const [any] = bound.values();
    return bound.get(locator) ?? bound.get(this.#root) ?? any ?? null;
  }

  /** The catalog's range is not known here; where the lockfile holds one release only, that is the one. */
  guessCatalog(name: string): string | null {
    const [only, ...others] = new Set(this.#byName.get(name) ?? []);
    return only === undefined || others.length > 0 ? null : only;
  }
}

/** A range or a tag without a protocol is npm's. */
function withProtocol(descriptor: string): string {
  const { name, range } = parseDescriptor(descriptor);
  return range.includes(':') || range.includes('/') ? descriptor : `${name}@npm:${range}`;
}

/** `a/b`, `b`, `a@npm:1.0.0/b@npm:^2.0.0`. Source: @yarnpkg/parsers grammars/resolution.pegjs, @yarnpkg/core CorePlugin.ts (reduceDependency). */
function splitResolution(pattern: string): { from: Descriptor | null; asked: Descriptor } | null {
  if (pattern.length > 1024) return null;
  // The slash that parts the two is the last one that is not within a scope's name; a range with slashes must be the last part.
  for (let at = pattern.indexOf('/'); at !== -1; at = pattern.indexOf('/', at + 1)) {
    const from = parseDescriptor(pattern.slice(0, at));
    if (!isPackageName(from.name)) continue;
    const asked = parseDescriptor(pattern.slice(at + 1));
    return isPackageName(asked.name) ? { from, asked } : null;
  }
  const asked = parseDescriptor(pattern);
  return isPackageName(asked.name) ? { from: null, asked } : null;
}
