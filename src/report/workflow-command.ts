/** Messages -> GitHub workflow commands, and other text -> lines that the runner cannot take for commands. */
import { terminalText } from './terminal-escape.ts';
import { visibleText } from './visible-text.ts';

/** Of a place: `file` from the repository's root; columns only where it ends on the line it begins on. */
export interface CommandProperties {
  readonly file?: string;
  readonly line?: number;
  readonly endLine?: number;
  readonly col?: number;
  readonly endColumn?: number;
  readonly title?: string;
}

/**
 * One line, without its end: `::error file=…,line=…,title=…::message`. Line feeds of the message are kept, all other unseen
 * characters are spelt out; a property that is absent, empty or zero is left out.
 * Source: actions/toolkit packages/core/src/command.ts and, for what the runner reads back, actions/runner ActionCommand.cs.
 */
export function formatWorkflowCommand(
  level: 'error' | 'warning' | 'notice',
  properties: CommandProperties,
  message: string,
): string {
  const { file, line, endLine, col, endColumn, title } = properties;
  const pairs = Object.entries({ file, line, endLine, col, endColumn, title })
    .filter(([, value]) => value !== 0)
    .map(([name, value]) => [name, escapeProperty(String(value ?? ''))] as const)
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${name}=${value}`);
  return `::${level}${pairs.length > 0 ? ` ${pairs.join(',')}` : ''}::${escapeData(message)}`;
}

/** Text for the log, of any number of lines: the same lines, in which nothing is a command and everything is visible. Tabs stay. */
export function protectLog(text: string): string {
  return text
    .split(/\r\n|\n|\r/)
    .map((line) => line.split('\t').map(terminalText).join('\t'))
    .join('\n');
}

function escapeData(text: string): string {
  return text
    .split(/\r\n|\n|\r/)
    .map(visibleText)
    .join('\n')
    .replaceAll('%', '%25')
    .replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return (
    visibleText(text.trim())
      // The runner drops empty parts around `=`, so a leading one would be lost.
      .replace(/^=+/, (signs) => '[U+003D]'.repeat(signs.length))
      .replaceAll('%', '%25')
      .replaceAll(':', '%3A')
      .replaceAll(',', '%2C')
  );
}
