/** Reads the JSON report of another run, as hostile as the pull request that it is about, into the verdict that it tells, or refuses it. */
import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import schema from '../../docs/report.schema.json' with { type: 'json' };
import { InputError } from '../model/input-error.ts';
import type { Verdict } from '../model/verdict.ts';

/** Bytes; a report of a thousand findings has two million. */
export const reportSizeLimit = 5 * 1024 * 1024;

/** What a report says. Its texts are untrusted, and it does not tell the policy. */
export interface ToldVerdict {
  readonly verdict: Verdict;
  /** Of the express-gate that wrote it. */
  readonly version: string;
}

type Report = Pick<
  Verdict,
  'verdict' | 'counts' | 'findings' | 'fixed' | 'undecided' | 'checks' | 'projects'
> & { readonly tool: { readonly version: string } };

/**
 * `path`: an absolute path; it must name a plain file, not a link.
 * @throws InputError that quotes nothing of the report.
 */
export function readReportFile(path: string): ToldVerdict {
  const report = parseReport(readBounded(path));
  const { verdict, counts, findings, fixed, undecided, checks, projects } = report;
  return {
    version: report.tool.version,
    verdict: {
      verdict,
      counts,
      findings,
      fixed,
      undecided,
      checks,
      projects,
      incompleteBecause:
        verdict === 'incomplete'
          ? ['The gate could not judge: what is said of the checks, and the log of the run, tell why.']
          : [],
      policy: { file: null, failOn: 'high', scope: 'all', notes: [], toldBy: 'report' },
      compared: checks.some(({ name, state }) => name === 'base' && state === 'ok'),
    },
  };
}

function readBounded(path: string): string {
  let file: number;
  try {
    // A link, or a device that never ends, could have been unpacked from the artifact.
    file = openSync(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown';
    throw new InputError(
      `The report cannot be read (${code}): does report-file name the file of the downloaded artifact?`,
    );
  }
  try {
    const stats = fstatSync(file);
    if (!stats.isFile()) throw new InputError('The report is no plain file.');
    if (stats.size > reportSizeLimit)
      throw new InputError(`The report has ${stats.size} bytes, more than the ${reportSizeLimit} allowed.`);
    return readFileSync(file, 'utf8');
  } finally {
    closeSync(file);
  }
}

function parseReport(text: string): Report {
  let report: unknown;
  try {
    report = JSON.parse(text);
  } catch {
    throw new InputError('The report is not JSON.');
  }
  const validate = new Ajv2020({ strict: false }).compile(schema);
  if (!validate(report)) {
    const { keyword = 'unknown', schemaPath = '' } = validate.errors?.[0] ?? {};
    throw new InputError(
      `The report does not hold to docs/report.schema.json (${keyword} at ${schemaPath}): it must be one of this version of express-gate.`,
    );
  }
  const known = report as unknown as Report;
  const blocking = known.findings.filter(({ outcome }) => outcome === 'block').length;
  if (blocking !== known.counts.blocking || blocking > 0 !== (known.verdict === 'fail'))
    throw new InputError('The report contradicts itself: its verdict is not what its findings say.');
  // Becomes the address of a page and a word of the comment as it stands.
  const ids = [...known.findings, ...known.fixed, ...known.undecided].map(({ ruleId }) => ruleId);
  if (!ids.every((id) => id.length <= 60 && /^[a-z0-9-]+$/.test(id)))
    throw new InputError('The report has a rule whose id is none.');
  return known;
}
