/** Turns the Express security page's own cookie-session example into the terminal's report of it, on the day of the facts. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import advisories from '../src/data/advisories.json' with { type: 'json' };
import { runGate } from '../src/gate.ts';
import { renderText } from '../src/report/text.ts';
import { version } from '../src/version.ts';

const sample = 'test/apps/page-example';

/**
 * Runs the gate in this process, as the shells do, but asks no registry and takes the day on which the facts were gathered for today: the
 * README must not change with the calendar.
 */
export async function runExample(root: string): Promise<string> {
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
  return renderText({ verdict, files: snapshot.files, version }, { color: false });
}

/** What `express-gate --help` prints. */
export function readHelp(root: string): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, 'src/cli.ts'), '--help'], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`express-gate --help failed: ${stderr}`);
  return stdout;
}
