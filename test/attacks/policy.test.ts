/** Attacks on the policy: whatever a pull request makes of it, the base's counts. */
import assert from 'node:assert/strict';
import { mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { removeCheckouts } from '../action/checkout.ts';
import { faultyShop, mendedShop } from '../action/shops.ts';
import { type Attack, attack, withstand } from './attack.ts';

after(removeCheckouts);

const rule = 'session-cookie-not-secure';
const lax = `fail-on: never\nscope: new\nexclude: ['**']\nrules:\n  ${rule}: off\nwaivers:\n  - {rule: ${rule}, reason: mine, expires: 2100-01-01}\n`;
const first = '.github/express-gate.yml';
const second = '.express-gate.yml';

describe('the policy of the base counts', { concurrency: 2 }, () => {
  const cases: Record<string, Attack> = {
    'against one that is new': { files: { [first]: lax } },
    'against one that would go before it': {
      before: { [second]: 'fail-on: high\n' },
      files: { [first]: lax },
    },
    'against one that is changed': { before: { [first]: 'fail-on: high\n' }, files: { [first]: lax } },
    'where it is removed': {
      before: { [first]: 'fail-on: high\n' },
      arrange: (origin) => rmSync(join(origin, first)),
      files: { [second]: lax },
    },
    'where it is renamed': {
      before: { [first]: 'fail-on: high\n' },
      arrange: (origin) => {
        renameSync(join(origin, first), join(origin, second));
        writeFileSync(join(origin, second), lax);
      },
    },
    'against one by a name that differs in case': {
      before: { [first]: 'fail-on: high\n' },
      files: { '.github/Express-Gate.yml': lax },
    },
    'against one under a name that nobody reads': {
      files: { 'express-gate.yml': lax, '.express-gate.yaml': lax },
    },
    'where it is broken': { before: { [first]: 'fail-on: high\n' }, files: { [first]: 'fail-on: [\n' } },
    'where it is made a bomb': {
      before: { [first]: 'fail-on: high\n' },
      files: {
        [first]: `a: &a [x,x,x,x,x,x,x,x,x]\n${[...'bcdefghij'].map((name, index) => `${name}: &${name} [${Array(9).fill(`*${'abcdefghi'[index]}`).join(',')}]`).join('\n')}\n`,
      },
    },
    'against merge keys, anchors, tags and second documents': {
      before: { [first]: 'fail-on: high\n' },
      files: {
        [first]: `x: &x {fail-on: never}\n<<: *x\n__proto__: {fail-on: never}\n--- !!js/function\n${lax}`,
      },
    },
    'where the pull request lets its own waivers count': {
      before: { [first]: 'fail-on: high\n' },
      files: { [first]: `waivers-from: head\n${lax}` },
    },
    'where the input names it': {
      inputs: { policy: 'gate.yml' },
      before: { 'gate.yml': 'fail-on: high\n' },
      files: { 'gate.yml': lax },
    },
    'where the input names one that only the pull request has': {
      inputs: { policy: 'gate.yml' },
      files: { 'gate.yml': lax },
    },
  };
  for (const [name, given] of Object.entries(cases)) {
    it(name, async () => {
      await withstand(given);
    });
  }

  if (process.platform !== 'win32') {
    for (const [name, target] of [
      ['a link to a file of the pull request', 'lax.yml'],
      ['a link out of the repository', '/etc/passwd'],
      ['a link to itself', 'express-gate.yml'],
    ] as const) {
      it(`where it is made ${name}`, async () => {
        const end = await withstand({
          before: { [first]: 'fail-on: high\n' },
          files: { '.github/lax.yml': lax },
          arrange: (origin) => {
            rmSync(join(origin, first));
            symlinkSync(target, join(origin, first));
          },
        });
        assert.ok(!end.log.includes('root:x:0'));
      });
    }

    it('where the folder is a link to another', async () => {
      await withstand({
        before: { [first]: 'fail-on: high\n' },
        arrange: (origin) => {
          rmSync(join(origin, '.github'), { recursive: true });
          mkdirSync(join(origin, 'other'));
          writeFileSync(join(origin, 'other', 'express-gate.yml'), lax);
          symlinkSync('other', join(origin, '.github'));
        },
      });
    });
  }

  it('with a waiver for a folder also for what is moved there, which is said: whoever waives by a pattern accepts that', async () => {
    const waiver = `waivers:\n  - {rule: ${rule}, path: 'legacy/**', reason: to be replaced, expires: 2100-01-01}\n`;
    const app = { 'legacy/app.js': faultyShop['app.js']! };
    const end = await attack({ before: { [first]: waiver }, shop: { ...mendedShop, ...app } });
    assert.equal(end.code, 0, end.log);
    assert.deepEqual(
      end.report.findings.filter(({ ruleId }) => ruleId === rule).map(({ outcome }) => outcome),
      ['waived'],
    );
    assert.match(end.log, /1 is waived/);
  });
});
