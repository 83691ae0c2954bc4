/** Turns a plan into the disagreements between the gate and the started program. */
import type { ProgramPlan } from './app-plan.ts';
import { type Program, writeProgram } from './app-source.ts';
import { compare, type Disagreement, describeDisagreement } from './comparison.ts';
import { type GateVerdicts, judgeProgram } from './gate-verdicts.ts';
import type { Observation } from './observation.ts';
import { ProgramStarter } from './program-starter.ts';

export interface Trial {
  readonly program: Program;
  readonly gate: GateVerdicts;
  readonly disagreements: readonly Disagreement[];
  /** Why the program did not start, or null. */
  readonly problem: string | null;
}

export class Trials {
  private readonly starters = { 4: new ProgramStarter(4), 5: new ProgramStarter(5) };

  async run(plan: ProgramPlan): Promise<Trial> {
    const program = writeProgram(plan);
    const gate = await judgeProgram(program);
    const observations: Observation[] = [];
    for (const environment of environments(program.outside)) {
      const answer = await this.starters[program.express].start(program, environment);
      if ('problem' in answer) return { program, gate, disagreements: [], problem: answer.problem };
      observations.push(answer.observation);
    }
    return { program, gate, disagreements: compare(observations, gate, program.outside), problem: null };
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
