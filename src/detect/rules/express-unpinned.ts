/** Reports a declaration of Express that does not say which Express it means. */
import { defineRule } from '../rule-contract.ts';

export const rule = defineRule({
  id: 'express-unpinned',
  title: 'Express declared without a version range',
  section: 'Versions and dependencies',
  severity: 'low',
  confidence: 'high',
  cwe: [1357],
  why:
    '`*`, `x` and `latest` mean whatever is newest on the day of the installation, the next major version included, so a fresh installation can break or change what runs without any change in the repository. ' +
    'A git repository, an address or a local path bypasses the registry: no audit knows such a copy, no range says which fixes it has, and its source can change under the same name.',
  remedy: 'Declare a range of a maintained line, such as `^5.3.0`, from the registry.',
  examples: {
    language: 'json',
    bad: '{ "dependencies": { "express": "latest" } }',
    good: '{ "dependencies": { "express": "^5.3.0" } }',
  },
  limits:
    'Reported with a lockfile too: it holds the version only until the next update. ' +
    'A range with a lower end and no upper one (`>=4.20.0`) is a range and not reported. ' +
    'What `catalog:` leads to is judged where it stands; `workspace:` and `patch:` name code of the repository and are not reported. ' +
    'Express that only `devDependencies` or `peerDependencies` bring is left alone: a library may well say `*` of its peers.',
  references: [
    'https://docs.npmjs.com/cli/v11/configuring-npm/package-json#dependencies',
    'https://github.com/npm/node-semver#ranges',
  ],
  level: 'express',
  check: (facts, judge) => {
    const { declared, location, lock, newest, project, related, resolved, role } = facts;
    if (declared === null || role !== 'production') return;
    const problem = declared.open
      ? `"${declared.text}" admits every release of Express, the next major version included`
      : problems.get(declared.kind)?.replace('…', () => `"${declared.text}"`);
    if (problem === undefined) return;
    const isMoving = declared.open || declared.kind === 'tag';
    const range = `${declared.prefix}^${isMoving && resolved !== null ? resolved : newest}`;
    const isKept = isMoving && resolved !== null;
    judge.finding({
      location,
      related,
      subject: `express unpinned ${declared.spec}`,
      message: `${problem}.${resolved === null ? '' : ` The lockfile installs ${resolved} for now.`}`,
      ...(newest === null && !isKept
        ? {}
        : {
            help: isKept
              ? `Write "${range}": it keeps what the lockfile installs.`
              : `Write a range of a maintained line, such as "${range}".`,
          }),
      // npm accepts its lockfile as long as the version in it fits; other package managers compare the text of the range.
      ...(isKept && facts.located && lock === 'read' && project.lockfile?.manager === 'npm'
        ? {
            fix: {
              description: `Declare "${range}"`,
              edits: [
                {
                  file: location.file,
                  start: { line: location.line, column: location.column },
                  end: { line: location.endLine, column: location.endColumn },
                  text: JSON.stringify(range),
                },
              ],
            },
          }
        : {}),
    });
  },
});

const problems: ReadonlyMap<string, string> = new Map([
  [
    'tag',
    '… is a tag, which its owner moves: which Express it means is decided on the day of the installation',
  ],
  ['git', 'Express comes from a git repository, …, so no range says which fixes it has'],
  ['url', 'Express comes from an address, …, so no range says which fixes it has'],
  ['path', 'Express comes from a path, …, so no range says which fixes it has'],
  ['invalid', '… is neither a version range nor a tag nor a source that package managers know'],
]);
