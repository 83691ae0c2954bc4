/** Holds helmet-late to what started applications send: routes that go bare although a later helmet covers their path. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import fc from 'fast-check';
import { type Any, HeaderServer, installed } from './header-server.ts';
import { findingsIn } from './judged-program.ts';

type Step =
  | { readonly kind: 'helmet'; readonly at: string }
  | { readonly kind: 'parser' }
  | { readonly kind: 'route'; readonly at: string; readonly own: boolean }
  | { readonly kind: 'router' | 'sub-app'; readonly at: string; readonly steps: readonly Step[] };

const places = fc.constantFrom('/', '/a', '/a/b', '/c');

const { steps } = fc.letrec<{ steps: Step[]; step: Step }>((tie) => ({
  steps: fc.array(tie('step'), { minLength: 1, maxLength: 4, depthIdentifier: 'mounted' }),
  step: fc.oneof(
    { depthIdentifier: 'mounted', maxDepth: 2 },
    {
      arbitrary: fc.record({
        kind: fc.constant('route' as const),
        at: places,
        own: fc.nat(6).map((n) => n === 0),
      }),
      weight: 4,
    },
    { arbitrary: fc.record({ kind: fc.constant('helmet' as const), at: places }), weight: 3 },
    { arbitrary: fc.record({ kind: fc.constant('parser' as const) }), weight: 1 },
    {
      arbitrary: fc.record({
        kind: fc.constantFrom('router' as const, 'sub-app' as const),
        at: places,
        steps: tie('steps'),
      }),
      weight: 3,
    },
  ),
}));

/** The program; with `answering` false every route hands its requests on. */
class Writer {
  readonly lines: string[] = [
    "const express = require('express');",
    "const helmet = require('helmet');",
    'const app = express();',
  ];
  readonly paths = new Set<string>();
  private count = 0;
  private readonly answering: boolean;

  constructor(answering: boolean) {
    this.answering = answering;
  }

  write(target: string, prefix: string, all: readonly Step[]): void {
    for (const step of all) {
      if (step.kind === 'helmet')
        this.lines.push(`${target}.use(${step.at === '/' ? '' : `'${step.at}', `}helmet());`);
      else if (step.kind === 'parser') this.lines.push(`${target}.use(express.json());`);
      else if (step.kind === 'route') {
        const at = `/r${this.count++}`;
        const path = join(step.at, at);
        const handler = this.answering ? "(req, res) => res.send('hello')" : '(req, res, next) => next()';
        this.lines.push(`${target}.get('${path}', ${step.own ? 'helmet(), ' : ''}${handler});`);
        this.paths.add(join(prefix, path));
      } else {
        const name = `mounted${this.count++}`;
        this.lines.push(`const ${name} = express${step.kind === 'router' ? '.Router' : ''}();`);
        this.write(name, join(prefix, step.at), step.steps);
        this.lines.push(`${target}.use('${step.at}', ${name});`);
      }
    }
  }
}

function join(prefix: string, path: string): string {
  return prefix === '/' ? path : path === '/' ? prefix : `${prefix}${path}`;
}

function program(all: readonly Step[], answering: boolean): { text: string; paths: readonly string[] } {
  const writer = new Writer(answering);
  writer.write('app', '/', all);
  return { text: `${writer.lines.join('\n')}\n`, paths: [...writer.paths] };
}

describe('the order of helmet and routes', () => {
  const server = new HeaderServer();
  before(() => server.start());
  after(() => server.stop());

  async function areProtected(text: string, paths: readonly string[]): Promise<boolean[]> {
    const app: Any = new Function('require', `${text}return app;`)(installed);
    const found: boolean[] = [];
    for (const path of paths)
      found.push((await server.headers(app, path))['x-frame-options'] === 'SAMEORIGIN');
    return found;
  }

  it('is told as started applications show it', async () => {
    let late = 0;
    await fc.assert(
      fc.asyncProperty(steps, async (all) => {
        const { text, paths } = program(all, true);
        const sent = await areProtected(text, paths);
        const could = await areProtected(program(all, false).text, paths);
        const expected = sent.some((isProtected, index) => !isProtected && could[index]);
        if (expected) late++;
        const listening = `${text}app.listen(3000);\n`;
        const findings = await findingsIn(listening, { helmet: '8.3.0' });
        const told = findings.some(({ ruleId }) => ruleId === 'helmet-late');
        assert.equal(told, expected, `${listening}${JSON.stringify({ paths, sent, could })}`);
        const missing = findings.some(({ ruleId }) => ruleId === 'helmet-missing');
        if (paths.length > 0)
          assert.equal(
            missing,
            !could.every(Boolean),
            `helmet-missing\n${listening}${JSON.stringify({ paths, sent, could })}`,
          );
      }),
      { numRuns: 250, seed: 20261124 },
    );
    assert.ok(late > 10, `${late} late`);
  });
});
