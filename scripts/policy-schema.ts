/** Writes docs/policy.schema.json from the schema that policies are checked by; `npm run format` then lays it out. */
import { writeFile } from 'node:fs/promises';
import { policySchema } from '../src/collect/policy-schema.ts';

await writeFile(
  new URL('../docs/policy.schema.json', import.meta.url),
  `${JSON.stringify(policySchema, null, 2)}\n`,
);
