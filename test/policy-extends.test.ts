/** What a policy extends, end to end: dist/index.js and dist/cli.js read it from the base, the repository or GitHub, and judge by the stricter. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, describe, it, test } from 'node:test';
import { type ActionEnd, type ActionRun, jobToken, repository, runAction } from './action/action-run.ts';
import { type Files, makeCheckout, removeCheckouts } from './action/checkout.ts';
import { faultyShop, mendedShop } from './action/shops.ts';
import { cli, plainEnvironment } from './cli-process.ts';
import { addFiles, commitAll, makeTree, git as runGit } from './collect/file-tree.ts';
import { GitServer } from './stand-ins/git-server.ts';
import { actionsBot, GithubStandIn } from './stand-ins/github.ts';

after(removeCheckouts);

const organisation = 'acme/policies';
const extending = { '.github/express-gate.yml': 'extends: acme/policies:express/gate.yml@v1\n' };

interface World {
  /** The organisation's repository. */
  readonly policies: Files;
  readonly private?: boolean;
  /** Private repositories that the token may read. */
  readonly token?: readonly string[];
  readonly inputs?: ActionRun['inputs'];
  readonly prepare?: (github: GithubStandIn) => void;
}

interface Result extends ActionEnd {
  readonly checks: readonly { readonly name: string; readonly state: string; readonly detail: string }[];
  readonly requests: readonly string[];
  /** The commit of the organisation's repository. */
  readonly commit: string;
}

/** The organisation's repository, with a tag `v1`. */
async function makePolicies(files: Files): Promise<{ directory: string; commit: string }> {
  const { origin, base } = await makeCheckout({}, files);
  runGit(origin, 'tag', 'v1', base);
  return { directory: origin, commit: base };
}

async function act(files: Files, before: Files, world: World): Promise<Result> {
  const checkout = await makeCheckout(files, before, 1);
  const git = await new GitServer(null).start();
  git.add(repository, join(checkout.origin, '.git'));
  const github = await new GithubStandIn().start();
  const { directory, commit } = await makePolicies(world.policies);
  github.repositories.set(organisation, { directory, private: world.private ?? false });
  github.addToken(jobToken, {
    user: actionsBot,
    permissions: { contents: 'read' },
    repositories: world.token ?? [],
  });
  world.prepare?.(github);
  try {
    const end = await runAction({
      checkout,
      api: github.url,
      inputs: { audit: 'off', comment: 'never', 'report-file': 'report.json', ...world.inputs },
      environment: { GITHUB_SERVER_URL: git.url },
    });
    assert.deepEqual(github.problems, []);
    const report = JSON.parse(readFileSync(join(checkout.workspace, 'report.json'), 'utf8')) as Result;
    return { ...end, checks: report.checks, requests: github.operations(), commit };
  } finally {
    await git.stop();
    await github.stop();
  }
}

const waiveAll = [
  'session-cookie-not-secure',
  'session-secret-hardcoded',
  'session-memory-store',
  'helmet-missing',
].map((rule) => `  - {rule: ${rule}, reason: accepted, expires: 2100-01-01}\n`);

