/** Holds the reading of inputs and of the event: every word that is allowed, and a clear sentence for each that is not. */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { type ActionInputs, readActionInputs } from '../../src/collect/action-inputs.ts';
import { InputError } from '../../src/model/input-error.ts';

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'express-gate-inputs-')));
const workspace = join(folder, 'workspace');
mkdirSync(join(workspace, 'apps', 'shop'), { recursive: true });
mkdirSync(join(workspace, '.git'));
mkdirSync(join(folder, 'elsewhere'));
writeFileSync(join(workspace, 'file'), '');
after(() => rmSync(folder, { recursive: true }));

function read(inputs: Record<string, string> = {}, environment: Record<string, string> = {}): ActionInputs {
  const variables = Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]);
  return readActionInputs(
    { GITHUB_WORKSPACE: workspace, ...environment, ...Object.fromEntries(variables) },
    '2026-11-24',
  );
}

function readEvent(
  name: string,
  payload: unknown,
  environment: Record<string, string> = {},
): ActionInputs['github'] {
  const file = join(folder, 'event.json');
  writeFileSync(file, typeof payload === 'string' ? payload : JSON.stringify(payload));
  return read({}, { GITHUB_EVENT_NAME: name, GITHUB_EVENT_PATH: file, ...environment }).github;
}

function refusal(inputs: Record<string, string>): string {
  try {
    read(inputs);
  } catch (error) {
    assert.ok(error instanceof InputError);
    return error.message;
  }
  assert.fail(`accepted ${JSON.stringify(inputs)}`);
}

