/** Turns runs of the built command line into a table of times and memory: start-up, the sample shops, a repository of 10,000 files. */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generateRepository } from './bench-repository.ts';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const cli = join(root, 'dist/cli.js');

/** Makes the measured process say at its end how much memory it took at most; the product knows nothing of it. */
const sayMemory = `data:text/javascript,${encodeURIComponent("process.on('exit',()=>process.stderr.write('\\nmaxRSS '+process.resourceUsage().maxRSS))")}`;

/** Reads every file of a repository, as text: the least that anything can do that looks at them all. */
const justRead = `
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
let characters = 0;
for (const entry of readdirSync(process.argv[1], { recursive: true, withFileTypes: true })) {
  if (entry.isFile() && !entry.parentPath.includes('.git')) characters += readFileSync(join(entry.parentPath, entry.name), 'utf8').length;
}
console.log(characters);`;

interface Measure {
  /** Milliseconds, the median of all runs. */
  readonly ms: number;
  /** MiB, the highest of all runs; null where the run was not asked to say it. */
  readonly memory: number | null;
}

/** Runs node with each list of arguments in turn, `runs` times over, so that a slow moment of the machine hits all alike. */
function measure(runs: number, lists: readonly (readonly string[])[], withMemory = true): Measure[] {
  const times = lists.map((): number[] => []);
  const memories = lists.map(() => 0);
  for (let run = 0; run < runs; run++) {
    for (const [index, args] of lists.entries()) {
      const began = process.hrtime.bigint();
      const hook = withMemory ? ['--import', sayMemory] : [];
      const child = spawnSync(process.execPath, [...hook, ...args], { encoding: 'utf8', maxBuffer: 1 << 28 });
      times[index]!.push(Number(process.hrtime.bigint() - began) / 1e6);
      if (child.status === null || child.status > 1)
        throw new Error(`node ${args.join(' ')} failed:\n${child.stderr}`);
      memories[index] = Math.max(memories[index]!, Number(/maxRSS (\d+)$/.exec(child.stderr)?.[1] ?? 0));
    }
  }
  return times.map((each, index) => ({
    ms: median(each),
    memory: withMemory ? memories[index]! / 1024 : null,
  }));
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

type Row = readonly [what: string, { readonly ms: number; readonly memory: number | null }, remark: string];

function print(rows: readonly Row[]): void {
  const width = Math.max(...rows.map(([what]) => what.length));
  console.log(`${'what'.padEnd(width)}        ms  peak MiB`);
  for (const [what, { ms, memory }, remark] of rows) {
    const shown = memory === null ? '' : memory.toFixed(0);
    console.log(
      `${what.padEnd(width)}  ${ms.toFixed(0).padStart(8)}  ${shown.padStart(8)}  ${remark}`.trimEnd(),
    );
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

function large(): Row[] {
  const folder = mkdtempSync(join(tmpdir(), 'express-gate-bench-'));
  try {
    let bytes = 0;
    let count = 0;
    for (const [path, text] of generateRepository(10_000)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
      bytes += text.length;
      count++;
    }
    execFileSync('git', ['init', '--quiet'], { cwd: folder });
    execFileSync('git', ['add', '.'], { cwd: folder });
    const [read, judged] = measure(3, [
      ['--input-type=module', '-e', justRead, folder],
      [cli, folder, '--audit', 'embedded', '--format', 'json'],
    ]) as [Measure, Measure];
    const size = `${count} files, ${(bytes / 2 ** 20).toFixed(0)} MiB`;
    return [
      [`just reading ${size}`, read, ''],
      [`express-gate on them`, judged, `${(judged.ms / read.ms).toFixed(1)} x just reading`],
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

if (!existsSync(cli)) {
  console.error('dist/cli.js is not there: run "npm run build" first.');
  process.exitCode = 2;
} else {
  console.log(`Node.js ${process.versions.node}, ${process.platform} ${process.arch}; medians`);
  print([...startUp(), ...samples(), ...large()]);
}
