/** Turns the arguments of the command line into what is asked for, or into an error that says what to write. */
import { isAbsolute, relative, resolve, sep } from 'node:path';
import { parseArgs } from 'node:util';
import { InputError } from '../model/input-error.ts';
import { isInside } from '../model/path-inside.ts';
import type { AuditMode, GithubApi, OmitType, Request, WaiverWish } from '../model/request.ts';
import { ruleIds } from '../model/rule-ids.ts';
import type { FailOn } from '../model/severity.ts';
import {
  type CliOption,
  cliOptions,
  type ReportFormat,
  reportFormats,
  unavailableChoices,
  unavailableCommands,
} from './cli-options.ts';
import { suggestion } from './nearest-name.ts';

export { renderHelp } from './cli-options.ts';

/** One report to write: to a file (as the user wrote it), or to standard output (null). */
export interface ReportTarget {
  readonly format: ReportFormat;
  readonly file: string | null;
}

export type CliCommand =
  | { readonly kind: 'help' }
  | { readonly kind: 'version' }
  | { readonly kind: 'list-rules' }
  /** `ruleId` is one of the catalogue, built or not. */
  | { readonly kind: 'explain'; readonly ruleId: string }
  /** `reports` holds at least one; at most one goes to standard output. */
  | { readonly kind: 'gate'; readonly request: Request; readonly reports: readonly ReportTarget[] }
  /** Writes a waiver in place of a report. */
  | { readonly kind: 'waive'; readonly request: Request; readonly wish: WaiverWish };

export interface Surroundings {
  /** Absolute path of the working directory. */
  readonly workingDirectory: string;
  /** ISO date. */
  readonly today: string;
  /** Whether it runs in GitHub Actions, where the log wants workflow commands. */
  readonly githubActions: boolean;
  /** How policies of other repositories are read; absent: from github.com, without a token. */
  readonly githubApi?: GithubApi;
}

/** Option -> its values, in the order in which they were given; switches have the value `true`. */
type Given = ReadonlyMap<string, readonly string[]>;

/**
 * Reads the arguments (without node's and the script's own).
 * @throws InputError where they cannot be followed.
 */
export function parseCliArguments(args: readonly string[], surroundings: Surroundings): CliCommand {
  const { given, positionals } = split(args);
  if (given.has('help')) return { kind: 'help' };
  if (given.has('version')) return { kind: 'version' };
  if (given.has('list-rules')) return { kind: 'list-rules' };
  const rule = given.get('explain')?.at(-1);
  if (rule !== undefined) return { kind: 'explain', ruleId: checkRule(rule) };
  const directory = resolve(surroundings.workingDirectory, readDirectory(positionals));
  const snykFile = pathFrom(given.get('snyk-json')?.at(-1), directory, surroundings.workingDirectory);
  const request: Request = {
    directory,
    policyFile: pathFrom(given.get('policy')?.at(-1), directory, surroundings.workingDirectory),
    scope: choose<'new' | 'all'>(given, 'scope'),
    ...readBase(given.get('base')?.at(-1)),
    failOn: choose<FailOn>(given, 'fail-on'),
    audit: choose<AuditMode>(given, 'audit') ?? 'npm',
    registry: readRegistry(given.get('registry')?.at(-1)),
    omit: readOmit(given),
    ...(snykFile === null ? {} : { snykFile }),
    ...(surroundings.githubApi === undefined ? {} : { githubApi: surroundings.githubApi }),
    today: surroundings.today,
  };
  const wish = readWish(given);
  if (wish !== null) return { kind: 'waive', request, wish };
  return {
    kind: 'gate',
    request,
    reports: readReports(given, surroundings.githubActions ? 'github' : 'text'),
  };
}

/** What `--waive` asks for, or null where it is not there. */
function readWish(given: Given): WaiverWish | null {
  const [fingerprint, reason, expires] = ['waive', 'reason', 'expires'].map((name) =>
    given.get(name)?.at(-1),
  );
  if (fingerprint === undefined) {
    const alone = ['reason', 'expires'].find((name) => given.has(name));
    if (alone === undefined) return null;
    throw new InputError(`\`--${alone}\` goes with \`--waive FINGERPRINT\``);
  }
  if (reason === undefined || expires === undefined)
    throw new InputError(
      `\`--waive\` needs \`--${reason === undefined ? 'reason TEXT' : 'expires YYYY-MM-DD'}\`: a waiver says why, and until when`,
    );
  if ((given.get('waive')?.length ?? 0) > 1) throw new InputError('`--waive` takes one finding at a time');
  const report = ['format', 'output'].find((name) => given.has(name));
  if (report !== undefined) throw new InputError(`\`--waive\` writes no report: leave \`--${report}\` out`);
  return { fingerprint, reason, expires };
}

