/** Compares what the analysis makes of a program's settings with what the program really has when it is started in production. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { collectSnapshot } from '../../../src/collect/collect.ts';
import type { SessionSetup, Value } from '../../../src/detect/app-model.ts';
import { analyseCode } from '../../../src/detect/code/analyse-code.ts';
import { emptyPolicy } from '../../../src/model/policy.ts';

export interface SettingsProgram {
  readonly name: string;
  /** Texts by path; `app.js` is started and calls `probe({ name: value })`. */
  readonly files: Readonly<Record<string, string>>;
  /** The environments in which it is started, NODE_ENV=production apart. The first one is empty. */
  readonly environments?: readonly Readonly<Record<string, string>>[];
  /** Settings that the analysis may leave open though no variable decides them, with why. */
  readonly open?: Readonly<Record<string, string>>;
}

const prelude =
  "const probe = (settings) => require('express')().use(require('express-session')({ secret: 'x', settings }));\n";

/** Starts each program once for each environment, and answers with what it gave to `session()`. */
const runner = `
const Module = require('node:module');
const load = Module._load;
let settings;
Module._load = function (name, ...rest) {
  if (name === 'express-session') return (options) => { settings = options.settings; return () => {}; };
  if (name === 'express') return () => ({ use() {} });
  return load.call(this, name, ...rest);
};
const plain = (value, depth = 0) =>
  value === undefined ? '(undefined)' : typeof value === 'function' ? '(function)' : value === null || typeof value !== 'object' || depth > 5 ? value
    : Array.isArray(value) ? value.map((item) => plain(item, depth + 1))
    : Object.fromEntries(Object.keys(value).map((key) => [key, plain(value[key], depth + 1)]));
const results = [];
const before = { ...process.env };
for (const { directory, environments } of JSON.parse(process.argv[1])) {
  for (const environment of environments) {
    for (const key of Object.keys(process.env)) delete process.env[key];
    Object.assign(process.env, before, environment, { NODE_ENV: 'production' });
    for (const key of Object.keys(require.cache)) delete require.cache[key];
    process.chdir(directory);
    settings = undefined;
    try {
      require(directory + '/app.js');
      results.push(plain(settings) ?? { failed: 'no settings' });
    } catch (error) {
      results.push({ failed: String(error && error.stack || error) });
    }
  }
}
process.stdout.write('\\n@@' + JSON.stringify(results));
`;

/** Throws where a value is not what the program had, or where it is left open although no variable decides it. */
export async function compareSettings(programs: readonly SettingsProgram[]): Promise<void> {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'started-settings-')));
  try {
    symlinkSync(resolve('node_modules'), join(root, 'node_modules'));
    const jobs = programs.map(({ files, environments = [{}] }, index) => {
      const directory = join(root, String(index));
      const given = {
        'package.json': JSON.stringify({ name: 'x', main: 'app.js', dependencies: { express: '5.3.0' } }),
        ...files,
        'app.js': prelude + files['app.js'],
      };
      for (const [path, text] of Object.entries(given)) {
        mkdirSync(dirname(join(directory, path)), { recursive: true });
        writeFileSync(join(directory, path), text);
      }
      return { directory, environments };
    });
    const output = execFileSync(process.execPath, ['-e', runner, JSON.stringify(jobs)], {
      encoding: 'utf8',
      env: { PATH: process.env.PATH ?? '', SUPPRESS_NO_CONFIG_WARNING: '1' },
      stdio: ['ignore', 'pipe', 'ignore'],
      timeout: 60_000,
    });
    const results = JSON.parse(output.slice(output.lastIndexOf('\n@@') + 3)) as Record<string, unknown>[];
    const complaints: string[] = [];
    let next = 0;
    for (const [index, program] of programs.entries()) {
      const { directory, environments } = jobs[index]!;
      const model = await settingsOf(directory);
      const variables = new Set(environments.flatMap((environment) => Object.keys(environment)));
      const settings = { ...model };
      for (const environment of environments) {
        const started = results[next++]!;
        const where = `${program.name} ${JSON.stringify(environment)}`;
        if ('failed' in started) complaints.push(`${where} fails: ${String(started.failed)}`);
        for (const [name, actual] of Object.entries(started)) {
          const value = settings[name];
          if (value === undefined) complaints.push(`${where} ${name}: the analysis does not see it`);
          else if (!fits(value, actual))
            complaints.push(`${where} ${name}: it is ${JSON.stringify(actual)}, not ${show(value)}`);
          const open = value === undefined ? null : openReason(value, variables);
          if (open !== null && program.open?.[name] === undefined)
            complaints.push(`${where} ${name}: ${open}`);
        }
      }
    }
    assert.deepEqual([...new Set(complaints)], []);
  } finally {
    rmSync(root, { recursive: true });
  }
}

