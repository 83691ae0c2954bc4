/** Turns a snapshot into a detection: every rule put to every project, application and session, findings made whole. */
import type { Check } from '../model/check.ts';
import type { Detection, Effort } from '../model/detection.ts';
import type { Finding, Undecided } from '../model/finding.ts';
import { compareLocations, compareText, type Location } from '../model/location.ts';
import { ruleUrl } from '../model/rule.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { judgeAdvisories } from './advisories.ts';
import type { App, Program, SessionSetup } from './app-model.ts';
import { relateChanges } from './changed-places.ts';
import { analyseCode, type ProjectTrace } from './code/analyse-code.ts';
import { isSource } from './code/source-roles.ts';
import { readDeprecatedDependencies } from './deprecated-dependencies.ts';
import { readExpressFacts } from './express-version.ts';
import { fingerprint } from './fingerprint.ts';
import { readNodeFacts } from './node-version/read-node-facts.ts';
import type { Draft, Judge, Rule } from './rule-contract.ts';
import { rules } from './rule-list.ts';

export interface DetectionOptions {
  /** What production sets, by variable name, as the policy says. */
  readonly environment: ReadonlyMap<string, string>;
  /** ISO date. */
  readonly today: string;
  /** Milliseconds since some moment: what the times in the checks are taken by. Without one they are 0. */
  readonly now?: () => number;
}

interface Stated {
  readonly rule: Rule;
  readonly draft: Draft;
  readonly project: string;
}

/** The app that a rule judges, by where it is made: the model itself is let go as soon as it is judged. */
interface Judged {
  readonly made: string;
  readonly listens: boolean;
}

/** A detection, and what it takes to detect the like of it. */
export interface Detected extends Detection {
  readonly effort: Effort;
  readonly snapshot: Snapshot;
  readonly traces: ReadonlyMap<string, ProjectTrace>;
  readonly statements: Statements;
}

/**
 * Detects what there is to say of one snapshot. Pure: the same snapshot and options give the same detection.
 * @param like what was detected, by the same options, of a snapshot that shares much with this one: projects in which nothing differs are not
 *   looked at again.
 */
export function detect(
  snapshot: Snapshot,
  options: DetectionOptions,
  like: Detected | null = null,
): Detected {
  const now = options.now ?? (() => 0);
  const began = now();
  const audited = judgeAdvisories(snapshot, options.today);
  const express = readExpressFacts(snapshot, options.today, audited.advisories);
  const deprecated = readDeprecatedDependencies(snapshot);
  const node = readNodeFacts(snapshot, options.today);
  const versionsMs = now() - began;
  const statements = new Statements();
  for (const rule of rules) {
    if (rule.level === 'express')
      for (const facts of express.facts) rule.check(facts, statements.judge(rule, facts.project.directory));
    else if (rule.level === 'dependency')
      for (const dependency of deprecated)
        rule.check(dependency, statements.judge(rule, dependency.project.directory));
    else if (rule.level === 'node')
      for (const facts of node) rule.check(facts, statements.judge(rule, facts.project.directory));
    else if (rule.level === 'advisory')
      for (const advisory of audited.advisories)
        rule.check(advisory, statements.judge(rule, advisory.project.directory));
  }
  const standing = like === null ? new Map<string, ProjectTrace>() : standingProjects(snapshot, like);
  const code = analyseCode(
    snapshot,
    options.environment,
    (program) => judgeProgram(program, statements),
    now,
    standing,
  );
  if (like !== null) statements.adopt(like.statements, new Set(standing.keys()));
  const { stated, undecided } = statements.ofServedApps();
  const checks: Check[] = [
    ...snapshot.checks,
    ...audited.checks,
    // They are looked at together; the first tells how long that took.
    ...express.checks.map((check, index) => (index === 0 ? { ...check, ms: Math.round(versionsMs) } : check)),
    ...code.checks,
  ];
  return {
    findings: makeWhole(stated),
    undecided: withoutRepeats(undecided, stated),
    checks,
    effort: { versionsMs, ...code.effort },
    snapshot,
    traces: code.traces,
    statements,
  };
}

