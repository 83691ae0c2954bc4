/** Reports where production, the package or its tools choose a Node.js whose release line gets no fixes any more, or soon will not. */
import { daysUntil } from '../../data/express-releases.ts';
import { type NodeLine, nodeLineState, startedNodeLines } from '../../data/node-releases.ts';
import { defineRule, type NodeDeclaration, type NodeFacts } from '../rule-contract.ts';

export const rule = defineRule({
  id: 'node-unsupported',
  title: 'Node.js release line without support',
  section: 'Versions and dependencies',
  severity: 'moderate',
  confidence: 'high',
  cwe: [1104],
  why:
    'Every application on Express runs on Node.js, whose HTTP parser, TLS and URL parser meet each request first. ' +
    'The Node.js project publishes security releases several times a year, and only for the lines that it maintains: a line that has ended keeps every vulnerability that is found afterwards. ' +
    'The end of each line is announced years ahead in the schedule of the project.',
  remedy:
    'Move to a release line of Node.js with long-term support, and raise the version in each file that names it.',
  examples: {
    language: 'json',
    bad: '{ "engines": { "node": ">=14 <17" } }',
    good: '{ "engines": { "node": ">=22" } }',
  },
  limits:
    'Read are `engines`, `devEngines` and `volta` of package.json, `.nvmrc`, `.node-version`, `.tool-versions`, `mise.toml`, the image that the last stage of a Dockerfile builds on, images of Compose services, ' +
    '`runtime` of App Engine, Serverless Framework and SAM, `NODE_VERSION` of Netlify and Render, and the jobs of GitHub Actions, GitLab CI and CircleCI. ' +
    'A range is reported only if every line that it admits has ended: `>=14` admits maintained lines too. A workflow is reported only if none of its jobs runs on a maintained line, and as low where another workflow does. ' +
    'From 60 days before the end of a line it is severity low. It is low, too, for tools and workflows where what production runs is known to be maintained. ' +
    'An image whose name does not tell that it holds Node.js, and a Node.js that a script installs, cannot be seen. ' +
    'A version that hangs on a build argument or an input of a workflow is undecided. ' +
    'Long-term support that a company sells for an ended line cannot be seen: use a waiver.',
  references: [
    'https://github.com/nodejs/Release',
    'https://nodejs.org/en/about/previous-releases',
    'https://nodejs.org/en/blog/vulnerability',
  ],
  level: 'node',
  check: ({ declarations, today }, judge) => {
    const isKnown = ({ meaning }: NodeDeclaration): boolean => meaning.kind === 'lines';
    const isMaintained = (one: NodeDeclaration): boolean =>
      isKnown(one) && stateOf(one, today) === 'supported';
    const production = declarations.filter(({ role }) => role === 'production');
    const productionKeepsUp = production.length > 0 && production.every(isMaintained);
    // Beside workflows on a maintained line, those on an older one mostly keep house.
    const isTestedWell = declarations.some((one) => one.role === 'ci' && isMaintained(one));
    for (const declaration of declarations) {
      const { location, meaning, related, kind, role, sentence } = declaration;
      if (meaning.kind === 'unknown') {
        judge.undecided({ location, reason: meaning.reason });
        continue;
      }
      const state = stateOf(declaration, today);
      if (state === 'supported') continue;
      const lines = meaning.lines.filter((line) => nodeLineState(line, today) === state);
      const isLesser =
        (role === 'ci' && isTestedWell) || (productionKeepsUp && (role === 'ci' || role === 'development'));
      judge.finding({
        location,
        related,
        subject: `node ${state} ${kind}`,
        message: `${sentence} ${state === 'ending' ? describeEnding(lines, today) : describeEnded(lines)}`,
        help: `${help[role]} Maintained today: ${maintained(today)}.`,
        ...(state === 'ending' || isLesser ? { severity: 'low' } : {}),
      });
    }
  },
});

const help: Readonly<Record<NodeDeclaration['role'], string>> = {
  production: 'Move production to a maintained release line of Node.js.',
  package:
    'Raise the range to the release lines of Node.js that are maintained, and run production on one of them.',
  development: 'Develop on the maintained release line of Node.js that production runs on.',
  ci: 'Run the workflow on the maintained release line of Node.js that production runs on.',
};

/** The best state of what it admits: one maintained line is enough. What is not known, and admits nothing, is `supported`. */
function stateOf({ meaning }: NodeDeclaration, today: NodeFacts['today']): ReturnType<typeof nodeLineState> {
  if (meaning.kind === 'unknown' || meaning.newer) return 'supported';
  const states = meaning.lines.map((line) => nodeLineState(line, today));
  if (states.includes('supported') || (states.length === 0 && !meaning.older)) return 'supported';
  return states.includes('ending') ? 'ending' : 'unsupported';
}

function describeEnded(lines: readonly NodeLine[]): string {
  const last = lines.at(-1);
  if (last === undefined) return 'a Node.js from before 2013, which gets no fixes any more.';
  if (lines.length === 1)
    return `Node.js ${last.name}, which ended on ${last.end} and gets no fixes any more.`;
  const latest = lines.reduce((one, other) => (other.end > one.end ? other : one));
  const names =
    lines.length <= 4
      ? `${lines
          .slice(0, -1)
          .map(({ name }) => name)
          .join(', ')} and ${last.name}`
      : `${lines[0]!.name} to ${last.name}`;
  return `Node.js ${names}, which get no fixes any more: the last of them, ${latest.name}, ended on ${latest.end}.`;
}

function describeEnding(lines: readonly NodeLine[], today: string): string {
  const line = lines.reduce((one, other) => (other.end > one.end ? other : one));
  const days = daysUntil(line.end, today);
  const distance = days === 0 ? 'today' : days === 1 ? 'tomorrow' : `in ${days} days`;
  return `Node.js ${line.name}, which ends ${distance}, on ${line.end}: no fixes will follow.`;
}

/** The lines that have, or will have, long-term support. */
function maintained(today: string): string {
  return startedNodeLines(today)
    .filter((line) => line.lts !== null && nodeLineState(line, today) !== 'unsupported')
    .map(({ name, end }) => `Node.js ${name} (until ${end})`)
    .join(', ');
}
