/** Builds snapshots of projects that use Express, and runs the Express rules over them as detect.ts does. */

import { expressLines, newestOfLine } from '../../src/data/express-releases.ts';
import { readExpressFacts } from '../../src/detect/express-version.ts';
import type { Draft, ProjectAdvisory, Rule } from '../../src/detect/rule-contract.ts';
import { rule as ending } from '../../src/detect/rules/express-ending.ts';
import { rule as outdated } from '../../src/detect/rules/express-outdated.ts';
import { rule as rangeVulnerable } from '../../src/detect/rules/express-range-vulnerable.ts';
import { rule as unpinned } from '../../src/detect/rules/express-unpinned.ts';
import { rule as unsupported } from '../../src/detect/rules/express-unsupported.ts';
import { rule as vulnerable } from '../../src/detect/rules/express-vulnerable.ts';
import { rule as lockfileMissing } from '../../src/detect/rules/lockfile-missing.ts';
import type { AuditAdvisory } from '../../src/model/audit.ts';
import type { Check } from '../../src/model/check.ts';
import type { AdvisoryDetail, Undecided } from '../../src/model/finding.ts';
import type { LockedPackage, Lockfile } from '../../src/model/lockfile.ts';
import type { DependencyField, Manifest, Project } from '../../src/model/project.ts';
import type { Snapshot } from '../../src/model/snapshot.ts';

/** The day after the facts were retrieved. */
export const today = '2026-11-24';

/** The newest known releases: they change whenever the facts are refreshed. */
export const [newest4, newest5] = [4, 5].map(
  (major) => newestOfLine(expressLines.find((line) => line.major === major)!)!,
) as [string, string];

export const expressRules: readonly Rule[] = [
  ending,
  outdated,
  rangeVulnerable,
  unpinned,
  unsupported,
  vulnerable,
  lockfileMissing,
];

export interface ProjectSketch {
  readonly directory?: string;
  readonly workspaceRoot?: string;
  /** The range in package.json; null where Express comes through `through`. */
  readonly declared?: string | null;
  readonly field?: DependencyField;
  readonly through?: string;
  /** What the lockfile resolves; `null`: it holds no Express; undefined: see `lockfileFile`. */
  readonly resolved?: string | null;
  /** A lockfile that is there and cannot be read. */
  readonly lockfileFile?: string;
  readonly manager?: Lockfile['manager'];
  /** The text of package.json, where the one that the sketch makes will not do. */
  readonly text?: string;
  /** What lies beside it, by path. */
  readonly files?: Readonly<Record<string, string>>;
}

export function sketchProject(sketch: ProjectSketch): { project: Project; text: string } {
  const { directory = '.', field = 'dependencies', declared = '^5.3.0', through = null } = sketch;
  const entries = through === null ? { express: declared } : { [through]: '^1.0.0' };
  const text = sketch.text ?? `${JSON.stringify({ name: 'shop', [field]: entries }, null, 2)}\n`;
  const manifest: Manifest = JSON.parse(text);
  const prefix = directory === '.' ? '' : `${directory}/`;
  const hasLockfile = sketch.resolved !== undefined;
  const lockfileFile = hasLockfile ? 'package-lock.json' : (sketch.lockfileFile ?? null);
  const project: Project = {
    directory,
    name: 'shop',
    manifestFile: `${prefix}package.json`,
    manifest,
    express: {
      declared: through === null ? declared : null,
      declaredIn: through === null ? field : null,
      resolved: sketch.resolved ?? null,
      through,
    },
    lockfile: hasLockfile
      ? {
          file: 'package-lock.json',
          manager: sketch.manager ?? 'npm',
          version: 3,
          packages: new Map<string, LockedPackage>(),
        }
      : null,
    lockfileFile,
    workspaceRoot: sketch.workspaceRoot ?? directory,
  };
  return { project, text };
}

export function sketchSnapshot(sketches: readonly ProjectSketch[]): Snapshot {
  const made = sketches.map(sketchProject);
  return {
    revision: null,
    files: new Map(
      [
        ...made.map(({ project, text }) => [project.manifestFile, text] as const),
        ...sketches.flatMap(({ files = {} }) => Object.entries(files)),
      ].map(([path, text]) => [path, { path, text }]),
    ),
    projects: made.map(({ project }) => project),
    audits: [],
    checks: [],
  };
}

export type RuleDraft = Draft & { readonly ruleId: string; readonly project: string };

export interface Judged {
  readonly findings: RuleDraft[];
  readonly undecided: Omit<Undecided, 'project'>[];
  readonly checks: Check[];
}

/** What the Express rules say of the projects. */
export function judge(
  sketches: readonly ProjectSketch[],
  { day = today, advisories = [] as readonly ProjectAdvisory[] } = {},
): Judged {
  const { facts, checks } = readExpressFacts(sketchSnapshot(sketches), day, advisories);
  const findings: RuleDraft[] = [];
  const undecided: Judged['undecided'] = [];
  for (const each of facts) {
    for (const rule of expressRules) {
      if (rule.level !== 'express') throw new Error(`${rule.id} is not a rule of this level`);
      rule.check(each, {
        finding: (draft) => findings.push({ ...draft, ruleId: rule.id, project: each.project.directory }),
        undecided: (question) => undecided.push({ ...question, ruleId: rule.id }),
      });
    }
  }
  return { findings, undecided, checks };
}

/** An advisory as an audit by npm gives it, for the project's own Express unless `extra` says otherwise. */
export function audited(
  project: Project,
  advisory: Partial<AuditAdvisory> & { readonly id: string },
  extra: { readonly ownExpress?: boolean; readonly action?: AdvisoryDetail['action'] } = {},
): ProjectAdvisory {
  const { ownExpress = true, action = null } = extra;
  const whole: AuditAdvisory = {
    cve: null,
    package: 'express',
    severity: 'moderate',
    title: 'A defect',
    url: `https://github.com/advisories/${advisory.id}`,
    cwe: [],
    cvss: null,
    vulnerable: '<4.19.2',
    patched: null,
    nodes: ['node_modules/express'],
    fixes: [],
    fixInRange: false,
    ...advisory,
  };
  const detail: AdvisoryDetail = {
    id: whole.id,
    cve: whole.cve,
    package: whole.package,
    installed: project.express?.resolved ?? '1.0.0',
    vulnerable: whole.vulnerable,
    patched: null,
    paths: [[whole.package]],
    morePaths: 0,
    dev: false,
    direct: true,
    action,
    cvss: whole.cvss,
    sources: ['npm'],
  };
  const location = { file: project.manifestFile, line: 1, column: 1, endLine: 1, endColumn: 2 };
  return { project, advisory: whole, source: 'npm', detail, help: 'Update it.', location, ownExpress };
}

/** The ids of the rules that report, sorted, each once. */
export function reportedRules(sketch: ProjectSketch, options: { day?: string } = {}): string[] {
  return [...new Set(judge([sketch], options).findings.map(({ ruleId }) => ruleId))].sort();
}

/** The only finding of a rule. */
export function onlyFinding(judged: Judged, ruleId: string): RuleDraft {
  const found = judged.findings.filter((finding) => finding.ruleId === ruleId);
  if (found.length !== 1) throw new Error(`${ruleId}: ${found.length} findings`);
  return found[0]!;
}