/**
 * The projects that are the same in both snapshots, as far as their analysis has looked. Where anything but the text of source files differs (a file
 * comes or goes, a manifest or a Dockerfile changes), names may lead elsewhere, and all is looked at again.
 */
function standingProjects(snapshot: Snapshot, like: Detected): Map<string, ProjectTrace> {
  const standing = new Map<string, ProjectTrace>();
  if (snapshot.files.size !== like.snapshot.files.size) return standing;
  const changed: string[] = [];
  for (const [path, { text }] of snapshot.files) {
    const other = like.snapshot.files.get(path);
    if (other === undefined) return standing;
    if (other.text === text) continue;
    if (!isSource(path)) return standing;
    changed.push(path);
  }
  for (const { directory, express } of snapshot.projects) {
    const trace = like.traces.get(directory);
    if (express !== null && trace !== undefined && !changed.some(trace.lookedAt))
      standing.set(directory, trace);
  }
  return standing;
}

/** The head's detection, in which a finding that comes of a change elsewhere names the changed place. */
export function explainChanges(
  head: Snapshot,
  detection: Detected,
  base: { readonly snapshot: Snapshot; readonly detection: Detection },
  options: DetectionOptions,
): Detection {
  const { steps } = detection.effort;
  return relateChanges({ snapshot: head, detection }, base, (snapshot) => detect(snapshot, options), steps);
}

/** Puts the rules to one program. */
function judgeProgram(program: Program, statements: Statements): void {
  const { directory } = program.project;
  for (const rule of rules) {
    switch (rule.level) {
      case 'program':
        rule.check(program, statements.judge(rule, directory));
        break;
      case 'app':
        for (const app of program.apps) rule.check(app, statements.judge(rule, directory, app), program);
        break;
      case 'session':
        for (const session of program.sessions)
          judgeSession(rule, session, statements.judge(rule, directory), program);
        break;
    }
  }
}

/** The rules that are put to programs. */
const programRules = new Set(
  rules
    .filter(({ level }) => level === 'program' || level === 'app' || level === 'session')
    .map(({ id }) => id),
);

/** Gathers what the rules say. */
class Statements {
  private readonly stated: (Stated & { readonly app: Judged | null })[] = [];
  private readonly undecided: (Undecided & { readonly app: Judged | null })[] = [];
  /** Where apps that listen are made -> the projects that say so. */
  private readonly served = new Map<string, Set<string>>();

  judge(rule: Rule, project: string, about: App | null = null): Judge {
    const app = about === null ? null : this.note(about, project);
    return {
      finding: (draft) => this.stated.push({ rule, draft, project, app }),
      undecided: ({ location, reason }) =>
        this.undecided.push({ ruleId: rule.id, location, reason, project, app }),
    };
  }

  private note({ created, listens }: App, project: string): Judged {
    const made = `${created.file}:${created.line}:${created.column}`;
    if (listens) this.serve(made, project);
    return { made, listens };
  }

  private serve(made: string, project: string): void {
    const projects = this.served.get(made);
    if (projects === undefined) this.served.set(made, new Set([project]));
    else projects.add(project);
  }

  /** Takes over what was said of the programs of other projects. Keys are looked for in each snapshot by itself. */
  adopt(other: Statements, projects: ReadonlySet<string>): void {
    const counts = (ruleId: string, project: string): boolean =>
      projects.has(project) && ruleId !== 'private-key-committed' && programRules.has(ruleId);
    this.stated.push(...other.stated.filter(({ rule, project }) => counts(rule.id, project)));
    this.undecided.push(...other.undecided.filter(({ ruleId, project }) => counts(ruleId, project)));
    for (const [made, saying] of other.served)
      for (const project of saying) if (projects.has(project)) this.serve(made, project);
  }

