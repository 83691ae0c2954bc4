/** Turns the paths in what Snyk said of a project into the part of a dependency tree that they are, for where there is no lockfile to tell. */
import type { LockedPackage, Lockfile } from '../model/lockfile.ts';
import type { Project } from '../model/project.ts';
import type { SnykIssue } from '../model/snyk.ts';

/** Every vulnerable package, and all that Snyk's paths lead through, keyed by `name@version`. It stands in the project's package.json. */
export function treeOfPaths(project: Project, issues: readonly SnykIssue[]): Lockfile {
  const edges = new Map<string, Map<string, string>>([['', new Map()]]);
  const names = new Map<string, { readonly name: string; readonly version: string }>();
  const add = (name: string, version: string): string => {
    const key = `${name}@${version}`;
    names.set(key, { name, version });
    if (!edges.has(key)) edges.set(key, new Map());
    return key;
  };
  for (const { package: vulnerable, version, paths } of issues) {
    add(vulnerable, version);
    for (const path of paths) {
      let from = '';
      for (const spec of path) {
        const at = spec.lastIndexOf('@');
        if (at < 1) break;
        const name = spec.slice(0, at);
        const to = add(name, spec.slice(at + 1));
        edges.get(from)!.set(name, to);
        from = to;
      }
    }
  }
  const flags = { dev: false, optional: false, peer: false, line: null };
  const packages = new Map<string, LockedPackage>(
    [...names].map(([location, named]) => [
      location,
      { location, ...named, ...flags, own: false, edges: edges.get(location)! },
    ]),
  );
  const name = project.name ?? '';
  packages.set('', { location: '', name, version: null, ...flags, own: true, edges: edges.get('')! });
  return { file: project.manifestFile, manager: 'npm', version: 0, packages };
}
