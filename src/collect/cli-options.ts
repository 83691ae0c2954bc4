/** The options of the command line, and the help text that is made of them. */
import { severities } from '../model/severity.ts';

export interface CliOption {
  readonly name: string;
  readonly short?: string;
  /** What its value is called; missing for a switch. */
  readonly value?: string;
  readonly choices?: readonly string[];
  /** Help, one line each; null for an option of the contract that is not built yet. */
  readonly help: readonly string[] | null;
}

/** Report formats that can be asked for. */
export const reportFormats = ['text', 'json', 'sarif', 'markdown', 'github', 'gitlab'] as const;

export type ReportFormat = (typeof reportFormats)[number];

/** Words of the contract that stand for something not built yet, by option. */
export const unavailableChoices: Readonly<Record<string, readonly string[]>> = {
  format: ['html'],
};

/** Commands of the contract that are not built yet. */
export const unavailableCommands = ['merge', 'probe'] as const;

export const cliOptions: readonly CliOption[] = [
  {
    name: 'format',
    value: 'FORMAT',
    choices: reportFormats,
    help: [`${reportFormats.join(', ')};`, 'default text (github where GITHUB_ACTIONS=true)'],
  },
  {
    name: 'output',
    value: 'FILE',
    help: [
      'write the report there instead of standard output;',
      'as FORMAT:FILE, which can be repeated, one report more',
    ],
  },
  {
    name: 'policy',
    value: 'FILE',
    help: ['default .github/express-gate.yml, else .express-gate.yml, in the directory'],
  },
  {
    name: 'fail-on',
    value: 'SEVERITY',
    choices: [...severities, 'never'],
    help: [`findings of this severity and above block: ${severities.join(', ')},`, 'or never; default high'],
  },
  {
    name: 'base',
    value: 'REVISION',
    help: ['compare with a git revision: findings are new or unchanged, and fixed ones', 'are listed'],
  },
  {
    name: 'scope',
    value: 'SCOPE',
    choices: ['new', 'all'],
    help: ['which findings can block: new, all; default new with a base, else all'],
  },
  {
    name: 'audit',
    value: 'SOURCE',
    choices: ['npm', 'osv', 'embedded', 'off'],
    help: [
      'where advisories come from: npm (npm audit) or osv (osv.dev), and the',
      'embedded ones where it cannot be asked; embedded, or off; default npm',
    ],
  },
  { name: 'registry', value: 'URL', help: ['the registry that npm audit asks'] },
  {
    name: 'omit',
    value: 'TYPE',
    choices: ['dev', 'optional', 'peer'],
    help: ['leave these dependencies out: dev, optional, peer; can be repeated'],
  },
  {
    name: 'snyk-json',
    value: 'FILE',
    help: ['merge what `snyk test --json` wrote into this file'],
  },
  {
    name: 'waive',
    value: 'FINGERPRINT',
    help: ['accept a finding for a while: writes a waiver into the policy;', 'with --reason and --expires'],
  },
  { name: 'reason', value: 'TEXT', help: ['why it is accepted'] },
  { name: 'expires', value: 'DATE', help: ['the last day (YYYY-MM-DD) on which it is'] },
  { name: 'list-rules', help: ['list the rules'] },
  { name: 'explain', value: 'RULE', help: ['say what a rule reports, why, and what to write instead'] },
  { name: 'version', short: 'v', help: ['print the version'] },
  { name: 'help', short: 'h', help: ['print this'] },
  { name: 'shard', value: 'I/N', help: null },
  { name: 'fix', help: null },
  { name: 'dry-run', help: null },
  { name: 'init', help: null },
  { name: 'adopt', help: null },
  { name: 'start', value: 'COMMAND', help: null },
  { name: 'wait-on', value: 'URL', help: null },
  { name: 'with', value: 'REPORT', help: null },
];

/** What `--help` prints. */
export function renderHelp(): string {
  const built = cliOptions.filter((option) => option.help !== null);
  const heads = built.map(({ name, short, value }) => {
    return `${short === undefined ? '' : `-${short}, `}--${name}${value === undefined ? '' : ` ${value}`}`;
  });
  const width = Math.max(...heads.map((head) => head.length)) + 2;
  const lines = built.flatMap(({ help }, index) =>
    help!.map((line, row) => `  ${(row === 0 ? heads[index]! : '').padEnd(width)}${line}`),
  );
  return `${[
    'express-gate [directory]     judge the Express applications in a directory; default: the current one',
    '',
    ...lines,
    '',
    'A policy that extends one on GitHub is read with GITHUB_TOKEN or GH_TOKEN, where one is set.',
    'Exit codes: 0 pass, 1 the policy blocks, 2 could not judge.',
  ].join('\n')}\n`;
}
