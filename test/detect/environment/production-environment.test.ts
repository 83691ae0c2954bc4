/** Holds the choice of the files that set production's environment to repositories of many shapes. */
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are texts of shells, not of templates
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { EnvironmentFiles } from '../../../src/detect/environment/production-environment.ts';
import { compareText } from '../../../src/model/location.ts';
import type { Manifest, Project } from '../../../src/model/project.ts';
import type { SnapshotFile } from '../../../src/model/snapshot.ts';

/** What production sets for the project in `directory`: `NAME=value (file:line)`, with `?` for what is not known and `~` before a default. */
function environment(files: Record<string, string>, directory = '.'): string[] {
  const all = new Map<string, SnapshotFile>(
    Object.entries(files)
      .sort(([a], [b]) => compareText(a, b))
      .map(([path, text]) => [path, { path, text }]),
  );
  const projects = [...all.values()]
    .filter(({ path }) => path === 'package.json' || path.endsWith('/package.json'))
    .map(({ path, text }): Project => {
      const manifest = JSON.parse(text) as Manifest;
      const declared = manifest.dependencies?.express;
      const own = path === 'package.json' ? '.' : path.slice(0, -'/package.json'.length);
      return {
        directory: own,
        name: manifest.name ?? null,
        manifestFile: path,
        manifest,
        express:
          declared === undefined
            ? null
            : { declared, declaredIn: 'dependencies', resolved: null, through: null },
        lockfile: null,
        lockfileFile: null,
        workspaceRoot: own,
      };
    });
  const project = projects.find((one) => one.directory === directory)!;
  const { settings } = new EnvironmentFiles(all, projects, () => null).of(project);
  return [...settings]
    .flatMap(([name, list]) =>
      list.map(
        ({ value, fallback, location }) =>
          `${name}=${value ?? (fallback === null ? '?' : `?~${fallback}`)} (${location.file}:${location.line})`,
      ),
    )
    .sort();
}

const shop = '{ "name": "shop", "dependencies": { "express": "5" } }';
const withScripts = (scripts: Record<string, string>): string =>
  JSON.stringify({ name: 'shop', scripts, dependencies: { express: '5' } }, null, 2);
const dockerfile = (line: string): string => `FROM node:24\n${line}\nCMD ["node", "app.js"]\n`;

