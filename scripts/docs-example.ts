/** Turns the Express security page's own cookie-session example into what the gate says of it: the pull request comment and the terminal's report, on the day of the facts. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import advisories from '../src/data/advisories.json' with { type: 'json' };
import { runGate } from '../src/gate.ts';
import { renderPrComment } from '../src/report/pr-comment.ts';
import { renderText } from '../src/report/text.ts';
import { version } from '../src/version.ts';

const sample = 'test/apps/page-example';

/**
 * Runs the gate in this process, as the shells do, but asks no registry and takes the day on which the facts were gathered for today: the
 * README must not change with the calendar.
 */
export async function runExample(
  root: string,
): Promise<{ readonly comment: string; readonly terminal: string }> {
  const { verdict, snapshot } = await runGate({
    directory: join(root, sample),
    policyFile: null,
    scope: null,
    failOn: null,
    audit: 'embedded',
    registry: null,
    omit: [],
    today: advisories.retrieved,
  });
  const input = { verdict, files: snapshot.files, version };
  const comment = renderPrComment(input, {
    repositoryUrl: 'https://github.com/express-gate/express-gate',
    commit: 'main',
    pathPrefix: `${sample}/`,
    runUrl: null,
    commentKey: '',
    policyFile: null,
    annotationsLeftOut: 0,
  });
  return { comment, terminal: renderText(input, { color: false }) };
}

/** What `express-gate --help` prints. */
export function readHelp(root: string): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, 'src/cli.ts'), '--help'], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`express-gate --help failed: ${stderr}`);
  return stdout;
}
