/** Turns a snapshot into a detection: every rule put to every project, application and session, findings made whole. */
import type { Check } from '../model/check.ts';
import type { Detection } from '../model/detection.ts';
import type { Finding, Undecided } from '../model/finding.ts';
import { compareLocations, compareText, type Location } from '../model/location.ts';
import { ruleUrl } from '../model/rule.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { judgeAdvisories } from './advisories.ts';
import { analyseCode } from './code/analyse-code.ts';
import { readExpressFacts } from './express-version.ts';
import { fingerprint } from './fingerprint.ts';
import type { Draft, Judge, Rule } from './rule-contract.ts';
import { rules } from './rule-list.ts';

export interface DetectionOptions {
  /** What production sets, by variable name, as the policy says. */
  readonly environment: ReadonlyMap<string, string>;
  /** ISO date. */
  readonly today: string;
}

interface Stated {
  readonly rule: Rule;
  readonly draft: Draft;
  readonly project: string;
}

/** Detects what there is to say of one snapshot. Pure: the same snapshot and options give the same detection. */
export function detect(snapshot: Snapshot, options: DetectionOptions): Detection {
  const audited = judgeAdvisories(snapshot);
  const express = readExpressFacts(snapshot, options.today, audited.advisories);
  const code = analyseCode(snapshot, options.environment);
  const stated: Stated[] = [];
  const undecided: Undecided[] = [];
  const judgeFor = (rule: Rule, project: string): Judge => ({
    finding: (draft) => stated.push({ rule, draft, project }),
    undecided: ({ location, reason }) => undecided.push({ ruleId: rule.id, location, reason, project }),
  });
  for (const rule of rules) {
    switch (rule.level) {
      case 'express':
        for (const facts of express.facts) rule.check(facts, judgeFor(rule, facts.project.directory));
        break;
      case 'advisory':
        for (const advisory of audited.advisories)
          rule.check(advisory, judgeFor(rule, advisory.project.directory));
        break;
      case 'program':
        for (const program of code.programs) rule.check(program, judgeFor(rule, program.project.directory));
        break;
      case 'app':
        for (const program of code.programs)
          for (const app of program.apps) rule.check(app, judgeFor(rule, program.project.directory), program);
        break;
      case 'session':
        for (const program of code.programs)
          for (const session of program.sessions)
            rule.check(session, judgeFor(rule, program.project.directory), program);
        break;
    }
  }
  const checks: Check[] = [...snapshot.checks, ...audited.checks, ...express.checks, ...code.checks];
  return { findings: makeWhole(stated), undecided: withoutRepeats(undecided, stated), checks };
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
