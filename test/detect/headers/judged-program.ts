/** Turns the text of a program, with the versions that its lockfile resolves, into what the gate finds in it. */
import { findProjects } from '../../../src/collect/projects.ts';
import { detect } from '../../../src/detect/detect.ts';
import type { Finding } from '../../../src/model/finding.ts';

/** The findings on headers; a question about them that stays open is an error. */
export async function findingsIn(
  text: string,
  versions: Readonly<Record<string, string>>,
): Promise<readonly Finding[]> {
  const dependencies = { express: '5.3.0', ...versions };
  const packages: Record<string, unknown> = { '': { name: 'judged', dependencies } };
  for (const [name, version] of Object.entries(dependencies)) packages[`node_modules/${name}`] = { version };
  const texts = {
    'app.js': text,
    'package-lock.json': JSON.stringify({ name: 'judged', lockfileVersion: 3, requires: true, packages }),
    'package.json': JSON.stringify({ name: 'judged', main: 'app.js', dependencies }),
  };
  const files = new Map(Object.entries(texts).map(([path, content]) => [path, { path, text: content }]));
  const { projects } = await findProjects({
    files,
    present: new Set(['package.json', 'package-lock.json']),
    leftOut: [],
    notes: [],
  });
  const snapshot = { revision: null, files, projects, audits: [], checks: [] };
  const { findings, undecided } = detect(snapshot, { environment: new Map(), today: '2026-11-24' });
  const isOnHeaders = ({ ruleId }: { ruleId: string }): boolean =>
    /^(?:helmet-|csp-|hsts-|x-powered-by)/.test(ruleId);
  const open = undecided.filter(isOnHeaders);
  if (open.length > 0)
    throw new Error(`undecided: ${open.map(({ ruleId, reason }) => `${ruleId}: ${reason}`).join('; ')}`);
  return findings.filter(isOnHeaders);
}
