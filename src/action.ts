/** The action: what GitHub hands over -> the gate -> the log, the job summary, the outputs, the files and the comment -> the exit code. */
import { isAbsolute, posix } from 'node:path';
import { setOutput, summary } from '@actions/core';
import { type ActionInputs, type GithubRun, readActionInputs } from './collect/action-inputs.ts';
import { rules, runGate } from './gate.ts';
import { InputError } from './model/input-error.ts';
import { exitCode, type Verdict } from './model/verdict.ts';
import { selectAnnotations } from './report/annotations.ts';
import { type CheckRunContext, renderCheckRun } from './report/check-run.ts';
import { renderGithub } from './report/github.ts';
import { renderJobSummary } from './report/job-summary.ts';
import { renderJson } from './report/json.ts';
import { isCommentWanted, renderPrComment } from './report/pr-comment.ts';
import { publishCheckRun } from './report/publish-check-run.ts';
import { writeReportFile } from './report/publish-file.ts';
import { publishComment } from './report/publish-github.ts';
import type { ReadOnlyCause } from './report/publish-requests.ts';
import { publishSuggestions } from './report/publish-suggestions.ts';
import type { GithubContext, ReportInput } from './report/report-input.ts';
import { renderSarif } from './report/sarif.ts';
import { correctableFindings } from './report/suggestions.ts';
import { terminalLine } from './report/terminal-escape.ts';
import { count, findingNoun } from './report/wording.ts';
import { type CommandProperties, formatWorkflowCommand, protectLog } from './report/workflow-command.ts';
import { version } from './version.ts';

const title = 'express-gate';
const verdictStands = 'The verdict stands: the exit code, the annotations and the job summary say it.';

async function main(): Promise<void> {
  const inputs = readActionInputs(process.env, new Date().toISOString().slice(0, 10));
  const report = await judge(inputs);
  process.exitCode = exitCode(report.verdict.verdict);
  await publishAll(report, inputs).catch(afterVerdict);
  say(lastWords(report.verdict));
}

async function publishAll(report: ReportInput, inputs: ActionInputs): Promise<void> {
  const { verdict } = report;
  const { commentKey } = inputs.publish;
  const links = { ...linksOf(inputs.github), policyFile: verdict.policy.file };
  writeOutputs(verdict);
  const annotationsLeftOut = await writeLog(report, inputs, { ...links, commentKey });
  const context = { ...links, annotationsLeftOut };
  await writeSummary(renderJobSummary(report, context));
  output(
    'report-file',
    await writeReport('report', inputs.publish.reportFile, inputs, () => renderJson(report)),
  );
  output('sarif-file', await writeSarif(report, inputs));
  const body = () => renderPrComment(report, { ...context, commentKey });
  output('comment-url', await writeComment(inputs, verdict, body));
  await writeSuggestions(report, inputs);
}

/**
 * The log, with the annotations: as commands while GitHub takes so many, else in a check run where the token may write one. Gives the number of
 * those that have no place.
 */
async function writeLog(
  report: ReportInput,
  inputs: ActionInputs,
  context: CheckRunContext,
): Promise<number> {
  const { pathPrefix } = context;
  const { annotations } = inputs.publish;
  const inCheckRun = annotations ? await writeCheckRun(report, inputs, context) : null;
  process.stdout.write(renderGithub(report, { pathPrefix, annotations: annotations && inCheckRun === null }));
  if (!annotations) return 0;
  if (inCheckRun === null) return selectAnnotations(report, { pathPrefix }).leftOut;
  say(`The annotations are in a check run: ${inCheckRun.url}`);
  return inCheckRun.leftOut;
}

