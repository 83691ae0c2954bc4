/** Turns a count and a seed into a long differential run: generated programs judged and really started, and what they disagree on. */
import { parseArgs } from 'node:util';
import fc from 'fast-check';
import { programPlans } from '../test/differential/app-plan.ts';
import { describeTrial, kindsOf, Trials } from '../test/differential/trial.ts';

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '1000' },
    seed: { type: 'string', default: '1' },
    /** Kinds of disagreement that are shrunk and shown in full. */
    show: { type: 'string', default: '5' },
    /** No further programs after so many seconds. */
    seconds: { type: 'string', default: 'Infinity' },
    /** Programs may hang on variables that nothing sets. */
    outside: { type: 'boolean', default: false },
  },
});
const count = Number(values.count);
const trials = new Trials();
const began = performance.now();
const plans = fc.sample(programPlans(values.outside), { numRuns: count, seed: Number(values.seed) });

let run = 0;
let wrong = 0;
let undecided = 0;
let notStarted = 0;
/** The first program of each kind of disagreement. */
const kinds = new Map<string, { times: number; index: number }>();
await trials.runAll(plans, (trial, index) => {
  run++;
  const verdicts = [...trial.gate.apps, ...trial.gate.sessions].flatMap((each) => [
    ...each.verdicts.values(),
  ]);
  if (verdicts.some(({ kind }) => kind === 'undecided')) undecided++;
  if (trial.problem !== null) notStarted++;
  else if (trial.disagreements.length > 0) wrong++;
  for (const head of kindsOf(trial)) {
    const { times, index: first } = kinds.get(head) ?? { times: 0, index };
    kinds.set(head, { times: times + 1, index: Math.min(first, index) });
  }
  return performance.now() - began < 1000 * Number(values.seconds);
});
const seconds = (performance.now() - began) / 1000;

const byTimes = [...kinds].sort(([, a], [, b]) => b.times - a.times);
for (const [head, { index }] of byTimes.slice(0, Number(values.show))) {
  const smallest = await trials.shrink(plans[index]!, head);
  console.log(`${'='.repeat(80)}\n${head} (program ${index})\n${describeTrial(smallest)}`);
}
for (const [head, { times }] of byTimes) console.log(`${times} x ${head}`);
const share = ((100 * undecided) / run).toFixed(2);
console.log(
  `${run} programs: ${wrong} disagree, ${notStarted} did not start, ${undecided} with something undecided (${share} %); ${seconds.toFixed(1)} s`,
);
trials.close();
process.exitCode = wrong > 0 || notStarted > 0 ? 1 : 0;