describe('inputs', () => {
  it('have the defaults of the contract', () => {
    const { request, publish } = read();
    assert.deepEqual(request, {
      directory: workspace,
      policyFile: null,
      scope: null,
      failOn: null,
      audit: 'npm',
      registry: null,
      omit: [],
      today: '2026-11-24',
    });
    assert.deepEqual(publish, {
      comment: 'on-findings',
      commentKey: '',
      annotations: true,
      suggestions: false,
      reportFile: null,
      sarifFile: null,
      token: null,
    });
  });

  it('are read, with space around them', () => {
    const { request, publish } = read({
      'fail-on': ' critical\n',
      scope: 'all',
      policy: 'gate.yml',
      'snyk-json': 'snyk.json',
      audit: 'embedded',
      registry: 'https://registry.example.com/npm/',
      omit: 'dev, optional\ndev',
      comment: 'always',
      'comment-key': 'packages/api (node 24)'.replace(/[()]/g, ''),
      annotations: 'FALSE',
      suggestions: 'true',
      'report-file': 'out/report.json',
      'sarif-file': 'out/gate.sarif',
      'github-token': 'ghs_x',
      'working-directory': './apps/shop/',
    });
    assert.deepEqual(request, {
      directory: join(workspace, 'apps', 'shop'),
      policyFile: '../../gate.yml',
      snykFile: '../../snyk.json',
      scope: 'all',
      failOn: 'critical',
      audit: 'embedded',
      registry: 'https://registry.example.com/npm/',
      omit: ['dev', 'optional'],
      today: '2026-11-24',
    });
    assert.deepEqual(publish, {
      comment: 'always',
      commentKey: 'packages/api node 24',
      annotations: false,
      suggestions: true,
      reportFile: 'out/report.json',
      sarifFile: 'out/gate.sarif',
      token: 'ghs_x',
    });
  });

  const refused: [Record<string, string>, RegExp][] = [
    [{ 'fail-on': 'hihg' }, /fail-on is "hihg": it takes low, moderate, high, critical or never/],
    [{ scope: 'some' }, /scope is "some": it takes new or all/],
    [{ audit: 'yarn' }, /audit is "yarn": it takes npm, osv, embedded or off/],
    [{ registry: 'registry.example.com' }, /registry is "registry.example.com": it takes an address/],
    [{ registry: 'file:///etc/passwd' }, /registry is .*https:\/\/ or http:\/\//],
    [{ omit: 'dev,test' }, /omit is "test": it takes dev, optional or peer/],
    [{ comment: 'sometimes' }, /comment is "sometimes": it takes always, on-findings, on-failure or never/],
    [{ annotations: 'yes' }, /annotations is "yes": it takes true or false/],
    [{ suggestions: '1' }, /suggestions is "1": it takes true or false/],
    [{ 'comment-key': 'a --> b' }, /comment-key is "a --> b": it takes up to 100 letters/],
    [{ 'comment-key': 'k'.repeat(101) }, /comment-key is "k{60}…"/],
    [{ 'fail-on': 'a\n::error::b' }, /fail-on is "a\\n::error::b"/],
    [{ 'probe-url': 'http://127.0.0.1' }, /probe-url is not available yet/],
    [{ 'working-directory': 'apps/api' }, /working-directory is "apps\/api", which is no directory/],
    [{ 'working-directory': 'file' }, /which is no directory/],
    [{ 'working-directory': '../elsewhere' }, /leads out of the workspace/],
    [{ 'working-directory': '..' }, /leads out of the workspace/],
    [{ 'working-directory': join(folder, 'elsewhere') }, /leads out of the workspace/],
  ];
  for (const [inputs, says] of refused) {
    it(`are refused in words: ${JSON.stringify(inputs).slice(0, 60)}`, () =>
      assert.match(refusal(inputs), says));
  }

  it('cannot lead out of the workspace by a link of the repository', () => {
    symlinkSync(join(folder, 'elsewhere'), join(workspace, 'link'), 'junction');
    symlinkSync(join(workspace, 'apps'), join(workspace, 'inner'), 'junction');
    assert.match(refusal({ 'working-directory': 'link' }), /leads out of the workspace/);
    assert.match(refusal({ 'working-directory': 'inner/shop' }), /goes through a symbolic link/);
  });

  it('name the scanned directory from the root of the repository', () => {
    assert.equal(read().github.pathPrefix, '');
    assert.equal(read({ 'working-directory': 'apps/shop' }).github.pathPrefix, 'apps/shop/');
    // `path: checkout` of actions/checkout: the workspace is not the repository.
    const outer = join(folder, 'outer');
    mkdirSync(join(outer, 'checkout', '.git'), { recursive: true });
    mkdirSync(join(outer, 'checkout', 'module', '.git'), { recursive: true });
    const inOuter = (directory: string) =>
      read({ 'working-directory': directory }, { GITHUB_WORKSPACE: outer }).github.pathPrefix;
    assert.equal(inOuter('checkout'), '');
    assert.equal(inOuter('checkout/module'), 'module/');
    mkdirSync(join(folder, 'bare', 'apps'), { recursive: true });
    assert.equal(
      read({ 'working-directory': 'apps' }, { GITHUB_WORKSPACE: join(folder, 'bare') }).github.pathPrefix,
      'apps/',
    );
  });
});

describe('the event', () => {
  const head = 'a'.repeat(40);
  const pullRequest = (repo: unknown) => ({
    pull_request: { number: 7, head: { sha: head, repo } },
    repository: { full_name: 'octo/shop', private: false },
  });
  const own = { full_name: 'octo/shop' };

  it('of a pull request tells its number, its head and where it comes from', () => {
    for (const name of ['pull_request', 'pull_request_target']) {
      const github = readEvent(name, pullRequest(own), { GITHUB_SHA: 'b'.repeat(40) });
      assert.deepEqual(github.pullRequest, {
        number: 7,
        headCommit: head,
        baseCommit: '',
        fromFork: false,
        private: false,
      });
      assert.equal(github.commit, head);
    }
    assert.equal(
      readEvent('pull_request', pullRequest({ full_name: 'mallory/shop' })).pullRequest?.fromFork,
      true,
    );
    assert.equal(readEvent('pull_request', pullRequest(null)).pullRequest?.fromFork, true);
  });

  it('of another kind has no pull request, whatever its payload says', () => {
    for (const name of ['push', 'workflow_dispatch', 'schedule', 'merge_group', 'issue_comment', '']) {
      const github = readEvent(name, pullRequest(own), { GITHUB_SHA: 'b'.repeat(40) });
      assert.equal(github.pullRequest, null, name);
      assert.equal(github.commit, 'b'.repeat(40));
    }
  });

  it('that cannot be read leaves the gate to judge', () => {
    for (const payload of [
      '',
      '{',
      'null',
      '[]',
      '{"pull_request":null}',
      '{"pull_request":{"number":"7","head":{}}}',
      { pull_request: { number: 7, head: { sha: '../../x' } } },
      { pull_request: { number: -1, head: { sha: head } } },
    ]) {
      assert.equal(readEvent('pull_request', payload).pullRequest, null, JSON.stringify(payload));
    }
    assert.equal(read({}, { GITHUB_EVENT_NAME: 'pull_request' }).github.pullRequest, null);
  });

  it('comes with the addresses of the server that sent it', () => {
    const { github } = read(
      {},
      {
        GITHUB_SERVER_URL: 'https://ghes.example.com',
        GITHUB_API_URL: 'https://ghes.example.com/api/v3',
        GITHUB_REPOSITORY: 'octo/shop',
        GITHUB_RUN_ID: '12345678901',
        GITHUB_RUN_ATTEMPT: '2',
        GITHUB_ACTOR: 'dependabot[bot]',
      },
    );
    assert.equal(github.serverUrl, 'https://ghes.example.com');
    assert.equal(github.apiUrl, 'https://ghes.example.com/api/v3');
    assert.deepEqual([github.owner, github.repository], ['octo', 'shop']);
    assert.deepEqual([github.runId, github.runAttempt], [12345678901, 2]);
    assert.equal(github.startedByDependabot, true);
  });

  it('without anything is that of a bare runner', () => {
    const { github } = read();
    assert.deepEqual([github.runId, github.apiUrl], [0, 'https://api.github.com']);
    assert.equal(read({}, { GITHUB_RUN_ID: 'x' }).github.runId, 0);
  });
});