  /**
   * One app is often set up by a module that several programs import. Where one of them serves it, only that one tells how it is in
   * production: a script that merely imports the module does not finish its set-up.
   */
  ofServedApps(): { readonly stated: readonly Stated[]; readonly undecided: readonly Undecided[] } {
    const counts = ({ app }: { readonly app: Judged | null }): boolean =>
      app === null || app.listens || !this.served.has(app.made);
    return {
      stated: this.stated.filter(counts),
      undecided: this.undecided
        .filter(counts)
        .map(({ ruleId, location, reason, project }) => ({ ruleId, location, reason, project })),
    };
  }
}

/**
 * Puts a rule to a set-up. Where the program takes another in its place, by a condition that cannot be decided, and the rule finds nothing
 * wrong with that one, its findings hang on the condition.
 */
function judgeSession(
  rule: Rule & { readonly level: 'session' },
  session: SessionSetup,
  judge: Judge,
  program: Program,
): void {
  const { rivals } = session;
  if (rivals === null || rule.whicheverWay === true) {
    rule.check(session, judge, program);
    return;
  }
  const isClean = (other: SessionSetup): boolean => {
    let clean = true;
    const note = (): void => {
      clean = false;
    };
    rule.check(other, { finding: note, undecided: note }, program);
    return clean;
  };
  const hangs = rivals.setups.some(isClean);
  rule.check(
    session,
    {
      undecided: (question) => judge.undecided(question),
      finding: (draft) =>
        hangs
          ? judge.undecided({ location: draft.location, reason: rivals.reason.text })
          : judge.finding(draft),
    },
    program,
  );
}

/** Adds the rule's metadata and the fingerprint; what several programs say of one place is said once. */
function makeWhole(stated: readonly Stated[]): Finding[] {
  const sorted = [...stated].sort(
    (a, b) =>
      compareLocations(a.draft.location, b.draft.location) ||
      compareText(a.rule.id, b.rule.id) ||
      compareText(a.draft.subject, b.draft.subject) ||
      compareText(a.project, b.project) ||
      compareText(a.draft.message, b.draft.message),
  );
  const seen = new Set<string>();
  const ordinals = new Map<string, number>();
  const findings: Finding[] = [];
  for (const { rule, draft, project } of sorted) {
    const isDependency = rule.level === 'advisory' || rule.level === 'express';
    const key = isDependency ? `${rule.id}\0${project}\0${draft.subject}` : placeOf(rule.id, draft.location);
    if (seen.has(key)) continue;
    seen.add(key);
    const equal = `${rule.id}\0${project}\0${draft.subject}`;
    const ordinal = ordinals.get(equal) ?? 0;
    ordinals.set(equal, ordinal + 1);
    findings.push({
      ruleId: rule.id,
      severity: draft.severity ?? (rule.severity === 'advisory' ? 'moderate' : rule.severity),
      confidence: draft.confidence ?? rule.confidence,
      message: draft.message,
      help: draft.help ?? rule.remedy,
      url: ruleUrl(rule.id),
      cwe: draft.cwe ?? rule.cwe,
      location: draft.location,
      related: draft.related ?? [],
      project,
      fingerprint: fingerprint(rule.id, project, draft.subject, ordinal),
      subject: draft.subject,
      ...(draft.advisory === undefined ? {} : { advisory: draft.advisory }),
      ...(draft.fix === undefined ? {} : { fix: draft.fix }),
    });
  }
  return findings;
}

/** Names a rule's answer by where it is given. */
function placeOf(ruleId: string, { file, line, column }: Location): string {
  return `${ruleId}\0${file}\0${line}\0${column}`;
}

/** Questions once each, and none where the same rule has a finding in the same place. */
function withoutRepeats(undecided: readonly Undecided[], stated: readonly Stated[]): Undecided[] {
  const seen = new Set(stated.map(({ rule, draft }) => placeOf(rule.id, draft.location)));
  const kept: Undecided[] = [];
  for (const question of [...undecided].sort(
    (a, b) =>
      compareLocations(a.location, b.location) ||
      compareText(a.ruleId, b.ruleId) ||
      compareText(a.reason, b.reason),
  )) {
    const key = placeOf(question.ruleId, question.location);
    if (seen.has(key)) continue;
    seen.add(key);
    kept.push(question);
  }
  return kept;
}
