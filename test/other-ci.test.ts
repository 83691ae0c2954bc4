/** Runs what the documentation gives away for code scanning, GitLab, Jenkins and pre-commit, as far as this machine can. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { accessSync, constants, cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { parse } from 'yaml';
import { parseCliArguments } from '../src/collect/cli-arguments.ts';
import { cli, plainEnvironment, root } from './cli-process.ts';
import { commitAll, makeTree } from './collect/file-tree.ts';
import { validRun } from './report/sarif-schema.ts';

const page = readFileSync(join(root, 'docs/other-ci.md'), 'utf8');
const shell = { skip: process.platform === 'win32' };

/** The one block of a language after a heading. */
function block(text: string, heading: string, language: string): string {
  const section = text.split(/^#+ /m).find((part) => part.startsWith(`${heading}\n`));
  const found = new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, 'm').exec(section ?? '');
  assert.ok(found !== null, heading);
  return found[1]!;
}

/** The insecure sample in a repository, with one commit. */
function checkout(context: TestContext): string {
  const directory = makeTree(context, {});
  cpSync(join(root, 'test/apps/insecure-shop'), directory, {
    recursive: true,
    filter: (path) => !path.includes('node_modules'),
  });
  commitAll(directory);
  return directory;
}

/** Runs a script of the page: the built command line stands in for the clone of a release, and no registry is asked. */
function runScript(script: string, cwd: string, env: Readonly<Record<string, string>> = {}) {
  const own = script
    .replace(/^.*\brm -rf .*$/m, '')
    .replace(/^.*\bgit clone .*$/m, '')
    .replace('/tmp/express-gate/dist/cli.js', `'${cli}' --audit embedded`);
  assert.ok(own.includes(cli));
  const { status, stderr } = spawnSync('sh', ['-e', '-c', own], {
    cwd,
    env: plainEnvironment(env),
    encoding: 'utf8',
  });
  return { status, stderr };
}

describe('the workflow for code scanning', () => {
  const text = block(readFileSync(join(root, 'README.md'), 'utf8'), 'Code scanning', 'yaml');
  const { permissions, jobs } = parse(text);
  const [, gate, upload] = jobs['express-gate'].steps;

  it('may upload, and uses a pinned action on the file that the gate wrote, also where the gate blocks', () => {
    assert.equal(permissions['security-events'], 'write');
    assert.match(text, /uses: github\/codeql-action\/upload-sarif@[0-9a-f]{40} # v\d+\.\d+\.\d+\n/);
    const { inputs, outputs } = parse(readFileSync(join(root, 'action.yml'), 'utf8'));
    for (const name of Object.keys(gate.with)) assert.ok(name in inputs, name);
    for (const [, id, name] of text.matchAll(/steps\.(\w+)\.outputs\.([\w-]+)/g)) {
      assert.equal(id, gate.id);
      assert.ok(name! in outputs, name);
    }
    assert.match(upload.if, /^always\(\) && .*verdict != 'incomplete'$/);
    assert.equal(upload.with.sarif_file, `\${{ steps.${gate.id}.outputs.sarif-file }}`);
  });
});

describe('the job for GitLab', () => {
  const job = parse(block(page, 'GitLab', 'yaml'))['express-gate'];
  const file: string = job.artifacts.reports.codequality;

  it('writes the report that it hands over, on a branch and in a merge request', shell, (context) => {
    const directory = checkout(context);
    const script = job.script.join('\n');
    assert.deepEqual(runScript(script, directory), { status: 1, stderr: '' });
    const branch = JSON.parse(readFileSync(join(directory, file), 'utf8'));
    assert.ok(branch.length > 20);
    // Nothing is new in a merge request that changes nothing: the report is the same, and nothing blocks.
    const base = { CI_MERGE_REQUEST_DIFF_BASE_SHA: 'HEAD' };
    assert.deepEqual(runScript(script, directory, base), { status: 0, stderr: '' });
    const keys = (issues: { fingerprint: string }[]) => issues.map(({ fingerprint }) => fingerprint).sort();
    assert.deepEqual(keys(JSON.parse(readFileSync(join(directory, file), 'utf8'))), keys(branch));
    assert.equal(job.artifacts.when, 'always');
  });
});

describe('the pipeline for Jenkins', () => {
  const text = block(page, 'Jenkins', 'groovy');

  it('records the file that it writes', shell, (context) => {
    const directory = checkout(context);
    const script = /sh '''([\s\S]*?)'''/.exec(text)![1]!;
    assert.deepEqual(runScript(script, directory), { status: 1, stderr: '' });
    const pattern = /recordIssues\(tools: \[sarif\(pattern: '(.*?)'\)\]\)/.exec(text)![1]!;
    const { results } = validRun(readFileSync(join(directory, pattern), 'utf8'));
    assert.ok(results!.length > 20);
    // The plugin knows no word for what is gone.
    assert.ok(results!.every(({ baselineState }) => baselineState !== 'absent'));
  });
});

describe('the hook for pre-commit', () => {
  const hooks = parse(readFileSync(join(root, '.pre-commit-hooks.yaml'), 'utf8'));
  const [hook] = hooks;
  const surroundings = { workingDirectory: root, today: '2026-11-24', githubActions: false };

  it('is the one that the documentation names', () => {
    const { repos } = parse(block(page, 'pre-commit', 'yaml'));
    assert.equal(hooks.length, 1);
    assert.equal(repos[0].hooks[0].id, hook.id);
    const override: string[] = parse(/`args: (\[.*?\])`/.exec(page)![1]!);
    for (const args of [hook.args, override])
      assert.equal(parseCliArguments(args, surroundings).kind, 'gate');
  });

  it(
    'starts a file that is there and can be started, without the names of the changed files',
    shell,
    (context) => {
      assert.deepEqual([hook.language, hook.pass_filenames, hook.always_run], ['script', false, true]);
      accessSync(join(root, hook.entry), constants.X_OK);
      const { status, stderr } = spawnSync(join(root, hook.entry), hook.args, {
        cwd: checkout(context),
        env: plainEnvironment(),
        encoding: 'utf8',
      });
      assert.deepEqual([status, stderr], [1, '']);
    },
  );
});
