/** All rules, in the order of the catalogue. */
import type { Rule } from './rule-contract.ts';
import { rule as dependencyVulnerable } from './rules/dependency-vulnerable.ts';
import { rule as expressEnding } from './rules/express-ending.ts';
import { rule as expressOutdated } from './rules/express-outdated.ts';
import { rule as expressRangeVulnerable } from './rules/express-range-vulnerable.ts';
import { rule as expressUnpinned } from './rules/express-unpinned.ts';
import { rule as expressUnsupported } from './rules/express-unsupported.ts';
import { rule as expressVulnerable } from './rules/express-vulnerable.ts';
import { rule as lockfileMissing } from './rules/lockfile-missing.ts';

export const rules: readonly Rule[] = [
  expressUnsupported,
  expressVulnerable,
  expressRangeVulnerable,
  expressEnding,
  expressOutdated,
  expressUnpinned,
  dependencyVulnerable,
  lockfileMissing,
];
