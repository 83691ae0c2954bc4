/** What a terminal shows of the rules. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RuleMetadata } from '../../src/model/rule.ts';
import { renderRule, renderRuleList } from '../../src/report/rule-text.ts';

const rule: RuleMetadata = {
  id: 'cookie-eaten',
  title: 'A cookie that is eaten',
  section: 'Sessions and cookies',
  severity: 'high',
  confidence: 'medium',
  cwe: [614, 1004],
  why: `${'Browsers do not eat cookies. '.repeat(6)}\n\nA second thought.`,
  remedy: 'Bake `another`.',
  examples: { bad: "eat('cookie');\nif (hungry) {\n\n  eat();\n}\n", good: 'bake();', language: 'js' },
  limits: '',
  references: ['https://example.org/cookies'],
};

test('a rule is shown whole, its text in lines of a terminal and its examples as they are', () => {
  const text = renderRule(rule);
  assert.match(
    text,
    /^cookie-eaten: A cookie that is eaten\nseverity high · confidence medium · CWE-614, CWE-1004 · Sessions and cookies\n\n {2}Browsers/,
  );
  assert.ok(text.split('\n').every((line) => line.length <= 92 && line === line.trimEnd()));
  assert.equal(text.match(/Browsers\s+do\s+not\s+eat\s+cookies\./g)?.length, 6);
  assert.match(text, /\n\n {2}A second thought\.\n\nWhat to do\n {2}Bake `another`\.\n/);
  assert.match(
    text,
    /\nReported\n {2}eat\('cookie'\);\n {2}if \(hungry\) \{\n\n {4}eat\(\);\n {2}\}\n\nNot reported\n {2}bake\(\);\n/,
  );
  assert.doesNotMatch(text, /Limits/);
  assert.match(
    text,
    /\nMore\n {2}https:\S+\/docs\/rules\/cookie-eaten\.md\n {2}https:\/\/example\.org\/cookies\n$/,
  );
  assert.match(renderRule({ ...rule, limits: 'Crumbs.' }), /\nLimits\n {2}Crumbs\.\n/);
});

test('the list has a line for each rule, under its section, in columns', () => {
  const other: RuleMetadata = {
    ...rule,
    id: 'tls-off',
    section: 'Transport',
    severity: 'advisory',
    title: 'No TLS',
  };
  assert.equal(
    renderRuleList([rule, other, { ...rule, id: 'crumbs', severity: 'low' }]),
    [
      'Transport',
      '  tls-off       advisory  No TLS',
      '',
      'Sessions and cookies',
      '  cookie-eaten  high      A cookie that is eaten',
      '  crumbs        low       A cookie that is eaten',
      '',
    ].join('\n'),
  );
});
