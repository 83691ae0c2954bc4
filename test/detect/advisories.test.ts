/** Holds the advisories of each project to their paths, fix and place, and the audit's check to its words. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { readNpmLockfile } from '../../src/collect/lockfile/npm-lockfile.ts';
import { embeddedAdvisories, embeddedAdvisoriesRetrieved } from '../../src/data/embedded-advisories.ts';
import { judgeAdvisories } from '../../src/detect/advisories.ts';
import { DependencyGraph } from '../../src/detect/dependency-graph.ts';
import { PathFinder } from '../../src/detect/dependency-paths.ts';
import { readExpressFacts } from '../../src/detect/express-version.ts';
import type { Draft, ProjectAdvisory } from '../../src/detect/rule-contract.ts';
import { rule } from '../../src/detect/rules/dependency-vulnerable.ts';
import type { AuditAdvisory, AuditAnswer } from '../../src/model/audit.ts';
import type { ExpressUse, Manifest, Project } from '../../src/model/project.ts';
import type { OmitType } from '../../src/model/request.ts';
import type { Snapshot, SnapshotFile } from '../../src/model/snapshot.ts';

type Entry = Readonly<Record<string, unknown>>;

interface Case {
  /** By directory, `.` for the root. */
  readonly manifests: Readonly<Record<string, Manifest>>;
  /** The entries of the lockfile besides the root's, without `node_modules/` where they lie on the top level. */
  readonly packages?: Readonly<Record<string, Entry>>;
  readonly lockfile?: string;
  readonly answer: AuditAnswer;
  readonly omit?: readonly OmitType[];
  readonly express?: ExpressUse;
}

function snapshotOf({ manifests, packages, lockfile, answer, omit, express }: Case): Snapshot {
  const entries = Object.entries(packages ?? {}).map(([place, entry]) => [
    /^(?:apps|node_modules)\//.test(place) ? place : `node_modules/${place}`,
    entry,
  ]);
  const root = Object.fromEntries(
    Object.entries(manifests['.']!).filter(([field]) => /ependencies$/.test(field)),
  );
  const text =
    lockfile ??
    JSON.stringify({ lockfileVersion: 3, packages: { '': root, ...Object.fromEntries(entries) } }, null, 2);
  const files = new Map<string, SnapshotFile>([['package-lock.json', { path: 'package-lock.json', text }]]);
  const projects = Object.entries(manifests).map(([directory, manifest]): Project => {
    const manifestFile = directory === '.' ? 'package.json' : `${directory}/package.json`;
    files.set(manifestFile, { path: manifestFile, text: JSON.stringify(manifest, null, 2) });
    return {
      directory,
      name: manifest.name ?? null,
      manifestFile,
      manifest,
      express: express ?? null,
      lockfile: readNpmLockfile('package-lock.json', text),
      lockfileFile: 'package-lock.json',
      workspaceRoot: '.',
    };
  });
  const audit = { workspaceRoot: '.', ...(omit && { omit }), answer, ms: 7 };
  return { revision: null, files, projects, audits: [audit], checks: [] };
}

function advisory(
  name: string,
  nodes: readonly string[],
  changes: Partial<AuditAdvisory> = {},
): AuditAdvisory {
  return {
    id: 'GHSA-2222-3333-4444',
    cve: null,
    package: name,
    severity: 'high',
    title: `Something about ${name}`,
    url: 'https://github.com/advisories/GHSA-2222-3333-4444',
    cwe: [1321],
    cvss: 7.5,
    vulnerable: '<1.2.0',
    patched: null,
    nodes: nodes.map((node) => (node.includes('/') ? node : `node_modules/${node}`)),
    fixes: [],
    fixInRange: false,
    ...changes,
  };
}

function byNpm(...advisories: AuditAdvisory[]): AuditAnswer {
  return { kind: 'report', source: 'npm', advisories };
}

function directly(...advisories: AuditAdvisory[]): AuditAnswer {
  return { kind: 'report', source: 'endpoint', advisories };
}

/** The embedded facts are fresh then. */
const today = embeddedAdvisoriesRetrieved;

const outage: AuditAnswer = { kind: 'outage', detail: 'registry.example answered HTTP 503, 3 attempts' };

function judge(of: Case): readonly ProjectAdvisory[] {
  return judgeAdvisories(snapshotOf(of), today).advisories;
}

function only(of: Case): ProjectAdvisory {
  const found = judge(of);
  assert.equal(found.length, 1, JSON.stringify(found.map(({ detail }) => detail)));
  return found[0]!;
}

