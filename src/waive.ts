/** The road of --waive: request -> the finding of that fingerprint -> a waiver for it in the policy file. */
import { nearestName } from './collect/nearest-name.ts';
import { type WaiverEntry, type WrittenWaiver, writeWaiver } from './collect/policy-edit.ts';
import { isIsoDay } from './collect/policy-schema.ts';
import { runGate } from './gate.ts';
import type { JudgedFinding } from './model/finding.ts';
import { InputError } from './model/input-error.ts';
import { pathMatcher } from './model/path-glob.ts';
import type { Request, WaiverWish } from './model/request.ts';

export interface WaiveResult extends WrittenWaiver {
  /** The findings that it covers. */
  readonly covered: readonly JudgedFinding[];
}

/** Fingerprints that a message names. */
const mostNamed = 5;

/**
 * Judges the directory, and waives one finding of it.
 * @throws InputError where the wish cannot be fulfilled; then nothing is written.
 */
export async function waive(request: Request, wish: WaiverWish): Promise<WaiveResult> {
  const reason = wish.reason.replace(/[\s\p{Cc}]+/gu, ' ').trim();
  if (reason === '') throw new InputError('`--reason` must not be blank: write why the finding is accepted');
  if (!isIsoDay(wish.expires))
    throw new InputError(
      `\`--expires\` must be a day that the calendar has, written YYYY-MM-DD, not \`${wish.expires}\``,
    );
  if (wish.expires < request.today)
    throw new InputError(
      `\`--expires ${wish.expires}\` has passed (today is ${request.today}): name the last day on which the waiver is to hold`,
    );
  const { verdict, policy, inheritance } = await runGate(request);
  const finding = find(verdict.findings, wish.fingerprint);
  if (finding.waiver !== null)
    throw new InputError(
      `${describe(finding)} is waived already, until ${finding.waiver.expires}: ${finding.waiver.reason}`,
    );
  if (inheritance?.waiversCount === false)
    throw new InputError(
      `a waiver in ${policy.file} would not count: ${inheritance.sources[0]?.source}, which it extends, does not list waivers under overridable. Ask for the waiver there`,
    );
  const entry = entryFor(finding, reason, wish.expires);
  const covered = verdict.findings.filter((each) => isCovered(each, entry));
  if (!covered.includes(finding))
    throw new InputError(`no glob matches the name of the file ${JSON.stringify(finding.location.file)}`);
  return { ...writeWaiver(request.directory, policy.file, entry), covered };
}

function find(findings: readonly JudgedFinding[], fingerprint: string): JudgedFinding {
  const wanted = fingerprint.trim().toLowerCase();
  const found = findings.find((each) => each.fingerprint.toLowerCase() === wanted);
  if (found !== undefined) return found;
  const all = findings.map((each) => each.fingerprint);
  const begun = wanted.length < 4 ? [] : findings.filter((each) => each.fingerprint.startsWith(wanted));
  const nearest = nearestName(wanted, all);
  const near = begun.length > 0 ? begun : findings.filter((each) => each.fingerprint === nearest);
  const named = near.slice(0, mostNamed).map((each) => `\`${each.fingerprint}\` (${describe(each)})`);
  const hint = named.length === 0 ? '' : ` Did you mean ${named.join(' or ')}?`;
  const number = findings.length === 0 ? 'there is none' : `there are ${findings.length}`;
  throw new InputError(
    `no finding has the fingerprint ${JSON.stringify(fingerprint.slice(0, 80))} (${number}).${hint} \`express-gate --format json\` gives every finding its \`fingerprint\``,
  );
}

function describe({ ruleId, advisory, location }: JudgedFinding): string {
  const what = advisory === undefined ? ruleId : `${advisory.id} of ${advisory.package}`;
  return `${what} at ${location.file}:${location.line}`;
}

/** An advisory by its id and package; else the rule in that file. */
function entryFor(
  { ruleId, advisory, location }: JudgedFinding,
  reason: string,
  expires: string,
): WaiverEntry {
  return advisory === undefined
    ? { rule: ruleId, advisory: null, path: escapeGlob(location.file), package: null, reason, expires }
    : { rule: null, advisory: advisory.id, path: null, package: advisory.package, reason, expires };
}

function isCovered({ ruleId, advisory, location }: JudgedFinding, entry: WaiverEntry): boolean {
  if (entry.rule === null) return advisory?.id === entry.advisory && advisory?.package === entry.package;
  return ruleId === entry.rule && pathMatcher(entry.path!)(location.file);
}

/** A file's name as a glob that matches nothing else. */
function escapeGlob(file: string): string {
  return file.replace(/[\\*?[\](){}!+@|^$"]/g, '\\$&');
}
