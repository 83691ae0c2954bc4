/** Reports a dependency that its project has given up, with what takes its place. */
import { defineRule } from '../rule-contract.ts';

export const rule = defineRule({
  id: 'dependency-deprecated',
  title: 'Deprecated dependency',
  section: 'Versions and dependencies',
  severity: 'low',
  confidence: 'high',
  cwe: [1104, 477],
  why:
    'The maintainers of the package have given it up, or the line of it that is installed: a vulnerability that is found from now on gets no fix, and often not even an advisory. ' +
    'Much of what Express 3 brought along, and what was built around it, has been replaced since. ' +
    'Most of these packages meet requests directly: parsers of uploads, CSRF protection, sessions, template engines, HTTP clients.',
  remedy: 'Move to the package that takes its place.',
  examples: {
    language: 'json',
    bad: '{ "dependencies": { "express": "^5.3.0", "request": "^2.88.2" } }',
    good: '{ "dependencies": { "express": "^5.3.0", "undici": "^7.0.0" } }',
  },
  limits:
    'Judged are `dependencies` and `optionalDependencies` of package.json; what only development needs, and what other packages bring along, is not. ' +
    'Where only some versions are deprecated, the one in the lockfile decides; without a lockfile every version that the range admits has to be. ' +
    'Known are packages that applications on Express use and whose deprecation the registry, the package itself or its project states; others stay unnoticed. ' +
    'What `catalog:` leads to is judged where it stands. ' +
    'A copy from a git repository, an address or a path is not judged.',
  references: [
    'https://docs.npmjs.com/deprecating-and-undeprecating-packages-or-package-versions',
    'https://expressjs.com/en/blog/2025-05-16-express-cleanup-legacy-packages',
    'https://expressjs.com/en/resources/middleware.html',
  ],
  level: 'dependency',
  check: ({ deprecation, resolved, declared, location, related }, judge) => {
    const { package: name, reason, since, source, successor, versions } = deprecation;
    const which = resolved ?? (versions === null ? '' : `(every version that "${declared}" admits)`);
    judge.finding({
      location,
      related,
      subject: `${name} deprecated`,
      message: `${[name, which].filter((part) => part !== '').join(' ')} is deprecated${since === null ? '' : ` since ${since}`}. ${reason} (Source: ${source}.)`,
      help: successor,
    });
  },
});
