/** Turns what rules say of themselves into text for a terminal: the list of all, and one in full. */
import { type RuleMetadata, ruleSections, ruleUrl } from '../model/rule.ts';

/** Columns of running text. */
const textWidth = 90;

/** One line for each rule, by section: id, severity, title. */
export function renderRuleList(rules: readonly RuleMetadata[]): string {
  const idWidth = Math.max(0, ...rules.map(({ id }) => id.length)) + 2;
  const severityWidth = Math.max(0, ...rules.map(({ severity }) => severity.length)) + 2;
  const sections = ruleSections.flatMap((section) => {
    const own = rules.filter((rule) => rule.section === section);
    if (own.length === 0) return [];
    const lines = own.map(
      ({ id, severity, title }) => `  ${id.padEnd(idWidth)}${severity.padEnd(severityWidth)}${title}`,
    );
    return [[section, ...lines].join('\n')];
  });
  return `${sections.join('\n\n')}\n`;
}

/** Everything that helps somebody who has just met the rule's finding. */
export function renderRule(rule: RuleMetadata): string {
  const { id, title, section, severity, confidence, cwe, why, remedy, examples, limits, references } = rule;
  const weaknesses = cwe.map((number) => `CWE-${number}`).join(', ');
  const facts = [`severity ${severity}`, `confidence ${confidence}`, weaknesses, section];
  return `${[
    `${id}: ${title}\n${facts.filter((fact) => fact !== '').join(' · ')}`,
    wrap(why),
    `What to do\n${wrap(remedy)}`,
    `Reported\n${indent(examples.bad)}`,
    `Not reported\n${indent(examples.good)}`,
    limits.trim() === '' ? '' : `Limits\n${wrap(limits)}`,
    ['More', ...[ruleUrl(id), ...references].map((address) => `  ${address}`)].join('\n'),
  ]
    .filter((part) => part !== '')
    .join('\n\n')}\n`;
}

/** Breaks each paragraph into lines; a word longer than a line stays whole. */
function wrap(text: string): string {
  return text
    .trim()
    .split(/\n{2,}/)
    .map((paragraph) => {
      const lines: string[] = [];
      for (const word of paragraph.split(/\s+/)) {
        const last = lines.at(-1);
        if (last !== undefined && last.length + 1 + word.length <= textWidth)
          lines[lines.length - 1] = `${last} ${word}`;
        else lines.push(word);
      }
      return indent(lines.join('\n'));
    })
    .join('\n\n');
}

function indent(text: string): string {
  return text
    .trim()
    .split('\n')
    .map((line) => (line === '' ? '' : `  ${line}`))
    .join('\n');
}
