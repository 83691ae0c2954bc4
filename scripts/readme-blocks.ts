/** Turns action.yml into the README's tables, and puts what was made between the README's marks. */
import { parse } from 'yaml';

/**
 * Replaces what stands between `<!-- generated:NAME -->` and `<!-- /generated:NAME -->` for each name.
 * @throws Error where a mark is missing, or one has no contents: neither a stale nor a half-made README passes.
 */
export function fillBlocks(text: string, contents: ReadonlyMap<string, string>): string {
  const left = new Set(contents.keys());
  const filled = text.replace(
    /(<!-- generated:([\w-]+) -->\n)[\s\S]*?(<!-- \/generated:\2 -->)/g,
    (_all, open: string, name: string, close: string) => {
      const content = contents.get(name);
      if (content === undefined) throw new Error(`Nothing is made for the mark "generated:${name}".`);
      left.delete(name);
      return `${open}${content.trim()}\n${close}`;
    },
  );
  if (left.size > 0) throw new Error(`There is no mark for: ${[...left].join(', ')}.`);
  return filled;
}

interface ActionFile {
  readonly inputs?: Readonly<
    Record<
      string,
      { readonly description: string; readonly default?: string | boolean; readonly required?: boolean }
    >
  >;
  readonly outputs?: Readonly<Record<string, { readonly description: string }>>;
}

/** The table of the inputs, in the order of action.yml. */
export function renderInputs(action: string): string {
  const { inputs = {} }: ActionFile = parse(action);
  const rows = Object.entries(inputs).map(([name, { description, default: value }]) => {
    const shown = value === undefined || value === '' ? '' : `\`${value}\``;
    return `| \`${name}\` | ${cell(shown)} | ${cell(description)} |`;
  });
  return ['| Input | Default | |', '|---|---|---|', ...rows].join('\n');
}

/** The table of the outputs, in the order of action.yml. */
export function renderOutputs(action: string): string {
  const { outputs = {} }: ActionFile = parse(action);
  const rows = Object.entries(outputs).map(
    ([name, { description }]) => `| \`${name}\` | ${cell(description)} |`,
  );
  return ['| Output | |', '|---|---|', ...rows].join('\n');
}

function cell(text: string): string {
  return text.trim().replace(/\s+/g, ' ').replaceAll('|', '\\|');
}

/** Markdown that the reader opens by a click on the summary. */
export function fold(summary: string, markdown: string): string {
  return `<details>\n<summary>${summary}</summary>\n\n${markdown}\n\n</details>`;
}