/** The gate's answer. What keeps it from judging is an answer too, so that the comment and the summary do not go on saying the old one. */
async function judge({ request, github }: ActionInputs): Promise<ReportInput> {
  try {
    const { verdict, snapshot } = await runGate(request, () => performance.now());
    if (verdict.verdict === 'incomplete') annotate('error', verdict.incompleteBecause.join('\n'));
    return { verdict, files: snapshot.files, version };
  } catch (error) {
    const known = error instanceof InputError;
    const reason = known ? error.describe() : unexpected(error);
    const place = known ? error : { file: null, line: null };
    const file =
      place.file === null || isAbsolute(place.file) ? '' : posix.join(github.pathPrefix, place.file);
    annotate('error', reason, { file, line: place.line ?? 0 });
    return { verdict: couldNotJudge(reason), files: new Map(), version };
  }
}

function couldNotJudge(reason: string): Verdict {
  const none = {
    critical: 0,
    high: 0,
    moderate: 0,
    low: 0,
    new: 0,
    unchanged: 0,
    fixed: 0,
    waived: 0,
    blocking: 0,
  };
  return {
    verdict: 'incomplete',
    incompleteBecause: [reason],
    counts: none,
    findings: [],
    fixed: [],
    undecided: [],
    checks: [],
    projects: [],
    policy: { file: null, failOn: 'high', scope: 'all', notes: [] },
    compared: false,
  };
}

function linksOf({
  serverUrl,
  owner,
  repository,
  commit,
  runId,
  runAttempt,
  pathPrefix,
}: GithubRun): GithubContext {
  const repositoryUrl = `${serverUrl}/${owner}/${repository}`;
  const attempt = runAttempt > 1 ? `/attempts/${runAttempt}` : '';
  const runUrl = runId > 0 ? `${repositoryUrl}/actions/runs/${runId}${attempt}` : null;
  return { repositoryUrl, commit, pathPrefix, runUrl };
}

async function writeSummary(text: string): Promise<void> {
  // Runners other than GitHub's may have no place for it.
  if (!process.env.GITHUB_STEP_SUMMARY) return;
  try {
    await summary.addRaw(text, true).write();
  } catch (error) {
    annotate('warning', `The job summary was not written: ${messageOf(error)}`);
  }
}

/** The path as the user wrote it, or nothing where no file was written. */
async function writeReport(
  what: string,
  file: string | null,
  { github }: ActionInputs,
  render: () => string,
): Promise<string> {
  if (file === null) return '';
  try {
    await writeReportFile(file, github.workspace, render());
    return file;
  } catch (error) {
    annotate('warning', `The ${what} file ${file} was not written: ${messageOf(error)}. ${verdictStands}`);
    return '';
  }
}

async function writeSarif(report: ReportInput, inputs: ActionInputs): Promise<string> {
  const { publish, github } = inputs;
  const { verdict, projects } = report.verdict;
  if (publish.sarifFile !== null && verdict === 'incomplete' && projects.length === 0) {
    // A file without results says that all is well: code scanning would close every alert.
    say(`The SARIF file ${publish.sarifFile} was not written, because nothing could be judged.`);
    return '';
  }
  const { repositoryUrl, commit } = linksOf(github);
  return writeReport('SARIF', publish.sarifFile, inputs, () =>
    renderSarif(report, {
      rules,
      pathPrefix: github.pathPrefix,
      commentKey: publish.commentKey,
      withAbsent: false,
      repository: github.owner === '' || commit === '' ? null : { url: repositoryUrl, commit },
    }),
  );
}

function writeOutputs({ verdict, findings, counts }: Verdict): void {
  output('verdict', verdict);
  output('findings', findings.filter(({ outcome }) => outcome !== 'waived').length);
  output('new-findings', counts.new);
  output('blocking', counts.blocking);
}

function output(name: string, value: string | number): void {
  try {
    setOutput(name, value);
  } catch (error) {
    annotate('warning', `The output ${name} was not set: ${messageOf(error)}`);
  }
}