describe('the environment of production', () => {
  const cases: Record<string, readonly [Record<string, string>, readonly string[], string?]> = {
    'is not known where nothing says it': [{ 'package.json': shop, Dockerfile: dockerfile('') }, []],
    'is that of the image': [
      { 'package.json': shop, Dockerfile: dockerfile('ENV A=1 NODE_ENV=production') },
      ['A=1 (Dockerfile:2)'],
    ],
    'is that of the deployment over the image, of the command over both': [
      {
        'package.json': withScripts({ start: 'C=3 node app.js' }),
        Dockerfile: 'FROM node\nENV A=1 B=1 C=1\nCMD ["npm", "start"]\n',
        'fly.toml': '[env]\nB = "2"\nC = 2\n',
      },
      ['A=1 (Dockerfile:2)', 'B=2 (fly.toml:2)', 'C=3 (package.json:4)'],
    ],
    'leaves the scripts alone that the image does not start': [
      { 'package.json': withScripts({ start: 'A=1 node app.js' }), Dockerfile: dockerfile('ENV B=1') },
      ['B=1 (Dockerfile:2)'],
    ],
    'takes the scripts where what the image starts is not seen': [
      {
        'package.json': withScripts({ start: 'A=1 node app.js' }),
        Dockerfile: 'FROM node\nCMD ["./entrypoint.sh"]\n',
      },
      ['A=1 (package.json:4)'],
    ],
    'names both where two deployments disagree': [
      {
        'package.json': shop,
        'fly.toml': '[env]\nA = "1"\n',
        'vercel.json': '{ "env": {\n "A": "2",\n "B": "@secret" } }',
      },
      ['A=1 (fly.toml:2)', 'A=2 (vercel.json:2)', 'B=? (vercel.json:3)'],
    ],
    'is none of a file for development': [
      {
        'package.json': withScripts({
          dev: 'A=1 node app.js',
          start: 'A=2 nodemon app.js',
          'start:dev': 'A=3 node .',
        }),
        'Dockerfile.dev': dockerfile('ENV A=4'),
        'docker/dev/Dockerfile': dockerfile('ENV A=5'),
        '.devcontainer/Dockerfile': dockerfile('ENV A=6'),
        'docker-compose.override.yml': 'services: { web: { build: ., environment: { A: 7 } } }',
        'docker-compose.yml':
          'services:\n  web:\n    build: .\n    volumes: [".:/app"]\n    environment: { A: 8 }\n',
        '.env.development': 'A=9',
        '.env.example': 'A=10',
        'ecosystem.json': '{ "apps": [{ "env": { "NODE_ENV": "development", "A": "11" } }] }',
        'compose.staging.yaml': 'services: { web: { build: ., environment: { A: 12 } } }',
        Dockerfile:
          'FROM node AS base\nFROM base AS production\nENV B=1\nFROM base AS development\nENV A=13\n',
      },
      ['B=1 (Dockerfile:3)'],
    ],
    'is that of the target that is built': [
      {
        'package.json': shop,
        Dockerfile: 'FROM node AS api\nARG V=1\nENV A=$V\nFROM node AS worker\nENV A=2\n',
        'compose.yml':
          'services:\n  web:\n    build:\n      context: .\n      target: api\n      args:\n        V: 3\n',
      },
      ['A=3 (Dockerfile:3)'],
    ],
    'is none of other services': [
      {
        'package.json': shop,
        'docker-compose.yml':
          'services:\n  proxy:\n    build: ./nginx\n    environment: [A=1]\n  database:\n    image: postgres\n    environment: { A: 2 }\n  shop:\n    image: registry.example/org/shop:1\n    environment: [B=1]\n',
        'nginx/Dockerfile': 'FROM nginx\nENV A=3\n',
        'ml/Dockerfile': 'FROM python:3\nENV A=4\nCMD ["python", "app.py"]\n',
      },
      ['B=1 (docker-compose.yml:10)'],
    ],
    'is that of each project of a repository': [
      {
        'package.json': '{ "name": "all", "private": true }',
        'api/package.json': shop,
        'web/package.json': '{ "name": "web", "dependencies": { "express": "5" } }',
        'client/package.json': '{ "name": "client" }',
        'client/.env.production': 'A=1',
        'web/.env.production': 'A=2',
        'api/.env.production': 'B=1',
        Dockerfile: 'FROM node\nENV C=1\nWORKDIR /app/web\nCMD ["node", "app.js"]\n',
        Procfile: 'web: C=2 node web/app.js\napi: C=3 node api/app.js\n',
        'render.yaml':
          'services:\n  - type: web\n    name: x\n    rootDir: api\n    envVars:\n      - key: D\n        value: 1\n  - type: web\n    name: y\n    rootDir: web\n    envVars:\n      - { key: D, value: 2 }\n',
        'docker-compose.yml':
          'services:\n  a:\n    build: ./api\n    environment: { E: 1 }\n  b:\n    build: { context: ./web }\n    environment: { E: 2 }\n',
      },
      ['B=1 (api/.env.production:1)', 'D=1 (render.yaml:7)', 'E=1 (docker-compose.yml:4)'],
      'api',
    ],
    'is that of a file above the only application': [
      {
        'package.json': '{ "name": "all" }',
        'server/package.json': shop,
        'client/package.json': '{ "name": "client" }',
        Dockerfile: dockerfile('ENV A=1'),
        Procfile: 'web: B=1 node server/app.js\n',
        'client/Dockerfile': dockerfile('ENV A=2'),
        'k8s/app.yaml':
          'apiVersion: apps/v1\nkind: Deployment\nspec:\n  template:\n    spec:\n      containers:\n        - name: main\n          image: registry.example/x\n          env:\n            - name: C\n              value: "1"\n            - { name: D, valueFrom: { secretKeyRef: { name: s, key: d } } }\n        - name: cache\n          image: redis\n          env: [{ name: C, value: "2" }]\n',
      },
      ['A=1 (Dockerfile:2)', 'B=1 (Procfile:1)', 'C=1 (k8s/app.yaml:11)', 'D=? (k8s/app.yaml:12)'],
      'server',
    ],
    'fills in, where the files say what': [
      {
        'package.json': shop,
        '.env.production': "X=1\nA=${X}-\nB='${X}'\nC=${Y}\nD=${Y:-2}\n",
        'docker-compose.yml':
          'services:\n  shop:\n    build: .\n    environment:\n      E: ${E}\n      F: ${F:-3}\n      G: $$5\n      H:\n',
      },
      [
        'A=1- (.env.production:2)',
        'B=${X} (.env.production:3)',
        'C=? (.env.production:4)',
        'D=?~2 (.env.production:5)',
        'E=? (docker-compose.yml:5)',
        'F=?~3 (docker-compose.yml:6)',
        'G=$5 (docker-compose.yml:7)',
        'H=? (docker-compose.yml:8)',
        'X=1 (.env.production:1)',
      ],
    ],
    'is to be filled in where it is empty': [
      { 'package.json': shop, Dockerfile: dockerfile('ENV A=""') },
      ['A=?~ (Dockerfile:2)'],
    ],
    'does not believe tags of YAML': [
      {
        'package.json': shop,
        'serverless.yml':
          'provider:\n  environment:\n    A: !Ref Table\n    B: ${self:custom.b}\n    C: 1.50\n    D: { Ref: X }\nfunctions:\n  api: { handler: a.b }\n',
      },
      [
        'A=? (serverless.yml:3)',
        'B=? (serverless.yml:4)',
        'C=1.50 (serverless.yml:5)',
        'D=? (serverless.yml:6)',
      ],
    ],
  };
  for (const [name, [files, expected, directory]] of Object.entries(cases))
    it(name, () => assert.deepEqual(environment(files, directory), expected));

  it('ends on anything', { timeout: 60_000 }, () => {
    const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\n${[...'bcdefghij'].map((name, index) => `${name}: &${name} [${`*${'abcdefghij'[index]},`.repeat(9)}]`).join('\n')}\nservices: *j\n`;
    const hostile = [
      bomb,
      '{'.repeat(10_000),
      '[['.repeat(5_000),
      'a: '.repeat(5_000),
      '&a *a',
      'services: &s { web: *s }',
      '\0',
      '[env]\n'.repeat(5_000),
      '[env.'.repeat(10_000),
      '__proto__: { build: . }',
      'services: { __proto__: { build: ., environment: { __proto__: 1, A: 2 } } }',
      '{"env":{"__proto__":1},"apps":[{"env":null},null,1]}',
    ];
    for (const text of hostile)
      environment({
        'package.json': shop,
        'docker-compose.yml': text,
        'fly.toml': text,
        'render.yaml': text,
        'vercel.json': text,
        'app.json': text,
        'pm2.json': text,
        Dockerfile: text,
        Procfile: text,
        '.env.production': text,
        'serverless.yml': text,
        'app.yaml': text,
        'k8s/a.yaml': `apiVersion: v1\nkind: Pod\n${text}`,
      });
  });
});
