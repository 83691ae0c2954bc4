/** What a member of a yarn workspace declares is found in the lockfile that its root holds, by its own edges where versions differ. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readLockfile } from '../../../src/collect/lockfile/read-lockfile.ts';
import { DependencyGraph } from '../../../src/detect/dependency-graph.ts';
import type { Manifest, Project } from '../../../src/model/project.ts';

const manifests: Readonly<Record<string, Manifest>> = {
  '': { name: 'shop', private: true, workspaces: ['packages/*'], devDependencies: { express: '^5.3.0' } },
  'packages/api': {
    name: 'api',
    version: '1.0.0',
    dependencies: { express: '^4.17.1', web: '^1.0.0', gone: '^9.0.0' },
  },
  'packages/web': { name: 'web', version: '1.0.0', dependencies: { express: '^5.3.0' } },
};

const classic = `# yarn lockfile v1


express@^4.17.1:
  version "4.17.1"

express@^5.3.0:
  version "5.3.0"
`;

const entryOf = (name: string, version: string) => `"${name}@npm:^${version}":
  version: ${version}
  resolution: "${name}@npm:${version}"
  languageName: node
  linkType: hard
`;

const berry = `__metadata:
  version: 8
  cacheKey: 10c0

"api@workspace:packages/api":
  version: 0.0.0-use.local
  resolution: "api@workspace:packages/api"
  dependencies:
    express: "npm:^4.17.1"
    web: "npm:^1.0.0"
  languageName: unknown
  linkType: soft

${entryOf('express', '4.17.1')}
${entryOf('express', '5.3.0')}
"shop@workspace:.":
  version: 0.0.0-use.local
  resolution: "shop@workspace:."
  dependencies:
    express: "npm:^5.3.0"
  languageName: unknown
  linkType: soft

"web@npm:^1.0.0, web@workspace:packages/web":
  version: 0.0.0-use.local
  resolution: "web@workspace:packages/web"
  dependencies:
    express: "npm:^5.3.0"
  languageName: unknown
  linkType: soft
`;

describe('what the members of a yarn workspace declare', () => {
  for (const [kind, text] of Object.entries({ 'yarn 1': classic, 'yarn Berry': berry }))
    it(kind, async () => {
      const members = Object.entries(manifests).map(([location, manifest]) => ({ location, manifest }));
      const lockfile = await readLockfile('yarn.lock', text, members);
      const graph = new DependencyGraph(lockfile, []);
      const declaredBy = (location: string) => {
        const project: Project = {
          directory: location === '' ? '.' : location,
          name: null,
          manifestFile: location === '' ? 'package.json' : `${location}/package.json`,
          manifest: manifests[location]!,
          express: null,
          lockfile,
          lockfileFile: 'yarn.lock',
          workspaceRoot: '.',
        };
        const { direct, missing } = graph.declaredBy(project);
        const found = direct.map(({ name, field, location: at }) => {
          const { own, version } = lockfile.packages.get(at)!;
          return [name, field, own ? at : version];
        });
        return { found, missing };
      };
      assert.deepEqual(declaredBy(''), { found: [['express', 'devDependencies', '5.3.0']], missing: [] });
      assert.deepEqual(declaredBy('packages/api'), {
        found: [
          ['express', 'dependencies', '4.17.1'],
          ['web', 'dependencies', 'packages/web'],
        ],
        missing: ['gone'],
      });
      assert.deepEqual(declaredBy('packages/web'), {
        found: [['express', 'dependencies', '5.3.0']],
        missing: [],
      });
    });
});