/** The comment's address, or nothing where there is none. */
async function writeComment(inputs: ActionInputs, verdict: Verdict, body: () => string): Promise<string> {
  const { publish, github } = inputs;
  const { comment, token } = publish;
  if (comment === 'never' || !isPullRequest(github)) return '';
  const create = isCommentWanted(comment, verdict);
  const unwritten = (reason: string) => {
    annotate('warning', `The comment on the pull request was not written: ${reason}. ${verdictStands}`);
    return '';
  };
  const { pullRequest } = github;
  const obstacle = publishObstacle(inputs);
  if (obstacle !== null || pullRequest === null || token === null) {
    if (!create || obstacle === null) return '';
    return unwritten(publish.suggestions ? `${obstacle}; nor were suggestions` : obstacle);
  }
  const run = { id: github.runId, attempt: github.runAttempt, commit: github.commit };
  const outcome = await publishComment(
    { ...placeOf(github), token, pullNumber: pullRequest.number, run },
    { key: publish.commentKey, body: body(), create },
  );
  switch (outcome.kind) {
    case 'none':
      return '';
    case 'unpublished':
      return unwritten(outcome.reason);
    case 'superseded':
      say(`The comment shows a newer run and stays as it is: ${outcome.url}`);
      return outcome.url;
    default:
      say(`Comment ${outcome.kind}: ${outcome.url}`);
      return outcome.url;
  }
}

/** Proposes what is certain in a review. */
async function writeSuggestions(report: ReportInput, inputs: ActionInputs): Promise<void> {
  const { publish, github } = inputs;
  if (!publish.suggestions || !isPullRequest(github) || correctableFindings(report).length === 0) return;
  const unwritten = (reason: string) =>
    annotate('warning', `The suggestions were not published: ${reason}. ${verdictStands}`);
  const { pullRequest } = github;
  const obstacle = publishObstacle(inputs);
  if (obstacle !== null || pullRequest === null || publish.token === null) {
    // One warning is enough: that of the comment says it too.
    const isSaid = publish.comment !== 'never' && isCommentWanted(publish.comment, report.verdict);
    if (obstacle !== null && !isSaid) unwritten(obstacle);
    return;
  }
  const outcome = await publishSuggestions(
    { ...placeOf(github), token: publish.token, pullNumber: pullRequest.number },
    report,
    { commentKey: publish.commentKey, pathPrefix: github.pathPrefix },
  );
  if (outcome.kind === 'unpublished') unwritten(outcome.reason);
  if (outcome.kind !== 'published') return;
  const { comments, refused, later, url } = outcome;
  const rest = later > 0 ? ` ${later} more will follow with the next run, to keep the review readable.` : '';
  say(`Suggestions published: ${comments} in ${url}${rest}`);
  if (refused > 0) {
    annotate(
      'warning',
      `GitHub did not take ${count(refused, ['suggestion', 'suggestions'])}. ${verdictStands}`,
    );
  }
}

/**
 * Writes a check run where the log has no room for all annotations; also where a run is repeated, so that the check run of an earlier attempt
 * does not go on saying the old verdict. Null where there is none.
 */
async function writeCheckRun(
  report: ReportInput,
  { publish, github }: ActionInputs,
  context: CheckRunContext,
): Promise<{ readonly url: string; readonly leftOut: number } | null> {
  const { leftOut } = selectAnnotations(report, context);
  const { token } = publish;
  if (
    (leftOut === 0 && github.runAttempt < 2) ||
    token === null ||
    github.commit === '' ||
    canOnlyRead(github)
  ) {
    return null;
  }
  const run = renderCheckRun(report, context);
  const outcome = await publishCheckRun({ ...placeOf(github), token }, run);
  if (outcome.kind === 'unpublished') {
    annotate('warning', `The check run was not written: ${outcome.reason}. ${verdictStands}`);
  }
  if (outcome.kind !== 'published') return null;
  const missing = run.annotations.length - outcome.annotations + run.leftOut;
  if (missing > 0) {
    const reason = outcome.reason ?? `it holds no more than ${run.annotations.length}`;
    annotate(
      'warning',
      `${count(missing, ['place has', 'places have'])} no annotation in the check run: ${reason}. ${verdictStands}`,
    );
  }
  return { url: outcome.url, leftOut: missing };
}

