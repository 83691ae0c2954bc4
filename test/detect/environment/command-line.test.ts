/** Holds the reader of commands to the ways in which scripts set the environment of what they start. */
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are texts of shells, not of templates
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { startsOf } from '../../../src/detect/environment/command-line.ts';

/** `A=1 B=? | file! | script` of what is left running. */
function told(command: string): string[] {
  return startsOf(command).map(({ assignments, files, script, preloads, development, processFile }) =>
    [
      ...assignments.map(({ name, value, fallback }) => `${name}=${value ?? `?${fallback ?? ''}`}`),
      ...files.map(({ path, overrides }) => `${overrides ? '!' : ''}${path}`),
      ...(script === null ? [] : [`script ${script}`]),
      ...(preloads === null ? [] : [`preloads ${preloads}`]),
      ...(processFile === null ? [] : [`${processFile.path} ${processFile.environment}`]),
      ...(development ? ['development'] : []),
    ].join(', '),
  );
}

describe('startsOf', () => {
  const cases: readonly (readonly [string, readonly string[]])[] = [
    ['node app.js', ['']],
    ['A=1 B="two words" C=\'x y\' node app.js', ['A=1, B=two words, C=x y']],
    ['cross-env A=1 B=2 node app.js', ['A=1, B=2']],
    ['npx cross-env NODE_ENV=production A=1 node .', ['NODE_ENV=production, A=1']],
    ['env A=1 node app.js', ['A=1']],
    ['export A=1 && export B=2; node app.js', ['A=1, B=2']],
    ['set A=1&& node app.js', ['A=1']],
    ['A=$B node app.js', ['A=?']],
    ['A=${B:-c} node app.js', ['A=?c']],
    ["A='$B' node app.js", ['A=$B']],
    ['A=`date` node app.js', ['A=?']],
    ['A=1 npm run build && B=2 npm start', ['B=2, script start']],
    ['npm run migrate:up && node dist/main', ['']],
    ['npm run start:prod', ['script start:prod']],
    ['yarn serve', ['script serve']],
    ['yarn workspace api start', ['script start']],
    ['pnpm --filter api run start', ['script start']],
    ['npm start -w packages/api', ['script start']],
    ['npm install', []],
    ['node --env-file=.env --env-file=prod.env app.js', ['.env, prod.env']],
    ['env-cmd -f .env.production node app.js', ['!.env.production']],
    ['env-cmd --no-override node app.js', ['./.env']],
    ['env-cmd .env.production node app.js', ['!.env.production']],
    ['dotenv -e .env.production -- node app.js', ['.env.production']],
    ['dotenv -v A=1 -o node app.js', ['A=1, !.env']],
    ['dotenv -c production -- node app.js', ['.env.production.local, .env.local, .env.production, .env']],
    ['node -r dotenv/config app.js dotenv_config_path=prod.env', ['preloads prod.env']],
    ['node --import=dotenv/config app.js', ['preloads ']],
    ['pm2-runtime start ecosystem.config.js --env production', ['ecosystem.config.js production']],
    ['pm2 start pm2.json --env=staging', ['pm2.json staging']],
    ['nodemon app.js', ['development']],
    ['node --watch app.js', ['development']],
    ['nest start --watch', ['development']],
    ['A=1 node a.js & B=2 node b.js', ['A=1', 'B=2']],
    ['node app.js | pino-pretty', ['']],
    ['exec dumb-init node app.js', ['']],
    ['A=1', []],
    ['echo A=1 node', []],
    ['python app.py', []],
    ['', []],
  ];
  for (const [command, expected] of cases)
    it(command || 'nothing', () => assert.deepEqual(told(command), expected));

  it('tells where an assignment stands', () => {
    const [start] = startsOf('x && A="1 2" node app.js');
    assert.deepEqual(
      start!.assignments.map(({ from, to }) => [from, to]),
      [[5, 12]],
    );
  });

  it('ends on anything', { timeout: 10_000 }, () => {
    for (const text of [
      '"'.repeat(50_000),
      '$('.repeat(20_000),
      'A=1 '.repeat(20_000),
      '&'.repeat(20_000),
      '\\'.repeat(20_000),
      '${A:-'.repeat(10_000),
    ])
      startsOf(text);
  });
});
