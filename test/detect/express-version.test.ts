/** The facts of each project's Express, and how far the look at it went. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import semver from 'semver';
import {
  expressFactsRetrieved,
  expressLineState,
  expressLines,
  expressVersions,
  newestOfLine,
} from '../../src/data/express-releases.ts';
import { embeddedExpressAdvisories } from '../../src/detect/express-advisories.ts';
import type { ExpressFacts } from '../../src/detect/express-facts.ts';
import { readExpressFacts } from '../../src/detect/express-version.ts';
import { audited, newest4, newest5, type ProjectSketch, sketchSnapshot, today } from './express-snapshot.ts';
import { rangeText } from './range-arbitraries.ts';

function factsOf(sketch: ProjectSketch): ExpressFacts {
  const { facts } = readExpressFacts(sketchSnapshot([sketch]), today, []);
  assert.equal(facts.length, 1);
  return facts[0]!;
}

function checkOf(sketch: ProjectSketch) {
  const { checks } = readExpressFacts(sketchSnapshot([sketch]), today, []);
  assert.equal(checks.length, 1);
  assert.equal(checks[0]!.name, 'express-version');
  return checks[0]!;
}

function managerIn(title: string): 'pnpm' | 'yarn' | 'bun' {
  return title.startsWith('pnpm') ? 'pnpm' : title.startsWith('yarn') ? 'yarn' : 'bun';
}

describe('the release lines', () => {
  it('are judged by their dates, and never end before the project says so', () => {
    const line = (name: string) => expressLines.find((each) => each.name === name)!;
    for (const name of ['0.x', '1.x', '2.x', '3.x']) {
      assert.equal(expressLineState(line(name), '2016-01-01'), 'unsupported');
      assert.equal(expressLineState(line(name), today), 'unsupported');
    }
    const states = (name: string, days: readonly string[]) =>
      days.map((day) => expressLineState(line(name), day));
    // 90 days before 2026-10-01 is 2026-07-03.
    assert.deepEqual(states('4.x', ['2026-07-02', '2026-07-03', '2026-10-01', today, '2036-01-01']), [
      'supported',
      'ending',
      'ending',
      'ending',
      'ending',
    ]);
    assert.deepEqual(states('5.x', [today, '2027-03-31', '2028-01-01']), [
      'supported',
      'supported',
      'supported',
    ]);
    const announced = { ...line('4.x'), end: '2027-01-31' };
    assert.equal(expressLineState(announced, '2026-10-31'), 'supported');
    assert.equal(expressLineState(announced, '2027-01-31'), 'ending');
    assert.equal(expressLineState(announced, '2027-02-01'), 'unsupported');
  });

  it('know all published versions, ascending, and the newest release of each line', () => {
    assert.ok(expressVersions.length >= 262);
    assert.deepEqual(expressVersions, [...expressVersions].sort(semver.compare));
    for (const line of expressLines) {
      const stable: string[] = expressVersions.filter((version) =>
        semver.satisfies(version, `${line.major}.x`),
      );
      assert.equal(newestOfLine(line), stable.at(-1));
    }
  });
});

describe('readExpressFacts', () => {
  it('judges the version in the lockfile, whatever the range', () => {
    const facts = factsOf({ declared: '^4.17.1', resolved: newest4 });
    assert.equal(facts.lock, 'read');
    assert.equal(facts.version, newest4);
    assert.deepEqual(
      facts.lines.map(({ name }) => name),
      ['4.x'],
    );
    assert.equal(facts.upgrade?.major, true);
    assert.equal(facts.successor?.version, newest5);
  });

  it('judges what the range can give where there is no lockfile', () => {
    const facts = factsOf({ declared: '^3 || ^4' });
    assert.equal(facts.lock, 'missing');
    assert.equal(facts.resolved, null);
    assert.equal(facts.version, newest4);
    assert.deepEqual(
      facts.lines.map(({ name }) => name),
      ['3.x', '4.x'],
    );
  });

  it('takes the line of the lowest version that a range could give where it admits none that is known', () => {
    const facts = factsOf({ declared: '^3.99.0' });
    assert.equal(facts.version, null);
    assert.deepEqual(
      facts.lines.map(({ name }) => name),
      ['3.x'],
    );
    assert.deepEqual(factsOf({ declared: '^9.0.0' }).lines, []);
  });

  it('admits for any range what semver admits, and proposes only what is safe', () => {
    fc.assert(
      fc.property(rangeText, (text) => {
        const { declared } = factsOf({ declared: text });
        if (declared?.kind !== 'range') return;
        assert.deepEqual(
          declared.admitted,
          expressVersions.filter((version) => semver.satisfies(version, text, { loose: true })),
        );
        const known = embeddedExpressAdvisories.map(({ advisory }) => advisory.vulnerable);
        const isVulnerable = (version: string) =>
          known.some((range) => semver.satisfies(version, range, { includePrerelease: true }));
        assert.deepEqual(declared.vulnerable, declared.admitted.filter(isVulnerable));
        assert.equal(declared.safeText === null, declared.vulnerable.length === 0);
        if (declared.safeText === null) return;
        const after = factsOf({ declared: declared.safeText }).declared!;
        assert.deepEqual(after.vulnerable, []);
        assert.ok(
          after.admitted.some((version) => [newest4, newest5].includes(version)),
          declared.safeText,
        );
      }),
      { numRuns: 150 },
    );
  });

  it('points at the value of the entry, also under an alias or another field', () => {
    const alias =
      '{\n  "dependencies": {\n    "express": "npm:other@1",\n    "web": "npm:express@^4.17.1"\n  }\n}';
    const facts = factsOf({ declared: '^4.17.1', text: alias });
    assert.equal(facts.declared?.name, 'web');
    assert.equal(facts.declared?.safeText, 'npm:express@^4.20.0');
    assert.deepEqual(facts.location, {
      file: 'package.json',
      line: 4,
      column: 12,
      endLine: 4,
      endColumn: 33,
    });
    const optional = factsOf({ directory: 'api', field: 'optionalDependencies', declared: `^${newest5}` });
    assert.deepEqual(
      [optional.location.file, optional.location.line, optional.role],
      ['api/package.json', 4, 'production'],
    );
  });

  it('points at the framework that brings Express, and says so', () => {
    const facts = factsOf({ through: '@nestjs/platform-express', resolved: '5.2.1' });
    assert.equal(facts.declared, null);
    assert.equal(facts.subject, 'Express 5.2.1 (through @nestjs/platform-express)');
    assert.equal(facts.location.line, 4);
    assert.match(
      facts.upgrade!.how,
      new RegExp(`^Update \`@nestjs/platform-express\` to a release that brings Express ${newest5}`),
    );
  });

  it('points at the head of a manifest that it cannot search', () => {
    const snapshot = sketchSnapshot([{ declared: '^4.17.1' }]);
    const { facts } = readExpressFacts({ ...snapshot, files: new Map() }, today, []);
    assert.equal(facts[0]!.located, false);
    assert.deepEqual(facts[0]!.location, {
      file: 'package.json',
      line: 1,
      column: 1,
      endLine: 1,
      endColumn: 2,
    });
  });

  it('judges what an override of the root gives where there is no lockfile', () => {
    const text = (rest: object) => JSON.stringify({ dependencies: { express: '^4.17.1' }, ...rest }, null, 2);
    const of = (rest: object, more: ProjectSketch = {}) =>
      factsOf({ declared: '^4.17.1', text: text(rest), ...more });
    const pinned = of({ overrides: { express: '4.17.1' } });
    assert.deepEqual([pinned.version, pinned.declared?.standsIn?.keys], ['4.17.1', 'overrides.express']);
    assert.equal(pinned.location.line, 6);
    assert.equal(pinned.upgrade?.how, `Raise \`overrides.express\` in package.json to ${newest4}`);
    const dotted = of({ overrides: { express: { '.': '4.18.0', qs: '6' } } });
    assert.deepEqual([dotted.version, dotted.location.line], ['4.18.0', 7]);
    const yarn = { packageManager: 'yarn@4.5.0', resolutions: { '**/express': '4.19.0' } };
    assert.equal(of(yarn).version, '4.19.0');
    // npm does not read resolutions, and yarn not overrides.
    assert.equal(of({ resolutions: { express: '4.17.1' } }).version, newest4);
    assert.equal(of({ packageManager: 'yarn@4.5.0', overrides: { express: '4.17.1' } }).version, newest4);
    // What the lockfile resolves has followed the override.
    const locked = of({ overrides: { express: '4.17.1' } }, { resolved: newest4 });
    assert.deepEqual([locked.version, locked.declared?.standsIn], [newest4, null]);
    for (const overrides of [{ express: '$express' }, { a: { express: '4.17.1' } }, 'express', null])
      assert.equal(of({ overrides }).declared?.standsIn, null);
    const framework = factsOf({
      through: '@nestjs/platform-express',
      text: JSON.stringify({
        dependencies: { '@nestjs/platform-express': '^10.0.0' },
        overrides: { express: '4.17.1' },
      }),
    });
    assert.equal(framework.version, '4.17.1');
  });

  const catalogs: readonly (readonly [string, string, Record<string, string>, object?])[] = [
    [
      'pnpm',
      'pnpm-workspace.yaml',
      { 'pnpm-workspace.yaml': 'packages: []\ncatalog:\n  express: ^4.17.1\n' },
    ],
    [
      'pnpm, by name',
      'pnpm-workspace.yaml',
      { 'pnpm-workspace.yaml': 'catalogs:\n  default:\n    express: "^4.17.1"\n' },
    ],
    ['yarn', '.yarnrc.yml', { '.yarnrc.yml': "nodeLinker: node-modules\ncatalog:\n  express: '^4.17.1'\n" }],
    ['bun', 'package.json', {}, { catalog: { express: '^4.17.1' } }],
    [
      'bun, under workspaces',
      'package.json',
      {},
      { workspaces: { packages: [], catalog: { express: '^4.17.1' } } },
    ],
  ];
  for (const [title, file, files, rest] of catalogs)
    it(`judges the range to which a catalog leads: ${title}`, () => {
      const text = JSON.stringify({ dependencies: { express: 'catalog:' }, ...rest }, null, 2);
      for (const resolved of [undefined, newest4]) {
        const facts = factsOf({
          declared: 'catalog:',
          text,
          files,
          ...(resolved === undefined ? {} : { resolved, manager: managerIn(title) }),
        });
        assert.deepEqual([facts.version, facts.location.file], [newest4, file]);
        assert.equal(facts.declared?.text, '^4.17.1');
        const written = { ...files, 'package.json': text }[file]!.split('\n')[facts.location.line - 1]!;
        const { column, endColumn } = facts.location;
        const value = written.slice(column - 1, endColumn - 1);
        assert.equal(value.replaceAll(/["']/g, ''), '^4.17.1');
        // The quotes stay as they are.
        assert.equal(facts.declared.safeSource, value.replace('^4.17.1', '^4.20.0'));
        assert.deepEqual(
          facts.related.map(({ file, line }) => [file, line]),
          [['package.json', 3]],
        );
        assert.equal(facts.entry.line, 3);
      }
    });

  it('says where a range of a catalog is to be raised', () => {
    const workspace = "catalogs:\n  web:\n    express: ~5.1.0\n  '$(reboot) `':\n    express: ~5.1.0\n";
    const how = (declared: string) =>
      factsOf({ declared, files: { 'pnpm-workspace.yaml': workspace } }).upgrade?.how;
    assert.equal(
      how('catalog:web'),
      `Raise \`catalogs.web.express\` in pnpm-workspace.yaml to ${newest5}, and run \`pnpm install\``,
    );
    assert.equal(
      how('catalog:$(reboot) `'),
      `Raise Express in pnpm-workspace.yaml to ${newest5}, and run \`pnpm install\``,
    );
  });

  it('says that a catalog leads nowhere', () => {
    for (const [text, reason] of [
      ['catalog:\n  koa: ^2\n', 'pnpm-workspace.yaml has no default catalog with an entry for it'],
      ['catalog:\n  express: "catalog:"\n', 'pnpm-workspace.yaml has no version range there'],
      ['catalog: &all [*all]\n', 'pnpm-workspace.yaml has no default catalog with an entry for it'],
      [
        'catalog:\n  __proto__:\n    express: ^4\n',
        'pnpm-workspace.yaml has no default catalog with an entry for it',
      ],
      ['catalog: {', 'pnpm-workspace.yaml has no default catalog with an entry for it'],
    ] as const) {
      const sketch = { declared: 'catalog:', files: { 'pnpm-workspace.yaml': text } };
      assert.equal(factsOf(sketch).declared?.problem, reason, text);
      const check = checkOf(sketch);
      assert.equal(check.state, 'degraded');
      assert.ok(check.detail.includes(reason), check.detail);
    }
    assert.equal(
      factsOf({ declared: 'catalog:' }).declared?.problem,
      'package.json has no default catalog with an entry for it',
    );
    assert.equal(
      factsOf({ declared: 'catalog:__proto__', files: { 'pnpm-workspace.yaml': 'catalogs: {}' } }).declared
        ?.problem,
      'pnpm-workspace.yaml has no catalog of that name with an entry for it',
    );
  });

  it('follows an alias of YAML to its range, but proposes no edit there', () => {
    const facts = factsOf({
      declared: 'catalog:',
      files: { 'pnpm-workspace.yaml': 'catalog:\n  other: &range ^4.17.1\n  express: *range\n' },
    });
    assert.deepEqual(
      [facts.declared?.safeText, facts.declared?.safeSource],
      ['^4.20.0', facts.location.line === 2 ? '^4.20.0' : null],
    );
  });

  it("judges pnpm's overrides, those of pnpm-workspace.yaml first, also by a catalog", () => {
    const of = (rest: object, files: Record<string, string> = {}) =>
      factsOf({
        declared: '^5.3.0',
        text: JSON.stringify(
          { packageManager: 'pnpm@10.20.0', dependencies: { express: '^5.3.0' }, ...rest },
          null,
          2,
        ),
        files,
      });
    const told = ({ version, declared, location }: ExpressFacts) => [
      version,
      declared?.standsIn?.keys,
      location.file,
    ];
    const field = { pnpm: { overrides: { express: '4.17.1' } } };
    assert.deepEqual(told(of(field)), ['4.17.1', 'pnpm.overrides.express', 'package.json']);
    const workspace = { 'pnpm-workspace.yaml': 'overrides:\n  express: 4.18.0\n' };
    assert.deepEqual(told(of(field, workspace)), ['4.18.0', 'overrides.express', 'pnpm-workspace.yaml']);
    const byCatalog = {
      'pnpm-workspace.yaml': "overrides:\n  express: 'catalog:'\ncatalog:\n  express: 4.19.0\n",
    };
    assert.deepEqual(told(of({}, byCatalog)), ['4.19.0', 'catalog.express', 'pnpm-workspace.yaml']);
    for (const overrides of [
      { 'a>express': '4.17.1' },
      { 'express@4': '4.17.1' },
      { express: '-' },
      { express: '$express' },
    ])
      assert.equal(of({ pnpm: { overrides } }).declared?.standsIn, null);
    // npm reads none of it.
    const npm = {
      declared: '^5.3.0',
      text: JSON.stringify({ dependencies: { express: '^5.3.0' }, ...field }),
    };
    assert.equal(factsOf(npm).version, newest5);
  });

  it('has nothing to say of a package of the workspace that is called express, or of another package under that name', () => {
    for (const [declared, files] of [
      ['workspace:^', {}],
      ['workspace:*', {}],
      ['catalog:', { 'pnpm-workspace.yaml': 'catalog:\n  express: npm:ultimate-express@^1\n' }],
    ] as const) {
      const { facts, checks } = readExpressFacts(sketchSnapshot([{ declared, files }]), today, []);
      assert.deepEqual([facts.length, checks.map(({ state }) => state)], [0, ['skipped']]);
    }
  });

  it('names the command of the package manager at hand', () => {
    const how = (sketch: ProjectSketch) => factsOf({ declared: '~5.2.0', ...sketch }).upgrade?.how;
    assert.equal(how({}), `Run \`npm install express@${newest5}\``);
    assert.equal(how({ lockfileFile: 'yarn.lock' }), `Run \`yarn add "express@~${newest5}"\``);
    assert.equal(how({ lockfileFile: 'web/pnpm-lock.yaml' }), `Run \`pnpm add "express@~${newest5}"\``);
    assert.equal(how({ lockfileFile: 'bun.lock' }), `Run \`bun add "express@~${newest5}"\``);
    const text = (name: string) => JSON.stringify({ dependencies: { [name]: 'npm:express@~5.2.0' } });
    assert.equal(how({ text: text('web') }), `Run \`npm install web@npm:express@${newest5}\``);
    assert.equal(how({ text: text('$(reboot) `') }), `Move to Express ${newest5}`);
  });

  it('unites embedded and audited advisories by id, each once', () => {
    const snapshot = sketchSnapshot([{ declared: '^4.17.1', resolved: '4.17.1' }]);
    const project = snapshot.projects[0]!;
    const { facts } = readExpressFacts(snapshot, today, [
      audited(project, {
        id: 'GHSA-rv95-896h-c2vc',
        title: 'From the registry',
        severity: 'high',
        cvss: 6.1,
      }),
      audited(project, { id: 'GHSA-2222-2222-2222', vulnerable: `<${newest4}` }),
      audited(project, { id: 'GHSA-3333-3333-3333', vulnerable: '>=5.0.0 <5.1.0' }, { ownExpress: false }),
      audited(project, { id: 'GHSA-4444-4444-4444', package: 'qs' }),
    ]);
    const found = facts[0]!.advisories;
    assert.deepEqual(
      found.map(({ advisory, detail }) => [advisory.id, advisory.severity, detail.sources, detail.patched]),
      [
        ['GHSA-2222-2222-2222', 'moderate', ['npm'], newest4],
        ['GHSA-qw6h-vgh9-j6wx', 'low', ['embedded'], '4.20.0'],
        ['GHSA-rv95-896h-c2vc', 'high', ['embedded', 'npm'], '4.19.2'],
      ],
    );
    assert.equal(found[2]!.detail.cve, 'CVE-2024-29041');
    assert.equal(found[2]!.detail.cvss, 6.1);
    assert.equal(found[2]!.advisory.title, 'From the registry');
    for (const { detail } of found) {
      assert.deepEqual(detail.action, { package: 'express', version: newest4, major: false });
    }
  });

  it('does not propose a release that the audit knows to be vulnerable', () => {
    const snapshot = sketchSnapshot([{ declared: '^4.22.0', resolved: '4.22.2' }]);
    const { facts } = readExpressFacts(snapshot, today, [
      audited(snapshot.projects[0]!, { id: 'GHSA-2222-2222-2222', vulnerable: `>=4.0.0 <=${newest4}` }),
    ]);
    assert.equal(facts[0]!.upgrade?.version, newest5);
    assert.equal(facts[0]!.upgrade?.major, true);
    const newer = sketchSnapshot([{ declared: '^5.4.0', resolved: '5.4.0' }]);
    const action = { package: 'express', version: '5.4.1', major: false };
    const { facts: told } = readExpressFacts(newer, today, [
      audited(newer.projects[0]!, { id: 'GHSA-2222-2222-2222', vulnerable: '<5.4.1' }, { action }),
    ]);
    assert.equal(told[0]!.upgrade, null);
    assert.deepEqual(
      told[0]!.advisories.map(({ detail }) => detail.action),
      [action],
    );
  });

  it('keeps what the audit found where its range cannot be read, and leaves withdrawn records out', () => {
    const snapshot = sketchSnapshot([{ resolved: '5.1.0' }]);
    const { facts } = readExpressFacts(snapshot, today, [
      audited(snapshot.projects[0]!, { id: 'GHSA-2222-2222-2222', vulnerable: 'all of them' }),
    ]);
    assert.deepEqual(
      facts[0]!.advisories.map(({ advisory }) => advisory.id),
      ['GHSA-2222-2222-2222'],
    );
    // GHSA-pj86-cfqh-vqx6 (<5.2.0) was withdrawn.
    assert.deepEqual(factsOf({ resolved: '5.1.0' }).advisories, []);
  });

  it('keeps the advisories of projects apart', () => {
    const snapshot = sketchSnapshot([
      { directory: 'a', resolved: newest5 },
      { directory: 'b', resolved: newest5 },
    ]);
    const { facts } = readExpressFacts(snapshot, today, [
      audited(snapshot.projects[1]!, { id: 'GHSA-2222-2222-2222', vulnerable: '*' }),
    ]);
    assert.deepEqual(
      facts.map(({ advisories }) => advisories.length),
      [0, 1],
    );
  });
});

describe('the check express-version', () => {
  it('says how old the embedded facts are once they are over sixty days', () => {
    const snapshot = sketchSnapshot([{ declared: '^5.0.0', resolved: newest5 }]);
    const inDays = (days: number) => {
      const day = new Date(Date.parse(expressFactsRetrieved) + days * 86_400_000).toISOString().slice(0, 10);
      return readExpressFacts(snapshot, day, []).checks[0]!;
    };
    for (const days of [-30, 0, 60]) assert.equal('oldFacts' in inDays(days), false);
    assert.equal(
      inDays(61).oldFacts,
      `The embedded facts about Express are 61 days old (of ${expressFactsRetrieved}): a newer version of express-gate may know more.`,
    );
    assert.equal(inDays(61).state, 'ok');
    const none = {
      ...snapshot,
      projects: snapshot.projects.map((project) => ({ ...project, express: null })),
    };
    assert.ok(!('oldFacts' in readExpressFacts(none, '2036-01-01', []).checks[0]!));
  });

  it('is skipped once, for the root, where no project uses Express', () => {
    const snapshot = sketchSnapshot([{ directory: 'a' }, { directory: 'b' }]);
    const projects = snapshot.projects.map((project) => ({ ...project, express: null }));
    const { facts, checks } = readExpressFacts({ ...snapshot, projects }, today, []);
    assert.deepEqual(facts, []);
    assert.deepEqual(
      checks.map(({ state, project }) => [state, project]),
      [['skipped', '.']],
    );
    assert.match(checks[0]!.detail, /No project here uses Express/);
  });

  const states: readonly (readonly [string, ProjectSketch, string, RegExp])[] = [
    [
      'a version from the lockfile',
      { resolved: newest5 },
      'ok',
      new RegExp(`^Express ${newest5} by package-lock\\.json, declared as "\\^5\\.3\\.0"\\.$`),
    ],
    [
      'a range without a lockfile',
      { declared: '^4' },
      'ok',
      new RegExp(`no lockfile.*"\\^4" was judged.*${newest4}`),
    ],
    ['a tag without a lockfile', { declared: 'latest' }, 'degraded', /"latest", is not known/],
    ['a framework without a lockfile', { through: 'sails' }, 'degraded', /through sails, is not known/],
    ['a lockfile without Express', { resolved: null }, 'degraded', /holds no Express/],
    [
      'a lockfile without a peer dependency',
      { resolved: null, field: 'peerDependencies' },
      'ok',
      /a peer dependency here/,
    ],
    [
      'a broken lockfile',
      { lockfileFile: 'package-lock.json' },
      'degraded',
      /package-lock\.json cannot be read.*"\^5\.3\.0" was judged/,
    ],
    [
      'a lockfile of another kind',
      { lockfileFile: 'a/bun.lockb' },
      'degraded',
      /a\/bun\.lockb is of a kind that this version/,
    ],
    [
      'a broken lockfile and no range',
      { declared: 'expressjs/express', lockfileFile: 'npm-shrinkwrap.json' },
      'failed',
      /cannot be read.*is not known/,
    ],
    [
      'a version that is none',
      { resolved: 'git+ssh://git@example.com/express.git' },
      'degraded',
      /gives no version number/,
    ],
    [
      'a line that is not known yet',
      { declared: '^6.0.0', resolved: '6.1.0' },
      'degraded',
      /update express-gate/,
    ],
    ['a release that is not known yet', { declared: '^5.9.0', resolved: '5.9.0' }, 'ok', /5\.9\.0/],
  ];
  for (const [what, sketch, state, detail] of states) {
    it(`is ${state} for ${what}`, () => {
      const check = checkOf(sketch);
      assert.equal(check.state, state);
      assert.match(check.detail, detail);
    });
  }

  it('names an unreadable lockfile as its cause', () => {
    assert.equal(checkOf({ lockfileFile: 'package-lock.json' }).cause, 'unreadable');
    assert.equal(checkOf({ resolved: newest5 }).cause, undefined);
  });
});