function isPullRequest({ eventName }: GithubRun): boolean {
  return /^pull_request(?:_target)?$/.test(eventName);
}

/** What every publisher must know of where it publishes. */
function placeOf(github: GithubRun): {
  readonly apiUrl: string;
  readonly owner: string;
  readonly repository: string;
  readonly commit: string;
  readonly readOnly: ReadOnlyCause;
} {
  const { apiUrl, owner, repository, commit, eventName, pullRequest, startedByDependabot } = github;
  const cause = pullRequest?.fromFork ? 'fork' : startedByDependabot ? 'dependabot' : null;
  return { apiUrl, owner, repository, commit, readOnly: eventName === 'pull_request' ? cause : null };
}

/** Why there is no point in asking GitHub: a request that it must refuse is not sent. */
function publishObstacle({ publish, github }: ActionInputs): string | null {
  if (github.pullRequest === null) return 'the event of this run does not say which pull request it is of';
  if (publish.token === null) return 'the input github-token is empty';
  if (canOnlyRead(github)) {
    return 'this pull request comes from a fork, and GitHub gives its workflow runs a token that can only read';
  }
  return null;
}

/** True for forks of public repositories; administrators of others may let forks have more. */
function canOnlyRead({ eventName, pullRequest }: GithubRun): boolean {
  return eventName === 'pull_request' && pullRequest?.fromFork === true && !pullRequest.private;
}

function lastWords({ verdict, counts, policy, incompleteBecause }: Verdict): string {
  switch (verdict) {
    case 'pass':
      return `${title}: pass (exit code 0), because nothing blocks.`;
    case 'fail':
      return `${title}: fail (exit code 1), because ${count(counts.blocking, findingNoun)} ${counts.blocking === 1 ? 'reaches' : 'reach'} the threshold (fail-on: ${policy.failOn}).`;
    case 'incomplete':
      return `${title}: incomplete (exit code 2), because it could not judge. ${incompleteBecause.join(' ')}`;
  }
}

/** One line of the log that is no command, whatever it holds. */
function say(line: string): void {
  process.stdout.write(`${terminalLine(line)}\n`);
}

function annotate(level: 'error' | 'warning', message: string, place: CommandProperties = {}): void {
  process.stdout.write(`${formatWorkflowCommand(level, { ...place, title }, message)}\n`);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** One line for a fault of ours; where it happened is printed for those who ask. */
function unexpected(error: unknown): string {
  const { EXPRESS_GATE_DEBUG, RUNNER_DEBUG } = process.env;
  if ((EXPRESS_GATE_DEBUG || RUNNER_DEBUG === '1') && error instanceof Error) {
    process.stdout.write(`${protectLog(error.stack ?? '')}\n`);
  }
  return terminalLine(
    `express-gate ${version} failed unexpectedly: ${messageOf(error)}. This is a fault of express-gate: please report it, with the log of a run with debug logging.`,
  );
}

/** Without a verdict: bad inputs, or a fault of ours outside of the gate. Never exit code 1, which says that the policy blocks. */
function giveUp(error: unknown): void {
  const reason = error instanceof InputError ? error.describe() : unexpected(error);
  process.exitCode = 2;
  annotate('error', reason);
  output('verdict', 'incomplete');
  say(`${title}: incomplete (exit code 2), because it could not judge. ${reason}`);
}

/** What goes wrong once there is a verdict does not change it. */
function afterVerdict(error: unknown): void {
  annotate('warning', `${unexpected(error)} ${verdictStands}`);
}

process.on('uncaughtException', (error) => (process.exitCode === undefined ? giveUp : afterVerdict)(error));
await main().catch(giveUp);
