/** Turns plans into the disagreements between the gate and the started programs, several at once. */
import type { ProgramPlan } from './app-plan.ts';
import { type Program, writeProgram } from './app-source.ts';
import { compare, type Disagreement, describeDisagreement } from './comparison.ts';
import { type GateVerdicts, judgeProgram } from './gate-verdicts.ts';
import type { Observation } from './observation.ts';
import { ProgramStarter } from './program-starter.ts';
import { shrinkPlan } from './shrink.ts';

export interface Trial {
  readonly program: Program;
  readonly gate: GateVerdicts;
  /** What was seen under each value of the variables outside. */
  readonly observations: readonly Observation[];
  readonly disagreements: readonly Disagreement[];
  /** Why the program did not start, or null. */
  readonly problem: string | null;
}

/** So many programs are written or judged while others run. */
const atOnce = 6;

export class Trials {
  private readonly starters = { 4: new ProgramStarter(4), 5: new ProgramStarter(5) };

  async run(plan: ProgramPlan): Promise<Trial> {
    const program = writeProgram(plan);
    const gate = await judgeProgram(program);
    const observations: Observation[] = [];
    for (const environment of environments(program.outside)) {
      const answer = await this.starters[program.express].start(program, environment);
      if ('problem' in answer)
        return { program, gate, observations, disagreements: [], problem: answer.problem };
      observations.push(answer.observation);
    }
    return {
      program,
      gate,
      observations,
      disagreements: compare(observations, gate, program.outside),
      problem: null,
    };
  }

  /** Runs all plans; `tell` has each trial as it ends, with the plan's number. Stops early where it gives false. */
  async runAll(
    plans: readonly ProgramPlan[],
    tell: (trial: Trial, index: number) => boolean | undefined,
  ): Promise<void> {
    let next = 0;
    const work = async (): Promise<void> => {
      while (next < plans.length) {
        const index = next++;
        if (tell(await this.run(plans[index]!), index) === false) next = plans.length;
      }
    };
    await Promise.all(Array.from({ length: atOnce }, work));
  }

  /** The smallest program found that goes wrong in the way `head` (one of `kindsOf`). */
  async shrink(plan: ProgramPlan, head: string, milliseconds = 8_000): Promise<Trial> {
    const isSame = async (each: ProgramPlan): Promise<boolean> => {
      try {
        return kindsOf(await this.run(each)).includes(head);
      } catch {
        return false;
      }
    };
    return this.run(await shrinkPlan(plan, isSame, milliseconds));
  }

  close(): void {
    this.starters[4].close();
    this.starters[5].close();
  }
}

/** Values of the outside variables under which the program is started: none, then the same for all. */
function environments(outside: readonly string[]): Record<string, string>[] {
  if (outside.length === 0) return [{}];
  return [undefined, 'true', 'false', '1'].map((value) =>
    value === undefined ? {} : Object.fromEntries(outside.map((name) => [name, value])),
  );
}

/** What a trial went wrong in, without what differs from program to program; none where all is well. */
export function kindsOf({ disagreements, problem }: Trial): string[] {
  if (problem !== null) return [`did not start: ${problem.split('\n')[0]}`.replace(/\d+/g, '#')];
  const heads = disagreements.map(({ rule, expected, got }) =>
    `${rule}: expected ${expected}; got ${got}`.replace(/\d+/g, '#').replace(/`[^`]*`|'[^']*'/g, '…'),
  );
  return [...new Set(heads)];
}

/** A program and what is said of it, to read. */
export function describeTrial({ program, disagreements, problem }: Trial): string {
  const files = [...program.files]
    .filter(([path]) => path !== 'package.json')
    .map(([path, text]) => `// ${path}\n${text}`);
  const heads = [
    `Express ${program.express}, started by ${program.entry}`,
    ...disagreements.map(describeDisagreement),
    ...(problem === null ? [] : [`did not start: ${problem}`]),
  ];
  return `${heads.join('\n')}\n\n${files.join('\n')}`;
}
