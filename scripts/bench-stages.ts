/** Turns a directory into what each stage of the gate takes on it and which files it looks at, as JSON on standard output. */
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { collectSnapshot } from '../src/collect/collect.ts';
import { readPolicy } from '../src/collect/policy-file.ts';
import { isSource } from '../src/detect/code/source-roles.ts';
import { detect } from '../src/detect/detect.ts';
import { evaluate } from '../src/evaluate/evaluate.ts';
import type { Request } from '../src/model/request.ts';
import { renderJson } from '../src/report/json.ts';

export interface Stages {
  /** Milliseconds by stage, in the order in which they come. */
  readonly ms: Readonly<Record<string, number>>;
  readonly read: number;
  readonly sources: number;
  readonly parsed: number;
  readonly programs: number;
  readonly steps: number;
}

/** Runs the gate's stages one by one; writes the paths of the files that were read, and of the sources among them, to two files. */
async function main([directory = '.', readList, sourceList]: readonly string[]): Promise<void> {
  const request: Request = {
    directory: resolve(directory),
    policyFile: null,
    scope: null,
    failOn: null,
    audit: 'off',
    registry: null,
    omit: [],
    today: new Date().toISOString().slice(0, 10),
  };
  const now = () => performance.now();
  const began = now();
  const { policy } = await readPolicy(request);
  const snapshot = await collectSnapshot(request, policy);
  const collected = now();
  const head = detect(snapshot, { environment: policy.environment, today: request.today, now });
  const detected = now();
  const verdict = evaluate({ request, policy, snapshot, head, base: null });
  const evaluated = now();
  renderJson({ verdict, files: snapshot.files, version: '' });
  const rendered = now();
  const { effort } = head;
  const stages: Stages = {
    ms: {
      collect: collected - began,
      versions: effort.versionsMs,
      parse: effort.parseMs,
      run: effort.runMs,
      rules: effort.rulesMs,
      'rest of detect':
        detected - collected - effort.versionsMs - effort.parseMs - effort.runMs - effort.rulesMs,
      evaluate: evaluated - detected,
      report: rendered - evaluated,
    },
    read: snapshot.files.size,
    sources: [...snapshot.files.keys()].filter(isSource).length,
    parsed: effort.filesParsed,
    programs: effort.programs,
    steps: effort.steps,
  };
  const paths = [...snapshot.files.keys()];
  if (readList !== undefined) writeFileSync(readList, paths.join('\n'));
  if (sourceList !== undefined) writeFileSync(sourceList, paths.filter(isSource).join('\n'));
  console.log(JSON.stringify(stages));
}

await main(process.argv.slice(2));
