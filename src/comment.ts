/** The commenting action: the report of a run that could only read -> the one comment on its pull request, written on `workflow_run`. */
import { type CommentInputs, readCommentInputs, readReportFile } from './collect/comment-inputs.ts';
import { InputError } from './model/input-error.ts';
import { isCommentWanted, renderPrComment } from './report/pr-comment.ts';
import { publishComment } from './report/publish-github.ts';
import { findPulls } from './report/publish-pull.ts';
import { terminalLine } from './report/terminal-escape.ts';
import { formatWorkflowCommand } from './report/workflow-command.ts';

async function main(): Promise<void> {
  const inputs = readCommentInputs(process.env);
  const { run } = inputs;
  if (run === null) return say('The run was none of a pull request: there is nothing to comment on.');
  const { verdict, version } = readReportFile(inputs.reportFile);
  const pulls = await findPulls(inputs, run);
  const [pullNumber] = pulls;
  if (pullNumber === undefined)
    return say('No open pull request has the commit of this report as its head any more.');
  if (pulls.length > 1)
    return warn('several pull requests have this head, and the report does not say which one it is of');
  const { serverUrl, owner, repository, pathPrefix, commentKey, mode } = inputs;
  const repositoryUrl = `${serverUrl}/${owner}/${repository}`;
  const body = renderPrComment(
    { verdict, files: new Map(), version },
    {
      repositoryUrl,
      commit: run.commit,
      pathPrefix,
      runUrl: `${repositoryUrl}/actions/runs/${run.id}`,
      commentKey,
      policyFile: null,
      annotationsLeftOut: 0,
    },
  );
  await write(inputs, { ...run, pullNumber }, body, isCommentWanted(mode, verdict));
}

async function write(
  { apiUrl, token, owner, repository, commentKey }: CommentInputs,
  { id, attempt, commit, pullNumber }: NonNullable<CommentInputs['run']> & { readonly pullNumber: number },
  body: string,
  create: boolean,
): Promise<void> {
  const run = { id, attempt, commit };
  const outcome = await publishComment(
    { apiUrl, token, owner, repository, pullNumber, run, readOnly: null },
    { key: commentKey, body, create },
  );
  if (outcome.kind === 'unpublished') return warn(outcome.reason);
  say(
    outcome.kind === 'none' ? 'There is nothing to comment on.' : `Comment ${outcome.kind}: ${outcome.url}`,
  );
}

/** One line of the log that is no command, whatever it holds. */
function say(line: string): void {
  process.stdout.write(`${terminalLine(line)}\n`);
}

function warn(reason: string): void {
  annotate('warning', `The comment on the pull request was not written: ${reason}.`);
}

function annotate(level: 'error' | 'warning', message: string): void {
  process.stdout.write(`${formatWorkflowCommand(level, { title: 'express-gate' }, message)}\n`);
}

await main().catch((error: unknown) => {
  if (error instanceof InputError) {
    // A report that is refused is worth a look: it may be an attack.
    process.exitCode = 2;
    return annotate('error', error.describe());
  }
  warn(terminalLine(error instanceof Error ? error.message : String(error)));
});
