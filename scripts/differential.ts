/** Turns a count and a seed into a long differential run: generated programs judged and really started, and what they disagree on. */
import { parseArgs } from 'node:util';
import fc from 'fast-check';
import { programPlans } from '../test/differential/app-plan.ts';
import { describeTrial, type Trial, Trials } from '../test/differential/trial.ts';

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '1000' },
    seed: { type: 'string', default: '1' },
    /** Kinds of disagreement that are shrunk and shown in full. */
    show: { type: 'string', default: '5' },
    /** Programs may hang on variables that nothing sets. */
    outside: { type: 'boolean', default: false },
  },
});
const count = Number(values.count);
const seed = Number(values.seed);
const trials = new Trials();
const arbitrary = programPlans(values.outside);
const began = performance.now();

/** What a trial went wrong in, without what differs from program to program; null where all is well. */
function kindsOf({ disagreements, problem }: Trial): string[] {
  if (problem !== null) return [`did not start: ${problem.split('\n')[0]}`.replace(/\d+/g, '#')];
  const heads = disagreements.map(({ rule, expected, got }) =>
    `${rule}: expected ${expected}; got ${got}`.replace(/\d+/g, '#').replace(/`[^`]*`|'[^']*'/g, '…'),
  );
  return [...new Set(heads)];
}

/** The smallest program, of those made from the plan at `index`, that still goes wrong in this way. */
async function shrink(index: number, head: string): Promise<Trial | null> {
  let smallest: Trial | null = null;
  const end = performance.now() + 20_000;
  await fc.check(
    fc.asyncProperty(arbitrary, async (plan) => {
      if (performance.now() > end) return true;
      const trial = await trials.run(plan);
      if (!kindsOf(trial).includes(head)) return true;
      smallest = trial;
      return false;
    }),
    { seed, path: String(index), numRuns: 1 },
  );
  return smallest;
}

let wrong = 0;
let undecided = 0;
let notStarted = 0;
const kinds = new Map<string, number>();
for (const [index, plan] of fc.sample(arbitrary, { numRuns: count, seed }).entries()) {
  const trial = await trials.run(plan);
  const verdicts = [...trial.gate.apps, ...trial.gate.sessions].flatMap((each) => [
    ...each.verdicts.values(),
  ]);
  if (verdicts.some(({ kind }) => kind === 'undecided')) undecided++;
  if (trial.problem !== null) notStarted++;
  else if (trial.disagreements.length > 0) wrong++;
  for (const head of kindsOf(trial)) {
    const times = kinds.get(head) ?? 0;
    kinds.set(head, times + 1);
    if (times > 0 || kinds.size > Number(values.show)) continue;
    const smallest = (await shrink(index, head)) ?? trial;
    console.log(`${'='.repeat(80)}\n${head} (program ${index})\n${describeTrial(smallest)}`);
  }
}
for (const [head, times] of [...kinds].sort((a, b) => b[1] - a[1])) console.log(`${times} x ${head}`);
const seconds = (performance.now() - began) / 1000;
const share = ((100 * undecided) / count).toFixed(2);
console.log(
  `${count} programs: ${wrong} disagree, ${notStarted} did not start, ${undecided} with something undecided (${share} %); ${seconds.toFixed(1)} s`,
);
trials.close();
process.exitCode = wrong > 0 ? 1 : 0;
