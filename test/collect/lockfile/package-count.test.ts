/** Lockfiles of far more packages than any real one are refused with a clear word, in each format, before they cost much. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readLockfile } from '../../../src/collect/lockfile/read-lockfile.ts';
import { InputError } from '../../../src/model/input-error.ts';

const many = (count: number, write: (index: number) => string, between = '') =>
  Array.from({ length: count }, (_, index) => write(index)).join(between);

const formats: Readonly<Record<string, readonly [file: string, text: (count: number) => string]>> = {
  'npm 3': [
    'package-lock.json',
    (count) => `{"lockfileVersion":3,"packages":{${many(count, (at) => `"node_modules/a${at}":{}`, ',')}}}`,
  ],
  'npm 1': [
    'npm-shrinkwrap.json',
    (count) =>
      `{"lockfileVersion":1,"dependencies":{"b":{"dependencies":{${many(count, (at) => `"a${at}":{}`, ',')}}}}}`,
  ],
  'yarn 1': [
    'yarn.lock',
    (count) => `# yarn lockfile v1\n${many(count, (at) => `a${at}@1:\n  version "1"\n`)}`,
  ],
  'yarn 1, one entry': [
    'yarn.lock',
    (count) => `# yarn lockfile v1\n${many(count, (at) => `a${at}@1`, ', ')}:\n  version "1"\n`,
  ],
  'yarn Berry': [
    'yarn.lock',
    (count) =>
      `__metadata:\n  version: 8\n${many(count, (at) => `"a${at}@npm:1":\n  version: 1.0.0\n  resolution: "a${at}@npm:1.0.0"\n`)}`,
  ],
  pnpm: [
    'pnpm-lock.yaml',
    (count) => `lockfileVersion: '9.0'\nsnapshots:\n${many(count, (at) => `  a${at}@1.0.0: {}\n`)}`,
  ],
  bun: [
    'bun.lock',
    (count) =>
      `{"lockfileVersion":1,"workspaces":{"":{}},"packages":{${many(count, (at) => `"a${at}":["a${at}@1.0.0","",{},""]`, ',')}}}`,
  ],
};

describe('a lockfile of too many packages', () => {
  for (const [format, [file, text]] of Object.entries(formats))
    it(format, async () => {
      assert.ok((await readLockfile(file, text(200), [])).packages.size > 0);
      await assert.rejects(readLockfile(file, text(200_001), []), (error) => {
        assert.ok(error instanceof InputError);
        assert.match(error.describe(), /holds more than 200,000 packages.*`exclude` in the policy/);
        return true;
      });
    });
});