describe('the policy of an organisation', () => {
  it('is read at the commit of its ref, which the report keeps, and nothing in the repository is laxer', async () => {
    const own = {
      '.github/express-gate.yml': `${extending['.github/express-gate.yml']}fail-on: never\nrules: {session-secret-hardcoded: off}\nexclude: [app.js]\nwaivers:\n${waiveAll.join('')}`,
    };
    const result = await act(
      { ...faultyShop, ...own },
      { ...mendedShop, ...own },
      { policies: { 'express/gate.yml': 'fail-on: high\n' } },
    );
    assert.equal(result.code, 1, result.log);
    assert.deepEqual(result.requests, ['repos/get-commit', 'repos/get-content']);
    const check = result.checks.find(({ name }) => name === 'policy');
    assert.equal(
      check?.detail,
      `.github/express-gate.yml extends acme/policies:express/gate.yml@v1 (commit ${result.commit}).`,
    );
    assert.match(
      result.log,
      /does not count \(fail-on: never \(high is asked for\); rules: session-secret-hardcoded: off; exclude: app\.js; waivers: all 4 that it has\)/,
    );
    assert.ok(
      result.summary.includes(
        `which extends \`acme/policies:express/gate.yml@v1\` (commit \`${result.commit.slice(0, 7)}\`), blocks`,
      ),
      result.summary,
    );
  });

  it('leaves open what it lists', async () => {
    const own = {
      '.github/express-gate.yml': `${extending['.github/express-gate.yml']}waivers:\n${waiveAll.join('')}`,
    };
    const result = await act(
      { ...faultyShop, ...own },
      { ...mendedShop, ...own },
      { policies: { 'express/gate.yml': 'fail-on: high\noverridable: [waivers]\n' } },
    );
    assert.equal(result.code, 0, result.log);
  });

  it('that is private needs a token that may read it: without one it is exit 2, and says which permission', async () => {
    const world = { policies: { 'express/gate.yml': 'fail-on: never\n' }, private: true };
    const refused = await act({ ...mendedShop, ...extending }, { ...mendedShop, ...extending }, world);
    assert.equal(refused.code, 2);
    assert.match(
      refused.log,
      /GitHub does not show acme\/policies to this token \(404\).*`contents: read` on acme\/policies.*GITHUB_TOKEN reads only its own/,
    );
    assert.ok(
      refused.commands.some(({ properties }) => properties.get('file') === '.github/express-gate.yml'),
    );
    const anonymous = await act(
      { ...mendedShop, ...extending },
      { ...mendedShop, ...extending },
      {
        ...world,
        inputs: { 'github-token': '' },
      },
    );
    assert.equal(anonymous.code, 2);
    assert.match(anonymous.log, /to those without a token \(404\).*set github-token/);
    const read = await act(
      { ...faultyShop, ...extending },
      { ...mendedShop, ...extending },
      {
        ...world,
        token: [organisation],
      },
    );
    assert.equal(read.code, 0, read.log);
  });

  it('that is public needs no token', async () => {
    const result = await act(
      { ...faultyShop, ...extending },
      { ...mendedShop, ...extending },
      {
        policies: { 'express/gate.yml': 'fail-on: never\n' },
        inputs: { 'github-token': '' },
      },
    );
    assert.equal(result.code, 0, result.log);
  });

  it('that cannot be had for another reason is exit 2 too, and says why', async () => {
    const shop = { ...mendedShop, ...extending };
    const policies = { 'express/gate.yml': 'fail-on: never\n' };
    const cases: [World, Files, RegExp][] = [
      [{ policies: { 'other.yml': '' } }, shop, /there is no such file at v1 \([0-9a-f]{7}\)/],
      [
        { policies },
        { ...shop, '.github/express-gate.yml': 'extends: acme/policies:express/gate.yml@v9\n' },
        /acme\/policies has no branch, tag or commit `v9`/,
      ],
      [
        { policies: { 'express/gate.yml': 'fail-on: hihg\n' } },
        shop,
        /is not valid: acme\/policies:express\/gate\.yml@v1:1:10: `fail-on` must be/,
      ],
      [{ policies: { 'express/gate.yml': 'extends: ../up.yml\n' } }, shop, /lies outside of the repository/],
      [
        { policies: { 'express/gate.yml': 'extends: express/gate.yml\n' } },
        shop,
        /extend each other in a circle: \.github\/express-gate\.yml → acme\/policies:express\/gate\.yml@v1 → acme/,
      ],
      [
        {
          policies,
          prepare: (github) =>
            github.fail('repos/get-content', {
              status: 403,
              headers: { 'x-ratelimit-remaining': '0' },
            }),
        },
        shop,
        /the rate limit of the token is used up/,
      ],
    ];
    for (const [world, files, message] of cases) {
      const result = await act(files, files, world);
      assert.equal(result.code, 2, result.log);
      assert.match(result.log, message);
    }
  });

  it('is the base’s: a pull request that names another has it noted, and nothing is asked for', async () => {
    const own = { '.github/express-gate.yml': 'extends: acme/policies:lax.yml@v1\n' };
    const result = await act(
      { ...faultyShop, ...own },
      { ...mendedShop, '.github/express-gate.yml': 'fail-on: high\n' },
      { policies: { 'lax.yml': 'fail-on: never\n' } },
    );
    assert.equal(result.code, 1);
    assert.deepEqual(result.requests, []);
    assert.match(result.log, /changes the policy: .*extends: unset → acme\/policies:lax\.yml@v1/);
  });
});

