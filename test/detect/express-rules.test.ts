/** The Express rules: what each reports and leaves to the others, so that one cause is told once. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { dependencyFields } from '../../src/model/project.ts';
import {
  audited,
  judge,
  newest4,
  newest5,
  onlyFinding,
  type ProjectSketch,
  reportedRules,
  sketchSnapshot,
} from './express-snapshot.ts';
import { rangeText } from './range-arbitraries.ts';

/** Before 4.x is near its end. */
const early = { day: '2026-01-15' };

describe('the Express rules together', () => {
  const cases: readonly (readonly [string, ProjectSketch, readonly string[]])[] = [
    ['the newest release of a maintained line', { resolved: newest5 }, []],
    ['a range above every advisory, unlocked', { declared: `^${newest5}` }, ['lockfile-missing']],
    ['a line near its end', { resolved: newest4 }, ['express-ending']],
    ['an older release without advisories', { resolved: '5.2.1' }, ['express-outdated']],
    ['an older release with advisories', { resolved: '5.0.0-beta.3' }, ['express-vulnerable']],
    ['4.17.1', { resolved: '4.17.1' }, ['express-ending', 'express-vulnerable']],
    ['an ended line', { resolved: '3.21.2' }, ['express-unsupported', 'express-vulnerable']],
    ['2.x', { resolved: '2.5.11' }, ['express-unsupported', 'express-vulnerable']],
    ['an ended line, unlocked', { declared: '^3.0.0' }, ['express-unsupported', 'lockfile-missing']],
    [
      'one of two ended lines, unlocked',
      { declared: '2.x || 3.x' },
      ['express-unsupported', 'lockfile-missing'],
    ],
    [
      'a vulnerable range, unlocked',
      { declared: '^4.17.1' },
      ['express-ending', 'express-range-vulnerable', 'lockfile-missing'],
    ],
    [
      'a range of an ended and a maintained line, unlocked',
      { declared: '^3 || ^5' },
      ['express-range-vulnerable', 'lockfile-missing'],
    ],
    ['a range that stays behind, unlocked', { declared: '~5.2.0' }, ['express-outdated', 'lockfile-missing']],
    ['a vulnerable range, locked', { declared: '^4.17.1', resolved: newest4 }, ['express-ending']],
    ['any version, locked', { declared: '*', resolved: newest5 }, ['express-unpinned']],
    ['any version, unlocked', { declared: 'x' }, ['express-unpinned', 'lockfile-missing']],
    ['a lower bound alone, locked', { declared: '>=4.20.0', resolved: newest5 }, []],
    ['latest', { declared: 'latest', resolved: newest5 }, ['express-unpinned']],
    ['a git repository', { declared: 'expressjs/express#5.x', resolved: '5.1.0' }, ['express-unpinned']],
    ['a workspace', { declared: 'workspace:*', resolved: '5.1.0' }, []],
    ['a catalog', { declared: 'catalog:', resolved: newest5 }, []],
    ['a line that is not known', { declared: '^6.0.0', resolved: '6.0.0' }, []],
    ['a framework', { through: '@nestjs/platform-express', resolved: '5.2.1' }, ['express-outdated']],
    ['a framework, unlocked', { through: '@nestjs/platform-express' }, ['lockfile-missing']],
    ['a lockfile of another kind', { declared: `^${newest5}`, lockfileFile: 'yarn.lock' }, []],
    [
      'a lockfile without Express',
      { declared: '~4.17.1', resolved: null },
      ['express-ending', 'express-range-vulnerable'],
    ],
  ];
  for (const [what, sketch, expected] of cases) {
    it(`report for ${what}: ${expected.join(', ') || 'nothing'}`, () => {
      assert.deepEqual(reportedRules(sketch), expected);
    });
  }

  it('tell a development dependency from what production runs', () => {
    const field = 'devDependencies';
    const old = judge([{ field, resolved: '3.21.2' }]).findings;
    assert.deepEqual(
      [...new Set(old.map(({ ruleId }) => ruleId))],
      ['express-unsupported', 'express-vulnerable'],
    );
    assert.equal(old.find(({ ruleId }) => ruleId === 'express-unsupported')!.severity, 'low');
    assert.ok(old.filter(({ advisory }) => advisory !== undefined).every(({ advisory }) => advisory!.dev));
    assert.equal(
      onlyFinding(judge([{ field, declared: '^4.17.1' }]), 'express-range-vulnerable').severity,
      'low',
    );
    for (const sketch of [{ resolved: newest4 }, { resolved: '5.2.1' }, { declared: '*' }, {}]) {
      assert.deepEqual(reportedRules({ field, ...sketch }), []);
    }
  });

  it('leave the range of a peer dependency to the library', () => {
    const field = 'peerDependencies';
    for (const declared of ['*', '^4 || ^5', '>=4.0.0', '4.17.1']) {
      assert.deepEqual(reportedRules({ field, declared }), []);
    }
    assert.equal(onlyFinding(judge([{ field, declared: '^3' }]), 'express-unsupported').severity, 'low');
  });

  it('ask once for the lockfile of a workspace', () => {
    const workspaceRoot = '.';
    const { findings } = judge([
      { directory: 'packages/tools', workspaceRoot, field: 'devDependencies' },
      { directory: 'packages/a', workspaceRoot },
      { directory: 'packages/b', workspaceRoot },
      { directory: 'other' },
    ]);
    const missing = findings.filter(({ ruleId }) => ruleId === 'lockfile-missing');
    assert.deepEqual(
      missing.map(({ project }) => project),
      ['packages/a', 'other'],
    );
    assert.match(missing[0]!.message, /its workspace root \(\.\)/);
  });

  it('name the lockfile and the install of the package manager that package.json tells of', () => {
    const helpFor = (packageManager: string) =>
      onlyFinding(
        judge([{ text: JSON.stringify({ packageManager, dependencies: { express: '^5.3.0' } }) }]),
        'lockfile-missing',
      ).help!;
    assert.match(helpFor('npm@11.0.0'), /^Run `npm install`, commit package-lock\.json .*`npm ci`/);
    assert.match(
      helpFor('yarn@1.22.22'),
      /^Run `yarn install`, commit yarn\.lock .*`yarn install --frozen-lockfile`/,
    );
    assert.match(
      helpFor('yarn@4.5.0'),
      /^Run `yarn install`, commit yarn\.lock .*`yarn install --immutable`/,
    );
    assert.match(helpFor('pnpm@10.1.0'), /^Run `pnpm install`, commit pnpm-lock\.yaml .*--frozen-lockfile`/);
    assert.match(helpFor('bun@1.2.0'), /^Run `bun install`, commit bun\.lock .*--frozen-lockfile`/);
  });

  it('never throw, whatever is declared, locked or written, and place every finding in the manifest', () => {
    const text = fc.oneof(
      fc.string(),
      fc.string({ unit: 'binary' }),
      rangeText,
      fc.constantFrom('__proto__', 'npm:', 'npm:@', '||', 'workspace:', '\n', '$&'),
    );
    fc.assert(
      fc.property(
        text,
        fc.option(text, { nil: undefined }),
        fc.option(fc.constantFrom('yarn.lock', 'package-lock.json', ''), { nil: undefined }),
        fc.constantFrom(...dependencyFields),
        fc.option(text, { nil: undefined }),
        fc.date({ min: new Date('2000-01-01'), max: new Date('2100-01-01'), noInvalidDate: true }),
        (declared, resolved, lockfileFile, field, vulnerable, date) => {
          const day = date.toISOString().slice(0, 10);
          const sketch = { declared, field, resolved, lockfileFile };
          const project = sketchSnapshot([sketch]).projects[0]!;
          const advisories =
            vulnerable === undefined ? [] : [audited(project, { id: vulnerable, vulnerable })];
          const judged = judge([sketch], { day, advisories });
          assert.equal(judged.checks.length, 1);
          for (const { location, message, subject, fix, ruleId } of judged.findings) {
            assert.equal(location.line, 4);
            assert.notEqual(message, '');
            assert.notEqual(subject, '');
            for (const edit of fix?.edits ?? []) assert.equal(typeof JSON.parse(edit.text), 'string', ruleId);
          }
          assert.deepEqual(judge([sketch], { day, advisories }), judged);
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('express-unsupported', () => {
  it('says which line ended when, and where to go', () => {
    const finding = onlyFinding(judge([{ declared: '^3.21.2', resolved: '3.21.2' }]), 'express-unsupported');
    assert.equal(
      finding.message,
      'Express 3.21.2 is on the release line 3.x (ended 2015-07), which gets no fixes any more.',
    );
    assert.ok(finding.help!.startsWith(`Run \`npm install express@${newest5}\`, the newest 5.x`));
    assert.equal(finding.severity, 'high');
  });

  it('judges every line that an unlocked range allows', () => {
    const finding = onlyFinding(judge([{ declared: '<4.0.0' }]), 'express-unsupported');
    assert.match(
      finding.message,
      /^Every version of Express that "<4\.0\.0" admits is on the release lines 0\.x .* 3\.x \(ended 2015-07\)/,
    );
    for (const declared of ['^3 || ^4', '>=3', '*']) {
      assert.ok(!reportedRules({ declared }).includes('express-unsupported'), declared);
    }
  });

  it('never says it of 4.x before the project does', () => {
    for (const day of ['2026-10-02', '2030-01-01']) {
      assert.deepEqual(reportedRules({ resolved: newest4 }, { day }), ['express-ending']);
    }
  });
});

describe('express-vulnerable', () => {
  it('reports each advisory once, with the one update that ends them all', () => {
    const found = judge([{ declared: '^4.17.1', resolved: '4.17.1' }], early).findings;
    assert.deepEqual(
      found.map(({ ruleId, subject, severity }) => [ruleId, subject, severity]),
      [
        ['express-vulnerable', 'express GHSA-qw6h-vgh9-j6wx', 'low'],
        ['express-vulnerable', 'express GHSA-rv95-896h-c2vc', 'moderate'],
      ],
    );
    assert.equal(
      found[1]!.message,
      'Express 4.17.1 is vulnerable: Malformed URLs bypass redirect allow lists (GHSA-rv95-896h-c2vc, CVE-2024-29041). It is fixed in 4.19.2.',
    );
    for (const { help, advisory } of found) {
      assert.equal(
        help,
        `Run \`npm install express@${newest4}\`: it is the newest 4.x, without any of the 2 advisories known for 4.17.1.`,
      );
      assert.deepEqual(advisory!.paths, [['express']]);
      assert.deepEqual(advisory!.sources, ['embedded']);
    }
  });

  it('knows the bounds of the ranges, prereleases too', () => {
    const ids = (resolved: string) =>
      judge([{ resolved }], early).findings.flatMap(({ advisory }) => advisory?.id ?? []);
    assert.deepEqual(ids('4.19.1'), ['GHSA-qw6h-vgh9-j6wx', 'GHSA-rv95-896h-c2vc']);
    assert.deepEqual(ids('4.19.2'), ['GHSA-qw6h-vgh9-j6wx']);
    assert.deepEqual(ids('4.20.0'), []);
    assert.deepEqual(ids('5.0.0-beta.1'), ['GHSA-qw6h-vgh9-j6wx', 'GHSA-rv95-896h-c2vc']);
    assert.deepEqual(ids('5.0.0-beta.3'), ['GHSA-qw6h-vgh9-j6wx']);
    assert.deepEqual(ids('5.0.0'), []);
    assert.ok(ids('3.21.2').includes('GHSA-cm5g-3pgc-8rg4'));
  });

  it('says through which framework it comes', () => {
    const { message, advisory } = judge([{ through: 'sails', resolved: '4.19.2' }], early).findings[0]!;
    assert.match(message, /^Express 4\.19\.2 \(through sails\) is vulnerable/);
    assert.deepEqual(advisory!.paths, [['sails', 'express']]);
    assert.equal(advisory!.direct, false);
  });

  it('trusts the version number of a copy from elsewhere less', () => {
    const confidence = (declared: string) =>
      judge([{ declared, resolved: '4.17.1' }], early).findings.find(({ advisory }) => advisory)!.confidence;
    assert.equal(confidence('^4.17.1'), 'high');
    assert.equal(confidence('expressjs/express#4.17.1'), 'medium');
  });

  it('leaves the question open where only an unreadable lockfile has the answer', () => {
    const open = judge([{ declared: '^4.17.1', lockfileFile: 'package-lock.json' }], early);
    assert.deepEqual(open.findings, []);
    assert.deepEqual(
      open.undecided.map(({ ruleId }) => ruleId),
      ['express-vulnerable'],
    );
    for (const declared of ['^4.20.0', '4.17.1', 'latest']) {
      assert.deepEqual(judge([{ declared, lockfileFile: 'yarn.lock' }]).undecided, [], declared);
    }
  });
});

describe('express-range-vulnerable', () => {
  it('names the smallest range that will do, and edits the manifest so', () => {
    const finding = onlyFinding(judge([{ declared: '^4.17.1' }]), 'express-range-vulnerable');
    assert.equal(
      finding.message,
      '"^4.17.1" admits versions of Express with known advisories (4.17.1 to 4.19.2), and no lockfile keeps them out.',
    );
    assert.match(finding.help!, /^Write "\^4\.20\.0" instead/);
    const [edit] = finding.fix!.edits;
    assert.equal(edit!.text, '"^4.20.0"');
    const text = sketchSnapshot([{ declared: '^4.17.1' }]).files.get('package.json')!.text;
    const lines = text.split('\n');
    const line = lines[edit!.start.line - 1]!;
    lines[edit!.start.line - 1] =
      line.slice(0, edit!.start.column - 1) + edit!.text + line.slice(edit!.end.column - 1);
    assert.deepEqual(JSON.parse(lines.join('\n')).dependencies, { express: '^4.20.0' });
    assert.deepEqual(reportedRules({ declared: '^4.20.0', text: lines.join('\n') }, early), [
      'lockfile-missing',
    ]);
  });

  it('says so where the range can give nothing else', () => {
    const finding = onlyFinding(judge([{ declared: '4.17.1' }]), 'express-range-vulnerable');
    assert.equal(
      finding.message,
      '"4.17.1" can only give a version of Express with known advisories (4.17.1).',
    );
    assert.equal(finding.fix!.edits[0]!.text, `"${newest4}"`);
  });

  it('changes nothing beside a lockfile that it cannot read', () => {
    const finding = onlyFinding(
      judge([{ declared: '4.17.1', lockfileFile: 'yarn.lock' }]),
      'express-range-vulnerable',
    );
    assert.equal(finding.fix, undefined);
    assert.ok(finding.help!.includes(`"${newest4}"`));
  });
});

describe('express-ending', () => {
  const finding = (day: string) => onlyFinding(judge([{ resolved: newest4 }], { day }), 'express-ending');

  it('counts the days until the announced earliest end, and says when it has passed', () => {
    assert.match(
      finding('2026-07-03').message,
      /The earliest end that was announced for it, 2026-10-01, is 90 days away\.$/,
    );
    assert.match(finding('2026-09-30').message, /is tomorrow\.$/);
    assert.match(finding('2026-10-01').message, /is today\.$/);
    assert.match(finding('2026-11-24').message, /has passed; the Express project has not ended it so far\.$/);
    assert.ok(
      finding('2026-11-24').help!.startsWith(`Plan the move to Express 5.x (${newest5} is the newest)`),
    );
    assert.deepEqual(reportedRules({ resolved: newest4 }, { day: '2026-07-02' }), []);
  });

  it('does not speak of a line that is not in maintenance', () => {
    assert.deepEqual(reportedRules({ resolved: newest5 }, { day: '2027-03-31' }), []);
  });

  it('does not speak of an unlocked range that admits a later line', () => {
    assert.ok(!reportedRules({ declared: `^${newest4} || ^5` }).includes('express-ending'));
    assert.ok(reportedRules({ declared: `^3 || ^${newest4}` }).includes('express-ending'));
  });
});

describe('express-outdated', () => {
  it('names the newest release of the line', () => {
    const { message, help } = onlyFinding(judge([{ resolved: '4.21.2' }], early), 'express-outdated');
    assert.equal(
      message,
      `Express 4.21.2 is behind ${newest4}, the newest 4.x, and only the newest release of a line gets fixes.`,
    );
    assert.equal(help, `Run \`npm install express@${newest4}\`.`);
  });

  it('keeps silent where the audit knows an advisory for the same version', () => {
    const sketch = { resolved: '5.2.1' };
    const advisories = [
      audited(sketchSnapshot([sketch]).projects[0]!, {
        id: 'GHSA-2222-2222-2222',
        vulnerable: `<${newest5}`,
      }),
    ];
    assert.deepEqual(
      judge([sketch], { advisories }).findings.map(({ ruleId }) => ruleId),
      ['express-vulnerable'],
    );
  });
});

describe('express-unpinned', () => {
  it('keeps what npm has locked, and edits only where that is certain', () => {
    const locked = onlyFinding(judge([{ declared: '*', resolved: '5.2.1' }]), 'express-unpinned');
    assert.match(
      locked.message,
      /^"\*" admits every release of Express.* The lockfile installs 5\.2\.1 for now\.$/,
    );
    assert.equal(locked.fix!.edits[0]!.text, '"^5.2.1"');
    for (const sketch of [
      { declared: '*' },
      { declared: 'next' },
      { declared: '*', resolved: '5.2.1', manager: 'yarn' as const },
      { declared: 'expressjs/express', resolved: '5.2.1' },
    ]) {
      assert.equal(onlyFinding(judge([sketch]), 'express-unpinned').fix, undefined);
    }
  });

  it('says what is wrong with each kind of declaration', () => {
    for (const [declared, expected] of [
      ['latest', /^"latest" is a tag, which its owner moves/],
      ['git+https://example.com/express.git', /^Express comes from a git repository, "git\+https/],
      ['https://example.com/express.tgz', /^Express comes from an address, "https/],
      ['file:../express', /^Express comes from a path, "file:\.\.\/express"/],
      ['four $& seventeen', /^"four \$& seventeen" is neither a version range nor a tag/],
    ] as const) {
      const finding = onlyFinding(judge([{ declared }]), 'express-unpinned');
      assert.match(finding.message, expected);
      assert.ok(finding.help!.includes(`"^${newest5}"`));
    }
  });

  it('leaves ranges with a lower end alone', () => {
    for (const declared of ['>=4.20.0', '5.x', '5', `^${newest5} || ^6`]) {
      assert.ok(!reportedRules({ declared }).includes('express-unpinned'), declared);
    }
  });
});
