/** The insecure shop of the tests, made a little better and committed, then made worse by a pull request -> what the gate says of that change. */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import advisories from '../src/data/advisories.json' with { type: 'json' };
import { runGate } from '../src/gate.ts';
import type { Verdict } from '../src/model/verdict.ts';
import type { ReportInput } from '../src/report/report-input.ts';
import { version } from '../src/version.ts';
import { startRegistry } from '../test/stand-ins/registry.ts';
import type { ChangedFile } from './github-page.ts';

const sample = 'test/apps/insecure-shop';

/** What the shop is to be before, and after: each place of the sample's text that is another in one of the two. */
const edits: readonly {
  readonly file: string;
  readonly sample: string;
  readonly before?: string;
  readonly after?: string;
}[] = [
  {
    file: 'lib/session.js',
    sample: '    httpOnly: false,\n',
    before: "    httpOnly: true,\n    sameSite: 'lax',\n",
    after: "    httpOnly: false,\n    sameSite: 'lax',\n",
  },
  {
    file: 'config/production.json',
    sample: '{\n  "mysql"',
    before: '{\n  "https": true,\n  "mysql"',
  },
  {
    file: 'lib/mailer.js',
    sample: 'rejectUnauthorized: false',
    after: 'rejectUnauthorized: true',
  },
  { file: 'package.json', sample: '    "jsonwebtoken": "8.5.1",\n', before: '' },
  { file: 'package-lock.json', sample: '        "jsonwebtoken": "8.5.1",\n', before: '' },
  // Under another name it is another package, of which nothing is known.
  {
    file: 'package-lock.json',
    sample: '"node_modules/jsonwebtoken"',
    before: '"node_modules/not-there-yet"',
  },
];

export interface ChangeCase {
  readonly report: ReportInput;
  /** The files that the change touches, lockfiles left out. */
  readonly files: readonly ChangedFile[];
}

/** Commits both states in a folder of its own, and judges the second against the first on the day of the facts. */
export async function judgeChange(root: string): Promise<ChangeCase> {
  const directory = mkdtempSync(join(tmpdir(), 'express-gate-pictures-'));
  const registry = await startRegistry({
    packages: { jsonwebtoken: { '8.5.1': {}, '9.0.0': {}, '9.0.3': {} } },
    advisories: advisories.advisories.map((advisory, index) => ({
      id: index + 1,
      package: advisory.package,
      url: advisory.url,
      title: advisory.summary,
      severity: advisory.severity,
      vulnerable_versions: advisory.vulnerable,
      cwe: advisory.cwe.map((weakness) => `CWE-${weakness}`),
      cvss: { score: advisory.score ?? 0, vectorString: advisory.cvss },
    })),
  });
  try {
    cpSync(join(root, sample), directory, { recursive: true });
    const git = (...args: readonly string[]) => execFileSync('git', args, { cwd: directory });
    const before = write(directory, root, 'before');
    git('init', '--quiet');
    git('add', '--all', '--force');
    const author = ['-c', 'user.name=express-gate', '-c', 'user.email=express-gate@example.org'];
    git(...author, '-c', 'commit.gpgsign=false', 'commit', '--quiet', '--message', 'The shop');
    const after = write(directory, root, 'after');
    const { verdict, snapshot } = await runGate({
      directory,
      policyFile: null,
      scope: null,
      failOn: null,
      audit: 'npm',
      registry: registry.url,
      omit: [],
      base: { kind: 'revision', revision: 'HEAD' },
      today: advisories.retrieved,
    });
    const files = [...before]
      .filter(([path, text]) => path !== 'package-lock.json' && text !== after.get(path))
      .map(([path, text]) => ({ path, before: text, after: after.get(path)! }));
    return { report: { verdict: onPullRequest(verdict), files: snapshot.files, version }, files };
  } finally {
    await registry.close();
    rmSync(directory, { recursive: true, force: true });
  }
}

/** On a pull request the base is the tip of a branch, and has no name like HEAD. */
function onPullRequest(verdict: Verdict): Verdict {
  return { ...verdict, checks: verdict.checks.filter(({ name }) => name !== 'base') };
}

/** The edited files by path. @throws Error where the sample is no longer what the edits were made for. */
function write(directory: string, root: string, state: 'before' | 'after'): Map<string, string> {
  const texts = new Map<string, string>();
  for (const edit of edits) {
    const text = texts.get(edit.file) ?? readFileSync(join(root, sample, edit.file), 'utf8');
    if (!text.includes(edit.sample))
      throw new Error(`${sample}/${edit.file} no longer holds: ${edit.sample}`);
    texts.set(
      edit.file,
      text.replace(edit.sample, () => edit[state] ?? edit.sample),
    );
  }
  for (const [path, text] of texts) writeFileSync(join(directory, path), text);
  return texts;
}
