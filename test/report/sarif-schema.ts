/** Holds a SARIF log against the published schema, and hands it back parsed. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import type { Log, Run } from 'sarif';

const path = createRequire(import.meta.url).resolve(
  '@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json',
);
// Its keywords mean the same in the draft that ajv knows.
const { $schema: _draft, id: _id, ...schema } = JSON.parse(readFileSync(path, 'utf8'));
const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
formats.default(ajv);
const validate = ajv.compile(schema);

/** The one run of a valid log. */
export function validRun(json: string): Run {
  const log: Log = JSON.parse(json);
  assert.ok(validate(log), JSON.stringify(validate.errors?.slice(0, 5), null, 1));
  assert.equal(log.runs.length, 1);
  return log.runs[0]!;
}

/** Whether a changed log is still valid. */
export function isValidSarif(log: unknown): boolean {
  return validate(log);
}
