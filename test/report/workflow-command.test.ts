/** Reads commands back by the rules of the runner, and tries to smuggle others in. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { visibleText } from '../../src/report/visible-text.ts';
import { formatWorkflowCommand, protectLog } from '../../src/report/workflow-command.ts';
import { hostileTexts as hostile } from './hostile-texts.ts';
import { readRunnerCommands } from './runner-commands.ts';
import { hostileText } from './verdict-fixtures.ts';

test('a command is read back by the runner as one command with the same values', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('error' as const, 'warning' as const, 'notice' as const),
      hostile,
      hostile,
      hostile,
      fc.integer({ min: 1, max: 9999 }),
      fc.integer({ min: 1, max: 9999 }),
      (level, file, title, message, line, col) => {
        const text = formatWorkflowCommand(
          level,
          { file, line, endLine: line, col, endColumn: col + 1, title },
          message,
        );
        assert.ok(!/[\r\n]/.test(text));
        const value = (property: string) =>
          visibleText(property.trim()).replace(/^=+/, (signs) => '[U+003D]'.repeat(signs.length));
        const expected = new Map(
          Object.entries({ file: value(file), line: `${line}`, endLine: `${line}`, col: `${col}`, endColumn: `${col + 1}`, title: value(title) }).filter(
            ([, text]) => text !== '',
          ),
        ); // biome-ignore format: one line
        assert.deepEqual(readRunnerCommands(`${text}\n`), [
          {
            command: level,
            properties: expected,
            data: message
              .split(/\r\n|\n|\r/)
              .map(visibleText)
              .join('\n'),
          },
        ]);
      },
    ),
    { numRuns: 3000 },
  );
});

test('the well-known form is what the toolkit writes', () => {
  assert.equal(
    formatWorkflowCommand(
      'error',
      { file: 'src/a,b.js', line: 3, endLine: 3, col: 5, endColumn: 9, title: 'x: y' },
      '100%\nsure',
    ),
    '::error file=src/a%2Cb.js,line=3,endLine=3,col=5,endColumn=9,title=x%3A y::100%25%0Asure',
  );
  assert.equal(formatWorkflowCommand('notice', {}, 'text'), '::notice::text');
});

test('no text in the log is obeyed', () => {
  assert.equal(
    protectLog('a\n  ::error::x\nb ##[error]y\n\tc :: d'),
    'a\n  [U+003A]:error::x\nb #[U+0023][error]y\n\tc :: d',
  );
  assert.deepEqual(readRunnerCommands(protectLog(hostileText)), []);
  fc.assert(
    fc.property(hostile, (text) => {
      const safe = protectLog(text);
      assert.deepEqual(readRunnerCommands(safe), []);
      for (const line of safe.split('\n')) assert.ok(!line.trimStart().startsWith('::'), safe);
    }),
    { numRuns: 5000 },
  );
});

test('the reader obeys what the runner would', () => {
  const read = (text: string) => readRunnerCommands(text).map(({ command }) => command);
  assert.deepEqual(read('::error::x'), ['error']);
  assert.deepEqual(read('  \u200b::ERROR file=a::x'), ['ERROR']);
  assert.deepEqual(read('x ##[set-output name=a]b'), ['set-output']);
  assert.deepEqual(read('a\r::warning::b'), ['warning']);
  assert.deepEqual(read('x ::error::y'), []);
});
