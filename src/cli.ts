#!/usr/bin/env node
/** The command line: turns arguments into reports and an exit code. Nothing heavy is loaded before --help and --version are answered. */
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import {
  type CliCommand,
  parseCliArguments,
  type ReportTarget,
  renderHelp,
} from './collect/cli-arguments.ts';
import { InputError } from './model/input-error.ts';
import { exitCode } from './model/verdict.ts';
import type { ReportInput } from './report/report-input.ts';
import { terminalText } from './report/terminal-escape.ts';
import { version } from './version.ts';

/** Where defects are reported. */
const issuesUrl = 'https://github.com/express-gate/express-gate/issues';

async function run(): Promise<number> {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    throw new InputError(`this needs Node.js 20.19 or newer, and runs on ${process.versions.node}`);
  }
  const command = parseCliArguments(process.argv.slice(2), {
    workingDirectory: process.cwd(),
    today: new Date().toISOString().slice(0, 10),
    githubActions: process.env.GITHUB_ACTIONS === 'true',
    githubApi: {
      apiUrl: process.env.GITHUB_API_URL || 'https://api.github.com',
      token: process.env.GITHUB_TOKEN || process.env.GH_TOKEN || null,
    },
  });
  switch (command.kind) {
    case 'help':
      await print(process.stdout, renderHelp());
      return 0;
    case 'version':
      await print(process.stdout, `${version}\n`);
      return 0;
    case 'list-rules':
    case 'explain':
      await print(process.stdout, await describeRules(command));
      return 0;
    case 'gate':
      return gate(command);
    case 'waive':
      return writeWaiver(command);
  }
}

async function writeWaiver({ request, wish }: Extract<CliCommand, { kind: 'waive' }>): Promise<number> {
  const { waive } = await import('./waive.ts');
  const { file, isNew, entry, covered } = await waive(request, wish);
  const number = `${covered.length} ${covered.length === 1 ? 'finding' : 'findings'}`;
  const lines = [
    `${isNew ? 'Made' : 'Changed'} ${file}:`,
    '',
    ...entry.split('\n'),
    '',
    `It waives ${number}. A pull request is judged by the policy of its base, so it counts once it is merged.`,
  ];
  await print(process.stdout, lines.map((line) => `${terminalText(line)}\n`).join(''));
  return 0;
}

async function gate({ request, reports }: Extract<CliCommand, { kind: 'gate' }>): Promise<number> {
  const { runGate } = await import('./gate.ts');
  const { verdict, snapshot } = await runGate(request, () => performance.now());
  const input: ReportInput = { verdict, files: snapshot.files, version };
  let code: number = exitCode(verdict.verdict);
  for (const target of reports) {
    const text = await render(target, input, request.directory);
    if (target.file === null) {
      await print(process.stdout, text);
      continue;
    }
    try {
      await mkdir(dirname(resolve(target.file)), { recursive: true });
      await writeFile(target.file, text);
    } catch (error) {
      // What blocks still blocks; else the reader lacks what they asked for.
      if (code === 0) code = 2;
      await complain(`${target.file}: this report cannot be written (${reasonOf(error)})`);
    }
  }
  return code;
}

async function render(
  { format, file }: ReportTarget,
  input: ReportInput,
  directory: string,
): Promise<string> {
  switch (format) {
    case 'text': {
      const { renderText } = await import('./report/text.ts');
      return renderText(input, { color: file === null && wantsColour() });
    }
    case 'json':
      return (await import('./report/json.ts')).renderJson(input);
    case 'markdown':
      return (await import('./report/markdown-report.ts')).renderMarkdown(input);
    case 'github':
      return (await import('./report/github.ts')).renderGithub(input, { pathPrefix: pathPrefix(directory) });
    case 'gitlab':
      return (await import('./report/gitlab.ts')).renderGitlab(input, { pathPrefix: pathPrefix(directory) });
    case 'sarif': {
      const [{ rules }, { renderSarif }] = await Promise.all([
        import('./gate.ts'),
        import('./report/sarif.ts'),
      ]);
      return renderSarif(input, {
        rules,
        pathPrefix: pathPrefix(directory),
        commentKey: '',
        withAbsent: process.env.GITHUB_ACTIONS !== 'true',
        repository: null,
      });
    }
  }
}

async function describeRules(
  command: Extract<CliCommand, { kind: 'list-rules' | 'explain' }>,
): Promise<string> {
  const [{ rules }, { renderRule, renderRuleList }] = await Promise.all([
    import('./gate.ts'),
    import('./report/rule-text.ts'),
  ]);
  if (command.kind === 'list-rules') return renderRuleList(rules);
  const rule = rules.find(({ id }) => id === command.ruleId);
  if (rule === undefined)
    throw new InputError(`the rule \`${command.ruleId}\` is not available yet in this version`);
  return renderRule(rule);
}

/** https://no-color.org: any text but an empty one switches it off. */
function wantsColour(): boolean {
  return process.stdout.isTTY === true && !process.env.NO_COLOR && process.env.TERM !== 'dumb';
}

/** CI systems count paths from the repository's root, which GitHub says and git knows; `` where the directory is that. */
function pathPrefix(directory: string): string {
  const root = process.env.GITHUB_WORKSPACE || repositoryRoot(directory) || process.cwd();
  const way = relative(root, directory).replaceAll(sep, '/');
  return way === '' || way.startsWith('..') || resolve(way) === way ? '' : `${way}/`;
}

/** The nearest folder from `directory` upwards that holds a repository, or null. */
function repositoryRoot(directory: string): string | null {
  if (existsSync(join(directory, '.git'))) return directory;
  const parent = dirname(directory);
  return parent === directory ? null : repositoryRoot(parent);
}

/** Writes all of a text; a reader that has gone (`| head`) is no fault. */
function print(stream: NodeJS.WriteStream, text: string): Promise<void> {
  return new Promise((settle) => stream.write(text, () => settle()));
}

/** Errors go line by line, each with the program's name before it, so that nothing quoted in them begins a line of a CI log. */
async function complain(text: string): Promise<void> {
  const lines = text.split('\n').map((line) => `express-gate: ${terminalText(line)}\n`);
  await print(process.stderr, lines.join(''));
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? ('code' in error ? String(error.code) : error.message) : String(error);
}

async function fail(error: unknown): Promise<never> {
  if (error instanceof InputError) {
    await complain(error.describe());
  } else {
    const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    const [line = ''] = message.split('\n');
    await complain(`${line}; this is a defect of express-gate, please report it: ${issuesUrl}`);
    if (process.env.EXPRESS_GATE_DEBUG === '1' && error instanceof Error) await complain(error.stack ?? '');
  }
  process.exit(2);
}

for (const stream of [process.stdout, process.stderr]) {
  // EPIPE: whoever read it has gone. The exit code still tells the verdict.
  stream.on('error', () => {});
}
process.on('uncaughtException', fail);
process.on('unhandledRejection', fail);

// Left to itself, Node would wait for whatever a cut connection still holds open.
process.exit(await run().catch(fail));
