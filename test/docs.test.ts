/** The documentation: made from the rules and from action.yml, fresh, and without links that lead nowhere. */
import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import { parse } from 'yaml';
import { compareDocs, makeDocs } from '../scripts/docs.ts';
import { fillBlocks, renderInputs, renderOutputs } from '../scripts/readme-blocks.ts';
import { fence, renderRuleIndex, renderRulePage, renderRuleTable } from '../scripts/rule-pages.ts';
import { rules } from '../src/detect/rule-list.ts';
import type { RuleMetadata } from '../src/model/rule.ts';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const read = (path: string) => readFileSync(join(root, path), 'utf8');

const rule: RuleMetadata = {
  id: 'cookie-eaten',
  title: 'A cookie that is eaten | by someone',
  section: 'Sessions and cookies',
  severity: 'high',
  confidence: 'medium',
  cwe: [614, 1004],
  why: 'Browsers do not eat cookies.',
  remedy: 'Bake another.',
  examples: { bad: 'eat(`cookie`);', good: 'bake();', language: 'js' },
  limits: 'Crumbs are not reported.',
  references: ['https://example.org/cookies'],
};

describe('a rule page', () => {
  const page = renderRulePage(rule);

  it('holds all that the rule says of itself', () => {
    for (const part of [
      rule.title,
      rule.why,
      rule.remedy,
      rule.examples.bad,
      rule.examples.good,
      rule.limits,
      rule.references[0]!,
    ]) {
      assert.ok(page.includes(part), part);
    }
    assert.match(page, /^# cookie-eaten$/m);
    assert.match(page, /severity high · confidence medium/);
    assert.ok(page.includes('[CWE-1004](https://cwe.mitre.org/data/definitions/1004.html)'));
  });

  it('leaves out what there is none of', () => {
    const bare = renderRulePage({ ...rule, cwe: [], references: [], severity: 'advisory' });
    assert.doesNotMatch(bare, /CWE|Read more/);
    assert.match(bare, /severity the advisory's/);
  });

  it('fences code that has fences in it', () => {
    assert.equal(fence('a', 'js'), '```js\na\n```');
    assert.equal(fence('```\na\n```', 'js'), '````js\n```\na\n```\n````');
  });
});

describe('the rule tables', () => {
  const other: RuleMetadata = { ...rule, id: 'a-version', section: 'Versions and dependencies' };
  const early: RuleMetadata = { ...rule, id: 'apple' };

  it('order by section, then by name, whatever the order of the rules', () => {
    const table = renderRuleTable([rule, early, other], 'docs/rules/');
    const ids = [...table.matchAll(/^\| \[([\w-]+)\]\(docs\/rules\/\1\.md\)/gm)].map((row) => row[1]);
    assert.deepEqual(ids, ['a-version', 'apple', 'cookie-eaten']);
    assert.equal(renderRuleTable([other, early, rule], 'docs/rules/'), table);
  });

  it('keep a bar in a title out of the columns', () => {
    assert.ok(renderRuleTable([rule], '').includes('that is eaten \\| by someone |'));
  });

  it('have a heading for each section that has rules', () => {
    const headings = [...renderRuleIndex([rule, other]).matchAll(/^## (.*)$/gm)].map((line) => line[1]);
    assert.deepEqual(headings, ['Versions and dependencies', 'Sessions and cookies']);
  });
});

describe('the blocks of the README', () => {
  const text = 'before\n<!-- generated:a -->\nold\n<!-- /generated:a -->\nafter\n';

  it('are replaced, and nothing else', () => {
    const filled = fillBlocks(text, new Map([['a', 'new $& $1 text\n']]));
    assert.equal(filled, 'before\n<!-- generated:a -->\nnew $& $1 text\n<!-- /generated:a -->\nafter\n');
    assert.equal(fillBlocks(filled, new Map([['a', 'new $& $1 text\n']])), filled);
  });

  it('are all there, and all made', () => {
    assert.throws(() => fillBlocks(text, new Map()), /Nothing is made for the mark "generated:a"/);
    assert.throws(
      () =>
        fillBlocks(
          text,
          new Map([
            ['a', ''],
            ['b', ''],
          ]),
        ),
      /There is no mark for: b/,
    );
  });

  it('show the inputs and outputs of action.yml', () => {
    const action = `
inputs:
  fail-on: { description: "The threshold:\\n  low | high", default: high }
  policy: { description: A file }
  github-token: { description: The token, default: "\${{ github.token }}" }
outputs:
  verdict: { description: pass or fail }
`;
    assert.deepEqual(renderInputs(action).split('\n').slice(2), [
      '| `fail-on` | `high` | The threshold: low \\| high |',
      '| `policy` |  | A file |',
      `| \`github-token\` | \`\${{ github.token }}\` | The token |`,
    ]);
    assert.deepEqual(renderOutputs(action).split('\n').slice(2), ['| `verdict` | pass or fail |']);
  });
});

describe('the documentation', () => {
  it('is what the sources make, the same each time', async () => {
    const docs = await makeDocs();
    assert.deepEqual(await compareDocs(docs), []);
    assert.deepEqual([...(await makeDocs())], [...docs]);
  });

  it('says what is not fresh', async () => {
    const docs = new Map(await makeDocs());
    const [first] = rules;
    docs.set('README.md', 'other');
    docs.set('docs/rules/unwritten.md', 'new');
    docs.delete(`docs/rules/${first!.id}.md`);
    assert.deepEqual(await compareDocs(docs), [
      'README.md is out of date',
      `docs/rules/${first!.id}.md should not be there`,
      'docs/rules/unwritten.md is missing',
    ]);
  });

  it('links only to files and headings that are there', () => {
    const pages = [
      'README.md',
      'CONTRIBUTING.md',
      'SECURITY.md',
      'CHANGELOG.md',
      ...globSync('docs/**/*.md', { cwd: root }),
    ];
    const anchors = (text: string) =>
      new Set(
        [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading]) =>
          heading!
            .toLowerCase()
            .replace(/[^\w\- ]/g, '')
            .replaceAll(' ', '-'),
        ),
      );
    for (const page of pages.map((path) => path.replaceAll('\\', '/'))) {
      const prose = read(page).replace(/^(`{3,})[\s\S]*?^\1/gm, '');
      for (const [, target] of prose.matchAll(/\]\(([^)\s]+)\)/g)) {
        if (/^https?:/.test(target!)) continue;
        const [path, anchor] = target!.split('#') as [string, string | undefined];
        const file = path === '' ? page : posix.join(posix.dirname(page), path);
        assert.ok(existsSync(join(root, file)), `${page} links to ${target}`);
        if (anchor !== undefined) assert.ok(anchors(read(file)).has(anchor), `${page} links to ${target}`);
      }
    }
  });

  it('shows a policy that the schema accepts, about rules that exist', () => {
    const block = /```yaml\n(fail-on:[\s\S]*?)```/.exec(read('README.md'))?.[1];
    assert.ok(block !== undefined);
    const policy = parse(block) as { rules: Record<string, string>; waivers: { rule?: string }[] };
    const validate = new Ajv({ allowUnionTypes: true, strict: false, validateFormats: false }).compile(
      JSON.parse(read('docs/policy.schema.json')),
    );
    assert.ok(validate(policy), JSON.stringify(validate.errors));
    const ids = new Set(rules.map(({ id }) => id));
    for (const id of [
      ...Object.keys(policy.rules),
      ...policy.waivers.flatMap((waiver) => waiver.rule ?? []),
    ]) {
      assert.ok(ids.has(id), id);
    }
  });

  it('names every file of the repository that it tells the reader to run or write', () => {
    const readme = read('README.md');
    for (const [, path] of readme.matchAll(/^node (\S+\.js) (\S+)$/gm))
      assert.ok(existsSync(join(root, path!)), path);
    assert.ok(readme.includes('\nnode dist/cli.js test/apps/insecure-shop\n'));
    assert.ok(readme.includes('\nnpm ci && npm test\n'));
  });

  it('explains every rule at the length that it needs', () => {
    for (const { id, why, remedy, limits, examples, references } of rules) {
      const sentences = (text: string) => text.match(/[.!?](?=\s|$)/g)?.length ?? 0;
      assert.ok(sentences(why) >= 2 && sentences(why) <= 8, `${id}: why`);
      assert.ok(sentences(remedy) >= 1 && sentences(remedy) <= 3, `${id}: remedy`);
      assert.ok(sentences(limits) >= 1, `${id}: limits`);
      assert.notEqual(examples.bad.trim(), examples.good.trim(), id);
      assert.ok(
        references.every((url) => URL.canParse(url) && url.startsWith('https://')),
        `${id}: references`,
      );
    }
  });
});
