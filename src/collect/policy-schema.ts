/** The policy file's JSON Schema, made of the words that the model knows; scripts/policy-schema.ts writes it to docs/policy.schema.json, for editors. */
import { checkNames } from '../model/check.ts';
import { overridableKeys } from '../model/policy.ts';
import { ruleIds } from '../model/rule-ids.ts';
import { severities } from '../model/severity.ts';

const nonBlank = { type: 'string', pattern: '\\S' } as const;

const waiver = {
  type: 'object',
  additionalProperties: false,
  required: ['reason', 'expires'],
  oneOf: [{ required: ['rule'] }, { required: ['advisory'] }],
  properties: {
    rule: { enum: ruleIds, description: 'The rule whose findings are accepted.' },
    advisory: {
      ...nonBlank,
      description: 'The advisory that is accepted: GHSA-…, CVE-… or the id that the report shows.',
    },
    path: { ...nonBlank, description: 'A glob over the files of the findings; without it every file.' },
    package: { ...nonBlank, description: 'Only findings about this package.' },
    reason: { ...nonBlank, description: 'Why it is accepted; the report shows it.' },
    expires: {
      type: 'string',
      format: 'date',
      description: 'The last day (YYYY-MM-DD) on which the waiver holds.',
    },
  },
} as const;

export const policySchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'https://github.com/express-gate/express-gate/blob/main/docs/policy.schema.json',
  title: 'Policy of express-gate',
  description: 'What a team lets block its pull requests: .github/express-gate.yml, else .express-gate.yml.',
  type: 'object',
  additionalProperties: false,
  properties: {
    'fail-on': {
      enum: [...severities, 'never'],
      description: 'Findings of this severity and above block.',
      default: 'high',
    },
    scope: {
      enum: ['new', 'all'],
      description:
        'Which findings can block: those that the base does not have, or all. Default: new with a base, else all.',
    },
    rules: {
      type: 'object',
      description: 'The severity of each rule, or off.',
      additionalProperties: false,
      properties: Object.fromEntries(ruleIds.map((id) => [id, { enum: ['off', ...severities] }])),
    },
    exclude: {
      type: 'array',
      items: nonBlank,
      description:
        'Globs of paths, from the scanned directory, that are not judged. A later !glob takes back.',
    },
    environment: {
      type: 'object',
      description: 'What production sets, by the name of the environment variable.',
      additionalProperties: { type: ['string', 'number', 'boolean'] },
    },
    require: {
      type: 'array',
      items: { enum: checkNames.filter((name) => name !== 'policy') },
      description: 'Checks that must run; where one cannot, the verdict is incomplete (exit code 2).',
    },
    waivers: {
      type: 'array',
      items: waiver,
      description: 'What is accepted, why, and until when.',
    },
    extends: {
      ...nonBlank,
      description:
        'A policy to build on: a path from the scanned directory, or owner/repository:path@ref. Where both speak the stricter wins.',
    },
    overridable: {
      type: 'array',
      items: { enum: overridableKeys },
      description: 'The keys in which a policy that extends this one may be less strict.',
    },
    'waivers-from': {
      enum: ['base', 'head'],
      description:
        "Whether a pull request's own waivers count (head) or only those of its base. Head is for teams whose policy file needs a code owner's review.",
      default: 'base',
    },
  },
} as const;

/** Whether a text is a day of the calendar, written YYYY-MM-DD. */
export function isIsoDay(text: string): boolean {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  // Date.parse takes the 30th of February for the 1st or 2nd of March.
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}
