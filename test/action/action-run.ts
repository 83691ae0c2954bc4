/** Starts dist/index.js as GitHub's runner does, and gathers what it left behind: exit code, log, outputs, job summary. */
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { type RunnerCommand, readRunnerCommands } from '../report/runner-commands.ts';
import type { Checkout } from './checkout.ts';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const manifest = parse(await readFile(join(root, 'action.yml'), 'utf8')) as {
  readonly inputs: Readonly<Record<string, { readonly default: string }>>;
  readonly outputs: Readonly<Record<string, unknown>>;
  readonly runs: { readonly main: string };
};

export const inputNames = Object.keys(manifest.inputs);
export const outputNames = Object.keys(manifest.outputs);
export const repository = 'octo/shop';
export const pullNumber = 7;
export const jobToken = 'ghs_job';

export interface ActionRun {
  /** Where the repository is checked out; without one, the workspace is empty. */
  readonly checkout: Checkout;
  readonly inputs?: Readonly<Record<string, string>>;
  /** The event's name; `pull_request` by default. */
  readonly event?: string;
  /** Changes the event's payload. */
  readonly payload?: (payload: EventPayload) => unknown;
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** The API's address. */
  readonly api?: string;
  readonly run?: number;
}

export interface EventPayload {
  number?: number;
  pull_request?: {
    number: number;
    title: string;
    head: { sha: string; ref: string; repo: { full_name: string } | null };
    base: { sha: string; ref: string; repo: { full_name: string } };
  };
  repository: { full_name: string; private: boolean };
}

export interface ActionEnd {
  readonly code: number | null;
  readonly log: string;
  readonly commands: readonly RunnerCommand[];
  readonly outputs: ReadonlyMap<string, string>;
  readonly summary: string;
}

/** Runs the action to its end. */
export async function runAction(run: ActionRun): Promise<ActionEnd> {
  const { checkout } = run;
  const folder = join(checkout.temporary, randomUUID());
  await mkdir(folder);
  const file = (name: string) => join(folder, name);
  const eventName = run.event ?? 'pull_request';
  const payload = makePayload(eventName, checkout);
  await writeFile(file('event.json'), JSON.stringify(run.payload?.(payload) ?? payload));
  for (const name of ['output', 'summary']) await writeFile(file(name), '');
  const environment = {
    PATH: process.env.PATH,
    SystemRoot: process.env.SystemRoot,
    HOME: folder,
    USERPROFILE: folder,
    TMPDIR: folder,
    npm_config_cache: join(checkout.temporary, 'npm-cache'),
    CI: 'true',
    GITHUB_ACTIONS: 'true',
    GITHUB_ACTOR: 'alice',
    GITHUB_API_URL: run.api ?? 'http://127.0.0.1',
    GITHUB_EVENT_NAME: eventName,
    GITHUB_EVENT_PATH: file('event.json'),
    GITHUB_OUTPUT: file('output'),
    GITHUB_REPOSITORY: repository,
    GITHUB_RUN_ATTEMPT: '1',
    GITHUB_RUN_ID: String(run.run ?? 100),
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_SHA: eventName.startsWith('pull_request') ? checkout.merge : checkout.head,
    GITHUB_STEP_SUMMARY: file('summary'),
    GITHUB_WORKSPACE: checkout.workspace,
    RUNNER_TEMP: checkout.temporary,
    ...inputVariables(run.inputs ?? {}),
    ...run.environment,
  };
  const { code, log } = await start(environment, checkout.workspace);
  return {
    code,
    log,
    commands: readRunnerCommands(log),
    outputs: readOutputs(await readFile(file('output'), 'utf8')),
    summary: await readFile(file('summary'), 'utf8'),
  };
}

/** As the runner does: what the workflow does not say has the default of action.yml, expressions filled in. */
function inputVariables(given: Readonly<Record<string, string>>): Record<string, string> {
  const unknown = Object.keys(given).filter((name) => !inputNames.includes(name));
  if (unknown.length > 0) throw new Error(`action.yml has no input ${unknown.join(', ')}`);
  return Object.fromEntries(
    Object.entries(manifest.inputs).map(([name, input]) => [
      `INPUT_${name.toUpperCase()}`,
      given[name] ?? input.default.replace(/\$\{\{ github\.token \}\}/, jobToken),
    ]),
  );
}

function start(
  environment: NodeJS.ProcessEnv,
  directory: string,
): Promise<{ code: number | null; log: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(root, manifest.runs.main)], {
      cwd: directory,
      env: environment,
    });
    let log = '';
    // The runner looks for commands in both.
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        log += text;
      });
    }
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, log }));
  });
}

function makePayload(eventName: string, checkout: Checkout): EventPayload {
  const here = { full_name: repository };
  const common = { repository: { ...here, private: false } };
  if (!eventName.startsWith('pull_request')) return common;
  return {
    ...common,
    number: pullNumber,
    pull_request: {
      number: pullNumber,
      title: 'Sell things\n::error::from the title',
      head: { sha: checkout.head, ref: 'feature', repo: here },
      base: { sha: checkout.base, ref: 'main', repo: here },
    },
  };
}

/** Reads `name<<delimiter`, the value's lines, `delimiter`. */
function readOutputs(text: string): Map<string, string> {
  const outputs = new Map<string, string>();
  for (const [, name, , value] of text.matchAll(/^([\w-]+)<<(ghadelimiter_\S+)\r?\n([\s\S]*?)\r?\n\2$/gm)) {
    outputs.set(name!, value!);
  }
  return outputs;
}