function split(args: readonly string[]): { given: Given; positionals: string[] } {
  const options = Object.fromEntries(
    cliOptions.map(({ name, short, value }) => [
      name,
      {
        type: value === undefined ? 'boolean' : 'string',
        ...(short === undefined ? {} : { short }),
      } as const,
    ]),
  );
  // Strict parsing is done here: Node's own errors change with its version and name no near option.
  const { tokens } = parseArgs({
    args: [...args],
    options,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  if (tokens.some((token) => token.kind === 'option' && token.name === 'help')) {
    return { given: new Map([['help', ['true']]]), positionals: [] };
  }
  const given = new Map<string, string[]>();
  const positionals: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') positionals.push(token.value);
    if (token.kind !== 'option') continue;
    const option = findOption(token.name, token.rawName);
    given.set(option.name, [...(given.get(option.name) ?? []), optionValue(option, token)]);
  }
  return { given, positionals };
}

function findOption(name: string, rawName: string): CliOption {
  const option = cliOptions.find((each) => each.name === name);
  if (option === undefined) {
    const known = cliOptions.filter(({ help }) => help !== null).map((each) => each.name);
    const near = suggestion(name, known, (word) => `\`--${word}\``);
    throw new InputError(
      `there is no option ${quote(rawName)}.${near} \`express-gate --help\` lists them all`,
    );
  }
  if (option.help === null) throw notYet(`--${name}`);
  return option;
}

function optionValue(
  option: CliOption,
  token: { readonly value?: string | undefined; readonly inlineValue?: boolean | undefined },
): string {
  const { name, value, choices } = option;
  if (value === undefined) {
    if (token.value !== undefined) throw new InputError(`\`--${name}\` takes no value`);
    return 'true';
  }
  // An option after an option is no value, unless it is joined to it: `--policy=-odd-.yml`.
  const isMissing = token.value === undefined || token.value === '';
  if (isMissing || (!token.inlineValue && /^-./.test(token.value!))) {
    throw new InputError(`\`--${name}\` needs a value: ${choices?.join(', ') ?? value}`);
  }
  return token.value!;
}

function readDirectory(positionals: readonly string[]): string {
  const [directory = '.', ...others] = positionals;
  if ((unavailableCommands as readonly string[]).includes(directory)) {
    throw new InputError(
      `${notYet(`express-gate ${directory}`).message}; to scan a directory of that name, write ./${directory}`,
    );
  }
  if (others.length > 0) {
    throw new InputError(
      `one directory at a time: ${quote(directory)} was named, and also ${others.map(quote).join(', ')}`,
    );
  }
  if (directory === '')
    throw new InputError('the directory is an empty text: name it, or leave it out for the current one');
  return directory;
}

/** A file named on the command line lies where the shell says; the request counts from the scanned directory. */
function pathFrom(file: string | undefined, directory: string, workingDirectory: string): string | null {
  if (file === undefined) return null;
  const absolute = resolve(workingDirectory, file);
  if (isAbsolute(file) && !isInside(absolute, directory)) return file;
  return relative(directory, absolute).replaceAll(sep, '/');
}

function readBase(revision: string | undefined): Pick<Request, 'base'> {
  if (revision === undefined) return {};
  if (revision.startsWith('-')) throw new InputError(`\`--base ${revision}\` names no revision`);
  return { base: { kind: 'revision', revision } };
}

function choose<T extends string>(given: Given, name: string): T | null {
  const value = given.get(name)?.at(-1);
  return value === undefined ? null : (check(name, value) as T);
}

/** Refuses a value that is none of the option's choices. */
function check(name: string, value: string): string {
  const choices = cliOptions.find((option) => option.name === name)!.choices!;
  if (choices.includes(value)) return value;
  if (unavailableChoices[name]?.includes(value)) throw notYet(`--${name} ${value}`);
  throw new InputError(
    `\`--${name}\` must be one of ${choices.join(', ')}, not ${quote(value)}.${suggestion(value, choices)}`.replace(
      /\.$/,
      '',
    ),
  );
}

function readOmit(given: Given): OmitType[] {
  const types = (given.get('omit') ?? []).flatMap((value) => value.split(','));
  return [...new Set(types.map((type) => check('omit', type) as OmitType))];
}

function readRegistry(value: string | undefined): string | null {
  if (value === undefined) return null;
  if (!URL.canParse(value) || !/^https?:/i.test(value)) {
    throw new InputError(
      `\`--registry\` must be an address such as https://registry.npmjs.org/, not ${quote(value)}`,
    );
  }
  return value;
}

/** `--output FILE` takes the report of `--format` from standard output; each `--output FORMAT:FILE` writes one more. */
function readReports(given: Given, preset: ReportFormat): ReportTarget[] {
  const main = choose<ReportFormat>(given, 'format') ?? preset;
  const targets = (given.get('output') ?? []).map((value) => splitOutput(value));
  const plain = targets.filter(({ format }) => format === null);
  if (plain.length > 1) {
    throw new InputError(
      '`--output FILE` can be given once: write the others as FORMAT:FILE, such as json:report.json',
    );
  }
  return [
    { format: main, file: plain[0]?.file ?? null },
    ...targets.flatMap(({ format, file }) => (format === null ? [] : [{ format, file }])),
  ];
}

/** `json:report.json`. One letter before a colon is a drive of Windows. */
function splitOutput(value: string): { format: ReportFormat | null; file: string } {
  const match = /^([a-z][a-z-]+):(.*)$/is.exec(value);
  if (match === null) return { format: null, file: value };
  const [, word, file] = match;
  if (unavailableChoices.format!.includes(word!)) throw notYet(`--output ${word}:FILE`);
  if (!(reportFormats as readonly string[]).includes(word!)) {
    throw new InputError(
      `there is no report format ${quote(word!)}: FORMAT:FILE takes ${reportFormats.join(', ')}.${suggestion(word!, reportFormats)} For a file of that name write ${quote(`./${value}`)}`,
    );
  }
  if (file === '') throw new InputError(`\`--output ${word}:\` lacks the name of the file`);
  return { format: word as ReportFormat, file: file! };
}

function checkRule(id: string): string {
  if ((ruleIds as readonly string[]).includes(id)) return id;
  throw new InputError(
    `there is no rule ${quote(id)}.${suggestion(id, ruleIds)} \`express-gate --list-rules\` names them all`,
  );
}

function notYet(what: string): InputError {
  return new InputError(`\`${what}\` is not available yet in this version`);
}

function quote(text: string): string {
  return `\`${text}\``;
}
