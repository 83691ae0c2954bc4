/** Holds the gate's verdicts to what generated applications, really started in production, are seen to send. */
import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import fc from 'fast-check';
import { programPlans } from './differential/app-plan.ts';
import type { Program } from './differential/app-source.ts';
import { compare } from './differential/comparison.ts';
import { judgeProgram } from './differential/gate-verdicts.ts';
import { startIsolated } from './differential/isolated-start.ts';
import type { Observation } from './differential/observation.ts';
import { ProgramStarter } from './differential/program-starter.ts';
import { describeTrial, kindsOf, Trials } from './differential/trial.ts';

/** The same programs on every machine; `npm run differential -- --count 20000 --seed 7` tries others. */
const seed = 20_261_124;

describe('applications as they are when they run', () => {
  const trials = new Trials();
  after(() => trials.close());

  async function assertAgreement(outside: boolean, count: number): Promise<void> {
    const plans = fc.sample(programPlans(outside), { numRuns: count, seed });
    let wrong: { index: number; kind: string } | null = null;
    let right = 0;
    await trials.runAll(plans, (trial, index) => {
      const [kind] = kindsOf(trial);
      if (kind === undefined) right++;
      else if (wrong === null || index < wrong.index) wrong = { index, kind };
      return kind === undefined;
    });
    if (wrong !== null) {
      const { index, kind } = wrong as { index: number; kind: string };
      assert.fail(`program ${index}: ${describeTrial(await trials.shrink(plans[index]!, kind))}`);
    }
    assert.equal(right, count);
  }

  it('send what the gate says of them', () => assertAgreement(false, 200));

  it('send one thing or the other where the gate is undecided for a variable that nothing sets', () =>
    assertAgreement(true, 50));
});

describe('applications in a process of their own', () => {
  const trials = new Trials();
  after(() => trials.close());

  /** What tells one answer from another, whatever the moment and the session are. */
  function attributesOf(text: string): string {
    const [pair = '', ...rest] = text.split(/;\s*/);
    const names = rest.map((each) => (/^(?:expires|max-age)=/i.test(each) ? each.split('=')[0]! : each));
    return [pair.split('=')[0], ...names.sort()].join('; ').toLowerCase();
  }

  it('say and send what they do beside others', async () => {
    const plans = fc.sample(programPlans(false), { numRuns: 60, seed: seed + 1 });
    let warned = 0;
    let answered = 0;
    for (const plan of plans) {
      if (answered >= 8) break;
      const { program, gate, observations } = await trials.run(plan);
      const [session] = observations[0]?.sessions ?? [];
      if (session === undefined || session.cookies.forwarded === null) continue;
      const { stderr, replies } = await startIsolated(program, 4_000);
      // Some only export their app.
      if (replies === null) continue;
      answered++;
      const isKept = gate.found.has('session-memory-store');
      const isWarned = /MemoryStore is not\s+designed for a production/.test(stderr);
      assert.equal(isWarned, isKept, `${stderr}\n${[...program.files].join('\n')}`);
      if (isWarned) warned++;
      const sent = replies.flatMap(({ headers }) => headers['set-cookie'] ?? []).map(attributesOf);
      const { name, secure, httpOnly, sameSite } = session.cookies.forwarded;
      const mine = sent.find((text) => text.startsWith(`${name.toLowerCase()};`));
      assert.deepEqual(
        [
          mine?.includes('; secure'),
          mine?.includes('; httponly'),
          /samesite=(\w+)/.exec(mine ?? '')?.[1] ?? null,
        ],
        [secure, httpOnly, sameSite],
        `${sent.join('\n')}\n${[...program.files].join('\n')}`,
      );
    }
    assert.ok(answered >= 8 && warned > 0 && warned < answered, `${answered} answered, ${warned} warned`);
  });
});

describe('the comparison', () => {
  const starter = new ProgramStarter(5);
  after(() => starter.close());

  const insecure = `const express = require('express');
const session = require('express-session');
const app = express();
app.use(session({ secret: 'not so secret', resave: false, saveUninitialized: false, cookie: {} }));
app.get('/account', (req, res) => { req.session.seen = true; res.send('an answer'); });
app.listen(3000);
`;
  const secure = insecure.replace(
    'cookie: {}',
    "name: 'sid', cookie: { secure: true, sameSite: 'lax', maxAge: 1000 }",
  );

  function programOf(text: string): Program {
    const manifest = { name: 'shop', main: 'app.js', dependencies: { express: '5.3.0' } };
    const files = new Map([
      ['package.json', JSON.stringify(manifest)],
      ['app.js', text],
    ]);
    return { express: 5, files, entry: 'app.js', paths: ['/account', '/none'], outside: [] };
  }

  async function observe(text: string): Promise<Observation> {
    const answer = await starter.start(programOf(text));
    assert.ok('observation' in answer, JSON.stringify(answer));
    return answer.observation;
  }

  it('sees the cookie by each way of a request', async () => {
    const [session] = (await observe(secure)).sessions;
    assert.deepEqual(session?.cookies, {
      plain: null,
      forwarded: null,
      tls: session?.cookies.tls,
    });
    const { expiresAt, ...tls } = session!.cookies.tls!;
    assert.deepEqual(tls, {
      name: 'sid',
      secure: true,
      httpOnly: true,
      sameSite: 'lax',
      path: '/',
      expires: true,
    });
    assert.ok(Date.parse(expiresAt!) > 0);
    assert.equal(session?.hasFixedExpiry, false);
    assert.deepEqual(session?.site, { file: 'app.js', line: 4 });
  });

  it('sees headers and warnings', async () => {
    const { apps, sessions } = await observe(insecure);
    assert.deepEqual(
      apps.map(({ site, poweredBy, protections }) => ({ site, poweredBy, protections })),
      [{ site: { file: 'app.js', line: 3 }, poweredBy: true, protections: [0, 0, 0] }],
    );
    assert.equal(sessions[0]?.memoryWarning, true);
  });

  it('tells a program that does not start from one that sends nothing', async () => {
    const answer = await starter.start(programOf(`${insecure}throw new Error('out of order');\n`));
    assert.match('problem' in answer ? answer.problem : '', /out of order/);
  });

  it('names each rule that says something else than what was sent', async () => {
    const rulesOf = async (sent: string, judged: string): Promise<string[]> =>
      compare([await observe(sent)], await judgeProgram(programOf(judged)), []).map(({ rule }) => rule);
    assert.deepEqual(await rulesOf(insecure, insecure), []);
    assert.deepEqual(await rulesOf(secure, secure), []);
    const differ = [
      'session-cookie-no-expiry',
      'session-cookie-not-secure',
      'session-cookie-same-site',
      'session-default-name',
      'session-trust-proxy-missing',
    ];
    assert.deepEqual((await rulesOf(insecure, secure)).sort(), differ);
    assert.deepEqual((await rulesOf(secure, insecure)).sort(), differ);
  });

  it('takes an unneeded undecided for a disagreement', async () => {
    const trusting = secure.replace('express();', "express();\napp.set('trust proxy', 1);");
    const judged = trusting.replace('secure: true', 'secure: process.env.COOKIE_SECURE');
    const gate = await judgeProgram(programOf(judged));
    const observation = await observe(trusting);
    assert.deepEqual(
      compare([observation], gate, []).map(({ rule }) => rule),
      ['session-cookie-not-secure'],
    );
    assert.deepEqual(compare([observation], gate, ['COOKIE_SECURE']), []);
  });
});
