/** What rules say of themselves -> SARIF's descriptors, as code scanning shows them beside an alert. */
import type { ReportingDescriptor } from 'sarif';
import type { Finding } from '../model/finding.ts';
import { type RuleMetadata, ruleUrl } from '../model/rule.ts';
import { compareSeverity, type Severity } from '../model/severity.ts';
import { codeBlock } from './markdown-escape.ts';
import { shorten } from './visible-text.ts';

/** GitHub cuts descriptions there, and takes 20 tags. Source: docs.github.com, "SARIF support for code scanning". */
const longestDescription = 1024;
const mostTags = 20;

/** GitHub reads over 9.0 as critical, from 7.0 as high, from 4.0 as medium (source: the same). */
const scores: Readonly<Record<Severity, number>> = { critical: 9.5, high: 8, moderate: 5.5, low: 3 };

/** A score of 0.1 to 10: the advisory's own CVSS where it is known. */
export function securityScore({ severity, advisory }: Pick<Finding, 'severity' | 'advisory'>): number {
  const cvss = advisory?.cvss ?? 0;
  return cvss > 0 && cvss <= 10 ? cvss : scores[severity];
}

/** SARIF's word for how grave a finding is. */
export function sarifLevel(severity: Severity): 'error' | 'warning' | 'note' {
  return severity === 'low' ? 'note' : severity === 'moderate' ? 'warning' : 'error';
}

/**
 * One descriptor for each rule, in the same order. GitHub knows one security severity for all alerts of a rule: it is that of the
 * gravest finding (the policy or an advisory may have set it), else the rule's own.
 */
export function describeRules(
  rules: readonly RuleMetadata[],
  findings: readonly Finding[],
): ReportingDescriptor[] {
  const gravest = new Map<string, Severity>();
  for (const { ruleId, severity } of findings) {
    const known = gravest.get(ruleId);
    if (known === undefined || compareSeverity(severity, known) < 0) gravest.set(ruleId, severity);
  }
  return rules.map((rule) => describeRule(rule, gravest.get(rule.id) ?? ownSeverity(rule)));
}

function describeRule(rule: RuleMetadata, severity: Severity): ReportingDescriptor {
  const { id, title, confidence, cwe } = rule;
  return {
    id,
    shortDescription: { text: shorten(title, longestDescription) },
    fullDescription: { text: shorten(oneLine(rule.why), longestDescription) },
    help: { text: helpText(rule), markdown: helpMarkdown(rule) },
    helpUri: ruleUrl(id),
    defaultConfiguration: { level: sarifLevel(ownSeverity(rule)) },
    properties: {
      // The form that CodeQL's own rules have, by which GitHub finds a weakness.
      tags: ['security', ...cwe.map((number) => `external/cwe/cwe-${String(number).padStart(3, '0')}`)].slice(
        0,
        mostTags,
      ),
      precision: confidence,
      'security-severity': scores[severity].toFixed(1),
    },
  };
}

/** Those whose severity is the advisory's mostly meet high ones. */
function ownSeverity({ severity }: RuleMetadata): Severity {
  return severity === 'advisory' ? 'high' : severity;
}

function helpText({ id, why, remedy, limits }: RuleMetadata): string {
  return [
    oneLine(why),
    `What to do: ${oneLine(remedy)}`,
    `What it does not report: ${oneLine(limits)}`,
    `More: ${ruleUrl(id)}`,
  ].join('\n\n');
}

function helpMarkdown({ id, why, remedy, examples, limits, references }: RuleMetadata): string {
  const { bad, good, language } = examples;
  return [
    why.trim(),
    '## What to do',
    remedy.trim(),
    '## Examples',
    'Reported:',
    codeBlock(bad.trim(), language),
    'Not reported:',
    codeBlock(good.trim(), language),
    '## What it does not report',
    limits.trim(),
    '## Read more',
    [ruleUrl(id), ...references].map((url) => `- <${url}>`).join('\n'),
  ].join('\n\n');
}

function oneLine(text: string): string {
  return text.trim().replace(/\s+/g, ' ');
}