function findings(of: Case): Draft[] {
  assert.ok(rule.level === 'advisory');
  const drafts: Draft[] = [];
  for (const found of judge(of)) {
    rule.check(found, { finding: (draft) => drafts.push(draft), undecided: () => assert.fail() });
  }
  return drafts;
}

/** a -> b -> bad, c -> b, and bad by itself for development. */
const diamond: Case = {
  manifests: { '.': { dependencies: { a: '^1.0.0', c: '^1.0.0' }, devDependencies: { dev: '^1.0.0' } } },
  packages: {
    a: { version: '1.0.0', dependencies: { b: '^1.0.0' } },
    b: { version: '1.0.0', dependencies: { bad: '^1.0.0' } },
    bad: { version: '1.1.0' },
    c: { version: '1.0.0', dependencies: { b: '^1.0.0', d: '*' } },
    d: { version: '1.0.0', dependencies: { b: '^1.0.0' } },
    dev: { version: '1.0.0', dev: true, dependencies: { bad: '1.1.0' } },
  },
  answer: byNpm(advisory('bad', ['bad'])),
};

describe('an advisory', () => {
  it('of a patched package is told with less confidence, and that it is patched', () => {
    const locations = {
      'bad@patch:bad@npm%3A1.1.0#~/.yarn/patches/bad.patch': true,
      'bad@1.1.0(patch_hash=abc)': true,
      'bad@patch:bad@npm%3A1.1.0#optional!builtin<compat/bad>': false,
      'bad@npm:1.1.0': false,
    };
    for (const [location, isPatched] of Object.entries(locations)) {
      const snapshot = snapshotOf({
        ...diamond,
        answer: byNpm({ ...advisory('bad', []), nodes: [location] }),
      });
      const [project] = snapshot.projects;
      const packages = new Map(
        [...project!.lockfile!.packages.values()].map((each) => {
          const edges = new Map(
            [...each.edges].map(([name, to]) => [name, to === 'node_modules/bad' ? location : to]),
          );
          const at = each.name === 'bad' ? location : each.location;
          return [at, { ...each, location: at, edges }];
        }),
      );
      const lockfile = { ...project!.lockfile!, packages };
      const changed = { ...snapshot, projects: [{ ...project!, lockfile }] };
      const [told] = judgeAdvisories(changed, today).advisories;
      assert.ok(rule.level === 'advisory');
      const drafts: Draft[] = [];
      rule.check(told!, { finding: (draft) => drafts.push(draft), undecided: () => assert.fail() });
      assert.deepEqual(
        [drafts[0]!.confidence, /applies a patch to it/.test(drafts[0]!.message)],
        [isPatched ? 'medium' : undefined, isPatched],
        location,
      );
    }
  });

  it('is told with every path from the root, the shortest first', () => {
    const { detail } = only(diamond);
    assert.deepEqual(detail.paths, [
      ['dev', 'bad'],
      ['a', 'b', 'bad'],
      ['c', 'b', 'bad'],
      ['c', 'd', 'b', 'bad'],
    ]);
    assert.equal(detail.morePaths, 0);
    assert.deepEqual([detail.dev, detail.direct, detail.installed], [false, false, '1.1.0']);
    assert.deepEqual(detail.sources, ['npm']);
  });

  it('stands at the direct dependency by which the shortest path begins', () => {
    const { location } = only(diamond);
    const text = JSON.stringify(diamond.manifests['.'], null, 2).split('\n');
    assert.equal(location.file, 'package.json');
    assert.equal(text[location.line - 1]!.slice(location.column - 1, location.endColumn - 1), '"^1.0.0"');
    assert.match(text[location.line - 1]!, /"dev"/);
  });

  it('is for development where nothing else leads to it', () => {
    const { detail } = only({ ...diamond, manifests: { '.': { devDependencies: { dev: '^1.0.0' } } } });
    assert.equal(detail.dev, true);
    assert.deepEqual(detail.paths, [['dev', 'bad']]);
    const both = { dependencies: { dev: '*' }, devDependencies: { dev: '*' } };
    assert.equal(only({ ...diamond, manifests: { '.': both } }).detail.dev, false);
  });

  it('is left out with what the user leaves out', () => {
    const manifests = { '.': { devDependencies: { dev: '^1.0.0' } } };
    assert.deepEqual(
      judge({ ...diamond, manifests, omit: ['dev'], answer: directly(advisory('bad', ['bad'])) }),
      [],
    );
    const { detail } = only({ ...diamond, omit: ['dev'], answer: directly(advisory('bad', ['bad'])) });
    assert.deepEqual(detail.paths[0], ['a', 'b', 'bad']);
  });

  it('keeps to what its member of a workspace reaches', () => {
    const found = judge({
      manifests: {
        '.': { workspaces: ['apps/*'], devDependencies: { tool: '*' } },
        'apps/one': { name: 'one', dependencies: { bad: '1.0.0', lib: '*' } },
        'apps/two': { name: 'two', dependencies: { lib: '*' }, devDependencies: { tool: '*' } },
        'apps/lib': { name: 'lib', dependencies: { c: '*' }, devDependencies: { bad: '1.1.0' } },
        'apps/none': { name: 'none' },
      },
      packages: {
        'apps/one': { name: 'one', dependencies: { bad: '1.0.0', lib: '*' } },
        'apps/one/node_modules/bad': { version: '1.0.0' },
        'apps/two': { name: 'two', dependencies: { lib: '*' }, devDependencies: { tool: '*' } },
        'apps/lib': { name: 'lib', dependencies: { c: '*' }, devDependencies: { bad: '1.1.0' } },
        'apps/none': { name: 'none' },
        one: { resolved: 'apps/one', link: true },
        two: { resolved: 'apps/two', link: true },
        lib: { resolved: 'apps/lib', link: true },
        bad: { version: '1.1.0' },
        c: { version: '1.0.0' },
        tool: { version: '1.0.0', dependencies: { bad: '*' } },
      },
      answer: byNpm(
        advisory('bad', ['bad', 'apps/one/node_modules/bad']),
        advisory('c', ['c'], { id: 'GHSA-cccc-cccc-cccc' }),
      ),
    });
    assert.deepEqual(
      found.map(({ project, advisory, detail }) => [
        project.directory,
        advisory.package,
        detail.installed,
        detail.paths.map((path) => path.join(' > ')),
        detail.dev,
      ]),
      [
        ['.', 'bad', '1.1.0', ['tool > bad'], true],
        ['apps/lib', 'bad', '1.1.0', ['bad'], true],
        ['apps/lib', 'c', '1.0.0', ['c'], false],
        ['apps/one', 'bad', '1.0.0', ['bad'], false],
        ['apps/one', 'c', '1.0.0', ['lib > c'], false],
        ['apps/two', 'bad', '1.1.0', ['tool > bad'], true],
        ['apps/two', 'c', '1.0.0', ['lib > c'], false],
      ],
    );
    assert.equal(found[3]!.location.file, 'apps/one/package.json');
  });

  it('of a package that nothing leads to is told of the root, at its line in the lockfile', () => {
    const { project, detail, location } = only({
      manifests: { '.': { dependencies: { a: '*' } } },
      packages: { a: { version: '1.0.0' }, bad: { version: '1.1.0' } },
      answer: byNpm(advisory('bad', ['bad'])),
    });
    assert.equal(project.directory, '.');
    assert.deepEqual(detail.paths, []);
    assert.equal(location.file, 'package-lock.json');
    assert.ok(location.line > 1);
  });

  it('of what the manifest no longer declares is not lost', () => {
    const of = { ...diamond, manifests: { '.': {} } };
    const text = JSON.stringify({
      lockfileVersion: 3,
      packages: { '': { dependencies: { bad: '*' } }, 'node_modules/bad': { version: '1.1.0' } },
    });
    assert.equal(only({ ...of, lockfile: text }).detail.paths.length, 0);
  });

  it('is enriched by what the embedded record of it knows', () => {
    const { detail } = only({
      manifests: { '.': { dependencies: { qs: '6.7.0' } } },
      packages: { qs: { version: '6.7.0' } },
      answer: byNpm(advisory('qs', ['qs'], { id: 'GHSA-hrpp-h998-j3pp', vulnerable: '<=6.7.2' })),
    });
    assert.equal(detail.cve, 'CVE-2022-24999');
    assert.equal(detail.patched, '6.7.3');
    assert.deepEqual(detail.sources, ['embedded', 'npm']);
  });

  it('gives the same for the three versions of the lockfile', () => {
    const manifests = { '.': { dependencies: { a: '^1.0.0' }, devDependencies: { bad: '1.1.0' } } };
    const nested = JSON.stringify({
      lockfileVersion: 1,
      requires: true,
      dependencies: {
        a: { version: '1.0.0', requires: { b: '^1.0.0', bad: '^1.1.0' } },
        b: { version: '1.0.0', requires: { bad: '^1.0.0' } },
        bad: { version: '1.1.0' },
      },
    });
    const flat = (lockfileVersion: number) =>
      JSON.stringify({
        lockfileVersion,
        packages: {
          '': manifests['.'],
          'node_modules/a': { version: '1.0.0', dependencies: { b: '^1.0.0', bad: '^1.1.0' } },
          'node_modules/b': { version: '1.0.0', dependencies: { bad: '^1.0.0' } },
          'node_modules/bad': { version: '1.1.0' },
        },
      });
    const details = [nested, flat(2), flat(3)].map(
      (lockfile) => only({ manifests, lockfile, answer: directly(advisory('bad', ['bad'])) }).detail,
    );
    assert.deepEqual(details[0]!.paths, [['bad'], ['a', 'bad'], ['a', 'b', 'bad']]);
    assert.deepEqual(details[1], details[0]);
    assert.deepEqual(details[2], details[0]);
  });
});

