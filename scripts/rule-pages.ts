/** Turns the rules' metadata into their documentation: a page for each, an index, and the README's table. */
import { type RuleMetadata, ruleSections } from '../src/model/rule.ts';

const generated = '<!-- Made by scripts/docs.ts from the rule itself; a change made here is lost. -->';

/** The page docs/rules/<id>.md. */
export function renderRulePage(rule: RuleMetadata): string {
  const { examples } = rule;
  return `${generated}
# ${rule.id}

**${rule.title}** · severity ${severityOf(rule)} · confidence ${rule.confidence} · ${rule.section}${rule.cwe.length > 0 ? ` · ${rule.cwe.map(cweLink).join(', ')}` : ''}

${rule.why.trim()}

## What to do

${rule.remedy.trim()}

## Examples

Reported:

${fence(examples.bad, examples.language)}

Not reported:

${fence(examples.good, examples.language)}

## What it does not report

${rule.limits.trim()}

## In the policy

${fence(`rules:\n  ${rule.id}: off # or low, moderate, high, critical`, 'yaml')}
${rule.references.length > 0 ? `\n## Read more\n\n${rule.references.map((url) => `- <${url}>`).join('\n')}\n` : ''}`;
}

/** The page docs/rules/README.md. */
export function renderRuleIndex(rules: readonly RuleMetadata[]): string {
  return `${generated}
# Rules

Each rule judges what the application does in production. What the repository alone cannot decide is reported as undecided.
A severity can be changed, or a rule switched off, in the policy file.

${bySection(rules)
  .map(([section, members]) => `## ${section}\n\n${renderRuleTable(members, '')}\n`)
  .join('\n')}`;
}

/** The rules of all sections in one table; links are prefixed with `base`. */
export function renderRuleTable(rules: readonly RuleMetadata[], base: string): string {
  const rows = bySection(rules).flatMap(([, members]) => members);
  return [
    '| Rule | Severity | What it finds |',
    '|---|---|---|',
    ...rows.map(
      (rule) =>
        `| [${rule.id}](${base}${rule.id}.md) | ${severityOf(rule)} | ${rule.title.replaceAll('|', '\\|')} |`,
    ),
  ].join('\n');
}

/** The sections that have rules, in their own order, with their rules by name. */
function bySection(rules: readonly RuleMetadata[]): [string, RuleMetadata[]][] {
  const sorted = [...rules].sort((a, b) => (a.id < b.id ? -1 : 1));
  return ruleSections
    .map((section): [string, RuleMetadata[]] => [section, sorted.filter((rule) => rule.section === section)])
    .filter(([, members]) => members.length > 0);
}

function severityOf(rule: RuleMetadata): string {
  return rule.severity === 'advisory' ? "the advisory's" : rule.severity;
}

function cweLink(number: number): string {
  return `[CWE-${number}](https://cwe.mitre.org/data/definitions/${number}.html)`;
}

/** A code block whose fence is longer than any within it. */
export function fence(code: string, language: string): string {
  const longest = Math.max(2, ...(code.match(/`+/g) ?? []).map((run) => run.length));
  const ticks = '`'.repeat(longest + 1);
  return `${ticks}${language}\n${code.trim()}\n${ticks}`;
}
