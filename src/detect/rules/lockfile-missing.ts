/** Reports a project that uses Express and has no lockfile. */
import { defineRule } from '../rule-contract.ts';

export const rule = defineRule({
  id: 'lockfile-missing',
  title: 'No lockfile',
  section: 'Versions and dependencies',
  severity: 'low',
  confidence: 'high',
  cwe: [1357],
  why:
    'Without a lockfile each installation decides anew which versions of Express and of everything below it run, and two installations of one commit can differ. ' +
    'Nothing can be said of the installed versions beforehand: `npm audit` has nothing to ask about, and a release that was tampered with gets in by itself.',
  remedy:
    'Run the install of your package manager (`npm install`, `yarn install`, `pnpm install`, `bun install`), commit the lockfile that it writes (if .gitignore names it, take it out), ' +
    'and let production install by it (`npm ci`, `yarn install --immutable` or, with yarn 1, `--frozen-lockfile`, `pnpm install --frozen-lockfile`, `bun install --frozen-lockfile`).',
  examples: {
    language: 'json',
    bad: '{ "dependencies": { "express": "^5.3.0" } }',
    good: '{ "lockfileVersion": 3, "packages": { "node_modules/express": { "version": "5.3.0" } } }',
  },
  limits:
    'The command named is that of the package manager that `packageManager` in package.json, or a settings file beside it (.yarnrc.yml, pnpm-workspace.yaml, bunfig.toml), tells of; else npm. ' +
    'A lockfile that is there but broken, or of a kind that this version cannot read, is not missing: the check `express-version` names it. ' +
    'Projects of one workspace share a lockfile: where it is missing, the first of them is reported for all. ' +
    'Only projects that use Express in production are judged: a library with Express in `devDependencies` or `peerDependencies` may leave the lockfile out. ' +
    'A lockfile that git ignores is not part of the repository, so it counts as missing.',
  references: [
    'https://docs.npmjs.com/cli/v11/configuring-npm/package-lock-json',
    'https://docs.npmjs.com/cli/v11/commands/npm-ci',
  ],
  level: 'express',
  check: (facts, judge) => {
    if (!facts.speaksForLockfile) return;
    const { entry, installation, project } = facts;
    const shared =
      project.workspaceRoot === project.directory
        ? ''
        : `, here or in its workspace root (${project.workspaceRoot})`;
    judge.finding({
      location: entry,
      subject: 'lockfile missing',
      message: `There is no lockfile${shared}: which versions of Express and of the packages below it production runs is decided anew by each installation.`,
      help: `Run \`${installation.command}\`${installation.where}, commit ${installation.lockfile} (if .gitignore names it, take it out), and install with \`${installation.frozen}\` from then on.`,
    });
  },
});