describe('the fix', () => {
  const one: Case = {
    manifests: { '.': { dependencies: { a: '^1.0.0', bad: '1.1.0' } } },
    packages: { a: { version: '1.0.0', dependencies: { bad: '^1.0.0' } }, bad: { version: '1.1.0' } },
    answer: byNpm(),
  };
  const action = (changes: Partial<Case>) => only({ ...one, ...changes }).detail.action;

  it('is what npm proposes for a direct dependency that leads to it', () => {
    const fixes = [
      { package: 'bad', version: '1.2.0', major: false },
      { package: 'other', version: '9.0.0', major: true },
    ];
    assert.deepEqual(action({ answer: byNpm(advisory('bad', ['bad'], { fixes })) }), fixes[0]);
    assert.equal(action({ answer: byNpm(advisory('bad', ['bad'], { fixes: fixes.slice(1) })) }), null);
    assert.equal(action({ answer: byNpm(advisory('bad', ['bad'])) }), null, 'npm knows of none');
  });

  it('is worked out from range and lockfile where npm was not there', () => {
    const answer = directly(advisory('bad', ['bad']));
    assert.deepEqual(action({ answer }), { package: 'bad', version: '1.2.0', major: false });
    const pinned = { a: { version: '1.0.0', dependencies: { bad: '1.1.0' } }, bad: { version: '1.1.0' } };
    assert.equal(action({ answer, packages: pinned }), null, 'a pins it, and which a does not is not known');
    const major = directly(advisory('bad', ['bad'], { vulnerable: '<2.0.0' }));
    assert.equal(action({ answer: major }), null, 'a asks for ^1.0.0');
    const alone = { manifests: { '.': { dependencies: { bad: '^1.0.0' } } } };
    assert.deepEqual(action({ ...alone, answer: major }), { package: 'bad', version: '2.0.0', major: true });
    assert.equal(
      action({ ...alone, answer: directly(advisory('bad', ['bad'], { vulnerable: '<=1.1.0' })) }),
      null,
    );
  });

  it('ends the other advisories of the package too', () => {
    const found = judge({
      ...one,
      answer: directly(
        advisory('bad', ['bad']),
        advisory('bad', ['bad'], { id: 'GHSA-5555-5555-5555', vulnerable: '>=1.1.0 <1.4.0' }),
      ),
    });
    assert.deepEqual(
      found.map(({ detail }) => [detail.patched, detail.action?.version]),
      [
        ['1.2.0', '1.4.0'],
        ['1.4.0', '1.4.0'],
      ],
    );
  });

  it('names the first fixed version of each line that is installed', () => {
    const { detail } = only({
      manifests: { '.': { dependencies: { bad: '1.0.0', b: '*' } } },
      packages: {
        bad: { version: '1.0.0' },
        b: { version: '1.0.0', dependencies: { bad: '2' } },
        'node_modules/b/node_modules/bad': { version: '2.0.0-rc.1' },
      },
      answer: directly(
        advisory('bad', ['bad', 'node_modules/b/node_modules/bad'], {
          vulnerable: '<1.20.6 || >=2.0.0-rc.1 <2.3.0',
        }),
      ),
    });
    assert.equal(detail.installed, '1.0.0, 2.0.0-rc.1');
    assert.equal(detail.patched, '1.20.6 || 2.3.0');
  });
});

