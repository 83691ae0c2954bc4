/** Reads the log as the runner does: exactly the annotations, whatever the texts are, and everything else in plain lines. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { selectAnnotations } from '../../src/report/annotations.ts';
import { renderGithub } from '../../src/report/github.ts';
import { hostileReportWith } from './hostile-substitution.ts';
import { hostileTexts } from './hostile-texts.ts';
import { readRunnerCommands } from './runner-commands.ts';
import { hostileReport, sampleReport } from './verdict-fixtures.ts';

test('the commands are the annotations, and come first', () => {
  for (const input of [
    sampleReport(0),
    sampleReport(1),
    sampleReport(10),
    sampleReport(1000),
    hostileReport(),
  ]) {
    const log = renderGithub(input, { pathPrefix: 'apps/shop/' });
    const { annotations } = selectAnnotations(input, { pathPrefix: 'apps/shop/' });
    const commands = readRunnerCommands(log);
    assert.deepEqual(
      commands.map(({ command }) => command),
      annotations.map(({ level }) => level),
    );
    assert.deepEqual(
      commands.map(({ data }) => data),
      annotations.map(({ message }) => message),
    );
    assert.ok(
      log
        .split('\n')
        .slice(0, commands.length)
        .every((line) => line.startsWith('::')),
    );
  }
});

test('the place is complete, and columns are only given within one line', () => {
  const input = sampleReport(1);
  const [command] = readRunnerCommands(renderGithub(input, { pathPrefix: 'a/' }));
  assert.deepEqual(Object.fromEntries(command!.properties), {
    file: 'a/src/config/session.js',
    line: '4',
    endLine: '4',
    col: '5',
    endColumn: '50',
    title: 'session-cookie-not-secure (high)',
  });
  const findings = input.verdict.findings.map((finding) => ({
    ...finding,
    location: { ...finding.location, endLine: 9 },
  }));
  const [long] = readRunnerCommands(renderGithub({ ...input, verdict: { ...input.verdict, findings } }));
  assert.deepEqual(Object.fromEntries(long!.properties), {
    file: 'src/config/session.js',
    line: '4',
    endLine: '9',
    title: 'session-cookie-not-secure (high)',
  });
});

test('the plain lines hold the verdict, the checks, every finding and what has no annotation', () => {
  const lines = renderGithub(sampleReport(1000))
    .split('\n')
    .filter((line) => !line.startsWith('::'));
  assert.equal(lines[0], 'express-gate: blocked by 400 findings (100 critical, 300 high)');
  assert.ok(
    lines.some((line) => line.startsWith('npm-audit is degraded in .: The registry could not be asked')),
  );
  assert.equal(lines.filter((line) => line.startsWith('blocks (')).length, 400);
  assert.ok(
    lines.some((line) => line.startsWith('undecided admin/server.js:18 session-cookie-not-secure: ')),
  );
  const { leftOut } = selectAnnotations(sampleReport(1000), { pathPrefix: '' });
  assert.ok(
    lines.includes(`${leftOut} places have no annotation, because GitHub shows only 10 of each level.`),
  );
  assert.ok(!renderGithub(sampleReport(1)).includes('no annotation'));
});

test('no text of a repository becomes a command or a control sequence', () => {
  const expected = readRunnerCommands(renderGithub(sampleReport(10))).map(({ command }) => command);
  fc.assert(
    fc.property(hostileTexts, (text) => {
      const log = renderGithub(hostileReportWith(text));
      const commands = readRunnerCommands(log).map(({ command }) => command);
      assert.ok(commands.every((command) => ['error', 'warning', 'notice'].includes(command)));
      assert.ok(commands.length <= expected.length);
      assert.equal(commands.length, log.split('\n').filter((line) => line.startsWith('::')).length);
      assert.doesNotMatch(
        log,
        /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]/,
      );
    }),
    { numRuns: 500 },
  );
});
