/** What is told of the Node.js of a project: sentences, dates, severities, and where a thing is said only once. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { detect } from '../../../src/detect/detect.ts';
import type { Finding } from '../../../src/model/finding.ts';
import type { Project } from '../../../src/model/project.ts';
import type { Snapshot } from '../../../src/model/snapshot.ts';

function project(directory: string, manifest: object): { project: Project; text: string } {
  const declares = { name: 'shop', dependencies: { express: '^5.3.0' }, ...manifest };
  return {
    text: JSON.stringify(declares, null, 2),
    project: {
      directory,
      name: 'shop',
      manifestFile: directory === '.' ? 'package.json' : `${directory}/package.json`,
      manifest: declares,
      express: { declared: '^5.3.0', declaredIn: 'dependencies', resolved: null, through: null },
      lockfile: null,
      lockfileFile: null,
      workspaceRoot: '.',
    },
  };
}

function look(
  files: Readonly<Record<string, string>>,
  today = '2026-11-24',
  manifests: Readonly<Record<string, object>> = { '.': {} },
): { findings: Finding[]; reasons: string[] } {
  const projects = Object.entries(manifests).map(([directory, manifest]) => project(directory, manifest));
  const all = {
    ...files,
    ...Object.fromEntries(projects.map(({ project: { manifestFile }, text }) => [manifestFile, text])),
  };
  const snapshot: Snapshot = {
    revision: null,
    files: new Map(Object.entries(all).map(([path, text]) => [path, { path, text }])),
    projects: projects.map((each) => each.project),
    audits: [],
    checks: [],
  };
  const { findings, undecided } = detect(snapshot, { environment: new Map(), today });
  return {
    findings: findings.filter(({ ruleId }) => ruleId === 'node-unsupported'),
    reasons: undecided.filter(({ ruleId }) => ruleId === 'node-unsupported').map(({ reason }) => reason),
  };
}

describe('node-unsupported', () => {
  it('says what, where from, since when, and what to use', () => {
    const { findings } = look({ Dockerfile: 'FROM node:16-alpine\nCMD ["node", "app.js"]\n' });
    assert.equal(findings.length, 1);
    const [{ message, help, severity, location }] = findings as [Finding];
    assert.equal(severity, 'moderate');
    assert.equal(
      message,
      'The image "node:16-alpine", on which Dockerfile has production run, brings Node.js 16, which ended on 2023-09-11 and gets no fixes any more.',
    );
    assert.match(help, /Node\.js 22 \(until 2027-04-30\), Node\.js 24 \(until 2028-04-30\), Node\.js 26/);
    assert.deepEqual(location, { file: 'Dockerfile', line: 1, column: 6, endLine: 1, endColumn: 20 });
  });

  it('hangs on the day', () => {
    const files = { '.nvmrc': '22\n' };
    assert.deepEqual(look(files, '2027-02-28').findings, []);
    const [ending] = look(files, '2027-04-29').findings as [Finding];
    assert.equal(ending.severity, 'low');
    assert.match(ending.message, /Node\.js 22, which ends tomorrow, on 2027-04-30/);
    const [ended] = look(files, '2027-05-01').findings as [Finding];
    assert.equal(ended.severity, 'moderate');
    assert.notEqual(ended.fingerprint, ending.fingerprint);
  });

  it('is milder on tools where production is known to keep up', () => {
    const pin = { '.nvmrc': '18\n' };
    assert.deepEqual(
      look(pin).findings.map(({ severity }) => severity),
      ['moderate'],
    );
    const kept = { ...pin, Dockerfile: 'FROM node:24\nCMD ["node", "app.js"]\n' };
    assert.deepEqual(
      look(kept).findings.map(({ severity }) => severity),
      ['low'],
    );
  });

  it('tells a workflow once, and mildly beside one that keeps up', () => {
    const workflow = (version: string): string =>
      `jobs:\n  a:\n    steps:\n      - uses: actions/setup-node@v4\n        with: { node-version: ${version} }\n      - uses: actions/setup-node@v4\n        with: { node-version: 14 }\n`;
    const old = { '.github/workflows/a.yml': workflow('16.x') };
    const [finding, ...others] = look(old).findings as [Finding];
    assert.deepEqual(others, []);
    assert.match(
      finding.message,
      /a\.yml \("16\.x", "14"\) has all its jobs run on Node\.js 14 and 16, which get/,
    );
    assert.equal(finding.related.length, 1);
    const beside = { ...old, '.github/workflows/b.yml': workflow('24') };
    assert.deepEqual(
      look(beside).findings.map(({ severity }) => severity),
      ['low'],
    );
  });

  it('says of what several projects share only once', () => {
    const { findings } = look({ '.nvmrc': '16\n' }, '2026-11-24', { api: {}, web: {} });
    assert.equal(findings.length, 1);
    assert.equal(findings[0]?.location.file, '.nvmrc');
  });

  it('reads the images of GitLab CI and CircleCI', () => {
    const gitlab = look({ '.gitlab-ci.yml': 'image: node:16\ntest:\n  script: npm test\n' });
    assert.equal(gitlab.findings[0]?.location.line, 1);
    const circle = look({
      '.circleci/config.yml':
        'jobs:\n  test:\n    docker:\n      - image: cimg/node:16.20\n      - image: mongo:4\n',
    });
    assert.equal(circle.findings[0]?.location.line, 4);
  });

  it('names what it hangs on', () => {
    const matrix = `jobs:\n  a:\n    strategy:\n      matrix:\n        node: \${{ fromJSON(inputs.versions) }}\n    steps:\n      - uses: actions/setup-node@v4\n        with: { node-version: "\${{ matrix.node }}" }\n`;
    assert.deepEqual(look({ '.github/workflows/a.yml': matrix }).reasons, [
      `depends on "\${{ fromJSON(inputs.versions) }}"`,
    ]);
    assert.deepEqual(
      look({
        'compose.yaml': `services:\n  shop:\n    image: node:\${NODE:-16}\n    volumes: [".:/app"]\n    environment: { NODE_ENV: production }\n`,
      }).reasons,
      [`depends on what is put in place of the variables in "node:\${NODE:-16}" (without it: "node:16")`],
    );
  });

  it('survives hostile files', () => {
    const deep = '['.repeat(5000);
    const { findings } = look(
      {
        'mise.toml': `[tools]\n__proto__ = "1"\nnode = ${deep}\n`,
        '.github/workflows/a.yml': `jobs:\n  __proto__:\n    steps: &a [*a]\n    container: ${deep}\n`,
        '.nvmrc': `${' '.repeat(100000)}16${'x'.repeat(100000)}`,
        '.tool-versions': 'nodejs\n'.repeat(10000),
        Dockerfile: `FROM ${'$'.repeat(50000)}node\nCMD node app.js\n`,
      },
      '2026-11-24',
      { '.': { engines: { node: '|| '.repeat(10000) }, volta: { extends: './package.json' } } },
    );
    assert.deepEqual(findings, []);
  });
});
