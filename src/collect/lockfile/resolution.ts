/** Answers which entry of a lockfile a package's dependency resolves to, as Node.js looks for it: in node_modules here, then in each directory above. */
import { splitLocation } from './entry-checks.ts';

export class EntryTree {
  /** Directory that has a node_modules -> installed name -> location. */
  readonly #installed = new Map<string, Map<string, string>>();
  /** Location -> the directories with a node_modules in which its dependencies are looked for, nearest first. */
  readonly #chains = new Map<string, readonly Map<string, string>[]>();

  constructor(locations: Iterable<string>) {
    for (const location of locations) {
      const place = splitLocation(location);
      if (place === null) continue;
      let names = this.#installed.get(place.directory);
      if (names === undefined) {
        names = new Map();
        this.#installed.set(place.directory, names);
      }
      names.set(place.name, location);
    }
  }

  /** The location (of a package or a link) that `name` means for the package at `location`, or null. */
  resolve(location: string, name: string): string | null {
    for (const names of this.#chain(location)) {
      const found = names.get(name);
      if (found !== undefined) return found;
    }
    return null;
  }

  #chain(location: string): readonly Map<string, string>[] {
    const known = this.#chains.get(location);
    if (known !== undefined) return known;
    const chain: Map<string, string>[] = [];
    let directory = location;
    for (;;) {
      const names = this.#installed.get(directory);
      if (names !== undefined) chain.push(names);
      if (directory === '') break;
      directory = directory.slice(0, Math.max(directory.lastIndexOf('/'), 0));
      // What lies above the lockfile does not look into it.
      if (directory === '' && location.startsWith('../')) break;
    }
    this.#chains.set(location, chain);
    return chain;
  }
}
