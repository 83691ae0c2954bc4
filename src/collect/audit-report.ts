/** Turns what `npm audit --json` wrote into advisories, or into why there are none: only the JSON counts, in one of four states. */
import { valid } from 'semver';
import type { AuditAdvisory } from '../model/audit.ts';
import { compareText } from '../model/location.ts';
import type { Lockfile } from '../model/lockfile.ts';
import { type Fixes, readAdvisory, uniteAdvisories } from './audit-advisory.ts';
import type { Asked } from './audit-attempts.ts';
import { hostIn, judgeFailure, judgeStatus } from './audit-failure.ts';
import { array, isRecord, type JsonRecord } from './json-record.ts';
import { isPackageName } from './lockfile/entry-checks.ts';
import { packagesByName } from './lockfile/packages-by-name.ts';

/**
 * Reads npm's report. A report carries `auditReportVersion: 2`; an answer of the endpoint other than 200 `statusCode`; a request that
 * failed `message` alone; anything else is npm's own trouble.
 * Source: npm 11.19.1, lib/utils/audit-error.js and @npmcli/arborist lib/audit-report.js.
 */
export function readNpmAudit(stdout: string, lockfile: Lockfile): Asked {
  const report = parse(stdout);
  if (report === null) return { kind: 'npm-unable', detail: 'npm wrote no JSON' };
  if (report.auditReportVersion === 2 && isRecord(report.vulnerabilities))
    return { kind: 'answered', advisories: readVulnerabilities(report.vulnerabilities, lockfile) };
  const { statusCode, uri, message, headers } = report;
  const asked = `${String(typeof uri === 'string' ? uri : '')} ${String(typeof message === 'string' ? message : '')}`;
  // npm before 11 asks the retired endpoint where today's fails, and tells only how that one answered.
  if (/\/security\/audits(?:\/quick)?\b/.test(asked)) return { kind: 'npm-unable', detail: tooOld };
  if (typeof statusCode === 'number')
    return judgeStatus(statusCode, hostIn(asked), isRecord(headers) ? headers['retry-after'] : null);
  if (typeof message === 'string') return judgeFailure(message);
  return { kind: 'npm-unable', detail: 'npm could not audit the lockfile' };
}

/** Why npm is unable where it fell back on an endpoint that is no more. */
export const tooOld = 'npm is too old for the endpoint of today';

function parse(stdout: string): JsonRecord | null {
  try {
    const value: unknown = JSON.parse(stdout);
    return isRecord(value) ? value : null;
  } catch {
    return null;
  }
}

function readVulnerabilities(vulnerabilities: JsonRecord, lockfile: Lockfile): AuditAdvisory[] {
  const byName = packagesByName(lockfile);
  const advisories: AuditAdvisory[] = [];
  for (const [name, vulnerability] of Object.entries(vulnerabilities)) {
    if (!isRecord(vulnerability) || !isPackageName(name)) continue;
    const nodes = new Set(strings(vulnerability.nodes));
    // `nodes` are those of all advisories of the package: each advisory keeps the ones in its own range.
    const installed = (byName.get(name) ?? []).filter(({ location }) => nodes.has(location));
    let fixes: Fixes | null = null;
    // A text is a vulnerable dependency, which has an entry of its own.
    for (const via of array(vulnerability.via)) {
      if (!isRecord(via)) continue;
      fixes ??= readFixes(name, vulnerabilities);
      const advisory = readAdvisory(name, via, via.range, installed, fixes);
      if (advisory !== null) advisories.push(advisory);
    }
  }
  return uniteAdvisories(advisories);
}

/** The changes of direct dependencies that npm proposes for `name`: its own, and those of everything that is vulnerable because of it. */
function readFixes(name: string, vulnerabilities: JsonRecord): Fixes {
  const own = vulnerabilities[name];
  if (isRecord(own) && own.fixAvailable === true) return { fixes: [], fixInRange: true };
  const found = new Map<string, { package: string; version: string; major: boolean }>();
  const seen = new Set([name]);
  for (const each of seen) {
    const vulnerability = Object.hasOwn(vulnerabilities, each) ? vulnerabilities[each] : null;
    if (!isRecord(vulnerability)) continue;
    for (const effect of strings(vulnerability.effects)) seen.add(effect);
    const fix = vulnerability.fixAvailable;
    if (!isRecord(fix) || typeof fix.name !== 'string' || typeof fix.version !== 'string') continue;
    if (!isPackageName(fix.name) || valid(fix.version) === null) continue;
    found.set(fix.name, { package: fix.name, version: fix.version, major: fix.isSemVerMajor === true });
  }
  const fixes = [...found.values()].sort((a, b) => compareText(a.package, b.package));
  return { fixes, fixInRange: false };
}

function strings(value: unknown): string[] {
  return array(value).filter((each) => typeof each === 'string');
}
