/** Turns runs of the built command line into a table: start-up, the sample shops, real applications and a generated repository of 10,000 files. */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { basename, delimiter, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { lockedDirectories } from './bench-lockfiles.ts';
import { generateRepository } from './bench-repository.ts';
import type { Stages } from './bench-stages.ts';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const cli = join(root, 'dist/cli.js');

/** The environment variable that names directories of applications, as PATH names directories. */
const appsVariable = 'EXPRESS_GATE_BENCH_APPS';

/** Makes the measured process say at its end what it took; the product knows nothing of it. */
const sayUsage = `data:text/javascript,${encodeURIComponent(
  "process.on('exit',()=>{const u=process.resourceUsage();process.stderr.write('\\nusage '+[u.maxRSS,u.userCPUTime+u.systemCPUTime].join(' '))})",
)}`;

/** Reads the listed files as text: the least that anything can do that looks at them all. */
const justRead = `
import { readFileSync } from 'node:fs';
let characters = 0;
for (const path of readFileSync(process.argv[2], 'utf8').split('\\n')) characters += readFileSync(process.argv[1] + '/' + path, 'utf8').length;
console.log(characters);`;

interface Measure {
  /** Milliseconds on the clock, the shortest of all runs: what else the machine does only adds. */
  readonly ms: number;
  /** Milliseconds of all processors, the least of all runs; null where the run was not asked to say it. */
  readonly cpu: number | null;
  /** MiB, the highest of all runs. */
  readonly memory: number | null;
}

/** Runs node with each list of arguments in turn, `runs` times over, so that a slow moment of the machine hits all alike. */
function measure(runs: number, lists: readonly (readonly string[])[], withUsage = true): Measure[] {
  const times = lists.map((): number[] => []);
  const cpus = lists.map((): number[] => []);
  const memories = lists.map(() => 0);
  for (let run = 0; run < runs; run++) {
    for (const [index, args] of lists.entries()) {
      const began = process.hrtime.bigint();
      const { stderr } = runNode(withUsage ? ['--import', sayUsage, ...args] : args);
      times[index]!.push(Number(process.hrtime.bigint() - began) / 1e6);
      const [, memory = '0', cpu = '0'] = /usage (\d+) (\d+)$/.exec(stderr) ?? [];
      memories[index] = Math.max(memories[index]!, Number(memory));
      cpus[index]!.push(Number(cpu) / 1000);
    }
  }
  return times.map((each, index) => ({
    ms: Math.min(...each),
    cpu: withUsage ? Math.min(...cpus[index]!) : null,
    memory: withUsage ? memories[index]! / 1024 : null,
  }));
}

function runNode(args: readonly string[]): { readonly stdout: string; readonly stderr: string } {
  const child = spawnSync(process.execPath, args, { encoding: 'utf8', maxBuffer: 1 << 28 });
  if (child.status === null || child.status > 1)
    throw new Error(`node ${args.join(' ')} failed:\n${child.stderr}`);
  return child;
}

type Row = readonly [what: string, Measure, remark: string];

function print(rows: readonly Row[]): void {
  const width = Math.max(...rows.map(([what]) => what.length));
  console.log(`${'what'.padEnd(width)}        ms    cpu ms  peak MiB`);
  for (const [what, { ms, cpu, memory }, remark] of rows) {
    const cells = [ms, cpu, memory].map((value) => (value === null ? '' : value.toFixed(0)).padStart(8));
    console.log(`${what.padEnd(width)}  ${cells.join('  ')}  ${remark}`.trimEnd());
  }
}

function startUp(): Row[] {
  const [bare, shown] = measure(
    21,
    [
      ['-e', '0'],
      [cli, '--version'],
    ],
    false,
  ) as [Measure, Measure];
  const aim = 1.5 * bare.ms + 60;
  return [
    ['node -e 0', bare, ''],
    [
      'express-gate --version',
      shown,
      `${shown.ms <= aim ? 'within' : 'OVER'} the aim of ${aim.toFixed(0)} ms (1.5 x node -e 0 + 60)`,
    ],
  ];
}

function samples(): Row[] {
  const shops = ['insecure-shop', 'secure-shop'];
  const measures = measure(
    5,
    shops.map((shop) => [cli, join(root, 'test/apps', shop), '--audit', 'embedded']),
  );
  return shops.map((shop, index) => [`test/apps/${shop}`, measures[index]!, '']);
}

/** What a lockfile of 5,000 packages adds to one of ten, for each format: reading it, and judging what it installs by embedded advisories. */
function lockfiles(): void {
  const folder = mkdtempSync(join(tmpdir(), 'express-gate-bench-'));
  try {
    const sizes = [10, 5000].map((count) => {
      const directories = lockedDirectories(count);
      for (const { name, files } of directories) {
        mkdirSync(join(folder, `${count} ${name}`));
        for (const [file, text] of files) writeFileSync(join(folder, `${count} ${name}`, file), text);
      }
      const lists = directories.map(({ name }) => [
        cli,
        join(folder, `${count} ${name}`),
        ...['--audit', 'embedded', '--format', 'json'],
      ]);
      return { directories, measures: measure(7, lists) };
    });
    const [small, big] = sizes as [(typeof sizes)[0], (typeof sizes)[0]];
    console.log(
      '\nlockfiles of 5,000 packages; the aim: 300 ms more than one of ten packages, 200 MiB in all',
    );
    print(
      big.directories.map(({ name }, index): Row => {
        const [little, much] = [small.measures[index]!, big.measures[index]!];
        const [ms, cpu] = [much.ms - little.ms, much.cpu! - little.cpu!];
        const over = [ms > 300 ? 'OVER 300 ms' : null, much.memory! > 200 ? 'OVER 200 MiB' : null];
        return [
          name,
          much,
          [
            `${ms.toFixed(0)} ms more (${cpu.toFixed(0)} by cpu)`,
            ...over.filter((word) => word !== null),
          ].join('; '),
        ];
      }),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What the gate takes on a directory, beside just reading the files that it reads, and beside ESLint on the sources among them. */
function compare(name: string, directory: string, withEslint: boolean): void {
  const lists = mkdtempSync(join(tmpdir(), 'express-gate-bench-'));
  try {
    const read = join(lists, 'read');
    const sources = join(lists, 'sources');
    const script = (file: string): string => join(root, 'scripts', file);
    const stages = JSON.parse(
      runNode([script('bench-stages.ts'), directory, read, sources]).stdout,
    ) as Stages;
    const bytes = readLines(read).reduce((sum, path) => sum + statSync(join(directory, path)).size, 0);
    const [reading, judging] = measure(5, [
      ['--input-type=module', '-e', justRead, directory, read],
      [cli, directory, '--audit', 'off', '--format', 'json'],
    ]) as [Measure, Measure];
    const [linting] = withEslint ? measure(1, [[script('bench-eslint.ts'), directory, sources]]) : [];
    const times = (a: Measure, b: Measure): string =>
      `${(a.ms / b.ms).toFixed(1)} x (${(a.cpu! / b.cpu!).toFixed(1)} x by cpu)`;
    console.log(
      `\n${name}: ${stages.read} files read, ${(bytes / 2 ** 20).toFixed(1)} MiB; ${stages.parsed} parsed of ${stages.sources} source files; ${stages.programs} programs, ${stages.steps} steps`,
    );
    print([
      ['just reading them', reading, ''],
      [
        'express-gate',
        judging,
        `${times(judging, reading)} just reading${judging.memory! < 400 ? '' : '; OVER 400 MiB'}`,
      ],
      ...(linting === undefined
        ? []
        : [['ESLint with sonarjs', linting, `${times(linting, judging)} express-gate`] as const]),
    ]);
    const each = Object.entries(stages.ms).map(([stage, ms]) => `${stage} ${ms.toFixed(0)}`);
    console.log(`ms by stage, in one run: ${each.join(', ')}`);
  } finally {
    rmSync(lists, { recursive: true, force: true });
  }
}

function readLines(file: string): string[] {
  return readFileSync(file, 'utf8').split('\n');
}

function large(withEslint: boolean): void {
  const folder = mkdtempSync(join(tmpdir(), 'express-gate-bench-'));
  try {
    for (const [path, text] of generateRepository(10_000)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    execFileSync('git', ['init', '--quiet'], { cwd: folder });
    execFileSync('git', ['add', '.'], { cwd: folder });
    compare('a generated repository of 10,000 files', folder, withEslint);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const { values, positionals } = parseArgs({
  options: {
    apps: { type: 'boolean' },
    lockfiles: { type: 'boolean' },
    'no-eslint': { type: 'boolean' },
  },
  allowPositionals: true,
});
const apps = [...positionals, ...(process.env[appsVariable] ?? '').split(delimiter)].filter(
  (path) => path !== '',
);
if (!existsSync(cli)) {
  console.error('dist/cli.js is not there: run "npm run build" first.');
  process.exitCode = 2;
} else if (values.apps === true && positionals.length === 0) {
  console.error('--apps wants directories of applications after it.');
  process.exitCode = 2;
} else {
  const load = loadavg()[0]!;
  console.log(
    `Node.js ${process.versions.node}, ${process.platform} ${process.arch}; the shortest of several runs${
      load > availableParallelism() / 2
        ? `; THE MACHINE IS BUSY (load ${load.toFixed(1)}): go by the cpu times`
        : ''
    }`,
  );
  if (values.lockfiles === true) lockfiles();
  else everything();
}

function everything(): void {
  print([...startUp(), ...samples()]);
  lockfiles();
  const withEslint = values['no-eslint'] !== true;
  for (const directory of apps) compare(basename(resolve(directory)), resolve(directory), withEslint);
  if (apps.length === 0)
    console.log(
      `\nNo real applications are measured: name their directories after --apps or in ${appsVariable} (CONTRIBUTING.md says how to get three).`,
    );
  large(withEslint);
}