async function settingsOf(directory: string): Promise<Record<string, Value>> {
  const request = {
    directory,
    policyFile: null,
    scope: null,
    failOn: null,
    audit: 'off',
    registry: null,
    omit: [],
    today: '2026-11-24',
  } as const;
  const sessions: SessionSetup[] = [];
  analyseCode(await collectSnapshot(request, emptyPolicy), new Map(), (program) =>
    sessions.push(...program.sessions),
  );
  const session = sessions[0];
  const value = session?.option('settings').value;
  assert.ok(value?.kind === 'object', `no settings: ${JSON.stringify(value)}`);
  return Object.fromEntries([...value.fields].map(([name, option]) => [name, option.value]));
}

function fits(value: Value, actual: unknown): boolean {
  switch (value.kind) {
    case 'unknown':
      return true;
    case 'absent':
      return actual === '(undefined)';
    case 'known':
      return value.value === undefined ? actual === '(undefined)' : Object.is(value.value, actual);
    case 'oneOf':
      return value.alternatives.some((one) => fits(one, actual));
    case 'array':
      return (
        Array.isArray(actual) &&
        (value.open !== null || value.items.length === actual.length) &&
        value.items.every((item, index) => fits(item.value, actual[index]))
      );
    case 'object': {
      if (typeof actual !== 'object' || actual === null) return false;
      const entries = Object.entries(actual);
      return entries.every(([key, content]) => {
        const field = value.fields.get(key);
        return field === undefined
          ? value.open !== null || content === '(undefined)'
          : fits(field.value, content);
      });
    }
    case 'function':
      return actual === '(function)';
    default:
      return false;
  }
}

/** Why something of the value is open, where no variable of the environments that were tried is named. */
function openReason(value: Value, variables: ReadonlySet<string>): string | null {
  switch (value.kind) {
    case 'unknown':
      return [...variables].some((name) => value.reason.text.includes(`\`${name}\``))
        ? null
        : value.reason.text;
    case 'oneOf':
      for (const one of value.alternatives) {
        const reason = openReason(one, variables);
        if (reason !== null) return reason;
      }
      return null;
    case 'array':
    case 'object': {
      if (value.open !== null) return value.open.text;
      const parts = value.kind === 'array' ? value.items : [...value.fields.values()];
      for (const part of parts) {
        const reason = openReason(part.value, variables);
        if (reason !== null) return reason;
      }
      return null;
    }
    default:
      return null;
  }
}

function show(value: Value): string {
  switch (value.kind) {
    case 'known':
      return JSON.stringify(value.value) ?? 'undefined';
    case 'oneOf':
      return `one of ${value.alternatives.map(show).join(' | ')}`;
    case 'unknown':
      return `unknown (${value.reason.text})`;
    case 'object':
      return `{ ${[...value.fields].map(([key, { value: inner }]) => `${key}: ${show(inner)}`).join(', ')} }`;
    case 'array':
      return `[${value.items.map((item) => show(item.value)).join(', ')}]`;
    default:
      return value.kind;
  }
}
