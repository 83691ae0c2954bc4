/** Turns a count and a seed into a long differential run: generated programs judged and really started, and what they disagree on. */
import { parseArgs } from 'node:util';
import fc from 'fast-check';
import { programPlans } from '../test/differential/app-plan.ts';
import { describeTrial, Trials } from '../test/differential/trial.ts';

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '1000' },
    seed: { type: 'string', default: '1' },
    /** Disagreements that are shrunk and shown in full. */
    show: { type: 'string', default: '5' },
    /** Programs may hang on variables that nothing sets. */
    outside: { type: 'boolean', default: false },
    express: { type: 'string' },
  },
});
const count = Number(values.count);
const seed = Number(values.seed);
const trials = new Trials();
const began = performance.now();
const plans = fc.sample(programPlans(values.outside), { numRuns: count, seed });
let done = 0;
let wrong = 0;
let undecided = 0;
let notStarted = 0;
let shown = 0;
const kinds = new Map<string, number>();
for (const plan of plans) {
  const trial = await trials.run(plan);
  done++;
  const verdicts = [...trial.gate.apps, ...trial.gate.sessions].flatMap((each) => [...each.verdicts.values()]);
  if (verdicts.some(({ kind }) => kind === 'undecided')) undecided++;
  if (trial.problem !== null) {
    notStarted++;
    const head = `did not start: ${trial.problem.split('\n')[0]!.replace(/\d+/g, '#')}`;
    kinds.set(head, (kinds.get(head) ?? 0) + 1);
    if (!kinds.has(`shown ${head}`) && shown < Number(values.show)) {
      shown++;
      kinds.set(`shown ${head}`, 0);
      console.log(`${describeTrial(trial)}\n${'-'.repeat(80)}`);
    }
    continue;
  }
  if (trial.disagreements.length === 0) continue;
  wrong++;
  for (const { rule, expected, got } of trial.disagreements) {
    const head = `${rule}: expected ${expected}; got ${got.replace(/\d+/g, '#')}`;
    kinds.set(head, (kinds.get(head) ?? 0) + 1);
  }
}
for (const [head, times] of [...kinds].sort((a, b) => b[1] - a[1])) if (times > 0) console.log(`${times} x ${head}`);
const seconds = (performance.now() - began) / 1000;
console.log(
  `${done} programs, ${wrong} disagree, ${notStarted} did not start, ${undecided} undecided (${((100 * undecided) / done).toFixed(2)} %), ${seconds.toFixed(1)} s`,
);
trials.close();
process.exitCode = wrong > 0 ? 1 : 0;
