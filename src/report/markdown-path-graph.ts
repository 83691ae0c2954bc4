/** Advisories of packages that come in by several ways -> a graph that GitHub draws, where a list of paths would hide that one package is behind all. */
import type { JudgedFinding } from '../model/finding.ts';
import { type AdvisoryFinding, groupBy, isAdvisory } from './advisory-groups.ts';
import { codeBlock } from './markdown-escape.ts';
import { fold, type Section } from './markdown-sections.ts';
import { shorten, visibleLine } from './visible-text.ts';
import { count } from './wording.ts';

/** What still fits a phone, and an e-mail, where the graph is shown as its text. */
const packagesDrawn = 3;
const pathsOfPackage = 6;
const longestPath = 6;
const longestName = 60;

/** A fold with the graph; without pieces where no package of `findings` has two direct dependencies that lead to it. */
export function pathGraph(findings: readonly JudgedFinding[]): Section {
  const packages = groupBy(findings.filter(isAdvisory), ({ project, advisory }) => [
    project,
    advisory.package,
  ])
    .map((group) => ({ name: group[0]!.advisory.package, paths: pathsOf(group) }))
    .filter(({ paths }) => new Set(paths.map(([first]) => first)).size > 1);
  // In a monorepo the same package comes in the same ways again and again.
  const drawn = groupBy(packages, (each) => each)
    .map(([first]) => first!)
    .slice(0, packagesDrawn);
  const names = new Set(drawn.map(({ name }) => name));
  const summary = `By which ways ${count(names.size, ['vulnerable package comes', 'vulnerable packages come'])} in`;
  const pieces = drawn.length === 0 ? [] : [{ markdown: codeBlock(graphOf(drawn), 'mermaid'), weight: 1 }];
  return fold(summary, '', pieces, '\n', 1, ['graph', 'graphs']);
}

interface Ways {
  readonly name: string;
  readonly paths: readonly (readonly string[])[];
}

/** The shortest path of each direct dependency first: two ways below one of them are one to whoever updates it. */
function pathsOf(group: readonly AdvisoryFinding[]): (readonly string[])[] {
  const paths = group.flatMap(({ advisory }) => advisory.paths).filter(({ length }) => length > 0);
  const byFirst = groupBy(paths, ([first]) => first).map((each) =>
    each.reduce((shortest, path) => (path.length < shortest.length ? path : shortest)),
  );
  return byFirst.slice(0, pathsOfPackage);
}

function graphOf(packages: readonly Ways[]): string {
  const ids = new Map<string, string>();
  const lines: string[] = [];
  const edges = new Set<string>();
  const node = (key: string, text: string, [open, close]: readonly [string, string]) => {
    const known = ids.get(key);
    if (known !== undefined) return known;
    const id = `n${ids.size}`;
    ids.set(key, id);
    lines.push(`  ${id}${open}"${label(text)}"${close}`);
    return id;
  };
  for (const { name, paths } of packages) {
    const end = node(name, `${shorten(name, longestName)} (vulnerable)`, ['([', '])']);
    for (const path of paths) {
      const steps = shortened(path).map((step) =>
        step.key === name ? end : node(step.key, shorten(step.text, longestName), ['[', ']']),
      );
      for (const [index, to] of steps.entries()) {
        const from = steps[index - 1];
        if (from !== undefined && from !== to) edges.add(`  ${from} --> ${to}`);
      }
    }
  }
  return ['graph LR', ...lines, ...edges].join('\n');
}

/** A step's key is its name; what is left out of a long path is a step of its own. */
function shortened(path: readonly string[]): { readonly key: string; readonly text: string }[] {
  const named = path.map((text) => ({ key: text, text }));
  if (path.length <= longestPath) return named;
  const head = named.slice(0, longestPath - 2);
  return [...head, { key: JSON.stringify(path), text: '…' }, named.at(-1)!];
}

/**
 * Text between the quotes of a Mermaid label: every sign but those that package names are made of is spelt by its number, so that no name
 * can end the label, begin a directive, or be read as Markdown or HTML. Source: mermaid.js.org, "Entity codes to escape characters".
 */
function label(text: string): string {
  return visibleLine(text, longestName + 20).replace(/[^\w./ -]/gu, (sign) => `#${sign.codePointAt(0)};`);
}