describe('dependency-vulnerable', () => {
  it('says in a sentence what is installed, by which path, and what is wrong', () => {
    const fixes = [{ package: 'dev', version: '2.0.0', major: true }];
    const [finding] = findings({ ...diamond, answer: byNpm(advisory('bad', ['bad'], { fixes })) });
    assert.equal(
      finding!.message,
      'bad 1.1.0, which dev brings, is vulnerable: Something about bad (GHSA-2222-3333-4444).',
    );
    assert.equal(
      finding!.help,
      'Run `npm install --save-dev dev@2.0.0`: a breaking change, so read what the new major version changes first.',
    );
    assert.equal(finding!.severity, 'high');
    assert.equal(finding!.subject, 'GHSA-2222-3333-4444 bad');
    assert.equal(finding!.advisory!.id, 'GHSA-2222-3333-4444');
  });

  it('names the command that fits', () => {
    const help = (changes: Partial<Case>) => findings({ ...diamond, ...changes })[0]!.help!;
    assert.match(
      help({ answer: byNpm(advisory('bad', ['bad'], { fixInRange: true })) }),
      /^Run `npm audit fix`:/,
    );
    assert.match(
      help({
        manifests: { '.': { dependencies: { a: '^1.0.0' } } },
        answer: directly(advisory('bad', ['bad'])),
      }),
      /^Run `npm update bad`: .* 1\.2\.0/,
    );
    assert.match(
      help({ answer: byNpm(advisory('bad', ['bad'])) }),
      /^Update `dev`, `a` and `c`, which bring it, to a release with `bad` 1\.2\.0 or newer; .*`overrides`/,
    );
    assert.match(
      help({ answer: byNpm(advisory('bad', ['bad'], { vulnerable: '*' })) }),
      /^No release without it is known/,
    );
    const member = findings({
      manifests: { '.': {}, 'apps/one': { dependencies: { old: 'npm:bad@1.0.0' } } },
      packages: {
        'apps/one': { name: 'one', dependencies: { old: 'npm:bad@1.0.0' } },
        one: { resolved: 'apps/one', link: true },
        old: { name: 'bad', version: '1.0.0' },
      },
      answer: directly(advisory('bad', ['old'])),
    });
    assert.equal(member[0]!.help, 'Run `npm install old@npm:bad@1.2.0 --workspace=apps/one`.');
  });

  it('puts no hostile name into a command', () => {
    const name = "a'$(x)!";
    for (const finding of findings({
      manifests: {
        '.': { dependencies: { b: '*' } },
        'apps/$(y)': { dependencies: { [name]: '1.0.0', b: '*' } },
      },
      packages: {
        [name.replace('$', '')]: { version: '1.0.0' },
        b: { version: '1.0.0', dependencies: { "a'(x)!": '*' } },
      },
      answer: directly(advisory("a'(x)!", ["a'(x)!"]), advisory('b', ['b'], { id: 'GHSA-5555-5555-5555' })),
    })) {
      for (const [, command] of finding.help!.matchAll(/`([^`]*)`/g)) assert.match(command!, /^[\w @./=-]*$/);
    }
  });

  it("leaves the project's own Express to express-vulnerable, and another copy not", () => {
    const of: Case = {
      manifests: { '.': { dependencies: { express: '4.17.1', old: '*' } } },
      packages: {
        express: { version: '4.17.1' },
        old: { version: '1.0.0', dependencies: { express: '3.0.0' } },
        'node_modules/old/node_modules/express': { version: '3.0.0' },
      },
      express: { declared: '4.17.1', declaredIn: 'dependencies', resolved: '4.17.1', through: null },
      answer: byNpm(
        advisory('express', ['express', 'node_modules/old/node_modules/express'], { vulnerable: '<4.20.0' }),
      ),
    };
    assert.deepEqual(
      judge(of).map(({ detail, ownExpress }) => [detail.installed, ownExpress ?? false, detail.paths]),
      [
        ['4.17.1', true, [['express']]],
        ['3.0.0', false, [['old', 'express']]],
      ],
    );
    const reported = findings(of);
    assert.equal(reported.length, 1);
    assert.match(reported[0]!.message, /^express 3\.0\.0, which old brings,/);
    const only = { ...of, answer: byNpm(advisory('express', ['express'], { vulnerable: '<4.20.0' })) };
    assert.deepEqual(findings(only), []);
  });
});

describe("a development tool's own Express", () => {
  const of = (field: 'dependencies' | 'devDependencies'): Case => ({
    manifests: { '.': { [field]: { 'json-server': '^0.17.0' } } },
    packages: {
      'json-server': { version: '0.17.0', dependencies: { express: '^4.17.1' } },
      express: { version: '4.17.1' },
    },
    express: { declared: null, declaredIn: null, resolved: '4.17.1', through: 'json-server' },
    answer: byNpm(advisory('express', ['express'], { vulnerable: '<4.20.0' })),
  });

  it('is a dependency for development like any other', () => {
    const tool = of('devDependencies');
    const [reported] = findings(tool);
    assert.match(reported!.message, /^express 4\.17\.1, which json-server brings, for development only,/);
    assert.equal(reported!.advisory!.dev, true);
    assert.deepEqual(readExpressFacts(snapshotOf(tool), today, judge(tool)).facts, []);
    const application = of('dependencies');
    assert.deepEqual(findings(application), []);
    assert.equal(readExpressFacts(snapshotOf(application), today, judge(application)).facts.length, 1);
  });
});

describe('the embedded advisories', () => {
  const shop: Case = {
    manifests: { '.': { dependencies: { qs: '6.5.2', multer: '1.4.4', lodash: '4.17.0' } } },
    packages: { qs: { version: '6.5.2' }, multer: { version: '1.4.4' }, lodash: { version: '4.17.0' } },
    answer: outage,
  };

  it('are used where the audit could not be had, and where the user wants no other', () => {
    for (const answer of [
      outage,
      { kind: 'no-endpoint', detail: 'registry.example has no audit endpoint: HTTP 404' },
      { kind: 'not-asked', mode: 'embedded', detail: 'no registry was to be asked' },
    ] as const) {
      const found = judge({ ...shop, answer });
      assert.ok(found.some(({ detail }) => detail.id === 'GHSA-hrpp-h998-j3pp' && detail.package === 'qs'));
      assert.ok(
        found.every(({ source, detail }) => source === 'embedded' && detail.sources[0] === 'embedded'),
      );
      assert.ok(found.every(({ detail }) => detail.package !== 'lodash'));
    }
    assert.deepEqual(judge({ ...shop, answer: byNpm() }), []);
    assert.deepEqual(
      judge({ ...shop, answer: { kind: 'not-asked', mode: 'off', detail: 'the audit is switched off' } }),
      [],
    );
  });

  it('show the score of their CVSS vector, also where the audit has none', () => {
    const scoreOf = (of: Case) =>
      judge(of).find(({ detail }) => detail.id === 'GHSA-hrpp-h998-j3pp')?.detail.cvss;
    assert.equal(scoreOf(shop), 7.5);
    const audited = { id: 'GHSA-hrpp-h998-j3pp', cvss: null };
    assert.equal(scoreOf({ ...shop, answer: byNpm(advisory('qs', ['qs'], audited)) }), 7.5);
    assert.equal(scoreOf({ ...shop, answer: byNpm(advisory('qs', ['qs'], { ...audited, cvss: 7.4 })) }), 7.4);
  });

  it('match prereleases, and only those that were not withdrawn', () => {
    // 1.4.4 comes after 1.4.4-lts.1, with which these ranges begin.
    assert.ok(
      judge(shop).some(
        ({ detail }) => detail.package === 'multer' && detail.vulnerable.startsWith('>=1.4.4-lts.1'),
      ),
    );
    const prerelease = { ...shop, packages: { ...shop.packages, qs: { version: '6.5.3-beta.1' } } };
    assert.ok(judge(prerelease).some(({ detail }) => detail.package === 'qs'));
    assert.ok(embeddedAdvisories.length > 50);
    assert.ok(embeddedAdvisories.every((record) => !('withdrawn' in record)));
  });
});

describe('the check of an audit', () => {
  const check = (of: Case, day = today) => {
    const { checks } = judgeAdvisories(snapshotOf(of), day);
    assert.equal(checks.length, 1);
    return checks[0]!;
  };

  it('is ok where the registry was asked', () => {
    assert.deepEqual(check(diamond), {
      name: 'npm-audit',
      project: '.',
      state: 'ok',
      detail: 'npm audit looked at the 6 packages of package-lock.json: 1 advisory concerns them.',
      ms: 7,
    });
    const direct = check({ ...diamond, answer: directly(), omit: ['dev'] });
    assert.equal(direct.state, 'ok');
    assert.match(
      direct.detail,
      /^npm is missing here, so the registry was asked directly about .*: none has a known advisory\. Left out as asked: dev\.$/,
    );
  });

  it('is degraded, with cause and words, where it was not', () => {
    const degraded = check({ ...diamond, answer: outage });
    assert.deepEqual([degraded.state, degraded.cause], ['degraded', 'outage']);
    assert.match(
      degraded.detail,
      /^npm audit could not be asked \(registry\.example answered HTTP 503, 3 attempts\): only the \d+ embedded advisories for the Express ecosystem .* other packages were not checked\.$/,
    );
    assert.equal(check({ ...diamond, answer: { kind: 'no-endpoint', detail: 'x' } }).cause, 'no-endpoint');
    const chosen = check({ ...diamond, answer: { kind: 'not-asked', mode: 'embedded', detail: 'x' } });
    assert.deepEqual([chosen.state, chosen.cause], ['degraded', undefined]);
  });

  it('is skipped where the audit is off or there is nothing to audit', () => {
    const off: AuditAnswer = { kind: 'not-asked', mode: 'off', detail: 'the audit is switched off' };
    assert.deepEqual(
      [check({ ...diamond, answer: off }).state, check({ ...diamond, answer: off }).detail],
      ['skipped', 'The audit is switched off.'],
    );
    assert.equal(check({ manifests: { '.': {} }, packages: {}, answer: byNpm() }).state, 'skipped');
  });

  it('does not take a lockfile that lacks what is declared for a clean one', () => {
    const empty = check({ manifests: diamond.manifests, packages: {}, answer: byNpm() });
    assert.deepEqual([empty.state, empty.cause], ['degraded', 'unreadable']);
    assert.match(
      empty.detail,
      /package-lock\.json does not hold a, c, dev, which package\.json declares: run `npm install`/,
    );
  });

  it('tells a missing, a broken and an unknown lockfile apart', () => {
    const snapshot = snapshotOf(diamond);
    const told = (
      lockfileFile: string | null,
      answer: AuditAnswer,
      manifest: Manifest = { dependencies: { a: '*' } },
    ) => {
      const projects = snapshot.projects.map((project) => ({
        ...project,
        manifest,
        lockfile: null,
        lockfileFile,
      }));
      const { state, cause, detail } = judgeAdvisories(
        { ...snapshot, projects, audits: [{ workspaceRoot: '.', answer, ms: 0 }] },
        today,
      ).checks[0]!;
      return [state, cause, detail] as const;
    };
    const unreadable = {
      kind: 'unreadable',
      detail: 'package-lock.json:3:1: a merge conflict was left',
    } as const;
    assert.deepEqual(told('package-lock.json', unreadable), [
      'failed',
      'unreadable',
      'No dependency could be audited: package-lock.json:3:1: a merge conflict was left.',
    ]);
    assert.deepEqual(told(null, unreadable).slice(0, 2), ['degraded', undefined]);
    assert.match(told(null, unreadable)[2], /no lockfile.*npm install/);
    assert.deepEqual(told('bun.lockb', unreadable).slice(0, 2), ['degraded', undefined]);
    assert.match(told('bun.lockb', unreadable)[2], /^bun\.lockb is of a kind/);
    assert.deepEqual(told(null, unreadable, {}).slice(0, 2), ['skipped', undefined]);
  });

  it('says how old the embedded advisories are where they were used and are old', () => {
    const inDays = (days: number) =>
      new Date(Date.parse(embeddedAdvisoriesRetrieved) + days * 86_400_000).toISOString().slice(0, 10);
    const blind = { ...diamond, answer: outage };
    assert.equal(check(blind, inDays(60)).oldFacts, undefined);
    assert.equal(
      check(blind, inDays(61)).oldFacts,
      `The embedded advisories are 61 days old (of ${embeddedAdvisoriesRetrieved}): a newer version of express-gate may know more.`,
    );
    assert.equal(check(diamond, inDays(900)).oldFacts, undefined);
    const off = { kind: 'not-asked', mode: 'off', detail: 'the audit is off' } as const;
    assert.equal(check({ ...diamond, answer: off }, inDays(900)).oldFacts, undefined);
  });

  it('is degraded where there is a lockfile and no audit at all', () => {
    const { checks, advisories } = judgeAdvisories({ ...snapshotOf(diamond), audits: [] }, today);
    assert.deepEqual([checks[0]!.state, checks[0]!.cause], ['degraded', 'outage']);
    assert.deepEqual(advisories, []);
  });
});

/** A lockfile of packages p0, p1, …, each asking for those of its number. */
function graphOf(edges: readonly (readonly number[])[]): DependencyGraph {
  const packages = edges.map((targets, index) => [
    `node_modules/p${index}`,
    { version: '1.0.0', dependencies: Object.fromEntries(targets.map((target) => [`p${target}`, '*'])) },
  ]);
  const text = JSON.stringify({ lockfileVersion: 3, packages: Object.fromEntries(packages) });
  return new DependencyGraph(readNpmLockfile('package-lock.json', text), []);
}

const start = (index: number) => ({
  name: `p${index}`,
  location: `node_modules/p${index}`,
  field: 'dependencies' as const,
  specifier: '*',
});

/** Every path without a repeated package, by trying all. */
function allPaths(
  edges: readonly (readonly number[])[],
  starts: readonly number[],
  targets: ReadonlySet<number>,
): string[] {
  const paths: string[] = [];
  const walk = (path: readonly number[]) => {
    const last = path.at(-1)!;
    if (targets.has(last)) paths.push(path.map((index) => `p${index}`).join(' > '));
    else for (const next of new Set(edges[last])) if (!path.includes(next)) walk([...path, next]);
  };
  for (const each of starts) walk([each]);
  return paths;
}

describe('paths', () => {
  const graphs = fc
    .integer({ min: 1, max: 8 })
    .chain((size) =>
      fc.array(fc.array(fc.nat(size - 1), { maxLength: 3 }), { minLength: size, maxLength: size }),
    );

  it('are real, without repetition, the shortest of all, in order', () => {
    fc.assert(
      fc.property(graphs, fc.nat(7), (edges, wanted) => {
        const target = wanted % edges.length;
        const starts = edges.length > 1 ? [0, 1] : [0];
        const finder = new PathFinder(graphOf(edges), new Set([`node_modules/p${target}`]));
        const { paths, more } = finder.find(starts.map(start));
        const expected = allPaths(edges, starts, new Set([target]));
        const found = paths.map((path) => path.join(' > '));
        assert.equal(new Set(found).size, found.length);
        for (const path of found) assert.ok(expected.includes(path), path);
        const lengths = (texts: readonly string[]) =>
          texts.map((text) => text.split(' > ').length).sort((a, b) => a - b);
        assert.deepEqual(
          paths.map(({ length }) => length),
          lengths(expected).slice(0, found.length),
        );
        assert.equal(found.length, Math.min(10, expected.length));
        assert.ok(more >= 0);
      }),
      { numRuns: 500 },
    );
  });

  it('are counted exactly where nothing goes in circles', () => {
    fc.assert(
      fc.property(graphs, (edges) => {
        const downwards = edges.map((targets, index) => targets.filter((target) => target > index));
        const target = downwards.length - 1;
        const { paths, more } = new PathFinder(graphOf(downwards), new Set([`node_modules/p${target}`])).find(
          [start(0)],
        );
        assert.equal(paths.length + more, allPaths(downwards, [0], new Set([target])).length);
      }),
      { numRuns: 300 },
    );
  });

  it('are found in a tree of 5,000 packages with more paths than anyone could count', () => {
    const size = 5_000;
    const layers = Array.from({ length: size }, (_, index) =>
      [1, 2, 3, 4, 5].map((step) => index + step).filter((target) => target < size),
    );
    // Circles back to the beginning, everywhere.
    const edges = layers.map((targets, index) => (index % 7 === 0 ? [...targets, 0] : targets));
    const { paths, more } = new PathFinder(graphOf(edges), new Set([`node_modules/p${size - 1}`])).find([
      start(0),
    ]);
    assert.ok(paths.length > 0);
    assert.equal(paths[0]!.length, 1 + Math.ceil((size - 1) / 5));
    assert.ok(more > 9_000);
  });

  it('of many advisories and members end as well', () => {
    const size = 5_000;
    const packages = Object.fromEntries(
      Array.from({ length: size }, (_, index) => [
        `p${index}`,
        {
          version: '1.0.0',
          dependencies: Object.fromEntries(
            [1, 7, 50]
              .map((step) => [`p${index + step}`, '*'])
              .filter(([name]) => Number(name!.slice(1)) < size),
          ),
        },
      ]),
    );
    const members = Object.fromEntries(
      Array.from({ length: 10 }, (_, index) => [`apps/m${index}`, { dependencies: { [`p${index}`]: '*' } }]),
    );
    const advisories = Array.from({ length: 20 }, (_, index) =>
      advisory(`p${size - 1 - index}`, [`p${size - 1 - index}`]),
    );
    const found = judge({
      manifests: { '.': { dependencies: { p0: '*' } }, ...members },
      packages,
      answer: byNpm(...advisories),
    });
    assert.equal(found.length, 20 * 11);
    assert.ok(found.every(({ detail }) => detail.paths.length === 10));
  });
});
