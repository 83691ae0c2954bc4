/** A verdict -> the log of a GitHub job: a workflow command for each annotation that GitHub takes, then everything in plain lines. */
import { annotationsPerLevel, selectAnnotations } from './annotations.ts';
import { isListed } from './listed-findings.ts';
import { comparison, headline, isTrouble } from './markdown-headline.ts';
import type { GithubContext, ReportInput } from './report-input.ts';
import { terminalLine, terminalText } from './terminal-escape.ts';
import { count, oldFacts } from './wording.ts';
import { formatWorkflowCommand } from './workflow-command.ts';

export interface LogContext extends Pick<GithubContext, 'pathPrefix'> {
  /** False: the plain lines only. */
  readonly annotations?: boolean;
}

/** Lines that end in line feeds. Apart from the commands for the annotations, none of them is a command to the runner. */
export function renderGithub(input: ReportInput, context: LogContext = { pathPrefix: '' }): string {
  const { annotations, leftOut } =
    context.annotations === false ? { annotations: [], leftOut: 0 } : selectAnnotations(input, context);
  const commands = annotations.map(({ level, file, line, column, endLine, endColumn, title, message }) =>
    formatWorkflowCommand(
      level,
      { file, line, endLine, ...(line === endLine ? { col: column, endColumn } : {}), title },
      message,
    ),
  );
  return `${[...commands, ...logLines(input, leftOut)].join('\n')}\n`;
}

function logLines({ verdict, version }: ReportInput, annotationsLeftOut: number): string[] {
  const shown = verdict.findings.filter(isListed);
  const places = shown.map(({ outcome, severity, ruleId, location, message }) =>
    terminalLine(
      `${outcome === 'block' ? 'blocks' : 'warns'} (${severity}) ${terminalText(location.file)}:${location.line} ${ruleId}: ${message}`,
    ),
  );
  return [
    headline(verdict, shown),
    comparison(verdict),
    ...verdict.incompleteBecause.map((reason) => terminalLine(reason)),
    ...verdict.checks
      .filter(isTrouble)
      .map(({ name, project, state, detail }) =>
        terminalLine(
          `${name} ${state === 'failed' ? 'could not run' : 'is degraded'} in ${terminalText(project)}: ${detail}`,
        ),
      ),
    ...oldFacts(verdict.checks).map((sentence) => terminalLine(sentence)),
    ...verdict.policy.notes.map(({ message }) => terminalLine(message)),
    ...places,
    ...verdict.undecided.map(({ ruleId, location, reason }) =>
      terminalLine(`undecided ${terminalText(location.file)}:${location.line} ${ruleId}: ${reason}`),
    ),
    annotationsLeftOut === 0
      ? ''
      : `${count(annotationsLeftOut, ['place has', 'places have'])} no annotation, because GitHub shows only ${annotationsPerLevel} of each level.`,
    `express-gate ${terminalLine(version)}`,
  ].filter((line) => line !== '');
}