describe('a policy of the same repository that is extended', () => {
  const own = { '.github/express-gate.yml': 'extends: policies/strict.yml\n' };

  it('is the base’s too, and what a pull request does to it is said', async () => {
    const result = await act(
      { ...faultyShop, ...own, 'policies/strict.yml': 'fail-on: never\n' },
      { ...mendedShop, ...own, 'policies/strict.yml': 'fail-on: low\n' },
      { policies: {} },
    );
    assert.equal(result.code, 1, result.log);
    assert.match(
      result.log,
      /changes policies\/strict\.yml, which the policy extends: fail-on: low → never; judged by the old one/,
    );
  });

  it('cannot be broken by a pull request', async () => {
    const result = await act(
      { ...mendedShop, ...own, 'policies/strict.yml': 'fail-on: lwo\n' },
      { ...mendedShop, ...own, 'policies/strict.yml': 'fail-on: low\n' },
      { policies: {} },
    );
    assert.equal(result.code, 2, result.log);
    assert.match(result.log, /This pull request makes the policy invalid/);
  });
});

/** Runs the command line while the stand-in, in this process, can answer. */
function runLive(
  directory: string,
  env: Readonly<Record<string, string>> = {},
): Promise<{ code: number | null; out: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [cli, directory, '--audit', 'off'], { env: plainEnvironment(env) });
    let out = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        out += text;
      });
    }
    child.on('error', reject).on('close', (code) => resolve({ code, out }));
  });
}

test('the command line reads files of the repository, and none outside of it', async (context) => {
  const root = makeTree(context, {
    'outside.yml': 'fail-on: never\n',
    'repository/strict.yml': 'fail-on: low\nextends: middle.yml\n',
    'repository/shop/middle.yml': 'rules: {x-powered-by-enabled: critical}\n',
    'repository/shop/package.json': mendedShop['package.json']!,
    'repository/shop/app.js': faultyShop['app.js']!,
    'repository/shop/.express-gate.yml': 'extends: ../strict.yml\nfail-on: never\n',
  });
  const repositoryRoot = join(root, 'repository');
  commitAll(repositoryRoot);
  const shop = join(repositoryRoot, 'shop');
  const { code, out } = await runLive(shop);
  assert.equal(code, 1, out);
  assert.match(
    out,
    /policy: \.express-gate\.yml, which extends \.\.\/strict\.yml, which extends middle\.yml/,
  );
  for (const way of ['../../outside.yml', '../.git/x.yml', '..']) {
    addFiles(repositoryRoot, { 'other/package.json': '{}', 'other/.express-gate.yml': `extends: ${way}\n` });
    const end = await runLive(join(repositoryRoot, 'other'));
    assert.equal(end.code, 2, end.out);
    assert.match(end.out, /lies outside of the repository|must name a file that ends in \.yml/);
  }
});

test('the command line reads an organisation’s policy with the token of the environment, or none', async (context) => {
  const { directory } = await makePolicies({ 'gate.yml': 'fail-on: low\n' });
  const github = await new GithubStandIn().start();
  github.addToken('ghp_mine', { user: actionsBot, permissions: {}, repositories: [organisation] });
  const shop = makeTree(context, {
    'package.json': mendedShop['package.json']!,
    'app.js': faultyShop['app.js']!,
    '.express-gate.yml': 'extends: acme/policies:gate.yml@v1\n',
  });
  try {
    github.repositories.set(organisation, { directory, private: true });
    const hidden = await runLive(shop, { GITHUB_API_URL: github.url });
    assert.equal(hidden.code, 2);
    assert.match(
      hidden.out,
      /^express-gate: \.express-gate\.yml:1:1: the policy acme.*GITHUB_TOKEN or GH_TOKEN/s,
    );
    const shown = await runLive(shop, { GITHUB_API_URL: github.url, GH_TOKEN: 'ghp_mine' });
    assert.equal(shown.code, 1, shown.out);
    assert.match(
      shown.out,
      /of severity low and above .*which extends acme\/policies:gate\.yml@v1 at [0-9a-f]{7}/,
    );
    github.repositories.set(organisation, { directory, private: false });
    assert.equal((await runLive(shop, { GITHUB_API_URL: github.url })).code, 1);
    assert.deepEqual(github.problems, []);
  } finally {
    await github.stop();
  }
});

test('policies build on each other five deep, and no deeper', async (context) => {
  const chain = (length: number) =>
    Object.fromEntries(
      Array.from({ length }, (_, index) => [
        `p${index}.yml`,
        index === length - 1 ? 'fail-on: low\n' : `extends: p${index + 1}.yml\n`,
      ]),
    );
  const shop = { 'package.json': '{}', '.express-gate.yml': 'extends: p0.yml\n' };
  assert.equal((await runLive(makeTree(context, { ...shop, ...chain(5) }))).code, 0);
  const { code, out } = await runLive(makeTree(context, { ...shop, ...chain(6) }));
  assert.equal(code, 2);
  assert.match(out, /p5\.yml, which p4\.yml extends, is one too many: at most 5/);
});
