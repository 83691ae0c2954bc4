/** Turns the rules, action.yml and a real run on a sample into docs/rules/ and the made parts of the README. */
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rules } from '../src/detect/rule-list.ts';
import { readHelp, runExample } from './docs-example.ts';
import { fillBlocks, fold, renderInputs, renderOutputs } from './readme-blocks.ts';
import { fence, renderRuleIndex, renderRulePage, renderRuleTable } from './rule-pages.ts';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Path -> text of every file that is made, or has parts that are made; the same bytes each time. */
export async function makeDocs(): Promise<Map<string, string>> {
  const [readme, action, terminal] = await Promise.all([
    readFile(join(root, 'README.md'), 'utf8'),
    readFile(join(root, 'action.yml'), 'utf8'),
    runExample(root),
  ]);
  const blocks = new Map([
    ['inputs', renderInputs(action)],
    ['outputs', renderOutputs(action)],
    ['terminal', fold('The report', fence(terminal, 'text'))],
    ['help', fence(readHelp(root), 'text')],
    ['rules', renderRuleTable(rules, 'docs/rules/')],
  ]);
  const docs = new Map([
    ['README.md', fillBlocks(readme, blocks)],
    ['docs/rules/README.md', renderRuleIndex(rules)],
  ]);
  for (const rule of rules) docs.set(`docs/rules/${rule.id}.md`, renderRulePage(rule));
  return docs;
}

/** Says which files differ from what is made, one sentence each; empty where all are fresh. */
export async function compareDocs(docs: ReadonlyMap<string, string>): Promise<string[]> {
  const differences = (await strayPages(docs)).map((path) => `${path} should not be there`);
  for (const [path, text] of docs) {
    const present = await readFile(join(root, path), 'utf8').catch(() => null);
    if (present === null) differences.push(`${path} is missing`);
    else if (present !== text) differences.push(`${path} is out of date`);
  }
  return differences.sort();
}

/** Pages of rules that are no more. */
async function strayPages(docs: ReadonlyMap<string, string>): Promise<string[]> {
  const names = await readdir(join(root, 'docs/rules')).catch(() => []);
  return names.map((name) => `docs/rules/${name}`).filter((path) => !docs.has(path));
}

async function main(): Promise<void> {
  const docs = await makeDocs();
  const differences = await compareDocs(docs);
  if (process.argv.includes('--check')) {
    if (differences.length === 0) console.log(`The documentation is fresh (${docs.size} files).`);
    else {
      console.error(
        `${differences.join('\n')}\nThe documentation is not what the sources make: run "npm run docs" and commit it.`,
      );
      process.exitCode = 1;
    }
    return;
  }
  await Promise.all((await strayPages(docs)).map((path) => rm(join(root, path))));
  await mkdir(join(root, 'docs/rules'), { recursive: true });
  for (const [path, text] of docs) await writeFile(join(root, path), text);
  console.log(differences.length === 0 ? 'Nothing has changed.' : differences.join('\n'));
}

if (import.meta.main) await main();
