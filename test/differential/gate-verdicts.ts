/** What the gate says of a generated program: each rule's answer for each app and session, without touching the disk. */
import { findProjects } from '../../src/collect/projects.ts';
import type { Program as ProgramModel } from '../../src/detect/app-model.ts';
import { analyseCode } from '../../src/detect/code/analyse-code.ts';
import { type DetectionOptions, detect } from '../../src/detect/detect.ts';
import type { Judge } from '../../src/detect/rule-contract.ts';
import { rules } from '../../src/detect/rule-list.ts';
import type { Check } from '../../src/model/check.ts';
import type { Location } from '../../src/model/location.ts';
import type { Snapshot } from '../../src/model/snapshot.ts';
import { installedVersions, type Program } from './app-source.ts';
import type { Site } from './observation.ts';

export type Verdict =
  | { readonly kind: 'finding'; readonly message: string }
  | { readonly kind: 'clean' }
  | { readonly kind: 'undecided'; readonly reason: string };

export interface Judged {
  readonly site: Site;
  /** The rule's answer by its id. */
  readonly verdicts: ReadonlyMap<string, Verdict>;
}

export interface GateVerdicts {
  readonly apps: readonly Judged[];
  readonly sessions: readonly Judged[];
  /** Rules with a finding in the whole detection. */
  readonly found: ReadonlySet<string>;
  /** Rules that are undecided somewhere in it, with the first reason. */
  readonly open: ReadonlyMap<string, string>;
  /** All rules that there are. */
  readonly rules: ReadonlySet<string>;
  /** Checks of the code that were not whole. */
  readonly problems: readonly Check[];
}

const options: DetectionOptions = { environment: new Map(), today: '2026-11-24' };

function lockfileText(program: Program): string {
  const versions = installedVersions(program.express);
  const packages: Record<string, unknown> = {
    '': { name: 'shop', version: '1.0.0', dependencies: versions },
  };
  for (const [name, version] of Object.entries(versions)) packages[`node_modules/${name}`] = { version };
  return JSON.stringify({ name: 'shop', version: '1.0.0', lockfileVersion: 3, requires: true, packages });
}

async function snapshotOf(program: Program): Promise<Snapshot> {
  const texts = new Map([...program.files, ['package-lock.json', lockfileText(program)]]);
  const files = new Map(
    [...texts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([path, text]) => [path, { path, text }]),
  );
  const { projects } = await findProjects({
    files,
    present: new Set(['package.json', 'package-lock.json']),
    leftOut: [],
    notes: [],
  });
  return { revision: null, files, projects, audits: [], checks: [] };
}

function siteOf({ file, line }: Location): Site {
  return { file, line };
}

/** Puts a program to every rule that judges apps or sessions. */
export async function judgeProgram(program: Program): Promise<GateVerdicts> {
  const snapshot = await snapshotOf(program);
  const programs: ProgramModel[] = [];
  const { checks } = analyseCode(snapshot, options.environment, (each) => programs.push(each));
  const apps: Judged[] = [];
  const sessions: Judged[] = [];
  for (const each of programs) {
    for (const app of each.apps) {
      const verdicts = new Map<string, Verdict>();
      for (const rule of rules)
        if (rule.level === 'app')
          verdicts.set(
            rule.id,
            answerOf((judge) => rule.check(app, judge, each)),
          );
      apps.push({ site: siteOf(app.created), verdicts });
    }
    for (const session of each.sessions) {
      const verdicts = new Map<string, Verdict>();
      for (const rule of rules)
        if (rule.level === 'session')
          verdicts.set(
            rule.id,
            answerOf((judge) => rule.check(session, judge, each)),
          );
      sessions.push({ site: siteOf(session.created), verdicts });
    }
  }
  const { findings, undecided } = detect(snapshot, options);
  return {
    apps,
    sessions,
    found: new Set(findings.map(({ ruleId }) => ruleId)),
    open: new Map([...undecided].reverse().map(({ ruleId, reason }) => [ruleId, reason])),
    rules: new Set(rules.map(({ id }) => id)),
    problems: checks.filter(({ state }) => state !== 'ok'),
  };
}

function answerOf(check: (judge: Judge) => void): Verdict {
  let verdict: Verdict = { kind: 'clean' };
  check({
    finding: ({ message }) => {
      verdict = { kind: 'finding', message };
    },
    undecided: ({ reason }) => {
      if (verdict.kind === 'clean') verdict = { kind: 'undecided', reason };
    },
  });
  return verdict;
}
