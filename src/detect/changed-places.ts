/** Turns a finding that a change brings to a line which it does not touch into one that names the changed place. */
import { type ChangedLines, changedLines } from '../model/changed-lines.ts';
import type { Detection } from '../model/detection.ts';
import type { Finding } from '../model/finding.ts';
import { compareText, type RelatedLocation } from '../model/location.ts';
import type { Project } from '../model/project.ts';
import type { Snapshot, SnapshotFile } from '../model/snapshot.ts';

/** Files that are tried as the cause, each with one more look at the projects concerned. */
const mostTried = 12;

/** Steps of the analysis that the looks may take together: about three seconds at the worst. */
const mostSteps = 3_000_000;

interface ChangedFile {
  readonly path: string;
  /** Null where the change removes it. */
  readonly lines: ChangedLines | null;
  /** Null where the change brings it. */
  readonly before: SnapshotFile | null;
}

/**
 * For each finding that the base does not have and whose own lines the change leaves alone, the changed file without whose change it would not be
 * there is added to `related`. Which one that is, is found out: the head is looked at again with the file as the base has it.
 * @param detect looks at a snapshot, code and versions.
 * @param steps how many steps of the analysis the head took.
 */
export function relateChanges(
  head: { readonly snapshot: Snapshot; readonly detection: Detection },
  base: { readonly snapshot: Snapshot; readonly detection: Detection },
  detect: (snapshot: Snapshot) => Detection,
  steps: number,
): Detection {
  const changes = changedFiles(head.snapshot, base.snapshot);
  const unexplained = unexplainedFindings(head.detection.findings, base.detection.findings, changes);
  if (unexplained.length === 0) return head.detection;
  const projects = new Set(unexplained.map(({ project }) => project));
  const causes = new Map<Finding, RelatedLocation>();
  const candidates = [...changes.values()].sort((a, b) => compareText(a.path, b.path));
  if (candidates.length === 1) {
    for (const finding of unexplained) causes.set(finding, placeOf(candidates[0]!, finding));
  } else {
    const tries = Math.min(mostTried, Math.floor(mostSteps / Math.max(steps, 1)));
    for (const change of likeliest(candidates, unexplained).slice(0, tries)) {
      const open = unexplained.filter((finding) => !causes.has(finding));
      if (open.length === 0) break;
      const without = detect(withoutChange(head.snapshot, base.snapshot, change, projects));
      const left = new Set(without.findings.map(nameOf));
      for (const finding of open)
        if (!left.has(nameOf(finding))) causes.set(finding, placeOf(change, finding));
    }
  }
  return {
    ...head.detection,
    findings: head.detection.findings.map((finding) => {
      const cause = causes.get(finding);
      return cause === undefined ? finding : { ...finding, related: withCause(finding.related, cause) };
    }),
  };
}

/** One place is named once. */
function withCause(related: readonly RelatedLocation[], cause: RelatedLocation): RelatedLocation[] {
  const same = related.find(({ file, line }) => file === cause.file && line === cause.line);
  if (same === undefined) return [...related, cause];
  return related.map((each) =>
    each === same ? { ...each, message: `${each.message}; ${cause.message}` } : each,
  );
}

function changedFiles(head: Snapshot, base: Snapshot): Map<string, ChangedFile> {
  const changes = new Map<string, ChangedFile>();
  for (const [path, { text }] of head.files) {
    const before = base.files.get(path) ?? null;
    if (before?.text !== text)
      changes.set(path, { path, lines: changedLines(before?.text ?? null, text), before });
  }
  for (const [path, before] of base.files)
    if (!head.files.has(path)) changes.set(path, { path, lines: null, before });
  return changes;
}

/** Advisories say themselves what brings them. */
function unexplainedFindings(
  head: readonly Finding[],
  base: readonly Finding[],
  changes: ReadonlyMap<string, ChangedFile>,
): Finding[] {
  const old = new Map<string, number>();
  for (const finding of base) old.set(kindOf(finding), (old.get(kindOf(finding)) ?? 0) + 1);
  return head.filter((finding) => {
    const known = old.get(kindOf(finding)) ?? 0;
    old.set(kindOf(finding), known - 1);
    return known <= 0 && finding.advisory === undefined && !isTouched(finding, changes);
  });
}

function kindOf({ ruleId, project, subject, fingerprint }: Finding): string {
  return `${ruleId}\0${project}\0${subject ?? fingerprint}`;
}

function nameOf(finding: Finding): string {
  return `${kindOf(finding)}\0${finding.location.file}`;
}

function isTouched({ location }: Finding, changes: ReadonlyMap<string, ChangedFile>): boolean {
  const lines = changes.get(location.file)?.lines;
  return (
    lines != null &&
    [...lines.added, ...lines.removedBefore].some((line) => line >= location.line && line <= location.endLine)
  );
}

/** What the value came through first, then what lies in the finding's own project. */
function likeliest(candidates: readonly ChangedFile[], findings: readonly Finding[]): ChangedFile[] {
  const through = new Set(
    findings.flatMap(({ related, location }) => [location, ...related].map(({ file }) => file)),
  );
  const weight = ({ path }: ChangedFile) =>
    (through.has(path) ? 0 : 2) +
    (findings.some(({ project }) => project === '.' || path.startsWith(`${project}/`)) ? 0 : 1);
  return [...candidates].sort((a, b) => weight(a) - weight(b));
}

/** The head with one file as the base has it; only the projects concerned are looked at. */
function withoutChange(
  head: Snapshot,
  base: Snapshot,
  { path, before }: ChangedFile,
  concerned: ReadonlySet<string>,
): Snapshot {
  const files = new Map(head.files);
  if (before === null) files.delete(path);
  else files.set(path, before);
  const projects = head.projects.map((project): Project => {
    if (!concerned.has(project.directory)) return { ...project, express: null };
    const old = base.projects.find(({ directory }) => directory === project.directory);
    if (old === undefined) return project;
    if (path === project.manifestFile)
      return { ...project, manifest: old.manifest, name: old.name, express: old.express };
    return path === project.lockfileFile || path === old.lockfileFile
      ? { ...project, lockfile: old.lockfile, lockfileFile: old.lockfileFile, express: old.express }
      : project;
  });
  return { ...head, files, projects };
}

function placeOf({ path, lines, before }: ChangedFile, { location }: Finding): RelatedLocation {
  if (lines === null)
    return {
      file: location.file,
      line: location.line,
      column: location.column,
      message: `this change removes ${path}, without which it is so`,
    };
  const line = [...lines.added, ...lines.removedBefore].sort((a, b) => a - b)[0] ?? 1;
  return {
    file: path,
    line,
    column: 1,
    message: before === null ? 'this change brings the file that makes it so' : 'this change makes it so',
  };
}
